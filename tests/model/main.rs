//! Every state that three nodes can reach within some bounds, looked at by a model checker: the nodes
//! are the core itself, and whatever can happen happens, in every order.
//!
//! `cargo test --release --test model`; each check says how many states it has seen.

mod cluster;
mod properties;
mod server;

use std::io::Write;
use std::time::Instant;

use flotilla::raft::{Mutant, Policy};
use stateright::{Checker, HasDiscoveries, Model};

use crate::cluster::{Bounds, Cluster, Network};
use crate::server::Disk;

/// Somebody may campaign, once; nothing else happens.
const ONE_ELECTION: Bounds = Bounds {
    terms: 1,
    proposals: 0,
    heartbeats: 0,
    restarts: 0,
    window: 1,
    network: Network::Anything,
    disk: Disk::Immediate,
    pre_vote: false,
    check_quorum: false,
    policy: Policy::CORRECT,
};

/// Looks at every state, and says how many there were.
fn check(bounds: Bounds) {
    let start = Instant::now();
    let checker = Cluster { bounds }.checker().threads(2).spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    let seconds = start.elapsed().as_secs_f64();
    report(&format!(
        "{states} states, {depth} steps deep, in {seconds:.1} s: {bounds:?}\n"
    ));
    checker.assert_properties();
}

/// Says it also when what tests print is captured.
fn report(line: &str) {
    // If it cannot be written, nobody is there to read it.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

#[test]
fn elections_in_two_terms_with_a_crash() {
    check(Bounds {
        terms: 2,
        restarts: 1,
        ..ONE_ELECTION
    });
}

#[test]
fn a_leader_with_two_commands_pipelined_over_the_worst_of_networks() {
    check(Bounds {
        proposals: 2,
        window: 2,
        ..ONE_ELECTION
    });
}

#[test]
fn a_leader_with_a_command_a_heartbeat_and_a_crash() {
    check(Bounds {
        proposals: 1,
        heartbeats: 1,
        restarts: 1,
        ..ONE_ELECTION
    });
}

#[test]
fn a_leader_with_a_command_and_a_crash_on_slow_disks() {
    check(Bounds {
        proposals: 1,
        restarts: 1,
        network: Network::Once(2),
        disk: Disk::Slow,
        ..ONE_ELECTION
    });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "long when it is not optimised")]
fn elections_in_two_terms_with_a_crash_pre_vote_and_check_quorum() {
    check(Bounds {
        terms: 2,
        restarts: 1,
        network: Network::Once(2),
        pre_vote: true,
        check_quorum: true,
        ..ONE_ELECTION
    });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "long when it is not optimised")]
fn elections_in_two_terms_with_two_commands_and_a_crash() {
    check(Bounds {
        terms: 2,
        proposals: 2,
        restarts: 1,
        network: Network::Once(3),
        ..ONE_ELECTION
    });
}

/// The checker can fail: with a wrong rule it finds the property that falls.
#[test]
fn wrong_rules_are_found() {
    let two_terms = Bounds {
        terms: 2,
        ..ONE_ELECTION
    };
    let a_crash = Bounds {
        restarts: 1,
        ..ONE_ELECTION
    };
    for (mutant, bounds, property) in [
        (
            Mutant::VoteWithoutLogCheck,
            two_terms,
            "leader-completeness",
        ),
        (Mutant::CountStaleVotes, two_terms, "election-safety"),
        (Mutant::ApplyBeforeCommit, two_terms, "state-machine-safety"),
        (Mutant::ForgetVote, a_crash, "election-safety"),
        (Mutant::ForgetTerm, a_crash, "election-safety"),
    ] {
        finds(mutant, bounds, property);
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "long when it is not optimised")]
fn an_acknowledgement_before_the_disk_is_done_is_found() {
    let bounds = Bounds {
        terms: 2,
        restarts: 1,
        network: Network::Once(2),
        disk: Disk::Slow,
        ..ONE_ELECTION
    };
    finds(Mutant::AckBeforeFsync, bounds, "leader-completeness");
}

fn finds(mutant: Mutant, bounds: Bounds, property: &'static str) {
    let policy = Policy::from_iter([mutant]);
    let checker = Cluster {
        bounds: Bounds { policy, ..bounds },
    };
    let enough = HasDiscoveries::AnyOf([property].into());
    let found = (checker.checker().threads(2).finish_when(enough))
        .spawn_bfs()
        .join();
    let Some(path) = found.discovery(property) else {
        panic!("{mutant} breaks {property}, and it was not seen");
    };
    let steps = path.into_actions().len();
    report(&format!("{mutant} breaks {property} in {steps} steps\n"));
}
