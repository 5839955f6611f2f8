//! The event log of the page: the latest lines, in words.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::scenario::words;
use crate::sim::World;

use super::super::view::{EventLine, EventLog};

/// The most lines kept: the oldest go as new ones come.
const LINES_MAX: usize = 50_000;

/// The lines of one run.
#[derive(Default)]
pub(super) struct LiveLog(RefCell<Lines>);

#[derive(Default)]
struct Lines {
    kept: VecDeque<EventLine>,
    dropped: u64,
}

impl LiveLog {
    /// Adds what happened in the world's last event, but for what happens all the time.
    pub(super) fn record(&self, world: &World) {
        let mut lines = self.0.borrow_mut();
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
}

impl EventLog for LiveLog {
    fn first(&self) -> u64 {
        self.0.borrow().dropped
    }

    fn end(&self) -> u64 {
        let lines = self.0.borrow();
        lines.dropped + lines.kept.len() as u64
    }

    fn get(&self, number: u64) -> Option<EventLine> {
        let lines = self.0.borrow();
        let place = usize::try_from(number.checked_sub(lines.dropped)?).ok()?;
        lines.kept.get(place).cloned()
    }
}
