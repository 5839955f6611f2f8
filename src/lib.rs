//! Flotilla: a Raft laboratory.
//!
//! The rooms of the house, from the ground up; each knows only those below it:
//!
//! | room | what it is |
//! | --- | --- |
//! | [`catalogue`] | texts in the languages of Flotilla |
//! | [`raft`] | the consensus core: a node is a value, inputs go in, effects come out |
//! | [`kv`] | the replicated state machine: a key-value store with client sessions |
//! | [`sim`] | one world: virtual time, network, disks, clients, proxy, chaos |
//! | [`check`] | the oracles: safety properties with their history |
//! | [`measure`] | what is counted of a run: rules of Figure 2, messages, latencies |
//! | [`why`] | why something is as it is, or what it waits for, from what the core reports |
//! | [`timeline`] | any moment of a run, forward and back, other futures, links |
//! | [`scenario`] | the scenario file, its runner and its report |
//! | [`inspect`] | every field of one thing, what changed of it, and an entry's way |
//! | `ui` | the page (only built for the browser) |
//!
//! Everything below `ui` is deterministic and does no I/O.

pub mod catalogue;
pub mod check;
pub mod inspect;
pub mod kv;
pub mod measure;
pub mod raft;
pub mod scenario;
pub mod sim;
mod sorted;
pub mod timeline;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod why;
