//! The world's nodes at work: what reaches them, and carrying out what they want done.

use crate::kv::{Applied, Operation, Response, SessionExpired, SharedCommand, Store};
use crate::raft::{
    Effect, Input, LogIndex, Message, NodeId, Output, Payload, Persistent, RequestId, Snapshot,
    Span, Write, WriteSeq,
};

use super::client::Outcome;
use super::clock::ClockRate;
use super::config::SpanRange;
use super::event::{Happening, LossCause, MessageHead, SnapshotHead};
use super::legs::Answer;
use super::network::Flight;
use super::queue::{Due, Item};
use super::server::{Armed, Power};
use super::world::World;

/// Things come due.
impl World {
    pub(super) fn flight_due(&mut self, slot: u32, id: u64) {
        let Some(flight) = self.network.take(slot, id) else {
            return;
        };
        let head = flight.head();
        if flight.dies.is_some() {
            self.lose(flight, LossCause::Loss);
        } else if !self.servers[head.to].is_up() {
            self.lose(flight, LossCause::Down);
        } else {
            self.emit(Happening::Delivered(head));
            self.input(head.to, Input::Message(flight.message));
        }
    }

    pub(super) fn election_due(&mut self, node: NodeId) {
        let timer = &mut self.servers[node].election_timer;
        timer.leave_queue();
        let cause = timer.armed().map(|armed| armed.cause);
        self.set_cause(cause.unwrap_or_default());
        self.fire_election_timer(node);
    }

    /// The election timer of a node fires, by itself or because somebody wants it to.
    pub(super) fn fire_election_timer(&mut self, node: NodeId) {
        self.servers[node].election_timer.disarm();
        self.emit(Happening::ElectionTimeout(node));
        self.input(node, Input::ElectionTimeout);
    }

    pub(super) fn heartbeat_due(&mut self, node: NodeId) {
        let timer = &mut self.servers[node].heartbeat_timer;
        timer.leave_queue();
        let cause = timer.armed().map(|armed| armed.cause);
        timer.disarm();
        self.set_cause(cause.unwrap_or_default());
        self.emit(Happening::HeartbeatTimeout(node));
        self.input(node, Input::HeartbeatTimeout);
    }

    pub(super) fn disk_due(&mut self, node: NodeId, seq: WriteSeq) {
        self.write_is_durable(node, seq);
        self.input(node, Input::Durable(seq));
    }

    fn write_is_durable(&mut self, node: NodeId, seq: WriteSeq) {
        let hard_state = self.servers[node].disk.complete(seq);
        self.emit(Happening::Durable {
            node,
            seq,
            hard_state,
        });
    }
}

/// Power.
impl World {
    /// Starts a server that is down; says whether it was.
    pub(super) fn start_server(&mut self, id: NodeId, commit: LogIndex) -> bool {
        let configuration = self.first_configuration(id);
        let now = self.now;
        let config = self.config.clone();
        let mut output = std::mem::take(&mut self.output);
        let server = &mut self.servers[id];
        let started = server.start(configuration, &config, commit, now, &mut output);
        self.carry_out(id, &mut output);
        self.output = output;
        started
    }

    /// Crashes a server; says whether it was up.
    pub(super) fn crash_server(&mut self, id: NodeId) -> bool {
        let disk_config = self.config.disk;
        self.servers[id].finish_writes(self.now);
        let server = &mut self.servers[id];
        let power = std::mem::replace(&mut server.power, Power::Down(Persistent::default()));
        let (was_up, left) = match power {
            Power::Up(node) => (true, server.disk.crash(node.into_persistent(), disk_config)),
            Power::Down(persistent) => (false, persistent),
        };
        server.power = Power::Down(left);
        if !was_up {
            return false;
        }
        server.store = Store::default();
        server.paused = false;
        server.election_timer.disarm();
        server.heartbeat_timer.disarm();
        let held = std::mem::take(&mut server.held);
        self.emit(Happening::Crashed(id));
        for item in held {
            match item.due {
                _ if item.at > self.now => self.put_back(item),
                Due::Flight { slot, id } => self.lose_flight(slot, id, LossCause::Down),
                Due::Leg(leg) => self.lose_leg(leg),
                _ => {}
            }
        }
        true
    }

    /// A paused server goes on: what has reached it is taken now.
    pub(super) fn resume_server(&mut self, id: NodeId) {
        let now = self.now;
        let server = &mut self.servers[id];
        server.paused = false;
        let held = std::mem::take(&mut server.held);
        let election = server.election_timer.requeue(now);
        let heartbeat = server.heartbeat_timer.requeue(now);
        for item in held {
            if item.at > now {
                self.put_back(item);
            } else {
                self.release(item.due);
                self.ask(now, item.due);
            }
        }
        if let Some(at) = election {
            self.ask(at, Due::Election(id));
        }
        if let Some(at) = heartbeat {
            self.ask(at, Due::Heartbeat(id));
        }
    }

    /// What was kept for a paused node has not reached it yet: it goes on as if nothing had been.
    fn put_back(&mut self, item: Item) {
        self.release(item.due);
        self.queue.put_back(item);
    }

    fn release(&mut self, due: Due) {
        if let Due::Flight { slot, id } = due
            && let Some(flight) = self.network.flight_mut(slot, id)
        {
            flight.held = false;
        }
    }

    pub(super) fn lose_flight(&mut self, slot: u32, id: u64, cause: LossCause) {
        if let Some(flight) = self.network.take(slot, id) {
            self.lose(flight, cause);
        }
    }

    fn lose(&mut self, flight: Flight, cause: LossCause) {
        self.emit(Happening::Lost(flight.head(), cause));
        self.lost.push(flight);
    }
}

/// Inputs and effects.
impl World {
    /// Something happens to a node that is up.
    pub(super) fn input(&mut self, id: NodeId, input: Input<SharedCommand>) {
        let mut output = std::mem::take(&mut self.output);
        let server = &mut self.servers[id];
        let now = server.clock.shows(self.now);
        if let Power::Up(node) = &mut server.power {
            node.step(now, input, &mut output);
        }
        self.carry_out(id, &mut output);
        self.output = output;
    }

    /// Does what a node wants done. Writes that take no time are durable at once, so that the node
    /// may go on in the same event; and so it may with its state written down.
    fn carry_out(&mut self, id: NodeId, output: &mut Output<SharedCommand>) {
        loop {
            for rule in output.rules.drain(..) {
                self.emit(Happening::Rule(id, rule));
            }
            let mut durable = None;
            let mut saved = None;
            for effect in output.effects.drain(..) {
                match effect {
                    Effect::Persist(write) => durable = self.persist(id, write).or(durable),
                    Effect::SaveState { index } => saved = Some(self.save_state(id, index)),
                    other => self.effect(id, other),
                }
            }
            let server = &mut self.servers[id];
            let now = server.clock.shows(self.now);
            let Power::Up(node) = &mut server.power else {
                return;
            };
            let goes_on = saved.is_some() || durable.is_some();
            if let Some(saved) = saved {
                node.step(now, saved, output);
            }
            if let Some(seq) = durable {
                node.step(now, Input::Durable(seq), output);
                self.write_is_durable(id, seq);
            }
            if !goes_on {
                return;
            }
        }
    }

    /// Does one thing that the node need not hear of.
    fn effect(&mut self, id: NodeId, effect: Effect<SharedCommand>) {
        match effect {
            Effect::Send(message) => self.send(message),
            Effect::Apply { index, request } => self.apply(id, index, request),
            Effect::RestoreState(snapshot) => self.restore_state(id, &snapshot),
            Effect::Read(request) => self.read(id, request),
            Effect::Refuse { request, refusal } => {
                self.answer(id, request, Answer::Refused(refusal));
            }
            Effect::ArmElectionTimer => self.arm_election_timer(id),
            Effect::DisarmElectionTimer => self.servers[id].election_timer.disarm(),
            Effect::ArmHeartbeatTimer => self.arm_heartbeat_timer(id),
            Effect::DisarmHeartbeatTimer => self.servers[id].heartbeat_timer.disarm(),
            Effect::Persist(_) | Effect::SaveState { .. } => {
                unreachable!("the node hears of these")
            }
        }
    }

    fn send(&mut self, message: Message<SharedCommand>) {
        let (from, to) = (message.from, message.to);
        if !self.network.carries(from, to) {
            let flight = self.network.stillborn(message, self.now, self.event());
            self.emit(Happening::Sent(flight.head()));
            return self.lose(flight, LossCause::Cut);
        }
        self.emit(Happening::Sent(MessageHead::of(
            self.network.next_id(),
            &message,
        )));
        if self.network.duplicates(from, to) {
            self.depart(message.clone());
            let head = MessageHead::of(self.network.next_id(), &message);
            self.emit(Happening::Duplicated(head));
        }
        self.depart(message);
    }

    fn depart(&mut self, message: Message<SharedCommand>) {
        let departure = self.network.depart(message, self.now, self.event());
        let due = Due::Flight {
            slot: departure.slot,
            id: departure.id,
        };
        self.ask(departure.due, due);
    }

    fn persist(&mut self, id: NodeId, write: Write<SharedCommand>) -> Option<WriteSeq> {
        let seq = write.seq;
        self.emit(Happening::Wrote {
            node: id,
            seq,
            hard_state: write.hard_state,
            log: write
                .log
                .as_ref()
                .map(|log| (log.first, log.last, log.removed.len() as u64)),
        });
        let new_snapshot = write.snapshot.as_ref().map(|new| head(&new.snapshot));
        if let Some(snapshot) = new_snapshot {
            self.emit(Happening::WroteSnapshot { node: id, snapshot });
        }
        let now = self.now;
        let config = self.config.disk;
        let server = &mut self.servers[id];
        let life = server.life;
        let done = server.disk.write(write, now, config);
        // A disk that takes no time is done at once, with what it was given before too. A snapshot is
        // an event of its own, so that no entry is gone before anyone has seen it.
        let at_once = config.sync == SpanRange::exactly(crate::raft::Span::ZERO);
        if at_once && new_snapshot.is_none() {
            return Some(seq);
        }
        self.ask(
            done,
            Due::Disk {
                node: id,
                life,
                seq,
            },
        );
        None
    }

    fn apply(&mut self, id: NodeId, index: LogIndex, request: Option<RequestId>) {
        let server = &mut self.servers[id];
        let Some(entry) = server.node().and_then(|node| node.log().get(index)) else {
            return;
        };
        let term = entry.term;
        let applied = match &entry.payload {
            Payload::Command(command) => {
                let command = command.clone();
                Some(server.store.apply(&command))
            }
            Payload::Noop | Payload::Configuration(_) | Payload::Unknown => None,
        };
        self.emit(Happening::Applied {
            node: id,
            index,
            term,
            duplicate: applied.as_ref().is_some_and(|applied| applied.duplicate),
        });
        let Some(Applied { response, .. }) = applied else {
            return;
        };
        if response.is_err() {
            self.emit(Happening::SessionExpired { node: id, index });
        }
        if let Some(request) = request {
            let answer = match response {
                Ok(response) => Answer::Response(response),
                Err(SessionExpired { time }) => Answer::SessionExpired(time),
            };
            self.answer(id, request, answer);
        }
    }

    /// Writes down a node's state, which has applied everything up to `index`.
    fn save_state(&self, id: NodeId, index: LogIndex) -> Input<SharedCommand> {
        let data = self.servers[id].store.to_bytes().into();
        Input::StateSaved { index, data }
    }

    /// Sets a node's state to that of a snapshot.
    fn restore_state(&mut self, id: NodeId, snapshot: &Snapshot) {
        let store = self.servers[id].store.restored(&snapshot.data);
        let store = store.expect("the data of a snapshot is what a store has written");
        let last = (snapshot.last_index, snapshot.last_term);
        // Of the state as it is now, not as it came.
        let restored = SnapshotHead::of(last, &snapshot.configuration, &store.to_bytes());
        self.servers[id].store = store;
        self.emit(Happening::Restored {
            node: id,
            snapshot: restored,
        });
    }

    /// Answers a read from the node's state as it is.
    pub(super) fn read(&mut self, id: NodeId, request: RequestId) {
        let record = self.clients.record(Self::operation_of(request));
        if record.outcome != Outcome::Pending {
            return;
        }
        if let Operation::Get { key } = &record.operation {
            let value = self.servers[id].store.get(key).cloned();
            self.answer(id, request, Answer::Response(Response::Value(value)));
        }
    }

    fn arm_election_timer(&mut self, id: NodeId) {
        let range = self.config.raft.election_timeout;
        let span = self.servers[id].timeouts.span(range);
        let armed = self.armed_for(id, span);
        if let Some(at) = self.servers[id].election_timer.arm(armed) {
            self.ask(at, Due::Election(id));
        }
    }

    fn arm_heartbeat_timer(&mut self, id: NodeId) {
        let armed = self.armed_for(id, self.config.raft.heartbeat);
        if let Some(at) = self.servers[id].heartbeat_timer.arm(armed) {
            self.ask(at, Due::Heartbeat(id));
        }
    }

    /// A timer of a node that is set now, for so long by its clock.
    fn armed_for(&self, id: NodeId, span: Span) -> Armed {
        let clock = &self.servers[id].clock;
        let deadline = clock.shows(self.now) + span;
        Armed {
            since: self.now,
            fires: clock.true_time(deadline, self.now),
            deadline,
            cause: self.event(),
        }
    }

    /// A node's clock goes at another rate from now on, and its timers with it.
    pub(super) fn set_clock_rate(&mut self, id: NodeId, rate: ClockRate) {
        let now = self.now;
        let server = &mut self.servers[id];
        server.clock.set_rate(rate, now);
        let clock = server.clock;
        let election = server.election_timer.follow_clock(&clock, now);
        let heartbeat = server.heartbeat_timer.follow_clock(&clock, now);
        if let Some(at) = election {
            self.ask(at, Due::Election(id));
        }
        if let Some(at) = heartbeat {
            self.ask(at, Due::Heartbeat(id));
        }
    }
}

fn head(snapshot: &Snapshot) -> SnapshotHead {
    let last = (snapshot.last_index, snapshot.last_term);
    SnapshotHead::of(last, &snapshot.configuration, &snapshot.data)
}
