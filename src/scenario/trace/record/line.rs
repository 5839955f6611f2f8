//! A line of a trace.

use std::fmt::Write;

use crate::raft::{HardState, LogIndex, NodeId, NodeSet, ObservedRole};
use crate::sim::{MessageHead, Server, World};

use super::Written;
use super::message::told_message;

/// Writes the line that says how a node was, with its log from an index on and a message, where there are.
pub(super) fn line(
    world: &World,
    id: NodeId,
    name: &str,
    written: &Written,
    log: Option<(&Server, LogIndex)>,
    message: Option<&MessageHead>,
    out: &mut String,
) {
    let (at, id) = (world.now(), id.number());
    let HardState {
        current_term: term,
        voted_for,
    } = written.hard_state;
    let vote = voted_for.map_or(0, NodeId::number);
    let (commit, applied) = (written.commit, written.applied);
    let role = match written.role {
        ObservedRole::Follower => "Follower",
        ObservedRole::PreCandidate => "PreCandidate",
        ObservedRole::Candidate => "Candidate",
        ObservedRole::Leader => "Leader",
    };
    // Writing to a text cannot fail.
    let _ = write!(
        out,
        r#"{{"ts":{},"event":{{"name":"{name}","nid":"{id}","state":{{"term":{term},"vote":"{vote}","commit":{commit}}},"role":"State{role}","log":"#,
        at.0
    );
    match log {
        Some((server, first)) => told_log(server, first, out),
        None => {
            let _ = write!(out, "{}", written.last);
        }
    }
    let _ = write!(out, r#","applied":{applied},"conf":["#);
    nodes(written.configuration.voters(), out);
    out.push(',');
    nodes(written.configuration.outgoing(), out);
    out.push(']');
    if !written.configuration.learners().is_empty() {
        out.push_str(r#","learners":"#);
        nodes(written.configuration.learners(), out);
    }
    if let Some(head) = message {
        out.push_str(r#","msg":"#);
        told_message(head, out);
    }
    out.push_str("}}\n");
}

/// The log from `first` on, or from where it begins.
fn told_log(server: &Server, first: LogIndex, out: &mut String) {
    let log = server.log();
    let (base, before) = log.base();
    let from = first.max(base.next());
    let _ = write!(out, r#"{{"from":{from}"#);
    if from == base.next() && base > LogIndex::ZERO {
        let _ = write!(out, r#","before":{before}"#);
    }
    out.push_str(r#","terms":["#);
    for (place, (_, entry)) in log.iter_from(from).enumerate() {
        let separator = if place == 0 { "" } else { "," };
        let _ = write!(out, "{separator}{}", entry.term);
    }
    out.push_str("]}");
}

fn nodes(nodes: NodeSet, out: &mut String) {
    out.push('[');
    for (place, id) in nodes.iter().enumerate() {
        let separator = if place == 0 { "" } else { "," };
        let _ = write!(out, r#"{separator}"{}""#, id.number());
    }
    out.push(']');
}
