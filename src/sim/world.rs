//! The world: one cluster with everything around it, in virtual time.
//!
//! [`World`] owns the servers, the network, the clients, the proxy and the one event queue. An event
//! is one thing that comes due ([`World::step`]) or one act from outside ([`World::act`]); what
//! happened in it is in [`World::happenings`] until the next. The same configuration, seed and acts
//! give the same events everywhere.

use std::hash::Hash;
use std::sync::Arc;

use crate::kv::{ClientId, Command, Operation, SharedCommand};
use crate::raft::{
    Chunks, Entry, HardState, LogIndex, Node, NodeId, NodeSet, Output, Payload, Persistent, Term,
    Time,
};

use super::action::NetworkChange;
use super::chaos::Chaos;
use super::client::{Client, Clients, OperationRecord, Tally};
use super::clock::{Clock, ClockRate};
use super::config::{Config, NetworkConfig, ProxyConfig};
use super::digest::Digest;
use super::event::{EventId, Happening};
use super::legs::{Leg, Legs};
use super::load::Load;
use super::network::{Flight, Network};
use super::observed::Watched;
use super::proxy::Proxy;
use super::queue::{Due, Item, Queue};
use super::server::{Server, TimerDue};
use super::servers::Servers;

/// A simulated cluster. A clone is cheap: logs, stores and histories share their structure.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) config: Arc<Config>,
    pub(super) seed: u64,
    pub(super) now: Time,
    /// When the last event was.
    last_event: Time,
    event: EventId,
    cause: EventId,
    pub(super) queue: Queue,
    /// Whether the head of the queue is known to be an event.
    settled: bool,
    pub(super) servers: Servers,
    pub(super) network: Network,
    pub(super) groups: Vec<NodeSet>,
    pub(super) clients: Clients,
    pub(super) legs: Legs,
    pub(super) proxy: Proxy,
    pub(super) loads: Vec<Load>,
    pub(super) chaos: Option<Chaos>,
    /// How often chaos has begun.
    pub(super) chaoses: u64,
    /// What it keeps when it is shown what was seen elsewhere.
    pub(super) watched: Option<Box<Watched>>,
    happenings: Vec<Happening>,
    /// The messages that were lost in the last event, as they were.
    pub(super) lost: Vec<Flight>,
    /// The legs that came to their end in the last event.
    pub(super) ended_legs: Vec<Leg>,
    pub(super) digest: Digest,
    /// Kept from step to step for its room.
    pub(super) output: Output<SharedCommand>,
}

impl World {
    /// A world at the start of its run.
    pub fn new(config: Config, seed: u64) -> Self {
        let servers: Servers = config
            .nodes
            .iter()
            .map(|id| {
                Server::new(
                    id,
                    seed,
                    starting_clock(&config, id),
                    starting_state(&config, id),
                )
            })
            .collect();
        let mut world = Self {
            network: Network::new(config.network, config.nodes, seed),
            proxy: Proxy::new(config.proxy),
            seed,
            now: Time::ZERO,
            last_event: Time::ZERO,
            event: EventId::default(),
            cause: EventId::default(),
            queue: Queue::default(),
            settled: false,
            servers,
            groups: Vec::new(),
            clients: Clients::default(),
            legs: Legs::new(seed),
            loads: Vec::new(),
            chaos: None,
            chaoses: 0,
            watched: None,
            happenings: Vec::new(),
            lost: Vec::new(),
            ended_legs: Vec::new(),
            digest: Digest::default(),
            output: Output::default(),
            config: Arc::new(config),
        };
        for id in world.config.nodes.iter() {
            let start = world.config.start.iter().find(|start| start.id == id);
            let (down, commit) =
                start.map_or((false, LogIndex::ZERO), |start| (start.down, start.commit));
            if !down {
                world.start_server(id, commit);
            }
        }
        world
    }

    /// When the next event is due; `None` when nothing is, ever.
    pub fn next_time(&mut self) -> Option<Time> {
        if self.watched.is_some() {
            return self.next_observation();
        }
        self.settle();
        self.queue.peek().map(|item| item.at)
    }

    /// Takes the next event; says whether there was one.
    pub fn step(&mut self) -> bool {
        if self.watched.is_some() {
            return self.observe_next();
        }
        self.settle();
        let Some(item) = self.queue.pop() else {
            return false;
        };
        self.begin_event(item.at, item.cause);
        self.take(item);
        self.end_event();
        true
    }

    /// Lets time pass to `until` without an event; events due before must have been taken.
    ///
    /// # Panics
    /// When time would go back, or an event is due before.
    pub fn pass_to(&mut self, until: Time) {
        assert!(until >= self.now, "time does not go back");
        let next = self.next_time();
        assert!(next.is_none_or(|next| next >= until), "an event is due");
        self.now = until;
    }

    pub(super) fn begin_event(&mut self, at: Time, cause: EventId) {
        debug_assert!(at >= self.now, "events come in order of time");
        self.settled = false;
        self.now = at;
        self.last_event = at;
        self.event = EventId(self.event.0 + 1);
        self.cause = cause;
        self.happenings.clear();
        self.lost.clear();
        self.ended_legs.clear();
    }

    pub(super) fn end_event(&mut self) {
        self.digest.add(self.now.0);
        for happening in &self.happenings {
            happening.hash(&mut self.digest);
        }
    }

    pub(super) fn emit(&mut self, happening: Happening) {
        self.happenings.push(happening);
    }

    /// Asks the queue for something, caused by the event under way.
    pub(super) fn ask(&mut self, at: Time, due: Due) {
        self.queue.push(at, due, self.event);
    }

    /// Clears from the head of the queue what is not an event: what was cancelled, set anew, or
    /// reaches a paused node and waits there. It looks ahead to the next event, so what it keeps for
    /// a paused node may yet be on its way.
    pub(super) fn settle(&mut self) {
        while !self.settled
            && let Some(&item) = self.queue.peek()
        {
            self.settled = self.is_event(item);
            if !self.settled {
                self.queue.pop();
            }
        }
    }

    fn is_event(&mut self, item: Item) -> bool {
        match item.due {
            Due::Flight { slot, id } => self.flight_is_event(slot, id, item),
            Due::Leg(id) => match self.legs.to_node(id) {
                Some(node) => !self.hold(node, item),
                None => self.legs.contains(id),
            },
            Due::Election(node) => self.timer_is_event(node, item, true),
            Due::Heartbeat(node) => self.timer_is_event(node, item, false),
            Due::Disk { node, life, .. } => {
                let server = &self.servers[node];
                server.is_up() && server.life == life && !self.hold(node, item)
            }
            Due::Patience { operation, attempt } | Due::Retry { operation, attempt } => {
                self.is_waited_for(operation, attempt)
            }
            Due::Load(number) => item.at < self.loads[number as usize].until(),
            Due::Chaos(number) => self.in_chaos() && number == self.chaoses,
        }
    }

    fn flight_is_event(&mut self, slot: u32, id: u64, item: Item) -> bool {
        let Some(flight) = self.network.flight(slot, id) else {
            return false;
        };
        if item.at < flight.due() {
            return false; // It has been held up since.
        }
        let (to, lost) = (flight.message.to, flight.dies.is_some());
        if lost || !self.hold(to, item) {
            return true;
        }
        if let Some(flight) = self.network.flight_mut(slot, id) {
            flight.held = true;
        }
        false
    }

    /// If the node is paused, keeps for it what reaches it.
    fn hold(&mut self, node: NodeId, item: Item) -> bool {
        let server = &mut self.servers[node];
        if server.paused {
            server.held.push(item);
        }
        server.paused
    }

    fn timer_is_event(&mut self, node: NodeId, item: Item, election: bool) -> bool {
        let server = &mut self.servers[node];
        let paused = server.paused;
        let timer = if election {
            &mut server.election_timer
        } else {
            &mut server.heartbeat_timer
        };
        match timer.due(item.at) {
            TimerDue::Stale => false,
            TimerDue::Later(at) => {
                self.queue.push(at, item.due, item.cause);
                false
            }
            TimerDue::Fires if paused => {
                timer.leave_queue();
                false
            }
            TimerDue::Fires => true,
        }
    }

    fn take(&mut self, item: Item) {
        match item.due {
            Due::Flight { slot, id } => self.flight_due(slot, id),
            Due::Leg(id) => self.leg_due(id),
            Due::Election(node) => self.election_due(node),
            Due::Heartbeat(node) => self.heartbeat_due(node),
            Due::Disk { node, seq, .. } => self.disk_due(node, seq),
            Due::Patience { operation, .. } => self.patience_due(operation),
            Due::Retry { operation, .. } => self.retry_due(operation),
            Due::Load(number) => self.load_due(number),
            Due::Chaos(_) => self.chaos_due(),
        }
    }

    /// What caused the event under way is known better than the queue knows.
    pub(super) const fn set_cause(&mut self, cause: EventId) {
        self.cause = cause;
    }

    pub(super) const fn event(&self) -> EventId {
        self.event
    }
}

/// What can be seen of a world.
impl World {
    /// The simulated time.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// When the last event was; before the first, the start.
    pub const fn last_event(&self) -> Time {
        self.last_event
    }

    /// How many events there have been.
    pub const fn events(&self) -> u64 {
        self.event.0
    }

    /// The event that caused the last one; 0: the start, or somebody outside.
    pub const fn cause(&self) -> EventId {
        self.cause
    }

    /// What happened in the last event, in order.
    pub fn happenings(&self) -> &[Happening] {
        &self.happenings
    }

    /// The messages that were lost in the last event, for showing where they were.
    pub fn lost(&self) -> &[Flight] {
        &self.lost
    }

    /// A hash of everything that has happened.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What it was made of.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What it was seeded with.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The servers, in order of their numbers.
    pub fn servers(&self) -> &[Server] {
        self.servers.all()
    }

    /// The server of that node.
    pub fn server(&self, id: NodeId) -> Option<&Server> {
        self.servers.get(id)
    }

    /// The up leader with the highest term.
    pub fn leader(&self) -> Option<NodeId> {
        self.servers
            .all()
            .iter()
            .filter(|server| server.is_leader())
            .max_by_key(|server| server.node().map(Node::current_term))
            .map(Server::id)
    }

    /// The conditions of the network now.
    pub const fn network(&self) -> NetworkConfig {
        self.network.config
    }

    /// The conditions of a link in this direction now.
    pub fn link(&self, from: NodeId, to: NodeId) -> NetworkConfig {
        self.network.conditions(from, to)
    }

    /// What of a link's conditions is its own, if anything is.
    pub fn own_conditions(&self, from: NodeId, to: NodeId) -> Option<NetworkChange> {
        self.network.own(from, to)
    }

    /// How the proxy works now.
    pub const fn proxy(&self) -> ProxyConfig {
        self.proxy.config
    }

    /// Whom the proxy takes for the leader.
    pub const fn proxy_leader(&self) -> Option<NodeId> {
        self.proxy.leader()
    }

    /// Whether messages from one node get to another.
    pub fn carries(&self, from: NodeId, to: NodeId) -> bool {
        self.network.carries(from, to)
    }

    /// The groups of the partition in force; empty when there is none.
    pub fn groups(&self) -> &[NodeSet] {
        &self.groups
    }

    /// The messages on their way, in no order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.network.flights(self.now)
    }

    /// The messages on their way, and those that wait at paused nodes, in no order.
    pub fn messages(&self) -> impl Iterator<Item = &Flight> {
        self.network.messages()
    }

    /// How many messages have been sent: the number of the last one.
    pub const fn messages_sent(&self) -> u64 {
        self.network.next_id() - 1
    }

    /// The message of that number, if it is on its way or waits at a paused node.
    pub fn message(&self, id: u64) -> Option<&Flight> {
        self.network.flight_of(id)
    }

    /// The operations and answers on their way between clients, proxy and nodes.
    pub fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter()
    }

    /// The legs that began in the last event, the last one first.
    pub fn departed_legs(&self) -> impl Iterator<Item = &Leg> {
        let event = self.event;
        let legs = self.legs.iter().rev();
        legs.take_while(move |leg| leg.cause == event)
    }

    /// The legs that came to their end in the last event: at a node that is down, what they carried
    /// is lost.
    pub fn ended_legs(&self) -> &[Leg] {
        &self.ended_legs
    }

    /// The client of that name, made when it is new.
    pub fn client_named(&mut self, name: &str) -> ClientId {
        self.clients.named(name)
    }

    /// The client of that number.
    pub fn client(&self, id: ClientId) -> Option<&Client> {
        self.clients.get(id)
    }

    /// All operations so far, in the order they were asked; a clone is cheap.
    pub const fn operations(&self) -> &Chunks<OperationRecord> {
        self.clients.records()
    }

    /// Keys and values in the logs that nodes were started with, repetitions included.
    pub fn starting_writes(&self) -> impl Iterator<Item = (Arc<str>, Arc<str>)> {
        let starts = self.config.start.iter();
        starts.flat_map(|start| {
            (1..)
                .map(LogIndex)
                .zip(start.log.iter().copied())
                .map(starting_pair)
        })
    }

    /// How many operations came out how.
    pub const fn tally(&self) -> Tally {
        self.clients.tally()
    }

    /// About how much memory it takes, in things of a hundred bytes or so each: messages on their way
    /// and the entries in them, those that wait for a disk, what else is due, entries in logs,
    /// operations.
    pub fn weight(&self) -> usize {
        let logs = self.servers.all().iter().map(|server| server.log().len());
        self.under_way() + logs.sum::<usize>() + self.operations().len()
    }

    /// What of its weight a clone has for itself: messages, and what else is due.
    pub fn under_way(&self) -> usize {
        let nodes = self.servers.all().iter().filter_map(Server::node);
        let held: usize = nodes.map(Node::held_messages).sum();
        self.network.weight() + self.queue.len() + held
    }

    /// Whether chaos reigns.
    pub const fn in_chaos(&self) -> bool {
        self.chaos.is_some()
    }
}

/// A node's clock at the start of the run.
fn starting_clock(config: &Config, id: NodeId) -> Clock {
    let start = config.start.iter().find(|start| start.id == id);
    Clock::new(start.map_or(ClockRate::TRUE, |start| start.clock))
}

/// What a node's disk has at the start of the run.
fn starting_state(config: &Config, id: NodeId) -> Persistent<SharedCommand> {
    let Some(start) = config.start.iter().find(|start| start.id == id) else {
        return Persistent::default();
    };
    let entries = (1..)
        .zip(&start.log)
        .map(|(index, &term)| starting_entry(LogIndex(index), term));
    Persistent {
        hard_state: HardState {
            current_term: start.term,
            voted_for: start.voted_for,
        },
        snapshot: None,
        log: entries.collect(),
    }
}

/// The entry of a given starting log: equal ones are equal, others differ.
fn starting_entry(index: LogIndex, term: Term) -> Entry<SharedCommand> {
    let (key, value) = starting_pair((index, term));
    let operation = Operation::Put { key, value };
    Entry {
        term,
        payload: Payload::Command(Arc::new(Command {
            session: None,
            opened: Time::ZERO,
            stamp: Time::ZERO,
            operation,
        })),
    }
}

fn starting_pair((index, term): (LogIndex, Term)) -> (Arc<str>, Arc<str>) {
    (format!("k{index}").into(), term.to_string().into())
}
