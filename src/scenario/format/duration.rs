//! Durations and ranges as written in files: `"150ms"`, `"1.5s"`, `"10ms..15ms"`.

use crate::raft::Span;
use crate::sim::SpanRange;

use super::MAX_DURATION;
use super::words::clip;

/// The units, the longer names first, and how many microseconds each is.
const UNITS: [(&str, u64); 4] = [
    ("us", 1),
    ("ms", 1_000),
    ("s", 1_000_000),
    ("m", 60_000_000),
];

/// The duration that `text` says, or what is wrong with it.
pub(super) fn duration(text: &str) -> Result<Span, String> {
    let wrong = || {
        format!(
            "\"{}\" is not a duration; one is a number and a unit (us, ms, s, m), such as \"150ms\"",
            clip(text)
        )
    };
    let (number, unit) = UNITS
        .iter()
        .find_map(|&(name, unit)| text.strip_suffix(name).map(|number| (number, unit)))
        .ok_or_else(wrong)?;
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return Err(wrong()),
        None => (number, ""),
    };
    if !is_digits(whole) {
        return Err(wrong());
    }
    let whole = digits(whole).and_then(|whole| whole.checked_mul(unit));
    let micros = match (whole, part_of(fraction, unit)) {
        (Some(whole), Some(part)) => whole.saturating_add(part),
        (_, None) => {
            return Err(format!(
                "\"{}\" is finer than a microsecond; write whole ones, such as \"20us\"",
                clip(text)
            ));
        }
        (None, _) => u64::MAX,
    };
    if micros > MAX_DURATION.as_micros() {
        return Err(format!(
            "\"{}\" is longer than a simulated day, the longest there is (\"1440m\")",
            clip(text)
        ));
    }
    Ok(Span(micros))
}

/// The range that `text` says, or what is wrong with it.
pub(super) fn span_range(text: &str) -> Result<SpanRange, String> {
    let Some((low, high)) = text.split_once("..") else {
        return duration(text).map(SpanRange::exactly);
    };
    let (shortest, longest) = (duration(low)?, duration(high)?);
    SpanRange::new(shortest, longest)
        .ok_or_else(|| format!("the range \"{low}..{high}\" goes down; write \"{high}..{low}\""))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that digits are; `None` when it is too large for any use.
fn digits(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// The microseconds in the decimal digits after the point; `None` when they are not whole.
fn part_of(fraction: &str, unit: u64) -> Option<u64> {
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return Some(0);
    }
    // A minute, the largest unit, is 2⁸·3·5⁷ µs: with more than 8 places nothing is whole.
    if fraction.len() > 8 {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let scaled = digits(fraction)? * unit;
    scaled.is_multiple_of(scale).then_some(scaled / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        for (text, micros) in [
            ("0ms", 0),
            ("20us", 20),
            ("150ms", 150_000),
            ("1.5s", 1_500_000),
            ("2m", 120_000_000),
            ("0.000001s", 1),
            ("0.00000005m", 3),
            ("1.500000000000000000000000000000s", 1_500_000),
            ("007ms", 7_000),
            ("1440m", 86_400_000_000),
        ] {
            assert_eq!(duration(text), Ok(Span(micros)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_duration_is_refused() {
        for text in [
            "", "ms", "10", "10 ms", "-1ms", "+1ms", "1e3ms", "1.ms", ".5s", "1..2", "1.2.3s",
            "10h", "10MS", "1_000ms", "１ms",
        ] {
            let message = duration(text).unwrap_err();
            assert!(message.contains("is not a duration"), "{text}: {message}");
        }
        for text in [
            "1.5us",
            "0.0000001s",
            "0.00000001m",
            "0.00000000000000000001s",
        ] {
            let message = duration(text).unwrap_err();
            assert!(message.contains("finer than"), "{text}: {message}");
        }
        for text in ["1441m", "86400.000001s", "99999999999999999999999ms"] {
            let message = duration(text).unwrap_err();
            assert!(message.contains("longer than"), "{text}: {message}");
        }
    }

    #[test]
    fn a_range_goes_up_and_one_value_is_a_range_of_itself() {
        assert_eq!(span_range("10ms..15ms"), Ok(SpanRange::from_millis(10, 15)));
        assert_eq!(
            span_range("1.5s..2s"),
            Ok(SpanRange::from_millis(1_500, 2_000))
        );
        assert_eq!(span_range("10ms"), Ok(SpanRange::from_millis(10, 10)));
        assert_eq!(span_range("10ms..10ms"), Ok(SpanRange::from_millis(10, 10)));
        for text in [
            "15ms..10ms",
            "10..15ms",
            "10ms..",
            "..10ms",
            "1ms..2ms..3ms",
            "1ms...2ms",
        ] {
            assert!(span_range(text).is_err(), "{text}");
        }
    }
}
