//! A thousand seeds of chaos: crashes, pauses, partitions, loss and duplication under a load, with
//! slow disks. No safety property falls, the cluster agrees once it is healed, and every write that
//! was acknowledged is there exactly once.

use std::collections::BTreeMap;
use std::sync::Arc;

use flotilla::kv::{ClientId, Store};
use flotilla::raft::{LogIndex, Payload};
use flotilla::scenario::{Run, Scenario, parse};
use flotilla::sim::{Outcome, Server};

const SEEDS: u64 = 1_000;

fn chaos() -> Arc<Scenario> {
    Arc::new(parse(include_str!("scenarios/chaos.toml")).expect("it is a scenario"))
}

#[test]
fn a_thousand_seeds_of_chaos_break_nothing() {
    let scenario = chaos();
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let scenario = scenario.clone();
            scope.spawn(move || {
                for seed in (1 + thread..=SEEDS).step_by(threads as usize) {
                    check(&scenario, seed);
                }
            });
        }
    });
}

fn check(scenario: &Arc<Scenario>, seed: u64) {
    let mut run = Run::new(scenario.clone(), seed);
    run.run_to_end();
    let (failures, violations) = (run.failures(), run.monitor().violations());
    assert!(run.is_ok(), "seed {seed}: {failures:?} {violations:?}");
    assert!(
        run.world().tally().ok > 30,
        "seed {seed}: something was done"
    );
    for server in run.world().servers() {
        acknowledged_writes_are_there_once(&run, server, seed);
    }
}

/// Applies a node's log anew, and counts which writes took effect.
fn acknowledged_writes_are_there_once(run: &Run, server: &Server, seed: u64) {
    let mut store = Store::default();
    let mut effects: BTreeMap<(ClientId, u64), u32> = BTreeMap::new();
    for (_, entry) in server.log().iter_from(LogIndex(1)) {
        if let Payload::Command(command) = &entry.payload
            && !store.apply(command).duplicate
        {
            *effects
                .entry(command.session.expect("clients have sessions"))
                .or_default() += 1;
        }
    }
    for record in run.world().operations().iter() {
        let times = effects.get(&(record.client, record.sequence)).copied();
        if !record.operation.is_read() && matches!(record.outcome, Outcome::Ok(_)) {
            assert_eq!(times, Some(1), "seed {seed}: {record:?} on {}", server.id());
        } else {
            assert!(
                times.unwrap_or(0) <= 1,
                "seed {seed}: {record:?} on {}",
                server.id()
            );
        }
    }
    assert_eq!(&store, server.store(), "seed {seed}: {}", server.id());
}
