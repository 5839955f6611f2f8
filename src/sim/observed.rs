//! A world in which what was seen of a cluster elsewhere plays, event by event, and nothing happens of
//! itself. Its happenings are those of any world, so that the oracles and the page look at it as at any
//! other.

use std::sync::Arc;

use crate::raft::{
    Configuration, HardState, LogIndex, NodeId, NodeSet, ObservedNode, ObservedRole, Persistent,
    Rule, Term, Time, WriteSeq,
};
use crate::sorted::SortedMap;

use super::action::ActionError;
use super::config::Config;
use super::event::{EventId, Happening, LossCause, MessageHead, Says};
use super::network::Flight;
use super::queue::Queue;
use super::recording::{
    NodeState, Observation, Observed, ObservedMessage, Recording, Seen, Sight, unknown, whole,
};
use super::server::Power;
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
        world.watched = Some(Box::new(Watched {
            recording: recording.clone(),
            taken: 0,
            flights: SortedMap::new(),
            nodes: vec![Watch::default(); places],
        }));
        for (id, state) in start {
            world.stand_still(*id);
            world.set(*id, state);
            let watch = world.watch(*id);
            watch.durable = state.hard_state;
            watch.committed = state.commit;
            watch.applied = state.applied;
            world.servers[*id].disk.observe(state.hard_state);
        }
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
        let Some(watched) = &mut self.watched else {
            return false;
        };
        let recording = watched.recording.clone();
        let Some(observation) = recording.events.get(watched.taken) else {
            return false;
        };
        watched.taken += 1;
        self.observe(observation);
        true
    }

    fn observe(&mut self, observation: &Observation) {
        self.begin_event(observation.at.max(self.now), EventId::default());
        match &observation.what {
            Observed::Lost(number) => self.observe_loss(*number),
            Observed::Node { node, seen, state } => {
                let cause = self.watch(*node).last;
                self.set_cause(cause);
                self.observe_node(*node, seen, state);
                let event = self.event();
                self.watch(*node).last = event;
            }
        }
        self.end_event();
    }

    fn watch(&mut self, id: NodeId) -> &mut Watch {
        let watched = self.watched.as_mut().expect("it is such a world");
        &mut watched.nodes[id.index()]
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
            Seen::Restarted if self.servers[id].is_up() => {
                self.go_down(id, state);
                self.show(id, &state.without_log());
            }
            Seen::Restarted => self.show(id, state),
            Seen::Wiped => {
                self.go_down(id, state);
                self.servers[id].wipe();
                let watch = self.watch(id);
                (watch.committed, watch.applied) = (LogIndex::ZERO, LogIndex::ZERO);
                watch.durable = HardState::default();
                self.emit(Happening::Wiped(id));
            }
        }
    }
}

/// Messages.
impl World {
    fn observe_departure(&mut self, message: &ObservedMessage) {
        let flight = Flight {
            id: message.number,
            message: whole(message),
            sent: self.now,
            arrives: message.arrives.max(self.now),
            dies: message.lost.then_some(message.arrives.max(self.now)),
            cause: self.event(),
            held: false,
        };
        self.emit(Happening::Sent(flight.head()));
        let slot = self.network.insert(flight).slot;
        let watched = self.watched.as_mut().expect("it is such a world");
        watched.flights.insert(message.number, slot);
    }

    fn observe_arrival(&mut self, id: NodeId, message: &ObservedMessage) {
        let watched = self.watched.as_mut().expect("it is such a world");
        let slot = watched.flights.remove(&message.number);
        let flight = slot.and_then(|slot| self.network.take(slot, message.number));
        if let Some(flight) = flight {
            self.set_cause(flight.cause);
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
        self.emit(Happening::Delivered(head));
    }

    fn observe_loss(&mut self, number: u64) {
        let watched = self.watched.as_mut().expect("it is such a world");
        if let Some(slot) = watched.flights.remove(&number) {
            let cause = self.network.flight(slot, number).map(|flight| flight.cause);
            self.set_cause(cause.unwrap_or_default());
            self.lose_flight(slot, number, LossCause::Loss);
        }
    }
}

/// Nodes.
impl World {
    /// Its timers do not run: nothing happens by itself.
    fn stand_still(&mut self, id: NodeId) {
        self.servers[id].election_timer.disarm();
        self.servers[id].heartbeat_timer.disarm();
        self.queue = Queue::default();
    }

    /// Sets a node that is up to that state. Returns the first and last index of what has changed in
    /// its log, and how many entries were removed.
    fn set(&mut self, id: NodeId, state: &NodeState) -> Option<(LogIndex, LogIndex, u64)> {
        let term = state.hard_state.current_term;
        let heard = self.watch(id).leader;
        let leader = match state.role {
            ObservedRole::Leader => Some(id),
            _ => heard.filter(|&(of, _)| of == term).map(|(_, from)| from),
        };
        self.watch(id).configuration = state.configuration;
        let Power::Up(node) = &mut self.servers[id].power else {
            return None;
        };
        node.observe(&ObservedNode {
            hard_state: state.hard_state,
            role: state.role,
            leader,
            commit_index: state.commit,
            last_applied: state.applied,
            configuration: state.configuration,
        });
        let change = state.log.as_ref()?;
        let entries = change.terms.iter().map(|&term| unknown(term));
        let removed = node.observe_log(change.first, entries) as u64;
        let last = node.log().last_index();
        let watch = self.watch(id);
        watch.committed = watch.committed.min(change.first.previous());
        watch.applied = watch.applied.min(change.first.previous());
        Some((change.first, last, removed))
    }

    /// A node that runs stops, and its disk has that; also if it has stopped before.
    fn go_down(&mut self, id: NodeId, state: &NodeState) {
        self.watch(id).configuration = state.configuration;
        if let Power::Down(disk) = &mut self.servers[id].power {
            disk.hard_state = state.hard_state;
            if let Some(change) = &state.log {
                disk.log.truncate_from(change.first);
                for &term in &change.terms {
                    disk.log.append(unknown(term));
                }
            }
            return;
        }
        self.set(id, state);
        let server = &mut self.servers[id];
        let stopped = std::mem::replace(&mut server.power, Power::Down(Persistent::default()));
        if let Power::Up(node) = stopped {
            server.power = Power::Down(node.into_persistent());
        }
        server.disk.observe(state.hard_state);
        let watch = self.watch(id);
        (watch.durable, watch.heard, watch.leader) = (state.hard_state, None, None);
        self.emit(Happening::Crashed(id));
    }

    /// A node that does not run starts, in that state but for what only a node that runs knows.
    fn come_up(&mut self, id: NodeId, state: &NodeState) {
        if let Power::Down(disk) = &mut self.servers[id].power {
            // What was seen need not make sense; the core insists on this much.
            let term = &mut disk.hard_state.current_term;
            *term = disk.log.last_term().max(*term);
        }
        self.start_server(id, LogIndex::ZERO);
        self.stand_still(id);
        let fresh = NodeState {
            role: ObservedRole::Follower,
            commit: LogIndex::ZERO,
            applied: LogIndex::ZERO,
            ..state.clone()
        };
        self.set(id, &fresh);
        self.servers[id].disk.observe(state.hard_state);
        self.watch(id).durable = state.hard_state;
        self.emit(Happening::Restarted(id));
    }

    /// A node is seen to be like that: what is new is told as the rules tell it.
    fn show(&mut self, id: NodeId, state: &NodeState) {
        if !self.servers[id].is_up() {
            self.come_up(id, state);
            return self.show(id, &state.without_log());
        }
        let Some(before) = self.standing(id) else {
            return;
        };
        let log = self.set(id, state);
        let hard_state = (before.hard_state != state.hard_state).then_some(state.hard_state);
        if hard_state.is_some() || log.is_some() {
            self.emit(Happening::Wrote {
                node: id,
                seq: WriteSeq(self.event().0),
                hard_state,
                log,
            });
        }
        self.show_term(id, &before, state);
        self.show_role(id, &before, state);
        self.show_log(id, &before, state, log);
        self.show_indices(id, &before, state);
    }

    fn standing(&self, id: NodeId) -> Option<Standing> {
        let node = self.server(id)?.node()?;
        Some(Standing {
            hard_state: HardState {
                current_term: node.current_term(),
                voted_for: node.voted_for(),
            },
            role: node.observed_role(),
            commit: node.commit_index(),
            configuration: *node.configuration(),
            last: node.log().last_index(),
        })
    }

    fn rule(&mut self, id: NodeId, rule: Rule) {
        self.emit(Happening::Rule(id, rule));
    }

    fn show_term(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let (old, new) = (before.hard_state, state.hard_state);
        let term = new.current_term;
        if let Some((from, heard)) = self.watch(id).heard
            && heard == term
            && term > old.current_term
        {
            let old = old.current_term;
            self.rule(
                id,
                Rule::HigherTerm {
                    from,
                    old,
                    new: term,
                },
            );
        }
        if let Some(to) = new.voted_for
            && to != id
            && new != old
        {
            self.rule(id, Rule::GrantVote { to, term });
        }
        if state.durable && self.watch(id).durable != new {
            self.watch(id).durable = new;
            self.servers[id].disk.observe(new);
            self.emit(Happening::Durable {
                node: id,
                seq: WriteSeq(self.event().0),
                hard_state: Some(new),
            });
        }
    }

    fn show_role(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let term = state.hard_state.current_term;
        let led = before.hard_state.current_term;
        if (before.role, led) == (state.role, term) {
            return;
        }
        if before.role == ObservedRole::Leader {
            self.rule(id, Rule::StepDown { led });
        }
        match state.role {
            ObservedRole::Follower => {}
            ObservedRole::PreCandidate => {
                let campaign_term = term.next();
                self.rule(id, Rule::StartPreVote { campaign_term });
            }
            ObservedRole::Candidate => self.rule(id, Rule::StartElection { term }),
            ObservedRole::Leader => self.rule(id, Rule::BecomeLeader { term }),
        }
    }

    fn show_log(
        &mut self,
        id: NodeId,
        before: &Standing,
        state: &NodeState,
        change: Option<(LogIndex, LogIndex, u64)>,
    ) {
        let Some((first, last, removed)) = change else {
            return;
        };
        if removed > 0 {
            let last = before.last;
            self.rule(id, Rule::TruncateConflict { first, last });
        }
        if last >= first {
            match state.role {
                ObservedRole::Leader => {
                    for index in (first.0..=last.0).map(LogIndex) {
                        self.rule(id, Rule::LeaderAppend { index });
                    }
                }
                _ => self.rule(id, Rule::AppendEntries { first, last }),
            }
        }
    }

    fn show_indices(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let last = self.servers[id].log().last_index();
        let new = state.commit.min(last);
        if new > before.commit {
            let old = self.watch(id).committed.max(before.commit).min(new);
            self.watch(id).committed = new.max(old);
            self.rule(
                id,
                match state.role {
                    ObservedRole::Leader => Rule::LeaderCommit { old, new },
                    _ => Rule::FollowerCommit { old, new },
                },
            );
        }
        if state.configuration != before.configuration {
            let (index, configuration) = (state.commit, state.configuration);
            self.rule(
                id,
                Rule::UseConfiguration {
                    index,
                    configuration,
                },
            );
        }
        let told = self.watch(id).applied;
        for index in (told.0 + 1..=state.applied.min(last).0).map(LogIndex) {
            if let Some(term) = self.servers[id].log().term_at(index) {
                self.emit(Happening::Applied {
                    node: id,
                    index,
                    term,
                    duplicate: false,
                });
                self.watch(id).applied = index;
            }
        }
    }
}

/// How a node stood before it was shown.
struct Standing {
    hard_state: HardState,
    role: ObservedRole,
    commit: LogIndex,
    configuration: Configuration,
    last: LogIndex,
}
