//! Linearizable reads without the log: ReadIndex (dissertation §6.4).
//!
//! A leader remembers its commit index when a read comes, confirms with a round of heartbeats that
//! it still leads, waits until it has applied that far, and lets the read be answered. A follower
//! asks its leader for the index and answers from its own state.

use std::collections::VecDeque;

use super::durability::Gate;
use super::effect::{Effect, Output, Refusal, RequestId};
use super::message::Body;
use super::node::{Node, Role};
use super::policy::Mutant;
use super::rule::{NoLease, Rule};
use super::types::{LogIndex, NodeId, NodeSet, Term};

/// The most reads of a follower that wait for their leader's answer; when answers are lost and
/// more come, the oldest are given up.
const FORWARDED_MAX: usize = 1_024;

/// Who asked a leader for a read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Reader {
    /// A client of this node.
    Local(RequestId),
    /// A follower, by its own number for the read.
    Follower(NodeId, u64),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct LeaderRead {
    reader: Reader,
    /// The commit index when it came.
    index: LogIndex,
    /// The round of heartbeats that must be answered by a majority.
    round: u64,
}

/// The reads that wait at a leader.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct LeaderReads {
    /// The latest round of heartbeats begun.
    round: u64,
    /// Those that wait for a round, in order of round; the next round, if one is under way.
    confirming: VecDeque<LeaderRead>,
    /// Those that came before the leader had committed an entry of its own term.
    early: Vec<Reader>,
}

impl LeaderReads {
    pub(super) const fn round(&self) -> u64 {
        self.round
    }

    /// The next round of heartbeats begins; returns its number.
    pub(super) const fn begin_round(&mut self) -> u64 {
        self.round += 1;
        self.round
    }

    /// The clients' reads among them, to be refused.
    pub(super) fn into_local_requests(self) -> impl Iterator<Item = RequestId> {
        let confirming = self.confirming.into_iter().map(|read| read.reader);
        confirming
            .chain(self.early)
            .filter_map(|reader| match reader {
                Reader::Local(request) => Some(request),
                Reader::Follower(..) => None,
            })
    }
}

/// The reads that wait at any node.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct FollowerReads {
    /// Those whose index has been asked of the leader.
    forwarded: VecDeque<RequestId>,
    /// Those that wait until their index is applied.
    applying: Vec<(LogIndex, RequestId)>,
}

/// What a request at a node waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestWait {
    /// A proposal: until its entry is committed and applied (§5.3).
    Commit {
        /// Where it is in the leader's log.
        index: LogIndex,
    },
    /// A read: until the leader has committed an entry of its own term (dissertation §6.4).
    OwnTerm {
        /// That term.
        term: Term,
    },
    /// A read: until a majority has answered a round of heartbeats (dissertation §6.4).
    Round {
        /// The index that it is answered from.
        index: LogIndex,
        /// Whether its round has begun; if not, the one before it is under way.
        begun: bool,
        /// Who has answered its round, the leader itself included.
        answered: NodeSet,
        /// Why the leader held no lease when it last looked, if it reads under leases.
        no_lease: Option<NoLease>,
    },
    /// A follower's read: until its leader says at which index (dissertation §6.4).
    Forwarded {
        /// Whom it has asked; `None`: it knows of no leader any more.
        to: Option<NodeId>,
    },
    /// A read: until the node has applied that much (dissertation §6.4).
    Apply {
        /// Up to where.
        index: LogIndex,
        /// How far it is.
        applied: LogIndex,
    },
}

/// How many requests wait at a node, by what they wait for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Waiting {
    /// Proposals, until their entry is applied.
    pub proposals: usize,
    /// Reads, until the leader has committed an entry of its own term.
    pub early_reads: usize,
    /// Reads, until a majority has answered a round of heartbeats.
    pub confirming_reads: usize,
    /// A follower's reads, until its leader says at which index.
    pub forwarded_reads: usize,
    /// Reads, until the node has applied that much.
    pub applying_reads: usize,
    /// The latest round of heartbeats that it, the leader, has begun.
    pub round: u64,
}

/// What requests wait for.
impl<C: Clone> Node<C> {
    /// What the request that is meant waits for here: a client's, or, at a leader, a follower's read;
    /// `None` when no such request is here.
    pub fn request_wait(&self, is_meant: impl Fn(RequestId) -> bool) -> Option<RequestWait> {
        let applying = self.reads.applying.iter();
        if let Some(&(index, _)) = applying.clone().find(|(_, request)| is_meant(*request)) {
            let applied = self.last_applied;
            return Some(RequestWait::Apply { index, applied });
        }
        if let Role::Leader(leader) = &self.role {
            let is_reader = |reader: &Reader| match *reader {
                Reader::Local(request) => is_meant(request),
                Reader::Follower(_, read) => is_meant(RequestId(read)),
            };
            let mut proposals = leader.proposals.iter();
            if let Some(&(index, _)) = proposals.find(|(_, request)| is_meant(*request)) {
                return Some(RequestWait::Commit { index });
            }
            if leader.reads.early.iter().any(is_reader) {
                let term = self.hard_state.current_term;
                return Some(RequestWait::OwnTerm { term });
            }
            let mut confirming = leader.reads.confirming.iter();
            if let Some(read) = confirming.find(|read| is_reader(&read.reader)) {
                let begun = read.round <= leader.reads.round;
                return Some(RequestWait::Round {
                    index: read.index,
                    begun,
                    answered: self.who_answered(read.round),
                    no_lease: self.lease_left().and_then(Result::err),
                });
            }
        }
        let mut forwarded = self.reads.forwarded.iter();
        (forwarded.any(|&request| is_meant(request)))
            .then_some(RequestWait::Forwarded { to: self.leader })
    }

    /// How many reads wait, and for what.
    pub(super) fn reads_waiting(&self) -> Waiting {
        let mut waiting = Waiting {
            forwarded_reads: self.reads.forwarded.len(),
            applying_reads: self.reads.applying.len(),
            ..Waiting::default()
        };
        if let Role::Leader(leader) = &self.role {
            waiting.early_reads = leader.reads.early.len();
            waiting.confirming_reads = leader.reads.confirming.len();
            waiting.round = leader.reads.round;
        }
        waiting
    }

    /// Which voters have answered that round of heartbeats, or a later one.
    fn who_answered(&self, round: u64) -> NodeSet {
        let Role::Leader(leader) = &self.role else {
            return NodeSet::EMPTY;
        };
        let has_answered = |id: &NodeId| {
            if *id == self.id {
                return leader.reads.round >= round;
            }
            let progress = leader.progress.get(id.index());
            progress.is_some_and(|progress| progress.acked_round() >= round)
        };
        let voters = self.configuration.electorate();
        voters.iter().filter(has_answered).collect()
    }
}

impl<C: Clone> Node<C> {
    /// A client wants to read.
    pub(super) fn read_index(&mut self, request: RequestId, out: &mut Output<C>) {
        match (&self.role, self.leader) {
            (Role::Leader(_), _) => self.begin_read(Reader::Local(request), out),
            (Role::Follower, Some(leader)) => self.forward_read(leader, request, out),
            _ => self.refuse(request, out),
        }
    }

    /// A follower asks for an index on behalf of a client of its own.
    pub(super) fn remote_read_index(
        &mut self,
        from: NodeId,
        term: Term,
        read: u64,
        out: &mut Output<C>,
    ) {
        if self.is_leader() && term == self.hard_state.current_term {
            self.begin_read(Reader::Follower(from, read), out);
        } else {
            let body = Body::ReadIndexReply { read, index: None };
            self.send(Gate::Everything, from, body);
        }
    }

    /// The leader answers.
    pub(super) fn read_index_reply(
        &mut self,
        term: Term,
        read: u64,
        index: Option<LogIndex>,
        out: &mut Output<C>,
    ) {
        let request = RequestId(read);
        let waiting = &mut self.reads.forwarded;
        let Some(place) = waiting.iter().position(|&waits| waits == request) else {
            return;
        };
        waiting.remove(place);
        match index {
            Some(index) if term == self.hard_state.current_term => {
                self.answer_when_applied(index, request, out);
            }
            _ => self.refuse(request, out),
        }
    }

    /// The term is over: who was asked leads no more.
    pub(super) fn refuse_forwarded_reads(&mut self, out: &mut Output<C>) {
        for request in std::mem::take(&mut self.reads.forwarded) {
            out.effects.push(Effect::Refuse {
                request,
                refusal: Refusal::NotLeader { leader: None },
            });
        }
    }

    /// Reads that came before the leader's first own commit can begin.
    pub(super) fn start_waiting_reads(&mut self, out: &mut Output<C>) {
        if let Role::Leader(leader) = &mut self.role {
            for reader in std::mem::take(&mut leader.reads.early) {
                self.begin_read(reader, out);
            }
        }
    }

    /// Begins the round that the reads which came during the last one wait for.
    pub(super) fn start_next_read_round(&mut self) -> bool {
        let Role::Leader(leader) = &self.role else {
            return false;
        };
        let reads = &leader.reads;
        let last = reads.confirming.back();
        let due = last.is_some_and(|read| read.round > reads.round);
        if due {
            self.begin_round();
        }
        due
    }

    /// A follower has answered a heartbeat: reads whose round a majority has answered are confirmed.
    pub(super) fn confirm_reads(&mut self, out: &mut Output<C>) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        if leader.reads.confirming.is_empty() {
            return;
        }
        let own_round = leader.reads.round;
        let confirmed = self.confirmed_round();
        while let Role::Leader(leader) = &mut self.role
            && let Some(read) = leader
                .reads
                .confirming
                .pop_front_if(|read| read.round <= confirmed)
        {
            out.rules.push(Rule::ReadConfirmed { index: read.index });
            self.answer_reader(read.reader, read.index, out);
        }
        let idle = matches!(&self.role, Role::Leader(leader)
            if leader.reads.confirming.front().is_some_and(|read| read.round > own_round));
        if idle && self.start_next_read_round() {
            self.heartbeat_all(out);
        }
    }

    /// The latest round of heartbeats that a majority has answered; 0: none.
    pub(super) fn confirmed_round(&self) -> u64 {
        let Role::Leader(leader) = &self.role else {
            return 0;
        };
        self.configuration.quorum_value(|id| {
            if id == self.id {
                leader.reads.round
            } else {
                leader.progress[id.index()].acked_round()
            }
        })
    }

    /// What was waited for is applied.
    pub(super) fn answer_applied_reads(&mut self, out: &mut Output<C>) {
        let last_applied = self.last_applied;
        self.reads.applying.retain(|&(index, request)| {
            let waits = index > last_applied;
            if !waits {
                out.effects.push(Effect::Read(request));
            }
            waits
        });
    }

    fn begin_read(&mut self, reader: Reader, out: &mut Output<C>) {
        let current_term = self.hard_state.current_term;
        let policy = self.settings.policy;
        let knows_commit_index = self.log.term_at(self.commit_index) == Some(current_term)
            || policy.has(Mutant::ReadBeforeOwnTermCommit);
        let lease = self.lease_left();
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        if !knows_commit_index {
            out.rules
                .push(Rule::ReadWaitsForOwnTerm { term: current_term });
            leader.reads.early.push(reader);
            return;
        }
        if policy.has(Mutant::ReadWithoutQuorum) {
            return self.answer_reader(reader, self.commit_index, out);
        }
        match lease {
            Some(Ok(left)) => {
                let index = self.commit_index;
                out.rules.push(Rule::LeaseRead { index, left });
                return self.answer_reader(reader, index, out);
            }
            Some(Err(why)) => out.rules.push(Rule::LeaseMissing { why }),
            None => {}
        }
        let reads = &mut leader.reads;
        let round_under_way = !reads.confirming.is_empty();
        reads.confirming.push_back(LeaderRead {
            reader,
            index: self.commit_index,
            round: reads.round + 1,
        });
        if !round_under_way {
            self.start_next_read_round();
            self.heartbeat_all(out);
            // Alone, it is its own majority.
            self.confirm_reads(out);
        }
    }

    fn forward_read(&mut self, leader: NodeId, request: RequestId, out: &mut Output<C>) {
        if self.reads.forwarded.len() == FORWARDED_MAX
            && let Some(oldest) = self.reads.forwarded.pop_front()
        {
            self.refuse(oldest, out);
        }
        out.rules.push(Rule::ForwardRead { to: leader });
        self.reads.forwarded.push_back(request);
        // The number is the host's: one of an earlier life of this node cannot be taken for it.
        self.send(Gate::Term, leader, Body::ReadIndex { read: request.0 });
    }

    /// A read may be answered from `index` on.
    fn answer_reader(&mut self, reader: Reader, index: LogIndex, out: &mut Output<C>) {
        match reader {
            Reader::Local(request) => self.answer_when_applied(index, request, out),
            Reader::Follower(node, read) => {
                let index = Some(index);
                self.send(Gate::Everything, node, Body::ReadIndexReply { read, index });
            }
        }
    }

    fn answer_when_applied(&mut self, index: LogIndex, request: RequestId, out: &mut Output<C>) {
        if index <= self.last_applied {
            out.effects.push(Effect::Read(request));
        } else {
            self.reads.applying.push((index, request));
        }
    }
}
