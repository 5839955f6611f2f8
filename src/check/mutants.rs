//! What falls when a rule is wrong.

use std::fmt;

use crate::raft::Mutant;

use super::property::Property;

/// What a wrong rule breaks; others may fall with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Falls {
    /// That property.
    Property(Property),
    /// The client history is not linearizable.
    Linearizability,
}

impl Falls {
    /// Its name, as in scenario files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Property(property) => property.name(),
            Self::Linearizability => "linearizable",
        }
    }
}

impl fmt::Display for Falls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What falls with this wrong rule, if something happens in which it matters.
pub const fn falls(mutant: Mutant) -> Falls {
    use Property::{
        CommitStability, ElectionSafety, ExactlyOnce, LeaderAppendOnly, LeaderCompleteness,
        LogMatching, Monotonic, OneVotePerTerm, StateMachineSafety, TermMonotonic,
    };
    Falls::Property(match mutant {
        Mutant::CommitPriorTerm
        | Mutant::VoteWithoutLogCheck
        | Mutant::VoteLogLengthOnly
        | Mutant::AckOwnLastIndex
        | Mutant::MatchFromNack
        | Mutant::AckBeforeFsync
        | Mutant::ConfigBeforeOwnTermCommit
        | Mutant::SwitchConfigDirectly => LeaderCompleteness,
        Mutant::ForgetVote | Mutant::VoteClearedSameTerm => OneVotePerTerm,
        Mutant::ForgetTerm => TermMonotonic,
        Mutant::CountDuplicateVotes | Mutant::CountStaleVotes => ElectionSafety,
        Mutant::AppendWithoutTermCheck | Mutant::SnapshotKeepsConflictingLog => LogMatching,
        Mutant::TruncateOnHeartbeat | Mutant::InstallOldSnapshot => CommitStability,
        Mutant::CommitOwnLastIndex | Mutant::ApplyBeforeCommit => StateMachineSafety,
        Mutant::LeaderDropsStuckEntry => LeaderAppendOnly,
        Mutant::NoClientDedup => ExactlyOnce,
        Mutant::MatchCanRegress => Monotonic,
        Mutant::ReadBeforeOwnTermCommit
        | Mutant::ReadWithoutQuorum
        | Mutant::LeaseAcrossTransfer
        | Mutant::LeaseIgnoresClocks => return Falls::Linearizability,
    })
}
