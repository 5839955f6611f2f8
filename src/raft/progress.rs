//! What a leader believes of one follower (Figure 2, `nextIndex` and `matchIndex`), and how much it
//! has under way to it.

use std::collections::VecDeque;

use super::message::SnapshotChunk;
use super::snapshot::Snapshot;
use super::types::LogIndex;

/// In how many pieces a snapshot is sent at most, so that a follower catches up with a large state
/// too: then the pieces are larger than the settings say.
const MAX_CHUNKS: usize = 16;

/// How a leader sends to a follower.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Mode {
    /// It does not know where their logs agree: one message at a time.
    Probe {
        /// Whether one is under way.
        waiting: bool,
    },
    /// It does: messages follow each other without waiting, as far as the window goes.
    Replicate,
    /// The follower needs what is no longer in the log: a snapshot comes first.
    Snapshot(Box<Sending>),
}

/// A snapshot on its way to a follower. It stays this one until the follower has it, whatever
/// snapshots the leader takes meanwhile.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Sending {
    snapshot: Snapshot,
    /// How many bytes of it the follower has.
    offset: u64,
}

impl Sending {
    /// The piece that the follower lacks: `least` bytes or more, as far as there are so many.
    pub(super) fn chunk(&self, least: usize) -> SnapshotChunk {
        let data = &self.snapshot.data;
        let size = least.max(data.len().div_ceil(MAX_CHUNKS));
        let begin = data.len().min(self.offset as usize);
        let end = data.len().min(begin + size);
        SnapshotChunk {
            last_index: self.snapshot.last_index,
            last_term: self.snapshot.last_term,
            configuration: self.snapshot.configuration,
            offset: begin as u64,
            data: data[begin..end].into(),
            done: end == data.len(),
        }
    }
}

/// Whether a follower still has what it has acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Doubt {
    /// It has.
    None,
    /// A heartbeat has asked it again.
    Asked,
    /// It has refused.
    Refused,
    /// And the next heartbeat has asked it again.
    AskedAgain,
}

/// What a leader believes of one follower.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Progress {
    next_index: LogIndex,
    match_index: LogIndex,
    mode: Mode,
    /// The last index of each AppendEntries with entries that is under way.
    inflight: VecDeque<LogIndex>,
    /// The last index that the latest probe with entries carried.
    probed: LogIndex,
    doubt: Doubt,
    /// The latest read round that the follower has answered.
    acked_round: u64,
}

impl Progress {
    /// That of a new leader: it tries the end of its own log first.
    pub(super) fn new(next_index: LogIndex) -> Self {
        Self {
            next_index,
            match_index: LogIndex::ZERO,
            mode: Mode::Probe { waiting: false },
            inflight: VecDeque::new(),
            probed: LogIndex::ZERO,
            doubt: Doubt::None,
            acked_round: 0,
        }
    }

    /// The next index to send (Figure 2).
    pub const fn next_index(&self) -> LogIndex {
        self.next_index
    }

    /// The highest index known to be on the follower (Figure 2).
    pub const fn match_index(&self) -> LogIndex {
        self.match_index
    }

    /// Whether the leader still looks for where the logs agree.
    pub const fn is_probing(&self) -> bool {
        matches!(self.mode, Mode::Probe { .. })
    }

    /// The last index that the snapshot covers which the follower needs first, how many of its bytes
    /// the follower has, and how many there are; `None` when it needs none.
    pub fn snapshot(&self) -> Option<(LogIndex, u64, u64)> {
        self.sending().map(|sending| {
            let snapshot = &sending.snapshot;
            let bytes = snapshot.data.len() as u64;
            (snapshot.last_index, sending.offset, bytes)
        })
    }

    pub(super) const fn sending(&self) -> Option<&Sending> {
        match &self.mode {
            Mode::Snapshot(sending) => Some(sending),
            _ => None,
        }
    }

    /// How many AppendEntries with entries are under way.
    pub fn inflight(&self) -> usize {
        self.inflight.len()
    }

    /// The latest read round that the follower has answered.
    pub const fn acked_round(&self) -> u64 {
        self.acked_round
    }

    pub(super) fn ack_round(&mut self, round: u64) {
        self.acked_round = self.acked_round.max(round);
    }

    /// Whether entries may be sent now.
    pub(super) fn may_send(&self, max_inflight: usize) -> bool {
        match self.mode {
            Mode::Probe { waiting } => !waiting,
            Mode::Replicate => self.inflight.len() < max_inflight,
            Mode::Snapshot(_) => false,
        }
    }

    /// Entries up to `last` were sent.
    pub(super) fn sent(&mut self, last: LogIndex) {
        match &mut self.mode {
            Mode::Probe { waiting } => {
                *waiting = true;
                self.probed = last;
            }
            Mode::Replicate => {
                self.next_index = last.next();
                self.inflight.push_back(last);
            }
            Mode::Snapshot(_) => {}
        }
    }

    /// A heartbeat is due: a probe that may have been lost is tried again.
    pub(super) fn retry_probe(&mut self) {
        self.doubt = match self.doubt {
            Doubt::None if self.next_index.previous() == self.match_index => Doubt::Asked,
            Doubt::Refused => Doubt::AskedAgain,
            other => other,
        };
        if let Mode::Probe { waiting } = &mut self.mode {
            *waiting = false;
        }
    }

    /// The follower has everything up to `index`; says whether that is new. An old
    /// acknowledgement that arrives late changes nothing.
    pub(super) fn matched(&mut self, index: LogIndex) -> bool {
        // An acknowledgement from before the snapshot does not tell that it has arrived.
        if (self.sending()).is_none_or(|sending| sending.snapshot.last_index <= index) {
            self.mode = Mode::Replicate;
        }
        self.doubt = Doubt::None;
        self.next_index = self.next_index.max(index.next());
        while self.inflight.front().is_some_and(|&last| last <= index) {
            self.inflight.pop_front();
        }
        let news = index > self.match_index;
        self.match_index = self.match_index.max(index);
        news
    }

    /// The last entry that the AppendEntries after `prev_log_index` carried; that index itself when
    /// it carried none.
    pub(super) fn carried(&self, prev_log_index: LogIndex) -> LogIndex {
        let carried = match self.mode {
            Mode::Probe { waiting } => waiting.then_some(self.probed),
            Mode::Replicate => self.inflight.iter().copied().find(|&l| l > prev_log_index),
            Mode::Snapshot(_) => None,
        };
        carried.unwrap_or(prev_log_index)
    }

    /// An old acknowledgement is taken for a new one: the wrong rule
    /// [`super::Mutant::MatchCanRegress`].
    pub(super) const fn regress(&mut self, index: LogIndex) {
        self.match_index = index;
    }

    /// Whether a refusal of an AppendEntries after `prev_log_index` is about the present: later
    /// acknowledgements and refusals may have overtaken it. What a follower has acknowledged it has,
    /// unless it has lost its disk: then it refuses even that, and so the next heartbeat too.
    pub(super) fn refusal_counts(&mut self, prev_log_index: LogIndex) -> bool {
        let is_latest = match self.mode {
            Mode::Probe { .. } => prev_log_index == self.next_index.previous(),
            Mode::Replicate => true,
            Mode::Snapshot(_) => false,
        };
        let was_lost = self.next_index <= self.match_index;
        let is_lost = was_lost || prev_log_index == self.match_index && self.is_refused_again();
        is_latest && (prev_log_index > self.match_index || is_lost)
    }

    /// It refuses what it has acknowledged; says whether it has done so twice, asked by two
    /// heartbeats. One refusal may be old and have been overtaken by the acknowledgement.
    fn is_refused_again(&mut self) -> bool {
        if self.doubt == Doubt::Asked {
            self.doubt = Doubt::Refused;
        }
        self.doubt == Doubt::AskedAgain
    }

    /// The logs do not agree at `prev_log_index`: look for where they do, from before `next_index`.
    /// What was counted on the follower stays counted: if it has lost that, it is sent it again.
    pub(super) fn back_up(&mut self, prev_log_index: LogIndex, next_index: LogIndex) {
        let first = match prev_log_index > self.match_index {
            true => self.match_index.next(),
            false => LogIndex(1),
        };
        self.next_index = next_index.max(first);
        self.doubt = Doubt::None;
        self.mode = Mode::Probe { waiting: false };
        self.inflight.clear();
    }

    /// The follower gets this snapshot before anything else.
    pub(super) fn send_snapshot(&mut self, snapshot: Snapshot) {
        self.mode = Mode::Snapshot(Box::new(Sending {
            snapshot,
            offset: 0,
        }));
        self.inflight.clear();
    }

    /// The follower has so many bytes of the snapshot up to `last_index`; says whether the next piece
    /// should follow at once. If it has fewer than before, it has lost them in a crash, or this is an
    /// old answer: the next heartbeat sends from there, so that no answer that comes twice makes more
    /// than one piece come twice.
    pub(super) const fn snapshot_received(&mut self, last_index: LogIndex, bytes: u64) -> bool {
        let Mode::Snapshot(sending) = &mut self.mode else {
            return false;
        };
        if sending.snapshot.last_index.0 != last_index.0 {
            return false;
        }
        let news = bytes > sending.offset;
        sending.offset = bytes;
        news
    }
}
