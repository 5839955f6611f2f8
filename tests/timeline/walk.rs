//! Where a move must lead, found by walking there from the start, one thing after another.

use std::sync::Arc;

use flotilla::measure::Line;
use flotilla::raft::{Node, NodeId, NodeSet, Role, Rule, Time};
use flotilla::scenario::{Advance, Run, Scenario};
use flotilla::sim::{Happening, OperationStep, World};
use flotilla::timeline::{Branch, Kind, Moment, Timeline};

use super::Act;

/// Where a move must lead.
#[derive(Debug)]
pub enum Target {
    /// To where it began.
    Same,
    /// To that time, with everything done that is due by then.
    AllBy(Time),
    /// To just after the thing of that number, and no later.
    JustAfter(u64),
    /// To just before the first thing that the step at that place does, at its time.
    Before(usize),
    /// To just after the last thing that the step at that place does.
    After(usize),
    /// To that moment.
    Moment(Moment),
    /// What somebody does is done where they are.
    Act,
}

/// One thing that a run did, and what is so just after it.
struct Walked<'a> {
    run: &'a Run,
    kinds: Vec<(Kind, Option<NodeId>)>,
}

/// Goes through the run from its start for as long as `each` says, and gives where that ends.
fn walk(
    script: &Arc<Scenario>,
    goes_on: bool,
    until: Time,
    mut each: impl FnMut(&Walked) -> bool,
) -> Run {
    let mut run = Run::new(script.clone(), script.seed);
    if goes_on {
        run.extend();
    }
    let kinds = Vec::new();
    let mut more = each(&Walked { run: &run, kinds });
    while more {
        let (steps, violations) = (run.steps_taken(), run.monitor().violations().len());
        if run.advance(until) == Advance::Idle {
            break;
        }
        let happenings = run.world().happenings().iter();
        let mut kinds: Vec<_> = happenings.filter_map(kind).collect();
        if run.steps_taken() > steps {
            kinds.push((Kind::Act, None));
        }
        if run.monitor().violations().len() > violations {
            kinds.push((Kind::Violation, None));
        }
        more = each(&Walked { run: &run, kinds });
    }
    run
}

fn kind(happening: &Happening) -> Option<(Kind, Option<NodeId>)> {
    use Happening::*;
    Some(match happening {
        Rule(node, rule) => (of_rule(rule)?, Some(*node)),
        Crashed(node) | Restarted(node) | Paused(node) | Resumed(node) | Wiped(node)
        | Added(node) => (Kind::Node, Some(*node)),
        Clock { node, .. } => (Kind::Node, Some(*node)),
        Isolated(node) => (Kind::Network, Some(*node)),
        LinkCut(..)
        | LinkHealed(..)
        | Network(_)
        | Reads(_)
        | ChaosBegan
        | ChaosEnded
        | Partitioned(_)
        | AllHealed
        | Copied(..)
        | Delayed(..)
        | Link { .. }
        | LoadStopped => (Kind::Network, None),
        Operation {
            step: OperationStep::Ok | OperationStep::Failed | OperationStep::Unknown,
            ..
        } => (Kind::Answer, None),
        _ => return None,
    })
}

fn of_rule(rule: &Rule) -> Option<Kind> {
    Some(match rule {
        Rule::StartElection { .. } | Rule::StartPreVote { .. } => Kind::Election,
        Rule::BecomeLeader { .. } => Kind::Leader,
        Rule::StepDown { .. } => Kind::StepDown,
        Rule::LeaderCommit { .. } => Kind::Commit,
        Rule::FollowerCommit { .. } => Kind::Learned,
        _ => return None,
    })
}

impl Target {
    /// Where that act must lead from where the timeline is.
    pub fn of(timeline: &Timeline, act: &Act) -> Self {
        let (branch, run) = (timeline.branch(), timeline.run());
        let now = timeline.moment();
        match *act {
            Act::Play(micros) => Self::AllBy(Time(now.at.0 + micros)),
            Act::Seek(micros) => Self::AllBy(Time(micros)),
            Act::SeekEvent(number) => after_event(branch, now, number),
            Act::Step => after_event(branch, now, run.world().events() + 1),
            Act::StepBack => match (is_resting(branch, now), run.world().events()) {
                (false, 0) => Self::Same,
                (false, events) => after_event(branch, now, events - 1),
                (true, events) => after_event(branch, now, events),
            },
            Act::Undo => match (0..run.steps_taken()).rfind(|&step| is_act(branch, step)) {
                Some(step) => Self::Before(step),
                None => Self::Same,
            },
            Act::Redo => {
                let mut later = run.steps_taken()..branch.script().steps.len();
                later
                    .find(|&step| is_act(branch, step))
                    .map_or(Self::Same, Self::After)
            }
            Act::Show(place) => {
                let branches = timeline.branches();
                let other = &branches[place % branches.len()];
                match other.id() == branch.id() {
                    true => Self::Same,
                    false if now.at < other.known_until() => Self::AllBy(now.at),
                    false => end(other),
                }
            }
            Act::End => end(branch),
            Act::Find(back, kind) => {
                let kind = Kind::STATES[usize::from(kind)];
                match back {
                    true => back_to(branch, now, kind),
                    false => on_to(branch, now, kind, Time(now.at.0 + 500_000)),
                }
            }
            Act::Discard(_) | Act::Extend | Act::Beside(_) => Self::Same,
            _ => Self::Act,
        }
    }

    /// Whether the timeline is there.
    pub fn assert_is(&self, timeline: &Timeline, before: Moment) {
        let (branch, now) = (timeline.branch(), timeline.moment());
        let (script, goes_on) = (branch.script(), branch.goes_on());
        let moment = match *self {
            Self::Same => before,
            Self::AllBy(at) => {
                let at = if goes_on { at } else { at.min(script.until) };
                // Nothing that is played goes back.
                let at = if matches!(self, Self::AllBy(_)) {
                    at
                } else {
                    now.at
                };
                let tick = walk(script, goes_on, at, |_| true).ticks();
                Moment { tick, at }
            }
            Self::JustAfter(tick) => Moment::of(&walk(script, goes_on, Time(u64::MAX), |walked| {
                walked.run.ticks() < tick
            })),
            Self::Before(step) => {
                let mut tick = 0;
                walk(script, goes_on, Time(u64::MAX), |walked| {
                    let goes_on = walked.run.steps_taken() <= step;
                    if goes_on {
                        tick = walked.run.ticks();
                    }
                    goes_on
                });
                Moment {
                    tick,
                    at: script.steps[step].at,
                }
            }
            Self::After(step) => {
                let mut run = walk(script, goes_on, Time(u64::MAX), |walked| {
                    walked.run.steps_taken() <= step
                });
                while run.is_within_step() {
                    run.advance(Time(u64::MAX));
                }
                Moment::of(&run)
            }
            Self::Moment(moment) => moment,
            Self::Act => {
                assert!(now.tick >= before.tick && now.at >= before.at);
                return;
            }
        };
        assert_eq!(now, moment, "{self:?} from {before:?}");
    }
}

fn is_act(branch: &Branch, step: usize) -> bool {
    branch.script().steps[step].line == 0
}

/// To just after the event of that number; when there are fewer, everything is done that there is.
fn after_event(branch: &Branch, now: Moment, number: u64) -> Target {
    let (script, goes_on) = (branch.script(), branch.goes_on());
    let run = walk(script, goes_on, Time(u64::MAX), |walked| {
        walked.run.world().events() < number
    });
    match run.world().events() < number {
        true => Target::Moment(Moment {
            tick: run.ticks(),
            at: run.world().now().max(now.at),
        }),
        false => Target::JustAfter(run.ticks()),
    }
}

/// Whether time has passed since the last event before that moment.
fn is_resting(branch: &Branch, now: Moment) -> bool {
    let (mut events, mut last) = (0, Time::ZERO);
    walk(
        branch.script(),
        branch.goes_on(),
        Time(u64::MAX),
        |walked| {
            let world = walked.run.world();
            if world.events() > events && walked.run.ticks() <= now.tick {
                (events, last) = (world.events(), world.now());
            }
            walked.run.ticks() < now.tick
        },
    );
    now.at > last
}

fn end(branch: &Branch) -> Target {
    match branch.known_until() {
        until if until > branch.known().at => Target::AllBy(until),
        _ => Target::Moment(branch.known()),
    }
}

fn back_to(branch: &Branch, now: Moment, kind: Kind) -> Target {
    let (mut found, mut last) = (None, None);
    walk(branch.script(), branch.goes_on(), now.at, |walked| {
        let tick = walked.run.ticks();
        if walked.kinds.iter().any(|(of, _)| *of == kind) {
            // Where somebody stands just after one, it is not before them.
            (found, last) = (last, Some((tick, walked.run.world().now())));
        }
        tick < now.tick
    });
    match last {
        Some((tick, at)) if tick < now.tick || at < now.at => Target::JustAfter(tick),
        _ => found.map_or(Target::Same, |(tick, _)| Target::JustAfter(tick)),
    }
}

fn on_to(branch: &Branch, now: Moment, kind: Kind, until: Time) -> Target {
    let mut found = None;
    walk(branch.script(), branch.goes_on(), until, |walked| {
        let tick = walked.run.ticks();
        if tick > now.tick && walked.kinds.iter().any(|(of, _)| *of == kind) {
            found = Some(tick);
        }
        found.is_none()
    });
    found.map_or(Target::AllBy(until), Target::JustAfter)
}

/// The last moment that both have, when both have been run beyond it.
pub fn parts_at(one: &Branch, other: &Branch) -> Option<Moment> {
    let last = one.end().tick.min(other.end().tick);
    let mut digests = Vec::new();
    walk(one.script(), one.goes_on(), Time(u64::MAX), |walked| {
        digests.push((walked.run.world().digest(), Moment::of(walked.run)));
        walked.run.ticks() < last
    });
    let mut shared = None;
    walk(other.script(), other.goes_on(), Time(u64::MAX), |walked| {
        let (digest, moment) = digests[walked.run.ticks() as usize];
        if digest == walked.run.world().digest() {
            shared = Some(moment);
            return walked.run.ticks() < last;
        }
        false
    });
    shared.filter(|moment| moment.tick < last)
}

/// Every tick up to that time at which there is something of that kind, about that node if one is given.
pub fn ticks_with(run: &Run, until: Time, kind: Kind, node: Option<NodeId>) -> Vec<u64> {
    let mut ticks = Vec::new();
    walk(run.script(), run.goes_on(), until, |walked| {
        let is_wanted =
            |&(of, about): &(Kind, Option<NodeId>)| of == kind && (node.is_none() || about == node);
        if walked.kinds.iter().any(is_wanted) {
            ticks.push(walked.run.ticks());
        }
        true
    });
    ticks
}

/// Every tick up to that time in which a line of Figure 2 fired or blocked, on that node if one is given.
pub fn ticks_with_line(run: &Run, until: Time, line: Line, node: Option<NodeId>) -> Vec<u64> {
    let (mut ticks, mut events) = (Vec::new(), 0);
    let mut campaigned = NodeSet::EMPTY;
    walk(run.script(), run.goes_on(), until, |walked| {
        let world = walked.run.world();
        let campaigned = std::mem::replace(&mut campaigned, campaigning(world));
        // With what the script checks nothing happens.
        if std::mem::replace(&mut events, world.events()) < world.events() {
            let fired = world.happenings().iter().any(|happening| {
                Line::of_happening(happening, world.happenings(), campaigned)
                    .is_some_and(|(id, of, _)| of == line && node.is_none_or(|node| node == id))
            });
            if fired {
                ticks.push(walked.run.ticks());
            }
        }
        true
    });
    ticks
}

/// Who campaigns, or asks whether it could win.
fn campaigning(world: &World) -> NodeSet {
    let servers = world.servers().iter();
    let campaigning = servers.filter(|server| {
        let role = server.node().map(Node::role);
        matches!(
            role,
            Some(Role::Candidate { .. } | Role::PreCandidate { .. })
        )
    });
    campaigning.map(|server| server.id()).collect()
}
