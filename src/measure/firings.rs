//! How often each line of Figure 2 has fired.

use crate::raft::{NodeId, NodeSet};
use crate::sim::Happening;

use super::line::{Line, Side};

/// How often a node's lines have fired and blocked, by their places.
type Counts = [[u32; 2]; Line::COUNT];

/// How often each line has fired, and blocked, on each node.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Firings {
    nodes: Vec<Counts>,
}

impl Firings {
    /// Counts what happened in an event; whoever campaigned when it came is in `campaigned`.
    pub(super) fn observe(&mut self, happenings: &[Happening], campaigned: NodeSet) {
        for happening in happenings {
            if let Some((node, line, side)) = Line::of_happening(happening, happenings, campaigned)
            {
                let count = &mut self.node_mut(node)[line as usize][side as usize];
                *count = count.saturating_add(1);
            }
        }
    }

    fn node_mut(&mut self, node: NodeId) -> &mut Counts {
        if self.nodes.len() <= node.index() {
            self.nodes.resize(node.index() + 1, [[0; 2]; Line::COUNT]);
        }
        &mut self.nodes[node.index()]
    }

    /// How often the line has come out on that side, on that node or, without one, on any.
    pub fn count(&self, node: Option<NodeId>, line: Line, side: Side) -> u64 {
        let of = |counts: &Counts| u64::from(counts[line as usize][side as usize]);
        match node {
            Some(node) => self.nodes.get(node.index()).map_or(0, of),
            None => self.nodes.iter().map(of).sum(),
        }
    }
}
