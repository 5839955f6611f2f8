//! Logs: that they match, that leaders have what is committed, and that it stays.

use crate::kv::SharedCommand;
use crate::raft::{Configuration, Log, LogIndex, NodeId, NodeSet, Term};
use crate::sim::{Server, World};
use crate::sorted::SortedMap;

use super::history::{Committed, History};
use super::per_node::PerNode;
use super::property::{Found, Property};

/// What must be remembered of logs beside their history by index.
#[derive(Clone, Debug)]
pub(super) struct Logs {
    /// The logs of leaders when they were elected, in terms in which something may still be
    /// committed by a leader of an earlier one.
    elected: SortedMap<Term, (NodeId, Log<SharedCommand>)>,
    /// How far each node knew its log to be committed before the event under way.
    commits: PerNode<LogIndex>,
    /// The configuration that each node goes by, as far as the event under way has been looked at: a
    /// leader may commit by one and go by the next within one event.
    in_force: PerNode<Configuration>,
    /// Which configuration committed what: each from its index on, up to the next.
    committed_by: Vec<(LogIndex, Configuration)>,
}

impl Logs {
    pub(super) fn new(world: &World) -> Self {
        let mut commits = PerNode::new(world.servers().len());
        let mut in_force = PerNode::new(world.servers().len());
        for server in world.servers() {
            *commits.get_mut(server.id()) = server.commit_index();
            *in_force.get_mut(server.id()) = world.configuration_of(server);
        }
        Self {
            elected: SortedMap::new(),
            commits,
            in_force,
            committed_by: vec![(LogIndex::ZERO, world.configuration())],
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
            for (later, (leader, log)) in self.elected.from(&in_term.next()) {
                if !log.covers(new, term) {
                    found.violation(
                        Property::LeaderCompleteness,
                        format!(
                            "the entry of term {term} at index {new} was committed in term \
                             {in_term}, and {leader}, leader of term {later}, did not have it"
                        ),
                    );
                }
            }
            self.remember_who_committed(node, old.next());
            self.kept_by_quorum(world, new, term, found);
        }
    }

    /// A node committed entries from `first` on that nobody had.
    fn remember_who_committed(&mut self, node: NodeId, first: LogIndex) {
        let by = *self.in_force.get_mut(node);
        if self.committed_by.last().is_none_or(|&(_, last)| last != by) {
            self.committed_by.push((first, by));
        }
    }

    /// The configuration by which the entry at `index` was committed.
    fn committed_by(&self, index: LogIndex) -> Configuration {
        let newest_first = self.committed_by.iter().rev();
        let mut those = newest_first.filter(|(from, _)| *from <= index);
        those
            .next()
            .map_or_else(Configuration::default, |(_, by)| *by)
    }

    /// A node starts from what its disk has.
    pub(super) fn restarted(&mut self, world: &World, node: NodeId) {
        if let Some(server) = world.server(node) {
            self.goes_by(node, world.configuration_of(server));
        }
    }

    /// A node goes by a configuration that it went by before.
    pub(super) fn goes_by(&mut self, node: NodeId, configuration: Configuration) {
        *self.in_force.get_mut(node) = configuration;
    }

    /// A node goes by another configuration, which is at `index` of its log. Returns the one before.
    pub(super) fn reconfigured(
        &mut self,
        world: &World,
        node: NodeId,
        (index, configuration): (LogIndex, Configuration),
        history: &History,
        found: &mut Found,
    ) -> Configuration {
        let before = std::mem::replace(self.in_force.get_mut(node), configuration);
        let Some(server) = world.server(node) else {
            return before;
        };
        let committed = history.last_committed();
        if let Some((earlier, _)) = server.log().configuration_at(index.previous())
            && earlier > committed
        {
            found.violation(
                Property::OneConfigurationChange,
                format!(
                    "{node} has configurations at index {earlier} and at index {index}, and \
                     neither is committed"
                ),
            );
        }
        // A leader of an earlier term, which nobody follows any more, decides nothing.
        if let Some(last) = history.committed_at(committed)
            && server.is_leader()
            && server.hard_state().current_term >= last.in_term
        {
            held_by_every_quorum(world, configuration, (committed, last.term), found);
        }
        before
    }

    /// A node put a snapshot up to that entry in the place of its log, which reached to `removed`.
    pub(super) fn installed(
        &mut self,
        world: &World,
        node: NodeId,
        (index, term): (LogIndex, Term),
        removed: LogIndex,
        history: &mut History,
        found: &mut Found,
    ) {
        let Some(server) = world.server(node) else {
            return;
        };
        let in_term = server.hard_state().current_term;
        history.commit(node, index, Committed { term, in_term }, found);
        // If it has kept something, that must follow the entry.
        store(server, index.next(), history, found);
        if removed > index {
            let known = *self.commits.get_mut(node);
            if known > index {
                found.violation(
                    Property::CommitStability,
                    format!(
                        "{node} installed a snapshot up to index {index} and dropped what it knew \
                     committed up to index {known}"
                    ),
                );
            }
            if index < history.last_committed() {
                self.still_kept(world, index.next(), history, found);
            }
        }
        self.restored(node, index);
    }

    /// A node's state is that of a snapshot up to `index`, all of which is committed.
    pub(super) fn restored(&mut self, node: NodeId, index: LogIndex) {
        let known = self.commits.get_mut(node);
        *known = index.max(*known);
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
            && !server.log().covers(index, committed.term)
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
        self.elected.remove_before(&lowest.next());
    }

    /// What a crash lost must not be what a quorum was counted on to keep.
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

    /// The last committed entry is still kept by a quorum, though one has lost all from `lost` on.
    fn still_kept(&self, world: &World, lost: LogIndex, history: &History, found: &mut Found) {
        for index in [lost, history.last_committed()] {
            if let Some(committed) = history.committed_at(index) {
                self.kept_by_quorum(world, index, committed.term, found);
            }
        }
    }

    /// A quorum of the configuration by which it was committed has the entry on disk.
    fn kept_by_quorum(&self, world: &World, index: LogIndex, term: Term, found: &mut Found) {
        let configuration = self.committed_by(index);
        let keepers = keepers(world, index, term);
        if !configuration.is_quorum(keepers) {
            found.violation(
                Property::CommitStability,
                format!(
                    "the committed entry of term {term} at index {index} is on the disks of {} \
                     nodes only ({keepers}), which is no quorum of the voters {configuration}",
                    keepers.len()
                ),
            );
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

/// Who has the entry on disk, itself or a snapshot in its place.
fn keepers(world: &World, index: LogIndex, term: Term) -> NodeSet {
    let has = |server: &&Server| server.keeps(index, term);
    world.servers().iter().filter(has).map(Server::id).collect()
}

/// Every quorum of a configuration that a leader goes by has the committed entry.
fn held_by_every_quorum(
    world: &World,
    configuration: Configuration,
    (index, term): (LogIndex, Term),
    found: &mut Found,
) {
    let members = configuration.members();
    let others = members.difference(keepers(world, index, term));
    if configuration.is_quorum(others) {
        found.violation(
            Property::CommitStability,
            format!(
                "the committed entry of term {term} at index {index} is on the disk of no node of \
                 a quorum of the voters {configuration}: {others}"
            ),
        );
    }
}
