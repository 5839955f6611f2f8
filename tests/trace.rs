//! Traces: a run, written down and read again, plays as it was, and what falls in it falls there.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use flotilla::check::{Falls, Property, falls};
use flotilla::raft::{
    Configuration, HardState, LogIndex, Mutant, NodeId, ObservedRole, Term, Time,
};
use flotilla::scenario::export::{Exporter, Format};
use flotilla::scenario::trace::{self, Recorder, Trace};
use flotilla::scenario::{Advance, Run, Scenario, Selector, Verb, parse};
use flotilla::sim::{Action, Server, Stream, World};
use flotilla::timeline::{Played, Progress, Timeline};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

fn scenario(file: &str) -> Arc<Scenario> {
    let path = PathBuf::from(FOLDER).join("scenarios").join(file);
    let text = fs::read_to_string(path).expect("the file can be read");
    Arc::new(parse(&text).expect("it is a scenario"))
}

/// The trace of a run to its end, as text, and the run; and what `look` sees after each event.
fn recorded<T>(
    scenario: &Arc<Scenario>,
    seed: u64,
    look: impl Fn(&Run) -> T,
) -> (String, Run, Vec<T>) {
    let mut run = Run::new(scenario.clone(), seed);
    let mut text = String::new();
    let mut seen = Vec::new();
    let mut recorder = Recorder::begin(run.world(), &mut text);
    loop {
        match run.advance(scenario.until) {
            Advance::Event => {
                recorder.record(run.world(), &mut text);
                seen.push(look(&run));
            }
            Advance::Script => {}
            Advance::Idle => break,
        }
    }
    run.rest_until(scenario.until);
    (text, run, seen)
}

fn read(text: &str) -> Trace {
    trace::parse(text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// What a trace tells of a node.
#[derive(PartialEq, Debug)]
struct Told {
    id: NodeId,
    hard_state: HardState,
    role: Option<ObservedRole>,
    indices: [LogIndex; 3],
    last_term: Term,
    configuration: Configuration,
}

fn told(world: &World, server: &Server) -> Told {
    let log = server.log();
    Told {
        id: server.id(),
        hard_state: server.hard_state(),
        role: server.node().map(|node| node.observed_role()),
        indices: [
            server.commit_index(),
            server.last_applied(),
            log.last_index(),
        ],
        last_term: log.last_term(),
        configuration: world.configuration_of(server),
    }
}

fn looks(run: &Run) -> (Time, Vec<Told>) {
    let world = run.world();
    let nodes = world.servers().iter().map(|server| told(world, server));
    (world.now(), nodes.collect())
}

/// A trace played to its end.
fn played(text: &str) -> Run {
    let mut run = Run::of_trace(&read(text));
    run.run_to_end();
    run
}

fn violated(run: &Run) -> Vec<&'static str> {
    let violations = run.monitor().violations().iter();
    violations
        .map(|violation| violation.property.name())
        .collect()
}

#[test]
fn a_recorded_run_of_right_code_plays_as_it_was_and_breaks_nothing() {
    for file in [
        "chaos.toml",
        "chaos_snapshots.toml",
        "chaos_pre_vote.toml",
        "lease.toml",
        "figure_8.toml",
        "snapshot_catch_up.toml",
        "joint_consensus.toml",
        "remove_and_add_back.toml",
        "wipe.toml",
    ] {
        let scenario = scenario(file);
        for seed in 1..=4 {
            let (text, run, seen) = recorded(&scenario, seed, looks);
            let trace = read(&text);
            let sight = trace.recording().sight;
            assert!(sight.logs && sight.quorums, "{file} {seed}: {sight:?}");
            let mut played = Run::of_trace(&trace);
            // After the last event of each time, all is as it was then.
            let last_of_time = seen.chunk_by(|one, next| one.0 == next.0);
            for (at, nodes) in last_of_time.filter_map(<[_]>::last) {
                played.run_to(*at);
                let world = played.world();
                for then in nodes {
                    let server = world.server(then.id).expect("the trace tells of it");
                    assert_eq!(told(world, server), *then, "{file} {seed} at {at}");
                }
            }
            played.run_to_end();
            assert_eq!(
                violated(&played),
                violated(&run),
                "{file} {seed}: {:?}",
                played.monitor().violations()
            );
        }
    }
}

/// Whether what falls with that wrong rule rests on what a trace does not tell: operations, and what
/// leaders believe of followers.
fn is_unseen(mutant: Mutant) -> bool {
    let believed = [Mutant::NoClientDedup, Mutant::MatchCanRegress];
    falls(mutant) == Falls::Linearizability || believed.contains(&mutant)
}

#[test]
fn what_falls_in_a_run_with_a_wrong_rule_falls_in_its_trace() {
    let mut fallen = BTreeSet::new();
    for mutant in Mutant::ALL {
        let scenario = scenario(&format!("mutants/{mutant}.toml"));
        for seed in [scenario.seed, 2] {
            let (text, run, _) = recorded(&scenario, seed, |_| ());
            let played = played(&text);
            match is_unseen(mutant) {
                true => assert!(played.is_ok(), "{mutant} {seed}"),
                false => {
                    assert_eq!(violated(&played), violated(&run), "{mutant} {seed}");
                    let name = falls(mutant).name();
                    assert!(violated(&played).contains(&name), "{mutant} {seed}");
                    fallen.insert(name);
                }
            }
        }
    }
    for property in [
        "election-safety",
        "leader-append-only",
        "log-matching",
        "leader-completeness",
        "state-machine-safety",
        "commit-stability",
        "term-monotonic",
        "one-vote-per-term",
    ] {
        assert!(fallen.contains(property), "{property}");
    }
}

#[test]
fn where_the_rule_is_right_nothing_falls_in_the_trace() {
    for mutant in Mutant::ALL {
        let scenario = scenario(&format!("mutants/{mutant}_twin.toml"));
        let (text, ..) = recorded(&scenario, scenario.seed, |_| ());
        for text in [&text, &as_etcd_writes_it(&text)] {
            assert_eq!(violated(&played(text)), [""; 0], "{mutant}");
        }
    }
}

/// The same trace as etcd writes it: of logs the last index only, and nothing of what is applied.
fn as_etcd_writes_it(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).expect("a line is JSON");
        let event = line["event"].as_object_mut().expect("an event is in it");
        event.remove("applied");
        if let Some(log) = event["log"].as_object() {
            let before = log["from"].as_u64().expect("it is a number") - 1;
            let terms = log["terms"].as_array().expect("it is a list").len() as u64;
            event["log"] = Value::from(before + terms);
        }
        format!("{line}\n")
    });
    lines.collect()
}

#[test]
fn where_only_the_ends_of_logs_are_told_nothing_falls_that_is_right() {
    let mut judged = 0;
    let files = [
        "chaos.toml",
        "chaos_pre_vote.toml",
        "chaos_snapshots.toml",
        "leader_crash.toml",
        "joint_consensus.toml",
    ];
    for file in files {
        let scenario = scenario(file);
        for seed in 1..=4 {
            let (text, ..) = recorded(&scenario, seed, |_| ());
            let played = played(&as_etcd_writes_it(&text));
            let sight = played.world().sight().expect("it is a trace");
            judged += usize::from(sight.logs && sight.quorums);
            assert_eq!(violated(&played), [""; 0], "{file} {seed}");
        }
    }
    // Where no crash may have undone what nobody tells of, the logs are known from their ends.
    assert!(judged >= files.len() * 2, "{judged}");
}

#[test]
fn where_only_the_ends_of_logs_are_told_two_leaders_fall() {
    for mutant in [Mutant::CountDuplicateVotes, Mutant::ForgetVote] {
        let scenario = scenario(&format!("mutants/{mutant}.toml"));
        let (text, ..) = recorded(&scenario, scenario.seed, |_| ());
        let played = played(&as_etcd_writes_it(&text));
        let violated = violated(&played);
        assert!(violated.contains(&"election-safety"), "{mutant}");
    }
}

fn file(name: &str) -> String {
    let path = PathBuf::from(FOLDER).join("traces").join(name);
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn a_trace_as_etcd_writes_it_plays_with_the_entries_that_follow_from_it() {
    let played = played(&file("etcd.ndjson"));
    assert_eq!(violated(&played), [""; 0]);
    let silent: Vec<&str> = played.monitor().not_judged().map(Property::name).collect();
    assert_eq!(
        silent,
        [
            "exactly-once",
            "liveness",
            "one-configuration-change",
            "snapshot-equality"
        ]
    );
    let world = played.world();
    assert_eq!(world.leader(), NodeId::new(1));
    for server in world.servers() {
        let entries = server.log().iter_from(LogIndex(1));
        let terms: Vec<u64> = entries.map(|(_, entry)| entry.term.0).collect();
        assert_eq!(terms, [1, 1, 1, 2, 2, 3], "{}", server.id());
    }
    let commits = world.servers().iter().map(|server| server.commit_index().0);
    assert_eq!(commits.collect::<Vec<_>>(), [6, 5, 6]);
}

#[test]
fn a_member_that_joins_while_a_trace_goes_on_gets_the_entries_of_the_others() {
    // S3 is removed, S4 joins without knowing any member, and S1 stops and starts again.
    let played = played(&file("etcd_members.ndjson"));
    assert_eq!(violated(&played), [""; 0]);
    let silent: Vec<&str> = played.monitor().not_judged().map(Property::name).collect();
    assert_eq!(
        silent,
        [
            "exactly-once",
            "liveness",
            "one-configuration-change",
            "snapshot-equality"
        ]
    );
    let world = played.world();
    assert_eq!(world.leader(), NodeId::new(2));
    let members = |server: &Server| -> Vec<u8> {
        let voters = world.configuration_of(server).voters();
        voters.iter().map(NodeId::number).collect()
    };
    for server in world.servers() {
        let entries = server.log().iter_from(LogIndex(1));
        let terms: Vec<u64> = entries.map(|(_, entry)| entry.term.0).collect();
        let (of_log, voters): (&[u64], &[u8]) = match server.id().number() {
            3 => (&[1, 1, 1, 2, 2], &[1, 2]),
            _ => (&[1, 1, 1, 2, 2, 2, 2, 2], &[1, 2, 4]),
        };
        assert_eq!(terms, of_log, "{}", server.id());
        assert_eq!(members(server), voters, "{}", server.id());
        assert_eq!(server.last_applied().0, terms.len() as u64);
    }
}

#[test]
fn two_leaders_of_a_term_fall_in_a_trace_as_etcd_writes_it() {
    let played = played(&file("two_leaders.ndjson"));
    assert_eq!(violated(&played), ["one-vote-per-term", "election-safety"]);
}

#[test]
fn without_the_votes_of_others_no_certificate_is_asked_for() {
    let text = file("etcd.ndjson");
    let lines = text.lines().filter(|line| !line.contains("RequestVote"));
    let played = played(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(violated(&played), [""; 0]);
    let mut silent = played.monitor().not_judged();
    assert!(silent.any(|property| property == Property::ElectionCertificate));
}

#[test]
fn with_one_node_of_three_nothing_is_asked_of_the_others() {
    let text = file("etcd.ndjson");
    for node in ["1", "2", "3"] {
        let of_node = format!(r#""nid":"{node}""#);
        let lines = text.lines().filter(|line| line.contains(&of_node));
        let played = played(&lines.collect::<Vec<_>>().join("\n"));
        assert_eq!(violated(&played), [""; 0], "{node}");
        let silent: Vec<Property> = played.monitor().not_judged().collect();
        assert!(silent.contains(&Property::CommitStability));
        assert!(silent.contains(&Property::ElectionCertificate));
    }
}

#[test]
fn a_member_with_a_large_number_is_counted() {
    let text = file("etcd.ndjson").replace("\"2\"", "\"10276657743932975437\"");
    let trace = read(&text);
    let numbers: Vec<(u8, u64)> =
        (trace.nodes().map(|(id, number)| (id.number(), number))).collect();
    assert_eq!(numbers, [(1, 1), (2, 3), (3, 10_276_657_743_932_975_437)]);
    assert_eq!(violated(&played(&text)), [""; 0]);
}

#[test]
fn nobody_acts_on_what_has_been() {
    let mut run = Run::of_trace(&read(&file("etcd.ndjson")));
    run.run_to(Time(500_000));
    let digest = run.world().digest();
    let refused = "a recorded run cannot be changed";
    let node = NodeId::new(1).expect("it is a number of a node");
    let error = run.act(Action::Crash(node)).expect_err("it is refused");
    assert_eq!(error.to_string(), refused);
    let verb = Verb::Crash(Selector::Nodes(vec![]));
    assert_eq!(run.improvise(verb.clone()), Err(refused.into()));
    assert_eq!(Timeline::new(run.clone()).act(verb), Err(refused.into()));
    assert_eq!(run.world().digest(), digest);
    assert!(run.scenario().steps.is_empty());
}

#[test]
fn any_moment_of_a_trace_is_found_again() {
    let trace = read(&file("etcd.ndjson"));
    let mut timeline = Timeline::new(Run::of_trace(&trace));
    assert_eq!(timeline.play(trace.end(), 1_000, &mut |_| ()), Played::All);
    for at in [900_000, 10, 310_000, 1_000_000, 583_424] {
        timeline.seek(Time(at));
        while timeline.work(100, &mut |_| ()) != Progress::Arrived {}
        let mut run = Run::of_trace(&trace);
        run.run_to(Time(at));
        assert_eq!(timeline.run().world().digest(), run.world().digest());
        assert_eq!(timeline.run().world().servers(), run.world().servers());
    }
}

#[test]
fn what_is_wrong_with_a_trace_is_told_with_its_line() {
    let good = r#"{"event":{"name":"Ready","nid":"1"}}"#;
    let nodes =
        |count: u32| (1..=count).map(|n| format!(r#"{{"event":{{"name":"Ready","nid":"{n}"}}}}"#));
    let many = nodes(65).collect::<Vec<_>>().join("\n");
    for (text, line, message) in [
        ("", 1, "no event is in it"),
        ("{}\n[]", 2, "`line` is not an object"),
        ("{\"event\":1}", 1, "`event` is not an object"),
        (
            "{\"event\":{\"nid\":\"1\"}}",
            1,
            "`name` of `event` must be",
        ),
        (
            "{\"event\":{\"name\":\"Ready\"}}",
            1,
            "`nid` of `event` must be the number of a node",
        ),
        (
            "{\"event\":{\"name\":\"Ready\",\"nid\":\"S1\"}}",
            1,
            "must be the number of a node",
        ),
        (
            "{\"ts\":\"noon\",\"nid\":\"1\",\"name\":\"Ready\"}",
            1,
            "`ts` of `line` must be a time",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Ready\",\"log\":-1}",
            1,
            "`log` of `event` must be a whole number",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Ready\",\"log\":{\"from\":0}}",
            1,
            "`from` of `log` must be an index",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Ready\",\"log\":99999999}",
            1,
            "the logs get too long",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Ready\",\"role\":\"King\"}",
            1,
            "`role` of `event` must be",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Ready\",\"conf\":[1,2,3]}",
            1,
            "`conf` of `event` must be two lists",
        ),
        (
            "{\"nid\":\"1\",\"name\":\"Send\",\"msg\":{\"type\":\"MsgApp\",\"from\":\"1\"}}",
            1,
            "`to` of `msg` must be",
        ),
        (
            &format!("{good}\n{good}\n{{\"ts\":"),
            3,
            "this line is not JSON",
        ),
        (&many, 65, "there are too many nodes"),
        (
            "{\"ts\":0,\"nid\":\"1\",\"name\":\"Ready\"}\n{\"ts\":86400000001,\"nid\":\"1\",\"name\":\"Ready\"}",
            2,
            "cut the trace",
        ),
    ] {
        let errors = trace::parse(text).expect_err(text);
        assert_eq!(errors[0].line, line, "{text}: {errors:?}");
        assert!(errors[0].message.contains(message), "{text}: {errors:?}");
    }
}

#[test]
fn a_line_that_would_take_too_much_memory_is_refused() {
    let zeros = "0,".repeat(5 << 20);
    let text = format!("{{\"name\":\"x\",\"nid\":\"1\"}}\n{{\"x\":[{zeros}0]}}");
    let errors = trace::parse(&text).expect_err("it is too long");
    assert_eq!(errors[0].line, 2);
    assert_eq!(
        errors[0].message,
        "this line is too long; a line has at most 8 MiB"
    );
}

#[test]
fn lines_before_the_first_time_are_of_that_time() {
    let line = |ts: &str| format!("{{{ts}\"event\":{{\"name\":\"Commit\",\"nid\":\"1\"}}}}\n");
    let dated = |second| line(&format!("\"ts\":\"2024-06-13T09:41:{second}Z\","));
    let text = [line(""), line(""), dated("10"), line(""), dated("12")].concat();
    let trace = read(&text);
    let times = trace.recording().events.iter().map(|event| event.at.0);
    assert_eq!(times.collect::<Vec<_>>(), [0, 0, 0, 0, 2_000_000]);
    assert_eq!(trace.end(), Time(2_000_000));
}

#[test]
fn a_mark_of_the_byte_order_is_no_mistake() {
    let text = format!("\u{feff}{}", file("etcd.ndjson"));
    assert_eq!(read(&text), read(&file("etcd.ndjson")));
}

#[test]
fn a_message_that_nobody_was_seen_to_send_has_a_number_that_json_can_say() {
    let line = r#"{"event":{"name":"Receive","nid":"2","msg":{"type":"MsgHeartbeat","from":"1","to":"2"}}}"#;
    let mut run = Run::of_trace(&read(&format!("{line}\n{line}")));
    let mut exporter = Exporter::new(Format::JsonLines);
    let mut numbers = Vec::new();
    while run.advance(Time(1)) == Advance::Event {
        let mut text = String::new();
        exporter.event(run.world(), &mut text);
        let event: Value = serde_json::from_str(&text).expect("a line is JSON");
        numbers.push(event["happenings"][0]["message"].as_u64());
    }
    assert_eq!(numbers, [Some(1 << 53), Some((1 << 53) - 1)]);
}

#[test]
fn what_means_nothing_here_is_passed_over() {
    let text = file("etcd.ndjson");
    let with_more: String = text
        .lines()
        .map(|line| {
            let line = line.replacen("\"event\":{", "\"event\":{\"weather\":[{}],", 1);
            format!("{{\"level\":\"info\",\"msg\":\"hello\"}}\n\n{line}\r\n")
        })
        .collect();
    let with_more = format!(
        "{with_more}{{\"event\":{{\"name\":\"Yawn\",\"nid\":\"1\",\"msg\":{{\"type\":\"MsgProp\"}}}}}}"
    );
    assert_eq!(violated(&played(&with_more)), [""; 0]);
}

#[test]
fn whatever_a_trace_says_it_is_read_and_played_to_its_end() {
    let scenario = scenario("leader_crash.toml");
    let (recorded, ..) = recorded(&scenario, 1, |_| ());
    let numbers = [
        "0",
        "1",
        "2",
        "7",
        "100",
        "1000",
        "9007199254740992",
        "-1",
        "1e300",
        "\"3\"",
    ];
    let mut played_to_end = 0;
    for text in [recorded, file("etcd.ndjson"), file("two_leaders.ndjson")] {
        let lines: Vec<&str> = text.lines().take(150).collect();
        for round in 0..150_u64 {
            let mut random = Stream::new(round, "trace", lines.len() as u64);
            let mut below = |bound: usize| random.below(bound as u64) as usize;
            let mut wrong: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
            for _ in 0..=below(6) {
                let (one, other) = (below(wrong.len()), below(wrong.len()));
                match below(4) {
                    0 => wrong.swap(one, other),
                    1 => wrong[one] = wrong[other].clone(),
                    2 => drop(wrong.remove(one)),
                    _ => {
                        // A number that stands after a colon is another one.
                        let line = wrong[one].clone();
                        let places: Vec<usize> =
                            line.match_indices(':').map(|(at, _)| at + 1).collect();
                        let at = places[below(places.len())];
                        let end = line[at..]
                            .find([',', '}'])
                            .map_or(line.len(), |end| at + end);
                        wrong[one] = format!(
                            "{}{}{}",
                            &line[..at],
                            numbers[below(numbers.len())],
                            &line[end..]
                        );
                    }
                }
            }
            if let Ok(trace) = trace::parse(&wrong.join("\n")) {
                let mut run = Run::of_trace(&trace);
                run.run_to_end();
                assert_eq!(run.world().events(), trace.recording().events.len() as u64);
                played_to_end += 1;
            }
        }
    }
    assert!(played_to_end > 200, "{played_to_end}");
}
