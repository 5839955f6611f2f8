//! One world, deterministic.

mod action;
mod config;

pub use action::{Action, ActionError, Heal, LoadConfig, MessageFilter, NetworkChange};
pub use config::{
    Config, DiskConfig, NetworkConfig, Probability, ProxyConfig, RaftConfig, ReadFrom, ReadMode,
    SpanRange, StartState,
};
