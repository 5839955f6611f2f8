//! Every rule of the core fires somewhere in the scenarios, and every reason for which a vote can be
//! refused is given: what never happens here is not tested by any of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use flotilla::catalogue::Lang;
use flotilla::raft::{Rule, Time, VoteRefusal};
use flotilla::scenario::{Advance, Run, Scenario, parse};
use flotilla::sim::Happening;
use flotilla::why::rule_sentence;

/// The seeds with which every scenario is run, beside its own.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=3;

/// The names of what has fired.
#[derive(Default)]
struct Fired {
    rules: BTreeSet<&'static str>,
    refusals: BTreeSet<&'static str>,
}

impl Fired {
    fn look(&mut self, happening: &Happening) {
        if let Happening::Rule(_, rule) = happening {
            self.rules.insert(rule.name());
            for lang in Lang::ALL {
                let told = rule_sentence(rule, lang);
                let section = told.contains('§');
                assert!(section && !told.contains(rule.name()), "{rule:?}: {told}");
            }
            if let Rule::RefuseVote { why, .. } | Rule::RefusePreVote { why, .. } = rule {
                self.refusals.insert(why.name());
            }
        }
    }

    fn run(&mut self, scenario: &Arc<Scenario>, seed: u64) {
        let mut run = Run::new(scenario.clone(), seed);
        loop {
            match run.advance(Time(u64::MAX)) {
                Advance::Event => {
                    for happening in run.world().happenings() {
                        self.look(happening);
                    }
                }
                Advance::Script => {}
                Advance::Idle => break,
            }
        }
    }
}

/// The scenarios of a folder.
fn scenarios(folder: &str) -> Vec<Arc<Scenario>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    paths
        .filter(|path| path.is_file())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let scenario = parse(&text).unwrap_or_else(|e| panic!("{}: {e:?}", path.display()));
            Arc::new(scenario)
        })
        .collect()
}

fn missing(names: &[&'static str], fired: &BTreeSet<&'static str>) -> Vec<&'static str> {
    let names = names.iter().copied();
    names.filter(|name| !fired.contains(name)).collect()
}

#[test]
fn every_rule_fires_somewhere_in_the_scenarios() {
    let mut fired = Fired::default();
    for folder in ["tests/scenarios", "tests/scenarios/mutants"] {
        for scenario in &scenarios(folder) {
            for seed in std::iter::once(scenario.seed).chain(SEEDS) {
                fired.run(scenario, seed);
            }
        }
    }
    assert_eq!(missing(Rule::NAMES, &fired.rules), [""; 0]);
    assert_eq!(missing(VoteRefusal::NAMES, &fired.refusals), [""; 0]);
}
