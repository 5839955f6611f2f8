//! What is counted, as the page shows it.

use std::rc::Rc;

use crate::measure::{Bin, CELL, Traffic};
use crate::raft::{MessageKind, Span, Time};

/// What is counted of the branch that is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct MetricsView {
    /// The stretch of its time that is in view, in bins.
    pub bins: Vec<Bin>,
    /// How many bins there are before these.
    pub first: u32,
    /// The last of them.
    pub before: Option<Bin>,
    /// How many cells a bin has.
    pub width: u32,
    /// How far the branch has been run.
    pub end: Time,
    /// The time at the left edge.
    pub from: Time,
    /// The time at the right edge.
    pub axis: Time,
    /// Whether that is all of it.
    pub whole: bool,
    /// Whether all bins are there.
    pub complete: bool,
    /// The counts up to the playhead, in the order of [`Total::ALL`](crate::measure::Total::ALL).
    pub totals: Vec<u64>,
    /// What became of the messages of each kind up to there.
    pub traffic: Vec<(MessageKind, Traffic)>,
    /// And of all.
    pub all: Traffic,
    /// For how long nothing could be committed up to there.
    pub stood_still: Span,
    /// The playhead.
    pub now: Time,
    /// The same counts, for other programs.
    pub csv: Rc<str>,
}

impl MetricsView {
    /// How long a bin is.
    pub fn bin(&self) -> Span {
        CELL * u64::from(self.width)
    }

    /// When the bin at that place begins.
    pub fn begin(&self, place: usize) -> Time {
        Time((u64::from(self.first) + place as u64) * self.bin().as_micros())
    }

    /// When the bin at that place ends: it may be under way.
    pub fn until(&self, place: usize) -> Time {
        self.begin(place + 1).min(self.end)
    }

    /// In which bin that time is, of those that are there.
    pub fn place(&self, at: Time) -> usize {
        let place = at.0 / self.bin().as_micros().max(1);
        let place = place.saturating_sub(u64::from(self.first)) as usize;
        place.min(self.bins.len().saturating_sub(1))
    }

    /// Where on the axis a time is: 0 at the left edge, 1 at the right one.
    pub fn part(&self, at: Time) -> f64 {
        (at.0 as f64 - self.from.0 as f64) / self.axis.since(self.from).as_micros().max(1) as f64
    }
}
