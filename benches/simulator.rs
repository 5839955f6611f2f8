//! The simulator's speed: events a second with the oracles on, five nodes, idle and with 50 writes a
//! second; and how much faster than real time that is.
//!
//! `cargo bench --bench simulator`

use std::hint::black_box;
use std::time::Instant;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

use flotilla::raft::{Span, Time};
use flotilla::scenario::{Advance, Run};
use flotilla::sim::{Action, Config, LoadConfig, Probability};

/// Simulated time before the measurement, for the first election.
const WARM_UP: Time = Time(2_000_000);
/// Events in one measured run.
const EVENTS: u64 = 20_000;

/// A cluster with a leader, and with that many writes a second; 0: idle.
fn cluster(writes_per_second: u64) -> Run {
    let mut run = Run::live(Config::default(), 1);
    run.run_to(WARM_UP);
    if let Some(interval) = 1_000_000_u64.checked_div(writes_per_second) {
        let load = LoadConfig {
            clients: 4,
            interval: Span(interval),
            keys: 5,
            writes: Probability::from_percent(100),
            until: Time(u64::MAX),
        };
        run.act(Action::Load(load))
            .expect("the load is a possible one");
    }
    run
}

fn take_events(mut run: Run, events: u64) -> Run {
    for _ in 0..events {
        assert_eq!(run.advance(Time(u64::MAX)), Advance::Event);
    }
    run
}

fn simulator(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simulator");
    group
        .throughput(Throughput::Elements(EVENTS))
        .sample_size(20);
    for (name, writes) in [("idle", 0), ("50 writes a second", 50)] {
        let start = cluster(writes);
        group.bench_function(format!("5 nodes, oracles on, {name}"), |bencher| {
            bencher.iter_batched(
                || start.clone(),
                |run| black_box(take_events(run, EVENTS)),
                BatchSize::LargeInput,
            );
        });
        tell_real_time_factor(name, start);
    }
    group.finish();
}

/// How much faster than real time one long run is; criterion has no figure for it.
fn tell_real_time_factor(name: &str, run: Run) {
    let from = run.world().now();
    let clock = Instant::now();
    let run = take_events(run, 50 * EVENTS);
    let (simulated, wall) = (run.world().now().since(from), clock.elapsed());
    let factor = simulated.as_micros() as f64 / wall.as_micros() as f64;
    println!("simulator/5 nodes, oracles on, {name}: {factor:.0} × real time");
}

criterion_group!(benches, simulator);
criterion_main!(benches);
