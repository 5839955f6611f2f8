//! The trace of a run of the laboratory's own, event by event.

use std::fmt::Write;

use crate::raft::{
    AppendResult, Configuration, HardState, InstallResult, LogIndex, NodeId, NodeSet, ObservedRole,
    Rule,
};
use crate::sim::{Happening, MessageHead, Says, Server, World};

use super::event::Kind;

/// Writes a trace, a JSON object a line.
#[derive(Clone, Default, Debug)]
pub struct Recorder {
    /// What has been written of each node, by node index.
    written: Vec<Option<Written>>,
    /// The nodes whose logs have been written as they are after the event under way.
    logs: NodeSet,
}

/// What a line says of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Written {
    hard_state: HardState,
    role: ObservedRole,
    last: LogIndex,
    commit: LogIndex,
    applied: LogIndex,
    configuration: Configuration,
}

impl Recorder {
    /// The lines with which the trace of a world at its start begins.
    pub fn begin(world: &World, out: &mut String) -> Self {
        let mut recorder = Self::default();
        for server in world.servers() {
            recorder.write(
                world,
                server,
                ("InitState", None),
                Some(LogIndex(1)),
                None,
                out,
            );
        }
        for server in world.servers().iter().filter(|server| !server.is_up()) {
            recorder.write(world, server, ("Crash", None), None, None, out);
        }
        recorder
    }

    /// The lines for the world's last event.
    pub fn record(&mut self, world: &World, out: &mut String) {
        let mut touched = NodeSet::EMPTY;
        self.logs = NodeSet::EMPTY;
        for happening in world.happenings() {
            touched.extend(self.happened(world, happening, out));
        }
        for id in touched.iter() {
            if let Some(server) = world.server(id) {
                let log = self.unwritten(world, id);
                if log.is_some() || self.written_of(id) != Some(standing(world, server)) {
                    self.write(world, server, ("Ready", None), log, None, out);
                }
            }
        }
    }

    /// From where on a node's log has changed in the last event, unless that has been written.
    fn unwritten(&self, world: &World, id: NodeId) -> Option<LogIndex> {
        match self.logs.contains(id) {
            true => None,
            false => changed(world, id),
        }
    }

    /// Writes what happened; returns the node whose state may have changed.
    fn happened(
        &mut self,
        world: &World,
        happening: &Happening,
        out: &mut String,
    ) -> Option<NodeId> {
        let (id, name, message) = match happening {
            Happening::Sent(head) | Happening::Duplicated(head) => {
                (head.from, send(head), Some(head))
            }
            Happening::Delivered(head) => {
                self.write_before(world, head, out);
                return Some(head.to);
            }
            Happening::Rule(node, rule) => match of_rule(rule) {
                Some(name) => (*node, name, None),
                None => return Some(*node),
            },
            Happening::Crashed(node) => (*node, "Crash", None),
            Happening::Restarted(node) => (*node, "Restart", None),
            Happening::Wiped(node) => (*node, "Wipe", None),
            Happening::Added(node) => (*node, "InitState", None),
            Happening::Wrote { node, .. } | Happening::Applied { node, .. } => {
                return Some(*node);
            }
            _ => return None,
        };
        let server = world.server(id)?;
        let log = match is_whole(name) {
            true => Some(LogIndex(1)),
            false => self.unwritten(world, id),
        };
        let rule = match happening {
            Happening::Rule(_, rule) => Some(rule),
            _ => None,
        };
        self.write(world, server, (name, rule), log, message, out);
        Some(id)
    }

    fn written_of(&self, id: NodeId) -> Option<Written> {
        self.written.get(id.index()).copied().flatten()
    }

    /// A message has reached a node, which is as it was.
    fn write_before(&self, world: &World, head: &MessageHead, out: &mut String) {
        if let Some(before) = self.written_of(head.to) {
            let name = match is_answer(head) {
                true => "ReceiveResponse",
                false => "ReceiveRequest",
            };
            line(world, head.to, name, &before, None, Some(head), out);
        }
    }

    /// A line that says how the node is now, and its log from `log` on.
    fn write(
        &mut self,
        world: &World,
        server: &Server,
        (name, rule): (&'static str, Option<&Rule>),
        log: Option<LogIndex>,
        message: Option<&MessageHead>,
        out: &mut String,
    ) {
        let id = server.id();
        let now = standing(world, server);
        let now = match self.written_of(id) {
            Some(before) if !is_whole(name) => as_it_became(now, before, name, rule),
            _ => now,
        };
        if log.is_some() {
            self.logs.insert(id);
        }
        let log = log.map(|first| (server, first));
        line(world, id, name, &now, log, message, out);
        if self.written.len() <= id.index() {
            self.written.resize(id.index() + 1, None);
        }
        self.written[id.index()] = Some(now);
    }
}

fn standing(world: &World, server: &Server) -> Written {
    let role = server.node().map(|node| node.observed_role());
    Written {
        hard_state: server.hard_state(),
        role: role.unwrap_or_default(),
        last: server.log().last_index(),
        commit: server.commit_index(),
        applied: server.last_applied(),
        configuration: world.configuration_of(server),
    }
}

/// Whether such a line says all that a node is, whatever it was.
fn is_whole(name: &str) -> bool {
    matches!(name, "Crash" | "Restart" | "Wipe" | "InitState" | "Ready")
}

/// What a node is in the middle of an event: after it, it is like `now`. What it commits and by whom
/// comes one after the other, as the rules tell it.
fn as_it_became(now: Written, before: Written, name: &str, rule: Option<&Rule>) -> Written {
    let mut became = Written {
        commit: before.commit,
        configuration: before.configuration,
        ..now
    };
    match rule {
        Some(Rule::LeaderCommit { new, .. } | Rule::FollowerCommit { new, .. }) => {
            became.commit = *new;
        }
        Some(
            Rule::UseConfiguration { configuration, .. }
            | Rule::RevertConfiguration { configuration },
        ) => became.configuration = *configuration,
        _ => {}
    }
    became.applied = now.applied.min(became.commit).max(before.applied);
    match name {
        "BecomeFollower" => became.role = ObservedRole::Follower,
        "BecomeCandidate" => became.role = ObservedRole::Candidate,
        "BecomeLeader" => became.role = ObservedRole::Leader,
        _ => {}
    }
    became
}

/// From where on a node's log has changed in the last event.
fn changed(world: &World, id: NodeId) -> Option<LogIndex> {
    let changes = world
        .happenings()
        .iter()
        .filter_map(|happening| match happening {
            Happening::Wrote {
                node,
                log: Some((first, ..)),
                ..
            } if *node == id => Some(*first),
            Happening::Rule(node, Rule::InstallSnapshot { .. }) if *node == id => Some(LogIndex(1)),
            _ => None,
        });
    changes.min()
}

/// What a rule is called in a trace, if it is worth a line.
const fn of_rule(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::StartElection { .. } => "BecomeCandidate",
        Rule::BecomeLeader { .. } => "BecomeLeader",
        Rule::HigherTerm { .. } | Rule::StepDown { .. } | Rule::YieldToLeader { .. } => {
            "BecomeFollower"
        }
        Rule::LeaderCommit { .. } | Rule::FollowerCommit { .. } => "Commit",
        Rule::LeaderAppend { .. } => "Replicate",
        Rule::UseConfiguration { .. } | Rule::RevertConfiguration { .. } => "ApplyConfChange",
        _ => return None,
    })
}

const fn is_answer(head: &MessageHead) -> bool {
    matches!(
        head.says,
        Says::RequestVoteReply { .. }
            | Says::PreVoteReply { .. }
            | Says::AppendEntriesReply(_)
            | Says::InstallSnapshotReply { .. }
            | Says::ReadIndexReply(_)
    )
}

const fn send(head: &MessageHead) -> &'static str {
    match head.says {
        Says::RequestVote { .. } => "SendRequestVoteRequest",
        Says::RequestVoteReply { .. } => "SendRequestVoteResponse",
        Says::AppendEntries { .. } => "SendAppendEntriesRequest",
        Says::AppendEntriesReply(_) => "SendAppendEntriesResponse",
        Says::InstallSnapshot { .. } => "SendSnapshot",
        _ => "SendMessage",
    }
}

fn line(
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

/// The numbers of a message in a trace.
#[derive(Default)]
struct Numbers {
    term: u64,
    log_term: u64,
    index: u64,
    entries: u64,
    commit: u64,
    reject: bool,
    reject_hint: u64,
}

fn told_message(head: &MessageHead, out: &mut String) {
    let (kind, numbers) = numbers(head);
    let kind = Kind::NAMES.iter().find(|(known, _)| *known == kind);
    let kind = kind.map_or("", |(_, name)| *name);
    let (from, to) = (head.from.number(), head.to.number());
    let Numbers {
        term,
        log_term,
        index,
        entries,
        commit,
        reject,
        reject_hint,
    } = numbers;
    let _ = write!(
        out,
        r#"{{"type":"{kind}","term":{term},"from":"{from}","to":"{to}","entries":{entries},"logTerm":{log_term},"index":{index},"commit":{commit},"vote":"0","reject":{reject},"rejectHint":{reject_hint}}}"#
    );
}

fn numbers(head: &MessageHead) -> (Kind, Numbers) {
    let plain = Numbers {
        term: head.term.0,
        ..Numbers::default()
    };
    match head.says {
        Says::RequestVote { last } => {
            let (log_term, index) = (last.0.0, last.1.0);
            let numbers = Numbers {
                log_term,
                index,
                ..plain
            };
            (Kind::Vote, numbers)
        }
        Says::RequestVoteReply { granted } => {
            let reject = !granted;
            (Kind::VoteResp, Numbers { reject, ..plain })
        }
        Says::PreVote {
            campaign_term,
            last,
        } => {
            let numbers = Numbers {
                term: campaign_term.0,
                log_term: last.0.0,
                index: last.1.0,
                ..plain
            };
            (Kind::PreVote, numbers)
        }
        Says::PreVoteReply {
            campaign_term,
            granted,
        } => {
            let numbers = Numbers {
                term: campaign_term.0,
                reject: !granted,
                ..plain
            };
            (Kind::PreVoteResp, numbers)
        }
        Says::AppendEntries {
            previous,
            entries,
            commit,
        } => {
            let numbers = Numbers {
                log_term: previous.1.0,
                index: previous.0.0,
                entries,
                commit: commit.0,
                ..plain
            };
            (Kind::App, numbers)
        }
        Says::AppendEntriesReply(result) => (Kind::AppResp, answer(result, plain)),
        Says::InstallSnapshot { last_index, .. } => {
            let entries = last_index.0;
            (Kind::Snap, Numbers { entries, ..plain })
        }
        Says::InstallSnapshotReply { result, .. } => {
            let matched = match result {
                InstallResult::Matched { match_index } => match_index.0,
                InstallResult::Received { .. } | InstallResult::Refused => 0,
            };
            let numbers = Numbers {
                index: matched,
                reject: result == InstallResult::Refused,
                ..plain
            };
            (Kind::AppResp, numbers)
        }
        Says::TimeoutNow => (Kind::TimeoutNow, plain),
        Says::ReadIndex => (Kind::ReadIndex, plain),
        Says::ReadIndexReply(index) => {
            let numbers = Numbers {
                index: index.unwrap_or_default().0,
                reject: index.is_none(),
                ..plain
            };
            (Kind::ReadIndexResp, numbers)
        }
    }
}

fn answer(result: AppendResult, plain: Numbers) -> Numbers {
    match result {
        AppendResult::Matched { match_index } => Numbers {
            index: match_index.0,
            ..plain
        },
        AppendResult::Conflict {
            prev_log_index,
            conflict_term,
            conflict_index,
        } => Numbers {
            index: prev_log_index.0,
            log_term: conflict_term.unwrap_or_default().0,
            reject: true,
            reject_hint: conflict_index.0,
            ..plain
        },
    }
}
