//! The lines of the event log before those that are kept, found again by going through their events
//! once more: after a jump to where the log does not reach.

use std::collections::VecDeque;

use crate::raft::Time;
use crate::scenario::{Advance, Run};
use crate::timeline::Timeline;

use super::super::view::EventLine;
use super::log::told;

/// So many lines before the moment that is shown are enough.
pub(super) const LINES: usize = if cfg!(test) { 100 } else { 2_000 };
/// So many events before it are gone through again at the most, and those to the moment kept before.
pub(super) const EVENTS_MAX: u64 = 250_000;

/// The way from a moment that is kept to where the lines begin that are known.
pub(super) struct Refill {
    run: Run,
    begin: u64,
    end: u64,
    lines: VecDeque<EventLine>,
}

impl Refill {
    /// The lines up to that event.
    pub(super) fn before(timeline: &Timeline, event: u64) -> Self {
        let run = timeline.run_before(event);
        Self {
            begin: run.world().events(),
            run,
            end: event,
            lines: VecDeque::new(),
        }
    }

    /// The last event whose lines are looked for.
    pub(super) const fn end(&self) -> u64 {
        self.end
    }

    /// Goes through so many events at the most. At the end of the way, gives the event after which
    /// the lines begin, and them.
    pub(super) fn work(&mut self, most: usize) -> Option<(u64, VecDeque<EventLine>)> {
        for _ in 0..most {
            let is_there = self.run.world().events() >= self.end;
            let advance = match is_there {
                true => Advance::Idle,
                false => self.run.advance(Time(u64::MAX)),
            };
            match advance {
                Advance::Idle => return Some((self.begin, std::mem::take(&mut self.lines))),
                Advance::Event => self.lines.extend(told(self.run.world())),
                Advance::Script => {}
            }
        }
        None
    }
}
