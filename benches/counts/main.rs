//! Work of which instructions and allocations are counted, for `cargo xtask counts`: counts stay the
//! same, run after run, however busy the machine is.
//!
//! `cargo bench --bench counts -- CASE …` does the work and tells how much of it there was and what it
//! asked of the allocator; with no name, that of every case. Instructions are counted by valgrind, in
//! [`counted_work`] only.

#[path = "../shared/clusters.rs"]
mod clusters;
#[path = "../versus_raft_rs/driver.rs"]
mod driver;
#[path = "../versus_raft_rs/flotilla.rs"]
mod flotilla_core;
#[path = "../shared/work.rs"]
mod work;

use std::alloc::System;

use flotilla::raft::Time;
use flotilla::scenario::hunt::Hunt;
use flotilla::scenario::{Advance, Run};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use clusters::Load;
use driver::{Case, Cluster};
use flotilla_core::Flotilla;
use work::Work;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const EVENTS: u64 = 20_000;

/// Work, and how much of it there is.
type Prepared = (Box<dyn Work>, u64);
/// A name, what is counted, and what prepares it.
type Counted = (&'static str, &'static str, fn() -> Prepared);

const ALL: [Counted; 10] = [
    ("core-3-nodes", "command", || {
        core("nodes=3 batch=1 drive=event payload=16")
    }),
    ("core-5-nodes", "command", || {
        core("nodes=5 batch=1 drive=event payload=16")
    }),
    ("core-64-one-by-one", "command", || {
        core("nodes=3 batch=64 drive=drain payload=16")
    }),
    ("core-64-as-one", "command", || {
        core("nodes=3 batch=64-as-one drive=event payload=16")
    }),
    ("simulator-idle", "event", || simulator(Load::Idle, 5, 0)),
    ("simulator-writes", "event", || {
        simulator(Load::Writes, 5, 0)
    }),
    ("simulator-writes-after-5000", "event", || {
        simulator(Load::Writes, 5, 5_000)
    }),
    ("simulator-chaos", "event", || simulator(Load::Chaos, 5, 0)),
    ("simulator-51-nodes", "event", || {
        simulator(Load::Writes, 51, 0)
    }),
    ("hunt", "schedule", || {
        (Box::new(Schedules), Schedules::COUNT)
    }),
];

fn main() {
    // Cargo itself says `--bench`.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    for (name, unit, prepare) in ALL {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            let (mut work, units) = prepare();
            let region = Region::new(ALLOCATOR);
            counted_work(&mut *work);
            let asked = region.change();
            println!(
                "{name} {units} {unit} {} {}",
                asked.allocations + asked.reallocations,
                asked.bytes_allocated,
            );
        }
    }
}

/// Instructions are counted from here until it returns.
#[inline(never)]
fn counted_work(work: &mut dyn Work) {
    work.run();
}

/// The core alone, of that line of `cargo bench --bench versus_raft_rs`.
fn core(line: &str) -> Prepared {
    let case = Case::all()
        .into_iter()
        .find(|case| case.to_string() == line);
    let case = case.expect("there is such a line");
    (Box::new(Cluster::<Flotilla>::new(case)), case.commands())
}

/// Events of the simulator, with all that a run has with it, after so many writes.
fn simulator(load: Load, nodes: usize, after: u64) -> Prepared {
    let mut run = clusters::under(load, nodes, 0);
    while run.world().tally().ok < after {
        assert_eq!(run.advance(Time(u64::MAX)), Advance::Event);
    }
    (Box::new(Events(run)), EVENTS)
}

struct Events(Run);

impl Work for Events {
    fn run(&mut self) {
        for _ in 0..EVENTS {
            assert_eq!(self.0.advance(Time(u64::MAX)), Advance::Event);
        }
    }
}

struct Schedules;

impl Schedules {
    const COUNT: u64 = 10;
}

impl Work for Schedules {
    fn run(&mut self) {
        for seed in 1..=Self::COUNT {
            assert_eq!(Hunt::default().seed(seed), None);
        }
    }
}
