//! What must wait for the disk: a vote, a term and an acknowledgement leave the node only when what
//! they promise is durable (Figure 2: "updated on stable storage before responding to RPCs").

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use super::effect::{Effect, Output, WriteSeq};
use super::message::Message;
use super::types::LogIndex;

/// What a message depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Gate {
    /// The sender's term: a leader may send entries while its own write of them is under way
    /// (dissertation §10.2.1).
    Term,
    /// Everything written so far: votes and acknowledgements.
    Everything,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Pending {
    seq: WriteSeq,
    /// The last index of the log that the write covers and that still stands.
    last: Option<LogIndex>,
}

/// The writes under way and the messages that wait for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Durability<C> {
    /// The last write handed to the disk.
    issued: WriteSeq,
    /// The last write with a term or vote in it.
    issued_hard: WriteSeq,
    /// The last write known durable.
    durable: WriteSeq,
    /// The last index of the node's log that is durable.
    durable_index: LogIndex,
    pending: VecDeque<Pending>,
    held: VecDeque<(WriteSeq, Message<C>)>,
}

/// Writes count from the last durable one: how many there were before makes no difference to what a
/// node does from here on, and whoever looks for states that were there before must not see one.
impl<C: Hash> Hash for Durability<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let ahead = |seq: WriteSeq| seq.0.saturating_sub(self.durable.0);
        (
            ahead(self.issued),
            ahead(self.issued_hard),
            self.durable_index,
        )
            .hash(state);
        self.pending.len().hash(state);
        for pending in &self.pending {
            (ahead(pending.seq), pending.last).hash(state);
        }
        self.held.len().hash(state);
        for (needs, message) in &self.held {
            (ahead(*needs), message).hash(state);
        }
    }
}

impl<C> Durability<C> {
    /// That of a node whose disk holds its log up to `durable_index`.
    pub(super) const fn new(durable_index: LogIndex) -> Self {
        Self {
            issued: WriteSeq(0),
            issued_hard: WriteSeq(0),
            durable: WriteSeq(0),
            durable_index,
            pending: VecDeque::new(),
            held: VecDeque::new(),
        }
    }

    pub(super) const fn durable_index(&self) -> LogIndex {
        self.durable_index
    }

    /// How many messages wait for the disk.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// Whether the current term and vote are durable.
    pub(super) fn hard_state_is_durable(&self) -> bool {
        self.issued_hard <= self.durable
    }

    /// The log was cut before `first`: what was written beyond no longer stands.
    pub(super) fn truncated(&mut self, first: LogIndex) {
        let last = first.previous();
        self.durable_index = self.durable_index.min(last);
        for pending in &mut self.pending {
            pending.last = pending.last.map(|covered| covered.min(last));
        }
    }

    /// A new write goes to the disk; returns its number.
    pub(super) fn issue(&mut self, hard_state: bool, last: Option<LogIndex>) -> WriteSeq {
        self.issued = WriteSeq(self.issued.0 + 1);
        if hard_state {
            self.issued_hard = self.issued;
        }
        self.pending.push_back(Pending {
            seq: self.issued,
            last,
        });
        self.issued
    }

    /// All writes up to `seq` are durable.
    pub(super) fn complete(&mut self, seq: WriteSeq) {
        debug_assert!(
            seq <= self.issued,
            "no write is durable before it was asked"
        );
        self.durable = self.durable.max(seq);
        while let Some(pending) = self.pending.front()
            && pending.seq <= seq
        {
            if let Some(last) = pending.last {
                self.durable_index = self.durable_index.max(last);
            }
            self.pending.pop_front();
        }
    }

    /// Sends the message, now or when what it depends on is durable.
    pub(super) fn send(&mut self, gate: Gate, message: Message<C>, out: &mut Output<C>) {
        let needs = match gate {
            Gate::Term => self.issued_hard,
            Gate::Everything => self.issued,
        };
        if needs <= self.durable {
            out.effects.push(Effect::Send(message));
        } else {
            self.held.push_back((needs, message));
        }
    }

    /// Sends what has waited long enough, in the order it was said.
    pub(super) fn release(&mut self, out: &mut Output<C>) {
        // Once around, so that what waits on stays in order.
        for _ in 0..self.held.len() {
            if let Some((needs, message)) = self.held.pop_front() {
                match needs <= self.durable {
                    true => out.effects.push(Effect::Send(message)),
                    false => self.held.push_back((needs, message)),
                }
            }
        }
    }
}
