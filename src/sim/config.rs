//! What a world is made of: the configuration that, with the seed, decides every event of a run.
//!
//! The defaults are those of the scenario format.

use std::fmt;

use super::action::NetworkChange;
use super::clock::ClockRate;
use crate::kv::SESSION_TIMEOUT;
use crate::raft::{ClockBound, LogIndex, NodeId, NodeSet, Policy, Span, Term};

/// A range of durations, both ends included, from which one is drawn uniformly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpanRange {
    low: Span,
    high: Span,
}

impl SpanRange {
    /// The range from `low` to `high`; `None` when `high` is the shorter.
    pub fn new(low: Span, high: Span) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// The range of one value.
    pub const fn exactly(span: Span) -> Self {
        Self {
            low: span,
            high: span,
        }
    }

    /// From so many to so many milliseconds.
    ///
    /// # Panics
    /// When `high` is below `low`.
    pub const fn from_millis(low: u64, high: u64) -> Self {
        assert!(low <= high, "a range goes up");
        Self {
            low: Span::from_millis(low),
            high: Span::from_millis(high),
        }
    }

    /// Its shortest.
    pub const fn low(self) -> Span {
        self.low
    }

    /// Its longest.
    pub const fn high(self) -> Span {
        self.high
    }
}

impl fmt::Display for SpanRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            self.low.fmt(f)
        } else {
            write!(f, "{}–{}", self.low, self.high)
        }
    }
}

/// A probability, as a fraction of 2³² so that no decision is made in floating point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Probability(u64);

impl Probability {
    /// Never.
    pub const NEVER: Self = Self(0);
    /// What a probability of 1 is out of.
    pub const ONE: u64 = 1 << 32;

    /// The nearest to `p`; `None` when `p` is not from 0 to 1.
    pub fn new(p: f64) -> Option<Self> {
        (0.0..=1.0)
            .contains(&p)
            .then(|| Self((p * Self::ONE as f64).round() as u64))
    }

    /// So many hundredths; more than 100 are 100.
    pub const fn from_percent(percent: u64) -> Self {
        let percent = if percent > 100 { 100 } else { percent };
        Self(percent * Self::ONE / 100)
    }

    /// How many of [`Probability::ONE`].
    pub const fn numerator(self) -> u64 {
        self.0
    }

    /// As a number from 0 to 1, for showing.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }
}

/// The conditions on every link between two nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NetworkConfig {
    /// One way, drawn per message.
    pub latency: SpanRange,
    /// How likely a message is lost.
    pub loss: Probability,
    /// How likely a message arrives twice.
    pub duplicate: Probability,
    /// Whether messages may overtake each other; if not, a link delivers in the order sent.
    pub reorder: bool,
}

impl NetworkConfig {
    /// The same but for what changes.
    #[must_use]
    pub fn changed(self, change: NetworkChange) -> Self {
        Self {
            latency: change.latency.unwrap_or(self.latency),
            loss: change.loss.unwrap_or(self.loss),
            duplicate: change.duplicate.unwrap_or(self.duplicate),
            reorder: change.reorder.unwrap_or(self.reorder),
        }
    }
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self {
            latency: SpanRange::from_millis(10, 15),
            loss: Probability::NEVER,
            duplicate: Probability::NEVER,
            reorder: true,
        }
    }
}

/// How reads are answered (§8; dissertation §6.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ReadMode {
    /// Through the log, as a command like any other.
    Log,
    /// From the state at the commit index, once a majority has confirmed that the leader leads.
    #[default]
    ReadIndex,
    /// From the node's own state, which may be stale.
    Local,
    /// At once while the leader holds a lease, else as `ReadIndex` (dissertation §6.4.1).
    Lease,
}

/// The parameters of the core.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RaftConfig {
    /// Drawn anew each time the election timer is reset (§5.2).
    pub election_timeout: SpanRange,
    /// Between two heartbeats of a leader.
    pub heartbeat: Span,
    /// Whether a node asks if it could win before it campaigns (dissertation §9.6).
    pub pre_vote: bool,
    /// Whether a leader without a majority steps down (dissertation §6.2), and votes are refused
    /// while one is live (§4.2.3).
    pub check_quorum: bool,
    /// How reads are answered.
    pub reads: ReadMode,
    /// What leases assume of clocks.
    pub clock_bound: ClockBound,
    /// The most entries in one AppendEntries; at least 1.
    pub max_batch: usize,
    /// The most AppendEntries under way to one follower; at least 1.
    pub max_inflight: usize,
    /// After how many applied entries the log is compacted (§7); 0: never.
    pub snapshot_after: u64,
    /// Which rules are wrong on purpose.
    pub policy: Policy,
}

impl Default for RaftConfig {
    fn default() -> Self {
        Self {
            election_timeout: SpanRange::from_millis(150, 300),
            heartbeat: Span::from_millis(50),
            pre_vote: false,
            check_quorum: false,
            reads: ReadMode::ReadIndex,
            clock_bound: ClockBound::default(),
            max_batch: 64,
            max_inflight: 8,
            snapshot_after: 0,
            policy: Policy::CORRECT,
        }
    }
}

/// The disk of every node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DiskConfig {
    /// How long a write takes to be durable, drawn per write.
    pub sync: SpanRange,
    /// Whether a crash loses what was not yet durable.
    pub lose_unsynced: bool,
}

impl Default for DiskConfig {
    fn default() -> Self {
        Self {
            sync: SpanRange::exactly(Span::ZERO),
            lose_unsynced: true,
        }
    }
}

/// Where the proxy sends reads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ReadFrom {
    /// To the leader.
    #[default]
    Leader,
    /// To a follower chosen by key; the others and then the leader when it does not answer.
    Followers,
}

/// The proxy between the clients and the nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProxyConfig {
    /// Where reads go.
    pub reads: ReadFrom,
    /// How long it waits for an answer before it tries another node.
    pub timeout: Span,
    /// How often it tries again before the client is told that the outcome is unknown.
    pub retries: u32,
    /// One way between client and proxy and between proxy and node, drawn per leg. These legs lose
    /// nothing: what loses messages is the network between the nodes.
    pub latency: SpanRange,
}

impl Default for ProxyConfig {
    fn default() -> Self {
        Self {
            reads: ReadFrom::Leader,
            timeout: Span::from_millis(500),
            retries: 20,
            latency: SpanRange::from_millis(2, 3),
        }
    }
}

/// The clients.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientsConfig {
    /// How long a session may be idle, in the time that the log tells (dissertation §6.3).
    pub session_timeout: Span,
}

impl Default for ClientsConfig {
    fn default() -> Self {
        Self {
            session_timeout: SESSION_TIMEOUT,
        }
    }
}

/// The state that a node starts in, when it is not a fresh one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartState {
    /// Which node.
    pub id: NodeId,
    /// Its current term.
    pub term: Term,
    /// Whom it has voted for in that term.
    pub voted_for: Option<NodeId>,
    /// The terms of its entries, from index 1. The entry at index `i` of term `t` is a put of key
    /// `k<i>` with value `<t>`.
    pub log: Vec<Term>,
    /// Its commit index, up to which it has applied.
    pub commit: LogIndex,
    /// The rate of its clock.
    pub clock: ClockRate,
    /// Whether it is down.
    pub down: bool,
}

/// Everything but the seed that decides a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// The voters at the start.
    pub nodes: NodeSet,
    /// The links between nodes.
    pub network: NetworkConfig,
    /// The core.
    pub raft: RaftConfig,
    /// The disks.
    pub disk: DiskConfig,
    /// The proxy.
    pub proxy: ProxyConfig,
    /// The clients.
    pub clients: ClientsConfig,
    /// The nodes that do not start fresh.
    pub start: Vec<StartState>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            nodes: NodeSet::first(5),
            network: NetworkConfig::default(),
            raft: RaftConfig::default(),
            disk: DiskConfig::default(),
            proxy: ProxyConfig::default(),
            clients: ClientsConfig::default(),
            start: Vec::new(),
        }
    }
}
