//! A crash at every point of a run with slow disks: after each single event, each node crashes, before
//! and after its writes are durable, and starts again; what comes of it is watched to the end.

use std::sync::Arc;

use flotilla::check::Monitor;
use flotilla::raft::{NodeId, NodeSet, Rule, Time};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{Action, Happening, Heal, World};

/// Where the scripted part ends: an election, writes, a leader that is cut off, another election.
const SCRIPT_MS: u64 = 1_400;
/// How long a branch runs after the crash.
const BRANCH_MS: u64 = 12_000;
/// How long a crashed node is down.
const DOWN_MS: [u64; 2] = [0, 400];

fn script(lose_unsynced: bool, snapshot_after: u64) -> Run {
    // Only who has left entries behind sends a snapshot; so the cluster goes on without the old leader.
    let new_leader = if snapshot_after > 0 {
        r#", node = "S2""#
    } else {
        ""
    };
    let text = format!(
        r#"
        title = "a short run with slow disks"
        nodes = 3
        until = "{SCRIPT_MS}ms"
        [raft]
        snapshot_after = {snapshot_after}
        [disk]
        sync = "5ms..15ms"
        lose_unsynced = {lose_unsynced}
        [[step]]
        timeout = "S1"
        [[step]]
        at = "150ms"
        put = {{ key = "x", value = "1" }}
        [[step]]
        at = "300ms"
        isolate = "S1"
        [[step]]
        put = {{ key = "x", value = "2", client = "c2", node = "S1" }}
        [[step]]
        at = "400ms"
        timeout = "S2"
        [[step]]
        at = "600ms"
        put = {{ key = "x", value = "3", client = "c3"{new_leader} }}
        [[step]]
        at = "900ms"
        heal = true
        "#
    );
    let scenario = parse(&text).expect("it is a scenario");
    Run::new(Arc::new(scenario), 1)
}

/// Takes events to `until`, watched.
fn run_to(world: &mut World, monitor: &mut Monitor, until: Time) {
    while world.next_time().is_some_and(|next| next <= until) {
        world.step();
        monitor.observe(world);
    }
    world.pass_to(until);
}

fn act(world: &mut World, monitor: &mut Monitor, action: Action) {
    if world.act(action).is_ok() {
        monitor.observe(world);
    }
}

/// The other future, in which a node crashes now.
fn branch(run: &Run, node: NodeId, down_ms: u64) -> Result<(), String> {
    let (mut world, mut monitor) = (run.world().clone(), run.monitor().clone());
    let crashed = world.now();
    act(&mut world, &mut monitor, Action::Crash(node));
    let back = Time(crashed.0 + down_ms * 1_000);
    run_to(&mut world, &mut monitor, back);
    act(&mut world, &mut monitor, Action::Restart(node));
    act(&mut world, &mut monitor, Action::Heal(Heal::All));
    run_to(
        &mut world,
        &mut monitor,
        Time(crashed.0 + BRANCH_MS * 1_000),
    );
    monitor.end(&world);
    match monitor.violations().first() {
        None => Ok(()),
        Some(first) => Err(format!(
            "{node} crashes at {crashed} for {down_ms} ms: {first:?}"
        )),
    }
}

fn every_branch(lose_unsynced: bool, snapshot_after: u64) -> u64 {
    let mut run = script(lose_unsynced, snapshot_after);
    let end = Time(SCRIPT_MS * 1_000);
    let mut branches = 0;
    loop {
        match run.advance(end) {
            Advance::Idle => return branches,
            Advance::Script => {}
            Advance::Event => {
                for node in NodeSet::first(3).iter() {
                    for down_ms in DOWN_MS {
                        branch(&run, node, down_ms).expect("nothing falls");
                        branches += 1;
                    }
                }
            }
        }
    }
}

#[test]
fn a_crash_at_every_point_of_a_write_breaks_nothing() {
    let branches = every_branch(true, 0) + every_branch(false, 0);
    assert!(branches > 1_000, "{branches} branches");
}

/// The node that was cut off gets the log as a snapshot, in the place of what it has alone.
#[test]
fn a_crash_at_every_point_of_a_snapshot_that_is_taken_or_installed_breaks_nothing() {
    let mut run = script(true, 2);
    let mut installed = NodeSet::EMPTY;
    while run.advance(Time(SCRIPT_MS * 1_000)) != Advance::Idle {
        for happening in run.world().happenings() {
            if let Happening::Rule(node, Rule::InstallSnapshot { .. }) = happening {
                installed.insert(*node);
            }
        }
    }
    assert_eq!(installed, NodeSet::first(1));
    let branches = every_branch(true, 2) + every_branch(false, 2);
    assert!(branches > 1_000, "{branches} branches");
}
