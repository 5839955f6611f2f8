//! The properties, and violations of them.

use std::fmt;

use crate::raft::Time;
use crate::sim::{Sight, World};

/// A property that every run must have: all but liveness are safety properties.
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
    /// A committed entry never changes or disappears: a quorum of the configuration that committed it
    /// keeps it durably, and every quorum of one that follows has it.
    CommitStability,
    /// A node's term never falls, across restarts.
    TermMonotonic,
    /// A node votes for at most one candidate in a term, across restarts.
    OneVotePerTerm,
    /// The durable votes for a leader are a quorum of its configuration.
    ElectionCertificate,
    /// Commit and applied indices never fall within a node's life, nor `matchIndex` within a
    /// leadership.
    Monotonic,
    /// Snapshot ≤ applied ≤ commit ≤ last index of the log, on every node.
    Order,
    /// A client's operation takes effect once, by the same entry on every node.
    ExactlyOnce,
    /// When a run ends healed: one leader, equal logs, and a fresh write served in time.
    Liveness,
    /// At most one configuration in a log is not committed.
    OneConfigurationChange,
    /// Snapshots with the same last index have the same state, sessions and configuration.
    SnapshotEquality,
}

impl Property {
    /// Every property.
    pub const ALL: [Self; 15] = [
        Self::ElectionSafety,
        Self::LeaderAppendOnly,
        Self::LogMatching,
        Self::LeaderCompleteness,
        Self::StateMachineSafety,
        Self::CommitStability,
        Self::TermMonotonic,
        Self::OneVotePerTerm,
        Self::ElectionCertificate,
        Self::Monotonic,
        Self::Order,
        Self::ExactlyOnce,
        Self::Liveness,
        Self::OneConfigurationChange,
        Self::SnapshotEquality,
    ];

    /// Whether it can be judged in what was recorded elsewhere: what it rests on is there.
    pub(super) const fn is_seen(self, sight: Sight) -> bool {
        match self {
            Self::ElectionSafety
            | Self::TermMonotonic
            | Self::OneVotePerTerm
            | Self::Monotonic
            | Self::Order => true,
            Self::LeaderAppendOnly
            | Self::LogMatching
            | Self::LeaderCompleteness
            | Self::StateMachineSafety => sight.logs,
            Self::CommitStability => sight.logs && sight.quorums,
            Self::ElectionCertificate => sight.votes,
            // Nothing is recorded of operations, configurations in logs and states.
            Self::ExactlyOnce
            | Self::Liveness
            | Self::OneConfigurationChange
            | Self::SnapshotEquality => false,
        }
    }

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
            Self::ElectionCertificate => "election-certificate",
            Self::Monotonic => "monotonic",
            Self::Order => "order",
            Self::ExactlyOnce => "exactly-once",
            Self::Liveness => "liveness",
            Self::OneConfigurationChange => "one-configuration-change",
            Self::SnapshotEquality => "snapshot-equality",
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

/// What an observation finds.
pub(super) struct Found {
    at: Time,
    event: u64,
    violations: Vec<Violation>,
}

impl Found {
    pub(super) fn new(world: &World) -> Self {
        Self {
            at: world.now(),
            event: world.events(),
            violations: Vec::new(),
        }
    }

    /// What was found, in order.
    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::raft::NodeId;
    use crate::sim::Config;

    /// Nothing found yet, at the start of a run.
    pub(in super::super) fn found() -> Found {
        Found::new(&World::new(Config::default(), 1))
    }

    /// The names of the properties that were found violated.
    pub(in super::super) fn names(found: Found) -> Vec<&'static str> {
        let violations = found.into_violations().into_iter();
        violations.map(|found| found.property.name()).collect()
    }

    pub(in super::super) fn node(number: u8) -> NodeId {
        NodeId::new(number).expect("tests number nodes from 1")
    }
}
