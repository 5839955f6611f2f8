//! The consensus core.

mod configuration;
mod log;
mod message;
mod types;

pub use configuration::Configuration;
pub use log::{Entry, Log, Payload};
pub use message::{AppendResult, Body, Message, MessageKind};
pub use types::{LogIndex, NodeId, NodeSet, Span, Term, Time};
