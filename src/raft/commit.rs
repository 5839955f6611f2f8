//! Committing (§5.3, §5.4.2) and handing what is committed to the state machine.

use super::effect::{Effect, Output};
use super::node::{Node, Role};
use super::policy::Mutant;
use super::rule::Rule;
use super::types::LogIndex;

impl<C: Clone> Node<C> {
    /// Leaders: "if there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N,
    /// and log[N].term == currentTerm: set commitIndex = N" (Figure 2).
    pub(super) fn advance_commit_index(&mut self, out: &mut Output<C>) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let own_index = match self.settings.policy.has(Mutant::AckBeforeFsync) {
            true => self.log.last_index(),
            false => self.durability.durable_index(),
        };
        let index = self.configuration.quorum_index(|id| {
            if id == self.id {
                own_index
            } else {
                leader.progress[id.index()].match_index()
            }
        });
        let old = self.commit_index;
        if index <= old {
            return;
        }
        let current_term = self.hard_state.current_term;
        let any_term = self.settings.policy.has(Mutant::CommitPriorTerm);
        match self.log.term_at(index) {
            Some(term) if term == current_term || any_term => {
                out.rules.push(Rule::LeaderCommit { old, new: index });
                self.commit_index = index;
                self.apply_committed(out);
                self.start_waiting_reads(out);
                self.membership_after_commit(out);
            }
            entry_term => out.rules.push(Rule::CommitOnlyOwnTerm {
                index,
                entry_term: entry_term.unwrap_or_default(),
                current_term,
            }),
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
