//! Schedules are scenarios, and what is found reproduces.

use std::sync::Arc;

use proptest::prelude::*;

use super::Hunt;
use crate::scenario::{Run, parse, write};

/// The run of what is written of a run.
fn again(run: &Run) -> Run {
    let text = write(run.scenario());
    let scenario = parse(&text).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"));
    let mut again = Run::new(Arc::new(scenario), run.world().seed());
    again.run_to_end();
    again
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any schedule of all verbs keeps all properties, and its scenario, written, read and run, is
    /// the same run, event for event.
    #[test]
    fn a_schedule_is_a_scenario_that_runs_the_same(seed: u64) {
        let run = Hunt::default().run(seed);
        prop_assert!(run.is_ok(), "{:?} {:?}", run.failures(), run.monitor().violations());
        let again = again(&run);
        prop_assert_eq!(again.failures(), &[]);
        prop_assert_eq!(again.world().events(), run.world().events());
        prop_assert_eq!(again.world().digest(), run.world().digest());
    }
}
