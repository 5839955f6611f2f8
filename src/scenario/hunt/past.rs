//! What a cluster has been through before its schedule begins: terms in which leaders came and went,
//! and left logs that differ.
//!
//! Only what Raft may leave behind is drawn: a leader is one that a majority could have elected, and
//! whoever has an entry of it has what comes before it, too (§5.3, §5.4.1).

use crate::raft::{LogIndex, NodeId, Term};
use crate::sim::{ClockRate, StartState, Stream};

use super::setting::{percent, pick};

/// The most terms.
const TERMS_MAX: u64 = 4;
/// The most entries that a leader appends.
const ENTRIES_MAX: u64 = 3;

/// What so many nodes are left with. Each has seen the last of the terms, so that nobody can be
/// elected in it again; its vote in it does not matter any more.
pub(super) fn states(random: &mut Stream, nodes: usize) -> Vec<StartState> {
    let mut past = vec![Node::default(); nodes];
    let last = Term(1 + random.below(TERMS_MAX));
    for term in 1..=last.0 {
        let leader = random.below(nodes as u64) as usize;
        if is_electable(&past, leader) {
            lead(random, &mut past, leader, Term(term));
        }
    }
    let states = past
        .into_iter()
        .enumerate()
        .map(|(place, node)| StartState {
            id: NodeId::from_index(place),
            term: last,
            voted_for: None,
            log: node.log,
            commit: LogIndex(node.commit as u64),
            clock: ClockRate::TRUE,
            down: percent(random, 15),
        });
    states.collect()
}

/// What a node has.
#[derive(Clone, Default)]
struct Node {
    log: Vec<Term>,
    /// How many of its entries it knows to be committed.
    commit: usize,
}

impl Node {
    /// Its last entry, as far as votes go: of two logs the greater is more up-to-date (§5.4.1).
    fn last(&self) -> (Option<&Term>, usize) {
        (self.log.last(), self.log.len())
    }

    /// How many entries are the same in both logs, from the first.
    fn same(&self, other: &Self) -> usize {
        let pairs = self.log.iter().zip(&other.log);
        pairs.take_while(|(a, b)| a == b).count()
    }

    /// Takes the leader's entries up to the `length`th: what conflicts goes, with all that follows it.
    fn follow(&mut self, leader: &Self, length: usize) {
        let same = self.same(leader);
        if length > same {
            self.log.truncate(same);
            self.log.extend(&leader.log[same..length]);
        }
    }
}

fn is_majority(count: usize, of: usize) -> bool {
    count > of / 2
}

fn is_electable(nodes: &[Node], candidate: usize) -> bool {
    let grant = |node: &&Node| node.last() <= nodes[candidate].last();
    is_majority(nodes.iter().filter(grant).count(), nodes.len())
}

/// A node leads that term: it appends some entries, and some of the others get some of them.
fn lead(random: &mut Stream, nodes: &mut [Node], leader: usize, term: Term) {
    let begin = nodes[leader].log.len();
    for _ in 0..=random.below(ENTRIES_MAX) {
        nodes[leader].log.push(term);
    }
    let led = nodes[leader].clone();
    let reached = pick(random, &[0, 20, 50, 80]);
    for node in nodes.iter_mut() {
        if percent(random, reached) {
            node.follow(&led, random.below(led.log.len() as u64 + 1) as usize);
        }
    }
    // "Only log entries from the leader's current term are committed by counting replicas" (§5.4.2).
    let has = |length: &usize| {
        let having = nodes.iter().filter(|node| node.same(&led) >= *length);
        is_majority(having.count(), nodes.len())
    };
    let committed = (begin + 1..=led.log.len()).rev().find(has);
    let Some(committed) = committed.filter(|_| percent(random, 50)) else {
        return;
    };
    nodes[leader].commit = committed;
    for node in nodes.iter_mut() {
        if percent(random, 50) {
            node.commit = node.commit.max(committed.min(node.same(&led)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_is_in_every_log_that_can_be_elected() {
        for seed in 0..2_000 {
            let nodes = 3 + seed as usize % 3;
            let states = states(&mut Stream::new(seed, "past", 0), nodes);
            let node = |state: &StartState| Node {
                log: state.log.clone(),
                commit: state.commit.0 as usize,
            };
            let nodes: Vec<_> = states.iter().map(node).collect();
            for candidate in (0..nodes.len()).filter(|&place| is_electable(&nodes, place)) {
                for node in &nodes {
                    assert!(node.same(&nodes[candidate]) >= node.commit, "seed {seed}");
                }
            }
        }
    }
}
