//! Simulated clusters with something going on in them.

use flotilla::raft::{NodeSet, Span, Time};
use flotilla::scenario::Run;
use flotilla::sim::{Action, Config, LoadConfig, Probability};

/// Simulated time before anything is asked of a cluster, for the first election.
const WARM_UP: Time = Time(2_000_000);

/// What goes on in a cluster.
#[derive(Clone, Copy)]
pub enum Load {
    Idle,
    /// 50 a second.
    Writes,
    /// Crashes, partitions, pauses, loss, under the same load.
    Chaos,
}

/// A cluster of so many nodes with the defaults of the scenario format, under that load from now on.
pub fn under(load: Load, nodes: usize, snapshot_after: u64) -> Run {
    let mut config = Config {
        nodes: NodeSet::first(nodes),
        ..Config::default()
    };
    config.raft.snapshot_after = snapshot_after;
    let mut run = Run::live(config, 1);
    run.run_to(WARM_UP);
    let until = Time(u64::MAX);
    let mut act = |action| run.act(action).expect("it can be done");
    if let Load::Writes | Load::Chaos = load {
        act(Action::Load(LoadConfig {
            clients: 4,
            interval: Span::from_millis(20),
            keys: 5,
            writes: Probability::from_percent(100),
            until,
        }));
    }
    if let Load::Chaos = load {
        act(Action::Chaos { until, seed: None });
    }
    run
}
