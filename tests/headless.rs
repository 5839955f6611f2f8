//! The `flotilla` program as its user runs it: what it prints, what it writes, and how it exits.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// All expectations held.
const OK: i32 = 0;
/// An expectation did not hold.
const FAILED: i32 = 1;
/// Nothing was run.
const REFUSED: i32 = 2;

/// A write, and the sight of it; the step that expects something begins on line 7.
const WRITE: &str = r#"title = "A write"
[[step]]
at = "1s"
put = { key = "x", value = "1" }
[[step]]
after = "500ms"
expect = { ops = { ok = 1 }, value = { all = { x = "1" } }, safe = true }
"#;

/// What is expected here is not so, and stands on line 4.
const WRONG: &str = r#"title = "Nobody leads"
[[step]]
at = "1s"
expect = { leader = "none" }
"#;

/// A folder with files for one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("flotilla-headless-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("the folder is new");
        Self(path)
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), text).expect("the file can be written");
        self
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the file can be read")
    }

    /// `flotilla run` in this folder.
    fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        self.command("run", arguments)
    }

    /// `flotilla hunt` in this folder.
    fn hunt<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        self.command("hunt", arguments)
    }

    fn command<A: AsRef<OsStr>>(
        &self,
        command: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Ran {
        let mut program = Command::new(env!("CARGO_BIN_EXE_flotilla"));
        program.arg(command).args(arguments).current_dir(&self.0);
        Ran::of(&program.output().expect("the program starts"))
    }

    /// The JSON objects that `flotilla run --json` prints.
    fn reports<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Vec<Value> {
        let arguments = arguments.into_iter().map(|a| a.as_ref().to_owned());
        let ran = self.run(arguments.chain(["--json".into()]));
        assert_eq!(ran.err, "");
        let lines = ran.out.lines().map(serde_json::from_str);
        lines
            .collect::<Result<_, _>>()
            .expect("a line is an object")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder can be removed");
    }
}

/// How the program ended.
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8");
        Self {
            status: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Fails unless nothing was run, and the standard error has exactly these lines.
    #[track_caller]
    fn refused(&self, errors: &[&str]) {
        assert_eq!(self.err.lines().collect::<Vec<_>>(), errors);
        assert_eq!((self.status, &*self.out), (Some(REFUSED), ""));
    }
}

#[test]
fn a_scenario_whose_expectations_hold_is_ok() {
    let folder = Folder::new().with("write.toml", WRITE);
    let ran = folder.run(["write.toml"]);
    assert_eq!((&*ran.out, &*ran.err), ("A write: ok (seed 1)\n", ""));
    assert_eq!(ran.status, Some(OK));
}

#[test]
fn an_expectation_that_does_not_hold_is_told_with_its_line() {
    let folder = Folder::new().with("wrong.toml", WRONG);
    let ran = folder.run(["wrong.toml"]);
    let told = "Nobody leads: wrong.toml:4: at 1.000000 s: expected no leader, found S";
    assert!(ran.out.starts_with(told), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
    assert_eq!((ran.status, &*ran.err), (Some(FAILED), ""));
}

#[test]
fn an_expectation_that_does_not_come_true_in_time_is_told_with_its_line() {
    let text = WRONG.replace(
        "\"none\" }",
        "\"some\",\nterm = { all = 77 }, within = \"1s\" }",
    );
    let folder = Folder::new().with("late.toml", text);
    let failures = &folder.reports(["late.toml"])[0]["failures"];
    assert_eq!(failures.as_array().map(Vec::len), Some(1), "{failures}");
    assert_eq!(failures[0]["line"], 5);
    let message = failures[0]["message"].as_str().expect("a text");
    assert!(message.ends_with("(within 1 s)"), "{message}");
}

#[test]
fn a_step_that_cannot_be_done_fails_the_run_with_its_line() {
    for (verb, why) in [
        ("restart = \"S1\"", "S1 is already up"),
        ("resume = \"S1\"", "S1 is not paused"),
        (
            "drop = { kind = \"RequestVote\" }",
            "no RequestVote is in flight",
        ),
        (
            "deliver = { from = \"S2\", to = \"S3\" }",
            "no message from S2 to S3 is in flight",
        ),
        ("crash = \"leader\"", "no node leads"),
    ] {
        let folder = Folder::new().with("step.toml", format!("title = \"t\"\n\n[[step]]\n{verb}"));
        let ran = folder.run(["step.toml"]);
        let told = format!("t: step.toml:3: at 0.000000 s: {why} (seed 1)\n");
        assert_eq!(ran.out, told);
        assert_eq!(ran.status, Some(FAILED));
    }
}

#[test]
fn several_files_are_run_in_the_order_given_and_one_failure_is_a_failure() {
    let folder = Folder::new()
        .with("write.toml", WRITE)
        .with("wrong.toml", WRONG);
    let ran = folder.run(["write.toml", "wrong.toml", "write.toml"]);
    let begins: Vec<&str> = ran.out.lines().map(|line| &line[..8]).collect();
    assert_eq!(begins, ["A write:", "Nobody l", "A write:"]);
    assert_eq!(ran.status, Some(FAILED));
}

#[test]
fn one_bad_file_and_nothing_is_run() {
    let folder = Folder::new().with("write.toml", WRITE).with(
        "bad.toml",
        "title = \"t\"\nuntill = \"3s\"\n[[step]]\nat = \"soon\"\n",
    );
    let ran = folder.run(["write.toml", "bad.toml", "write.toml", "--log", "log.txt"]);
    ran.refused(&[
        "bad.toml:2:1: unknown key `untill` at the top level; did you mean `until`?",
        "bad.toml:3:1: this step does nothing; give it a verb, such as `crash = \"leader\"`",
        "bad.toml:4:6: \"soon\" is not a duration; one is a number and a unit (us, ms, s, m), such as \"150ms\"",
    ]);
    assert!(!folder.0.join("log.txt").exists());
}

#[test]
fn every_bad_file_is_told() {
    let folder = Folder::new().with("a.toml", "title =").with("b.toml", "");
    let ran = folder.run(["a.toml", "b.toml"]);
    let begins: Vec<&str> = ran.err.lines().map(|line| &line[..11]).collect();
    assert_eq!(begins, ["a.toml:1:8:", "b.toml:1:1:"]);
    assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""));
}

#[test]
fn a_file_that_cannot_be_read_is_told_as_such() {
    let folder = Folder::new();
    let ran = folder.run([Path::new("absent.toml"), &folder.0]);
    let told = format!("{}:1:1: cannot be read: ", folder.0.display());
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.err);
    assert!(lines[0].starts_with("absent.toml:1:1: cannot be read: "));
    assert!(lines[1].starts_with(&told));
    assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""));
}

#[test]
fn a_file_that_is_not_utf8_is_told_with_the_place_of_the_first_wrong_byte() {
    let folder = Folder::new().with("latin.toml", b"title = \"t\"\n# \xc3\xa9 and \xe9\n");
    folder
        .run(["latin.toml"])
        .refused(&["latin.toml:2:9: not UTF-8 text; save the file as UTF-8"]);
}

#[test]
fn a_seed_given_takes_the_place_of_the_files() {
    let folder = Folder::new().with("write.toml", format!("seed = 7\n{WRITE}"));
    assert_eq!(folder.run(["write.toml"]).out, "A write: ok (seed 7)\n");
    let ran = folder.run(["write.toml", "--seed", "18446744073709551615"]);
    assert_eq!(ran.out, "A write: ok (seed 18446744073709551615)\n");
}

#[test]
fn a_range_of_seeds_has_both_its_ends() {
    let folder = Folder::new().with("write.toml", WRITE);
    let seeds = |range| -> Vec<u64> {
        let reports = folder.reports(["write.toml", "--seeds", range]);
        reports
            .iter()
            .filter_map(|report| report["seed"].as_u64())
            .collect()
    };
    assert_eq!(seeds("3..6"), [3, 4, 5, 6]);
    assert_eq!(seeds("5..5"), [5]);
}

#[test]
fn seeds_that_are_none_are_refused() {
    let folder = Folder::new().with("write.toml", WRITE);
    for (option, value, why) in [
        (
            "--seeds",
            "6..3",
            "`6..3` is empty: its end is below its start",
        ),
        ("--seeds", "6", "`6` is not a range of seeds; write `1..50`"),
        (
            "--seeds",
            "1..",
            "`1..` is not a range of seeds; write `1..50`",
        ),
        (
            "--seeds",
            "a..b",
            "`a..b` is not a range of seeds; write `1..50`",
        ),
        (
            "--seeds",
            "1..=5",
            "`1..=5` is not a range of seeds; write `1..50`",
        ),
        ("--seed", "x", "invalid digit"),
        ("--seed", "18446744073709551616", "number too large"),
    ] {
        let ran = folder.run(["write.toml", option, value]);
        assert!(ran.err.contains(why), "{value}: {}", ran.err);
        assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""), "{value}");
    }
    let ran = folder.run(["write.toml", "--seed", "1", "--seeds", "1..2"]);
    assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
    assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""));
}

#[test]
fn no_file_at_all_is_refused() {
    let ran = Folder::new().run::<&str>([]);
    assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""));
    assert!(ran.err.contains("FILES"), "{}", ran.err);
}

#[test]
fn a_run_is_decided_by_its_seed() {
    let folder = Folder::new().with("write.toml", WRITE);
    let digest = |seed: &str| folder.reports(["write.toml", "--seed", seed])[0]["digest"].clone();
    assert_eq!(digest("1"), digest("1"));
    assert_ne!(digest("1"), digest("2"));
}

/// The keys of an object, in the order of the alphabet.
fn keys(object: &Value) -> Vec<&str> {
    let object = object.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

/// Fails unless each of these keys has a value of that type.
#[track_caller]
fn typed(object: &Value, keys: &[&str], is_right: fn(&Value) -> bool) {
    for key in keys {
        assert!(is_right(&object[key]), "{key}: {}", object[key]);
    }
}

#[test]
fn a_report_has_the_keys_of_the_contract_and_no_others() {
    let text = format!(
        "{WRITE}[[step]]\ncrash = \"follower\"\n[[step]]\nexpect = {{ leader = \"none\" }}"
    );
    let folder = Folder::new().with("report.toml", text);
    let report = &folder.reports(["report.toml"])[0];
    assert_eq!(
        keys(report),
        [
            "digest",
            "events",
            "failures",
            "file",
            "leader",
            "linearizable",
            "nodes",
            "ok",
            "ops",
            "seed",
            "simulated_us",
            "title",
            "violations"
        ]
    );
    typed(
        report,
        &["file", "title", "digest", "leader"],
        Value::is_string,
    );
    typed(report, &["seed", "events", "simulated_us"], Value::is_u64);
    typed(report, &["ok", "linearizable"], Value::is_boolean);
    assert_eq!(report["file"], "report.toml");
    assert_eq!(report["ok"], false);
    assert_eq!(report["simulated_us"], 3_500_000);
    assert_eq!(report["violations"], Value::Array(Vec::new()));
    let digest = report["digest"].as_str().expect("a text");
    assert!(
        digest.len() == 16 && digest.bytes().all(|b| b.is_ascii_hexdigit()),
        "{digest}"
    );

    assert_eq!(keys(&report["ops"]), ["failed", "ok", "pending", "unknown"]);
    assert_eq!(report["ops"]["ok"], 1);
    typed(
        &report["ops"],
        &["failed", "ok", "pending", "unknown"],
        Value::is_u64,
    );

    let failures = report["failures"].as_array().expect("an array");
    assert_eq!(failures.len(), 1);
    assert_eq!(keys(&failures[0]), ["at_us", "line", "message"]);
    typed(&failures[0], &["at_us", "line"], Value::is_u64);
    typed(&failures[0], &["message"], Value::is_string);
    assert_eq!(failures[0]["line"], 11);
    assert_eq!(failures[0]["at_us"], 1_500_000);
}

#[test]
fn a_report_tells_of_every_node() {
    let text = WRITE.replace(
        "[[step]]\nafter",
        "[[step]]\nafter = \"300ms\"\ncrash = \"follower\"\n[[step]]\nafter",
    );
    let folder = Folder::new().with("nodes.toml", text);
    let report = &folder.reports(["nodes.toml"])[0];
    let nodes = report["nodes"].as_array().expect("an array");
    let ids: Vec<&str> = nodes
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    assert_eq!(ids, ["S1", "S2", "S3", "S4", "S5"]);
    let roles = nodes.iter().filter_map(|node| node["role"].as_str());
    let mut roles: Vec<&str> = roles.collect();
    roles.sort_unstable();
    assert_eq!(
        roles,
        ["down", "follower", "follower", "follower", "leader"]
    );
    for node in nodes {
        assert_eq!(
            keys(node),
            [
                "applied",
                "commit",
                "id",
                "log",
                "role",
                "snapshot",
                "state",
                "term",
                "voted_for"
            ]
        );
        typed(
            node,
            &["applied", "commit", "snapshot", "term"],
            Value::is_u64,
        );
        typed(node, &["voted_for"], |vote| {
            vote.is_string() || vote.is_null()
        });
        assert_eq!(node["log"], serde_json::json!([1, 1]));
        let is_down = node["role"] == "down";
        let state = if is_down {
            serde_json::json!({})
        } else {
            serde_json::json!({ "x": "1" })
        };
        assert_eq!(node["state"], state);
    }
}

/// Steps that do several things at once, one that cannot be done, and keys that are no words.
const MANY: &str = r#"title = "Many things"
[[step]]
at = "1s"
put = { key = "a\nb", value = "\u001b[31m\r\u2028", client = "c\n1" }
[[step]]
after = "100ms"
crash = "followers"
[[step]]
resume = "S1"
[[step]]
get = { key = "a\nb", client = "c\n1" }
[[step]]
after = "100ms"
restart = "all"
[[step]]
chaos = { until = "5s" }
"#;

#[test]
fn the_event_log_has_one_line_for_each_event() {
    let folder = Folder::new().with("many.toml", MANY);
    let report = &folder.reports(["many.toml", "--log", "log.txt"])[0];
    let log = folder.text("log.txt");
    let numbers = log.lines().map(|line| {
        let number = line
            .split(['#', ' ', ':'])
            .nth(3)
            .expect("a line has a number");
        number.parse::<u64>().expect(line)
    });
    let events = report["events"].as_u64().expect("a number");
    assert!(numbers.eq(1..=events), "{events} events");
    assert!(log.contains("put a\\nb=\\u{1b}[31m\\r\\u{2028}"));
    let crashes = log
        .lines()
        .filter(|line| line.starts_with("1.100000 s") && line.contains("crashes"));
    assert_eq!(crashes.count(), 4);
    assert!(!log.contains(|c: char| c.is_control() && c != '\n'));
    // Watching a run does not change it.
    assert_eq!(folder.reports(["many.toml"])[0]["digest"], report["digest"]);
}

#[test]
fn the_event_log_of_several_runs_names_each() {
    let folder = Folder::new().with("write.toml", WRITE);
    let reports = folder.reports(["write.toml", "--seeds", "1..2", "--log", "log.txt"]);
    let log = folder.text("log.txt");
    let heads: Vec<&str> = log.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# A write, seed 1", "# A write, seed 2"]);
    let events = reports
        .iter()
        .filter_map(|report| report["events"].as_u64())
        .sum::<u64>();
    assert_eq!((log.lines().count() - heads.len()) as u64, events);
}

#[test]
fn a_run_is_written_down_in_every_form_at_once() {
    let folder = Folder::new().with("many.toml", MANY);
    let outputs = [
        "--log",
        "log.txt",
        "--events",
        "e.jsonl",
        "--shiviz",
        "log.shiviz",
    ];
    let report = &folder.reports(["many.toml"].iter().chain(&outputs))[0];
    let events = folder.text("e.jsonl");
    for (place, line) in events.lines().enumerate() {
        let event: Value = serde_json::from_str(line).expect("a line is an object");
        assert_eq!(event["event"], place + 1);
    }
    assert_eq!(report["events"], events.lines().count());
    assert_eq!(report["events"], folder.text("log.txt").lines().count());
    let log = folder.text("log.shiviz");
    assert!(log.starts_with("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\nS"));
    assert_eq!(log.lines().count() % 2, 0);
    assert_eq!(folder.reports(["many.toml"])[0]["digest"], report["digest"]);
}

#[test]
fn exports_of_several_runs_name_each() {
    let folder = Folder::new().with("write.toml", WRITE);
    let outputs = ["--events", "e.jsonl", "--shiviz", "log.shiviz"];
    folder.reports(["write.toml", "--seeds", "1..2"].iter().chain(&outputs));
    let heads = |name: &str, begin: &str| {
        let text = folder.text(name);
        let lines = text.lines().filter(|line| line.starts_with(begin));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        heads("e.jsonl", "{\"title\""),
        [1, 2].map(|seed| format!(r#"{{"title":"A write","seed":{seed}}}"#))
    );
    assert_eq!(
        heads("log.shiviz", "==="),
        [1, 2].map(|seed| format!("=== A write, seed {seed} ==="))
    );
}

#[test]
fn the_metrics_of_each_run_are_a_table_whose_last_line_has_all_that_was_committed() {
    let folder = Folder::new().with("write.toml", WRITE);
    let all = ["write.toml", "--seeds", "1..2", "--metrics", "m.csv"];
    folder.reports(all.iter());
    let text = folder.text("m.csv");
    let runs: Vec<&str> = text.split("# ").skip(1).collect();
    assert_eq!(runs.len(), 2);
    for (run, seed) in runs.into_iter().zip(1..) {
        let mut lines = run.lines();
        assert_eq!(lines.next(), Some(&*format!("A write, seed {seed}")));
        let names: Vec<&str> = lines.next().expect("names").split(',').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let place = |name| names.iter().position(|of| *of == name);
        let of = |row: usize, name| rows[row][place(name).expect("it is there")];
        // The no-op of the leader's term, and what was written.
        let last = rows.len() - 1;
        assert_eq!(of(last, "committed"), "2");
        assert_eq!(of(last, "operations_ok"), "1");
        // How long it took stands where it ended.
        for (count, took) in [
            ("committed", "commit_p50_us"),
            ("operations_ok", "operation_p50_us"),
        ] {
            for row in 1..rows.len() {
                let has_grown = of(row, count) != of(row - 1, count);
                assert_eq!(!of(row, took).is_empty(), has_grown, "{took} in line {row}");
            }
        }
    }
}

#[test]
fn a_log_that_cannot_be_written_is_told_before_anything_is_run() {
    let folder = Folder::new().with("write.toml", WRITE);
    let ran = folder.run(["write.toml", "--log", "absent/log.txt"]);
    assert!(
        ran.err.starts_with("flotilla: absent/log.txt: "),
        "{}",
        ran.err
    );
    assert_eq!((ran.status, &*ran.out), (Some(REFUSED), ""));
}

#[test]
fn a_hunt_that_finds_nothing_says_so() {
    let ran = Folder::new().hunt(["--seeds", "1..20"]);
    assert_eq!(ran.out, "seeds 1..20: nothing found\n");
    assert!(ran.err.starts_with("20 schedules in "), "{}", ran.err);
    assert_eq!(ran.status, Some(OK));
}

#[test]
fn a_hunt_prints_a_scenario_that_runs() {
    let folder = Folder::new();
    let ran = folder.hunt(["--seeds", "1..100", "--mutant", "forget-term"]);
    assert_eq!(ran.status, Some(FAILED));
    let folder = folder.with("found.toml", &ran.out);
    let again = folder.run(["found.toml"]);
    let told = "term-monotonic falls by forget-term: ok (seed ";
    assert!(again.out.starts_with(told), "{}{}", ran.out, again.out);
    assert_eq!(again.status, Some(OK));
}

#[test]
fn a_hunt_finds_the_same_on_any_number_of_threads() {
    let folder = Folder::new();
    let hunt = [
        "--seeds",
        "1..2000",
        "--mutant",
        "forget-vote",
        "--json",
        "--threads",
    ];
    let told = ["1", "2", "7"].map(|threads| folder.hunt(hunt.iter().chain(&[threads])).out);
    assert!(told[0].contains("one-vote-per-term"), "{}", told[0]);
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

#[test]
fn a_hunt_writes_what_it_finds_to_a_file_and_tells_it_in_json() {
    let folder = Folder::new();
    let arguments = [
        "--seeds",
        "1..100",
        "--mutant",
        "forget-term",
        "--nodes",
        "3",
    ];
    let told = folder.hunt(arguments.iter().chain(&["--out", "found.toml"]));
    let json = folder.hunt(arguments.iter().chain(&["--json"]));
    assert_eq!((told.status, json.status), (Some(FAILED), Some(FAILED)));
    let object: Value = serde_json::from_str(&json.out).expect("it is an object");
    let found = &object["found"];
    assert_eq!(found["scenario"], folder.text("found.toml"));
    assert_eq!(found["property"], "term-monotonic");
    assert_eq!(object["hunted"], found["seed"]);
    assert!(found["steps"].as_u64() <= Some(15), "{found}");
    let begins = format!("seed {}: term-monotonic falls: ", found["seed"]);
    assert!(told.out.starts_with(&begins), "{}", told.out);
    assert!(told.out.ends_with(" steps in found.toml\n"), "{}", told.out);
}

#[test]
fn a_hunt_without_a_find_is_null_in_json() {
    let ran = Folder::new().hunt(["--seeds", "7..9", "--json"]);
    let expected = "{\"seeds\":\"7..9\",\"hunted\":3,\"found\":null}\n";
    assert_eq!((ran.status, &*ran.out), (Some(OK), expected));
}

#[test]
fn a_hunt_with_wrong_arguments_does_nothing() {
    let folder = Folder::new();
    for (arguments, told) in [
        (&[][..], "--seeds"),
        (&["--seeds", "9..1"], "is empty"),
        (&["--seeds", "all"], "is not a range of seeds"),
        (&["--seeds", "1..2", "--mutant", "forget"], "forget-vote"),
        (&["--seeds", "1..2", "--nodes", "0"], "not in 1..=51"),
        (&["--seeds", "1..2", "--nodes", "52"], "not in 1..=51"),
    ] {
        let ran = folder.hunt(arguments);
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
        assert_eq!(
            (ran.status, &*ran.out),
            (Some(REFUSED), ""),
            "{arguments:?}"
        );
    }
}

/// What etcd's library would write of two leaders of one term.
const TWO_LEADERS: &str = r#"{"ts":1.5,"event":{"name":"BecomeLeader","nid":"1","state":{"term":2,"vote":"1","commit":0},"role":"StateLeader","log":0,"conf":[["1","2"],[]]}}
{"ts":1.75,"event":{"name":"BecomeLeader","nid":"2","state":{"term":2,"vote":"2","commit":0},"role":"StateLeader","log":0,"conf":[["1","2"],[]]}}
"#;

#[test]
fn a_trace_in_which_nothing_is_wrong_is_ok() {
    let folder = Folder::new().with("write.toml", WRITE);
    let ran = folder.run(["--trace", "write.ndjson", "write.toml"]);
    assert_eq!((ran.status, &*ran.err), (Some(OK), ""));
    let ran = folder.command("trace", ["--log", "log.txt", "write.ndjson"]);
    assert_eq!((ran.status, &*ran.err), (Some(OK), ""));
    assert!(ran.out.starts_with("write.ndjson: ok ("), "{}", ran.out);
    assert!(folder.text("log.txt").contains("becomes leader of term 1"));
    let ran = folder.command("trace", ["--json", "write.ndjson"]);
    let report: Value = serde_json::from_str(&ran.out).expect("it is an object");
    assert_eq!(report["file"], "write.ndjson");
    assert_eq!(report["linearizable"], Value::Null);
    assert_eq!(report["not_judged"][0], "exactly-once");
}

#[test]
fn what_falls_in_a_trace_is_told() {
    let folder = Folder::new().with("two.ndjson", TWO_LEADERS);
    let ran = folder.command("trace", ["two.ndjson"]);
    let told = "two.ndjson: at 0.250000 s: election-safety is violated: \
                S2 became leader of term 2, which S1 had led (2 events; not judged: ";
    assert!(ran.out.starts_with(told), "{}", ran.out);
    assert_eq!((ran.status, &*ran.err), (Some(FAILED), ""));
}

#[test]
fn what_is_no_trace_is_refused_with_its_line() {
    let folder = Folder::new()
        .with("two.ndjson", format!("{TWO_LEADERS}leader\n"))
        .with("write.toml", WRITE);
    let wrong = "two.ndjson:3:1: this line is not JSON; a trace has one JSON object a line";
    folder.command("trace", ["two.ndjson"]).refused(&[wrong]);
    let several = "a trace is of one run: give one file and no more than one seed";
    let arguments = ["--trace", "out", "--seeds", "1..2", "write.toml"];
    folder.run(arguments).refused(&[several]);
}

#[test]
fn why_tells_under_the_run_what_its_end_leaves_open() {
    let cut_off = r#"title = "The leader is cut off"
[[step]]
at = "10ms"
timeout = "S1"
[[step]]
at = "1s"
isolate = "S1"
[[step]]
put = { key = "x", value = "1", node = "S1" }
[[step]]
after = "100ms"
expect = { safe = true }
"#;
    let folder = Folder::new().with("cut.toml", cut_off);
    let ran = folder.run(["--why", "cut.toml"]);
    assert_eq!(ran.status, Some(OK));
    assert_eq!(
        ran.out,
        "The leader is cut off: ok (seed 1)\n  entry 2 of S1: never to be committed: of term 1, and S2 \
         knows the one of term 2 to be committed there; the next leader to send that removes this one \
         (§5.3)\n  operation 1, on key `x`: unknown: 1 of 1 tries were not answered in time, and what \
         was sent may have been done or may yet be (§8)\n"
    );
}
