//! What a person or a script does to a world.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::kv::{ClientId, Operation};
use crate::raft::{MembershipChange, MessageKind, NodeId, NodeSet, Span, Time};

use super::clock::ClockRate;
use super::config::{Probability, ReadFrom, SpanRange};

/// The end of a load or of chaos that goes on until it is stopped.
pub const ENDLESS: Time = Time(u64::MAX);

/// One act on the world, with everything decided: nodes are named, not described.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// A node loses what is volatile and stops.
    Crash(NodeId),
    /// A node that is down starts again from what its disk has.
    Restart(NodeId),
    /// A node that is down loses what its disk has.
    Wipe(NodeId),
    /// A node stands still and loses nothing.
    Pause(NodeId),
    /// A paused node goes on.
    Resume(NodeId),
    /// A node's election timer fires now.
    Timeout(NodeId),
    /// The leader hands its leadership over to a node.
    Transfer(NodeId),
    /// The leader changes the members of the cluster; nodes that are not there yet begin to be.
    ChangeMembers(MembershipChange),
    /// A node takes a snapshot, and compacts its log.
    Snapshot(NodeId),
    /// A client asks for an operation.
    Client {
        /// Who.
        client: ClientId,
        /// What.
        operation: Operation,
        /// Straight to this node, without the proxy.
        node: Option<NodeId>,
    },
    /// Links carry nothing from now on, and lose what is on them.
    Cut(Vec<(NodeId, NodeId)>),
    /// Nodes in different groups do not hear each other; a node in no group is alone. This replaces
    /// an earlier partition; links that were cut by themselves stay cut.
    Partition(Vec<NodeSet>),
    /// A node neither hears nor is heard.
    Isolate(NodeId),
    /// Links carry again.
    Heal(Heal),
    /// Messages in flight are lost.
    Drop(MessageFilter),
    /// Messages in flight arrive now, in the order they were sent.
    Deliver(MessageFilter),
    /// Copies of messages in flight leave their senders now, take as long as those did, and are not
    /// lost by chance.
    Duplicate(MessageFilter),
    /// Messages in flight arrive later, or are lost later, by so much; others may overtake them.
    Delay(MessageFilter, Span),
    /// The network changes for what is sent from here on.
    Network(NetworkChange),
    /// Conditions of links of their own, for what is sent on them from here on.
    Link {
        /// Which, each in the one direction.
        links: Vec<(NodeId, NodeId)>,
        /// What changes; `None`: all is the network's again.
        change: Option<NetworkChange>,
    },
    /// Where the proxy sends reads from here on.
    Reads(ReadFrom),
    /// A node's clock goes at another rate from here on.
    Clock {
        /// Which node's.
        node: NodeId,
        /// Its rate.
        rate: ClockRate,
    },
    /// Clients work at a rate.
    Load(LoadConfig),
    /// Seeded crashes, pauses, partitions and loss, all healed at its end.
    Chaos {
        /// Its end.
        until: Time,
        /// What it is drawn from, if not from the seed of the run and how many there have been.
        seed: Option<u64>,
    },
    /// What is under way by itself comes to its end now.
    Stop(Course),
}

/// What goes on by itself until its end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Course {
    /// Every load.
    Load,
    /// Chaos.
    Chaos,
}

impl Course {
    /// Its name in a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Chaos => "chaos",
        }
    }
}

/// Which links to heal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heal {
    /// Every link.
    All,
    /// These links, each in the one direction.
    Links(Vec<(NodeId, NodeId)>),
}

/// Which messages in flight are meant: all that match, or one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MessageFilter {
    /// Of this kind.
    pub kind: Option<MessageKind>,
    /// From this node.
    pub from: Option<NodeId>,
    /// To this node.
    pub to: Option<NodeId>,
    /// Only this one of those that match, in the order they were sent, from 1.
    pub nth: Option<NonZeroU32>,
    /// Whether it is no error when nothing matches.
    pub optional: bool,
}

/// What changes in the network, or on a link; what is `None` stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct NetworkChange {
    /// One way, drawn per message.
    pub latency: Option<SpanRange>,
    /// How likely a message is lost.
    pub loss: Option<Probability>,
    /// How likely a message arrives twice.
    pub duplicate: Option<Probability>,
    /// Whether messages may overtake each other.
    pub reorder: Option<bool>,
}

impl NetworkChange {
    /// What this changes, and of `earlier` what this leaves.
    #[must_use]
    pub fn over(self, earlier: Self) -> Self {
        Self {
            latency: self.latency.or(earlier.latency),
            loss: self.loss.or(earlier.loss),
            duplicate: self.duplicate.or(earlier.duplicate),
            reorder: self.reorder.or(earlier.reorder),
        }
    }
}

/// A load on the cluster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoadConfig {
    /// How many clients work at once.
    pub clients: u32,
    /// The mean time between two operations of all clients together.
    pub interval: Span,
    /// How many keys they use: `k1`, `k2`, …
    pub keys: u32,
    /// The share of writes.
    pub writes: Probability,
    /// Its end; [`ENDLESS`]: when it is stopped.
    pub until: Time,
}

/// Why an action cannot be taken as asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActionError(pub Arc<str>);

impl fmt::Display for ActionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ActionError {}
