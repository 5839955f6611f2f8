//! Logs: that they match, that leaders have what is committed, and that it stays.

use std::collections::BTreeMap;

use crate::kv::Command;
use crate::raft::{Log, LogIndex, NodeId, NodeSet, Term};
use crate::sim::{Server, World};

use super::history::{Committed, History};
use super::per_node::PerNode;
use super::property::{Found, Property};

/// What must be remembered of logs beside their history by index.
#[derive(Clone, Debug)]
pub(super) struct Logs {
    /// The logs of leaders when they were elected, in terms in which something may still be
    /// committed by a leader of an earlier one.
    elected: BTreeMap<Term, (NodeId, Log<Command>)>,
    /// How far each node knew its log to be committed before the event under way.
    commits: PerNode<LogIndex>,
}

impl Logs {
    pub(super) fn new(world: &World) -> Self {
        let mut commits = PerNode::new(world.servers().len());
        for server in world.servers() {
            *commits.get_mut(server.id()) = server.commit_index();
        }
        Self {
            elected: BTreeMap::new(),
            commits,
        }
    }

    /// The logs that the nodes start with.
    pub(super) fn start(&mut self, world: &World, history: &mut History, found: &mut Found) {
        let longest = world
            .servers()
            .iter()
            .map(|server| server.log().len())
            .max();
        for index in (1..=longest.unwrap_or(0) as u64).map(LogIndex) {
            for server in world.servers() {
                store(server, index, history, found);
            }
        }
        for server in world.servers() {
            for index in (1..=server.commit_index().0).map(LogIndex) {
                if let Some(term) = server.log().term_at(index) {
                    // Who committed it is not given; it cannot have been in an earlier term.
                    let in_term = term;
                    history.commit(server.id(), index, Committed { term, in_term }, found);
                }
            }
        }
    }

    /// A node changed its log from `first` to `last`, where it had `removed` entries from `first` on.
    pub(super) fn wrote(
        &mut self,
        world: &World,
        node: NodeId,
        (first, last): (LogIndex, LogIndex),
        removed: u64,
        history: &mut History,
        found: &mut Found,
    ) {
        let Some(server) = world.server(node) else {
            return;
        };
        if removed > 0 && server.is_leader() {
            found.violation(
                Property::LeaderAppendOnly,
                format!("{node} leads and removed {removed} entries from index {first} on"),
            );
        }
        if removed > 0 && first <= history.last_committed() {
            self.still_kept(world, first, history, found);
            if first <= *self.commits.get_mut(node) {
                found.violation(
                    Property::CommitStability,
                    format!(
                        "{node} removed entries from index {first} on, which it knew committed"
                    ),
                );
            }
        }
        for index in (first.0..=last.0).map(LogIndex) {
            store(server, index, history, found);
        }
    }

    /// A node takes entries for committed that it did not before.
    pub(super) fn committed(
        &mut self,
        world: &World,
        node: NodeId,
        old: LogIndex,
        new: LogIndex,
        history: &mut History,
        found: &mut Found,
    ) {
        let Some(server) = world.server(node) else {
            return;
        };
        *self.commits.get_mut(node) = new;
        let in_term = server.hard_state().current_term;
        let mut news = false;
        for index in (old.0 + 1..=new.0).map(LogIndex) {
            if let Some(term) = server.log().term_at(index) {
                news |= history.commit(node, index, Committed { term, in_term }, found);
            }
        }
        // By log matching, who has the last of them has them all.
        if news && let Some(term) = server.log().term_at(new) {
            for (&later, (leader, log)) in self.elected.range(in_term.next()..) {
                if log.term_at(new) != Some(term) {
                    found.violation(
                        Property::LeaderCompleteness,
                        format!(
                            "the entry of term {term} at index {new} was committed in term \
                             {in_term}, and {leader}, leader of term {later}, did not have it"
                        ),
                    );
                }
            }
            kept_by_majority(world, new, term, found);
        }
    }

    /// A node was elected: it must have whatever was committed in earlier terms.
    pub(super) fn elected(
        &mut self,
        world: &World,
        node: NodeId,
        term: Term,
        history: &History,
        found: &mut Found,
    ) {
        let Some(server) = world.server(node) else {
            return;
        };
        // By log matching, who has the last of them has them all.
        let index = history.last_committed_before(term);
        if let Some(committed) = history.committed_at(index)
            && server.log().term_at(index) != Some(committed.term)
        {
            found.violation(
                Property::LeaderCompleteness,
                format!(
                    "{node} was elected in term {term} without the entry of term {} at index \
                     {index}, committed in term {}",
                    committed.term, committed.in_term
                ),
            );
        }
        self.elected.insert(term, (node, server.log().clone()));
        let terms = world
            .servers()
            .iter()
            .map(|s| s.durable_hard_state().current_term);
        let lowest = terms.min().unwrap_or_default();
        self.elected = self.elected.split_off(&lowest.next());
    }

    /// What a crash lost must not be what a majority was counted on to keep.
    pub(super) fn crashed(
        &mut self,
        world: &World,
        node: NodeId,
        history: &History,
        found: &mut Found,
    ) {
        *self.commits.get_mut(node) = LogIndex::ZERO;
        if let Some(server) = world.server(node) {
            let lost = server.log().last_index().next();
            if lost <= history.last_committed() {
                self.still_kept(world, lost, history, found);
            }
        }
    }

    /// A wiped disk has lost everything.
    pub(super) fn wiped(&self, world: &World, history: &History, found: &mut Found) {
        self.still_kept(world, LogIndex(1), history, found);
    }

    /// The last committed entry is still kept by a majority, though one has lost all from `lost` on.
    fn still_kept(&self, world: &World, lost: LogIndex, history: &History, found: &mut Found) {
        for index in [lost, history.last_committed()] {
            if let Some(committed) = history.committed_at(index) {
                kept_by_majority(world, index, committed.term, found);
            }
        }
    }
}

/// Tells the history of the entry that a server has at `index`, if it has one.
fn store(server: &Server, index: LogIndex, history: &mut History, found: &mut Found) {
    if let Some(entry) = server.log().get(index) {
        let previous = server.log().term_at(index.previous()).unwrap_or_default();
        history.stored(server.id(), index, entry, previous, found);
    }
}

/// A majority has the committed entry on disk.
fn kept_by_majority(world: &World, index: LogIndex, term: Term, found: &mut Found) {
    let has = |server: &&Server| server.durable_term_at(index) == Some(term);
    let keepers: NodeSet = world.servers().iter().filter(has).map(Server::id).collect();
    if !world.configuration().is_quorum(keepers) {
        found.violation(
            Property::CommitStability,
            format!(
                "the committed entry of term {term} at index {index} is on the disks of {} of {} \
                 voters only: {keepers}",
                keepers.len(),
                world.configuration().voters().len()
            ),
        );
    }
}
