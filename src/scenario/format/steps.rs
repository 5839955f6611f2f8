//! The `[[step]]` tables: when each is, and which verb it has.

use toml::de::DeValue;

use crate::raft::{NodeId, NodeSet, Time};
use crate::scenario::script::Step;

use super::reader::{Reader, Table, Value};
use super::{MAX_DURATION, MAX_STEPS, verbs};

/// The keys of a step that say when it is.
const TIMES: [&str; 3] = ["at", "after", "after_events"];

/// The nodes that some step adds to the cluster: they may be named as well as the first ones.
pub(super) fn added(steps: Option<Value<'_>>) -> NodeSet {
    let mut added = NodeSet::EMPTY;
    let mut add = |value: Value<'_>| {
        if let DeValue::String(text) = value.get_ref()
            && let Ok(id) = text.parse::<NodeId>()
        {
            added.insert(id);
        }
    };
    if let Some(DeValue::Array(steps)) = steps.map(|steps| steps.get_ref()) {
        for step in steps {
            let DeValue::Table(step) = step.get_ref() else {
                continue;
            };
            for verb in ["add", "add_learner", "members"] {
                match step.get(verb) {
                    Some(node) if node.get_ref().is_str() => add(node),
                    Some(nodes) => nodes
                        .get_ref()
                        .as_array()
                        .into_iter()
                        .flatten()
                        .for_each(&mut add),
                    None => {}
                }
            }
        }
    }
    added
}

/// The steps in order of time; those of one time in the order of the file.
pub(super) fn steps(reader: &mut Reader<'_>, value: Value<'_>) -> Vec<Step> {
    let Some(tables) = reader.array(value, "[[step]] tables") else {
        return Vec::new();
    };
    if let Some(first) = tables.get(MAX_STEPS) {
        let message = format!(
            "there are {} steps; a scenario has at most {MAX_STEPS}",
            tables.len()
        );
        reader.error(first.span().start, message);
    }
    let mut previous = Time::ZERO;
    let mut steps = Vec::new();
    for table in tables.iter().take(MAX_STEPS) {
        steps.extend(step(reader, table, &mut previous));
    }
    steps.sort_by_cached_key(|step: &Step| step.at.0);
    steps
}

fn step(reader: &mut Reader<'_>, value: Value<'_>, previous: &mut Time) -> Option<Step> {
    let keys: Vec<_> = TIMES.into_iter().chain(verbs::NAMES).collect();
    let table = reader.table(value, "in [[step]]", &keys)?;
    let at = time(reader, &table, *previous);
    *previous = at;
    let mut after_events = 0;
    reader.set(&mut after_events, table.get("after_events"), |reader, v| {
        let events = reader.integer(v, 0..=u32::MAX.into())?;
        events.try_into().ok()
    });
    let (name, _, value) = verb(reader, &table)?;
    Some(Step {
        at,
        after_events,
        line: reader.line(table.byte()),
        verb: verbs::verb(reader, name, value, at)?,
    })
}

/// The step's time; when what it says is wrong, that of the previous one.
fn time(reader: &mut Reader<'_>, table: &Table<'_>, previous: Time) -> Time {
    let (value, from) = match (table.get("at"), table.get("after")) {
        (None, None) => return previous,
        (Some(at), None) => (at, Time::ZERO),
        (None, Some(after)) => (after, previous),
        (Some(_), Some(after)) => {
            let message = "this step has both `at` and `after`; keep one of them";
            reader.error(after.span().start, message);
            return previous;
        }
    };
    let Some(span) = reader.span(value) else {
        return previous;
    };
    let time = from + span;
    if time > Time::ZERO + MAX_DURATION {
        let message = format!(
            "this step is at {}, later than a simulated day; let it be earlier",
            time.since(Time::ZERO)
        );
        reader.error(value.span().start, message);
        return previous;
    }
    time
}

/// The step's one verb: its name, where it stands, and what it is given.
fn verb<'v>(reader: &mut Reader<'_>, table: &Table<'v>) -> Option<(&'v str, usize, Value<'v>)> {
    let given: Vec<_> = table
        .entries()
        .into_iter()
        .filter(|(key, ..)| verbs::NAMES.contains(key))
        .collect();
    match given.as_slice() {
        [verb] => return Some(*verb),
        [] if !table.is_understood => {} // What it has may be a verb with a typo.
        [] => reader.error(
            table.byte(),
            "this step does nothing; give it a verb, such as `crash = \"leader\"`",
        ),
        [(first, ..), others @ ..] => {
            for (name, byte, _) in others {
                let message = format!(
                    "this step has the verb `{first}` already; give `{name}` a [[step]] of its own"
                );
                reader.error(*byte, message);
            }
        }
    }
    None
}
