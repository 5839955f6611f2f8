//! Hunting: schedules a second, on one thread and on two; by the processor's time that they took, and
//! by the clock.
//!
//! `cargo bench --bench hunting`

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use flotilla::scenario::hunt::Hunt;

const SEEDS: u64 = 500;
const REPETITIONS: usize = 7;
const THREADS: [usize; 2] = [1, 2];

/// How long the schedules of all seeds took on so many threads: of the processors' time, and by the
/// clock.
fn hunt(threads: usize) -> (Duration, Duration) {
    let next = AtomicU64::new(1);
    let (clock, processor) = (Instant::now(), ProcessTime::now());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > SEEDS {
                        return;
                    }
                    assert_eq!(Hunt::default().seed(seed), None);
                }
            });
        }
    });
    (processor.elapsed(), clock.elapsed())
}

fn main() {
    let mut times = THREADS.map(|_| (Vec::new(), Vec::new()));
    for repetition in 0..=REPETITIONS {
        for (threads, (processor, clock)) in THREADS.into_iter().zip(&mut times) {
            let took = hunt(threads);
            if repetition > 0 {
                processor.push(took.0);
                clock.push(took.1);
            }
        }
    }
    let rate = |times: &mut Vec<Duration>| {
        times.sort();
        SEEDS as f64 / times[REPETITIONS / 2].as_secs_f64()
    };
    for (threads, (processor, clock)) in THREADS.into_iter().zip(&mut times) {
        println!(
            "hunting threads={threads} {:.0} schedules a second of the processor's time, {:.0} by the clock",
            rate(processor),
            rate(clock),
        );
    }
}
