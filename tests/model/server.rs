//! One server of the model: the core, and what its disk holds.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use flotilla::raft::{
    Body, Configuration, Effect, HardState, Input, LogIndex, Message, Node, NodeId, NodeSet,
    Output, Persistent, Role, Settings, Term, Time, WriteSeq,
};

/// A command is its number, from 1.
pub type Command = u8;

pub const NODES: usize = 3;

/// When a write is durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disk {
    /// At once.
    Immediate,
    /// Some time later, in order; a crash before that loses it.
    Slow,
}

/// A server, whole and as a number that stands for it.
#[derive(Clone, Debug)]
pub struct Server {
    node: Node<Command>,
    /// What its disk holds for certain, and the writes under way with what it will hold then. Of use
    /// when the disk is slow: else it is what the node has.
    durable: Persistent<Command>,
    unsynced: VecDeque<(WriteSeq, Persistent<Command>)>,
    /// How often it has crashed and come back.
    restarts: u8,
    fingerprint: u64,
}

pub fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Server {
    pub fn new(id: NodeId, settings: Settings) -> Self {
        let mut server = Self::start(id, settings, Persistent::default(), 0);
        server.seal();
        server
    }

    fn start(id: NodeId, settings: Settings, durable: Persistent<Command>, restarts: u8) -> Self {
        let configuration = Configuration::new(NodeSet::first(NODES));
        let mut out = Output::default();
        let (disk, nothing) = (durable.clone(), LogIndex::ZERO);
        Self {
            node: Node::start(id, settings, configuration, disk, nothing, &mut out),
            durable,
            unsynced: VecDeque::new(),
            restarts,
            fingerprint: 0,
        }
    }

    pub const fn node(&self) -> &Node<Command> {
        &self.node
    }

    pub const fn restarts(&self) -> u8 {
        self.restarts
    }

    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    pub fn waits_for_its_disk(&self) -> bool {
        !self.unsynced.is_empty()
    }

    /// Something happens; returns what it sends.
    pub fn takes(&mut self, input: Input<Command>, disk: Disk) -> Vec<Message<Command>> {
        let mut sent = Vec::new();
        self.step(input, &mut sent);
        while disk == Disk::Immediate && self.waits_for_its_disk() {
            self.sync(&mut sent);
        }
        self.seal();
        sent
    }

    /// The first of the writes under way is durable.
    pub fn syncs(&mut self) -> Vec<Message<Command>> {
        let mut sent = Vec::new();
        self.sync(&mut sent);
        self.seal();
        sent
    }

    /// It crashes, and comes back with what its disk held.
    pub fn restarts_with(&mut self, settings: Settings) {
        let durable = std::mem::take(&mut self.durable);
        *self = Self::start(self.node.id(), settings, durable, self.restarts + 1);
        self.seal();
    }

    fn sync(&mut self, sent: &mut Vec<Message<Command>>) {
        if let Some((seq, durable)) = self.unsynced.pop_front() {
            self.durable = durable;
            self.step(Input::Durable(seq), sent);
        }
    }

    fn step(&mut self, input: Input<Command>, sent: &mut Vec<Message<Command>>) {
        let mut out = Output::default();
        // Time stands still: what it decides in the core, whether a leader was heard lately, is left
        // open by the settings.
        self.node.step(Time::ZERO, input, &mut out);
        for effect in out.effects {
            match effect {
                Effect::Send(message) => sent.push(message),
                Effect::Persist(write) => {
                    let holds = Persistent {
                        hard_state: HardState {
                            current_term: self.node.current_term(),
                            voted_for: self.node.voted_for(),
                        },
                        snapshot: self.node.snapshot().cloned(),
                        log: self.node.log().clone(),
                    };
                    self.unsynced.push_back((write.seq, holds));
                }
                // What is applied is seen from `last_applied`; timers fire whenever they may; no
                // client waits for an answer, and nobody reads.
                _ => {}
            }
        }
    }

    fn seal(&mut self) {
        let unsynced: Vec<_> = self.unsynced.iter().map(|(_, holds)| holds).collect();
        self.fingerprint = fingerprint(&(&self.node, &self.durable, unsynced, self.restarts));
    }

    /// Its term as far as its disk holds it, which never falls.
    fn durable_term(&self) -> Term {
        match self.unsynced.front() {
            None => self.node.current_term(),
            Some(_) => self.durable.hard_state.current_term,
        }
    }

    /// Whether an answer to it can never have an effect again.
    ///
    /// Those of a term before the node's are passed over. Those of the node's own term matter to the
    /// candidate or the leader of that term alone, and nobody becomes that who is a follower of the
    /// term already: who campaigns does so in a later one.
    pub fn has_no_use_for(&self, answer: &Message<Command>) -> bool {
        let term = self.durable_term();
        let of_this_term = self.unsynced.is_empty() && answer.term == term;
        match (&answer.body, self.node.role()) {
            (Body::RequestVoteReply { .. } | Body::AppendEntriesReply { .. }, _)
                if answer.term < term =>
            {
                true
            }
            (Body::RequestVoteReply { granted }, Role::Candidate { votes }) => {
                of_this_term && (!granted || votes.contains(answer.from))
            }
            (Body::RequestVoteReply { .. }, _)
            | (Body::AppendEntriesReply { .. }, Role::Follower | Role::PreCandidate { .. }) => {
                of_this_term
            }
            (Body::PreVoteReply { campaign_term, .. }, _) => {
                answer.term <= term && *campaign_term <= term
            }
            _ => false,
        }
    }

    /// Whether it will refuse a request whenever it comes, and do nothing else: in the last term, one
    /// of an earlier term, and one for its vote when it has voted. (To whom it has granted it, it has
    /// said so already.)
    pub fn can_only_refuse(&self, request: &Message<Command>, last_term: Term) -> bool {
        self.durable_term() == last_term
            && self.unsynced.is_empty()
            && match request.body {
                Body::RequestVote { .. } => {
                    request.term < last_term || self.node.voted_for().is_some()
                }
                Body::AppendEntries { .. } => request.term < last_term,
                _ => false,
            }
    }

    /// Whether the refusal of such a request has no effect on it, who sent it, whenever it comes: it is
    /// in the last term, too, and, if it would take it for one of its present AppendEntries, it does
    /// not lead and never will again.
    pub fn learns_nothing_from_refusals(
        &self,
        request: &Message<Command>,
        last_term: Term,
    ) -> bool {
        let follows = matches!(self.node.role(), Role::Follower | Role::PreCandidate { .. });
        self.durable_term() == last_term
            && self.unsynced.is_empty()
            && (follows || matches!(request.body, Body::RequestVote { .. }))
    }
}
