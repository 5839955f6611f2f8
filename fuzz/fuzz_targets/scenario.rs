//! Any text is refused with what is wrong at its place, or is a scenario, which is read again from what is
//! written of it, and runs.

#![no_main]

mod common;

use flotilla::scenario::{parse, write};
use libfuzzer_sys::fuzz_target;

/// How many things a run does here.
const THINGS: usize = 300;

fuzz_target!(|text: &str| {
    match parse(text) {
        Err(errors) => assert!(!errors.is_empty() && errors.is_sorted()),
        Ok(scenario) => {
            let again = parse(&write(&scenario)).expect("what is written is read");
            assert_eq!(again.without_lines(), scenario.clone().without_lines());
            common::run(&scenario, THINGS);
        }
    }
});
