//! Leadership transfer (dissertation §3.10): a leader brings a follower up to date, takes no commands
//! meanwhile, and tells it to campaign at once.

use super::durability::Gate;
use super::effect::{Effect, Output, Refusal, RequestId};
use super::message::Body;
use super::node::{Node, Role, Transfer};
use super::policy::Mutant;
use super::rule::Rule;
use super::types::{NodeId, Term};

impl<C: Clone> Node<C> {
    /// Begins to hand leadership over to a voter; anyone else cannot take it.
    pub(super) fn transfer_leadership(&mut self, to: NodeId, out: &mut Output<C>) {
        if to == self.id || !self.configuration.voters().contains(to) {
            return;
        }
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        leader.transfer = Some(Transfer { to, told: false });
        out.rules.push(Rule::StartTransfer { to });
        // It is given up when this fires.
        out.effects.push(Effect::ArmElectionTimer);
        self.transfer_when_caught_up(out);
    }

    /// Tells the follower to campaign as soon as it has the whole log.
    pub(super) fn transfer_when_caught_up(&mut self, out: &mut Output<C>) {
        let last_index = self.log.last_index();
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let Some(Transfer { to, told: false }) = leader.transfer else {
            return;
        };
        if leader.progress[to.index()].match_index() < last_index {
            return;
        }
        leader.transfer = Some(Transfer { to, told: true });
        if !self.settings.policy.has(Mutant::LeaseAcrossTransfer) {
            leader.lease.give_away();
        }
        out.rules.push(Rule::SendTimeoutNow { to });
        self.send(Gate::Term, to, Body::TimeoutNow);
    }

    /// An election timeout has passed: whoever should have taken over has not.
    pub(super) fn abort_transfer(&mut self, out: &mut Output<C>) {
        if let Role::Leader(leader) = &mut self.role
            && let Some(Transfer { to, .. }) = leader.transfer.take()
        {
            out.rules.push(Rule::AbortTransfer { to });
            self.advance_membership(out);
        }
    }

    /// A follower is told to campaign: without asking first, and whoever its leader is.
    pub(super) fn timeout_now(&mut self, from: NodeId, term: Term, out: &mut Output<C>) {
        let follows = term == self.hard_state.current_term && self.role == Role::Follower;
        if follows && self.may_campaign() {
            out.rules.push(Rule::TakeOver { from });
            self.forget_leader(out);
            // Its leader has no lease any more.
            self.promised = None;
            self.campaign(true, out);
        }
    }

    /// No command is taken, so that the follower can catch up. It is not known who leads next.
    pub(super) fn refuse_during_transfer(
        &self,
        to: NodeId,
        request: RequestId,
        out: &mut Output<C>,
    ) {
        out.rules.push(Rule::TransferUnderWay { to });
        out.effects.push(Effect::Refuse {
            request,
            refusal: Refusal::NotLeader { leader: None },
        });
    }
}
