//! The world around the core: disks, power, the network, clients, and that a run is one run however
//! it is taken. And, whatever is done to five nodes, no property falls and they agree once healed.

use std::collections::BTreeMap;
use std::sync::Arc;

use flotilla::kv::{Operation, Response};
use flotilla::raft::{
    Body, LogIndex, MembershipChange, NodeId, NodeSet, Payload, Role, Span, Time,
};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{
    Action, Config, Happening, Heal, MessageFilter, NetworkChange, NetworkConfig, Outcome,
    Probability, Server, SpanRange, World,
};
use proptest::prelude::*;

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

fn run(text: &str) -> Run {
    match parse(text) {
        Ok(scenario) => Run::new(Arc::new(scenario), 1),
        Err(errors) => panic!("{errors:?}"),
    }
}

fn at_millis(millis: u64) -> Time {
    Time(millis * 1_000)
}

fn server(run: &Run, number: u8) -> &Server {
    run.world().server(s(number)).expect("it exists")
}

fn terms(run: &Run, number: u8) -> Vec<u64> {
    let entries = server(run, number).log().iter_from(LogIndex(1));
    entries.map(|(_, entry)| entry.term.0).collect()
}

/// Takes event after event until `is_so`.
fn until(run: &mut Run, is_so: impl Fn(&Run) -> bool) {
    while !is_so(run) {
        assert_ne!(run.advance(at_millis(60_000)), Advance::Idle, "never so");
    }
}

/// Runs to `end` and looks at what happens in every event.
fn watch(run: &mut Run, end: Time, mut look: impl FnMut(&World)) {
    loop {
        match run.advance(end) {
            Advance::Event => look(run.world()),
            Advance::Script => {}
            Advance::Idle => return,
        }
    }
}

fn holds(run: &mut Run) {
    run.run_to_end();
    let violations = run.monitor().violations();
    assert!(run.is_ok(), "{:?} {violations:?}", run.failures());
}

const SLOW_DISK: &str = r#"
title = "S1 writes over what S2 has of an earlier term, on slow disks"
[disk]
sync = "20ms"
[[node]]
id = "S1"
log = [1, 3]
[[node]]
id = "S2"
log = [1, 2, 2]
[[node]]
id = "S3"
[[step]]
timeout = "S1"
"#;

#[test]
fn a_crash_undoes_the_writes_that_were_under_way_and_nothing_else() {
    let mut run = run(SLOW_DISK);
    until(&mut run, |run| terms(run, 2).starts_with(&[1, 3]));
    let term = server(&run, 2).durable_hard_state().current_term;
    assert_eq!(server(&run, 2).durable_index(), LogIndex(1));
    run.act(Action::Crash(s(2))).expect("it is up");
    assert_eq!(terms(&run, 2), [1, 2, 2], "as it was");
    assert_eq!(server(&run, 2).hard_state().current_term, term);
    assert_eq!(term.0, 4, "its vote was durable before S1 led");
    run.act(Action::Restart(s(2))).expect("it is down");
    until(&mut run, |run| {
        terms(run, 2) == [1, 3, 4] && server(run, 2).durable_index() == LogIndex(3)
    });
    run.act(Action::Crash(s(2))).expect("it is up");
    assert_eq!(terms(&run, 2), [1, 3, 4], "all of it was durable");
    assert!(run.monitor().is_safe());
}

#[test]
fn a_crash_that_loses_nothing_keeps_the_writes_under_way() {
    let keeps = SLOW_DISK.replace("[disk]", "[disk]\nlose_unsynced = false");
    let mut run = run(&keeps);
    until(&mut run, |run| terms(run, 2).starts_with(&[1, 3]));
    let had = terms(&run, 2);
    run.act(Action::Crash(s(2))).expect("it is up");
    assert_eq!(terms(&run, 2), had);
    assert!(run.monitor().is_safe());
}

#[test]
fn a_paused_node_takes_what_has_arrived_and_the_rest_when_it_arrives() {
    let mut run = run(r#"
        title = "S2 is paused for less than a message flies"
        nodes = 2
        until = "4s"
        [network]
        latency = "100ms"
        [raft]
        election_timeout = "2s..3s"
        [[step]]
        timeout = "S1"
        [[step]]
        at = "1010ms"
        pause = "S2"
        [[step]]
        at = "1190ms"
        resume = "S2"
        [[step]]
        at = "2010ms"
        pause = "S2"
        [[step]]
        at = "2070ms"
        crash = "S2"
        [[step]]
        restart = "S2"
    "#);
    let mut arrivals = BTreeMap::new();
    let mut late = 0;
    watch(&mut run, at_millis(4_000), |world| {
        for happening in world.happenings() {
            if let Happening::Delivered(head) | Happening::Lost(head, _) = happening {
                let arrives = arrivals[&head.id];
                assert!(world.now() >= arrives, "{head:?} arrives at {arrives}");
                late += usize::from(world.now() > arrives);
            }
        }
        let flights = world.flights();
        arrivals.extend(flights.map(|flight| (flight.id(), flight.arrives())));
    });
    assert!((3..=4).contains(&late), "the heartbeats of 180 ms: {late}");
    assert!(run.is_ok());
}

#[test]
fn while_nobody_leads_the_newest_members_are_those_of_a_snapshot_too() {
    let mut run = run(r#"
        title = "S6 does not hear that it was removed, and the others have compacted that entry"
        until = "3s"
        [[step]]
        timeout = "S1"
        [[step]]
        at = "500ms"
        add = "S6"
        [[step]]
        at = "1s"
        isolate = "S6"
        [[step]]
        remove = "S6"
        [[step]]
        at = "2s"
        snapshot = ["S1", "S2", "S3", "S4", "S5"]
        [[step]]
        at = "2100ms"
        crash = "S1"
        [[step]]
        expect = { leader = "none" }
    "#);
    run.run_to(at_millis(2_100));
    assert!(run.is_ok(), "{:?}", run.failures());
    assert_eq!(run.world().configuration().voters(), NodeSet::first(5));
}

#[test]
fn a_link_that_is_cut_one_way_carries_the_other() {
    let mut run = run(r#"
        title = "S2 does not hear S1, and S1 hears S2"
        nodes = 3
        until = "3s"
        [[step]]
        timeout = "S1"
        [[step]]
        at = "1s"
        cut = { from = "S1", to = "S2" }
        [[step]]
        at = "3s"
        expect = { safe = true }
    "#);
    run.run_to(at_millis(1_000));
    let (mut to, mut from) = (0, 0);
    watch(&mut run, at_millis(3_000), |world| {
        for happening in world.happenings() {
            if let Happening::Delivered(head) = happening {
                to += usize::from((head.from, head.to) == (s(1), s(2)));
                from += usize::from((head.from, head.to) == (s(2), s(1)));
            }
        }
    });
    assert_eq!(to, 0);
    assert!(from > 0, "S2 asks S1 for its vote, at the least");
    assert!(run.world().leader().is_some_and(|id| id != s(1)));
    assert!(run.is_ok());
}

#[test]
fn a_doubled_message_is_delivered_twice_and_an_operation_done_once() {
    let mut run = run(r#"
        title = "Every message arrives twice"
        nodes = 3
        [network]
        duplicate = 1.0
        [[step]]
        timeout = "S1"
        [[step]]
        at = "100ms"
        cas = { key = "x", expect = "", value = "1" }
        [[step]]
        cas = { key = "x", expect = "1", value = "2" }
        [[step]]
        at = "2s"
        expect = { ops = { ok = 2 }, value = { all = { x = "2" } }, agree = true, safe = true }
    "#);
    let (mut sent, mut delivered) = (0, 0);
    watch(&mut run, at_millis(2_000), |world| {
        for happening in world.happenings() {
            sent += usize::from(matches!(happening, Happening::Sent(_)));
            delivered += usize::from(matches!(happening, Happening::Delivered(_)));
        }
    });
    assert_eq!(delivered + run.world().flights().count(), 2 * sent);
    holds(&mut run);
}

#[test]
fn a_write_that_outlives_its_leader_is_tried_again_and_done_once() {
    let mut run = run(r#"
        title = "S1 crashes when everyone has the write and nobody knows that it is committed"
        nodes = 3
        [network]
        latency = "10ms"
        [proxy]
        latency = "2ms"
        [[step]]
        timeout = "S1"
        [[step]]
        at = "1s"
        cas = { key = "x", expect = "", value = "1" }
        [[step]]
        after = "20ms"
        expect = { log = { all = [1, 1] }, commit = { all = 1 } }
        [[step]]
        crash = "S1"
        [[step]]
        timeout = "S2"
        [[step]]
        at = "3s"
        expect = { ops = { ok = 1 }, value = { S2 = { x = "1" }, S3 = { x = "1" } }, safe = true }
    "#);
    holds(&mut run);
    let commands = server(&run, 2).log().iter_from(LogIndex(1));
    let commands = commands.filter(|(_, entry)| matches!(entry.payload, Payload::Command(_)));
    assert_eq!(
        commands.count(),
        2,
        "the proxy's second try is an entry of its own"
    );
}

#[test]
fn reads_go_to_followers_whichever_of_them_is_down() {
    let mut run = run(r#"
        title = "Reads from followers, one of which is down"
        [proxy]
        reads = "followers"
        [[step]]
        timeout = "S1"
        [[step]]
        at = "500ms"
        put = { key = "k", value = "1" }
    "#);
    run.run_to(at_millis(1_000));
    let client = run.world().operations()[0].client;
    for down in 2..=5 {
        run.extend();
        run.act(Action::Crash(s(down))).expect("it is up");
        let asked = run.world().operations().len();
        for key in 0..8 {
            let key = format!(
                "k{}",
                if key == 0 {
                    String::new()
                } else {
                    key.to_string()
                }
            );
            let operation = Operation::Get { key: key.into() };
            let get = Action::Client {
                client,
                operation,
                node: None,
            };
            run.act(get).expect("there is such a client");
        }
        let now = run.world().now().0 / 1_000;
        run.run_to(at_millis(now + 8_000));
        let mut by = NodeSet::EMPTY;
        for record in run.world().operations().iter().skip(asked) {
            let value = (&*record.operation.key().clone() == "k").then(|| "1".into());
            assert_eq!(record.outcome, Outcome::Ok(Response::Value(value)));
            by.insert(record.answered_by.expect("a node answered"));
        }
        assert!(!by.contains(s(1)), "the leader is asked last");
        assert!(!by.contains(s(down)));
        assert!(by.len() > 1, "the reads are spread: {by}");
        run.act(Action::Restart(s(down))).expect("it is down");
        run.run_to(at_millis(now + 12_000));
    }
    assert!(run.is_ok());
}

#[test]
fn a_run_that_is_cloned_at_every_event_does_not_drift() {
    let scenario = parse(include_str!("scenarios/chaos.toml")).expect("it is a scenario");
    let mut whole = Run::new(Arc::new(scenario), 3);
    let mut cloned = whole.clone();
    let end = at_millis(5_000);
    while whole.advance(end) != Advance::Idle {
        let mut next = cloned.clone();
        // Whoever looks at what is due next changes nothing.
        next.next_time();
        next.advance(end);
        cloned = next;
        assert_eq!(whole.world().digest(), cloned.world().digest());
        assert_eq!(whole.world().cause(), cloned.world().cause());
    }
    assert!(whole.world().events() > 1_000);
}

#[test]
fn a_step_that_does_several_things_is_an_event_for_each() {
    let mut run = run(r#"
        title = "Three nodes crash, one of them a second time"
        [[step]]
        at = "10ms"
        crash = ["S1", "S2", "S3"]
        [[step]]
        crash = ["S3", "S4"]
        [[step]]
        restart = "leader"
    "#);
    let mut crashed = Vec::new();
    let mut events = 0;
    while run.advance(at_millis(10)) != Advance::Idle {
        if run.world().events() > events {
            events += 1;
            let happenings = run.world().happenings().iter();
            crashed.extend(happenings.filter_map(|happening| match happening {
                Happening::Crashed(id) => Some(*id),
                _ => None,
            }));
        }
        assert_eq!(run.world().events(), events, "each event is seen");
    }
    assert_eq!(crashed, [s(1), s(2), s(3), s(4)]);
    let lines: Vec<u32> = run.failures().iter().map(|failure| failure.line).collect();
    assert_eq!(lines, [6, 8], "S3 is down already, and nobody leads");
}

#[test]
fn what_does_not_come_true_fails_at_its_deadline() {
    let mut run = run(r#"
        title = "Nobody can lead"
        until = "3s"
        [[step]]
        isolate = "all"
        [[step]]
        at = "1s"
        expect = { leader = "some", within = "777ms" }
        [[step]]
        at = "2s"
        expect = { leader = "some", within = "5s" }
    "#);
    run.run_to_end();
    let found: Vec<_> = run.failures().iter().map(|f| (f.line, f.at)).collect();
    assert_eq!(found, [(8, at_millis(1_777)), (11, at_millis(3_000))]);
}

/// What is done to five nodes, if it can be.
fn actions() -> impl Strategy<Value = Action> {
    let node = || (1..=5u8).prop_map(s);
    let link = || (node(), node()).prop_filter("two ends", |(a, b)| a != b);
    let filter = || {
        (proptest::option::of(node()), proptest::option::of(node())).prop_map(|(from, to)| {
            MessageFilter {
                kind: None,
                from,
                to,
                nth: None,
                optional: true,
            }
        })
    };
    let groups = proptest::collection::vec(0..2usize, 5).prop_map(|sides| {
        let group = |side| {
            let ids = (1..).zip(&sides).filter(move |(_, at)| **at == side);
            ids.map(|(number, _)| s(number)).collect::<NodeSet>()
        };
        Action::Partition(vec![group(0), group(1)])
    });
    let conditions = || {
        let network = (0..40u64, 0..40u64, 0..60u64, any::<bool>());
        network.prop_map(|(loss, duplicate, spread, reorder)| NetworkChange {
            latency: Some(SpanRange::from_millis(1, 1 + spread)),
            loss: Some(Probability::from_percent(loss)),
            duplicate: Some(Probability::from_percent(duplicate)),
            reorder: Some(reorder),
        })
    };
    let network = conditions().prop_map(Action::Network);
    let own = proptest::option::of(conditions());
    let own = (link(), own).prop_map(|(link, change)| Action::Link {
        links: vec![link],
        change,
    });
    let delay = (filter(), 1..300_000u64);
    let delay = delay.prop_map(|(filter, by)| Action::Delay(filter, Span(by)));
    let operation = (
        0..3u8,
        proptest::option::of(node()),
        0..1_000u32,
        any::<bool>(),
    );
    let operation = operation.prop_map(|(key, node, value, is_read)| {
        let key = format!("k{key}").into();
        let value = value.to_string().into();
        let operation = match is_read {
            true => Operation::Get { key },
            false => Operation::Put { key, value },
        };
        (operation, node)
    });
    let client = operation.prop_map(|(operation, node)| Action::Client {
        client: flotilla::kv::ClientId(0),
        operation,
        node,
    });
    let change = (0..4u8, node(), 1..32u8).prop_map(|(kind, node, voters)| {
        let voters = (1..=5).filter(|number| voters >> (number - 1) & 1 == 1);
        Action::ChangeMembers(match kind {
            0 => MembershipChange::AddVoter(node),
            1 => MembershipChange::AddLearner(node),
            2 => MembershipChange::Remove(node),
            _ => MembershipChange::Members(voters.map(s).collect()),
        })
    });
    prop_oneof![
        2 => node().prop_map(Action::Snapshot),
        1 => node().prop_map(Action::Transfer),
        1 => change,
        2 => node().prop_map(Action::Crash),
        2 => node().prop_map(Action::Restart),
        1 => node().prop_map(Action::Pause),
        1 => node().prop_map(Action::Resume),
        3 => node().prop_map(Action::Timeout),
        1 => link().prop_map(|link| Action::Cut(vec![link])),
        1 => link().prop_map(|link| Action::Heal(Heal::Links(vec![link]))),
        1 => groups,
        1 => node().prop_map(Action::Isolate),
        1 => Just(Action::Heal(Heal::All)),
        1 => filter().prop_map(Action::Drop),
        1 => filter().prop_map(Action::Deliver),
        1 => filter().prop_map(Action::Duplicate),
        1 => delay,
        1 => own,
        1 => network,
        8 => client,
    ]
}

/// Everything is as at the start, but for what was done.
fn heal(run: &mut Run) {
    let network = NetworkConfig::default();
    run.act(Action::Heal(Heal::All)).expect("it always can");
    run.act(Action::Network(NetworkChange {
        latency: Some(network.latency),
        loss: Some(network.loss),
        duplicate: Some(network.duplicate),
        reorder: Some(network.reorder),
    }))
    .expect("it always can");
    let links = (1..=5).flat_map(|from| (1..=5).map(move |to| (s(from), s(to))));
    let links = links.filter(|(from, to)| from != to).collect();
    let change = None;
    run.act(Action::Link { links, change })
        .expect("it always can");
    for number in 1..=5 {
        // Those that are up, or run, are as they should be.
        let _ = run.act(Action::Restart(s(number)));
        let _ = run.act(Action::Resume(s(number)));
    }
}

/// Whether one node leads, and whoever is a member of its cluster is where it is.
fn agree(run: &Run) -> bool {
    let servers = run.world().servers();
    let leads = |server: &&Server| {
        server
            .node()
            .is_some_and(|n| matches!(n.role(), Role::Leader(_)))
    };
    let members = run.world().configuration().members();
    let is_member = |server: &&Server| members.contains(server.id());
    let members: Vec<&Server> = servers.iter().filter(is_member).collect();
    servers.iter().filter(leads).count() == 1
        && members.windows(2).all(|pair| {
            let [one, other] = pair else { return false };
            let last = |server: &Server| (server.log().last_index(), server.log().last_term());
            last(one) == last(other)
                && one.commit_index() == one.log().last_index()
                && one.commit_index() == other.commit_index()
                && one.store() == other.store()
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_no_property_falls_and_the_nodes_agree_once_healed(
        seed in any::<u64>(),
        sync in 0..20u64,
        snapshot_after in 0..8u64,
        rules in 0..4u8,
        script in proptest::collection::vec((0..300u64, actions()), 1..60),
    ) {
        let mut config = Config::default();
        config.disk.sync = SpanRange::from_millis(0, sync);
        config.raft.snapshot_after = snapshot_after;
        (config.raft.pre_vote, config.raft.check_quorum) = (rules & 1 > 0, rules & 2 > 0);
        let mut run = Run::live(config, seed);
        let mut at = 0;
        for (pause, action) in script {
            at += pause;
            run.run_to(at_millis(at));
            // What cannot be done is not done.
            let _ = run.act(action);
        }
        heal(&mut run);
        run.run_to(at_millis(at + 20_000));
        prop_assert!(run.monitor().is_safe(), "{:?}", run.monitor().violations());
        prop_assert!(agree(&run), "20 s after everything was healed");
        prop_assert_eq!(run.world().tally().pending, 0);
    }
}

#[test]
fn a_world_weighs_what_is_on_its_way_and_what_is_kept() {
    let mut run = run("title = \"t\"\nuntil = \"20s\"\n\
         [[step]]\nat = \"1s\"\n\
         load = { clients = 9, rate = 500, keys = 9, writes = 1, until = \"5s\" }\n\
         [[step]]\nat = \"3s\"\nnetwork = { latency = \"6s\" }\n\
         [[step]]\nat = \"5s\"\nnetwork = { latency = \"1ms\" }\n");
    let kept = |run: &Run| {
        let world = run.world();
        let logs = world.servers().iter().map(|server| server.log().len());
        logs.sum::<usize>() + world.operations().len()
    };
    run.run_to(at_millis(5_000));
    let entries = |body: &Body<_>| match body {
        Body::AppendEntries { entries, .. } => entries.len(),
        _ => 0,
    };
    let (mut messages, mut carried) = (0, 0);
    for flight in run.world().flights() {
        messages += 1;
        carried += entries(&flight.message().body);
    }
    assert!(messages > 50 && carried > 50, "{messages}, {carried}");
    // Each message is also due.
    assert!(run.world().weight() >= kept(&run) + 2 * messages + carried);
    run.run_to_end();
    let rest = run.world().weight() - kept(&run);
    assert!(rest < 50, "nothing is left on its way: {rest}");
    assert!(kept(&run) > 1_000);
}
