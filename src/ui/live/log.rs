//! The event log of the page: the latest lines, in words, up to the moment that is shown.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::scenario::words;
use crate::sim::World;

use super::super::view::{EventLine, EventLog};

/// The most lines kept: the oldest go as new ones come.
const LINES_MAX: usize = 20_000;

/// The lines of one branch.
#[derive(Default)]
pub(super) struct LiveLog(RefCell<Lines>);

/// The lines of some events, one after another without a gap.
#[derive(Clone, Default)]
struct Lines {
    kept: VecDeque<EventLine>,
    dropped: u64,
    /// The last event whose lines are there.
    last: u64,
    /// So many of the lines kept are of events up to the one that is shown.
    shown: usize,
}

impl LiveLog {
    /// Whether the world's last event is the next, or has been recorded: otherwise another log begins.
    pub(super) fn goes_on_with(&self, world: &World) -> bool {
        let lines = self.0.borrow();
        let first = lines.kept.front().map_or(lines.last + 1, |line| line.event);
        (first..=lines.last + 1).contains(&world.events())
    }

    /// A log of the same lines up to that event, for a branch that begins there.
    pub(super) fn up_to(&self, event: u64) -> Self {
        let mut lines = self.0.borrow().clone();
        lines.kept.truncate(lines.count_up_to(event));
        lines.last = lines.last.min(event);
        Self(RefCell::new(lines))
    }

    /// One that begins with the world's last event.
    pub(super) fn beginning_with(world: &World) -> Self {
        Self(RefCell::new(Lines {
            last: world.events() - 1,
            ..Lines::default()
        }))
    }

    /// Adds what happened in the world's last event, but for what happens all the time.
    pub(super) fn record(&self, world: &World) {
        let mut lines = self.0.borrow_mut();
        if world.events() <= lines.last {
            return;
        }
        lines.last = world.events();
        for happening in world.happenings() {
            let Some(words) = words::describe(happening, world) else {
                continue;
            };
            if words.routine {
                continue;
            }
            if lines.kept.len() == LINES_MAX {
                lines.kept.pop_front();
                lines.dropped += 1;
                // On a long way much is recorded before anything more is shown.
                lines.shown = lines.shown.saturating_sub(1);
            }
            lines.kept.push_back(EventLine {
                event: world.events(),
                at: world.now(),
                node: words.node,
                kind: words.kind,
                text: words.text.into(),
            });
        }
    }

    /// The moment after that event is shown.
    pub(super) fn show(&self, event: u64) {
        let mut lines = self.0.borrow_mut();
        lines.shown = lines.count_up_to(event);
    }
}

impl Lines {
    fn count_up_to(&self, event: u64) -> usize {
        self.kept.partition_point(|line| line.event <= event)
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
