//! Moving the playhead of a timeline.

use crate::raft::Time;
use crate::scenario::{Run, Step};

use super::branch::{Branch, Done};
use super::journey::{Aim, Direction, Journey, Outcome, Progress, Wanted};
use super::moment::Moment;
use super::timelines::Timeline;

/// Each of these begins a journey, which [`Timeline::work`] takes on.
impl Timeline {
    /// To that time, with everything done that is due by then; beyond what has been run, too.
    pub fn seek(&mut self, at: Time) {
        self.go(Aim::Time(at));
    }

    /// To that moment of the branch.
    pub fn seek_moment(&mut self, moment: Moment) {
        self.go(Aim::Moment(moment));
    }

    /// To just after the event of that number; when there are fewer, to after all of them.
    pub fn seek_event(&mut self, number: u64) {
        self.go(Aim::Event(number));
    }

    /// As far as the branch is known to go.
    pub fn seek_end(&mut self) {
        self.go(last(self.branch()));
    }

    /// To just after the last event, when time has passed since; else to just after the one before.
    pub fn step_back(&mut self) {
        let number = self.run.world().events();
        if self.is_resting() {
            self.go(Aim::Event(number));
        } else if number > 0 {
            self.go(Aim::Event(number - 1));
        }
    }

    /// Whether time has passed since the last event.
    pub fn is_resting(&self) -> bool {
        let world = self.run.world();
        world.now() > world.last_event()
    }

    /// To the next or last event that is wanted.
    pub fn find(&mut self, wanted: Wanted, direction: Direction) {
        // When time has passed since the last thing was done, that one is before the playhead too.
        let is_resting = self.run.world().now() > self.run.last_tick();
        self.go(match direction {
            Direction::Back => Aim::Last(wanted, self.run.ticks() + u64::from(is_resting)),
            Direction::Forward { until } => Aim::Next(wanted, until),
        });
    }

    /// To just before the last act of somebody, which is given; none: nobody has acted.
    pub fn undo(&mut self) -> Option<Step> {
        let done = self.last_act()?;
        self.go(Aim::Moment(Moment {
            tick: done.tick - 1,
            at: done.at,
        }));
        Some(self.branch().script.steps[done.step].clone())
    }

    /// To just after the next act of somebody, which is given; none: nobody acts any more.
    pub fn redo(&mut self) -> Option<Step> {
        let place = self.next_act()?;
        let step = self.branch().script.steps[place].clone();
        self.go(Aim::Step(place, step.at));
        Some(step)
    }

    /// What [`Timeline::undo`] would undo.
    pub fn undoable(&self) -> Option<&Step> {
        let done = self.last_act()?;
        self.branch().script.steps.get(done.step)
    }

    /// What [`Timeline::redo`] would do again.
    pub fn redoable(&self) -> Option<&Step> {
        self.branch().script.steps.get(self.next_act()?)
    }

    fn last_act(&self) -> Option<Done> {
        let (done, tick) = (self.branch().done(), self.run.ticks());
        let before = &done[..done.partition_point(|done| done.tick <= tick)];
        let steps = &self.branch().script.steps;
        before
            .iter()
            .rfind(|done| steps[done.step].line == 0)
            .copied()
    }

    /// The place of the next step that somebody took rather than a file, on a branch of a link perhaps
    /// beyond what has been run.
    fn next_act(&self) -> Option<usize> {
        let taken = self.run.steps_taken();
        let later = &self.branch().script.steps[taken..];
        Some(taken + later.iter().position(|step| step.line == 0)?)
    }

    pub(super) fn leave_journey(&mut self) {
        self.journey = None;
        self.switching = false;
    }

    fn go(&mut self, aim: Aim) {
        self.switching = false;
        let branch = &self.branches[self.shown];
        self.journey = Journey::new(branch, Some(&self.run), aim);
    }

    /// Takes the journey on by so many things at the most; what it does is shown to `seen`.
    pub fn work(&mut self, most: usize, seen: &mut dyn FnMut(&Run)) -> Progress {
        let Some(mut journey) = self.journey.take() else {
            return Progress::Idle;
        };
        self.keep_to_budget();
        match journey.work(&mut self.branches[self.shown], most, seen) {
            Outcome::UnderWay => {
                let progress = journey.progress();
                self.journey = Some(journey);
                Progress::UnderWay(progress)
            }
            Outcome::NotFound if journey.is_search_back() => {
                self.switching = false;
                Progress::NotFound
            }
            Outcome::TooLarge => self.end_at(journey, Progress::TooLarge),
            Outcome::NotFound => self.end_at(journey, Progress::NotFound),
            Outcome::Arrived => self.end_at(journey, Progress::Arrived),
        }
    }

    /// The playhead is where the journey has come to, which is over.
    fn end_at(&mut self, journey: Journey, progress: Progress) -> Progress {
        self.switching = false;
        self.run = journey.run;
        progress
    }

    /// Gives the journey up; a playhead that went forward is where it had come to.
    pub fn stop(&mut self) {
        self.switching = false;
        if let Some(journey) = self.journey.take()
            && !journey.is_search_back()
        {
            self.run = journey.run;
        }
    }
}

/// The way to where the branch is known to go.
pub(super) fn last(branch: &Branch) -> Aim {
    match branch.known_until() {
        until if until > branch.known().at => Aim::Time(until),
        _ => Aim::Moment(branch.known()),
    }
}
