//! What happened in a stretch of a branch, for a space-time diagram: to whom, when, and what led to
//! what.
//!
//! It is found by going through the stretch once more from the nearest checkpoint before it, a bounded
//! number of events at a time. A [`Point`] is what one event did to one host, a [`Line`] what went from
//! one to another. What led to what is Lamport's: a host's points follow each other, and what is
//! received follows what was sent. Both lead from an earlier point to a later one, so what lies outside
//! of the stretch never leads from one point in it to another: a [`Cone`] needs nothing else.

mod cone;
mod seen;

use crate::raft::{MessageKind, Term, Time};
use crate::scenario::{Advance, Host, Run};
use crate::sim::LossCause;

use super::branch::Branch;

pub use cone::Cone;

use seen::Seen;

/// What matters most of what an event did to a host; what matters more comes later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sign {
    /// A disk had something written, and nobody else heard of it.
    Silent,
    /// Something came or went, or something was done with what came.
    Plain,
    /// A timer fired.
    Timer,
    /// A node learned that something is committed.
    Learned,
    /// A client asked for something.
    Asked,
    /// A client knows what came of it.
    Answer,
    /// A vote was granted.
    Vote,
    /// A leader committed.
    Commit,
    /// A leader stepped down.
    StepDown,
    /// A node began an election, or asked whether it could win one.
    Election,
    /// A node became leader.
    Leader,
    /// A node was changed from outside: its clock, its disk, whether it stands still.
    Changed,
    /// A node restarted, or was added.
    Restart,
    /// A node crashed.
    Crash,
}

/// What one event did to one host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// The number of the event.
    pub event: u64,
    /// When.
    pub at: Time,
    /// To whom.
    pub host: Host,
    /// What matters most of it.
    pub sign: Sign,
    /// In words: sentences without a full stop, one after another; none of what is silent.
    pub text: Box<str>,
    /// The one before it of the same host, when that is in the stretch.
    before: Option<u32>,
}

/// What a line carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cargo {
    /// A message between nodes.
    Message {
        /// Its kind.
        kind: MessageKind,
        /// The sender's term.
        term: Term,
        /// Whether it is an AppendEntries without entries.
        is_heartbeat: bool,
    },
    /// A client's operation, or the answer to it.
    Operation {
        /// The operation's number.
        number: u64,
        /// Whether it is the answer.
        answer: bool,
    },
}

/// What has become of what went from one host to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// It is under way, as far as the stretch is known, or waits at a node that stands still.
    UnderWay,
    /// It was received, at this point.
    Received(usize),
    /// It was lost then; how, when it is known.
    Lost(Time, Option<LossCause>),
}

/// What went from one host to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its number, among messages or among what goes between clients, proxy and nodes.
    pub id: u64,
    /// What it carries.
    pub cargo: Cargo,
    /// From whom.
    pub from: Host,
    /// To whom.
    pub to: Host,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would.
    pub due: Time,
    /// The point at which it left, when that is in the stretch; of a copy that somebody made, that at which
    /// the first one left.
    pub departure: Option<usize>,
    /// What became of it.
    pub end: End,
    /// That it leaves, in words.
    pub text: Box<str>,
}

/// What happened in a stretch of a branch.
#[derive(Clone, Debug)]
pub struct SpaceTime {
    run: Run,
    /// What happened before is not told.
    from: Time,
    /// Everything up to then is; none: the stretch is not reached yet.
    until: Option<Time>,
    seen: Seen,
}

impl SpaceTime {
    /// Nothing yet, of what happened on the branch from then on.
    pub fn from(branch: &Branch, from: Time) -> Self {
        // What is due at that very time may be before a checkpoint of it.
        let checkpoint = match from {
            Time::ZERO => branch.checkpoints.before(0),
            Time(from) => branch.checkpoints.before_time(Time(from - 1)),
        };
        Self {
            run: branch.restored(checkpoint),
            from,
            until: None,
            seen: Seen::default(),
        }
    }

    /// So many things have been done on the branch in that stretch at the least, at a glance.
    pub fn at_least(branch: &Branch, from: Time, until: Time) -> u64 {
        let first = branch.checkpoints.after_time(from);
        let last = branch.checkpoints.before_time(until);
        first.map_or(0, |first| last.ticks().saturating_sub(first.ticks()))
    }

    /// Goes on to what has happened by then, as far as the branch has been run, and does so many things
    /// at the most; says whether all of it is there. It must be the same branch each time.
    pub fn work(&mut self, branch: &Branch, until: Time, most: usize) -> bool {
        let end = branch.end();
        let until = until.min(end.at);
        branch.lead(&mut self.run);
        for _ in 0..most {
            let is_over = self.run.ticks() >= end.tick;
            let next = self.run.next_time();
            let next = next.filter(|&next| !is_over && next <= until);
            if next.unwrap_or(until) >= self.from {
                self.seen.begin(self.run.world());
            }
            if next.is_none() {
                self.seen.rest(self.run.world());
                self.until = self.until.max(Some(until));
                return true;
            }
            let advance = self.run.advance(until);
            if advance == Advance::Event && self.run.world().now() >= self.from {
                self.seen.event(self.run.world());
                self.until = self.until.max(Some(self.run.world().now()));
            }
        }
        false
    }

    /// Where it begins.
    pub const fn begin(&self) -> Time {
        self.from
    }

    /// Everything that happened up to then is there; none: nothing is yet.
    pub const fn until(&self) -> Option<Time> {
        self.until
    }

    /// What happened to whom, in the order in which it did.
    pub fn points(&self) -> &[Point] {
        &self.seen.points
    }

    /// What went from one to another, in the order in which it left.
    pub fn lines(&self) -> &[Line] {
        &self.seen.lines
    }
}

impl Point {
    /// The one before it of the same host, when that is in the stretch.
    pub fn before(&self) -> Option<usize> {
        self.before.map(|before| before as usize)
    }
}

impl Line {
    /// When it was received or lost; none: it is under way.
    pub fn ended(&self, points: &[Point]) -> Option<Time> {
        match self.end {
            End::UnderWay => None,
            End::Received(point) => Some(points[point].at),
            End::Lost(at, _) => Some(at),
        }
    }
}
