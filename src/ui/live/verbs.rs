//! What an act of the user is as a step of a scenario.

use crate::kv::ClientId;
use crate::raft::{MembershipChange, NodeId, NodeSet};
use crate::scenario::{InFlight, NodeSelector, Selector, Verb};
use crate::sim::World;

use super::super::act::Act;

/// The client that asks for what the form says: the first of every run, `c1`.
const FORM_CLIENT: ClientId = ClientId(0);

/// The verb; `None` for the acts that are not on the world.
///
/// # Errors
/// When what it is about is no longer there.
pub(super) fn verb(act: Act, world: &World) -> Result<Option<Verb>, String> {
    let one = |id: NodeId| NodeSelector::Node(id);
    let nodes = |id: NodeId| Selector::from(one(id));
    Ok(Some(match act {
        Act::Click(id) if world.server(id).is_some_and(|server| !server.is_up()) => {
            Verb::Restart(nodes(id))
        }
        Act::Click(id) | Act::Crash(id) => Verb::Crash(nodes(id)),
        Act::Restart(id) => Verb::Restart(nodes(id)),
        Act::Wipe(id) => Verb::Wipe(nodes(id)),
        Act::Clock(id, rate) => Verb::Clock {
            nodes: nodes(id),
            rate,
        },
        Act::Pause(id) => Verb::Pause(nodes(id)),
        Act::Resume(id) => Verb::Resume(nodes(id)),
        Act::Isolate(id) => Verb::Isolate(nodes(id)),
        Act::TimeOut(id) => Verb::Timeout(nodes(id)),
        Act::Transfer(id) => Verb::Transfer(one(id)),
        Act::ChangeMembers(MembershipChange::AddVoter(id)) => Verb::Add(id),
        Act::ChangeMembers(MembershipChange::AddLearner(id)) => Verb::AddLearner(id),
        Act::ChangeMembers(MembershipChange::Remove(id)) => Verb::Remove(one(id)),
        Act::ChangeMembers(MembershipChange::Members(voters)) => Verb::Members(voters),
        Act::AddServer => Verb::Add(next_server(world)?),
        Act::Snapshot(id) => Verb::Snapshot(nodes(id)),
        Act::Partition(groups) => Verb::Partition(groups.into_iter().map(group).collect()),
        Act::Cut(links) => Verb::Cut(links),
        Act::HealLinks(links) => Verb::Heal(Some(links)),
        Act::Heal => Verb::Heal(None),
        Act::DropMessage(id) => Verb::Drop(in_flight(id, world)?),
        Act::DeliverMessage(id) => Verb::Deliver(in_flight(id, world)?),
        Act::DuplicateMessage(id) => Verb::Duplicate(in_flight(id, world)?),
        Act::DelayMessage(id, by) => Verb::Delay(in_flight(id, world)?, by),
        Act::Take(verb) => *verb,
        Act::Network(change) => Verb::Network(change),
        Act::ReadFrom(reads) => Verb::Reads(reads),
        Act::Operation(operation) => Verb::Operation {
            client: FORM_CLIENT,
            operation,
            node: None,
        },
        Act::Play
        | Act::Halt
        | Act::Step
        | Act::StepBack
        | Act::Seek(_)
        | Act::SeekEvent(_)
        | Act::SeekEnd
        | Act::Find { .. }
        | Act::Stop
        | Act::Undo
        | Act::Redo
        | Act::Show(_)
        | Act::Discard(_)
        | Act::Speed(_)
        | Act::NewRun { .. }
        | Act::Open(_)
        | Act::Compare(_)
        | Act::OpenTrace(_)
        | Act::OpenLink(_)
        | Act::LastRun => return Ok(None),
    }))
}

fn next_server(world: &World) -> Result<NodeId, String> {
    let absent = |id: &NodeId| world.server(*id).is_none();
    let mut ids = (1..=NodeId::MAX).filter_map(NodeId::new);
    ids.find(absent)
        .ok_or_else(|| format!("{} servers are the most", NodeId::MAX))
}

fn group(nodes: NodeSet) -> Selector {
    Selector::Nodes(nodes.iter().map(NodeSelector::Node).collect())
}

/// The message of that number, as a file can name it: which of its kind on its link.
fn in_flight(id: u64, world: &World) -> Result<InFlight, String> {
    let flight = world.flights().find(|flight| flight.id() == id);
    let message = flight
        .ok_or("that message is no longer in flight")?
        .message();
    let like_it = || {
        world.flights().filter(|other| {
            let other = other.message();
            (other.kind(), other.from, other.to) == (message.kind(), message.from, message.to)
        })
    };
    let before = like_it().filter(|other| other.id() < id).count() as u32;
    Ok(InFlight {
        kind: Some(message.kind()),
        from: Some(NodeSelector::Node(message.from)),
        to: Some(NodeSelector::Node(message.to)),
        nth: (like_it().count() > 1)
            .then_some(before + 1)
            .and_then(std::num::NonZeroU32::new),
        optional: false,
    })
}
