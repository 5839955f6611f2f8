//! Every scenario that the documentation shows is one, and what it expects is so.

use std::sync::Arc;

use flotilla::scenario::{Run, parse};

/// The documents that show scenarios.
const DOCUMENTS: [(&str, &str); 2] = [
    ("README.md", include_str!("../README.md")),
    ("docs/scenarios.md", include_str!("../docs/scenarios.md")),
];

/// The blocks of a document that are marked as TOML.
fn toml_blocks(document: &str) -> impl Iterator<Item = &str> {
    let after_marks = document.split("```toml\n").skip(1);
    after_marks.filter_map(|rest| rest.split("```").next())
}

#[test]
fn every_scenario_in_the_documentation_holds() {
    for (name, document) in DOCUMENTS {
        assert!(toml_blocks(document).next().is_some(), "{name} shows one");
        for text in toml_blocks(document) {
            let scenario = parse(text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
            let seed = scenario.seed;
            let mut run = Run::new(Arc::new(scenario), seed);
            run.run_to_end();
            assert!(run.is_ok(), "{name}: {:?}", run.failures());
        }
    }
}
