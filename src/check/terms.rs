//! Terms, votes and leaders.

use rpds::RedBlackTreeMapSync;

use crate::raft::{HardState, NodeId, Term};
use crate::sim::World;

use super::per_node::PerNode;
use super::property::{Found, Property};

/// Who ever led each term, and what each node has promised.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    leaders: RedBlackTreeMapSync<Term, NodeId>,
    nodes: PerNode<Promised>,
}

#[derive(Clone, Copy, Default, Debug)]
struct Promised {
    /// As it is in memory, within this life.
    current: HardState,
    /// As its disk has had it: what may have been told to others. A vote stays given in its term,
    /// though the node may have forgotten it.
    durable: HardState,
}

impl Terms {
    pub(super) fn new(world: &World) -> Self {
        let mut nodes = PerNode::<Promised>::new(world.servers().len());
        for server in world.servers() {
            let hard_state = server.hard_state();
            *nodes.get_mut(server.id()) = Promised {
                current: hard_state,
                durable: hard_state,
            };
        }
        Self {
            leaders: RedBlackTreeMapSync::new_sync(),
            nodes,
        }
    }

    pub(super) fn elected(&mut self, node: NodeId, term: Term, found: &mut Found) {
        match self.leaders.get(&term) {
            Some(&leader) if leader != node => found.violation(
                Property::ElectionSafety,
                format!("{node} became leader of term {term}, which {leader} had led"),
            ),
            Some(_) => {}
            None => self.leaders.insert_mut(term, node),
        }
    }

    /// A node handed term and vote to its disk.
    pub(super) fn wrote(&mut self, node: NodeId, new: HardState, found: &mut Found) {
        let promised = self.nodes.get_mut(node);
        check_term(node, promised.current.current_term, new.current_term, found);
        promised.current = new;
    }

    /// Term and vote are durable: from now on others may know them.
    pub(super) fn durable(&mut self, node: NodeId, new: HardState, found: &mut Found) {
        let old = self.nodes.get_mut(node).durable;
        check_term(node, old.current_term, new.current_term, found);
        let before = old
            .voted_for
            .filter(|_| new.current_term == old.current_term);
        if let (Some(before), Some(now)) = (before, new.voted_for)
            && before != now
        {
            found.violation(
                Property::OneVotePerTerm,
                format!(
                    "{node} voted for {before} in term {}, and now votes for {now} in it",
                    old.current_term
                ),
            );
        }
        self.nodes.get_mut(node).durable = HardState {
            voted_for: new.voted_for.or(before),
            ..new
        };
    }

    /// What a crash has made durable counts; what it has lost is forgiven, for nobody knew.
    pub(super) fn crashed(&mut self, world: &World, node: NodeId, found: &mut Found) {
        if let Some(server) = world.server(node) {
            let left = server.hard_state();
            self.durable(node, left, found);
            self.nodes.get_mut(node).current = left;
        }
    }

    pub(super) fn restarted(&mut self, world: &World, node: NodeId, found: &mut Found) {
        if let Some(server) = world.server(node) {
            let new = server.hard_state();
            self.durable(node, new, found);
            self.nodes.get_mut(node).current = new;
        }
    }
}

fn check_term(node: NodeId, old: Term, new: Term, found: &mut Found) {
    if new < old {
        found.violation(
            Property::TermMonotonic,
            format!("{node} was in term {old} and is now in term {new}"),
        );
    }
}
