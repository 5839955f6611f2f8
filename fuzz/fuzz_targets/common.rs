//! What the targets share.

use flotilla::scenario::{Advance, Run, Scenario};

/// How many things a run does here.
const THINGS: usize = 300;

/// Runs the scenario for a while, twice the same.
pub fn run(scenario: &Scenario) {
    let digest = || {
        let mut run = Run::new(scenario.clone().into(), scenario.seed);
        for _ in 0..THINGS {
            if run.advance(scenario.until) == Advance::Idle {
                break;
            }
        }
        run.world().digest().value()
    };
    assert_eq!(digest(), digest());
}
