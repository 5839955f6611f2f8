//! An entry's way: when it was proposed, when each node stored it, had it on its disk, learned that it is
//! committed, and applied it. Nobody keeps that of every entry: it is found by going through the past
//! once more, from the last moment kept at which nobody had the entry, over whatever changed nothing.

use crate::raft::{LogIndex, NodeId, Term, Time};
use crate::scenario::{Advance, Run};
use crate::sim::Server;
use crate::timeline::{BranchId, Timeline};
use crate::why::Witness;

use super::entry;

/// Where an entry has come to on a node.
const STAGES: usize = 4;

/// A moment on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stop {
    /// When.
    pub at: Time,
    /// After which event; 0: it was so from the start.
    pub event: u64,
}

/// When an entry first came to where.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Milestones {
    /// Who had it first: whoever proposed it.
    pub proposed: Option<(NodeId, Stop)>,
    /// Who knew first that it is committed.
    pub committed: Option<(NodeId, Stop)>,
    /// For each node when it was stored, durable, known to be committed, applied.
    pub nodes: Vec<(NodeId, [Option<Stop>; STAGES])>,
    /// Whether the way has been followed up to now.
    pub there: bool,
}

/// The way of an entry, as far as it has been followed.
#[derive(Clone, Debug)]
pub struct Way {
    branch: BranchId,
    index: LogIndex,
    term: Term,
    run: Run,
    /// The tick at which it looks whether it can go over what comes.
    looked: u64,
    nodes: Vec<(NodeId, [Option<Stop>; STAGES])>,
}

impl Way {
    /// The way of the entry of that index and term on the branch that is shown, from the last moment kept
    /// at which nobody had it.
    #[inline(never)]
    pub fn new(timeline: &Timeline, index: LogIndex, term: Term) -> Self {
        let has_it = |run: &Run| {
            run.world()
                .servers()
                .iter()
                .any(|server| entry::has(server, run.witness(), index, term))
        };
        let mut way = Self {
            branch: timeline.branch().id(),
            index,
            term,
            run: timeline.last_kept_without(&has_it),
            looked: 0,
            nodes: Vec::new(),
        };
        // What a cluster begins with is there from the start.
        way.observe();
        way
    }

    /// Whether it is the way of that entry on the branch that is shown, and not one beyond the playhead
    /// of which the beginning may be another.
    pub fn is_of(&self, timeline: &Timeline, index: LogIndex, term: Term) -> bool {
        (self.branch, self.index, self.term) == (timeline.branch().id(), index, term)
    }

    /// Follows it up to the playhead by so many things at the most; says whether it is there.
    #[inline(never)]
    pub fn follow(&mut self, timeline: &Timeline, most: usize) -> bool {
        let end = timeline.moment().tick;
        timeline.lead(&mut self.run);
        for _ in 0..most {
            let tick = self.run.ticks();
            if tick >= end || self.is_at_its_end() {
                return true;
            }
            if tick >= self.looked {
                let kept = timeline.kept_after(tick);
                self.looked = kept.map_or(end, |kept| kept.ticks().min(end));
                if let Some(kept) = kept.filter(|kept| kept.ticks() <= end)
                    && !self.has_news(kept)
                {
                    self.run = kept.clone();
                    timeline.lead(&mut self.run);
                    continue;
                }
            }
            match self.run.advance(Time(u64::MAX)) {
                Advance::Idle => return true,
                Advance::Event => self.observe(),
                Advance::Script => {}
            }
        }
        false
    }

    /// How far it has been followed.
    pub const fn ticks(&self) -> u64 {
        self.run.ticks()
    }

    /// What has been found of the way, up to that event of the branch.
    pub fn milestones(&self, event: u64, there: bool) -> Milestones {
        let until = |stop: Option<Stop>| stop.filter(|stop| stop.event <= event);
        let nodes: Vec<_> = (self.nodes.iter())
            .map(|&(node, stops)| (node, stops.map(until)))
            .collect();
        let first = |stage: usize| {
            let stops = nodes.iter();
            let stops = stops.filter_map(|&(node, stops)| Some((node, stops[stage]?)));
            stops.min_by_key(|(_, stop)| stop.event)
        };
        Milestones {
            proposed: first(0),
            committed: first(2),
            nodes: nodes.clone(),
            there,
        }
    }

    /// Whether every node has applied it: nothing more will be heard of it.
    fn is_at_its_end(&self) -> bool {
        self.nodes.len() == self.run.world().servers().len()
            && (self.nodes.iter()).all(|(_, stops)| stops.iter().all(Option::is_some))
    }

    /// Whether a node has come further there than is known.
    fn has_news(&self, run: &Run) -> bool {
        run.world().servers().iter().any(|server| {
            let known = self.nodes.iter().find(|(id, _)| *id == server.id());
            let known = known.map_or([None; STAGES], |(_, stops)| *stops);
            let reached = reached(server, run.witness(), self.index, self.term);
            known
                .iter()
                .zip(reached)
                .any(|(known, reached)| reached && known.is_none())
        })
    }

    fn observe(&mut self) {
        let world = self.run.world();
        let stop = Stop {
            at: world.now(),
            event: world.events(),
        };
        for server in world.servers() {
            let reached = reached(server, self.run.witness(), self.index, self.term);
            if !reached[0] {
                continue;
            }
            let place = self.nodes.iter().position(|(id, _)| *id == server.id());
            let place = place.unwrap_or_else(|| {
                self.nodes.push((server.id(), [None; STAGES]));
                self.nodes.len() - 1
            });
            for (known, reached) in self.nodes[place].1.iter_mut().zip(reached) {
                if reached && known.is_none() {
                    *known = Some(stop);
                }
            }
        }
    }
}

/// Whether a node has it stored, durable, known to be committed, applied.
fn reached(server: &Server, witness: &Witness, index: LogIndex, term: Term) -> [bool; STAGES] {
    let has_it = entry::has(server, witness, index, term);
    [
        has_it,
        has_it && server.durable_index() >= index,
        has_it && server.commit_index() >= index,
        has_it && server.last_applied() >= index,
    ]
}
