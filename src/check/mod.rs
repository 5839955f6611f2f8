//! The oracles: safety properties, each with its history, and the linearizability of what clients saw,
//! checked after every event; and liveness, when a run ends.
//!
//! A [`Monitor`] watches a world from outside. It sees everything, and the nodes never see it. It
//! keeps what must be remembered — who ever led each term, what was ever stored and committed at
//! each index — and spends O(1) amortised per event.

mod certificate;
mod effects;
mod history;
mod indices;
mod linearizability;
mod liveness;
mod logs;
mod monitor;
mod mutants;
mod per_node;
mod property;
mod snapshots;
mod terms;

pub use linearizability::{ClientHistory, Linearizability, NotLinearizable};
pub use monitor::Monitor;
pub use mutants::{Falls, falls};
pub use property::{Property, Violation};
