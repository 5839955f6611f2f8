//! Values and latencies in the course of time.

use crate::raft::{Chunks, Span};

/// A value as it was at the end of each cell of time in which it changed. A clone is cheap.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    /// The cell, and the value at its end.
    points: Chunks<(u32, u32)>,
}

impl Series {
    /// At the end of that cell, which is after the last, it was that.
    pub(super) fn push(&mut self, cell: u32, value: u32) {
        debug_assert!(self.points.last().is_none_or(|&(at, _)| at < cell));
        if self.last() != value {
            self.points.push((cell, value));
        }
    }

    /// What it was last; before the first cell in which it changed, 0.
    pub(super) fn last(&self) -> u32 {
        self.points.last().map_or(0, |&(_, value)| value)
    }

    /// What it was at the end of that cell; before the first cell in which it changed, 0.
    pub(super) fn at(&self, cell: u32) -> u32 {
        match self.after(cell) {
            0 => 0,
            after => self.points[after - 1].1,
        }
    }

    /// How many points there are up to the end of that cell.
    pub(super) fn after(&self, cell: u32) -> usize {
        let (mut low, mut high) = (0, self.points.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.points.get(middle) {
                Some(&(at, _)) if at <= cell => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// The point at that place.
    pub(super) fn point(&self, place: usize) -> Option<(u32, u32)> {
        self.points.get(place).copied()
    }

    /// What was in that cell and after it is forgotten.
    pub(super) fn forget_from(&mut self, cell: u32) {
        while self.points.last().is_some_and(|&(at, _)| at >= cell) {
            self.points.pop();
        }
    }
}

/// How long things took that came to their end, in the order in which they did. A clone is cheap.
#[derive(Clone, Debug, Default)]
pub(super) struct Latencies {
    /// The cell in which it ended, and how many microseconds it had taken.
    all: Chunks<(u32, u32)>,
}

impl Latencies {
    pub(super) fn push(&mut self, cell: u32, took: Span) {
        let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
        self.all.push((cell, micros));
    }

    /// Only the first so many stay.
    pub(super) fn truncate(&mut self, kept: usize) {
        while self.all.len() > kept {
            self.all.pop();
        }
    }

    /// How many ended before that cell.
    fn before(&self, cell: u32) -> usize {
        let (mut low, mut high) = (0, self.all.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.all.get(middle) {
                Some(&(at, _)) if at < cell => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// Those that ended in the cells from `from` to before `to`, in microseconds.
    pub(super) fn within(&self, from: u32, to: u32) -> Vec<u32> {
        let places = self.before(from)..self.before(to);
        places.map(|place| self.all[place].1).collect()
    }
}
