//! The events that matter: what one jumps to, stops at, and sees on the strip.

use crate::measure::Line;
use crate::raft::{MessageKind, NodeId, NodeSet, Rule, Time};
use crate::scenario::Run;
use crate::sim::{Happening, OperationStep};

/// A kind of event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A node begins an election, or asks whether it could win one.
    Election,
    /// A node becomes leader.
    Leader,
    /// A leader stops leading, and goes on as a follower.
    StepDown,
    /// A leader commits.
    Commit,
    /// A follower learns that something is committed.
    Learned,
    /// A node crashes, restarts, stands still, goes on, or is added.
    Node,
    /// The network changes: a partition, a cut, its healing, its conditions.
    Network,
    /// A client knows what came of its operation.
    Answer,
    /// A property is violated.
    Violation,
    /// Somebody acts, or the script.
    Act,
    /// A message of this kind leaves a node.
    Message(MessageKind),
}

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let messages = MessageKind::ALL.into_iter().map(Self::Message);
        Self::STATES.into_iter().chain(messages)
    }

    /// Every kind but messages.
    pub const STATES: [Self; 10] = [
        Self::Election,
        Self::Leader,
        Self::StepDown,
        Self::Commit,
        Self::Learned,
        Self::Node,
        Self::Network,
        Self::Answer,
        Self::Violation,
        Self::Act,
    ];

    /// How many there are.
    pub(super) const COUNT: usize = Self::STATES.len() + MessageKind::ALL.len();

    /// Its place among all.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Election => 0,
            Self::Leader => 1,
            Self::StepDown => 2,
            Self::Commit => 3,
            Self::Learned => 4,
            Self::Node => 5,
            Self::Network => 6,
            Self::Answer => 7,
            Self::Violation => 8,
            Self::Act => 9,
            Self::Message(kind) => Self::STATES.len() + kind as usize,
        }
    }

    /// Whether it is so rare that every one of them is kept, to be drawn.
    pub(super) const fn is_rare(self) -> bool {
        !matches!(
            self,
            Self::Commit | Self::Learned | Self::Answer | Self::Message(_)
        )
    }
}

/// Some kinds of event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Kinds(u32);

const _: () = assert!(Kind::COUNT <= 32, "a bit a kind");

impl Kinds {
    /// What matters of the whole cluster.
    pub fn of_cluster() -> Self {
        let states = Kind::STATES.into_iter();
        states.filter(|&kind| kind != Kind::Learned).collect()
    }

    /// What matters of one node.
    pub fn of_node() -> Self {
        Kind::STATES.into_iter().collect()
    }

    /// Whether that kind is among them.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind.place()) != 0
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        Self(
            kinds
                .into_iter()
                .fold(0, |all, kind| all | 1 << kind.place()),
        )
    }
}

impl From<Kind> for Kinds {
    fn from(kind: Kind) -> Self {
        Self::from_iter([kind])
    }
}

/// An event that matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Just after it.
    pub tick: u64,
    /// When.
    pub at: Time,
    /// Of which kind.
    pub kind: Kind,
    /// Which nodes it is about; none: the cluster.
    pub nodes: NodeSet,
}

/// What there was before the last thing that a run did, to tell what it did.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Before {
    violations: usize,
    steps: usize,
    events: u64,
}

impl Before {
    /// Before the next thing that the run will do.
    pub(super) fn of(run: &Run) -> Self {
        Self {
            violations: run.monitor().violations().len(),
            steps: run.steps_taken(),
            events: run.world().events(),
        }
    }

    /// Whether the last thing that the run did was an event of the world.
    pub(super) const fn had_event(self, run: &Run) -> bool {
        run.world().events() > self.events
    }
}

/// Tells what marks the last thing that the run did has: each kind once or more.
pub(super) fn each_mark(run: &Run, before: Before, mut each: impl FnMut(Kind, NodeSet)) {
    if run.steps_taken() > before.steps {
        each(Kind::Act, NodeSet::EMPTY);
    }
    if run.monitor().violations().len() > before.violations {
        each(Kind::Violation, NodeSet::EMPTY);
    }
    for happening in run.world().happenings() {
        if let Some((kind, node)) = kind_of(happening) {
            each(kind, node.into_iter().collect());
        }
    }
}

/// Tells which lines of Figure 2 have fired, or blocked, in the last thing that the run did, and on which
/// node.
pub(super) fn each_line(run: &Run, before: Before, mut each: impl FnMut(Line, NodeId)) {
    if !before.had_event(run) {
        return;
    }
    let campaigned = run.tallies().campaigned();
    let happenings = run.world().happenings();
    for happening in happenings {
        if let Some((node, line, _)) = Line::of_happening(happening, happenings, campaigned) {
            each(line, node);
        }
    }
}

fn kind_of(happening: &Happening) -> Option<(Kind, Option<NodeId>)> {
    Some(match happening {
        Happening::Rule(node, rule) => (of_rule(rule)?, Some(*node)),
        Happening::Sent(head) => (Kind::Message(head.kind()), Some(head.from)),
        Happening::Crashed(node)
        | Happening::Restarted(node)
        | Happening::Paused(node)
        | Happening::Resumed(node)
        | Happening::Wiped(node)
        | Happening::Added(node)
        | Happening::Clock { node, .. } => (Kind::Node, Some(*node)),
        Happening::LinkCut(..)
        | Happening::LinkHealed(..)
        | Happening::Network(_)
        | Happening::Reads(_)
        | Happening::ChaosBegan
        | Happening::ChaosEnded
        | Happening::Partitioned(_)
        | Happening::AllHealed
        | Happening::Copied(..)
        | Happening::Delayed(..)
        | Happening::Link { .. }
        | Happening::LoadStopped => (Kind::Network, None),
        Happening::Isolated(node) => (Kind::Network, Some(*node)),
        Happening::Operation {
            step: OperationStep::Ok | OperationStep::Failed | OperationStep::Unknown,
            ..
        } => (Kind::Answer, None),
        _ => return None,
    })
}

const fn of_rule(rule: &Rule) -> Option<Kind> {
    Some(match rule {
        Rule::StartElection { .. } | Rule::StartPreVote { .. } => Kind::Election,
        Rule::BecomeLeader { .. } => Kind::Leader,
        Rule::StepDown { .. } => Kind::StepDown,
        Rule::LeaderCommit { .. } => Kind::Commit,
        Rule::FollowerCommit { .. } => Kind::Learned,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_place_of_its_own() {
        let places: Vec<_> = Kind::all().map(Kind::place).collect();
        assert_eq!(places, (0..Kind::COUNT).collect::<Vec<_>>());
    }
}
