//! A node with Flotilla's core.

use std::sync::Arc;

use flotilla::raft::{
    Configuration, Effect, Input, LogIndex, Message, Node, NodeId, NodeSet, Output, Payload,
    Persistent, RequestId, Settings, Time, WriteSeq,
};

use crate::driver::{Habits, Outside, Peer, Setup};

type Command = Arc<[u8]>;

pub struct Flotilla {
    node: Node<Command>,
    out: Output<Command>,
    requests: u64,
    habits: Habits,
    /// Proposals that wait to be taken in together.
    waiting: Vec<(RequestId, Command)>,
}

impl Flotilla {
    fn takes(&mut self, input: Input<Command>) {
        self.node.step(Time::ZERO, input, &mut self.out);
    }

    fn next_request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(self.requests)
    }

    /// Does what the node wants done so far; returns the last write that it waits for.
    fn do_effects(&mut self, outside: &mut Outside<Message<Command>>) -> Option<WriteSeq> {
        self.out.rules.clear();
        let mut written = None;
        for effect in self.out.effects.drain(..) {
            match effect {
                Effect::Send(message) => outside.sent.push((message.to.index(), message)),
                Effect::Persist(write) => written = Some(write.seq),
                Effect::Apply { index, .. } => {
                    let entry = self.node.log().get(index).expect("it is kept");
                    if let Payload::Command(command) = &entry.payload {
                        outside.applied.apply(command);
                    }
                }
                // Nothing is read, compacted or refused, and no timer runs.
                _ => {}
            }
        }
        written
    }
}

impl Peer for Flotilla {
    type Message = Message<Command>;

    fn start(place: usize, setup: Setup) -> Self {
        let settings = Settings {
            max_batch: Setup::MAX_ENTRIES,
            max_inflight: Setup::MAX_INFLIGHT,
            pre_vote: Setup::PRE_VOTE,
            check_quorum: Setup::CHECK_QUORUM,
            ..Settings::default()
        };
        let configuration = Configuration::new(NodeSet::first(setup.nodes));
        let mut out = Output::default();
        let node = Node::start(
            NodeId::from_index(place),
            settings,
            configuration,
            Persistent::default(),
            LogIndex::ZERO,
            &mut out,
        );
        Self {
            node,
            out,
            requests: 0,
            habits: setup.habits,
            waiting: Vec::new(),
        }
    }

    fn campaign(&mut self) {
        self.takes(Input::ElectionTimeout);
    }

    fn heartbeat(&mut self) {
        self.takes(Input::HeartbeatTimeout);
    }

    fn receive(&mut self, message: Message<Command>) {
        self.takes(Input::Message(message));
    }

    fn propose(&mut self, command: &[u8]) {
        let request = self.next_request();
        let command = command.into();
        match self.habits {
            Habits::AppendsBatched => self.waiting.push((request, command)),
            _ => self.takes(Input::Propose { request, command }),
        }
    }

    fn propose_together<'a>(&mut self, commands: impl Iterator<Item = &'a [u8]>) {
        let proposals = commands.map(|command| (self.next_request(), command.into()));
        let proposals = proposals.collect();
        self.takes(Input::ProposeAll { proposals });
    }

    fn carry_out(&mut self, outside: &mut Outside<Message<Command>>) {
        if !self.waiting.is_empty() {
            let proposals = std::mem::take(&mut self.waiting);
            self.takes(Input::ProposeAll { proposals });
        }
        // The disk takes no time: what is written is durable, and the node goes on.
        while let Some(seq) = self.do_effects(outside) {
            self.takes(Input::Durable(seq));
        }
    }
}
