//! One server of the world: a node of the core with what it lives on — disk, clock, state machine.

use crate::kv::{SharedCommand, Store};
use crate::raft::{
    Configuration, HardState, LogIndex, Node, NodeId, Output, Persistent, Settings, Snapshot, Term,
    Time,
};

use super::clock::{Clock, ClockRate};
use super::config::{Config, ReadMode};
use super::disk::Disk;
use super::event::EventId;
use super::queue::{Due, Item};
use super::random::Stream;

/// The least bytes of a snapshot in one message: so few that a small state takes several, which are
/// worth looking at.
const SNAPSHOT_CHUNK: usize = 64;

/// A timer. Setting it anew is cheap: only the deadline changes, and the queue is asked again when
/// the earlier one comes due.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Timer {
    armed: Option<Armed>,
    /// When the queue has it.
    queued: Option<Time>,
}

/// A timer that runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Armed {
    /// When it was last set.
    pub since: Time,
    /// When it fires, as its node's clock goes now.
    pub fires: Time,
    /// What its node's clock shows then.
    pub(super) deadline: Time,
    /// The event that set it.
    pub(super) cause: EventId,
}

/// What to do when the queue says that a timer may be due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TimerDue {
    /// Nothing: it was set anew, or stopped.
    Stale,
    /// Ask the queue again.
    Later(Time),
    /// It fires.
    Fires,
}

impl Timer {
    /// Sets it; returns when the queue must be asked, if it has not been.
    pub(super) fn arm(&mut self, armed: Armed) -> Option<Time> {
        self.armed = Some(armed);
        if self.queued.is_some_and(|queued| queued <= armed.fires) {
            return None;
        }
        self.queued = Some(armed.fires);
        self.queued
    }

    /// Its node's clock goes at another rate from `now` on; returns when the queue must be asked, if
    /// it has not been.
    pub(super) fn follow_clock(&mut self, clock: &Clock, now: Time) -> Option<Time> {
        let armed = self.armed?;
        let fires = clock.true_time(armed.deadline, now);
        self.arm(Armed { fires, ..armed })
    }

    pub(super) const fn disarm(&mut self) {
        self.armed = None;
    }

    pub(super) const fn armed(&self) -> Option<Armed> {
        self.armed
    }

    /// The queue has come to `at`: what now?
    pub(super) fn due(&mut self, at: Time) -> TimerDue {
        if self.queued != Some(at) {
            return TimerDue::Stale;
        }
        match self.armed {
            Some(armed) if armed.fires <= at => TimerDue::Fires,
            Some(armed) => {
                self.queued = Some(armed.fires);
                TimerDue::Later(armed.fires)
            }
            None => {
                self.queued = None;
                TimerDue::Stale
            }
        }
    }

    /// It has fired, or waits for a paused node.
    pub(super) const fn leave_queue(&mut self) {
        self.queued = None;
    }

    /// The node goes on: the queue must be asked at the returned time, if at all.
    pub(super) fn requeue(&mut self, now: Time) -> Option<Time> {
        if self.queued.is_some() {
            return None;
        }
        self.queued = self.armed.map(|armed| armed.fires.max(now));
        self.queued
    }
}

/// Whether the node runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Power {
    /// It does.
    Up(Box<Node<SharedCommand>>),
    /// It does not; this is what its disk has.
    Down(Persistent<SharedCommand>),
}

/// A server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server {
    pub(super) id: NodeId,
    pub(super) power: Power,
    pub(super) store: Store,
    pub(super) paused: bool,
    /// What has reached it while it was paused, or will, in order of time.
    pub(super) held: Vec<Item>,
    /// How often it has started.
    pub(super) life: u32,
    pub(super) disk: Disk,
    /// It goes on whatever becomes of the node.
    pub(super) clock: Clock,
    pub(super) election_timer: Timer,
    pub(super) heartbeat_timer: Timer,
    pub(super) timeouts: Stream,
}

impl Server {
    pub(super) fn new(
        id: NodeId,
        seed: u64,
        clock: Clock,
        persistent: Persistent<SharedCommand>,
    ) -> Self {
        Self {
            id,
            store: Store::default(),
            paused: false,
            held: Vec::new(),
            life: 0,
            disk: Disk::new(seed, id, persistent.hard_state),
            power: Power::Down(persistent),
            clock,
            election_timer: Timer::default(),
            heartbeat_timer: Timer::default(),
            timeouts: Stream::new(seed, "timeouts", u64::from(id.number())),
        }
    }

    /// What the disk of a paused node has written by now is durable, though the node has not heard
    /// of it.
    pub(super) fn finish_writes(&mut self, now: Time) {
        for item in self.held.iter().filter(|item| item.at < now) {
            if let Due::Disk { seq, .. } = item.due {
                self.disk.complete(seq);
            }
        }
    }

    /// The disk of a server that is down loses all that it has.
    pub(super) fn wipe(&mut self) {
        debug_assert!(!self.is_up(), "only what is down is wiped");
        self.power = Power::Down(Persistent::default());
        self.disk.wipe();
    }

    /// Starts the node from its disk at the true time `now`, with everything up to `commit` applied. Returns whether it was
    /// down.
    pub(super) fn start(
        &mut self,
        configuration: Configuration,
        config: &Config,
        commit: LogIndex,
        now: Time,
        out: &mut Output<SharedCommand>,
    ) -> bool {
        let Power::Down(persistent) = &mut self.power else {
            return false;
        };
        let persistent = std::mem::take(persistent);
        let session_timeout = config.clients.session_timeout;
        let config = config.raft;
        self.disk.start(persistent.snapshot.clone());
        let settings = Settings {
            max_batch: config.max_batch,
            max_inflight: config.max_inflight,
            pre_vote: config.pre_vote,
            check_quorum: config.check_quorum,
            election_timeout_min: config.election_timeout.low(),
            election_timeout_max: config.election_timeout.high(),
            lease: (config.reads == ReadMode::Lease).then_some(config.clock_bound),
            snapshot_after: config.snapshot_after,
            snapshot_chunk: SNAPSHOT_CHUNK,
            policy: config.policy,
        };
        let mut node = Node::start(self.id, settings, configuration, persistent, commit, out);
        if self.life > 0 {
            node.restarted(self.clock.shows(now));
        }
        self.store = Store::new(config.policy).with_session_timeout(session_timeout);
        for (_, entry) in node.log().iter_from(LogIndex(1)).take(commit.0 as usize) {
            if let crate::raft::Payload::Command(command) = &entry.payload {
                self.store.apply(command);
            }
        }
        self.power = Power::Up(Box::new(node));
        self.life += 1;
        true
    }
}

/// What can be seen of a server.
impl Server {
    /// Which it is.
    pub const fn id(&self) -> NodeId {
        self.id
    }

    /// Its node, when it is up.
    pub fn node(&self) -> Option<&Node<SharedCommand>> {
        match &self.power {
            Power::Up(node) => Some(node),
            Power::Down(_) => None,
        }
    }

    /// Whether it runs, paused or not.
    pub const fn is_up(&self) -> bool {
        matches!(self.power, Power::Up(_))
    }

    /// Whether it stands still.
    pub const fn is_paused(&self) -> bool {
        self.paused
    }

    /// Whether it is up and leads.
    pub fn is_leader(&self) -> bool {
        self.node().is_some_and(Node::is_leader)
    }

    /// Its log: the node's, or, when it is down, its disk's.
    pub fn log(&self) -> &crate::raft::Log<SharedCommand> {
        match &self.power {
            Power::Up(node) => node.log(),
            Power::Down(persistent) => &persistent.log,
        }
    }

    /// Its term and vote: the node's, or, when it is down, its disk's.
    pub fn hard_state(&self) -> HardState {
        match &self.power {
            Power::Up(node) => HardState {
                current_term: node.current_term(),
                voted_for: node.voted_for(),
            },
            Power::Down(persistent) => persistent.hard_state,
        }
    }

    /// Its term and vote as its disk has them.
    pub const fn durable_hard_state(&self) -> HardState {
        self.disk.hard_state()
    }

    /// The last index of its log that its disk has.
    pub fn durable_index(&self) -> LogIndex {
        match &self.power {
            Power::Up(node) => node.durable_index(),
            Power::Down(persistent) => persistent.log.last_index(),
        }
    }

    /// Whether its disk has the committed entry of that index and term, as an entry or in its
    /// snapshot: also in the log that a snapshot is replacing, which stays until that is written.
    pub fn keeps(&self, index: LogIndex, term: Term) -> bool {
        index <= self.durable_index() && self.log().covers(index, term)
            || self.disk.keeps_replaced(index, term)
    }

    /// The snapshot that its log goes on after: the node's, or, when it is down, its disk's.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        match &self.power {
            Power::Up(node) => node.snapshot(),
            Power::Down(persistent) => persistent.snapshot.as_ref(),
        }
    }

    /// The last index that its snapshot covers; 0: none.
    pub fn snapshot_index(&self) -> LogIndex {
        self.log().base().0
    }

    /// Whether it runs and has applied something that no snapshot of it covers.
    pub fn can_snapshot(&self) -> bool {
        !self.paused && self.node().is_some_and(Node::can_snapshot)
    }

    /// Its commit index; 0 when it is down.
    pub fn commit_index(&self) -> LogIndex {
        self.node().map_or(LogIndex::ZERO, Node::commit_index)
    }

    /// The last index it has applied; 0 when it is down.
    pub fn last_applied(&self) -> LogIndex {
        self.node().map_or(LogIndex::ZERO, Node::last_applied)
    }

    /// Its state machine; empty when it is down.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The rate of its clock against true time.
    pub const fn clock_rate(&self) -> ClockRate {
        self.clock.rate()
    }

    /// What its clock shows at that moment of true time, now or later, if it goes on as it goes.
    pub fn clock_shows(&self, at: Time) -> Time {
        self.clock.shows(at)
    }

    /// Its election timer, when it runs.
    pub const fn election_timer(&self) -> Option<Armed> {
        self.election_timer.armed()
    }

    /// Its heartbeat timer, when it runs: that of a leader.
    pub const fn heartbeat_timer(&self) -> Option<Armed> {
        self.heartbeat_timer.armed()
    }

    /// How often its node has started.
    pub const fn starts(&self) -> u32 {
        self.life
    }

    /// How many writes its disk has not finished.
    pub fn writes_under_way(&self) -> usize {
        self.disk.under_way()
    }
}
