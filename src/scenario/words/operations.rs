//! The clients' operations in words.

use std::fmt::Display;

use crate::raft::Refusal;
use crate::sim::{Failure, Leg, LegEnd, LegLoad, OperationRecord, OperationStep, Outcome, World};

use super::{EventKind, Words};

/// A step in the life of an operation.
pub(super) fn operation(number: u64, step: OperationStep, world: &World) -> Option<Words> {
    let record = record(number, world)?;
    let client = on_one_line(world.client(record.client)?.name());
    let what = on_one_line(&record.operation);
    let latency = record.latency().unwrap_or_default();
    let (node, text) = match step {
        OperationStep::Asked(_) => (None, format!("{client} asks: {what}")),
        OperationStep::Tried { node, attempt: 1 } => {
            (Some(node), format!("{what} of {client} goes to {node}"))
        }
        OperationStep::Tried { node, attempt } => (
            Some(node),
            format!("{what} of {client} goes to {node}, try {attempt}"),
        ),
        OperationStep::NodeDown(node) => (
            Some(node),
            format!("{what} of {client} is lost: {node} is down"),
        ),
        OperationStep::Refused(node, Refusal::NotLeader { .. }) => (
            Some(node),
            format!("{node} cannot serve {what} of {client}"),
        ),
        OperationStep::Refused(node, Refusal::Deposed) => (
            Some(node),
            format!("{node} no longer leads, and what became of {what} of {client} is open"),
        ),
        OperationStep::TimedOut(node) => (
            Some(node),
            format!("{node} has not answered {what} of {client} in time"),
        ),
        OperationStep::Answered(node) => (
            Some(node),
            format!("{node} has answered {what} of {client}"),
        ),
        OperationStep::Ok => (
            record.answered_by,
            format!(
                "{client}: {what} → ok, {latency}{}",
                read_value(&record.outcome)
            ),
        ),
        OperationStep::Failed => (
            record.answered_by,
            format!("{client}: {what} → failed: {}", failure(&record.outcome)),
        ),
        OperationStep::SessionExpired(node) => (
            Some(node),
            format!("{node} no longer knows the session of {client}, which opens another"),
        ),
        OperationStep::Unknown => (None, format!("{client}: {what} → outcome unknown")),
    };
    Some(Words {
        node,
        kind: EventKind::Client,
        routine: false,
        text,
    })
}

/// An operation or an answer begins its way between clients, proxy and nodes.
pub fn leg_departs(leg: &Leg, world: &World) -> Option<String> {
    let (from, to) = (end(leg.from, leg, world)?, end(leg.to, leg, world)?);
    Some(format!("{from} sends {} to {to}", carried(leg, world)?))
}

/// An operation or an answer has come to the end of its way.
pub fn leg_arrives(leg: &Leg, world: &World) -> Option<String> {
    let (from, to) = (end(leg.from, leg, world)?, end(leg.to, leg, world)?);
    Some(format!(
        "{to} receives {} from {from}",
        carried(leg, world)?
    ))
}

fn carried(leg: &Leg, world: &World) -> Option<String> {
    let record = record(leg.operation, world)?;
    let client = on_one_line(world.client(record.client)?.name());
    let what = on_one_line(&record.operation);
    Some(match leg.load {
        LegLoad::Request => format!("{what} of {client}"),
        LegLoad::Answer { .. } => format!("the answer to {what} of {client}"),
    })
}

fn end(end: LegEnd, leg: &Leg, world: &World) -> Option<String> {
    Some(match end {
        LegEnd::Client => {
            let client = record(leg.operation, world)?.client;
            on_one_line(world.client(client)?.name())
        }
        LegEnd::Proxy => "the proxy".to_owned(),
        LegEnd::Node(node) => node.to_string(),
    })
}

fn record(number: u64, world: &World) -> Option<&OperationRecord> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    world.operations().get(place)
}

/// What clients write is data: what would break the line, or the terminal, is escaped.
fn on_one_line(text: &impl Display) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut line = String::new();
    for c in text.to_string().chars() {
        match breaks(c) {
            true => line.extend(c.escape_default()),
            false => line.push(c),
        }
    }
    line
}

fn read_value(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok(crate::kv::Response::Value(Some(value))) => format!(", {value:?}"),
        Outcome::Ok(crate::kv::Response::Value(None)) => ", no such key".into(),
        _ => String::new(),
    }
}

fn failure(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Failed(Failure::Mismatch(Some(found))) => format!("it found {found:?}"),
        Outcome::Failed(Failure::Mismatch(None)) => "it found no such key".into(),
        Outcome::Failed(Failure::NotLeader(node)) => format!("{node} does not lead"),
        Outcome::Pending | Outcome::Ok(_) | Outcome::Unknown => String::new(),
    }
}
