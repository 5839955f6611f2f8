//! The lines of the paper's Figure 2, and of the boxes beside it for what the paper's one page leaves
//! out: which of them a rule is, when it fires or blocks.

use crate::raft::{NodeId, NodeSet, Rule, VoteRefusal};
use crate::sim::{Happening, Says};

/// A box of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// Rules for all servers.
    AllServers,
    /// Rules for followers.
    Followers,
    /// Rules for candidates.
    Candidates,
    /// Rules for leaders.
    Leaders,
    /// The receiver of RequestVote.
    RequestVote,
    /// The receiver of AppendEntries.
    AppendEntries,
    /// PreVote and CheckQuorum (dissertation §6.2, §9.6).
    PreVote,
    /// Log compaction, InstallSnapshot (§7).
    Snapshots,
    /// Changes of the members (§6, dissertation §4).
    Membership,
    /// Reads (§8, dissertation §6.4).
    Reads,
    /// Leadership transfer (dissertation §3.10).
    Transfer,
}

/// Which side a line took.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// What it says was done.
    Fired,
    /// It held something back, or refused it.
    Blocked,
}

/// Gives the lines their boxes, in the order of the page.
macro_rules! lines {
    ($($part:ident: $($(#[$doc:meta])* $line:ident),+;)+) => {
        /// A line of the page.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Line {
            $($($(#[$doc])* $line,)+)+
        }

        impl Line {
            /// All of them, in the order of the page.
            pub const ALL: &[Self] = &[$($(Self::$line,)+)+];

            /// In which box it is.
            pub const fn part(self) -> Part {
                match self {
                    $($(Self::$line => Part::$part,)+)+
                }
            }
        }
    };
}

lines! {
    AllServers:
        /// Apply what is committed (§5.3).
        Apply,
        /// A higher term: adopt it and follow (§5.1).
        HigherTerm;
    Followers:
        /// No word of a leader for an election timeout: campaign (§5.2).
        ElectionTimeout,
        /// A client's request is for the leader (§8).
        NotLeader;
    Candidates:
        /// The term goes up; a vote for itself; RequestVote to all others; and again when that elects
        /// nobody for an election timeout (§5.2).
        StartElection,
        /// Votes are counted (§5.2).
        CountVote,
        /// A majority: it leads (§5.2).
        BecomeLeader,
        /// Another leads this term: it follows (§5.2).
        YieldToLeader;
    Leaders:
        /// Heartbeats (§5.2).
        Heartbeat,
        /// A command goes into the log (§5.3), and the no-op of a new term (§8).
        LeaderAppend,
        /// A success: matchIndex and nextIndex go up (§5.3).
        MatchAdvanced,
        /// A refusal: nextIndex goes back (§5.3).
        BackUp,
        /// A majority has an entry of its own term: commit (§5.3, §5.4.2).
        LeaderCommit,
        /// It no longer leads.
        StepDown;
    RequestVote:
        /// An older term is refused (§5.1).
        VoteTerm,
        /// One vote a term, for whose log is as up to date (§5.2, §5.4.1).
        Vote,
        /// While a leader lives, or may hold a lease, nobody else gets a vote (dissertation §4.2.3, §6.4.1).
        VoteLeaderLives;
    AppendEntries:
        /// An older term is refused (§5.1).
        StaleTerm,
        /// The entry before must be there, of that term (§5.3).
        LogMismatch,
        /// What conflicts goes (§5.3).
        TruncateConflict,
        /// What is new is appended (§5.3).
        Append,
        /// The commit index follows the leader's (§5.3).
        FollowerCommit;
    PreVote:
        /// First ask whether it could win (dissertation §9.6).
        StartPreVote,
        /// Who would vote for it says so (dissertation §9.6).
        PreVote,
        /// Who would is counted (dissertation §9.6).
        CountPreVote,
        /// A leader that hears from no majority steps down (dissertation §6.2).
        QuorumLost;
    Snapshots:
        /// The state is saved (§7).
        TakeSnapshot,
        /// The log before it goes (§7).
        CompactLog,
        /// Who lacks what is gone gets the snapshot (§7).
        SendSnapshot,
        /// A piece is stored (§7).
        StoreChunk,
        /// It takes the place of log and state (§7).
        InstallSnapshot,
        /// What follows its last entry stays (§7).
        KeepLog,
        /// It brings nothing new.
        OldSnapshot;
    Membership:
        /// A configuration is in force once it is in the log (§6).
        UseConfiguration,
        /// With its entry it goes (§6).
        RevertConfiguration,
        /// First an entry of the leader's term is committed (dissertation §4.1).
        ChangeAfterOwnTerm,
        /// First the configuration before is committed (dissertation §4.1).
        ChangeAfterCommit,
        /// One change after another.
        ChangeInTurn,
        /// New servers catch up before they vote (dissertation §4.2.1).
        CatchUp,
        /// What changes nothing, or leaves nobody, is refused.
        RefuseChange,
        /// A leader that has no vote any more steps down (§6).
        LeaderRemoved,
        /// A change is given up with the leadership.
        DropChange;
    Reads:
        /// A majority confirms the leader before it answers (§8, dissertation §6.4).
        ReadConfirmed,
        /// First an entry of the leader's term is committed (§8, dissertation §6.4).
        ReadAfterOwnTerm,
        /// A follower asks the leader for the index (dissertation §6.4).
        ForwardRead,
        /// Under a lease no round is needed (dissertation §6.4.1).
        LeaseRead;
    Transfer:
        /// Leadership is handed over: no commands meanwhile (dissertation §3.10).
        StartTransfer,
        /// Who has everything is told to campaign (dissertation §3.10).
        SendTimeoutNow,
        /// It campaigns at once (dissertation §3.10).
        TakeOver,
        /// After an election timeout that is given up (dissertation §3.10).
        AbortTransfer;
}

impl Line {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Which line a rule is, and on which side.
    pub const fn of(rule: &Rule) -> (Self, Side) {
        use Side::{Blocked, Fired};
        match rule {
            Rule::HigherTerm { .. } => (Self::HigherTerm, Fired),
            Rule::StartElection { .. } => (Self::StartElection, Fired),
            Rule::StartPreVote { .. } => (Self::StartPreVote, Fired),
            Rule::GrantPreVote { .. } => (Self::PreVote, Fired),
            Rule::RefusePreVote { .. } => (Self::PreVote, Blocked),
            Rule::CountPreVote { .. } => (Self::CountPreVote, Fired),
            Rule::GrantVote { .. } => (Self::Vote, Fired),
            Rule::RefuseVote { why, .. } => match why {
                VoteRefusal::StaleTerm { .. } => (Self::VoteTerm, Fired),
                VoteRefusal::AlreadyVoted { .. } | VoteRefusal::LogNotUpToDate { .. } => {
                    (Self::Vote, Blocked)
                }
                VoteRefusal::LiveLeader { .. } | VoteRefusal::Promised { .. } => {
                    (Self::VoteLeaderLives, Fired)
                }
            },
            Rule::CountVote { .. } => (Self::CountVote, Fired),
            Rule::VoteDenied { .. } => (Self::CountVote, Blocked),
            Rule::BecomeLeader { .. } => (Self::BecomeLeader, Fired),
            Rule::YieldToLeader { .. } => (Self::YieldToLeader, Fired),
            Rule::StepDown { .. } => (Self::StepDown, Fired),
            Rule::QuorumLost { .. } => (Self::QuorumLost, Fired),
            Rule::LeaderAppend { .. } => (Self::LeaderAppend, Fired),
            Rule::RefuseStaleTerm { .. } => (Self::StaleTerm, Fired),
            Rule::LogMismatch { .. } => (Self::LogMismatch, Fired),
            Rule::TruncateConflict { .. } => (Self::TruncateConflict, Fired),
            Rule::AppendEntries { .. } => (Self::Append, Fired),
            Rule::MatchAdvanced { .. } => (Self::MatchAdvanced, Fired),
            Rule::BackUp { .. } => (Self::BackUp, Fired),
            Rule::LeaderCommit { .. } => (Self::LeaderCommit, Fired),
            Rule::CommitOnlyOwnTerm { .. } => (Self::LeaderCommit, Blocked),
            Rule::FollowerCommit { .. } => (Self::FollowerCommit, Fired),
            Rule::ReadConfirmed { .. } => (Self::ReadConfirmed, Fired),
            Rule::ReadWaitsForOwnTerm { .. } => (Self::ReadAfterOwnTerm, Blocked),
            Rule::ForwardRead { .. } => (Self::ForwardRead, Fired),
            Rule::NotLeader { .. } => (Self::NotLeader, Blocked),
            Rule::StartTransfer { .. } => (Self::StartTransfer, Fired),
            Rule::TransferUnderWay { .. } => (Self::StartTransfer, Blocked),
            Rule::SendTimeoutNow { .. } => (Self::SendTimeoutNow, Fired),
            Rule::TakeOver { .. } => (Self::TakeOver, Fired),
            Rule::AbortTransfer { .. } => (Self::AbortTransfer, Fired),
            Rule::LeaseRead { .. } => (Self::LeaseRead, Fired),
            Rule::LeaseMissing { .. } => (Self::LeaseRead, Blocked),
            Rule::UseConfiguration { .. } => (Self::UseConfiguration, Fired),
            Rule::RevertConfiguration { .. } => (Self::RevertConfiguration, Fired),
            Rule::ChangeWaitsForOwnTerm { .. } => (Self::ChangeAfterOwnTerm, Blocked),
            Rule::ChangeWaitsForCommit { .. } => (Self::ChangeAfterCommit, Blocked),
            Rule::ChangeWaitsForOthers { .. } => (Self::ChangeInTurn, Blocked),
            Rule::RefuseChange { .. } => (Self::RefuseChange, Blocked),
            Rule::CatchUp { .. } => (Self::CatchUp, Blocked),
            Rule::CaughtUp { .. } => (Self::CatchUp, Fired),
            Rule::LeaderRemoved { .. } => (Self::LeaderRemoved, Fired),
            Rule::DropChange { .. } => (Self::DropChange, Fired),
            Rule::TakeSnapshot { .. } => (Self::TakeSnapshot, Fired),
            Rule::CompactLog { .. } => (Self::CompactLog, Fired),
            Rule::SendSnapshot { .. } => (Self::SendSnapshot, Fired),
            Rule::StoreChunk { .. } => (Self::StoreChunk, Fired),
            Rule::InstallSnapshot { .. } => (Self::InstallSnapshot, Fired),
            Rule::KeepLog { .. } => (Self::KeepLog, Fired),
            Rule::IgnoreOldSnapshot { .. } => (Self::OldSnapshot, Fired),
        }
    }

    /// Which line something that happened in an event of `all` is, on which node, and on which side.
    /// Two lines of the paper are no rule of the core's: what it does of itself, and the host. Whoever
    /// campaigned when the event came is in `campaigned`.
    pub fn of_happening(
        happening: &Happening,
        all: &[Happening],
        campaigned: NodeSet,
    ) -> Option<(NodeId, Self, Side)> {
        let (node, (line, side)) = match happening {
            // Of an older term a piece of a snapshot is refused, too.
            Happening::Rule(node, Rule::RefuseStaleTerm { .. }) if brings_snapshot(*node, all) => {
                (*node, (Self::StoreChunk, Side::Blocked))
            }
            Happening::Rule(node, rule) => (*node, Self::of(rule)),
            Happening::Applied { node, .. } => (*node, (Self::Apply, Side::Fired)),
            Happening::HeartbeatTimeout(node) => (*node, (Self::Heartbeat, Side::Fired)),
            // A leader has an election timer, too: by that it looks whether it is still heard. A
            // candidate begins another election, which is a line of its own.
            Happening::ElectionTimeout(node)
                if campaigns(*node, all) && !campaigned.contains(*node) =>
            {
                (*node, (Self::ElectionTimeout, Side::Fired))
            }
            _ => return None,
        };
        Some((node, line, side))
    }
}

fn campaigns(node: NodeId, all: &[Happening]) -> bool {
    all.iter().any(|happening| {
        let Happening::Rule(id, rule) = happening else {
            return false;
        };
        let campaigns = matches!(rule, Rule::StartElection { .. } | Rule::StartPreVote { .. });
        *id == node && campaigns
    })
}

fn brings_snapshot(node: NodeId, all: &[Happening]) -> bool {
    all.iter().any(|happening| match happening {
        Happening::Delivered(head) => {
            head.to == node && matches!(head.says, Says::InstallSnapshot { .. })
        }
        _ => false,
    })
}
