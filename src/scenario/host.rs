//! To whom something happened.

use crate::kv::ClientId;
use crate::raft::{NodeId, NodeSet};
use crate::sim::{Happening, Leg, LegEnd, OperationStep, World};

/// Whoever has events of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Host {
    /// A node.
    Node(NodeId),
    /// The proxy.
    Proxy,
    /// A client.
    Client(ClientId),
}

impl Host {
    /// Who stands at an end of a leg.
    pub fn at(end: LegEnd, leg: &Leg, world: &World) -> Option<Self> {
        match end {
            LegEnd::Node(node) => Some(Self::Node(node)),
            LegEnd::Proxy => Some(Self::Proxy),
            LegEnd::Client => {
                let record = world.operations().get(place(leg.operation)?)?;
                Some(Self::Client(record.client))
            }
        }
    }

    /// Whoever did what happened, or noticed it; `None`: nobody in the cluster.
    pub fn of(happening: &Happening, world: &World) -> Option<Self> {
        match happening {
            Happening::Sent(head) | Happening::Duplicated(head) => Some(Self::Node(head.from)),
            Happening::Delivered(head) => Some(Self::Node(head.to)),
            Happening::ElectionTimeout(node)
            | Happening::HeartbeatTimeout(node)
            | Happening::Rule(node, _)
            | Happening::Wrote { node, .. }
            | Happening::Durable { node, .. }
            | Happening::Applied { node, .. }
            | Happening::Crashed(node)
            | Happening::Restarted(node)
            | Happening::Paused(node)
            | Happening::Resumed(node)
            | Happening::Clock { node, .. }
            | Happening::Wiped(node)
            | Happening::Added(node)
            | Happening::SessionExpired { node, .. }
            | Happening::WroteSnapshot { node, .. }
            | Happening::Restored { node, .. } => Some(Self::Node(*node)),
            Happening::Operation { number, step } => Self::of_step(*number, *step, world),
            Happening::Lost(..)
            | Happening::LinkCut(..)
            | Happening::LinkHealed(..)
            | Happening::Network(_)
            | Happening::Reads(_)
            | Happening::ChaosBegan
            | Happening::ChaosEnded
            | Happening::Partitioned(_)
            | Happening::Isolated(_)
            | Happening::AllHealed
            | Happening::Copied(..)
            | Happening::Delayed(..)
            | Happening::Link { .. }
            | Happening::LoadStopped => None,
        }
    }

    fn of_step(number: u64, step: OperationStep, world: &World) -> Option<Self> {
        let record = world.operations().get(place(number)?)?;
        match step {
            OperationStep::Asked(_)
            | OperationStep::Ok
            | OperationStep::Failed
            | OperationStep::Unknown => Some(Self::Client(record.client)),
            OperationStep::Tried { .. }
            | OperationStep::Refused(..)
            | OperationStep::TimedOut(_)
            | OperationStep::Answered(_)
            | OperationStep::SessionExpired(_) => Some(match record.direct {
                Some(_) => Self::Client(record.client),
                None => Self::Proxy,
            }),
            OperationStep::NodeDown(_) => None,
        }
    }
}

/// The place of an operation among all.
pub(super) fn place(number: u64) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

/// The nodes that something is about.
pub(super) fn nodes(happening: &Happening, world: &World) -> NodeSet {
    match happening {
        Happening::Lost(head, _) | Happening::Copied(head, _) | Happening::Delayed(head, _) => {
            NodeSet::from_iter([head.to])
        }
        Happening::LinkCut(from, to)
        | Happening::LinkHealed(from, to)
        | Happening::Link { from, to, .. } => NodeSet::from_iter([*from, *to]),
        Happening::Isolated(node) => NodeSet::from_iter([*node]),
        Happening::Operation { step, .. } => step.node().into_iter().collect(),
        _ => match Host::of(happening, world) {
            Some(Host::Node(node)) => NodeSet::from_iter([node]),
            _ => NodeSet::EMPTY,
        },
    }
}
