//! The time that the strip and the plots show.

use crate::raft::Time;

/// The time at the right edge: the end of the scenario, or a round time not before the end of what
/// has been run, so that what is drawn seldom moves as time goes on.
pub(super) fn axis(end: Time, until: Option<Time>) -> Time {
    match until {
        Some(until) => until.max(end).max(Time(1)),
        None => {
            let mut unit = 10_000;
            loop {
                let round = [10, 15, 20, 30, 40, 60, 80].map(|of| of * unit);
                if let Some(&at) = round.iter().find(|&&at| at >= end.0) {
                    return Time(at);
                }
                unit *= 10;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::axis;
    use crate::raft::Time;

    #[test]
    fn the_axis_ends_at_a_round_time_that_is_not_before_the_end() {
        for (end, round) in [
            (0, 100_000),
            (100_000, 100_000),
            (100_001, 150_000),
            (810_000, 1_000_000),
            (86_400_000_000, 100_000_000_000),
        ] {
            assert_eq!(axis(Time(end), None), Time(round));
        }
    }

    #[test]
    fn a_scenario_is_seen_to_its_end() {
        assert_eq!(axis(Time(5), Some(Time(900))), Time(900));
        assert_eq!(axis(Time::ZERO, Some(Time::ZERO)), Time(1));
    }
}
