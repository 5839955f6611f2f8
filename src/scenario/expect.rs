//! Whether what a scenario expects is so.

use std::fmt::Display;

use crate::check::{Linearizability, Monitor};
use crate::raft::{NodeId, NodeSet, Role, Term};
use crate::sim::{Server, World};

use super::resolve::several;
use super::script::{ExpectedLeader, ExpectedRole, Fact, Item, OpCounts, PerNode};

/// Checks a fact.
///
/// # Errors
/// What was expected and what was found.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub(super) fn check(fact: &Fact, world: &World, monitor: &Monitor) -> Result<(), String> {
    match fact {
        Fact::Leader(expected) => leader(*expected, world),
        Fact::Roles(roles) => each(world, roles, |server, expected| {
            same(server, "to be", expected.name(), role(server).name())
        }),
        Fact::Term(terms) => each(world, terms, |server, expected| {
            same(
                server,
                "in term",
                expected,
                &server.hard_state().current_term,
            )
        }),
        Fact::Commit(commits) => each(world, commits, |server, expected| {
            same(
                server,
                "to have commit index",
                expected,
                &server.commit_index(),
            )
        }),
        Fact::VotedFor(votes) => each(world, votes, |server, expected| {
            let found = server.hard_state().voted_for;
            same(server, "to have voted for", &name(*expected), &name(found))
        }),
        Fact::Log(logs) => each(world, logs, |server, expected| {
            let found = log_terms(server);
            let wrong = || {
                format!(
                    "expected the log of {} to be {}, found {}",
                    server.id(),
                    list(expected),
                    list(&found)
                )
            };
            (found == *expected).then_some(()).ok_or_else(wrong)
        }),
        Fact::Snapshot(indices) => each(world, indices, |server, expected| {
            same(
                server,
                "to have a snapshot up to index",
                expected,
                &server.snapshot_index(),
            )
        }),
        Fact::Value(values) => each(world, values, |server, pairs| {
            pairs.iter().try_for_each(|(key, expected)| {
                let found = server
                    .store()
                    .get(key)
                    .map(|value| &**value)
                    .unwrap_or_default();
                same(
                    server,
                    &format!("to have {key} ="),
                    &quoted(expected),
                    &quoted(found),
                )
            })
        }),
        Fact::Read { client, is } => read(world, *client, is),
        Fact::Ops(counts) => operations(*counts, world),
        Fact::Agree => agree(world),
        Fact::Members(expected) => members(*expected, world),
        Fact::Safe => match monitor.violations().first() {
            None => Ok(()),
            Some(first) => Err(format!(
                "expected no violation, found {} at {}: {}",
                first.property, first.at, first.detail
            )),
        },
        Fact::Linearizable(expected) => linearizable(*expected, monitor),
        Fact::Violates(property) => {
            let violated = monitor
                .violations()
                .iter()
                .any(|v| v.property.name() == *property);
            violated
                .then_some(())
                .ok_or_else(|| format!("expected {property} to be violated, and it is not"))
        }
    }
}

/// Whether all of it is so. What means reading logs is asked last: what is awaited is
/// asked after every event.
pub(super) fn all_hold(items: &[Item], world: &World, monitor: &Monitor) -> bool {
    let holds = |item: &Item| check(&item.fact, world, monitor).is_ok();
    let reads_much = |item: &&Item| matches!(item.fact, Fact::Agree);
    items.iter().filter(|item| !reads_much(item)).all(holds)
        && items.iter().filter(reads_much).all(holds)
}

/// What a node is, as scenarios say it.
pub(super) fn role(server: &Server) -> ExpectedRole {
    match server.node().map(|node| node.role()) {
        None => ExpectedRole::Down,
        Some(_) if server.is_paused() => ExpectedRole::Paused,
        Some(Role::Follower) if is_learner(server) => ExpectedRole::Learner,
        Some(Role::Follower) => ExpectedRole::Follower,
        Some(Role::PreCandidate { .. }) => ExpectedRole::PreCandidate,
        Some(Role::Candidate { .. }) => ExpectedRole::Candidate,
        Some(Role::Leader(_)) => ExpectedRole::Leader,
    }
}

/// Whether it goes by a configuration in which it is a learner, or knows of none yet.
fn is_learner(server: &Server) -> bool {
    server.node().is_some_and(|node| {
        let configuration = node.configuration();
        configuration.learners().contains(server.id()) || configuration.members().is_empty()
    })
}

/// The terms of a node's entries, from the first kept.
pub(super) fn log_terms(server: &Server) -> Vec<Term> {
    let log = server.log();
    let entries = log.iter_from(log.first_index());
    entries.map(|(_, entry)| entry.term).collect()
}

fn leader(expected: ExpectedLeader, world: &World) -> Result<(), String> {
    let found = world.leader();
    let holds = match expected {
        ExpectedLeader::Node(id) => found == Some(id),
        ExpectedLeader::Some => found.is_some(),
        ExpectedLeader::None => found.is_none(),
    };
    let expected = match expected {
        ExpectedLeader::Node(id) => format!("leader {id}"),
        ExpectedLeader::Some => "a leader".into(),
        ExpectedLeader::None => "no leader".into(),
    };
    holds
        .then_some(())
        .ok_or_else(|| format!("expected {expected}, found {}", name(found)))
}

fn read(world: &World, client: crate::kv::ClientId, expected: &str) -> Result<(), String> {
    let client = world.client(client);
    let name = client.map_or("?", |client| client.name());
    match client.and_then(|client| client.last_read()) {
        None => Err(format!(
            "expected the last read of {name} to answer {}, and none has been answered",
            quoted(expected)
        )),
        Some(found) if found.as_deref().unwrap_or_default() == expected => Ok(()),
        Some(found) => Err(format!(
            "expected the last read of {name} to answer {}, found {}",
            quoted(expected),
            quoted(found.as_deref().unwrap_or_default())
        )),
    }
}

fn linearizable(expected: bool, monitor: &Monitor) -> Result<(), String> {
    let history = match expected {
        true => "expected the client history to be linearizable",
        false => "expected the client history not to be linearizable",
    };
    match monitor.linearizability() {
        Linearizability::Holds if expected => Ok(()),
        Linearizability::Broken(_) if !expected => Ok(()),
        Linearizability::Holds => Err(format!("{history}, and it is")),
        Linearizability::Broken(broken) => {
            let (at, detail) = (broken.at, &broken.detail);
            Err(format!("{history}, and it is not since {at}: {detail}"))
        }
        Linearizability::Undecided { key, at } => {
            let key = key.escape_debug();
            Err(format!(
                "{history}, and since {at} that cannot be decided: too much was done to {key} at once"
            ))
        }
    }
}

fn operations(expected: OpCounts, world: &World) -> Result<(), String> {
    let tally = world.tally();
    let counts = [
        ("ok", expected.ok, tally.ok),
        ("failed", expected.failed, tally.failed),
        ("unknown", expected.unknown, tally.unknown),
        ("pending", expected.pending, tally.pending),
    ];
    for (word, expected, found) in counts {
        if let Some(expected) = expected
            && expected != found
        {
            return Err(format!(
                "expected {expected} operations {word}, found {found}"
            ));
        }
    }
    Ok(())
}

fn members(expected: NodeSet, world: &World) -> Result<(), String> {
    let leader = world.leader().and_then(|id| world.server(id));
    let Some(leader) = leader.and_then(|server| server.node()) else {
        return Err(format!(
            "expected the members {expected}, and no node leads"
        ));
    };
    let found = leader.configuration().electorate();
    let id = leader.id();
    (found == expected).then_some(()).ok_or_else(|| {
        format!("expected the members {expected}, found {found} in the configuration of {id}")
    })
}

/// All up members have the same log from the highest kept index on, commit index and state machine.
fn agree(world: &World) -> Result<(), String> {
    let members = world.configuration().members();
    let servers = world.servers().iter();
    let mut up = servers.filter(|server| server.is_up() && members.contains(server.id()));
    let Some(first) = up.next() else {
        return Ok(());
    };
    up.try_for_each(|other| {
        let what = difference(first, other);
        what.map_or(Ok(()), |what| {
            Err(format!(
                "expected all up nodes to agree; {} and {} differ in {what}",
                first.id(),
                other.id()
            ))
        })
    })
}

/// What two nodes differ in; the cheapest to tell first.
fn difference(one: &Server, other: &Server) -> Option<&'static str> {
    if one.commit_index() != other.commit_index() {
        return Some("their commit indices");
    }
    if one.log().last_index() != other.log().last_index()
        || one.log().last_term() != other.log().last_term()
    {
        return Some("their logs");
    }
    let from = one.log().first_index().max(other.log().first_index());
    if !one.log().iter_from(from).eq(other.log().iter_from(from)) {
        return Some("their logs");
    }
    (one.store() != other.store()).then_some("their state machines")
}

fn each<T>(
    world: &World,
    expected: &PerNode<T>,
    check: impl Fn(&Server, &T) -> Result<(), String>,
) -> Result<(), String> {
    for (selector, value) in expected {
        for id in several(selector, world)?.iter() {
            let server = world
                .server(id)
                .ok_or_else(|| format!("there is no {id}"))?;
            check(server, value)?;
        }
    }
    Ok(())
}

fn same<T: PartialEq + Display + ?Sized>(
    server: &Server,
    what: &str,
    expected: &T,
    found: &T,
) -> Result<(), String> {
    let wrong = || format!("expected {} {what} {expected}, found {found}", server.id());
    (expected == found).then_some(()).ok_or_else(wrong)
}

fn name(id: Option<NodeId>) -> String {
    id.map_or_else(|| "none".into(), |id| id.to_string())
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

fn list(terms: &[Term]) -> String {
    let terms: Vec<String> = terms.iter().map(Term::to_string).collect();
    format!("[{}]", terms.join(", "))
}
