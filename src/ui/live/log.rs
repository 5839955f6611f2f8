//! The event log of the page: the latest lines, in words, up to the moment that is shown.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::scenario::words;
use crate::sim::World;

use super::super::view::{EventLine, EventLog};

/// The most lines kept: the oldest go as new ones come.
pub(super) const LINES_MAX: usize = if cfg!(test) { 400 } else { 20_000 };

/// The lines of one branch.
#[derive(Default)]
pub(super) struct LiveLog(RefCell<Lines>);

/// The lines of some events, one after another without a gap.
#[derive(Clone)]
struct Lines {
    kept: VecDeque<EventLine>,
    dropped: u64,
    /// The first event whose lines are there.
    from: u64,
    /// The last one.
    last: u64,
    /// So many of the lines kept are of events up to the one that is shown.
    shown: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Self::after(0)
    }
}

impl LiveLog {
    /// One that begins after that event.
    pub(super) fn after(event: u64) -> Self {
        Self(RefCell::new(Lines::after(event)))
    }

    /// Whether it has every line that it may keep of the events up to that one, but for those before
    /// its first.
    pub(super) fn covers(&self, event: u64) -> bool {
        let lines = self.0.borrow();
        (lines.from - 1..=lines.last).contains(&event)
    }

    /// The last event before those whose lines are there; 0: there is none.
    pub(super) fn begin(&self) -> u64 {
        self.0.borrow().from - 1
    }

    /// How many lines there are up to the moment that is shown.
    pub(super) fn shown(&self) -> usize {
        self.0.borrow().shown
    }

    /// A log of the same lines up to that event, for a branch that begins there.
    pub(super) fn up_to(&self, event: u64) -> Self {
        let mut lines = self.0.borrow().clone();
        lines.kept.truncate(lines.count_up_to(event));
        lines.last = lines.last.min(event);
        Self(RefCell::new(lines))
    }

    /// The same log with the lines of earlier events, the first of them after `begin`. When there are
    /// too many, the last to come after the moment that is shown go first.
    pub(super) fn with_earlier(&self, begin: u64, earlier: VecDeque<EventLine>) -> Self {
        let mut lines = self.0.borrow().clone();
        lines.truncate(lines.shown + LINES_MAX / 2);
        lines.shown += earlier.len();
        let later = std::mem::replace(&mut lines.kept, earlier);
        lines.kept.extend(later);
        lines.from = begin + 1;
        while lines.kept.len() > LINES_MAX {
            lines.forget_oldest();
        }
        Self(RefCell::new(lines))
    }

    /// Adds what happened in the world's last event, if that is the next, but for what happens all
    /// the time.
    pub(super) fn record(&self, world: &World) {
        let mut lines = self.0.borrow_mut();
        if world.events() != lines.last + 1 {
            return;
        }
        lines.last = world.events();
        for line in told(world) {
            if lines.kept.len() >= LINES_MAX {
                lines.forget_oldest();
            }
            lines.kept.push_back(line);
        }
    }

    /// The moment after that event is shown.
    pub(super) fn show(&self, event: u64) {
        let mut lines = self.0.borrow_mut();
        lines.shown = lines.count_up_to(event);
    }
}

/// The lines of the world's last event.
pub(super) fn told(world: &World) -> impl Iterator<Item = EventLine> {
    let told = world.happenings().iter();
    let told = told.filter_map(|happening| words::describe(happening, world));
    told.filter(|words| !words.routine).map(|words| EventLine {
        event: world.events(),
        at: world.now(),
        node: words.node,
        kind: words.kind,
        text: words.text.into(),
    })
}

impl Lines {
    const fn after(event: u64) -> Self {
        Self {
            kept: VecDeque::new(),
            dropped: 0,
            from: event + 1,
            last: event,
            shown: 0,
        }
    }

    fn count_up_to(&self, event: u64) -> usize {
        self.kept.partition_point(|line| line.event <= event)
    }

    /// The lines of the oldest event that has some go: an event is there with all its lines.
    fn forget_oldest(&mut self) {
        let Some(oldest) = self.kept.front().map(|line| line.event) else {
            return;
        };
        let gone = self.count_up_to(oldest);
        self.kept.drain(..gone);
        self.dropped += gone as u64;
        // On a long way much is recorded before anything more is shown.
        self.shown = self.shown.saturating_sub(gone);
        self.from = oldest + 1;
    }

    /// So many lines stay at the most, and the events to which they belong.
    fn truncate(&mut self, count: usize) {
        if let Some(line) = self.kept.get(count) {
            self.last = line.event - 1;
            self.kept.truncate(self.count_up_to(self.last));
        }
    }
}

impl EventLog for LiveLog {
    fn first(&self) -> u64 {
        self.0.borrow().dropped
    }

    fn end(&self) -> u64 {
        let lines = self.0.borrow();
        lines.dropped + lines.shown as u64
    }

    fn get(&self, number: u64) -> Option<EventLine> {
        let lines = self.0.borrow();
        let place = number.checked_sub(lines.dropped)?;
        lines.kept.get(usize::try_from(place).ok()?).cloned()
    }
}
