//! The consensus core: Raft, sans I/O.
//!
//! A [`Node`] is a value. What happens to it comes in as an [`Input`]; what it wants done comes out
//! as [`Effect`]s; why, as [`Rule`]s that fired or blocked. It has no clock, no randomness, no
//! thread, no I/O, and knows nothing of what its commands mean: whoever owns it draws the timeouts,
//! carries the messages, keeps the disk and applies the entries.
//!
//! One file a concern: [`Log`] and [`Configuration`] are values of their own, [`Chunks`] is what logs are kept in; `election`, `prevote`,
//! `quorum`, `transfer`, `replication`, `commit`, `reads` and `snapshot` are the rules of the paper's
//! Figures 2 and 13 and of the dissertation's §4.2.3, §6.2, §6.4 and §9.6; `durability` holds back what
//! must wait for the disk; `view` is what can be seen of a node; [`Policy`] says which rules are wrong
//! on purpose.

mod chunks;
mod commit;
mod configuration;
mod decimal;
mod durability;
mod effect;
mod election;
mod lease;
mod log;
mod membership;
mod message;
mod node;
mod observed;
mod policy;
mod prevote;
mod progress;
mod quorum;
mod reads;
mod replication;
mod rule;
mod snapshot;
mod transfer;
mod types;
mod view;

pub use chunks::Chunks;
pub use commit::NextCommit;
pub use configuration::{ChangeRefusal, Configuration, MembershipChange};
pub(crate) use decimal::write_decimal;
pub use effect::{
    Effect, HardState, Input, LogWrite, Output, Refusal, Replaced, RequestId, SnapshotWrite, Write,
    WriteSeq,
};
pub use lease::ClockBound;
pub use log::{Entry, Log, Payload};
pub use message::{AppendResult, Body, InstallResult, Message, MessageKind, SnapshotChunk};
pub use node::{Node, Persistent, Role, Settings};
pub use observed::{ObservedNode, ObservedRole};
pub use policy::{Mutant, Policy};
pub use progress::Progress;
pub use reads::{RequestWait, Waiting};
pub use rule::{NoLease, Rule, VoteRefusal};
pub use snapshot::Snapshot;
pub use types::{LogIndex, NodeId, NodeSet, Span, Term, Time};
