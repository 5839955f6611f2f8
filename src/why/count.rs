//! Counting: so many of those who vote, and how many it takes.

use std::fmt;

use crate::raft::{Configuration, NodeSet};

/// Voters of a configuration that have something: a vote to give, an entry, an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
    nodes: NodeSet,
    of: Configuration,
}

impl Count {
    /// Those of `nodes` that vote in this configuration.
    pub const fn new(nodes: NodeSet, of: Configuration) -> Self {
        let nodes = nodes.intersection(of.electorate());
        Self { nodes, of }
    }

    /// The voters.
    pub const fn nodes(&self) -> NodeSet {
        self.nodes
    }

    /// The configuration whose quorums count.
    pub const fn of(&self) -> &Configuration {
        &self.of
    }

    /// The voters that are not among them.
    pub const fn others(&self) -> NodeSet {
        self.of.electorate().difference(self.nodes)
    }

    /// Whether they are a quorum: when the configuration is joint, of both (§6).
    pub const fn is_quorum(&self) -> bool {
        self.of.is_quorum(self.nodes)
    }

    /// How many it takes, to be written.
    pub const fn needs(&self) -> Needs {
        Needs(self.of)
    }
}

impl fmt::Display for Count {
    /// `3 of 5`; joint: `2 of the 3 old and 1 of the 5 new voters`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (old, new) = (self.of.outgoing(), self.of.voters());
        let among = |voters: NodeSet| self.nodes.intersection(voters).len();
        if self.of.is_joint() {
            let (of_old, of_new) = (among(old), among(new));
            let (old, new) = (old.len(), new.len());
            write!(
                f,
                "{of_old} of the {old} old and {of_new} of the {new} new voters"
            )
        } else {
            write!(f, "{} of {}", among(new), new.len())
        }
    }
}

/// How many voters make a quorum, to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Needs(Configuration);

impl fmt::Display for Needs {
    /// `3`; joint: `2 of the old and 3 of the new`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let majority = |voters| Configuration::new(voters).majority();
        let new = majority(self.0.voters());
        if self.0.is_joint() {
            let old = majority(self.0.outgoing());
            write!(f, "{old} of the old and {new} of the new")
        } else {
            write!(f, "{new}")
        }
    }
}
