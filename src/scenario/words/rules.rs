//! The core's rules in words.

use crate::raft::{ChangeRefusal, MembershipChange, NoLease, NodeId, Rule, VoteRefusal};

use super::{EventKind, configuration};

/// What a rule that fired or blocked on a node means, and which sort of event it is.
pub(super) fn rule_words(node: NodeId, rule: &Rule) -> (EventKind, String) {
    use EventKind::{Client, Election, Replication};
    match *rule {
        Rule::HigherTerm { from, old, new } => (
            Election,
            format!("{node} hears of term {new} from {from} and leaves term {old}"),
        ),
        Rule::StartElection { term } => (
            Election,
            format!("{node} becomes a candidate in term {term} and votes for itself"),
        ),
        Rule::StartPreVote { campaign_term } => (
            Election,
            format!("{node} asks whether it could win an election in term {campaign_term}"),
        ),
        Rule::GrantPreVote { to, campaign_term } => (
            Election,
            format!("{node} would vote for {to} in term {campaign_term}"),
        ),
        Rule::RefusePreVote { to, why } => (
            Election,
            format!("{node} would not vote for {to}: {}", refusal(why)),
        ),
        Rule::CountPreVote {
            from,
            votes,
            needed,
        } => (
            Election,
            format!(
                "{node} counts that {from} would vote for it: {} of {needed} needed",
                votes.len()
            ),
        ),
        Rule::QuorumLost { heard, needed } => (
            Election,
            format!(
                "{node} has heard from {} of {needed} needed in an election timeout, itself included",
                heard.len()
            ),
        ),
        Rule::StartTransfer { to } => (
            Election,
            format!(
                "{node} begins to hand its leadership over to {to}, and takes no commands meanwhile"
            ),
        ),
        Rule::SendTimeoutNow { to } => (
            Election,
            format!("{node} tells {to} to campaign at once: it has the whole log"),
        ),
        Rule::TakeOver { from } => (
            Election,
            format!("{node} campaigns at once, as {from} told it to"),
        ),
        Rule::AbortTransfer { to } => (
            Election,
            format!("{node} leads on: {to} has not taken over within an election timeout"),
        ),
        Rule::TransferUnderWay { to } => (
            Client,
            format!("{node} takes no command while it hands its leadership over to {to}"),
        ),
        Rule::GrantVote { to, term } => (
            Election,
            format!("{node} grants its vote to {to} in term {term}"),
        ),
        Rule::RefuseVote { to, why } => (
            Election,
            format!("{node} refuses its vote to {to}: {}", refusal(why)),
        ),
        Rule::CountVote {
            from,
            votes,
            needed,
        } => (
            Election,
            format!(
                "{node} counts the vote of {from}: {} of {needed} needed",
                votes.len()
            ),
        ),
        Rule::VoteDenied { from } => (Election, format!("{node} does not get the vote of {from}")),
        Rule::BecomeLeader { term } => (Election, format!("{node} becomes leader of term {term}")),
        Rule::YieldToLeader { leader } => (
            Election,
            format!("{node} gives up its candidacy: {leader} leads"),
        ),
        Rule::StepDown { led } => (Election, format!("{node} no longer leads term {led}")),
        Rule::LeaderAppend { index } => (
            Replication,
            format!("{node} appends an entry to its own log at index {index}"),
        ),
        Rule::RefuseStaleTerm { from, term } => (
            Replication,
            format!("{node} refuses {from}: term {term} is over"),
        ),
        Rule::LogMismatch {
            prev_log_index,
            prev_log_term,
            found,
            ..
        } => {
            let found = found.map_or_else(
                || "has no entry".into(),
                |term| format!("has one of term {term}"),
            );
            (
                Replication,
                format!(
                    "{node} refuses entries: at index {prev_log_index} they follow one of term {prev_log_term}, and it {found} there"
                ),
            )
        }
        Rule::TruncateConflict { first, last } => (
            Replication,
            format!(
                "{node} removes its entries {first} to {last}: they conflict with the leader's"
            ),
        ),
        Rule::AppendEntries { first, last } if first == last => (
            Replication,
            format!("{node} stores the entry at index {first}"),
        ),
        Rule::AppendEntries { first, last } => (
            Replication,
            format!("{node} stores the entries {first} to {last}"),
        ),
        Rule::MatchAdvanced { of, match_index } => (
            Replication,
            format!("{node} learns that {of} has everything up to index {match_index}"),
        ),
        Rule::BackUp { of, next_index } => (
            Replication,
            format!("{node} goes back to index {next_index} for {of}"),
        ),
        Rule::LeaderCommit { new, .. } => (
            Replication,
            format!("{node} commits up to index {new}: a majority has it"),
        ),
        Rule::CommitOnlyOwnTerm {
            index,
            entry_term,
            current_term,
        } => (
            Replication,
            format!(
                "{node} does not commit index {index}, though a majority has it: it is of term {entry_term}, and the term is {current_term} (§5.4.2)"
            ),
        ),
        Rule::FollowerCommit { new, .. } => (
            Replication,
            format!("{node} learns that everything up to index {new} is committed"),
        ),
        Rule::TakeSnapshot { index } => (
            Replication,
            format!("{node} takes a snapshot of its state up to index {index}"),
        ),
        Rule::CompactLog { through } => (
            Replication,
            format!("{node} drops its log up to index {through}: its disk has a snapshot of it"),
        ),
        Rule::SendSnapshot { to, last_index } => (
            Replication,
            format!(
                "{node} sends {to} its snapshot up to index {last_index}: {to} needs entries that its log no longer has"
            ),
        ),
        Rule::StoreChunk {
            last_index,
            bytes,
            done,
            ..
        } => (
            Replication,
            format!(
                "{node} has {}{bytes} bytes of the snapshot up to index {last_index}",
                if done { "all " } else { "" }
            ),
        ),
        Rule::InstallSnapshot { last_index, .. } => (
            Replication,
            format!(
                "{node} puts the snapshot up to index {last_index} in the place of its log, which does not have its last entry"
            ),
        ),
        Rule::KeepLog { last_index } => (
            Replication,
            format!(
                "{node} keeps its log behind the snapshot up to index {last_index}: it has the last entry that it covers"
            ),
        ),
        Rule::IgnoreOldSnapshot {
            last_index,
            commit_index,
            ..
        } => (
            Replication,
            format!(
                "{node} passes over a snapshot up to index {last_index}: it has committed everything up to index {commit_index}"
            ),
        ),
        Rule::ReadConfirmed { index } => (
            Client,
            format!(
                "a majority confirms that {node} leads: a read may be answered from index {index} on"
            ),
        ),
        Rule::LeaseRead { index, left } => (
            Client,
            format!(
                "{node} holds a lease for {left} yet: a read may be answered from index {index} on"
            ),
        ),
        Rule::LeaseMissing { why } => (
            Client,
            format!(
                "{node} holds no lease, so a read waits for a round of heartbeats: {}",
                no_lease(why)
            ),
        ),
        Rule::ReadWaitsForOwnTerm { term } => (
            Client,
            format!("a read waits until {node} has committed an entry of term {term}"),
        ),
        Rule::ForwardRead { to } => (Client, format!("{node} asks {to} for the index of a read")),
        Rule::NotLeader {
            leader: Some(leader),
        } => (
            Client,
            format!("{node} does not lead, and points to {leader}"),
        ),
        Rule::NotLeader { leader: None } => {
            (Client, format!("{node} does not lead, and knows no leader"))
        }
        Rule::UseConfiguration {
            index,
            configuration: members,
        } => (
            Replication,
            format!(
                "{node} goes by the configuration at index {index} from now on: {}",
                configuration(&members)
            ),
        ),
        Rule::RevertConfiguration {
            configuration: members,
        } => (
            Replication,
            format!(
                "{node} has lost a configuration, and goes by the one before again: {}",
                configuration(&members)
            ),
        ),
        Rule::ChangeWaitsForOwnTerm { term } => (
            Replication,
            format!("{node} changes no members before it has committed an entry of term {term}"),
        ),
        Rule::ChangeWaitsForCommit { index } => (
            Replication,
            format!(
                "{node} changes no members before the configuration at index {index} is committed"
            ),
        ),
        Rule::ChangeWaitsForOthers { changes } => (
            Replication,
            format!(
                "{node} changes no members before it is done with what was asked earlier ({changes})"
            ),
        ),
        Rule::RefuseChange { change, why } => (
            Replication,
            format!("{node} will not {}: {}", change_words(change), why_not(why)),
        ),
        Rule::CatchUp { learners, target } => (
            Replication,
            format!("before they vote, {node} lets these catch up to index {target}: {learners}"),
        ),
        Rule::CaughtUp { learners, index } => (
            Replication,
            format!(
                "{node} finds that these have caught up to index {index} within an election timeout: {learners}"
            ),
        ),
        Rule::LeaderRemoved { index } => (
            Election,
            format!(
                "{node} steps down: by the configuration at index {index}, now committed, it has no vote"
            ),
        ),
        Rule::DropChange { change } => (
            Replication,
            format!(
                "{node} no longer leads, and will not {}",
                change_words(change)
            ),
        ),
    }
}

/// A change of the members, as what somebody does.
fn change_words(change: MembershipChange) -> String {
    match change {
        MembershipChange::AddVoter(id) => format!("add {id}"),
        MembershipChange::AddLearner(id) => format!("add {id} as a learner"),
        MembershipChange::Remove(id) => format!("remove {id}"),
        MembershipChange::Members(voters) => format!("let {voters} be the voters"),
    }
}

fn why_not(why: ChangeRefusal) -> &'static str {
    match why {
        ChangeRefusal::NothingToChange => "it is so already",
        ChangeRefusal::NoVoterLeft => "nobody would be left to vote",
    }
}

fn no_lease(why: NoLease) -> String {
    match why {
        NoLease::NotYet => "no majority has answered it in its term yet".into(),
        NoLease::Expired { ago } => format!("the lease ended {ago} ago"),
        NoLease::GivenAway => "it has told another to take over in its term".into(),
    }
}

fn refusal(why: VoteRefusal) -> String {
    match why {
        VoteRefusal::StaleTerm { candidate, current } => {
            format!("term {candidate} is over, it is in term {current}")
        }
        VoteRefusal::LiveLeader { leader } => format!("{leader} leads and was heard lately"),
        VoteRefusal::Promised { left } => {
            format!("for {left} yet a leader may hold a lease, and it votes for nobody")
        }
        VoteRefusal::AlreadyVoted { for_node } => {
            format!("it has voted for {for_node} in this term")
        }
        VoteRefusal::LogNotUpToDate { candidate, own } => format!(
            "the candidate's log ends with index {} of term {}, its own with index {} of term {} (§5.4.1)",
            candidate.1, candidate.0, own.1, own.0
        ),
    }
}
