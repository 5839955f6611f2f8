//! The members of the cluster change at random while chaos reigns: no property falls, and once it is
//! healed the cluster works with whoever is a member then.

use std::sync::Arc;

use flotilla::check::{Linearizability, Monitor};
use flotilla::raft::{MembershipChange, NodeId, NodeSet, Span, Time};
use flotilla::scenario::{Run, parse};
use flotilla::sim::{
    Action, Config, DiskConfig, LoadConfig, Probability, ReadMode, SpanRange, World,
};

/// More with `FLOTILLA_SEEDS=…`.
const SEEDS: u64 = 200;
/// Nodes that come and go: the first ones and some that are added.
const NODES: u64 = 8;
const CHAOS_ENDS: Time = Time(15_000_000);
const RUN_ENDS: Time = Time(30_000_000);

/// Numbers from a seed, for what the test decides itself.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn node(&mut self) -> NodeId {
        NodeId::from_index(self.below(NODES) as usize)
    }

    fn change(&mut self) -> MembershipChange {
        match self.below(7) {
            0..=2 => MembershipChange::AddVoter(self.node()),
            3 => MembershipChange::AddLearner(self.node()),
            4 | 5 => MembershipChange::Remove(self.node()),
            _ => {
                let count = 1 + self.below(5);
                MembershipChange::Members((0..count).map(|_| self.node()).collect())
            }
        }
    }
}

/// A world with its oracles.
struct Watched {
    world: World,
    monitor: Monitor,
}

impl Watched {
    fn new(seed: u64) -> Self {
        let mut config = Config {
            nodes: NodeSet::first(3 + (seed % 3) as usize),
            disk: DiskConfig {
                sync: SpanRange::from_millis(0, 4),
                lose_unsynced: true,
            },
            ..Config::default()
        };
        (config.raft.pre_vote, config.raft.check_quorum) = (seed % 4 > 1, seed % 4 % 2 == 1);
        config.raft.reads =
            [ReadMode::ReadIndex, ReadMode::Lease, ReadMode::Log][seed as usize % 3];
        // Whoever is added late gets the configuration by a snapshot only.
        config.raft.snapshot_after = [0, 1, 3, 20, 3][seed as usize % 5];
        if seed % 7 > 3 {
            config.disk.sync = SpanRange::from_millis(10, 60);
        }
        let world = World::new(config, seed);
        let monitor = Monitor::new(&world);
        Self { world, monitor }
    }

    fn act(&mut self, action: Action) -> bool {
        let done = self.world.act(action).is_ok();
        if done {
            self.monitor.observe(&self.world);
        }
        done
    }

    fn run_to(&mut self, until: Time) {
        while self.world.next_time().is_some_and(|next| next <= until) {
            self.world.step();
            self.monitor.observe(&self.world);
        }
        self.world.pass_to(until);
    }
}

/// What is worth knowing of a run.
#[derive(Default)]
struct Seen {
    changes: u64,
    /// How often the voters at the end were not those of the start.
    others: u64,
}

fn check(seed: u64, seen: &mut Seen) {
    let mut random = Random(seed);
    let mut run = Watched::new(seed);
    run.run_to(Time(500_000));
    for client in ["a", "b", "c"] {
        run.world.client_named(client);
    }
    let load = LoadConfig {
        clients: 3,
        interval: Span::from_millis(25),
        keys: 4,
        writes: Probability::from_percent(70),
        until: CHAOS_ENDS,
    };
    assert!(run.act(Action::Load(load)));
    assert!(run.act(Action::Chaos {
        until: CHAOS_ENDS,
        seed: None
    }));
    while run.world.now() < CHAOS_ENDS {
        let pause = Span::from_millis(20 + random.below(700));
        let until = run.world.now() + pause;
        run.run_to(until.min(CHAOS_ENDS));
        seen.changes += u64::from(run.act(Action::ChangeMembers(random.change())));
    }
    run.run_to(RUN_ENDS);
    run.monitor.end(&run.world);
    let violations = run.monitor.violations();
    assert!(violations.is_empty(), "seed {seed}: {violations:?}");
    let history = run.monitor.linearizability();
    let broken = matches!(history, Linearizability::Broken(_));
    assert!(!broken, "seed {seed}: {history:?}");
    let first = run.world.config().nodes;
    seen.others += u64::from(run.world.configuration().voters() != first);
    assert!(!run.world.configuration().is_joint(), "seed {seed}");
}

#[test]
fn members_that_change_at_random_under_chaos_break_nothing() {
    let seeds = std::env::var("FLOTILLA_SEEDS").ok();
    let seeds = seeds.map_or(SEEDS, |seeds| seeds.parse().expect("a number of seeds"));
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let all = std::thread::scope(|scope| {
        let work = |thread| {
            let mut seen = Seen::default();
            (1 + thread..=seeds)
                .step_by(threads as usize)
                .for_each(|seed| check(seed, &mut seen));
            seen
        };
        let threads: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || work(thread)))
            .collect();
        let seen = threads.into_iter().map(|thread| thread.join());
        seen.map(|seen| seen.expect("no seed breaks anything"))
            .fold(Seen::default(), |all, seen| Seen {
                changes: all.changes + seen.changes,
                others: all.others + seen.others,
            })
    });
    assert!(all.changes > seeds * 5, "{} changes", all.changes);
    assert!(all.others > seeds / 2, "{} ended otherwise", all.others);
}

/// The file of that name, run to its end.
fn run(name: &str) -> Run {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/mutants");
    let text = std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("the file is there");
    let scenario = Arc::new(parse(&text).expect("it is a scenario"));
    let seed = scenario.seed;
    let mut run = Run::new(scenario, seed);
    run.run_to_end();
    run
}

#[test]
fn the_wrong_rules_about_members_break_what_they_must_and_the_right_ones_nothing() {
    for name in ["config-before-own-term-commit", "switch-config-directly"] {
        let wrong = run(name);
        assert!(wrong.is_ok(), "{name}: {:?}", wrong.failures());
        assert!(!wrong.monitor().is_safe(), "{name}");
        let twin = run(&format!("{name}_twin"));
        assert!(twin.is_ok(), "{name}: {:?}", twin.failures());
        assert!(twin.monitor().is_safe(), "{name}");
    }
}
