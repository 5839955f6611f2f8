//! Why an entry is committed, or what that waits for, or where it has gone.

use crate::kv::SharedCommand;
use crate::raft::{LogIndex, NextCommit, Node, NodeId, NodeSet, Term};
use crate::sim::{Server, World};

use super::count::Count;
use super::elections::{LeaderWhy, leader_why, running_leader};
use super::trial;
use super::witness::{Commit, Removal, Witness};

/// An entry of a node's log, or its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryWhy {
    /// Whose log.
    pub node: NodeId,
    /// Where.
    pub index: LogIndex,
    /// The last entry that was there before and is no more.
    pub removed: Option<Removal>,
    /// How it stands with what is there now.
    pub state: EntryState,
}

/// How it stands with a place in a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryState {
    /// Nothing is there.
    Absent {
        /// The last index of the log.
        last: LogIndex,
    },
    /// The entry is in the snapshot up to that index: committed, applied and dropped (§7).
    InSnapshot {
        /// The last index that the snapshot covers.
        snapshot: LogIndex,
    },
    /// It is committed, and the node knows.
    Committed {
        /// Its term.
        term: Term,
        /// The node's commit index.
        commit_index: LogIndex,
        /// The commit that it came with first, where it was seen.
        first: Option<Commit>,
        /// Whether the node has applied it.
        applied: bool,
    },
    /// It is committed, and the node does not know.
    CommittedElsewhere {
        /// Its term.
        term: Term,
        /// Who knows.
        by: NodeId,
        /// The node's commit index; `None`: it is down.
        commit_index: Option<LogIndex>,
    },
    /// Another entry is committed there: this one will be removed.
    Superseded {
        /// Its term.
        term: Term,
        /// The term of the committed entry.
        committed: Term,
        /// Who knows.
        by: NodeId,
        /// Whether everybody who knows has dropped it: then a snapshot comes in its place (§7).
        is_dropped: bool,
    },
    /// It is not committed.
    Waits {
        /// Its term.
        term: Term,
        /// What for.
        what: Uncommitted,
    },
}

/// Why an entry is not committed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Uncommitted {
    /// Nobody leads, and only a leader commits.
    NoLeader(Box<LeaderWhy>),
    /// The leader's log has another entry there, or none: it will be removed, if that leader goes on.
    NotOnLeader {
        /// Who leads.
        leader: NodeId,
        /// Its term.
        leader_term: Term,
        /// The term of its entry there; `None`: its log does not reach so far.
        found: Option<Term>,
    },
    /// Too few voters have it, as far as the leader knows.
    TooFew {
        /// Who leads.
        leader: NodeId,
        /// Whose copies it counts.
        on: Count,
        /// What the copies that are missing wait for.
        missing: Missing,
    },
    /// Enough voters have it, but it is of an earlier term than the leader's (§5.4.2).
    OlderTerm {
        /// Who leads.
        leader: NodeId,
        /// Whose copies it counts.
        on: Count,
        /// The leader's term.
        current_term: Term,
        /// The first entry of the leader's own term, and whose copies of that it counts.
        own: Option<(LogIndex, Count)>,
    },
    /// Enough voters have it, and the leader commits it when it looks next.
    AtNextAnswer {
        /// Who leads.
        leader: NodeId,
        /// Whose copies it counts.
        on: Count,
    },
    /// It was not seen what the leader counts.
    Unseen {
        /// Who leads.
        leader: NodeId,
    },
}

/// What the copies wait for that are missing, each voter once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Missing {
    /// Whether the leader's own copy waits for its disk.
    pub own_disk: bool,
    /// Voters that are down.
    pub down: NodeSet,
    /// Voters that stand still.
    pub paused: NodeSet,
    /// Voters that run but cannot talk with the leader both ways.
    pub cut: NodeSet,
    /// Voters that can, and have not acknowledged it yet.
    pub under_way: NodeSet,
}

/// Why the entry at `index` of a node's log is or is not committed.
pub(super) fn entry_why(
    world: &World,
    witness: &Witness,
    id: NodeId,
    index: LogIndex,
) -> Option<EntryWhy> {
    let server = world.server(id)?;
    if index == LogIndex::ZERO {
        return None;
    }
    Some(EntryWhy {
        node: id,
        index,
        removed: witness.removal(id, index),
        state: state(world, witness, server, index),
    })
}

fn state(world: &World, witness: &Witness, server: &Server, index: LogIndex) -> EntryState {
    let log = server.log();
    if index <= server.snapshot_index() {
        let snapshot = server.snapshot_index();
        return EntryState::InSnapshot { snapshot };
    }
    let Some(term) = log.term_at(index) else {
        let last = log.last_index();
        return EntryState::Absent { last };
    };
    if let Some(node) = server.node()
        && index <= node.commit_index()
    {
        return EntryState::Committed {
            term,
            commit_index: node.commit_index(),
            first: witness.commit(index),
            applied: index <= node.last_applied(),
        };
    }
    if let Some((by, committed)) = committed_elsewhere(world, server.id(), index) {
        let is_dropped = committed.is_none();
        let committed = committed.or_else(|| witness.committed_term(index));
        let commit_index = server.node().map(Node::commit_index);
        return match committed {
            Some(committed) if committed != term => EntryState::Superseded {
                term,
                committed,
                by,
                is_dropped,
            },
            _ => EntryState::CommittedElsewhere {
                term,
                by,
                commit_index,
            },
        };
    }
    let what = uncommitted(world, witness, server, index, term);
    EntryState::Waits { term, what }
}

/// Who else knows that an entry there is committed, and the term of that, if it still has it: somebody
/// who has it rather than somebody whose snapshot covers it.
fn committed_elsewhere(
    world: &World,
    id: NodeId,
    index: LogIndex,
) -> Option<(NodeId, Option<Term>)> {
    let others = world.servers().iter().filter(|other| other.id() != id);
    let knowing = others.filter(|other| other.commit_index() >= index);
    knowing
        .map(|other| (other.id(), other.log().term_at(index)))
        .max_by_key(|&(other, term)| (term.is_some(), std::cmp::Reverse(other)))
}

fn uncommitted(
    world: &World,
    witness: &Witness,
    server: &Server,
    index: LogIndex,
    term: Term,
) -> Uncommitted {
    // A leader goes by its own count, also one whose term is over and who has not heard of it.
    let own = server.node().filter(|node| node.is_leader());
    let leader = own.or_else(|| running_leader(world));
    let Some(node) = leader else {
        return Uncommitted::NoLeader(Box::new(leader_why(world, witness)));
    };
    let leader = node.id();
    let found = node.log().term_at(index);
    if found != Some(term) {
        return Uncommitted::NotOnLeader {
            leader,
            leader_term: node.current_term(),
            found,
        };
    }
    if world.sight().is_some() {
        return Uncommitted::Unseen { leader };
    }
    let on = copies(node, index);
    if !on.is_quorum() {
        let missing = missing(world, leader, &on);
        return Uncommitted::TooFew {
            leader,
            on,
            missing,
        };
    }
    match node.next_commit() {
        Some(NextCommit::OnlyOwnTerm { .. }) => Uncommitted::OlderTerm {
            leader,
            on,
            current_term: node.current_term(),
            own: first_own(node).map(|own| (own, copies(node, own))),
        },
        _ => Uncommitted::AtNextAnswer { leader, on },
    }
}

/// Whose copies of an entry a leader counts.
pub(super) fn copies(node: &Node<SharedCommand>, index: LogIndex) -> Count {
    let has = |id: &NodeId| node.counted_index(*id).is_some_and(|up_to| up_to >= index);
    let configuration = *node.configuration();
    let voters = configuration.electorate();
    Count::new(voters.iter().filter(has).collect(), configuration)
}

/// The first entry of the leader's own term.
fn first_own(node: &Node<SharedCommand>) -> Option<LogIndex> {
    let last = node.log().last_index();
    (node.log().last_term() == node.current_term()).then(|| node.log().first_index_of_term_at(last))
}

fn missing(world: &World, leader: NodeId, on: &Count) -> Missing {
    let others = on.others();
    let mut missing = Missing {
        own_disk: others.contains(leader),
        down: NodeSet::EMPTY,
        paused: NodeSet::EMPTY,
        cut: NodeSet::EMPTY,
        under_way: NodeSet::EMPTY,
    };
    for id in others.iter().filter(|&id| id != leader) {
        let server = world.server(id);
        let of = match server {
            Some(server) if server.is_paused() => &mut missing.paused,
            Some(server) if !server.is_up() => &mut missing.down,
            None => &mut missing.down,
            Some(_) if !trial::reaches(world, leader, id) => &mut missing.cut,
            Some(_) => &mut missing.under_way,
        };
        of.insert(id);
    }
    missing
}
