//! What the page's history of the clients is drawn from: the operations of a stretch of time, and which
//! of them do not fit.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use flotilla::check::Linearizability;
use flotilla::raft::Time;
use flotilla::scenario::{self, Run};
use flotilla::sim::OperationRecord;
use proptest::prelude::*;

fn run(text: &str) -> Run {
    let scenario = scenario::parse(text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let seed = scenario.seed;
    let mut run = Run::new(Arc::new(scenario), seed);
    run.run_to_end();
    run
}

fn busy(seed: u64, clients: u32) -> Run {
    run(&format!(
        "title = \"T\"\nseed = {seed}\nuntil = \"3s\"\n[network]\nloss = 0.1\n\
         [[step]]\nat = \"1s\"\nload = {{ clients = {clients}, rate = 80, keys = 3, writes = 0.5, until = \"3s\" }}\n\
         [[step]]\nat = \"2s\"\ncrash = \"leader\"\n"
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_operations_of_a_stretch_are_those_that_were_open_in_it(
        (seed, clients) in (0u64..20, 1u32..6),
        (from, long) in (0u64..3_200_000, 0u64..600_000),
        most in prop_oneof![Just(usize::MAX), 0usize..20],
    ) {
        let run = busy(seed, clients);
        let (from, until) = (Time(from), Time(from + long));
        let is_open = |record: &&OperationRecord| {
            record.asked <= until && record.ended.is_none_or(|ended| ended >= from)
        };
        let numbers = |record: &OperationRecord| record.number;
        let expected = run.world().operations().iter().rev().filter(is_open).map(numbers);
        let expected: Vec<u64> = expected.take(most).collect();
        let found = run.world().operations_between(from, until, most);
        let found: Vec<u64> = found.into_iter().map(numbers).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn stale_reads_of_a_leader_that_asks_no_quorum_are_known_and_break_linearizability() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/scenarios/mutants/read-without-quorum.toml");
    let run = run(&fs::read_to_string(file).expect("the scenario is there"));
    let Linearizability::Broken(broken) = run.monitor().linearizability() else {
        panic!("the reads are linearizable");
    };
    let stale: Vec<u64> = run.monitor().stale_reads().iter().copied().collect();
    assert!(
        stale.contains(&broken.operation),
        "{stale:?} and {broken:?}"
    );
    // Before that answer, everything fitted.
    let mut before = Run::new(run.script().clone(), run.scenario().seed);
    while before.world().events() + 1 < broken.event {
        before.advance(Time(u64::MAX));
    }
    assert_eq!(before.monitor().linearizability(), &Linearizability::Holds);
    assert_eq!(before.monitor().stale_reads().size(), 0);
}
