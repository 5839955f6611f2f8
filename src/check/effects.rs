//! Effects of clients' operations: each takes effect once.

use rpds::RedBlackTreeMapSync;

use crate::kv::{ClientId, SharedCommand};
use crate::raft::{Chunks, Entry, LogIndex, NodeId, Payload, Term};

use super::per_node::PerNode;
use super::property::{Found, Property};

/// Which entry gave each operation its effect. A node applies an index once in a life; where an
/// operation takes effect by one entry only, on whatever node, it takes effect once on each.
///
/// It does not ask what a session remembers, which is what may be wrong. It keeps an index for each
/// operation that took effect, which is less than the log keeps of it, and an index for each node.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    /// By client, then by the operation's number among its client's; at index 0: none.
    by_operation: RedBlackTreeMapSync<ClientId, Chunks<(LogIndex, Term)>>,
    /// The last index that each node has applied in this life.
    applied: PerNode<LogIndex>,
}

/// An entry that a node applies.
#[derive(Clone, Copy, Debug)]
pub(super) struct AppliedEntry {
    pub(super) node: NodeId,
    pub(super) index: LogIndex,
    pub(super) term: Term,
    /// Whether the node took it for a retry, so that it had no effect.
    pub(super) duplicate: bool,
}

impl Effects {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            by_operation: RedBlackTreeMapSync::new_sync(),
            applied: PerNode::new(nodes),
        }
    }

    /// A life is over: the next begins with an empty state machine.
    pub(super) fn crashed(&mut self, node: NodeId) {
        *self.applied.get_mut(node) = LogIndex::ZERO;
    }

    /// A node's state is that of a snapshot up to `index`.
    pub(super) fn restored(&mut self, node: NodeId, index: LogIndex) {
        let applied = self.applied.get_mut(node);
        *applied = index.max(*applied);
    }

    /// A node applied an entry.
    pub(super) fn applied(
        &mut self,
        applied: AppliedEntry,
        entry: Option<&Entry<SharedCommand>>,
        found: &mut Found,
    ) {
        let before = self.applied.get_mut(applied.node);
        let again = applied.index <= *before;
        *before = applied.index.max(*before);
        if let Some(Entry {
            payload: Payload::Command(command),
            ..
        }) = entry
            && let Some(operation) = command.session
        {
            self.took_effect(operation, applied, again, found);
        }
    }

    /// The entry that gave the operation its effect.
    fn effect_of(&self, (client, sequence): (ClientId, u64)) -> Option<(LogIndex, Term)> {
        let entry = *self.by_operation.get(&client)?.get(sequence as usize)?;
        (entry.0 > LogIndex::ZERO).then_some(entry)
    }

    fn remember(&mut self, (client, sequence): (ClientId, u64), entry: (LogIndex, Term)) {
        if !self.by_operation.contains_key(&client) {
            self.by_operation.insert_mut(client, Chunks::default());
        }
        if let Some(known) = self.by_operation.get_mut(&client) {
            while known.len() <= sequence as usize {
                known.push(Default::default());
            }
            if let Some(place) = known.get_mut(sequence as usize) {
                *place = entry;
            }
        }
    }

    fn took_effect(
        &mut self,
        operation: (ClientId, u64),
        applied: AppliedEntry,
        again: bool,
        found: &mut Found,
    ) {
        let AppliedEntry {
            node, index, term, ..
        } = applied;
        let (ClientId(client), sequence) = operation;
        let known = self.effect_of(operation);
        let wrong = match (known, applied.duplicate) {
            (_, false) if again => "that node had applied up to there before".to_owned(),
            (None, false) => {
                self.remember(operation, (index, term));
                return;
            }
            (Some(entry), false) if entry != (index, term) => format!(
                "it had taken effect by the entry of term {} at index {}",
                entry.1, entry.0
            ),
            (Some(entry), true) if entry == (index, term) => {
                found.violation(
                    Property::ExactlyOnce,
                    format!(
                        "{node} took operation {sequence} of client number {client} for a retry \
                         at index {index}, where it took effect on another node"
                    ),
                );
                return;
            }
            _ => return,
        };
        found.violation(
            Property::ExactlyOnce,
            format!(
                "operation {sequence} of client number {client} took effect on {node} by the \
                 entry of term {term} at index {index}, and {wrong}"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::property::tests::{found, names, node};
    use super::*;
    use crate::kv::{Command, Operation};
    use crate::raft::Time;

    /// A node applies at an index an operation of a client; whether as a retry.
    type Step = (u8, u64, u64, bool);

    fn apply(effects: &mut Effects, steps: &[Step]) -> Vec<&'static str> {
        let mut found = found();
        for &(number, index, sequence, duplicate) in steps {
            let command = Command {
                session: Some((ClientId(0), sequence)),
                opened: Time::ZERO,
                stamp: Time::ZERO,
                operation: Operation::Get { key: "x".into() },
            };
            let entry = Entry {
                term: Term(1),
                payload: Payload::Command(command.into()),
            };
            let applied = AppliedEntry {
                node: node(number),
                index: LogIndex(index),
                term: Term(1),
                duplicate,
            };
            effects.applied(applied, Some(&entry), &mut found);
        }
        names(found)
    }

    #[test]
    fn retries_without_effect_break_nothing() {
        let steps = [
            (1, 1, 1, false),
            (1, 2, 1, true),
            (2, 1, 1, false),
            (1, 3, 2, false),
            (2, 2, 1, true),
            (2, 3, 2, false),
        ];
        assert!(apply(&mut Effects::new(2), &steps).is_empty());
    }

    #[test]
    fn a_retry_that_takes_effect_again_breaks_exactly_once() {
        let steps = [(1, 1, 1, false), (1, 2, 1, false)];
        assert_eq!(apply(&mut Effects::new(2), &steps), ["exactly-once"]);
        // Also when another operation of the client came between.
        let steps = [(1, 1, 1, false), (1, 2, 2, false), (1, 3, 1, false)];
        assert_eq!(apply(&mut Effects::new(2), &steps), ["exactly-once"]);
    }

    #[test]
    fn an_operation_takes_effect_by_the_same_entry_on_all() {
        let steps = [(1, 1, 1, false), (2, 2, 1, false)];
        assert_eq!(apply(&mut Effects::new(2), &steps), ["exactly-once"]);
        let steps = [(1, 1, 1, false), (2, 1, 1, true)];
        assert_eq!(apply(&mut Effects::new(2), &steps), ["exactly-once"]);
    }

    #[test]
    fn an_entry_takes_effect_once_in_each_life() {
        let mut effects = Effects::new(2);
        assert!(apply(&mut effects, &[(1, 1, 1, false)]).is_empty());
        effects.crashed(node(1));
        assert!(apply(&mut effects, &[(1, 1, 1, false)]).is_empty());
        assert_eq!(apply(&mut effects, &[(1, 1, 1, false)]), ["exactly-once"]);
    }

    #[test]
    fn an_entry_that_a_snapshot_covers_is_not_applied_again() {
        let mut effects = Effects::new(2);
        effects.restored(node(1), LogIndex(2));
        assert!(apply(&mut effects, &[(1, 3, 3, false)]).is_empty());
        assert_eq!(apply(&mut effects, &[(1, 2, 2, false)]), ["exactly-once"]);
    }
}
