//! The space-time diagram of a stretch is that of the whole run, cut out: everything that left in it is
//! there with what became of it, and what led to what is what vector clocks over all events say.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::sync::Arc;

use flotilla::raft::Time;
use flotilla::scenario::{self, Advance, Host, Run};
use flotilla::sim::{Happening, LegEnd, World};
use flotilla::timeline::spacetime::{Cargo, End, Line, Sign, SpaceTime};
use flotilla::timeline::{Granularity, Timeline};
use proptest::prelude::*;

/// How many things are done at once, as in one frame of the page.
const FRAME: usize = 37;

/// A cluster with clients, losses and chaos, and somebody who doubles messages and holds them up.
fn script(seed: u64, chaos: bool) -> String {
    let chaos = match chaos {
        true => {
            "[[step]]\nat = \"700ms\"\nchaos = { until = \"1500ms\" }\n\
             [[step]]\nat = \"1700ms\"\ncrash = \"leader\"\n"
        }
        false => "",
    };
    format!(
        "title = \"T\"\nseed = {seed}\nuntil = \"2500ms\"\n\
         [network]\nloss = 0.05\nduplicate = 0.05\n\
         [[step]]\nload = {{ clients = 3, rate = 60, keys = 3, writes = 0.7, until = \"2400ms\" }}\n\
         [[step]]\nat = \"600ms\"\nduplicate = {{ optional = true }}\n\
         [[step]]\nduplicate = {{ optional = true }}\n\
         [[step]]\ndelay = {{ to = \"S2\", by = \"30ms\", optional = true }}\n\
         {chaos}\
         [[step]]\nat = \"1800ms\"\ndelay = {{ by = \"5ms\", optional = true }}\n\
         [[step]]\nduplicate = {{ optional = true }}\n"
    )
}

/// The whole run, on a timeline that keeps its past finely or not.
fn timeline(text: &str, segment: u64) -> Timeline {
    let scenario = scenario::parse(text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let seed = scenario.seed;
    let run = Run::new(Arc::new(scenario), seed);
    let mut timeline = Timeline::new(run).keeping(Granularity {
        segment,
        per_doubling: 4,
        weight: usize::MAX,
    });
    timeline.play(Time(u64::MAX), usize::MAX, &mut |_| {});
    timeline
}

fn stretch(timeline: &Timeline, from: Time, until: Time) -> SpaceTime {
    let mut stretch = SpaceTime::from(timeline.branch(), from);
    while !stretch.work(timeline.branch(), until, FRAME) {}
    stretch
}

/// Calls `each` after everything that happens in the run, from its start.
fn walk(timeline: &Timeline, mut each: impl FnMut(&World)) {
    let script = timeline.branch().script();
    let mut run = Run::new(script.clone(), script.seed);
    while run.ticks() < timeline.branch().end().tick {
        if run.advance(Time(u64::MAX)) == Advance::Event {
            each(run.world());
        }
    }
}

/// What a message or a leg came to: when it left, when what it says was said, when it ended, and whether
/// it was received.
type Way = (Time, Time, Option<(Time, bool)>);

/// Everything that left in the run, by whether it is a message and its number.
fn ways(timeline: &Timeline) -> BTreeMap<(bool, u64), Way> {
    let mut ways: BTreeMap<(bool, u64), Way> = BTreeMap::new();
    walk(timeline, |world| {
        let now = world.now();
        let mut end = |key, received| {
            if let Some((.., ended)) = ways.get_mut(&key) {
                assert_eq!(ended.replace((now, received)), None, "{key:?} ends once");
            }
        };
        for happening in world.happenings() {
            match happening {
                Happening::Delivered(head) => end((true, head.id), true),
                Happening::Lost(head, _) if !is_sent(world, head.id) => end((true, head.id), false),
                _ => {}
            }
        }
        for leg in world.ended_legs() {
            let is_up = match leg.to {
                LegEnd::Node(node) => world.server(node).is_some_and(|server| server.is_up()),
                LegEnd::Client | LegEnd::Proxy => true,
            };
            end((false, leg.id), is_up);
        }
        for happening in world.happenings() {
            if let Happening::Sent(head) | Happening::Duplicated(head) = happening {
                let lost = world.happenings().iter().any(
                    |happening| matches!(happening, Happening::Lost(lost, _) if lost.id == head.id),
                );
                ways.insert((true, head.id), (now, now, lost.then_some((now, false))));
            }
            if let Happening::Copied(head, first) = happening {
                let said = ways[&(true, *first)].1;
                ways.insert((true, head.id), (now, said, None));
            }
        }
        for leg in world.departed_legs() {
            ways.insert((false, leg.id), (now, now, None));
        }
    });
    ways
}

fn is_sent(world: &World, id: u64) -> bool {
    world.happenings().iter().any(|happening| {
        matches!(happening, Happening::Sent(head) | Happening::Duplicated(head) if head.id == id)
    })
}

fn key(line: &Line) -> (bool, u64) {
    (matches!(line.cargo, Cargo::Message { .. }), line.id)
}

/// A point, by its event and its host.
type Place = (u64, Host);
type Clock = BTreeMap<Host, u64>;

/// The vector clock of each point of the run.
fn clocks(timeline: &Timeline) -> BTreeMap<Place, Clock> {
    let mut of_hosts: BTreeMap<Host, Clock> = BTreeMap::new();
    let mut on_the_way: BTreeMap<(bool, u64), Clock> = BTreeMap::new();
    let mut all = BTreeMap::new();
    walk(timeline, |world| {
        let mut touched: BTreeMap<Host, Vec<Clock>> = BTreeMap::new();
        for leg in world.ended_legs() {
            let sent = on_the_way.remove(&(false, leg.id));
            let is_up = match leg.to {
                LegEnd::Node(node) => world.server(node).is_some_and(|server| server.is_up()),
                LegEnd::Client | LegEnd::Proxy => true,
            };
            if let Some(host) = Host::at(leg.to, leg, world).filter(|_| is_up) {
                touched.entry(host).or_default().extend(sent);
            }
        }
        for happening in world.happenings() {
            if let Some(host) = Host::of(happening, world) {
                touched.entry(host).or_default();
            }
            if let Happening::Delivered(head) = happening {
                let sent = on_the_way.remove(&(true, head.id));
                touched.entry(Host::Node(head.to)).or_default().extend(sent);
            }
        }
        for leg in world.departed_legs() {
            if let Some(host) = Host::at(leg.from, leg, world) {
                touched.entry(host).or_default();
            }
        }
        for (host, received) in touched {
            let clock = of_hosts.entry(host).or_default();
            for (other, count) in received.into_iter().flatten() {
                let known = clock.entry(other).or_default();
                *known = count.max(*known);
            }
            *clock.entry(host).or_default() += 1;
            all.insert((world.events(), host), clock.clone());
        }
        for happening in world.happenings() {
            if let Happening::Sent(head) | Happening::Duplicated(head) = happening {
                on_the_way.insert((true, head.id), of_hosts[&Host::Node(head.from)].clone());
            }
            if let Happening::Copied(head, first) = happening {
                let said = on_the_way[&(true, *first)].clone();
                on_the_way.insert((true, head.id), said);
            }
        }
        for leg in world.departed_legs() {
            if let Some(host) = Host::at(leg.from, leg, world) {
                on_the_way.insert((false, leg.id), of_hosts[&host].clone());
            }
        }
    });
    all
}

/// Whether one point led to the other, or is it.
fn leads(clocks: &BTreeMap<Place, Clock>, one: Place, other: Place) -> bool {
    let count = clocks[&one][&one.1];
    clocks[&other]
        .get(&one.1)
        .is_some_and(|&known| known >= count)
}

fn any_stretch() -> impl Strategy<Value = (u64, bool, u64, Time, Time)> {
    let times = (0u64..2_500_000, 1u64..400_000);
    (0u64..50, any::<bool>(), 1u64..200, times).prop_map(|(seed, chaos, segment, (from, long))| {
        (seed, chaos, segment, Time(from), Time(from + long))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn everything_that_left_in_the_stretch_is_there_with_what_became_of_it(
        (seed, chaos, segment, from, until) in any_stretch()
    ) {
        let timeline = timeline(&script(seed, chaos), segment);
        let stretch = stretch(&timeline, from, until);
        let mut lines: BTreeMap<_, _> = stretch.lines().iter().map(|line| (key(line), line)).collect();
        prop_assert_eq!(lines.len(), stretch.lines().len(), "each once");
        for (way, (sent, said, ended)) in ways(&timeline) {
            let over = ended.filter(|&(at, _)| at <= until);
            let is_in = sent <= until && over.is_none_or(|(at, _)| at >= from);
            let line = lines.remove(&way);
            prop_assert_eq!(line.is_some(), is_in, "{:?} from {} to {:?}", way, sent, ended);
            let Some(line) = line else {
                continue;
            };
            prop_assert_eq!(line.sent, sent);
            prop_assert_eq!(line.departure.is_some(), said >= from);
            let end = match line.end {
                End::UnderWay => None,
                End::Received(point) => Some((stretch.points()[point].at, true)),
                End::Lost(at, _) => Some((at, false)),
            };
            prop_assert_eq!(end, over, "{:?}", line);
            prop_assert!(line.due >= line.sent);
        }
        prop_assert!(lines.is_empty(), "{:?} were never sent", lines);
    }

    #[test]
    fn what_led_to_what_is_what_vector_clocks_over_the_whole_run_say(
        (seed, chaos, segment, from, until) in any_stretch(),
        choice in any::<prop::sample::Index>(),
    ) {
        let timeline = timeline(&script(seed, chaos), segment);
        let stretch = stretch(&timeline, from, until);
        let clocks = clocks(&timeline);
        let place = |point: usize| {
            let point = &stretch.points()[point];
            (point.event, point.host)
        };
        let points = stretch.points();
        let told: Vec<Place> = (0..points.len()).map(place).collect();
        let walked: Vec<Place> = clocks.keys().copied().filter(|place| told.contains(place)).collect();
        prop_assert_eq!(walked.len(), told.len(), "each point is one of the run");
        if points.is_empty() {
            return Ok(());
        }
        let chosen = choice.index(points.len());
        let cone = stretch.cone(chosen);
        for other in 0..points.len() {
            let led = leads(&clocks, place(other), place(chosen));
            let came = leads(&clocks, place(chosen), place(other));
            prop_assert_eq!(cone.points[other], led || came, "{:?} and {:?}", points[other], points[chosen]);
        }
        for (line, &is_in) in stretch.lines().iter().zip(&cone.lines) {
            let departure = line.departure.map(place);
            let receipt = match line.end {
                End::Received(point) => Some(place(point)),
                _ => None,
            };
            let led = receipt.is_some_and(|to| leads(&clocks, to, place(chosen)));
            let came = departure.is_some_and(|from| leads(&clocks, place(chosen), from));
            prop_assert_eq!(is_in, led || came, "{:?}", line);
        }
    }
}

#[test]
fn a_stretch_that_grows_is_the_same_as_one_at_once() {
    let timeline = timeline(&script(3, true), 64);
    let (from, until) = (Time(600_000), Time(1_900_000));
    let at_once = stretch(&timeline, from, until);
    let mut grown = SpaceTime::from(timeline.branch(), from);
    for until in (600_000..=1_900_000).step_by(1_300) {
        while !grown.work(timeline.branch(), Time(until), FRAME) {}
        assert_eq!(grown.until(), Some(Time(until)));
    }
    while !grown.work(timeline.branch(), until, FRAME) {}
    assert_eq!(grown.points(), at_once.points());
    assert_eq!(grown.lines(), at_once.lines());
}

#[test]
fn what_matters_has_its_sign_and_its_words() {
    let timeline = timeline(&script(3, true), 64);
    let stretch = stretch(&timeline, Time::ZERO, Time(2_500_000));
    for sign in [
        Sign::Timer,
        Sign::Learned,
        Sign::Asked,
        Sign::Answer,
        Sign::Vote,
        Sign::Commit,
        Sign::Election,
        Sign::Leader,
        Sign::Restart,
        Sign::Crash,
    ] {
        let found = stretch.points().iter().find(|point| point.sign == sign);
        let point = found.unwrap_or_else(|| panic!("no {sign:?}"));
        assert!(!point.text.is_empty(), "{point:?}");
    }
    assert!(stretch.lines().iter().all(|line| !line.text.is_empty()));
}

#[test]
fn how_much_is_in_a_stretch_is_known_at_a_glance() {
    let timeline = timeline(&script(3, false), 16);
    let branch = timeline.branch();
    let all = branch.end().tick;
    let glance = |from, until| SpaceTime::at_least(branch, Time(from), Time(until));
    assert!(glance(0, 2_500_000) <= all && glance(0, 2_500_000) > all / 2);
    assert_eq!(glance(1_000_000, 1_000_100), 0);
    assert_eq!(glance(9_000_000, 9_100_000), 0);
}
