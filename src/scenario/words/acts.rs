//! Steps in words: what somebody did.

use crate::scenario::script::{InFlight, Links, NodeSelector, Verb};

/// What a step does, in a few words: `crash S1`, `put x=1`.
pub fn act(verb: &Verb) -> String {
    match verb {
        Verb::Operation { operation, .. } => operation.to_string(),
        Verb::Crash(nodes) => format!("crash {nodes}"),
        Verb::Restart(nodes) => format!("restart {nodes}"),
        Verb::Pause(nodes) => format!("pause {nodes}"),
        Verb::Resume(nodes) => format!("resume {nodes}"),
        Verb::Wipe(nodes) => format!("wipe {nodes}"),
        Verb::Timeout(nodes) => format!("time out {nodes}"),
        Verb::Transfer(to) => format!("transfer to {to}"),
        Verb::Add(id) => format!("add {id}"),
        Verb::AddLearner(id) => format!("add {id} as a learner"),
        Verb::Remove(node) => format!("remove {node}"),
        Verb::Members(voters) => format!("members {voters}"),
        Verb::Snapshot(nodes) => format!("snapshot on {nodes}"),
        Verb::Partition(groups) => {
            let groups: Vec<_> = groups.iter().map(ToString::to_string).collect();
            format!("partition {}", groups.join(" | "))
        }
        Verb::Cut(cut) => format!("cut {}", links(cut)),
        Verb::Isolate(nodes) => format!("isolate {nodes}"),
        Verb::Heal(None) => "heal".into(),
        Verb::Heal(Some(healed)) => format!("heal {}", links(healed)),
        Verb::Drop(filter) => format!("drop {}", messages(filter)),
        Verb::Deliver(filter) => format!("deliver {}", messages(filter)),
        Verb::Duplicate(filter) => format!("duplicate {}", messages(filter)),
        Verb::Delay(filter, by) => format!("delay {} by {by}", messages(filter)),
        Verb::Link {
            links: those,
            change: Some(_),
        } => format!("conditions of {}", links(those)),
        Verb::Link { links: those, .. } => format!("{} as the network", links(those)),
        Verb::Network(_) => "change the network".into(),
        Verb::Reads(_) => "change where reads go".into(),
        Verb::Clock { nodes, rate } => format!("clock of {nodes} at {rate}"),
        Verb::Load(_) => "load".into(),
        Verb::Chaos { .. } => "chaos".into(),
        Verb::Stop(course) => format!("stop the {}", course.name()),
        Verb::Expect(_) => "expect".into(),
    }
}

fn links(links: &Links) -> String {
    match links {
        Links::Direction { from, to } => format!("{from} → {to}"),
        Links::Between(one, other) => format!("{one} – {other}"),
    }
}

fn messages(filter: &InFlight) -> String {
    let kind = filter.kind.map_or("messages", |kind| kind.name());
    let end = |word: &str, node: Option<NodeSelector>| {
        node.map_or(String::new(), |node| format!(" {word} {node}"))
    };
    format!("{kind}{}{}", end("from", filter.from), end("to", filter.to))
}
