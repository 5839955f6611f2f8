//! Every example of the contract, and what it means.

use super::{right, verb};
use crate::kv::{ClientId, Operation};
use crate::raft::{
    ClockBound, LogIndex, MessageKind, Mutant, NodeId, NodeSet, Policy, Span, Term, Time,
};
use crate::scenario::{
    Expectation, ExpectedLeader, ExpectedRole, Fact, InFlight, Item, Links, NodeSelector, OpCounts,
    Selector, Verb,
};
use crate::sim::{
    ClientsConfig, ClockRate, Config, Course, DiskConfig, ENDLESS, LoadConfig, NetworkChange,
    NetworkConfig, Probability, ProxyConfig, RaftConfig, ReadFrom, ReadMode, SpanRange, StartState,
};

fn node(number: u8) -> NodeId {
    NodeId::new(number).unwrap()
}

fn named(number: u8) -> NodeSelector {
    NodeSelector::Node(node(number))
}

fn one(number: u8) -> Selector {
    named(number).into()
}

fn several(numbers: &[u8]) -> Selector {
    Selector::Nodes(numbers.iter().map(|&number| named(number)).collect())
}

fn leader() -> Selector {
    NodeSelector::Leader.into()
}

fn client(operation: Operation) -> Verb {
    Verb::Operation {
        client: ClientId(0),
        operation,
        node: None,
    }
}

fn put_x() -> Operation {
    Operation::Put {
        key: "x".into(),
        value: "1".into(),
    }
}

/// The one fact that an `expect` in a cluster of five says.
fn fact(key: &str) -> Fact {
    match verb(&format!("expect = {{ {key} }}")) {
        Verb::Expect(Expectation {
            mut items,
            within: None,
        }) if items.len() == 1 => items.remove(0).fact,
        other => panic!("{key}: {other:?}"),
    }
}

#[test]
fn a_title_is_enough_and_the_rest_has_defaults() {
    let scenario = right("title = \"t\"");
    assert_eq!(scenario.title, "t");
    assert_eq!(scenario.seed, 1);
    assert_eq!(scenario.config, Config::default());
    assert_eq!(scenario.config.nodes, NodeSet::first(5));
    assert_eq!(scenario.until, Time(2_000_000));
    assert_eq!(scenario.clients, ["c1"]);
    assert!(scenario.steps.is_empty());
}

#[test]
fn every_key_of_the_tables_is_taken() {
    let scenario = right(
        r#"
        title = "Everything"
        seed = 7
        nodes = 51
        until = "1.5s"
        [network]
        latency   = "20us..2ms"
        loss      = 0.25
        duplicate = 1
        reorder   = false
        [raft]
        election_timeout = "1s..2m"
        heartbeat        = "10ms"
        pre_vote         = true
        check_quorum     = true
        reads            = "local"
        clock_bound      = 1.1
        max_batch        = 1
        max_inflight     = 2
        snapshot_after   = 100
        mutant           = ["forget-vote", "forget-term"]
        [disk]
        sync          = "1ms..2ms"
        lose_unsynced = false
        [clients]
        session_timeout = "3s"
        [proxy]
        reads   = "followers"
        timeout = "100ms"
        retries = 0
        latency = "1ms"
        "#,
    );
    let millis = Span::from_millis;
    let expected = Config {
        nodes: NodeSet::first(51),
        network: NetworkConfig {
            latency: SpanRange::new(Span(20), millis(2)).unwrap(),
            loss: Probability::from_percent(25),
            duplicate: Probability::from_percent(100),
            reorder: false,
        },
        raft: RaftConfig {
            election_timeout: SpanRange::from_millis(1_000, 120_000),
            heartbeat: millis(10),
            pre_vote: true,
            check_quorum: true,
            reads: ReadMode::Local,
            clock_bound: ClockBound::new(1.1).unwrap(),
            max_batch: 1,
            max_inflight: 2,
            snapshot_after: 100,
            policy: Policy::from_iter([Mutant::ForgetVote, Mutant::ForgetTerm]),
        },
        disk: DiskConfig {
            sync: SpanRange::from_millis(1, 2),
            lose_unsynced: false,
        },
        clients: ClientsConfig {
            session_timeout: Span::from_secs(3),
        },
        proxy: ProxyConfig {
            reads: ReadFrom::Followers,
            timeout: millis(100),
            retries: 0,
            latency: SpanRange::from_millis(1, 1),
        },
        start: Vec::new(),
    };
    assert_eq!(scenario.config, expected);
    assert_eq!(scenario.seed, 7);
    assert_eq!(scenario.until, Time(1_500_000));
}

#[test]
fn the_examples_of_the_tables_are_the_defaults() {
    let scenario = right(
        r#"
        title = "t"
        [network]
        latency   = "10ms..15ms"   # one way, drawn per message
        loss      = 0.0            # a message is lost
        duplicate = 0.0            # a message arrives twice
        reorder   = true           # false: each link delivers in the order sent
        [raft]
        election_timeout = "150ms..300ms"
        heartbeat        = "50ms"
        pre_vote         = false
        check_quorum     = false
        reads            = "read-index"
        max_batch        = 64
        max_inflight     = 8
        snapshot_after   = 0
        [disk]
        sync          = "0ms"
        lose_unsynced = true
        [proxy]
        reads   = "leader"
        timeout = "500ms"
        retries = 20
        latency = "2ms..3ms"
        "#,
    );
    assert_eq!(scenario.config, Config::default());
}

#[test]
fn a_seed_is_an_integer_or_a_decimal_string() {
    for (written, seed) in [
        ("0", 0),
        ("0xff", 255),
        ("9223372036854775807", i64::MAX as u64),
        ("\"18446744073709551615\"", u64::MAX),
    ] {
        let scenario = right(&format!("title = \"t\"\nseed = {written}"));
        assert_eq!(scenario.seed, seed);
    }
}

#[test]
fn a_starting_state_names_what_matters() {
    let scenario = right(
        r#"
        title = "t"
        [[node]]
        id = "S2"
        [[node]]
        id = "S1"
        term = 6
        voted_for = "S2"
        log = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6]
        commit = 3
        clock = 1.2
        down = true
        [[node]]
        id = "S3"
        log = [1, 4]
        "#,
    );
    let terms = |terms: &[u64]| terms.iter().copied().map(Term).collect();
    let fresh = StartState {
        id: node(2),
        term: Term(0),
        voted_for: None,
        log: Vec::new(),
        commit: LogIndex(0),
        clock: ClockRate::TRUE,
        down: false,
    };
    let first = StartState {
        id: node(1),
        term: Term(6),
        voted_for: Some(node(2)),
        log: terms(&[1, 1, 1, 4, 4, 5, 5, 6, 6, 6]),
        commit: LogIndex(3),
        clock: ClockRate::new(1.2).unwrap(),
        down: true,
    };
    let third = StartState {
        id: node(3),
        term: Term(4),
        log: terms(&[1, 4]),
        ..fresh.clone()
    };
    assert_eq!(scenario.config.nodes, NodeSet::first(3));
    assert_eq!(scenario.config.start, [first, fresh, third]);
}

#[test]
fn client_operations() {
    let key = || "x".into();
    for (step, operation) in [
        (
            r#"put = { key = "x", value = "1", client = "c1" }"#,
            put_x(),
        ),
        (r#"get = { key = "x" }"#, Operation::Get { key: key() }),
        (
            r#"delete = { key = "x" }"#,
            Operation::Delete { key: key() },
        ),
        (
            r#"cas = { key = "x", expect = "1", value = "2" }"#,
            Operation::Cas {
                key: key(),
                expect: "1".into(),
                value: "2".into(),
            },
        ),
    ] {
        assert_eq!(verb(step), client(operation), "{step}");
    }
}

#[test]
fn an_operation_straight_to_one_node() {
    for (to, node) in [("S1", named(1)), ("follower", NodeSelector::Follower)] {
        let step = format!(r#"put = {{ key = "x", value = "1", node = "{to}" }}"#);
        let expected = Verb::Operation {
            client: ClientId(0),
            operation: put_x(),
            node: Some(node),
        };
        assert_eq!(verb(&step), expected);
    }
}

#[test]
fn clients_are_numbered_as_they_come_and_c1_is_the_first() {
    let get = |client| format!("[[step]]\nget = {{ key = \"x\", client = \"{client}\" }}\n");
    let scenario = right(&format!(
        "title = \"t\"\n{}{}{}[[step]]\nexpect.read = {{ client = \"lee\", is = \"\" }}",
        get("ann"),
        get("c1"),
        get("ann"),
    ));
    assert_eq!(scenario.clients, ["c1", "ann", "lee"]);
    let clients: Vec<_> = scenario
        .steps
        .iter()
        .filter_map(|step| match &step.verb {
            Verb::Operation { client, .. } => Some(client.0),
            _ => None,
        })
        .collect();
    assert_eq!(clients, [1, 0, 1]);
}

#[test]
fn verbs_of_nodes() {
    for (step, expected) in [
        (r#"crash = "leader""#, Verb::Crash(leader())),
        (r#"restart = "S1""#, Verb::Restart(one(1))),
        (r#"pause = "S1""#, Verb::Pause(one(1))),
        (r#"resume = "S1""#, Verb::Resume(one(1))),
        (r#"wipe = "S1""#, Verb::Wipe(one(1))),
        (
            r#"clock = { node = "S1", rate = 1.2 }"#,
            Verb::Clock {
                nodes: one(1),
                rate: ClockRate::new(1.2).unwrap(),
            },
        ),
        (r#"timeout = "S1""#, Verb::Timeout(one(1))),
        (r#"isolate = "leader""#, Verb::Isolate(leader())),
        (r#"crash = "all""#, Verb::Crash(Selector::All)),
        (r#"pause = "followers""#, Verb::Pause(Selector::Followers)),
        (r#"crash = ["S2", "S1"]"#, Verb::Crash(several(&[2, 1]))),
        (
            r#"crash = ["S2", "leader", "follower"]"#,
            Verb::Crash(Selector::Nodes(vec![
                named(2),
                NodeSelector::Leader,
                NodeSelector::Follower,
            ])),
        ),
    ] {
        assert_eq!(verb(step), expected, "{step}");
    }
}

#[test]
fn verbs_of_links() {
    let direction = |from, to| Links::Direction { from, to };
    for (step, expected) in [
        (
            r#"partition = [["S1","S2"],["S3","S4","S5"]]"#,
            Verb::Partition(vec![several(&[1, 2]), several(&[3, 4, 5])]),
        ),
        (
            r#"partition = [["leader"], "followers"]"#,
            Verb::Partition(vec![leader(), Selector::Followers]),
        ),
        ("partition = []", Verb::Partition(Vec::new())),
        (
            r#"cut = { from = "S1", to = "S2" }"#,
            Verb::Cut(direction(one(1), one(2))),
        ),
        (
            r#"cut = { from = "leader", to = "followers" }"#,
            Verb::Cut(direction(leader(), Selector::Followers)),
        ),
        (
            r#"cut = { between = ["S1","S2"] }"#,
            Verb::Cut(Links::Between(one(1), one(2))),
        ),
        ("heal = true", Verb::Heal(None)),
        (
            r#"heal = { between = ["S1","S2"] }"#,
            Verb::Heal(Some(Links::Between(one(1), one(2)))),
        ),
        (
            r#"heal = { from = "S1", to = "S2" }"#,
            Verb::Heal(Some(direction(one(1), one(2)))),
        ),
    ] {
        assert_eq!(verb(step), expected, "{step}");
    }
}

#[test]
fn messages_in_flight() {
    let all = InFlight {
        kind: Some(MessageKind::AppendEntries),
        from: Some(named(1)),
        to: Some(named(2)),
        nth: None,
        optional: false,
    };
    let step = r#"drop = { kind = "AppendEntries", from = "S1", to = "S2" }"#;
    assert_eq!(verb(step), Verb::Drop(all));
    assert_eq!(verb("drop = {}"), Verb::Drop(InFlight::default()));
    let step = r#"duplicate = { kind = "AppendEntries", from = "S1", to = "S2" }"#;
    assert_eq!(verb(step), Verb::Duplicate(all));
    let step = r#"delay = { kind = "AppendEntries", from = "S1", to = "S2", by = "20ms" }"#;
    assert_eq!(verb(step), Verb::Delay(all, Span::from_millis(20)));
    let step = r#"deliver = { from = "leader", optional = true }"#;
    let expected = InFlight {
        from: Some(NodeSelector::Leader),
        optional: true,
        ..InFlight::default()
    };
    assert_eq!(verb(step), Verb::Deliver(expected));
    for kind in MessageKind::ALL {
        let expected = InFlight {
            kind: Some(kind),
            ..InFlight::default()
        };
        let step = format!("deliver = {{ kind = \"{kind}\" }}");
        assert_eq!(verb(&step), Verb::Deliver(expected));
    }
}

#[test]
fn conditions_a_load_and_chaos() {
    let change = NetworkChange {
        loss: Some(Probability::from_percent(10)),
        ..NetworkChange::default()
    };
    let Verb::Network(read) = verb("network = { loss = 0.1 }") else {
        panic!("a change of the network");
    };
    // A tenth has no exact form: the nearest is meant.
    let apart = |p: NetworkChange| p.loss.unwrap().numerator();
    assert!(apart(read).abs_diff(apart(change)) <= 1);
    assert_eq!(
        NetworkChange { loss: None, ..read },
        NetworkChange::default()
    );

    let load = r#"load = { clients = 3, rate = 50, keys = 5, writes = 0.5, until = "20s" }"#;
    let expected = LoadConfig {
        clients: 3,
        interval: Span::from_millis(20),
        keys: 5,
        writes: Probability::from_percent(50),
        until: Time(20_000_000),
    };
    assert_eq!(verb(load), Verb::Load(expected));
    let until = Time(20_000_000);
    let chaos = |until, seed| Verb::Chaos { until, seed };
    for (step, expected) in [
        (r#"chaos = { until = "20s" }"#, chaos(until, None)),
        ("chaos = {}", chaos(ENDLESS, None)),
        ("chaos = { seed = 7 }", chaos(ENDLESS, Some(7))),
        (
            r#"chaos = { until = "20s", seed = "18446744073709551615" }"#,
            chaos(until, Some(u64::MAX)),
        ),
        (r#"stop = "load""#, Verb::Stop(Course::Load)),
        (r#"stop = "chaos""#, Verb::Stop(Course::Chaos)),
        (
            "load = { clients = 3, rate = 50, keys = 5, writes = 0.5 }",
            Verb::Load(LoadConfig {
                until: ENDLESS,
                ..expected
            }),
        ),
    ] {
        assert_eq!(verb(step), expected, "{step}");
    }
}

#[test]
fn conditions_of_links() {
    let direction = |from, to| Links::Direction { from, to };
    let slow = NetworkChange {
        latency: Some(SpanRange::from_millis(5, 10)),
        reorder: Some(false),
        ..NetworkChange::default()
    };
    for (step, links, change) in [
        (
            r#"link = { from = "S1", to = "S2", latency = "5ms..10ms", reorder = false }"#,
            direction(one(1), one(2)),
            Some(slow),
        ),
        (
            r#"link = { between = ["S1", "S2"], latency = "5ms..10ms", reorder = false }"#,
            Links::Between(one(1), one(2)),
            Some(slow),
        ),
        (
            r#"link = { from = "all", to = "all", reset = true }"#,
            direction(Selector::All, Selector::All),
            None,
        ),
    ] {
        assert_eq!(verb(step), Verb::Link { links, change }, "{step}");
    }
}

#[test]
fn expectations_of_nodes() {
    let x = || ("x".into(), "1".into());
    for (key, expected) in [
        (
            r#"leader = "S3""#,
            Fact::Leader(ExpectedLeader::Node(node(3))),
        ),
        (r#"leader = "some""#, Fact::Leader(ExpectedLeader::Some)),
        (r#"leader = "none""#, Fact::Leader(ExpectedLeader::None)),
        (r#"term = { S1 = 3 }"#, Fact::Term(vec![(one(1), Term(3))])),
        (
            r#"commit = { S2 = 4, S1 = 5 }"#,
            Fact::Commit(vec![(one(2), LogIndex(4)), (one(1), LogIndex(5))]),
        ),
        (
            r#"voted_for = { S1 = "S2", S3 = "none" }"#,
            Fact::VotedFor(vec![(one(1), Some(node(2))), (one(3), None)]),
        ),
        (
            r#"log = { S1 = [1, 1, 2], S2 = [] }"#,
            Fact::Log(vec![
                (one(1), vec![Term(1), Term(1), Term(2)]),
                (one(2), Vec::new()),
            ]),
        ),
        (
            r#"value = { S1 = { x = "1", y = "" } }"#,
            Fact::Value(vec![(one(1), vec![x(), ("y".into(), "".into())])]),
        ),
        (
            r#"value = { all = { x = "1" } }"#,
            Fact::Value(vec![(Selector::All, vec![x()])]),
        ),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
    for role in ExpectedRole::ALL {
        let key = format!("roles = {{ S1 = \"{}\" }}", role.name());
        assert_eq!(fact(&key), Fact::Roles(vec![(one(1), role)]));
    }
}

#[test]
fn expectations_of_the_run() {
    let ops = OpCounts {
        ok: Some(2),
        failed: Some(0),
        unknown: Some(0),
        pending: Some(0),
    };
    let ok = OpCounts {
        ok: Some(2),
        ..OpCounts::default()
    };
    for (key, expected) in [
        (
            r#"read = { client = "c1", is = "1" }"#,
            Fact::Read {
                client: ClientId(0),
                is: "1".into(),
            },
        ),
        (
            "ops = { ok = 2, failed = 0, unknown = 0, pending = 0 }",
            Fact::Ops(ops),
        ),
        (
            "snapshot = { S1 = 10 }",
            Fact::Snapshot(vec![(one(1), LogIndex(10))]),
        ),
        ("ops = { ok = 2 }", Fact::Ops(ok)),
        ("agree = true", Fact::Agree),
        ("safe = true", Fact::Safe),
        (
            r#"violates = "election-safety""#,
            Fact::Violates("election-safety"),
        ),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
}

#[test]
fn an_expectation_keeps_the_order_and_the_lines_of_its_items() {
    let scenario = right(
        "title = \"t\"\n[[step]]\nat = \"1s\"\n[step.expect]\nsafe = true\n\nagree = true\nwithin = \"2s\"",
    );
    let expected = Expectation {
        items: vec![
            Item {
                line: 5,
                fact: Fact::Safe,
            },
            Item {
                line: 7,
                fact: Fact::Agree,
            },
        ],
        within: Some(Span::from_secs(2)),
    };
    assert_eq!(scenario.steps[0].verb, Verb::Expect(expected));
    assert_eq!(scenario.steps[0].line, 2);
}
