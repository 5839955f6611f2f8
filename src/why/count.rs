//! Counting: so many of those who vote, and how many it takes.

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

/// How many voters make a quorum, to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Needs(Configuration);

impl Needs {
    /// Of the old voters, when the configuration is joint, and of the new ones.
    pub(super) fn of_each(self) -> (Option<usize>, usize) {
        let majority = |voters| Configuration::new(voters).majority();
        let old = self.0.is_joint().then(|| majority(self.0.outgoing()));
        (old, majority(self.0.voters()))
    }
}
