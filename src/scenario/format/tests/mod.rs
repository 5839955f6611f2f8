//! The format as its contract says it: what is right, what is wrong, and that nothing panics.

mod any;
mod examples;
mod until;
mod wrong;

use super::parse;
use crate::scenario::{Scenario, Verb};

/// The scenario in `text`, which has one.
fn right(text: &str) -> Scenario {
    match parse(text) {
        Ok(scenario) => scenario,
        Err(errors) => panic!("{text}\n{}", shown(&errors)),
    }
}

/// The verb of a step, in a cluster of five.
fn verb(step: &str) -> Verb {
    let mut scenario = right(&format!("title = \"t\"\n[[step]]\n{step}"));
    scenario.steps.remove(0).verb
}

/// The errors of `text`, a line each.
fn errors(text: &str) -> String {
    match parse(text) {
        Ok(scenario) => panic!("{text}\n{scenario:?}"),
        Err(errors) => shown(&errors),
    }
}

fn shown(errors: &[super::Error]) -> String {
    let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
