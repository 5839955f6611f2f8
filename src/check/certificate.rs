//! The certificate of an election: the votes on the disks.

use rpds::RedBlackTreeMapSync;

use crate::raft::{Configuration, HardState, NodeId, NodeSet, Term};
use crate::sim::World;

use super::property::{Found, Property};

/// Whose disk has ever had a vote for whom, by term.
#[derive(Clone, Debug)]
pub(super) struct Certificates {
    votes: RedBlackTreeMapSync<(Term, NodeId), NodeSet>,
}

impl Certificates {
    pub(super) fn new(world: &World) -> Self {
        let mut certificates = Self {
            votes: RedBlackTreeMapSync::new_sync(),
        };
        for server in world.servers() {
            certificates.durable(server.id(), server.durable_hard_state());
        }
        certificates
    }

    /// A node's disk has this term and vote.
    pub(super) fn durable(&mut self, voter: NodeId, hard_state: HardState) {
        let Some(candidate) = hard_state.voted_for else {
            return;
        };
        let place = (hard_state.current_term, candidate);
        match self.votes.get_mut(&place) {
            Some(voters) => drop(voters.insert(voter)),
            None => self
                .votes
                .insert_mut(place, std::iter::once(voter).collect()),
        }
    }

    /// A crash leaves what the disk has.
    pub(super) fn crashed(&mut self, world: &World, node: NodeId) {
        if let Some(server) = world.server(node) {
            self.durable(node, server.durable_hard_state());
        }
    }

    /// A node became leader.
    pub(super) fn elected(&self, world: &World, id: NodeId, term: Term, found: &mut Found) {
        if let Some(node) = world.server(id).and_then(|server| server.node()) {
            self.check(id, term, node.configuration(), found);
        }
    }

    fn check(&self, id: NodeId, term: Term, configuration: &Configuration, found: &mut Found) {
        let voters = self.votes.get(&(term, id)).copied();
        let voters = voters.unwrap_or(NodeSet::EMPTY);
        if !configuration.is_quorum(voters) {
            found.violation(
                Property::ElectionCertificate,
                format!(
                    "{id} became leader of term {term}, and the disks of {} nodes had a vote for \
                     it ({voters}), which is no quorum of the voters {configuration}",
                    voters.len()
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::property::tests::{found, names, node};
    use super::*;

    /// What falls when S1 of five becomes leader of term 2 after these votes: voter, term, for whom.
    fn elected(votes: &[(u8, u64, u8)]) -> Vec<&'static str> {
        let mut certificates = Certificates {
            votes: RedBlackTreeMapSync::new_sync(),
        };
        for &(voter, term, candidate) in votes {
            let hard_state = HardState {
                current_term: Term(term),
                voted_for: Some(node(candidate)),
            };
            certificates.durable(node(voter), hard_state);
        }
        let mut found = found();
        let configuration = Configuration::new(NodeSet::first(5));
        certificates.check(node(1), Term(2), &configuration, &mut found);
        names(found)
    }

    #[test]
    fn a_quorum_of_durable_votes_makes_a_leader() {
        assert!(elected(&[(1, 2, 1), (3, 2, 1), (5, 2, 1)]).is_empty());
        // A voter may have gone on to a later term.
        assert!(elected(&[(1, 2, 1), (3, 2, 1), (5, 2, 1), (5, 3, 4)]).is_empty());
    }

    #[test]
    fn fewer_than_a_quorum_of_durable_votes_break_the_certificate() {
        let broken = ["election-certificate"];
        assert_eq!(elected(&[]), broken);
        assert_eq!(elected(&[(1, 2, 1), (3, 2, 1)]), broken);
        // One voter twice is one, and neither another term nor another candidate counts.
        assert_eq!(elected(&[(1, 2, 1), (3, 2, 1), (3, 2, 1)]), broken);
        assert_eq!(elected(&[(1, 2, 1), (3, 2, 1), (4, 1, 1)]), broken);
        assert_eq!(elected(&[(1, 2, 1), (3, 2, 1), (4, 2, 5)]), broken);
    }
}
