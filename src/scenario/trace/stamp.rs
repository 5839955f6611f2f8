//! When something was seen.

use crate::raft::Time;
use crate::scenario::format::Error;

use super::event::Event;
use super::json::Fields;
use super::value::Value;
use super::{error, longest};

/// A time as it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Stamp {
    /// A whole number: microseconds, or seconds where others are fractions of them.
    Whole(u64),
    /// Seconds.
    Seconds(f64),
    /// A date: microseconds since 1970.
    Date(u64),
}

impl Stamp {
    /// That of a line, if it has one.
    pub(super) fn read(line: Fields<'_>) -> Result<Option<Self>, Error> {
        let Some(value) = line.get("ts") else {
            return Ok(None);
        };
        let read = match value {
            Value::String(text) => date(text).map(Self::Date),
            Value::Number(_) => match value.as_u64() {
                Some(whole) => Some(Self::Whole(whole)),
                None => value.as_f64().filter(|ts| *ts >= 0.0).map(Self::Seconds),
            },
            _ => None,
        };
        let right = "a time: whole microseconds, seconds with a fraction, or a date such as \
                     \"2024-06-13T09:41:12.969Z\"";
        read.map(Some).ok_or_else(|| line.wrong("ts", right))
    }
}

/// When each event was, from the first on.
pub(super) fn times(events: &[Event]) -> Result<Vec<Time>, Error> {
    let in_seconds = events
        .iter()
        .any(|event| matches!(event.at, Some(Stamp::Seconds(_))));
    let micros = |stamp| match stamp {
        Stamp::Date(micros) => micros,
        Stamp::Whole(whole) if in_seconds => whole.saturating_mul(1_000_000),
        Stamp::Whole(micros) => micros,
        // Out of range it is the nearest that there is.
        Stamp::Seconds(seconds) => (seconds * 1e6).round() as u64,
    };
    let stamps = events.iter().map(|event| event.at.map(micros));
    // Lines without a time are of that of the line before; at the beginning, of the first that tells.
    let mut last = stamps.clone().flatten().next().unwrap_or(0);
    let all: Vec<u64> = stamps
        .map(|stamp| {
            last = stamp.unwrap_or(last);
            last
        })
        .collect();
    let first = all.iter().copied().min().unwrap_or(0);
    let longest = longest();
    let times = all.iter().zip(events).map(|(&micros, event)| {
        let since = micros - first;
        if since > longest.as_micros() {
            return Err(error(
                event.line,
                format!("this is more than {longest} after the first event; cut the trace"),
            ));
        }
        Ok(Time(since))
    });
    times.collect()
}

/// Microseconds since 1970 of a date as RFC 3339 writes it; also with an offset without a colon, as
/// loggers like it.
fn date(text: &str) -> Option<u64> {
    let (day, rest) = text.split_once(['T', ' '])?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at(zone);
    let [year, month, day] = parts(day, '-')?;
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [hour, minute, second] = parts(whole, ':')?;
    let is_right = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_right {
        return None;
    }
    let seconds =
        ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset(zone)?;
    let micros = u64::try_from(seconds).ok()?.checked_mul(1_000_000)?;
    micros.checked_add(micros_of(fraction)?)
}

fn parts(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut parts = text.split(separator).map(digits);
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

fn digits(text: &str) -> Option<i64> {
    let are_digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

/// The seconds that a zone is ahead.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return (zone.len() == 1).then_some(0),
    };
    let digits: String = zone[1..].chars().filter(|&c| c != ':').collect();
    let number: i64 = (digits.len() == 4).then(|| self::digits(&digits))??;
    Some(sign * (number / 100 * 60 + number % 100) * 60)
}

/// The microseconds that the digits after the point mean.
fn micros_of(fraction: &str) -> Option<u64> {
    let mut micros = 0;
    for place in 0..6 {
        let digit = fraction.as_bytes().get(place).copied().unwrap_or(b'0');
        if !digit.is_ascii_digit() {
            return None;
        }
        micros = micros * 10 + u64::from(digit - b'0');
    }
    Some(micros)
}

/// Days since 1970, counted from March on, so that the leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let of_years = 365 * year + year / 4 - year / 100 + year / 400;
    of_years + (month * 306 + 5) / 10 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_microseconds_since_1970() {
        for (text, micros) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.000001Z", 1),
            ("2000-03-01T00:00:00Z", 951_868_800_000_000),
            ("2024-02-29T23:59:59.5Z", 1_709_251_199_500_000),
            ("2024-06-13T09:41:12.969499999Z", 1_718_271_672_969_499),
            ("2024-06-13T11:41:12.969+02:00", 1_718_271_672_969_000),
            ("2024-06-13T05:41:12.969-0400", 1_718_271_672_969_000),
        ] {
            assert_eq!(date(text), Some(micros), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2024-06-13",
            "2024-13-01T00:00:00Z",
            "2024-06-13T09:41:12",
            "2024-06-13T09:41:12é",
            "2024-06-13T09:41:12+é0:0",
            "2024-06-13T09:41:12.1x3Z",
            "1960-06-13T09:41:12Z",
            "-2024-06-13T09:41:12Z",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
