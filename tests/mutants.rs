//! Every wrong rule is caught: in its scenario the property that it breaks falls, whatever the seed,
//! and in the twin, where the rule is right and all else is the same, nothing does.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use flotilla::check::{Falls, falls};
use flotilla::raft::{Mutant, Policy};
use flotilla::scenario::{Fact, Run, Scenario, Verb, parse};

/// Further seeds with which every scenario must hold too.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=25;

/// The wrong rules: every one has a scenario.
fn mutants() -> impl Iterator<Item = Mutant> {
    Mutant::ALL.into_iter()
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/scenarios/mutants"
    ))
}

fn wrong_file(mutant: Mutant) -> String {
    format!("{mutant}.toml")
}

fn twin_file(mutant: Mutant) -> String {
    format!("{mutant}_twin.toml")
}

fn read(file: &str) -> Arc<Scenario> {
    let path = folder().join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    match parse(&text) {
        Ok(scenario) => Arc::new(scenario),
        Err(errors) => panic!("{file}: {errors:?}"),
    }
}

/// The scenario run to its end with its own seed and with others; every expectation holds.
fn runs(file: &str) -> impl Iterator<Item = Run> {
    let scenario = read(file);
    std::iter::once(scenario.seed)
        .chain(SEEDS)
        .map(move |seed| {
            let mut run = Run::new(scenario.clone(), seed);
            run.run_to_end();
            let (failures, violations) = (run.failures(), run.monitor().violations());
            assert!(
                run.is_ok(),
                "{} seed {seed}: {failures:?} {violations:?}",
                scenario.title
            );
            run
        })
}

#[test]
fn every_wrong_rule_has_its_scenario_and_a_twin() {
    let files: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("names are text"))
        .collect();
    let expected = mutants().flat_map(|mutant| [wrong_file(mutant), twin_file(mutant)]);
    assert_eq!(files, expected.collect());
}

fn linearizable(run: &Run) -> Option<bool> {
    run.monitor().linearizability().verdict()
}

#[test]
fn a_wrong_rule_breaks_its_property_with_every_seed() {
    for mutant in mutants() {
        for run in runs(&wrong_file(mutant)) {
            let fell = match falls(mutant) {
                Falls::Property(property) => run
                    .monitor()
                    .violations()
                    .iter()
                    .any(|violation| violation.property == property),
                Falls::Linearizability => linearizable(&run) == Some(false),
            };
            let title = &run.scenario().title;
            assert!(fell, "{title}: {} holds", falls(mutant));
        }
    }
}

#[test]
fn with_the_right_rule_nothing_falls_with_any_seed() {
    for mutant in mutants() {
        for run in runs(&twin_file(mutant)) {
            let title = &run.scenario().title;
            assert!(run.monitor().is_safe(), "{title}");
            assert_eq!(linearizable(&run), Some(true), "{title}");
        }
    }
}

#[test]
fn the_last_thing_that_is_expected_is_what_falls() {
    for mutant in mutants() {
        let last_facts = |file: &str| {
            let scenario = read(file);
            let last = scenario.steps.last().map(|step| step.verb.clone());
            let Some(Verb::Expect(expectation)) = last else {
                panic!("{file} ends with an expectation");
            };
            let facts = expectation.items.into_iter().map(|item| item.fact);
            facts.collect::<Vec<Fact>>()
        };
        let fallen = match falls(mutant) {
            Falls::Property(property) => Fact::Violates(property.name()),
            Falls::Linearizability => Fact::Linearizable(false),
        };
        assert!(last_facts(&wrong_file(mutant)).contains(&fallen));
        let twin = last_facts(&twin_file(mutant));
        assert!(twin.contains(&Fact::Safe), "{mutant}");
        assert!(twin.contains(&Fact::Linearizable(true)), "{mutant}");
    }
}

#[test]
fn a_twin_differs_in_the_rule_only() {
    for mutant in mutants() {
        let (wrong, twin) = (read(&wrong_file(mutant)), read(&twin_file(mutant)));
        assert_eq!(wrong.config.raft.policy, Policy::from_iter([mutant]));
        assert!(twin.config.raft.policy.is_correct(), "{mutant}");
        let mut mended = wrong.config.clone();
        mended.raft.policy = Policy::CORRECT;
        assert_eq!(mended, twin.config, "{mutant}");
        assert_eq!((wrong.seed, wrong.until), (twin.seed, twin.until));
        let acts = |scenario: &Scenario| {
            let steps = scenario.steps.iter();
            let acts = steps.filter(|step| !matches!(step.verb, Verb::Expect(_)));
            let acts = acts.map(|step| (step.at, step.verb.clone()));
            acts.collect::<Vec<_>>()
        };
        assert_eq!(acts(&wrong), acts(&twin), "{mutant}");
    }
}

#[test]
fn the_documentation_tells_what_falls() {
    let document = include_str!("../docs/scenarios.md");
    for mutant in Mutant::ALL {
        let row = format!("| `{mutant}`");
        let row = document.lines().find(|line| line.starts_with(&row));
        let row = row.unwrap_or_else(|| panic!("no row of {mutant}"));
        assert!(row.ends_with(&format!("| `{}` |", falls(mutant))), "{row}");
    }
}
