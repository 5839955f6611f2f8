//! Traces: what was seen of a real cluster, as JSON lines in the manner of etcd's state trace, to be
//! looked at like a run of the laboratory's own.
//!
//! [`parse`] turns the text into a [`Trace`], or into every error it finds. What a trace does not say is
//! worked out as far as it can be known: which entries a log has when only its length is told, which
//! message it was that arrived, what was on a disk. Where it cannot be known the oracles are silent.
//! [`Recorder`] writes the trace of a run.

mod entries;
mod event;
mod json;
mod lives;
mod messages;
mod prelude;
mod record;
mod resolve;
mod stamp;
mod value;

use std::sync::Arc;

use crate::raft::{NodeId, Span, Time};
use crate::sim::Recording;

use super::format::{Error, MAX_DURATION, MAX_ERRORS};

pub use record::Recorder;

/// The most bytes that a trace may have.
pub const MAX_TRACE_BYTES: usize = 64 << 20;
/// The most bytes that a line of it may have: what JSON says takes some ten times as much in memory.
const MAX_LINE_BYTES: usize = 8 << 20;
/// The most lines that a trace may have.
pub const MAX_TRACE_LINES: usize = 250_000;
/// The most entries that the logs of a trace may get in all, and the messages may carry.
pub const MAX_TRACE_ENTRIES: u64 = 1_000_000;
/// The largest term, index or number of a node: numbers in JSON are exact up to there.
const MAX_NUMBER: u64 = 1 << 53;

/// What was seen of a cluster. A clone is cheap.
#[derive(Clone, PartialEq, Debug)]
pub struct Trace {
    recording: Arc<Recording>,
    /// The numbers of the nodes as the trace has them, in order.
    numbers: Vec<u64>,
}

impl Trace {
    /// What was seen, as a world plays it.
    pub const fn recording(&self) -> &Arc<Recording> {
        &self.recording
    }

    /// The nodes, and the numbers that the trace has for them.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, u64)> {
        let ids = self.recording.start.iter().map(|&(id, _)| id);
        ids.zip(self.numbers.iter().copied())
    }

    /// When the last thing was seen, counted from the first.
    pub fn end(&self) -> Time {
        let last = self.recording.events.last();
        last.map_or(Time::ZERO, |last| last.at)
    }
}

/// The trace that a text says.
///
/// # Errors
/// Everything that is wrong with it, up to [`MAX_ERRORS`], with its line.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub fn parse(text: &str) -> Result<Trace, Vec<Error>> {
    if text.len() > MAX_TRACE_BYTES {
        let most = MAX_TRACE_BYTES >> 20;
        return Err(vec![error(
            1,
            format!("the trace is too long; it has at most {most} MiB"),
        )]);
    }
    // Some programs put a mark before a text of theirs.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut events = Vec::new();
    let mut errors = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if line as usize > MAX_TRACE_LINES {
            errors.push(error(
                line,
                format!("the trace is too long; it has at most {MAX_TRACE_LINES} lines"),
            ));
            break;
        }
        match event::read(line, text) {
            Ok(event) => events.extend(event),
            Err(error) => errors.push(error),
        }
        if errors.len() == MAX_ERRORS {
            break;
        }
    }
    if errors.is_empty() && events.is_empty() {
        let right = "a line is `{\"ts\": …, \"event\": {\"name\": …, \"nid\": …, \"state\": …}}`";
        errors.push(error(1, format!("no event is in it; {right}")));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let times = stamp::times(&events).map_err(|error| vec![error])?;
    resolve::resolve(events, &times).map_err(|error| vec![error])
}

/// An error in a line.
fn error(line: u32, message: String) -> Error {
    Error {
        line,
        column: 1,
        message,
    }
}

/// The longest that a trace may last.
const fn longest() -> Span {
    MAX_DURATION
}
