//! What must hold: the keys of an `expect`.

use std::sync::Arc;

use toml::de::DeValue;

use crate::check::Property;
use crate::raft::{LogIndex, NodeId, Term};
use crate::scenario::script::{Expectation, ExpectedLeader, ExpectedRole, Fact, Item, OpCounts};

use super::nodes::Named;
use super::reader::{MAX_INTEGER, Reader, Value, entries};
use super::{start, verbs};

const KEYS: [&str; 16] = [
    "leader",
    "roles",
    "term",
    "commit",
    "voted_for",
    "log",
    "snapshot",
    "value",
    "read",
    "ops",
    "members",
    "agree",
    "safe",
    "violates",
    "linearizable",
    "within",
];

/// The items of an `expect`.
pub(super) fn expectation(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Expectation> {
    let table = reader.table(value, "in `expect`", &KEYS)?;
    let within = table.get("within").and_then(|value| reader.span(value));
    let mut items = Vec::new();
    let mut is_empty = true;
    for (key, byte, value) in table.entries() {
        if key == "within" || !KEYS.contains(&key) {
            continue;
        }
        is_empty = false;
        items.extend(fact(reader, key, value).map(|fact| Item {
            line: reader.line(byte),
            fact,
        }));
    }
    if is_empty && table.is_understood {
        let message = "this expects nothing; say what must hold, such as `leader = \"some\"`";
        reader.error(table.byte(), message);
    }
    Some(Expectation { items, within })
}

fn fact(reader: &mut Reader<'_>, key: &str, value: Value<'_>) -> Option<Fact> {
    Some(match key {
        "leader" => Fact::Leader(leader(reader, value)?),
        "roles" => Fact::Roles(reader.per_node(value, "{ S1 = \"follower\" }", role)?),
        "term" => Fact::Term(reader.per_node(value, "{ S1 = 3 }", |reader, value| {
            reader.integer(value, 0..=MAX_INTEGER).map(Term)
        })?),
        "commit" => Fact::Commit(reader.per_node(value, "{ S1 = 4 }", |reader, value| {
            reader.integer(value, 0..=MAX_INTEGER).map(LogIndex)
        })?),
        "voted_for" => Fact::VotedFor(reader.per_node(value, "{ S1 = \"S2\" }", vote)?),
        "log" => Fact::Log(reader.per_node(value, "{ S1 = [1, 1, 2] }", start::terms)?),
        "snapshot" => Fact::Snapshot(reader.per_node(value, "{ S1 = 10 }", |reader, value| {
            reader.integer(value, 0..=MAX_INTEGER).map(LogIndex)
        })?),
        "value" => Fact::Value(reader.per_node(value, "{ S1 = { x = \"1\" } }", values)?),
        "read" => read(reader, value)?,
        "ops" => Fact::Ops(ops(reader, value)?),
        "members" => Fact::Members(verbs::members(reader, value)?),
        "agree" => reader.only_true(value, key).map(|()| Fact::Agree)?,
        "safe" => reader.only_true(value, key).map(|()| Fact::Safe)?,
        "linearizable" => Fact::Linearizable(reader.boolean(value)?),
        // `violates`
        _ => {
            let known = Property::ALL.map(|property| (property.name(), property.name()));
            Fact::Violates(reader.choice(value, "safety property", &known)?)
        }
    })
}

fn leader(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ExpectedLeader> {
    Some(match reader.named(value, &["some", "none"])? {
        Named::Node(id) => ExpectedLeader::Node(id),
        Named::Word("some") => ExpectedLeader::Some,
        Named::Word(_) => ExpectedLeader::None,
    })
}

fn role(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ExpectedRole> {
    let known = ExpectedRole::ALL.map(|role| (role.name(), role));
    reader.choice(value, "role", &known)
}

fn vote(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Option<NodeId>> {
    Some(match reader.named(value, &["none"])? {
        Named::Node(id) => Some(id),
        Named::Word(_) => None,
    })
}

/// Keys of the store and what they should be.
fn values(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Vec<(Arc<str>, Arc<str>)>> {
    let map = match value.get_ref() {
        DeValue::Table(map) if !map.is_empty() => map,
        _ => {
            let message = "expected keys and their values, such as { x = \"1\" }";
            reader.error(value.span().start, message);
            return None;
        }
    };
    let mut values = Vec::new();
    for (key, byte, value) in entries(map) {
        if reader.fits(byte, key) {
            values.extend(reader.text(value).map(|value| (key.into(), value)));
        }
    }
    Some(values)
}

fn read(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Fact> {
    let table = reader.table(value, "in `read`", &["client", "is"])?;
    let client = reader.required(&table, "client", "\"c1\"");
    let client = client.and_then(|value| reader.client(value));
    let is = reader.required(&table, "is", "\"1\"");
    let is = is.and_then(|value| reader.text(value));
    Some(Fact::Read {
        client: client?,
        is: is?,
    })
}

fn ops(reader: &mut Reader<'_>, value: Value<'_>) -> Option<OpCounts> {
    let table = reader.table(value, "in `ops`", &["ok", "failed", "unknown", "pending"])?;
    if table.is_understood && table.entries().is_empty() {
        reader.error(table.byte(), "this counts nothing; write `ok = 2`, for one");
    }
    let mut count = |key| {
        let value = table.get(key)?;
        reader.integer(value, 0..=MAX_INTEGER)
    };
    Some(OpCounts {
        ok: count("ok"),
        failed: count("failed"),
        unknown: count("unknown"),
        pending: count("pending"),
    })
}
