//! Clients and their operations: what was asked, by whom, and what came of it.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::kv::{ClientId, Operation, Response};
use crate::raft::{Chunks, NodeId, Span, Time};

/// How an operation stands, as its client knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// No answer yet.
    Pending,
    /// It was done.
    Ok(Response),
    /// It was definitely not done: a compare-and-set that found another value, or a node that was
    /// asked directly and does not lead.
    Failed(Failure),
    /// Nobody answered in time: it may have been done, or may yet be.
    Unknown,
}

/// Why an operation was not done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// A compare-and-set found another value: this one; `None`: absent.
    Mismatch(Option<Arc<str>>),
    /// The node that was asked directly does not lead.
    NotLeader(NodeId),
}

/// One operation of a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OperationRecord {
    /// Its number within the run, from 1.
    pub number: u64,
    /// Whose it is.
    pub client: ClientId,
    /// Which of its client's, from 1.
    pub sequence: u64,
    /// What was asked.
    pub operation: Operation,
    /// The node that was asked directly, without the proxy.
    pub direct: Option<NodeId>,
    /// When it was asked.
    pub asked: Time,
    /// When its client sent it: a client sends one operation after another.
    pub began: Option<Time>,
    /// When its client knew.
    pub ended: Option<Time>,
    /// How it stands.
    pub outcome: Outcome,
    /// Which node was asked last.
    pub asked_of: Option<NodeId>,
    /// Which node answered.
    pub answered_by: Option<NodeId>,
    /// How many nodes were asked, counting repetitions.
    pub tries: u32,
}

impl OperationRecord {
    /// How long its client waited for the answer.
    pub fn latency(&self) -> Option<Span> {
        Some(self.ended?.since(self.began?))
    }
}

/// How many operations came out how.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Done.
    pub ok: u64,
    /// Not done.
    pub failed: u64,
    /// Nobody knows.
    pub unknown: u64,
    /// Not answered yet.
    pub pending: u64,
}

/// A client: a name, a session, one operation at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Client {
    name: Arc<str>,
    operations: u64,
    current: Option<u64>,
    queue: VecDeque<u64>,
    last_read: Option<Option<Arc<str>>>,
    /// When it opened its session.
    opened: Option<Time>,
}

impl Client {
    /// Its name.
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// What its last finished read answered; the inner `None`: absent.
    pub const fn last_read(&self) -> Option<&Option<Arc<str>>> {
        self.last_read.as_ref()
    }

    /// The number of its operation under way.
    pub const fn current(&self) -> Option<u64> {
        self.current
    }

    /// How many of its operations wait for the one under way.
    pub(super) fn backlog(&self) -> usize {
        self.queue.len()
    }
}

/// All clients and all operations.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Clients {
    clients: Vec<Client>,
    records: Chunks<OperationRecord>,
    tally: Tally,
}

impl Clients {
    /// The client of that name, made when it is new.
    pub(super) fn named(&mut self, name: &str) -> ClientId {
        let place = self.clients.iter().position(|client| &*client.name == name);
        let place = place.unwrap_or_else(|| {
            self.clients.push(Client {
                name: name.into(),
                operations: 0,
                current: None,
                queue: VecDeque::new(),
                last_read: None,
                opened: None,
            });
            self.clients.len() - 1
        });
        ClientId(place as u32)
    }

    /// When a client's session was opened: now, when it has none yet.
    pub(super) fn session_opened(&mut self, id: ClientId, now: Time) -> Time {
        *self.clients[id.0 as usize].opened.get_or_insert(now)
    }

    /// A client's session has expired, by the time told: it opens another.
    pub(super) fn open_session(&mut self, id: ClientId, told: Time, now: Time) {
        let opened = &mut self.clients[id.0 as usize].opened;
        *opened = (*opened).max(Some(told.max(now)));
    }

    pub(super) fn get(&self, id: ClientId) -> Option<&Client> {
        self.clients.get(id.0 as usize)
    }

    /// How many clients there are.
    pub(super) const fn count(&self) -> usize {
        self.clients.len()
    }

    pub(super) const fn tally(&self) -> Tally {
        self.tally
    }

    pub(super) const fn records(&self) -> &Chunks<OperationRecord> {
        &self.records
    }

    pub(super) fn record(&self, number: u64) -> &OperationRecord {
        &self.records[number as usize - 1]
    }

    pub(super) fn record_mut(&mut self, number: u64) -> &mut OperationRecord {
        self.records
            .get_mut(number as usize - 1)
            .expect("operations are numbered from 1 in the order they are recorded")
    }

    /// A client asks. Returns the operation's number, and whether it can be sent at once.
    pub(super) fn ask(
        &mut self,
        client: ClientId,
        operation: Operation,
        direct: Option<NodeId>,
        now: Time,
    ) -> (u64, bool) {
        let number = self.records.len() as u64 + 1;
        let asking = &mut self.clients[client.0 as usize];
        asking.operations += 1;
        self.records.push(OperationRecord {
            number,
            client,
            sequence: asking.operations,
            operation,
            direct,
            asked: now,
            began: None,
            ended: None,
            outcome: Outcome::Pending,
            asked_of: None,
            answered_by: None,
            tries: 0,
        });
        self.tally.pending += 1;
        let free = asking.current.is_none();
        if free {
            asking.current = Some(number);
        } else {
            asking.queue.push_back(number);
        }
        (number, free)
    }

    /// A client learns what came of its operation. Returns the next it can send.
    pub(super) fn finish(&mut self, number: u64, outcome: Outcome, now: Time) -> Option<u64> {
        self.tally.pending -= 1;
        match outcome {
            Outcome::Ok(_) => self.tally.ok += 1,
            Outcome::Failed(_) => self.tally.failed += 1,
            Outcome::Unknown | Outcome::Pending => self.tally.unknown += 1,
        }
        let record = self.record_mut(number);
        record.outcome = outcome.clone();
        record.ended = Some(now);
        let client = record.client;
        let client = &mut self.clients[client.0 as usize];
        if let Outcome::Ok(Response::Value(value)) = outcome {
            client.last_read = Some(value);
        }
        client.current = client.queue.pop_front();
        client.current
    }
}
