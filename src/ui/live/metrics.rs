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
    /// From when to when it is looked at; `None`: all of it.
    within: Option<(Time, Time)>,
    view: Option<(Print, f64, Rc<MetricsView>)>,
}

/// What it was made of: the branch, how far that has been run, where the playhead is, and the times at the
/// edges.
type Print = (BranchId, Moment, Moment, (Time, Time));

impl Counted {
    /// It is looked at from then to then, or all of it.
    pub(super) const fn look(&mut self, within: Option<(Time, Time)>) {
        self.within = within;
    }

    /// As it is now; whether there is more to count.
    #[inline(never)]
    pub(super) fn view(
        &mut self,
        timeline: &Timeline,
        axis: Time,
        playing: bool,
    ) -> (Rc<MetricsView>, bool) {
        let branch = timeline.branch();
        let edges = self.within.unwrap_or((Time::ZERO, axis));
        let print = (branch.id(), branch.end(), timeline.moment(), edges);
        let now = js_sys::Date::now();
        if let Some((made_of, at, view)) = &self.view
            && view.complete
            && (*made_of == print || playing && made_of.3 == edges && now - at < SHOWN_MS)
        {
            return (view.clone(), false);
        }
        let width = width(Time(edges.1.since(edges.0).as_micros()));
        let plot = match self.plot.take() {
            Some((id, plot)) if id == branch.id() && plot.width() == width => plot,
            _ => Plot::of(width),
        };
        let (_, plot) = self.plot.insert((branch.id(), plot));
        // The bin before the first tells how much has grown in that.
        let first = (Metrics::cell(edges.0) / width).saturating_sub(1) * width;
        let cells = first..=Metrics::cell(edges.1);
        let complete = plot.make(branch.metrics(), cells, Metrics::cell(branch.end().at));
        let whole = self.within.is_none();
        let view = Rc::new(made(timeline, plot, edges, whole, complete));
        self.view = Some((print, now, view.clone()));
        (view, !complete)
    }
}

fn made(
    timeline: &Timeline,
    plot: &Plot,
    (from, axis): (Time, Time),
    whole: bool,
    complete: bool,
) -> MetricsView {
    let run = timeline.run();
    let (world, tallies) = (run.world(), run.tallies());
    let count = |total| tallies.total(world, total);
    let kinds = MessageKind::ALL.into_iter();
    let mut bins = plot.bins().to_vec();
    let has_before = Metrics::cell(from) / plot.width() > plot.first() && !bins.is_empty();
    let before = has_before.then(|| bins.remove(0));
    MetricsView {
        bins,
        first: plot.first() + u32::from(before.is_some()),
        before,
        from,
        whole,
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
