//! Scenarios: a file that says which cluster, what happens to it, and what must then be true.
//!
//! [`parse`] turns the text of such a file into a [`Scenario`], or into every error it finds, each
//! with its line and column. A [`Run`] is a scenario under way, a [`Report`] what is told of it,
//! [`words`] tell its events, and an [`Exporter`](export::Exporter) writes them for other programs. Nothing here knows of files or pages.

mod expect;
pub mod export;
mod format;
mod host;
pub mod hunt;
mod report;
mod resolve;
mod runner;
mod script;
pub mod trace;
pub mod words;

pub use format::{
    Error, MAX_DURATION, MAX_ERRORS, MAX_FILE_BYTES, MAX_LOAD_CLIENTS, MAX_LOAD_KEYS, MAX_STEPS,
    MAX_TEXT_BYTES, MAX_TITLE_CHARS, MAX_VOTERS, decimal, parse, write,
};
pub use host::Host;
pub use report::{FailureReport, NodeReport, OpsReport, Report, ViolationReport};
pub use runner::{Advance, Failure, Run};
pub use script::{
    Expectation, ExpectedLeader, ExpectedRole, Fact, InFlight, Item, LIVE_TITLE, Links,
    NodeSelector, OpCounts, PerNode, Scenario, Selector, Step, Verb,
};
