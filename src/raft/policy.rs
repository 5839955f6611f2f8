//! What may be wrong on purpose: rules broken one at a time, so that a reader sees what each of them
//! is for, and the oracles that they are caught.
//!
//! The right code asks the [`Policy`] at the rule's own place; the policy that breaks nothing is one
//! word of zeroes.

use std::fmt;

/// One deliberately wrong rule: what real implementations have got wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mutant {
    /// A leader commits any entry that a majority has, also one of an earlier term, instead of
    /// counting copies of its own term's entries only.
    CommitPriorTerm,
    /// A restarted node does not remember whom it voted for in its term.
    ForgetVote,
    /// A restarted node takes the term of its last entry (of its snapshot, or 0, when its log is
    /// empty) for its current term, and has no vote.
    ForgetTerm,
    /// A node grants its vote without comparing the candidate's log with its own.
    VoteWithoutLogCheck,
    /// A node that votes compares the lengths of the two logs only, not the terms of their last
    /// entries.
    VoteLogLengthOnly,
    /// A candidate that becomes a follower because another node leads its term forgets that it voted
    /// for itself in that term.
    VoteClearedSameTerm,
    /// A candidate counts granted RequestVoteReply messages instead of the voters who sent them.
    CountDuplicateVotes,
    /// A candidate counts a granted vote whatever the term of the reply, also one from an earlier
    /// election of its own.
    CountStaleVotes,
    /// A follower accepts an AppendEntries when it has any entry at the previous index, whatever the
    /// term of that entry.
    AppendWithoutTermCheck,
    /// A follower that accepts an AppendEntries deletes everything in its log after the last entry
    /// that the message covers, also where nothing conflicts.
    TruncateOnHeartbeat,
    /// A follower answers an AppendEntries without entries as matching up to the end of its own log,
    /// without looking at the previous entry.
    AckOwnLastIndex,
    /// A follower takes over the leader's commit index from every AppendEntries of its term, as far
    /// as its own log reaches, instead of as far as an accepted message has verified.
    CommitOwnLastIndex,
    /// A leader takes a refused AppendEntries for an accepted one: it counts the follower as matching
    /// up to the last entry that the message carried (its previous index when it carried none) and
    /// does not go back.
    MatchFromNack,
    /// A node counts entries as soon as they are in memory: a follower acknowledges them, and a
    /// leader counts itself, before its disk has them (terms, votes and snapshots still wait).
    AckBeforeFsync,
    /// A node applies an entry as soon as it is in its log.
    ApplyBeforeCommit,
    /// A leader deletes the entries at the end of its log that have waited for their commit for
    /// longer than the longest election timeout.
    LeaderDropsStuckEntry,
    /// A leader starts a membership change before it has committed an entry of its own term.
    ConfigBeforeOwnTermCommit,
    /// `members` appends the new configuration at once instead of the joint one, and each node uses
    /// it as soon as it is in its log.
    SwitchConfigDirectly,
    /// A new leader answers read-index reads from its commit index as it stands, before an entry of
    /// its own term is committed (it still confirms with a majority that it leads).
    ReadBeforeOwnTermCommit,
    /// A leader answers a read-index read at once, without confirming with a majority that it still
    /// leads.
    ReadWithoutQuorum,
    /// A leader goes on answering reads under its lease after it has sent TimeoutNow.
    LeaseAcrossTransfer,
    /// The state machine applies a client's operation again when a retry has put it into the log a
    /// second time.
    NoClientDedup,
    /// A node installs every InstallSnapshot of its term, also one that ends before its own commit
    /// index, and drops its log beyond.
    InstallOldSnapshot,
    /// An old acknowledgement lowers matchIndex.
    MatchCanRegress,
    /// A lease lasts a full election timeout of the leader's own clock, with no margin for clock
    /// rates.
    LeaseIgnoresClocks,
    /// Installing a snapshot keeps the log behind it even if it conflicts.
    SnapshotKeepsConflictingLog,
}

impl Mutant {
    /// Every mutant.
    pub const ALL: [Self; 26] = [
        Self::CommitPriorTerm,
        Self::ForgetVote,
        Self::ForgetTerm,
        Self::VoteWithoutLogCheck,
        Self::VoteLogLengthOnly,
        Self::VoteClearedSameTerm,
        Self::CountDuplicateVotes,
        Self::CountStaleVotes,
        Self::AppendWithoutTermCheck,
        Self::TruncateOnHeartbeat,
        Self::AckOwnLastIndex,
        Self::CommitOwnLastIndex,
        Self::MatchFromNack,
        Self::AckBeforeFsync,
        Self::ApplyBeforeCommit,
        Self::LeaderDropsStuckEntry,
        Self::ConfigBeforeOwnTermCommit,
        Self::SwitchConfigDirectly,
        Self::ReadBeforeOwnTermCommit,
        Self::ReadWithoutQuorum,
        Self::LeaseAcrossTransfer,
        Self::NoClientDedup,
        Self::InstallOldSnapshot,
        Self::MatchCanRegress,
        Self::LeaseIgnoresClocks,
        Self::SnapshotKeepsConflictingLog,
    ];

    /// Its name, as in scenario files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CommitPriorTerm => "commit-prior-term",
            Self::ForgetVote => "forget-vote",
            Self::ForgetTerm => "forget-term",
            Self::VoteWithoutLogCheck => "vote-without-log-check",
            Self::VoteLogLengthOnly => "vote-log-length-only",
            Self::VoteClearedSameTerm => "vote-cleared-same-term",
            Self::CountDuplicateVotes => "count-duplicate-votes",
            Self::CountStaleVotes => "count-stale-votes",
            Self::AppendWithoutTermCheck => "append-without-term-check",
            Self::TruncateOnHeartbeat => "truncate-on-heartbeat",
            Self::AckOwnLastIndex => "ack-own-last-index",
            Self::CommitOwnLastIndex => "commit-own-last-index",
            Self::MatchFromNack => "match-from-nack",
            Self::AckBeforeFsync => "ack-before-fsync",
            Self::ApplyBeforeCommit => "apply-before-commit",
            Self::LeaderDropsStuckEntry => "leader-drops-stuck-entry",
            Self::ConfigBeforeOwnTermCommit => "config-before-own-term-commit",
            Self::SwitchConfigDirectly => "switch-config-directly",
            Self::ReadBeforeOwnTermCommit => "read-before-own-term-commit",
            Self::ReadWithoutQuorum => "read-without-quorum",
            Self::LeaseAcrossTransfer => "lease-across-transfer",
            Self::NoClientDedup => "no-client-dedup",
            Self::InstallOldSnapshot => "install-old-snapshot",
            Self::MatchCanRegress => "match-can-regress",
            Self::LeaseIgnoresClocks => "lease-ignores-clocks",
            Self::SnapshotKeepsConflictingLog => "snapshot-keeps-conflicting-log",
        }
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which rules are wrong on purpose: none, unless somebody asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Policy(u32);

const _: () = assert!(Mutant::ALL.len() <= u32::BITS as usize);

impl Policy {
    /// Every rule is right.
    pub const CORRECT: Self = Self(0);

    /// Whether this rule is the wrong one.
    pub const fn has(self, mutant: Mutant) -> bool {
        self.0 & (1 << mutant as u32) != 0
    }

    /// Breaks this rule too.
    pub const fn insert(&mut self, mutant: Mutant) {
        self.0 |= 1 << mutant as u32;
    }

    /// Mends this rule.
    pub const fn remove(&mut self, mutant: Mutant) {
        self.0 &= !(1 << mutant as u32);
    }

    /// Whether every rule is right.
    pub const fn is_correct(self) -> bool {
        self.0 == 0
    }

    /// The wrong rules.
    pub fn iter(self) -> impl Iterator<Item = Mutant> {
        Mutant::ALL
            .into_iter()
            .filter(move |&mutant| self.has(mutant))
    }
}

impl FromIterator<Mutant> for Policy {
    fn from_iter<I: IntoIterator<Item = Mutant>>(mutants: I) -> Self {
        let mut policy = Self::CORRECT;
        for mutant in mutants {
            policy.insert(mutant);
        }
        policy
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
