//! The verbs of a step, and what each is given.

use crate::kv::{ClientId, Operation};
use crate::raft::Time;
use crate::scenario::script::{InFlight, Links, NodeSelector, Selector, Verb};
use crate::sim::{ENDLESS, LoadConfig};

use super::values::{array, duration, members, node, one, probability, rate, several, text};
use super::{Keys, at, expect, network_change, put_conditions, reads_from};

/// The verb's name and value.
pub(super) fn verb(verb: &Verb, clients: &[String]) -> (&'static str, String) {
    match verb {
        Verb::Operation {
            client,
            operation,
            node,
        } => op(operation, *client, *node, clients),
        Verb::Crash(nodes) => ("crash", several(nodes)),
        Verb::Restart(nodes) => ("restart", several(nodes)),
        Verb::Pause(nodes) => ("pause", several(nodes)),
        Verb::Resume(nodes) => ("resume", several(nodes)),
        Verb::Wipe(nodes) => ("wipe", several(nodes)),
        Verb::Clock { nodes, rate } => {
            let mut keys = Keys::default();
            keys.put("node", several(nodes));
            keys.put("rate", rate);
            ("clock", keys.inline())
        }
        Verb::Timeout(nodes) => ("timeout", several(nodes)),
        Verb::Transfer(node) => ("transfer", one(*node)),
        Verb::Add(id) => ("add", node(*id)),
        Verb::AddLearner(id) => ("add_learner", node(*id)),
        Verb::Remove(node) => ("remove", one(*node)),
        Verb::Members(voters) => ("members", members(*voters)),
        Verb::Snapshot(nodes) => ("snapshot", several(nodes)),
        Verb::Partition(groups) => {
            let groups: Vec<_> = groups.iter().map(group).collect();
            ("partition", array(&groups))
        }
        Verb::Cut(cut) => ("cut", links(cut)),
        Verb::Isolate(nodes) => ("isolate", several(nodes)),
        Verb::Heal(None) => ("heal", "true".to_owned()),
        Verb::Heal(Some(healed)) => ("heal", links(healed)),
        Verb::Drop(filter) => ("drop", in_flight(*filter)),
        Verb::Deliver(filter) => ("deliver", in_flight(*filter)),
        Verb::Duplicate(filter) => ("duplicate", in_flight(*filter)),
        Verb::Delay(filter, by) => {
            let mut keys = in_flight_keys(*filter);
            keys.put("by", duration(*by));
            ("delay", keys.inline())
        }
        Verb::Link {
            links: those,
            change,
        } => {
            let mut keys = link_keys(those);
            match change {
                Some(change) => put_conditions(&mut keys, *change),
                None => keys.put("reset", true),
            }
            ("link", keys.inline())
        }
        Verb::Network(change) => ("network", network_change(*change).inline()),
        Verb::Reads(from) => {
            let mut keys = Keys::default();
            keys.put("reads", reads_from(*from));
            ("proxy", keys.inline())
        }
        Verb::Load(config) => ("load", load(*config)),
        Verb::Chaos { until, seed } => ("chaos", chaos(*until, *seed)),
        Verb::Stop(course) => ("stop", text(course.name())),
        Verb::Expect(expectation) => ("expect", expect::expectation(expectation, clients)),
    }
}

fn op(
    operation: &Operation,
    client: ClientId,
    node: Option<NodeSelector>,
    clients: &[String],
) -> (&'static str, String) {
    let mut keys = Keys::default();
    keys.put("key", text(operation.key()));
    let name = match operation {
        Operation::Put { value, .. } => {
            keys.put("value", text(value));
            "put"
        }
        Operation::Get { .. } => "get",
        Operation::Delete { .. } => "delete",
        Operation::Cas { expect, value, .. } => {
            keys.put("expect", text(expect));
            keys.put("value", text(value));
            "cas"
        }
    };
    if client != ClientId(0) {
        keys.put("client", text(&clients[client.0 as usize]));
    }
    keys.put_some("node", node.map(one));
    (name, keys.inline())
}

/// A group of a partition: an array also when it is of one node.
fn group(nodes: &Selector) -> String {
    match nodes {
        Selector::Nodes(nodes) => array(&nodes.iter().map(|&node| one(node)).collect::<Vec<_>>()),
        word => several(word),
    }
}

fn links(links: &Links) -> String {
    link_keys(links).inline()
}

fn link_keys(links: &Links) -> Keys {
    let mut keys = Keys::default();
    match links {
        Links::Direction { from, to } => {
            keys.put("from", several(from));
            keys.put("to", several(to));
        }
        Links::Between(a, b) => keys.put("between", array(&[several(a), several(b)])),
    }
    keys
}

fn in_flight(filter: InFlight) -> String {
    in_flight_keys(filter).inline()
}

fn in_flight_keys(filter: InFlight) -> Keys {
    let mut keys = Keys::default();
    keys.put_some("kind", filter.kind.map(|kind| text(kind.name())));
    keys.put_some("from", filter.from.map(one));
    keys.put_some("to", filter.to.map(one));
    keys.put_some("nth", filter.nth);
    keys.put_unless("optional", filter.optional, false, |truth| {
        truth.to_string()
    });
    keys
}

fn load(load: LoadConfig) -> String {
    let mut keys = Keys::default();
    keys.put("clients", load.clients);
    keys.put("rate", rate(load.interval));
    keys.put("keys", load.keys);
    keys.put("writes", probability(load.writes));
    put_end(&mut keys, load.until);
    keys.inline()
}

fn chaos(until: Time, seed: Option<u64>) -> String {
    let mut keys = Keys::default();
    put_end(&mut keys, until);
    keys.put_some("seed", seed.map(super::seed));
    keys.inline()
}

fn put_end(keys: &mut Keys, until: Time) {
    keys.put_unless("until", until, ENDLESS, at);
}
