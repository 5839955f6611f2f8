//! A node: its state as in the paper's Figure 2, and the step that dispatches what happens to it.

use std::collections::VecDeque;

use super::configuration::Configuration;
use super::durability::{Durability, Gate};
use super::effect::{
    Effect, HardState, Input, LogWrite, Output, Refusal, RequestId, SnapshotWrite, Write, WriteSeq,
};
use super::lease::{ClockBound, Lease};
use super::log::{Entry, Log, Payload};
use super::membership::Changes;
use super::message::{Body, Message};
use super::policy::{Mutant, Policy};
use super::progress::Progress;
use super::reads::{FollowerReads, LeaderReads};
use super::rule::Rule;
use super::snapshot::{Snapshot, Snapshots};
use super::types::{LogIndex, NodeId, NodeSet, Span, Term, Time};

/// How a node is set up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Settings {
    /// The most entries in one AppendEntries; at least 1.
    pub max_batch: usize,
    /// The most AppendEntries with entries under way to one follower; at least 1.
    pub max_inflight: usize,
    /// Whether a node asks if it could win before it campaigns (dissertation §9.6).
    pub pre_vote: bool,
    /// Whether a leader that hears from no majority for an election timeout steps down (dissertation
    /// §6.2), and votes are refused while a leader is live (§4.2.3).
    pub check_quorum: bool,
    /// The shortest election timeout: for so long a leader that was heard is taken for live.
    pub election_timeout_min: Span,
    /// The longest election timeout.
    pub election_timeout_max: Span,
    /// Whether a leader answers reads under a lease, and what that assumes of clocks (dissertation
    /// §6.4.1). Then votes are refused while a leader is live, whatever `check_quorum` says.
    pub lease: Option<ClockBound>,
    /// After how many applied entries the log is compacted (§7); 0: never.
    pub snapshot_after: u64,
    /// The least bytes of a snapshot in one InstallSnapshot, but for the last; at least 1.
    pub snapshot_chunk: usize,
    /// Which rules are wrong on purpose.
    pub policy: Policy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_batch: 64,
            max_inflight: 8,
            pre_vote: false,
            check_quorum: false,
            election_timeout_min: Span::from_millis(150),
            election_timeout_max: Span::from_millis(300),
            lease: None,
            snapshot_after: 0,
            snapshot_chunk: 32,
            policy: Policy::CORRECT,
        }
    }
}

/// What a node's disk holds, from which it starts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Persistent<C> {
    /// Term and vote.
    pub hard_state: HardState,
    /// The snapshot that the log goes on after, if it has been compacted (§7).
    pub snapshot: Option<Snapshot>,
    /// The log.
    pub log: Log<C>,
}

impl<C: Clone> Persistent<C> {
    /// Term and vote as a node that starts finds them.
    fn found_hard_state(&self, policy: Policy) -> HardState {
        let HardState { current_term, .. } = self.hard_state;
        if policy.has(Mutant::ForgetTerm) {
            HardState {
                current_term: self.log.last_term(),
                voted_for: None,
            }
        } else if policy.has(Mutant::ForgetVote) {
            HardState {
                current_term,
                voted_for: None,
            }
        } else {
            self.hard_state
        }
    }
}

impl<C> Default for Persistent<C> {
    fn default() -> Self {
        Self {
            hard_state: HardState::default(),
            snapshot: None,
            log: Log::default(),
        }
    }
}

/// What a node is, with the state that only that role has.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// It follows.
    Follower,
    /// It asks whether it would get votes.
    PreCandidate {
        /// Who would grant theirs, itself included.
        votes: NodeSet,
    },
    /// It asks for votes.
    Candidate {
        /// Who has granted; itself once its own vote is durable.
        votes: NodeSet,
    },
    /// It leads.
    Leader(Leader),
}

/// What only a leader has.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leader {
    /// By node index; what it believes of itself is not used.
    pub(super) progress: Vec<Progress>,
    /// The proposals that wait for their entry to be applied, in order of index.
    pub(super) proposals: VecDeque<(LogIndex, RequestId)>,
    pub(super) reads: LeaderReads,
    pub(super) lease: Lease,
    /// Who has answered since its last look whether a majority does.
    pub(super) heard: NodeSet,
    /// To whom it hands its leadership over.
    pub(super) transfer: Option<Transfer>,
    /// When it last appended an entry, by its own clock.
    pub(super) last_append: Time,
    /// What it has to do about the members.
    pub(super) changes: Box<Changes>,
}

/// A leadership transfer under way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Transfer {
    pub(super) to: NodeId,
    /// Whether it has been told to campaign.
    pub(super) told: bool,
}

/// A server of the cluster.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Node<C> {
    pub(super) id: NodeId,
    pub(super) settings: Settings,
    /// The configuration in force: the newest in its log, or the first one.
    pub(super) configuration: Configuration,
    /// The one it was given, which is no entry of the log.
    pub(super) first_configuration: Configuration,

    // Persistent state on all servers (Figure 2).
    pub(super) hard_state: HardState,
    pub(super) log: Log<C>,

    // Volatile state on all servers (Figure 2).
    pub(super) commit_index: LogIndex,
    pub(super) last_applied: LogIndex,

    pub(super) role: Role,
    /// Who leads the current term, as far as it has heard.
    pub(super) leader: Option<NodeId>,
    /// When it last heard from it, by its own clock.
    pub(super) leader_heard: Option<Time>,
    /// When it last promised, by its own clock, to vote for nobody for a while: leases rest on it.
    pub(super) promised: Option<Time>,
    /// The time of the step under way, by its own clock.
    pub(super) now: Time,
    pub(super) reads: FollowerReads,
    pub(super) durability: Durability<C>,
    pub(super) snapshots: Snapshots,

    // What the step under way has changed and said; empty between steps.
    hard_state_changed: bool,
    log_changed: Option<LogWrite<C>>,
    pub(super) snapshot_changed: Option<Box<SnapshotWrite<C>>>,
    outbox: Vec<(Gate, Message<C>)>,
}

impl<C: Clone> Node<C> {
    /// A node that starts, for the first time or again, from what its disk holds: a follower, with
    /// nothing applied beyond its snapshot and `commit` (0 but in a given starting state).
    /// `first_configuration` is that of the cluster before any in a log or a snapshot; a node that is
    /// yet to be added knows of none.
    ///
    /// # Panics
    /// When `commit` is beyond the log, or, where every rule is right, a term of the log is above the
    /// current one.
    pub fn start(
        id: NodeId,
        settings: Settings,
        first_configuration: Configuration,
        disk: Persistent<C>,
        commit: LogIndex,
        out: &mut Output<C>,
    ) -> Self {
        assert!(settings.max_batch > 0 && settings.max_inflight > 0 && settings.snapshot_chunk > 0);
        assert!(
            commit <= disk.log.last_index(),
            "only what it has is committed"
        );
        assert!(
            disk.log.last_term() <= disk.hard_state.current_term || !settings.policy.is_correct(),
            "no entry is of a later term than the node has seen"
        );
        // What a snapshot covers is committed and applied (§7).
        let commit = commit.max(disk.log.base().0);
        let first_configuration =
            (disk.snapshot.as_ref()).map_or(first_configuration, |s| s.configuration);
        if let Some(snapshot) = &disk.snapshot {
            out.effects
                .push(Effect::RestoreState(Box::new(snapshot.clone())));
        }
        out.effects.push(Effect::ArmElectionTimer);
        let in_log = disk.log.configuration_at(disk.log.last_index());
        Self {
            id,
            settings,
            configuration: in_log.map_or(first_configuration, |(_, newest)| newest),
            first_configuration,
            hard_state: disk.found_hard_state(settings.policy),
            durability: Durability::new(disk.log.last_index()),
            log: disk.log,
            snapshots: Snapshots::new(disk.snapshot),
            commit_index: commit,
            last_applied: commit,
            role: Role::Follower,
            leader: None,
            leader_heard: None,
            promised: None,
            now: Time::ZERO,
            reads: FollowerReads::default(),
            hard_state_changed: false,
            log_changed: None,
            snapshot_changed: None,
            outbox: Vec::new(),
        }
    }

    /// Something happens at `now`, by the node's own clock: takes it in and says what is to be done.
    pub fn step(&mut self, now: Time, input: Input<C>, out: &mut Output<C>) {
        self.now = now;
        let (term, commit) = (self.hard_state.current_term, self.commit_index);
        match input {
            Input::Message(message) => self.receive(message, out),
            Input::Propose { request, command } => self.propose([(request, command)], out),
            Input::ProposeAll { proposals } => self.propose(proposals, out),
            Input::ReadIndex { request } => self.read_index(request, out),
            Input::TransferLeadership { to } => self.transfer_leadership(to, out),
            Input::ChangeMembership(change) => self.change_membership(change, out),
            Input::ElectionTimeout => self.election_timeout(out),
            Input::HeartbeatTimeout => self.heartbeat_timeout(out),
            Input::Durable(seq) => self.durable(seq, out),
            Input::TakeSnapshot => self.take_snapshot(out),
            Input::StateSaved { index, data } => self.state_saved(index, data, out),
        }
        if self.settings.policy.has(Mutant::ApplyBeforeCommit) {
            self.apply_committed(out);
        }
        self.finish(out);
        // Where a rule is wrong, the oracles tell what it leads to.
        if self.settings.policy.is_correct() {
            assert!(self.hard_state.current_term >= term, "a term never falls");
            assert!(self.commit_index >= commit, "a commit index never falls");
            assert!(self.last_applied <= self.commit_index);
        }
    }

    /// What stays when it crashes, if all its writes were durable; the host undoes those that were
    /// not.
    pub fn into_persistent(self) -> Persistent<C> {
        Persistent {
            hard_state: self.hard_state,
            snapshot: self.snapshots.into_latest(),
            log: self.log,
        }
    }

    /// Rules for all servers (Figure 2): a higher term is adopted before anything else.
    fn receive(&mut self, message: Message<C>, out: &mut Output<C>) {
        debug_assert_eq!(message.to, self.id, "the host delivers to whom it is sent");
        if message.term > self.hard_state.current_term && self.adopts_term_of(&message) {
            out.rules.push(Rule::HigherTerm {
                from: message.from,
                old: self.hard_state.current_term,
                new: message.term,
            });
            self.become_follower(message.term, out);
        }
        let Message {
            from, term, body, ..
        } = message;
        match body {
            Body::RequestVote {
                last_log_index,
                last_log_term,
                transfer,
            } => {
                let last = (last_log_term, last_log_index);
                self.request_vote(from, term, transfer, last, out);
            }
            Body::RequestVoteReply { granted } => self.request_vote_reply(from, term, granted, out),
            Body::PreVote {
                campaign_term,
                last_log_index,
                last_log_term,
            } => self.pre_vote(from, campaign_term, (last_log_term, last_log_index), out),
            Body::PreVoteReply {
                campaign_term,
                granted,
            } => self.pre_vote_reply(from, campaign_term, granted, out),
            Body::AppendEntries {
                prev_log_index,
                prev_log_term,
                entries,
                leader_commit,
                round,
            } => {
                let previous = (prev_log_index, prev_log_term);
                self.append_entries(from, term, previous, entries, leader_commit, round, out);
            }
            Body::AppendEntriesReply { result, round } => {
                self.append_entries_reply(from, term, result, round, out);
            }
            Body::ReadIndex { read } => self.remote_read_index(from, term, read, out),
            Body::ReadIndexReply { read, index } => self.read_index_reply(term, read, index, out),
            Body::TimeoutNow => self.timeout_now(from, term, out),
            Body::InstallSnapshot { chunk, round } => {
                self.install_snapshot(from, term, *chunk, round, out);
            }
            Body::InstallSnapshotReply {
                last_index,
                result,
                round,
            } => self.install_snapshot_reply(from, term, (last_index, result), round, out),
        }
    }

    /// The disk has made writes durable: what waited for them goes out, and a node counts itself.
    fn durable(&mut self, seq: WriteSeq, out: &mut Output<C>) {
        self.durability.complete(seq);
        self.compact_log(seq, out);
        self.durability.release(out);
        match self.role {
            Role::Candidate { .. } => self.count_own_vote(out),
            Role::Leader(_) => self.advance_commit_index(out),
            Role::Follower | Role::PreCandidate { .. } => {}
        }
    }

    /// Ends a step: one write for all that it changed, then what it said.
    fn finish(&mut self, out: &mut Output<C>) {
        let hard_state = std::mem::take(&mut self.hard_state_changed).then_some(self.hard_state);
        let log = self.log_changed.take().map(|mut log| {
            log.last = self.log.last_index();
            log
        });
        let snapshot = self.snapshot_changed.take();
        if hard_state.is_some() || log.is_some() || snapshot.is_some() {
            let replaced = snapshot.as_ref().is_some_and(|new| new.replaced.is_some());
            let last = (log.is_some() || replaced).then(|| self.log.last_index());
            let seq = self.durability.issue(hard_state.is_some(), last);
            if let Some(new) = &snapshot {
                self.snapshots.written(seq, new.snapshot.clone());
            }
            out.effects.push(Effect::Persist(Write {
                seq,
                hard_state,
                log,
                snapshot,
            }));
        }
        for (gate, message) in self.outbox.drain(..) {
            self.durability.send(gate, message, out);
        }
    }

    /// Becomes a follower of `term`, which is its own or a later one.
    pub(super) fn become_follower(&mut self, term: Term, out: &mut Output<C>) {
        let led = self.hard_state.current_term;
        if term > led {
            self.set_hard_state(term, None);
            self.forget_leader(out);
        }
        if let Role::Leader(leader) = std::mem::replace(&mut self.role, Role::Follower) {
            out.rules.push(Rule::StepDown { led });
            out.effects.push(Effect::DisarmHeartbeatTimer);
            out.effects.push(Effect::ArmElectionTimer);
            let dropped = leader.changes.into_waiting();
            out.rules
                .extend(dropped.map(|change| Rule::DropChange { change }));
            let reads = leader.reads.into_local_requests();
            let proposals = leader.proposals.into_iter().map(|(_, request)| request);
            for request in proposals.chain(reads) {
                out.effects.push(Effect::Refuse {
                    request,
                    refusal: Refusal::Deposed,
                });
            }
        }
    }

    pub(super) fn set_hard_state(&mut self, term: Term, voted_for: Option<NodeId>) {
        self.hard_state = HardState {
            current_term: term,
            voted_for,
        };
        self.hard_state_changed = true;
    }

    pub(super) fn append_to_log(&mut self, entry: Entry<C>, out: &mut Output<C>) -> LogIndex {
        debug_assert!(
            entry.term >= self.log.last_term() || !self.settings.policy.is_correct(),
            "terms never fall along a log"
        );
        let configuration = entry.configuration().copied();
        let index = self.log.append(entry);
        if let Some(configuration) = configuration {
            self.use_configuration(index, configuration, out);
        }
        self.log_changed.get_or_insert(LogWrite {
            first: index,
            last: index,
            removed: Vec::new(),
        });
        index
    }

    pub(super) fn truncate_log(&mut self, first: LogIndex, out: &mut Output<C>) {
        debug_assert!(
            self.log_changed.is_none(),
            "within one step a log is cut before it grows"
        );
        let removed = self.log.truncate_from(first);
        self.durability.truncated(first);
        self.revert_configuration(out);
        self.log_changed = Some(LogWrite {
            first,
            last: first.previous(),
            removed,
        });
    }

    /// Says something to a node, in the current term, once what it depends on is durable.
    pub(super) fn send(&mut self, gate: Gate, to: NodeId, body: Body<C>) {
        let message = Message {
            from: self.id,
            to,
            term: self.hard_state.current_term,
            body,
        };
        self.outbox.push((gate, message));
    }

    pub(super) fn refuse(&self, request: RequestId, out: &mut Output<C>) {
        out.rules.push(Rule::NotLeader {
            leader: self.leader,
        });
        out.effects.push(Effect::Refuse {
            request,
            refusal: Refusal::NotLeader {
                leader: self.leader,
            },
        });
    }

    /// Who gets the log from this node when it leads: the other members, and those who leave.
    pub(super) fn peers(&self) -> NodeSet {
        let mut peers = self.configuration.members();
        if let Role::Leader(leader) = &self.role {
            peers = peers.union(leader.changes.leaving());
        }
        peers.remove(self.id);
        peers
    }

    /// A leader appends commands to its log and replicates them (§5.3); others refuse them.
    fn propose(
        &mut self,
        proposals: impl IntoIterator<Item = (RequestId, C)>,
        out: &mut Output<C>,
    ) {
        let mut appended = false;
        for (request, command) in proposals {
            match &self.role {
                Role::Leader(Leader { transfer: None, .. }) => {
                    let index = self.leader_append(Payload::Command(command), out);
                    if let Role::Leader(leader) = &mut self.role {
                        leader.proposals.push_back((index, request));
                    }
                    appended = true;
                }
                &Role::Leader(Leader {
                    transfer: Some(Transfer { to, .. }),
                    ..
                }) => self.refuse_during_transfer(to, request, out),
                _ => self.refuse(request, out),
            }
        }
        if appended {
            self.replicate_to_all(out);
        }
    }
}
