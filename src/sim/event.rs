//! What happens in a world, as it is recorded, shown, checked and hashed.

use std::hash::{Hash, Hasher};

use crate::kv::{ClientId, SharedCommand};
use crate::raft::{
    AppendResult, Body, Configuration, HardState, InstallResult, LogIndex, Message, MessageKind,
    NodeId, NodeSet, Refusal, Rule, Span, Term, WriteSeq,
};

use super::clock::ClockRate;
use super::config::{NetworkConfig, Probability, ReadFrom};
use super::digest::Digest;

/// The number of an event within a run, from 1; 0 is the start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct EventId(pub u64);

/// One thing that happened in an event.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Happening {
    /// A message left a node.
    Sent(MessageHead),
    /// A message was doubled on its way.
    Duplicated(MessageHead),
    /// A message reached a node.
    Delivered(MessageHead),
    /// A message was lost.
    Lost(MessageHead, LossCause),
    /// An election timer fired.
    ElectionTimeout(NodeId),
    /// A heartbeat timer fired.
    HeartbeatTimeout(NodeId),
    /// A rule fired or blocked on a node.
    Rule(NodeId, Rule),
    /// A node handed a write to its disk.
    Wrote {
        /// Which node.
        node: NodeId,
        /// Its number.
        seq: WriteSeq,
        /// Term and vote, if they are in it.
        hard_state: Option<HardState>,
        /// The first and last index of the log that it changes, and how many entries it removes.
        log: Option<(LogIndex, LogIndex, u64)>,
    },
    /// A write is durable.
    Durable {
        /// Which node.
        node: NodeId,
        /// Its number.
        seq: WriteSeq,
        /// Term and vote, if they were in it.
        hard_state: Option<HardState>,
    },
    /// A node applied an entry.
    Applied {
        /// Which node.
        node: NodeId,
        /// Which entry.
        index: LogIndex,
        /// Its term.
        term: Term,
        /// Whether it was a retry that its session had seen.
        duplicate: bool,
    },
    /// A node crashed.
    Crashed(NodeId),
    /// A node restarted.
    Restarted(NodeId),
    /// A node stands still.
    Paused(NodeId),
    /// A node goes on.
    Resumed(NodeId),
    /// A link carries nothing any more, in this direction.
    LinkCut(NodeId, NodeId),
    /// A link carries again, in this direction.
    LinkHealed(NodeId, NodeId),
    /// The conditions of the network have changed.
    Network(NetworkHash),
    /// Something about an operation of a client.
    Operation {
        /// Its number.
        number: u64,
        /// What.
        step: OperationStep,
    },
    /// Chaos began.
    ChaosBegan,
    /// Chaos ended; everything is healed.
    ChaosEnded,
    /// The network fell apart into these groups; the links between them follow.
    Partitioned(Vec<NodeSet>),
    /// A node was cut off from all others; its links follow.
    Isolated(NodeId),
    /// Every link was healed; those that carry again follow.
    AllHealed,
    /// A node's clock goes at another rate.
    Clock {
        /// Which node's.
        node: NodeId,
        /// Its rate.
        rate: ClockRate,
    },
    /// A node that is down has lost what its disk had.
    Wiped(NodeId),
    /// A server is there that was not before, with an empty disk.
    Added(NodeId),
    /// A node refused a command that it applied: its session had expired.
    SessionExpired {
        /// Which node.
        node: NodeId,
        /// Which entry.
        index: LogIndex,
    },
    /// A node handed a snapshot to its disk.
    WroteSnapshot {
        /// Which node.
        node: NodeId,
        /// The snapshot.
        snapshot: SnapshotHead,
    },
    /// A node set its state to that of a snapshot.
    Restored {
        /// Which node.
        node: NodeId,
        /// What its state and configuration are now.
        snapshot: SnapshotHead,
    },
    /// The proxy sends reads there from here on.
    Reads(ReadFrom),
    /// A copy of the message in flight of that number left its sender.
    Copied(MessageHead, u64),
    /// A message in flight was held up for so long.
    Delayed(MessageHead, Span),
    /// A link has conditions of its own, in this direction; `None`: no more.
    Link {
        /// From whom.
        from: NodeId,
        /// To whom.
        to: NodeId,
        /// What they are, with those of the network where it has none of its own.
        conditions: Option<NetworkHash>,
    },
    /// Every load was stopped.
    LoadStopped,
}

/// What is worth telling of a snapshot: where it stands, and a hash of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SnapshotHead {
    /// The index of the last entry that it covers.
    pub index: LogIndex,
    /// The term of that entry.
    pub term: Term,
    /// A hash of state, sessions and configuration.
    pub content: u64,
}

impl SnapshotHead {
    /// The head of a snapshot up to that entry, with this configuration and state.
    pub(super) fn of(
        (index, term): (LogIndex, Term),
        configuration: &Configuration,
        data: &[u8],
    ) -> Self {
        let mut digest = Digest::default();
        configuration.hash(&mut digest);
        digest.write(data);
        Self {
            index,
            term,
            content: digest.value(),
        }
    }
}

/// What is worth telling of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct MessageHead {
    /// Its number within the run.
    pub id: u64,
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// The sender's term.
    pub term: Term,
    /// What it says, without the commands.
    pub says: Says,
}

/// What a message says, without the commands that it carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Says {
    /// A candidate asks for a vote.
    RequestVote {
        /// Term and index of its last entry.
        last: (Term, LogIndex),
    },
    /// The answer.
    RequestVoteReply {
        /// Whether it has the vote.
        granted: bool,
    },
    /// A pre-candidate asks whether it would get a vote.
    PreVote {
        /// The term in which it would campaign.
        campaign_term: Term,
        /// Term and index of its last entry.
        last: (Term, LogIndex),
    },
    /// The answer.
    PreVoteReply {
        /// The term it was asked about.
        campaign_term: Term,
        /// Whether it would get the vote.
        granted: bool,
    },
    /// A leader replicates.
    AppendEntries {
        /// Index and term of the entry before.
        previous: (LogIndex, Term),
        /// How many entries; 0: a heartbeat.
        entries: u64,
        /// The leader's commit index.
        commit: LogIndex,
    },
    /// The answer.
    AppendEntriesReply(AppendResult),
    /// A follower asks for a read index.
    ReadIndex,
    /// The answer.
    ReadIndexReply(Option<LogIndex>),
    /// A leader tells a follower to campaign at once.
    TimeoutNow,
    /// A leader sends a piece of a snapshot.
    InstallSnapshot {
        /// The index of the last entry that the snapshot covers.
        last_index: LogIndex,
        /// Where in the snapshot's data the piece stands.
        offset: u64,
        /// How many bytes it has.
        bytes: u64,
        /// Whether it is the last one.
        done: bool,
    },
    /// The answer.
    InstallSnapshotReply {
        /// The index of the last entry that the snapshot covers.
        last_index: LogIndex,
        /// What has become of the piece.
        result: InstallResult,
    },
}

impl MessageHead {
    /// The head of that message.
    pub(super) fn of(id: u64, message: &Message<SharedCommand>) -> Self {
        let says = match &message.body {
            Body::RequestVote {
                last_log_index,
                last_log_term,
                ..
            } => Says::RequestVote {
                last: (*last_log_term, *last_log_index),
            },
            Body::RequestVoteReply { granted } => Says::RequestVoteReply { granted: *granted },
            Body::PreVote {
                campaign_term,
                last_log_index,
                last_log_term,
            } => Says::PreVote {
                campaign_term: *campaign_term,
                last: (*last_log_term, *last_log_index),
            },
            Body::PreVoteReply {
                campaign_term,
                granted,
            } => Says::PreVoteReply {
                campaign_term: *campaign_term,
                granted: *granted,
            },
            Body::AppendEntries {
                prev_log_index,
                prev_log_term,
                entries,
                leader_commit,
                ..
            } => Says::AppendEntries {
                previous: (*prev_log_index, *prev_log_term),
                entries: entries.len() as u64,
                commit: *leader_commit,
            },
            Body::AppendEntriesReply { result, .. } => Says::AppendEntriesReply(*result),
            Body::ReadIndex { .. } => Says::ReadIndex,
            Body::ReadIndexReply { index, .. } => Says::ReadIndexReply(*index),
            Body::TimeoutNow => Says::TimeoutNow,
            Body::InstallSnapshot { chunk, .. } => Says::InstallSnapshot {
                last_index: chunk.last_index,
                offset: chunk.offset,
                bytes: chunk.data.len() as u64,
                done: chunk.done,
            },
            Body::InstallSnapshotReply {
                last_index, result, ..
            } => Says::InstallSnapshotReply {
                last_index: *last_index,
                result: *result,
            },
        };
        Self {
            id,
            from: message.from,
            to: message.to,
            term: message.term,
            says,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> MessageKind {
        match self.says {
            Says::RequestVote { .. } => MessageKind::RequestVote,
            Says::RequestVoteReply { .. } => MessageKind::RequestVoteReply,
            Says::PreVote { .. } => MessageKind::PreVote,
            Says::PreVoteReply { .. } => MessageKind::PreVoteReply,
            Says::AppendEntries { .. } => MessageKind::AppendEntries,
            Says::AppendEntriesReply(_) => MessageKind::AppendEntriesReply,
            Says::ReadIndex => MessageKind::ReadIndex,
            Says::ReadIndexReply(_) => MessageKind::ReadIndexReply,
            Says::TimeoutNow => MessageKind::TimeoutNow,
            Says::InstallSnapshot { .. } => MessageKind::InstallSnapshot,
            Says::InstallSnapshotReply { .. } => MessageKind::InstallSnapshotReply,
        }
    }
}

/// How a message was lost.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LossCause {
    /// By the network's loss.
    Loss,
    /// The link was cut.
    Cut,
    /// The receiver was down.
    Down,
    /// Somebody dropped it.
    Dropped,
}

/// The network's conditions as integers, for the record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NetworkHash {
    /// Shortest and longest latency, in microseconds.
    pub latency: (u64, u64),
    /// How likely a message is lost.
    pub loss: Probability,
    /// How likely a message arrives twice.
    pub duplicate: Probability,
    /// Whether messages may overtake each other.
    pub reorder: bool,
}

impl From<NetworkConfig> for NetworkHash {
    fn from(network: NetworkConfig) -> Self {
        Self {
            latency: (
                network.latency.low().as_micros(),
                network.latency.high().as_micros(),
            ),
            loss: network.loss,
            duplicate: network.duplicate,
            reorder: network.reorder,
        }
    }
}

/// A step in the life of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OperationStep {
    /// Its client asked for it.
    Asked(ClientId),
    /// It was sent to a node, for the so many-th time.
    Tried {
        /// Which node.
        node: NodeId,
        /// From 1.
        attempt: u32,
    },
    /// It reached a node that was down, and was lost.
    NodeDown(NodeId),
    /// A node answered that it cannot serve it.
    Refused(NodeId, Refusal),
    /// A node did not answer in time.
    TimedOut(NodeId),
    /// A node answered.
    Answered(NodeId),
    /// Its client knows that it was done.
    Ok,
    /// Its client knows that it was not done.
    Failed,
    /// Its client knows nothing.
    Unknown,
    /// A node no longer knows its client's session.
    SessionExpired(NodeId),
}

impl OperationStep {
    /// The node that was asked, or that answered, or did not.
    pub const fn node(self) -> Option<NodeId> {
        match self {
            Self::Tried { node, .. }
            | Self::NodeDown(node)
            | Self::Refused(node, _)
            | Self::TimedOut(node)
            | Self::Answered(node)
            | Self::SessionExpired(node) => Some(node),
            Self::Asked(_) | Self::Ok | Self::Failed | Self::Unknown => None,
        }
    }
}
