//! The verbs of a step.

use std::num::NonZeroU32;

use crate::kv::{ClientId, Operation};
use crate::raft::{MessageKind, NodeSet, Span, Time};
use crate::scenario::script::{InFlight, Links, NodeSelector, Selector, Verb};
use crate::sim::{Course, ENDLESS, LoadConfig};

use super::reader::{Reader, Table, Value};
use super::{MAX_DURATION, MAX_LOAD_CLIENTS, MAX_LOAD_KEYS, config, expect};

/// The names of all verbs.
pub(super) const NAMES: [&str; 32] = [
    "put",
    "get",
    "delete",
    "cas",
    "crash",
    "restart",
    "pause",
    "resume",
    "wipe",
    "timeout",
    "partition",
    "cut",
    "isolate",
    "heal",
    "drop",
    "deliver",
    "duplicate",
    "delay",
    "network",
    "link",
    "proxy",
    "clock",
    "transfer",
    "add",
    "add_learner",
    "remove",
    "members",
    "snapshot",
    "load",
    "chaos",
    "stop",
    "expect",
];

/// The verb called `name`, as `value` gives it, in a step at the time `at`.
pub(super) fn verb(
    reader: &mut Reader<'_>,
    name: &str,
    value: Value<'_>,
    at: Time,
) -> Option<Verb> {
    Some(match name {
        "put" => operation(reader, value, "in `put`", &["key", "value"], put)?,
        "get" => operation(reader, value, "in `get`", &["key"], get)?,
        "delete" => operation(reader, value, "in `delete`", &["key"], delete)?,
        "cas" => operation(reader, value, "in `cas`", &["key", "expect", "value"], cas)?,
        "crash" => Verb::Crash(reader.several(value)?),
        "restart" => Verb::Restart(reader.several(value)?),
        "pause" => Verb::Pause(reader.several(value)?),
        "resume" => Verb::Resume(reader.several(value)?),
        "wipe" => Verb::Wipe(reader.several(value)?),
        "timeout" => Verb::Timeout(reader.several(value)?),
        "transfer" => Verb::Transfer(reader.one(value)?),
        "add" => Verb::Add(reader.node(value)?),
        "add_learner" => Verb::AddLearner(reader.node(value)?),
        "remove" => Verb::Remove(reader.one(value)?),
        "members" => Verb::Members(members(reader, value)?),
        "snapshot" => Verb::Snapshot(reader.several(value)?),
        "partition" => Verb::Partition(partition(reader, value)?),
        "cut" => Verb::Cut(links(reader, value, "in `cut`")?),
        "isolate" => Verb::Isolate(reader.several(value)?),
        "heal" => Verb::Heal(heal(reader, value)?),
        "drop" => Verb::Drop(in_flight(reader, value, "in `drop`")?),
        "deliver" => Verb::Deliver(in_flight(reader, value, "in `deliver`")?),
        "duplicate" => Verb::Duplicate(in_flight(reader, value, "in `duplicate`")?),
        "delay" => delay(reader, value)?,
        "network" => network(reader, value)?,
        "link" => link(reader, value)?,
        "proxy" => proxy(reader, value)?,
        "clock" => clock(reader, value)?,
        "load" => Verb::Load(load(reader, value, at)?),
        "chaos" => chaos(reader, value, at)?,
        "stop" => stop(reader, value)?,
        // `expect`: whoever asks knows the names.
        _ => Verb::Expect(expect::expectation(reader, value)?),
    })
}

/// An operation of a client, whose own keys are `keys`.
fn operation(
    reader: &mut Reader<'_>,
    value: Value<'_>,
    place: &'static str,
    keys: &[&'static str],
    read: fn(&mut Reader<'_>, &Table<'_>) -> Option<Operation>,
) -> Option<Verb> {
    let table = reader.table(value, place, &[keys, &["client", "node"]].concat())?;
    let operation = read(reader, &table);
    let mut client = ClientId(0);
    reader.set(&mut client, table.get("client"), Reader::client);
    let node = table.get("node").and_then(|value| reader.one(value));
    Some(Verb::Operation {
        client,
        operation: operation?,
        node,
    })
}

fn put(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Operation> {
    let key = text(reader, table, "key", "\"x\"");
    let value = text(reader, table, "value", "\"1\"");
    Some(Operation::Put {
        key: key?,
        value: value?,
    })
}

fn get(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Operation> {
    let key = text(reader, table, "key", "\"x\"")?;
    Some(Operation::Get { key })
}

fn delete(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Operation> {
    let key = text(reader, table, "key", "\"x\"")?;
    Some(Operation::Delete { key })
}

fn cas(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Operation> {
    let key = text(reader, table, "key", "\"x\"");
    let expect = text(reader, table, "expect", "\"1\"");
    let value = text(reader, table, "value", "\"2\"");
    Some(Operation::Cas {
        key: key?,
        expect: expect?,
        value: value?,
    })
}

fn text(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &'static str,
    example: &str,
) -> Option<std::sync::Arc<str>> {
    let value = reader.required(table, key, example)?;
    reader.text(value)
}

/// Some nodes, each named once.
pub(super) fn members(reader: &mut Reader<'_>, value: Value<'_>) -> Option<NodeSet> {
    let items = reader.array(value, "an array of nodes such as [\"S1\", \"S2\", \"S3\"]")?;
    let nodes = reader.distinct(value, items, Reader::node)?;
    Some(nodes.into_iter().collect())
}

/// Groups of nodes, no node in two of them as far as it can be told without running.
fn partition(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Vec<Selector>> {
    let what = "groups of nodes such as [[\"S1\", \"S2\"], [\"S3\"]]";
    let items = reader.array(value, what)?;
    let mut groups: Vec<Selector> = Vec::new();
    let mut are_right = true;
    for item in items {
        let Some(group) = reader.several(item) else {
            are_right = false;
            continue;
        };
        if let Some(node) = groups.iter().find_map(|other| in_both(other, &group)) {
            let message = format!("{node} is in two groups; put it in one");
            reader.error(item.span().start, message);
            are_right = false;
        }
        groups.push(group);
    }
    are_right.then_some(groups)
}

/// Who is in both groups whatever the nodes are at the moment.
fn in_both(a: &Selector, b: &Selector) -> Option<String> {
    match (a, b) {
        (Selector::Nodes(a), Selector::Nodes(b)) => {
            let shared = a.iter().find(|node| b.contains(node));
            shared.map(NodeSelector::to_string)
        }
        (Selector::All, other) | (other, Selector::All) => Some(other.to_string()),
        (Selector::Followers, Selector::Nodes(nodes))
        | (Selector::Nodes(nodes), Selector::Followers) => nodes
            .contains(&NodeSelector::Follower)
            .then(|| NodeSelector::Follower.to_string()),
        (Selector::Followers, Selector::Followers) => Some(a.to_string()),
    }
}

/// The keys that name links.
const ENDS: [&str; 3] = ["from", "to", "between"];

/// Links: from some nodes to others, or between two.
fn links(reader: &mut Reader<'_>, value: Value<'_>, place: &'static str) -> Option<Links> {
    let table = reader.table(value, place, &ENDS)?;
    links_of(reader, &table)
}

/// The links that a table names.
fn links_of(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Links> {
    match (table.get("from"), table.get("to"), table.get("between")) {
        (Some(from), Some(to), None) => {
            let (sender, receiver) = (reader.several(from), reader.several(to));
            let (from, receiver) = (sender?, receiver?);
            apart(reader, to, &from, &receiver)?;
            Some(Links::Direction { from, to: receiver })
        }
        (None, None, Some(between)) => {
            let pair = reader.array(between, "two nodes such as [\"S1\", \"S2\"]")?;
            let [a, b] = pair else {
                let message = format!("`between` has {} nodes; name two", pair.len());
                reader.error(between.span().start, message);
                return None;
            };
            let (one, other) = (reader.several(a), reader.several(b));
            let (one, other) = (one?, other?);
            apart(reader, b, &one, &other)?;
            Some(Links::Between(one, other))
        }
        _ => {
            if table.is_understood {
                let message = "name the links by `from` and `to`, or by `between`";
                reader.error(table.byte(), message);
            }
            None
        }
    }
}

/// Reports ends of links that are one and the same node.
fn apart(reader: &mut Reader<'_>, at: Value<'_>, a: &Selector, b: &Selector) -> Option<()> {
    let is_single = matches!(a, Selector::Nodes(nodes) if nodes.len() == 1);
    if a == b && is_single {
        let message = format!("a node has no link to itself; name another than {b}");
        reader.error(at.span().start, message);
        return None;
    }
    Some(())
}

fn heal(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Option<Links>> {
    if value.get_ref().is_table() {
        return links(reader, value, "in `heal`").map(Some);
    }
    reader.only_true(value, "heal")?;
    Some(None)
}

/// The keys that say which messages in flight are meant.
const IN_FLIGHT: [&str; 5] = ["kind", "from", "to", "nth", "optional"];

fn in_flight(reader: &mut Reader<'_>, value: Value<'_>, place: &'static str) -> Option<InFlight> {
    let table = reader.table(value, place, &IN_FLIGHT)?;
    Some(filter(reader, &table))
}

/// Messages in flight, and by how much they are late.
fn delay(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let keys = [IN_FLIGHT.as_slice(), &["by"]].concat();
    let table = reader.table(value, "in `delay`", &keys)?;
    let filter = filter(reader, &table);
    let by = reader.required(&table, "by", "\"20ms\"")?;
    let by = reader.positive_span(by)?;
    Some(Verb::Delay(filter, by))
}

/// What the keys of a table say of messages in flight.
fn filter(reader: &mut Reader<'_>, table: &Table<'_>) -> InFlight {
    let mut filter = InFlight::default();
    reader.set(&mut filter.kind, table.get("kind"), |reader, value| {
        let known = MessageKind::ALL.map(|kind| (kind.name(), Some(kind)));
        reader.choice(value, "message kind", &known)
    });
    filter.from = table.get("from").and_then(|value| reader.one(value));
    filter.to = table.get("to").and_then(|value| reader.one(value));
    reader.set(&mut filter.nth, table.get("nth"), |reader, value| {
        let nth = reader.integer(value, 1..=u32::MAX.into())?;
        Some(u32::try_from(nth).ok().and_then(NonZeroU32::new))
    });
    reader.set(&mut filter.optional, table.get("optional"), Reader::boolean);
    filter
}

fn network(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let change = config::network_change(reader, value, "in `network`")?;
    if value
        .get_ref()
        .as_table()
        .is_some_and(|table| table.is_empty())
    {
        let message = "this changes nothing; name a condition, such as `loss = 0.1`";
        reader.error(value.span().start, message);
    }
    Some(Verb::Network(change))
}

/// Conditions of links of their own, or no more.
fn link(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let keys = [ENDS.as_slice(), &config::NETWORK, &["reset"]].concat();
    let table = reader.table(value, "in `link`", &keys)?;
    let links = links_of(reader, &table);
    let change = config::conditions(reader, &table);
    let conditions = config::NETWORK.iter().any(|key| table.get(key).is_some());
    match (table.get("reset"), conditions) {
        (None, true) => Some(Verb::Link {
            links: links?,
            change: Some(change),
        }),
        (Some(reset), false) => {
            reader.only_true(reset, "reset")?;
            Some(Verb::Link {
                links: links?,
                change: None,
            })
        }
        (Some(reset), true) => {
            let message = "this link has conditions as well as `reset`, which takes them all from it; \
                           keep one of them";
            reader.error(reset.span().start, message);
            None
        }
        (None, false) => {
            if table.is_understood {
                let message = "this changes nothing; name a condition, such as `loss = 0.1`, or \
                               `reset = true` to have the network's again";
                reader.error(table.byte(), message);
            }
            None
        }
    }
}

fn proxy(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let table = reader.table(value, "in `proxy`", &["reads"])?;
    let reads = reader.required(&table, "reads", "\"followers\"")?;
    config::reads_from(reader, reads).map(Verb::Reads)
}

fn clock(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let table = reader.table(value, "in `clock`", &["node", "rate"])?;
    let nodes = reader.required(&table, "node", "\"S1\"");
    let nodes = nodes.and_then(|nodes| reader.several(nodes));
    let rate = reader.required(&table, "rate", "1.2");
    let rate = rate.and_then(|rate| reader.clock_rate(rate));
    Some(Verb::Clock {
        nodes: nodes?,
        rate: rate?,
    })
}

fn load(reader: &mut Reader<'_>, value: Value<'_>, at: Time) -> Option<LoadConfig> {
    let keys = ["clients", "rate", "keys", "writes", "until"];
    let table = reader.table(value, "in `load`", &keys)?;
    let clients = reader.required(&table, "clients", "3");
    let clients = clients.and_then(|v| reader.integer(v, 1..=MAX_LOAD_CLIENTS.into()));
    let rate = reader.required(&table, "rate", "50");
    let interval = rate.and_then(|v| interval(reader, v));
    let keys = reader.required(&table, "keys", "5");
    let keys = keys.and_then(|v| reader.integer(v, 1..=MAX_LOAD_KEYS.into()));
    let writes = reader.required(&table, "writes", "0.5");
    let writes = writes.and_then(|v| reader.probability(v));
    let until = end_or_endless(reader, &table, at);
    Some(LoadConfig {
        clients: clients?.try_into().ok()?,
        interval: interval?,
        keys: keys?.try_into().ok()?,
        writes: writes?,
        until: until?,
    })
}

/// The mean time between two operations at a rate of so many a second.
fn interval(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Span> {
    let what = "operations a second, at most 1000000 and at least one a day";
    let micros = |rate: f64| (1e6 / rate).round();
    let rate = reader.number(value, what, |rate| {
        rate > 0.0 && rate <= 1e6 && micros(rate) <= MAX_DURATION.as_micros() as f64
    })?;
    Some(Span(micros(rate) as u64))
}

fn chaos(reader: &mut Reader<'_>, value: Value<'_>, at: Time) -> Option<Verb> {
    let table = reader.table(value, "in `chaos`", &["until", "seed"])?;
    let until = end_or_endless(reader, &table, at);
    let seed = match table.get("seed") {
        Some(value) => Some(super::seed(reader, value)?),
        None => None,
    };
    Some(Verb::Chaos {
        until: until?,
        seed,
    })
}

fn stop(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Verb> {
    let known = [Course::Load, Course::Chaos].map(|course| (course.name(), course));
    reader
        .choice(value, "thing to stop", &known)
        .map(Verb::Stop)
}

/// The end of something that begins at `at`; without one it goes on until it is stopped.
fn end_or_endless(reader: &mut Reader<'_>, table: &Table<'_>, at: Time) -> Option<Time> {
    match table.get("until") {
        Some(value) => end(reader, value, at),
        None => Some(ENDLESS),
    }
}

/// The end of something that begins at `at`.
fn end(reader: &mut Reader<'_>, value: Value<'_>, at: Time) -> Option<Time> {
    let span = reader.span(value)?;
    let until = Time::ZERO + span;
    if until <= at {
        let message = format!(
            "this ends at {span}, but begins at {}; let `until`, a time of the run, be later",
            at.since(Time::ZERO)
        );
        reader.error(value.span().start, message);
        return None;
    }
    Some(until)
}
