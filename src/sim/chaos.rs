//! Chaos: seeded crashes, restarts, pauses, partitions and loss, all healed at its end.

use crate::raft::{NodeId, NodeSet, Time};

use super::config::{NetworkConfig, Probability, SpanRange};
use super::event::Happening;
use super::queue::Due;
use super::random::Stream;
use super::world::World;

/// Between two strikes.
const INTERVAL: SpanRange = SpanRange::from_millis(100, 700);
/// The worst loss and duplication it makes, in percent.
const LOSS_MAX_PERCENT: u64 = 30;

/// Chaos under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Chaos {
    random: Stream,
    until: Time,
    /// The network as it was before.
    network: NetworkConfig,
}

impl World {
    /// Chaos begins. With a seed of its own it is the first that a run of that seed has.
    pub(super) fn begin_chaos(&mut self, until: Time, seed: Option<u64>) {
        self.emit(Happening::ChaosBegan);
        self.chaoses += 1;
        self.chaos = Some(Chaos {
            random: match seed {
                None => Stream::new(self.seed, "chaos", self.chaoses),
                Some(seed) => Stream::new(seed, "chaos", 1),
            },
            until,
            network: self.network.config,
        });
        self.next_strike();
    }

    /// One strike, or the end.
    pub(super) fn chaos_due(&mut self) {
        let Some(mut chaos) = self.chaos.take() else {
            return;
        };
        if self.now >= chaos.until {
            return self.end_chaos(chaos.network);
        }
        let servers = self.servers.all();
        let node = servers[chaos.random.below(servers.len() as u64) as usize].id;
        match chaos.random.below(10) {
            0..=2 => self.toggle_power(node),
            3 => self.toggle_pause(node),
            4 | 5 => {
                let groups = self.random_groups(&mut chaos.random);
                self.partition(groups);
            }
            6 => self.isolate(node),
            7 => self.heal_all(),
            8 => self.random_network(&mut chaos),
            _ => {
                self.restart_all();
            }
        }
        self.chaos = Some(chaos);
        self.next_strike();
    }

    fn next_strike(&mut self) {
        let (now, number) = (self.now, self.chaoses);
        if let Some(chaos) = &mut self.chaos {
            let at = (now + chaos.random.span(INTERVAL)).min(chaos.until.max(now));
            self.ask(at, Due::Chaos(number));
        }
    }

    fn toggle_power(&mut self, node: NodeId) {
        if !self.crash_server(node) {
            self.restart_server(node);
        }
    }

    fn toggle_pause(&mut self, node: NodeId) {
        let server = &mut self.servers[node];
        if server.paused {
            self.emit(Happening::Resumed(node));
            self.resume_server(node);
        } else if server.is_up() {
            server.paused = true;
            self.emit(Happening::Paused(node));
        }
    }

    fn random_groups(&self, random: &mut Stream) -> Vec<NodeSet> {
        let mut groups = vec![NodeSet::EMPTY; 2];
        for server in self.servers.all() {
            groups[random.below(2) as usize].insert(server.id);
        }
        groups
    }

    fn random_network(&mut self, chaos: &mut Chaos) {
        let mut percent = || Probability::from_percent(chaos.random.below(LOSS_MAX_PERCENT + 1));
        let network = NetworkConfig {
            loss: percent(),
            duplicate: percent(),
            ..chaos.network
        };
        self.change_network(network);
    }

    fn restart_all(&mut self) {
        for id in self
            .servers
            .all()
            .iter()
            .map(|server| server.id)
            .collect::<Vec<_>>()
        {
            self.restart_server(id);
        }
    }

    /// Chaos comes to its end now.
    pub(super) fn stop_chaos(&mut self) {
        if let Some(chaos) = self.chaos.take() {
            self.end_chaos(chaos.network);
        }
    }

    /// Everything is healed: nodes up and awake, links whole, the network as it was before.
    fn end_chaos(&mut self, network: NetworkConfig) {
        self.heal_all();
        self.change_network(network);
        self.restart_all();
        let paused = self.servers.all().iter().filter(|server| server.paused);
        for id in paused.map(|server| server.id).collect::<Vec<_>>() {
            self.toggle_pause(id);
        }
        self.emit(Happening::ChaosEnded);
    }
}
