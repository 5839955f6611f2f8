//! The network between the nodes: links, what is on them, and what becomes of it.

use crate::kv::SharedCommand;
use crate::raft::{Body, Message, NodeId, NodeSet, Span, Time};

use super::action::NetworkChange;
use super::config::NetworkConfig;
use super::event::{EventId, MessageHead};
use super::random::Stream;

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flight {
    pub(super) id: u64,
    pub(super) message: Message<SharedCommand>,
    pub(super) sent: Time,
    pub(super) arrives: Time,
    /// When the network loses it, if it does.
    pub(super) dies: Option<Time>,
    pub(super) cause: EventId,
    /// Whether it is kept for a paused node, where it waits once it has arrived.
    pub(super) held: bool,
}

impl Flight {
    /// Its number within the run.
    pub const fn id(&self) -> u64 {
        self.id
    }

    /// What it carries.
    pub const fn message(&self) -> &Message<SharedCommand> {
        &self.message
    }

    /// When it was sent.
    pub const fn sent(&self) -> Time {
        self.sent
    }

    /// When it arrives, or would.
    pub const fn arrives(&self) -> Time {
        self.arrives
    }

    /// When the network loses it, if it does.
    pub const fn dies(&self) -> Option<Time> {
        self.dies
    }

    /// The event in which it was sent.
    pub const fn cause(&self) -> EventId {
        self.cause
    }

    /// When it comes to the end of its way, one way or the other.
    pub(super) fn due(&self) -> Time {
        self.dies.unwrap_or(self.arrives)
    }

    /// Holds it up.
    pub(super) fn delay(&mut self, by: Span) {
        self.arrives = self.arrives + by;
        self.dies = self.dies.map(|dies| dies + by);
    }

    /// Whether it is on its way, rather than waiting at a paused node.
    fn is_under_way(&self, now: Time) -> bool {
        !self.held || self.arrives > now
    }

    /// What is worth telling of it.
    pub fn head(&self) -> MessageHead {
        MessageHead::of(self.id, &self.message)
    }

    /// How many entries it carries.
    const fn entries(&self) -> usize {
        match &self.message.body {
            Body::AppendEntries { entries, .. } => entries.len(),
            _ => 0,
        }
    }
}

/// Why a link is cut.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Barrier {
    /// Cut by itself.
    cut: bool,
    /// Between two groups of the partition.
    partition: bool,
}

/// One direction between two nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Link {
    random: Stream,
    barrier: Barrier,
    /// What of its conditions is not the network's.
    own: NetworkChange,
    /// When the last message sent on it arrives, for links that keep the order.
    last_arrival: Time,
}

impl Link {
    fn new(seed: u64, from: usize, to: usize) -> Self {
        // A link's stream is named by its ends, so that it does not depend on how many others are.
        let number = from as u64 * u64::from(NodeId::MAX) + to as u64;
        Self {
            random: Stream::new(seed, "link", number),
            barrier: Barrier::default(),
            own: NetworkChange::default(),
            last_arrival: Time::ZERO,
        }
    }
}

/// All links and all messages on them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Network {
    pub(super) config: NetworkConfig,
    /// So many nodes have room: those up to that number.
    nodes: usize,
    /// By sender, then receiver.
    links: Vec<Link>,
    flights: Vec<Option<Flight>>,
    free: Vec<u32>,
    /// How many entries are in the messages.
    entries: usize,
    sent: u64,
}

/// When a message arrives or dies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Departure {
    pub(super) slot: u32,
    pub(super) id: u64,
    /// When it is due, one way or the other.
    pub(super) due: Time,
}

impl Network {
    pub(super) fn new(config: NetworkConfig, nodes: NodeSet, seed: u64) -> Self {
        let mut network = Self {
            config,
            nodes: 0,
            links: Vec::new(),
            flights: Vec::new(),
            free: Vec::new(),
            entries: 0,
            sent: 0,
        };
        if let Some(last) = nodes.iter().last() {
            network.grow(last, seed);
        }
        network
    }

    /// Makes room for a node and its links, which are whole.
    pub(super) fn grow(&mut self, node: NodeId, seed: u64) {
        let (before, nodes) = (self.nodes, self.nodes.max(node.index() + 1));
        let mut old = std::mem::take(&mut self.links).into_iter();
        let ends = (0..nodes).flat_map(|from| (0..nodes).map(move |to| (from, to)));
        let links = ends.map(|(from, to)| {
            let known = from < before && to < before;
            let known = if known { old.next() } else { None };
            known.unwrap_or_else(|| Link::new(seed, from, to))
        });
        self.links = links.collect();
        self.nodes = nodes;
    }

    /// Puts a message on its link. It is the caller's to ask whether the link carries.
    pub(super) fn depart(
        &mut self,
        message: Message<SharedCommand>,
        now: Time,
        cause: EventId,
    ) -> Departure {
        let config = self.conditions(message.from, message.to);
        let link = self.link_mut(message.from, message.to);
        let mut arrives = now + link.random.span(config.latency);
        let lost = link.random.happens(config.loss);
        // It dies somewhere in the middle of its way, where it can be seen.
        let dies = lost.then(|| {
            let way = arrives.since(now).as_micros();
            now + Span(way / 3 + link.random.below(way / 3 + 1))
        });
        if !config.reorder {
            arrives = arrives.max(link.last_arrival);
            link.last_arrival = arrives;
        }
        self.sent += 1;
        let flight = Flight {
            id: self.sent,
            message,
            sent: now,
            arrives,
            dies,
            cause,
            held: false,
        };
        self.insert(flight)
    }

    /// Puts a copy of a message on its link, at its beginning. It takes as long as the first, as far as
    /// the link's order lets it, and is not lost by chance: nothing is drawn for it.
    pub(super) fn copy(
        &mut self,
        slot: u32,
        id: u64,
        now: Time,
    ) -> Option<(Departure, MessageHead, EventId)> {
        let first = self.flight(slot, id)?;
        let (message, cause) = (first.message.clone(), first.cause);
        let mut arrives = now + first.arrives.since(first.sent);
        let reorder = self.conditions(message.from, message.to).reorder;
        let link = self.link_mut(message.from, message.to);
        if !reorder {
            arrives = arrives.max(link.last_arrival);
            link.last_arrival = arrives;
        }
        self.sent += 1;
        let copy = Flight {
            id: self.sent,
            message,
            sent: now,
            arrives,
            dies: None,
            cause,
            held: false,
        };
        let head = copy.head();
        Some((self.insert(copy), head, cause))
    }

    /// Whether the next message on that link is doubled.
    pub(super) fn duplicates(&mut self, from: NodeId, to: NodeId) -> bool {
        let duplicate = self.conditions(from, to).duplicate;
        self.link_mut(from, to).random.happens(duplicate)
    }

    pub(super) fn insert(&mut self, flight: Flight) -> Departure {
        let (id, due) = (flight.id, flight.due());
        self.entries += flight.entries();
        let slot = match self.free.pop() {
            Some(slot) => {
                self.flights[slot as usize] = Some(flight);
                slot
            }
            None => {
                self.flights.push(Some(flight));
                self.flights.len() as u32 - 1
            }
        };
        Departure { slot, id, due }
    }

    /// The number of the next message sent.
    pub(super) const fn next_id(&self) -> u64 {
        self.sent + 1
    }

    /// A message that never gets onto its link.
    pub(super) fn stillborn(
        &mut self,
        message: Message<SharedCommand>,
        now: Time,
        cause: EventId,
    ) -> Flight {
        self.sent += 1;
        let conditions = self.conditions(message.from, message.to);
        Flight {
            id: self.sent,
            message,
            sent: now,
            arrives: now + conditions.latency.high(),
            dies: Some(now),
            cause,
            held: false,
        }
    }

    pub(super) fn flight(&self, slot: u32, id: u64) -> Option<&Flight> {
        self.flights[slot as usize]
            .as_ref()
            .filter(|flight| flight.id == id)
    }

    pub(super) fn flight_mut(&mut self, slot: u32, id: u64) -> Option<&mut Flight> {
        self.flights[slot as usize]
            .as_mut()
            .filter(|flight| flight.id == id)
    }

    /// Takes a message off its link.
    pub(super) fn take(&mut self, slot: u32, id: u64) -> Option<Flight> {
        self.entries -= self.flight(slot, id)?.entries();
        self.free.push(slot);
        self.flights[slot as usize].take()
    }

    /// What is on its way, in no order.
    pub(super) fn flights(&self, now: Time) -> impl Iterator<Item = &Flight> {
        self.messages()
            .filter(move |flight| flight.is_under_way(now))
    }

    /// All of them, with those that wait at paused nodes.
    pub(super) fn messages(&self) -> impl Iterator<Item = &Flight> {
        self.flights.iter().flatten()
    }

    /// The message of that number, if it is on its way or waits at a paused node.
    pub(super) fn flight_of(&self, id: u64) -> Option<&Flight> {
        let mut flights = self.flights.iter().flatten();
        flights.find(|flight| flight.id == id)
    }

    /// How many messages and entries in them are on their way.
    pub(super) const fn weight(&self) -> usize {
        self.flights.len() - self.free.len() + self.entries
    }

    /// The slots and numbers of the messages on their way that fit, in the order they were sent.
    pub(super) fn find(&self, now: Time, fits: impl Fn(&Flight) -> bool) -> Vec<(u32, u64)> {
        let mut found: Vec<(u32, u64)> = (0u32..)
            .zip(&self.flights)
            .filter_map(|(slot, flight)| Some((slot, flight.as_ref()?)))
            .filter(|(_, flight)| flight.is_under_way(now) && fits(flight))
            .map(|(slot, flight)| (slot, flight.id))
            .collect();
        found.sort_by_cached_key(|&(_, id)| id);
        found
    }

    /// What there is on the link for messages in this direction: its own conditions, and the network's
    /// where it has none of its own.
    pub(super) fn conditions(&self, from: NodeId, to: NodeId) -> NetworkConfig {
        self.config.changed(self.links[self.place(from, to)].own)
    }

    /// What of the link's conditions is its own, if anything is.
    pub(super) fn own(&self, from: NodeId, to: NodeId) -> Option<NetworkChange> {
        let own = self.links[self.place(from, to)].own;
        (own != NetworkChange::default()).then_some(own)
    }

    /// Changes what is the link's own; `None`: nothing is any more.
    pub(super) fn change_link(&mut self, from: NodeId, to: NodeId, change: Option<NetworkChange>) {
        let own = &mut self.link_mut(from, to).own;
        *own = change.map_or_else(NetworkChange::default, |change| change.over(*own));
    }

    /// Whether the link carries messages in this direction.
    pub(super) fn carries(&self, from: NodeId, to: NodeId) -> bool {
        self.links[self.place(from, to)].barrier == Barrier::default()
    }

    /// Cuts or heals one direction; healing also lifts the partition from it.
    pub(super) fn set_cut(&mut self, from: NodeId, to: NodeId, cut: bool) {
        let barrier = &mut self.link_mut(from, to).barrier;
        barrier.cut = cut;
        barrier.partition &= cut;
    }

    /// Separates the two ends, or does not, whatever else is cut.
    pub(super) fn set_partitioned(&mut self, from: NodeId, to: NodeId, apart: bool) {
        self.link_mut(from, to).barrier.partition = apart;
    }

    fn place(&self, from: NodeId, to: NodeId) -> usize {
        from.index() * self.nodes + to.index()
    }

    fn link_mut(&mut self, from: NodeId, to: NodeId) -> &mut Link {
        let place = self.place(from, to);
        &mut self.links[place]
    }
}
