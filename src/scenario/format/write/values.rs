//! Values as TOML writes them.

use std::fmt::{Display, Write};

use crate::raft::{NodeId, NodeSet, Span};
use crate::scenario::script::{NodeSelector, Selector};
use crate::sim::{Probability, SpanRange};

/// A string in quotes, as TOML has it, and JSON too.
pub(in crate::scenario) fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string never fails.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A duration in the unit that a person would choose, in quotes.
pub(super) fn duration(span: Span) -> String {
    text(&bare_duration(span))
}

/// A range of durations, in quotes; that of one value as the value.
pub(super) fn range(range: SpanRange) -> String {
    if range.low() == range.high() {
        return duration(range.low());
    }
    let (low, high) = (bare_duration(range.low()), bare_duration(range.high()));
    text(&format!("{low}..{high}"))
}

fn bare_duration(span: Span) -> String {
    let micros = span.as_micros();
    let (unit, name, digits) = match micros {
        0 => return "0ms".to_owned(),
        1..=999 => return format!("{micros}us"),
        1_000..=999_999 => (1_000, "ms", 3),
        _ => (1_000_000, "s", 6),
    };
    let (whole, part) = (micros / unit, micros % unit);
    if part == 0 {
        return format!("{whole}{name}");
    }
    let part = format!("{part:0digits$}");
    format!("{whole}.{}{name}", part.trim_end_matches('0'))
}

/// A probability in as few digits as say it exactly.
pub(in crate::scenario) fn probability(p: Probability) -> String {
    let (numerator, one) = (p.numerator().into(), Probability::ONE.into());
    decimal(numerator, one, |parts, of| {
        rounded(parts * one, of) == numerator
    })
}

/// Operations a second, of which one is asked for in every `interval`, in as few digits as say it
/// exactly.
pub(super) fn rate(interval: Span) -> String {
    let (second, interval) = (1_000_000, interval.as_micros().max(1).into());
    decimal(second, interval, |parts, of| {
        parts > 0 && rounded(second * of, parts) == interval
    })
}

/// A quotient in as few decimal places as `says_it`, which is given the parts and of how many. In
/// whole numbers: the page would have to be sent the tables that floating point is written with.
fn decimal(number: u128, by: u128, says_it: impl Fn(u128, u128) -> bool) -> String {
    // As many as leave room to multiply, and more than any number of a scenario is kept with.
    const PLACES_MAX: usize = 15;
    let (mut places, mut of) = (0, 1);
    let mut parts = rounded(number, by);
    while places < PLACES_MAX && !says_it(parts, of) {
        (places, of) = (places + 1, of * 10);
        parts = rounded(number * of, by);
    }
    let (whole, part) = ((parts / of) as u64, (parts % of) as u64);
    match places {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:0places$}"),
    }
}

fn rounded(number: u128, by: u128) -> u128 {
    (number + by / 2) / by
}

/// An array of what is already written.
pub(super) fn array<T: Display>(items: &[T]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(", "))
}

/// An inline table of pairs that are already written.
pub(super) fn braces(pairs: &[String]) -> String {
    match pairs {
        [] => "{}".to_owned(),
        pairs => format!("{{ {} }}", pairs.join(", ")),
    }
}

/// A node.
pub(super) fn node(id: NodeId) -> String {
    text(&id.to_string())
}

/// An array of nodes.
pub(super) fn members(nodes: NodeSet) -> String {
    array(&nodes.iter().map(node).collect::<Vec<_>>())
}

/// A node, by name or by what it is.
pub(super) fn one(node: NodeSelector) -> String {
    text(&node.to_string())
}

/// Nodes: a word, or an array when there are several.
pub(super) fn several(nodes: &Selector) -> String {
    match nodes {
        Selector::Nodes(nodes) => match nodes.as_slice() {
            [node] => one(*node),
            nodes => array(&nodes.iter().map(|&node| one(node)).collect::<Vec<_>>()),
        },
        Selector::Followers | Selector::All => text(&nodes.to_string()),
    }
}
