//! Terms, votes and leaders.

use rpds::RedBlackTreeMapSync;

use crate::raft::{HardState, NodeId, Term};
use crate::sim::{MessageHead, Says, World};

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
    /// The latest term that its disk has had or that it has told others.
    term: Term,
    /// Its vote in the latest term in which it gave one, as its disk has had it or as it has told
    /// others. It stays given, though the node may forget it.
    vote: Option<(Term, NodeId)>,
}

impl Terms {
    pub(super) fn new(world: &World) -> Self {
        let mut nodes = PerNode::<Promised>::new(world.servers().len());
        for server in world.servers() {
            let hard_state = server.hard_state();
            *nodes.get_mut(server.id()) = Promised {
                current: hard_state,
                term: hard_state.current_term,
                vote: vote(hard_state),
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
        let promised = self.nodes.get_mut(node);
        check_term(node, promised.term, new.current_term, found);
        promised.term = new.current_term;
        if let Some((term, candidate)) = vote(new) {
            self.voted(node, term, candidate, found);
        }
    }

    /// A node tells another of its term, and perhaps that it votes for it.
    pub(super) fn told(&mut self, head: &MessageHead, found: &mut Found) {
        let promised = self.nodes.get_mut(head.from);
        promised.term = promised.term.max(head.term);
        if head.says == (Says::RequestVoteReply { granted: true }) {
            self.voted(head.from, head.term, head.to, found);
        }
    }

    fn voted(&mut self, node: NodeId, term: Term, candidate: NodeId, found: &mut Found) {
        let vote = &mut self.nodes.get_mut(node).vote;
        match *vote {
            Some((in_term, before)) if in_term == term && before != candidate => found.violation(
                Property::OneVotePerTerm,
                format!("{node} voted for {before} in term {term}, and for {candidate} as well"),
            ),
            Some((in_term, _)) if in_term >= term => {}
            _ => *vote = Some((term, candidate)),
        }
    }

    /// What a crash has lost is forgiven as far as nobody knew.
    pub(super) fn crashed(&mut self, world: &World, node: NodeId, found: &mut Found) {
        if let Some(server) = world.server(node) {
            let left = server.hard_state();
            self.durable(node, left, found);
            self.nodes.get_mut(node).current = left;
        }
    }

    /// Its disk is lost, and with it all that it had promised: it begins anew, and no oracle holds
    /// it to what it cannot know. What that breaks shows elsewhere: in two leaders of a term, or in
    /// what was committed.
    pub(super) fn wiped(&mut self, node: NodeId) {
        *self.nodes.get_mut(node) = Promised::default();
    }

    pub(super) fn restarted(&mut self, world: &World, node: NodeId, found: &mut Found) {
        if let Some(server) = world.server(node) {
            let new = server.hard_state();
            self.durable(node, new, found);
            self.nodes.get_mut(node).current = new;
        }
    }
}

fn vote(hard_state: HardState) -> Option<(Term, NodeId)> {
    Some((hard_state.current_term, hard_state.voted_for?))
}

fn check_term(node: NodeId, old: Term, new: Term, found: &mut Found) {
    if new < old {
        found.violation(
            Property::TermMonotonic,
            format!("{node} was in term {old} and is now in term {new}"),
        );
    }
}
