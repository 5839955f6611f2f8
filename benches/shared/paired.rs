//! Honest comparisons on a machine that others use too: what is compared runs by turns in one process,
//! and is told as the ratio of each pair.

use std::time::Duration;

use crate::timing::{median, processor_time};
use crate::work::Work;

/// What the repetitions of a comparison gave, each sorted.
pub struct Paired {
    /// How many times as long the other took, pair by pair.
    ratios: Vec<f64>,
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

impl Paired {
    /// Times both so many times, after once untimed; who begins changes from pair to pair. Each makes
    /// ready what it needs and returns the work that is timed.
    pub fn measure<A, B>(repetitions: usize, ours: impl Fn() -> A, theirs: impl Fn() -> B) -> Self
    where
        A: Work,
        B: Work,
    {
        let pairs = (0..=repetitions).map(|repetition| {
            if repetition % 2 == 0 {
                let first = processor_time(ours());
                (first, processor_time(theirs()))
            } else {
                let first = processor_time(theirs());
                (processor_time(ours()), first)
            }
        });
        let pairs: Vec<(Duration, Duration)> = pairs.skip(1).collect();
        let ratio =
            |(ours, theirs): &(Duration, Duration)| theirs.as_secs_f64() / ours.as_secs_f64();
        let mut paired = Self {
            ratios: pairs.iter().map(ratio).collect(),
            ours: pairs.iter().map(|pair| pair.0).collect(),
            theirs: pairs.iter().map(|pair| pair.1).collect(),
        };
        paired.ratios.sort_by(f64::total_cmp);
        paired.ours.sort();
        paired.theirs.sort();
        paired
    }

    /// The median of the ratios, and between which they lie: `2.31 (1.90..2.64)`.
    pub fn ratio(&self) -> String {
        let (least, most) = (self.ratios[0], self.ratios[self.ratios.len() - 1]);
        format!("{:.2} ({least:.2}..{most:.2})", median(&self.ratios))
    }

    /// The medians of both.
    pub fn medians(&self) -> (Duration, Duration) {
        (median(&self.ours), median(&self.theirs))
    }
}
