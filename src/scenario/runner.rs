//! Running a scenario: a world, its oracles, and the script that acts on it.
//!
//! The headless program and the page run the very same [`Run`]; the page's own acts are events of
//! the world like a script's.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::check::{Monitor, Violation};
use crate::kv::ClientId;
use crate::measure::Tallies;
use crate::raft::{Span, Time};
use crate::sim::{Action, ActionError, Config, World};
use crate::why::{self, Subject, Why, Witness};

use super::expect;
use super::resolve;
use super::script::{Expectation, Fact, Scenario, Step, Verb};
use super::trace::Trace;

/// Something that a scenario says and that was not so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The line of the file.
    pub line: u32,
    /// When it was found.
    pub at: Time,
    /// What was said and what was found.
    pub message: String,
}

/// An expectation that has until its deadline to come true.
#[derive(Clone, Copy, Debug)]
struct Awaited {
    /// The step's place in the script.
    step: usize,
    deadline: Time,
}

/// One thing that a step has decided to do and has not done yet.
#[derive(Clone, Debug)]
struct Decided {
    /// The line of the step.
    line: u32,
    action: Action,
}

/// A run of a scenario. A clone is cheap.
#[derive(Clone, Debug)]
pub struct Run {
    scenario: Arc<Scenario>,
    world: World,
    monitor: Monitor,
    /// What is remembered of it for whoever asks why.
    witness: Witness,
    /// What is counted of it.
    tallies: Tallies,
    next_step: usize,
    /// What is left to be done of the last step taken, all of it at its time.
    decided: VecDeque<Decided>,
    awaited: Vec<Awaited>,
    failures: Vec<Failure>,
    /// The last time at which events came due, and how many of them have been taken.
    instant: (Time, u32),
    /// How many things [`Run::advance`] has done.
    ticks: u64,
    /// When the last of them was done.
    last_tick: Time,
    /// Whether the scenario's end has been judged.
    ended: bool,
    /// Whether it goes on beyond the scenario's end.
    goes_on: bool,
}

/// What [`Run::advance`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Advance {
    /// It took an event of the world, or did one thing that the script says: what happened is in
    /// [`World::happenings`].
    Event,
    /// It read on in the script, and nothing happened in the world: it checked an expectation, or
    /// found that a step cannot be done.
    Script,
    /// Nothing is left to be done before that time.
    Idle,
}

impl Run {
    /// The scenario at its start, with that seed.
    pub fn new(scenario: Arc<Scenario>, seed: u64) -> Self {
        let world = World::new(scenario.config.clone(), seed);
        Self::begin(scenario, world)
    }

    /// What was seen of a cluster elsewhere. It takes its course: nobody can act on it.
    pub fn of_trace(trace: &Trace) -> Self {
        let world = World::observed(trace.recording().clone());
        let scenario = Scenario {
            title: "A trace".into(),
            seed: world.seed(),
            config: world.config().clone(),
            steps: Vec::new(),
            until: trace.end(),
            clients: vec!["c1".into()],
        };
        Self::begin(Arc::new(scenario), world)
    }

    fn begin(scenario: Arc<Scenario>, mut world: World) -> Self {
        for name in &scenario.clients {
            world.client_named(name);
        }
        Self {
            monitor: Monitor::new(&world),
            witness: Witness::default(),
            tallies: Tallies::of(&world),
            world,
            scenario,
            next_step: 0,
            decided: VecDeque::new(),
            awaited: Vec::new(),
            failures: Vec::new(),
            instant: (Time::ZERO, 0),
            ticks: 0,
            last_tick: Time::ZERO,
            ended: false,
            goes_on: false,
        }
    }

    /// A cluster without a script, for somebody to act on; it goes on without end.
    pub fn live(config: Config, seed: u64) -> Self {
        let mut run = Self::new(Arc::new(Scenario::live(config, seed)), seed);
        run.extend();
        run
    }

    /// Does the next thing that is due at or before `until`, and before the end of the run: a step of
    /// the script, or an event of the world. A step comes after every event due before its time and
    /// before any due at it; one that does several things is as many events, one after another.
    pub fn advance(&mut self, until: Time) -> Advance {
        let until = until.min(self.until());
        let advance = self.take_next(until);
        if advance != Advance::Idle {
            self.tick();
        }
        advance
    }

    /// One more thing has been done.
    fn tick(&mut self) {
        self.ticks += 1;
        self.last_tick = self.world.now();
        self.come_to_end();
    }

    /// When nothing is left to be done by the end, and time has come to it, the end is judged.
    fn come_to_end(&mut self) {
        let end = self.scenario.until;
        if self.world.now() == end && self.next_time().is_none_or(|next| next > end) {
            self.judge_end();
        }
    }

    fn take_next(&mut self, until: Time) -> Advance {
        if self.world.now() <= until
            && let Some(decided) = self.decided.pop_front()
        {
            return self.carry_out(decided);
        }
        let event = self.world.next_time().filter(|&at| at <= until);
        let step = self.scenario.steps.get(self.next_step);
        let step = step.filter(|step| step.at <= until);
        match (step, event) {
            (Some(step), event) if event.is_none_or(|event| self.comes_before(step, event)) => {
                self.take_step(step.at)
            }
            (_, Some(event)) => {
                self.pass_end(event);
                self.expire(event);
                self.world.step();
                self.count_at(event);
                self.observed();
                Advance::Event
            }
            _ => Advance::Idle,
        }
    }

    /// Whether a step is taken before the next event, which is due at `event`.
    fn comes_before(&self, step: &Step, event: Time) -> bool {
        step.at < event || step.at == event && self.taken_at(event) >= step.after_events
    }

    /// How many of the events due at `at` have been taken.
    fn taken_at(&self, at: Time) -> u32 {
        let (instant, taken) = self.instant;
        if instant == at { taken } else { 0 }
    }

    fn count_at(&mut self, at: Time) {
        self.instant = (at, self.taken_at(at) + 1);
    }

    /// Runs to `until`, or to the end if that comes first.
    pub fn run_to(&mut self, until: Time) {
        while self.advance(until) != Advance::Idle {}
        self.rest_until(until);
    }

    /// Lets time pass to `until`, before which nothing is left to be done.
    pub fn rest_until(&mut self, until: Time) {
        let until = until.min(self.until()).max(self.world.now());
        if until >= self.scenario.until {
            self.judge_end();
        }
        self.expire(until);
        self.world.pass_to(until);
    }

    /// Time comes to `next`, when something is due: the scenario's end, if that is before, is judged.
    fn pass_end(&mut self, next: Time) {
        if next > self.scenario.until {
            self.judge_end();
        }
    }

    #[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
    fn judge_end(&mut self) {
        if self.ended {
            return;
        }
        let end = self.scenario.until;
        self.expire(end);
        self.world.pass_to(end.max(self.world.now()));
        self.ended = true;
        self.monitor.end(&self.world);
        self.check_awaited();
        self.expire(Time(u64::MAX));
    }

    /// Runs to the end of the scenario.
    pub fn run_to_end(&mut self) {
        self.run_to(self.scenario.until);
    }

    /// Goes on beyond the end of the scenario, without end.
    pub const fn extend(&mut self) {
        self.goes_on = true;
    }

    /// Until when it runs.
    fn until(&self) -> Time {
        match self.goes_on {
            true => Time(u64::MAX),
            false => self.scenario.until,
        }
    }

    /// Somebody acts on the world, now; nothing is written down of it.
    ///
    /// # Errors
    /// When it cannot be done as asked; then nothing has happened.
    pub fn act(&mut self, action: Action) -> Result<(), ActionError> {
        self.world.act(action)?;
        self.observed();
        Ok(())
    }

    /// Takes a step that is not in the script, now, and writes it down there: a run from the start
    /// of the scenario as it then is will be the same, event for event. What the script has for
    /// later stays.
    ///
    /// # Errors
    /// When it cannot be done as written, with the reason; then nothing has happened.
    pub fn improvise(&mut self, verb: Verb) -> Result<(), String> {
        self.improvise_seen(verb, &mut |_| {})
    }

    /// The same; the run is shown to `seen` after each thing that it does, of which the first may be
    /// what was left to be done of the last step taken.
    ///
    /// # Errors
    /// When it cannot be done as written, with the reason.
    pub fn improvise_seen(
        &mut self,
        verb: Verb,
        seen: &mut dyn FnMut(&Self),
    ) -> Result<(), String> {
        let goes_by_itself = self.world.must_go_by_itself();
        goes_by_itself.map_err(|error| error.to_string())?;
        self.finish_step(seen);
        // What waits at a paused node is no longer in flight, once the world has looked ahead.
        self.world.next_time();
        for action in resolve::actions(&verb, &self.world)? {
            let checked = self.world.check(&action);
            checked.map_err(|error| error.to_string())?;
        }
        self.leave_end();
        let at = self.world.now();
        let step = Step {
            at,
            after_events: self.taken_at(at),
            line: 0,
            verb,
        };
        let steps = &mut Arc::make_mut(&mut self.scenario).steps;
        steps.insert(self.next_step, step);
        self.take_step(at);
        self.tick();
        seen(self);
        self.finish_step(seen);
        Ok(())
    }

    /// Whoever acts at the end that has been judged acts a moment after it, and the run goes on.
    fn leave_end(&mut self) {
        if self.ended && self.world.now() == self.scenario.until {
            self.extend();
            self.rest_until(self.scenario.until + Span(1));
        }
    }

    /// Does what is left to be done of the last step taken.
    fn finish_step(&mut self, seen: &mut dyn FnMut(&Self)) {
        while let Some(decided) = self.decided.pop_front() {
            self.carry_out(decided);
            self.tick();
            seen(self);
        }
    }

    /// Goes by another script from here on, which is the same up to here.
    ///
    /// # Panics
    /// When it is not.
    pub fn follow(&mut self, scenario: Arc<Scenario>) {
        let taken = ..self.next_step;
        assert!(
            self.scenario.steps.get(taken) == scenario.steps.get(taken),
            "what has been done cannot be undone"
        );
        self.scenario = scenario;
    }

    /// The client of that name, made when it is new, here and in the scenario.
    pub fn client_named(&mut self, name: &str) -> ClientId {
        let id = self.world.client_named(name);
        let clients = &mut Arc::make_mut(&mut self.scenario).clients;
        if clients.len() == id.0 as usize {
            clients.push(name.to_owned());
        }
        id
    }

    fn take_step(&mut self, at: Time) -> Advance {
        self.pass_end(at);
        self.expire(at);
        self.world.pass_to(at);
        let scenario = self.scenario.clone();
        let place = self.next_step;
        self.next_step += 1;
        let step = &scenario.steps[place];
        if let Verb::Expect(expectation) = &step.verb {
            self.expect(place, expectation);
            return Advance::Script;
        }
        self.decide(step);
        match self.decided.pop_front() {
            Some(first) => self.carry_out(first),
            None => Advance::Script,
        }
    }

    /// Settles whom a step means, now, and so what it does.
    fn decide(&mut self, step: &Step) {
        let line = step.line;
        match resolve::actions(&step.verb, &self.world) {
            Ok(actions) => {
                let decided = actions.into_iter().map(|action| Decided { line, action });
                self.decided.extend(decided);
            }
            Err(message) => self.fail(line, message),
        }
    }

    fn carry_out(&mut self, decided: Decided) -> Advance {
        match self.act(decided.action) {
            Ok(()) => Advance::Event,
            Err(error) => {
                self.fail(decided.line, error.to_string());
                Advance::Script
            }
        }
    }

    /// Checks an expectation now, or begins to wait for it.
    fn expect(&mut self, place: usize, expectation: &Expectation) {
        match expectation.within {
            Some(within) => {
                let deadline = self.world.now() + within;
                self.awaited.push(Awaited {
                    step: place,
                    deadline,
                });
                self.check_awaited();
            }
            None => self.check_at(self.world.now(), expectation, ""),
        }
    }

    /// Checks an expectation as things are, which is how they were at `at`.
    fn check_at(&mut self, at: Time, expectation: &Expectation, when: &str) {
        for item in &expectation.items {
            if let Err(found) = expect::check(&item.fact, &self.world, &self.monitor) {
                self.fail_at(at, item.line, format!("{found}{when}"));
            }
        }
    }

    /// Something has happened: the oracles look, and what was waited for may have come true.
    fn observed(&mut self) {
        self.monitor.observe(&self.world);
        self.witness.observe(&self.world);
        self.tallies.observe(&self.world);
        if !self.awaited.is_empty() {
            self.check_awaited();
        }
    }

    fn check_awaited(&mut self) {
        let (scenario, world, monitor) = (&self.scenario, &self.world, &self.monitor);
        self.awaited
            .retain(|awaited| match &scenario.steps[awaited.step].verb {
                Verb::Expect(expectation) => !expect::all_hold(&expectation.items, world, monitor),
                _ => false,
            });
    }

    /// Time comes to `now`: what should have come true before has failed.
    fn expire(&mut self, now: Time) {
        if self.awaited.is_empty() {
            return;
        }
        let expired = |awaited: &mut Awaited| awaited.deadline < now;
        for awaited in self.awaited.extract_if(.., expired).collect::<Vec<_>>() {
            let scenario = self.scenario.clone();
            if let Verb::Expect(expectation) = &scenario.steps[awaited.step].verb {
                let at = awaited.deadline.min(scenario.until);
                self.fail_awaited(at, scenario.steps[awaited.step].line, expectation);
            }
        }
    }

    fn fail_awaited(&mut self, at: Time, line: u32, expectation: &Expectation) {
        let within = expectation.within.unwrap_or_default();
        let when = format!(" (within {within})");
        let before = self.failures.len();
        self.check_at(at, expectation, &when);
        if self.failures.len() == before {
            self.fail_at(at, line, format!("expected all of this at once{when}"));
        }
    }

    fn fail(&mut self, line: u32, message: String) {
        self.fail_at(self.world.now(), line, message);
    }

    fn fail_at(&mut self, at: Time, line: u32, message: String) {
        self.failures.push(Failure { line, at, message });
    }
}

/// What can be seen of a run.
impl Run {
    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario, shared.
    pub const fn script(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// The world as it is now.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// The oracles.
    pub const fn monitor(&self) -> &Monitor {
        &self.monitor
    }

    /// What is remembered of it for whoever asks why.
    pub const fn witness(&self) -> &Witness {
        &self.witness
    }

    /// What has been counted of it so far.
    pub const fn tallies(&self) -> &Tallies {
        &self.tallies
    }

    /// Why something is as it is now, or what it waits for; `None` when there is no such thing.
    pub fn why(&self, subject: Subject) -> Option<Why> {
        why::why(&self.world, &self.witness, subject)
    }

    /// What was said and was not so.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Whether the scenario has come to its end, and does not go on.
    pub const fn has_ended(&self) -> bool {
        self.ended && !self.goes_on
    }

    /// Whether it goes on beyond the end of the scenario.
    pub const fn goes_on(&self) -> bool {
        self.goes_on
    }

    /// How many things [`Run::advance`] has done: with the time, the exact address of a moment. The
    /// same scenario and seed have the same run at the same address.
    pub const fn ticks(&self) -> u64 {
        self.ticks
    }

    /// When the last of them was done.
    pub const fn last_tick(&self) -> Time {
        self.last_tick
    }

    /// How many steps of the script have been taken.
    pub const fn steps_taken(&self) -> usize {
        self.next_step
    }

    /// Whether there is something left to be done of the last step taken.
    pub fn is_within_step(&self) -> bool {
        !self.decided.is_empty()
    }

    /// When the next thing is due, of the script or of the world.
    pub fn next_time(&mut self) -> Option<Time> {
        let step = self.scenario.steps.get(self.next_step).map(|step| step.at);
        let decided = (!self.decided.is_empty()).then(|| self.world.now());
        let event = self.world.next_time();
        let next = decided.into_iter().chain(step).chain(event).min();
        next.filter(|&at| at <= self.until())
    }

    /// The violations that no expectation of the scenario names.
    pub fn unexpected_violations(&self) -> impl Iterator<Item = &Violation> {
        let named = |violation: &&Violation| {
            self.expectations()
                .all(|fact| *fact != Fact::Violates(violation.property.name()))
        };
        self.monitor.violations().iter().filter(named)
    }

    /// Whether everything was as it should be, so far.
    pub fn is_ok(&self) -> bool {
        self.failures.is_empty() && self.unexpected_violations().next().is_none()
    }

    fn expectations(&self) -> impl Iterator<Item = &Fact> {
        self.scenario
            .steps
            .iter()
            .filter_map(|step| match &step.verb {
                Verb::Expect(expectation) => Some(&expectation.items),
                _ => None,
            })
            .flatten()
            .map(|item| &item.fact)
    }
}
