//! The session on the real simulator: it goes through a [`Timeline`] at
//! the user's pace, and gives what the page shows of it.
//!
//! The simulation advances by events, never by frames: a frame says how much simulated time has come,
//! and every event up to there is taken, whatever the frame rate.

mod clock;
mod comparing;
mod figure;
mod flights;
mod last;
mod log;
mod looking;
mod metrics;
mod pace;
mod parts;
mod refill;
mod state;
#[cfg(test)]
mod tests;
mod time;
mod verbs;
mod watch;

use std::cell::RefCell;
use std::rc::Rc;

use crate::raft::{NodeId, Time};
use crate::scenario::{self, Report, Run, Scenario};
use crate::sim::Config;
use crate::timeline::share::Shared;
use crate::timeline::{Moment, Timeline};
use crate::why::{Subject, Why};

use super::act::Act;
use super::session::{RunView, Session};
use super::view::{
    ComparisonView, EventLog, FigureView, Inspected, MetricsView, Moving, Strip, TimeView, View,
};

pub(in crate::ui) use clock::Slice;

use state::State;

/// The seed of the first run.
const FIRST_SEED: u64 = 1;

/// The session of the page.
#[derive(Clone)]
pub struct LiveSession {
    state: Rc<RefCell<State>>,
    moving: Rc<Live>,
}

/// What is drawn rather than rendered, read from the same state.
struct Live(Rc<RefCell<State>>);

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
    #[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
    pub fn report(&self) -> String {
        Report::of(self.state.borrow().timeline.run(), None).to_json()
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
        self.state.borrow_mut().open(scenario);
        Ok(())
    }

    /// Runs to that simulated time, or to the end of the scenario if that comes first, at once.
    pub fn run_until(&self, until: Time) {
        let mut state = self.state.borrow_mut();
        state.run_until(until);
        state.touched = true;
    }

    /// Goes to that simulated time, forward or back, at once.
    pub fn seek(&self, at: Time) {
        let mut state = self.state.borrow_mut();
        state.seek(at, f64::INFINITY);
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
        let world = state.timeline.run().world();
        RunView {
            playing: state.playing,
            speed: state.speed,
            reached: state.pace.short().filter(|_| state.playing),
            network: world.network(),
            under_load: world.under_load(),
            in_chaos: world.in_chaos(),
            read_from: world.proxy().reads,
            config,
            seed,
            is_trace: state.is_trace,
            has_last: state.last.is_some(),
        }
    }

    fn time(&self) -> TimeView {
        self.state.borrow().time()
    }

    fn comparison(&self) -> Option<Rc<ComparisonView>> {
        self.state.borrow().comparing.as_ref()?.view()
    }

    fn script(&self) -> Scenario {
        self.state.borrow().timeline.branch().saved()
    }

    fn shared(&self, selected: Option<NodeId>) -> Shared {
        self.state.borrow().shared(selected)
    }

    fn replay(&self) -> (Run, Moment) {
        let timeline = &self.state.borrow().timeline;
        (timeline.start(), timeline.moment())
    }

    fn why(&self, subject: Subject) -> Option<Why> {
        looking::why(&self.state.borrow().timeline, subject)
    }

    fn inspect(&self, subject: Subject) -> Inspected {
        let state = &mut *self.state.borrow_mut();
        let stands = !state.playing && !state.timeline.is_under_way();
        state.looking.inspect(&state.timeline, subject, stands)
    }

    fn found(&self) -> u32 {
        self.state.borrow().looking.found
    }

    fn strip(&self) -> Rc<dyn Strip> {
        self.moving.clone()
    }

    fn events(&self) -> Rc<dyn EventLog> {
        self.state.borrow().watch.log()
    }

    fn timeline(&self, look: &mut dyn FnMut(&Timeline)) {
        look(&self.state.borrow().timeline);
    }

    fn moving(&self) -> Rc<dyn Moving> {
        self.moving.clone()
    }

    fn figure(&self, node: Option<NodeId>) -> FigureView {
        figure::view(self.state.borrow().timeline.run(), node)
    }

    fn metrics(&self) -> Rc<MetricsView> {
        let state = &mut *self.state.borrow_mut();
        let axis = state.time().axis();
        let (view, more) = state.counted.view(&state.timeline, axis, state.playing);
        // What is left of it is done in the next frame.
        state.touched |= more;
        view
    }

    fn look_at_metrics(&self, within: Option<(Time, Time)>) {
        let state = &mut *self.state.borrow_mut();
        state.counted.look(within);
        state.touched = true;
    }

    fn act(&self, act: Act) -> Result<(), String> {
        self.state.borrow_mut().act(act)
    }

    fn tick(&self, wall: f64) -> bool {
        self.state.borrow_mut().tick(wall)
    }
}
