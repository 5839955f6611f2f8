//! Leader election (§5.2) and its restriction (§5.4.1).

use super::durability::Gate;
use super::effect::{Effect, Output};
use super::lease::Lease;
use super::log::Payload;
use super::message::Body;
use super::node::{Leader, Node, Role};
use super::policy::Mutant;
use super::progress::Progress;
use super::reads::LeaderReads;
use super::rule::{Rule, VoteRefusal};
use super::types::{LogIndex, NodeId, NodeSet, Term};

impl<C: Clone> Node<C> {
    /// Followers and candidates: the election timeout passed without hearing from a leader or
    /// granting a vote.
    pub(super) fn election_timeout(&mut self, out: &mut Output<C>) {
        if self.is_leader() {
            return self.leader_timeout(out);
        }
        self.forget_leader(out);
        if !self.may_campaign() {
            // Who has no vote waits to be told of a configuration in which it has one (§6).
            return;
        }
        // Who may have been removed asks first in any case, so that it is no trouble to the others.
        if self.settings.pre_vote || !self.configuration.is_voter(self.id) {
            self.start_pre_vote(out);
        } else {
            self.campaign(false, out);
        }
    }

    /// Candidates: "increment currentTerm, vote for self, reset election timer, send RequestVote RPCs
    /// to all other servers" (Figure 2).
    pub(super) fn campaign(&mut self, transfer: bool, out: &mut Output<C>) {
        let term = self.hard_state.current_term.next();
        out.rules.push(Rule::StartElection { term });
        self.set_hard_state(term, Some(self.id));
        self.role = Role::Candidate {
            votes: NodeSet::EMPTY,
        };
        out.effects.push(Effect::ArmElectionTimer);
        for peer in self.other_voters().iter() {
            let body = Body::RequestVote {
                last_log_index: self.log.last_index(),
                last_log_term: self.log.last_term(),
                transfer,
            };
            // The term and the own vote must survive a crash before anyone hears of them.
            self.send(Gate::Everything, peer, body);
        }
    }

    /// A candidate asks for this node's vote.
    pub(super) fn request_vote(
        &mut self,
        from: NodeId,
        term: Term,
        transfer: bool,
        candidate_last: (Term, LogIndex),
        out: &mut Output<C>,
    ) {
        let refusal = self.vote_refusal(from, term, transfer, candidate_last);
        out.rules.push(match refusal {
            Some(why) => Rule::RefuseVote { to: from, why },
            None => Rule::GrantVote { to: from, term },
        });
        if refusal.is_none() {
            if self.hard_state.voted_for.is_none() {
                self.set_hard_state(term, Some(from));
            }
            out.effects.push(Effect::ArmElectionTimer);
        }
        let granted = refusal.is_none();
        self.send(Gate::Everything, from, Body::RequestVoteReply { granted });
    }

    /// RequestVote RPC, receiver implementation (Figure 2): why not, if not.
    fn vote_refusal(
        &self,
        from: NodeId,
        term: Term,
        transfer: bool,
        candidate: (Term, LogIndex),
    ) -> Option<VoteRefusal> {
        let current = self.hard_state.current_term;
        // A higher term that was not adopted is that of a candidate who is passed over.
        if term > current
            && let Some(leader) = self.live_leader()
        {
            return Some(VoteRefusal::LiveLeader { leader });
        }
        if term < current {
            return Some(VoteRefusal::StaleTerm {
                candidate: term,
                current,
            });
        }
        // The leader may hold a lease, unless it has itself asked for the election.
        if let Some(left) = self.promise_left()
            && !transfer
        {
            return Some(VoteRefusal::Promised { left });
        }
        if let Some(for_node) = self.hard_state.voted_for
            && for_node != from
        {
            return Some(VoteRefusal::AlreadyVoted { for_node });
        }
        self.log_refusal(candidate)
    }

    /// §5.4.1: the later last term is more up to date; of the same term, the longer log.
    pub(super) fn log_refusal(&self, candidate: (Term, LogIndex)) -> Option<VoteRefusal> {
        let own = (self.log.last_term(), self.log.last_index());
        let policy = self.settings.policy;
        let is_behind = if policy.has(Mutant::VoteWithoutLogCheck) {
            false
        } else if policy.has(Mutant::VoteLogLengthOnly) {
            candidate.1 < own.1
        } else {
            candidate < own
        };
        is_behind.then_some(VoteRefusal::LogNotUpToDate { candidate, own })
    }

    /// A voter answers.
    pub(super) fn request_vote_reply(
        &mut self,
        from: NodeId,
        term: Term,
        granted: bool,
        out: &mut Output<C>,
    ) {
        let any_term = granted && self.settings.policy.has(Mutant::CountStaleVotes);
        if term < self.hard_state.current_term && !any_term {
            return;
        }
        if granted {
            self.count_vote(from, out);
        } else if matches!(self.role, Role::Candidate { .. }) {
            out.rules.push(Rule::VoteDenied { from });
        }
    }

    /// A candidate's own vote counts once its disk has it, like any other's.
    pub(super) fn count_own_vote(&mut self, out: &mut Output<C>) {
        if self.durability.hard_state_is_durable() && self.may_count_own_vote(out) {
            self.count_vote(self.id, out);
        }
    }

    /// Candidates: votes from a majority make a leader.
    fn count_vote(&mut self, from: NodeId, out: &mut Output<C>) {
        let Role::Candidate { votes } = &mut self.role else {
            return;
        };
        if !votes.insert(from) {
            if from == self.id || !self.settings.policy.has(Mutant::CountDuplicateVotes) {
                return;
            }
            // Who counts messages takes it for the vote of one more voter.
            let others = self.configuration.voters().difference(*votes);
            votes.extend(others.iter().next());
        }
        let votes = *votes;
        out.rules.push(Rule::CountVote {
            from,
            votes,
            needed: self.configuration.majority() as u8,
        });
        if self.configuration.is_quorum(votes) {
            self.become_leader(out);
        }
    }

    /// Leaders: upon election, send to everyone at once, so that no one else campaigns; the no-op of
    /// the new term is what commits the entries of earlier terms (§5.4.2, §8).
    fn become_leader(&mut self, out: &mut Output<C>) {
        out.rules.push(Rule::BecomeLeader {
            term: self.hard_state.current_term,
        });
        let next_index = self.log.last_index().next();
        let places = self.configuration.members().iter().last();
        self.role = Role::Leader(Leader {
            progress: vec![Progress::new(next_index); places.map_or(0, |id| id.index() + 1)],
            proposals: std::collections::VecDeque::new(),
            reads: LeaderReads::default(),
            lease: Lease::default(),
            heard: NodeSet::EMPTY,
            transfer: None,
            last_append: self.now,
            changes: Box::default(),
        });
        self.leader = Some(self.id);
        // A leader that checks its quorum does so when an election timeout has passed.
        out.effects.push(match self.settings.check_quorum {
            true => Effect::ArmElectionTimer,
            false => Effect::DisarmElectionTimer,
        });
        out.effects.push(Effect::ArmHeartbeatTimer);
        if self.settings.lease.is_some() {
            self.begin_round();
        }
        self.leader_append(Payload::Noop, out);
        self.replicate_to_all(out);
    }

    /// The voters that it asks for votes.
    pub(super) fn other_voters(&self) -> NodeSet {
        let mut others = self.configuration.electorate();
        others.remove(self.id);
        others
    }
}
