//! The state of the session: a timeline, whether and how fast time runs, and what the page keeps.

use std::rc::Rc;
use std::sync::Arc;

use crate::raft::{NodeId, Span, Time};
use crate::scenario::{Run, Scenario, words};
use crate::sim::Config;
use crate::timeline::share::{ShareError, Shared};
use crate::timeline::{Branch, BranchId, Direction, Moment, Played, Progress, Timeline, Wanted};

use super::super::act::Act;
use super::super::view::{EventLog, Said, TimeView, View};
use super::clock::Slice;
use super::comparing::Comparing;
use super::last::Last;
use super::looking::Looking;
use super::metrics::Counted;
use super::pace::Pace;
use super::watch::Watch;
use super::{time, verbs};

/// Simulated seconds a second when the page opens: a flight of 12.5 ms takes a second on the wall.
const DEFAULT_SPEED: f64 = 1.0 / 80.0;
/// How long before the first thing that happens a new run is shown: nothing happens until the first
/// election timer fires, and that is not worth waiting for.
const LEAD_IN: Span = Span::from_millis(30);
/// How long a frame may be at work on playing, in milliseconds: half of a frame, so that the page
/// stays alive at any speed.
const PLAY_MILLIS: f64 = 8.0;
/// How many things are done of it between two looks at the clock.
const PLAY_SLICE: usize = 32;
/// How long a frame may be at work on finding lines of the log again, in milliseconds.
const REFILL_MILLIS: f64 = 4.0;
/// How many things are done of a journey between two looks at the clock.
const SLICE: usize = 500;
/// How long a frame may be at work on a journey, in milliseconds.
const FRAME_MILLIS: f64 = 10.0;
/// How far ahead an event is looked for that has not come yet.
const SEARCH: Span = Span::from_secs(60);

/// The state.
pub(super) struct State {
    pub(super) timeline: Timeline,
    pub(super) watch: Watch,
    pub(super) comparing: Option<Comparing>,
    pub(super) counted: Counted,
    pub(super) playing: bool,
    pub(super) speed: f64,
    /// The simulated time that is drawn, in microseconds: the world's, or a little after its last
    /// event.
    pub(super) drawn: f64,
    pub(super) started_with: (Rc<Config>, u64),
    /// How far a journey has come that takes longer than a frame.
    under_way: Option<Option<f32>>,
    /// Until when the journey under way looks for something, if it does, and whether it looks back.
    search: Option<(bool, Time)>,
    /// The steps asked for while a journey is under way, to be taken from where it leads: so many
    /// forward, or back.
    steps: i64,
    /// How fast time has run lately.
    pub(super) pace: Pace,
    pub(super) said: Option<(u32, Said)>,
    /// How often there has been something to say.
    pub(super) says: u32,
    /// Whether something has changed since the last frame other than by time passing.
    pub(super) touched: bool,
    /// What is looked at.
    pub(super) looking: Looking,
    /// Whether it plays a trace.
    pub(super) is_trace: bool,
    /// Whether the user has acted since it was shown.
    pub(super) acted: bool,
    /// The run that was shown before, or after.
    pub(super) last: Option<Last>,
}

impl State {
    /// A fresh cluster, shortly before something happens.
    pub(super) fn live(config: Config, seed: u64) -> Self {
        let mut state = Self::of(Run::live(config, seed));
        let first = state.timeline.run().clone().next_time().unwrap_or_default();
        let shown = Time(first.0.saturating_sub(LEAD_IN.as_micros()));
        state.timeline.rest_until(shown);
        state.arrived();
        state
    }

    /// A run at its start.
    pub(super) fn of(run: Run) -> Self {
        Self::on(Timeline::new(run))
    }

    /// A timeline at its start.
    fn on(timeline: Timeline) -> Self {
        let world = timeline.run().world();
        let started_with = (Rc::new(world.config().clone()), world.seed());
        Self {
            watch: Watch::new(timeline.run(), timeline.branch().id()),
            timeline,
            comparing: None,
            counted: Counted::default(),
            playing: true,
            speed: DEFAULT_SPEED,
            drawn: 0.0,
            started_with,
            under_way: None,
            search: None,
            steps: 0,
            pace: Pace::default(),
            said: None,
            says: 0,
            touched: true,
            looking: Looking::default(),
            is_trace: false,
            acted: false,
            last: None,
        }
    }

    /// The run that a link holds, on its way to its moment.
    ///
    /// # Errors
    /// When its branches are not those of one run.
    #[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
    pub(super) fn of_link(shared: &Shared) -> Result<Self, String> {
        let scripts = shared.branches.iter().cloned().map(Arc::new).collect();
        let timeline = Timeline::of_branches(scripts, shared.shown);
        let mut state = Self::on(timeline.ok_or_else(|| ShareError::Damaged.to_string())?);
        state.playing = false;
        state.timeline.tell_ends(&shared.ends);
        // The slider goes from 1/1000 to 10; a link may say anything.
        state.speed = shared.speed.clamp(1e-3, 10.0);
        let (tick, at) = (shared.tick, shared.at);
        state.timeline.seek_moment(Moment { tick, at });
        state.travel(FRAME_MILLIS);
        Ok(state)
    }

    /// The whole run as a link holds it.
    pub(super) fn shared(&self, selected: Option<NodeId>) -> Shared {
        let branches = self.timeline.branches();
        let is_shown = |branch: &Branch| branch.id() == self.timeline.branch().id();
        let Moment { tick, at } = self.timeline.moment();
        Shared {
            branches: branches.iter().map(Branch::shared).collect(),
            ends: branches.iter().map(Branch::known).collect(),
            shown: branches.iter().position(is_shown).unwrap_or_default(),
            tick,
            at,
            speed: self.speed,
            selected,
        }
    }

    /// Another run in place of this one, which goes on as this one did.
    pub(super) fn replace(&mut self, new: Self) {
        let (playing, speed) = (self.playing, self.speed);
        self.put(Self {
            playing,
            speed,
            ..new
        });
    }

    /// A run of that scenario, from its start.
    pub(super) fn open(&mut self, scenario: Scenario) {
        let seed = scenario.seed;
        self.replace(Self::of(Run::new(Arc::new(scenario), seed)));
    }

    pub(super) fn view(&mut self) -> View {
        let lines = self.watch.log().end();
        let parts = &mut self.watch.parts;
        parts.view(self.timeline.run(), Some(lines), self.playing)
    }

    pub(super) fn time(&self) -> TimeView {
        let turns = |again| self.turns(again);
        time::view(&self.timeline, self.under_way, self.said.clone(), turns)
    }

    /// Time passes on the wall.
    pub(super) fn tick(&mut self, wall: f64) -> bool {
        let changed = self.pass(wall);
        let changed = self.looking.work(&self.timeline) || changed;
        // On its way, the playhead is not where the page will show it.
        !self.timeline.is_under_way() && self.compare() || changed
    }

    /// Takes the comparison on, if there is one; says whether it has changed.
    fn compare(&mut self) -> bool {
        let Some(comparing) = &mut self.comparing else {
            return false;
        };
        let parts = &mut self.watch.parts;
        let changed = comparing.tick(&mut self.timeline, parts, self.playing);
        if changed.is_none() {
            self.comparing = None;
        }
        changed.unwrap_or(true)
    }

    fn pass(&mut self, wall: f64) -> bool {
        let touched = std::mem::take(&mut self.touched);
        if self.timeline.is_under_way() {
            self.travel(FRAME_MILLIS);
            return true;
        }
        let slice = Slice::of(REFILL_MILLIS);
        let refilled = self.watch.refill(&self.timeline, &slice);
        if !self.playing {
            return touched || refilled;
        }
        self.play(wall);
        true
    }

    /// Time runs, for so many seconds on the wall: as far as the frame allows.
    fn play(&mut self, wall: f64) {
        let (from, slice) = (self.drawn, Slice::of(PLAY_MILLIS));
        let target = from + wall * self.speed * 1e6;
        let mut played = Played::Part;
        while played == Played::Part && !slice.is_over() {
            played = self.take(Time(target as u64), PLAY_SLICE);
        }
        self.played(played);
        let has_ended = self.timeline.run().has_ended();
        if played == Played::All && !has_ended {
            self.drawn = target;
        }
        self.playing &= !has_ended;
        if self.playing {
            self.pace.note(wall, (self.drawn - from) / 1e6, self.speed);
        } else {
            self.pace = Pace::default();
        }
    }

    /// Takes every event up to `until`.
    pub(super) fn run_until(&mut self, until: Time) {
        let played = self.take(until, usize::MAX);
        self.played(played);
    }

    /// Takes events up to `until`, so many things at the most; says how far that was.
    fn take(&mut self, until: Time, most: usize) -> Played {
        let watch = &mut self.watch;
        self.timeline
            .play(until, most, &mut |run| watch.observe(run))
    }

    /// So far has been played.
    fn played(&mut self, played: Played) {
        self.settled();
        if played == Played::TooLarge {
            self.stop_too_large();
        }
    }

    fn stop_too_large(&mut self) {
        self.playing = false;
        self.say(Said::TooLarge);
    }

    /// Goes on with the journey for so long; when it is at its end, what it led to is shown.
    pub(super) fn travel(&mut self, millis: f64) {
        let slice = Slice::of(millis);
        loop {
            let watch = &self.watch;
            let progress = self.timeline.work(SLICE, &mut |run| watch.pass(run));
            match progress {
                Progress::UnderWay(part) => self.under_way = Some(part),
                Progress::NotFound => {
                    self.not_found();
                    break;
                }
                Progress::TooLarge => {
                    self.stop_too_large();
                    break;
                }
                Progress::Arrived | Progress::Idle => break,
            }
            if slice.is_over() {
                return;
            }
        }
        self.arrived();
        self.take_steps(millis);
    }

    /// Takes the steps that were asked for on the way here.
    fn take_steps(&mut self, millis: f64) {
        let steps = std::mem::take(&mut self.steps);
        for _ in 0..steps {
            self.step_on();
        }
        if steps < 0 {
            // The first leads to just after the last event, when time has passed since.
            let back = steps.unsigned_abs() - u64::from(self.timeline.is_resting());
            let event = self.timeline.run().world().events();
            self.timeline.seek_event(event.saturating_sub(back));
            self.travel(millis);
        }
    }

    fn not_found(&mut self) {
        if let Some((back, until)) = self.search {
            self.say(match back {
                true => Said::NotBefore,
                false => Said::NotBy(until.min(self.timeline.moment().at)),
            });
        }
    }

    /// The journey under way is over, or another begins: what was meant for its end is not done.
    fn leave(&mut self) {
        self.under_way = None;
        self.search = None;
        self.steps = 0;
    }

    /// The playhead is where a journey led.
    fn arrived(&mut self) {
        self.under_way = None;
        self.search = None;
        self.pace = Pace::default();
        self.watch.moved(self.timeline.run());
        self.watch.refill(&self.timeline, &Slice::of(REFILL_MILLIS));
        self.settled();
    }

    /// Nothing more happens before this is shown.
    fn settled(&mut self) {
        self.watch.settle(self.timeline.run());
        self.drawn = self.timeline.moment().at.0 as f64;
    }

    pub(super) fn say(&mut self, said: Said) {
        self.says += 1;
        self.said = Some((self.says, said));
    }

    pub(super) fn act(&mut self, act: Act) -> Result<(), String> {
        self.touched = true;
        self.said = None;
        match act {
            Act::Play => {
                if self.timeline.run().has_ended() {
                    self.timeline.extend();
                }
                (self.playing, self.steps) = (true, 0);
            }
            Act::Halt => (self.playing, self.pace) = (false, Pace::default()),
            Act::Speed(speed) => (self.speed, self.pace) = (speed, Pace::default()),
            Act::NewRun { config, seed } => {
                self.replace(Self::live(*config, seed));
                self.playing = true;
            }
            Act::Open(scenario) => self.open(Scenario::clone(&scenario)),
            Act::OpenTrace(trace) => {
                self.replace(Self::of(Run::of_trace(&trace)));
                self.is_trace = true;
            }
            Act::OpenLink(shared) => self.put(Self::of_link(&shared)?),
            Act::LastRun => self.turn()?,
            Act::Undo | Act::Redo if self.turns(act == Act::Redo) => self.turn()?,
            Act::Step | Act::StepBack if self.timeline.is_under_way() => {
                self.playing = false;
                self.steps += if act == Act::Step { 1 } else { -1 };
            }
            Act::Step => self.step(),
            Act::StepBack
            | Act::Seek(_)
            | Act::SeekEvent(_)
            | Act::SeekEnd
            | Act::Find { .. }
            | Act::Stop
            | Act::Undo
            | Act::Redo
            | Act::Show(_) => self.go(&act),
            Act::Discard(id) => {
                let mut branches = self.timeline.branches().iter();
                let name = branches
                    .find(|branch| branch.id() == id)
                    .and_then(time::name);
                self.timeline.discard(id)?;
                self.watch.discard(id);
                if let Some(name) = name {
                    self.say(Said::Discarded(name));
                }
            }
            Act::Compare(with) => self.compare_with(with),
            other => self.do_to_world(other)?,
        }
        Ok(())
    }

    fn compare_with(&mut self, with: Option<BranchId>) {
        let timeline = &mut self.timeline;
        self.comparing = with.and_then(|other| Comparing::with(timeline, other));
        if self.comparing.is_none() {
            timeline.put_beside(None);
        }
        self.compare();
    }

    fn do_to_world(&mut self, act: Act) -> Result<(), String> {
        let world = self.timeline.run().world();
        let Some(verb) = verbs::verb(act, world)? else {
            return Ok(());
        };
        let (branch, event) = (self.timeline.branch().id(), world.events());
        let name = words::act(&verb);
        // Of an act between the parts of a step, and of one of several parts, each is in the log.
        let mut seen = Vec::new();
        self.timeline
            .act_seen(verb, &mut |run| seen.push(run.clone()))?;
        self.acted = true;
        let new = self.timeline.branch().id();
        if new != branch {
            self.watch.fork(new, event);
            self.say(Said::Branched(name.into()));
        }
        self.leave();
        seen.iter().for_each(|run| self.watch.observe(run));
        self.watch.parts.renew();
        self.settled();
        Ok(())
    }

    /// One event, then time stands.
    fn step(&mut self) {
        self.playing = false;
        self.step_on();
    }

    fn step_on(&mut self) {
        if self.timeline.run().has_ended() {
            self.timeline.extend();
        }
        let watch = &mut self.watch;
        self.timeline.step(&mut |run| watch.observe(run));
        self.settled();
    }

    /// To that time, for so many milliseconds before the next frame.
    pub(super) fn seek(&mut self, at: Time, millis: f64) {
        self.leave();
        self.timeline.seek(at);
        self.travel(millis);
    }

    /// Begins a journey.
    fn go(&mut self, act: &Act) {
        self.playing &= matches!(act, Act::Seek(_) | Act::SeekEnd | Act::Show(_));
        self.leave();
        match *act {
            Act::StepBack => self.timeline.step_back(),
            Act::Seek(at) => self.timeline.seek(at),
            Act::SeekEvent(number) => self.timeline.seek_event(number),
            Act::SeekEnd => self.timeline.seek_end(),
            Act::Find { wanted, back } => self.find(wanted, back),
            Act::Undo => {
                let undone = self.timeline.undo();
                self.say(undone.map_or(Said::NothingToUndo, |step| Said::Undone(time::act(&step))));
            }
            Act::Redo => {
                let redone = self.timeline.redo();
                self.say(redone.map_or(Said::NothingToRedo, |step| Said::Redone(time::act(&step))));
            }
            Act::Show(id) => {
                let before = self.timeline.branch().id();
                self.timeline.show(id);
                self.watch.show(id);
                if let Some(comparing) = &mut self.comparing
                    && comparing.other() == id
                {
                    comparing.turn(&mut self.timeline, before);
                }
            }
            _ => self.timeline.stop(),
        }
        self.travel(FRAME_MILLIS);
    }

    fn find(&mut self, wanted: Wanted, back: bool) {
        let until = self
            .timeline
            .moment()
            .at
            .max(self.timeline.branch().known_until())
            + SEARCH;
        let direction = match back {
            true => Direction::Back,
            false => Direction::Forward { until },
        };
        self.timeline.find(wanted, direction);
        self.search = Some((back, until));
        if !self.timeline.is_under_way() {
            self.not_found();
        }
    }
}
