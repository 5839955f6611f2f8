//! Liveness: a cluster that is healed comes to work again.
//!
//! Safety is judged by what happens, this by what does not. So it is judged once, when a run ends: a
//! clone of the world goes on with a fresh write, and nothing in the world itself changes.

use crate::kv::{ClientId, Operation};
use crate::raft::{LogIndex, NodeId, NodeSet, Span, Time};
use crate::sim::{
    Action, ClockRate, Happening, NetworkConfig, Outcome, Probability, Server, World,
};

use super::property::{Found, Property};

/// For how many of the longest election timeouts a run must have been without a fault at its end.
const QUIET_ELECTION_TIMEOUTS: u64 = 10;
/// In how many of them the cluster must then serve the fresh write: enough for many split votes.
const PATIENCE_ELECTION_TIMEOUTS: u64 = 100;
/// The client of the fresh write, its key and its value.
const FRESH: &str = "fresh write at the end of the run";

/// What must be remembered for it: when something was last done to the cluster.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Liveness {
    last_fault: Time,
}

impl Liveness {
    pub(super) fn look(&mut self, world: &World, happening: &Happening) {
        if matches!(
            happening,
            Happening::Crashed(_)
                | Happening::Restarted(_)
                | Happening::Paused(_)
                | Happening::Resumed(_)
                | Happening::LinkCut(..)
                | Happening::LinkHealed(..)
                | Happening::Wiped(_)
                | Happening::Clock { .. }
                | Happening::Network(_)
                | Happening::Lost(..)
                | Happening::ChaosBegan
                | Happening::ChaosEnded
                | Happening::Copied(..)
                | Happening::Delayed(..)
                | Happening::Link { .. }
        ) {
            self.last_fault = world.now();
        }
    }

    /// The run has come to its end.
    pub(super) fn end(self, world: &World, found: &mut Found) {
        let longest = longest_timeout(world);
        self.judge(world, longest * PATIENCE_ELECTION_TIMEOUTS, found);
    }

    fn judge(self, world: &World, patience: Span, found: &mut Found) {
        let longest = longest_timeout(world);
        let quiet = world.now().since(self.last_fault);
        if quiet >= longest * QUIET_ELECTION_TIMEOUTS
            && is_healed(world)
            && is_timely(world)
            && let Err(wrong) = serves(world.clone(), patience)
        {
            found.violation(
                Property::Liveness,
                format!("{quiet} after the last fault, and {patience} more: {wrong}"),
            );
        }
    }
}

/// The members of the cluster: who is none may be down, and need not follow.
fn members(world: &World) -> Vec<&Server> {
    let members = world.configuration().members();
    let servers = world.servers().iter();
    servers.filter(|s| members.contains(s.id())).collect()
}

/// All members run, all links between them carry all messages, and nobody works on the cluster.
fn is_healed(world: &World) -> bool {
    let nodes = members(world);
    let carries = |from: NodeId, to: NodeId| from == to || world.carries(from, to);
    nodes.iter().all(|node| {
        node.is_up() && !node.is_paused() && nodes.iter().all(|to| carries(node.id(), to.id()))
    }) && conditions(world).all(|link| link.loss == Probability::NEVER)
        && !world.in_chaos()
        && !world.under_load()
}

/// The conditions of the network, and of every link between members.
fn conditions(world: &World) -> impl Iterator<Item = NetworkConfig> {
    let members = world.configuration().members();
    let from = members.iter();
    let links = from.flat_map(move |from| members.iter().map(move |to| (from, to)));
    let links = links.map(|(from, to)| world.link(from, to));
    std::iter::once(world.network()).chain(links)
}

/// "broadcastTime ≪ electionTimeout" (§5.6), without which Raft promises nothing: an election and
/// a heartbeat take less than an election timeout, timeouts differ enough for one candidate to be
/// first, and a client waits for longer than a write takes.
fn is_timely(world: &World) -> bool {
    let config = world.config();
    let timeout = config.raft.election_timeout;
    let longest = conditions(world).map(|link| link.latency.high()).max();
    let way = longest.unwrap_or_default() + config.disk.sync.high();
    let (slowest, fastest) = clock_rates(world);
    let shortest = fastest.true_span(timeout.low());
    let spread = Span(timeout.high().as_micros() - timeout.low().as_micros());
    way * 2 < shortest
        && slowest.true_span(config.raft.heartbeat) + way < shortest
        && way * 2 <= fastest.true_span(spread)
        && world.proxy().timeout >= slowest.true_span(timeout.low())
}

/// The longest election timeout by the slowest clock.
fn longest_timeout(world: &World) -> Span {
    let (slowest, _) = clock_rates(world);
    slowest.true_span(world.config().raft.election_timeout.high())
}

/// The rates of the slowest clock and of the fastest.
fn clock_rates(world: &World) -> (ClockRate, ClockRate) {
    let rates = || world.servers().iter().map(Server::clock_rate);
    (
        rates().min().unwrap_or_default(),
        rates().max().unwrap_or_default(),
    )
}

/// Lets the world go on with a fresh write until it is served, which must be within `patience`.
fn serves(mut world: World, patience: Span) -> Result<(), String> {
    let until = world.now() + patience;
    let client = world.client_named(FRESH);
    let mut asked = None;
    loop {
        let is_over = world.next_time().is_none_or(|next| next > until);
        match asked.and_then(|place| world.operations().get(place)) {
            Some(record) if matches!(record.outcome, Outcome::Ok(_)) => match unlike(&world) {
                None => return Ok(()),
                Some(what) if is_over => return Err(what),
                Some(_) => {}
            },
            Some(_) if is_over => return Err("a fresh write was not served".into()),
            None if is_over => return Err("nobody led".into()),
            Some(record) if record.outcome == Outcome::Pending => {}
            // Not asked yet, or of a node that led no more.
            _ => {
                if let Some(leader) = world.leader() {
                    asked = Some(world.operations().len());
                    world
                        .act(fresh_write(client, leader))
                        .map_err(|error| error.to_string())?;
                }
            }
        }
        world.step();
    }
}

fn fresh_write(client: ClientId, leader: NodeId) -> Action {
    Action::Client {
        client,
        operation: Operation::Put {
            key: FRESH.into(),
            value: FRESH.into(),
        },
        node: Some(leader),
    }
}

/// Why not all members are as one, with the fresh write applied; `None` when they are.
fn unlike(world: &World) -> Option<String> {
    let servers = members(world);
    let leaders: NodeSet = servers
        .iter()
        .filter(|s| s.is_leader())
        .map(|s| s.id())
        .collect();
    if leaders.len() != 1 {
        return Some(format!("{} nodes lead: {leaders}", leaders.len()));
    }
    let lacks = |server: &&&Server| server.store().get(FRESH).is_none();
    if let Some(server) = servers.iter().find(lacks) {
        return Some(format!("{} has not applied a fresh write", server.id()));
    }
    // Logs are equal when they are as far as the shortest goes: by log matching, at its end, or from
    // the highest kept index on.
    let end = servers.iter().map(|server| server.log().last_index()).min();
    let kept = servers.iter().map(|server| server.snapshot_index()).max();
    let end = end.max(kept).unwrap_or(LogIndex::ZERO);
    let term = |server: &Server| server.log().term_at(end);
    let differs = servers.windows(2).find(|two| term(two[0]) != term(two[1]));
    differs.map(|two| {
        let (one, other) = (two[0].id(), two[1].id());
        format!("the logs of {one} and {other} differ at index {end}")
    })
}

#[cfg(test)]
mod tests {
    use super::super::property::tests::{found, names};
    use super::*;
    use crate::sim::{Config, Heal, NetworkChange};

    const PATIENCE: Span = Span::from_secs(30);

    /// Five nodes that have run for so many seconds.
    fn after(seconds: u64) -> World {
        let mut world = World::new(Config::default(), 1);
        let until = Time(0) + Span::from_secs(seconds);
        while world.next_time().is_some_and(|next| next <= until) {
            world.step();
        }
        world.pass_to(until);
        world
    }

    fn act(world: &mut World, action: Action) {
        world.act(action).expect("it can be done");
    }

    /// What falls at the end of a run, if the cluster has so long to serve.
    fn judged(world: &World, liveness: Liveness, patience: Span) -> Vec<&'static str> {
        let mut found = found();
        liveness.judge(world, patience, &mut found);
        names(found)
    }

    fn end(world: &World) -> Vec<&'static str> {
        judged(world, Liveness::default(), PATIENCE)
    }

    #[test]
    fn a_healthy_cluster_serves_and_is_left_as_it_was() {
        let world = after(5);
        let digest = world.digest();
        assert_eq!(serves(world.clone(), PATIENCE), Ok(()));
        assert!(end(&world).is_empty());
        assert_eq!(world.digest(), digest);
    }

    #[test]
    fn a_healed_cluster_that_does_not_serve_in_time_breaks_liveness() {
        let too_short = Span::from_millis(1);
        assert_eq!(
            judged(&after(5), Liveness::default(), too_short),
            ["liveness"]
        );
    }

    #[test]
    fn without_a_majority_nothing_is_served() {
        let mut world = after(5);
        act(&mut world, Action::Partition(Vec::new()));
        let wrong = serves(world.clone(), PATIENCE).expect_err("nobody has a majority");
        assert_eq!(wrong, "a fresh write was not served");
        act(&mut world, Action::Heal(Heal::All));
        assert_eq!(serves(world, PATIENCE), Ok(()));
    }

    #[test]
    fn without_a_leader_nothing_is_served() {
        let mut world = World::new(Config::default(), 1);
        act(&mut world, Action::Partition(Vec::new()));
        assert_eq!(serves(world, PATIENCE), Err("nobody led".into()));
    }

    #[test]
    fn every_node_must_have_the_write() {
        let mut world = after(5);
        let lead = |server: &&Server| server.is_leader();
        let follower = world.servers().iter().find(|server| !lead(server));
        let down = follower.expect("one leads, four follow").id();
        act(&mut world, Action::Crash(down));
        let wrong = serves(world, PATIENCE).expect_err("one is down");
        assert_eq!(wrong, format!("{down} has not applied a fresh write"));
    }

    #[test]
    fn faults_and_slowness_are_no_matter_of_liveness() {
        let mut cut = after(5);
        act(&mut cut, Action::Partition(Vec::new()));
        assert!(end(&cut).is_empty());
        let mut slow = after(5);
        let latency = Some(crate::sim::SpanRange::from_millis(400, 500));
        let change = NetworkChange {
            latency,
            ..NetworkChange::default()
        };
        act(&mut slow, Action::Network(change));
        assert!(end(&slow).is_empty());
    }

    #[test]
    fn a_run_that_ends_soon_after_a_fault_is_not_judged() {
        let mut world = after(5);
        let mut liveness = Liveness::default();
        act(&mut world, Action::Partition(Vec::new()));
        act(&mut world, Action::Heal(Heal::All));
        for happening in world.happenings() {
            liveness.look(&world, happening);
        }
        assert_eq!(liveness.last_fault, world.now());
        assert!(judged(&world, liveness, Span::ZERO).is_empty());
    }
}
