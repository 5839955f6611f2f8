//! Going through time gives exactly the world that running there gives: whatever the run, whatever
//! the moment, backwards, and across branches.

mod link;
mod walk;

use std::sync::Arc;

use flotilla::measure::Line;
use flotilla::raft::{NodeId, Time};
use flotilla::scenario::{self, NodeSelector, Run, Scenario, Selector, Verb};
use flotilla::timeline::{
    Branch, Direction, Granularity, Kind, Moment, Parted, PartingSearch, Played, Progress, Sought,
    Timeline, Wanted, differences,
};
use proptest::prelude::*;

use walk::{Target, parts_at, ticks_with, ticks_with_line};

/// How many things are done at once, as in one frame of the page: few, so that journeys are in parts.
const FRAME: usize = 701;

fn arrive(timeline: &mut Timeline) -> Progress {
    loop {
        match timeline.work(FRAME, &mut |_| {}) {
            Progress::UnderWay(part) => {
                assert!(part.is_none_or(|part| (0.0..=1.0).contains(&part)))
            }
            there => return there,
        }
    }
}

/// Everything there is in a run, but for what it has looked ahead.
fn all(run: &Run) -> String {
    let mut run = run.clone();
    run.next_time();
    format!("{run:?}")
}

/// The run of that script at that moment, gone to without a timeline.
fn straight(script: &Arc<Scenario>, goes_on: bool, moment: Moment) -> Run {
    let mut run = Run::new(script.clone(), script.seed);
    if goes_on {
        run.extend();
    }
    while run.ticks() < moment.tick {
        run.advance(Time(u64::MAX));
    }
    if moment.at > run.world().now() {
        run.rest_until(moment.at);
    }
    run
}

fn assert_is_as_straight(timeline: &Timeline) {
    let run = timeline.run();
    let straight = straight(timeline.branch().script(), run.goes_on(), timeline.moment());
    assert_eq!(run.world().digest(), straight.world().digest());
    assert!(all(run) == all(&straight), "at {:?}", timeline.moment());
}

/// What a search comes to, a few things at a time, none of which are looked at twice.
fn look(search: &mut PartingSearch, one: &Branch, other: &Branch) -> Parted {
    let mut before = 0.0;
    loop {
        match search.work(one, other, 97) {
            Parted::UnderWay(part) => {
                assert!((before..=1.0).contains(part), "{part} after {before}");
                before = *part;
            }
            parted => return parted.clone(),
        }
    }
}

fn parted(one: &Branch, other: &Branch) -> Parted {
    let mut search = PartingSearch::new(one, other);
    let parted = look(&mut search, one, other);
    let last = match &parted {
        Parted::At(parting) => Some(parting.last),
        _ => None,
    };
    assert_eq!(last, parts_at(one, other));
    parted
}

/// A timeline that was given what a link says of another.
fn reopened(timeline: &Timeline) -> Timeline {
    let scripts = timeline
        .branches()
        .iter()
        .map(|branch| Arc::new(branch.saved()));
    let again = Timeline::of_branches(scripts.collect(), 0).expect("they are of one run");
    let mut again = again.keeping(coarse(timeline.branch().script().seed));
    let ends: Vec<_> = timeline.branches().iter().map(Branch::known).collect();
    again.tell_ends(&ends);
    again
}

/// A timeline of a wild run, of which little enough is kept that most of it is thinned out.
fn wild_timeline(seed: u64) -> Timeline {
    Timeline::new(wild(seed)).keeping(coarse(seed))
}

/// From nearly nothing to what the page keeps.
const fn coarse(seed: u64) -> Granularity {
    let (segment, per_doubling, weight) = match seed % 4 {
        0 => return Granularity::PAGE,
        1 => (16, 1, 20_000),
        2 => (64, 4, 6_000_000),
        _ => (1, 8, 50_000),
    };
    Granularity {
        segment,
        per_doubling,
        weight,
    }
}

fn wild(seed: u64) -> Run {
    let text = format!(
        "title = \"wild\"\nseed = {seed}\nuntil = \"9s\"\n[raft]\nsnapshot_after = 20\n[disk]\nsync = \"0ms..5ms\"\n\
         [[step]]\nload = {{ clients = 3, rate = 60, keys = 4, writes = 0.6, until = \"7s\" }}\n\
         [[step]]\nat = \"1s\"\nchaos = {{ until = \"6s\" }}\n\
         [[step]]\nat = \"2s\"\nexpect = {{ leader = \"some\", within = \"4s\" }}\n\
         [[step]]\nat = \"7s\"\nsnapshot = \"all\"\n"
    );
    let scenario = scenario::parse(&text).expect("it is a scenario");
    let seed = scenario.seed;
    Run::new(Arc::new(scenario), seed)
}

/// What a person might do next.
#[derive(Clone, Debug)]
enum Act {
    Play(u64),
    Step,
    StepBack,
    Seek(u64),
    SeekEvent(u64),
    Crash(u8),
    Restart(u8),
    Write(u8),
    Heal,
    Isolate(u8),
    PauseTwo(u8),
    Undo,
    Redo,
    Show(usize),
    Discard(usize),
    Find(bool, u8),
    End,
    Extend,
    Beside(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let micros = 0..12_000_000_u64;
    prop_oneof![
        3 => (1..1_500_000_u64).prop_map(Act::Play),
        3 => Just(Act::Step),
        3 => Just(Act::StepBack),
        4 => micros.prop_map(Act::Seek),
        2 => (0..9_000_u64).prop_map(Act::SeekEvent),
        2 => (1..=5_u8).prop_map(Act::Crash),
        1 => (1..=5_u8).prop_map(Act::Restart),
        2 => (0..9_u8).prop_map(Act::Write),
        1 => Just(Act::Heal),
        1 => (1..=5_u8).prop_map(Act::Isolate),
        2 => (1..=4_u8).prop_map(Act::PauseTwo),
        2 => Just(Act::Undo),
        2 => Just(Act::Redo),
        3 => (0..8_usize).prop_map(Act::Show),
        1 => (0..8_usize).prop_map(Act::Discard),
        3 => (any::<bool>(), 0..9_u8).prop_map(|(back, kind)| Act::Find(back, kind)),
        1 => Just(Act::End),
        1 => Just(Act::Extend),
        2 => (0..8_usize).prop_map(Act::Beside),
    ]
}

fn node(number: u8) -> Selector {
    NodeSelector::Node(NodeId::new(number).expect("from 1 on")).into()
}

fn write(value: u8) -> Verb {
    let text = format!("title = \"t\"\n[[step]]\nput = {{ key = \"x\", value = \"{value}\" }}\n");
    let scenario = scenario::parse(&text).expect("it is a scenario");
    scenario.steps[0].verb.clone()
}

/// Does it, and goes where it leads, which is where a walk from the start leads.
fn perform(timeline: &mut Timeline, act: &Act) {
    let (target, before) = (Target::of(timeline, act), timeline.moment());
    go(timeline, act);
    target.assert_is(timeline, before);
}

fn go(timeline: &mut Timeline, act: &Act) {
    let id = |place: usize, timeline: &Timeline| {
        let branches = timeline.branches();
        branches[place % branches.len()].id()
    };
    let mut verb = |verb| {
        // What cannot be done changes nothing.
        let before = all(timeline.run());
        if timeline.act(verb).is_err() {
            assert_eq!(all(timeline.run()), before);
        }
    };
    match *act {
        Act::Play(micros) => {
            let until = Time(timeline.moment().at.0 + micros);
            while timeline.play(until, FRAME, &mut |_| {}) == Played::Part {}
        }
        Act::Step => timeline.step(&mut |_| {}),
        Act::StepBack => timeline.step_back(),
        Act::Seek(micros) => timeline.seek(Time(micros)),
        Act::SeekEvent(number) => timeline.seek_event(number),
        Act::Crash(number) => verb(Verb::Crash(node(number))),
        Act::Restart(number) => verb(Verb::Restart(node(number))),
        Act::Write(value) => verb(write(value)),
        Act::Heal => verb(Verb::Heal(None)),
        Act::Isolate(number) => verb(Verb::Isolate(node(number))),
        Act::PauseTwo(number) => {
            let both = [number, number + 1].map(|number| NodeId::new(number).expect("from 1 on"));
            verb(Verb::Pause(Selector::Nodes(
                both.map(NodeSelector::Node).into(),
            )));
        }
        Act::Undo => drop(timeline.undo()),
        Act::Redo => drop(timeline.redo()),
        Act::Show(place) => timeline.show(id(place, timeline)),
        Act::Discard(place) => drop(timeline.discard(id(place, timeline))),
        Act::Find(back, kind) => {
            let sought = Sought::Kinds(Kind::STATES[usize::from(kind)].into());
            let until = Time(timeline.moment().at.0 + 500_000);
            let direction = match back {
                true => Direction::Back,
                false => Direction::Forward { until },
            };
            timeline.find(Wanted { sought, node: None }, direction);
        }
        Act::End => timeline.seek_end(),
        Act::Extend => timeline.extend(),
        Act::Beside(place) => timeline.put_beside(Some(id(place, timeline))),
    }
    arrive(timeline);
    while !timeline.keep_beside(FRAME) {}
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_one_does_the_world_is_as_if_one_had_run_there(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
            assert_is_as_straight(&timeline);
            if let Some((branch, beside)) = timeline.beside() {
                let straight = straight(branch.script(), beside.goes_on(), Moment::of(beside));
                assert!(all(beside) == all(&straight));
                assert!(beside.world().now() == timeline.moment().at || beside.has_ended());
                let same = branch.id() == timeline.branch().id() && beside.ticks() == timeline.moment().tick;
                assert!(!same || differences(beside.world(), timeline.run().world()).is_empty());
            }
        }
    }

    #[test]
    fn branches_part_where_somebody_acted(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
        }
        for branch in timeline.branches() {
            let parent = branch.parent();
            let Some(parent) = timeline.branches().iter().find(|other| Some(other.id()) == parent) else {
                continue;
            };
            match parted(branch, parent) {
                Parted::At(parted) => prop_assert!(parted.next.iter().all(|(at, _)| *at >= branch.begin().at)),
                // The very same was done again, or has not been done on both yet.
                _ => {
                    let step = branch.begin().step;
                    let is_same = branch.script().steps.get(step) == parent.script().steps.get(step);
                    let taken = branch.done().iter().find(|done| done.step == step);
                    let end = branch.end().tick.min(parent.end().tick);
                    prop_assert!(is_same || taken.is_none_or(|done| end < done.tick));
                }
            }
            prop_assert_eq!(parted(branch, branch), Parted::NotYet);
        }
    }

    #[test]
    fn a_search_goes_on_from_where_two_branches_were_the_same(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..20),
        parts in prop::collection::vec(0..400_000_u64, 1..20),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
        }
        // Each is as long as what has been run of it, which grows while one looks.
        let scripts: Vec<_> = timeline.branches().iter().map(|branch| Arc::new(branch.saved())).collect();
        let last = scripts.len() - 1;
        let mut again = Timeline::of_branches(scripts, last).expect("they are of one run").keeping(coarse(seed));
        let [one, other] = [last, 0].map(|place| again.branches()[place].id());
        let mut search = PartingSearch::new(&again.branches()[last], &again.branches()[0]);
        again.put_beside(Some(other));
        for (turn, part) in parts.into_iter().enumerate() {
            let until = Time(again.moment().at.0 + part);
            while again.play(until, FRAME, &mut |_| {}) == Played::Part {}
            while !again.keep_beside(FRAME) {}
            if turn == 3 {
                perform(&mut again, &Act::Write(1));
                again.put_beside(Some(other));
            }
            let branch = |id| again.branches().iter().find(|branch| branch.id() == id).expect("it is there");
            let (one, other) = (branch(one), branch(other));
            if turn % 2 == 0 {
                search.turn();
                look(&mut search, other, one);
                search.turn();
            }
            let found = match look(&mut search, one, other) {
                Parted::At(parting) => Some(parting.last),
                _ => None,
            };
            prop_assert_eq!(found, parts_at(one, other));
        }
    }

    #[test]
    fn every_branch_is_a_file_that_gives_the_same_run(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
        }
        for id in timeline.branches().iter().map(|branch| branch.id()).collect::<Vec<_>>() {
            timeline.show(id);
            arrive(&mut timeline);
            timeline.seek_end();
            arrive(&mut timeline);
            let text = scenario::write(&timeline.branch().saved());
            let script = scenario::parse(&text).map_err(|why| TestCaseError::fail(format!("{text}\n{why:?}")))?;
            let again = straight(&Arc::new(script), timeline.run().goes_on(), timeline.moment());
            prop_assert_eq!(again.world().digest(), timeline.run().world().digest(), "{}", text);
        }
    }

    #[test]
    fn a_timeline_of_the_scripts_alone_has_the_same_branches(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..40),
        parts in prop::collection::vec((0..8_usize, 0..=100_u64), 1..12),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
        }
        let mut again = reopened(&timeline);
        prop_assert_eq!(again.branches().len(), timeline.branches().len());
        for (place, part) in parts {
            let branch = &timeline.branches()[place % timeline.branches().len()];
            let tick = branch.end().tick * part / 100;
            let there = straight(branch.script(), branch.goes_on(), Moment { tick, at: Time::ZERO });
            let at = there.world().now();
            again.show(again.branches()[place % timeline.branches().len()].id());
            arrive(&mut again);
            again.seek_moment(Moment { tick, at });
            arrive(&mut again);
            prop_assert_eq!(again.moment(), Moment::of(&there));
            prop_assert_eq!(again.run().world().digest(), there.world().digest());
        }
    }

    #[test]
    fn whatever_one_does_in_a_timeline_of_scripts_forks_as_in_the_timeline_they_are_of(
        seed in 0..1_000_u64,
        acts in prop::collection::vec(act(), 1..30),
        more in prop::collection::vec(act(), 1..20),
    ) {
        let mut timeline = wild_timeline(seed);
        for act in &acts {
            perform(&mut timeline, act);
        }
        let mut again = reopened(&timeline);
        let before: Vec<_> = again.branches().iter().map(|branch| branch.script().clone()).collect();
        for act in &more {
            perform(&mut again, act);
            let there = straight(again.branch().script(), again.run().goes_on(), again.moment());
            prop_assert_eq!(again.run().world().digest(), there.world().digest());
        }
        // What somebody did once is undone by nobody who goes back and acts.
        for script in before {
            let acts = |script: &Scenario| script.steps.iter().filter(|step| step.line == 0).cloned().collect::<Vec<_>>();
            let was = acts(&script);
            let stays = |branch: &Branch| acts(branch.script()).starts_with(&was);
            prop_assert!(more.iter().any(|act| matches!(act, Act::Discard(_)))
                || again.branches().iter().any(stays));
        }
    }
}

#[test]
fn what_is_not_the_branches_of_one_run_is_no_timeline() {
    let script = |seed| Arc::new(Scenario::live(Default::default(), seed));
    assert!(Timeline::of_branches(vec![], 0).is_none());
    assert!(Timeline::of_branches(vec![script(1)], 1).is_none());
    assert!(Timeline::of_branches(vec![script(1), script(2)], 0).is_none());
    assert!(Timeline::of_branches(vec![script(1); 33], 0).is_none());
    assert!(Timeline::of_branches(vec![script(1); 32], 31).is_some());
}

#[test]
fn the_branches_of_scripts_part_where_those_of_the_run_do() {
    let mut timeline = Timeline::new(Run::live(Default::default(), 1));
    timeline.play(Time(2_000_000), usize::MAX, &mut |_| {});
    for (at, number) in [(500_000, 1), (1_000_000, 2), (700_000, 3)] {
        timeline.seek(Time(at));
        arrive(&mut timeline);
        timeline.act(Verb::Crash(node(number))).expect("it is up");
        timeline.play(Time(2_000_000), usize::MAX, &mut |_| {});
    }
    let scripts = timeline
        .branches()
        .iter()
        .map(|branch| branch.script().clone());
    let again = Timeline::of_branches(scripts.collect(), 3).expect("they are of one run");
    let begin = |branch: &Branch| (branch.id(), branch.parent(), branch.begin());
    for (branch, other) in again.branches().iter().zip(timeline.branches()) {
        assert_eq!(begin(branch), begin(other));
        assert_eq!(
            branch.end(),
            Moment::default(),
            "nothing is run before it is gone to"
        );
    }
    assert_eq!(again.branch().id(), timeline.branch().id());
}

#[test]
fn a_branch_of_a_script_is_shown_as_far_as_somebody_acted_on_it() {
    let mut timeline = Timeline::new(Run::live(Default::default(), 1));
    timeline.play(Time(2_000_000), usize::MAX, &mut |_| {});
    timeline.act(Verb::Crash(node(1))).expect("it is up");
    timeline.seek(Time(1_000_000));
    arrive(&mut timeline);
    timeline.act(Verb::Crash(node(2))).expect("it is up");
    let scripts = timeline
        .branches()
        .iter()
        .map(|branch| branch.script().clone());
    let mut again = Timeline::of_branches(scripts.collect(), 1).expect("they are of one run");
    again.seek(Time(9_000_000));
    arrive(&mut again);
    again.show(again.branches()[0].id());
    arrive(&mut again);
    assert_eq!(again.moment().at, Time(2_000_000));
    assert_eq!(again.run().steps_taken(), 1);
}

/// Fifty-one nodes that send without end what never arrives.
const STORM: &str = r#"title = "storm"
nodes = 51
until = "60m"
[network]
latency = "1440m"
[raft]
heartbeat = "1us"
[[step]]
at = "1us"
timeout = "S1"
[[step]]
at = "2us"
deliver = {}
[[step]]
at = "3us"
deliver = {}
"#;

#[test]
fn one_can_act_where_a_branch_that_is_gone_to_has_grown_too_large() {
    let (calm, _) = STORM.split_once("[[step]]").expect("it has steps");
    let calm = format!("{calm}[[step]]\nat = \"50m\"\ncrash = \"S1\"\n");
    let scripts = [&calm, STORM].map(|text| Arc::new(scenario::parse(text).expect("a scenario")));
    let mut timeline = Timeline::of_branches(scripts.into(), 0).expect("they are of one run");
    let at = Time(200_000);
    timeline.tell_ends(&[Moment::default(), Moment { tick: 1, at }]);
    timeline.seek(Time(100_000));
    assert_eq!(arrive(&mut timeline), Progress::Arrived);
    timeline.show(timeline.branches()[1].id());
    assert_eq!(arrive(&mut timeline), Progress::TooLarge);
    timeline.act(write(1)).expect("it is on its way no more");
}

#[test]
fn a_run_that_grows_without_end_stops_and_one_can_still_go_back() {
    let scenario = scenario::parse(STORM).expect("it is a scenario");
    let mut timeline = Timeline::new(Run::new(Arc::new(scenario), 1));
    timeline.seek(Time(3_600_000_000));
    assert_eq!(arrive(&mut timeline), Progress::TooLarge);
    let weight = timeline.run().world().weight();
    assert!((1_000_000..2_000_000).contains(&weight), "{weight}");
    timeline.seek_event(100);
    assert_eq!(arrive(&mut timeline), Progress::Arrived);
    assert_eq!(timeline.run().world().events(), 100);
}

#[test]
fn a_moment_that_there_is_not_is_the_nearest_one_before_what_is_due() {
    let mut timeline = Timeline::new(wild(1));
    timeline.seek_moment(Moment {
        tick: 0,
        at: Time(5_000_000),
    });
    assert_eq!(arrive(&mut timeline), Progress::Arrived);
    assert_eq!(timeline.moment().tick, 0);
    assert_is_as_straight(&timeline);
}

#[test]
fn whatever_comes_while_a_branch_is_on_its_way_nothing_is_mixed() {
    let mut timeline = Timeline::new(wild(1));
    for at in [6_000_000, 2_000_000] {
        timeline.seek(Time(at));
        arrive(&mut timeline);
    }
    timeline.act(write(1)).expect("it can be asked");
    let [first, second] = [0, 1].map(|place| timeline.branches()[place].id());
    timeline.seek(Time(5_900_000));
    arrive(&mut timeline);
    for turn in 0..8 {
        timeline.show(if turn % 2 == 0 { first } else { second });
        timeline.work(1, &mut |_| {});
        assert!(timeline.act(write(2)).is_err());
        match turn / 2 {
            0 => timeline.step(&mut |_| {}),
            1 => timeline.step_back(),
            2 => drop(timeline.undo()),
            _ => timeline.stop(),
        }
        arrive(&mut timeline);
        assert_is_as_straight(&timeline);
        timeline.seek(Time(5_900_000));
        arrive(&mut timeline);
        assert_is_as_straight(&timeline);
    }
    assert_eq!(timeline.branches().len(), 2);
}

#[test]
fn the_end_is_judged_once_nothing_more_is_due_at_it() {
    let text = "title = \"t\"\nuntil = \"1s\"\n[[step]]\nat = \"1s\"\nheal = true\n";
    let scenario = Arc::new(scenario::parse(text).expect("it is a scenario"));
    let mut timeline = Timeline::new(Run::new(scenario, 1));
    for act in [
        Act::Seek(2_000_000),
        Act::StepBack,
        Act::Step,
        Act::Heal,
        Act::Undo,
    ] {
        perform(&mut timeline, &act);
        assert_is_as_straight(&timeline);
    }
}

/// Goes from one to the next until there is none, and gives where each is.
fn go_all(timeline: &mut Timeline, wanted: Wanted, direction: Direction) -> Vec<u64> {
    let mut found = Vec::new();
    loop {
        timeline.find(wanted, direction);
        if arrive(timeline) != Progress::Arrived {
            return found;
        }
        let tick = timeline.moment().tick;
        assert_ne!(found.last(), Some(&tick), "it stays where it is");
        found.push(tick);
    }
}

/// From the end of what has been run, all the way back and on again.
fn assert_finds(timeline: &mut Timeline, wanted: Wanted, all: &[u64]) {
    let end = timeline.moment();
    let mut back = go_all(timeline, wanted, Direction::Back);
    back.reverse();
    assert_eq!(back, all, "{wanted:?}, back");
    let on = go_all(timeline, wanted, Direction::Forward { until: end.at });
    // From the first of them, or the end when there is none.
    assert_eq!(on, all.get(1..).unwrap_or_default(), "{wanted:?}");
    assert_eq!(timeline.moment(), end);
}

/// A wild run that has come to just after an expectation, with which nothing happens.
fn run_to_an_expectation(segment: u64) -> Timeline {
    let granularity = Granularity {
        segment,
        per_doubling: 2,
        ..Granularity::PAGE
    };
    let mut timeline = Timeline::new(wild(3)).keeping(granularity);
    timeline.seek(Time(2_000_001));
    arrive(&mut timeline);
    timeline
}

#[test]
fn every_event_that_matters_is_found_going_back_and_going_on() {
    for segment in [1, 4, 16] {
        let mut timeline = run_to_an_expectation(segment);
        let until = timeline.moment().at;
        for kind in Kind::STATES {
            for node in [None, NodeId::new(2)] {
                let sought = Sought::Kinds(kind.into());
                let all = ticks_with(&wild(3), until, kind, node);
                assert_finds(&mut timeline, Wanted { sought, node }, &all);
            }
        }
    }
}

#[test]
fn every_firing_of_a_line_of_figure_2_is_found_going_back_and_going_on() {
    let mut timeline = run_to_an_expectation(16);
    let until = timeline.moment().at;
    for &line in Line::ALL {
        for node in [None, NodeId::new(2)] {
            let all = ticks_with_line(&wild(3), until, line, node);
            // Of what happens all the time, the first are enough.
            if all.len() <= 60 {
                let sought = Sought::Line(line);
                assert_finds(&mut timeline, Wanted { sought, node }, &all);
            }
        }
    }
}

#[test]
fn what_is_far_ahead_is_found_without_going_through_what_is_between() {
    let mut timeline = Timeline::new(wild(3)).keeping(Granularity {
        segment: 16,
        ..Granularity::PAGE
    });
    timeline.seek(Time(9_000_000));
    arrive(&mut timeline);
    let line = Line::BecomeLeader;
    let last = ticks_with_line(&wild(3), Time(9_000_000), line, None).pop();
    let last = last.expect("there are elections");
    timeline.seek_moment(Moment::default());
    arrive(&mut timeline);
    let until = Time(9_000_000);
    let sought = Sought::Line(line);
    let mut things = 0;
    while timeline.moment().tick < last {
        let wanted = Wanted { sought, node: None };
        timeline.find(wanted, Direction::Forward { until });
        while let Progress::UnderWay(_) = timeline.work(1, &mut |_| things += 1) {}
    }
    assert_eq!(timeline.moment().tick, last);
    let elections = ticks_with_line(&wild(3), until, line, None).len();
    // A segment for each, and one that is gone through for nothing.
    assert!(things <= 32 * elections, "{things} for {elections}, {last}");
}

#[test]
fn all_branches_together_have_a_bounded_past_and_that_of_the_one_shown_is_kept_longest() {
    let weight = 150_000;
    let granularity = Granularity {
        segment: 8,
        weight,
        ..Granularity::PAGE
    };
    let mut timeline = Timeline::new(wild(2)).keeping(granularity);
    for at in 1..=20 {
        perform(&mut timeline, &Act::Seek(at * 50_000));
        perform(&mut timeline, &Act::Write(at as u8));
        perform(&mut timeline, &Act::Play(300_000));
    }
    assert_eq!(timeline.branches().len(), 20);
    // A look at it is due every 32 segments; until then as many more may be kept.
    assert!(
        timeline.weight() <= weight + 33 * 600,
        "{}",
        timeline.weight()
    );
    let kept: Vec<_> = timeline
        .branches()
        .iter()
        .map(Branch::checkpoints)
        .collect();
    assert_eq!(kept.iter().max(), kept.last(), "{kept:?}");
    for place in 0..20 {
        perform(&mut timeline, &Act::Show(place));
        assert_is_as_straight(&timeline);
    }
}

#[test]
fn when_the_first_branch_is_discarded_the_oldest_of_those_that_part_from_it_is_the_first() {
    let mut timeline = live_with_forks();
    let ids: Vec<_> = timeline.branches().iter().map(Branch::id).collect();
    let acts = |timeline: &Timeline| {
        let branches = timeline.branches().iter();
        branches
            .map(|branch| branch.act().map(|step| step.verb.clone()))
            .collect::<Vec<_>>()
    };
    let crash = |number| Some(Verb::Crash(node(number)));
    assert_eq!(acts(&timeline), [None, crash(1), crash(2), crash(3)]);
    assert_eq!(timeline.branches()[3].parent(), Some(ids[2]));
    timeline.discard(ids[0]).expect("it is not shown");
    assert_eq!(acts(&timeline), [None, crash(2), crash(3)]);
    let parents: Vec<_> = timeline.branches().iter().map(Branch::parent).collect();
    assert_eq!(parents, [None, Some(ids[1]), Some(ids[2])]);
    let begin = |place: usize| timeline.branches()[place].begin().at;
    assert_eq!([0, 1, 2].map(begin), [0, 500_000, 1_700_000].map(Time));
}

/// A live run from which two others part, and a third from the last of these.
fn live_with_forks() -> Timeline {
    let mut timeline = Timeline::new(Run::live(Default::default(), 1));
    let first = timeline.branch().id();
    timeline.play(Time(2_000_000), usize::MAX, &mut |_| {});
    for (at, number) in [(500_000, 1), (1_000_000, 2), (1_700_000, 3)] {
        if number == 2 {
            timeline.show(first);
            arrive(&mut timeline);
        }
        timeline.seek(Time(at));
        arrive(&mut timeline);
        timeline.act(Verb::Crash(node(number))).expect("it is up");
        timeline.play(Time(2_000_000), usize::MAX, &mut |_| {});
    }
    timeline
}
