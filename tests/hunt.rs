//! Hunting: nothing is found in the right core, and every wrong rule that is, is shrunk to a scenario
//! of a few steps that reproduces it.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flotilla::raft::{Mutant, Policy};
use flotilla::scenario::hunt::{Find, Hunt};
use flotilla::scenario::{Run, parse};

/// How many schedules find nothing in the right core; many more are hunted by hand.
const SEEDS: u64 = 500;

/// How many steps a find may have once it is shrunk.
const STEPS_MAX: usize = 15;

/// In how many seeds a wrong rule is found: nearly all of them in a tenth of these.
const SOON_SEEDS: u64 = 1_000;

/// In how many seeds from any one on, so that the first find was not luck.
const LATE_SEEDS: u64 = 10_000;

/// What the smallest of these seeds finds.
fn first(hunt: &Hunt, seeds: RangeInclusive<u64>) -> Option<Find> {
    let (next, best) = (AtomicU64::new(*seeds.start()), AtomicU64::new(*seeds.end()));
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
    let find = first(&Hunt::default(), 1..=SEEDS);
    assert!(
        find.is_none(),
        "{}",
        find.map(|find| find.to_toml()).unwrap_or_default()
    );
}

fn find(mutant: Mutant, seeds: RangeInclusive<u64>) -> Find {
    let hunt = Hunt {
        nodes: None,
        policy: Policy::from_iter([mutant]),
    };
    let find = first(&hunt, seeds.clone());
    find.unwrap_or_else(|| panic!("{mutant} is not found in seeds {seeds:?}"))
}

fn is_found_and_shrunk(mutant: Mutant, seeds: RangeInclusive<u64>) {
    let find = find(mutant, seeds);
    let shrunk = find.shrunk(&mut |_| {});
    let text = shrunk.to_toml();
    println!(
        "| `{mutant}` | {} | `{}` | {} |",
        find.seed,
        shrunk.falls,
        shrunk.steps(),
    );
    assert!(shrunk.steps() <= STEPS_MAX, "{mutant}:\n{text}");
    assert_eq!(shrunk.falls, find.falls, "{mutant}:\n{text}");
    let scenario = parse(&text).unwrap_or_else(|errors| panic!("{mutant}: {errors:?}\n{text}"));
    let mut run = Run::new(Arc::new(scenario), shrunk.seed);
    run.run_to_end();
    assert!(run.is_ok(), "{mutant}: {:?}\n{text}", run.failures());
}

#[test]
fn every_wrong_rule_is_found_soon_and_shrunk_to_a_few_steps() {
    for mutant in Mutant::ALL {
        is_found_and_shrunk(mutant, 1..=SOON_SEEDS);
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "too long without optimisation")]
fn every_wrong_rule_is_found_from_other_seeds_on_too() {
    for mutant in Mutant::ALL {
        let find = find(mutant, SOON_SEEDS + 1..=SOON_SEEDS + LATE_SEEDS);
        println!("{mutant}: seed {}, {}", find.seed, find.falls);
    }
}
