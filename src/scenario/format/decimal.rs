//! Decimal numbers, read without the standard library's tables: for the page those are ten kilobytes
//! that no compression makes smaller.

/// Decimal places that are looked at: far more than any number of a scenario is kept with.
const PLACES_MAX: i32 = 19;
/// A number of so many is not multiplied by ten once more.
const DIGITS_FULL: u64 = 10_u64.pow(18);

/// The floating-point number nearest to a decimal one such as `-0.25` or `1e-3`; `None` for what is
/// none, and for what is larger than any number of a scenario may be.
pub fn decimal(text: &str) -> Option<f64> {
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, exponent.parse().ok()?),
        None => (text, 0_i32),
    };
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1.0, text),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut number, mut scale) = (0_u64, exponent);
    for (place, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
        let digit = char::from(byte).to_digit(10)?;
        if number < DIGITS_FULL {
            number = number * 10 + u64::from(digit);
            scale = scale.checked_sub(i32::from(place >= whole.len()))?;
        } else {
            scale = scale.checked_add(i32::from(place < whole.len()))?;
        }
    }
    while scale < -PLACES_MAX && number > 0 {
        number /= 10;
        scale += 1;
    }
    match u32::try_from(scale) {
        _ if number == 0 => Some(0.0),
        Ok(zeros) => Some(u128::from(number).checked_mul(10_u128.checked_pow(zeros)?)? as f64),
        Err(_) => Some(quotient(number, 10_u64.pow(scale.unsigned_abs()))),
    }
    .map(|size| sign * size)
}

/// A quotient, correctly rounded: more bits of it than fit, the last set if there are any beyond.
fn quotient(number: u64, by: u64) -> f64 {
    let shift = u128::from(number).leading_zeros();
    let (number, by) = (u128::from(number) << shift, u128::from(by));
    let bits = (number / by) | u128::from(!number.is_multiple_of(by));
    // A power of two: the second division rounds nothing.
    bits as f64 / (1_u128 << shift) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_read_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "-0.0",
            "1",
            "+1.5",
            ".5",
            "5.",
            "0.1",
            "0.3",
            "1e-3",
            "1E3",
            "-2.5e+2",
            "1.25",
            "0.30000000000000004",
            "9007199254740993",
            "123456789012345678901234",
            "0.1234567890123456",
            "00012.5000",
            "1e18",
        ] {
            assert_eq!(decimal(text), text.parse().ok(), "{text}");
        }
        assert_eq!(decimal("1e-400"), Some(0.0));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", ".", "-", "e1", "1e", "1e1.5", "1_0", "0x1", "nan", "inf", "1e99", "½",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_to_nine_places_is_read_exactly(billionths in 0..10_u64.pow(12)) {
            let text = format!("{}.{:09}", billionths / 1_000_000_000, billionths % 1_000_000_000);
            prop_assert_eq!(decimal(&text), text.parse().ok());
        }

        #[test]
        fn nothing_makes_it_panic(text in "[-+.eE0-9]{0,40}") {
            decimal(&text);
        }
    }
}
