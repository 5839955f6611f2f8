//! Hunting: random schedules, seed after seed, until something falls that never may; and shrinking
//! what was found to a scenario that a person can follow.
//!
//! A schedule is a scenario that is made up while it runs: at random moments the hunter looks at the
//! world and takes a step that fits. So what it finds needs no translation: it is a scenario file.
//! The same seed gives the same schedule and the same find, everywhere. Which verbs and settings are
//! frequent is drawn for each seed anew ("swarm testing", Groce et al., ISSTA 2012): runs that are
//! one-sided in different ways find more than runs that are all alike.
//!
//! | file | what it does |
//! | --- | --- |
//! | `setting` | draws a cluster |
//! | `past` | draws what the cluster has been through |
//! | `mood`, `verbs` | draw when something is done, and what |
//! | `plot` | draws several things that are done one after another |
//! | `schedule` | makes up a scenario, running it |
//! | `replay` | runs a scenario again, without the steps that can no longer be taken |
//! | `shrink`, `simpler` | make a scenario smaller as long as the same falls |

mod mood;
mod past;
mod plot;
mod replay;
mod schedule;
mod setting;
mod shrink;
mod simpler;
#[cfg(test)]
mod tests;
mod verbs;

use crate::check::{Falls, Linearizability, Property};
use crate::raft::{Policy, Span, Time};
use crate::sim::ReadMode;

use super::runner::{Advance, Run};
use super::script::{Expectation, Fact, Item, Scenario, Step, Verb};
use super::write;

pub use shrink::Shrinking;

/// What is hunted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hunt {
    /// How many nodes each cluster has; `None`: some 3 to 5, drawn for each seed.
    pub nodes: Option<usize>,
    /// Which rules are wrong on purpose.
    pub policy: Policy,
}

/// What has fallen in a run by now.
fn fallen(run: &Run) -> Option<Falls> {
    if let Some(violation) = run.monitor().violations().first() {
        return Some(Falls::Property(violation.property));
    }
    // From its own state a node may answer what is out of date: nothing else is promised.
    let is_promised = run.world().config().raft.reads != ReadMode::Local;
    let is_broken = matches!(run.monitor().linearizability(), Linearizability::Broken(_));
    (is_promised && is_broken).then_some(Falls::Linearizability)
}

/// Runs until everything before `at` is done, and nothing of `at`, unless something falls before;
/// says whether nothing has.
fn up_to(run: &mut Run, at: Time) -> bool {
    if at > run.world().now() {
        let before = Time(at.0 - 1);
        while fallen(run).is_none() && run.advance(before) != Advance::Idle {}
        if fallen(run).is_none() {
            run.rest_until(at);
        }
    }
    fallen(run).is_none()
}

/// Whether it is judged when a run ends, and not before.
fn is_judged_at_the_end(falls: Falls) -> bool {
    falls == Falls::Property(Property::Liveness)
}

/// A run in which something fell.
#[derive(Clone, PartialEq, Debug)]
pub struct Find {
    /// The seed of the schedule, which is that of the run.
    pub seed: u64,
    /// What fell first.
    pub falls: Falls,
    /// When, in the run of the scenario as it is.
    pub at: Time,
    /// What the oracle saw.
    pub detail: String,
    /// A scenario in which it falls. It expects nothing.
    pub scenario: Scenario,
}

impl Hunt {
    /// Makes up the schedule of that seed and runs it; `None` when nothing falls.
    pub fn seed(&self, seed: u64) -> Option<Find> {
        let run = self.run(seed);
        Find::of(&run, fallen(&run)?)
    }

    /// The run of that seed's schedule, as far as the end or the first violation. Its scenario says
    /// what was done.
    pub fn run(&self, seed: u64) -> Run {
        schedule::run(self, seed)
    }
}

impl Find {
    /// What fell in a run, which stands where it fell or at its end.
    fn of(run: &Run, falls: Falls) -> Option<Self> {
        let monitor = run.monitor();
        let (at, detail) = match (falls, monitor.linearizability()) {
            (Falls::Property(property), _) => {
                let mut violations = monitor.violations().iter();
                let found = violations.find(|violation| violation.property == property)?;
                (found.at, &found.detail)
            }
            (Falls::Linearizability, Linearizability::Broken(broken)) => {
                (broken.at, &broken.detail)
            }
            (Falls::Linearizability, _) => return None,
        };
        let detail = detail.clone();
        let mut scenario = run.scenario().clone();
        if !is_judged_at_the_end(falls) {
            scenario.until = (at + Span(1)).min(scenario.until);
        }
        Some(Self {
            seed: run.world().seed(),
            falls,
            at,
            detail,
            scenario,
        })
    }

    /// The scenario with what is expected of it at its end: that all this falls, and so that a run
    /// of it is in order.
    pub fn expecting(&self) -> Scenario {
        let mut scenario = self.scenario.clone();
        scenario.title = self.title();
        let mut run = Run::new(scenario.clone().into(), scenario.seed);
        run.run_to_end();
        let violations = run.monitor().violations().iter();
        let mut facts: Vec<_> = violations
            .map(|violation| Fact::Violates(violation.property.name()))
            .collect();
        if self.falls == Falls::Linearizability {
            facts.push(Fact::Linearizable(false));
        }
        scenario.steps.extend(facts.into_iter().map(|fact| Step {
            at: scenario.until,
            after_events: 0,
            line: 0,
            verb: Verb::Expect(Expectation {
                // What is judged at the end is known only after the last step.
                within: is_judged_at_the_end(self.falls).then_some(Span::ZERO),
                items: vec![Item { line: 0, fact }],
            }),
        }));
        scenario
    }

    /// What breaks what.
    fn title(&self) -> String {
        let mutants = self.scenario.config.raft.policy.iter();
        let mutants: Vec<_> = mutants.map(|mutant| mutant.name()).collect();
        match mutants.as_slice() {
            [] => format!("{} falls", self.falls),
            mutants => format!("{} falls by {}", self.falls, mutants.join(", ")),
        }
    }

    /// The file of it, which `flotilla run` finds in order.
    pub fn to_toml(&self) -> String {
        format!(
            "# Breaks {}: {}.\n# Found by flotilla hunt with seed {}.\n{}",
            self.falls,
            self.detail.replace('\n', " "),
            self.seed,
            write(&self.expecting())
        )
    }

    /// How many steps it takes.
    pub fn steps(&self) -> usize {
        self.scenario.steps.len()
    }
}
