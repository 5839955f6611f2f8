//! What clients ask of the store, and what it answers.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::raft::Time;

/// A client of the store. Its session is told by it; its name is the client's own business.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ClientId(pub u32);

/// One operation on the store.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    /// Sets a key.
    Put {
        /// The key.
        key: Arc<str>,
        /// Its new value.
        value: Arc<str>,
    },
    /// Reads a key. In the log only when reads go through it (`reads = "log"`).
    Get {
        /// The key.
        key: Arc<str>,
    },
    /// Removes a key.
    Delete {
        /// The key.
        key: Arc<str>,
    },
    /// Sets a key if it has an expected value.
    Cas {
        /// The key.
        key: Arc<str>,
        /// The value it must have; empty: absent.
        expect: Arc<str>,
        /// Its new value.
        value: Arc<str>,
    },
}

impl Operation {
    /// The key it is about.
    pub fn key(&self) -> &Arc<str> {
        match self {
            Self::Put { key, .. }
            | Self::Get { key }
            | Self::Delete { key }
            | Self::Cas { key, .. } => key,
        }
    }

    /// Whether it leaves the store as it is.
    pub const fn is_read(&self) -> bool {
        matches!(self, Self::Get { .. })
    }
}

impl fmt::Display for Operation {
    /// As a person would write it: `put x=1`, `get x`, `delete x`, `cas x 1→2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put { key, value } => write!(f, "put {key}={value}"),
            Self::Get { key } => write!(f, "get {key}"),
            Self::Delete { key } => write!(f, "delete {key}"),
            Self::Cas { key, expect, value } => write!(f, "cas {key} {expect}→{value}"),
        }
    }
}

/// An operation as the log carries it: whose it is, and which of its client's.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Command {
    /// Who asked; `None` for an entry of a given starting state, which no client asked for.
    pub session: Option<(ClientId, u64)>,
    /// When its client opened its session: a session is known by its client and this.
    pub opened: Time,
    /// What the clock of the leader showed that put it into the log.
    pub stamp: Time,
    /// What was asked.
    pub operation: Operation,
}

/// A command as logs, messages and disks have it: there is one, however many of them do.
pub type SharedCommand = Arc<Command>;

/// What the store answers to an operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Response {
    /// It was done.
    Done,
    /// The value that was read; `None`: absent.
    Value(Option<Arc<str>>),
    /// A compare-and-set found another value: this one; `None`: absent.
    Mismatch(Option<Arc<str>>),
}
