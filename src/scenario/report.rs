//! What the runner tells of a run: the JSON object of the scenario contract.

use std::sync::Arc;

use crate::check::Property;
use crate::raft::{NodeId, Term};
use crate::sim::{Server, Tally};

use super::expect::{log_terms, role};
use super::export::json::{Json, Object};
use super::runner::Run;

/// A run, as told in JSON.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The file it came from, which is not told where there is none: in the page.
    pub file: Option<String>,
    /// The scenario's title.
    pub title: String,
    /// The seed it ran with.
    pub seed: u64,
    /// Whether everything was as it should be.
    pub ok: bool,
    /// How many events there were.
    pub events: u64,
    /// The simulated time at its end, in microseconds.
    pub simulated_us: u64,
    /// A hash of every event in order, in 16 hexadecimal digits.
    pub digest: String,
    /// The up leader with the highest term.
    pub leader: Option<NodeId>,
    /// The nodes, in order of their numbers.
    pub nodes: Vec<NodeReport>,
    /// How many client operations came out how.
    pub ops: OpsReport,
    /// The safety properties that were violated.
    pub violations: Vec<ViolationReport>,
    /// The properties that cannot be judged in a trace, because what they rest on is not in it;
    /// not told where there are none.
    pub not_judged: Vec<&'static str>,
    /// Whether the client history is linearizable; `None` when so much was done to one key at once
    /// that it cannot be decided, and of a trace, which has none.
    pub linearizable: Option<bool>,
    /// What the scenario expected and was not so.
    pub failures: Vec<FailureReport>,
}

/// A node at the end of a run.
#[derive(Clone, PartialEq, Debug)]
pub struct NodeReport {
    /// Which.
    pub id: NodeId,
    /// What it is.
    pub role: &'static str,
    /// Its current term.
    pub term: Term,
    /// Whom it voted for in that term.
    pub voted_for: Option<NodeId>,
    /// Its commit index.
    pub commit: u64,
    /// The last index it has applied.
    pub applied: u64,
    /// The index of the last entry in its snapshot; 0: none.
    pub snapshot: u64,
    /// The terms of its entries, from the first kept.
    pub log: Vec<Term>,
    /// Its state machine, in order of the keys.
    pub state: Vec<(Arc<str>, Arc<str>)>,
}

/// How many client operations came out how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpsReport {
    ok: u64,
    failed: u64,
    unknown: u64,
    pending: u64,
}

/// A violated property.
#[derive(Clone, PartialEq, Debug)]
pub struct ViolationReport {
    property: &'static str,
    at_us: u64,
    detail: String,
}

/// A failed expectation or step.
#[derive(Clone, PartialEq, Debug)]
pub struct FailureReport {
    line: u32,
    at_us: u64,
    message: String,
}

impl Report {
    /// The run as it stands.
    pub fn of(run: &Run, file: Option<String>) -> Self {
        let world = run.world();
        let violations = run.monitor().violations().iter();
        let failures = run.failures().iter();
        Self {
            file,
            title: run.scenario().title.clone(),
            seed: world.seed(),
            ok: run.is_ok(),
            events: world.events(),
            simulated_us: world.now().0,
            digest: world.digest().to_string(),
            leader: world.leader(),
            nodes: world.servers().iter().map(NodeReport::of).collect(),
            ops: world.tally().into(),
            violations: violations
                .map(|violation| ViolationReport {
                    property: violation.property.name(),
                    at_us: violation.at.0,
                    detail: violation.detail.clone(),
                })
                .collect(),
            not_judged: run.monitor().not_judged().map(Property::name).collect(),
            linearizable: match world.sight() {
                Some(_) => None,
                None => run.monitor().linearizability().verdict(),
            },
            failures: failures
                .map(|failure| FailureReport {
                    line: failure.line,
                    at_us: failure.at.0,
                    message: failure.message.clone(),
                })
                .collect(),
        }
    }

    /// As one line of JSON.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

impl Json for Report {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        if let Some(file) = &self.file {
            object.field("file", &file.as_str());
        }
        object.field("title", &self.title.as_str());
        object.field("seed", &self.seed);
        object.field("ok", &self.ok);
        object.field("events", &self.events);
        object.field("simulated_us", &self.simulated_us);
        object.field("digest", &self.digest.as_str());
        object.field("leader", &self.leader);
        self.nodes.write(object.name("nodes"));
        object.field("ops", &self.ops);
        self.violations.write(object.name("violations"));
        if !self.not_judged.is_empty() {
            self.not_judged.write(object.name("not_judged"));
        }
        object.field("linearizable", &self.linearizable);
        self.failures.write(object.name("failures"));
        object.end();
    }
}

impl Json for NodeReport {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("id", &self.id);
        object.field("role", &self.role);
        object.field("term", &self.term);
        object.field("voted_for", &self.voted_for);
        object.field("commit", &self.commit);
        object.field("applied", &self.applied);
        object.field("snapshot", &self.snapshot);
        self.log.write(object.name("log"));
        let mut state = Object::begin(object.name("state"));
        for (key, value) in &self.state {
            state.field(key, &&**value);
        }
        state.end();
        object.end();
    }
}

impl Json for OpsReport {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("ok", &self.ok);
        object.field("failed", &self.failed);
        object.field("unknown", &self.unknown);
        object.field("pending", &self.pending);
        object.end();
    }
}

impl Json for ViolationReport {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("property", &self.property);
        object.field("at_us", &self.at_us);
        object.field("detail", &self.detail.as_str());
        object.end();
    }
}

impl Json for FailureReport {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("line", &self.line);
        object.field("at_us", &self.at_us);
        object.field("message", &self.message.as_str());
        object.end();
    }
}

impl NodeReport {
    fn of(server: &Server) -> Self {
        let hard_state = server.hard_state();
        let state = server.store().iter();
        Self {
            id: server.id(),
            role: role(server).name(),
            term: hard_state.current_term,
            voted_for: hard_state.voted_for,
            commit: server.commit_index().0,
            applied: server.last_applied().0,
            snapshot: server.snapshot_index().0,
            log: log_terms(server),
            state: state
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        }
    }
}

impl From<Tally> for OpsReport {
    fn from(tally: Tally) -> Self {
        Self {
            ok: tally.ok,
            failed: tally.failed,
            unknown: tally.unknown,
            pending: tally.pending,
        }
    }
}
