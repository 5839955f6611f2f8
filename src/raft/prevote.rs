//! PreVote (dissertation §9.6): before a node disturbs anyone with a new term, it asks whether it could
//! win. Nothing durable changes by asking or by answering.

use super::durability::Gate;
use super::effect::{Effect, Output};
use super::message::Body;
use super::node::{Node, Role};
use super::rule::{Rule, VoteRefusal};
use super::types::{LogIndex, NodeId, NodeSet, Term};

impl<C: Clone> Node<C> {
    /// The election timeout passed: asks the others whether they would vote for it.
    pub(super) fn start_pre_vote(&mut self, out: &mut Output<C>) {
        let campaign_term = self.hard_state.current_term.next();
        out.rules.push(Rule::StartPreVote { campaign_term });
        self.role = Role::PreCandidate {
            votes: NodeSet::EMPTY,
        };
        out.effects.push(Effect::ArmElectionTimer);
        for peer in self.other_voters().iter() {
            let body = Body::PreVote {
                campaign_term,
                last_log_index: self.log.last_index(),
                last_log_term: self.log.last_term(),
            };
            self.send(Gate::Term, peer, body);
        }
        self.count_pre_vote(self.id, out);
    }

    /// A pre-candidate asks. A node answers what it would do, and does nothing.
    pub(super) fn pre_vote(
        &mut self,
        from: NodeId,
        campaign_term: Term,
        candidate_last: (Term, LogIndex),
        out: &mut Output<C>,
    ) {
        let refusal = self.pre_vote_refusal(campaign_term, candidate_last);
        out.rules.push(match refusal {
            Some(why) => Rule::RefusePreVote { to: from, why },
            None => Rule::GrantPreVote {
                to: from,
                campaign_term,
            },
        });
        let body = Body::PreVoteReply {
            campaign_term,
            granted: refusal.is_none(),
        };
        self.send(Gate::Term, from, body);
    }

    fn pre_vote_refusal(
        &self,
        campaign_term: Term,
        candidate: (Term, LogIndex),
    ) -> Option<VoteRefusal> {
        let current = self.hard_state.current_term;
        if campaign_term <= current {
            // The answer carries the higher term, so that the one who asked catches up with it.
            return Some(VoteRefusal::StaleTerm {
                candidate: campaign_term,
                current,
            });
        }
        self.live_leader()
            .map(|leader| VoteRefusal::LiveLeader { leader })
            .or_else(|| {
                let left = self.promise_left()?;
                Some(VoteRefusal::Promised { left })
            })
            .or_else(|| self.log_refusal(candidate))
    }

    /// A node says whether it would vote.
    pub(super) fn pre_vote_reply(
        &mut self,
        from: NodeId,
        campaign_term: Term,
        granted: bool,
        out: &mut Output<C>,
    ) {
        // An answer about an earlier campaign says nothing of this one.
        if campaign_term != self.hard_state.current_term.next() {
            return;
        }
        if granted {
            self.count_pre_vote(from, out);
        } else if matches!(self.role, Role::PreCandidate { .. }) {
            out.rules.push(Rule::VoteDenied { from });
        }
    }

    /// Pre-candidates: if a majority would vote for it, it campaigns.
    fn count_pre_vote(&mut self, from: NodeId, out: &mut Output<C>) {
        let Role::PreCandidate { votes } = &mut self.role else {
            return;
        };
        if !votes.insert(from) {
            return;
        }
        let votes = *votes;
        out.rules.push(Rule::CountPreVote {
            from,
            votes,
            needed: self.configuration.majority() as u8,
        });
        if self.configuration.is_quorum(votes) {
            self.campaign(false, out);
        }
    }
}
