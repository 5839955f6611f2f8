//! Events in words: what the event log says.

use crate::raft::{AppendResult, NodeId, Refusal, Rule, VoteRefusal};
use crate::sim::{Failure, Happening, LossCause, MessageHead, OperationStep, Outcome, Says, World};

/// The sorts of event by which an event log is filtered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventKind {
    /// Timeouts, votes, leaders.
    Election,
    /// Entries, their answers, commits.
    Replication,
    /// Operations.
    Client,
    /// Crashes, restarts, pauses, cuts, losses.
    Fault,
}

/// Something that happened, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// Which node it is about, if one.
    pub node: Option<NodeId>,
    /// What sort of event it is.
    pub kind: EventKind,
    /// Whether it happens all the time: heartbeats, messages coming and going.
    pub routine: bool,
    /// A sentence without its full stop.
    pub text: String,
}

/// What happened, in words; `None` for what is said by another happening of the same event.
pub fn describe(happening: &Happening, world: &World) -> Option<Words> {
    use EventKind::{Election, Fault, Replication};
    let words = |node, kind, text| {
        Some(Words {
            node: Some(node),
            kind,
            routine: is_routine(happening),
            text,
        })
    };
    match happening {
        Happening::Sent(head) => words(
            head.from,
            message_kind(head),
            format!("{} sends {} to {}", head.from, says(head), head.to),
        ),
        Happening::Duplicated(head) => words(
            head.from,
            Fault,
            format!(
                "{} from {} to {} is doubled on its way",
                says(head),
                head.from,
                head.to
            ),
        ),
        Happening::Delivered(head) => words(
            head.to,
            message_kind(head),
            format!("{} receives {} from {}", head.to, says(head), head.from),
        ),
        Happening::Lost(head, cause) => words(head.to, Fault, lost(head, *cause)),
        Happening::ElectionTimeout(node) => words(
            *node,
            Election,
            format!("the election timer of {node} fires"),
        ),
        Happening::HeartbeatTimeout(node) => {
            words(*node, Replication, format!("{node} sends heartbeats"))
        }
        Happening::Rule(node, rule) => {
            let (kind, text) = rule_words(*node, rule);
            words(*node, kind, text)
        }
        Happening::Applied {
            node,
            index,
            duplicate,
            ..
        } => words(
            *node,
            EventKind::Replication,
            match duplicate {
                false => format!("{node} applies the entry at index {index}"),
                true => format!(
                    "{node} skips the entry at index {index}: a retry that it has applied before"
                ),
            },
        ),
        Happening::Wrote { .. } | Happening::Durable { .. } => None,
        Happening::Crashed(node) => words(*node, Fault, format!("{node} crashes")),
        Happening::Restarted(node) => words(*node, Fault, format!("{node} restarts from its disk")),
        Happening::Paused(node) => words(*node, Fault, format!("{node} stands still")),
        Happening::Resumed(node) => words(*node, Fault, format!("{node} goes on")),
        Happening::LinkCut(from, to) => {
            words(*from, Fault, format!("the link from {from} to {to} is cut"))
        }
        Happening::LinkHealed(from, to) => words(
            *from,
            Fault,
            format!("the link from {from} to {to} is healed"),
        ),
        Happening::Operation { number, step } => operation(*number, *step, world),
        Happening::Network(_) => nobody("the conditions of the network change"),
        Happening::ChaosBegan => nobody("chaos begins"),
        Happening::ChaosEnded => nobody("chaos ends, and everything is healed"),
    }
}

fn is_routine(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Sent(_)
            | Happening::Delivered(_)
            | Happening::HeartbeatTimeout(_)
            | Happening::Rule(_, Rule::MatchAdvanced { .. })
    )
}

fn message_kind(head: &MessageHead) -> EventKind {
    match head.says {
        Says::RequestVote { .. } | Says::RequestVoteReply { .. } => EventKind::Election,
        Says::AppendEntries { .. } | Says::AppendEntriesReply(_) => EventKind::Replication,
        Says::ReadIndex | Says::ReadIndexReply(_) => EventKind::Client,
    }
}

fn nobody(text: &str) -> Option<Words> {
    Some(Words {
        node: None,
        kind: EventKind::Fault,
        routine: false,
        text: text.into(),
    })
}

/// What a message says, in a few words.
pub fn says(head: &MessageHead) -> String {
    match head.says {
        Says::RequestVote {
            last: (term, index),
        } => format!(
            "RequestVote of term {} (last entry {index} of term {term})",
            head.term
        ),
        Says::RequestVoteReply { granted: true } => format!("its vote in term {}", head.term),
        Says::RequestVoteReply { granted: false } => {
            format!("a refusal of its vote in term {}", head.term)
        }
        Says::AppendEntries {
            previous: (index, _),
            entries: 0,
            ..
        } => format!("a heartbeat (after index {index})"),
        Says::AppendEntries {
            previous: (index, _),
            entries: 1,
            ..
        } => format!("AppendEntries with the entry at index {}", index.next()),
        Says::AppendEntries {
            previous: (index, _),
            entries,
            ..
        } => format!(
            "AppendEntries with the entries {} to {}",
            index.next(),
            index.0 + entries
        ),
        Says::AppendEntriesReply(AppendResult::Matched { match_index }) => {
            format!("an acknowledgement up to index {match_index}")
        }
        Says::AppendEntriesReply(AppendResult::Conflict { prev_log_index, .. }) => {
            format!("a refusal: no match at index {prev_log_index}")
        }
        Says::ReadIndex => "ReadIndex".into(),
        Says::ReadIndexReply(Some(index)) => format!("the read index {index}"),
        Says::ReadIndexReply(None) => "a refusal to serve a read".into(),
    }
}

fn lost(head: &MessageHead, cause: LossCause) -> String {
    let cause = match cause {
        LossCause::Loss => "is lost".into(),
        LossCause::Cut => "is lost on the cut link".into(),
        LossCause::Down => format!("is lost: {} is down", head.to),
        LossCause::Dropped => "is dropped".into(),
    };
    format!("{} from {} to {} {cause}", says(head), head.from, head.to)
}

fn rule_words(node: NodeId, rule: &Rule) -> (EventKind, String) {
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
        Rule::ReadConfirmed { index } => (
            Client,
            format!(
                "a majority confirms that {node} leads: a read may be answered from index {index} on"
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
    }
}

fn refusal(why: VoteRefusal) -> String {
    match why {
        VoteRefusal::StaleTerm { candidate, current } => {
            format!("term {candidate} is over, it is in term {current}")
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

fn operation(number: u64, step: OperationStep, world: &World) -> Option<Words> {
    let record = world
        .operations()
        .get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let client = world.client(record.client)?.name();
    let what = &record.operation;
    let latency = record.latency().unwrap_or_default();
    let (node, text) = match step {
        OperationStep::Asked(_) => (None, format!("{client} asks: {what}")),
        OperationStep::Tried { node, attempt: 1 } => {
            (Some(node), format!("{what} of {client} goes to {node}"))
        }
        OperationStep::Tried { node, attempt } => (
            Some(node),
            format!("{what} of {client} goes to {node}, try {attempt}"),
        ),
        OperationStep::NodeDown(node) => (
            Some(node),
            format!("{what} of {client} is lost: {node} is down"),
        ),
        OperationStep::Refused(node, Refusal::NotLeader { .. }) => (
            Some(node),
            format!("{node} cannot serve {what} of {client}"),
        ),
        OperationStep::Refused(node, Refusal::Deposed) => (
            Some(node),
            format!("{node} no longer leads, and what became of {what} of {client} is open"),
        ),
        OperationStep::TimedOut(node) => (
            Some(node),
            format!("{node} has not answered {what} of {client} in time"),
        ),
        OperationStep::Answered(node) => (
            Some(node),
            format!("{node} has answered {what} of {client}"),
        ),
        OperationStep::Ok => (
            record.answered_by,
            format!(
                "{client}: {what} → ok, {latency}{}",
                read_value(&record.outcome)
            ),
        ),
        OperationStep::Failed => (
            record.answered_by,
            format!("{client}: {what} → failed: {}", failure(&record.outcome)),
        ),
        OperationStep::Unknown => (None, format!("{client}: {what} → outcome unknown")),
    };
    Some(Words {
        node,
        kind: EventKind::Client,
        routine: false,
        text,
    })
}

fn read_value(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok(crate::kv::Response::Value(Some(value))) => format!(", {value:?}"),
        Outcome::Ok(crate::kv::Response::Value(None)) => ", no such key".into(),
        _ => String::new(),
    }
}

fn failure(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Failed(Failure::Mismatch(Some(found))) => format!("it found {found:?}"),
        Outcome::Failed(Failure::Mismatch(None)) => "it found no such key".into(),
        Outcome::Failed(Failure::NotLeader(node)) => format!("{node} does not lead"),
        Outcome::Pending | Outcome::Ok(_) | Outcome::Unknown => String::new(),
    }
}
