//! What a hunted cluster is made of: often the defaults, and now and then everything else that is
//! right to choose.

use crate::raft::{ClockBound, NodeSet, Span};
use crate::sim::{
    Config, DiskConfig, NetworkConfig, Probability, ProxyConfig, RaftConfig, ReadFrom, ReadMode,
    SpanRange, Stream,
};

use super::{Hunt, past};

/// How reads are answered.
const READS: [ReadMode; 7] = [
    ReadMode::ReadIndex,
    ReadMode::ReadIndex,
    ReadMode::ReadIndex,
    ReadMode::Lease,
    ReadMode::Lease,
    ReadMode::Log,
    ReadMode::Local,
];
/// How much faster than another a clock may go when leases assume little.
const WIDE: f64 = 4.0;

/// The rates of clocks, as far apart as leases assume, if there are any.
pub(super) fn clock_rates(raft: &RaftConfig) -> &'static [f64] {
    match raft.reads == ReadMode::Lease && raft.clock_bound.as_f64() < WIDE {
        true => &[0.9, 0.9, 1.0, 1.1, 1.1],
        false => &[0.5, 0.5, 1.0, 1.1, 2.0, 2.0],
    }
}

/// One of these, each as likely as the others.
pub(super) fn pick<T: Copy>(random: &mut Stream, of: &[T]) -> T {
    of[random.below(of.len() as u64) as usize]
}

/// Whether what happens so many times in a hundred happens.
pub(super) fn percent(random: &mut Stream, percent: u64) -> bool {
    random.below(100) < percent
}

/// A cluster.
pub(super) fn config(random: &mut Stream, hunt: &Hunt) -> Config {
    let nodes = pick(random, &[3, 3, 3, 4, 5, 5]);
    let nodes = hunt.nodes.unwrap_or(nodes);
    let start = match percent(random, 35) {
        true => past::states(random, nodes),
        false => Vec::new(),
    };
    Config {
        nodes: NodeSet::first(nodes),
        start,
        network: network(random),
        raft: RaftConfig {
            policy: hunt.policy,
            ..raft(random)
        },
        disk: disk(random),
        proxy: proxy(random),
        ..Config::default()
    }
}

fn network(random: &mut Stream) -> NetworkConfig {
    let ms = SpanRange::from_millis;
    let usual = NetworkConfig::default();
    NetworkConfig {
        latency: pick(
            random,
            &[usual.latency, usual.latency, ms(1, 5), ms(5, 50), ms(1, 90)],
        ),
        loss: Probability::from_percent(pick(random, &[0, 0, 0, 5, 15])),
        duplicate: Probability::from_percent(pick(random, &[0, 0, 0, 10, 40])),
        reorder: percent(random, 85),
    }
}

fn raft(random: &mut Stream) -> RaftConfig {
    let (max_batch, max_inflight) = at_once(random);
    let ms = SpanRange::from_millis;
    let usual = RaftConfig::default();
    let reads = pick(random, &READS);
    // A lease that lasts is one in which something can happen.
    let slow = if reads == ReadMode::Lease { 60 } else { 5 };
    let election_timeout = match percent(random, slow) {
        true => ms(500, 1_000),
        false => pick(
            random,
            &[
                usual.election_timeout,
                usual.election_timeout,
                ms(100, 300),
                ms(200, 300),
            ],
        ),
    };
    RaftConfig {
        election_timeout,
        pre_vote: percent(random, 25),
        check_quorum: percent(random, 25),
        reads,
        clock_bound: ClockBound::new(pick(random, &[1.25, WIDE])).unwrap_or_default(),
        max_batch,
        max_inflight,
        snapshot_after: pick(
            random,
            &[usual.snapshot_after, usual.snapshot_after, 1, 2, 5],
        ),
        ..usual
    }
}

/// How many entries in one message, and how many messages at once: one of one makes each entry a
/// journey of its own, and leaves the most time for something to happen between two of them.
fn at_once(random: &mut Stream) -> (usize, usize) {
    let usual = RaftConfig::default();
    pick(
        random,
        &[
            (usual.max_batch, usual.max_inflight),
            (usual.max_batch, usual.max_inflight),
            (usual.max_batch, 1),
            (1, 1),
            (1, 1),
            (1, usual.max_inflight),
            (2, 2),
        ],
    )
}

fn disk(random: &mut Stream) -> DiskConfig {
    let ms = SpanRange::from_millis;
    let usual = DiskConfig::default();
    DiskConfig {
        sync: pick(
            random,
            &[
                usual.sync,
                usual.sync,
                usual.sync,
                ms(1, 2),
                ms(5, 20),
                ms(1, 80),
            ],
        ),
        lose_unsynced: percent(random, 90),
    }
}

fn proxy(random: &mut Stream) -> ProxyConfig {
    let usual = ProxyConfig::default();
    ProxyConfig {
        reads: match percent(random, 25) {
            true => ReadFrom::Followers,
            false => ReadFrom::Leader,
        },
        timeout: pick(
            random,
            &[
                usual.timeout,
                Span::from_millis(100),
                Span::from_millis(250),
            ],
        ),
        retries: pick(random, &[usual.retries, usual.retries, 3]),
        ..usual
    }
}
