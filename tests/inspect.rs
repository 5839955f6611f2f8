//! Inspecting: every field of one thing, what an event changed of it, and an entry's way.

use std::sync::Arc;

use flotilla::inspect::{Change, Fate, Inspection, Name, Past, Stop, Value, Way, changes, inspect};
use flotilla::raft::{LogIndex, NodeId, Term, Time};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{Happening, World};
use flotilla::timeline::{Granularity, Timeline};
use flotilla::why::Subject;

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

fn run(text: &str) -> Run {
    match parse(text) {
        Ok(scenario) => {
            let seed = scenario.seed;
            Run::new(Arc::new(scenario), seed)
        }
        Err(errors) => panic!("{errors:?}"),
    }
}

fn file(name: &str) -> Run {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    run(&std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("the file is there"))
}

/// S1 is elected, and writes x.
fn written() -> Run {
    run("title = \"Inspect\"\n[network]\nlatency = \"10ms\"\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"1s\"\nput = { key = \"x\", value = \"1\" }")
}

fn of(run: &Run, subject: Subject) -> Option<Inspection> {
    inspect(run.world(), run.witness(), subject)
}

/// The value of a field, by its name and those of the fields that it is in.
#[track_caller]
fn value(inspection: &Inspection, group: Name, path: &str) -> Value {
    let group = inspection.groups.iter().find(|found| found.name == group);
    let mut fields = group.expect("there is such a group").fields.as_slice();
    let mut found = None;
    for name in path.split('.') {
        if let Some(Value::Table(rows)) = &found {
            let row: &(_, Vec<_>) = rows
                .iter()
                .find(|(node, _)| node.to_string() == name)
                .unwrap_or_else(|| panic!("no row of {name}"));
            found = Some(Value::Fields(row.1.clone()));
        } else {
            let inner = match &found {
                Some(Value::Fields(inner)) => inner.clone(),
                _ => fields.to_vec(),
            };
            let field = inner.iter().find(|field| field.name == name);
            found = Some(field.unwrap_or_else(|| panic!("no {name}")).value.clone());
        }
        fields = &[];
    }
    found.expect("a path has a name")
}

#[test]
fn a_leader_is_shown_as_in_figure_2_with_what_it_believes_of_each_follower() {
    let mut run = written();
    run.run_to(Time(900_000));
    let leader = of(&run, Subject::Node(s(1))).expect("it is there");
    let names: Vec<Name> = leader.groups.iter().map(|group| group.name).collect();
    assert_eq!(names[..3], [Name::Persistent, Name::Volatile, Name::Leader]);
    let is = |group, path, expected: Value| assert_eq!(value(&leader, group, path), expected);
    is(Name::Persistent, "currentTerm", Term(1).into());
    is(Name::Persistent, "votedFor", s(1).into());
    is(Name::Persistent, "log.lastIndex", LogIndex(1).into());
    is(Name::Volatile, "commitIndex", LogIndex(1).into());
    is(Name::Leader, "progress.S3.nextIndex", LogIndex(2).into());
    is(Name::Leader, "progress.S3.matchIndex", LogIndex(1).into());
    is(Name::Role, "role", "leader".into());
    let follower = of(&run, Subject::Node(s(2))).expect("it is there");
    assert_eq!(value(&follower, Name::Role, "leader"), s(1).into());
    assert!(
        !follower
            .groups
            .iter()
            .any(|group| group.name == Name::Leader)
    );
}

#[test]
fn what_an_event_changed_is_told_field_by_field() {
    let mut run = written();
    run.run_to(Time(19_999));
    let before = of(&run, Subject::Node(s(2))).expect("it is there");
    assert_eq!(changes(&before, &before), []);
    while of(&run, Subject::Node(s(2)))
        .is_some_and(|now| value(&now, Name::Persistent, "votedFor") == Value::None)
    {
        run.advance(Time(u64::MAX));
    }
    let after = of(&run, Subject::Node(s(2))).expect("it is there");
    let changed = changes(&before, &after);
    let of = |path: &str| {
        changed
            .iter()
            .find(|change| change.path == path && change.group == Name::Persistent)
    };
    let change = |path: &str, before: Value, after: Value| {
        let expected = Change {
            group: Name::Persistent,
            path: path.to_owned(),
            before: Some(before),
            after: Some(after),
        };
        assert_eq!(of(path), Some(&expected));
    };
    change("currentTerm", Term(0).into(), Term(1).into());
    change("votedFor", Value::None, s(1).into());
    assert_eq!(of("log.lastIndex"), None);
}

#[test]
fn a_message_is_shown_with_all_that_it_carries_and_a_lost_one_with_its_fate() {
    let mut run = run("title = \"Inspect\"\n[network]\nlatency = \"10ms\"\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n[[step]]\nat = \"12ms\"\ncrash = \"S2\"");
    run.run_to(Time(11_000));
    let to_s2 = |world: &World| {
        let mut flights = world.flights();
        let flight = flights.find(|flight| flight.message().to == s(2));
        flight.map(|flight| (flight.id(), flight.cause().0))
    };
    let (id, cause) = to_s2(run.world()).expect("it asks S2");
    let message = of(&run, Subject::Message(id)).expect("it is under way");
    assert_eq!(value(&message, Name::Message, "kind"), "RequestVote".into());
    assert_eq!(
        value(&message, Name::Body, "lastLogIndex"),
        LogIndex(0).into()
    );
    assert_eq!(
        value(&message, Name::Transit, "sentIn"),
        Value::Event(cause)
    );
    assert_eq!(
        value(&message, Name::Transit, "arrives"),
        Time(20_000).into()
    );
    run.run_to(Time(25_000));
    let message = of(&run, Subject::Message(id)).expect("it is remembered");
    assert_eq!(value(&message, Name::Transit, "lost"), Time(20_000).into());
    assert_eq!(
        value(&message, Name::Transit, "cause"),
        "receiver down".into()
    );
    assert_eq!(of(&run, Subject::Message(99)), None);
}

#[test]
fn an_operation_leads_to_the_entry_that_it_waits_for() {
    let mut run = written();
    let entry = loop {
        run.advance(Time(u64::MAX));
        let operation = of(&run, Subject::Operation(1));
        match operation.map(|operation| value(&operation, Name::Outcome, "entry")) {
            Some(Value::Entry(node, index)) => break (node, index),
            _ => assert!(run.world().now() < Time(2_000_000), "it waits for none"),
        }
    };
    assert_eq!(entry, (s(1), LogIndex(2)));
    let (node, index) = entry;
    let entry = of(&run, Subject::Entry { node, index }).expect("it is there");
    assert_eq!(
        value(&entry, Name::Entry, "command"),
        "put x=1".to_owned().into()
    );
    assert_eq!(value(&entry, Name::Copies, "nodes.S1.stored"), true.into());
    assert_eq!(value(&entry, Name::Copies, "nodes.S5.stored"), false.into());
}

#[test]
fn what_a_snapshot_covers_is_no_copy_of_an_entry_that_was_never_committed() {
    let text = "title = \"Inspect\"\nnodes = 3\n[network]\nlatency = \"10ms\"\n[raft]\nsnapshot_after = 5\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n[[step]]\nat = \"500ms\"\nisolate = \"S1\"\n\
         [[step]]\nput = { key = \"x\", value = \"1\", node = \"S1\" }\n\
         [[step]]\nat = \"2s\"\nload = { clients = 2, rate = 50, keys = 2, writes = 1, until = \"4s\" }";
    let mut timeline = Timeline::new(run(text));
    timeline.play(Time(4_000_000), usize::MAX, &mut |_| {});
    let run = timeline.run();
    let first = |node| {
        run.world()
            .server(node)
            .map(|server| server.log().first_index())
    };
    assert!(
        first(s(2)) > Some(LogIndex(2)),
        "S2 has dropped what it has there"
    );
    let (node, index) = (s(1), LogIndex(2));
    let entry = of(run, Subject::Entry { node, index }).expect("it is there");
    for name in ["stored", "durable", "committed", "applied"] {
        let path = format!("nodes.S2.{name}");
        assert_eq!(value(&entry, Name::Copies, &path), false.into(), "{name}");
    }
    assert_eq!(value(&entry, Name::Copies, "nodes.S1.stored"), true.into());
    let mut way = Way::new(&timeline, index, Term(1));
    while !way.follow(&timeline, 50) {}
    let nodes = way.milestones(run.world().events(), true).nodes;
    let nodes: Vec<NodeId> = nodes.into_iter().map(|(node, _)| node).collect();
    assert_eq!(nodes, [s(1)]);
}

#[test]
fn everything_has_json_that_says_the_same_each_time() {
    let mut run = Run::new(file("chaos_snapshots").script().clone(), 2);
    for turn in 0_u32.. {
        if run.advance(Time(20_000_000)) == Advance::Idle {
            break;
        }
        if !turn.is_multiple_of(97) {
            continue;
        }
        let world = run.world();
        let nodes = world
            .servers()
            .iter()
            .map(|server| Subject::Node(server.id()));
        let entries = world.servers().iter().map(|server| Subject::Entry {
            node: server.id(),
            index: server.log().last_index(),
        });
        let messages = world.flights().map(|flight| Subject::Message(flight.id()));
        let operation = Subject::Operation(world.operations().len() as u64);
        for subject in nodes.chain(entries).chain(messages).chain([operation]) {
            let Some(found) = of(&run, subject) else {
                continue;
            };
            let json = found.to_json();
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&json);
            assert!(parsed.is_ok_and(|value| value.is_object()), "{json}");
            assert_eq!(Some(json), of(&run, subject).map(|again| again.to_json()));
            assert!(found.groups.iter().all(|group| !group.fields.is_empty()));
        }
    }
}

/// When the entry was first stored, durable, known to be committed and applied on each node, seen by
/// watching event by event.
fn watched(
    start: &Run,
    index: LogIndex,
    term: Term,
    event: u64,
) -> Vec<(NodeId, [Option<Stop>; 4])> {
    let mut run = start.clone();
    let mut nodes: Vec<(NodeId, [Option<Stop>; 4])> = Vec::new();
    while run.world().events() < event && run.advance(Time(u64::MAX)) != Advance::Idle {
        let world = run.world();
        for server in world.servers() {
            if !server.log().covers(index, term) {
                continue;
            }
            let reached = [
                true,
                server.durable_index() >= index,
                server.commit_index() >= index,
                server.last_applied() >= index,
            ];
            if !nodes.iter().any(|(id, _)| *id == server.id()) {
                nodes.push((server.id(), [None; 4]));
            }
            let known = nodes.iter_mut().find(|(id, _)| *id == server.id());
            let known = known.expect("it is there now").1.iter_mut();
            for (known, reached) in known.zip(reached) {
                let (at, event) = (world.now(), world.events());
                *known = known.or_else(|| reached.then_some(Stop { at, event }));
            }
        }
    }
    nodes
}

#[test]
fn the_way_of_an_entry_is_found_in_the_past_as_it_was() {
    let start = Run::new(file("chaos").script().clone(), 3);
    let fine = Granularity {
        segment: 64,
        per_doubling: 16,
        ..Granularity::PAGE
    };
    let mut timeline = Timeline::new(start.clone()).keeping(fine);
    timeline.play(Time(12_000_000), usize::MAX, &mut |_| {});
    let world = timeline.run().world();
    let (leader, events) = (world.leader().expect("one leads"), world.events());
    let log = world.server(leader).expect("it is there").log();
    let last = log.last_index().0;
    assert!(last > 20, "{last}");
    let indices: Vec<u64> = vec![1, 2, last / 2, last - 1, last];
    let terms: Vec<Term> = (indices.iter())
        .map(|&index| log.term_at(LogIndex(index)).expect("it is there"))
        .collect();
    let mut walked = 0;
    for (index, term) in indices.into_iter().zip(terms) {
        let index = LogIndex(index);
        let mut way = Way::new(&timeline, index, term);
        assert!(way.is_of(&timeline, index, term));
        while !way.follow(&timeline, 50) {
            walked += 50;
        }
        let found = way.milestones(events, true);
        let mut nodes = found.nodes;
        nodes.sort_by_key(|(node, _)| *node);
        let mut expected = watched(&start, index, term, events);
        expected.sort_by_key(|(node, _)| *node);
        assert_eq!(nodes, expected, "entry {index}");
        let proposed = found.proposed.expect("somebody proposed it").1;
        let earlier = way.milestones(proposed.event - 1, true);
        assert_eq!(earlier.proposed, None, "nothing is told of the future");
    }
    assert!(walked < 5 * events, "{walked} of {events}");
}

/// The past of a message, followed up to the playhead.
fn past(timeline: &Timeline, id: u64) -> Past {
    let mut past = Past::new(timeline, id);
    while !past.follow(timeline, 16) {}
    past
}

#[test]
fn what_a_message_was_and_what_became_of_it_is_found_once_more() {
    let text = "title = \"Past\"\n[network]\nlatency = \"10ms\"\n\
        [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
        [[step]]\nat = \"30ms\"\ncrash = \"S5\"\n";
    let scenario = Arc::new(parse(text).expect("it is a scenario"));
    let mut timeline = Timeline::new(Run::new(scenario, 1));
    // Who sent what, by the run as it went.
    let (mut sent, mut delivered, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    let mut run = timeline.start();
    while run.advance(Time(300_000)) != Advance::Idle {
        let world = run.world();
        for happening in world.happenings() {
            match happening {
                Happening::Sent(head) => sent.push((head.id, world.now(), world.events())),
                Happening::Delivered(head) => delivered.push((head.id, world.now())),
                Happening::Lost(head, cause) => lost.push((head.id, *cause)),
                _ => {}
            }
        }
    }
    timeline.play(Time(300_000), usize::MAX, &mut |_| {});
    assert!(timeline.run().world().messages_sent() as usize == sent.len());
    let mut causes = Vec::new();
    for &(id, at, event) in &sent {
        let past = past(&timeline, id);
        let now = timeline.run().world().events();
        let inspection = past.inspection(now).expect("it was sent");
        assert_eq!(value(&inspection, Name::Transit, "sent"), Value::Time(at));
        assert_eq!(
            value(&inspection, Name::Transit, "sentIn"),
            Value::Event(event)
        );
        causes.push(value(&inspection, Name::Transit, "sentBecauseOf"));
        let ended = past.ended(now).map(|(fate, stop)| (fate, stop.at));
        let arrival = delivered.iter().find(|(of, _)| *of == id);
        let loss = lost.iter().find(|(of, _)| *of == id);
        match (ended, arrival, loss) {
            (Some((Fate::Delivered, at)), Some(&(_, then)), None) => assert_eq!(at, then),
            (Some((Fate::Lost(cause), _)), None, Some(&(_, why))) => assert_eq!(cause, why),
            (None, None, None) => {}
            wrong => panic!("{id}: {wrong:?}"),
        }
        // Before it was sent nothing is told of it.
        assert_eq!(past.inspection(event - 1), None);
    }
    assert!(!lost.is_empty(), "what goes to S5 is lost");
    let led_by_message = |cause: &&Value| matches!(cause, Value::Message(_));
    assert!(
        causes.iter().filter(led_by_message).count() > 2,
        "{causes:?}"
    );
    assert!(
        causes.contains(&Value::Word("heartbeat timer")),
        "{causes:?}"
    );
}

#[test]
fn an_operation_leads_to_its_entry_when_it_is_done() {
    let mut run = written();
    run.run_to(Time(2_000_000));
    let operation = of(&run, Subject::Operation(1)).expect("it was asked");
    assert_eq!(
        value(&operation, Name::Outcome, "outcome"),
        Value::Word("ok")
    );
    assert_eq!(
        value(&operation, Name::Outcome, "entry"),
        Value::Entry(s(1), LogIndex(2))
    );
}
