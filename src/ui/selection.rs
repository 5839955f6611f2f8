//! What the user has selected.

use crate::raft::{LogIndex, NodeId};
use crate::why::Subject;

/// Something that is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(dead_code, reason = "only nodes can be selected yet")]
pub(crate) enum Selection {
    /// A node.
    Node(NodeId),
    /// An entry of a node's log.
    Entry {
        /// Whose.
        node: NodeId,
        /// Where.
        index: LogIndex,
    },
    /// A message, by its number within the run.
    Message(u64),
    /// A client's operation, by its number within the run.
    Operation(u64),
}

impl Selection {
    /// The node, if it is one.
    pub(crate) const fn node(self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(node),
            Self::Entry { .. } | Self::Message(_) | Self::Operation(_) => None,
        }
    }
}

impl From<Selection> for Subject {
    fn from(selection: Selection) -> Self {
        match selection {
            Selection::Node(node) => Self::Node(node),
            Selection::Entry { node, index } => Self::Entry { node, index },
            Selection::Message(id) => Self::Message(id),
            Selection::Operation(number) => Self::Operation(number),
        }
    }
}
