//! Leases under everything that can be done to a cluster at random: within the bound on clocks no
//! stale read is answered, and beyond it some are.

use std::sync::Arc;

use flotilla::raft::{NodeId, NodeSet, Rule, Time};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{Action, ClockRate, Happening, Heal};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=150;
const NODES: u64 = 5;
const END_MS: u64 = 8_000;

/// What became of a run.
struct Outcome {
    lease_reads: u64,
    is_safe: bool,
    is_linearizable: bool,
}

/// Numbers that only look random (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn node(&mut self) -> NodeId {
        NodeId::from_index(self.below(NODES) as usize)
    }

    /// Something that may be done to a cluster, with clocks that go at so many thousandths.
    fn action(&mut self, rates: &std::ops::Range<u64>, run: &Run) -> Action {
        let node = self.node();
        let leader = run.world().leader().unwrap_or(node);
        match self.below(16) {
            0 => Action::Crash(node),
            1 => Action::Crash(leader),
            2..=4 => Action::Restart(node),
            5 => Action::Timeout(node),
            6 => Action::Transfer(node),
            7 => Action::Isolate(leader),
            8 => Action::Pause(leader),
            9 | 10 => Action::Resume(node),
            11 => {
                let near = std::iter::once(leader).chain([self.node()]);
                let near: NodeSet = near.collect();
                Action::Partition(vec![near, NodeSet::first(NODES as usize).difference(near)])
            }
            12 => Action::Cut(vec![(node, leader)]),
            13 => Action::Heal(Heal::All),
            _ => {
                let rate = (rates.start + self.below(rates.end - rates.start)) as f64 / 1_000.0;
                let rate = ClockRate::new(rate).expect("it is a rate that a clock can have");
                Action::Clock { node, rate }
            }
        }
    }
}

fn run(seed: u64, rates: &std::ops::Range<u64>) -> Outcome {
    let followers = if seed.is_multiple_of(2) {
        "followers"
    } else {
        "leader"
    };
    let scenario = parse(&format!(
        r#"
        title = "leases"
        until = "{END_MS}ms"
        [network]
        latency = "1ms..20ms"
        loss = 0.02
        duplicate = 0.02
        [raft]
        reads = "lease"
        [disk]
        sync = "0ms..5ms"
        [proxy]
        reads = "{followers}"
        timeout = "100ms"
        [[step]]
        load = {{ clients = 6, rate = 200, keys = 2, writes = 0.4, until = "{END_MS}ms" }}
        "#
    ));
    let mut run = Run::new(Arc::new(scenario.expect("it is a scenario")), seed);
    let mut numbers = Numbers(seed);
    let mut lease_reads = 0;
    let mut at = Time(0);
    while at < Time(END_MS * 1_000) {
        at = Time(at.0 + 10_000 + numbers.below(120_000));
        loop {
            match run.advance(at) {
                Advance::Idle => break,
                Advance::Script => {}
                Advance::Event => {
                    let happenings = run.world().happenings().iter();
                    let under_lease = happenings
                        .filter(|h| matches!(h, Happening::Rule(_, Rule::LeaseRead { .. })));
                    lease_reads += under_lease.count() as u64;
                }
            }
        }
        // What cannot be done as things are is not done.
        let _ = run.act(numbers.action(rates, &run));
    }
    Outcome {
        lease_reads,
        is_safe: run.monitor().is_safe(),
        is_linearizable: run.monitor().linearizability().verdict() == Some(true),
    }
}

#[test]
fn within_the_bound_on_clocks_no_stale_read_is_answered() {
    let mut lease_reads = 0;
    for seed in SEEDS {
        let outcome = run(seed, &(900..1_125));
        assert!(outcome.is_safe, "seed {seed}");
        assert!(outcome.is_linearizable, "seed {seed}");
        lease_reads += outcome.lease_reads;
    }
    assert!(
        lease_reads > 20 * SEEDS.count() as u64,
        "{lease_reads} reads"
    );
}

#[test]
fn beyond_it_only_reads_go_wrong() {
    let outcomes: Vec<Outcome> = SEEDS.map(|seed| run(seed, &(100..10_000))).collect();
    assert!(outcomes.iter().all(|outcome| outcome.is_safe));
    assert!(outcomes.iter().any(|outcome| !outcome.is_linearizable));
}
