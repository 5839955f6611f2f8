//! What would happen if: answered by the core itself, on copies of its nodes that nobody keeps.

use crate::kv::SharedCommand;
use crate::raft::{
    Body, Effect, Input, Message, Node, NodeId, NodeSet, Output, Rule, Time, VoteRefusal,
};
use crate::sim::World;

use super::count::Count;

/// What comes of an input: the rules that fire, the messages that go out when the disk has what they
/// promise, and whether the election timer is set anew.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) rules: Vec<Rule>,
    pub(super) messages: Vec<Message<SharedCommand>>,
    pub(super) resets_timer: bool,
}

/// What a node would do with this at that moment; `None` when it is down or stands still, and in a
/// cluster that was only seen.
pub(super) fn step(
    world: &World,
    id: NodeId,
    at: Time,
    input: Input<SharedCommand>,
) -> Option<Outcome> {
    let server = world.server(id)?;
    if server.is_paused() || world.sight().is_some() {
        return None;
    }
    let mut node: Node<SharedCommand> = server.node()?.clone();
    let now = server.clock_shows(at);
    let mut outcome = Outcome::default();
    let mut next = Some(input);
    while let Some(input) = next.take() {
        let mut output = Output::default();
        node.step(now, input, &mut output);
        outcome.rules.extend(output.rules);
        for effect in output.effects {
            match effect {
                Effect::Send(message) => outcome.messages.push(message),
                Effect::ArmElectionTimer => outcome.resets_timer = true,
                Effect::Persist(write) => next = Some(Input::Durable(write.seq)),
                _ => {}
            }
        }
    }
    Some(outcome)
}

/// How the others would answer if that node asked for their votes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ballot {
    /// Who asks.
    pub candidate: NodeId,
    /// When.
    pub at: Time,
    /// Whether it asks before it campaigns (PreVote).
    pub pre_vote: bool,
    /// Who votes for it, itself included.
    pub votes: Count,
    /// Who refuses, and why.
    pub refused: Vec<(NodeId, VoteRefusal)>,
    /// Whom it does not reach, or who does not answer.
    pub silent: NodeSet,
}

/// The ballot that would follow if the node's election timer fired at that moment; `None` when it
/// would not ask.
pub(super) fn ballot(world: &World, candidate: NodeId, at: Time) -> Option<Ballot> {
    let asked = step(world, candidate, at, Input::ElectionTimeout)?;
    let starts = |rule: &Rule| match rule {
        Rule::StartElection { .. } => Some(false),
        Rule::StartPreVote { .. } => Some(true),
        _ => None,
    };
    let pre_vote = asked.rules.iter().find_map(starts)?;
    let configuration = *world.server(candidate)?.node()?.configuration();
    let mut votes = NodeSet::from_iter([candidate]);
    let mut refused = Vec::new();
    for message in asked.messages {
        let is_question = matches!(
            message.body,
            Body::RequestVote { .. } | Body::PreVote { .. }
        );
        let to = message.to;
        if is_question && reaches(world, candidate, to) {
            match vote_on(world, message, at) {
                Some(Ok(())) => {
                    votes.insert(to);
                }
                Some(Err(why)) => refused.push((to, why)),
                None => {}
            }
        }
    }
    let votes = Count::new(votes, configuration);
    let no: NodeSet = refused.iter().map(|&(node, _)| node).collect();
    Some(Ballot {
        candidate,
        at,
        pre_vote,
        votes,
        silent: votes.others().difference(no),
        refused,
    })
}

/// What the receiver of this would say to it at that moment; `None` when it says nothing.
pub(super) fn vote_on(
    world: &World,
    message: Message<SharedCommand>,
    at: Time,
) -> Option<Result<(), VoteRefusal>> {
    let (from, to) = (message.from, message.to);
    let answer = step(world, to, at, Input::Message(message))?;
    answer.rules.iter().find_map(|rule| match *rule {
        Rule::GrantVote { to, .. } | Rule::GrantPreVote { to, .. } if to == from => Some(Ok(())),
        Rule::RefuseVote { to, why } | Rule::RefusePreVote { to, why } if to == from => {
            Some(Err(why))
        }
        _ => None,
    })
}

/// Whether the one gets messages to the other, who runs, and answers back.
pub(super) fn reaches(world: &World, from: NodeId, to: NodeId) -> bool {
    let answers = |server: &crate::sim::Server| server.is_up() && !server.is_paused();
    from == to
        || world.server(to).is_some_and(answers)
            && world.carries(from, to)
            && world.carries(to, from)
}

/// Those that the node reaches, itself included.
pub(super) fn in_reach(world: &World, from: NodeId) -> NodeSet {
    let servers = world.servers().iter().map(crate::sim::Server::id);
    servers.filter(|&to| reaches(world, from, to)).collect()
}
