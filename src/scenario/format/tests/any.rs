//! Whatever the text, reading it ends, does not panic, and gives a scenario or an error.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{MAX_FILE_BYTES, parse};

/// A scenario with something of everything.
const SEEDLING: &str = r#"title = "t"
seed = "7"
until = "30s"
[network]
latency = "10ms..15ms"
loss = 0.1
[raft]
election_timeout = "150ms..300ms"
reads = "read-index"
[disk]
sync = "0ms"
[[node]]
id = "S1"
term = 6
voted_for = "S2"
log = [1, 1, 4]
commit = 3
[[node]]
id = "S2"
[[step]]
at = "1s"
put = { key = "x", value = "1", client = "c1", node = "leader" }
[[step]]
after = "200ms"
partition = [["S1"], ["S2"]]
[[step]]
cut = { between = ["S1", "S2"] }
[[step]]
heal = true
[[step]]
drop = { kind = "AppendEntries", from = "S1", optional = true }
[[step]]
delay = { kind = "AppendEntries", to = "S2", by = "20ms" }
[[step]]
link = { from = "S1", to = "S2", latency = "5ms..10ms", loss = 0.1 }
[[step]]
stop = "chaos"
[[step]]
load = { clients = 3, rate = 50, keys = 5, writes = 0.5, until = "20s" }
[[step]]
expect = { leader = "S1", roles = { S1 = "follower" }, log = { S1 = [1] }, within = "2s" }
[[step]]
clock = { node = "S1", rate = 1.2 }
"#;

/// Pieces of which files are made, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "[[step]]\n",
        "[[node]]\n",
        "[network]\n",
        "[",
        "]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "\"",
        "'",
        "#",
        "\n",
        "\r\n",
        "\"\"\"",
        "at",
        "crash",
        "expect",
        "S1",
        "\"S1\"",
        "\"leader\"",
        "\"9s\"",
        "1e999",
        "-1",
        "nan",
        "0x",
        "99999999999999999999",
        "1979-05-27",
        "\u{feff}",
        "\0",
        "é",
        "\\u0000",
        "\"..\"",
        "\"1ms..\"",
        "\"m\"",
        "\".m\"",
        "true",
        "[[1], []]",
        "{ between = [] }",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

/// Reads `text` and asserts that what comes out makes sense.
fn read(text: &str) {
    let Err(errors) = parse(text) else {
        return;
    };
    assert!(!errors.is_empty(), "{text:?}");
    assert!(errors.is_sorted());
    let lines = text.split('\n').count();
    for error in errors {
        assert!((1..=lines).contains(&(error.line as usize)), "{error}");
        let line = text.split('\n').nth(error.line as usize - 1).unwrap_or("");
        let columns = 1..=line.chars().count() + 1;
        assert!(columns.contains(&(error.column as usize)), "{error}");
        assert!(!error.message.chars().any(char::is_control), "{error:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_pieces_are_read(pieces in proptest::collection::vec(piece(), 0..40)) {
        read(&pieces.concat());
    }

    #[test]
    fn a_scenario_with_any_pieces_exchanged_is_read(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..12, piece()), 1..5),
    ) {
        let mut text = SEEDLING.to_owned();
        for (at, length, piece) in changes {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &piece);
            }
        }
        read(&text);
    }
}

#[test]
fn the_seedling_is_right() {
    assert_eq!(parse(SEEDLING).map(drop), Ok(()));
}

#[test]
fn deep_nesting_needs_little_stack() {
    let path = ["a"; 8].join(".");
    let texts = [
        format!(
            "[{path}]\n{}x = 1{}",
            format!("{path} = {{").repeat(78),
            "}".repeat(78)
        ),
        format!("title = {}", "[".repeat(MAX_FILE_BYTES / 2)),
        format!("title = {}", "{a=".repeat(MAX_FILE_BYTES / 4)),
        "a.".repeat(MAX_FILE_BYTES / 2),
    ];
    let small = std::thread::Builder::new().stack_size(1 << 19);
    let reading = small.spawn(move || texts.iter().for_each(|text| read(text)));
    reading.unwrap().join().unwrap();
}

#[test]
fn a_full_file_of_anything_is_read_in_a_moment() {
    let begun = Instant::now();
    for unit in [
        "[[step]]\n",
        "[[step]]\nx.y = 1\n",
        "[[node]]\nid = \"S1\"\n",
        "[a.b]\n",
        "a = 1\n",
        "\"",
        "#\n",
    ] {
        read(&unit.repeat(MAX_FILE_BYTES / unit.len()));
    }
    for (before, unit, after) in [
        ("title = \"", "t", "\""),
        ("seed = 1", "0", ""),
        ("network.loss = 0.", "1", ""),
        ("network.latency = \"1", "0", "ms\""),
        ("step = [", "{ crash = [\"S1\",\"S1\"] },", "]"),
        ("step = [{ crash = [", "\"S1\",", "] }]"),
        ("step = [{ partition = [", "[\"S1\"],", "] }]"),
        ("node = [{ log = [", "1, ", "] }]"),
        ("node = [{ log = [", "{}, ", "] }]"),
    ] {
        let units = (MAX_FILE_BYTES - 100) / unit.len();
        read(&format!("{before}{}{after}", unit.repeat(units)));
    }
    // Generous: a debug build on a busy machine takes a second or two.
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn many_unknown_keys_are_read_in_a_moment() {
    let keys: String = (0..60_000)
        .map(|number| format!("key{number} = 1\n"))
        .collect();
    read(&keys);
}
