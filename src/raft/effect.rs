//! What goes into a node and what comes out of it.

use std::sync::Arc;

use super::configuration::MembershipChange;
use super::log::{Entry, Log};
use super::message::Message;
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::types::{LogIndex, NodeId, Term};

/// The host's number for a proposal or a read, unique over all lives of a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId(pub u64);

/// The number of a write to the disk within one life of a node, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct WriteSeq(pub u64);

/// What happens to a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input<C> {
    /// A message arrives.
    Message(Message<C>),
    /// A client's command is to be replicated.
    Propose {
        /// The host's number for it.
        request: RequestId,
        /// The command.
        command: C,
    },
    /// Clients' commands are to be replicated, in this order and in one go.
    ProposeAll {
        /// The host's number for each, and the command.
        proposals: Vec<(RequestId, C)>,
    },
    /// A client's read is to be answered from a state that is not stale (dissertation §6.4).
    ReadIndex {
        /// The host's number for it.
        request: RequestId,
    },
    /// Somebody wants this leader to hand its leadership over (dissertation §3.10).
    TransferLeadership {
        /// To whom.
        to: NodeId,
    },
    /// Somebody wants the members of the cluster changed (dissertation chapter 4).
    ChangeMembership(MembershipChange),
    /// The election timer fired.
    ElectionTimeout,
    /// The heartbeat timer fired.
    HeartbeatTimeout,
    /// The disk has made durable all writes up to this one.
    Durable(WriteSeq),
    /// Somebody wants the log compacted now (§7).
    TakeSnapshot,
    /// The answer to [`Effect::SaveState`].
    StateSaved {
        /// The index that was asked for.
        index: LogIndex,
        /// The state machine as of it.
        data: Arc<[u8]>,
    },
}

/// What a node wants done, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect<C> {
    /// Send a message; all that it depends on is durable.
    Send(Message<C>),
    /// Make this durable, after the writes before it, then say so with [`Input::Durable`].
    Persist(Write<C>),
    /// Apply the committed entry at this index to the state machine, and, if there is a request,
    /// answer it with the result.
    Apply {
        /// The entry's index; one more than the last.
        index: LogIndex,
        /// Who waits for it.
        request: Option<RequestId>,
    },
    /// Write down the state machine, which has applied everything up to this index, and say so with
    /// [`Input::StateSaved`] (§7).
    SaveState {
        /// The last index applied.
        index: LogIndex,
    },
    /// Set the state machine to what this snapshot holds, whatever it has applied (§7).
    RestoreState(Box<Snapshot>),
    /// The state machine is fresh enough: answer this read from it.
    Read(RequestId),
    /// Tell the client that this node cannot serve it.
    Refuse {
        /// Whose request.
        request: RequestId,
        /// Why.
        refusal: Refusal,
    },
    /// Start the election timer anew, with a fresh random duration (§5.2).
    ArmElectionTimer,
    /// Stop the election timer.
    DisarmElectionTimer,
    /// Start the heartbeat timer anew.
    ArmHeartbeatTimer,
    /// Stop the heartbeat timer.
    DisarmHeartbeatTimer,
}

/// Why a node does not serve a request.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Refusal {
    /// It does not lead, and has done nothing.
    NotLeader {
        /// Whom it takes for the leader.
        leader: Option<NodeId>,
    },
    /// It led when it took the request, but no longer: what becomes of it is open.
    Deposed,
}

/// What every server keeps beside its log (Figure 2, persistent state): one atomic write.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct HardState {
    /// The latest term it has seen.
    pub current_term: Term,
    /// Whom it voted for in that term.
    pub voted_for: Option<NodeId>,
}

/// One atomic write to the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Write<C> {
    /// Its number.
    pub seq: WriteSeq,
    /// The new term and vote, if they changed.
    pub hard_state: Option<HardState>,
    /// What changed in the log, if it did.
    pub log: Option<LogWrite<C>>,
    /// The snapshot to keep, if there is a new one.
    pub snapshot: Option<Box<SnapshotWrite<C>>>,
}

/// A change of the log: from `first` on it is what the node's log has up to `last`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct LogWrite<C> {
    /// The first index that changed.
    pub first: LogIndex,
    /// The last index of the log after it.
    pub last: LogIndex,
    /// The entries that stood from `first` on before, so that a disk can undo the write.
    pub removed: Vec<Entry<C>>,
}

/// A snapshot for the disk; once it is durable, the log that it covers may go.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SnapshotWrite<C> {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// What it stands in for from now on, if the node's own log was not what it covers; so that a
    /// disk can undo the write.
    pub replaced: Option<Replaced<C>>,
}

/// A log, with the snapshot that it went on after.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Replaced<C> {
    /// The snapshot.
    pub snapshot: Option<Snapshot>,
    /// The log.
    pub log: Log<C>,
}

/// What came out of a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output<C> {
    /// What is to be done.
    pub effects: Vec<Effect<C>>,
    /// Which rules fired or blocked, in order.
    pub rules: Vec<Rule>,
}

impl<C> Default for Output<C> {
    fn default() -> Self {
        Self {
            effects: Vec::new(),
            rules: Vec::new(),
        }
    }
}
