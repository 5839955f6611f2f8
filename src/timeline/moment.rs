//! The address of a moment.

use crate::raft::Time;
use crate::scenario::Run;

/// A moment of a branch: so many things have been done ([`Run::ticks`]), and time has come to `at`,
/// which is that of the last of them or later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Moment {
    /// How many things have been done.
    pub tick: u64,
    /// The simulated time.
    pub at: Time,
}

impl Moment {
    /// Where a run is.
    pub const fn of(run: &Run) -> Self {
        Self {
            tick: run.ticks(),
            at: run.world().now(),
        }
    }
}
