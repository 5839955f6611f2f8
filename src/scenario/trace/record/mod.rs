//! The trace of a run of the laboratory's own, event by event.

mod line;
mod message;

use crate::raft::{Configuration, HardState, LogIndex, NodeId, NodeSet, ObservedRole, Rule};
use crate::sim::{Happening, MessageHead, Server, World};

use line::line;
use message::{is_answer, send};

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
