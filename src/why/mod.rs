//! Why something is as it is, or what it waits for.
//!
//! [`why`] answers for a [`World`] at a moment and a [`Subject`] in a typed value, [`Why`], which a
//! reader can also have in a sentence of each language: what rule made it so, or what it waits for, with the numbers and
//! the section of the paper. Everything in it is what the core reports: its state, what a [`Witness`]
//! has kept of the rules that fired, and, for what would happen, what copies of the nodes do
//! (`trial`). No rule is written down here a second time.
//!
//! It needs nothing but the world, and so stands below the scenario, whose [`Run`] keeps the witness.
//!
//! [`Run`]: crate::scenario::Run

mod count;
mod elections;
mod entries;
mod messages;
mod operations;
mod relevant;
mod say;
mod trial;
mod witness;

use crate::raft::{LogIndex, NodeId, Policy};
use crate::sim::World;

pub use count::{Count, Needs};
pub use elections::{ChangeWait, Contender, Follows, LeaderWhy, Leads, NodeWhy, VoteWhy, Waits};
pub use entries::{EntryState, EntryWhy, Missing, Uncommitted};
pub use messages::{Fate, MessageWhy};
pub use operations::{NotTaken, OperationState, OperationWhy, Unknown};
pub use say::rule_sentence;
pub use trial::Ballot;
pub use witness::{Campaign, Commit, Election, Loss, Past, Removal, RemovedBy, Turn, Witness};

/// What is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// That there is a leader, or none.
    Leader,
    /// What a node is.
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
    /// A vote.
    Vote {
        /// For whom.
        candidate: NodeId,
        /// Whose.
        voter: NodeId,
    },
}

/// The answer to why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// What made it so, or what it waits for.
    pub answer: Answer,
    /// The rules on which it rests that are wrong on purpose.
    pub wrong: Policy,
}

/// An answer, by what was asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Why there is a leader, or none.
    Leader(LeaderWhy),
    /// Why a node is what it is.
    Node(NodeWhy),
    /// How it stands with an entry.
    Entry(EntryWhy),
    /// What a message is for.
    Message(MessageWhy),
    /// How it stands with an operation.
    Operation(OperationWhy),
    /// Why a vote is given, or not.
    Vote(VoteWhy),
}

/// Why it is so in that world, of which the witness has seen every event; `None` when there is no such
/// node, entry, message or operation.
pub fn why(world: &World, witness: &Witness, subject: Subject) -> Option<Why> {
    let answer = match subject {
        Subject::Leader => Answer::Leader(elections::leader_why(world, witness)),
        Subject::Node(id) => Answer::Node(elections::node_why(world, witness, id)?),
        Subject::Entry { node, index } => {
            Answer::Entry(entries::entry_why(world, witness, node, index)?)
        }
        Subject::Message(id) => Answer::Message(messages::message_why(world, witness, id)?),
        Subject::Operation(number) => {
            Answer::Operation(operations::operation_why(world, witness, number)?)
        }
        Subject::Vote { candidate, voter } => {
            Answer::Vote(elections::vote_why(world, witness, candidate, voter)?)
        }
    };
    let wrong = relevant::wrong_rules(&answer, world.config().raft.policy);
    Some(Why { answer, wrong })
}
