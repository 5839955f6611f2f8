//! Why a client's operation waits, and why it came out as it did.

use crate::raft::{NodeId, Refusal, RequestWait, Span, Time};
use crate::sim::{Failure, LegEnd, LegLoad, OperationRecord, Outcome, Server, World};

use super::entries::{EntryState, EntryWhy, entry_why};
use super::witness::{Past, Witness};

/// A client's operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OperationWhy {
    /// Its number.
    pub number: u64,
    /// How it stands.
    pub state: OperationState,
}

/// How it stands with an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OperationState {
    /// It was done.
    Done {
        /// Who answered.
        by: Option<NodeId>,
        /// How long its client waited.
        after: Option<Span>,
        /// How many nodes were asked.
        tries: u32,
    },
    /// It was definitely not done.
    NotDone(Failure),
    /// Nobody knows whether it was done.
    Unknown(Unknown),
    /// Its client waits for an earlier operation's answer first.
    Queued {
        /// That one's number.
        behind: u64,
    },
    /// It, or the answer to it, is on its way.
    OnItsWay {
        /// From where.
        from: LegEnd,
        /// To where.
        to: LegEnd,
        /// Whether it is the answer.
        answer: bool,
        /// When it arrives.
        arrives: Time,
    },
    /// It waits at a node that stands still.
    AtPausedNode(NodeId),
    /// A node has taken it, and waits.
    AtNode {
        /// Which node.
        node: NodeId,
        /// What for.
        wait: RequestWait,
        /// What the entry waits for, when it waits for one.
        entry: Option<Box<EntryWhy>>,
    },
    /// A node that it was sent to cannot have it any more, and whoever asked does not know.
    NotTaken {
        /// Which node.
        node: NodeId,
        /// Why.
        why: NotTaken,
        /// Until when an answer is waited for.
        until: Option<Time>,
    },
    /// Nobody whom the proxy asked knew a leader: it asks again after a pause.
    NoLeaderKnown {
        /// Who refused it last, and why.
        refused: Option<(NodeId, Refusal)>,
        /// How often it was refused.
        refusals: u32,
    },
}

/// Why a node that was asked does not answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotTaken {
    /// It is down, or was when it came.
    Down,
    /// It is in nobody's log or list of reads any more, and no answer is on its way.
    Forgotten,
}

/// Why nobody knows whether an operation was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unknown {
    /// So many nodes did not answer in time, and what was sent to them may yet be done.
    TimedOut {
        /// How many.
        timeouts: u32,
        /// How many were asked, counting repetitions.
        tries: u32,
    },
    /// The leader that took it was deposed: what becomes of it is open.
    Deposed {
        /// Which node.
        node: NodeId,
    },
    /// The client's session expired after a try that may have been done (dissertation §6.3).
    SessionExpired {
        /// Who said so.
        node: NodeId,
    },
    /// It was refused for too long.
    Refused {
        /// How often.
        refusals: u32,
        /// How many were asked, counting repetitions.
        tries: u32,
    },
}

/// Why the operation of that number waits, or came out as it did.
pub(super) fn operation_why(world: &World, witness: &Witness, number: u64) -> Option<OperationWhy> {
    let place = usize::try_from(number.checked_sub(1)?).ok()?;
    let record = world.operations().get(place)?;
    let past = witness.operation_past(number);
    let state = match &record.outcome {
        Outcome::Pending => pending(world, witness, record, past),
        Outcome::Ok(_) => OperationState::Done {
            by: record.answered_by,
            after: record.latency(),
            tries: record.tries,
        },
        Outcome::Failed(failure) => OperationState::NotDone(failure.clone()),
        Outcome::Unknown => OperationState::Unknown(unknown(record, past)),
    };
    Some(OperationWhy { number, state })
}

const fn unknown(record: &OperationRecord, past: Past) -> Unknown {
    let Past {
        timeouts, refusals, ..
    } = past;
    let tries = record.tries;
    // A client that asked a node itself is told what the node says; the proxy asks on.
    match (record.direct, record.answered_by, past.session_expired) {
        (Some(_), Some(node), _) => Unknown::Deposed { node },
        (None, _, Some(node)) if timeouts > 0 || past.refused.is_some() => {
            Unknown::SessionExpired { node }
        }
        _ if timeouts == 0 && refusals > 0 => Unknown::Refused { refusals, tries },
        _ => Unknown::TimedOut { timeouts, tries },
    }
}

fn pending(
    world: &World,
    witness: &Witness,
    record: &OperationRecord,
    past: Past,
) -> OperationState {
    if record.began.is_none() {
        let current = world.client(record.client).and_then(|c| c.current());
        return OperationState::Queued {
            behind: current.unwrap_or(record.number),
        };
    }
    let last = (world.legs().filter(|leg| leg.operation == record.number)).max_by_key(|leg| leg.id);
    if let Some(leg) = last {
        if let LegEnd::Node(node) = leg.to
            && world.server(node).is_some_and(Server::is_paused)
        {
            return OperationState::AtPausedNode(node);
        }
        return OperationState::OnItsWay {
            from: leg.from,
            to: leg.to,
            answer: matches!(leg.load, LegLoad::Answer { .. }),
            arrives: leg.arrives,
        };
    }
    if let Some((node, wait)) = where_it_waits(world, record) {
        let entry = match wait {
            RequestWait::Commit { index } => entry_why(world, witness, node, index),
            _ => None,
        };
        let entry = entry.filter(|entry| matches!(entry.state, EntryState::Waits { .. }));
        return OperationState::AtNode {
            node,
            wait,
            entry: entry.map(Box::new),
        };
    }
    not_at_a_node(world, record, past)
}

/// The node at which it waits, and what for: where it was sent last, if it is there; and for a read
/// that a follower has asked its leader for, what it waits for there.
fn where_it_waits(world: &World, record: &OperationRecord) -> Option<(NodeId, RequestWait)> {
    let is_meant = |request| World::operation_of(request) == record.number;
    let waits = |server: &Server| Some((server.id(), server.node()?.request_wait(is_meant)?));
    let waiting = world.servers().iter().filter_map(waits);
    waiting.max_by_key(|&(node, wait)| {
        let is_asked = record.asked_of == Some(node);
        match wait {
            RequestWait::Forwarded { .. } => (0, is_asked),
            _ if is_asked => (2, true),
            _ => (1, false),
        }
    })
}

/// No node has it, and nothing of it is on its way.
fn not_at_a_node(world: &World, record: &OperationRecord, past: Past) -> OperationState {
    let is_refused = past
        .refused
        .is_some_and(|(by, _)| record.asked_of == Some(by));
    let Some(node) = record.asked_of.filter(|_| !is_refused) else {
        return OperationState::NoLeaderKnown {
            refused: past.refused,
            refusals: past.refusals,
        };
    };
    let is_down = past.node_down || world.server(node).is_none_or(|server| !server.is_up());
    OperationState::NotTaken {
        node,
        why: match is_down {
            true => NotTaken::Down,
            false => NotTaken::Forgotten,
        },
        until: past.tried.map(|tried| tried + world.proxy().timeout),
    }
}
