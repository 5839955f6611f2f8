//! What is exported of a run: JSON lines, and logs with vector clocks for ShiViz.

use std::collections::BTreeMap;
use std::sync::Arc;

use flotilla::scenario::export::{Exporter, Format};
use flotilla::scenario::{Advance, Run, Scenario, parse};
use flotilla::sim::{Happening, Leg, LegEnd, World};
use proptest::prelude::*;
use serde_json::Value;

type Clock = BTreeMap<String, u64>;

/// The runs have every kind of happening, slow disks, losses, snapshots and changes of the members.
const RUNS: [&str; 5] = [
    include_str!("scenarios/chaos.toml"),
    include_str!("scenarios/chaos_pre_vote.toml"),
    include_str!("scenarios/chaos_snapshots.toml"),
    include_str!("scenarios/joint_consensus.toml"),
    include_str!("scenarios/session_expires.toml"),
];

fn scenario(text: &str) -> Arc<Scenario> {
    Arc::new(parse(text).expect("it is a scenario"))
}

/// Runs to the end and tells of each event.
fn watch(scenario: &Arc<Scenario>, seed: u64, mut event: impl FnMut(&World)) {
    let mut run = Run::new(scenario.clone(), seed);
    loop {
        match run.advance(scenario.until) {
            Advance::Event => event(run.world()),
            Advance::Script => {}
            Advance::Idle => return,
        }
    }
}

fn export(text: &str, seed: u64, format: Format) -> String {
    let (mut exporter, mut out) = (Exporter::new(format), String::new());
    exporter.begin(false, &mut out);
    watch(&scenario(text), seed, |world| {
        exporter.event(world, &mut out)
    });
    out
}

#[test]
fn a_small_run_is_exported_as_it_was() {
    let small = include_str!("exports/small.toml");
    for (format, name, kept) in [
        (
            Format::JsonLines,
            "jsonl",
            include_str!("exports/small.jsonl"),
        ),
        (
            Format::ShiViz,
            "shiviz",
            include_str!("exports/small.shiviz"),
        ),
    ] {
        let now = export(small, 1, format);
        assert_eq!(now, export(small, 1, format), "two runs, the same bytes");
        if std::env::var_os("UPDATE_EXPORTS").is_some() {
            std::fs::write(format!("tests/exports/small.{name}"), &now).expect("it can be written");
        } else {
            assert_eq!(now, kept, "UPDATE_EXPORTS=1 writes it anew");
        }
    }
}

/// Whoever has events, as the log names them.
fn host(end: LegEnd, leg: &Leg, world: &World) -> String {
    match end {
        LegEnd::Node(node) => node.to_string(),
        LegEnd::Proxy => "proxy".into(),
        LegEnd::Client => {
            let record = &world.operations()[leg.operation as usize - 1];
            let client = world.client(record.client).expect("it has asked");
            client.name().to_string()
        }
    }
}

/// Whether everything that the one knows is known to the other, and more.
fn is_before(one: &Clock, other: &Clock) -> bool {
    one != other
        && one
            .iter()
            .all(|(host, events)| other.get(host) >= Some(events))
}

/// What a log has said so far, and what is on its way.
#[derive(Default)]
struct Heard {
    clocks: BTreeMap<String, Clock>,
    messages: BTreeMap<u64, Clock>,
    legs: BTreeMap<u64, Clock>,
    receipts: u64,
}

impl Heard {
    /// Reads the lines of one event, checks each clock by itself, and gives them by host.
    fn read(&mut self, lines: &str) -> BTreeMap<String, Clock> {
        let mut told = BTreeMap::new();
        let lines: Vec<&str> = lines.lines().collect();
        for pair in lines.chunks(2) {
            assert!(
                !pair[1].is_empty() && !pair[1].starts_with(" ("),
                "{pair:?}"
            );
            let (host, clock) = pair[0].split_once(' ').expect("a host and its clock");
            let clock: Clock = serde_json::from_str(clock).expect("a clock is an object");
            let before = self
                .clocks
                .insert(host.into(), clock.clone())
                .unwrap_or_default();
            assert_eq!(clock[host], before.get(host).unwrap_or(&0) + 1, "{pair:?}");
            assert!(is_before(&before, &clock), "{before:?} {pair:?}");
            for (other, events) in &clock {
                assert!(*events <= self.clocks[other][other], "{other} in {pair:?}");
            }
            assert!(
                told.insert(host.into(), clock).is_none(),
                "once an event: {pair:?}"
            );
        }
        told
    }

    /// What is received comes after what was sent.
    fn check(&mut self, world: &World, told: &BTreeMap<String, Clock>) {
        for happening in world.happenings() {
            match happening {
                Happening::Sent(head) | Happening::Duplicated(head) => {
                    self.messages
                        .insert(head.id, told[&head.from.to_string()].clone());
                }
                Happening::Delivered(head) => {
                    let sent = self.messages.remove(&head.id).expect("it was sent");
                    assert!(is_before(&sent, &told[&head.to.to_string()]), "{head:?}");
                    self.receipts += 1;
                }
                _ => {}
            }
        }
        for leg in world.ended_legs() {
            let sent = self.legs.remove(&leg.id).expect("it began");
            let is_lost = match leg.to {
                LegEnd::Node(node) => world.server(node).is_some_and(|server| !server.is_up()),
                LegEnd::Client | LegEnd::Proxy => false,
            };
            if !is_lost {
                let received = &told[&host(leg.to, leg, world)];
                assert!(is_before(&sent, received), "{leg:?}");
                self.receipts += 1;
            }
        }
        for leg in world.departed_legs() {
            let sent = told[&host(leg.from, leg, world)].clone();
            self.legs.insert(leg.id, sent);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
    #[test]
    fn every_receipt_comes_after_its_sending_by_the_clocks(
        run in 0..RUNS.len(),
        seed: u64,
    ) {
        let mut exporter = Exporter::new(Format::ShiViz);
        let mut heard = Heard::default();
        watch(&scenario(RUNS[run]), seed, |world| {
            let mut lines = String::new();
            exporter.event(world, &mut lines);
            let told = heard.read(&lines);
            heard.check(world, &told);
        });
        prop_assert!(heard.receipts > 100);
    }

    #[test]
    fn every_event_is_an_object_on_a_line(run in 0..RUNS.len(), seed: u64) {
        let mut exporter = Exporter::new(Format::JsonLines);
        watch(&scenario(RUNS[run]), seed, |world| {
            let mut line = String::new();
            exporter.event(world, &mut line);
            assert_eq!(line.find('\n'), Some(line.len() - 1));
            let event: Value = serde_json::from_str(&line).expect("JSON");
            assert_eq!(event["event"], world.events());
            assert_eq!(event["at_us"], world.now().0);
            assert_eq!(event["cause"], world.cause().0);
            let happenings = event["happenings"].as_array().expect("an array");
            assert_eq!(happenings.len(), world.happenings().len());
        });
    }
}

/// Names and values that would break a line, a string or a host's name.
const HOSTILE: &str = r#"
title = "Hostile"
until = "1s"
[[step]]
at = "300ms"
put = { key = "a\nb", value = "\"}\u2028\\{\u001b", client = "c 1" }
[[step]]
put = { key = "x", value = "1", client = "S1" }
[[step]]
put = { key = "x", value = "1", client = "proxy" }
[[step]]
put = { key = "x", value = "1", client = "c%00201" }
[[step]]
put = { key = "x", value = "1", client = "\" {\"S1\":9}\n" }
"#;

#[test]
fn what_clients_write_is_data() {
    let log = export(HOSTILE, 1, Format::ShiViz);
    let (header, events) = log.split_once("\n\n").expect("a header of two lines");
    assert_eq!(header, r"(?<host>\S*) (?<clock>{.*})\n(?<event>.*)");
    let mut heard = Heard::default();
    let lines: Vec<&str> = events.lines().collect();
    for pair in lines.chunks(2) {
        heard.read(&pair.join("\n"));
    }
    let hosts: Vec<&str> = heard.clocks.keys().map(String::as_str).collect();
    let expected = [
        "%000022%000020%00007b%000022S1%000022%00003a9%00007d%00000a",
        "%0000531",
        "%000070roxy",
        "S1",
        "S2",
        "S3",
        "S4",
        "S5",
        "c%0000201",
        "c%00002500201",
        "proxy",
    ];
    assert_eq!(hosts, expected);
    for line in export(HOSTILE, 1, Format::JsonLines).lines() {
        serde_json::from_str::<Value>(line).expect("JSON");
    }
}

#[test]
fn runs_one_after_another_are_told_apart() {
    let small = scenario(include_str!("exports/small.toml"));
    let mut exporter = Exporter::new(Format::ShiViz);
    let mut log = String::new();
    exporter.begin(true, &mut log);
    for seed in [1, 2] {
        exporter.begin_run(&small.title, seed, &mut log);
        watch(&small, seed, |world| exporter.event(world, &mut log));
    }
    let mut lines = log.lines().skip(1);
    assert_eq!(lines.next(), Some("^=== (?<trace>.*) ===$"));
    let heads = lines.clone().filter(|line| line.starts_with("==="));
    assert_eq!(
        heads.collect::<Vec<_>>(),
        [1, 2].map(|seed| format!("=== {}, seed {seed} ===", small.title))
    );
    let begin = lines.filter(|&line| line == "S1 {\"S1\":1}");
    assert_eq!(begin.count(), 2, "clocks begin anew");
}

#[test]
fn no_title_hides_where_a_run_begins() {
    let mut log = String::new();
    Exporter::new(Format::ShiViz).begin_run("one\u{2028}two\u{2029}three", 7, &mut log);
    assert_eq!(log, "=== one two three, seed 7 ===\n");
}
