//! One world, deterministic: virtual time, the network, disks, clients, the proxy, chaos.
//!
//! [`World`] is a value: made from a [`Config`] and a seed, moved on by [`World::step`] and
//! [`World::act`]. Nothing in it reads a clock or a file. What happened in an event is told by
//! [`World::happenings`]: oracles, event logs and digests are made from that alone.

mod action;
mod acts;
mod chaos;
mod client;
mod clock;
mod config;
mod digest;
mod disk;
mod event;
mod intervals;
mod legs;
mod load;
mod members;
mod network;
mod nodes;
mod observed;
mod proxy;
mod queue;
mod random;
mod recording;
mod server;
mod servers;
mod service;
mod world;

pub use action::{
    Action, ActionError, Course, ENDLESS, Heal, LoadConfig, MessageFilter, NetworkChange,
};
pub use client::{Client, Failure, OperationRecord, Outcome, Tally};
pub use clock::ClockRate;
pub use config::{
    ClientsConfig, Config, DiskConfig, NetworkConfig, Probability, ProxyConfig, RaftConfig,
    ReadFrom, ReadMode, SpanRange, StartState,
};
pub use digest::Digest;
pub use event::{
    EventId, Happening, LossCause, MessageHead, NetworkHash, OperationStep, Says, SnapshotHead,
};
pub use legs::{Answer, Leg, LegEnd, LegLoad};
pub use network::Flight;
pub use random::Stream;
pub use recording::{
    LogChange, NodeState, Observation, Observed, ObservedMessage, Recording, Seen, Sight,
};
pub use server::{Armed, Server};
pub use world::World;
