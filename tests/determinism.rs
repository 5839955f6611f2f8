//! The same file and seed are the same run, event for event: natively, in debug and release, and in
//! the browser (`tests/wasm.rs` compares with the same digests).

mod digests;

#[test]
fn the_digests_of_fifty_chaotic_runs_are_those_on_record() {
    let found = digests::of_fifty_runs();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests/chaos.txt");
    if std::env::var_os("FLOTILLA_RECORD").is_some() {
        std::fs::write(path, &found).expect("the record can be written");
    }
    assert_eq!(
        found,
        digests::ON_RECORD,
        "what happens in a run has changed; if it was meant to, record it anew with \
         FLOTILLA_RECORD=1 cargo test --test determinism"
    );
}
