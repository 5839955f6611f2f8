//! What has been counted of a run.

use crate::raft::{MessageKind, Node, NodeId, NodeSet, Role, Rule, Span, Time};
use crate::sim::{Happening, MessageHead, Says, Server, World};

use super::commits::Commits;
use super::firings::Firings;
use super::line::{Line, Side};
use super::standing::{can_commit, may_change_standing};

/// What became of the messages of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Traffic {
    /// How many left a node.
    pub sent: u64,
    /// How many reached one; one that is doubled on its way does so twice.
    pub delivered: u64,
    /// How many were lost.
    pub lost: u64,
}

/// What has been counted of a run up to a moment. An event costs it no more late in a run than early,
/// and a clone is cheap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tallies {
    firings: Firings,
    /// Who campaigned when the last event came, and who does now.
    campaign: (NodeSet, NodeSet),
    traffic: [Traffic; MessageKind::ALL.len()],
    doubled: u64,
    entries_sent: u64,
    snapshot_bytes: u64,
    pub(super) commits: Commits,
    /// How long nothing could be committed, but for now, and since when nothing can.
    stood_still: (Span, Option<Time>),
}

/// A count of a run up to a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Total {
    /// Elections begun.
    Elections,
    /// Elections won.
    Leaders,
    /// Entries committed.
    Committed,
    /// Entries sent in AppendEntries, repetitions included.
    EntriesSent,
    /// Snapshots taken.
    SnapshotsTaken,
    /// Snapshots installed in place of a log.
    SnapshotsInstalled,
    /// Bytes of snapshots sent in InstallSnapshot, repetitions included.
    SnapshotBytes,
    /// Messages doubled on their way.
    Doubled,
    /// Operations that were done.
    Ok,
    /// Operations that were not done.
    Failed,
    /// Operations of which nobody knows.
    Unknown,
    /// Operations that are not answered yet.
    Waiting,
}

impl Total {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Elections,
        Self::Leaders,
        Self::Committed,
        Self::EntriesSent,
        Self::SnapshotsTaken,
        Self::SnapshotsInstalled,
        Self::SnapshotBytes,
        Self::Doubled,
        Self::Ok,
        Self::Failed,
        Self::Unknown,
        Self::Waiting,
    ];
}

impl Tallies {
    /// Of a world at the start of its run.
    pub fn of(world: &World) -> Self {
        Self {
            firings: Firings::default(),
            campaign: (NodeSet::EMPTY, NodeSet::EMPTY),
            traffic: Default::default(),
            doubled: 0,
            entries_sent: 0,
            snapshot_bytes: 0,
            commits: Commits::of(world),
            stood_still: (Span::ZERO, Some(world.now())),
        }
    }

    /// Counts what happened in the world's last event.
    pub fn observe(&mut self, world: &World) {
        self.commits.last.clear();
        let happenings = world.happenings();
        let mut campaign = self.campaign.1;
        self.campaign.0 = campaign;
        self.firings.observe(happenings, campaign);
        let mut standing = false;
        for happening in happenings {
            match happening {
                Happening::Sent(head) => self.sent(head),
                Happening::Duplicated(_) | Happening::Copied(..) => self.doubled += 1,
                Happening::Delivered(head) => self.traffic_mut(head).delivered += 1,
                Happening::Lost(head, _) => self.traffic_mut(head).lost += 1,
                Happening::Rule(node, rule) => {
                    if let Rule::StartElection { .. } | Rule::StartPreVote { .. } = rule {
                        campaign.insert(*node);
                    }
                    self.commits.rule(world, *node, rule);
                }
                _ => {}
            }
            standing |= may_change_standing(happening);
        }
        self.campaign.1 = (campaign.iter())
            .filter(|&id| campaigns(world, id))
            .collect();
        if standing {
            self.stand(world);
        }
    }

    fn sent(&mut self, head: &MessageHead) {
        self.traffic_mut(head).sent += 1;
        match head.says {
            Says::AppendEntries { entries, .. } => self.entries_sent += entries,
            Says::InstallSnapshot { bytes, .. } => self.snapshot_bytes += bytes,
            _ => {}
        }
    }

    const fn traffic_mut(&mut self, head: &MessageHead) -> &mut Traffic {
        &mut self.traffic[head.kind() as usize]
    }

    fn stand(&mut self, world: &World) {
        let (before, since) = self.stood_still;
        match (since, can_commit(world)) {
            (Some(since), true) => {
                self.stood_still = (before + world.now().since(since), None);
            }
            (None, false) => self.stood_still.1 = Some(world.now()),
            (Some(_), false) | (None, true) => {}
        }
    }
}

/// What has been counted.
impl Tallies {
    /// How often each line of Figure 2 has fired.
    pub const fn firings(&self) -> &Firings {
        &self.firings
    }

    /// Who campaigned, or asked whether it could win, when the last event came.
    pub const fn campaigned(&self) -> NodeSet {
        self.campaign.0
    }

    /// What became of the messages of that kind.
    pub const fn traffic(&self, kind: MessageKind) -> Traffic {
        self.traffic[kind as usize]
    }

    /// What became of all messages.
    pub fn all_traffic(&self) -> Traffic {
        let add = |all: Traffic, one: &Traffic| Traffic {
            sent: all.sent + one.sent,
            delivered: all.delivered + one.delivered,
            lost: all.lost + one.lost,
        };
        self.traffic.iter().fold(Traffic::default(), add)
    }

    /// That count, in the world of which these are.
    pub fn total(&self, world: &World, total: Total) -> u64 {
        let fired = |line| self.firings.count(None, line, Side::Fired);
        let operations = world.tally();
        match total {
            Total::Elections => fired(Line::StartElection),
            Total::Leaders => fired(Line::BecomeLeader),
            Total::Committed => self.commits.entries,
            Total::EntriesSent => self.entries_sent,
            Total::SnapshotsTaken => fired(Line::TakeSnapshot),
            Total::SnapshotsInstalled => fired(Line::InstallSnapshot),
            Total::SnapshotBytes => self.snapshot_bytes,
            Total::Doubled => self.doubled,
            Total::Ok => operations.ok,
            Total::Failed => operations.failed,
            Total::Unknown => operations.unknown,
            Total::Waiting => operations.pending,
        }
    }

    /// Whether something can be committed now: see [`can_commit`].
    pub const fn can_commit(&self) -> bool {
        self.stood_still.1.is_none()
    }

    /// For how long, until `now`, nothing could be committed.
    pub fn stood_still(&self, now: Time) -> Span {
        let (before, since) = self.stood_still;
        before + since.map_or(Span::ZERO, |since| now.since(since))
    }

    /// How long it took to commit, from the leader's append, those entries that were committed in the
    /// last event, as far as that is known.
    pub fn committed_after(&self) -> &[Span] {
        &self.commits.last
    }
}

/// Whether a node campaigns, or asks whether it could win.
fn campaigns(world: &World, id: NodeId) -> bool {
    let role = world.server(id).and_then(Server::node).map(Node::role);
    matches!(
        role,
        Some(Role::Candidate { .. } | Role::PreCandidate { .. })
    )
}
