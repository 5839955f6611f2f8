//! Whatever rules are wrong and whatever happens, nothing panics: the oracles tell what falls.

use std::sync::Arc;

use flotilla::raft::{Mutant, Policy, Time};
use flotilla::scenario::{Advance, Run, Scenario, parse};

/// Chaotic runs with one wrong rule each, and with two: in a longer hunt, as many as
/// `FLOTILLA_HUNT` says.
const RUNS: usize = 400;

/// More than any run that ends takes.
const STEPS: usize = 2_000_000;
const END: Time = Time(15_000_000);

/// A cluster in chaos, with a variant of everything that can be set.
fn chaos(number: usize) -> Scenario {
    let mut rest = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut pick = |choices: &[&'static str]| {
        let place = rest % choices.len() as u64;
        rest /= choices.len() as u64;
        choices[place as usize]
    };
    let text = format!(
        r#"
            title = "chaos with wrong rules"
            nodes = {nodes}
            until = "15s"
            [network]
            latency = "{latency}"
            reorder = {reorder}
            [raft]
            pre_vote = {pre_vote}
            check_quorum = {check_quorum}
            reads = "{reads}"
            max_batch = {max_batch}
            snapshot_after = {snapshot_after}
            [disk]
            sync = "{sync}"
            [[step]]
            at = "500ms"
            load = {{ clients = 4, rate = 40, keys = 5, writes = 0.6, until = "10s" }}
            [[step]]
            chaos = {{ until = "10s" }}
            [[step]]
            at = "2s"
            remove = "S2"
            [[step]]
            at = "3s"
            add = "S9"
            [[step]]
            at = "4s"
            timeout = "follower"
            [[step]]
            at = "5s"
            transfer = "S1"
            [[step]]
            at = "5500ms"
            members = ["S1", "S3", "S9"]
            [[step]]
            at = "6s"
            crash = "S1"
            [[step]]
            wipe = "{wiped}"
            [[step]]
            at = "7s"
            clock = {{ node = "S1", rate = {rate} }}
            [[step]]
            at = "8s"
            members = ["S1", "S2", "S3"]
            [[step]]
            at = "9s"
            snapshot = "leader"
        "#,
        nodes = pick(&["3", "5", "4", "2"]),
        latency = pick(&["10ms..15ms", "1ms..200ms", "0ms", "1ms"]),
        reorder = pick(&["true", "false"]),
        pre_vote = pick(&["false", "true"]),
        check_quorum = pick(&["false", "true"]),
        reads = pick(&["read-index", "log", "local", "lease"]),
        max_batch = pick(&["64", "1"]),
        wiped = pick(&["S1", "S2"]),
        rate = pick(&["1", "3", "0.2"]),
        sync = pick(&["1ms..5ms", "0ms", "20ms..60ms"]),
        snapshot_after = pick(&["0", "1", "5", "20"]),
    );
    parse(&text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// The wrong rules of a run: one of them, or two, each two of them in turn.
fn policy(number: usize) -> Policy {
    let all = Mutant::ALL;
    let (one, turn) = (number % all.len(), number / all.len());
    Policy::from_iter([all[one], all[(one + turn) % all.len()]])
}

#[test]
fn whatever_rules_are_wrong_nothing_panics() {
    let hunt = std::env::var("FLOTILLA_HUNT").ok();
    let runs = hunt.map_or(RUNS, |runs| runs.parse().expect("a number of runs"));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || (thread..runs).step_by(threads).for_each(survives));
        }
    });
}

fn survives(number: usize) {
    let mut scenario = chaos(number);
    scenario.config.raft.policy = policy(number);
    let mut run = Run::new(Arc::new(scenario), number as u64);
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        // Whether anything holds is not the question.
        (0..STEPS).any(|_| run.advance(END) == Advance::Idle)
    }));
    let rules = policy(number);
    assert!(ended.is_ok(), "run {number} panics with {rules:?}");
    let ended = ended.unwrap_or_default();
    assert!(ended, "run {number} does not end with {rules:?}");
}
