//! The rules of the paper by name, as a node reports them: which fired, which blocked, with the
//! numbers. "Why?" is answered from these, never guessed.

use super::configuration::{ChangeRefusal, Configuration, MembershipChange};
use super::types::{LogIndex, NodeId, NodeSet, Span, Term};

/// A rule that fired or blocked in a step.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Rule {
    /// All servers: a message has a higher term; adopt it and follow (§5.1).
    HigherTerm {
        /// Who sent it.
        from: NodeId,
        /// The term until now.
        old: Term,
        /// The term from now on.
        new: Term,
    },
    /// Followers and candidates: the election timeout passed; start an election (§5.2).
    StartElection {
        /// The new term.
        term: Term,
    },
    /// The election timeout passed: before it disturbs anyone, a node asks whether it could win
    /// (PreVote, dissertation §9.6).
    StartPreVote {
        /// The term in which it would campaign.
        campaign_term: Term,
    },
    /// A node would vote for a pre-candidate; nothing of its own changes (dissertation §9.6).
    GrantPreVote {
        /// For whom.
        to: NodeId,
        /// In which term.
        campaign_term: Term,
    },
    /// A node would not vote for a pre-candidate.
    RefusePreVote {
        /// For whom.
        to: NodeId,
        /// Why.
        why: VoteRefusal,
    },
    /// A pre-candidate counts who would vote for it, itself included.
    CountPreVote {
        /// Whose answer.
        from: NodeId,
        /// All who would.
        votes: NodeSet,
        /// How many it needs.
        needed: u8,
    },
    /// A vote is granted (§5.2, §5.4.1).
    GrantVote {
        /// To whom.
        to: NodeId,
        /// In which term.
        term: Term,
    },
    /// A vote is refused.
    RefuseVote {
        /// To whom.
        to: NodeId,
        /// Why.
        why: VoteRefusal,
    },
    /// A candidate counts a vote, its own included once that is durable.
    CountVote {
        /// Whose.
        from: NodeId,
        /// All who have granted.
        votes: NodeSet,
        /// How many it needs.
        needed: u8,
    },
    /// A candidate hears a no.
    VoteDenied {
        /// Whose.
        from: NodeId,
    },
    /// A majority has voted for the candidate: it leads (§5.2).
    BecomeLeader {
        /// Its term.
        term: Term,
    },
    /// A candidate or pre-candidate hears the leader of its term and follows (§5.2).
    YieldToLeader {
        /// Whom.
        leader: NodeId,
    },
    /// A leader stops leading.
    StepDown {
        /// The term it led.
        led: Term,
    },
    /// A leader has not heard from a majority for an election timeout, and stops leading
    /// (CheckQuorum, dissertation §6.2).
    QuorumLost {
        /// Whom it has heard, itself included.
        heard: NodeSet,
        /// How many there should be.
        needed: u8,
    },
    /// A leader appends an entry to its log: a command, or the no-op of its new term (§5.3, §8).
    LeaderAppend {
        /// At which index.
        index: LogIndex,
    },
    /// A request of an older term is refused (§5.1).
    RefuseStaleTerm {
        /// Whose.
        from: NodeId,
        /// Its term.
        term: Term,
    },
    /// AppendEntries is refused: the previous entry is missing or another one (§5.3).
    LogMismatch {
        /// Whose request.
        from: NodeId,
        /// The previous index.
        prev_log_index: LogIndex,
        /// The term it should have there.
        prev_log_term: Term,
        /// The term it has there; `None`: no entry.
        found: Option<Term>,
    },
    /// Entries that conflict with the leader's are removed (§5.3).
    TruncateConflict {
        /// The first one removed.
        first: LogIndex,
        /// The last one removed.
        last: LogIndex,
    },
    /// Entries of the leader are appended (§5.3).
    AppendEntries {
        /// The first new one.
        first: LogIndex,
        /// The last new one.
        last: LogIndex,
    },
    /// A leader learns how far a follower's log matches (§5.3).
    MatchAdvanced {
        /// Whose.
        of: NodeId,
        /// Up to where.
        match_index: LogIndex,
    },
    /// A leader goes back in a follower's log to where they may agree (§5.3).
    BackUp {
        /// Whose.
        of: NodeId,
        /// The next index to send.
        next_index: LogIndex,
    },
    /// A majority has an entry of the leader's own term: it and all before it are committed
    /// (§5.3, §5.4.2).
    LeaderCommit {
        /// The commit index until now.
        old: LogIndex,
        /// The commit index from now on.
        new: LogIndex,
    },
    /// Blocked: a majority has the entry, but it is of an earlier term (§5.4.2).
    CommitOnlyOwnTerm {
        /// The entry's index.
        index: LogIndex,
        /// The entry's term.
        entry_term: Term,
        /// The leader's term.
        current_term: Term,
    },
    /// A follower learns that entries are committed (§5.3).
    FollowerCommit {
        /// The commit index until now.
        old: LogIndex,
        /// The commit index from now on.
        new: LogIndex,
    },
    /// A majority has confirmed that the leader led when the read came (dissertation §6.4).
    ReadConfirmed {
        /// The index that must be applied before it is answered.
        index: LogIndex,
    },
    /// Blocked: a new leader does not yet know the commit index, so the read waits for its no-op
    /// (dissertation §6.4).
    ReadWaitsForOwnTerm {
        /// The leader's term.
        term: Term,
    },
    /// A follower asks its leader for the index of a read (dissertation §6.4).
    ForwardRead {
        /// Whom.
        to: NodeId,
    },
    /// A node that does not lead refuses a client's request (§8).
    NotLeader {
        /// Whom it takes for the leader.
        leader: Option<NodeId>,
    },
    /// A leader begins to hand its leadership over: it takes no commands until that is done or given
    /// up (dissertation §3.10).
    StartTransfer {
        /// To whom.
        to: NodeId,
    },
    /// The follower has everything: the leader tells it to campaign (dissertation §3.10).
    SendTimeoutNow {
        /// Whom.
        to: NodeId,
    },
    /// A follower campaigns at once, because its leader told it to (dissertation §3.10).
    TakeOver {
        /// The leader.
        from: NodeId,
    },
    /// The follower has not taken over within an election timeout: the leader leads on
    /// (dissertation §3.10).
    AbortTransfer {
        /// Who has not.
        to: NodeId,
    },
    /// Blocked: a leader that hands its leadership over takes no commands (dissertation §3.10).
    TransferUnderWay {
        /// To whom.
        to: NodeId,
    },
    /// A leader answers a read without a round: it holds a lease (dissertation §6.4.1).
    LeaseRead {
        /// The index that must be applied before it is answered.
        index: LogIndex,
        /// For how long yet it holds it, by its own clock.
        left: Span,
    },
    /// Blocked: a leader that holds no lease answers a read with a round (dissertation §6.4.1).
    LeaseMissing {
        /// Why it holds none.
        why: NoLease,
    },
    /// A configuration is in force as soon as it is in the log, committed or not (§6).
    UseConfiguration {
        /// At which index.
        index: LogIndex,
        /// The members from now on.
        configuration: Configuration,
    },
    /// A configuration was removed from the log: an earlier one is in force again (§6).
    RevertConfiguration {
        /// The members from now on.
        configuration: Configuration,
    },
    /// Blocked: a change of the members waits until the leader has committed an entry of its own
    /// term (dissertation §4.1, as corrected in 2015).
    ChangeWaitsForOwnTerm {
        /// The leader's term.
        term: Term,
    },
    /// Blocked: a change of the members waits until the configuration before it is committed
    /// (dissertation §4.1).
    ChangeWaitsForCommit {
        /// Where that is in the log.
        index: LogIndex,
    },
    /// Blocked: changes that were asked for earlier come first.
    ChangeWaitsForOthers {
        /// How many.
        changes: u8,
    },
    /// A change of the members cannot be made.
    RefuseChange {
        /// Which.
        change: MembershipChange,
        /// Why.
        why: ChangeRefusal,
    },
    /// Blocked: learners catch up before they vote, in rounds (dissertation §4.2.1).
    CatchUp {
        /// Who.
        learners: NodeSet,
        /// Up to where in this round.
        target: LogIndex,
    },
    /// Learners have caught up in a round no longer than an election timeout (dissertation §4.2.1).
    CaughtUp {
        /// Who.
        learners: NodeSet,
        /// Up to where.
        index: LogIndex,
    },
    /// A leader that is no voter of the configuration it has just committed steps down (§6).
    LeaderRemoved {
        /// Where that is in the log.
        index: LogIndex,
    },
    /// A change that waited is given up: who was to make it no longer leads.
    DropChange {
        /// Which.
        change: MembershipChange,
    },
    /// A node takes a snapshot of its state, to drop the log that led there (§7).
    TakeSnapshot {
        /// The last index that it covers.
        index: LogIndex,
    },
    /// The snapshot is durable: the log that it covers is dropped (§7).
    CompactLog {
        /// The last index dropped.
        through: LogIndex,
    },
    /// A follower needs entries that the leader has dropped: it gets the snapshot (§7).
    SendSnapshot {
        /// Who.
        to: NodeId,
        /// The last index that the snapshot covers.
        last_index: LogIndex,
    },
    /// A follower stores the next piece of a snapshot (§7).
    StoreChunk {
        /// From whom.
        from: NodeId,
        /// The last index that the snapshot covers.
        last_index: LogIndex,
        /// How many bytes of it are there now.
        bytes: u64,
        /// Whether that is all.
        done: bool,
    },
    /// A follower's log does not have the last entry of a snapshot: the snapshot takes the place of
    /// the whole log, and of the state (§7).
    InstallSnapshot {
        /// The last index that the snapshot covers.
        last_index: LogIndex,
        /// The term of that entry.
        last_term: Term,
        /// The last index of the log that goes.
        removed: LogIndex,
    },
    /// A follower's log has the last entry of a snapshot: what follows it stays (§7).
    KeepLog {
        /// The last index that the snapshot covers.
        last_index: LogIndex,
    },
    /// A snapshot brings nothing that is not committed already, and is not installed.
    IgnoreOldSnapshot {
        /// Whose.
        from: NodeId,
        /// The last index that the snapshot covers.
        last_index: LogIndex,
        /// The follower's commit index.
        commit_index: LogIndex,
    },
}

/// Why a leader holds no lease.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoLease {
    /// No majority has answered a round of its term yet.
    NotYet,
    /// The last round that a majority has answered is too old.
    Expired {
        /// How long ago the lease ended, by its own clock.
        ago: Span,
    },
    /// It has told another to take over.
    GivenAway,
}

/// Why a vote is refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VoteRefusal {
    /// The candidate's term is over (§5.1).
    StaleTerm {
        /// The candidate's term.
        candidate: Term,
        /// The voter's.
        current: Term,
    },
    /// The voter hears from a leader, or leads itself (dissertation §4.2.3, §9.6).
    LiveLeader {
        /// Whom.
        leader: NodeId,
    },
    /// The voter has voted for another in this term (§5.2).
    AlreadyVoted {
        /// For whom.
        for_node: NodeId,
    },
    /// The voter's log is more up to date (§5.4.1).
    LogNotUpToDate {
        /// Term and index of the candidate's last entry.
        candidate: (Term, LogIndex),
        /// Term and index of the voter's last entry.
        own: (Term, LogIndex),
    },
    /// The voter has heard from a leader, or has restarted, so lately that a leader may hold a lease
    /// (dissertation §6.4.1).
    Promised {
        /// For how long yet it votes for nobody, by its own clock.
        left: Span,
    },
}

/// Gives an enumeration the names of its variants. One that is missing here does not compile.
macro_rules! names {
    ($enumeration:ident: $($variant:ident),+ $(,)?) => {
        impl $enumeration {
            /// The names of all.
            pub const NAMES: &[&'static str] = &[$(stringify!($variant)),+];

            /// Its name.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($variant),)+
                }
            }
        }
    };
}

names!(
    Rule: HigherTerm,
    StartElection,
    StartPreVote,
    GrantPreVote,
    RefusePreVote,
    CountPreVote,
    GrantVote,
    RefuseVote,
    CountVote,
    VoteDenied,
    BecomeLeader,
    YieldToLeader,
    StepDown,
    QuorumLost,
    LeaderAppend,
    RefuseStaleTerm,
    LogMismatch,
    TruncateConflict,
    AppendEntries,
    MatchAdvanced,
    BackUp,
    LeaderCommit,
    CommitOnlyOwnTerm,
    FollowerCommit,
    ReadConfirmed,
    ReadWaitsForOwnTerm,
    ForwardRead,
    NotLeader,
    StartTransfer,
    SendTimeoutNow,
    TakeOver,
    AbortTransfer,
    TransferUnderWay,
    LeaseRead,
    LeaseMissing,
    UseConfiguration,
    RevertConfiguration,
    ChangeWaitsForOwnTerm,
    ChangeWaitsForCommit,
    ChangeWaitsForOthers,
    RefuseChange,
    CatchUp,
    CaughtUp,
    LeaderRemoved,
    DropChange,
    TakeSnapshot,
    CompactLog,
    SendSnapshot,
    StoreChunk,
    InstallSnapshot,
    KeepLog,
    IgnoreOldSnapshot,
);

names!(NoLease: NotYet, Expired, GivenAway);

names!(
    VoteRefusal: StaleTerm,
    LiveLeader,
    AlreadyVoted,
    LogNotUpToDate,
    Promised,
);
