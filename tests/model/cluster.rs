//! The model: three servers, the messages that can still arrive, and all that can happen next.
//!
//! A crash and the restart after it are one action: a server that is down does nothing, and a server
//! that is up may do nothing as well, while what would have reached it is lost or late.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use flotilla::raft::{
    Entry, Input, LogIndex, Message, Node, NodeId, NodeSet, Policy, RequestId, Settings, Span, Term,
};
use stateright::{Model, Property};

use crate::properties;
use crate::server::{Command, Disk, NODES, Server, fingerprint};

/// What becomes of messages. In any case they overtake each other at will.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Network {
    /// The worst there is: a message once sent can arrive at any time, any number of times, or never.
    /// What is lost, late or doubled needs no action of its own: a state is what the servers are and
    /// what has been said.
    Anything,
    /// A message arrives once or is lost, and at most so many are under way.
    Once(usize),
}

/// How far the model goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Nobody campaigns beyond this term.
    pub terms: u64,
    /// So many commands are proposed.
    pub proposals: Command,
    /// So many times a heartbeat is due.
    pub heartbeats: u8,
    /// So many crashes, of whichever nodes.
    pub restarts: u8,
    /// So many AppendEntries with entries are under way to one follower, at most.
    pub window: usize,
    pub network: Network,
    pub disk: Disk,
    pub pre_vote: bool,
    pub check_quorum: bool,
    pub policy: Policy,
}

/// A cluster within these bounds.
#[derive(Clone, Copy, Debug)]
pub struct Cluster {
    pub bounds: Bounds,
}

/// Something that happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    Deliver(Arc<Message<Command>>),
    Lose(Arc<Message<Command>>),
    ElectionTimeout(NodeId),
    HeartbeatTimeout(NodeId),
    Propose(NodeId, Command),
    /// The disk has done a write.
    Sync(NodeId),
    CrashAndRestart(NodeId),
}

#[derive(Clone, Debug)]
struct Sent {
    fingerprint: u64,
    message: Arc<Message<Command>>,
}

/// An entry known to be committed, and the term of the first node that knew.
pub type Committed = (Entry<Command>, Term);

/// What has happened, as far as the properties need to know.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct History {
    /// Who has led, by term.
    pub leaders: Vec<NodeSet>,
    pub committed: Vec<Committed>,
}

#[derive(Clone)]
pub struct State {
    pub servers: [Arc<Server>; NODES],
    /// What can still arrive: by fingerprint, each once.
    sent: Arc<Vec<Sent>>,
    pub history: Arc<History>,
    proposed: Command,
    heartbeats: u8,
}

impl State {
    fn fingerprint(&self) -> u64 {
        fingerprint(self)
    }

    pub fn nodes(&self) -> impl Iterator<Item = &Node<Command>> + Clone {
        self.servers.iter().map(|server| server.node())
    }

    fn take_out(&mut self, message: &Arc<Message<Command>>) {
        let is_it = |sent: &Sent| Arc::ptr_eq(&sent.message, message);
        if let Some(place) = self.sent.iter().position(is_it) {
            Arc::make_mut(&mut self.sent).remove(place);
        }
    }

    /// Whether nothing has happened yet: the nodes are still alike.
    fn is_the_first(&self) -> bool {
        let fresh = |server: &Arc<Server>| {
            server.restarts() == 0 && server.node().current_term() == Term::ZERO
        };
        self.servers.iter().all(fresh)
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for server in &self.servers {
            server.fingerprint().hash(state);
        }
        for sent in &*self.sent {
            sent.fingerprint.hash(state);
        }
        (&self.history, self.proposed, self.heartbeats).hash(state);
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint() == other.fingerprint()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for node in self.nodes() {
            let terms = (node.log().iter_from(LogIndex(1))).map(|(_, entry)| entry.term.0);
            let (id, term, commit) = (node.id(), node.current_term(), node.commit_index());
            let log: Vec<u64> = terms.collect();
            writeln!(
                f,
                "{id} term {term} commit {commit} log {log:?} {:?}",
                node.role()
            )?;
        }
        Ok(())
    }
}

impl Cluster {
    fn settings(&self) -> Settings {
        Settings {
            max_batch: 2,
            max_inflight: self.bounds.window,
            pre_vote: self.bounds.pre_vote,
            check_quorum: self.bounds.check_quorum,
            // Nobody sticks to a leader: with time standing still they would for ever.
            election_timeout_min: Span::ZERO,
            policy: self.bounds.policy,
            ..Settings::default()
        }
    }

    /// What follows when something happens to a server; nothing, when it changes nothing.
    fn after(
        &self,
        last: &State,
        id: NodeId,
        happens: impl FnOnce(&mut Server) -> Vec<Message<Command>>,
    ) -> Option<State> {
        let mut server = (*last.servers[id.index()]).clone();
        let before = server.fingerprint();
        let said = happens(&mut server);
        let changed = server.fingerprint() != before;
        let mut state = last.clone();
        if changed {
            state.servers[id.index()] = Arc::new(server);
            self.forget(&mut state, id);
            remember(&mut state, id);
        }
        let said_anything_new = said
            .into_iter()
            .fold(false, |new, message| self.send(&mut state, message) | new);
        (changed || said_anything_new).then_some(state)
    }

    /// Says whether that is new.
    fn send(&self, state: &mut State, message: Message<Command>) -> bool {
        if self.is_useless(state, &message) {
            return false;
        }
        let fingerprint = fingerprint(&message);
        let by_fingerprint = |sent: &Sent| sent.fingerprint.cmp(&fingerprint);
        let Err(place) = state.sent.binary_search_by(by_fingerprint) else {
            return false;
        };
        let message = Arc::new(message);
        let sent = Sent {
            fingerprint,
            message,
        };
        Arc::make_mut(&mut state.sent).insert(place, sent);
        true
    }

    /// Forgets the messages to and from a server that has changed which are of no use any more.
    fn forget(&self, state: &mut State, id: NodeId) {
        let useless = |sent: &Sent| {
            let message = &*sent.message;
            (message.to == id || message.from == id) && self.is_useless(state, message)
        };
        if state.sent.iter().any(useless) {
            let kept = state.sent.iter().filter(|sent| !useless(sent));
            state.sent = Arc::new(kept.cloned().collect());
        }
    }

    /// Whether a message can never have an effect again, whatever happens: it may then be forgotten,
    /// so that states that differ in nothing else are one.
    fn is_useless(&self, state: &State, message: &Message<Command>) -> bool {
        let receiver = &state.servers[message.to.index()];
        let sender = &state.servers[message.from.index()];
        let last_term = Term(self.bounds.terms);
        // What a wrong rule makes of it, who knows.
        self.bounds.policy.is_correct()
            && (receiver.has_no_use_for(message)
                || self.bounds.disk == Disk::Immediate
                    && receiver.can_only_refuse(message, last_term)
                    && sender.learns_nothing_from_refusals(message, last_term))
    }
}

/// Writes down who leads and what is committed.
fn remember(state: &mut State, id: NodeId) {
    let node = state.servers[id.index()].node();
    let term = node.current_term();
    let place = term.0 as usize;
    let history = &mut state.history;
    if node.is_leader() && !(history.leaders.get(place)).is_some_and(|ids| ids.contains(id)) {
        let leaders = &mut Arc::make_mut(history).leaders;
        leaders.resize(leaders.len().max(place + 1), NodeSet::EMPTY);
        leaders[place].insert(id);
    }
    let known = history.committed.len() as u64;
    if node.last_applied().0 > known {
        let news = node.log().iter_from(LogIndex(known + 1));
        let news = news.take_while(|(index, _)| *index <= node.last_applied());
        let committed = &mut Arc::make_mut(history).committed;
        committed.extend(news.map(|(_, entry)| (entry.clone(), term)));
    }
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let new = |place| Arc::new(Server::new(NodeId::from_index(place), self.settings()));
        vec![State {
            servers: std::array::from_fn(new),
            sent: Arc::default(),
            history: Arc::default(),
            proposed: 0,
            heartbeats: 0,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let messages = || state.sent.iter().map(|sent| sent.message.clone());
        actions.extend(messages().map(Action::Deliver));
        if self.bounds.network != Network::Anything {
            actions.extend(messages().map(Action::Lose));
        }
        let restarts: u8 = state.servers.iter().map(|server| server.restarts()).sum();
        for server in &state.servers {
            let (node, id) = (server.node(), server.node().id());
            // A leader's election timer runs when it looks at its quorum.
            let times_out = match node.is_leader() {
                true => self.bounds.check_quorum,
                false => node.current_term().0 < self.bounds.terms,
            };
            // The nodes are alike: whoever campaigns first may be called S1.
            if times_out && (id.number() == 1 || !state.is_the_first()) {
                actions.push(Action::ElectionTimeout(id));
            }
            if node.is_leader() {
                if state.heartbeats < self.bounds.heartbeats {
                    actions.push(Action::HeartbeatTimeout(id));
                }
                if state.proposed < self.bounds.proposals {
                    actions.push(Action::Propose(id, state.proposed + 1));
                }
            }
            if server.waits_for_its_disk() {
                actions.push(Action::Sync(id));
            }
            if restarts < self.bounds.restarts && !state.is_the_first() {
                actions.push(Action::CrashAndRestart(id));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let disk = self.bounds.disk;
        match action {
            Action::Deliver(message) => {
                // What would have no effect now stays: it may have one later.
                let mut next = self.after(last, message.to, |server| {
                    server.takes(Input::Message((*message).clone()), disk)
                })?;
                if self.bounds.network != Network::Anything {
                    next.take_out(&message);
                }
                Some(next)
            }
            Action::Lose(message) => {
                let mut next = last.clone();
                next.take_out(&message);
                Some(next)
            }
            Action::ElectionTimeout(id) => self.after(last, id, |server| {
                server.takes(Input::ElectionTimeout, disk)
            }),
            Action::HeartbeatTimeout(id) => {
                let input = Input::HeartbeatTimeout;
                let mut next = self.after(last, id, |server| server.takes(input, disk))?;
                next.heartbeats += 1;
                Some(next)
            }
            Action::Propose(id, command) => {
                let request = RequestId(command.into());
                let input = Input::Propose { request, command };
                let mut next = self.after(last, id, |server| server.takes(input, disk))?;
                next.proposed = command;
                Some(next)
            }
            Action::Sync(id) => self.after(last, id, Server::syncs),
            Action::CrashAndRestart(id) => self.after(last, id, |server| {
                server.restarts_with(self.settings());
                Vec::new()
            }),
        }
    }

    fn within_boundary(&self, state: &State) -> bool {
        match self.bounds.network {
            Network::Anything => true,
            Network::Once(most) => state.sent.len() <= most,
        }
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::of(self)
    }
}
