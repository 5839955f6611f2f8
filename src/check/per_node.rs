//! What is remembered of each node.

use crate::raft::NodeId;

/// What the monitor remembers of each node.
#[derive(Clone, Debug)]
pub(super) struct PerNode<T>(Vec<T>);

impl<T: Default + Clone> PerNode<T> {
    pub(super) fn new(nodes: usize) -> Self {
        Self(vec![T::default(); nodes])
    }

    pub(super) fn get_mut(&mut self, node: NodeId) -> &mut T {
        if self.0.len() <= node.index() {
            self.0.resize(node.index() + 1, T::default());
        }
        &mut self.0[node.index()]
    }
}
