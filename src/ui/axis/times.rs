//! Times on the edge of a view.

use crate::raft::Time;

/// The round time, in microseconds, that is not less: one at the least.
pub(in crate::ui) fn round(micros: f64) -> u64 {
    let mut unit = 1;
    loop {
        for times in [1, 2, 5] {
            if (times * unit) as f64 >= micros {
                return times * unit;
            }
        }
        unit *= 10;
    }
}

/// A time, with as many decimals as tell it from one that is a step further.
pub(in crate::ui) fn seconds(at: u64, step: u64) -> String {
    let whole = Time(at).to_string();
    // It has six decimals, and the unit.
    let (number, unit) = whole.split_once(' ').unwrap_or((&whole, ""));
    let cut = match step.to_string().len() - 1 {
        zeros if zeros < 6 => zeros,
        // The point goes with them.
        _ => 7,
    };
    format!("{} {unit}", &number[..number.len() - cut])
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn times_are_round_and_as_exact_as_they_need_be() {
        assert_eq!(round(0.4), 1);
        assert_eq!(round(12_000.0), 20_000);
        assert_eq!(round(700_000.0), 1_000_000);
        assert_eq!(seconds(1_250_000, 50_000), "1.25 s");
        assert_eq!(seconds(1_250_000, 1), "1.250000 s");
        assert_eq!(seconds(12_000_000, 2_000_000), "12 s");
    }
}
