//! Events in words: what the event log says.

mod acts;
mod operations;
mod rules;

use crate::raft::{
    AppendResult, Configuration, InstallResult, LogIndex, NodeId, NodeSet, Rule, Span,
};
use crate::sim::{
    Happening, LossCause, MessageHead, NetworkHash, Probability, ReadFrom, Says, Server, World,
};

pub use acts::act;
pub use operations::{leg_arrives, leg_departs};

use operations::operation;
use rules::rule_words;

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
    /// A sentence without its full stop, on one line whatever clients write.
    pub text: String,
}

/// What happened, in words; `None` for what is said by another happening of the same event.
pub fn describe(happening: &Happening, world: &World) -> Option<Words> {
    use EventKind::{Election, Fault, Replication};
    let words = |node, kind, text| {
        Some(Words {
            node: Some(node),
            kind,
            routine: is_routine(happening, world),
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
            match leads(*node, world) {
                true => format!("an election timeout has passed, and {node} leads on"),
                false => format!("the election timer of {node} fires"),
            },
        ),
        Happening::HeartbeatTimeout(node) => {
            words(*node, Replication, format!("{node} sends heartbeats"))
        }
        Happening::Rule(node, rule) => {
            let (kind, text) = rule_words(*node, rule);
            words(*node, kind, text)
        }
        Happening::Applied { node, index, .. } if session_expired(*node, *index, world) => None,
        Happening::SessionExpired { node, index } => words(
            *node,
            EventKind::Client,
            format!("{node} skips the entry at index {index}: its client's session has expired"),
        ),
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
        Happening::Wrote { .. } | Happening::Durable { .. } | Happening::WroteSnapshot { .. } => {
            None
        }
        Happening::Restored { node, snapshot } => words(
            *node,
            Replication,
            format!(
                "{node} sets its state to that of the snapshot up to index {}",
                snapshot.index
            ),
        ),
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
        Happening::Reads(ReadFrom::Leader) => nobody("the proxy sends reads to the leader"),
        Happening::Reads(ReadFrom::Followers) => nobody("the proxy sends reads to followers"),
        Happening::Partitioned(groups) => nobody(&partitioned(groups)),
        Happening::Isolated(node) => {
            words(*node, Fault, format!("{node} is cut off from all others"))
        }
        Happening::Clock { node, rate } => words(
            *node,
            Fault,
            format!("the clock of {node} goes at {rate} of true time"),
        ),
        Happening::Wiped(node) => words(*node, Fault, format!("the disk of {node} is wiped")),
        Happening::AllHealed => nobody("every link is healed"),
        Happening::ChaosBegan => nobody("chaos begins"),
        Happening::ChaosEnded => nobody("chaos ends, and everything is healed"),
        Happening::Copied(head, _) => words(
            head.from,
            Fault,
            format!(
                "a copy of {} from {} to {} is on its way",
                says(head),
                head.from,
                head.to
            ),
        ),
        Happening::Delayed(head, by) => words(
            head.from,
            Fault,
            format!(
                "{} from {} to {} is held up for {by}",
                says(head),
                head.from,
                head.to
            ),
        ),
        Happening::Link {
            from,
            to,
            conditions,
        } => words(*from, Fault, link(*from, *to, *conditions)),
        Happening::LoadStopped => nobody("the load is stopped"),
        Happening::Added(node) => words(
            *node,
            Fault,
            format!("{node} is there, with an empty disk, and knows of no cluster yet"),
        ),
    }
}

/// Whether a node has refused an entry that it applied, which is told by itself.
fn session_expired(node: NodeId, index: LogIndex, world: &World) -> bool {
    let refused = Happening::SessionExpired { node, index };
    world.happenings().contains(&refused)
}

fn is_routine(happening: &Happening, world: &World) -> bool {
    match happening {
        Happening::Sent(_)
        | Happening::Delivered(_)
        | Happening::HeartbeatTimeout(_)
        // A node that is down is told once; what it then misses goes on and on.
        | Happening::Lost(_, LossCause::Down)
        | Happening::Rule(_, Rule::MatchAdvanced { .. }) => true,
        Happening::LinkCut(..) | Happening::LinkHealed(..) => {
            world.happenings().iter().any(tells_of_many_links)
        }
        Happening::ElectionTimeout(node) => leads(*node, world),
        _ => false,
    }
}

fn leads(node: NodeId, world: &World) -> bool {
    world.server(node).is_some_and(Server::is_leader)
}

/// Whether it says in one sentence what becomes of many links.
const fn tells_of_many_links(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Partitioned(_) | Happening::Isolated(_) | Happening::AllHealed
    )
}

fn partitioned(groups: &[NodeSet]) -> String {
    let groups: Vec<String> = groups.iter().map(NodeSet::to_string).collect();
    format!("the network falls apart: {}", groups.join(" | "))
}

fn message_kind(head: &MessageHead) -> EventKind {
    match head.says {
        Says::RequestVote { .. }
        | Says::RequestVoteReply { .. }
        | Says::PreVote { .. }
        | Says::PreVoteReply { .. }
        | Says::TimeoutNow => EventKind::Election,
        Says::AppendEntries { .. }
        | Says::AppendEntriesReply(_)
        | Says::InstallSnapshot { .. }
        | Says::InstallSnapshotReply { .. } => EventKind::Replication,
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
        Says::PreVote { campaign_term, .. } => format!("PreVote for term {campaign_term}"),
        Says::PreVoteReply {
            campaign_term,
            granted: true,
        } => format!("the promise of a vote in term {campaign_term}"),
        Says::PreVoteReply { campaign_term, .. } => {
            format!("a refusal to promise a vote in term {campaign_term}")
        }
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
        Says::TimeoutNow => "TimeoutNow".into(),
        Says::InstallSnapshot {
            last_index,
            offset,
            bytes,
            done,
        } => format!(
            "InstallSnapshot up to index {last_index} (bytes {offset} to {}{})",
            offset + bytes,
            if done { ", the last" } else { "" }
        ),
        Says::InstallSnapshotReply { last_index, result } => match result {
            InstallResult::Received { bytes } => format!(
                "an acknowledgement of {bytes} bytes of the snapshot up to index {last_index}"
            ),
            InstallResult::Matched { match_index } => {
                format!("an acknowledgement up to index {match_index}")
            }
            InstallResult::Refused => "a refusal of a snapshot".into(),
        },
        Says::ReadIndex => "ReadIndex".into(),
        Says::ReadIndexReply(Some(index)) => format!("the read index {index}"),
        Says::ReadIndexReply(None) => "a refusal to serve a read".into(),
    }
}

fn link(from: NodeId, to: NodeId, conditions: Option<NetworkHash>) -> String {
    match conditions {
        None => format!("the link from {from} to {to} is as the network again"),
        Some(conditions) => {
            let (low, high) = conditions.latency;
            let latency = match low == high {
                true => Span(low).to_string(),
                false => format!("{}–{}", Span(low), Span(high)),
            };
            format!(
                "the link from {from} to {to} takes {latency} from here on, and loses {} %",
                percent(conditions.loss)
            )
        }
    }
}

/// In hundredths of a percent at most, as nobody says more.
fn percent(probability: Probability) -> String {
    let hundredths = (probability.numerator() * 10_000 + Probability::ONE / 2) / Probability::ONE;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => whole.to_string(),
        part => format!("{whole}.{part:02}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// The members of a cluster, in a few words.
pub fn configuration(members: &Configuration) -> String {
    let mut words = match members.is_joint() {
        true => format!("{} together with {}", members.outgoing(), members.voters()),
        false => members.voters().to_string(),
    };
    if !members.learners().is_empty() {
        words.push_str(&format!("; without a vote {}", members.learners()));
    }
    words
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
