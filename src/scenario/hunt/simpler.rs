//! Simplifications of a scenario, the greatest first. Each is strictly simpler than what it is made
//! from, so that trying them comes to an end; whether the same still falls is for others to see.

use crate::kv::{ClientId, Operation};
use crate::raft::{LogIndex, NodeId, NodeSet, Time};
use crate::scenario::script::{InFlight, Links, NodeSelector, Scenario, Selector, Step, Verb};
use crate::sim::{Config, DiskConfig, NetworkConfig, ProxyConfig, RaftConfig, ReadMode};

/// Round times, in microseconds.
const GRIDS: [u64; 8] = [
    1_000_000, 500_000, 100_000, 50_000, 10_000, 5_000, 1_000, 100,
];

/// One setting as by default, or a whole table of them.
pub(super) fn settings(scenario: &Scenario) -> Vec<Scenario> {
    let (network, raft) = (NetworkConfig::default(), RaftConfig::default());
    let (disk, proxy) = (DiskConfig::default(), ProxyConfig::default());
    let all: [&dyn Fn(&mut Config); 25] = [
        &|c| c.network = network,
        &|c| {
            c.raft = RaftConfig {
                policy: c.raft.policy,
                // How far apart clocks go is not a setting: with less, a lease may rightly fail.
                clock_bound: c.raft.clock_bound,
                ..raft
            };
        },
        &|c| c.disk = disk,
        &|c| c.start.clear(),
        &|c| c.start.iter_mut().for_each(|node| node.down = false),
        &|c| (c.start.iter_mut()).for_each(|node| node.commit = LogIndex::ZERO),
        &|c| c.proxy = proxy,
        &|c| c.network.loss = network.loss,
        &|c| c.network.duplicate = network.duplicate,
        &|c| c.network.reorder = network.reorder,
        &|c| c.network.latency = network.latency,
        &|c| c.raft.election_timeout = raft.election_timeout,
        &|c| c.raft.heartbeat = raft.heartbeat,
        &|c| c.raft.pre_vote = raft.pre_vote,
        &|c| c.raft.check_quorum = raft.check_quorum,
        &|c| c.raft.reads = raft.reads,
        &|c| c.raft.max_batch = raft.max_batch,
        &|c| c.raft.max_inflight = raft.max_inflight,
        &|c| c.raft.snapshot_after = raft.snapshot_after,
        &|c| c.disk.sync = disk.sync,
        &|c| c.disk.lose_unsynced = disk.lose_unsynced,
        &|c| c.proxy.reads = proxy.reads,
        &|c| c.proxy.timeout = proxy.timeout,
        &|c| c.proxy.retries = proxy.retries,
        &|c| c.proxy.latency = proxy.latency,
    ];
    let bound = |c: &mut Config| {
        if c.raft.reads != ReadMode::Lease {
            c.raft.clock_bound = raft.clock_bound;
        }
    };
    let all = all
        .into_iter()
        .chain(std::iter::once(&bound as &dyn Fn(&mut Config)));
    let changed = all.map(|change| {
        let mut candidate = scenario.clone();
        change(&mut candidate.config);
        candidate
    });
    changed
        .filter(|candidate| candidate.config != scenario.config)
        .collect()
}

/// A cluster without one of the nodes, the last first; those after it move up.
pub(super) fn clusters(scenario: &Scenario) -> Vec<Scenario> {
    let count = scenario.config.nodes.len();
    if count < 2 || !scenario.config.start.is_empty() {
        return Vec::new();
    }
    let without = |out: NodeId| {
        let renumber = |id: NodeId| match id.cmp(&out) {
            std::cmp::Ordering::Less => Some(id),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => NodeId::new(id.number() - 1),
        };
        let mut candidate = scenario.clone();
        candidate.config.nodes = NodeSet::first(count - 1);
        candidate.steps.retain_mut(|step| {
            let verb = renumbered(&step.verb, renumber);
            verb.map(|verb| step.verb = verb).is_some()
        });
        candidate
    };
    (0..count)
        .rev()
        .map(NodeId::from_index)
        .map(without)
        .collect()
}

/// The verb with other nodes; `None` when nobody is left.
fn renumbered(verb: &Verb, renumber: impl Fn(NodeId) -> Option<NodeId>) -> Option<Verb> {
    let one = |node: NodeSelector| match node {
        NodeSelector::Node(id) => renumber(id).map(NodeSelector::Node),
        word => Some(word),
    };
    let several = |nodes: &Selector| match nodes {
        Selector::Nodes(nodes) => {
            let nodes: Vec<_> = nodes.iter().filter_map(|&node| one(node)).collect();
            (!nodes.is_empty()).then_some(Selector::Nodes(nodes))
        }
        word => Some(word.clone()),
    };
    let links = |links: &Links| {
        Some(match links {
            Links::Direction { from, to } => Links::Direction {
                from: several(from)?,
                to: several(to)?,
            },
            Links::Between(a, b) => Links::Between(several(a)?, several(b)?),
        })
    };
    // `Some(None)`: it was left open.
    let end = |node: Option<NodeSelector>| match node {
        Some(node) => one(node).map(Some),
        None => Some(None),
    };
    let in_flight = |filter: &InFlight| {
        Some(InFlight {
            from: end(filter.from)?,
            to: end(filter.to)?,
            ..*filter
        })
    };
    Some(match verb {
        Verb::Operation {
            client,
            operation,
            node,
        } => Verb::Operation {
            client: *client,
            operation: operation.clone(),
            node: end(*node)?,
        },
        Verb::Crash(nodes) => Verb::Crash(several(nodes)?),
        Verb::Restart(nodes) => Verb::Restart(several(nodes)?),
        Verb::Pause(nodes) => Verb::Pause(several(nodes)?),
        Verb::Resume(nodes) => Verb::Resume(several(nodes)?),
        Verb::Wipe(nodes) => Verb::Wipe(several(nodes)?),
        Verb::Snapshot(nodes) => Verb::Snapshot(several(nodes)?),
        Verb::Timeout(nodes) => Verb::Timeout(several(nodes)?),
        Verb::Clock { nodes, rate } => Verb::Clock {
            nodes: several(nodes)?,
            rate: *rate,
        },
        Verb::Transfer(node) => Verb::Transfer(one(*node)?),
        Verb::Add(id) => Verb::Add(renumber(*id)?),
        Verb::AddLearner(id) => Verb::AddLearner(renumber(*id)?),
        Verb::Remove(node) => Verb::Remove(one(*node)?),
        Verb::Members(voters) => {
            let voters: NodeSet = voters.iter().filter_map(&renumber).collect();
            (!voters.is_empty()).then_some(Verb::Members(voters))?
        }
        Verb::Partition(groups) => Verb::Partition(groups.iter().filter_map(several).collect()),
        Verb::Cut(cut) => Verb::Cut(links(cut)?),
        Verb::Isolate(nodes) => Verb::Isolate(several(nodes)?),
        Verb::Heal(None) => Verb::Heal(None),
        Verb::Heal(Some(healed)) => Verb::Heal(Some(links(healed)?)),
        Verb::Drop(filter) => Verb::Drop(in_flight(filter)?),
        Verb::Deliver(filter) => Verb::Deliver(in_flight(filter)?),
        Verb::Duplicate(filter) => Verb::Duplicate(in_flight(filter)?),
        Verb::Delay(filter, by) => Verb::Delay(in_flight(filter)?, *by),
        Verb::Link {
            links: those,
            change,
        } => Verb::Link {
            links: links(those)?,
            change: *change,
        },
        Verb::Network(_)
        | Verb::Reads(_)
        | Verb::Load(_)
        | Verb::Chaos { .. }
        | Verb::Stop(_)
        | Verb::Expect(_) => verb.clone(),
    })
}

/// Two steps that do the same to different nodes as one, at the time of either.
pub(super) fn merged(scenario: &Scenario) -> Vec<Scenario> {
    let mut candidates = Vec::new();
    for (place, step) in scenario.steps.iter().enumerate() {
        for (next, other) in scenario.steps.iter().enumerate().skip(place + 1) {
            let Some(verb) = both(&step.verb, &other.verb) else {
                continue;
            };
            for (kept, left) in [(place, next), (next, place)] {
                let mut candidate = scenario.clone();
                candidate.steps[kept].verb = verb.clone();
                candidate.steps.remove(left);
                candidates.push(candidate);
            }
        }
    }
    candidates
}

/// What does both.
fn both(one: &Verb, other: &Verb) -> Option<Verb> {
    Some(match (one, other) {
        (Verb::Crash(a), Verb::Crash(b)) => Verb::Crash(union(a, b)?),
        (Verb::Restart(a), Verb::Restart(b)) => Verb::Restart(union(a, b)?),
        (Verb::Pause(a), Verb::Pause(b)) => Verb::Pause(union(a, b)?),
        (Verb::Resume(a), Verb::Resume(b)) => Verb::Resume(union(a, b)?),
        (Verb::Timeout(a), Verb::Timeout(b)) => Verb::Timeout(union(a, b)?),
        (Verb::Snapshot(a), Verb::Snapshot(b)) => Verb::Snapshot(union(a, b)?),
        (Verb::Isolate(a), Verb::Isolate(b)) => Verb::Isolate(union(a, b)?),
        _ => return None,
    })
}

/// The nodes of both, if they have none in common.
fn union(a: &Selector, b: &Selector) -> Option<Selector> {
    let (Selector::Nodes(a), Selector::Nodes(b)) = (a, b) else {
        return None;
    };
    let are_apart = a.iter().all(|node| !b.contains(node));
    are_apart.then(|| Selector::Nodes([a.as_slice(), b].concat()))
}

/// One verb that says less, or something more usual.
pub(super) fn verbs(scenario: &Scenario) -> Vec<Scenario> {
    let mut candidates = Vec::new();
    for (place, step) in scenario.steps.iter().enumerate() {
        for verb in simpler_verbs(&step.verb) {
            let mut candidate = scenario.clone();
            candidate.steps[place].verb = verb;
            candidates.push(candidate);
        }
    }
    candidates
}

fn simpler_verbs(verb: &Verb) -> Vec<Verb> {
    let mut simpler = Vec::new();
    match verb {
        Verb::Operation {
            client,
            operation,
            node,
        } => {
            let mut say = |client, operation: &Operation, node| {
                let operation = operation.clone();
                simpler.push(Verb::Operation {
                    client,
                    operation,
                    node,
                });
            };
            if let Operation::Cas { key, value, .. } = operation {
                let (key, value) = (key.clone(), value.clone());
                say(*client, &Operation::Put { key, value }, *node);
            }
            if node.is_some() {
                say(*client, operation, None);
            }
            if *client != ClientId(0) {
                say(ClientId(0), operation, *node);
            }
        }
        Verb::Drop(filter) => simpler.extend(wider(*filter).map(Verb::Drop)),
        Verb::Deliver(filter) => simpler.extend(wider(*filter).map(Verb::Deliver)),
        Verb::Duplicate(filter) => simpler.extend(wider(*filter).map(Verb::Duplicate)),
        Verb::Delay(filter, by) => {
            simpler.extend(wider(*filter).map(|filter| Verb::Delay(filter, *by)));
        }
        _ => {}
    }
    simpler
}

/// The filter with something left open that it says.
fn wider(filter: InFlight) -> impl Iterator<Item = InFlight> {
    let InFlight { kind, from, to, .. } = filter;
    let kind = kind.map(|_| InFlight {
        kind: None,
        ..filter
    });
    let from = from.map(|_| InFlight {
        from: None,
        ..filter
    });
    let to = to.map(|_| InFlight { to: None, ..filter });
    [from, to, kind].into_iter().flatten()
}

/// One step at a rounder time, which leaves their order as it is.
pub(super) fn times(scenario: &Scenario) -> Vec<Scenario> {
    let steps = &scenario.steps;
    let mut candidates = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let earliest = place.checked_sub(1).map_or(Time::ZERO, |p| steps[p].at);
        let latest = steps.get(place + 1).map_or(Time(u64::MAX), |next| next.at);
        for at in rounder(step.at) {
            if (earliest..=latest).contains(&at) {
                candidates.push(at_time(scenario, place, at));
            }
        }
    }
    candidates
}

/// The moments around one on every grid on which it is not, the coarsest first.
fn rounder(at: Time) -> impl Iterator<Item = Time> {
    let off = GRIDS
        .into_iter()
        .take_while(move |grid| !at.0.is_multiple_of(*grid));
    off.flat_map(move |grid| {
        let down = at.0 / grid * grid;
        [Time(down), Time(down + grid)]
    })
}

fn at_time(scenario: &Scenario, place: usize, at: Time) -> Scenario {
    let mut candidate = scenario.clone();
    let step = &candidate.steps[place];
    candidate.steps[place] = Step { at, ..step.clone() };
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_become_rounder_and_come_to_an_end() {
        let at: Vec<_> = rounder(Time(1_210_000)).take(4).collect();
        let expected = [1_000_000, 2_000_000, 1_000_000, 1_500_000].map(Time);
        assert_eq!(at, expected);
        assert_eq!(rounder(Time(3_000_000)).count(), 0);
    }
}
