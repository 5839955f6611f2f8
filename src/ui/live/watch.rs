//! What the page keeps of what happens: the event log of each branch, what was lost lately, and
//! which parts of the view may have changed.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::raft::{Span, Time};
use crate::scenario::Run;
use crate::timeline::BranchId;

use super::super::view::Death;
use super::flights;
use super::log::LiveLog;
use super::parts::Parts;

/// For how much simulated time a lost message is still drawn.
const DEATH_SHOWN: Span = Span::from_millis(30);

/// What is kept.
pub(super) struct Watch {
    pub(super) parts: Parts,
    pub(super) deaths: VecDeque<Death>,
    /// The log of each branch that has been shown.
    logs: Vec<(BranchId, Rc<LiveLog>)>,
    branch: BranchId,
}

impl Watch {
    /// Of a run at its start.
    pub(super) fn new(run: &Run, branch: BranchId) -> Self {
        Self {
            parts: Parts::of(run),
            deaths: VecDeque::new(),
            logs: vec![(branch, Rc::default())],
            branch,
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

    /// Something has happened in the world, or happens again.
    pub(super) fn observe(&mut self, run: &Run) {
        let world = run.world();
        let mut log = self.log();
        if !log.goes_on_with(world) {
            log = Rc::new(LiveLog::beginning_with(world));
            self.set_log(log.clone());
        }
        log.record(world);
        let at = world.now();
        let lost = world.lost().iter().map(|flight| Death {
            flight: flights::of_message(flight),
            at,
        });
        self.deaths.extend(lost);
        self.forget_deaths(at);
        self.parts.observe(world);
    }

    fn set_log(&mut self, log: Rc<LiveLog>) {
        self.logs.retain(|(id, _)| *id != self.branch);
        self.logs.push((self.branch, log));
    }

    /// Another branch is shown, which has begun after that event of the one before, if it is new.
    pub(super) fn show(&mut self, branch: BranchId, begin: Option<u64>) {
        let before = self.log();
        self.branch = branch;
        if self.log_of(branch).is_none() {
            self.set_log(Rc::new(before.up_to(begin.unwrap_or_default())));
        }
    }

    /// A branch is forgotten.
    pub(super) fn discard(&mut self, branch: BranchId) {
        self.logs.retain(|(id, _)| *id != branch);
    }

    /// The playhead is somewhere else: everything may have changed.
    pub(super) fn moved(&mut self, run: &Run) {
        self.parts.renew();
        let now = run.world().now();
        self.deaths.retain(|death| death.at <= now);
        self.forget_deaths(now);
        self.settle(run);
    }

    /// Nothing more happens before the run is shown.
    pub(super) fn settle(&mut self, run: &Run) {
        self.log().show(run.world().events());
    }

    fn forget_deaths(&mut self, now: Time) {
        let is_over = |death: &mut Death| now.0.saturating_sub(death.at.0) > DEATH_SHOWN.0;
        while self.deaths.pop_front_if(is_over).is_some() {}
    }
}
