//! The ways between clients, proxy and nodes: what is on them.

use crate::kv::Response;
use crate::raft::{NodeId, Refusal, Time};

use super::config::SpanRange;
use super::event::EventId;
use super::random::Stream;

/// An end of a leg.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegEnd {
    /// The clients.
    Client,
    /// The proxy.
    Proxy,
    /// A node.
    Node(NodeId),
}

/// What a leg carries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LegLoad {
    /// An operation, on its way to a node.
    Request,
    /// An answer, on its way to the client.
    Answer {
        /// What it says.
        answer: Answer,
        /// Who says it; `None`: the proxy itself.
        by: Option<NodeId>,
    },
}

/// An answer to an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The store's.
    Response(Response),
    /// The node cannot serve it.
    Refused(Refusal),
    /// The client's session has expired, by the time of the store that is told.
    SessionExpired(Time),
    /// Nobody knows.
    Unknown,
}

/// An operation or an answer on its way. These ways lose nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leg {
    /// Its number.
    pub id: u64,
    /// Which operation.
    pub operation: u64,
    /// Which try of the proxy, from 1; 0: between client and proxy.
    pub attempt: u32,
    /// From where.
    pub from: LegEnd,
    /// To where.
    pub to: LegEnd,
    /// What.
    pub load: LegLoad,
    /// When it left.
    pub sent: Time,
    /// When it arrives.
    pub arrives: Time,
    /// The event in which it left.
    pub cause: EventId,
}

/// All legs under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Legs {
    random: Stream,
    /// In order of their numbers.
    legs: Vec<Leg>,
    sent: u64,
}

impl Legs {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            random: Stream::new(seed, "legs", 0),
            legs: Vec::new(),
            sent: 0,
        }
    }

    /// Sends something on its way; returns its number and when it arrives.
    pub(super) fn depart(&mut self, leg: Leg, latency: SpanRange) -> (u64, Time) {
        self.sent += 1;
        let id = self.sent;
        let arrives = leg.sent + self.random.span(latency);
        self.legs.push(Leg { id, arrives, ..leg });
        (id, arrives)
    }

    pub(super) fn take(&mut self, id: u64) -> Option<Leg> {
        Some(self.legs.remove(self.place(id)?))
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.place(id).is_some()
    }

    fn place(&self, id: u64) -> Option<usize> {
        self.legs.binary_search_by(|leg| leg.id.cmp(&id)).ok()
    }

    /// The node it is on its way to, if it is one.
    pub(super) fn to_node(&self, id: u64) -> Option<NodeId> {
        match self.legs[self.place(id)?].to {
            LegEnd::Node(node) => Some(node),
            LegEnd::Client | LegEnd::Proxy => None,
        }
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Leg> {
        self.legs.iter()
    }
}
