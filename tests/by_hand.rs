//! What a person does to single messages, to single links, and to what goes on by itself.

use std::sync::Arc;

use flotilla::raft::{MessageKind, NodeId, Span, Time};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{Course, Happening, NetworkChange, SpanRange, World};

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

fn run(text: &str) -> Run {
    run_of(text, 1)
}

fn run_of(text: &str, seed: u64) -> Run {
    match parse(text) {
        Ok(scenario) => Run::new(Arc::new(scenario), seed),
        Err(errors) => panic!("{errors:?}"),
    }
}

/// Runs to the end and looks at what happens in every event.
fn watch(run: &mut Run, mut look: impl FnMut(&World)) {
    loop {
        match run.advance(Time(u64::MAX)) {
            Advance::Event => look(run.world()),
            Advance::Script => {}
            Advance::Idle => return,
        }
    }
}

/// Which messages of that kind from S1 to S2 arrive, and when.
fn arrivals(run: &mut Run, kind: MessageKind) -> Vec<(u64, Time)> {
    let mut arrivals = Vec::new();
    watch(run, |world| {
        for happening in world.happenings() {
            if let Happening::Delivered(head) = happening
                && (head.from, head.to, head.kind()) == (s(1), s(2), kind)
            {
                arrivals.push((head.id, world.now()));
            }
        }
    });
    arrivals
}

/// S1 asks for votes at 10 ms; each message takes 20 ms.
fn campaign(more: &str) -> Run {
    run(&format!(
        "title = \"t\"\nnodes = 3\nuntil = \"200ms\"\n[network]\nlatency = \"20ms\"\n\
         [raft]\nelection_timeout = \"500ms..600ms\"\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n{more}"
    ))
}

#[test]
fn a_copy_of_a_message_leaves_its_sender_now_and_both_arrive() {
    let mut run = campaign(
        "[[step]]\nat = \"15ms\"\nduplicate = { kind = \"RequestVote\", from = \"S1\", to = \"S2\" }",
    );
    let times: Vec<_> = arrivals(&mut run, MessageKind::RequestVote)
        .into_iter()
        .map(|(_, at)| at)
        .collect();
    assert_eq!(times, [Time(30_000), Time(35_000)]);
    assert_eq!(run.failures(), []);
}

#[test]
fn a_copy_says_what_the_first_one_says_and_was_caused_by_the_same_event() {
    let mut run = campaign("[[step]]\nat = \"15ms\"\nduplicate = { to = \"S2\" }");
    while run.world().now() < Time(15_000) {
        run.advance(Time(15_000));
    }
    let mut flights: Vec<_> = run.world().flights().collect();
    flights.retain(|flight| flight.message().to == s(2));
    flights.sort_by_key(|flight| flight.id());
    let [first, copy] = flights.as_slice() else {
        panic!("two messages: {flights:?}");
    };
    assert_eq!(first.message(), copy.message());
    assert_eq!(first.cause(), copy.cause());
    assert_eq!(copy.sent(), Time(15_000));
    let copied = [Happening::Copied(copy.head(), first.id())];
    assert_eq!(run.world().happenings(), copied);
}

#[test]
fn a_message_that_is_held_up_arrives_once_and_later() {
    let delay = "delay = { kind = \"RequestVote\", to = \"S2\", by = \"40ms\" }\n";
    for (twice, expected) in [(1, 70_000), (2, 110_000)] {
        let delays = format!("[[step]]\nat = \"15ms\"\n{delay}").repeat(twice);
        let mut run = campaign(&delays);
        let arrivals = arrivals(&mut run, MessageKind::RequestVote);
        let times: Vec<_> = arrivals.into_iter().map(|(_, at)| at).collect();
        assert_eq!(times, [Time(expected)]);
    }
}

#[test]
fn a_message_held_up_on_its_way_to_a_paused_node_is_taken_once_when_it_has_arrived_and_the_node_goes_on()
 {
    for (resumed, expected) in [("40ms", 70_000), ("90ms", 90_000)] {
        let mut run = campaign(&format!(
            "[[step]]\nat = \"12ms\"\npause = \"S2\"\n\
             [[step]]\nat = \"29ms\"\ndelay = {{ to = \"S2\", by = \"40ms\" }}\n\
             [[step]]\nat = \"{resumed}\"\nresume = \"S2\"\n"
        ));
        let arrivals = arrivals(&mut run, MessageKind::RequestVote);
        let times: Vec<_> = arrivals.into_iter().map(|(_, at)| at).collect();
        assert_eq!(times, [Time(expected)], "resumed at {resumed}");
    }
}

#[test]
fn what_is_held_up_can_be_delivered_now_or_dropped() {
    let delayed =
        "[[step]]\nat = \"15ms\"\ndelay = { to = \"S2\", by = \"1s\" }\n[[step]]\nat = \"20ms\"\n";
    let mut delivered = campaign(&format!("{delayed}deliver = {{ to = \"S2\" }}"));
    let times = arrivals(&mut delivered, MessageKind::RequestVote);
    assert_eq!(times.first().map(|(_, at)| *at), Some(Time(20_000)));
    assert_eq!(times.len(), 1);
    let mut dropped = campaign(&format!("{delayed}drop = {{ to = \"S2\" }}"));
    assert_eq!(arrivals(&mut dropped, MessageKind::RequestVote), []);
}

#[test]
fn nothing_in_flight_to_double_or_hold_up_is_told() {
    for (step, message) in [
        (
            "duplicate = { to = \"S1\" }",
            "no message to S1 is in flight",
        ),
        (
            "delay = { kind = \"TimeoutNow\", by = \"1ms\" }",
            "no TimeoutNow is in flight",
        ),
        ("stop = \"load\"", "no load is under way"),
        ("stop = \"chaos\"", "no chaos is under way"),
    ] {
        let mut run = campaign(&format!("[[step]]\nat = \"15ms\"\n{step}"));
        run.run_to_end();
        let told: Vec<_> = run.failures().iter().map(|f| f.message.as_str()).collect();
        assert_eq!(told, [message]);
    }
}

#[test]
fn a_link_has_its_own_latency_and_the_others_that_of_the_network() {
    let mut run = campaign(
        "[[step]]\nat = \"5ms\"\nlink = { from = \"S1\", to = \"S2\", latency = \"50ms\" }\n\
         [[step]]\nat = \"6ms\"\nnetwork = { latency = \"10ms\" }\n[[step]]\nat = \"7ms\"\nheal = true\n",
    );
    run.run_to(Time(8_000));
    let world = run.world();
    let ms = |ms| SpanRange::exactly(Span::from_millis(ms));
    assert_eq!(world.link(s(1), s(2)).latency, ms(50));
    assert_eq!(
        world.link(s(2), s(1)).latency,
        ms(10),
        "the other direction"
    );
    let own = NetworkChange {
        latency: Some(ms(50)),
        ..NetworkChange::default()
    };
    assert_eq!(world.own_conditions(s(1), s(2)), Some(own));
    assert_eq!(world.own_conditions(s(1), s(3)), None);
    let times = arrivals(&mut run, MessageKind::RequestVote);
    assert_eq!(times.first().map(|(_, at)| *at), Some(Time(60_000)));
}

#[test]
fn a_link_that_loses_everything_loses_it_until_it_is_as_the_network_again() {
    let mut run = run("title = \"t\"\nnodes = 3\nuntil = \"2s\"\n\
         [[step]]\nlink = { from = \"S1\", to = \"S2\", loss = 1 }\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"100ms\"\nlink = { between = [\"S1\", \"S2\"], reset = true }\n");
    let times = arrivals(&mut run, MessageKind::RequestVote);
    assert_eq!(times, [], "the only one was lost");
    assert!(run.world().own_conditions(s(1), s(2)).is_none());
    assert_eq!(run.world().link(s(1), s(2)), run.world().network());
    let heard = run
        .world()
        .server(s(2))
        .map(|s| s.hard_state().current_term);
    assert_eq!(
        heard,
        run.world()
            .server(s(1))
            .map(|s| s.hard_state().current_term)
    );
}

#[test]
fn a_run_whose_links_are_too_slow_for_its_timeouts_is_not_judged_for_liveness() {
    let text = |reset: &str| {
        format!(
            "title = \"t\"\nnodes = 3\nuntil = \"20s\"\n\
             [[step]]\nlink = {{ from = \"all\", to = \"all\", latency = \"1s\" }}\n{reset}"
        )
    };
    let mut slow = run(&text(""));
    slow.run_to_end();
    assert!(slow.world().leader().is_none());
    assert!(slow.is_ok(), "{:?}", slow.monitor().violations());
    let mut healed = run(&text(
        "[[step]]\nat = \"5s\"\nlink = { from = \"all\", to = \"all\", reset = true }",
    ));
    healed.run_to_end();
    assert!(healed.is_ok() && healed.world().leader().is_some());
}

/// Operations asked for in the whole run.
fn asked(run: &Run) -> usize {
    run.world().operations().len()
}

#[test]
fn a_load_without_an_end_goes_on_until_it_is_stopped() {
    let load = "title = \"t\"\nuntil = \"6s\"\n[[step]]\nat = \"1s\"\n\
                load = { clients = 3, rate = 100, keys = 5, writes = 0.5 }\n";
    let mut endless = run(load);
    endless.run_to_end();
    assert!(endless.world().under_load());
    let stop = "[[step]]\nat = \"3s\"\nstop = \"load\"\n";
    let mut stopped = run(&format!("{load}{stop}"));
    stopped.run_to(Time(2_999_999));
    while stopped.world().under_load() {
        assert_ne!(stopped.advance(Time(3_000_000)), Advance::Idle, "stopped");
    }
    assert_eq!(stopped.world().now(), Time(3_000_000));
    assert!(
        stopped
            .world()
            .happenings()
            .contains(&Happening::LoadStopped)
    );
    let until_then = asked(&stopped);
    assert!(until_then > 100, "{until_then}");
    stopped.run_to_end();
    assert_eq!(asked(&stopped), until_then, "nothing more is asked for");
    assert_eq!(
        stopped.world().tally().pending,
        0,
        "what was asked is answered"
    );
    assert!(asked(&endless) > 2 * until_then);
    assert!(stopped.is_ok());
}

/// When chaos struck and what it did.
fn strikes(run: &mut Run) -> Vec<(Time, String)> {
    let mut strikes = Vec::new();
    watch(run, |world| {
        let told = world.happenings().iter().filter(|happening| {
            matches!(
                happening,
                Happening::Crashed(_)
                    | Happening::Paused(_)
                    | Happening::Partitioned(_)
                    | Happening::Isolated(_)
                    | Happening::AllHealed
                    | Happening::Network(_)
            )
        });
        strikes.extend(told.map(|what| (world.now(), format!("{what:?}"))));
    });
    strikes
}

#[test]
fn chaos_that_is_stopped_heals_what_it_broke_at_once() {
    for seed in 1..20 {
        let mut run = run_of(
            "title = \"t\"\nuntil = \"30s\"\n[network]\nduplicate = 0.01\n[[step]]\nat = \"1s\"\nchaos = {}\n\
             [[step]]\nat = \"12345ms\"\nstop = \"chaos\"\n\
             [[step]]\nexpect = { agree = true, leader = \"some\", within = \"10s\" }\n",
            seed,
        );
        run.run_to(Time(12_344_999));
        while run.world().in_chaos() {
            assert_ne!(run.advance(Time(12_345_000)), Advance::Idle, "stopped");
        }
        let world = run.world();
        assert_eq!(world.now(), Time(12_345_000));
        assert!(world.happenings().contains(&Happening::ChaosEnded));
        assert_eq!(world.network(), world.config().network);
        assert!(world.groups().is_empty());
        assert!(world.servers().iter().all(|s| s.is_up() && !s.is_paused()));
        let after = strikes(&mut run);
        assert_eq!(after, [], "it strikes no more");
        assert!(
            run.is_ok(),
            "{:?} {:?}",
            run.failures(),
            run.monitor().violations()
        );
    }
}

#[test]
fn after_a_chaos_that_was_stopped_the_next_one_strikes_no_more_often_than_one_does() {
    let mut run = run(
        "title = \"t\"\nuntil = \"20s\"\n[[step]]\nat = \"1s\"\nchaos = {}\n\
         [[step]]\nat = \"1001ms\"\nstop = \"chaos\"\n[[step]]\nat = \"1002ms\"\nchaos = { until = \"19s\" }\n",
    );
    let mut times = Vec::new();
    watch(&mut run, |world| {
        // What nobody outside did, and no node: chaos is caused by chaos.
        let is_chaos = world.happenings().iter().any(|what| {
            matches!(
                what,
                Happening::Paused(_) | Happening::Crashed(_) | Happening::AllHealed
            )
        });
        if is_chaos && world.now() > Time(1_002_000) && world.now() < Time(19_000_000) {
            times.push(world.now());
        }
    });
    assert!(times.len() > 5);
    let closest = times.windows(2).map(|two| two[1].since(two[0])).min();
    assert!(closest >= Some(Span::from_millis(100)), "{closest:?}");
}

#[test]
fn chaos_with_a_seed_is_the_same_in_runs_of_any_seed() {
    let text = |seed: &str| {
        format!(
            "title = \"t\"\nuntil = \"11s\"\n[[step]]\nat = \"1s\"\nchaos = {{ until = \"10s\"{seed} }}\n"
        )
    };
    let of = |text: &str, seed| strikes(&mut run_of(text, seed));
    let given = text(", seed = 7");
    assert!(of(&given, 1).len() > 10);
    assert_eq!(of(&given, 1), of(&given, 2));
    assert_eq!(
        of(&given, 1),
        of(&text(""), 7),
        "as the first of a run of that seed"
    );
    assert_ne!(of(&text(""), 1), of(&text(""), 2));
}

#[test]
fn what_goes_on_is_told_with_its_end() {
    let mut run = run("title = \"t\"\nuntil = \"9s\"\n[[step]]\nat = \"1s\"\n\
         load = { clients = 3, rate = 100, keys = 5, writes = 0.5, until = \"4s\" }\n\
         [[step]]\nchaos = { until = \"5s\" }\n");
    assert!(run.world().load().is_none());
    run.run_to(Time(2_000_000));
    let end = run.world().load().map(|load| load.until);
    assert_eq!(end, Some(Time(4_000_000)));
    assert!(run.world().in_chaos());
    run.run_to_end();
    assert!(run.world().load().is_none() && !run.world().in_chaos());
    assert_eq!(
        [Course::Load, Course::Chaos].map(Course::name),
        ["load", "chaos"]
    );
}
