//! What was seen of a cluster elsewhere, as data.

use crate::kv::SharedCommand;
use crate::raft::{
    Body, Configuration, Entry, HardState, LogIndex, Message, NodeId, ObservedRole, Payload,
    SnapshotChunk, Term, Time,
};

use super::event::Says;

/// Everything that was seen of a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    /// The nodes at the start, each with all of its log.
    pub start: Vec<(NodeId, NodeState)>,
    /// What followed, in order of time. Each fits what was before: a log has no gap, and a message has
    /// a number that is its own.
    pub events: Vec<Observation>,
    /// What can be seen in it.
    pub sight: Sight,
}

/// Something that was seen of a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observation {
    /// When.
    pub at: Time,
    /// What.
    pub what: Observed,
}

/// What was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Observed {
    /// Something happened to a node or was done by it.
    Node {
        /// Which node.
        node: NodeId,
        /// What happened.
        seen: Seen,
        /// What it was then.
        state: NodeState,
    },
    /// The message of that number is lost on its way.
    Lost(u64),
}

/// What a node was seen to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// Nothing else but its state.
    State,
    /// A message left it; the state is that in which it was sent.
    Sent(ObservedMessage),
    /// A message reached it; the state may be from before it was looked at.
    Received(ObservedMessage),
    /// It stopped; the state is what its disk has.
    Crashed,
    /// It started again, from this state.
    Restarted,
    /// It lost what its disk had.
    Wiped,
}

/// A message, as far as it was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObservedMessage {
    /// Its number, the same where it is sent and where it is received; from 1.
    pub number: u64,
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// The sender's term.
    pub term: Term,
    /// What it says.
    pub says: Says,
    /// The terms of the entries that it carries, or that of the last one a snapshot covers.
    pub terms: Vec<Term>,
    /// When it arrives, or is lost.
    pub arrives: Time,
    /// Whether it is lost.
    pub lost: bool,
}

/// What a node was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeState {
    /// Term and vote.
    pub hard_state: HardState,
    /// Whether these are known to be on its disk by now.
    pub durable: bool,
    /// What it is.
    pub role: ObservedRole,
    /// The highest index it knows to be committed.
    pub commit: LogIndex,
    /// The highest index it has applied.
    pub applied: LogIndex,
    /// The configuration that it goes by.
    pub configuration: Configuration,
    /// What has changed in its log, if anything has.
    pub log: Option<LogChange>,
}

impl NodeState {
    /// The same, once its log has been seen to.
    pub(super) fn without_log(&self) -> Self {
        Self {
            log: None,
            hard_state: self.hard_state,
            durable: self.durable,
            role: self.role,
            commit: self.commit,
            applied: self.applied,
            configuration: self.configuration,
        }
    }
}

/// A change of a log: it is this from `first` on, and as it was before that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogChange {
    /// The first index that differs, which leaves no gap.
    pub first: LogIndex,
    /// The terms of the entries from there to the end.
    pub terms: Vec<Term>,
}

/// What can be seen in what was recorded: an oracle is silent where it would have to guess.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sight {
    /// Every vote for a leader is there, and comes before what it led to.
    pub votes: bool,
    /// Every entry of every log is known with its term.
    pub logs: bool,
    /// Every node that votes is there, and what is seen of them is in the order in which it happened.
    pub quorums: bool,
}

/// An entry of which only the term is known.
pub(super) const fn unknown(term: Term) -> Entry<SharedCommand> {
    Entry {
        term,
        payload: Payload::Unknown,
    }
}

/// The message as the network carries it; what was not seen of it is empty.
pub(super) fn whole(message: &ObservedMessage) -> Message<SharedCommand> {
    Message {
        from: message.from,
        to: message.to,
        term: message.term,
        body: body(message),
    }
}

fn body(message: &ObservedMessage) -> Body<SharedCommand> {
    let round = 0;
    match message.says {
        Says::RequestVote { last } => Body::RequestVote {
            last_log_index: last.1,
            last_log_term: last.0,
            transfer: false,
        },
        Says::RequestVoteReply { granted } => Body::RequestVoteReply { granted },
        Says::PreVote {
            campaign_term,
            last,
        } => Body::PreVote {
            campaign_term,
            last_log_index: last.1,
            last_log_term: last.0,
        },
        Says::PreVoteReply {
            campaign_term,
            granted,
        } => Body::PreVoteReply {
            campaign_term,
            granted,
        },
        Says::AppendEntries {
            previous, commit, ..
        } => Body::AppendEntries {
            prev_log_index: previous.0,
            prev_log_term: previous.1,
            entries: message.terms.iter().map(|&term| unknown(term)).collect(),
            leader_commit: commit,
            round,
        },
        Says::AppendEntriesReply(result) => Body::AppendEntriesReply { result, round },
        Says::ReadIndex => Body::ReadIndex { read: 0 },
        Says::ReadIndexReply(index) => Body::ReadIndexReply { read: 0, index },
        Says::TimeoutNow => Body::TimeoutNow,
        Says::InstallSnapshot {
            last_index,
            offset,
            done,
            ..
        } => Body::InstallSnapshot {
            chunk: Box::new(SnapshotChunk {
                last_index,
                last_term: message.terms.first().copied().unwrap_or_default(),
                configuration: Configuration::default(),
                offset,
                data: [].into(),
                done,
            }),
            round,
        },
        Says::InstallSnapshotReply { last_index, result } => Body::InstallSnapshotReply {
            last_index,
            result,
            round,
        },
    }
}
