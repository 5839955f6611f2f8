//! What is counted of a branch, in the course of time.

use crate::raft::{MessageKind, Span, Term, Time};
use crate::sim::{Happening, OperationStep, World};

use super::series::{Latencies, Series};
use super::standing::{may_change_logs, may_change_standing};
use super::tallies::{Tallies, Total};

/// How fine it is: of what changes more than once in so much time, only the last is kept.
pub const CELL: Span = Span::from_millis(20);

/// A value in the course of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// How many messages of that kind have been sent.
    Sent(MessageKind),
    /// How many messages have been lost.
    Lost,
    /// How many entries have been committed.
    Committed,
    /// How many operations have been done.
    Ok,
    /// How many operations were not done.
    Failed,
    /// Of how many operations nobody knows.
    Unknown,
    /// How many operations wait for an answer.
    Waiting,
    /// The highest term of a node.
    Term,
    /// The number of the node that leads; 0: none.
    Leader,
    /// 1 while there is a leader that can commit, else 0.
    CanCommit,
    /// How many entries the longest log has.
    LongestLog,
    /// How many entries the shortest log has.
    ShortestLog,
}

/// The measures but for the messages of each kind.
const OTHERS: [Measure; 11] = [
    Measure::Lost,
    Measure::Committed,
    Measure::Ok,
    Measure::Failed,
    Measure::Unknown,
    Measure::Waiting,
    Measure::Term,
    Measure::Leader,
    Measure::CanCommit,
    Measure::LongestLog,
    Measure::ShortestLog,
];

impl Measure {
    /// How many there are.
    pub const COUNT: usize = MessageKind::ALL.len() + OTHERS.len();

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let messages = MessageKind::ALL.into_iter().map(Self::Sent);
        messages.chain(OTHERS)
    }

    /// Its place among all.
    pub const fn place(self) -> usize {
        const FIRST: usize = MessageKind::ALL.len();
        match self {
            Self::Sent(kind) => kind as usize,
            Self::Lost => FIRST,
            Self::Committed => FIRST + 1,
            Self::Ok => FIRST + 2,
            Self::Failed => FIRST + 3,
            Self::Unknown => FIRST + 4,
            Self::Waiting => FIRST + 5,
            Self::Term => FIRST + 6,
            Self::Leader => FIRST + 7,
            Self::CanCommit => FIRST + 8,
            Self::LongestLog => FIRST + 9,
            Self::ShortestLog => FIRST + 10,
        }
    }
}

/// What took how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Latency {
    /// From a leader's append of an entry to its commitment.
    Commit,
    /// From when a client sent an operation to its answer: that it was done, or that it was not.
    Operation,
}

/// What is counted of a branch in the course of time: some five bytes an event, and a clone is cheap.
#[derive(Clone, Debug)]
pub struct Metrics {
    series: [Series; Measure::COUNT],
    commits: Latencies,
    operations: Latencies,
    /// The values now.
    now: [u32; Measure::COUNT],
    /// The cell in which that is, and which of them, a bit each, are not in their series yet.
    cell: u32,
    changed: u32,
}

const _: () = assert!(Measure::COUNT <= 32, "a bit a measure");

impl Metrics {
    /// Of a world at the start of its run.
    pub fn of(world: &World, tallies: &Tallies) -> Self {
        let mut metrics = Self {
            series: std::array::from_fn(|_| Series::default()),
            commits: Latencies::default(),
            operations: Latencies::default(),
            now: [0; Measure::COUNT],
            cell: Self::cell(world.now()),
            changed: 0,
        };
        metrics.look_at_all(world, tallies);
        metrics
    }

    /// The cell that a time is in.
    pub fn cell(at: Time) -> u32 {
        u32::try_from(at.0 / CELL.as_micros()).unwrap_or(u32::MAX)
    }

    /// When a cell begins.
    pub const fn begin(cell: u32) -> Time {
        Time(cell as u64 * CELL.as_micros())
    }

    /// Notes what happened in the world's last event, which the tallies have counted.
    pub fn observe(&mut self, world: &World, tallies: &Tallies) {
        let cell = Self::cell(world.now());
        if cell > self.cell {
            self.pass_to(cell);
        }
        for &took in tallies.committed_after() {
            self.commits.push(cell, took);
        }
        let mut changed = Changed::default();
        for happening in world.happenings() {
            changed.standing |= may_change_standing(happening);
            changed.logs |= may_change_logs(happening);
            match happening {
                Happening::Sent(head) => {
                    let kind = head.kind();
                    self.set(Measure::Sent(kind), tallies.traffic(kind).sent);
                }
                Happening::Lost(..) => changed.lost = true,
                Happening::Operation { number, step } => {
                    changed.operations = true;
                    if let OperationStep::Ok | OperationStep::Failed = step {
                        self.answered(world, *number, cell);
                    }
                }
                _ => {}
            }
        }
        self.look(world, tallies, changed);
    }

    fn answered(&mut self, world: &World, number: u64, cell: u32) {
        let record = world.operations().get(number as usize - 1);
        // What fails at once has never been sent.
        let took = record.and_then(|record| record.latency());
        self.operations.push(cell, took.unwrap_or(Span::ZERO));
    }

    /// What comes after the moment at which the world is as given is forgotten.
    pub fn truncate(&mut self, world: &World, tallies: &Tallies) {
        let cell = Self::cell(world.now());
        self.pass_to(cell);
        for (series, now) in self.series.iter_mut().zip(&mut self.now) {
            series.forget_from(cell);
            *now = series.last();
        }
        let answered = world.tally().ok + world.tally().failed;
        self.operations.truncate(answered as usize);
        self.commits.truncate(tallies.commits.timed as usize);
        self.look_at_all(world, tallies);
    }

    fn look_at_all(&mut self, world: &World, tallies: &Tallies) {
        for kind in MessageKind::ALL {
            self.set(Measure::Sent(kind), tallies.traffic(kind).sent);
        }
        self.look(world, tallies, Changed::ALL);
    }

    /// What the values are now, but for messages sent.
    fn look(&mut self, world: &World, tallies: &Tallies, changed: Changed) {
        self.set(Measure::Committed, tallies.total(world, Total::Committed));
        if changed.lost {
            self.set(Measure::Lost, tallies.all_traffic().lost);
        }
        if changed.operations {
            let tally = world.tally();
            self.set(Measure::Ok, tally.ok);
            self.set(Measure::Failed, tally.failed);
            self.set(Measure::Unknown, tally.unknown);
            self.set(Measure::Waiting, tally.pending);
        }
        if changed.standing {
            let terms = (world.servers().iter()).map(|server| server.hard_state().current_term);
            self.set(Measure::Term, terms.max().unwrap_or(Term::ZERO).0);
            let leader = world.leader().map_or(0, |id| id.number());
            self.set(Measure::Leader, leader.into());
            self.set(Measure::CanCommit, tallies.can_commit().into());
        }
        if changed.logs {
            let lengths = (world.servers().iter()).map(|server| server.log().len() as u64);
            let longest = lengths.clone().max().unwrap_or_default();
            self.set(Measure::LongestLog, longest);
            self.set(Measure::ShortestLog, lengths.min().unwrap_or_default());
        }
    }

    fn set(&mut self, measure: Measure, value: u64) {
        let (place, value) = (measure.place(), u32::try_from(value).unwrap_or(u32::MAX));
        if self.now[place] != value {
            self.now[place] = value;
            self.changed |= 1 << place;
        }
    }

    /// The cell is over: what changed in it is noted.
    fn pass_to(&mut self, cell: u32) {
        let changed = std::mem::take(&mut self.changed);
        for (place, series) in self.series.iter_mut().enumerate() {
            if changed & (1 << place) != 0 {
                series.push(self.cell, self.now[place]);
            }
        }
        self.cell = cell;
    }
}

/// Which values may have changed, but for messages sent and entries committed.
#[derive(Clone, Copy, Default)]
struct Changed {
    lost: bool,
    operations: bool,
    standing: bool,
    logs: bool,
}

impl Changed {
    const ALL: Self = Self {
        lost: true,
        operations: true,
        standing: true,
        logs: true,
    };
}

/// What can be seen of them.
impl Metrics {
    /// What a value was at the end of a cell; at the end of the last cell before the first, 0.
    pub fn at(&self, measure: Measure, cell: u32) -> u32 {
        match cell >= self.cell {
            true => self.now[measure.place()],
            false => self.series[measure.place()].at(cell),
        }
    }

    /// How much a count grew in the cells from `from` to before `to`.
    pub fn grown(&self, measure: Measure, from: u32, to: u32) -> u32 {
        let before = |cell: u32| match cell {
            0 => 0,
            cell => self.at(measure, cell - 1),
        };
        before(to) - before(from)
    }

    /// Whether a value was 0 at the end of one of the cells from `from` to before `to`.
    pub fn was_zero(&self, measure: Measure, from: u32, to: u32) -> bool {
        let series = &self.series[measure.place()];
        let first = series.after(from);
        let mut places = (first..).map_while(|place| series.point(place));
        // What is 0 and what is not take turns in few enough points to look at each.
        self.at(measure, from) == 0
            || self.at(measure, to.saturating_sub(1).max(from)) == 0
            || places
                .by_ref()
                .take_while(|&(cell, _)| cell < to)
                .any(|(_, value)| value == 0)
    }

    /// How long those things took that came to their end in the cells from `from` to before `to`, in
    /// microseconds, in the order in which they did.
    pub fn latencies(&self, of: Latency, from: u32, to: u32) -> Vec<u32> {
        match of {
            Latency::Commit => self.commits.within(from, to),
            Latency::Operation => self.operations.within(from, to),
        }
    }

    /// The next cell from `cell` on in which a value changed.
    pub(super) fn next_change(&self, cell: u32) -> Option<u32> {
        let next = |series: &Series| {
            let place = match cell {
                0 => 0,
                cell => series.after(cell - 1),
            };
            series.point(place).map(|(cell, _)| cell)
        };
        let now = (self.changed != 0 && self.cell >= cell).then_some(self.cell);
        self.series.iter().filter_map(next).chain(now).min()
    }
}
