//! Why there is a leader or none, why a node is what it is, and why a vote is refused.

use crate::kv::SharedCommand;
use crate::raft::{
    Body, Configuration, HardState, LogIndex, Message, Node, NodeId, NodeSet, Role, Rule, Span,
    Term, Time, VoteRefusal,
};
use crate::sim::{Server, World};

use super::count::Count;
use super::trial::{self, Ballot};
use super::witness::{Election, Turn, Witness};

/// Why a node is what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeWhy {
    /// It is down; its disk has this.
    Down {
        /// Which node.
        node: NodeId,
        /// What its disk has.
        disk: HardState,
    },
    /// It stands still: nothing reaches it and its timers wait.
    Paused {
        /// Which node.
        node: NodeId,
        /// Its term.
        term: Term,
    },
    /// It leads.
    Leads(Box<Leads>),
    /// It asks for votes.
    Campaigns(Contender),
    /// It follows, or waits for somebody to follow.
    Follows(Follows),
}

/// A leader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leads {
    /// Which node.
    pub node: NodeId,
    /// Its term.
    pub term: Term,
    /// The votes that made it leader, where they were seen.
    pub election: Option<Election>,
    /// Which voters it reaches.
    pub reach: Count,
    /// When it next looks whether a majority has answered it, if it does (CheckQuorum).
    pub looks: Option<Time>,
    /// To whom it hands over, and whether that one has been told to campaign.
    pub transfer: Option<(NodeId, bool)>,
    /// Who leads a later term already.
    pub newer: Option<(NodeId, Term)>,
    /// What the next change of the members waits for that was asked of it, and how many changes wait
    /// after that one.
    pub change: Option<(ChangeWait, usize)>,
}

/// What a change of the members waits for, beside a transfer of leadership.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeWait {
    /// That the leader has committed an entry of its own term.
    OwnTerm {
        /// That term.
        term: Term,
    },
    /// That the configuration before it is committed.
    Commit {
        /// Where that is in the log.
        index: LogIndex,
    },
    /// That those who are to vote have caught up.
    CatchUp {
        /// Who.
        learners: NodeSet,
        /// Up to where in this round.
        target: LogIndex,
    },
}

impl ChangeWait {
    /// By the rule that blocks it.
    const fn of(rule: Rule) -> Option<Self> {
        match rule {
            Rule::ChangeWaitsForOwnTerm { term } => Some(Self::OwnTerm { term }),
            Rule::ChangeWaitsForCommit { index } => Some(Self::Commit { index }),
            Rule::CatchUp { learners, target } => Some(Self::CatchUp { learners, target }),
            _ => None,
        }
    }
}

/// A candidate, or a pre-candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contender {
    /// Which node.
    pub node: NodeId,
    /// The term in which it campaigns, or would.
    pub term: Term,
    /// Whether it only asks yet whether it could win (PreVote).
    pub pre_vote: bool,
    /// Which leader told it to campaign.
    pub told_by: Option<NodeId>,
    /// Who votes for it, or would.
    pub votes: Count,
    /// Who refuses, and why.
    pub refused: Vec<(NodeId, VoteRefusal)>,
    /// Whom it does not reach, or who does not answer it.
    pub unreachable: NodeSet,
    /// Whose answer is still to come.
    pub unanswered: NodeSet,
    /// Whether its own vote waits for its disk.
    pub own_vote_waits: bool,
    /// When its election timer fires again.
    pub again: Option<Time>,
}

/// A follower.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Follows {
    /// Which node.
    pub node: NodeId,
    /// Its term.
    pub term: Term,
    /// Whom it follows; `None`: it knows of no leader.
    pub leader: Option<NodeId>,
    /// For whom it has voted in its term.
    pub voted_for: Option<NodeId>,
    /// What last made it a follower, and when.
    pub turn: Option<(Time, Turn)>,
    /// What its election timer does.
    pub waits: Waits,
}

/// What a follower waits for before it campaigns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waits {
    /// Its election timeout.
    Until {
        /// When it is due.
        due: Time,
        /// In how long.
        left: Span,
    },
    /// It does not campaign: it is no voter of this configuration.
    NoVoter(Configuration),
    /// Its timer does not run, or was not seen.
    Unseen,
}

/// Why there is a leader, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LeaderWhy {
    /// There is one.
    Leads(Box<Leads>),
    /// Too few voters run.
    TooFewUp(Count),
    /// Enough run, but none of them reaches enough: this is the most that one reaches.
    OutOfReach {
        /// Who reaches the most.
        node: NodeId,
        /// The voters that it reaches, itself included.
        reach: Count,
    },
    /// Several ask for votes in one term, and none has enough yet.
    Split {
        /// In which term.
        term: Term,
        /// Two or more.
        contenders: Vec<Contender>,
        /// Whether none of them can get enough any more: the votes are split.
        is_over: bool,
        /// Which election timeout is due next.
        next: Option<(NodeId, Time)>,
    },
    /// One asks for votes.
    Campaign(Contender),
    /// Nobody does: an election timeout is waited for.
    Timeout {
        /// Whose is due next.
        node: NodeId,
        /// When.
        due: Time,
        /// In how long.
        left: Span,
        /// How the others would answer it.
        ballot: Option<Ballot>,
    },
    /// Nobody who may campaign has an election timer that runs.
    NobodyMay,
    /// It was not seen.
    Unseen,
}

/// Why a node votes for another, or does not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VoteWhy {
    /// The candidate asked in its last campaign, and was refused.
    Refused {
        /// Who asked.
        candidate: NodeId,
        /// Who refused.
        voter: NodeId,
        /// In which term.
        term: Term,
        /// Whether it only asked whether it could win (PreVote).
        pre_vote: bool,
        /// Why.
        why: VoteRefusal,
    },
    /// It has the vote.
    Granted {
        /// Who asked.
        candidate: NodeId,
        /// Who voted.
        voter: NodeId,
        /// In which term.
        term: Term,
    },
    /// If it campaigned now, it would be refused.
    WouldRefuse {
        /// Who would ask.
        candidate: NodeId,
        /// Who would refuse.
        voter: NodeId,
        /// Why.
        why: VoteRefusal,
    },
    /// If it campaigned now, it would get the vote.
    WouldGrant {
        /// Who would ask.
        candidate: NodeId,
        /// Who would vote.
        voter: NodeId,
    },
    /// Nothing would come of it: one of them does not run, the other is not asked, or it was not seen.
    NotAsked {
        /// Who would ask.
        candidate: NodeId,
        /// Who would be asked.
        voter: NodeId,
    },
}

/// Why a node is what it is.
pub(super) fn node_why(world: &World, witness: &Witness, id: NodeId) -> Option<NodeWhy> {
    let server = world.server(id)?;
    let Some(node) = server.node() else {
        let disk = server.hard_state();
        return Some(NodeWhy::Down { node: id, disk });
    };
    if server.is_paused() {
        let term = node.current_term();
        return Some(NodeWhy::Paused { node: id, term });
    }
    Some(match node.role() {
        Role::Leader(_) => NodeWhy::Leads(Box::new(leads(world, witness, server, node))),
        Role::Candidate { votes } => {
            NodeWhy::Campaigns(contender(world, witness, server, node, (*votes, false)))
        }
        Role::PreCandidate { votes } => {
            NodeWhy::Campaigns(contender(world, witness, server, node, (*votes, true)))
        }
        Role::Follower => NodeWhy::Follows(Follows {
            node: id,
            term: node.current_term(),
            leader: node.leader(),
            voted_for: node.voted_for(),
            turn: witness.turn(id),
            waits: waits(world, server, node),
        }),
    })
}

fn waits(world: &World, server: &Server, node: &Node<SharedCommand>) -> Waits {
    if !node.may_campaign() {
        return Waits::NoVoter(*node.configuration());
    }
    match server.election_timer() {
        Some(timer) => Waits::Until {
            due: timer.fires,
            left: timer.fires.since(world.now()),
        },
        None => Waits::Unseen,
    }
}

fn leads(world: &World, witness: &Witness, server: &Server, node: &Node<SharedCommand>) -> Leads {
    let (id, term) = (server.id(), node.current_term());
    let election = witness.election(id);
    let timer = server.election_timer().map(|timer| timer.fires);
    let checks = world.config().raft.check_quorum && node.transfer().is_none();
    let newer = world.leader().and_then(|other| world.server(other)?.node());
    Leads {
        node: id,
        term,
        election: election.filter(|election| election.term == term),
        reach: Count::new(trial::in_reach(world, id), *node.configuration()),
        looks: timer.filter(|_| checks),
        transfer: node.transfer(),
        newer: newer
            .map(|other| (other.id(), other.current_term()))
            .filter(|&(_, later)| later > term),
        change: node
            .waiting_change()
            .and_then(|(rule, behind)| Some((ChangeWait::of(rule)?, behind))),
    }
}

fn contender(
    world: &World,
    witness: &Witness,
    server: &Server,
    node: &Node<SharedCommand>,
    (votes, pre_vote): (NodeSet, bool),
) -> Contender {
    let id = server.id();
    let term = match pre_vote {
        true => node.current_term().next(),
        false => node.current_term(),
    };
    let campaign = witness.campaign(id);
    let campaign = campaign.filter(|seen| (seen.term, seen.pre_vote) == (term, pre_vote));
    let votes = Count::new(votes, *node.configuration());
    // Who said no, and a vote that has come from it since would be a contradiction.
    let refused = campaign.map_or_else(Vec::new, |campaign| campaign.refused.clone());
    let refused: Vec<_> = (refused.into_iter())
        .filter(|(voter, _)| votes.others().contains(*voter))
        .collect();
    let no: NodeSet = refused.iter().map(|&(voter, _)| voter).collect();
    let mut open = votes.others().difference(no);
    let own_vote_waits = open.remove(id) && !node.hard_state_is_durable();
    let reach = trial::in_reach(world, id);
    Contender {
        node: id,
        term,
        pre_vote,
        told_by: campaign.and_then(|campaign| campaign.told_by),
        votes,
        refused,
        unreachable: open.difference(reach),
        unanswered: open.intersection(reach),
        own_vote_waits,
        again: server.election_timer().map(|timer| timer.fires),
    }
}

/// The leader of the latest term that neither is down nor stands still.
pub(super) fn running_leader(world: &World) -> Option<&Node<SharedCommand>> {
    let running = world.servers().iter().filter(|server| !server.is_paused());
    (running.filter_map(Server::node))
        .filter(|node| node.is_leader())
        .max_by_key(|node| node.current_term())
}

/// Why there is a leader, or none.
pub(super) fn leader_why(world: &World, witness: &Witness) -> LeaderWhy {
    let running = |server: &&Server| server.is_up() && !server.is_paused();
    let up = world.servers().iter().filter(running);
    if let Some(node) = running_leader(world)
        && let Some(server) = world.server(node.id())
    {
        return LeaderWhy::Leads(Box::new(leads(world, witness, server, node)));
    }
    if world.sight().is_some() {
        return LeaderWhy::Unseen;
    }
    let ids: NodeSet = up.clone().map(Server::id).collect();
    let count = Count::new(ids, world.configuration());
    if !count.is_quorum() {
        return LeaderWhy::TooFewUp(count);
    }
    let may = up.filter_map(|server| Some((server, server.node()?)));
    let may: Vec<_> = may.filter(|(_, node)| node.may_campaign()).collect();
    let reach = |node: &Node<SharedCommand>| {
        Count::new(trial::in_reach(world, node.id()), *node.configuration())
    };
    if may.iter().all(|(_, node)| !reach(node).is_quorum())
        && let Some((_, node)) = may.iter().max_by_key(|(_, node)| {
            let reached = reach(node).nodes().len();
            (reached, std::cmp::Reverse(node.id()))
        })
    {
        let (node, reach) = (node.id(), reach(node));
        return LeaderWhy::OutOfReach { node, reach };
    }
    let contenders = may.iter().filter_map(|&(server, node)| match node.role() {
        Role::Candidate { votes } => Some(contender(world, witness, server, node, (*votes, false))),
        Role::PreCandidate { votes } => {
            Some(contender(world, witness, server, node, (*votes, true)))
        }
        Role::Follower | Role::Leader(_) => None,
    });
    let contenders: Vec<Contender> = contenders.collect();
    let timers = may.iter().filter_map(|(server, _)| {
        let timer = server.election_timer()?;
        Some((timer.fires, server.id()))
    });
    let next = timers.min().map(|(due, node)| (node, due));
    undecided(world, contenders, next)
}

/// Nobody leads, though a majority could elect someone.
fn undecided(
    world: &World,
    mut contenders: Vec<Contender>,
    next: Option<(NodeId, Time)>,
) -> LeaderWhy {
    let latest = contenders.iter().map(|contender| contender.term).max();
    contenders.retain(|contender| Some(contender.term) == latest);
    match (contenders.pop(), next) {
        (Some(last), _) if contenders.is_empty() => LeaderWhy::Campaign(last),
        (Some(last), next) => {
            let term = last.term;
            contenders.push(last);
            LeaderWhy::Split {
                term,
                // Before a campaign many may be told that they would have a vote (PreVote).
                is_over: (contenders.iter()).all(|one| !one.pre_vote && !may_win(world, one)),
                contenders,
                next,
            }
        }
        (None, Some((node, due))) => LeaderWhy::Timeout {
            node,
            due,
            left: due.since(world.now()),
            ballot: trial::ballot(world, node, due.max(world.now())),
        },
        (None, None) => LeaderWhy::NobodyMay,
    }
}

/// Whether a candidate can still get enough votes of those that nobody else has.
fn may_win(world: &World, contender: &Contender) -> bool {
    let mut votes = contender.votes.nodes();
    if contender.own_vote_waits {
        votes.insert(contender.node);
    }
    let is_free = |voter: &NodeId| {
        let state = world.server(*voter).map(Server::hard_state);
        state.is_some_and(|state| {
            let voted = state
                .voted_for
                .filter(|_| state.current_term == contender.term);
            state.current_term <= contender.term
                && voted.is_none_or(|voted| voted == contender.node)
        })
    };
    votes.extend(contender.unanswered.iter().filter(is_free));
    Count::new(votes, *contender.votes.of()).is_quorum()
}

/// Why `voter` votes for `candidate`, or does not.
pub(super) fn vote_why(
    world: &World,
    witness: &Witness,
    candidate: NodeId,
    voter: NodeId,
) -> Option<VoteWhy> {
    let asks = world.server(candidate)?.node();
    world.server(voter)?;
    let not_asked = VoteWhy::NotAsked { candidate, voter };
    let Some(asks) = asks else {
        return Some(not_asked);
    };
    let campaign = witness.campaign(candidate).filter(|campaign| {
        let now = match campaign.pre_vote {
            true => asks.current_term().next(),
            false => asks.current_term(),
        };
        campaign.term == now
            && matches!(
                asks.role(),
                Role::Candidate { .. } | Role::PreCandidate { .. }
            )
    });
    if let Some(campaign) = campaign
        && let Some(&(_, why)) = campaign.refused.iter().find(|(node, _)| *node == voter)
    {
        return Some(VoteWhy::Refused {
            candidate,
            voter,
            term: campaign.term,
            pre_vote: campaign.pre_vote,
            why,
        });
    }
    let term = asks.current_term();
    // It may have voted, and its answer be on its way, or lost.
    let has_voted = world
        .server(voter)
        .and_then(Server::node)
        .is_some_and(|node| (node.current_term(), node.voted_for()) == (term, Some(candidate)));
    let has_it = match asks.role() {
        Role::Candidate { votes } => votes.contains(voter) || has_voted,
        Role::Leader(_) => (witness.election(candidate))
            .is_some_and(|won| won.term == term && won.votes.nodes().contains(voter)),
        Role::Follower | Role::PreCandidate { .. } => false,
    };
    if has_it {
        return Some(VoteWhy::Granted {
            candidate,
            voter,
            term,
        });
    }
    if candidate == voter {
        return Some(not_asked);
    }
    // As it would be asked in an election of the next term.
    let message = Message {
        from: candidate,
        to: voter,
        term: term.next(),
        body: Body::RequestVote {
            last_log_index: asks.log().last_index(),
            last_log_term: asks.log().last_term(),
            transfer: false,
        },
    };
    Some(match trial::vote_on(world, message, world.now()) {
        Some(Ok(())) => VoteWhy::WouldGrant { candidate, voter },
        Some(Err(why)) => VoteWhy::WouldRefuse {
            candidate,
            voter,
            why,
        },
        None => not_asked,
    })
}
