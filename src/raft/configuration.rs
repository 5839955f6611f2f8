//! Who votes: the configuration of the cluster, and what a quorum of it is (§6).

use super::types::{LogIndex, NodeId, NodeSet};

/// The members of a cluster.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Configuration {
    voters: NodeSet,
}

impl Configuration {
    /// The configuration with these voters.
    pub const fn new(voters: NodeSet) -> Self {
        Self { voters }
    }

    /// The nodes that vote.
    pub const fn voters(&self) -> NodeSet {
        self.voters
    }

    /// Every node that gets the log.
    pub const fn members(&self) -> NodeSet {
        self.voters
    }

    /// Whether `id` votes.
    pub const fn is_voter(&self, id: NodeId) -> bool {
        self.voters.contains(id)
    }

    /// How many voters make a majority.
    pub const fn majority(&self) -> usize {
        self.voters.len() / 2 + 1
    }

    /// Whether the voters among `nodes` are a majority.
    pub const fn is_quorum(&self, nodes: NodeSet) -> bool {
        self.voters.intersection(nodes).len() >= self.majority()
    }

    /// The largest value that a majority of the voters have reached, given each one's.
    pub fn quorum_value(&self, value_of: impl Fn(NodeId) -> u64) -> u64 {
        let mut values = [0; NodeId::MAX as usize];
        let mut count = 0;
        for id in self.voters.iter() {
            values[count] = value_of(id);
            count += 1;
        }
        if count == 0 {
            return 0;
        }
        let values = &mut values[..count];
        values.sort_unstable();
        values[count - self.majority()]
    }

    /// The largest index that a majority of the voters have, given what each one has.
    pub fn quorum_index(&self, match_index: impl Fn(NodeId) -> LogIndex) -> LogIndex {
        LogIndex(self.quorum_value(|id| match_index(id).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_majority_is_more_than_half() {
        for (voters, majority) in [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (9, 5), (51, 26)] {
            let configuration = Configuration::new(NodeSet::first(voters));
            assert_eq!(configuration.majority(), majority);
            assert!(configuration.is_quorum(NodeSet::first(majority)));
            assert!(!configuration.is_quorum(NodeSet::first(majority - 1)));
        }
    }

    #[test]
    fn the_quorum_index_is_what_a_majority_has() {
        let configuration = Configuration::new(NodeSet::first(5));
        let has = [9, 7, 7, 3, 1];
        assert_eq!(
            configuration.quorum_index(|id| LogIndex(has[id.index()])),
            LogIndex(7)
        );
    }

    #[test]
    fn two_quorums_always_meet() {
        for voters in 1..=5 {
            let configuration = Configuration::new(NodeSet::first(voters));
            let sets: Vec<NodeSet> = (0u32..1 << voters)
                .map(|bits| {
                    (0..voters)
                        .filter(|i| bits & (1 << i) != 0)
                        .map(NodeId::from_index)
                        .collect()
                })
                .filter(|&set| configuration.is_quorum(set))
                .collect();
            for a in &sets {
                assert!(sets.iter().all(|b| !a.intersection(*b).is_empty()));
            }
        }
    }
}
