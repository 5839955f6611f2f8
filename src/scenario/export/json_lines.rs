//! An event as a line of JSON. The fields are told in docs/traces.md, and do not change their names.

use std::fmt::{Display, Write};

use crate::kv::{Operation, Response};
use crate::raft::{AppendResult, HardState, InstallResult, NodeSet, Refusal};
use crate::scenario::format::probability;
use crate::scenario::host::{nodes, place};
use crate::scenario::words;
use crate::sim::{
    Failure, Happening, LossCause, MessageHead, NetworkHash, OperationStep, Outcome, ReadFrom,
    Says, SnapshotHead, World,
};

use super::json::{Json, Object, array};
use super::rules::rule;

/// The line before one run of several.
pub(super) fn run(title: &str, seed: u64, out: &mut String) {
    let mut object = Object::begin(out);
    object.field("title", &title);
    object.field("seed", &seed);
    object.end().push('\n');
}

/// The line of the last event of a world.
pub(super) fn event(world: &World, out: &mut String) {
    let about = world.happenings().iter();
    let about = about.fold(NodeSet::EMPTY, |all, happening| {
        all.union(nodes(happening, world))
    });
    let mut object = Object::begin(out);
    object.field("event", &world.events());
    object.field("at_us", &world.now().0);
    object.field("cause", &world.cause().0);
    object.field("nodes", &about);
    let out = object.name("happenings");
    array(world.happenings(), out, |one, out| {
        happening(one, world, out);
    });
    object.end().push('\n');
}

fn happening(happening: &Happening, world: &World, out: &mut String) {
    let mut object = Object::begin(out);
    object.field("what", &what(happening));
    fields(happening, world, &mut object);
    if let Some(words) = words::describe(happening, world) {
        object.field("words", &words.text.as_str());
    }
    object.end();
}

const fn what(happening: &Happening) -> &'static str {
    match happening {
        Happening::Sent(_) => "sent",
        Happening::Duplicated(_) => "duplicated",
        Happening::Delivered(_) => "delivered",
        Happening::Lost(..) => "lost",
        Happening::ElectionTimeout(_) => "election-timeout",
        Happening::HeartbeatTimeout(_) => "heartbeat-timeout",
        Happening::Rule(..) => "rule",
        Happening::Wrote { .. } => "wrote",
        Happening::Durable { .. } => "durable",
        Happening::Applied { .. } => "applied",
        Happening::Crashed(_) => "crashed",
        Happening::Restarted(_) => "restarted",
        Happening::Paused(_) => "paused",
        Happening::Resumed(_) => "resumed",
        Happening::LinkCut(..) => "link-cut",
        Happening::LinkHealed(..) => "link-healed",
        Happening::Network(_) => "network",
        Happening::Operation { .. } => "operation",
        Happening::ChaosBegan => "chaos-began",
        Happening::ChaosEnded => "chaos-ended",
        Happening::Partitioned(_) => "partitioned",
        Happening::Isolated(_) => "isolated",
        Happening::AllHealed => "all-healed",
        Happening::Clock { .. } => "clock",
        Happening::Wiped(_) => "wiped",
        Happening::Added(_) => "added",
        Happening::SessionExpired { .. } => "session-expired",
        Happening::WroteSnapshot { .. } => "wrote-snapshot",
        Happening::Restored { .. } => "restored",
        Happening::Reads(_) => "reads",
        Happening::Copied(..) => "copied",
        Happening::Delayed(..) => "delayed",
        Happening::Link { .. } => "link",
        Happening::LoadStopped => "load-stopped",
    }
}

fn fields(happening: &Happening, world: &World, object: &mut Object<'_>) {
    match happening {
        Happening::Sent(head) | Happening::Duplicated(head) | Happening::Delivered(head) => {
            message(head, object);
        }
        Happening::Lost(head, cause) => {
            message(head, object);
            object.field("by", &loss(*cause));
        }
        Happening::ElectionTimeout(node)
        | Happening::HeartbeatTimeout(node)
        | Happening::Crashed(node)
        | Happening::Restarted(node)
        | Happening::Paused(node)
        | Happening::Resumed(node)
        | Happening::Isolated(node)
        | Happening::Wiped(node)
        | Happening::Added(node) => object.field("node", node),
        Happening::Rule(node, fired) => {
            object.field("node", node);
            rule(fired, object);
        }
        Happening::Wrote {
            node,
            seq,
            hard_state: state,
            log,
        } => {
            object.field("node", node);
            object.field("write", &seq.0);
            hard_state(*state, object);
            if let Some((first, last, removed)) = log {
                object.field("first", first);
                object.field("last", last);
                object.field("removed", removed);
            }
        }
        Happening::Durable {
            node,
            seq,
            hard_state: state,
        } => {
            object.field("node", node);
            object.field("write", &seq.0);
            hard_state(*state, object);
        }
        Happening::Applied {
            node,
            index,
            term,
            duplicate,
        } => {
            object.field("node", node);
            object.field("index", index);
            object.field("term", term);
            object.field("duplicate", duplicate);
        }
        Happening::SessionExpired { node, index } => {
            object.field("node", node);
            object.field("index", index);
        }
        Happening::WroteSnapshot { node, snapshot } | Happening::Restored { node, snapshot } => {
            object.field("node", node);
            head_of_snapshot(snapshot, object);
        }
        Happening::LinkCut(from, to) | Happening::LinkHealed(from, to) => {
            object.field("from", from);
            object.field("to", to);
        }
        Happening::Network(network) => conditions(network, object),
        Happening::Reads(reads) => object.field(
            "from",
            &match reads {
                ReadFrom::Leader => "leader",
                ReadFrom::Followers => "followers",
            },
        ),
        Happening::Operation { number, step } => operation(*number, *step, world, object),
        Happening::Partitioned(groups) => {
            let out = object.name("groups");
            array(groups, out, |group, out| group.write(out));
        }
        Happening::Clock { node, rate } => {
            object.field("node", node);
            object.field("rate", &Shown(rate));
        }
        Happening::Copied(head, first) => {
            message(head, object);
            object.field("of", first);
        }
        Happening::Delayed(head, by) => {
            message(head, object);
            object.field("by_us", &by.as_micros());
        }
        Happening::Link {
            from,
            to,
            conditions: own,
        } => {
            object.field("from", from);
            object.field("to", to);
            if let Some(own) = own {
                conditions(own, object);
            }
        }
        Happening::ChaosBegan
        | Happening::ChaosEnded
        | Happening::AllHealed
        | Happening::LoadStopped => {}
    }
}

/// A number that is not a whole one, as it is shown.
struct Shown<T>(T);

impl<T: Display> Json for Shown<T> {
    fn write(&self, out: &mut String) {
        // Writing to a string never fails.
        let _ = write!(out, "{}", self.0);
    }
}

const fn loss(cause: LossCause) -> &'static str {
    match cause {
        LossCause::Loss => "loss",
        LossCause::Cut => "cut",
        LossCause::Down => "down",
        LossCause::Dropped => "dropped",
    }
}

fn hard_state(state: Option<HardState>, object: &mut Object<'_>) {
    if let Some(state) = state {
        object.field("term", &state.current_term);
        object.field("voted_for", &state.voted_for);
    }
}

fn head_of_snapshot(snapshot: &SnapshotHead, object: &mut Object<'_>) {
    object.field("index", &snapshot.index);
    object.field("term", &snapshot.term);
    object.field("content", &format!("{:016x}", snapshot.content).as_str());
}

fn conditions(network: &NetworkHash, object: &mut Object<'_>) {
    let out = object.name("latency_us");
    array([network.latency.0, network.latency.1], out, |us, out| {
        us.write(out);
    });
    object.field("loss", &Shown(probability(network.loss)));
    object.field("duplicate", &Shown(probability(network.duplicate)));
    object.field("reorder", &network.reorder);
}

fn message(head: &MessageHead, object: &mut Object<'_>) {
    object.field("message", &head.id);
    object.field("kind", &head.kind().name());
    object.field("from", &head.from);
    object.field("to", &head.to);
    object.field("term", &head.term);
    match &head.says {
        Says::RequestVote {
            last: (term, index),
        } => {
            object.field("last_log_index", index);
            object.field("last_log_term", term);
        }
        Says::RequestVoteReply { granted } => object.field("granted", granted),
        Says::PreVote {
            campaign_term,
            last: (term, index),
        } => {
            object.field("campaign_term", campaign_term);
            object.field("last_log_index", index);
            object.field("last_log_term", term);
        }
        Says::PreVoteReply {
            campaign_term,
            granted,
        } => {
            object.field("campaign_term", campaign_term);
            object.field("granted", granted);
        }
        Says::AppendEntries {
            previous: (index, term),
            entries,
            commit,
        } => {
            object.field("prev_log_index", index);
            object.field("prev_log_term", term);
            object.field("entries", entries);
            object.field("leader_commit", commit);
        }
        Says::AppendEntriesReply(result) => append_result(result, object),
        Says::ReadIndexReply(index) => object.field("index", index),
        Says::InstallSnapshot {
            last_index,
            offset,
            bytes,
            done,
        } => {
            object.field("last_index", last_index);
            object.field("offset", offset);
            object.field("bytes", bytes);
            object.field("done", done);
        }
        Says::InstallSnapshotReply { last_index, result } => {
            object.field("last_index", last_index);
            install_result(result, object);
        }
        Says::ReadIndex | Says::TimeoutNow => {}
    }
}

fn append_result(result: &AppendResult, object: &mut Object<'_>) {
    match result {
        AppendResult::Matched { match_index } => {
            object.field("success", &true);
            object.field("match_index", match_index);
        }
        AppendResult::Conflict {
            prev_log_index,
            conflict_term,
            conflict_index,
        } => {
            object.field("success", &false);
            object.field("prev_log_index", prev_log_index);
            object.field("conflict_term", conflict_term);
            object.field("conflict_index", conflict_index);
        }
    }
}

fn install_result(result: &InstallResult, object: &mut Object<'_>) {
    match result {
        InstallResult::Received { bytes } => {
            object.field("success", &true);
            object.field("bytes", bytes);
        }
        InstallResult::Matched { match_index } => {
            object.field("success", &true);
            object.field("match_index", match_index);
        }
        InstallResult::Refused => object.field("success", &false),
    }
}

fn operation(number: u64, step: OperationStep, world: &World, object: &mut Object<'_>) {
    object.field("operation", &number);
    object.field("step", &step_name(step));
    if let Some(node) = step.node() {
        object.field("node", &node);
    }
    match step {
        OperationStep::Tried { attempt, .. } => object.field("attempt", &attempt),
        OperationStep::Refused(_, Refusal::NotLeader { leader }) => {
            object.field("why", &"not-leader");
            object.field("leader", &leader);
        }
        OperationStep::Refused(_, Refusal::Deposed) => object.field("why", &"deposed"),
        _ => {}
    }
    let Some(record) = place(number).and_then(|place| world.operations().get(place)) else {
        return;
    };
    let client = world.client(record.client);
    object.field("client", &client.map(|client| &**client.name()));
    asked(&record.operation, object);
    if matches!(
        step,
        OperationStep::Ok | OperationStep::Failed | OperationStep::Unknown
    ) {
        object.field("latency_us", &record.latency());
        object.field("answered_by", &record.answered_by);
        answered(&record.outcome, object);
    }
}

const fn step_name(step: OperationStep) -> &'static str {
    match step {
        OperationStep::Asked(_) => "asked",
        OperationStep::Tried { .. } => "tried",
        OperationStep::NodeDown(_) => "node-down",
        OperationStep::Refused(..) => "refused",
        OperationStep::TimedOut(_) => "timed-out",
        OperationStep::Answered(_) => "answered",
        OperationStep::Ok => "ok",
        OperationStep::Failed => "failed",
        OperationStep::Unknown => "unknown",
        OperationStep::SessionExpired(_) => "session-expired",
    }
}

/// As the verb of a scenario file that asks for it.
fn asked(operation: &Operation, object: &mut Object<'_>) {
    let (verb, value, expect) = match operation {
        Operation::Put { value, .. } => ("put", Some(value), None),
        Operation::Get { .. } => ("get", None, None),
        Operation::Delete { .. } => ("delete", None, None),
        Operation::Cas { expect, value, .. } => ("cas", Some(value), Some(expect)),
    };
    object.field("verb", &verb);
    object.field("key", &&**operation.key());
    if let Some(expect) = expect {
        object.field("expect", &&**expect);
    }
    if let Some(value) = value {
        object.field("value", &&**value);
    }
}

fn answered(outcome: &Outcome, object: &mut Object<'_>) {
    match outcome {
        Outcome::Ok(Response::Value(value)) => object.field("read", &value.as_deref()),
        Outcome::Failed(Failure::Mismatch(found)) => {
            object.field("why", &"mismatch");
            object.field("found", &found.as_deref());
        }
        Outcome::Failed(Failure::NotLeader(_)) => object.field("why", &"not-leader"),
        Outcome::Ok(_) | Outcome::Pending | Outcome::Unknown => {}
    }
}
