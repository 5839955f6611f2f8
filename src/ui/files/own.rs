//! The text of a scenario as its author wrote it: kept while the run is the one that it says.

use crate::scenario::{self, Scenario, Step};

/// A text, and the scenario that it is.
#[derive(Clone)]
pub(super) struct Own {
    pub(super) text: String,
    pub(super) scenario: Scenario,
}

/// The text of the branch that is shown: its author's, until somebody has acted; else that of a file
/// that gives the same run.
pub(super) fn text_of(script: &Scenario, own: &[Own]) -> String {
    match own.iter().find(|own| is_same(&own.scenario, script)) {
        Some(own) => own.text.clone(),
        None => format!(
            "# A run of Flotilla: open it in the page, or run it with `flotilla run`.\n{}",
            scenario::write(script)
        ),
    }
}

/// Whether the run is still what the file says, however far it has gone beyond its end and whatever the
/// lines of its steps.
pub(super) fn is_same(own: &Scenario, script: &Scenario) -> bool {
    let what = |scenario: &Scenario| (scenario.seed, scenario.steps.len());
    what(own) == what(script)
        && own.title == script.title
        && own.config == script.config
        && own.steps.iter().zip(&script.steps).all(is_same_step)
}

fn is_same_step((own, step): (&Step, &Step)) -> bool {
    // What somebody does is in no line.
    let line = if step.line == 0 { 0 } else { own.line };
    *own == Step {
        line,
        ..step.clone()
    }
}
