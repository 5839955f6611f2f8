//! The session on the real simulator: it runs a [`Run`] at the user's pace, and gives what the page
//! shows of it.
//!
//! The simulation advances by events, never by frames: a frame says how much simulated time has come,
//! and every event up to there is taken, whatever the frame rate.

mod flights;
mod log;
mod parts;
mod verbs;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use crate::raft::{Span, Time};
use crate::scenario::{self, Advance, Report, Run};
use crate::sim::Config;

use super::act::Act;
use super::session::{RunView, Session};
use super::view::{Death, EventLog, Moving, View};

use log::LiveLog;
use parts::Parts;

/// Simulated seconds a second when the page opens: a flight of 12.5 ms takes a second on the wall.
const DEFAULT_SPEED: f64 = 1.0 / 80.0;
/// The seed of the first run.
const FIRST_SEED: u64 = 1;
/// How long before the first thing that happens a new run is shown: nothing happens until the first
/// election timer fires, and that is not worth waiting for.
const LEAD_IN: Span = Span::from_millis(30);
/// The most events taken in one frame, so that the page stays alive at any speed.
const FRAME_EVENTS_MAX: usize = 20_000;
/// For how much simulated time a lost message is still drawn.
const DEATH_SHOWN: Span = Span::from_millis(30);

/// The session of the page.
#[derive(Clone)]
pub struct LiveSession {
    state: Rc<RefCell<State>>,
    moving: Rc<Live>,
}

/// What moves, read from the same state.
struct Live(Rc<RefCell<State>>);

struct State {
    run: Run,
    playing: bool,
    speed: f64,
    /// The simulated time that is drawn, in microseconds: the world's, or a little after its last
    /// event.
    drawn: f64,
    parts: Parts,
    log: Rc<LiveLog>,
    deaths: VecDeque<Death>,
    started_with: (Rc<Config>, u64),
    /// Whether something has changed since the last frame other than by time passing.
    touched: bool,
}

impl Default for LiveSession {
    fn default() -> Self {
        let state = State::live(Config::default(), FIRST_SEED);
        let state = Rc::new(RefCell::new(state));
        Self {
            moving: Rc::new(Live(state.clone())),
            state,
        }
    }
}

impl LiveSession {
    /// What the headless runner would print of this moment, in JSON.
    pub fn report(&self) -> String {
        Report::of(&self.state.borrow().run, None).to_json()
    }

    /// Shows another scenario, from its start.
    ///
    /// # Errors
    /// What is wrong with the text, a line an error, when it is not a scenario.
    pub fn load(&self, text: &str) -> Result<(), String> {
        let scenario = scenario::parse(text).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })?;
        let seed = scenario.seed;
        let mut state = self.state.borrow_mut();
        let (playing, speed) = (state.playing, state.speed);
        *state = State::of(Run::new(Arc::new(scenario), seed));
        (state.playing, state.speed) = (playing, speed);
        Ok(())
    }

    /// Runs to that simulated time, or to the end of the scenario if that comes first, at once.
    pub fn run_until(&self, until: Time) {
        let mut state = self.state.borrow_mut();
        state.run_until(until, usize::MAX);
        state.touched = true;
    }
}

impl Session for LiveSession {
    fn view(&self) -> View {
        self.state.borrow_mut().view()
    }

    fn run(&self) -> RunView {
        let state = self.state.borrow();
        let (config, seed) = state.started_with.clone();
        RunView {
            playing: state.playing,
            speed: state.speed,
            network: state.run.world().network(),
            read_from: state.run.world().proxy().reads,
            config,
            seed,
        }
    }

    fn events(&self) -> Rc<dyn EventLog> {
        self.state.borrow().log.clone()
    }

    fn moving(&self) -> Rc<dyn Moving> {
        self.moving.clone()
    }

    fn act(&self, act: Act) -> Result<(), String> {
        self.state.borrow_mut().act(act)
    }

    fn tick(&self, wall: f64) -> bool {
        self.state.borrow_mut().tick(wall)
    }
}

impl State {
    /// A fresh cluster, shortly before something happens.
    fn live(config: Config, seed: u64) -> Self {
        let mut state = Self::of(Run::live(config, seed));
        let first = state.run.next_time().unwrap_or_default();
        state
            .run
            .rest_until(Time(first.0.saturating_sub(LEAD_IN.as_micros())));
        state.drawn = state.run.world().now().0 as f64;
        state
    }

    fn of(run: Run) -> Self {
        let started_with = (Rc::new(run.world().config().clone()), run.world().seed());
        Self {
            parts: Parts::of(&run),
            run,
            playing: true,
            speed: DEFAULT_SPEED,
            drawn: 0.0,
            log: Rc::new(LiveLog::default()),
            deaths: VecDeque::new(),
            started_with,
            touched: true,
        }
    }

    fn view(&mut self) -> View {
        self.parts.view(&self.run)
    }

    /// Time passes on the wall.
    fn tick(&mut self, wall: f64) -> bool {
        let touched = std::mem::take(&mut self.touched);
        if !self.playing {
            return touched;
        }
        let target = self.drawn + wall * self.speed * 1e6;
        let caught_up = self.run_until(Time(target as u64), FRAME_EVENTS_MAX);
        if caught_up && !self.run.has_ended() {
            self.drawn = target;
        }
        if self.run.has_ended() {
            self.playing = false;
        }
        true
    }

    /// Takes the events up to `until`, `events_max` at the most; says whether that was all.
    fn run_until(&mut self, until: Time, events_max: usize) -> bool {
        let all = (0..events_max).any(|_| self.advance(until) == Advance::Idle);
        if all {
            self.run.rest_until(until);
        }
        self.drawn = self.run.world().now().0 as f64;
        self.forget_deaths();
        all
    }

    fn advance(&mut self, until: Time) -> Advance {
        let advance = self.run.advance(until);
        if advance == Advance::Event {
            self.observed();
        }
        advance
    }

    /// Something has happened in the world.
    fn observed(&mut self) {
        let world = self.run.world();
        self.log.record(world);
        let at = world.now();
        let lost = world.lost().iter().map(|flight| Death {
            flight: flights::of_message(flight),
            at,
        });
        self.deaths.extend(lost);
        self.parts.observe(world);
    }

    fn forget_deaths(&mut self) {
        let now = self.run.world().now();
        while self
            .deaths
            .front()
            .is_some_and(|death| now.since(death.at) > DEATH_SHOWN)
        {
            self.deaths.pop_front();
        }
    }

    fn act(&mut self, act: Act) -> Result<(), String> {
        self.touched = true;
        match act {
            Act::Play => {
                if self.run.has_ended() {
                    self.run.extend();
                }
                self.playing = true;
            }
            Act::Halt => self.playing = false,
            Act::Step => self.step(),
            Act::Speed(speed) => self.speed = speed,
            Act::NewRun { config, seed } => {
                let speed = self.speed;
                *self = Self::live(*config, seed);
                self.speed = speed;
            }
            other => {
                if let Some(verb) = verbs::verb(other, self.run.world())? {
                    self.run.improvise(verb)?;
                    self.observed();
                }
            }
        }
        Ok(())
    }

    /// One event, then time stands.
    fn step(&mut self) {
        self.playing = false;
        if self.run.has_ended() {
            self.run.extend();
        }
        while self.advance(Time(u64::MAX)) == Advance::Script {}
        self.drawn = self.run.world().now().0 as f64;
        self.forget_deaths();
    }
}
