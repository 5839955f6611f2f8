//! The simulator's speed: events a second of the processor's time, and how many times as fast as real
//! time that is; by load, by how many nodes there are, and by who watches: nobody, the oracles, or all
//! that a run has with it (the oracles, what is remembered for whoever asks why, and what is counted),
//! as in the page, in `flotilla run` and while hunting. Then whether an event costs more when more has
//! been committed.
//!
//! `cargo bench --bench simulator`, or with some words of the lines that are wanted:
//! `cargo bench --bench simulator -- load=idle nodes=5`, `cargo bench --bench simulator -- growth`

#[path = "shared/clusters.rs"]
mod clusters;
#[path = "shared/timing.rs"]
mod timing;
#[path = "shared/wanted.rs"]
mod wanted;
#[path = "shared/work.rs"]
mod work;

use std::time::Duration;

use flotilla::check::Monitor;
use flotilla::raft::Time;
use flotilla::scenario::{Advance, Run};
use flotilla::sim::World;

use clusters::Load;
use timing::{median, processor_time};
use wanted::Wanted;
use work::Work;

const EVENTS: u64 = 50_000;
const REPETITIONS: usize = 7;

const fn name(load: Load) -> &'static str {
    match load {
        Load::Idle => "idle",
        Load::Writes => "50-writes-a-second",
        Load::Chaos => "chaos",
    }
}

/// What is simulated, with whoever watches.
trait Watched: Clone {
    fn next_event(&mut self);
    fn world(&self) -> &World;
}

impl Watched for World {
    fn next_event(&mut self) {
        assert!(self.step());
    }

    fn world(&self) -> &World {
        self
    }
}

/// With the oracles.
impl Watched for (World, Monitor) {
    fn next_event(&mut self) {
        let (world, oracles) = self;
        world.next_event();
        oracles.observe(world);
    }

    fn world(&self) -> &World {
        &self.0
    }
}

impl Watched for Run {
    fn next_event(&mut self) {
        assert_eq!(self.advance(Time(u64::MAX)), Advance::Event);
    }

    fn world(&self) -> &World {
        self.world()
    }
}

struct Events<W>(W);

impl<W: Watched> Work for Events<W> {
    fn run(&mut self) {
        for _ in 0..EVENTS {
            self.0.next_event();
        }
    }
}

fn time_of(start: &impl Watched) -> Duration {
    processor_time(Events(start.clone()))
}

/// Sorted, of so many repetitions after one that does not count.
fn times_of(start: &impl Watched) -> Vec<Duration> {
    let mut times: Vec<_> = (0..=REPETITIONS).map(|_| time_of(start)).skip(1).collect();
    times.sort();
    times
}

fn tell(line: &str, start: &impl Watched) {
    let times = times_of(start);
    let rate = |time: Duration| EVENTS as f64 / time.as_secs_f64();
    let mut end = Events(start.clone());
    end.run();
    let simulated = (end.0.world().now()).since(start.world().now());
    let simulated = Duration::from_micros(simulated.as_micros());
    let time = median(&times);
    println!(
        "{line} {:.0} events a second ({:.0}..{:.0}), {:.0} × real time",
        rate(time),
        rate(times[REPETITIONS - 1]),
        rate(times[0]),
        simulated.as_secs_f64() / time.as_secs_f64(),
    );
}

/// The cost of an event after so many committed entries, against that after the fewest.
fn tell_growth(snapshot_after: u64) {
    let mut run = clusters::under(Load::Writes, 5, snapshot_after);
    let committed = [10_000, 100_000, 1_000_000];
    let starts = committed.map(|entries| {
        while run.world().tally().ok < entries {
            run.next_event();
        }
        run.clone()
    });
    assert!(run.monitor().is_safe());
    let mut ratios = [const { Vec::new() }; 3];
    for repetition in 0..=REPETITIONS {
        let times = starts.each_ref().map(time_of);
        for (ratios, time) in ratios.iter_mut().zip(times) {
            if repetition > 0 {
                ratios.push(time.as_secs_f64() / times[0].as_secs_f64());
            }
        }
    }
    for (entries, mut ratios) in committed.into_iter().zip(ratios) {
        ratios.sort_by(f64::total_cmp);
        println!(
            "growth snapshot_after={snapshot_after} committed={entries} {:.2} times the cost of an event after {} ({:.2}..{:.2})",
            median(&ratios),
            committed[0],
            ratios[0],
            ratios[REPETITIONS - 1],
        );
    }
}

fn main() {
    let wanted = Wanted::from_args();
    for load in [Load::Idle, Load::Writes, Load::Chaos] {
        for nodes in [1, 3, 5, 9, 25, 51] {
            let line = |watched| {
                let load = name(load);
                format!("simulator load={load} nodes={nodes} watched-by={watched}")
            };
            let start = clusters::under(load, nodes, 0);
            let world = start.world().clone();
            if wanted.has(&line("nobody")) {
                tell(&line("nobody"), &world);
            }
            if wanted.has(&line("oracles")) {
                tell(&line("oracles"), &(world, start.monitor().clone()));
            }
            if wanted.has(&line("all")) {
                tell(&line("all"), &start);
            }
        }
    }
    for snapshot_after in [0, 1_000] {
        if wanted.has(&format!("growth snapshot_after={snapshot_after}")) {
            tell_growth(snapshot_after);
        }
    }
}
