//! Any text is refused with what is wrong at its place, or is a scenario, which is read again from what is
//! written of it, and runs.

#![no_main]

mod common;

use flotilla::scenario::{Scenario, Verb, parse, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Err(errors) => assert!(!errors.is_empty() && errors.is_sorted()),
        Ok(scenario) => {
            let again = parse(&write(&scenario)).expect("what is written is read");
            assert_eq!(without_lines(again), without_lines(scenario.clone()));
            common::run(&scenario);
        }
    }
});

/// The same but for the lines, which are where a text has them.
fn without_lines(mut scenario: Scenario) -> Scenario {
    for step in &mut scenario.steps {
        step.line = 0;
        if let Verb::Expect(expectation) = &mut step.verb {
            for item in &mut expectation.items {
                item.line = 0;
            }
        }
    }
    scenario
}
