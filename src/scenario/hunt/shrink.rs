//! Shrinking: a found scenario made smaller, as long as the same falls.

use crate::raft::{Span, Time};
use crate::scenario::script::{Scenario, Step};

use super::replay::replay;
use super::{Find, is_judged_at_the_end, simpler};

/// The most scenarios that are tried for one find.
const TRIES_MAX: u64 = 20_000;
/// With at most so many steps, any two of them are tried without.
const PAIRS_MAX: usize = 24;

/// How far shrinking has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shrinking {
    /// How many steps the smallest scenario yet has.
    pub steps: usize,
    /// How many scenarios have been tried.
    pub tried: u64,
}

impl Find {
    /// The same find with as few steps, as few settings that are not the defaults, and as round
    /// times as could be had. `progress` is told after every try.
    pub fn shrunk(&self, progress: &mut dyn FnMut(Shrinking)) -> Self {
        let mut shrinker = Shrinker {
            best: self.clone(),
            tried: 0,
            progress,
        };
        shrinker.try_this(&self.scenario);
        shrinker.run();
        shrinker.best.rounded_off()
    }

    /// The end of the run at a round time, if nothing more falls until then.
    fn rounded_off(mut self) -> Self {
        if is_judged_at_the_end(self.falls) {
            return self;
        }
        let steps = self.expecting().steps.len();
        for grid in [100_000, 10_000, 1_000] {
            let mut candidate = self.clone();
            candidate.scenario.until = Time((self.at.0 / grid + 1) * grid);
            if candidate.expecting().steps.len() == steps {
                self = candidate;
                break;
            }
        }
        self
    }
}

struct Shrinker<'p> {
    best: Find,
    tried: u64,
    progress: &'p mut dyn FnMut(Shrinking),
}

impl Shrinker<'_> {
    fn run(&mut self) {
        loop {
            let before = self.best.scenario.clone();
            self.fewer_steps();
            self.each_of(simpler::settings);
            self.each_of(simpler::clusters);
            self.each_of(simpler::merged);
            self.each_of(simpler::verbs);
            self.without_pairs();
            self.each_of(simpler::times);
            if self.best.scenario == before || self.is_tired() {
                break;
            }
        }
    }

    const fn is_tired(&self) -> bool {
        self.tried >= TRIES_MAX
    }

    /// Whether the same falls in this scenario, which then is the best.
    fn try_this(&mut self, candidate: &Scenario) -> bool {
        if self.is_tired() {
            return false;
        }
        self.tried += 1;
        let found = replay(candidate, self.best.falls);
        let is_found = found.is_some();
        if let Some(find) = found {
            self.best = find;
        }
        (self.progress)(Shrinking {
            steps: self.best.steps(),
            tried: self.tried,
        });
        is_found
    }

    /// Delta debugging (Zeller, Hildebrandt, TSE 2002): parts of the steps are left out, large ones
    /// first, down to single ones, until none can be.
    fn fewer_steps(&mut self) {
        let mut size = self.best.steps().div_ceil(2);
        while size > 0 {
            let mut from = self.best.steps();
            let mut is_smaller = false;
            // From the end: what happened last depends on what was before.
            while from > 0 {
                let end = from.min(self.best.steps());
                from = end.saturating_sub(size);
                is_smaller |= self.try_without(|place| (from..end).contains(&place));
            }
            if !(is_smaller && size == 1) {
                size /= 2;
            }
        }
    }

    /// Any two steps, which may only make sense together.
    fn without_pairs(&mut self) {
        let mut one = 0;
        while one < self.best.steps() && self.best.steps() <= PAIRS_MAX {
            let mut other = one + 1;
            while other < self.best.steps() {
                if self.try_without(|place| place == one || place == other) {
                    (one, other) = (0, 0);
                }
                other += 1;
            }
            one += 1;
        }
    }

    fn try_without(&mut self, is_left_out: impl Fn(usize) -> bool) -> bool {
        let scenario = &self.best.scenario;
        let places = scenario.steps.iter().enumerate();
        let steps: Vec<Step> = places
            .filter(|&(place, _)| !is_left_out(place))
            .map(|(_, step)| step.clone())
            .collect();
        let candidate = Scenario {
            steps,
            ..scenario.clone()
        };
        self.try_this(&candidate)
    }

    /// One simplification after another, as long as there are any: each is of the best so far.
    fn each_of(&mut self, simpler: fn(&Scenario) -> Vec<Scenario>) {
        let mut place = 0;
        while let Some(candidate) = simpler(&self.best.scenario).get(place) {
            let candidate = with_time_to_fall(candidate.clone(), &self.best);
            if !self.try_this(&candidate) {
                place += 1;
            }
        }
    }
}

/// What changes moves moments a little: the run may take longer for the same to fall.
fn with_time_to_fall(mut candidate: Scenario, best: &Find) -> Scenario {
    if !is_judged_at_the_end(best.falls) {
        candidate.until = candidate.until + Span::from_secs(1);
    }
    candidate
}
