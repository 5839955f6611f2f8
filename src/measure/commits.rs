//! Entries on their way to commitment, and how long it took.

use std::collections::VecDeque;

use crate::raft::{LogIndex, NodeId, Rule, Span, Term, Time};
use crate::sim::World;

/// So many entries are kept at the most that are not committed: of the last ones it is known when a
/// leader appended them.
const KEPT_MAX: usize = 4_096;

/// An entry that a leader has appended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Appended {
    index: LogIndex,
    term: Term,
    at: Time,
}

/// What has been committed, and what has been appended to be.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Commits {
    /// What was appended after what is committed, in order of index and term.
    appended: VecDeque<Appended>,
    /// The highest index that has ever been committed.
    committed: LogIndex,
    /// How many entries have been committed.
    pub(super) entries: u64,
    /// Of how many of them it is known how long it took.
    pub(super) timed: u64,
    /// How long it took, of those committed in the last event.
    pub(super) last: Vec<Span>,
}

impl Commits {
    /// Of a world at the start of its run, in which something may be committed already.
    pub(super) fn of(world: &World) -> Self {
        let committed = world.servers().iter().map(|server| server.commit_index());
        Self {
            committed: committed.max().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// A rule fired on a node.
    pub(super) fn rule(&mut self, world: &World, node: NodeId, rule: &Rule) {
        match *rule {
            Rule::LeaderAppend { index } => self.append(world, node, index),
            // Of a cluster that is only observed, the leader may not be seen.
            Rule::LeaderCommit { new, .. } | Rule::FollowerCommit { new, .. } => {
                self.commit(world, node, new);
            }
            _ => {}
        }
    }

    fn append(&mut self, world: &World, node: NodeId, index: LogIndex) {
        let log = world.server(node).map(|server| server.log());
        let Some(term) = log.and_then(|log| log.term_at(index)) else {
            return;
        };
        if self.appended.len() == KEPT_MAX {
            self.appended.pop_front();
        }
        let at = world.now();
        let before =
            (self.appended).partition_point(|kept| (kept.index, kept.term) < (index, term));
        self.appended.insert(before, Appended { index, term, at });
    }

    fn commit(&mut self, world: &World, node: NodeId, index: LogIndex) {
        if index <= self.committed {
            return;
        }
        let log = world.server(node).map(|server| server.log());
        while let Some(appended) = self.appended.pop_front_if(|kept| kept.index <= index) {
            let is_it =
                |log: &crate::raft::Log<_>| log.term_at(appended.index) == Some(appended.term);
            if appended.index > self.committed && log.is_some_and(is_it) {
                self.timed += 1;
                self.last.push(world.now().since(appended.at));
            }
        }
        self.entries += index.0 - self.committed.0;
        self.committed = index;
    }
}
