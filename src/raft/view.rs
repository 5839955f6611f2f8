//! What can be seen of a node.

use super::configuration::Configuration;
use super::log::Log;
use super::node::{Node, Role};
use super::progress::Progress;
use super::reads::Waiting;
use super::snapshot::Snapshot;
use super::types::{LogIndex, NodeId, NodeSet, Term};

impl<C: Clone> Node<C> {
    /// Which it is.
    pub const fn id(&self) -> NodeId {
        self.id
    }

    /// The latest term it has seen (Figure 2).
    pub const fn current_term(&self) -> Term {
        self.hard_state.current_term
    }

    /// Whom it voted for in its current term (Figure 2).
    pub const fn voted_for(&self) -> Option<NodeId> {
        self.hard_state.voted_for
    }

    /// Its log (Figure 2).
    pub const fn log(&self) -> &Log<C> {
        &self.log
    }

    /// How many messages it will send once its disk has what they promise.
    pub fn held_messages(&self) -> usize {
        self.durability.held()
    }

    /// The highest index it knows to be committed (Figure 2).
    pub const fn commit_index(&self) -> LogIndex {
        self.commit_index
    }

    /// The highest index it has applied (Figure 2).
    pub const fn last_applied(&self) -> LogIndex {
        self.last_applied
    }

    /// What it is.
    pub const fn role(&self) -> &Role {
        &self.role
    }

    /// Whether it leads.
    pub const fn is_leader(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// Whom it takes for the leader of its term.
    pub const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// The configuration in force on it.
    pub const fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The snapshot that its log goes on after, if it has been compacted (§7).
    pub const fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshots.latest()
    }

    /// The last index of its log that is durable.
    pub const fn durable_index(&self) -> LogIndex {
        self.durability.durable_index()
    }

    /// Whether its disk has its term and vote: before, no candidate counts its own vote.
    pub fn hard_state_is_durable(&self) -> bool {
        self.durability.hard_state_is_durable()
    }

    /// To whom it, as the leader, hands its leadership over, and whether that one has been told to
    /// campaign (dissertation §3.10).
    pub const fn transfer(&self) -> Option<(NodeId, bool)> {
        match &self.role {
            Role::Leader(leader) => match leader.transfer {
                Some(transfer) => Some((transfer.to, transfer.told)),
                None => None,
            },
            _ => None,
        }
    }

    /// Who has answered it, the leader, since it last looked whether a majority does (dissertation
    /// §6.2).
    pub const fn heard(&self) -> Option<NodeSet> {
        match &self.role {
            Role::Leader(leader) => Some(leader.heard),
            _ => None,
        }
    }

    /// How many requests wait at it.
    pub fn waiting(&self) -> Waiting {
        let mut waiting = self.reads_waiting();
        if let Role::Leader(leader) = &self.role {
            waiting.proposals = leader.proposals.len();
        }
        waiting
    }

    /// What it, as the leader, believes of a follower; `None` when it does not lead or `of` is not
    /// another member.
    pub fn progress(&self, of: NodeId) -> Option<&Progress> {
        match &self.role {
            Role::Leader(leader) if self.peers().contains(of) => leader.progress.get(of.index()),
            _ => None,
        }
    }
}
