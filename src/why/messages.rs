//! What a message is for, what it will do, and why it was lost.

use crate::raft::{Input, NodeId, Rule, Term, Time};
use crate::sim::{EventId, MessageHead, World};

use super::trial;
use super::witness::{Loss, Witness};

/// A message between two nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MessageWhy {
    /// It is on its way.
    UnderWay {
        /// What it says.
        message: MessageHead,
        /// The event in which it was sent.
        cause: EventId,
        /// What will become of it.
        fate: Fate,
    },
    /// It was lost.
    Lost(Loss),
}

/// What will become of a message, if nothing else happens before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// The network loses it.
    Dies {
        /// When.
        at: Time,
    },
    /// Whom it reaches is down: it is lost there.
    ReceiverDown {
        /// When.
        at: Time,
    },
    /// Whom it reaches stands still: it waits there.
    ReceiverPaused,
    /// It arrives, and this comes of it.
    Arrives {
        /// When.
        at: Time,
        /// The receiver's term now.
        term: Term,
        /// The rules that would fire, in order.
        rules: Vec<Rule>,
        /// Whether the receiver would set its election timer anew.
        resets_timer: bool,
        /// How many messages the receiver would send.
        answers: usize,
    },
    /// What comes of it was not seen yet.
    Unseen,
}

/// Why there is that message, and what it will do; `None` when it is not on its way, nor among the
/// last that were lost.
pub(super) fn message_why(world: &World, witness: &Witness, id: u64) -> Option<MessageWhy> {
    let Some(flight) = world.message(id) else {
        return witness.loss(id).map(MessageWhy::Lost);
    };
    let message = flight.head();
    Some(MessageWhy::UnderWay {
        message,
        cause: flight.cause(),
        fate: fate(world, id, message.to)?,
    })
}

fn fate(world: &World, id: u64, to: NodeId) -> Option<Fate> {
    let flight = world.message(id)?;
    if world.sight().is_some() {
        return Some(Fate::Unseen);
    }
    if let Some(at) = flight.dies() {
        return Some(Fate::Dies { at });
    }
    let (server, at) = (world.server(to)?, flight.arrives());
    let Some(node) = server.node() else {
        return Some(Fate::ReceiverDown { at });
    };
    if server.is_paused() {
        return Some(Fate::ReceiverPaused);
    }
    let input = Input::Message(flight.message().clone());
    let outcome = trial::step(world, to, at.max(world.now()), input)?;
    Some(Fate::Arrives {
        at,
        term: node.current_term(),
        rules: outcome.rules,
        resets_timer: outcome.resets_timer,
        answers: outcome.messages.len(),
    })
}
