//! What the page keeps of what happens: the event log of each branch, what was lost lately, and
//! which parts of the view may have changed.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::raft::{Span, Time};
use crate::scenario::Run;
use crate::sim::World;
use crate::timeline::{BranchId, Timeline};

use super::super::view::Death;
use super::clock::Slice;
use super::flights;
use super::log::LiveLog;
use super::parts::Parts;
use super::refill::{self, Refill};

/// For how much simulated time a lost message is still drawn.
const DEATH_SHOWN: Span = Span::from_millis(30);
/// How many events are gone through again for the log between two looks at the clock.
const REFILL_SLICE: usize = 100;

/// What is kept.
pub(super) struct Watch {
    pub(super) parts: Parts,
    /// What was lost in the last event, and as one came there, shortly before.
    pub(super) deaths: VecDeque<Death>,
    /// The log of each branch that has been shown.
    logs: Vec<(BranchId, Rc<LiveLog>)>,
    branch: BranchId,
    /// The event from which on back the log may lack lines that it had.
    lacks: Option<u64>,
    refill: Option<Refill>,
}

impl Watch {
    /// Of a run at its start.
    pub(super) fn new(run: &Run, branch: BranchId) -> Self {
        Self {
            parts: Parts::of(run),
            deaths: VecDeque::new(),
            logs: vec![(branch, Rc::default())],
            branch,
            lacks: None,
            refill: None,
        }
    }

    /// The log of the branch that is shown.
    pub(super) fn log(&self) -> Rc<LiveLog> {
        self.log_of(self.branch).cloned().unwrap_or_default()
    }

    fn log_of(&self, branch: BranchId) -> Option<&Rc<LiveLog>> {
        let log = self.logs.iter().find(|(id, _)| *id == branch);
        log.map(|(_, log)| log)
    }

    /// Something happens before the user's eyes.
    pub(super) fn observe(&mut self, run: &Run) {
        let world = run.world();
        self.log().record(world);
        self.deaths.extend(lost(world));
        self.forget_deaths(world.now());
        self.parts.observe(world);
    }

    /// Something happens on the way to the moment that will be shown: only the log goes on with it.
    pub(super) fn pass(&self, run: &Run) {
        self.log().record(run.world());
    }

    fn set_log(&mut self, log: Rc<LiveLog>) {
        self.logs.retain(|(id, _)| *id != self.branch);
        self.logs.push((self.branch, log));
    }

    /// A branch has begun here, after that event, and is shown.
    pub(super) fn fork(&mut self, branch: BranchId, begin: u64) {
        let log = self.log().up_to(begin);
        self.branch = branch;
        self.set_log(Rc::new(log));
    }

    /// Another branch is shown.
    pub(super) fn show(&mut self, branch: BranchId) {
        self.branch = branch;
        if self.log_of(branch).is_none() {
            self.set_log(Rc::default());
        }
    }

    /// A branch is forgotten.
    pub(super) fn discard(&mut self, branch: BranchId) {
        self.logs.retain(|(id, _)| *id != branch);
    }

    /// The playhead is somewhere else: everything may have changed, and nothing is left of how it was
    /// where one came from.
    pub(super) fn moved(&mut self, run: &Run) {
        let world = run.world();
        self.parts.renew();
        self.deaths.clear();
        self.deaths.extend(lost(world));
        self.forget_deaths(world.now());
        if !self.log().covers(world.events()) {
            self.set_log(Rc::new(LiveLog::after(world.events())));
        }
        self.lacks = Some(world.events());
        self.refill = None;
        self.settle(run);
    }

    /// Nothing more happens before the run is shown.
    pub(super) fn settle(&mut self, run: &Run) {
        self.log().show(run.world().events());
    }

    /// Finds lines of the log again that it lacks, for so long at the most; says whether it now has
    /// more.
    pub(super) fn refill(&mut self, timeline: &Timeline, slice: &Slice) -> bool {
        let mut has_more = false;
        while let Some(from) = self.lacks {
            let log = self.log();
            let begin = log.begin();
            if log.shown() >= refill::LINES
                || begin == 0
                || from.saturating_sub(begin) >= refill::EVENTS_MAX
            {
                (self.lacks, self.refill) = (None, None);
                break;
            }
            let refill = self.refill.take();
            // The oldest lines may have gone while it was on its way.
            let refill = refill.filter(|refill| refill.end() == begin);
            let mut refill = refill.unwrap_or_else(|| Refill::before(timeline, begin));
            match refill.work(REFILL_SLICE) {
                Some((begin, earlier)) => {
                    self.set_log(Rc::new(log.with_earlier(begin, earlier)));
                    has_more = true;
                }
                None => self.refill = Some(refill),
            }
            if slice.is_over() {
                break;
            }
        }
        has_more
    }

    fn forget_deaths(&mut self, now: Time) {
        let is_over = |death: &mut Death| now.0.saturating_sub(death.at.0) > DEATH_SHOWN.0;
        while self.deaths.pop_front_if(is_over).is_some() {}
    }
}

/// What was lost in the world's last event.
fn lost(world: &World) -> impl Iterator<Item = Death> {
    let at = world.last_event();
    world.lost().iter().map(move |flight| Death {
        flight: flights::of_message(flight),
        at,
    })
}
