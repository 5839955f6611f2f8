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
            c if c.is_control() => {
                // Writing to a string never fails.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
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
pub(super) fn probability(p: Probability) -> String {
    let exact = p.as_f64();
    let mut shorter = (0..10).map(|digits| format!("{exact:.digits$}"));
    let says_it = |text: &String| text.parse().ok().and_then(Probability::new) == Some(p);
    shorter.find(says_it).unwrap_or_else(|| exact.to_string())
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
