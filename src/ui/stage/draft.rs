//! The groups of a partition while they are being chosen.

use crate::raft::{NodeId, NodeSet};
use crate::ui::view::{NodeView, RoleView};

/// How many groups can be chosen from.
pub const GROUPS: usize = 3;

/// The group of each node, by its place on the ring.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    groups: Vec<(NodeId, usize)>,
}

impl Draft {
    /// The groups in force; without any, the leader in a minority with its next neighbours, so that
    /// the other side goes on without it.
    pub fn new(nodes: &[NodeView], in_force: &[NodeSet]) -> Self {
        let count = nodes.len();
        let leader = nodes.iter().position(|node| node.role == RoleView::Leader);
        let first = leader.unwrap_or(0);
        let minority = (count.saturating_sub(1) / 2).max(1);
        let default = |seat: usize| usize::from((seat + count - first) % count >= minority);
        let fits = (2..=GROUPS).contains(&in_force.len());
        let group = |seat: usize, id: NodeId| {
            let now = in_force.iter().position(|set| set.contains(id));
            now.filter(|_| fits).unwrap_or_else(|| default(seat))
        };
        let ids = nodes.iter().map(|node| node.id).enumerate();
        Self {
            groups: ids.map(|(seat, id)| (id, group(seat, id))).collect(),
        }
    }

    /// The group of a node.
    pub fn group(&self, id: NodeId) -> usize {
        let own = self.groups.iter().find(|(other, _)| *other == id);
        own.map_or(0, |&(_, group)| group)
    }

    /// With `id` in `group`.
    pub fn with(&self, id: NodeId, group: usize) -> Self {
        let mut groups = self.groups.clone();
        for (other, now) in &mut groups {
            if *other == id {
                *now = group;
            }
        }
        Self { groups }
    }

    /// With `id` in the next group.
    pub fn toggled(&self, id: NodeId) -> Self {
        let most = GROUPS.min(self.groups.len());
        self.with(id, (self.group(id) + 1) % most.max(1))
    }

    /// The nodes, in order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> {
        self.groups.iter().map(|&(id, _)| id)
    }

    /// Whether it is about these nodes.
    pub fn is_about(&self, nodes: &[NodeView]) -> bool {
        self.ids().eq(nodes.iter().map(|node| node.id))
    }

    /// Every group, in order of its letter; some may be empty.
    pub fn groups(&self) -> Vec<NodeSet> {
        let set = |group| {
            let own = self.groups.iter().filter(|(_, other)| *other == group);
            own.map(|&(id, _)| id).collect()
        };
        (0..GROUPS).map(set).collect()
    }

    /// The groups that have a node.
    pub fn sets(&self) -> Vec<NodeSet> {
        let mut sets = self.groups();
        sets.retain(|set| !set.is_empty());
        sets
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::raft::{LogIndex, Term};

    fn cluster(count: usize, leader: Option<usize>) -> Vec<NodeView> {
        let node = |index| NodeView {
            id: NodeId::from_index(index),
            role: if leader == Some(index) {
                RoleView::Leader
            } else {
                RoleView::Follower
            },
            term: Term(1),
            voted_for: None,
            leader: None,
            commit: LogIndex::ZERO,
            applied: LogIndex::ZERO,
            last: LogIndex::ZERO,
            clock: crate::sim::ClockRate::TRUE,
            can_snapshot: false,
            no_vote: None,
            no_learner: None,
            no_removal: None,
        };
        (0..count).map(node).collect()
    }

    #[wasm_bindgen_test]
    fn the_leader_starts_in_a_minority() {
        for count in 3..=9 {
            for leader in 0..count {
                let draft = Draft::new(&cluster(count, Some(leader)), &[]);
                let sets = draft.sets();
                assert!(sets[0].contains(NodeId::from_index(leader)));
                assert!(sets[0].len() <= (count - 1) / 2);
                assert!(sets[1].len() > count / 2);
            }
        }
    }

    #[wasm_bindgen_test]
    fn two_nodes_are_parted_from_each_other() {
        let sets = Draft::new(&cluster(2, None), &[]).sets();
        assert_eq!(sets.len(), 2);
    }

    #[wasm_bindgen_test]
    fn the_groups_in_force_are_where_choosing_starts() {
        let nodes = cluster(3, Some(0));
        let now = [
            NodeSet::first(2),
            NodeSet::first(3).difference(NodeSet::first(2)),
        ];
        assert_eq!(Draft::new(&nodes, &now).sets(), now);
    }
}
