//! What a user does: the one way from the components to the session.

use crate::kv::Operation;
use std::rc::Rc;

use crate::raft::{MembershipChange, NodeId, NodeSet, Span, Time};
use crate::scenario::trace::Trace;
use crate::scenario::{Links, Scenario, Verb};
use crate::sim::{ClockRate, Config, NetworkChange, ReadFrom};
use crate::timeline::share::Shared;
use crate::timeline::{BranchId, Wanted};

/// An act of the user.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Crash the node if it is up, restart it if it is down.
    Click(NodeId),
    /// A node crashes.
    Crash(NodeId),
    /// A node that is down restarts.
    Restart(NodeId),
    /// A node that is down loses what its disk has.
    Wipe(NodeId),
    /// A node's clock goes at another rate.
    Clock(NodeId, ClockRate),
    /// A node stands still.
    Pause(NodeId),
    /// A paused node goes on.
    Resume(NodeId),
    /// A node is cut off from all others.
    Isolate(NodeId),
    /// A node's election timer fires now.
    TimeOut(NodeId),
    /// The leader hands its leadership over to this node.
    Transfer(NodeId),
    /// The leader changes the members of the cluster.
    ChangeMembers(MembershipChange),
    /// The next server that is not there yet is added to the cluster.
    AddServer,
    /// A node takes a snapshot, and compacts its log.
    Snapshot(NodeId),
    /// The network falls apart into these groups.
    Partition(Vec<NodeSet>),
    /// Cut these links.
    Cut(Links),
    /// Heal these links.
    HealLinks(Links),
    /// Heal every link.
    Heal,
    /// Lose this message in flight.
    DropMessage(u64),
    /// Let this message in flight arrive now.
    DeliverMessage(u64),
    /// Let a copy of this message in flight leave its sender now.
    DuplicateMessage(u64),
    /// Let this message in flight arrive so much later.
    DelayMessage(u64, Span),
    /// What a scenario has a step for, and no other act says.
    Take(Box<Verb>),
    /// The network changes for what is sent from here on.
    Network(NetworkChange),
    /// Where the proxy sends reads from here on.
    ReadFrom(ReadFrom),
    /// The form's client asks for an operation.
    Operation(Operation),
    /// Time runs.
    Play,
    /// Time stands.
    Halt,
    /// One event, then time stands.
    Step,
    /// Back to just after the last event, or the one before, then time stands.
    StepBack,
    /// To that time of the branch, or beyond what has been run.
    Seek(Time),
    /// To just after the event of that number, then time stands.
    SeekEvent(u64),
    /// To the end of what has been run.
    SeekEnd,
    /// To the next or last event that is wanted, then time stands.
    Find {
        /// Which.
        wanted: Wanted,
        /// Whether before the playhead, rather than after it.
        back: bool,
    },
    /// A way that takes long is given up.
    Stop,
    /// To just before the last act of the user.
    Undo,
    /// To just after the next one.
    Redo,
    /// Another branch is shown.
    Show(BranchId),
    /// A branch is forgotten.
    Discard(BranchId),
    /// The branch that is shown is compared with this one, or no longer with any.
    Compare(Option<BranchId>),
    /// So many simulated seconds a second.
    Speed(f64),
    /// A new run of a fresh cluster.
    NewRun {
        /// Its configuration.
        config: Box<Config>,
        /// Its seed.
        seed: u64,
    },
    /// A run of this scenario, from its start.
    Open(Rc<Scenario>),
    /// What a trace tells, from its start.
    OpenTrace(Trace),
    /// The run that a link holds, at its moment, where it stands.
    OpenLink(Rc<Shared>),
    /// The run that was shown before this one, where it was left; then this one is the one before.
    LastRun,
}
