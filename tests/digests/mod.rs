//! The digests of fifty runs of a chaotic scenario, and those on record.

use std::sync::Arc;

use flotilla::scenario::{Run, parse};

/// One line a seed: the seed, the events, the digest.
pub const ON_RECORD: &str = include_str!("chaos.txt");

/// The same for this build.
pub fn of_fifty_runs() -> String {
    let scenario = parse(include_str!("../scenarios/chaos.toml")).expect("it is a scenario");
    let scenario = Arc::new(scenario);
    let line = |seed| {
        let mut run = Run::new(scenario.clone(), seed);
        run.run_to_end();
        let world = run.world();
        format!("{seed} {} {}\n", world.events(), world.digest())
    };
    (1..=50).map(line).collect()
}
