//! Making up a scenario while it runs.

use std::sync::Arc;

use crate::raft::{MessageKind, Rule, Span, Time};
use crate::scenario::runner::{Advance, Run};
use crate::scenario::script::{NodeSelector, Scenario, Selector, Step, Verb};
use crate::sim::{ClockRate, Happening, Probability, Server, Stream, World};

use super::mood::{self, Mood, Pause};
use super::plot::Plot;
use super::setting::percent;
use super::verbs::{Verbs, difference, is_contested};
use super::{Hunt, fallen, setting, up_to};

/// For how many of the longest election timeouts nothing is done at the end, and a little more: so
/// long that liveness is judged.
const REST_ELECTION_TIMEOUTS: u64 = 11;
/// The most steps.
const STEPS_MAX: usize = 400;
/// For how long something is waited for.
const WATCH_MAX: Span = Span::from_millis(600);
/// How often something to do is looked for before time goes on.
const TRIES: usize = 8;

/// The run of the schedule with that seed, as far as the end or the first violation.
pub(super) fn run(hunt: &Hunt, seed: u64) -> Run {
    let mut random = Stream::new(seed, "hunt", 0);
    let config = setting::config(&mut random, hunt);
    let mood = Mood::new(&mut random);
    let calm = mood::end_of_faults(&mut random);
    let verbs = Verbs::new(config.network);
    let scenario = Scenario {
        title: format!("Found by hunting, seed {seed}"),
        seed,
        until: calm + config.raft.election_timeout.high() * REST_ELECTION_TIMEOUTS,
        config,
        steps: Vec::new(),
        clients: vec!["c1".into()],
    };
    let mut schedule = Schedule {
        run: Run::new(Arc::new(scenario), seed),
        random,
        mood,
        verbs,
        plot: Plot::default(),
        is_moment: false,
    };
    schedule.trouble(calm);
    schedule.mend(calm);
    schedule.finish();
    schedule.run
}

struct Schedule {
    run: Run,
    random: Stream,
    mood: Mood,
    verbs: Verbs,
    /// What is still to be done of a plot.
    plot: Plot,
    /// Whether something has just happened that was waited for.
    is_moment: bool,
}

impl Schedule {
    /// Does one thing after another until `calm`.
    fn trouble(&mut self, calm: Time) {
        let begin = pick_begin(&mut self.random);
        let mut holds = up_to(&mut self.run, Time::ZERO + begin);
        while holds && self.run.world().now() < calm {
            if self.run.scenario().steps.len() < STEPS_MAX {
                self.act();
            }
            holds = self.pause(calm);
        }
    }

    /// Does one thing, if one is found that can be done.
    fn act(&mut self) {
        if let Some(verb) = self.plot.next(&mut self.run) {
            // Something may have come between; the rest may yet come to something.
            let _ = self.run.improvise(verb);
            return;
        }
        if self.mood.plots(&mut self.random)
            && let Some(plot) = Plot::new(&mut self.verbs, &mut self.run, &mut self.random)
        {
            self.plot = plot;
            return;
        }
        for _ in 0..TRIES {
            let kind = if is_contested(self.run.world()) {
                mood::contested(&mut self.random)
            } else if self.is_moment {
                mood::strike(&mut self.random)
            } else {
                None
            };
            let kind = kind.unwrap_or_else(|| self.mood.kind(&mut self.random));
            let verb = self.verbs.draw(kind, &mut self.run, &mut self.random);
            if verb.is_some_and(|verb| self.run.improvise(verb).is_ok()) {
                return;
            }
        }
    }

    /// Lets time pass; says whether nothing has fallen.
    fn pause(&mut self, calm: Time) -> bool {
        let pause = match is_contested(self.run.world()) && percent(&mut self.random, 75) {
            true => mood::short(&mut self.random),
            false => self.mood.pause(&mut self.random),
        };
        if let Some(pause) = self.plot.pause() {
            return self.let_pass(pause, calm);
        }
        let is_told = |step: &Step| matches!(step.verb, Verb::Transfer(_));
        let pause = match self.run.scenario().steps.last().is_some_and(is_told) {
            true => Pause::Transfer,
            false => pause,
        };
        self.let_pass(pause, calm)
    }

    fn let_pass(&mut self, pause: Pause, calm: Time) -> bool {
        let now = self.run.world().now();
        self.is_moment = matches!(pause, Pause::Election | Pause::Transfer | Pause::Commit);
        let until = match pause {
            Pause::None => now,
            Pause::Span(span) => now + span,
            Pause::Events(mut events) => self.watch(calm, |_| {
                events -= 1;
                events == 0
            }),
            Pause::Election => self.watch(calm, |world| {
                rules(world).any(|rule| matches!(rule, Rule::BecomeLeader { .. }))
            }),
            Pause::Transfer => self.watch(calm, |world| {
                let is_told = |happening: &Happening| match happening {
                    Happening::Delivered(head) => head.kind() == MessageKind::TimeoutNow,
                    _ => false,
                };
                world.happenings().iter().any(is_told)
            }),
            Pause::Commit => self.watch(calm, |world| {
                rules(world).any(|rule| matches!(rule, Rule::LeaderCommit { .. }))
            }),
        };
        up_to(&mut self.run, until.min(calm.max(now)))
    }

    /// Runs until an event is what is waited for, but not for long; gives the moment after it.
    fn watch(&mut self, calm: Time, mut is_it: impl FnMut(&World) -> bool) -> Time {
        let longest = self.run.world().config().raft.election_timeout.high() * 2;
        let end = (self.run.world().now() + WATCH_MAX.max(longest)).min(calm);
        // A step comes before the events of its time: it cannot be at that of this one.
        while self.run.advance(Time(end.0 - 1)) != Advance::Idle {
            let world = self.run.world();
            if is_it(world) || fallen(&self.run).is_some() {
                return world.now() + Span(1);
            }
        }
        end
    }

    /// Mends everything: links, nodes, conditions.
    fn mend(&mut self, calm: Time) {
        if fallen(&self.run).is_some() || !up_to(&mut self.run, calm) {
            return;
        }
        let world = self.run.world();
        let those = |fits: fn(&Server) -> bool| {
            let fitting = world.servers().iter().filter(|server| fits(server));
            let nodes: Vec<_> = fitting.map(|s| NodeSelector::Node(s.id())).collect();
            (!nodes.is_empty()).then_some(Selector::Nodes(nodes))
        };
        let mut network = world.config().network;
        network.loss = Probability::NEVER;
        let change = difference(world.network(), network);
        let mending = [
            Some(Verb::Heal(None)),
            those(|server| !server.is_up()).map(Verb::Restart),
            those(Server::is_paused).map(Verb::Resume),
            those(|server| server.clock_rate() != ClockRate::TRUE).map(|nodes| Verb::Clock {
                nodes,
                rate: ClockRate::TRUE,
            }),
            (world.network() != network).then_some(Verb::Network(change)),
        ];
        for verb in mending.into_iter().flatten() {
            let mended = self.run.improvise(verb);
            debug_assert_eq!(mended, Ok(()), "what is broken can be mended");
        }
    }

    /// Runs to the end, unless something falls.
    fn finish(&mut self) {
        let end = self.run.scenario().until;
        if fallen(&self.run).is_none() && up_to(&mut self.run, end) {
            self.run.run_to_end();
        }
    }
}

/// The rules that fired in the last event.
fn rules(world: &World) -> impl Iterator<Item = Rule> {
    let happenings = world.happenings().iter();
    happenings.filter_map(|happening| match happening {
        Happening::Rule(_, rule) => Some(*rule),
        _ => None,
    })
}

/// When the first thing is done: at once, in the first election, or when a node leads.
fn pick_begin(random: &mut Stream) -> Span {
    let millis = setting::pick(random, &[0, 150, 300, 500]);
    Span(millis * 1_000 + random.below(100_000))
}

#[cfg(test)]
mod tests {
    use super::super::verbs::runs;
    use super::*;

    #[test]
    fn a_schedule_ends_with_everything_mended() {
        for seed in 1..=20 {
            let run = run(&Hunt::default(), seed);
            assert!(run.world().servers().iter().all(runs), "seed {seed}");
            assert!(run.has_ended(), "seed {seed}");
        }
    }
}
