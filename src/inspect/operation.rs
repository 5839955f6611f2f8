//! A client's operation: what was asked, and what has become of it.

use crate::kv::Response;
use crate::raft::{LogIndex, Payload, Refusal, RequestWait};
use crate::sim::{Failure, OperationRecord, Outcome, World};
use crate::why::{Answer, OperationState, Subject, Witness, why};

use super::value::{Field, Group, Name, Value};

pub(super) fn groups(world: &World, witness: &Witness, number: u64) -> Option<Vec<Group>> {
    let place = usize::try_from(number.checked_sub(1)?).ok()?;
    let record = world.operations().get(place)?;
    let client = world.client(record.client);
    let request = vec![
        Field::new("number", record.number),
        Field::new("client", client.map(|client| client.name().to_string())),
        Field::new("clientId", record.client.0),
        Field::new("sequence", record.sequence),
        Field::new("operation", record.operation.to_string()),
        Field::new("askedDirectly", record.direct),
        Field::new("asked", record.asked),
        Field::new("sent", record.began),
        Field::new("ended", record.ended),
    ];
    Some(vec![
        Group::new(Name::Operation, request),
        Group::new(Name::Outcome, outcome(world, witness, record)),
    ])
}

fn outcome(world: &World, witness: &Witness, record: &OperationRecord) -> Vec<Field> {
    let past = witness.operation_past(record.number);
    let (word, found) = match &record.outcome {
        Outcome::Pending => ("pending", None),
        Outcome::Ok(Response::Value(value)) => ("ok", Some(value.clone())),
        Outcome::Ok(_) => ("ok", None),
        Outcome::Failed(Failure::Mismatch(found)) => ("mismatch", Some(found.clone())),
        Outcome::Failed(Failure::NotLeader(_)) => ("not leader", None),
        Outcome::Unknown => ("unknown", None),
    };
    let refused = past.refused.map(|(_, refusal)| match refusal {
        Refusal::NotLeader { .. } => "not leader",
        Refusal::Deposed => "deposed",
    });
    vec![
        Field::new("outcome", word),
        Field::new(
            "found",
            found.map(|value| {
                value.map_or(Value::Word("absent"), |value| {
                    Value::Text(value.to_string())
                })
            }),
        ),
        Field::new("latency", record.latency()),
        Field::new("askedOf", record.asked_of),
        Field::new("answeredBy", record.answered_by),
        Field::new("tries", record.tries),
        Field::new("lastTry", past.tried),
        Field::new("timeouts", past.timeouts),
        Field::new("refusals", past.refusals),
        Field::new("lastRefusedBy", past.refused.map(|(node, _)| node)),
        Field::new("lastRefusal", refused),
        Field::new("sessionExpiredAt", past.session_expired),
        Field::new("entry", entry(world, witness, record)),
    ]
}

/// So many entries are looked through at the most: more than are written while anybody watches.
const SEARCHED_MAX: u64 = 20_000;

/// The entry whose commit it waits for, or by which it was done.
fn entry(world: &World, witness: &Witness, record: &OperationRecord) -> Value {
    let answer = why(world, witness, Subject::Operation(record.number)).map(|why| why.answer);
    match answer {
        Some(Answer::Operation(of)) => match of.state {
            OperationState::AtNode {
                node,
                wait: RequestWait::Commit { index },
                ..
            } => Value::Entry(node, index),
            _ => written(world, record).unwrap_or(Value::None),
        },
        _ => Value::None,
    }
}

/// The entry that it became, on the node that answered, or else on the one with the longest log.
fn written(world: &World, record: &OperationRecord) -> Option<Value> {
    let longest = || {
        let all = world.servers().iter();
        all.max_by_key(|server| server.log().last_index())
    };
    let answered = record.answered_by.and_then(|node| world.server(node));
    let server = answered.or_else(longest)?;
    let session = Some((record.client, record.sequence));
    let last = server.log().last_index().0;
    let first = last.saturating_sub(SEARCHED_MAX);
    (first..=last).rev().map(LogIndex).find_map(|index| {
        let entry = server.log().get(index)?;
        let Payload::Command(command) = &entry.payload else {
            return None;
        };
        (command.session == session).then_some(Value::Entry(server.id(), index))
    })
}
