//! What is new of a node that runs, told as the rules tell it.

use crate::raft::{Configuration, HardState, LogIndex, NodeId, ObservedRole, Rule, WriteSeq};
use crate::sim::event::Happening;
use crate::sim::recording::NodeState;

use super::Watching;

/// How a node stood before it was shown.
struct Standing {
    hard_state: HardState,
    role: ObservedRole,
    commit: LogIndex,
    configuration: Configuration,
    last: LogIndex,
}

impl Watching<'_> {
    /// A node is seen to be like that: what is new is told as the rules tell it.
    pub(super) fn show(&mut self, id: NodeId, state: &NodeState) {
        if !self.world.servers[id].is_up() {
            self.come_up(id, state);
            return self.show(id, &state.without_log());
        }
        let Some(before) = self.standing(id) else {
            return;
        };
        let log = self.set(id, state);
        let hard_state = (before.hard_state != state.hard_state).then_some(state.hard_state);
        if hard_state.is_some() || log.is_some() {
            self.world.emit(Happening::Wrote {
                node: id,
                seq: WriteSeq(self.world.event().0),
                hard_state,
                log,
            });
        }
        self.show_term(id, &before, state);
        self.show_role(id, &before, state);
        self.show_log(id, &before, state, log);
        self.show_indices(id, &before, state);
    }

    fn standing(&self, id: NodeId) -> Option<Standing> {
        let node = self.world.server(id)?.node()?;
        Some(Standing {
            hard_state: HardState {
                current_term: node.current_term(),
                voted_for: node.voted_for(),
            },
            role: node.observed_role(),
            commit: node.commit_index(),
            configuration: *node.configuration(),
            last: node.log().last_index(),
        })
    }

    fn rule(&mut self, id: NodeId, rule: Rule) {
        self.world.emit(Happening::Rule(id, rule));
    }

    fn show_term(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let (old, new) = (before.hard_state, state.hard_state);
        let term = new.current_term;
        if let Some((from, heard)) = self.watch(id).heard
            && heard == term
            && term > old.current_term
        {
            let old = old.current_term;
            self.rule(
                id,
                Rule::HigherTerm {
                    from,
                    old,
                    new: term,
                },
            );
        }
        if let Some(to) = new.voted_for
            && to != id
            && new != old
        {
            self.rule(id, Rule::GrantVote { to, term });
        }
        if state.durable && self.watch(id).durable != new {
            self.watch(id).durable = new;
            self.world.servers[id].disk.observe(new);
            self.world.emit(Happening::Durable {
                node: id,
                seq: WriteSeq(self.world.event().0),
                hard_state: Some(new),
            });
        }
    }

    fn show_role(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let term = state.hard_state.current_term;
        let led = before.hard_state.current_term;
        if (before.role, led) == (state.role, term) {
            return;
        }
        if before.role == ObservedRole::Leader {
            self.rule(id, Rule::StepDown { led });
        }
        match state.role {
            ObservedRole::Follower => {}
            ObservedRole::PreCandidate => {
                let campaign_term = term.next();
                self.rule(id, Rule::StartPreVote { campaign_term });
            }
            ObservedRole::Candidate => self.rule(id, Rule::StartElection { term }),
            ObservedRole::Leader => self.rule(id, Rule::BecomeLeader { term }),
        }
    }

    fn show_log(
        &mut self,
        id: NodeId,
        before: &Standing,
        state: &NodeState,
        change: Option<(LogIndex, LogIndex, u64)>,
    ) {
        let Some((first, last, removed)) = change else {
            return;
        };
        if removed > 0 {
            let last = before.last;
            self.rule(id, Rule::TruncateConflict { first, last });
        }
        if last >= first {
            match state.role {
                ObservedRole::Leader => {
                    for index in (first.0..=last.0).map(LogIndex) {
                        self.rule(id, Rule::LeaderAppend { index });
                    }
                }
                _ => self.rule(id, Rule::AppendEntries { first, last }),
            }
        }
    }

    fn show_indices(&mut self, id: NodeId, before: &Standing, state: &NodeState) {
        let last = self.world.servers[id].log().last_index();
        let new = state.commit.min(last);
        if new > before.commit {
            let old = self.watch(id).committed.max(before.commit).min(new);
            self.watch(id).committed = new.max(old);
            self.rule(
                id,
                match state.role {
                    ObservedRole::Leader => Rule::LeaderCommit { old, new },
                    _ => Rule::FollowerCommit { old, new },
                },
            );
        }
        if state.configuration != before.configuration {
            let (index, configuration) = (state.commit, state.configuration);
            self.rule(
                id,
                Rule::UseConfiguration {
                    index,
                    configuration,
                },
            );
        }
        let told = self.watch(id).applied;
        for index in (told.0 + 1..=state.applied.min(last).0).map(LogIndex) {
            if let Some(term) = self.world.servers[id].log().term_at(index) {
                self.world.emit(Happening::Applied {
                    node: id,
                    index,
                    term,
                    duplicate: false,
                });
                self.watch(id).applied = index;
            }
        }
    }
}
