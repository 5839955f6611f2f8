//! A server with Flotilla's core.

use flotilla::raft::{
    Configuration, Effect, Input, LogIndex, Message, Node, NodeId, NodeSet, Output, Payload,
    Persistent, RequestId, Settings, Span, Time, WriteSeq,
};

use crate::core::{
    Command, ELECTION_TICKS, Elections, Entry, Envelope, HEARTBEAT_TICKS, Options, Server, patience,
};

const TICK: Span = Span::from_millis(10);

/// A timer that counts ticks, when it runs.
type Timer = Option<u64>;

pub struct Flotilla {
    node: Node<Command>,
    now: Time,
    election: Timer,
    heartbeat: Timer,
    refused: bool,
    sent: Vec<Message<Command>>,
    applied: Vec<(u64, Entry)>,
}

impl Flotilla {
    fn takes(&mut self, input: Input<Command>) {
        let mut out = Output::default();
        self.node.step(self.now, input, &mut out);
        while let Some(seq) = self.carry_out(std::mem::take(&mut out.effects)) {
            self.node.step(self.now, Input::Durable(seq), &mut out);
        }
    }

    /// Does what the node wants done; returns the write that it waits for.
    fn carry_out(&mut self, effects: Vec<Effect<Command>>) -> Option<WriteSeq> {
        let mut written = None;
        for effect in effects {
            match effect {
                Effect::Send(message) => self.sent.push(message),
                Effect::Persist(write) => written = Some(write.seq),
                Effect::Apply { index, request } => self.apply(index, request),
                Effect::Refuse { .. } => self.refused = true,
                Effect::ArmElectionTimer => self.election = Some(0),
                Effect::DisarmElectionTimer => self.election = None,
                Effect::ArmHeartbeatTimer => self.heartbeat = Some(0),
                Effect::DisarmHeartbeatTimer => self.heartbeat = None,
                // The scripts neither read nor compact logs nor change the members.
                _ => {}
            }
        }
        written
    }

    fn apply(&mut self, index: LogIndex, request: Option<RequestId>) {
        let entry = entry(self.node.log().get(index).expect("what is applied is kept"));
        if let Some(request) = request {
            assert_eq!(Some(request.0), entry.1, "who proposed it is answered");
        }
        self.applied.push((index.0, entry));
    }

    fn election_ticks(&self, elections: Elections) -> Option<u64> {
        match elections {
            _ if self.node.is_leader() => Some(ELECTION_TICKS),
            Elections::Forced => None,
            Elections::Fair => Some(patience(self.node.id().number(), self.term())),
        }
    }
}

fn entry(entry: &flotilla::raft::Entry<Command>) -> Entry {
    let command = match entry.payload {
        Payload::Command(command) => Some(command),
        Payload::Noop | Payload::Configuration(_) | Payload::Unknown => None,
    };
    (entry.term.0, command)
}

impl Server for Flotilla {
    const NAME: &'static str = "flotilla";
    type Message = Message<Command>;
    type Disk = Persistent<Command>;

    fn start(id: u8, options: Options, disk: Option<Self::Disk>) -> Self {
        let settings = Settings {
            max_batch: 4,
            max_inflight: 4,
            pre_vote: options.pre_vote,
            check_quorum: options.check_quorum,
            election_timeout_min: Span(TICK.0 * ELECTION_TICKS),
            ..Settings::default()
        };
        let id = NodeId::new(id).expect("nodes count from 1");
        let configuration = Configuration::new(NodeSet::first(options.voters.into()));
        let disk = disk.unwrap_or_default();
        let mut out = Output::default();
        Self {
            node: Node::start(id, settings, configuration, disk, LogIndex::ZERO, &mut out),
            now: Time::ZERO,
            election: Some(0),
            heartbeat: None,
            refused: false,
            sent: Vec::new(),
            applied: Vec::new(),
        }
    }

    fn crash(self) -> Self::Disk {
        self.node.into_persistent()
    }

    fn receive(&mut self, message: Self::Message) {
        self.takes(Input::Message(message));
    }

    fn propose(&mut self, command: Command) -> bool {
        self.refused = false;
        let request = RequestId(command);
        self.takes(Input::Propose { request, command });
        !self.refused
    }

    fn election_timeout(&mut self) {
        self.takes(Input::ElectionTimeout);
    }

    fn tick(&mut self, elections: Elections) {
        self.now = self.now + TICK;
        let passed = |timer: &mut Timer, limit: u64| match timer {
            Some(ticks) => {
                *ticks += 1;
                *ticks >= limit
            }
            None => false,
        };
        let election_ticks = self.election_ticks(elections).unwrap_or(u64::MAX);
        if passed(&mut self.election, election_ticks) {
            self.takes(Input::ElectionTimeout);
        }
        if passed(&mut self.heartbeat, HEARTBEAT_TICKS) {
            self.takes(Input::HeartbeatTimeout);
        }
    }

    fn take_sent(&mut self) -> Vec<Envelope<Self::Message>> {
        let envelope = |message: Message<Command>| Envelope {
            from: message.from.number(),
            to: message.to.number(),
            message,
        };
        self.sent.drain(..).map(envelope).collect()
    }

    fn take_applied(&mut self) -> Vec<(u64, Entry)> {
        std::mem::take(&mut self.applied)
    }

    fn term(&self) -> u64 {
        self.node.current_term().0
    }

    fn is_leader(&self) -> bool {
        self.node.is_leader()
    }

    fn log(&self) -> Vec<Entry> {
        let entries = self.node.log().iter_from(LogIndex(1));
        entries.map(|(_, kept)| entry(kept)).collect()
    }
}
