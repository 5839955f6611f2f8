//! Which of the rules that are wrong on purpose an answer rests on.

use crate::raft::{Mutant, Policy};

use super::Answer;

/// The wrong ones among the rules by which an answer came out as it did.
pub(super) fn wrong_rules(answer: &Answer, policy: Policy) -> Policy {
    let of = Concern::of_answer(answer);
    let wrong = policy.iter();
    wrong.filter(|&mutant| of.includes(mutant)).collect()
}

/// What a rule is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Concern {
    Election,
    Log,
    Read,
    Anything,
}

impl Concern {
    const fn of_answer(answer: &Answer) -> Self {
        match answer {
            Answer::Leader(_) | Answer::Node(_) | Answer::Vote(_) => Self::Election,
            Answer::Entry(_) => Self::Log,
            Answer::Message(_) | Answer::Operation(_) => Self::Anything,
        }
    }

    fn includes(self, mutant: Mutant) -> bool {
        self == Self::Anything || self == Self::of(mutant) || Self::of(mutant) == Self::Anything
    }

    const fn of(mutant: Mutant) -> Self {
        match mutant {
            Mutant::ForgetVote
            | Mutant::ForgetTerm
            | Mutant::VoteWithoutLogCheck
            | Mutant::VoteLogLengthOnly
            | Mutant::VoteClearedSameTerm
            | Mutant::CountDuplicateVotes
            | Mutant::CountStaleVotes => Self::Election,
            Mutant::CommitPriorTerm
            | Mutant::AppendWithoutTermCheck
            | Mutant::TruncateOnHeartbeat
            | Mutant::AckOwnLastIndex
            | Mutant::CommitOwnLastIndex
            | Mutant::MatchFromNack
            | Mutant::AckBeforeFsync
            | Mutant::ApplyBeforeCommit
            | Mutant::LeaderDropsStuckEntry
            | Mutant::InstallOldSnapshot
            | Mutant::MatchCanRegress
            | Mutant::SnapshotKeepsConflictingLog => Self::Log,
            Mutant::ReadBeforeOwnTermCommit
            | Mutant::ReadWithoutQuorum
            | Mutant::LeaseAcrossTransfer
            | Mutant::LeaseIgnoresClocks
            | Mutant::NoClientDedup => Self::Read,
            // Who counts is asked in elections and for commits.
            Mutant::ConfigBeforeOwnTermCommit | Mutant::SwitchConfigDirectly => Self::Anything,
        }
    }
}
