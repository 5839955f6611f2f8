//! One thing to do to the world as it is, with the nodes named.

use std::sync::Arc;

use crate::kv::{ClientId, Operation};
use crate::raft::{NodeId, NodeSet, Role};
use crate::scenario::runner::Run;
use crate::scenario::script::{InFlight, Links, NodeSelector, Selector, Verb};
use crate::sim::{
    ClockRate, NetworkChange, NetworkConfig, Probability, Server, SpanRange, Stream, World,
};

use super::mood::Kind;
use super::setting::{clock_rates, percent, pick};

/// The most clients.
const CLIENTS: u64 = 4;

/// The most nodes when members come and go.
const NODES_MAX: usize = 7;

/// Draws things to do.
#[derive(Clone, Debug)]
pub(super) struct Verbs {
    /// How many values have been written: each is another, so that a read tells which write it saw.
    values: u64,
    /// The network as it is when nobody has changed it.
    network: NetworkConfig,
}

impl Verbs {
    pub(super) const fn new(network: NetworkConfig) -> Self {
        Self { values: 0, network }
    }

    /// Something of that kind; `None` when there is nothing like it to do.
    pub(super) fn draw(&mut self, kind: Kind, run: &mut Run, random: &mut Stream) -> Option<Verb> {
        if let Some(operation) = self.operation(kind, random) {
            let world = run.world();
            let directly = if is_contested(world) { 75 } else { 25 };
            let node =
                percent(random, directly).then(|| whom_to_ask(world, operation.is_read(), random));
            return Some(Verb::Operation {
                client: client(run, random),
                operation,
                node: node.map(NodeSelector::Node),
            });
        }
        let world = run.world();
        let of_those = |random: &mut Stream, fits: fn(&Server) -> bool| {
            Some(named(a_node(world, random, fits)?))
        };
        Some(match kind {
            Kind::Crash if may_fail(world, random) => Verb::Crash(of_those(random, Server::is_up)?),
            Kind::Restart => Verb::Restart(of_those(random, |s| !s.is_up())?),
            Kind::Pause if may_fail(world, random) => Verb::Pause(of_those(random, runs)?),
            Kind::Resume => Verb::Resume(of_those(random, Server::is_paused)?),
            Kind::Timeout => Verb::Timeout(of_those(random, |s| runs(s) && !s.is_leader())?),
            Kind::Transfer => {
                let to = a_node(world, random, |s| s.is_up() && !s.is_leader())?;
                Verb::Transfer(NodeSelector::Node(to))
            }
            Kind::Partition => Verb::Partition(groups(world, random)),
            Kind::Isolate => Verb::Isolate(of_those(random, |_| true)?),
            Kind::Cut => Verb::Cut(some_links(world, random)?),
            Kind::Heal if percent(random, 70) => Verb::Heal(None),
            Kind::Heal => Verb::Heal(Some(some_links(world, random)?)),
            Kind::Drop => Verb::Drop(in_flight(world, random)?),
            Kind::Deliver => Verb::Deliver(in_flight(world, random)?),
            Kind::Clock => clock(world, random)?,
            Kind::Add => Verb::Add(old_or_new(world, random)?),
            Kind::AddLearner => Verb::AddLearner(old_or_new(world, random)?),
            Kind::Remove => Verb::Remove(NodeSelector::Node(a_node(world, random, |_| true)?)),
            Kind::Members => Verb::Members(members(world, random)?),
            Kind::Snapshot => Verb::Snapshot(of_those(random, Server::can_snapshot)?),
            Kind::Network => Verb::Network(self.network_change(world, random)),
            _ => return None,
        })
    }

    fn operation(&mut self, kind: Kind, random: &mut Stream) -> Option<Operation> {
        let key: Arc<str> = pick(random, &["x", "x", "x", "y"]).into();
        Some(match kind {
            Kind::Put => Operation::Put {
                key,
                value: self.value(),
            },
            Kind::Get => Operation::Get { key },
            Kind::Delete => Operation::Delete { key },
            Kind::Cas => {
                let recent = self.values.saturating_sub(random.below(3));
                Operation::Cas {
                    key,
                    expect: match recent {
                        0 => "".into(),
                        recent => recent.to_string().into(),
                    },
                    value: self.value(),
                }
            }
            _ => return None,
        })
    }

    /// A value that nobody has written.
    pub(super) fn value(&mut self) -> Arc<str> {
        self.values += 1;
        self.values.to_string().into()
    }

    /// One of the conditions becomes worse, or all are again as they were.
    fn network_change(&self, world: &World, random: &mut Stream) -> NetworkChange {
        let usual = self.network;
        if world.network() != usual && percent(random, 60) {
            return difference(world.network(), usual);
        }
        let mut change = NetworkChange::default();
        let ms = SpanRange::from_millis;
        match random.below(6) {
            0 => change.loss = Some(Probability::from_percent(5 + random.below(30))),
            1 => change.duplicate = Some(Probability::from_percent(10 + random.below(60))),
            2 => change.reorder = Some(!world.network().reorder),
            _ => {
                let slow = [ms(1, 60), ms(50, 200), ms(200, 600), ms(1_000, 3_000)];
                change.latency = Some(pick(random, &slow));
            }
        }
        change
    }
}

/// What makes the one network the other.
pub(super) fn difference(from: NetworkConfig, to: NetworkConfig) -> NetworkChange {
    NetworkChange {
        latency: (from.latency != to.latency).then_some(to.latency),
        loss: (from.loss != to.loss).then_some(to.loss),
        duplicate: (from.duplicate != to.duplicate).then_some(to.duplicate),
        reorder: (from.reorder != to.reorder).then_some(to.reorder),
    }
}

/// A client that there is, or the next.
fn client(run: &mut Run, random: &mut Stream) -> ClientId {
    let known = run.scenario().clients.len() as u64;
    let number = random.below((known + 1).min(CLIENTS)) + 1;
    run.client_named(&format!("c{number}"))
}

/// Whether several nodes think that they lead: what one of them does must not escape the others.
pub(super) fn is_contested(world: &World) -> bool {
    let leaders = world.servers().iter().filter(|server| server.is_leader());
    leaders.count() > 1
}

/// Whom to ask without the proxy. A node that thinks that it leads is the most telling, and of
/// several the newest by a write, the oldest by a read.
fn whom_to_ask(world: &World, is_read: bool, random: &mut Stream) -> NodeId {
    let leaders = world.servers().iter().filter(|server| server.is_leader());
    let term = |server: &&Server| server.hard_state().current_term;
    let leader = match is_read {
        true => leaders.min_by_key(term),
        false => leaders.max_by_key(term),
    };
    match leader {
        Some(leader) if percent(random, 70) => leader.id(),
        _ => pick(random, &ids(world)),
    }
}

pub(super) fn ids(world: &World) -> Vec<NodeId> {
    world.servers().iter().map(Server::id).collect()
}

pub(super) fn runs(server: &Server) -> bool {
    server.is_up() && !server.is_paused()
}

pub(super) fn named(id: NodeId) -> Selector {
    NodeSelector::Node(id).into()
}

/// One of those that fit: often one that leads or campaigns.
fn a_node(world: &World, random: &mut Stream, fits: fn(&Server) -> bool) -> Option<NodeId> {
    let fitting: Vec<&Server> = world.servers().iter().filter(|s| fits(s)).collect();
    let busy = |server: &&&Server| {
        let role = server.node().map(crate::raft::Node::role);
        role.is_some_and(|role| *role != Role::Follower)
    };
    let busy: Vec<_> = fitting
        .iter()
        .filter(busy)
        .map(|server| server.id())
        .collect();
    if !busy.is_empty() && percent(random, 50) {
        return Some(pick(random, &busy));
    }
    let place = (!fitting.is_empty()).then(|| random.below(fitting.len() as u64))?;
    Some(fitting[place as usize].id())
}

/// Whether one more node may fail: seldom so many that nothing goes on.
fn may_fail(world: &World, random: &mut Stream) -> bool {
    let running = world.servers().iter().filter(|server| runs(server)).count();
    world.configuration().majority() < running || percent(random, 15)
}

/// Two groups, neither of them empty.
fn groups(world: &World, random: &mut Stream) -> Vec<Selector> {
    let ids = ids(world);
    loop {
        let (one, other): (Vec<_>, Vec<_>) = ids.iter().partition(|_| percent(random, 50));
        if ids.len() == 1 || !one.is_empty() && !other.is_empty() {
            return [one, other]
                .into_iter()
                .filter(|group| !group.is_empty())
                .map(|group| Selector::Nodes(group.into_iter().map(NodeSelector::Node).collect()))
                .collect();
        }
    }
}

/// Links between a node and another, or all others: one direction, or both.
fn some_links(world: &World, random: &mut Stream) -> Option<Links> {
    let node = a_node(world, random, |_| true)?;
    let mut others = ids(world);
    others.retain(|&id| id != node);
    if others.is_empty() {
        return None;
    }
    let others = match percent(random, 30) {
        true => Selector::Nodes(others.into_iter().map(NodeSelector::Node).collect()),
        false => named(pick(random, &others)),
    };
    Some(match random.below(3) {
        0 => Links::Between(named(node), others),
        1 => Links::Direction {
            from: named(node),
            to: others,
        },
        _ => Links::Direction {
            from: others,
            to: named(node),
        },
    })
}

/// A node that there is, or the next.
fn old_or_new(world: &World, random: &mut Stream) -> Option<NodeId> {
    let place = random.below(world.servers().len() as u64 + 1) as usize;
    (place < NODES_MAX).then(|| NodeId::from_index(place))
}

/// Some of the nodes, and perhaps the next.
fn members(world: &World, random: &mut Stream) -> Option<NodeSet> {
    let places = 0..(world.servers().len() + 1).min(NODES_MAX);
    let members = places.filter(|_| percent(random, 60));
    let members: NodeSet = members.map(NodeId::from_index).collect();
    (!members.is_empty()).then_some(members)
}

/// A clock that goes wrong, or those of all other nodes.
fn clock(world: &World, random: &mut Stream) -> Option<Verb> {
    let node = a_node(world, random, |_| true)?;
    let mut others = ids(world);
    others.retain(|&id| id != node);
    let nodes = match !others.is_empty() && percent(random, 40) {
        true => Selector::Nodes(others.into_iter().map(NodeSelector::Node).collect()),
        false => named(node),
    };
    let rate = ClockRate::new(pick(random, clock_rates(&world.config().raft)))?;
    Some(Verb::Clock { nodes, rate })
}

/// A message that is on its way, and those that are like it.
fn in_flight(world: &World, random: &mut Stream) -> Option<InFlight> {
    let flights: Vec<_> = world.flights().map(crate::sim::Flight::message).collect();
    let place = (!flights.is_empty()).then(|| random.below(flights.len() as u64))?;
    let message = flights[place as usize];
    let kind = percent(random, 80).then(|| message.kind());
    let from = percent(random, 60).then_some(NodeSelector::Node(message.from));
    let to = percent(random, 60).then_some(NodeSelector::Node(message.to));
    Some(InFlight {
        kind,
        from,
        to,
        nth: None,
        optional: false,
    })
}
