//! What the targets share.

use flotilla::scenario::{Advance, Run, Scenario};

/// Runs the scenario for so many things, twice the same.
pub fn run(scenario: &Scenario, things: usize) {
    let digest = || {
        let mut run = Run::new(scenario.clone().into(), scenario.seed);
        for _ in 0..things {
            if run.advance(scenario.until) == Advance::Idle {
                break;
            }
        }
        run.world().digest().value()
    };
    assert_eq!(digest(), digest());
}
