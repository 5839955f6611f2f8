//! What the user has selected.

use crate::raft::{LogIndex, NodeId};
use crate::why::Subject;

/// Something that is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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

    /// The message, if it is one.
    pub(crate) const fn message(self) -> Option<u64> {
        match self {
            Self::Message(id) => Some(id),
            Self::Node(_) | Self::Entry { .. } | Self::Operation(_) => None,
        }
    }

    /// The operation, if it is one.
    pub(crate) const fn operation(self) -> Option<u64> {
        match self {
            Self::Operation(number) => Some(number),
            Self::Node(_) | Self::Entry { .. } | Self::Message(_) => None,
        }
    }

    /// The entry, if it is one.
    pub(crate) const fn entry(self) -> Option<(NodeId, LogIndex)> {
        match self {
            Self::Entry { node, index } => Some((node, index)),
            Self::Node(_) | Self::Message(_) | Self::Operation(_) => None,
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
