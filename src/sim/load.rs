//! A load on the cluster: clients that work at a rate, by their own stream of randomness.

use std::sync::Arc;

use crate::kv::{ClientId, Operation};
use crate::raft::{Span, Time};

use super::action::LoadConfig;
use super::config::SpanRange;
use super::event::Happening;
use super::queue::Due;
use super::random::Stream;
use super::world::World;

/// The most operations that wait for one client of a load: when the cluster does not keep up, the
/// load does not pile up without end.
const BACKLOG_MAX: usize = 8;

/// A load under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Load {
    config: LoadConfig,
    random: Stream,
    clients: Vec<ClientId>,
    asked: u64,
}

impl Load {
    pub(super) const fn until(&self) -> Time {
        self.config.until
    }
}

impl World {
    /// Whether a load is under way.
    pub fn under_load(&self) -> bool {
        self.load().is_some()
    }

    /// The last of the loads that are under way.
    pub fn load(&self) -> Option<LoadConfig> {
        let mut configs = self.loads.iter().rev().map(|load| load.config);
        configs.find(|config| config.until > self.now)
    }

    /// Every load comes to its end now; what its clients have asked for goes on.
    pub(super) fn stop_loads(&mut self) {
        let now = self.now;
        for load in &mut self.loads {
            load.config.until = load.config.until.min(now);
        }
        self.emit(Happening::LoadStopped);
    }

    pub(super) fn begin_load(&mut self, config: LoadConfig) {
        let number = self.loads.len() as u32;
        let clients = (1..=config.clients)
            .map(|client| match number {
                0 => self.clients.named(&format!("load-{client}")),
                _ => self.clients.named(&format!("load{}-{client}", number + 1)),
            })
            .collect();
        self.loads.push(Load {
            config,
            random: Stream::new(self.seed, "load", u64::from(number)),
            clients,
            asked: 0,
        });
        self.next_load(number);
    }

    /// One operation of a load.
    pub(super) fn load_due(&mut self, number: u32) {
        let load = &mut self.loads[number as usize];
        let client = load.clients[load.random.below(load.clients.len() as u64) as usize];
        let key: Arc<str> =
            format!("k{}", load.random.below(u64::from(load.config.keys)) + 1).into();
        let write = load.random.happens(load.config.writes);
        load.asked += 1;
        let value = load.asked.to_string().into();
        let operation = if write {
            Operation::Put { key, value }
        } else {
            Operation::Get { key }
        };
        let backlog = self
            .clients
            .get(client)
            .map_or(0, |client| client.backlog());
        if backlog < BACKLOG_MAX {
            self.client_asks(client, operation, None);
        }
        self.next_load(number);
    }

    /// The next operation comes after a random time with the load's mean.
    fn next_load(&mut self, number: u32) {
        let now = self.now;
        let load = &mut self.loads[number as usize];
        let mean = load.config.interval;
        let range = SpanRange::new(Span(1), mean * 2).unwrap_or(SpanRange::exactly(Span(1)));
        let at = now + load.random.span(range);
        if at < load.config.until {
            self.ask(at, Due::Load(number));
        }
    }
}
