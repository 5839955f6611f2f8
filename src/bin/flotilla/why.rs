//! `flotilla run --why`: what a run's end leaves open, and why.

use std::io::{self, Write};

use flotilla::raft::LogIndex;
use flotilla::scenario::Run;
use flotilla::sim::Outcome;
use flotilla::why::Subject;

/// How many operations are told of at most.
const OPERATIONS: usize = 10;

/// Why there is no leader, why each node's first uncommitted entry is not committed, and why
/// operations wait or came out unknown, a line each.
pub fn tell(out: &mut impl Write, run: &Run) -> io::Result<()> {
    let world = run.world();
    if world.leader().is_none() {
        say(out, run, "", Subject::Leader)?;
    }
    for server in world.servers() {
        let (node, last) = (server.id(), server.log().last_index());
        let index = server.commit_index().max(server.snapshot_index()).next();
        if index <= last && server.is_up() {
            let what = match index == last {
                true => format!("entry {index} of {node}: "),
                false => format!(
                    "entry {index} of {node}, the first of {}: ",
                    open(index, last)
                ),
            };
            say(out, run, &what, Subject::Entry { node, index })?;
        }
    }
    let is_open = |outcome: &Outcome| matches!(outcome, Outcome::Pending | Outcome::Unknown);
    let operations = world.operations().iter();
    let mut open = operations.filter(|record| is_open(&record.outcome));
    for record in open.by_ref().take(OPERATIONS) {
        let number = record.number;
        let what = format!("operation {number}, on key `{}`: ", record.operation.key());
        say(out, run, &what, Subject::Operation(number))?;
    }
    match open.count() {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more operations"),
    }
}

/// How many entries there are from `first` to `last`.
const fn open(first: LogIndex, last: LogIndex) -> u64 {
    last.0 - first.0 + 1
}

fn say(out: &mut impl Write, run: &Run, what: &str, subject: Subject) -> io::Result<()> {
    match run.why(subject) {
        Some(why) => writeln!(out, "  {what}{why}"),
        None => Ok(()),
    }
}
