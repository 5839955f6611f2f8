//! The clock of one node: how fast it goes against true time, and what it shows.
//!
//! All in whole numbers. A clock never stops and never goes back: neither when its node is paused or
//! down, nor when its rate changes.

use std::fmt;

use crate::raft::{Span, Time, write_decimal};

/// Parts of a clock's microsecond: a rate is so many of them to a microsecond of true time.
const PARTS: u32 = 1_000_000;

/// The rate of a clock against true time, in millionths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClockRate(u32);

impl ClockRate {
    /// True time.
    pub const TRUE: Self = Self(PARTS);
    /// Half of it.
    pub const HALF: Self = Self(PARTS / 2);
    /// Twice it.
    pub const DOUBLE: Self = Self(PARTS * 2);
    /// A hundredth of it, the slowest that a clock may be.
    pub const SLOWEST: Self = Self(PARTS / 100);
    /// A hundred times it, the fastest that a clock may be.
    pub const FASTEST: Self = Self(PARTS * 100);

    /// The nearest to `rate`; `None` when that is not from 0.01 to 100.
    pub fn new(rate: f64) -> Option<Self> {
        let (slowest, fastest) = (Self::SLOWEST.as_f64(), Self::FASTEST.as_f64());
        (slowest..=fastest)
            .contains(&rate)
            .then(|| Self((rate * f64::from(PARTS)).round() as u32))
    }

    /// As a number, for showing: 1 is true time.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(PARTS)
    }

    /// How long such a clock takes to go on by `span`, in true time.
    pub fn true_span(self, span: Span) -> Span {
        let parts = u128::from(span.0) * u128::from(PARTS);
        Span(whole(parts.div_ceil(u128::from(self.0))))
    }
}

impl Default for ClockRate {
    fn default() -> Self {
        Self::TRUE
    }
}

impl fmt::Display for ClockRate {
    /// As in scenario files: `1.2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.0.into(), PARTS.into())
    }
}

/// A clock that runs.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Clock {
    rate: ClockRate,
    /// Since when it has had that rate, in true time.
    since: Time,
    /// What it showed then.
    showed: Time,
    /// What it had gone on beyond that; less than [`PARTS`].
    parts: u32,
}

impl Clock {
    /// One that shows 0 at the start of the run.
    pub(super) fn new(rate: ClockRate) -> Self {
        Self {
            rate,
            ..Self::default()
        }
    }

    pub(super) const fn rate(&self) -> ClockRate {
        self.rate
    }

    /// What it shows at the true time `now`.
    pub(super) fn shows(&self, now: Time) -> Time {
        let elapsed = now.since(self.since);
        if self.rate == ClockRate::TRUE {
            return self.showed + elapsed;
        }
        self.showed + Span(whole(self.parts_after(elapsed) / u128::from(PARTS)))
    }

    /// The first true time at which it shows `reading`, or `now` when it does already.
    pub(super) fn true_time(&self, reading: Time, now: Time) -> Time {
        let ahead = u128::from(reading.since(self.showed).0) * u128::from(PARTS);
        let left = ahead.saturating_sub(u128::from(self.parts));
        let elapsed = whole(left.div_ceil(u128::from(self.rate.0)));
        (self.since + Span(elapsed)).max(now)
    }

    /// From the true time `now` on it has another rate.
    pub(super) fn set_rate(&mut self, rate: ClockRate, now: Time) {
        let parts = self.parts_after(now.since(self.since)) % u128::from(PARTS);
        *self = Self {
            rate,
            since: now,
            showed: self.shows(now),
            parts: parts as u32,
        };
    }

    fn parts_after(&self, elapsed: Span) -> u128 {
        u128::from(elapsed.0) * u128::from(self.rate.0) + u128::from(self.parts)
    }
}

/// A time beyond what can be told is the end of time.
fn whole(micros: u128) -> u64 {
    u64::try_from(micros).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(rate: f64) -> ClockRate {
        ClockRate::new(rate).expect("it is from 0.01 to 100")
    }

    #[test]
    fn a_rate_is_from_a_hundredth_to_a_hundred() {
        for (number, shown) in [(0.01, "0.01"), (1.0, "1"), (1.2, "1.2"), (100.0, "100")] {
            assert_eq!(rate(number).to_string(), shown);
        }
        for wrong in [0.0, -1.0, 0.0099, 100.1, f64::NAN, f64::INFINITY] {
            assert_eq!(ClockRate::new(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_clock_goes_on_from_what_it_showed_when_its_rate_changes() {
        let mut clock = Clock::new(ClockRate::TRUE);
        assert_eq!(clock.shows(Time(1_000)), Time(1_000));
        clock.set_rate(rate(1.5), Time(1_000));
        assert_eq!(clock.shows(Time(1_003)), Time(1_004));
        clock.set_rate(rate(0.5), Time(1_003));
        // The half that had gone by is not lost.
        assert_eq!(clock.shows(Time(1_004)), Time(1_005));
        assert_eq!(rate(0.5).true_span(Span(3)), Span(6));
    }

    proptest! {
        #[test]
        fn a_reading_is_shown_from_its_true_time_on_and_not_before(
            rates in prop::collection::vec((1_u32..=10_000, 0_u64..2_000_000), 1..5),
            ahead in 0_u64..5_000_000,
        ) {
            let mut clock = Clock::default();
            let mut now = Time::ZERO;
            for (hundredths, later) in rates {
                clock.set_rate(rate(f64::from(hundredths) / 100.0), now);
                let before = clock.shows(now);
                now = now + Span(later);
                prop_assert!(clock.shows(now) >= before);
            }
            let reading = clock.shows(now) + Span(ahead);
            let at = clock.true_time(reading, now);
            prop_assert!(clock.shows(at) >= reading);
            prop_assert!(at == now || clock.shows(Time(at.0 - 1)) < reading);
        }
    }
}
