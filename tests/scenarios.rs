//! Every file of `tests/scenarios` runs to its end, and everything it expects is so.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use flotilla::scenario::{Run, Scenario, parse};

/// Further seeds with which every scenario must hold too: none rests on its seed's luck.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=25;

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    files
}

fn read(path: &PathBuf) -> Arc<Scenario> {
    let text = fs::read_to_string(path).expect("the file can be read");
    match parse(&text) {
        Ok(scenario) => Arc::new(scenario),
        Err(errors) => panic!("{}: {errors:?}", path.display()),
    }
}

fn wrong(run: &Run) -> String {
    format!("{:?} {:?}", run.failures(), run.monitor().violations())
}

#[test]
fn every_scenario_holds_with_its_own_seed_and_with_others() {
    let files = files();
    assert!(files.len() >= 12, "the scenarios are there");
    for path in &files {
        let scenario = read(path);
        for seed in std::iter::once(scenario.seed).chain(SEEDS) {
            let mut run = Run::new(scenario.clone(), seed);
            run.run_to_end();
            assert!(run.has_ended());
            assert!(
                run.is_ok(),
                "{} seed {seed}: {}",
                path.display(),
                wrong(&run)
            );
        }
    }
}

#[test]
fn a_run_taken_in_pieces_is_the_same_run() {
    for path in &files() {
        let scenario = read(path);
        let mut whole = Run::new(scenario.clone(), 7);
        whole.run_to_end();
        let mut pieces = Run::new(scenario.clone(), 7);
        let mut at = 0;
        while !pieces.has_ended() {
            // A clone goes on exactly like what it was cloned from.
            pieces = pieces.clone();
            at += 77_777;
            pieces.run_to(flotilla::raft::Time(at));
        }
        assert_eq!(whole.world().digest(), pieces.world().digest());
        assert_eq!(whole.world().events(), pieces.world().events());
    }
}
