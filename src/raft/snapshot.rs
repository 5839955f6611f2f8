//! Snapshots (§7; dissertation chapter 5): a node replaces the committed beginning of its log by its
//! state, and a leader sends that state to a follower that needs what is no longer in the log.
//!
//! What the state is, is the host's own business: a snapshot carries it as bytes. When one is due, the
//! node asks for them ([`Effect::SaveState`]); it drops the log only when its disk has the snapshot.

use std::collections::VecDeque;
use std::sync::Arc;

use rpds::VectorSync;

use super::configuration::Configuration;
use super::durability::Gate;
use super::effect::{Effect, Output, Replaced, SnapshotWrite, WriteSeq};
use super::log::Log;
use super::message::{Body, InstallResult, SnapshotChunk};
use super::node::{Node, Persistent, Role};
use super::policy::Mutant;
use super::rule::Rule;
use super::types::{LogIndex, NodeId, Term};

/// A state of the state machine, with where in the log it stands. A clone shares the data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    /// The index of the last entry that it covers.
    pub last_index: LogIndex,
    /// The term of that entry.
    pub last_term: Term,
    /// The configuration as of that entry.
    pub configuration: Configuration,
    /// The state, as the host has written it.
    pub data: Arc<[u8]>,
}

/// A node's snapshots.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Snapshots {
    /// The one that its log goes on after.
    latest: Option<Snapshot>,
    /// Those that its disk has yet to write; the log that they cover is still there.
    writing: VecDeque<(WriteSeq, Snapshot)>,
    /// Up to where the last one reaches that was asked for or installed.
    asked: LogIndex,
    /// The one that comes in, in memory only.
    receiving: Option<Receiving>,
}

/// A snapshot that is coming in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Receiving {
    /// The term of the leader that sends it, and the term and index of the last entry that it
    /// covers: it is one and the same snapshot as long as these are the same.
    of: (Term, Term, LogIndex),
    chunks: VectorSync<Arc<[u8]>>,
    /// How many bytes are there.
    bytes: u64,
}

impl Snapshots {
    pub(super) fn new(latest: Option<Snapshot>) -> Self {
        Self {
            asked: latest.as_ref().map_or(LogIndex::ZERO, |s| s.last_index),
            latest,
            writing: VecDeque::new(),
            receiving: None,
        }
    }

    pub(super) const fn latest(&self) -> Option<&Snapshot> {
        self.latest.as_ref()
    }

    pub(super) fn into_latest(self) -> Option<Snapshot> {
        self.latest
    }

    /// That write has this snapshot in it.
    pub(super) fn written(&mut self, seq: WriteSeq, snapshot: Snapshot) {
        self.writing.push_back((seq, snapshot));
    }
}

impl<C: Clone> Persistent<C> {
    /// The disk holds this snapshot too: what the log has after its last entry goes on after it; a log
    /// that does not have that entry is of no use any more (§7). One that reaches less far than the
    /// log's own beginning is passed over.
    pub fn adopt(&mut self, snapshot: Snapshot) {
        let last = (snapshot.last_index, snapshot.last_term);
        if last.0 <= self.log.base().0 {
            return;
        }
        if self.log.term_at(last.0) == Some(last.1) {
            self.log.compact(last);
        } else {
            self.log = Log::after(last.0, last.1);
        }
        self.snapshot = Some(snapshot);
    }
}

/// Taking one.
impl<C: Clone> Node<C> {
    /// Asks the host for the state when enough entries have been applied since the last time.
    pub(super) fn snapshot_when_due(&mut self, out: &mut Output<C>) {
        let applied = self.last_applied.0.saturating_sub(self.snapshots.asked.0);
        if self.settings.snapshot_after > 0 && applied >= self.settings.snapshot_after {
            self.take_snapshot(out);
        }
    }

    /// Whether it has applied something since it last took a snapshot, or installed one. A snapshot
    /// holds only what is committed, and the configuration as of its end (§7): a server that was added,
    /// and has applied nothing yet that tells it of one, takes none.
    pub fn can_snapshot(&self) -> bool {
        self.last_applied > self.snapshots.asked
            && self.last_applied <= self.commit_index
            && !self
                .configuration_at(self.last_applied)
                .members()
                .is_empty()
    }

    /// Asks the host for the state as it is now, if there is anything new in it.
    pub(super) fn take_snapshot(&mut self, out: &mut Output<C>) {
        let index = self.last_applied;
        if self.can_snapshot() {
            self.snapshots.asked = index;
            out.effects.push(Effect::SaveState { index });
        }
    }

    /// The host has written down the state as of `index`: the snapshot goes to the disk.
    pub(super) fn state_saved(&mut self, index: LogIndex, data: Arc<[u8]>, out: &mut Output<C>) {
        let (base, _) = self.log.base();
        let Some(last_term) = self.log.term_at(index).filter(|_| index > base) else {
            // One that reaches further has been installed meanwhile.
            return;
        };
        out.rules.push(Rule::TakeSnapshot { index });
        self.snapshot_changed = Some(Box::new(SnapshotWrite {
            snapshot: Snapshot {
                last_index: index,
                last_term,
                configuration: self.configuration_at(index),
                data,
            },
            replaced: None,
        }));
    }

    /// "Once a server completes writing a snapshot, it may delete all log entries up through the last
    /// included index, as well as any prior snapshot" (§7).
    pub(super) fn compact_log(&mut self, seq: WriteSeq, out: &mut Output<C>) {
        let writing = &mut self.snapshots.writing;
        while let Some((_, snapshot)) = writing.pop_front_if(|(write, _)| *write <= seq) {
            let through = snapshot.last_index;
            let covers = self.log.term_at(through) == Some(snapshot.last_term);
            if covers && through > self.log.base().0 {
                self.log.compact((through, snapshot.last_term));
                self.first_configuration = snapshot.configuration;
                self.snapshots.latest = Some(snapshot);
                out.rules.push(Rule::CompactLog { through });
            }
        }
    }
}

/// The leader's side of InstallSnapshot.
impl<C: Clone> Node<C> {
    /// Whether the log no longer has what comes before the next entry for a follower.
    pub(super) fn needs_snapshot(&self, peer: NodeId) -> bool {
        matches!(&self.role, Role::Leader(leader)
            if leader.progress[peer.index()].next_index() < self.log.first_index())
    }

    /// Begins to send the latest snapshot to a follower that needs it, unless one is on its way.
    pub(super) fn start_snapshot(&mut self, peer: NodeId, out: &mut Output<C>) {
        let (Role::Leader(leader), Some(snapshot)) = (&mut self.role, self.snapshots.latest())
        else {
            return;
        };
        let progress = &mut leader.progress[peer.index()];
        if progress.sending().is_some() {
            return;
        }
        out.rules.push(Rule::SendSnapshot {
            to: peer,
            last_index: snapshot.last_index,
        });
        progress.send_snapshot(snapshot.clone());
        self.send_chunk(peer);
    }

    /// The chunk that the follower lacks: "send chunks in order" (§7, Figure 13), one at a time.
    pub(super) fn send_chunk(&mut self, peer: NodeId) {
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let round = leader.reads.round();
        let Some(sending) = leader.progress[peer.index()].sending() else {
            return;
        };
        let chunk = Box::new(sending.chunk(self.settings.snapshot_chunk));
        self.send(Gate::Term, peer, Body::InstallSnapshot { chunk, round });
    }

    /// A follower answers an InstallSnapshot.
    pub(super) fn install_snapshot_reply(
        &mut self,
        from: NodeId,
        term: Term,
        (last_index, result): (LogIndex, InstallResult),
        round: u64,
        out: &mut Output<C>,
    ) {
        if !self.hears_follower(from, term, round) {
            return;
        }
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let progress = &mut leader.progress[from.index()];
        match result {
            InstallResult::Received { bytes } => {
                if progress.snapshot_received(last_index, bytes) {
                    self.send_chunk(from);
                }
            }
            InstallResult::Matched { match_index } => {
                if progress.matched(match_index) {
                    let of = from;
                    out.rules.push(Rule::MatchAdvanced { of, match_index });
                    self.advance_commit_index(out);
                    // A learner may have caught up by that.
                    self.advance_membership(out);
                }
                self.replicate_to(from, out);
            }
            InstallResult::Refused => {}
        }
        self.transfer_when_caught_up(out);
        self.renew_lease();
        self.confirm_reads(out);
    }
}

/// The follower's side.
impl<C: Clone> Node<C> {
    /// InstallSnapshot RPC, receiver implementation (§7, Figure 13).
    pub(super) fn install_snapshot(
        &mut self,
        from: NodeId,
        term: Term,
        chunk: SnapshotChunk,
        round: u64,
        out: &mut Output<C>,
    ) {
        let last_index = chunk.last_index;
        let (result, round) = if term < self.hard_state.current_term || self.is_leader() {
            out.rules.push(Rule::RefuseStaleTerm { from, term });
            // As of AppendEntries: a round of a term that is over confirms none.
            (InstallResult::Refused, 0)
        } else {
            self.follow(from, out);
            let old = last_index <= self.commit_index;
            let result = if old && !self.settings.policy.has(Mutant::InstallOldSnapshot) {
                self.ignore_old_snapshot(from, last_index, out)
            } else {
                self.store_chunk(from, chunk, out)
            };
            (result, round)
        };
        // What is only in memory promises nothing.
        let gate = match result {
            InstallResult::Matched { .. } => Gate::Everything,
            InstallResult::Received { .. } | InstallResult::Refused => Gate::Term,
        };
        let body = Body::InstallSnapshotReply {
            last_index,
            result,
            round,
        };
        self.send(gate, from, body);
    }

    /// It has all of that, and perhaps more, committed: what is committed equals the leader's.
    fn ignore_old_snapshot(
        &mut self,
        from: NodeId,
        last_index: LogIndex,
        out: &mut Output<C>,
    ) -> InstallResult {
        let commit_index = self.commit_index;
        (self.snapshots.receiving).take_if(|receiving| receiving.of.2 <= commit_index);
        out.rules.push(Rule::IgnoreOldSnapshot {
            from,
            last_index,
            commit_index,
        });
        InstallResult::Matched {
            match_index: commit_index,
        }
    }

    /// "Create new snapshot file if first chunk (offset is 0); write data into snapshot file at given
    /// offset; reply and wait for more data chunks if done is false" (Figure 13).
    fn store_chunk(
        &mut self,
        from: NodeId,
        chunk: SnapshotChunk,
        out: &mut Output<C>,
    ) -> InstallResult {
        let of = (
            self.hard_state.current_term,
            chunk.last_term,
            chunk.last_index,
        );
        let receiving = &mut self.snapshots.receiving;
        // The first chunk of an older one that comes late does not replace a newer one.
        if chunk.offset == 0 && receiving.as_ref().is_none_or(|known| known.of < of) {
            *receiving = Some(Receiving {
                of,
                chunks: VectorSync::new_sync(),
                bytes: 0,
            });
        }
        let Some(known) = receiving.as_mut().filter(|known| known.of == of) else {
            return InstallResult::Received { bytes: 0 };
        };
        if chunk.offset == known.bytes {
            known.chunks.push_back_mut(chunk.data.clone());
            known.bytes += chunk.data.len() as u64;
            out.rules.push(Rule::StoreChunk {
                from,
                last_index: chunk.last_index,
                bytes: known.bytes,
                done: chunk.done,
            });
            if chunk.done {
                return self.install_received(chunk, out);
            }
        }
        InstallResult::Received { bytes: known.bytes }
    }

    /// All of it is there.
    fn install_received(&mut self, last: SnapshotChunk, out: &mut Output<C>) -> InstallResult {
        let received = self.snapshots.receiving.take();
        let chunks = received.iter().flat_map(|received| received.chunks.iter());
        let snapshot = Snapshot {
            last_index: last.last_index,
            last_term: last.last_term,
            configuration: last.configuration,
            data: chunks.flat_map(|chunk| chunk.iter().copied()).collect(),
        };
        let match_index = snapshot.last_index;
        let has_last = self.log.term_at(match_index) == Some(snapshot.last_term);
        if has_last && match_index > self.commit_index {
            self.keep_log(snapshot, out);
        } else {
            self.replace_log(snapshot, out);
        }
        InstallResult::Matched { match_index }
    }

    /// "If existing log entry has same index and term as snapshot's last included entry, retain log
    /// entries following it" (Figure 13): then all before it is the same too, and can be applied as
    /// it stands.
    fn keep_log(&mut self, snapshot: Snapshot, out: &mut Output<C>) {
        let last_index = snapshot.last_index;
        out.rules.push(Rule::KeepLog { last_index });
        self.snapshots.asked = last_index;
        self.snapshot_changed = Some(Box::new(SnapshotWrite {
            snapshot,
            replaced: None,
        }));
        self.follow_commit_index(last_index, last_index, out);
    }

    /// "Discard the entire log; reset state machine using snapshot contents (and load snapshot's
    /// cluster configuration)" (Figure 13).
    fn replace_log(&mut self, snapshot: Snapshot, out: &mut Output<C>) {
        let (last_index, last_term) = (snapshot.last_index, snapshot.last_term);
        out.rules.push(Rule::InstallSnapshot {
            last_index,
            last_term,
            removed: self.log.last_index(),
        });
        let replaced = Replaced {
            snapshot: self.snapshots.latest.replace(snapshot.clone()),
            log: std::mem::replace(&mut self.log, Log::after(last_index, last_term)),
        };
        if self.keeps_conflicting_log(&replaced.log, last_index) {
            self.log = replaced.log.clone();
            self.log.compact((last_index, last_term));
        }
        // Of what was on the disk, only what was committed is surely of the new log too.
        self.durability.truncated(self.commit_index.next());
        self.snapshots.asked = last_index;
        self.first_configuration = snapshot.configuration;
        let configuration = self.configuration_at(self.log.last_index());
        if configuration != self.configuration {
            self.use_configuration(last_index, configuration, out);
        }
        self.commit_index = self.commit_index.max(last_index);
        self.last_applied = self.last_applied.max(last_index);
        out.effects
            .push(Effect::RestoreState(Box::new(snapshot.clone())));
        self.snapshot_changed = Some(Box::new(SnapshotWrite {
            snapshot,
            replaced: Some(replaced),
        }));
        self.answer_applied_reads(out);
    }

    fn keeps_conflicting_log(&self, log: &Log<C>, last_index: LogIndex) -> bool {
        let mutant = Mutant::SnapshotKeepsConflictingLog;
        let has_more = log.base().0 <= last_index && last_index < log.last_index();
        self.settings.policy.has(mutant) && has_more
    }
}
