//! Committing (§5.3, §5.4.2) and handing what is committed to the state machine.

use super::effect::{Effect, Output};
use super::node::{Node, Role};
use super::policy::Mutant;
use super::rule::Rule;
use super::types::{LogIndex, NodeId, Term};

/// What a leader would commit if it looked now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextCommit {
    /// Nothing: no majority has more than is committed.
    Nothing,
    /// Everything up to there (§5.3).
    UpTo(LogIndex),
    /// A majority has the entries up to there, but the last of them is of an earlier term (§5.4.2).
    OnlyOwnTerm {
        /// Up to where.
        index: LogIndex,
        /// The term of the entry there.
        entry_term: Term,
    },
}

impl<C: Clone> Node<C> {
    /// Leaders: "if there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N,
    /// and log[N].term == currentTerm: set commitIndex = N" (Figure 2).
    pub(super) fn advance_commit_index(&mut self, out: &mut Output<C>) {
        let old = self.commit_index;
        match self.next_commit() {
            None | Some(NextCommit::Nothing) => {}
            Some(NextCommit::UpTo(new)) => {
                out.rules.push(Rule::LeaderCommit { old, new });
                self.commit_index = new;
                self.apply_committed(out);
                self.start_waiting_reads(out);
                self.membership_after_commit(out);
            }
            Some(NextCommit::OnlyOwnTerm { index, entry_term }) => {
                out.rules.push(Rule::CommitOnlyOwnTerm {
                    index,
                    entry_term,
                    current_term: self.hard_state.current_term,
                });
            }
        }
    }

    /// What it, as the leader, would commit if it looked now; `None` when it does not lead.
    pub fn next_commit(&self) -> Option<NextCommit> {
        if !self.is_leader() {
            return None;
        }
        let counted = |id| self.counted_index(id).unwrap_or(LogIndex::ZERO);
        // Most answers make no majority: that is found out without putting the indices in order.
        let voters = self.configuration.electorate().iter();
        let further = voters.filter(|&id| counted(id) > self.commit_index);
        if !self.configuration.is_quorum(further.collect()) {
            return Some(NextCommit::Nothing);
        }
        let index = self.configuration.quorum_index(counted);
        let any_term = self.settings.policy.has(Mutant::CommitPriorTerm);
        Some(match self.log.term_at(index) {
            Some(term) if term == self.hard_state.current_term || any_term => {
                NextCommit::UpTo(index)
            }
            entry_term => NextCommit::OnlyOwnTerm {
                index,
                entry_term: entry_term.unwrap_or_default(),
            },
        })
    }

    /// Up to where it, as the leader, counts that node's copy of its log: its own as far as its disk
    /// has it, another's as far as it is known to match. `None` when it does not lead, or has nothing
    /// to go by.
    pub fn counted_index(&self, id: NodeId) -> Option<LogIndex> {
        match &self.role {
            Role::Leader(_) if id == self.id => {
                Some(match self.settings.policy.has(Mutant::AckBeforeFsync) {
                    true => self.log.last_index(),
                    false => self.durability.durable_index(),
                })
            }
            Role::Leader(leader) => Some(leader.progress.get(id.index())?.match_index()),
            _ => None,
        }
    }

    /// Followers: "if leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last
    /// new entry)" (Figure 2): `verified`, as far as the message has shown the logs to be equal.
    pub(super) fn follow_commit_index(
        &mut self,
        leader_commit: LogIndex,
        verified: LogIndex,
        out: &mut Output<C>,
    ) {
        let old = self.commit_index;
        let new = leader_commit.min(verified);
        if new > old {
            out.rules.push(Rule::FollowerCommit { old, new });
            self.commit_index = new;
            self.apply_committed(out);
        }
    }

    /// All servers: "if commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] to
    /// state machine" (Figure 2). A leader answers who waits for the entry.
    pub(super) fn apply_committed(&mut self, out: &mut Output<C>) {
        let until = match self.settings.policy.has(Mutant::ApplyBeforeCommit) {
            true => self.commit_index.max(self.log.last_index()),
            false => self.commit_index,
        };
        while self.last_applied < until {
            let index = self.last_applied.next();
            self.last_applied = index;
            let request = match &mut self.role {
                Role::Leader(leader) => leader
                    .proposals
                    .pop_front_if(|(at, _)| *at == index)
                    .map(|(_, request)| request),
                _ => None,
            };
            out.effects.push(Effect::Apply { index, request });
        }
        self.answer_applied_reads(out);
        self.snapshot_when_due(out);
    }
}
