//! The way to a moment that is not the next: by the nearest checkpoint before it, then forward.

use crate::measure::Line;
use crate::raft::{NodeId, Time};
use crate::scenario::{Advance, Run};

use super::branch::Branch;
use super::mark::{Before, Kinds, each_line, each_mark};
use super::moment::Moment;
use super::timelines::is_too_large;

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sought {
    /// An event of one of these kinds.
    Kinds(Kinds),
    /// One in which that line of Figure 2 fired, or blocked.
    Line(Line),
}

/// Which events are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// What is looked for.
    pub sought: Sought,
    /// About this node, if one is given.
    pub node: Option<NodeId>,
}

/// Where to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Before the playhead.
    Back,
    /// After it: beyond what has been run, too, up to that time.
    Forward {
        /// The time.
        until: Time,
    },
}

/// How far a journey has come.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Progress {
    /// There is none.
    Idle,
    /// So much of the way is done, from 0 to 1; `None`: who knows where it ends.
    UnderWay(Option<f32>),
    /// The playhead is where it was to go.
    Arrived,
    /// What was looked for is not there. Forward, the playhead is where the search ended; back, it
    /// is where it was.
    NotFound,
    /// The run has come to be so large that it does not go on; the playhead is where that was.
    TooLarge,
}

/// Where a journey goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim {
    /// That moment, or as far as there is something to do by its time.
    Moment(Moment),
    /// Just after so many things, which have all been done before.
    Tick(u64),
    /// That time, with everything done that is due by then.
    Time(Time),
    /// Just after the event of that number.
    Event(u64),
    /// Just after everything that the step at that place does, at that time.
    Step(usize, Time),
    /// The next event that is wanted, up to that time.
    Next(Wanted, Time),
    /// The last event that is wanted before a tick.
    Last(Wanted, u64),
}

/// A journey under way.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    pub(super) run: Run,
    aim: Aim,
    /// Where it began, for telling how far it has come.
    from: Moment,
    /// Going back: where the segment ends that is searched, and the last that was found in it.
    segment: (u64, Option<u64>),
}

/// What became of a part of a journey.
pub(super) enum Outcome {
    UnderWay,
    Arrived,
    NotFound,
    TooLarge,
}

impl Journey {
    /// From `here` on the branch, or from a checkpoint if that is nearer, or the only way.
    pub(super) fn new(branch: &Branch, here: Option<&Run>, aim: Aim) -> Option<Self> {
        if let Aim::Last(wanted, before) = aim {
            return Self::search(branch, wanted, before);
        }
        if let Aim::Next(wanted, until) = aim
            && let Some(here) = here
        {
            return Some(Self::search_on(branch, here, wanted, until));
        }
        let kept = match aim {
            Aim::Moment(Moment { tick, .. }) | Aim::Tick(tick) => branch.checkpoints.before(tick),
            Aim::Time(at) => branch.checkpoints.before_time(at),
            Aim::Event(number) => branch.checkpoints.before(number),
            Aim::Step(place, _) => branch.checkpoints.before_step(place),
            Aim::Next(..) | Aim::Last(..) => branch.checkpoints.before(u64::MAX),
        };
        let near = here.filter(|run| leads_to(run, aim));
        let run = match near.filter(|run| is_nearer(run, kept, aim)) {
            Some(run) => run.clone(),
            None => branch.restored(kept),
        };
        Some(Self {
            from: Moment::of(&run),
            run,
            aim,
            segment: (0, None),
        })
    }

    /// On from `here`.
    fn search_on(branch: &Branch, here: &Run, wanted: Wanted, until: Time) -> Self {
        let mut journey = Self {
            from: Moment::of(here),
            run: here.clone(),
            aim: Aim::Next(wanted, until),
            segment: (0, None),
        };
        journey.leap(branch);
        journey
    }

    /// Looking for something later: over what is known not to have it.
    fn leap(&mut self, branch: &Branch) {
        let Aim::Next(wanted, until) = self.aim else {
            return;
        };
        let begin = match branch.segments.first_after(self.run.ticks(), wanted) {
            Some(place) => branch.segments.before(place),
            None => branch.end().tick,
        };
        let kept = branch.checkpoints.before(begin);
        let too_late = kept.world().now() > until;
        let kept = match too_late {
            true => branch.checkpoints.before_time(until),
            false => kept,
        };
        if kept.ticks() > self.run.ticks() {
            self.run = branch.restored(kept);
        }
    }

    /// Through the last segment that may have what is wanted before that tick.
    fn search(branch: &Branch, wanted: Wanted, before: u64) -> Option<Self> {
        let place = branch.segments.last_before(before, wanted)?;
        let begin = branch.segments.before(place);
        let run = branch.restored(branch.checkpoints.before(begin));
        Some(Self {
            from: Moment::of(&run),
            run,
            aim: Aim::Last(wanted, before),
            segment: ((begin + branch.segments.length).min(before - 1), None),
        })
    }

    /// Does so many things at the most.
    pub(super) fn work(
        &mut self,
        branch: &mut Branch,
        most: usize,
        seen: &mut dyn FnMut(&Run),
    ) -> Outcome {
        for _ in 0..most {
            if self.is_there() {
                return self.arrive(branch);
            }
            if is_too_large(&self.run) {
                return Outcome::TooLarge;
            }
            let before = Before::of(&self.run);
            match self.run.advance(self.until()) {
                Advance::Idle => return self.end(branch),
                Advance::Event => seen(&self.run),
                Advance::Script => {}
            }
            branch.visit(&self.run, before);
            if self.has_found(before) {
                return self.arrive(branch);
            }
            if self.run.ticks().is_multiple_of(branch.segments.length) {
                self.leap(branch);
            }
        }
        Outcome::UnderWay
    }

    fn until(&self) -> Time {
        match self.aim {
            Aim::Time(at) | Aim::Step(_, at) | Aim::Next(_, at) => at,
            // No moment has more things done than its time allows, though a link may say so.
            Aim::Moment(Moment { at, .. }) => at,
            Aim::Tick(_) | Aim::Event(_) | Aim::Last(..) => Time(u64::MAX),
        }
    }

    /// Whether nothing more is to be done, but to let time pass.
    fn is_there(&self) -> bool {
        match self.aim {
            Aim::Moment(Moment { tick, .. }) | Aim::Tick(tick) => self.run.ticks() >= tick,
            Aim::Event(number) => self.run.world().events() >= number,
            Aim::Step(place, _) => self.run.steps_taken() > place && !self.run.is_within_step(),
            Aim::Last(..) => self.run.ticks() >= self.segment.0,
            Aim::Time(_) | Aim::Next(..) => false,
        }
    }

    /// Whether the last thing done is what is looked for.
    fn has_found(&mut self, before: Before) -> bool {
        let (Aim::Next(wanted, _) | Aim::Last(wanted, _)) = self.aim else {
            return false;
        };
        if !is_wanted(&self.run, before, wanted) {
            return false;
        }
        self.segment.1 = Some(self.run.ticks());
        matches!(self.aim, Aim::Next(..))
    }

    /// There is nothing more to do by then.
    fn end(&mut self, branch: &mut Branch) -> Outcome {
        match self.aim {
            Aim::Next(_, at) => {
                self.rest(branch, at);
                Outcome::NotFound
            }
            Aim::Time(at) => {
                self.rest(branch, at);
                Outcome::Arrived
            }
            Aim::Moment(_) | Aim::Tick(_) | Aim::Event(_) | Aim::Step(..) | Aim::Last(..) => {
                self.arrive(branch)
            }
        }
    }

    fn arrive(&mut self, branch: &mut Branch) -> Outcome {
        match self.aim {
            Aim::Moment(moment) => self.rest(branch, moment.at),
            Aim::Last(wanted, _) => return self.go_to_last(branch, wanted),
            Aim::Tick(_) | Aim::Time(_) | Aim::Event(_) | Aim::Step(..) | Aim::Next(..) => {}
        }
        Outcome::Arrived
    }

    /// Lets time pass to `at`, but never over what is due: a link may name a moment that there is not.
    fn rest(&mut self, branch: &mut Branch, at: Time) {
        let at = self.run.next_time().map_or(at, |next| at.min(next));
        if at > self.run.world().now() {
            self.run.rest_until(at);
            branch.rest(&self.run);
        }
    }

    /// The segment has been searched: to what was found, or on to an earlier segment.
    fn go_to_last(&mut self, branch: &Branch, wanted: Wanted) -> Outcome {
        let next = match self.segment {
            (_, Some(tick)) => Self::new(branch, None, Aim::Tick(tick)),
            (end, None) => {
                // Not the same segment again: its first tick is the last that could be before it.
                let length = branch.segments.length;
                let begin = end.saturating_sub(1) / length * length;
                Self::search(branch, wanted, begin + 1)
            }
        };
        match next {
            Some(next) => {
                *self = next;
                Outcome::UnderWay
            }
            None => Outcome::NotFound,
        }
    }

    /// How much of the way is done.
    pub(super) fn progress(&self) -> Option<f32> {
        let now = Moment::of(&self.run);
        let part = |from: u64, now: u64, to: u64| {
            let way = to.saturating_sub(from).max(1) as f32;
            (now.saturating_sub(from) as f32 / way).min(1.0)
        };
        match self.aim {
            Aim::Moment(Moment { tick, .. }) | Aim::Tick(tick) => {
                Some(part(self.from.tick, now.tick, tick))
            }
            Aim::Time(at) | Aim::Step(_, at) => Some(part(self.from.at.0, now.at.0, at.0)),
            Aim::Event(_) | Aim::Next(..) | Aim::Last(..) => None,
        }
    }

    /// Whether the run's place is lost when the journey is given up.
    pub(super) const fn is_search_back(&self) -> bool {
        matches!(self.aim, Aim::Last(..))
    }
}

/// Whether what the run last did is wanted.
fn is_wanted(run: &Run, before: Before, wanted: Wanted) -> bool {
    let mut found = false;
    match wanted.sought {
        Sought::Kinds(kinds) => each_mark(run, before, |kind, nodes| {
            let is_about = wanted.node.is_none_or(|node| nodes.contains(node));
            found |= kinds.contains(kind) && is_about;
        }),
        Sought::Line(sought) => each_line(run, before, |line, node| {
            found |= line == sought && wanted.node.is_none_or(|wanted| wanted == node);
        }),
    }
    found
}

/// Whether one can go there from where the run is.
fn leads_to(run: &Run, aim: Aim) -> bool {
    let here = Moment::of(run);
    match aim {
        Aim::Moment(there) => {
            here.tick < there.tick || here.tick == there.tick && here.at <= there.at
        }
        Aim::Tick(tick) => here.tick <= tick && here.at == run.last_tick(),
        Aim::Time(at) => here.at <= at,
        Aim::Event(number) => run.world().events() < number,
        Aim::Step(place, _) => run.steps_taken() <= place,
        Aim::Next(..) => true,
        Aim::Last(..) => false,
    }
}

/// Whether the run is further on the way than the checkpoint.
fn is_nearer(run: &Run, kept: &Run, aim: Aim) -> bool {
    matches!(aim, Aim::Next(..)) || run.ticks() >= kept.ticks()
}
