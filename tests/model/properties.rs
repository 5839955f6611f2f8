//! What must hold in every state, and what must be possible at all.

use flotilla::raft::{LogIndex, Node, Payload, Term};
use stateright::Property;

use crate::cluster::{Cluster, State};
use crate::server::Command;

/// The properties of the paper's Figure 3 that can be told from a state, and, so that nothing holds
/// for want of anything happening, what the bounds must leave room for.
pub fn of(cluster: &Cluster) -> Vec<Property<Cluster>> {
    let bounds = cluster.bounds;
    let mut properties = vec![
        Property::always("election-safety", |_, state| election_safety(state)),
        Property::always("log-matching", |_, state| log_matching(state)),
        Property::always("leader-completeness", |_, state| leader_completeness(state)),
        Property::always("state-machine-safety", |_, state| {
            state_machine_safety(state)
        }),
        Property::sometimes("a leader commits its no-op", |_, state: &State| {
            !state.history.committed.is_empty()
        }),
    ];
    if bounds.terms >= 2 {
        let elected = |_: &Cluster, state: &State| leads_in(state, Term(2));
        properties.push(Property::sometimes(
            "a leader is elected in term 2",
            elected,
        ));
    }
    if bounds.proposals >= 2 {
        let committed = |_: &Cluster, state: &State| commands(state) == 2;
        properties.push(Property::sometimes("two commands are committed", committed));
    }
    if bounds.restarts >= 1 {
        let caught_up = |_: &Cluster, state: &State| a_restarted_node_has_caught_up(state);
        properties.push(Property::sometimes(
            "a restarted node catches up",
            caught_up,
        ));
    }
    properties
}

/// At most one leader ever in a term.
fn election_safety(state: &State) -> bool {
    state
        .history
        .leaders
        .iter()
        .all(|leaders| leaders.len() <= 1)
}

/// If two logs have an entry of the same index and term, they are equal up to there.
fn log_matching(state: &State) -> bool {
    let mut nodes = state.nodes();
    while let Some(a) = nodes.next() {
        if !nodes.clone().all(|b| logs_match(a, b)) {
            return false;
        }
    }
    true
}

fn logs_match(a: &Node<Command>, b: &Node<Command>) -> bool {
    let (a, b) = (a.log(), b.log());
    let mut shared = a.last_index().min(b.last_index());
    while shared > LogIndex::ZERO && a.term_at(shared) != b.term_at(shared) {
        shared = shared.previous();
    }
    (1..=shared.0).all(|index| a.get(LogIndex(index)) == b.get(LogIndex(index)))
}

/// An entry committed in a term is in the log of every leader of a later term.
fn leader_completeness(state: &State) -> bool {
    let leaders = state.nodes().filter(|node| node.is_leader());
    leaders.clone().all(|leader| {
        (1..)
            .zip(&state.history.committed)
            .all(|(index, (entry, term))| {
                *term >= leader.current_term() || leader.log().get(LogIndex(index)) == Some(entry)
            })
    })
}

/// No two nodes ever apply different entries at an index: each has applied what was committed first.
fn state_machine_safety(state: &State) -> bool {
    state.nodes().all(|node| {
        let applied = (1..=node.last_applied().0).zip(&state.history.committed);
        applied
            .into_iter()
            .all(|(index, (entry, _))| node.log().get(LogIndex(index)) == Some(entry))
    })
}

fn leads_in(state: &State, term: Term) -> bool {
    state
        .nodes()
        .any(|node| node.is_leader() && node.current_term() == term)
}

/// How many commands are committed.
fn commands(state: &State) -> usize {
    let entries = state.history.committed.iter();
    entries
        .filter(|(entry, _)| matches!(entry.payload, Payload::Command(_)))
        .count()
}

fn a_restarted_node_has_caught_up(state: &State) -> bool {
    let committed = state.history.committed.len() as u64;
    state.servers.iter().any(|server| {
        server.restarts() > 0 && committed > 0 && server.node().last_applied().0 == committed
    })
}
