//! The one event queue: what is due, in order of time, and within one time in the order it was asked.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::raft::{NodeId, Time, WriteSeq};

use super::event::EventId;

/// What comes due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Due {
    /// A message between nodes reaches its end. The id tells a reused slot from the message meant.
    Flight { slot: u32, id: u64 },
    /// An operation or an answer reaches the end of a leg between client, proxy and node.
    Leg(u64),
    /// A node's election timer may fire.
    Election(NodeId),
    /// A node's heartbeat timer may fire.
    Heartbeat(NodeId),
    /// A write is durable, in that life of the node.
    Disk {
        node: NodeId,
        life: u32,
        seq: WriteSeq,
    },
    /// The proxy, or a client that asked a node itself, has waited long enough for that try.
    Patience { operation: u64, attempt: u32 },
    /// The proxy tries again.
    Retry { operation: u64, attempt: u32 },
    /// The load asks for an operation.
    Load(u32),
    /// Chaos strikes, that of this number.
    Chaos(u64),
}

/// Something due, and what led to it. Their order is that in which they are taken: no two have been
/// asked for at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) at: Time,
    /// The order in which it was asked for.
    order: u64,
    pub(super) due: Due,
    pub(super) cause: EventId,
}

impl Item {
    const fn place(&self) -> (Time, u64) {
        (self.at, self.order)
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.place() == other.place()
    }
}

impl Eq for Item {}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

/// What is due, earliest first.
#[derive(Clone, Default, Debug)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<Item>>,
    asked: u64,
}

impl Queue {
    /// How many things are due, or were and have been cancelled.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }

    pub(super) fn push(&mut self, at: Time, due: Due, cause: EventId) {
        self.asked += 1;
        self.heap.push(Reverse(Item {
            at,
            order: self.asked,
            due,
            cause,
        }));
    }

    /// Puts back what was taken out too early, in its old place.
    pub(super) fn put_back(&mut self, item: Item) {
        self.heap.push(Reverse(item));
    }

    pub(super) fn peek(&self) -> Option<&Item> {
        self.heap.peek().map(|Reverse(item)| item)
    }

    pub(super) fn pop(&mut self) -> Option<Item> {
        self.heap.pop().map(|Reverse(item)| item)
    }
}
