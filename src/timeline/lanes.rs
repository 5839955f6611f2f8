//! What each node was, when: the lanes of the strip, and the rare events on it.

use crate::raft::{NodeId, NodeSet, Role, Term, Time};
use crate::scenario::Run;
use crate::sim::{Happening, Server, World};

use super::mark::Mark;

/// The most changes kept, and the most marks: the oldest go as new ones come.
const KEPT_MAX: usize = 1 << 16;

/// What a node is, as its lane shows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LaneState {
    /// It follows, with or without a vote.
    Follows,
    /// It campaigns, or asks whether it could win.
    Campaigns,
    /// It leads.
    Leads,
    /// It stands still.
    Paused,
    /// It is down.
    Down,
}

/// From then on a node is something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaneChange {
    /// Just after the change.
    pub tick: u64,
    /// When.
    pub at: Time,
    /// Which node.
    pub node: NodeId,
    /// What it is.
    pub state: LaneState,
    /// Its term.
    pub term: Term,
}

/// The lanes of a branch.
#[derive(Clone, Default, Debug)]
pub(super) struct Lanes {
    changes: Vec<LaneChange>,
    marks: Vec<Mark>,
    /// What each node was last, by its place.
    now: Vec<Option<(LaneState, Term)>>,
}

impl Lanes {
    /// The lanes of a run at its start.
    pub(super) fn of(run: &Run) -> Self {
        let mut lanes = Self::default();
        for server in run.world().servers() {
            lanes.look(run, server);
        }
        lanes
    }

    /// Notes what the last thing that the run did has changed.
    pub(super) fn record(&mut self, run: &Run) {
        let world = run.world();
        for happening in world.happenings() {
            if let Some(server) = changed(happening).and_then(|id| world.server(id)) {
                self.look(run, server);
            }
        }
    }

    /// Notes a rare event.
    pub(super) fn mark(&mut self, mark: Mark) {
        make_room(&mut self.marks);
        self.marks.push(mark);
    }

    fn look(&mut self, run: &Run, server: &Server) {
        let id = server.id();
        let now = (state(server), server.hard_state().current_term);
        if id.index() >= self.now.len() {
            self.now.resize(id.index() + 1, None);
        }
        let known = &mut self.now[id.index()];
        if *known == Some(now) {
            return;
        }
        *known = Some(now);
        self.make_room();
        self.changes.push(LaneChange {
            tick: run.ticks(),
            at: run.world().now(),
            node: id,
            state: now.0,
            term: now.1,
        });
    }

    /// The older half of the changes goes, but for what each node was last.
    fn make_room(&mut self) {
        if self.changes.len() < KEPT_MAX {
            return;
        }
        let newer = self.changes.split_off(KEPT_MAX / 2);
        let mut seen = NodeSet::EMPTY;
        let mut last: Vec<_> = std::mem::take(&mut self.changes);
        last.reverse();
        last.retain(|change| seen.insert(change.node));
        last.reverse();
        last.extend(newer);
        self.changes = last;
    }

    /// What comes after that tick, at which the world is as given, is forgotten.
    pub(super) fn truncate(&mut self, tick: u64, world: &World) {
        let kept = self.changes.partition_point(|change| change.tick <= tick);
        self.changes.truncate(kept);
        let kept = self.marks.partition_point(|mark| mark.tick <= tick);
        self.marks.truncate(kept);
        self.now.clear();
        for server in world.servers() {
            let place = server.id().index();
            self.now.resize(place + 1, None);
            let (state, term) = (state(server), server.hard_state().current_term);
            self.now[place] = Some((state, term));
            // What was kept may all be later: from here on it is known.
            if self.changes.iter().all(|change| change.node != server.id()) {
                self.changes.push(LaneChange {
                    tick,
                    at: world.now(),
                    node: server.id(),
                    state,
                    term,
                });
            }
        }
    }

    /// The changes kept, the oldest first.
    pub(super) fn changes(&self) -> &[LaneChange] {
        &self.changes
    }

    /// The nodes that there have been.
    pub(super) fn nodes(&self) -> NodeSet {
        let known = self.now.iter().enumerate();
        let known = known.filter(|(_, state)| state.is_some());
        known.map(|(place, _)| NodeId::from_index(place)).collect()
    }

    /// The rare events kept, the oldest first.
    pub(super) fn marks(&self) -> &[Mark] {
        &self.marks
    }
}

fn make_room<T>(kept: &mut Vec<T>) {
    if kept.len() == KEPT_MAX {
        kept.drain(..KEPT_MAX / 2);
    }
}

/// The node that may be something else after it.
const fn changed(happening: &Happening) -> Option<NodeId> {
    match happening {
        Happening::Rule(node, _)
        | Happening::Crashed(node)
        | Happening::Restarted(node)
        | Happening::Paused(node)
        | Happening::Resumed(node)
        | Happening::Wiped(node)
        | Happening::Added(node) => Some(*node),
        _ => None,
    }
}

fn state(server: &Server) -> LaneState {
    match server.node() {
        None => LaneState::Down,
        Some(_) if server.is_paused() => LaneState::Paused,
        Some(node) => match node.role() {
            Role::Follower => LaneState::Follows,
            Role::PreCandidate { .. } | Role::Candidate { .. } => LaneState::Campaigns,
            Role::Leader(_) => LaneState::Leads,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lanes that are full, all of late and of the first node, but for one change of the second.
    fn full(run: &Run) -> Lanes {
        let mut lanes = Lanes::of(run);
        let change = |tick: usize, node| LaneChange {
            tick: 1_000 + tick as u64,
            at: Time(tick as u64),
            node: NodeId::from_index(node),
            state: LaneState::Leads,
            term: Term(tick as u64),
        };
        lanes.changes.clear();
        lanes.changes.push(change(0, 1));
        lanes
            .changes
            .extend((1..KEPT_MAX).map(|tick| change(tick, 0)));
        lanes
    }

    #[test]
    fn what_a_node_is_for_long_is_still_known_when_older_changes_go() {
        let mut lanes = full(&Run::live(Default::default(), 1));
        lanes.make_room();
        assert_eq!(lanes.changes[0].node, NodeId::from_index(1));
        assert_eq!(lanes.changes.len(), KEPT_MAX / 2 + 2);
        let ticks = lanes.changes.iter().map(|change| change.tick);
        assert!(ticks.is_sorted());
    }

    #[test]
    fn a_fork_from_before_everything_that_is_kept_has_a_lane_for_each_node() {
        let run = Run::live(Default::default(), 1);
        let mut lanes = full(&run);
        lanes.truncate(500, run.world());
        let nodes: Vec<_> = lanes.changes.iter().map(|change| change.node).collect();
        assert_eq!(nodes, lanes.nodes().iter().collect::<Vec<_>>());
        assert!(lanes.changes.iter().all(|change| change.tick == 500));
    }
}
