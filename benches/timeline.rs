//! Going through the time of a long run: how long it takes to get to any moment of it, and what its
//! history costs. Five nodes, 50 writes a second, the oracles on.
//!
//! `cargo bench --bench timeline`: of 1,000,000 events; of more, and with logs that are compacted:
//! `cargo bench --bench timeline -- 10000000 1000` (events, and `snapshot_after`).
//!
//! Bytes are those that the allocator was asked for and has not got back.

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

use flotilla::raft::{Span, Time};
use flotilla::scenario::{Advance, Run};
use flotilla::sim::{Action, Config, LoadConfig, Probability};
use flotilla::timeline::{Played, Progress, Timeline};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Events in the run, unless somebody says otherwise.
const EVENTS: u64 = 1_000_000;
/// After so many events, and each time twice as many, bytes are told.
const FIRST_TOLD: u64 = 250_000;
/// Moments gone to.
const SEEKS: usize = 1_000;
/// Events in one of the pieces that are run with a history and without in turn.
const PIECE: u64 = 20_000;
const FOREVER: Time = Time(u64::MAX);

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let events = numbers.next().unwrap_or(EVENTS);
    let snapshot_after = numbers.next().unwrap_or(0);
    println!("five nodes, 50 writes a second, snapshot_after = {snapshot_after}");
    tell_price(&cluster(snapshot_after), events);
    let before = allocated();
    let mut timeline = tell_growth(cluster(snapshot_after), events);
    tell_seeks(&mut timeline);
    tell_parts(timeline, before);
}

/// A run with 50 writes a second.
fn cluster(snapshot_after: u64) -> Run {
    let mut config = Config::default();
    config.raft.snapshot_after = snapshot_after;
    let mut run = Run::live(config, 1);
    let load = LoadConfig {
        clients: 4,
        interval: Span(20_000),
        keys: 5,
        writes: Probability::from_percent(100),
        until: FOREVER,
    };
    run.act(Action::Load(load))
        .expect("the load is a possible one");
    run
}

/// What keeping a history costs: the same pieces of the run in turn, with one and without.
fn tell_price(start: &Run, events: u64) {
    let (mut run, mut timeline) = (start.clone(), Timeline::new(start.clone()));
    let (mut alone, mut kept, mut ratios) = (Duration::ZERO, Duration::ZERO, Vec::new());
    for _ in 0..events.min(EVENTS) / PIECE {
        let without = time(|| {
            for _ in 0..PIECE {
                assert_eq!(run.advance(FOREVER), Advance::Event);
            }
        });
        let with = time(|| {
            timeline.play(FOREVER, PIECE as usize, &mut |_| {});
        });
        ratios.push(with.as_secs_f64() / without.as_secs_f64());
        (alone, kept) = (alone + without, kept + with);
    }
    ratios.sort_by(f64::total_cmp);
    let rate = |took: Duration| events.min(EVENTS) as f64 / took.as_secs_f64();
    println!(
        "events a second: {:.0} without a history, {:.0} with one; by pairs {:.2} × as long",
        rate(alone),
        rate(kept),
        ratios[ratios.len() / 2]
    );
}

/// What the run and its history take, as it grows.
fn tell_growth(start: Run, events: u64) -> Timeline {
    let before = allocated();
    let mut timeline = Timeline::new(start);
    let mut told = FIRST_TOLD.min(events);
    loop {
        let left = told - timeline.run().world().events();
        let played = timeline.play(FOREVER, left as usize, &mut |_| {});
        tell_bytes(&timeline, allocated() - before);
        if played == Played::TooLarge {
            println!("larger than a run may be: compact its logs");
        }
        if told == events || played == Played::TooLarge {
            return timeline;
        }
        told = (2 * told).min(events);
    }
}

fn tell_bytes(timeline: &Timeline, all: usize) {
    let world = timeline.run().world();
    let per_event = |bytes: usize| bytes as f64 / world.events() as f64;
    println!(
        "{:>10} events, {:>6} s, {:>7} operations: {:>6.1} MB in all, {:.1} bytes an event; \
         {} checkpoints",
        world.events(),
        world.now().0 / 1_000_000,
        world.operations().len(),
        all as f64 / 1e6,
        per_event(all),
        timeline.branch().checkpoints(),
    );
}

/// Goes to moments at random, and tells how long it takes.
fn tell_seeks(timeline: &mut Timeline) {
    let end = timeline.branch().end().at.0;
    let mut random = Random(1);
    let mut took: Vec<Duration> = (0..SEEKS)
        .map(|_| {
            let at = Time(random.next() % (end + 1));
            time(|| {
                timeline.seek(at);
                assert_eq!(timeline.work(usize::MAX, &mut |_| {}), Progress::Arrived);
            })
        })
        .collect();
    took.sort();
    println!(
        "{SEEKS} seeks to random moments: p50 {:.2?}, p99 {:.2?}, longest {:.2?}",
        took[SEEKS / 2],
        took[SEEKS * 99 / 100],
        took[SEEKS - 1]
    );
}

/// What of all that is the run at its end, and what is there only to go back.
fn tell_parts(mut timeline: Timeline, before: usize) {
    timeline.seek_end();
    timeline.work(usize::MAX, &mut |_| {});
    let (run, all) = (timeline.run().clone(), allocated());
    drop(timeline);
    let alone = allocated();
    println!(
        "the run {:.1} MB, its history beside it {:.1} MB",
        (alone - before) as f64 / 1e6,
        (all - alone) as f64 / 1e6
    );
    drop(run);
}

fn allocated() -> usize {
    ALLOCATED.current_usage()
}

fn time(work: impl FnOnce()) -> Duration {
    let clock = Instant::now();
    work();
    clock.elapsed()
}

/// Numbers at random, the same each time: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 1
    }
}
