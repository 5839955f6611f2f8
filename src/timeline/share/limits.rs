//! What a link may hold. A file is opened by who has it before them; a link comes from anybody, and what
//! it holds is run at once. So it must say no more than a page can bear.

use std::borrow::Borrow;
use std::fmt;

use crate::raft::Time;
use crate::scenario::{MAX_DURATION, Scenario, Verb};
use crate::sim::{Course, ENDLESS};

use super::ShareError;
use crate::timeline::BRANCHES_MAX;

/// The most characters in a link's fragment.
pub const MAX_LINK_CHARS: usize = 16_000;
/// The most bytes in the text that is packed in a link.
pub const MAX_TEXT_BYTES: usize = 1 << 18;
/// The most branches: all that a timeline has.
pub const MAX_BRANCHES: usize = BRANCHES_MAX;
/// The most steps of all branches together.
pub const MAX_ACTS: usize = 2_000;
/// The most clients in all loads of a branch together.
pub const MAX_LOAD_CLIENTS: u64 = 2_000;
/// The most entries that the loads of a branch make in all logs together, and that the logs start with:
/// those of an hour of 50 writes a second on five nodes.
pub const MAX_ENTRIES: u64 = 1_000_000;
/// The most entries under way to one follower: `max_batch` times `max_inflight`.
pub const MAX_UNDER_WAY: usize = 10_000;
/// The most expectations of a branch that may wait to come true.
pub const MAX_AWAITED: usize = 100;

/// Something of which a link may hold only so much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Bytes of text: [`MAX_TEXT_BYTES`].
    Bytes,
    /// Branches: [`MAX_BRANCHES`].
    Branches,
    /// Steps: [`MAX_ACTS`].
    Acts,
    /// Clients of loads: [`MAX_LOAD_CLIENTS`].
    LoadClients,
    /// Entries in logs: [`MAX_ENTRIES`].
    Entries,
    /// Entries under way: [`MAX_UNDER_WAY`].
    UnderWay,
    /// Expectations with a `within`: [`MAX_AWAITED`].
    Awaited,
    /// Simulated time until the moment that is shown: [`MAX_DURATION`].
    Time,
}

impl fmt::Display for Limit {
    /// The most there may be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (most, what) = match self {
            Self::Bytes => (MAX_TEXT_BYTES as u64, "bytes of scenarios"),
            Self::Branches => (MAX_BRANCHES as u64, "branches"),
            Self::Acts => (MAX_ACTS as u64, "acts"),
            Self::LoadClients => (MAX_LOAD_CLIENTS, "clients of loads"),
            Self::Entries => (
                MAX_ENTRIES,
                "entries in all logs, of loads and from the start",
            ),
            Self::UnderWay => (MAX_UNDER_WAY as u64, "entries under way to one follower"),
            Self::Awaited => (MAX_AWAITED as u64, "expectations with `within` in a branch"),
            Self::Time => (1, "simulated day"),
        };
        write!(f, "{most} {what}")
    }
}

/// Whether the branches are within the limits, of which each has been run so far.
pub(super) fn check<S: Borrow<Scenario>>(
    branches: &[S],
    runs: impl Fn(usize) -> Time,
) -> Result<(), ShareError> {
    let too_much = |limit| Err(ShareError::TooMuch(limit));
    if branches.len() > MAX_BRANCHES {
        return too_much(Limit::Branches);
    }
    let branches = branches.iter().map(Borrow::borrow);
    let steps = branches.clone().map(|branch| branch.steps.len());
    if steps.sum::<usize>() > MAX_ACTS {
        return too_much(Limit::Acts);
    }
    let exceeded = { branches }
        .enumerate()
        .find_map(|(place, branch)| exceeded(branch, runs(place)));
    exceeded.map_or(Ok(()), too_much)
}

/// What a branch has too much of.
fn exceeded(branch: &Scenario, run: Time) -> Option<Limit> {
    let raft = branch.config.raft;
    let (clients, entries) = loads(branch, run);
    let started = branch
        .config
        .start
        .iter()
        .map(|start| start.log.len() as u64);
    let entries = started.fold(entries, u64::saturating_add);
    let awaited = branch.steps.iter().filter(|step| match &step.verb {
        Verb::Expect(expectation) => expectation.within.is_some(),
        _ => false,
    });
    [
        (clients > MAX_LOAD_CLIENTS, Limit::LoadClients),
        (entries > MAX_ENTRIES, Limit::Entries),
        (
            raft.max_batch.saturating_mul(raft.max_inflight) > MAX_UNDER_WAY,
            Limit::UnderWay,
        ),
        (awaited.count() > MAX_AWAITED, Limit::Awaited),
    ]
    .into_iter()
    .find_map(|(exceeds, limit)| exceeds.then_some(limit))
}

/// How many clients all loads have, and about how many entries they make in all logs if every operation
/// makes one. One without an end makes them until it is stopped, or as far as the branch has been run:
/// whoever runs it on can stop it.
fn loads(scenario: &Scenario, run: Time) -> (u64, u64) {
    let mut nodes = scenario.config.nodes;
    for step in &scenario.steps {
        match step.verb {
            Verb::Add(node) | Verb::AddLearner(node) => nodes.extend([node]),
            Verb::Members(others) => nodes = nodes.union(others),
            _ => {}
        }
    }
    let nodes = nodes.len() as u64;
    let loads = scenario.steps.iter().filter_map(|step| match step.verb {
        Verb::Load(load) => Some((step.at, load)),
        _ => None,
    });
    loads.fold((0, 0), |(clients, entries), (begin, load)| {
        let end = match load.until {
            ENDLESS => run,
            until => until,
        };
        let end = end.min(scenario.until).min(stopped(scenario, begin));
        let span = end.0.saturating_sub(begin.0);
        let asked = span / load.interval.as_micros().max(1);
        (clients + u64::from(load.clients), entries + asked * nodes)
    })
}

/// When loads are stopped for the first time after `begin`.
fn stopped(scenario: &Scenario, begin: Time) -> Time {
    let steps = scenario.steps.iter();
    let mut stops = steps.filter(|step| step.at > begin && step.verb == Verb::Stop(Course::Load));
    stops.next().map_or(ENDLESS, |step| step.at)
}

/// The latest moment that a link can show.
pub(super) const LATEST: Time = Time(MAX_DURATION.as_micros());
