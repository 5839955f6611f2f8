//! Any text is refused with what is wrong at its line, or is a trace, which plays to its end, twice the
//! same.

#![no_main]

use flotilla::scenario::{Run, trace};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match trace::parse(text) {
        Err(errors) => assert!(!errors.is_empty() && errors.is_sorted()),
        Ok(trace) => {
            let digest = || {
                let mut run = Run::of_trace(&trace);
                run.run_to_end();
                run.world().digest().value()
            };
            assert_eq!(digest(), digest());
        }
    }
});
