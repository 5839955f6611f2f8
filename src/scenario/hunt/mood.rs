//! The mood of a schedule: which verbs are frequent in it, and how fast they come.

use crate::raft::{Span, Time};
use crate::sim::Stream;

use super::setting::{percent, pick};

/// What may be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Put,
    Get,
    Cas,
    Delete,
    Crash,
    Restart,
    Pause,
    Resume,
    Timeout,
    Transfer,
    Partition,
    Isolate,
    Cut,
    Heal,
    Drop,
    Deliver,
    Network,
    Clock,
    Add,
    AddLearner,
    Remove,
    Members,
    Snapshot,
}

/// How frequent each kind is, when the mood is even.
const USUAL: [(Kind, u64); 23] = [
    (Kind::Put, 16),
    (Kind::Get, 14),
    (Kind::Cas, 3),
    (Kind::Delete, 1),
    (Kind::Crash, 8),
    (Kind::Restart, 10),
    (Kind::Pause, 5),
    (Kind::Resume, 7),
    (Kind::Timeout, 10),
    (Kind::Transfer, 4),
    (Kind::Partition, 4),
    (Kind::Isolate, 4),
    (Kind::Cut, 4),
    (Kind::Heal, 6),
    (Kind::Drop, 7),
    (Kind::Deliver, 7),
    (Kind::Network, 4),
    (Kind::Clock, 4),
    (Kind::Add, 4),
    (Kind::AddLearner, 2),
    (Kind::Remove, 4),
    (Kind::Members, 5),
    (Kind::Snapshot, 4),
];

/// How long until something is done again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pause {
    /// No time at all.
    None,
    /// Until so many events have happened.
    Events(u64),
    /// Until a node is elected.
    Election,
    /// Until a node is told to take over.
    Transfer,
    /// Until a leader commits something.
    Commit,
    /// So long.
    Span(Span),
}

/// How frequent each of the [`Mood::pause`]s is, when the mood is even: at once, after a few events,
/// after an election or a commit, which are the moments when most is at stake, and after spans of the
/// [`SPANS`].
const PAUSES: [u64; 8] = [6, 10, 4, 4, 8, 8, 6, 2];

/// In milliseconds: within a message's flight, a few flights, an election timeout, several.
const SPANS: [(u64, u64); 4] = [(1, 20), (20, 100), (100, 500), (500, 1_500)];

/// A mood.
#[derive(Clone, Debug)]
pub(super) struct Mood {
    kinds: Vec<(Kind, u64)>,
    pauses: [u64; 8],
    /// In how many of a hundred cases a plot begins.
    plots: u64,
}

impl Mood {
    pub(super) fn new(random: &mut Stream) -> Self {
        let kinds = USUAL.into_iter().map(|(kind, weight)| {
            let factors: &[u64] = match kind {
                // What mends is never left out, nor are writes: nothing would come of the rest.
                Kind::Put | Kind::Restart | Kind::Resume | Kind::Heal => &[1, 2, 4],
                // Most clusters stay as they are.
                Kind::Add | Kind::AddLearner | Kind::Remove | Kind::Members => &[0, 0, 0, 1, 2],
                _ => &[0, 1, 2, 2, 6],
            };
            (kind, weight * pick(random, factors))
        });
        Self {
            kinds: kinds.collect(),
            pauses: pauses(random),
            plots: pick(random, &[0, 0, 5, 20, 50]),
        }
    }

    /// What to do.
    pub(super) fn kind(&self, random: &mut Stream) -> Kind {
        let weights = self.kinds.iter().map(|&(_, weight)| weight);
        self.kinds[weighted(random, weights)].0
    }

    /// Whether to begin a plot.
    pub(super) fn plots(&self, random: &mut Stream) -> bool {
        percent(random, self.plots)
    }

    /// How long to wait before.
    pub(super) fn pause(&self, random: &mut Stream) -> Pause {
        match weighted(random, self.pauses.iter().copied()) {
            0 => Pause::None,
            1 => Pause::Events(1 + random.below(8)),
            2 => Pause::Election,
            3 => Pause::Commit,
            span => {
                let (low, high) = SPANS[span - 4];
                let micros = low * 1_000 + random.below((high - low) * 1_000);
                Pause::Span(Span(micros))
            }
        }
    }
}

fn pauses(random: &mut Stream) -> [u64; 8] {
    let mut pauses = PAUSES.map(|weight| weight * pick(random, &[0, 1, 1, 4]));
    // Time must go on.
    pauses[1] = pauses[1].max(PAUSES[1]);
    pauses
}

/// A place, each as likely as its weight says; the first when none has any.
fn weighted(random: &mut Stream, weights: impl Iterator<Item = u64> + Clone) -> usize {
    let all: u64 = weights.clone().sum();
    let mut drawn = random.below(all.max(1));
    for (place, weight) in weights.enumerate() {
        if drawn < weight {
            return place;
        }
        drawn -= weight;
    }
    0
}

/// What to do when several nodes lead: write and read, mostly.
pub(super) fn contested(random: &mut Stream) -> Option<Kind> {
    pick(
        random,
        &[None, Some(Kind::Put), Some(Kind::Get), Some(Kind::Get)],
    )
}

/// What to do at a moment when much is at stake: a fault, as often as not.
pub(super) fn strike(random: &mut Stream) -> Option<Kind> {
    let faults = [
        Kind::Crash,
        Kind::Isolate,
        Kind::Cut,
        Kind::Cut,
        Kind::Pause,
        Kind::Drop,
        Kind::Clock,
    ];
    let fault = pick(random, &faults);
    (random.below(2) == 0).then_some(fault)
}

/// How long to wait when several nodes lead, which is over soon: less than a message takes.
pub(super) fn short(random: &mut Stream) -> Pause {
    Pause::Span(Span(1_000 + random.below(15_000)))
}

/// When the faults of a schedule end.
pub(super) fn end_of_faults(random: &mut Stream) -> Time {
    Time::ZERO + Span::from_millis(1_500 + random.below(5_500))
}
