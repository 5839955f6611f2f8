//! What was on a disk when its node stopped. A node tells its term and vote when it has them in memory; a
//! crash may lose them as long as nobody can have learnt of them. Then they were never promised, and what
//! was to be sent in that state was never sent.

use crate::raft::HardState;
use crate::sim::{Observation, Observed, Seen};

use super::messages::Messages;

/// A life of a node that is over: its events, by their places, and what the disk had at its end.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) events: Vec<usize>,
    pub(super) left: HardState,
}

/// Takes back what was not on the disks.
pub(super) fn settle(lives: &[Life], events: &mut [Observation], messages: &Messages) {
    for life in lives {
        for &place in life.events.iter().rev() {
            let Observed::Node { seen, state, .. } = &mut events[place].what else {
                continue;
            };
            let is_proof = match seen {
                Seen::Sent(message) => messages.has_arrived(message.number),
                Seen::Crashed | Seen::Restarted | Seen::Wiped => true,
                Seen::State | Seen::Received(_) => false,
            };
            if is_proof || !is_beyond(state.hard_state, life.left) {
                break;
            }
            state.durable = false;
            if let Seen::Sent(_) = seen {
                *seen = Seen::State;
            }
        }
    }
}

/// Whether a node that was in that state has lost it, if that is what is left.
fn is_beyond(was: HardState, left: HardState) -> bool {
    let voted_otherwise = was.voted_for.is_some() && was.voted_for != left.voted_for;
    was.current_term > left.current_term
        || (was.current_term == left.current_term && voted_otherwise)
}
