//! What differs between two worlds.

use std::sync::Arc;

use crate::raft::{LogIndex, NodeId};
use crate::sim::{OperationRecord, Server, World};

/// The most keys told of one node, and the most operations.
const TOLD_MAX: usize = 50;
/// How many operations are looked at, from the newest: those before are over.
const OPERATIONS_MAX: usize = 500;

/// Two of something.
pub type Pair<T> = [T; 2];

/// What differs between two worlds.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Differences {
    /// Who leads, when it is not the same.
    pub leader: Option<Pair<Option<NodeId>>>,
    /// The nodes in which something differs, in order of their numbers.
    pub nodes: Vec<NodeDifferences>,
    /// The numbers of operations that were not the same or did not come out the same, the newest
    /// first, at most 50.
    pub operations: Vec<u64>,
}

impl Differences {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What differs in one node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeDifferences {
    /// Which.
    pub id: NodeId,
    /// Whether it is there in the one and not in the other.
    pub only_in_one: bool,
    /// Whether it is not the same: leader, down, …
    pub role: bool,
    /// Whether its term differs.
    pub term: bool,
    /// Whether its commit index differs.
    pub commit: bool,
    /// The first index at which the logs have not the same entry.
    pub log: Option<LogIndex>,
    /// The keys that have not the same value, in order, at most 50.
    pub keys: Vec<Arc<str>>,
}

impl NodeDifferences {
    fn any(&self) -> bool {
        let simple = self.only_in_one || self.role || self.term || self.commit;
        simple || self.log.is_some() || !self.keys.is_empty()
    }
}

/// What differs between two worlds.
pub fn differences(one: &World, other: &World) -> Differences {
    let leaders = [one.leader(), other.leader()];
    let all = one.servers().iter().chain(other.servers());
    let ids: crate::raft::NodeSet = all.map(Server::id).collect();
    Differences {
        leader: (leaders[0] != leaders[1]).then_some(leaders),
        nodes: (ids.iter())
            .map(|id| node(id, one.server(id), other.server(id)))
            .filter(NodeDifferences::any)
            .collect(),
        operations: operations(one, other),
    }
}

fn node(id: NodeId, one: Option<&Server>, other: Option<&Server>) -> NodeDifferences {
    let mut found = NodeDifferences {
        id,
        only_in_one: true,
        role: false,
        term: false,
        commit: false,
        log: None,
        keys: Vec::new(),
    };
    if let (Some(one), Some(other)) = (one, other) {
        found.only_in_one = false;
        found.role = role(one) != role(other);
        found.term = one.hard_state().current_term != other.hard_state().current_term;
        found.commit = one.commit_index() != other.commit_index();
        found.log = log(one, other);
        found.keys = keys(one, other);
    }
    found
}

/// What a node is: whether it is up, paused, and its role in the core.
fn role(server: &Server) -> Option<(bool, std::mem::Discriminant<crate::raft::Role>)> {
    let node = server.node()?;
    Some((server.is_paused(), std::mem::discriminant(node.role())))
}

/// What a compacted log has no more is not compared.
fn log(one: &Server, other: &Server) -> Option<LogIndex> {
    let (one, other) = (one.log(), other.log());
    let first = one.first_index().max(other.first_index());
    // Branches share what was before they parted, however long that is.
    let first = first.max(one.shared_with(other).next());
    let mut pairs = (one.iter_from(first)).zip(other.iter_from(first));
    let conflict = pairs.find(|((_, a), (_, b))| a != b);
    let shorter = one.last_index().min(other.last_index());
    match conflict {
        Some(((index, _), _)) => Some(index),
        None => (one.last_index() != other.last_index()).then(|| shorter.next()),
    }
}

fn keys(one: &Server, other: &Server) -> Vec<Arc<str>> {
    let [mut a, mut b] = [one, other].map(|server| server.store().iter().peekable());
    let mut found = Vec::new();
    while found.len() < TOLD_MAX {
        match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some((key, _)), None) => {
                found.push(Arc::clone(key));
                a.next();
            }
            (None, Some((key, _))) => {
                found.push(Arc::clone(key));
                b.next();
            }
            (Some((key, value)), Some((key_b, value_b))) => match key.cmp(key_b) {
                std::cmp::Ordering::Less => {
                    found.push(Arc::clone(key));
                    a.next();
                }
                std::cmp::Ordering::Greater => {
                    found.push(Arc::clone(key_b));
                    b.next();
                }
                std::cmp::Ordering::Equal => {
                    if value != value_b {
                        found.push(Arc::clone(key));
                    }
                    a.next();
                    b.next();
                }
            },
        }
    }
    found
}

fn operations(one: &World, other: &World) -> Vec<u64> {
    let (one, other) = (one.operations(), other.operations());
    let most = one.len().max(other.len());
    let places = (0..most).rev().take(OPERATIONS_MAX);
    let told = |record: &OperationRecord| {
        let OperationRecord {
            client,
            operation,
            outcome,
            ..
        } = record;
        (*client, operation.clone(), outcome.clone())
    };
    let differs = |&place: &usize| one.get(place).map(told) != other.get(place).map(told);
    let numbers = places.filter(differs).map(|place| place as u64 + 1);
    numbers.take(TOLD_MAX).collect()
}
