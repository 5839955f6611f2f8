//! The scenario format: from the text of a file to a [`Scenario`].
//!
//! Reading goes on after an error, so that a file's author sees all of them at once. What can be
//! decided without running is decided here: a file that parses can be run, though its steps may
//! find nobody whom they mean. Whatever the text, reading ends and does not panic.
//!
//! | file | what it reads |
//! | --- | --- |
//! | `reader`, `decimal` | values: numbers, words, durations, tables with known keys |
//! | `nodes` | nodes, by name or by what they are |
//! | `config`, `start` | the cluster and the state it starts in |
//! | `steps`, `verbs`, `expect` | what happens, and what must hold |
//! | `nesting` | nothing: it keeps out what is too deep to be read |
//! | `write` | nothing: it goes the other way |

mod config;
mod decimal;
mod duration;
mod error;
mod expect;
mod nesting;
mod nodes;
mod reader;
mod start;
mod steps;
#[cfg(test)]
mod tests;
mod verbs;
mod words;
mod write;

pub use decimal::decimal;
pub use error::Error;
pub use write::write;
pub(super) use write::{probability, quoted};

use toml::de::{DeTable, DeValue};

use crate::raft::{NodeSet, Span, Time};
use crate::sim::Config;

use super::script::{Scenario, Step, Verb};

use error::Lines;
use reader::{MAX_INTEGER, Reader, Table, Value};

/// The most bytes in a file.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// The most steps in a file.
pub const MAX_STEPS: usize = 10_000;
/// The most bytes in a key, a value or a client's name.
pub const MAX_TEXT_BYTES: usize = 4_096;
/// The most characters in a title.
pub const MAX_TITLE_CHARS: usize = 500;
/// The longest duration, and the latest moment of a step: a simulated day.
pub const MAX_DURATION: Span = Span::from_secs(24 * 60 * 60);
/// The most voters at the start.
pub const MAX_VOTERS: usize = 51;
/// The most clients in a load.
pub const MAX_LOAD_CLIENTS: u32 = 1_000;
/// The most keys in a load.
pub const MAX_LOAD_KEYS: u32 = 1_000_000;
/// The most errors that are reported of a file.
pub const MAX_ERRORS: usize = 100;

/// How long a run goes on after its last step when the file does not say.
const REST: Span = Span::from_secs(2);

const KEYS: [&str; 11] = [
    "title", "seed", "nodes", "until", "network", "raft", "disk", "proxy", "clients", "node",
    "step",
];

/// Reads a scenario.
///
/// # Errors
/// Everything that is found wrong with the text, in its order, at most [`MAX_ERRORS`]; when it is
/// not TOML, the first place where it is not.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub fn parse(text: &str) -> Result<Scenario, Vec<Error>> {
    if text.len() > MAX_FILE_BYTES {
        let message = format!(
            "the file has {} bytes; a scenario has at most {MAX_FILE_BYTES}",
            text.len()
        );
        return Err(vec![Lines::new("").error(0, message)]);
    }
    if let Some(error) = nesting::too_deep(text) {
        return Err(vec![error]);
    }
    let document = DeTable::parse(text).map_err(|error| vec![not_toml(text, &error)])?;
    let mut reader = Reader::new(text);
    let read = scenario(&mut reader, document.get_ref());
    let clients = reader.finish()?;
    // `None` is only ever given with an error.
    read.map(|scenario| Scenario {
        clients,
        ..scenario
    })
    .ok_or_else(Vec::new)
}

/// The error of a text that is not TOML.
fn not_toml(text: &str, error: &toml::de::Error) -> Error {
    let lines = Lines::new(text);
    let span = error.span().unwrap_or_default();
    let message = match error.message() {
        "duplicate key" => format!(
            "`{}` is given twice; give it once",
            words::clip(lines.text(span.clone()))
        ),
        other => format!("this is not TOML: {other}"),
    };
    lines.error(span.start, message)
}

/// The scenario in a document, but for its clients; `None` has been reported as an error.
fn scenario(reader: &mut Reader<'_>, document: &DeTable<'_>) -> Option<Scenario> {
    let table = reader.root(document, 0, "at the top level", &KEYS);
    let title = reader
        .required(&table, "title", "\"…\"")
        .and_then(|value| title(reader, value));
    let mut seed = 1;
    reader.set(&mut seed, table.get("seed"), self::seed);
    let config = cluster(reader, &table);
    let steps = match table.get("step") {
        Some(value) => steps::steps(reader, value),
        None => Vec::new(),
    };
    let until = until(reader, table.get("until"), &steps);
    Some(Scenario {
        title: title?,
        seed,
        config,
        steps,
        until,
        clients: Vec::new(),
    })
}

fn title(reader: &mut Reader<'_>, value: Value<'_>) -> Option<String> {
    let title = reader.string(value, "a title in quotes")?;
    let wrong = if title.trim().is_empty() {
        "the title is empty; say what the scenario shows".to_owned()
    } else if title.contains(['\n', '\r']) {
        "the title has more than one line; write it in one".to_owned()
    } else if title.chars().count() > MAX_TITLE_CHARS {
        format!("the title is too long; it has at most {MAX_TITLE_CHARS} characters")
    } else {
        return Some(title.to_owned());
    };
    reader.error(value.span().start, wrong);
    None
}

fn seed(reader: &mut Reader<'_>, value: Value<'_>) -> Option<u64> {
    let seed = match value.get_ref() {
        DeValue::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().ok()
        }
        DeValue::Integer(_) => reader::unsigned(value).filter(|&seed| seed <= MAX_INTEGER),
        _ => None,
    };
    if seed.is_none() {
        let message = format!(
            "{} is not a seed; one is an integer from 0 to {MAX_INTEGER}, or up to {} in quotes",
            words::found(value.get_ref()),
            u64::MAX
        );
        reader.error(value.span().start, message);
    }
    seed
}

/// The cluster: which nodes there are, in which state, and what they are made of.
fn cluster(reader: &mut Reader<'_>, table: &Table<'_>) -> Config {
    let mut config = Config::default();
    let nodes = table.get("nodes");
    let starts = table.get("node");
    let mut count = None;
    reader.set(&mut count, nodes, |reader, value| {
        reader.integer(value, 1..=MAX_VOTERS as u64).map(Some)
    });
    // While it is not clear which nodes there are, any may be named: one error is enough.
    let voters = match (starts, count, nodes) {
        (Some(starts), _, _) => start::voters(reader, starts),
        (None, Some(count), _) => Some(NodeSet::first(count as usize)),
        (None, None, Some(_)) => None,
        (None, None, None) => Some(config.nodes),
    };
    if let Some(voters) = voters {
        config.nodes = voters;
        reader.nodes = voters.union(steps::added(table.get("step")));
    }
    if let (Some(starts), Some(voters)) = (starts, voters) {
        config.start = start::states(reader, starts);
        agree(reader, nodes, count, voters);
    }
    config::tables(reader, table, &mut config);
    config
}

/// Reports when `nodes` contradicts the `[[node]]` tables.
fn agree(reader: &mut Reader<'_>, nodes: Option<Value<'_>>, count: Option<u64>, voters: NodeSet) {
    if let (Some(value), Some(count)) = (nodes, count)
        && count != voters.len() as u64
    {
        let message = format!(
            "`nodes` is {count}, but [[node]] tables: {}; leave `nodes` out",
            voters.len()
        );
        reader.error(value.span().start, message);
    }
}

/// The end of the run.
fn until(reader: &mut Reader<'_>, value: Option<Value<'_>>, steps: &[Step]) -> Time {
    let last = steps.last().map_or(Time::ZERO, |step| step.at);
    let Some(value) = value else {
        return steps.iter().map(decided).fold(last + REST, Time::max);
    };
    let Some(span) = reader.span(value) else {
        return last;
    };
    let until = Time::ZERO + span;
    if let Some(step) = steps.last().filter(|step| until < step.at) {
        let message = format!(
            "the run ends at {span}, before the step of line {} at {}; let `until` be no earlier",
            step.line,
            step.at.since(Time::ZERO)
        );
        reader.error(value.span().start, message);
    }
    until
}

/// When it is decided whether a step succeeds.
fn decided(step: &Step) -> Time {
    match &step.verb {
        Verb::Expect(expectation) => step.at + expectation.within.unwrap_or(Span::ZERO),
        _ => step.at,
    }
}
