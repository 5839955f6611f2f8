//! Time belongs to the user: any moment of a run, forward and back, and other futures.
//!
//! A [`Timeline`] owns the branches of a run and the [`Run`](crate::scenario::Run) at the playhead.
//! A branch is a script: the scenario that it began with, and what somebody did since, each at its
//! exact moment. What is kept of the past is little: checkpoints, which thin out with age, and a
//! summary of each segment. A moment is reached by cloning the nearest checkpoint before it (a
//! clone shares nearly all of its structure) and running forward.
//!
//! Acting in the past forks: the old future stays, as a branch. Long ways are gone a bounded number
//! of events at a time ([`Timeline::work`]), so that whoever waits can show how far it has come.
//!
//! | file | what it is |
//! | --- | --- |
//! | `moment` | the exact address of a moment |
//! | `mark` | the events that matter |
//! | `segments` | what was in each segment of a branch |
//! | `lanes` | what each node was, when |
//! | `checkpoints` | the worlds that are kept |
//! | `budget` | what those of all branches may take |
//! | `branch` | one of the futures |
//! | `beside`, `compare` | a second branch at the same time, and what differs |
//! | `parting` | the first moment at which two branches part |
//! | `timelines`, `moves` | the timeline, and moving its playhead |
//! | `journey` | the way to a moment, or to the next event of some kind |
//! | `spacetime` | what happened in a stretch of a branch, and what led to what |
//! | `share` | links that hold a whole run |

mod beside;
mod branch;
mod budget;
mod checkpoints;
mod compare;
mod journey;
mod lanes;
mod mark;
mod moment;
mod moves;
mod parting;
mod segments;
pub mod share;
pub mod spacetime;
mod timelines;

pub use branch::{Begin, Branch, BranchId, Done};
pub use checkpoints::Granularity;
pub use compare::{Differences, NodeDifferences, Pair, differences};
pub use journey::{Direction, Progress, Sought, Wanted};
pub use lanes::{LaneChange, LaneState};
pub use mark::{Kind, Kinds, Mark};
pub use moment::Moment;
pub use parting::{Parted, Parting, PartingSearch};
pub use timelines::{BRANCHES_MAX, Played, Timeline};
