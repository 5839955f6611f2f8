//! Whether there is a live leader: CheckQuorum on its side (dissertation §6.2), and on the others' side
//! sticking to it (§4.2.3).

use super::effect::{Effect, Output};
use super::message::{Body, Message};
use super::node::{Node, Role};
use super::rule::Rule;
use super::types::{NodeId, NodeSet};

impl<C: Clone> Node<C> {
    /// An election timeout has passed for a leader: a transfer is given up, and the quorum is checked.
    pub(super) fn leader_timeout(&mut self, out: &mut Output<C>) {
        self.abort_transfer(out);
        if self.settings.check_quorum {
            self.check_quorum(out);
        }
    }

    /// If no majority has answered within an election timeout, others may have elected another: it
    /// stops leading.
    fn check_quorum(&mut self, out: &mut Output<C>) {
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let mut heard = std::mem::replace(&mut leader.heard, NodeSet::EMPTY);
        heard.insert(self.id);
        if self.configuration.is_quorum(heard) {
            out.effects.push(Effect::ArmElectionTimer);
            return;
        }
        out.rules.push(Rule::QuorumLost {
            heard,
            needed: self.configuration.majority() as u8,
        });
        self.become_follower(self.hard_state.current_term, out);
        self.forget_leader(out);
    }

    /// Who leads, if it was heard so lately that nobody can have campaigned fairly; itself, if it
    /// leads.
    pub(super) fn live_leader(&self) -> Option<NodeId> {
        let lately = self
            .leader_heard
            .is_some_and(|at| self.now.since(at) < self.settings.election_timeout_min);
        self.leader.filter(|_| lately || self.is_leader())
    }

    /// It no longer knows of a leader: reads that it has asked of one are refused.
    pub(super) fn forget_leader(&mut self, out: &mut Output<C>) {
        self.leader = None;
        self.leader_heard = None;
        self.refuse_forwarded_reads(out);
    }

    /// Whether the higher term of a message counts. Asking for a PreVote spreads no term; and who
    /// sticks to a live leader passes over a candidate, its term included. Candidates who are no
    /// voters, most likely because they were removed and have not heard of it, disrupt no live leader
    /// in any case (dissertation §4.2.3).
    pub(super) fn adopts_term_of(&self, message: &Message<C>) -> bool {
        match message.body {
            Body::PreVote { .. } => false,
            Body::RequestVote { transfer, .. } => {
                let sticks = self.settings.check_quorum
                    || self.settings.lease.is_some()
                    || !self.configuration.is_voter(message.from);
                let is_free = self.live_leader().is_none() && self.promise_left().is_none();
                transfer || !sticks || is_free
            }
            _ => true,
        }
    }
}
