//! Changes of the cluster's members (§6; dissertation chapter 4): one server at a time, or any change
//! by joint consensus.
//!
//! A configuration is an entry of the log, in force on a node as soon as it is there, committed or
//! not, and no longer when it is removed. A leader makes one change after another: none before an
//! entry of its own term is committed, and none while an earlier one is not. Whoever is to vote is a
//! learner first, until it has caught up.

use std::collections::VecDeque;

use super::configuration::{ChangeRefusal, Configuration, MembershipChange};
use super::durability::Gate;
use super::effect::Output;
use super::log::Payload;
use super::message::Body;
use super::node::{Leader, Node, Role};
use super::policy::Mutant;
use super::progress::Progress;
use super::rule::Rule;
use super::types::{LogIndex, NodeId, NodeSet, Time};

/// What a leader has to do about the members.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct Changes {
    /// What was asked and is not done, in the order it was asked.
    waiting: VecDeque<MembershipChange>,
    /// The round in which learners catch up, for the first of those.
    round: Option<Round>,
    /// Who is no member any more, by a configuration that is not committed yet: they still get the
    /// log, so that they learn of it.
    leaving: NodeSet,
}

/// "Each round replicates all the log entries present in the leader's log at the start of the round
/// to the new server's log" (dissertation §4.2.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Round {
    target: LogIndex,
    began: Time,
}

impl Leader {
    /// Each of these nodes has a place: it is `fresh` if there was none.
    pub(super) fn make_room(&mut self, members: NodeSet, fresh: &Progress) {
        let places = members.iter().last().map_or(0, |id| id.index() + 1);
        if self.progress.len() < places {
            self.progress.resize(places, fresh.clone());
        }
    }
}

impl Changes {
    pub(super) const fn leaving(&self) -> NodeSet {
        self.leaving
    }

    /// What is given up when it no longer leads.
    pub(super) fn into_waiting(self) -> impl Iterator<Item = MembershipChange> {
        self.waiting.into_iter()
    }
}

/// The configuration in force.
impl<C: Clone> Node<C> {
    /// The configuration that its log has at `index`.
    pub(super) fn configuration_at(&self, index: LogIndex) -> Configuration {
        let in_log = self.log.configuration_at(index);
        in_log.map_or(self.first_configuration, |(_, configuration)| configuration)
    }

    /// Where the configuration in force is in its log; 0: the first one, which is given.
    fn configuration_index(&self) -> LogIndex {
        let in_log = self.log.configuration_at(self.log.last_index());
        in_log.map_or(LogIndex::ZERO, |(index, _)| index)
    }

    /// Whether it may lead: it votes; or it would lose its vote by a configuration that may not be
    /// committed. "A server that is not part of its own latest configuration should still start new
    /// elections, as it might still be needed until the C_new entry is committed" (dissertation
    /// §4.2.2); its own vote does not count then.
    pub fn may_campaign(&self) -> bool {
        let index = self.configuration_index();
        self.configuration.is_voter(self.id)
            || index > self.commit_index
                && self.configuration_at(index.previous()).is_voter(self.id)
    }

    /// "A server always uses the latest configuration in its log, regardless of whether the entry is
    /// committed" (§6).
    pub(super) fn use_configuration(
        &mut self,
        index: LogIndex,
        configuration: Configuration,
        out: &mut Output<C>,
    ) {
        self.configuration = configuration;
        out.rules.push(Rule::UseConfiguration {
            index,
            configuration,
        });
    }

    /// The log was cut: if a configuration went with it, the one before is in force again.
    pub(super) fn revert_configuration(&mut self, out: &mut Output<C>) {
        let configuration = self.configuration_at(self.log.last_index());
        if configuration != self.configuration {
            self.configuration = configuration;
            out.rules.push(Rule::RevertConfiguration { configuration });
        }
    }
}

/// What a leader does.
impl<C: Clone> Node<C> {
    /// Somebody wants the members changed: a leader does it when its turn has come.
    pub(super) fn change_membership(&mut self, change: MembershipChange, out: &mut Output<C>) {
        if !self.is_leader() {
            let leader = self.leader;
            return out.rules.push(Rule::NotLeader { leader });
        }
        if let Err(why) = self.check_change(change) {
            return out.rules.push(Rule::RefuseChange { change, why });
        }
        out.rules.extend(self.change_waits_for());
        if let Role::Leader(leader) = &mut self.role {
            if let MembershipChange::Remove(id) = change {
                leader.changes.forget_additions_of(id);
            }
            leader.changes.waiting.push_back(change);
        }
        self.advance_membership(out);
    }

    /// Whether a change can be made, after those that wait.
    ///
    /// # Errors
    /// Why not.
    pub fn check_change(&self, change: MembershipChange) -> Result<(), ChangeRefusal> {
        let mut planned = self.configuration.settled();
        if let Role::Leader(leader) = &self.role {
            for &earlier in &leader.changes.waiting {
                planned = planned.after(earlier).unwrap_or(planned);
            }
        }
        planned.after(change).map(|_| ())
    }

    /// Does the next thing about the members that can be done now.
    pub(super) fn advance_membership(&mut self, out: &mut Output<C>) {
        while let Role::Leader(leader) = &self.role {
            let change = leader.changes.waiting.front().copied();
            let is_joint = self.configuration.is_joint();
            if (change.is_none() && !is_joint) || self.change_waits_for_commit().is_some() {
                return;
            }
            // "Once C_old,new has been committed …, it is now safe for the leader to create a log
            // entry describing C_new" (§6).
            if is_joint {
                return self.append_configuration(self.configuration.settled(), out);
            }
            let Some(change) = change else { return };
            match self.configuration.after(change) {
                Ok(target) => return self.make_change(change, target, out),
                Err(why) => {
                    self.change_is_done();
                    out.rules.push(Rule::RefuseChange { change, why });
                }
            }
        }
    }

    /// The next step on the way to `target`: new nodes become learners and catch up before they vote.
    fn make_change(
        &mut self,
        change: MembershipChange,
        target: Configuration,
        out: &mut Output<C>,
    ) {
        let unknown = target.voters().difference(self.configuration.members());
        if !unknown.is_empty() {
            let configuration = self.configuration.with_learners(unknown);
            return self.append_configuration(configuration, out);
        }
        let promoted = target.voters().difference(self.configuration.voters());
        if !self.has_caught_up(promoted, out) {
            return;
        }
        self.change_is_done();
        let directly = self.settings.policy.has(Mutant::SwitchConfigDirectly);
        let next = match change {
            MembershipChange::Members(_) if !directly => self.configuration.joint_with(target),
            _ => target,
        };
        self.append_configuration(next, out);
    }

    /// Whether learners have got, in a round no longer than an election timeout, all that the leader
    /// had at its start: then they hardly hold anything up when they vote (dissertation §4.2.1).
    fn has_caught_up(&mut self, learners: NodeSet, out: &mut Output<C>) -> bool {
        let (now, target) = (self.now, self.log.last_index());
        let Role::Leader(leader) = &mut self.role else {
            return false;
        };
        if learners.is_empty() {
            return true;
        }
        loop {
            let round = match leader.changes.round {
                Some(round) => round,
                None => {
                    out.rules.push(Rule::CatchUp { learners, target });
                    Round { target, began: now }
                }
            };
            leader.changes.round = Some(round);
            let has_it = |id: NodeId| leader.progress[id.index()].match_index() >= round.target;
            if !learners.iter().all(has_it) {
                return false;
            }
            leader.changes.round = None;
            if now.since(round.began) <= self.settings.election_timeout_min {
                let index = round.target;
                out.rules.push(Rule::CaughtUp { learners, index });
                return true;
            }
        }
    }

    fn change_is_done(&mut self) {
        if let Role::Leader(leader) = &mut self.role {
            leader.changes.waiting.pop_front();
            leader.changes.round = None;
        }
    }

    /// Appends a configuration, which is in force at once, and replicates it: to those who leave too.
    fn append_configuration(&mut self, configuration: Configuration, out: &mut Output<C>) {
        let before = self.configuration.members();
        let index = self.leader_append(Payload::Configuration(configuration.into()), out);
        let members = configuration.members();
        if let Role::Leader(leader) = &mut self.role {
            let fresh = Progress::new(index);
            leader.make_room(members, &fresh);
            for id in members.difference(before).iter() {
                leader.progress[id.index()] = fresh.clone();
            }
            let leaving = leader.changes.leaving.union(before);
            leader.changes.leaving = leaving.difference(members);
        }
        self.replicate_to_all(out);
    }

    /// The leader has committed entries: if the configuration is among them, those whom it removes
    /// are told, the leader itself steps down if it is one of them, and the next change can begin.
    pub(super) fn membership_after_commit(&mut self, out: &mut Output<C>) {
        if self.configuration_index() > self.commit_index {
            return;
        }
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        for id in std::mem::take(&mut leader.changes.leaving).iter() {
            if id != self.id {
                self.heartbeat(id, out);
            }
        }
        if self.configuration.is_voter(self.id) {
            self.advance_membership(out);
        } else {
            self.retire(out);
        }
    }

    /// "The leader steps down (returns to follower state) once it has committed the C_new log entry"
    /// (§6), and lets a follower that has the whole log campaign at once (dissertation §3.10).
    fn retire(&mut self, out: &mut Output<C>) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let index = self.configuration_index();
        out.rules.push(Rule::LeaderRemoved { index });
        let last = self.log.last_index();
        let has_all = |id: &NodeId| leader.progress[id.index()].match_index() == last;
        let successor = self.configuration.voters().iter().find(has_all);
        self.heartbeat_all(out);
        if let Some(to) = successor {
            out.rules.push(Rule::SendTimeoutNow { to });
            self.send(Gate::Term, to, Body::TimeoutNow);
        }
        self.become_follower(self.hard_state.current_term, out);
        self.forget_leader(out);
    }
}

/// What a change waits for.
impl<C: Clone> Node<C> {
    /// The rule that blocks the next change of the members that was asked of it, the leader, and how
    /// many changes wait after that one.
    pub fn waiting_change(&self) -> Option<(Rule, usize)> {
        let Role::Leader(leader) = &self.role else {
            return None;
        };
        let change = *leader.changes.waiting.front()?;
        let behind = leader.changes.waiting.len() - 1;
        let catches_up = || {
            let target = leader.changes.round?.target;
            let voters = self.configuration.after(change).ok()?.voters();
            let learners = voters.difference(self.configuration.voters());
            Some(Rule::CatchUp { learners, target })
        };
        let rule = self.change_waits_for_commit().or_else(catches_up)?;
        Some((rule, behind))
    }

    /// Why the next change cannot begin, if a commit must come before it.
    fn change_waits_for_commit(&self) -> Option<Rule> {
        let Role::Leader(leader) = &self.role else {
            return None;
        };
        if let Some(transfer) = leader.transfer {
            return Some(Rule::TransferUnderWay { to: transfer.to });
        }
        let index = self.configuration_index();
        if index > self.commit_index {
            return Some(Rule::ChangeWaitsForCommit { index });
        }
        // A configuration of an earlier term may be on its way to being committed elsewhere: only
        // this leader's own entry rules that out (the correction of 2015 to dissertation §4.1).
        let term = self.hard_state.current_term;
        let is_known = self.log.term_at(self.commit_index) == Some(term)
            || self.settings.policy.has(Mutant::ConfigBeforeOwnTermCommit);
        (!is_known).then_some(Rule::ChangeWaitsForOwnTerm { term })
    }

    /// Why a change that is asked for now cannot begin at once.
    fn change_waits_for(&self) -> Option<Rule> {
        let Role::Leader(leader) = &self.role else {
            return None;
        };
        let changes = leader.changes.waiting.len();
        self.change_waits_for_commit().or_else(|| {
            (changes > 0).then_some(Rule::ChangeWaitsForOthers {
                changes: u8::try_from(changes).unwrap_or(u8::MAX),
            })
        })
    }
}

impl Changes {
    /// Who is to be removed need not be added first.
    fn forget_additions_of(&mut self, id: NodeId) {
        self.waiting.retain(|change| match *change {
            MembershipChange::AddVoter(added) | MembershipChange::AddLearner(added) => added != id,
            MembershipChange::Remove(_) | MembershipChange::Members(_) => true,
        });
        self.round = None;
    }
}
