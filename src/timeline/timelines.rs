//! The timeline: branches, a playhead, and acts at it.

use std::sync::Arc;

use crate::raft::Time;
use crate::scenario::{Advance, MAX_STEPS, Run, Scenario, Verb};

use super::beside::Beside;
use super::branch::{Begin, Branch, BranchId};
use super::checkpoints::Granularity;
use super::journey::{Aim, Journey};
use super::mark::Before;
use super::moment::Moment;
use super::moves::last;

/// The most branches kept.
pub const BRANCHES_MAX: usize = 32;
/// The most that a run may weigh ([`World::weight`](crate::sim::World::weight)) to go on: ten million
/// events of an ordinary load, in some 400 MB.
const WEIGHT_MAX: usize = 4_000_000;
/// The most of that which may be under way: a message takes more than an entry that is kept.
const UNDER_WAY_MAX: usize = 1_000_000;
/// How many things are done between two looks at the weight.
const WEIGHED_EVERY: u64 = 512;

/// Whether a run has come to be more than memory is sure to hold.
pub(super) fn is_too_large(run: &Run) -> bool {
    let world = run.world();
    run.ticks().is_multiple_of(WEIGHED_EVERY)
        && (world.under_way() > UNDER_WAY_MAX || world.weight() > WEIGHT_MAX)
}

/// How far [`Timeline::play`] has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Played {
    /// Everything due has been done, and time has come to where it should.
    All,
    /// There is more to do.
    Part,
    /// The run has come to be so large that it does not go on: more of it than memory is sure to hold.
    TooLarge,
}

/// A run whose time can be gone through, forward and back.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// In the order in which they were made; one at least.
    pub(super) branches: Vec<Branch>,
    /// The place of the branch that is shown.
    pub(super) shown: usize,
    /// How many branches there have ever been.
    made: u32,
    /// The run at the playhead.
    pub(super) run: Run,
    pub(super) journey: Option<Journey>,
    /// Whether the journey leads to a branch that is not there yet.
    pub(super) switching: bool,
    pub(super) beside: Option<Beside>,
    /// How far the runs had come when the checkpoints were last weighed.
    pub(super) weighed_at: u64,
}

impl Timeline {
    /// The timeline of a run that is at its start.
    pub fn new(run: Run) -> Self {
        Self {
            branches: vec![Branch::first(BranchId(0), &run)],
            shown: 0,
            made: 1,
            run,
            journey: None,
            switching: false,
            beside: None,
            weighed_at: 0,
        }
    }

    /// The timeline of branches of which only the scripts are known, at its start. Each is run when
    /// it is gone to, and no further. `None`: they are not branches of one run, which begin with the
    /// same cluster and seed and are one at least and [`BRANCHES_MAX`] at the most, or none is at
    /// the place `shown`.
    pub fn of_branches(scripts: Vec<Arc<Scenario>>, shown: usize) -> Option<Self> {
        let first = scripts.first()?;
        let is_of_run =
            |script: &Arc<Scenario>| script.seed == first.seed && script.config == first.config;
        if scripts.len() > BRANCHES_MAX || !scripts.iter().all(is_of_run) {
            return None;
        }
        let mut branches: Vec<Branch> = Vec::with_capacity(scripts.len());
        for script in scripts {
            let id = BranchId(branches.len() as u32);
            branches.push(Branch::of_script(id, script, &branches));
        }
        let branch = branches.get(shown)?;
        Some(Self {
            run: branch.start(),
            made: branches.len() as u32,
            branches,
            shown,
            journey: None,
            switching: false,
            beside: None,
            weighed_at: 0,
        })
    }

    /// Says how far the branches had been run where their scripts are from, in their order. Nothing
    /// is run for that.
    pub fn tell_ends(&mut self, ends: &[Moment]) {
        for (branch, &end) in self.branches.iter_mut().zip(ends) {
            branch.tell(end);
        }
    }

    /// Keeps its past more finely than the page does, or less.
    ///
    /// # Panics
    /// When something has been run already.
    #[must_use]
    pub fn keeping(mut self, granularity: Granularity) -> Self {
        for branch in &mut self.branches {
            assert_eq!(branch.end().tick, 0, "the past is kept already");
            branch.keep(granularity);
        }
        self
    }

    /// Does what is due by then, at most so many things; says how far that was. What is done is shown
    /// to `seen`, event by event.
    pub fn play(&mut self, until: Time, most: usize, seen: &mut dyn FnMut(&Run)) -> Played {
        self.keep_to_budget();
        for _ in 0..most {
            if is_too_large(&self.run) {
                return Played::TooLarge;
            }
            if self.advance(until, seen) == Advance::Idle {
                self.rest_until(until);
                return Played::All;
            }
        }
        Played::Part
    }

    /// Takes the next event, if there is one.
    pub fn step(&mut self, seen: &mut dyn FnMut(&Run)) {
        self.leave_journey();
        while self.advance(Time(u64::MAX), seen) == Advance::Script {}
    }

    fn advance(&mut self, until: Time, seen: &mut dyn FnMut(&Run)) -> Advance {
        let before = Before::of(&self.run);
        let advance = self.run.advance(until);
        if advance == Advance::Event {
            seen(&self.run);
        }
        if advance != Advance::Idle {
            self.branches[self.shown].visit(&self.run, before);
        }
        advance
    }

    /// Lets time pass to `until`, before which nothing is left to be done.
    pub fn rest_until(&mut self, until: Time) {
        self.run.rest_until(until);
        self.branches[self.shown].rest(&self.run);
    }

    /// The branch goes on beyond the end of its scenario.
    pub fn extend(&mut self) {
        self.run.extend();
        self.branches[self.shown].goes_on = true;
    }

    /// Somebody acts, at the playhead. Where the future has been seen already, that stays as it was,
    /// and this begins a branch; of the script, what is still to come stays in both.
    ///
    /// # Errors
    /// When it cannot be done, with the reason; then nothing has happened.
    pub fn act(&mut self, verb: Verb) -> Result<(), String> {
        self.act_seen(verb, &mut |_| {})
    }

    /// The same; each thing that it does is shown to `seen`.
    ///
    /// # Errors
    /// When it cannot be done, with the reason; then nothing has happened.
    pub fn act_seen(&mut self, verb: Verb, seen: &mut dyn FnMut(&Run)) -> Result<(), String> {
        let branch = &self.branches[self.shown];
        if branch.script.steps.len() >= MAX_STEPS {
            return Err(format!("a run has at most {MAX_STEPS} acts"));
        }
        let is_past =
            self.run.ticks() < branch.known().tick || branch.has_acts_after(self.run.steps_taken());
        if is_past && self.branches.len() == BRANCHES_MAX {
            return Err(format!(
                "there are {BRANCHES_MAX} branches: discard one to begin another"
            ));
        }
        if self.switching {
            return Err("the branch is still on its way: wait until it is there".into());
        }
        let mut run = self.run.clone();
        if is_past {
            let taken = run.steps_taken();
            run.follow(Arc::new(without_later_acts(&branch.script, taken)));
        }
        run.clone().improvise(verb.clone())?;
        self.journey = None;
        if is_past {
            let fork = branch.fork(BranchId(self.made), &run);
            self.made += 1;
            self.branches.push(fork);
            self.shown = self.branches.len() - 1;
        }
        let branch = &mut self.branches[self.shown];
        let mut before = Before::of(&run);
        run.improvise_seen(verb, &mut |run| {
            branch.visit(run, before);
            before = Before::of(run);
            seen(run);
        })?;
        branch.script = run.script().clone();
        branch.goes_on = run.goes_on();
        self.run = run;
        Ok(())
    }
}

/// Branches.
impl Timeline {
    /// Shows another branch at the same time, or at its end if that is earlier.
    pub fn show(&mut self, id: BranchId) {
        let Some(place) = self.place(id) else {
            return;
        };
        if place == self.shown {
            return;
        }
        self.shown = place;
        let branch = &self.branches[place];
        let aim = match self.run.world().now() {
            at if at < branch.known_until() => Aim::Time(at),
            _ => last(branch),
        };
        self.journey = Journey::new(branch, None, aim);
        // The run at the playhead is of the branch that is shown, always.
        if let Some(journey) = &self.journey {
            self.run = journey.run.clone();
            self.switching = true;
        }
    }

    /// Forgets a branch; those that part from it part from its parent then.
    ///
    /// # Errors
    /// When it is the one that is shown.
    pub fn discard(&mut self, id: BranchId) -> Result<(), String> {
        if id == self.branch().id {
            return Err("this branch is shown: show another to discard it".into());
        }
        if let Some(place) = self.place(id) {
            let gone = self.branches.remove(place);
            if place < self.shown {
                self.shown -= 1;
            }
            self.adopt(&gone);
        }
        Ok(())
    }

    /// Those that part from a branch that is gone part from its parent; of the first branch, from the
    /// oldest of them, which is the first now.
    fn adopt(&mut self, gone: &Branch) {
        let (mut parent, mut begin) = (gone.parent, gone.begin);
        let children = self.branches.iter_mut();
        for branch in children.filter(|branch| branch.parent == Some(gone.id)) {
            if parent.is_none() {
                (parent, begin) = (Some(branch.id), branch.begin);
                (branch.parent, branch.begin) = (None, Begin::default());
            } else {
                branch.parent = parent;
                branch.begin = branch.begin.min(begin);
            }
        }
    }

    fn place(&self, id: BranchId) -> Option<usize> {
        self.branches.iter().position(|branch| branch.id == id)
    }
}

/// What can be seen of a timeline.
impl Timeline {
    /// The run at the playhead.
    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// The run of the branch that is shown, at its start.
    pub fn start(&self) -> Run {
        self.branch().start()
    }

    /// The run of the branch that is shown at the last moment kept before that event, or at its start:
    /// to look at what was, the playhead stays.
    pub fn run_before(&self, event: u64) -> Run {
        let branch = self.branch();
        // There are never more events than things done.
        branch.restored(branch.checkpoints.before(event.saturating_sub(1)))
    }

    /// The run of the branch that is shown at the last moment kept before the playhead of which that is
    /// not so, or else at its start.
    pub fn last_kept_without(&self, is_so: &dyn Fn(&Run) -> bool) -> Run {
        let branch = self.branch();
        let kept = branch.checkpoints.up_to(self.run.ticks());
        let last = kept.iter().rev().find(|kept| !is_so(kept));
        branch.restored(last.unwrap_or_else(|| branch.checkpoints.before(0)))
    }

    /// The first moment kept of the branch that is shown after so many things, as it is kept:
    /// [`Timeline::lead`] lets it go on.
    pub fn kept_after(&self, tick: u64) -> Option<&Run> {
        self.branch().checkpoints.after(tick).map(|kept| &**kept)
    }

    /// A run of the branch that is shown goes on as the branch does now.
    pub fn lead(&self, run: &mut Run) {
        self.branch().lead(run);
    }

    /// Where the playhead is.
    pub const fn moment(&self) -> Moment {
        Moment::of(&self.run)
    }

    /// The branch that is shown.
    pub fn branch(&self) -> &Branch {
        &self.branches[self.shown]
    }

    /// Every branch, in the order in which they were made.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Whether a journey is under way.
    pub const fn is_under_way(&self) -> bool {
        self.journey.is_some()
    }
}

/// The script with the first so many steps, and of the others only those of a file.
fn without_later_acts(script: &Scenario, taken: usize) -> Scenario {
    let mut script = script.clone();
    let mut place = 0;
    script.steps.retain(|step| {
        place += 1;
        place <= taken || step.line > 0
    });
    script
}
