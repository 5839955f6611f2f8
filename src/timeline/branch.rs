//! One of the futures of a run.

use std::sync::Arc;

use crate::measure::Metrics;
use crate::raft::{NodeSet, Time};
use crate::scenario::{Run, Scenario, Step};

use super::checkpoints::{Checkpoints, Granularity};
use super::lanes::{LaneChange, Lanes};
use super::mark::{Before, Kind, Mark, each_line, each_mark};
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
    /// Just after the first thing that it does.
    pub tick: u64,
    /// When.
    pub at: Time,
}

/// Where a branch parts from its parent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Begin {
    /// So many steps of its script are its parent's, too; the next is what was done here.
    pub step: usize,
    /// When.
    pub at: Time,
}

/// A branch: a script, how far it has been run, and what is kept of that.
#[derive(Clone, Debug)]
pub struct Branch {
    pub(super) id: BranchId,
    pub(super) parent: Option<BranchId>,
    pub(super) begin: Begin,
    pub(super) script: Arc<Scenario>,
    pub(super) goes_on: bool,
    end: Moment,
    /// How far a link says that it has been run, when that is further.
    told: Moment,
    done: Vec<Done>,
    pub(super) checkpoints: Checkpoints,
    pub(super) segments: Segments,
    lanes: Lanes,
    metrics: Metrics,
}

impl Branch {
    /// The first branch, of a run at its start.
    pub(super) fn first(id: BranchId, run: &Run) -> Self {
        Self {
            id,
            parent: None,
            begin: Begin::default(),
            script: run.script().clone(),
            goes_on: run.goes_on(),
            end: Moment::of(run),
            told: Moment::default(),
            done: Vec::new(),
            lanes: Lanes::of(run),
            metrics: Metrics::of(run.world(), run.tallies()),
            checkpoints: Checkpoints::of(run.clone(), Granularity::PAGE),
            segments: Segments::of(Granularity::PAGE.segment),
        }
    }

    /// Of this branch, of which nothing has been run yet, more or less will be kept.
    pub(super) fn keep(&mut self, granularity: Granularity) {
        self.checkpoints = Checkpoints::of(self.start(), granularity);
        self.segments = Segments::of(granularity.segment);
    }

    /// A branch of which only the script is known: it is run as far as somebody goes to it.
    pub(super) fn of_script(id: BranchId, script: Arc<Scenario>, others: &[Self]) -> Self {
        let (seed, goes_on) = (script.seed, script.is_live());
        let mut run = Run::new(script, seed);
        if goes_on {
            run.extend();
        }
        let branch = Self::first(id, &run);
        // The one that is the same for longest, and of those the last: forks are mostly of forks.
        let parent = others.iter().max_by_key(|other| branch.begin_beside(other));
        Self {
            parent: parent.map(|parent| parent.id),
            begin: parent.map_or_else(Begin::default, |parent| branch.begin_beside(parent)),
            ..branch
        }
    }

    /// Where its script parts from another's.
    fn begin_beside(&self, other: &Self) -> Begin {
        let (ours, others) = (&self.script.steps, &other.script.steps);
        let both = ours.iter().zip(others);
        let step = both.take_while(|(one, other)| is_same(one, other)).count();
        let next = [ours, others].map(|steps| steps.get(step).map(|step| step.at));
        let at = next.into_iter().flatten().min();
        let at = at.unwrap_or(self.script.until);
        Begin { step, at }
    }

    /// Another future from the moment at which the run is.
    pub(super) fn fork(&self, id: BranchId, run: &Run) -> Self {
        let end = Moment::of(run);
        let mut fork = Self {
            id,
            parent: Some(self.id),
            begin: Begin {
                step: run.steps_taken(),
                at: end.at,
            },
            script: run.script().clone(),
            goes_on: run.goes_on(),
            end,
            told: Moment::default(),
            ..self.clone()
        };
        fork.done.retain(|done| done.tick <= end.tick);
        fork.lanes.truncate(end.tick, run.world());
        fork.metrics.truncate(run.world(), run.tallies());
        fork.checkpoints.truncate(end.tick);
        fork.segments.truncate(end.tick);
        fork
    }

    /// The run has done something, or time has passed: what is new is kept.
    pub(super) fn visit(&mut self, run: &Run, before: Before) {
        if run.ticks() > self.end.tick {
            self.record(run, before);
        }
        self.come_to(Moment::of(run));
        self.checkpoints.offer(run, self.end.tick);
    }

    /// Time has passed, and nothing was done.
    pub(super) fn rest(&mut self, run: &Run) {
        self.come_to(Moment::of(run));
    }

    fn come_to(&mut self, moment: Moment) {
        self.end = self.end.max(moment);
        // Beyond its time, what was told is known better.
        if self.end.at > self.told.at || self.end >= self.told {
            self.told = Moment::default();
        }
    }

    /// A link says that it has been run as far as that. Who goes there will see.
    pub(super) fn tell(&mut self, told: Moment) {
        self.told = told;
        if !self.goes_on {
            self.told.at = told.at.min(self.script.until);
        }
        self.come_to(self.end);
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
        each_line(run, before, |line, node| {
            self.segments.note_line(tick, line, node)
        });
        if before.had_event(run) {
            self.metrics.observe(run.world(), run.tallies());
        }
        self.lanes.record(run);
    }

    /// The run of a checkpoint of it, as this branch goes on from there.
    pub(super) fn restored(&self, checkpoint: &Run) -> Run {
        let mut run = checkpoint.clone();
        self.lead(&mut run);
        run
    }

    /// The run of a moment of it goes on as this branch does.
    pub(super) fn lead(&self, run: &mut Run) {
        if !Arc::ptr_eq(run.script(), &self.script) {
            run.follow(self.script.clone());
        }
        if self.goes_on {
            run.extend();
        }
    }
}

impl Branch {
    /// The run at its start.
    pub(super) fn start(&self) -> Run {
        self.restored(self.checkpoints.before(0))
    }

    /// Whether somebody acts on it after so many of its steps.
    pub(super) fn has_acts_after(&self, step: usize) -> bool {
        self.script.steps[step..].iter().any(|step| step.line == 0)
    }

    /// The branch as a link has it: a cluster for somebody to act on stays one.
    pub fn shared(&self) -> Scenario {
        match self.script.is_live() {
            true => Scenario::clone(&self.script),
            false => self.saved(),
        }
    }

    /// The branch as a file has it: up to where it has been run, when it goes on beyond its end.
    pub fn saved(&self) -> Scenario {
        let mut scenario = Scenario::clone(&self.script);
        if self.goes_on {
            let last = scenario.steps.last().map_or(Time::ZERO, |step| step.at);
            let end = if self.script.is_live() {
                Time::ZERO
            } else {
                self.script.until
            };
            scenario.until = last.max(self.known().at).max(end);
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

    /// Where it parts from that.
    pub const fn begin(&self) -> Begin {
        self.begin
    }

    /// What somebody did where it parts from its parent; none: it is the first.
    pub fn act(&self) -> Option<&Step> {
        self.parent?;
        let own = self.script.steps.get(self.begin.step..)?;
        own.iter().find(|step| step.line == 0).or(own.first())
    }

    /// How far it has been run here.
    pub const fn end(&self) -> Moment {
        self.end
    }

    /// How far it has been run, here or where the link was made that it is from.
    pub fn known(&self) -> Moment {
        match self.told == Moment::default() {
            true => self.end,
            false => self.told,
        }
    }

    /// How far it is known to go: to where it has been run, or to the last step of its script if that
    /// is somebody's.
    pub fn known_until(&self) -> Time {
        let (last, known) = (self.script.steps.last(), self.known().at);
        last.filter(|step| step.line == 0)
            .map_or(known, |step| step.at.max(known))
    }

    /// Everything that has been done on it and is still to be done.
    pub const fn script(&self) -> &Arc<Scenario> {
        &self.script
    }

    /// Whether it goes on beyond the end of its script.
    pub const fn goes_on(&self) -> bool {
        self.goes_on
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

    /// What is counted of it, in the course of time.
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
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

/// Whether two steps do the same at the same moment, wherever they were written.
fn is_same(one: &Step, other: &Step) -> bool {
    (one.at, one.after_events, &one.verb) == (other.at, other.after_events, &other.verb)
}
