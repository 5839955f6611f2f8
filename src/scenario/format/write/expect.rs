//! What must hold, key by key.

use crate::scenario::script::{Expectation, ExpectedLeader, Fact, OpCounts, PerNode};

use super::Keys;
use super::values::{array, braces, duration, members, node, text};

/// The inline table of an expectation.
pub(super) fn expectation(expectation: &Expectation, clients: &[String]) -> String {
    let mut keys = Keys::default();
    for item in &expectation.items {
        let (name, value) = fact(&item.fact, clients);
        keys.put(name, value);
    }
    keys.put_some("within", expectation.within.map(duration));
    keys.inline()
}

fn fact(fact: &Fact, clients: &[String]) -> (&'static str, String) {
    match fact {
        Fact::Leader(leader) => ("leader", self::leader(*leader)),
        Fact::Roles(roles) => ("roles", each(roles, |role| text(role.name()))),
        Fact::Term(terms) => ("term", each(terms, ToString::to_string)),
        Fact::Commit(commits) => ("commit", each(commits, ToString::to_string)),
        Fact::VotedFor(votes) => {
            let vote = |vote: &Option<_>| vote.map_or_else(|| text("none"), node);
            ("voted_for", each(votes, vote))
        }
        Fact::Log(logs) => ("log", each(logs, |log| array(log))),
        Fact::Snapshot(indices) => ("snapshot", each(indices, ToString::to_string)),
        Fact::Value(values) => ("value", each(values, |pairs| self::values(pairs))),
        Fact::Read { client, is } => {
            let mut keys = Keys::default();
            keys.put("client", text(&clients[client.0 as usize]));
            keys.put("is", text(is));
            ("read", keys.inline())
        }
        Fact::Ops(counts) => ("ops", ops(*counts)),
        Fact::Members(voters) => ("members", members(*voters)),
        Fact::Agree => ("agree", "true".to_owned()),
        Fact::Safe => ("safe", "true".to_owned()),
        Fact::Linearizable(truth) => ("linearizable", truth.to_string()),
        Fact::Violates(property) => ("violates", text(property)),
    }
}

fn leader(leader: ExpectedLeader) -> String {
    match leader {
        ExpectedLeader::Node(id) => node(id),
        ExpectedLeader::Some => text("some"),
        ExpectedLeader::None => text("none"),
    }
}

/// What is said of each of some nodes.
fn each<T>(nodes: &PerNode<T>, shown: impl Fn(&T) -> String) -> String {
    let pairs = nodes.iter();
    let pairs = pairs.map(|(who, what)| format!("{who} = {}", shown(what)));
    braces(&pairs.collect::<Vec<_>>())
}

fn values(pairs: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let pairs = pairs.iter();
    let pairs =
        pairs.map(|(key, value)| format!("{} = {}", text(key.as_ref()), text(value.as_ref())));
    braces(&pairs.collect::<Vec<_>>())
}

fn ops(counts: OpCounts) -> String {
    let mut keys = Keys::default();
    keys.put_some("ok", counts.ok);
    keys.put_some("failed", counts.failed);
    keys.put_some("unknown", counts.unknown);
    keys.put_some("pending", counts.pending);
    keys.inline()
}
