//! From what a step says to what is done: who is meant, now.

use crate::raft::{MembershipChange, NodeId, NodeSet};
use crate::sim::{Action, Heal, MessageFilter, Server, World};

use super::script::{InFlight, Links, NodeSelector, Selector, Verb};

/// What a verb does to the world as it is now.
///
/// # Errors
/// When nobody is meant.
pub(super) fn actions(verb: &Verb, world: &World) -> Result<Vec<Action>, String> {
    let each = |selector: &Selector, fits: fn(&Server) -> bool, act: fn(NodeId) -> Action| {
        Ok(those_who(selector, world, fits)?.iter().map(act).collect())
    };
    match verb {
        Verb::Operation {
            client,
            operation,
            node,
        } => Ok(vec![Action::Client {
            client: *client,
            operation: operation.clone(),
            node: node.map(|node| one(node, world)).transpose()?,
        }]),
        Verb::Crash(selector) => each(selector, Server::is_up, Action::Crash),
        Verb::Restart(selector) => each(selector, |s| !s.is_up(), Action::Restart),
        Verb::Pause(selector) => each(selector, runs, Action::Pause),
        Verb::Resume(selector) => each(selector, Server::is_paused, Action::Resume),
        Verb::Wipe(selector) => each(selector, |s| !s.is_up(), Action::Wipe),
        Verb::Timeout(selector) => each(selector, |s| runs(s) && !s.is_leader(), Action::Timeout),
        Verb::Transfer(to) => Ok(vec![Action::Transfer(one(*to, world)?)]),
        Verb::Add(id) => Ok(change(MembershipChange::AddVoter(*id))),
        Verb::AddLearner(id) => Ok(change(MembershipChange::AddLearner(*id))),
        Verb::Remove(node) => Ok(change(MembershipChange::Remove(one(*node, world)?))),
        Verb::Members(voters) => Ok(change(MembershipChange::Members(*voters))),
        Verb::Snapshot(selector) => each(selector, Server::can_snapshot, Action::Snapshot),
        Verb::Isolate(selector) => each(selector, |_| true, Action::Isolate),
        Verb::Partition(groups) => groups
            .iter()
            .map(|group| several(group, world))
            .collect::<Result<Vec<_>, _>>()
            .map(|groups| vec![Action::Partition(groups)]),
        Verb::Cut(cut) => Ok(vec![Action::Cut(links(cut, world)?)]),
        Verb::Heal(None) => Ok(vec![Action::Heal(Heal::All)]),
        Verb::Heal(Some(healed)) => Ok(vec![Action::Heal(Heal::Links(links(healed, world)?))]),
        Verb::Drop(in_flight) => Ok(vec![Action::Drop(filter(in_flight, world)?)]),
        Verb::Deliver(in_flight) => Ok(vec![Action::Deliver(filter(in_flight, world)?)]),
        Verb::Duplicate(in_flight) => Ok(vec![Action::Duplicate(filter(in_flight, world)?)]),
        Verb::Delay(in_flight, by) => Ok(vec![Action::Delay(filter(in_flight, world)?, *by)]),
        Verb::Link {
            links: those,
            change,
        } => Ok(vec![Action::Link {
            links: links(those, world)?,
            change: *change,
        }]),
        Verb::Network(change) => Ok(vec![Action::Network(*change)]),
        Verb::Reads(from) => Ok(vec![Action::Reads(*from)]),
        Verb::Clock { nodes, rate } => Ok(several(nodes, world)?
            .iter()
            .map(|node| Action::Clock { node, rate: *rate })
            .collect()),
        Verb::Load(load) => Ok(vec![Action::Load(*load)]),
        Verb::Chaos { until, seed } => Ok(vec![Action::Chaos {
            until: *until,
            seed: *seed,
        }]),
        Verb::Stop(course) => Ok(vec![Action::Stop(*course)]),
        Verb::Expect(_) => Ok(Vec::new()),
    }
}

fn change(change: MembershipChange) -> Vec<Action> {
    vec![Action::ChangeMembers(change)]
}

/// The node that is meant.
fn one(selector: NodeSelector, world: &World) -> Result<NodeId, String> {
    match selector {
        NodeSelector::Node(id) => Ok(id),
        NodeSelector::Leader => world.leader().ok_or_else(|| "no node leads".into()),
        NodeSelector::Follower => world
            .servers()
            .iter()
            .find(|server| is_follower(server))
            .map(Server::id)
            .ok_or_else(|| "no node that is up follows".into()),
    }
}

/// The nodes that are meant; at least one.
pub(super) fn several(selector: &Selector, world: &World) -> Result<NodeSet, String> {
    those_who(selector, world, |_| true)
}

/// The nodes that are meant: those named, whatever they are, so that an act that cannot be done on
/// one of them is told; of `all`, those that the act can be done on.
fn those_who(
    selector: &Selector,
    world: &World,
    fits: fn(&Server) -> bool,
) -> Result<NodeSet, String> {
    let select = |fits: &dyn Fn(&Server) -> bool| -> NodeSet {
        let servers = world.servers().iter();
        servers.filter(|s| fits(s)).map(Server::id).collect()
    };
    let nodes = match selector {
        Selector::Nodes(nodes) => nodes
            .iter()
            .map(|&node| one(node, world))
            .collect::<Result<_, _>>()?,
        Selector::Followers => select(&is_follower),
        Selector::All => select(&fits),
    };
    if nodes.is_empty() {
        return Err(match selector {
            Selector::Followers => "no node that is up follows".into(),
            _ => "there is no node that this can be done to".into(),
        });
    }
    Ok(nodes)
}

fn links(links: &Links, world: &World) -> Result<Vec<(NodeId, NodeId)>, String> {
    let (from, to, both) = match links {
        Links::Direction { from, to } => (from, to, false),
        Links::Between(one, other) => (one, other, true),
    };
    let (from, to) = (several(from, world)?, several(to, world)?);
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let mut pairs: Vec<_> = pairs.filter(|(a, b)| a != b).collect();
    if both {
        pairs.extend(pairs.clone().into_iter().map(|(a, b)| (b, a)));
    }
    match pairs.is_empty() {
        true => Err("a node has no link to itself".into()),
        false => Ok(pairs),
    }
}

fn filter(in_flight: &InFlight, world: &World) -> Result<MessageFilter, String> {
    let node = |selector: Option<NodeSelector>| selector.map(|node| one(node, world)).transpose();
    Ok(MessageFilter {
        kind: in_flight.kind,
        from: node(in_flight.from)?,
        to: node(in_flight.to)?,
        nth: in_flight.nth,
        optional: in_flight.optional,
    })
}

/// Whether it follows and has a vote: learners, and those who have left, are not meant.
fn is_follower(server: &Server) -> bool {
    server.node().is_some_and(|node| {
        *node.role() == crate::raft::Role::Follower && node.configuration().is_voter(node.id())
    })
}

fn runs(server: &Server) -> bool {
    server.is_up() && !server.is_paused()
}
