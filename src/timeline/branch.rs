//! One of the futures of a run.

use std::sync::Arc;

use crate::raft::{NodeSet, Time};
use crate::scenario::{Run, Scenario};

use super::checkpoints::Checkpoints;
use super::lanes::{LaneChange, Lanes};
use super::mark::{Before, Kind, Mark, each_mark};
use super::moment::Moment;
use super::segments::Segments;

/// A branch of a timeline; no two ever have the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BranchId(pub u32);

/// A step that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Done {
    /// Its place in the script.
    pub step: usize,
    /// Just after it, or after the first thing that it does.
    pub tick: u64,
    /// When.
    pub at: Time,
}

/// A branch: a script, how far it has been run, and what is kept of that.
#[derive(Clone, Debug)]
pub struct Branch {
    pub(super) id: BranchId,
    pub(super) parent: Option<BranchId>,
    pub(super) begin: Moment,
    pub(super) script: Arc<Scenario>,
    pub(super) goes_on: bool,
    end: Moment,
    done: Vec<Done>,
    pub(super) checkpoints: Checkpoints,
    pub(super) segments: Segments,
    lanes: Lanes,
}

impl Branch {
    /// The first branch, of a run at its start.
    pub(super) fn first(id: BranchId, run: &Run) -> Self {
        Self {
            id,
            parent: None,
            begin: Moment::default(),
            script: run.script().clone(),
            goes_on: run.goes_on(),
            end: Moment::of(run),
            done: Vec::new(),
            lanes: Lanes::of(run),
            checkpoints: Checkpoints::of(run.clone()),
            segments: Segments::default(),
        }
    }

    /// Another future from the moment at which the run is.
    pub(super) fn fork(&self, id: BranchId, run: &Run) -> Self {
        let begin = Moment::of(run);
        let mut fork = Self {
            id,
            parent: Some(self.id),
            begin,
            script: run.script().clone(),
            goes_on: run.goes_on(),
            end: begin,
            ..self.clone()
        };
        fork.done.retain(|done| done.tick <= begin.tick);
        fork.lanes.truncate(begin.tick, run.world());
        fork.checkpoints.truncate(begin.tick);
        fork.segments.truncate(begin.tick);
        fork
    }

    /// The run has done something, or time has passed: what is new is kept.
    pub(super) fn visit(&mut self, run: &Run, before: Before) {
        if run.ticks() > self.end.tick {
            self.record(run, before);
        }
        self.end = self.end.max(Moment::of(run));
        self.checkpoints.offer(run, self.end.tick);
    }

    /// Time has passed, and nothing was done.
    pub(super) fn rest(&mut self, run: &Run) {
        self.end = self.end.max(Moment::of(run));
    }

    fn record(&mut self, run: &Run, before: Before) {
        let (tick, at) = (run.ticks(), run.world().now());
        let mut last = None;
        each_mark(run, before, |kind, nodes| {
            self.segments.note(tick, kind, nodes);
            // A partition cuts many links: one mark tells it.
            if kind.is_rare() && last != Some((kind, nodes)) {
                last = Some((kind, nodes));
                self.lanes.mark(Mark {
                    tick,
                    at,
                    kind,
                    nodes,
                });
            }
            if kind == Kind::Act {
                let step = run.steps_taken() - 1;
                self.done.push(Done { step, tick, at });
            }
        });
        self.lanes.record(run);
    }

    /// The run of a checkpoint of it, as this branch goes on from there.
    pub(super) fn restored(&self, checkpoint: &Run) -> Run {
        let mut run = checkpoint.clone();
        run.follow(self.script.clone());
        if self.goes_on {
            run.extend();
        }
        run
    }
}

impl Branch {
    /// The branch as a file has it: up to where it has been run, when it goes on beyond its script.
    pub fn saved(&self) -> Scenario {
        let mut scenario = Scenario::clone(&self.script);
        if self.goes_on {
            let last = scenario.steps.last().map_or(Time::ZERO, |step| step.at);
            scenario.until = last.max(self.end.at);
        }
        scenario
    }
}

/// What can be seen of a branch.
impl Branch {
    /// Which it is.
    pub const fn id(&self) -> BranchId {
        self.id
    }

    /// The branch that it parts from; none: it is the first.
    pub const fn parent(&self) -> Option<BranchId> {
        self.parent
    }

    /// Where it parts from that: what was done there is the next step of its script.
    pub const fn begin(&self) -> Moment {
        self.begin
    }

    /// How far it has been run.
    pub const fn end(&self) -> Moment {
        self.end
    }

    /// Everything that has been done on it and is still to be done.
    pub const fn script(&self) -> &Arc<Scenario> {
        &self.script
    }

    /// The steps that were taken, in order.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// What the nodes were, the oldest change first: the latest 65,536, or half as many.
    pub fn lanes(&self) -> &[LaneChange] {
        self.lanes.changes()
    }

    /// The rare events, the oldest first: the latest 65,536, or half as many.
    pub fn marks(&self) -> &[Mark] {
        self.lanes.marks()
    }

    /// The nodes that there have been on it: each has a lane.
    pub fn nodes(&self) -> NodeSet {
        self.lanes.nodes()
    }

    /// How many worlds are kept of it.
    pub fn checkpoints(&self) -> usize {
        self.checkpoints.len()
    }
}
