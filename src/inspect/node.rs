//! A node: its state as the paper's Figure 2 has it, and what is ours.

use crate::kv::SharedCommand;
use crate::raft::{NoLease, Node, NodeId, Role};
use crate::sim::{Server, World};

use super::value::{Field, Group, Name, Value};

pub(super) fn groups(world: &World, server: &Server) -> Vec<Group> {
    let mut groups = vec![persistent(server)];
    if let Some(node) = server.node() {
        groups.push(Group::new(
            Name::Volatile,
            vec![
                Field::new("commitIndex", node.commit_index()),
                Field::new("lastApplied", node.last_applied()),
            ],
        ));
        groups.extend(leader(world, node));
    }
    groups.push(role(server));
    groups.push(disk(server));
    groups.push(timers(world, server));
    groups.push(configuration(world, server));
    groups.push(snapshot(server));
    if let Some(node) = server.node() {
        groups.push(requests(node));
        groups.push(lease(node));
    }
    groups.push(machine(server));
    groups
}

fn persistent(server: &Server) -> Group {
    let (state, log) = (server.hard_state(), server.log());
    let log = vec![
        Field::new("firstIndex", log.first_index()),
        Field::new("lastIndex", log.last_index()),
        Field::new("lastTerm", log.last_term()),
    ];
    Group::new(
        Name::Persistent,
        vec![
            Field::new("currentTerm", state.current_term),
            Field::new("votedFor", state.voted_for),
            Field::new("log", log),
        ],
    )
}

/// Volatile state on leaders (Figure 2), and what else a leader knows of each.
fn leader(world: &World, node: &Node<SharedCommand>) -> Option<Group> {
    if !node.is_leader() {
        return None;
    }
    let others = world.servers().iter().map(Server::id);
    let rows: Vec<(NodeId, Vec<Field>)> = others
        .filter_map(|id| {
            let progress = node.progress(id)?;
            let mode = match (progress.snapshot(), progress.is_probing()) {
                (Some(_), _) => "snapshot",
                (None, true) => "probe",
                (None, false) => "replicate",
            };
            let fields = vec![
                Field::new("nextIndex", progress.next_index()),
                Field::new("matchIndex", progress.match_index()),
                Field::new("mode", mode),
                Field::new("inFlight", progress.inflight()),
                Field::new("ackedRound", progress.acked_round()),
                Field::new(
                    "snapshotBytes",
                    progress.snapshot().map(|(_, sent, _)| sent),
                ),
            ];
            Some((id, fields))
        })
        .collect();
    let transfer = node.transfer();
    let change = node.waiting_change();
    Some(Group::new(
        Name::Leader,
        vec![
            Field::new("progress", Value::Table(rows)),
            Field::new("heard", node.heard()),
            Field::new("transferTo", transfer.map(|(to, _)| to)),
            Field::new("transferTold", transfer.map(|(_, told)| told)),
            Field::new("changeBlockedBy", change.map(|(rule, _)| rule.name())),
            Field::new("changesBehind", change.map(|(_, behind)| behind)),
        ],
    ))
}

fn role(server: &Server) -> Group {
    let node = server.node();
    let (word, votes) = match node.map(Node::role) {
        None => ("down", None),
        Some(Role::Follower) => ("follower", None),
        Some(Role::PreCandidate { votes }) => ("pre-candidate", Some(*votes)),
        Some(Role::Candidate { votes }) => ("candidate", Some(*votes)),
        Some(Role::Leader(_)) => ("leader", None),
    };
    let needed = |node: &Node<SharedCommand>| node.configuration().majority();
    Group::new(
        Name::Role,
        vec![
            Field::new("role", word),
            Field::new("leader", node.and_then(Node::leader)),
            Field::new("votes", votes),
            Field::new("votesNeeded", votes.and(node.map(needed))),
            Field::new("paused", server.is_paused()),
            Field::new("starts", server.starts()),
        ],
    )
}

fn disk(server: &Server) -> Group {
    let durable = server.durable_hard_state();
    Group::new(
        Name::Disk,
        vec![
            Field::new("currentTerm", durable.current_term),
            Field::new("votedFor", durable.voted_for),
            Field::new("lastIndex", server.durable_index()),
            Field::new("writesUnderWay", server.writes_under_way()),
            Field::new("messagesHeld", server.node().map(Node::held_messages)),
        ],
    )
}

fn timers(world: &World, server: &Server) -> Group {
    let election = server.election_timer();
    Group::new(
        Name::Timers,
        vec![
            Field::new("electionTimerSet", election.map(|timer| timer.since)),
            Field::new("electionTimerFires", election.map(|timer| timer.fires)),
            Field::new(
                "heartbeatTimerFires",
                server.heartbeat_timer().map(|timer| timer.fires),
            ),
            Field::new("clockShows", server.clock_shows(world.now())),
            Field::new("clockRate", Value::Decimal(server.clock_rate().to_string())),
        ],
    )
}

fn configuration(world: &World, server: &Server) -> Group {
    let members = world.configuration_of(server);
    let log = server.log();
    let at = log.configuration_at(log.last_index());
    Group::new(
        Name::Configuration,
        vec![
            Field::new("members", members),
            Field::new("joint", members.is_joint()),
            Field::new("index", at.map(|(index, _)| index)),
        ],
    )
}

fn snapshot(server: &Server) -> Group {
    let snapshot = server.snapshot();
    Group::new(
        Name::Snapshot,
        vec![
            Field::new("lastIncludedIndex", snapshot.map(|of| of.last_index)),
            Field::new("lastIncludedTerm", snapshot.map(|of| of.last_term)),
            Field::new("configuration", snapshot.map(|of| of.configuration)),
            Field::new("bytes", snapshot.map(|of| of.data.len())),
        ],
    )
}

fn requests(node: &Node<SharedCommand>) -> Group {
    let waiting = node.waiting();
    Group::new(
        Name::Requests,
        vec![
            Field::new("proposals", waiting.proposals),
            Field::new("readsForOwnTerm", waiting.early_reads),
            Field::new("readsForRound", waiting.confirming_reads),
            Field::new("readsForwarded", waiting.forwarded_reads),
            Field::new("readsToApply", waiting.applying_reads),
            Field::new("round", waiting.round),
        ],
    )
}

fn lease(node: &Node<SharedCommand>) -> Group {
    let (left, lacks) = match node.lease_left() {
        None => (None, None),
        Some(Ok(left)) => (Some(left), None),
        Some(Err(why)) => (None, Some(why.name())),
    };
    let ended = match node.lease_left() {
        Some(Err(NoLease::Expired { ago })) => Some(ago),
        _ => None,
    };
    Group::new(
        Name::Lease,
        vec![
            Field::new("leaseLeft", left),
            Field::new("noLease", lacks),
            Field::new("leaseEndedAgo", ended),
            Field::new("promiseLeft", node.promise_left()),
        ],
    )
}

fn machine(server: &Server) -> Group {
    let store = server.store();
    Group::new(
        Name::Machine,
        vec![
            Field::new("keys", store.keys()),
            Field::new("sessions", store.sessions()),
        ],
    )
}
