//! Where in time the page is, as it shows it.

use std::rc::Rc;

use crate::raft::NodeSet;
use crate::scenario::{Step, words};
use crate::sim::Config;
use crate::timeline::{Branch, LaneChange, Mark, Timeline};

use super::super::shared::Shared;
use super::super::view::{BranchView, Change, Said, Strip, TimeView};
use super::Live;

/// What is shown of time, but for what is under way and what there is to say. Whether undoing, or doing
/// again, leads to another run, `turns` says.
pub(super) fn view(
    timeline: &Timeline,
    under_way: Option<Option<f32>>,
    said: Option<(u32, Said)>,
    turns: impl Fn(bool) -> bool,
) -> TimeView {
    let (branch, run) = (timeline.branch(), timeline.run());
    let change = |step: Option<&Step>, again| match step {
        Some(step) => Some(Change::Act(act(step))),
        None => turns(again).then_some(Change::Run),
    };
    TimeView {
        now: run.world().now(),
        end: branch.known_until(),
        until: (!run.goes_on()).then(|| run.scenario().until),
        branches: branches(timeline).collect(),
        under_way,
        undo: change(timeline.undoable(), false),
        redo: change(timeline.redoable(), true),
        said,
    }
}

/// What was done in a step, in words.
pub(super) fn act(step: &Step) -> Rc<str> {
    words::act(&step.verb).into()
}

fn branches(timeline: &Timeline) -> impl Iterator<Item = BranchView> {
    let shown = timeline.branch().id();
    timeline.branches().iter().map(move |branch| BranchView {
        id: branch.id(),
        parent: branch.parent(),
        begin: branch.begin().at,
        end: branch.known_until(),
        name: name(branch),
        shown: branch.id() == shown,
    })
}

/// What was done where the branch begins; the first branch begins with nothing.
pub(super) fn name(branch: &Branch) -> Option<Rc<str>> {
    branch.act().map(act)
}

impl Strip for Live {
    fn run(&self) -> Shared<Config> {
        Shared::new(&self.0.borrow().started_with.0)
    }

    fn lanes(&self, from: u64, each: &mut dyn FnMut(&LaneChange)) {
        let state = self.0.borrow();
        let lanes = state.timeline.branch().lanes();
        let before = lanes.partition_point(|change| change.tick < from);
        lanes[before..].iter().for_each(each);
    }

    fn nodes(&self) -> NodeSet {
        self.0.borrow().timeline.branch().nodes()
    }

    fn changes(&self) -> usize {
        let state = self.0.borrow();
        let branch = state.timeline.branch();
        branch.lanes().len() + branch.marks().len()
    }

    fn marks(&self, from: u64, each: &mut dyn FnMut(&Mark)) {
        let state = self.0.borrow();
        let marks = state.timeline.branch().marks();
        let before = marks.partition_point(|mark| mark.tick < from);
        marks[before..].iter().for_each(each);
    }
}
