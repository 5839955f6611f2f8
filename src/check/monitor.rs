//! The monitor: shows the oracles what happens, and keeps what they find.

use rpds::RedBlackTreeSetSync;

use crate::raft::{NodeId, NodeSet, Rule};
use crate::sim::{Happening, Sight, World};

use super::certificate::Certificates;
use super::effects::{AppliedEntry, Effects};
use super::history::History;
use super::indices::Indices;
use super::linearizability::{ClientHistory, Linearizability};
use super::liveness::Liveness;
use super::logs::Logs;
use super::property::{Found, Property, Violation};
use super::snapshots::Snapshots;
use super::terms::Terms;

/// The oracles of one run. A clone is cheap.
#[derive(Clone, Debug)]
pub struct Monitor {
    terms: Terms,
    history: History,
    logs: Logs,
    certificates: Certificates,
    indices: Indices,
    effects: Effects,
    snapshots: Snapshots,
    liveness: Liveness,
    client_history: ClientHistory,
    violations: Vec<Violation>,
    /// What can be seen of a cluster elsewhere, when this is one.
    sight: Option<Sight>,
}

impl Monitor {
    /// The oracles for a world at its start.
    pub fn new(world: &World) -> Self {
        let mut found = Found::new(world);
        let mut monitor = Self {
            terms: Terms::new(world),
            history: History::default(),
            logs: Logs::new(world),
            certificates: Certificates::new(world),
            indices: Indices::new(world, &mut found),
            effects: Effects::new(world.servers().len()),
            snapshots: Snapshots::new(),
            liveness: Liveness::default(),
            client_history: ClientHistory::new(world),
            violations: Vec::new(),
            sight: world.sight(),
        };
        monitor.logs.start(world, &mut monitor.history, &mut found);
        monitor.take(found);
        monitor
    }

    /// Looks at what happened in the world's last event; says whether anything new is wrong.
    pub fn observe(&mut self, world: &World) -> bool {
        let mut found = Found::new(world);
        // What was stored in this event must be known before what it led to is judged.
        for happening in world.happenings() {
            self.look_at_write(world, happening, &mut found);
        }
        let mut touched = NodeSet::EMPTY;
        for happening in world.happenings() {
            self.look(world, happening, &mut found);
            self.liveness.look(world, happening);
            self.client_history.look(world, happening);
            if let Some(node) = touches(happening) {
                touched.insert(node);
            }
        }
        for node in touched.iter() {
            self.indices.look(world, node, &mut found);
        }
        // The world is as it is after the event: whom the leader began anew with in it is known.
        for happening in world.happenings() {
            if let Happening::Delivered(head) = happening {
                self.indices.delivered(world, head, &mut found);
            }
        }
        self.take(found)
    }

    /// The run has come to its end: what should have happened by now is judged. The world is only
    /// looked at. Says whether anything new is wrong.
    pub fn end(&mut self, world: &World) -> bool {
        if self.sight.is_some() {
            return false;
        }
        let mut found = Found::new(world);
        self.liveness.end(world, &mut found);
        self.take(found)
    }

    /// What has been violated so far, each property once, in the order it was found.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The properties that cannot be judged, because what they rest on was not recorded.
    pub fn not_judged(&self) -> impl Iterator<Item = Property> {
        let sight = self.sight;
        let is_seen = move |property: &Property| sight.is_none_or(|sight| property.is_seen(sight));
        Property::ALL
            .into_iter()
            .filter(move |property| !is_seen(property))
    }

    /// Whether the client history so far is linearizable. That is no safety property: with
    /// `reads = "local"` stale answers are what was asked for.
    pub const fn linearizability(&self) -> &Linearizability {
        self.client_history.linearizability()
    }

    /// The numbers of the operations that read a value which had been written over before they were
    /// asked.
    pub const fn stale_reads(&self) -> &RedBlackTreeSetSync<u64> {
        self.client_history.stale_reads()
    }

    /// Whether nothing has been violated.
    pub const fn is_safe(&self) -> bool {
        self.violations.is_empty()
    }

    fn look(&mut self, world: &World, happening: &Happening, found: &mut Found) {
        match *happening {
            Happening::Rule(node, Rule::BecomeLeader { term }) => {
                self.terms.elected(node, term, found);
                self.certificates.elected(world, node, term, found);
                self.logs.elected(world, node, term, &self.history, found);
            }
            Happening::Rule(
                node,
                Rule::LeaderCommit { old, new } | Rule::FollowerCommit { old, new },
            ) => {
                self.logs
                    .committed(world, node, old, new, &mut self.history, found);
            }
            Happening::Rule(
                node,
                Rule::UseConfiguration {
                    index,
                    configuration,
                },
            ) => {
                let now = (index, configuration);
                let before = self
                    .logs
                    .reconfigured(world, node, now, &self.history, found);
                let joined = configuration.members().difference(before.members());
                self.indices.joined(node, joined);
            }
            Happening::Rule(node, Rule::RevertConfiguration { configuration }) => {
                self.logs.goes_by(node, configuration);
            }
            Happening::Rule(
                node,
                Rule::InstallSnapshot {
                    last_index,
                    last_term,
                    removed,
                },
            ) => {
                let last = (last_index, last_term);
                self.history.applied(node, last_index, last_term, found);
                self.logs
                    .installed(world, node, last, removed, &mut self.history, found);
            }
            Happening::WroteSnapshot { node, snapshot } => {
                self.snapshots.seen(node, snapshot, found);
            }
            Happening::Restored { node, snapshot } => {
                self.snapshots.seen(node, snapshot, found);
                self.logs.restored(node, snapshot.index);
                self.effects.restored(node, snapshot.index);
            }
            Happening::Durable {
                node,
                hard_state: Some(hard_state),
                ..
            } => {
                self.terms.durable(node, hard_state, found);
                self.certificates.durable(node, hard_state);
            }
            Happening::Applied {
                node,
                index,
                term,
                duplicate,
            } => {
                self.history.applied(node, index, term, found);
                let applied = AppliedEntry {
                    node,
                    index,
                    term,
                    duplicate,
                };
                let entry = self.history.entry(index, term);
                self.effects.applied(applied, entry, found);
            }
            Happening::Sent(ref head) => self.terms.told(head, found),
            Happening::Crashed(node) => {
                self.terms.crashed(world, node, found);
                self.logs.crashed(world, node, &self.history, found);
                self.certificates.crashed(world, node);
                self.indices.crashed(node);
                self.effects.crashed(node);
            }
            Happening::Wiped(node) => {
                self.terms.wiped(node);
                self.logs.wiped(world, &self.history, found);
            }
            Happening::Restarted(node) => {
                self.terms.restarted(world, node, found);
                self.logs.restarted(world, node);
            }
            _ => {}
        }
    }

    fn look_at_write(&mut self, world: &World, happening: &Happening, found: &mut Found) {
        if let Happening::Wrote {
            node,
            hard_state,
            log,
            ..
        } = *happening
        {
            if let Some(hard_state) = hard_state {
                self.terms.wrote(node, hard_state, found);
            }
            if let Some((first, last, removed)) = log {
                let range = (first, last);
                self.logs
                    .wrote(world, node, range, removed, &mut self.history, found);
            }
        }
    }

    /// Keeps what is new: a property, once broken, tends to stay so, and is told once.
    fn take(&mut self, found: Found) -> bool {
        let before = self.violations.len();
        for violation in found.into_violations() {
            let is_seen = (self.sight).is_none_or(|sight| violation.property.is_seen(sight));
            if is_seen
                && !self
                    .violations
                    .iter()
                    .any(|known| known.property == violation.property)
            {
                self.violations.push(violation);
            }
        }
        self.violations.len() > before
    }
}

/// The node whose state may have changed.
const fn touches(happening: &Happening) -> Option<NodeId> {
    match happening {
        Happening::Sent(head) => Some(head.from),
        Happening::Delivered(head) => Some(head.to),
        Happening::ElectionTimeout(node)
        | Happening::HeartbeatTimeout(node)
        | Happening::Rule(node, _)
        | Happening::Wrote { node, .. }
        | Happening::Durable { node, .. }
        | Happening::Applied { node, .. }
        | Happening::Restarted(node)
        | Happening::WroteSnapshot { node, .. }
        | Happening::Restored { node, .. } => Some(*node),
        _ => None,
    }
}
