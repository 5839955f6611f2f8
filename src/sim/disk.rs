//! The disk of one node: writes take time and become durable in order; a crash loses those that
//! were under way.

use std::collections::VecDeque;

use crate::kv::SharedCommand;
use crate::raft::{
    HardState, LogIndex, LogWrite, NodeId, Persistent, Snapshot, SnapshotWrite, Term, Time, Write,
    WriteSeq,
};

use super::config::DiskConfig;
use super::random::Stream;

#[derive(Clone, PartialEq, Eq, Debug)]
struct Pending {
    seq: WriteSeq,
    hard_state: Option<HardState>,
    log: Option<LogWrite<SharedCommand>>,
    snapshot: Option<Box<SnapshotWrite<SharedCommand>>>,
    done: Time,
}

/// One node's disk. What is durable is what the node has, less the writes still under way: these
/// are kept so that a crash can undo them, which costs nothing while there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Disk {
    random: Stream,
    /// Term and vote as they are durable.
    hard_state: HardState,
    /// The snapshot that it has. The node may not have heard yet that it is durable.
    snapshot: Option<Snapshot>,
    pending: VecDeque<Pending>,
}

impl Disk {
    pub(super) fn new(seed: u64, id: NodeId, hard_state: HardState) -> Self {
        Self {
            random: Stream::new(seed, "disk", u64::from(id.number())),
            hard_state,
            snapshot: None,
            pending: VecDeque::new(),
        }
    }

    /// A node starts from it, which finds this snapshot.
    pub(super) fn start(&mut self, snapshot: Option<Snapshot>) {
        self.snapshot = snapshot;
    }

    /// Begins a write; returns when it is durable.
    pub(super) fn write(
        &mut self,
        write: Write<SharedCommand>,
        now: Time,
        config: DiskConfig,
    ) -> Time {
        let earliest = self.pending.back().map_or(now, |before| before.done);
        let done = earliest.max(now + self.random.span(config.sync));
        self.pending.push_back(Pending {
            seq: write.seq,
            hard_state: write.hard_state,
            log: write.log,
            snapshot: write.snapshot,
            done,
        });
        done
    }

    /// The write is durable; returns term and vote if they were in it.
    pub(super) fn complete(&mut self, seq: WriteSeq) -> Option<HardState> {
        let mut written = None;
        while let Some(write) = self.pending.pop_front_if(|write| write.seq <= seq) {
            written = write.hard_state.or(written);
            self.snapshot = write
                .snapshot
                .map(|new| new.snapshot)
                .or(self.snapshot.take());
        }
        if let Some(hard_state) = written {
            self.hard_state = hard_state;
        }
        written
    }

    /// Nothing is left; no write is under way.
    pub(super) fn wipe(&mut self) {
        self.hard_state = HardState::default();
        self.pending.clear();
    }

    /// Term and vote as they are durable.
    pub(super) const fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// How many writes are under way.
    pub(super) fn under_way(&self) -> usize {
        self.pending.len()
    }

    /// It was seen to have this term and vote.
    pub(super) const fn observe(&mut self, hard_state: HardState) {
        self.hard_state = hard_state;
    }

    /// Whether it has that entry, or a snapshot in its place, in a log that a write under way is to
    /// replace.
    pub(super) fn keeps_replaced(&self, index: LogIndex, term: Term) -> bool {
        let mut unwritten = LogIndex(u64::MAX);
        for write in &self.pending {
            if let Some(log) = &write.log {
                unwritten = unwritten.min(log.first);
            }
            let snapshot = write.snapshot.as_ref();
            if let Some(replaced) = snapshot.and_then(|new| new.replaced.as_ref()) {
                return index < unwritten && replaced.log.covers(index, term);
            }
        }
        false
    }

    /// What is left after a crash of a node that had `had`.
    pub(super) fn crash(
        &mut self,
        mut had: Persistent<SharedCommand>,
        config: DiskConfig,
    ) -> Persistent<SharedCommand> {
        let pending = std::mem::take(&mut self.pending);
        if !config.lose_unsynced {
            self.hard_state = had.hard_state;
            let snapshots = pending.into_iter().filter_map(|write| write.snapshot);
            for snapshot in (self.snapshot.take().into_iter()).chain(snapshots.map(|s| s.snapshot))
            {
                had.adopt(snapshot);
            }
            self.snapshot.clone_from(&had.snapshot);
            return had;
        }
        for write in pending.into_iter().rev() {
            if let Some(log) = write.log {
                had.log.truncate_from(log.first);
                for entry in log.removed {
                    had.log.append(entry);
                }
            }
            if let Some(replaced) = write.snapshot.and_then(|new| new.replaced) {
                (had.snapshot, had.log) = (replaced.snapshot, replaced.log);
            }
        }
        if let Some(snapshot) = &self.snapshot {
            had.adopt(snapshot.clone());
        }
        had.hard_state = self.hard_state;
        had
    }
}
