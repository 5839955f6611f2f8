//! What is counted of the branch that is shown: made again when it has changed, and while time runs a few
//! times a second.

use std::rc::Rc;

use crate::measure::{Metrics, Plot, Total, totals_csv};
use crate::raft::{MessageKind, Time};
use crate::timeline::{BranchId, Moment, Timeline};

use super::super::view::MetricsView;

/// For how long it is shown while time runs, in milliseconds.
const SHOWN_MS: f64 = 200.0;
/// About so many bins the time is divided into, at the most.
const BINS: u64 = 80;

/// What was made.
#[derive(Default)]
pub(super) struct Counted {
    /// The bins, of which branch.
    plot: Option<(BranchId, Plot)>,
    view: Option<(Print, f64, Rc<MetricsView>)>,
}

/// What it was made of: the branch, how far that has been run, where the playhead is, and the time at the
/// right edge.
type Print = (BranchId, Moment, Moment, Time);

impl Counted {
    /// As it is now; whether there is more to count.
    #[inline(never)]
    pub(super) fn view(
        &mut self,
        timeline: &Timeline,
        axis: Time,
        playing: bool,
    ) -> (Rc<MetricsView>, bool) {
        let branch = timeline.branch();
        let print = (branch.id(), branch.end(), timeline.moment(), axis);
        let now = js_sys::Date::now();
        if let Some((made_of, at, view)) = &self.view
            && view.complete
            && (*made_of == print || playing && now - at < SHOWN_MS)
        {
            return (view.clone(), false);
        }
        let width = width(axis);
        let plot = match self.plot.take() {
            Some((id, plot)) if id == branch.id() && plot.width() == width => plot,
            _ => Plot::of(width),
        };
        let (_, plot) = self.plot.insert((branch.id(), plot));
        let complete = plot.make(branch.metrics(), Metrics::cell(branch.end().at));
        let view = Rc::new(made(timeline, plot, axis, complete));
        self.view = Some((print, now, view.clone()));
        (view, !complete)
    }
}

fn made(timeline: &Timeline, plot: &Plot, axis: Time, complete: bool) -> MetricsView {
    let run = timeline.run();
    let (world, tallies) = (run.world(), run.tallies());
    let count = |total| tallies.total(world, total);
    let kinds = MessageKind::ALL.into_iter();
    MetricsView {
        bins: plot.bins().to_vec(),
        width: plot.width(),
        end: timeline.branch().end().at,
        axis,
        complete,
        totals: Total::ALL.into_iter().map(count).collect(),
        traffic: kinds.map(|kind| (kind, tallies.traffic(kind))).collect(),
        all: tallies.all_traffic(),
        stood_still: tallies.stood_still(world.now()),
        now: world.now(),
        csv: totals_csv(world, tallies).into(),
    }
}

/// How many cells a bin has: a round number of them.
fn width(axis: Time) -> u32 {
    let cells = u64::from(Metrics::cell(axis)) + 1;
    let mut unit = 1;
    loop {
        let round = [1, 2, 5].map(|of| of * unit);
        if let Some(&width) = round.iter().find(|&&width| cells.div_ceil(width) <= BINS) {
            return u32::try_from(width).unwrap_or(u32::MAX);
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn there_are_never_too_many_bins() {
        for (seconds, cells) in [(0, 1), (1, 1), (3, 2), (60, 50), (3_600, 5_000)] {
            assert_eq!(width(Time(seconds * 1_000_000)), cells);
        }
    }
}
