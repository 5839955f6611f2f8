//! What is counted of a run: how often each line of Figure 2 fired, what was sent and what became of it,
//! and how that went in time.
//!
//! [`Tallies`] are what has been counted up to a moment; every [`Run`] carries its own, so that going
//! back in time goes back in them. [`Metrics`] are the same and more in the course of time, of what a
//! branch has been run: counts so far and what stood, a value at the end of each [`CELL`] in which it
//! changed, so that what happened in any window of whole cells is a difference of two values. [`Plot`]
//! has a window of them in bins.
//!
//! It needs nothing but the world, and so stands beside `why`.
//!
//! | file | what it is |
//! | --- | --- |
//! | `line` | the lines of Figure 2, and which of them each rule is |
//! | `firings` | how often each has fired, on which node |
//! | `standing` | who leads, and whether anything can be committed |
//! | `commits` | entries on their way to commitment, and how long it took |
//! | `tallies` | what has been counted of a run |
//! | `series` | values and latencies in the course of time |
//! | `metrics` | all of a branch's |
//! | `plot` | a window of them, in bins |
//! | `csv` | them as text for other programs |
//!
//! [`Run`]: crate::scenario::Run

mod commits;
mod csv;
mod firings;
mod line;
mod metrics;
mod plot;
mod series;
mod standing;
mod tallies;

pub use csv::{course_csv, totals_csv};
pub use firings::Firings;
pub use line::{Line, Part, Side};
pub use metrics::{CELL, Latency, Measure, Metrics};
pub use plot::{Bin, Percentiles, Plot};
pub use standing::can_commit;
pub use tallies::{Tallies, Total, Traffic};
