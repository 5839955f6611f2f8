//! What a message brings about, in words.

use std::fmt;

use crate::raft::{LogIndex, Rule};

use super::{Refusal, section};

/// What a node does by a rule, after "then".
pub(super) struct Consequence<'a>(pub(super) &'a Rule);

impl fmt::Display for Consequence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.0 {
            Rule::HigherTerm { new, .. } => write!(f, "goes to term {new} (§5.1)"),
            Rule::GrantVote { to, .. } => write!(f, "votes for {to} (§5.2, §5.4.1)"),
            Rule::RefuseVote { why, .. } | Rule::RefusePreVote { why, .. } => {
                write!(f, "refuses, as {} ({})", Refusal(why), section(why))
            }
            Rule::GrantPreVote { to, .. } => write!(f, "would vote for {to} (dissertation §9.6)"),
            Rule::CountVote { votes, needed, .. } => {
                write!(f, "has {} of {needed} votes needed (§5.2)", votes.len())
            }
            Rule::CountPreVote { votes, needed, .. } => {
                write!(
                    f,
                    "would have {} of {needed} votes needed (dissertation §9.6)",
                    votes.len()
                )
            }
            Rule::VoteDenied { from } => write!(f, "goes without the vote of {from} (§5.2)"),
            Rule::BecomeLeader { term } => write!(f, "leads term {term} (§5.2)"),
            Rule::StartElection { term } => write!(f, "campaigns in term {term} (§5.2)"),
            Rule::TakeOver { from } => write!(f, "takes over from {from} (dissertation §3.10)"),
            Rule::YieldToLeader { leader } => write!(f, "gives way to {leader} (§5.2)"),
            Rule::StepDown { led } => write!(f, "stops leading term {led} (§5.1)"),
            Rule::RefuseStaleTerm { term, .. } => {
                write!(f, "refuses it, as term {term} is over (§5.1)")
            }
            Rule::LogMismatch {
                prev_log_index,
                prev_log_term,
                found: Some(found),
                ..
            } => write!(
                f,
                "refuses it, as its entry {prev_log_index} is of term {found} and not {prev_log_term} \
                 (§5.3)"
            ),
            Rule::LogMismatch {
                prev_log_index,
                found: None,
                ..
            } => write!(f, "refuses it, as it has no entry {prev_log_index} (§5.3)"),
            Rule::TruncateConflict { first, last } => {
                write!(f, "removes its {} (§5.3)", Range(first, last))
            }
            Rule::AppendEntries { first, last } => {
                write!(f, "stores {} (§5.3)", Range(first, last))
            }
            Rule::LeaderAppend { index } => write!(f, "appends entry {index} (§5.3)"),
            Rule::MatchAdvanced { of, match_index } => {
                write!(f, "counts {of} up to entry {match_index} (§5.3)")
            }
            Rule::BackUp { of, next_index } => {
                write!(f, "goes back to entry {next_index} for {of} (§5.3)")
            }
            Rule::LeaderCommit { old, new } | Rule::FollowerCommit { old, new } => {
                write!(f, "commits {} (§5.3)", Range(old.next(), new))
            }
            Rule::CommitOnlyOwnTerm {
                index,
                entry_term,
                current_term,
            } => write!(
                f,
                "does not commit entry {index} of term {entry_term} in term {current_term} (§5.4.2)"
            ),
            Rule::ReadConfirmed { index } => {
                write!(
                    f,
                    "may answer a read from index {index} on (dissertation §6.4)"
                )
            }
            Rule::StoreChunk { bytes, .. } => write!(f, "has {bytes} bytes of the snapshot (§7)"),
            Rule::InstallSnapshot { last_index, .. } => {
                write!(
                    f,
                    "takes the snapshot up to entry {last_index} for its log (§7)"
                )
            }
            Rule::KeepLog { last_index } => {
                write!(
                    f,
                    "keeps its log after entry {last_index} of the snapshot (§7)"
                )
            }
            Rule::IgnoreOldSnapshot { commit_index, .. } => write!(
                f,
                "leaves the snapshot, as its commit index is {commit_index} already (§7)"
            ),
            Rule::UseConfiguration {
                index,
                configuration,
            } => write!(f, "goes by {configuration} from index {index} on (§6)"),
            Rule::RevertConfiguration { configuration } => {
                write!(f, "goes by {configuration} again (§6)")
            }
            Rule::CatchUp { learners, target } => {
                write!(
                    f,
                    "waits for {learners} to catch up to entry {target} (dissertation §4.2.1)"
                )
            }
            Rule::CaughtUp { learners, .. } => {
                write!(f, "sees that {learners} caught up (dissertation §4.2.1)")
            }
            Rule::SendSnapshot { to, last_index } => {
                write!(f, "sends {to} its snapshot up to entry {last_index} (§7)")
            }
            Rule::LeaderRemoved { index } => {
                write!(f, "is no voter of the configuration at index {index} (§6)")
            }
            Rule::SendTimeoutNow { to } => {
                write!(f, "tells {to} to campaign (dissertation §3.10)")
            }
            Rule::NotLeader { .. } => f.write_str("refuses the request, as it does not lead (§8)"),
            Rule::ReadWaitsForOwnTerm { term } => write!(
                f,
                "lets the read wait for an entry of term {term} to be committed (dissertation §6.4)"
            ),
            // What no message brings about itself.
            _ => write!(f, "does what {} says", self.0.name()),
        }
    }
}

/// Entries, one or several.
struct Range(LogIndex, LogIndex);

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(first, last) = self;
        match first == last {
            true => write!(f, "entry {first}"),
            false => write!(f, "entries {first} to {last}"),
        }
    }
}
