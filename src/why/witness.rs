//! The witness: what the core has reported and no state tells any more, kept for whoever asks why.

use std::collections::VecDeque;

use crate::raft::{Chunks, LogIndex, NodeId, NodeSet, Refusal, Rule, Term, Time, VoteRefusal};
use crate::sim::{Happening, LossCause, MessageHead, OperationStep, Says, World};

use super::count::Count;

/// How many lost messages are remembered: the last ones.
const LOSSES: usize = 64;
/// How many removals of entries are remembered of each node: the last ones.
const REMOVALS: usize = 16;

/// What is remembered of a run. An event costs it no more late in a run than early, and a clone is
/// cheap.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    nodes: Vec<Remembered>,
    /// First commits only, so in order of their indices.
    commits: Chunks<Commit>,
    /// Of what is committed, the first index of each term, in order.
    terms: Chunks<(LogIndex, Term)>,
    lost: VecDeque<Loss>,
    operations: Chunks<Past>,
}

/// What is remembered of a node.
#[derive(Clone, Debug, Default)]
struct Remembered {
    turn: Option<(Time, Turn)>,
    campaign: Option<Campaign>,
    election: Option<Election>,
    removals: VecDeque<Removal>,
    /// The last index that it has written, whether its disk has it or not.
    written: LogIndex,
}

/// What last made a node what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// It restarted: everybody begins as a follower (§5.2).
    Restarted,
    /// It heard of a higher term (§5.1).
    HigherTerm {
        /// From whom.
        from: NodeId,
        /// Which.
        term: Term,
    },
    /// It heard the leader of its term (§5.2).
    Yielded {
        /// Whom.
        leader: NodeId,
    },
    /// It led, and heard from no majority for an election timeout (dissertation §6.2).
    QuorumLost {
        /// How many it heard from, itself included.
        heard: u8,
        /// How many it should have.
        needed: u8,
    },
    /// It led, and was removed by the configuration that it committed (§6).
    Removed {
        /// Where that is in the log.
        index: LogIndex,
    },
}

/// The last campaign of a node, and who said no.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Campaign {
    /// Its term.
    pub term: Term,
    /// Whether it only asks yet (PreVote).
    pub pre_vote: bool,
    /// Whether its leader told it to campaign.
    pub told_by: Option<NodeId>,
    /// Who refused, and why: each node once.
    pub refused: Vec<(NodeId, VoteRefusal)>,
}

/// An election that was won.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Election {
    /// In which term.
    pub term: Term,
    /// The votes that were counted.
    pub votes: Count,
    /// When.
    pub at: Time,
}

/// Entries were committed that had not been before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Up to where.
    pub index: LogIndex,
    /// By whom.
    pub leader: NodeId,
    /// In which term.
    pub term: Term,
    /// On whose copies it counted, if it went on leading.
    pub on: Option<NodeSet>,
    /// When.
    pub at: Time,
}

/// Entries were removed from a log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Removal {
    /// The first index.
    pub first: LogIndex,
    /// The last index.
    pub last: LogIndex,
    /// When.
    pub at: Time,
    /// By which rule.
    pub by: RemovedBy,
}

/// Which rule removed entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RemovedBy {
    /// They conflicted with what that leader of that term sent (§5.3).
    Conflict(NodeId, Term),
    /// A snapshot took the place of the log (§7).
    Snapshot,
    /// No rule of the paper removes them: a wrong one did.
    NoRule,
    /// Their node crashed before its disk had them.
    Crash,
}

/// A message that was lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Loss {
    /// Which.
    pub message: MessageHead,
    /// How.
    pub cause: LossCause,
    /// When.
    pub at: Time,
}

/// What has become of a client's operation so far.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Past {
    /// How many nodes did not answer in time.
    pub timeouts: u32,
    /// How many refused it.
    pub refusals: u32,
    /// Who refused it last, and why.
    pub refused: Option<(NodeId, Refusal)>,
    /// When it was last sent to a node.
    pub tried: Option<Time>,
    /// Whether the node that was asked last was down when it came.
    pub node_down: bool,
    /// Who said last that its client's session had expired.
    pub session_expired: Option<NodeId>,
}

impl Witness {
    /// Remembers what is worth it of the world's last event.
    pub fn observe(&mut self, world: &World) {
        let mut delivered = None;
        for happening in world.happenings() {
            match *happening {
                Happening::Delivered(head) => delivered = Some(head),
                Happening::Rule(node, rule) => self.rule(world, node, rule, delivered),
                Happening::Lost(message, cause) => self.lost(message, cause, world.now()),
                Happening::Wrote {
                    node,
                    log: Some((first, last, removed)),
                    ..
                } => {
                    self.node_mut(node).written = last;
                    if removed > 0 {
                        self.removed(world, node, first, removed, delivered);
                    }
                }
                Happening::Crashed(node) => self.crashed(world, node),
                Happening::Restarted(node) => {
                    self.node_mut(node).turn = Some((world.now(), Turn::Restarted));
                }
                Happening::Operation { number, step } => self.operation(number, step, world.now()),
                _ => {}
            }
        }
    }

    fn rule(&mut self, world: &World, node: NodeId, rule: Rule, delivered: Option<MessageHead>) {
        let now = world.now();
        let turn = match rule {
            Rule::HigherTerm { from, new, .. } => Turn::HigherTerm { from, term: new },
            Rule::YieldToLeader { leader } => Turn::Yielded { leader },
            Rule::QuorumLost { heard, needed } => Turn::QuorumLost {
                heard: heard.len() as u8,
                needed,
            },
            Rule::LeaderRemoved { index } => Turn::Removed { index },
            Rule::TakeOver { from } => {
                return self.node_mut(node).campaign = Some(Campaign::new(Term::ZERO, Some(from)));
            }
            Rule::StartPreVote { campaign_term } => {
                let mut campaign = Campaign::new(campaign_term, None);
                campaign.pre_vote = true;
                return self.node_mut(node).campaign = Some(campaign);
            }
            Rule::StartElection { term } => {
                let told = self.node_mut(node).campaign.take();
                let told = told.filter(|campaign| campaign.term == Term::ZERO);
                let told_by = told.and_then(|campaign| campaign.told_by);
                return self.node_mut(node).campaign = Some(Campaign::new(term, told_by));
            }
            Rule::RefuseVote { to, why } | Rule::RefusePreVote { to, why } => {
                return self.vote_refused(node, to, why, delivered);
            }
            Rule::CountVote { votes, .. } => return self.counted(world, node, votes),
            Rule::LeaderCommit { new, .. } => return self.committed(world, node, new),
            Rule::InstallSnapshot {
                last_index,
                removed,
                ..
            } if removed > last_index => {
                let node = self.node_mut(node);
                node.written = last_index;
                return node.remember(Removal {
                    first: last_index.next(),
                    last: removed,
                    at: now,
                    by: RemovedBy::Snapshot,
                });
            }
            _ => return,
        };
        self.node_mut(node).turn = Some((now, turn));
    }

    /// Only what answers the campaign under way is remembered of it.
    fn vote_refused(
        &mut self,
        voter: NodeId,
        to: NodeId,
        why: VoteRefusal,
        delivered: Option<MessageHead>,
    ) {
        let asked = delivered.filter(|head| (head.from, head.to) == (to, voter));
        let asked = asked.and_then(|head| match head.says {
            Says::RequestVote { .. } => Some((head.term, false)),
            Says::PreVote { campaign_term, .. } => Some((campaign_term, true)),
            _ => None,
        });
        let Some(campaign) = &mut self.node_mut(to).campaign else {
            return;
        };
        if voter == to || asked == Some((campaign.term, campaign.pre_vote)) {
            campaign.refused.retain(|&(other, _)| other != voter);
            campaign.refused.push((voter, why));
        }
    }

    fn counted(&mut self, world: &World, node: NodeId, votes: NodeSet) {
        let Some(voter) = world.server(node).and_then(|server| server.node()) else {
            return;
        };
        self.node_mut(node).election = Some(Election {
            term: voter.current_term(),
            votes: Count::new(votes, *voter.configuration()),
            at: world.now(),
        });
    }

    fn committed(&mut self, world: &World, leader: NodeId, index: LogIndex) {
        let is_first = (self.commits.last()).is_none_or(|last| last.index < index);
        let Some(node) = world.server(leader).and_then(|server| server.node()) else {
            return;
        };
        if is_first {
            let before = (self.commits.last()).map_or(LogIndex::ZERO, |last| last.index);
            for index in (before.0 + 1..=index.0).map(LogIndex) {
                let term = node.log().term_at(index);
                let known = self.terms.last().map(|&(_, term)| term);
                if let Some(term) = term.filter(|_| term != known) {
                    self.terms.push((index, term));
                }
            }
            let counted = |id: &NodeId| node.counted_index(*id).is_some_and(|up_to| up_to >= index);
            let voters = node.configuration().electorate();
            self.commits.push(Commit {
                index,
                leader,
                term: node.current_term(),
                on: (node.is_leader()).then(|| voters.iter().filter(counted).collect()),
                at: world.now(),
            });
        }
    }

    fn lost(&mut self, message: MessageHead, cause: LossCause, at: Time) {
        if self.lost.len() == LOSSES {
            self.lost.pop_front();
        }
        self.lost.push_back(Loss { message, cause, at });
    }

    fn removed(
        &mut self,
        world: &World,
        node: NodeId,
        first: LogIndex,
        removed: u64,
        delivered: Option<MessageHead>,
    ) {
        let is_conflict = |happening: &Happening| matches!(happening, Happening::Rule(id, Rule::TruncateConflict { .. }) if *id == node);
        let conflicts = world.happenings().iter().any(is_conflict);
        let by = match delivered.filter(|_| conflicts) {
            Some(head) => RemovedBy::Conflict(head.from, head.term),
            None => RemovedBy::NoRule,
        };
        self.node_mut(node).remember(Removal {
            first,
            last: LogIndex(first.0 + removed - 1),
            at: world.now(),
            by,
        });
    }

    /// Of what a node was nothing is left but its log: less what its disk did not have yet.
    fn crashed(&mut self, world: &World, node: NodeId) {
        let left = world.server(node).map(|server| server.log().last_index());
        let before = std::mem::take(self.node_mut(node));
        let remembered = self.node_mut(node);
        remembered.removals = before.removals;
        if let Some(left) = left.filter(|left| *left < before.written) {
            remembered.remember(Removal {
                first: left.next(),
                last: before.written,
                at: world.now(),
                by: RemovedBy::Crash,
            });
        }
    }

    fn operation(&mut self, number: u64, step: OperationStep, now: Time) {
        let place = number as usize - 1;
        if self.operations.get(place).is_none() {
            self.operations.push(Past::default());
        }
        let Some(past) = self.operations.get_mut(place) else {
            return;
        };
        match step {
            OperationStep::Tried { .. } => {
                past.tried = Some(now);
                past.node_down = false;
            }
            OperationStep::NodeDown(_) => past.node_down = true,
            OperationStep::Refused(node, refusal) => {
                past.refusals += 1;
                past.refused = Some((node, refusal));
            }
            OperationStep::TimedOut(_) => past.timeouts += 1,
            OperationStep::SessionExpired(node) => past.session_expired = Some(node),
            OperationStep::Asked(_)
            | OperationStep::Answered(_)
            | OperationStep::Ok
            | OperationStep::Failed
            | OperationStep::Unknown => {}
        }
    }

    fn node_mut(&mut self, node: NodeId) -> &mut Remembered {
        if self.nodes.len() <= node.index() {
            self.nodes.resize(node.index() + 1, Remembered::default());
        }
        &mut self.nodes[node.index()]
    }
}

/// What is remembered.
impl Witness {
    /// What last made that node what it is, and when.
    pub fn turn(&self, node: NodeId) -> Option<(Time, Turn)> {
        self.nodes.get(node.index())?.turn
    }

    /// The last campaign of that node.
    pub fn campaign(&self, node: NodeId) -> Option<&Campaign> {
        self.nodes.get(node.index())?.campaign.as_ref()
    }

    /// The votes that the node has counted last; if it leads that term, the election that it won.
    pub fn election(&self, node: NodeId) -> Option<Election> {
        self.nodes.get(node.index())?.election
    }

    /// The last removal of an entry at that index from that node's log.
    pub fn removal(&self, node: NodeId, index: LogIndex) -> Option<Removal> {
        let removals = self.nodes.get(node.index())?.removals.iter();
        (removals.rev())
            .find(|removal| (removal.first..=removal.last).contains(&index))
            .copied()
    }

    /// The commit with which that index was committed first.
    pub fn commit(&self, index: LogIndex) -> Option<Commit> {
        let (mut low, mut high) = (0, self.commits.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.commits.get(middle) {
                Some(commit) if commit.index < index => low = middle + 1,
                _ => high = middle,
            }
        }
        self.commits.get(low).copied()
    }

    /// The term of the committed entry at that index, where its commitment was seen.
    pub fn committed_term(&self, index: LogIndex) -> Option<Term> {
        let last = self.commits.last()?.index;
        let (mut low, mut high) = (0, self.terms.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.terms.get(middle) {
                Some(&(first, _)) if first <= index => low = middle + 1,
                _ => high = middle,
            }
        }
        let (_, term) = self.terms.get(low.checked_sub(1)?)?;
        (index <= last).then_some(*term)
    }

    /// How that message was lost, if it was one of the last.
    pub fn loss(&self, message: u64) -> Option<Loss> {
        let mut lost = self.lost.iter();
        lost.find(|loss| loss.message.id == message).copied()
    }

    /// What has become of that operation.
    pub fn operation_past(&self, number: u64) -> Past {
        let past = (number as usize).checked_sub(1);
        let past = past.and_then(|place| self.operations.get(place));
        past.copied().unwrap_or_default()
    }
}

impl Campaign {
    const fn new(term: Term, told_by: Option<NodeId>) -> Self {
        Self {
            term,
            pre_vote: false,
            told_by,
            refused: Vec::new(),
        }
    }
}

impl Remembered {
    fn remember(&mut self, removal: Removal) {
        if self.removals.len() == REMOVALS {
            self.removals.pop_front();
        }
        self.removals.push_back(removal);
    }
}
