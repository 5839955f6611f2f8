//! What happened in the stretch that is in view, and some around it: found again a part of a frame at a
//! time, and kept for as long as it is looked at.

use crate::raft::Time;
use crate::sim::Config;
use crate::timeline::spacetime::SpaceTime;
use crate::timeline::{Branch, BranchId};
use crate::ui::axis::Window;
use crate::ui::shared::Shared;

use super::super::live::Slice;

/// How long a frame may be at work on it, in milliseconds.
const MILLIS: f64 = 4.0;
/// How many things are gone through between two looks at the clock.
const SLICE: usize = 64;
/// Where so many things were done, only what the timeline keeps is shown.
const GLANCE_MAX: u64 = 2_048;
/// The most points that are kept.
const KEPT_MAX: usize = 6_000;
/// The most points that are drawn.
const DRAWN_MAX: usize = 2_000;
/// How much of the window is looked for before it, and after.
const AROUND: f64 = 0.5;

/// What is known of a branch.
#[derive(Default)]
pub(super) struct Store {
    of: Option<(Shared<Config>, BranchId)>,
    shown: Option<SpaceTime>,
    /// What will be shown instead.
    next: Option<SpaceTime>,
    /// A stretch in which there was too much.
    full: Option<Window>,
    is_dense: bool,
    /// How often what is shown has changed.
    version: u64,
}

impl Store {
    /// Looks at that branch of that run; says whether it is another one.
    pub(super) fn look_at(&mut self, run: &Shared<Config>, branch: &Branch) -> bool {
        let of = Some((run.clone(), branch.id()));
        if self.of == of {
            return false;
        }
        *self = Self {
            of,
            version: self.version + 1,
            ..Self::default()
        };
        true
    }

    /// Looks for what is in the window, for a part of a frame.
    pub(super) fn work(&mut self, branch: &Branch, window: Window) {
        let end = branch.end().at.0 as f64;
        let (from, until) = (time(window.from), time(window.until().min(end)));
        let is_full = |full: Window| window.from <= full.from && full.until() <= window.until();
        if self.full.is_some_and(is_full) || SpaceTime::at_least(branch, from, until) > GLANCE_MAX {
            return self.give_up(None);
        }
        self.full = None;
        let around = window.span * AROUND;
        let slice = Slice::of(MILLIS);
        let has = |stretch: &SpaceTime, from| {
            stretch.begin() <= from && stretch.until().is_some_and(|until| until >= from)
        };
        let late = time((window.until() + around).min(end));
        let shown = self.shown.as_mut().filter(|shown| has(shown, from));
        let is_there = shown
            .as_ref()
            .is_some_and(|shown| shown.until() >= Some(until));
        let is_large = shown
            .as_ref()
            .is_some_and(|shown| shown.points().len() > KEPT_MAX);
        if let Some(shown) = shown
            && !is_large
        {
            (self.next, self.is_dense) = (None, false);
            if !is_there || shown.until() < Some(late) {
                self.version += grow(shown, branch, late, &slice);
            }
            return;
        }
        let begin = time(window.from - around);
        let next = self.next.take().filter(|next| {
            // It is on its way to where the window is, or was a moment ago.
            next.begin() <= from && next.begin().0 as f64 >= window.from - 4.0 * window.span
        });
        let mut next = next.unwrap_or_else(|| SpaceTime::from(branch, begin));
        grow(&mut next, branch, late, &slice);
        if next.points().len() > KEPT_MAX {
            return self.give_up(Some(window));
        }
        match next.until() >= Some(until) {
            true => {
                (self.shown, self.is_dense) = (Some(next), false);
                self.version += 1;
            }
            false => self.next = Some(next),
        }
    }

    fn give_up(&mut self, full: Option<Window>) {
        self.full = full.or(self.full);
        (self.shown, self.next) = (None, None);
        self.version += u64::from(!self.is_dense);
        self.is_dense = true;
    }

    /// What is there to be drawn of the window: nothing, when it would be too much to see anything.
    pub(super) fn drawn(&self, window: Window) -> Option<&SpaceTime> {
        let shown = self.shown.as_ref()?;
        let points = shown.points();
        let before = points.partition_point(|point| (point.at.0 as f64) < window.from);
        let until = points.partition_point(|point| point.at.0 as f64 <= window.until());
        (until - before <= DRAWN_MAX).then_some(shown)
    }

    /// Whether there is too much in the window to look for it, or to draw it.
    pub(super) fn is_dense(&self, window: Window) -> bool {
        self.is_dense || self.shown.is_some() && self.drawn(window).is_none()
    }

    /// A number that changes with what there is.
    pub(super) const fn version(&self) -> u64 {
        self.version
    }
}

/// Goes on to that time, for as long as there is of the frame; says how much has changed: 0 or 1.
fn grow(stretch: &mut SpaceTime, branch: &Branch, until: Time, slice: &Slice) -> u64 {
    let before = (stretch.points().len(), stretch.until());
    while !stretch.work(branch, until, SLICE)
        && stretch.points().len() <= KEPT_MAX
        && !slice.is_over()
    {}
    u64::from(before != (stretch.points().len(), stretch.until()))
}

fn time(micros: f64) -> Time {
    // Before the start there is nothing.
    Time(micros.max(0.0) as u64)
}
