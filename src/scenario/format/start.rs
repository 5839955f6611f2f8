//! The starting state, when it is not a fresh cluster: the `[[node]]` tables.

use toml::de::DeValue;

use crate::raft::{LogIndex, NodeId, NodeSet, Term};
use crate::sim::{ClockRate, StartState};

use super::MAX_VOTERS;
use super::reader::{MAX_INTEGER, Reader, Table, Value};

const KEYS: [&str; 7] = ["id", "term", "voted_for", "log", "commit", "clock", "down"];

/// The voters that the tables name; `None` when it is not clear, which has been reported.
pub(super) fn voters(reader: &mut Reader<'_>, value: Value<'_>) -> Option<NodeSet> {
    let tables = reader.array(value, "[[node]] tables")?;
    if tables.is_empty() || tables.len() > MAX_VOTERS {
        let message = format!(
            "there are {} [[node]] tables; there may be 1 to {MAX_VOTERS}",
            tables.len()
        );
        reader.error(value.span().start, message);
        return None;
    }
    let all = NodeSet::first(tables.len());
    let mut voters = NodeSet::EMPTY;
    for table in tables {
        let DeValue::Table(map) = table.get_ref() else {
            continue; // `states` reports it.
        };
        let Some(id) = map.get("id").and_then(|id| Some((id, reader.node(id)?))) else {
            continue; // Reported, or missing, which `states` reports.
        };
        let wrong = if !all.contains(id.1) {
            let count = tables.len();
            format!(
                "{} cannot be one of {count} nodes; they are S1 to S{count}",
                id.1
            )
        } else if !voters.insert(id.1) {
            format!("there is a [[node]] {} already; each has one", id.1)
        } else {
            continue;
        };
        reader.error(id.0.span().start, wrong);
    }
    Some(all)
}

/// The states that the tables give, in the order of the nodes.
pub(super) fn states(reader: &mut Reader<'_>, value: Value<'_>) -> Vec<StartState> {
    let DeValue::Array(tables) = value.get_ref() else {
        return Vec::new(); // `voters` reported it.
    };
    let mut states: Vec<StartState> = tables
        .iter()
        .filter_map(|table| state(reader, table))
        .collect();
    states.sort_by_cached_key(|state| u64::from(state.id.number()));
    states
}

fn state(reader: &mut Reader<'_>, value: Value<'_>) -> Option<StartState> {
    let table = reader.table(value, "in [[node]]", &KEYS)?;
    let mut log = Vec::new();
    reader.set(&mut log, table.get("log"), terms_in_order);
    let mut down = false;
    reader.set(&mut down, table.get("down"), Reader::boolean);
    let mut clock = ClockRate::TRUE;
    reader.set(&mut clock, table.get("clock"), Reader::clock_rate);
    Some(StartState {
        term: term(reader, &table, &log),
        voted_for: table.get("voted_for").and_then(|value| reader.node(value)),
        commit: commit(reader, &table, &log),
        log,
        clock,
        down,
        // `voters` reported it when it is wrong.
        id: id(reader, &table)?,
    })
}

fn id(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<NodeId> {
    match reader.required(table, "id", "\"S1\"")?.get_ref() {
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Its term: not below those of its entries.
fn term(reader: &mut Reader<'_>, table: &Table<'_>, log: &[Term]) -> Term {
    let least = log.last().copied().unwrap_or_default();
    let Some(value) = table.get("term") else {
        return least;
    };
    let Some(term) = reader.integer(value, 0..=MAX_INTEGER).map(Term) else {
        return least;
    };
    if term < least {
        let message = format!(
            "the term is {term}, below that of the last entry, {least}; let it be at least {least}"
        );
        reader.error(value.span().start, message);
    }
    term
}

/// Its commit index: not after its last entry.
fn commit(reader: &mut Reader<'_>, table: &Table<'_>, log: &[Term]) -> LogIndex {
    let Some(value) = table.get("commit") else {
        return LogIndex::ZERO;
    };
    let Some(commit) = reader.integer(value, 0..=MAX_INTEGER) else {
        return LogIndex::ZERO;
    };
    if commit > log.len() as u64 {
        let message = format!(
            "the commit index is {commit}, but the log has {} entries; let it be at most that",
            log.len()
        );
        reader.error(value.span().start, message);
    }
    LogIndex(commit)
}

/// The terms of a log's entries, which never go down.
fn terms_in_order(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Vec<Term>> {
    let log = terms(reader, value)?;
    if let Some(index) = log.windows(2).position(|pair| pair[0] > pair[1]) {
        let message = format!(
            "the terms go down from {} to {} at index {}; in a log they never do",
            log[index],
            log[index + 1],
            index + 2
        );
        reader.error(value.span().start, message);
        return None;
    }
    Some(log)
}

/// The terms of entries.
pub(super) fn terms(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Vec<Term>> {
    let items = reader.array(value, "an array of terms such as [1, 1, 2]")?;
    let mut terms = Vec::with_capacity(items.len());
    for item in items {
        // One error for a log is enough: they come together.
        terms.push(Term(reader.integer(item, 1..=MAX_INTEGER)?));
    }
    Some(terms)
}
