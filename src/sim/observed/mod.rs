//! A world in which what was seen of a cluster elsewhere plays, event by event, and nothing happens of
//! itself. Its happenings are those of any world, so that the oracles and the page look at it as at any
//! other.

mod power;
mod show;

use std::sync::Arc;

use crate::raft::{Configuration, HardState, LogIndex, NodeId, NodeSet, Term, Time};
use crate::sorted::SortedMap;

use super::action::ActionError;
use super::config::Config;
use super::event::{EventId, Happening, LossCause, MessageHead, Says};
use super::network::Flight;
use super::recording::{
    NodeState, Observation, Observed, ObservedMessage, Recording, Seen, Sight, whole,
};
use super::world::World;

/// What such a world keeps beside its nodes.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    recording: Arc<Recording>,
    /// How many of its events have been.
    taken: usize,
    /// Where in the network the messages on their way are, by their numbers.
    flights: SortedMap<u64, u32>,
    /// By node index.
    nodes: Vec<Watch>,
}

/// What is remembered of a node.
#[derive(Clone, Default, Debug)]
struct Watch {
    /// The last event of it.
    last: EventId,
    /// From whom it last heard, and of which term.
    heard: Option<(NodeId, Term)>,
    /// The last leader that it heard, and of which term.
    leader: Option<(Term, NodeId)>,
    /// The configuration that it was last seen to go by.
    configuration: Configuration,
    /// Term and vote as its disk was last known to have them.
    durable: HardState,
    /// Up to where what it took for committed has been told with the log as it is. It stays over a
    /// crash, so that what a node tells again costs nothing.
    committed: LogIndex,
    /// The same for what it has applied.
    applied: LogIndex,
}

impl World {
    /// A world at the start of what was seen.
    pub fn observed(recording: Arc<Recording>) -> Self {
        let start = &recording.start;
        let nodes: NodeSet = start.iter().map(|&(id, _)| id).collect();
        let config = Config {
            nodes,
            ..Config::default()
        };
        let mut world = Self::new(config, 0);
        let places = nodes.iter().last().map_or(0, |last| last.index() + 1);
        let mut watched = Box::new(Watched {
            recording: recording.clone(),
            taken: 0,
            flights: SortedMap::new(),
            nodes: vec![Watch::default(); places],
        });
        let mut watching = Watching {
            world: &mut world,
            watched: &mut watched,
        };
        for (id, state) in start {
            watching.begin(*id, state);
        }
        world.watched = Some(watched);
        world
    }

    /// What can be seen of a cluster elsewhere; `None` when this is none.
    pub fn sight(&self) -> Option<Sight> {
        self.watched.as_ref().map(|watched| watched.recording.sight)
    }

    /// The configuration that a node was last seen to go by, elsewhere.
    pub(super) fn observed_configuration(&self, id: NodeId) -> Option<Configuration> {
        let watched = self.watched.as_ref()?;
        Some(watched.nodes[id.index()].configuration)
    }

    /// Nobody acts on what has been.
    ///
    /// # Errors
    /// When this is what was seen elsewhere.
    pub fn must_go_by_itself(&self) -> Result<(), ActionError> {
        match self.watched {
            Some(_) => Err(ActionError("a recorded run cannot be changed".into())),
            None => Ok(()),
        }
    }

    /// When the next thing was seen.
    pub(super) fn next_observation(&self) -> Option<Time> {
        let watched = self.watched.as_ref()?;
        let next = watched.recording.events.get(watched.taken)?;
        // What came before its time comes now.
        Some(next.at.max(self.now))
    }

    /// Takes the next thing that was seen; says whether there was one.
    pub(super) fn observe_next(&mut self) -> bool {
        // It is looked at while the world changes, which it is no part of.
        let Some(mut watched) = self.watched.take() else {
            return false;
        };
        let is_more = watched.next(self);
        self.watched = Some(watched);
        is_more
    }
}

impl Watched {
    /// The next thing that was seen happens to the world; says whether there was one.
    fn next(&mut self, world: &mut World) -> bool {
        let recording = self.recording.clone();
        let Some(observation) = recording.events.get(self.taken) else {
            return false;
        };
        self.taken += 1;
        let watched = self;
        Watching { world, watched }.observe(observation);
        true
    }
}

/// A world, and what is kept beside it.
struct Watching<'w> {
    world: &'w mut World,
    watched: &'w mut Watched,
}

impl Watching<'_> {
    /// A node is like that at the start.
    fn begin(&mut self, id: NodeId, state: &NodeState) {
        self.stand_still(id);
        self.set(id, state);
        let watch = self.watch(id);
        watch.durable = state.hard_state;
        watch.committed = state.commit;
        watch.applied = state.applied;
        self.world.servers[id].disk.observe(state.hard_state);
    }

    fn observe(&mut self, observation: &Observation) {
        self.world
            .begin_event(observation.at.max(self.world.now), EventId::default());
        match &observation.what {
            Observed::Lost(number) => self.observe_loss(*number),
            Observed::Node { node, seen, state } => {
                let cause = self.watch(*node).last;
                self.world.set_cause(cause);
                self.observe_node(*node, seen, state);
                let event = self.world.event();
                self.watch(*node).last = event;
            }
        }
        self.world.end_event();
    }

    fn watch(&mut self, id: NodeId) -> &mut Watch {
        &mut self.watched.nodes[id.index()]
    }

    fn observe_node(&mut self, id: NodeId, seen: &Seen, state: &NodeState) {
        match seen {
            Seen::State => self.show(id, state),
            Seen::Sent(message) => {
                self.show(id, state);
                self.observe_departure(message);
            }
            Seen::Received(message) => {
                self.observe_arrival(id, message);
                self.show(id, state);
            }
            Seen::Crashed => self.go_down(id, state),
            Seen::Restarted if self.world.servers[id].is_up() => {
                self.go_down(id, state);
                self.show(id, &state.without_log());
            }
            Seen::Restarted => self.show(id, state),
            Seen::Wiped => {
                self.go_down(id, state);
                self.world.servers[id].wipe();
                let watch = self.watch(id);
                (watch.committed, watch.applied) = (LogIndex::ZERO, LogIndex::ZERO);
                watch.durable = HardState::default();
                self.world.emit(Happening::Wiped(id));
            }
        }
    }
}

/// Messages.
impl Watching<'_> {
    fn observe_departure(&mut self, message: &ObservedMessage) {
        let flight = Flight {
            id: message.number,
            message: whole(message),
            sent: self.world.now,
            arrives: message.arrives.max(self.world.now),
            dies: message.lost.then_some(message.arrives.max(self.world.now)),
            cause: self.world.event(),
            held: false,
        };
        self.world.emit(Happening::Sent(flight.head()));
        let slot = self.world.network.insert(flight).slot;
        self.watched.flights.insert(message.number, slot);
    }

    fn observe_arrival(&mut self, id: NodeId, message: &ObservedMessage) {
        let slot = self.watched.flights.remove(&message.number);
        let flight = slot.and_then(|slot| self.world.network.take(slot, message.number));
        if let Some(flight) = flight {
            self.world.set_cause(flight.cause);
        }
        let leads = matches!(
            message.says,
            Says::AppendEntries { .. } | Says::InstallSnapshot { .. }
        );
        let watch = self.watch(id);
        watch.heard = Some((message.from, message.term));
        if leads && watch.leader.is_none_or(|(term, _)| term <= message.term) {
            watch.leader = Some((message.term, message.from));
        }
        let head = MessageHead::of(message.number, &whole(message));
        self.world.emit(Happening::Delivered(head));
    }

    fn observe_loss(&mut self, number: u64) {
        if let Some(slot) = self.watched.flights.remove(&number) {
            let cause = self
                .world
                .network
                .flight(slot, number)
                .map(|flight| flight.cause);
            self.world.set_cause(cause.unwrap_or_default());
            self.world.lose_flight(slot, number, LossCause::Loss);
        }
    }
}
