//! The monitor: what it watches for, and what it has seen.

use std::fmt;

use crate::raft::{NodeId, Rule, Time};
use crate::sim::{Happening, World};

use super::history::History;
use super::logs::Logs;
use super::terms::Terms;

/// A safety property.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Property {
    /// At most one leader is ever elected in a term (Figure 3).
    ElectionSafety,
    /// A leader never overwrites or deletes entries in its log (Figure 3).
    LeaderAppendOnly,
    /// Two logs with an entry of the same index and term are the same up to it (Figure 3).
    LogMatching,
    /// An entry first committed in a term is in the log of every leader of a later one (Figure 3).
    LeaderCompleteness,
    /// No two nodes ever apply different entries at an index (Figure 3).
    StateMachineSafety,
    /// A committed entry never changes or disappears, and a majority keeps it durably.
    CommitStability,
    /// A node's term never falls, across restarts.
    TermMonotonic,
    /// A node votes for at most one candidate in a term, across restarts.
    OneVotePerTerm,
}

impl Property {
    /// Every property.
    pub const ALL: [Self; 8] = [
        Self::ElectionSafety,
        Self::LeaderAppendOnly,
        Self::LogMatching,
        Self::LeaderCompleteness,
        Self::StateMachineSafety,
        Self::CommitStability,
        Self::TermMonotonic,
        Self::OneVotePerTerm,
    ];

    /// Its name, as in scenario files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElectionSafety => "election-safety",
            Self::LeaderAppendOnly => "leader-append-only",
            Self::LogMatching => "log-matching",
            Self::LeaderCompleteness => "leader-completeness",
            Self::StateMachineSafety => "state-machine-safety",
            Self::CommitStability => "commit-stability",
            Self::TermMonotonic => "term-monotonic",
            Self::OneVotePerTerm => "one-vote-per-term",
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A property that was violated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// Which.
    pub property: Property,
    /// When.
    pub at: Time,
    /// In which event.
    pub event: u64,
    /// What was seen, with the nodes and the numbers.
    pub detail: String,
}

/// The oracles of one run. A clone is cheap.
#[derive(Clone, Debug)]
pub struct Monitor {
    terms: Terms,
    history: History,
    logs: Logs,
    violations: Vec<Violation>,
}

impl Monitor {
    /// The oracles for a world at its start.
    pub fn new(world: &World) -> Self {
        let mut monitor = Self {
            terms: Terms::new(world),
            history: History::default(),
            logs: Logs::new(world),
            violations: Vec::new(),
        };
        let mut found = Found::new(world);
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
        for happening in world.happenings() {
            self.look(world, happening, &mut found);
        }
        self.take(found)
    }

    /// What has been violated so far, each property once, in the order it was found.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Whether nothing has been violated.
    pub const fn is_safe(&self) -> bool {
        self.violations.is_empty()
    }

    fn look(&mut self, world: &World, happening: &Happening, found: &mut Found) {
        match *happening {
            Happening::Rule(node, Rule::BecomeLeader { term }) => {
                self.terms.elected(node, term, found);
                self.logs.elected(world, node, term, &self.history, found);
            }
            Happening::Rule(
                node,
                Rule::LeaderCommit { old, new } | Rule::FollowerCommit { old, new },
            ) => {
                self.logs
                    .committed(world, node, old, new, &mut self.history, found);
            }
            Happening::Durable {
                node,
                hard_state: Some(hard_state),
                ..
            } => self.terms.durable(node, hard_state, found),
            Happening::Applied {
                node, index, term, ..
            } => self.history.applied(node, index, term, found),
            Happening::Sent(ref head) => self.terms.told(head, found),
            Happening::Crashed(node) => {
                self.terms.crashed(world, node, found);
                self.logs.crashed(world, node, &self.history, found);
            }
            Happening::Restarted(node) => self.terms.restarted(world, node, found),
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
        for violation in found.violations {
            if !self
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

/// What an observation finds.
pub(super) struct Found {
    at: Time,
    event: u64,
    violations: Vec<Violation>,
}

impl Found {
    fn new(world: &World) -> Self {
        Self {
            at: world.now(),
            event: world.events(),
            violations: Vec::new(),
        }
    }

    pub(super) fn violation(&mut self, property: Property, detail: String) {
        self.violations.push(Violation {
            property,
            at: self.at,
            event: self.event,
            detail,
        });
    }
}

/// What the monitor remembers of each node.
#[derive(Clone, Debug)]
pub(super) struct PerNode<T>(Vec<T>);

impl<T: Default + Clone> PerNode<T> {
    pub(super) fn new(nodes: usize) -> Self {
        Self(vec![T::default(); nodes])
    }

    pub(super) fn get_mut(&mut self, node: NodeId) -> &mut T {
        if self.0.len() <= node.index() {
            self.0.resize(node.index() + 1, T::default());
        }
        &mut self.0[node.index()]
    }
}
