//! Randomness in separate streams, each derived from the seed by name, so that dropping one message
//! does not reshuffle everything else.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use crate::raft::Span;

use super::config::{Probability, SpanRange};
use super::digest::Digest;

/// One stream of random numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stream(Pcg32);

impl Stream {
    /// The stream of that name and number of a run's seed.
    pub fn new(seed: u64, name: &str, number: u64) -> Self {
        let mut digest = Digest::default();
        digest.add(seed);
        for byte in name.bytes() {
            digest.add(u64::from(byte));
        }
        digest.add(number);
        Self(Pcg32::seed_from_u64(digest.value()))
    }

    /// Uniform from the range.
    pub fn span(&mut self, range: SpanRange) -> Span {
        let (low, high) = (range.low().as_micros(), range.high().as_micros());
        if low == high {
            Span(low)
        } else {
            Span(self.0.random_range(low..=high))
        }
    }

    /// Whether what is so likely happens. What never does draws nothing.
    pub fn happens(&mut self, probability: Probability) -> bool {
        probability != Probability::NEVER
            && self.0.random_range(0..Probability::ONE) < probability.numerator()
    }

    /// Uniform below `bound`.
    ///
    /// # Panics
    /// When `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0.random_range(0..bound)
    }
}
