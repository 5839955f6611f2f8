//! Tests that run in the browser: what differs there from the machine the core is tested on.
#![cfg(target_arch = "wasm32")]

mod digests;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn fifty_chaotic_runs_are_the_same_in_the_browser() {
    assert_eq!(digests::of_fifty_runs(), digests::ON_RECORD);
}
