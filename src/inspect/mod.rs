//! Everything that is known of one thing: of a node, an entry, a message or an operation every field,
//! in groups, by the names of the paper and of the code.
//!
//! [`inspect`] makes an [`Inspection`] of a [`World`] at a moment. Two of them can be compared
//! ([`changes`]), and each has a JSON form ([`Inspection::to_json`]). How an entry came to be where it
//! is, and what became of a message,
//! takes going through the past once more: [`Way`], [`Past`].

mod changes;
mod entry;
mod json;
mod message;
mod node;
mod operation;
mod past;
mod value;
mod way;

use crate::sim::World;
use crate::why::{Subject, Witness};

pub use changes::{Change, changes};
pub use past::{Fate, Past};
pub use value::{Field, Group, Inspection, Name, Value};
pub use way::{Milestones, Stop, Way};

/// What is known of it in that world, of which the witness has seen every event; `None` when it is not
/// there: a node that does not exist, an entry that a log does not have, a message that is neither
/// under way nor among the last that were lost; and for what is no thing: that there is a leader, a
/// vote.
#[inline(never)]
pub fn inspect(world: &World, witness: &Witness, subject: Subject) -> Option<Inspection> {
    let groups = match subject {
        Subject::Node(id) => node::groups(world, world.server(id)?),
        Subject::Entry { node, index } => {
            entry::groups(world, witness, world.server(node)?, index)?
        }
        Subject::Message(id) => message::groups(world, witness, id)?,
        Subject::Operation(number) => operation::groups(world, witness, number)?,
        Subject::Leader | Subject::Vote { .. } => return None,
    };
    Some(Inspection { subject, groups })
}
