//! A node as it was seen in a cluster of somebody else's: it takes no step of its own, but is set to what
//! was seen of it.

use super::configuration::Configuration;
use super::durability::Durability;
use super::effect::HardState;
use super::lease::Lease;
use super::log::Entry;
use super::node::{Leader, Node, Role};
use super::reads::LeaderReads;
use super::types::{LogIndex, NodeId, NodeSet};

/// What a node was seen to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum ObservedRole {
    /// It follows.
    #[default]
    Follower,
    /// It asks whether it would get votes.
    PreCandidate,
    /// It asks for votes.
    Candidate,
    /// It leads.
    Leader,
}

/// What was seen of a node, but for its log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ObservedNode {
    /// Term and vote.
    pub hard_state: HardState,
    /// What it is.
    pub role: ObservedRole,
    /// Whom it takes for the leader.
    pub leader: Option<NodeId>,
    /// The highest index it knows to be committed.
    pub commit_index: LogIndex,
    /// The highest index it has applied.
    pub last_applied: LogIndex,
    /// The configuration that it goes by.
    pub configuration: Configuration,
}

impl<C: Clone> Node<C> {
    /// Sets it to what was seen, whatever any rule says of that.
    pub fn observe(&mut self, seen: &ObservedNode) {
        self.hard_state = seen.hard_state;
        self.leader = seen.leader;
        self.commit_index = seen.commit_index;
        self.last_applied = seen.last_applied;
        self.configuration = seen.configuration;
        // Who votes for a candidate, and what a leader believes of the others, is not seen.
        self.role = match seen.role {
            ObservedRole::Follower => Role::Follower,
            ObservedRole::PreCandidate => Role::PreCandidate {
                votes: NodeSet::EMPTY,
            },
            ObservedRole::Candidate => Role::Candidate {
                votes: NodeSet::EMPTY,
            },
            ObservedRole::Leader => Role::Leader(Leader {
                progress: Vec::new(),
                proposals: std::collections::VecDeque::new(),
                reads: LeaderReads::default(),
                lease: Lease::default(),
                heard: NodeSet::EMPTY,
                transfer: None,
                last_append: self.now,
                changes: Box::default(),
            }),
        };
    }

    /// What it is, as it would be seen.
    pub const fn observed_role(&self) -> ObservedRole {
        match self.role {
            Role::Follower => ObservedRole::Follower,
            Role::PreCandidate { .. } => ObservedRole::PreCandidate,
            Role::Candidate { .. } => ObservedRole::Candidate,
            Role::Leader(_) => ObservedRole::Leader,
        }
    }

    /// Its log is these entries from `first` on, which is not beyond the index after its last; what is
    /// before stays. Returns how many were removed.
    ///
    /// # Panics
    /// When there would be a gap.
    pub fn observe_log(
        &mut self,
        first: LogIndex,
        entries: impl Iterator<Item = Entry<C>>,
    ) -> usize {
        assert!(first <= self.log.last_index().next(), "a log has no gap");
        let removed = self.log.truncate_from(first).len();
        for entry in entries {
            self.log.append(entry);
        }
        self.durability = Durability::new(self.log.last_index());
        removed
    }
}
