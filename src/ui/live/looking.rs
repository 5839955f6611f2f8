//! What somebody looks at: why it is so, everything that is known of it, what the last event changed of
//! it, and the way of an entry.

use crate::inspect::{Inspection, Past, Way, changes, inspect};
use crate::raft::{LogIndex, NodeId, Role, Term};
use crate::scenario::{Advance, Run};
use crate::timeline::{BranchId, Timeline};
use crate::why::{Subject, Why};

use super::super::view::Inspected;
use super::clock::Slice;

/// So many events are gone through again at the most to come to before the last one: more than moments
/// are kept apart in a run of ten million events.
const EVENTS_MAX: u64 = 40_000;
/// How long a frame may be at work on what is followed, in milliseconds.
const WAY_MILLIS: f64 = 3.0;
/// How many things are done of it between two looks at the clock.
const WAY_SLICE: usize = 64;

/// What is kept of what is looked at, from one frame to the next.
#[derive(Default)]
pub(super) struct Looking {
    /// The run before the last event of that number on that branch.
    before: Option<(BranchId, u64, Run)>,
    /// The way of an entry, or the past of a message.
    followed: Option<Followed>,
    /// Whether that has been followed as far as the playhead.
    there: bool,
    /// Whether somebody has asked for it since the last frame.
    asked: bool,
    /// How often more has been found of it.
    pub(super) found: u32,
}

/// What is found by going through the past once more.
enum Followed {
    Way(Way),
    Past(Past),
}

impl Followed {
    const fn ticks(&self) -> u64 {
        match self {
            Self::Way(way) => way.ticks(),
            Self::Past(past) => past.ticks(),
        }
    }
}

/// Why it is so; `None`: there is no such thing.
#[inline(never)]
pub(super) fn why(timeline: &Timeline, subject: Subject) -> Option<Why> {
    timeline.run().why(subject)
}

impl Looking {
    /// Everything that is known of it; what changed of it only where time stands.
    #[inline(never)]
    pub(super) fn inspect(
        &mut self,
        timeline: &Timeline,
        subject: Subject,
        stands: bool,
    ) -> Inspected {
        let run = timeline.run();
        let event = run.world().events();
        self.follow(timeline, subject);
        let (way, past) = match &self.followed {
            Some(Followed::Way(way)) => (Some(way.milestones(event, self.there)), None),
            Some(Followed::Past(past)) => (None, Some(past)),
            None => (None, None),
        };
        // What has been found of a message is more than what is known of it at once.
        let inspection = past
            .and_then(|past| past.inspection(event))
            .or_else(|| inspect(run.world(), run.witness(), subject));
        let ended = past.and_then(|past| past.ended(event));
        let searching = past.is_some() && !self.there;
        let changes = match (&inspection, stands, subject) {
            (Some(now), true, Subject::Node(_)) => self
                .before(timeline, subject)
                .map(|before| changes(&before, now)),
            _ => None,
        };
        Inspected {
            why: run.why(subject),
            votes: votes(run, subject),
            way,
            ended,
            searching,
            event,
            changes,
            inspection,
        }
    }

    /// What has to be found of it is wanted.
    fn follow(&mut self, timeline: &Timeline, subject: Subject) {
        let is_known = |followed: &Followed| match (followed, subject) {
            (Followed::Way(way), Subject::Entry { .. }) => entry_of(timeline.run(), subject)
                .is_some_and(|(index, term)| way.is_of(timeline, index, term)),
            (Followed::Past(past), Subject::Message(id)) => past.is_of(timeline, id),
            _ => false,
        };
        if !self.followed.as_ref().is_some_and(is_known) {
            self.there = false;
            self.followed = match subject {
                Subject::Message(id) => Some(Followed::Past(Past::new(timeline, id))),
                subject => entry_of(timeline.run(), subject)
                    .map(|(index, term)| Followed::Way(Way::new(timeline, index, term))),
            };
        }
        self.asked |= self.followed.is_some();
    }

    /// Goes on with what is followed, while somebody looks at it; says whether there is more of it to show.
    #[inline(never)]
    pub(super) fn work(&mut self, timeline: &Timeline) -> bool {
        let is_asked = std::mem::take(&mut self.asked);
        let Some(followed) = self.followed.as_mut().filter(|_| is_asked) else {
            return false;
        };
        let slice = Slice::of(WAY_MILLIS);
        let (was_there, began) = (self.there, followed.ticks());
        self.there = false;
        while !self.there && !slice.is_over() {
            self.there = match followed {
                Followed::Way(way) => way.follow(timeline, WAY_SLICE),
                Followed::Past(past) => past.follow(timeline, WAY_SLICE),
            };
        }
        let is_new = !(was_there && self.there) || began != followed.ticks();
        self.found = self.found.wrapping_add(is_new.into());
        is_new
    }

    /// The same thing before the last event.
    fn before(&mut self, timeline: &Timeline, subject: Subject) -> Option<Inspection> {
        let (branch, event) = (timeline.branch().id(), timeline.run().world().events());
        let known = self.before.take();
        let known = known.filter(|&(of, at, _)| (of, at) == (branch, event));
        let (.., run) = match known {
            Some(known) => self.before.insert(known),
            None => self
                .before
                .insert((branch, event, run_before(timeline, event)?)),
        };
        inspect(run.world(), run.witness(), subject)
    }
}

/// The run of the branch that is shown just before that event.
fn run_before(timeline: &Timeline, event: u64) -> Option<Run> {
    let last = event.checked_sub(1)?;
    let mut run = timeline.run_before(event);
    if last - run.world().events() > EVENTS_MAX {
        return None;
    }
    while run.world().events() < last {
        if run.advance(timeline.run().world().now()) == Advance::Idle {
            return None;
        }
    }
    Some(run)
}

/// Index and term of the entry, if it is one and is there.
fn entry_of(run: &Run, subject: Subject) -> Option<(LogIndex, Term)> {
    let Subject::Entry { node, index } = subject else {
        return None;
    };
    let term = run.world().server(node)?.log().get(index)?.term;
    Some((index, term))
}

/// Of a candidate, why each other voter votes for it or not.
fn votes(run: &Run, subject: Subject) -> Vec<(NodeId, Why)> {
    let Subject::Node(candidate) = subject else {
        return Vec::new();
    };
    let node = run
        .world()
        .server(candidate)
        .and_then(|server| server.node());
    let asks = node.filter(|node| {
        matches!(
            node.role(),
            Role::Candidate { .. } | Role::PreCandidate { .. }
        )
    });
    let voters = asks.map(|node| node.configuration().electorate());
    let voters = voters.into_iter().flat_map(|voters| voters.iter());
    let each = voters.filter_map(|voter| {
        let why = run.why(Subject::Vote { candidate, voter })?;
        Some((voter, why))
    });
    each.collect()
}
