//! Tests that run in the browser: what differs there from the machine the core is tested on.
#![cfg(target_arch = "wasm32")]

use flotilla::raft::Span;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_span_of_years_fits_where_pointers_are_small() {
    let century = Span::from_millis(100 * 365 * 24 * 3_600_000);
    assert_eq!(century.as_micros(), 3_153_600_000_000_000);
}
