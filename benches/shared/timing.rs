//! Time as it is told on a machine that others use too: what the thread got of the processor.

use std::time::Duration;

use cpu_time::ThreadTime;

use crate::work::Work;

/// What the thread got of the processor for it.
pub fn processor_time(mut work: impl Work) -> Duration {
    let start = ThreadTime::now();
    work.run();
    start.elapsed()
}

/// The middle one, of those sorted.
pub fn median<T: Copy>(sorted: &[T]) -> T {
    sorted[sorted.len() / 2]
}
