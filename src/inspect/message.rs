//! A message: every field of it, what caused it, and its fate.

use crate::kv::SharedCommand;
use crate::raft::{AppendResult, Body, InstallResult, LogIndex, NodeId};
use crate::sim::{Flight, LossCause, World};
use crate::why::{Loss, Witness};

use super::entry;
use super::value::{Field, Group, Name, Value};

pub(super) fn groups(world: &World, witness: &Witness, id: u64) -> Option<Vec<Group>> {
    match world.message(id) {
        Some(flight) => Some(under_way(flight)),
        None => witness.loss(id).map(lost),
    }
}

/// What it is and what it carries.
pub(super) fn contents(flight: &Flight) -> Vec<Group> {
    let message = flight.message();
    let mut groups = vec![Group::new(
        Name::Message,
        vec![
            Field::new("kind", message.kind().name()),
            Field::new("from", message.from),
            Field::new("to", message.to),
            Field::new("term", message.term),
        ],
    )];
    let body = body(message.from, &message.body);
    if !body.is_empty() {
        groups.push(Group::new(Name::Body, body));
    }
    groups
}

fn under_way(flight: &Flight) -> Vec<Group> {
    let mut groups = contents(flight);
    groups.push(Group::new(
        Name::Transit,
        vec![
            Field::new("id", Value::Number(flight.id())),
            Field::new("sent", flight.sent()),
            Field::new("sentIn", Value::Event(flight.cause().0)),
            Field::new("arrives", flight.arrives()),
            Field::new("dies", flight.dies()),
        ],
    ));
    groups
}

/// Why a message was lost.
pub(super) const fn cause(cause: LossCause) -> &'static str {
    match cause {
        LossCause::Loss => "loss",
        LossCause::Cut => "cut",
        LossCause::Down => "receiver down",
        LossCause::Dropped => "dropped",
    }
}

/// What is remembered of a message that was lost.
fn lost(loss: Loss) -> Vec<Group> {
    let head = loss.message;
    vec![
        Group::new(
            Name::Message,
            vec![
                Field::new("kind", head.kind().name()),
                Field::new("from", head.from),
                Field::new("to", head.to),
                Field::new("term", head.term),
            ],
        ),
        Group::new(
            Name::Transit,
            vec![
                Field::new("id", Value::Number(head.id)),
                Field::new("lost", loss.at),
                Field::new("cause", cause(loss.cause)),
            ],
        ),
    ]
}

fn body(from: NodeId, body: &Body<SharedCommand>) -> Vec<Field> {
    match body {
        Body::RequestVote {
            last_log_index,
            last_log_term,
            transfer,
        } => vec![
            Field::new("candidateId", from),
            Field::new("lastLogIndex", *last_log_index),
            Field::new("lastLogTerm", *last_log_term),
            Field::new("transfer", *transfer),
        ],
        Body::RequestVoteReply { granted } => vec![Field::new("voteGranted", *granted)],
        Body::PreVote {
            campaign_term,
            last_log_index,
            last_log_term,
        } => vec![
            Field::new("campaignTerm", *campaign_term),
            Field::new("lastLogIndex", *last_log_index),
            Field::new("lastLogTerm", *last_log_term),
        ],
        Body::PreVoteReply {
            campaign_term,
            granted,
        } => vec![
            Field::new("campaignTerm", *campaign_term),
            Field::new("voteGranted", *granted),
        ],
        Body::AppendEntries {
            prev_log_index,
            prev_log_term,
            entries,
            leader_commit,
            round,
        } => {
            let of = |(place, entry): (usize, _)| {
                let index = LogIndex(prev_log_index.0 + 1 + place as u64);
                let mut fields = vec![Field::new("index", Value::Entry(from, index))];
                fields.extend(entry::fields(entry));
                Value::Fields(fields)
            };
            let entries: Vec<Value> = entries.iter().enumerate().map(of).collect();
            vec![
                Field::new("leaderId", from),
                Field::new("prevLogIndex", *prev_log_index),
                Field::new("prevLogTerm", *prev_log_term),
                Field::new("leaderCommit", *leader_commit),
                Field::new("round", *round),
                Field::new("entries", entries),
            ]
        }
        Body::AppendEntriesReply { result, round } => append_reply(*result, *round),
        Body::ReadIndex { read } => vec![Field::new("read", *read)],
        Body::ReadIndexReply { read, index } => {
            vec![Field::new("read", *read), Field::new("index", *index)]
        }
        Body::TimeoutNow => Vec::new(),
        Body::InstallSnapshot { chunk, round } => vec![
            Field::new("leaderId", from),
            Field::new("lastIncludedIndex", chunk.last_index),
            Field::new("lastIncludedTerm", chunk.last_term),
            Field::new("configuration", chunk.configuration),
            Field::new("offset", chunk.offset),
            Field::new("bytes", chunk.data.len()),
            Field::new("done", chunk.done),
            Field::new("round", *round),
        ],
        Body::InstallSnapshotReply {
            last_index,
            result,
            round,
        } => {
            let (word, bytes) = match result {
                InstallResult::Received { bytes } => ("received", Some(*bytes)),
                InstallResult::Matched { .. } => ("matched", None),
                InstallResult::Refused => ("refused", None),
            };
            let matched = match result {
                InstallResult::Matched { match_index } => Some(*match_index),
                InstallResult::Received { .. } | InstallResult::Refused => None,
            };
            vec![
                Field::new("lastIncludedIndex", *last_index),
                Field::new("result", word),
                Field::new("bytes", bytes),
                Field::new("matchIndex", matched),
                Field::new("round", *round),
            ]
        }
    }
}

fn append_reply(result: AppendResult, round: u64) -> Vec<Field> {
    let mut fields = vec![Field::new(
        "success",
        matches!(result, AppendResult::Matched { .. }),
    )];
    match result {
        AppendResult::Matched { match_index } => {
            fields.push(Field::new("matchIndex", match_index));
        }
        AppendResult::Conflict {
            prev_log_index,
            conflict_term,
            conflict_index,
        } => {
            fields.push(Field::new("prevLogIndex", prev_log_index));
            fields.push(Field::new("conflictTerm", conflict_term));
            fields.push(Field::new("conflictIndex", conflict_index));
        }
    }
    fields.push(Field::new("round", round));
    fields
}
