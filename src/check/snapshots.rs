//! Snapshots: that those which end with the same entry hold the same.

use rpds::RedBlackTreeMapSync;

use crate::raft::{LogIndex, NodeId};
use crate::sim::SnapshotHead;

use super::property::{Found, Property};

/// What the first snapshot up to each index held, whoever took it; by hashes, so that a snapshot costs
/// no room when it is gone.
#[derive(Clone, Debug)]
pub(super) struct Snapshots {
    first: RedBlackTreeMapSync<LogIndex, (NodeId, SnapshotHead)>,
}

impl Snapshots {
    pub(super) fn new() -> Self {
        Self {
            first: RedBlackTreeMapSync::new_sync(),
        }
    }

    /// A node has this snapshot, or the state that is in it.
    pub(super) fn seen(&mut self, node: NodeId, snapshot: SnapshotHead, found: &mut Found) {
        let Some(&(by, first)) = self.first.get(&snapshot.index) else {
            self.first.insert_mut(snapshot.index, (node, snapshot));
            return;
        };
        if first != snapshot {
            let what = match first.term == snapshot.term {
                true => "another state, other sessions or another configuration".to_owned(),
                false => format!(
                    "an entry of term {} there, and not of term {}",
                    snapshot.term, first.term
                ),
            };
            found.violation(
                Property::SnapshotEquality,
                format!(
                    "the snapshot up to index {} of {node} has {what} than that of {by}",
                    snapshot.index
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::property::tests::{found, names, node};
    use super::*;
    use crate::raft::Term;

    /// What falls when nodes have these snapshots: node, index, term, content.
    fn seen(snapshots: &[(u8, u64, u64, u64)]) -> Vec<&'static str> {
        let mut known = Snapshots::new();
        let mut found = found();
        for &(number, index, term, content) in snapshots {
            let snapshot = SnapshotHead {
                index: LogIndex(index),
                term: Term(term),
                content,
            };
            known.seen(node(number), snapshot, &mut found);
        }
        names(found)
    }

    #[test]
    fn equal_snapshots_at_an_index_break_nothing() {
        assert!(seen(&[(1, 5, 1, 7), (2, 5, 1, 7), (2, 8, 2, 9), (1, 8, 2, 9)]).is_empty());
    }

    #[test]
    fn different_snapshots_at_an_index_break_equality() {
        let broken = ["snapshot-equality"];
        assert_eq!(seen(&[(1, 5, 1, 7), (2, 5, 1, 8)]), broken);
        assert_eq!(seen(&[(1, 5, 1, 7), (2, 5, 2, 7)]), broken);
        assert_eq!(seen(&[(1, 5, 1, 7), (1, 5, 1, 8)]), broken);
    }
}
