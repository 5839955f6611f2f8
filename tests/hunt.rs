//! Hunting: nothing is found in the right core, and every wrong rule that is, is shrunk to a scenario
//! of a few steps that reproduces it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flotilla::raft::{Mutant, Policy};
use flotilla::scenario::hunt::{Find, Hunt};
use flotilla::scenario::{Run, parse};

/// How many schedules find nothing in the right core; many more are hunted by hand.
const SEEDS: u64 = 500;

/// How many steps a find may have once it is shrunk.
const STEPS_MAX: usize = 15;

/// In how many seeds most wrong rules are found: nearly all of them in a tenth of these.
const SOON_SEEDS: u64 = 2_000;

/// Wrong rules that matter only when several things come together, which takes too many seeds for a
/// build without optimisation.
const LATE: &[Mutant] = &[Mutant::CommitPriorTerm];

/// In how many seeds they are found.
const LATE_SEEDS: u64 = 20_000;

/// Wrong rules that are not found in so many, yet; and those of snapshots, which schedules do not
/// have.
const NOT_YET: &[Mutant] = &[
    Mutant::ConfigBeforeOwnTermCommit,
    Mutant::LeaseAcrossTransfer,
    Mutant::InstallOldSnapshot,
    Mutant::LeaseIgnoresClocks,
    Mutant::SnapshotKeepsConflictingLog,
];

/// What the smallest seed finds, of those from 1 to `last`.
fn first(hunt: &Hunt, last: u64) -> Option<Find> {
    let (next, best) = (AtomicU64::new(1), AtomicU64::new(last));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed > best.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(find) = hunt.seed(seed) {
                best.fetch_min(seed, Ordering::Relaxed);
                return Some(find);
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let finds = threads
            .into_iter()
            .map(|t| t.join().expect("nothing panics"));
        finds.flatten().min_by_key(|find| find.seed)
    })
}

#[test]
fn hunting_the_right_core_finds_nothing() {
    let find = first(&Hunt::default(), SEEDS);
    assert!(
        find.is_none(),
        "{}",
        find.map(|find| find.to_toml()).unwrap_or_default()
    );
}

fn is_found_and_shrunk(mutant: Mutant, seeds: u64) {
    let hunt = Hunt {
        nodes: None,
        policy: Policy::from_iter([mutant]),
    };
    let find = first(&hunt, seeds);
    let find = find.unwrap_or_else(|| panic!("{mutant} is not found in {seeds} seeds"));
    let shrunk = find.shrunk(&mut |_| {});
    let text = shrunk.to_toml();
    println!(
        "{mutant}: seed {}, {}, {} steps of {}",
        find.seed,
        shrunk.falls,
        shrunk.steps(),
        find.steps()
    );
    assert!(shrunk.steps() <= STEPS_MAX, "{mutant}:\n{text}");
    assert_eq!(shrunk.falls, find.falls, "{mutant}:\n{text}");
    let scenario = parse(&text).unwrap_or_else(|errors| panic!("{mutant}: {errors:?}\n{text}"));
    let mut run = Run::new(Arc::new(scenario), shrunk.seed);
    run.run_to_end();
    assert!(run.is_ok(), "{mutant}: {:?}\n{text}", run.failures());
}

#[test]
fn wrong_rules_are_found_soon_and_shrunk_to_a_few_steps() {
    let is_soon = |mutant: &Mutant| !LATE.contains(mutant) && !NOT_YET.contains(mutant);
    for mutant in Mutant::ALL.into_iter().filter(is_soon) {
        is_found_and_shrunk(mutant, SOON_SEEDS);
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "too long without optimisation")]
fn wrong_rules_that_seldom_matter_are_found_too() {
    for &mutant in LATE {
        is_found_and_shrunk(mutant, LATE_SEEDS);
    }
}
