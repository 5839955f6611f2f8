//! The indices of a node: that those which only rise never fall, and that they stand in order.

use crate::raft::{LogIndex, Node, NodeId, NodeSet, Term};
use crate::sim::{MessageHead, World};

use super::per_node::PerNode;
use super::property::{Found, Property};

/// How far each node was.
#[derive(Clone, Debug)]
pub(super) struct Indices {
    nodes: PerNode<Known>,
}

/// What is known of a node in this life.
#[derive(Clone, Default, Debug)]
struct Known {
    commit: LogIndex,
    applied: LogIndex,
    /// The latest term in which it led.
    led: Term,
    /// How far it took each node's log for equal to its own in that term, by node index.
    matched: Vec<LogIndex>,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// The last index that its snapshot covers.
    snapshot: LogIndex,
    applied: LogIndex,
    commit: LogIndex,
    /// The last index of its log.
    last: LogIndex,
}

impl Indices {
    pub(super) fn new(world: &World, found: &mut Found) -> Self {
        let mut indices = Self {
            nodes: PerNode::new(world.servers().len()),
        };
        for server in world.servers() {
            indices.look(world, server.id(), found);
        }
        indices
    }

    /// Something has happened to a node.
    pub(super) fn look(&mut self, world: &World, id: NodeId, found: &mut Found) {
        if let Some(node) = world.server(id).and_then(|server| server.node()) {
            self.stands(id, Standing::of(node), found);
        }
    }

    /// A message has reached a node: if it leads, it may have learnt how far the sender's log equals
    /// its own.
    pub(super) fn delivered(&mut self, world: &World, head: &MessageHead, found: &mut Found) {
        if let Some(node) = world.server(head.to).and_then(|server| server.node())
            && let Some(progress) = node.progress(head.from)
        {
            let leader = (head.to, node.current_term());
            self.matched(leader, head.from, progress.match_index(), found);
        }
    }

    /// A node goes by another configuration: if it leads, it begins anew with those who come back.
    pub(super) fn joined(&mut self, node: NodeId, joined: NodeSet) {
        let matched = &mut self.nodes.get_mut(node).matched;
        for id in joined.iter() {
            if let Some(known) = matched.get_mut(id.index()) {
                *known = LogIndex::ZERO;
            }
        }
    }

    /// A life is over, and with it all that is volatile.
    pub(super) fn crashed(&mut self, node: NodeId) {
        *self.nodes.get_mut(node) = Known::default();
    }

    fn stands(&mut self, node: NodeId, now: Standing, found: &mut Found) {
        check_order(node, now, found);
        let known = self.nodes.get_mut(node);
        check_rise(node, "commit index", known.commit, now.commit, found);
        check_rise(
            node,
            "last applied index",
            known.applied,
            now.applied,
            found,
        );
        (known.commit, known.applied) = (now.commit, now.applied);
    }

    fn matched(
        &mut self,
        (leader, term): (NodeId, Term),
        of: NodeId,
        match_index: LogIndex,
        found: &mut Found,
    ) {
        let known = self.nodes.get_mut(leader);
        if known.led != term {
            known.led = term;
            known.matched.clear();
        }
        if known.matched.len() <= of.index() {
            known.matched.resize(of.index() + 1, LogIndex::ZERO);
        }
        let before = std::mem::replace(&mut known.matched[of.index()], match_index);
        if match_index < before {
            found.violation(
                Property::Monotonic,
                format!(
                    "{leader}, leader of term {term}, had matchIndex {before} for {of}, and now \
                     has {match_index}"
                ),
            );
        }
    }
}

impl Standing {
    fn of<C: Clone>(node: &Node<C>) -> Self {
        Self {
            snapshot: node.log().base().0,
            applied: node.last_applied(),
            commit: node.commit_index(),
            last: node.log().last_index(),
        }
    }
}

fn check_rise(node: NodeId, what: &str, before: LogIndex, now: LogIndex, found: &mut Found) {
    if now < before {
        found.violation(
            Property::Monotonic,
            format!("the {what} of {node} was {before} and is now {now}"),
        );
    }
}

fn check_order(node: NodeId, standing: Standing, found: &mut Found) {
    let Standing {
        snapshot,
        applied,
        commit,
        last,
    } = standing;
    if !(snapshot <= applied && applied <= commit && commit <= last) {
        found.violation(
            Property::Order,
            format!(
                "{node} has a snapshot up to index {snapshot}, has applied up to {applied} and \
                 committed up to {commit}, and its log ends at {last}"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::property::tests::{found, names, node};
    use super::*;

    fn standing([snapshot, applied, commit, last]: [u64; 4]) -> Standing {
        Standing {
            snapshot: LogIndex(snapshot),
            applied: LogIndex(applied),
            commit: LogIndex(commit),
            last: LogIndex(last),
        }
    }

    /// What falls when a node stands like this, one after another.
    fn stands(standings: &[[u64; 4]]) -> Vec<&'static str> {
        let mut indices = Indices {
            nodes: PerNode::new(1),
        };
        let mut found = found();
        for &now in standings {
            indices.stands(node(1), standing(now), &mut found);
        }
        names(found)
    }

    #[test]
    fn indices_that_rise_in_order_break_nothing() {
        assert!(stands(&[[0, 0, 0, 0], [0, 1, 2, 3], [1, 2, 2, 3], [3, 3, 3, 3]]).is_empty());
        // What is not committed may go.
        assert!(stands(&[[0, 1, 1, 5], [0, 1, 1, 2]]).is_empty());
    }

    #[test]
    fn a_commit_or_applied_index_that_falls_breaks_monotonic() {
        assert_eq!(stands(&[[0, 1, 3, 3], [0, 1, 2, 3]]), ["monotonic"]);
        assert_eq!(stands(&[[0, 2, 3, 3], [0, 1, 3, 3]]), ["monotonic"]);
    }

    #[test]
    fn indices_out_of_order_break_order() {
        for wrong in [[2, 1, 2, 3], [0, 3, 2, 3], [0, 1, 4, 3]] {
            assert_eq!(stands(&[wrong]), ["order"]);
        }
    }

    #[test]
    fn a_new_life_begins_with_nothing_committed() {
        let mut indices = Indices {
            nodes: PerNode::new(1),
        };
        let mut found = found();
        indices.stands(node(1), standing([0, 3, 3, 3]), &mut found);
        indices.crashed(node(1));
        indices.stands(node(1), standing([0, 0, 0, 3]), &mut found);
        assert!(names(found).is_empty());
    }

    #[test]
    fn a_match_index_may_fall_from_one_leadership_to_the_next_only() {
        let mut indices = Indices {
            nodes: PerNode::new(3),
        };
        let mut right = found();
        for (term, of, index) in [(1, 2, 5), (1, 3, 2), (1, 2, 6), (3, 2, 0), (3, 3, 1)] {
            let leader = (node(1), Term(term));
            indices.matched(leader, node(of), LogIndex(index), &mut right);
        }
        assert!(names(right).is_empty());
        let mut wrong = found();
        indices.matched((node(1), Term(3)), node(3), LogIndex(0), &mut wrong);
        assert_eq!(names(wrong), ["monotonic"]);
    }
}
