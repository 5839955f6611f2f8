//! Running a scenario again, or a part of it, to see whether the same falls.

use std::sync::Arc;

use crate::check::Falls;
use crate::kv::ClientId;
use crate::scenario::runner::Run;
use crate::scenario::script::{Scenario, Verb};

use super::{Find, fallen, up_to};

/// Runs the scenario, passing over what can no longer be done as written: a restart of what was not
/// crashed, a message that is not sent. When the same falls first, gives what is left: the steps that
/// were taken before it fell, its clients renumbered in the order in which they appear, as a file
/// that says it has them.
pub(super) fn replay(scenario: &Scenario, falls: Falls) -> Option<Find> {
    let bare = Scenario {
        title: scenario.title.clone(),
        seed: scenario.seed,
        config: scenario.config.clone(),
        steps: Vec::new(),
        until: scenario.until,
        clients: vec!["c1".into()],
    };
    let mut run = Run::new(Arc::new(bare), scenario.seed);
    let mut clients = Vec::new();
    for step in &scenario.steps {
        if !up_to(&mut run, step.at) {
            break;
        }
        let mut verb = step.verb.clone();
        if let Verb::Operation { client, .. } = &mut verb {
            *client = renumbered(*client, &mut clients, &mut run);
        }
        // What cannot be done is left out.
        let _ = run.improvise(verb);
    }
    if fallen(&run).is_none() && up_to(&mut run, scenario.until) {
        run.run_to_end();
    }
    (fallen(&run) == Some(falls)).then(|| Find::of(&run, falls))?
}

/// The client by the place of its old number among those that have appeared.
fn renumbered(client: ClientId, known: &mut Vec<ClientId>, run: &mut Run) -> ClientId {
    let place = known.iter().position(|known| *known == client);
    let place = place.unwrap_or_else(|| {
        known.push(client);
        known.len() - 1
    });
    run.client_named(&format!("c{}", place + 1))
}
