//! What is written the same in every language: numbers with their units, commands, terms of art.

use std::fmt;

use crate::kv::Operation;
use crate::raft::{Span, write_decimal};
use crate::sim::ReadMode;

/// A number to at most three decimal places. The standard library can write floating point too, but
/// in kilobytes that the page would have to be sent.
pub(crate) struct Decimal(pub(crate) f64);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = (self.0 * 1e3).round();
        if thousandths < 0.0 {
            f.write_str("-")?;
        }
        write_decimal(f, thousandths.abs() as u64, 1_000)
    }
}

/// The number, or the bound that it is beyond; the upper one goes before the lower one. `f64::clamp` would
/// write floating point.
pub(crate) const fn within(number: f64, low: f64, high: f64) -> f64 {
    number.min(high).max(low)
}

/// A number in groups of three digits, apart by a narrow space that does not break.
pub(crate) fn count_text(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// How long an operation took: whole milliseconds, or less than one.
pub(crate) fn latency_text(span: Span) -> String {
    match span.as_micros() {
        micros @ 0..1_000 => format!("{micros} µs"),
        micros => format!("{} ms", count_text((micros + 500) / 1_000)),
    }
}

/// The name of a way to answer reads, as scenario files write it.
pub(crate) const fn read_mode_text(mode: ReadMode) -> &'static str {
    match mode {
        ReadMode::Log => "log",
        ReadMode::ReadIndex => "read-index",
        ReadMode::Local => "local",
        ReadMode::Lease => "lease",
    }
}

/// A command as an entry of a log shows it: `x←1`.
pub(crate) fn command_text(operation: &Operation) -> String {
    match operation {
        Operation::Put { key, value } => format!("{}←{}", clip(key), clip(value)),
        Operation::Get { key } => format!("get {}", clip(key)),
        Operation::Delete { key } => format!("del {}", clip(key)),
        Operation::Cas { key, expect, value } => {
            format!("{} {}→{}", clip(key), clip(expect), clip(value))
        }
    }
}

/// The most characters of a key or value that an entry carries into the page: the whole value is
/// shown with the state.
const CLIP_CHARS: usize = 80;

fn clip(text: &str) -> String {
    match text.char_indices().nth(CLIP_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_decimal_number_has_no_needless_places() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0004, "0"),
            (12.0, "12"),
            (-1.5, "-1.5"),
            (0.0625, "0.063"),
            (-103.04, "-103.04"),
        ] {
            assert_eq!(Decimal(number).to_string(), text);
        }
    }

    #[test]
    fn a_number_is_grouped_from_its_end() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1\u{202f}000"),
            (1_234_567, "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(count_text(number), text);
        }
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let text = command_text(&Operation::Put {
            key: "ключ".into(),
            value: "é".repeat(200).into(),
        });
        assert_eq!(
            text.chars().count(),
            "ключ←".chars().count() + CLIP_CHARS + 1
        );
    }
}
