//! Log replication (§5.3): AppendEntries from both sides.

use super::durability::Gate;
use super::effect::{Effect, Output, Refusal};
use super::log::{Entry, Payload};
use super::message::{AppendResult, Body};
use super::node::{Node, Role};
use super::policy::Mutant;
use super::progress::Progress;
use super::rule::Rule;
use super::types::{LogIndex, NodeId, Term};

/// The leader's side.
impl<C: Clone> Node<C> {
    /// Appends to the leader's own log.
    pub(super) fn leader_append(&mut self, payload: Payload<C>, out: &mut Output<C>) -> LogIndex {
        let index = self.log.last_index().next();
        out.rules.push(Rule::LeaderAppend { index });
        if let Role::Leader(leader) = &mut self.role {
            leader.last_append = self.now;
        }
        let term = self.hard_state.current_term;
        self.append_to_log(Entry { term, payload }, out)
    }

    /// Sends each follower what it lacks, as far as its window goes.
    pub(super) fn replicate_to_all(&mut self, out: &mut Output<C>) {
        for peer in self.peers().iter() {
            self.replicate_to(peer, out);
        }
    }

    pub(super) fn replicate_to(&mut self, peer: NodeId, out: &mut Output<C>) {
        if self.needs_snapshot(peer) {
            return self.start_snapshot(peer, out);
        }
        let last = self.log.last_index();
        while let Role::Leader(leader) = &self.role
            && let progress = &leader.progress[peer.index()]
            && progress.next_index() <= last
            && progress.may_send(self.settings.max_inflight)
        {
            self.send_append_entries(peer, self.settings.max_batch);
        }
    }

    /// One AppendEntries with at most `max_entries` entries; with none, a heartbeat.
    fn send_append_entries(&mut self, peer: NodeId, max_entries: usize) {
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let round = leader.reads.round();
        let progress = &mut leader.progress[peer.index()];
        let prev_log_index = progress.next_index().previous();
        let entries = self.log.slice(progress.next_index(), max_entries);
        if !entries.is_empty() {
            progress.sent(LogIndex(prev_log_index.0 + entries.len() as u64));
        }
        let body = Body::AppendEntries {
            prev_log_index,
            prev_log_term: self.log.term_at(prev_log_index).unwrap_or_default(),
            entries,
            leader_commit: self.commit_index,
            round,
        };
        self.send(Gate::Term, peer, body);
    }

    /// Leaders: heartbeats "during idle periods to prevent election timeouts" (Figure 2); they also
    /// carry the commit index, and find out what was lost.
    pub(super) fn heartbeat_timeout(&mut self, out: &mut Output<C>) {
        if !self.is_leader() {
            return;
        }
        out.effects.push(Effect::ArmHeartbeatTimer);
        if self.settings.policy.has(Mutant::LeaderDropsStuckEntry) {
            self.drop_stuck_entries(out);
        }
        if !self.start_next_read_round() && self.settings.lease.is_some() {
            self.begin_round();
        }
        for peer in self.peers().iter() {
            if let Role::Leader(leader) = &mut self.role {
                leader.progress[peer.index()].retry_probe();
            }
            self.heartbeat(peer, out);
        }
    }

    /// What no leader may do: it deletes the entries that have waited too long for their commit.
    fn drop_stuck_entries(&mut self, out: &mut Output<C>) {
        let first = self.commit_index.next().max(self.log.first_index());
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let waited = self.now.since(leader.last_append);
        if waited <= self.settings.election_timeout_max || first > self.log.last_index() {
            return;
        }
        while let Some((_, request)) = leader.proposals.pop_back_if(|(at, _)| *at >= first) {
            out.effects.push(Effect::Refuse {
                request,
                refusal: Refusal::Deposed,
            });
        }
        self.truncate_log(first, out);
        // If a configuration was among them, it now leads by an earlier one.
        let members = self.configuration.members();
        if let Role::Leader(leader) = &mut self.role {
            leader.make_room(members, &Progress::new(first));
        }
    }

    /// An AppendEntries to `peer` in any case: a probe takes entries along, if there are any. Who
    /// needs a snapshot gets the next piece of it instead.
    pub(super) fn heartbeat(&mut self, peer: NodeId, out: &mut Output<C>) {
        let progress = self.progress(peer);
        if progress.is_some_and(|progress| progress.sending().is_some()) {
            return self.send_chunk(peer);
        }
        if self.needs_snapshot(peer) {
            return self.start_snapshot(peer, out);
        }
        let probing = matches!(&self.role, Role::Leader(leader)
            if leader.progress[peer.index()].is_probing()
                && leader.progress[peer.index()].may_send(self.settings.max_inflight));
        let max_entries = if probing { self.settings.max_batch } else { 0 };
        self.send_append_entries(peer, max_entries);
    }

    /// A heartbeat to everyone, for a read round.
    pub(super) fn heartbeat_all(&mut self, out: &mut Output<C>) {
        for peer in self.peers().iter() {
            self.heartbeat(peer, out);
        }
    }

    /// A follower answers an AppendEntries.
    pub(super) fn append_entries_reply(
        &mut self,
        from: NodeId,
        term: Term,
        result: AppendResult,
        round: u64,
        out: &mut Output<C>,
    ) {
        if !self.hears_follower(from, term, round) {
            return;
        }
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let result = match result {
            AppendResult::Conflict { prev_log_index, .. }
                if self.settings.policy.has(Mutant::MatchFromNack) =>
            {
                let match_index = leader.progress[from.index()].carried(prev_log_index);
                AppendResult::Matched { match_index }
            }
            result => result,
        };
        match result {
            AppendResult::Matched { match_index } => {
                if leader.progress[from.index()].matched(match_index) {
                    out.rules.push(Rule::MatchAdvanced {
                        of: from,
                        match_index,
                    });
                    self.advance_commit_index(out);
                    self.advance_membership(out);
                } else if self.settings.policy.has(Mutant::MatchCanRegress) {
                    leader.progress[from.index()].regress(match_index);
                }
            }
            AppendResult::Conflict {
                prev_log_index,
                conflict_term,
                conflict_index,
            } => self.back_up(from, prev_log_index, conflict_term, conflict_index, out),
        }
        self.replicate_to(from, out);
        self.transfer_when_caught_up(out);
        self.renew_lease();
        self.confirm_reads(out);
    }

    /// A follower has answered in `term`. Whatever it says of the log: if that is this leader's term,
    /// it took this node for its leader. Says whether it did.
    pub(super) fn hears_follower(&mut self, from: NodeId, term: Term, round: u64) -> bool {
        if term < self.hard_state.current_term || !self.peers().contains(from) {
            return false;
        }
        let Role::Leader(leader) = &mut self.role else {
            return false;
        };
        leader.progress[from.index()].ack_round(round);
        leader.heard.insert(from);
        true
    }

    /// "If AppendEntries fails because of log inconsistency: decrement nextIndex and retry"
    /// (Figure 2), a term at a time: "the follower can include the term of the conflicting entry and
    /// the first index it stores for that term" (§5.3).
    fn back_up(
        &mut self,
        from: NodeId,
        prev_log_index: LogIndex,
        conflict_term: Option<Term>,
        conflict_index: LogIndex,
        out: &mut Output<C>,
    ) {
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let progress = &mut leader.progress[from.index()];
        if !progress.refusal_counts(prev_log_index) {
            return;
        }
        let next_index = match conflict_term {
            // If the leader has that term too, they may agree up to its last entry of it.
            Some(term) => match self.log.last_index_up_to_term(term).min(prev_log_index) {
                last if self.log.term_at(last) == Some(term) => last.next().min(prev_log_index),
                _ => conflict_index,
            },
            None => conflict_index,
        };
        let next_index = next_index.min(prev_log_index.max(LogIndex(1)));
        progress.back_up(prev_log_index, next_index);
        out.rules.push(Rule::BackUp {
            of: from,
            next_index: progress.next_index(),
        });
    }
}

/// The follower's side.
impl<C: Clone> Node<C> {
    /// AppendEntries RPC, receiver implementation (Figure 2).
    #[allow(
        clippy::too_many_arguments,
        reason = "they are the fields of the RPC, as in the paper"
    )]
    pub(super) fn append_entries(
        &mut self,
        from: NodeId,
        term: Term,
        previous: (LogIndex, Term),
        entries: Vec<Entry<C>>,
        leader_commit: LogIndex,
        round: u64,
        out: &mut Output<C>,
    ) {
        let (prev_log_index, _) = previous;
        let policy = self.settings.policy;
        let is_heartbeat = entries.is_empty();
        let (result, round) = if term < self.hard_state.current_term || self.is_leader() {
            out.rules.push(Rule::RefuseStaleTerm { from, term });
            let refused = AppendResult::Conflict {
                prev_log_index,
                conflict_term: None,
                conflict_index: self.log.last_index().next(),
            };
            // Each leadership counts its rounds anew: one of a term that is over confirms none, also
            // when who sent it leads again.
            (refused, 0)
        } else {
            self.follow(from, out);
            let result = match self.log_mismatch(from, previous, out) {
                Some(conflict) => conflict,
                None => {
                    let match_index = self.store(prev_log_index, entries, out);
                    self.follow_commit_index(leader_commit, match_index, out);
                    AppendResult::Matched { match_index }
                }
            };
            if policy.has(Mutant::CommitOwnLastIndex) {
                self.follow_commit_index(leader_commit, self.log.last_index(), out);
            }
            let result = match is_heartbeat && policy.has(Mutant::AckOwnLastIndex) {
                true => AppendResult::Matched {
                    match_index: self.log.last_index(),
                },
                false => result,
            };
            (result, round)
        };
        let gate = match policy.has(Mutant::AckBeforeFsync) {
            true => Gate::Term,
            false => Gate::Everything,
        };
        self.send(gate, from, Body::AppendEntriesReply { result, round });
    }

    /// The leader of this term is heard: a candidate gives up, the election timer starts anew.
    pub(super) fn follow(&mut self, leader: NodeId, out: &mut Output<C>) {
        if matches!(
            self.role,
            Role::Candidate { .. } | Role::PreCandidate { .. }
        ) {
            out.rules.push(Rule::YieldToLeader { leader });
            let term = self.hard_state.current_term;
            let voted_for_itself = matches!(self.role, Role::Candidate { .. });
            self.become_follower(term, out);
            if voted_for_itself && self.settings.policy.has(Mutant::VoteClearedSameTerm) {
                self.set_hard_state(term, None);
            }
        }
        self.leader = Some(leader);
        self.leader_heard = Some(self.now);
        self.promised = self.leader_heard;
        out.effects.push(Effect::ArmElectionTimer);
    }

    /// "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm"
    /// (Figure 2), and say where to go on.
    fn log_mismatch(
        &self,
        from: NodeId,
        (prev_log_index, prev_log_term): (LogIndex, Term),
        out: &mut Output<C>,
    ) -> Option<AppendResult> {
        let found = self.log.term_at(prev_log_index);
        let any_term = found.is_some() && self.settings.policy.has(Mutant::AppendWithoutTermCheck);
        // What a snapshot covers is committed, and so the same on both.
        let covered = prev_log_index < self.log.base().0;
        if found == Some(prev_log_term) || covered || any_term {
            return None;
        }
        out.rules.push(Rule::LogMismatch {
            from,
            prev_log_index,
            prev_log_term,
            found,
        });
        Some(AppendResult::Conflict {
            prev_log_index,
            conflict_term: found,
            conflict_index: match found {
                Some(_) => self.log.first_index_of_term_at(prev_log_index),
                None => self.log.last_index().next(),
            },
        })
    }

    /// "If an existing entry conflicts with a new one, delete the existing entry and all that follow
    /// it; append any new entries not already in the log" (Figure 2). Returns the last index that is
    /// now known to equal the leader's.
    fn store(
        &mut self,
        prev_log_index: LogIndex,
        entries: Vec<Entry<C>>,
        out: &mut Output<C>,
    ) -> LogIndex {
        let (base, _) = self.log.base();
        let match_index = LogIndex(prev_log_index.0 + entries.len() as u64).max(base);
        let mut index = prev_log_index;
        let mut first_new = None;
        for entry in entries {
            index = index.next();
            if index <= base {
                continue;
            }
            if first_new.is_none() {
                match self.log.term_at(index) {
                    Some(term) if term == entry.term => continue,
                    Some(_) => {
                        let last = self.log.last_index();
                        out.rules
                            .push(Rule::TruncateConflict { first: index, last });
                        self.truncate_log(index, out);
                    }
                    None => {}
                }
                first_new = Some(index);
            }
            self.append_to_log(entry, out);
        }
        if let Some(first) = first_new {
            out.rules.push(Rule::AppendEntries {
                first,
                last: match_index,
            });
        }
        let policy = self.settings.policy;
        if policy.has(Mutant::TruncateOnHeartbeat) && match_index < self.log.last_index() {
            self.truncate_log(match_index.next(), out);
        }
        match_index
    }
}
