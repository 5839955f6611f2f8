//! The replicated state machine: a key-value store with client sessions.
//!
//! Its commands are what the log carries; it never knows which node it runs on.

mod command;
mod store;

pub use command::{ClientId, Command, Operation, Response, SharedCommand};
pub use store::{Applied, SESSION_TIMEOUT, SessionExpired, Store};
