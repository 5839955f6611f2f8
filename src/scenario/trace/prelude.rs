//! How a trace begins: who is in it, and what they were before anything happened.

use crate::raft::{Configuration, NodeId, NodeSet, ObservedRole};
use crate::scenario::format::Error;
use crate::sorted::SortedMap;

use super::error;
use super::event::{Event, LogSeen, Members, Name};

/// The nodes of a trace, by the numbers that it has for them.
#[derive(Debug)]
pub(super) struct Nodes(SortedMap<u64, NodeId>);

impl Nodes {
    /// Everybody of whom the trace tells. Numbers that are small enough stay; real members have large
    /// ones, and are counted.
    pub(super) fn new(events: &[Event]) -> Result<Self, Error> {
        let mut numbers = SortedMap::new();
        for event in events {
            let mut meet = |number: u64| {
                if number > 0 {
                    numbers.insert(number, ());
                }
            };
            meet(event.node);
            event.vote.into_iter().for_each(&mut meet);
            if let Some(message) = &event.message {
                meet(message.from);
                meet(message.to);
            }
            if let Some(Members {
                voters,
                outgoing,
                learners,
            }) = &event.members
            {
                let members = voters.iter().chain(outgoing).chain(learners);
                members.copied().for_each(meet);
            }
            if numbers.iter().len() > usize::from(NodeId::MAX) {
                let most = NodeId::MAX;
                return Err(error(
                    event.line,
                    format!("there are too many nodes; a trace tells of at most {most}"),
                ));
            }
        }
        let small = |number: &u64| u8::try_from(*number).ok().and_then(NodeId::new);
        let as_they_are = numbers.iter().all(|(number, ())| small(number).is_some());
        let mut ids = SortedMap::new();
        for (place, (number, ())) in numbers.iter().enumerate() {
            let counted = NodeId::from_index(place);
            let id = if as_they_are { small(number) } else { None };
            ids.insert(*number, id.unwrap_or(counted));
        }
        Ok(Self(ids))
    }

    /// Which node that is; 0 is none.
    pub(super) fn id(&self, number: u64) -> Option<NodeId> {
        self.0.get(&number).copied()
    }

    /// The nodes with their numbers, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (NodeId, u64)> {
        self.0.iter().map(|&(number, id)| (id, number))
    }

    fn set(&self, numbers: &[u64]) -> NodeSet {
        numbers
            .iter()
            .filter_map(|&number| self.id(number))
            .collect()
    }

    /// The configuration that an event tells of, if it has voters.
    pub(super) fn configuration(&self, event: &Event) -> Option<Configuration> {
        let members = event.members.as_ref()?;
        let [voters, outgoing, learners] =
            [&members.voters, &members.outgoing, &members.learners].map(|list| self.set(list));
        (!voters.is_empty()).then(|| Configuration::of(voters, outgoing, learners))
    }
}

/// How many events, in order of time, only tell how the nodes begin: until somebody campaigns, leads or
/// says something.
pub(super) fn length(events: &[Event]) -> usize {
    let begins = |event: &Event| matches!(event.name, Name::InitState | Name::Prelude);
    events.iter().take_while(|event| begins(event)).count()
}

/// What is told of a node at its start: all that the prelude tells, or else the first event of it.
pub(super) fn start(events: &[Event], prelude: usize, node: u64) -> Option<Event> {
    let of_node = |event: &&Event| event.node == node;
    let told = events[..prelude].iter().filter(of_node);
    told.cloned()
        .reduce(later)
        .or_else(|| events[prelude..].iter().find(of_node).cloned())
}

/// What two events, one after the other, tell together.
fn later(before: Event, after: Event) -> Event {
    let log = match (before.log, after.log) {
        (Some(told @ LogSeen::From { .. }), Some(LogSeen::Last(last))) => match &told {
            LogSeen::From { first, terms, .. } if first - 1 + terms.len() as u64 == last => {
                Some(told)
            }
            _ => Some(LogSeen::Last(last)),
        },
        (before, after) => after.or(before),
    };
    Event {
        term: after.term.or(before.term),
        vote: after.vote.or(before.vote),
        commit: after.commit.or(before.commit),
        applied: after.applied.or(before.applied),
        members: after.members.or(before.members),
        log,
        ..after
    }
}

/// The configuration that the cluster begins with: that by which the first campaigns, or else the last
/// that is told.
pub(super) fn configuration(events: &[Event], nodes: &Nodes) -> Configuration {
    let campaigns = |event: &&Event| {
        let role = event.role.unwrap_or_default();
        role != ObservedRole::Follower
    };
    let mut campaigns = events.iter().filter(campaigns);
    let told = campaigns.find_map(|event| nodes.configuration(event));
    let newest = || {
        let mut newest_first = events.iter().rev();
        newest_first.find_map(|event| nodes.configuration(event))
    };
    let all = || Configuration::new(nodes.iter().map(|(id, _)| id).collect());
    told.or_else(newest).unwrap_or_else(all)
}
