//! What is counted of a stretch of a branch, in bins of equal width.

use std::ops::RangeInclusive;

use super::metrics::{Latency, Measure, Metrics};

/// So many latencies are put in order in one go: a part of a millisecond's work.
const WORK: usize = 8_000;

/// The latency that half and all but a hundredth do not exceed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Percentiles {
    /// How many there are.
    pub count: u32,
    /// That of the one in the middle, in microseconds.
    pub p50: u32,
    /// That of the one of which a hundredth is above, in microseconds.
    pub p99: u32,
}

impl Percentiles {
    /// Of those; `None`: there are none.
    pub fn of(mut latencies: Vec<u32>) -> Option<Self> {
        let count = latencies.len();
        // The nearest rank: the least that so many hundredths do not exceed.
        let mut rank = |hundredths: usize| {
            let place = (count * hundredths).div_ceil(100).checked_sub(1)?;
            Some(*latencies.select_nth_unstable(place).1)
        };
        Some(Self {
            p50: rank(50)?,
            p99: rank(99)?,
            count: u32::try_from(count).unwrap_or(u32::MAX),
        })
    }
}

/// A piece of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bin {
    values: [u32; Measure::COUNT],
    /// Whether, at the end of some cell of it, nothing could be committed.
    pub stood_still: bool,
    /// How long commitment took of what was committed in it.
    pub commit: Option<Percentiles>,
    /// How long clients waited for what they were answered in it.
    pub operation: Option<Percentiles>,
}

impl Bin {
    fn of(metrics: &Metrics, from: u32, to: u32) -> (Self, usize) {
        let latencies =
            [Latency::Commit, Latency::Operation].map(|of| metrics.latencies(of, from, to));
        let work = latencies[0].len() + latencies[1].len();
        let [commit, operation] = latencies.map(Percentiles::of);
        let mut values = [0; Measure::COUNT];
        for measure in Measure::all() {
            values[measure.place()] = metrics.at(measure, to - 1);
        }
        let stood_still = metrics.was_zero(Measure::CanCommit, from, to);
        let bin = Self {
            values,
            stood_still,
            commit,
            operation,
        };
        (bin, work)
    }

    /// What a value was at its end.
    pub const fn value(&self, measure: Measure) -> u32 {
        self.values[measure.place()]
    }

    /// How much a count grew in it, the one before being that; `None`: it is the first.
    pub fn grown(&self, measure: Measure, before: Option<&Self>) -> u32 {
        let before = before.map_or(0, |before| before.value(measure));
        self.value(measure).saturating_sub(before)
    }
}

/// So many complete bins are kept at the most.
const KEPT: usize = 512;

/// Bins that are made as they are wanted. Of a branch, what is complete stays.
#[derive(Clone, Debug)]
pub struct Plot {
    /// How many cells a bin has.
    width: u32,
    /// The complete ones that are known, by their places from the start, in order of these.
    known: Vec<(u32, Bin)>,
    /// The place of the first of those that are wanted.
    first: u32,
    bins: Vec<Bin>,
}

impl Plot {
    /// No bins yet, of so many cells each.
    pub const fn of(width: u32) -> Self {
        Self {
            width,
            known: Vec::new(),
            first: 0,
            bins: Vec::new(),
        }
    }

    /// How many cells a bin has.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Makes the bins in which those cells are, up to the one in which `end` is, a cell, in which more may
    /// happen yet; does so much of it as takes a part of a frame, and says whether that was all.
    pub fn make(&mut self, metrics: &Metrics, cells: RangeInclusive<u32>, end: u32) -> bool {
        self.first = cells.start() / self.width;
        self.bins.clear();
        let last = (*cells.end()).min(end) / self.width;
        let mut done = 0;
        for place in self.first..=last {
            let known = self.known.binary_search_by_key(&place, |&(place, _)| place);
            let unknown = match known {
                Ok(known) => {
                    self.bins.push(self.known[known].1.clone());
                    continue;
                }
                Err(unknown) => unknown,
            };
            if done > WORK {
                return false;
            }
            let from = place * self.width;
            // Who plays a trace may have come to any time.
            let to = from.checked_add(self.width);
            let (bin, work) = Bin::of(metrics, from, to.unwrap_or(u32::MAX));
            // A bin by itself is some work, too.
            done += work + WORK / 64;
            self.bins.push(bin.clone());
            if to.is_some_and(|to| to <= end) {
                if self.known.len() < KEPT {
                    self.known.insert(unknown, (place, bin));
                } else {
                    self.known = vec![(place, bin)];
                }
            }
        }
        true
    }

    /// The place of the first bin that was made, from the start.
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// Those that were made.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }
}
