//! Who votes: the configuration of the cluster, and what a quorum of it is (§6).

use std::fmt;

use super::types::{LogIndex, NodeId, NodeSet};

/// The members of a cluster.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Configuration {
    voters: NodeSet,
    /// The voters until now, while the configuration is joint; empty otherwise.
    outgoing: NodeSet,
    learners: NodeSet,
}

/// A change of the members that somebody wants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MembershipChange {
    /// A node is to vote; it is a learner until it has caught up (dissertation §4.2.1).
    AddVoter(NodeId),
    /// A node is to get the log without a vote.
    AddLearner(NodeId),
    /// A node is to be no member.
    Remove(NodeId),
    /// These are to be the voters, all at once, by joint consensus (§6).
    Members(NodeSet),
}

/// Why a change cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChangeRefusal {
    /// The members are already as wanted.
    NothingToChange,
    /// Nobody would be left to vote.
    NoVoterLeft,
}

impl MembershipChange {
    /// The nodes that it names.
    pub fn nodes(self) -> NodeSet {
        match self {
            Self::AddVoter(id) | Self::AddLearner(id) | Self::Remove(id) => {
                NodeSet::from_iter([id])
            }
            Self::Members(nodes) => nodes,
        }
    }
}

impl Configuration {
    /// The configuration with these voters.
    pub const fn new(voters: NodeSet) -> Self {
        Self {
            voters,
            outgoing: NodeSet::EMPTY,
            learners: NodeSet::EMPTY,
        }
    }

    /// The configuration with these voters and learners; with `outgoing`, a joint one.
    pub const fn of(voters: NodeSet, outgoing: NodeSet, learners: NodeSet) -> Self {
        Self {
            voters,
            outgoing,
            learners,
        }
    }

    /// The nodes that vote; when it is joint, those that go on voting after it.
    pub const fn voters(&self) -> NodeSet {
        self.voters
    }

    /// The voters of the configuration that a joint one leaves; empty when it is not joint.
    pub const fn outgoing(&self) -> NodeSet {
        self.outgoing
    }

    /// The nodes that get the log without a vote (dissertation §4.2.1).
    pub const fn learners(&self) -> NodeSet {
        self.learners
    }

    /// Everybody who votes: those of both configurations when it is joint.
    pub const fn electorate(&self) -> NodeSet {
        self.voters.union(self.outgoing)
    }

    /// Every node that gets the log.
    pub const fn members(&self) -> NodeSet {
        self.electorate().union(self.learners)
    }

    /// Whether `id` votes.
    pub const fn is_voter(&self, id: NodeId) -> bool {
        self.electorate().contains(id)
    }

    /// Whether it is a joint one: C_old,new of §6.
    pub const fn is_joint(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// How many voters make a quorum: a majority; when it is joint, how many it takes at least to be
    /// a majority of both configurations.
    pub const fn majority(&self) -> usize {
        let new = majority_of(self.voters);
        if !self.is_joint() {
            return new;
        }
        let old = majority_of(self.outgoing);
        let both = self.voters.intersection(self.outgoing).len();
        let smaller = if new < old { new } else { old };
        new + old - if both < smaller { both } else { smaller }
    }

    /// Whether the voters among `nodes` are a majority: of both configurations when it is joint.
    pub const fn is_quorum(&self, nodes: NodeSet) -> bool {
        has_majority(self.voters, nodes) && (!self.is_joint() || has_majority(self.outgoing, nodes))
    }

    /// The largest value that a quorum of the voters have reached, given each one's.
    pub fn quorum_value(&self, value_of: impl Fn(NodeId) -> u64) -> u64 {
        let new = majority_value(self.voters, &value_of);
        if self.is_joint() {
            new.min(majority_value(self.outgoing, &value_of))
        } else {
            new
        }
    }

    /// The largest index that a quorum of the voters have, given what each one has.
    pub fn quorum_index(&self, match_index: impl Fn(NodeId) -> LogIndex) -> LogIndex {
        LogIndex(self.quorum_value(|id| match_index(id).0))
    }

    /// What it is when a change has been made, from end to end.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn after(&self, change: MembershipChange) -> Result<Self, ChangeRefusal> {
        let settled = self.settled();
        let mut then = settled;
        match change {
            MembershipChange::AddVoter(id) => {
                then.voters.insert(id);
                then.learners.remove(id);
            }
            MembershipChange::AddLearner(id) => {
                then.voters.remove(id);
                then.learners.insert(id);
            }
            MembershipChange::Remove(id) => {
                then.voters.remove(id);
                then.learners.remove(id);
            }
            MembershipChange::Members(voters) => {
                then.voters = voters;
                then.learners = then.learners.difference(voters);
            }
        }
        if then.voters.is_empty() {
            Err(ChangeRefusal::NoVoterLeft)
        } else if then == settled {
            Err(ChangeRefusal::NothingToChange)
        } else {
            Ok(then)
        }
    }

    /// With these learners more.
    pub(super) const fn with_learners(mut self, learners: NodeSet) -> Self {
        self.learners = self.learners.union(learners);
        self
    }

    /// C_old,new on the way to `target` (§6).
    pub(super) const fn joint_with(&self, target: Self) -> Self {
        Self {
            outgoing: self.voters,
            ..target
        }
    }

    /// C_new, where it is joint; itself otherwise.
    pub(super) const fn settled(mut self) -> Self {
        self.outgoing = NodeSet::EMPTY;
        self
    }
}

impl fmt::Display for Configuration {
    /// `S1, S2, S3`; joint: `S1, S2 and S2, S3`; then the learners: `(learners S4)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_joint() {
            write!(f, "{} and ", self.outgoing)?;
        }
        write!(f, "{}", self.voters)?;
        if !self.learners.is_empty() {
            write!(f, " (learners {})", self.learners)?;
        }
        Ok(())
    }
}

const fn majority_of(voters: NodeSet) -> usize {
    voters.len() / 2 + 1
}

const fn has_majority(voters: NodeSet, nodes: NodeSet) -> bool {
    voters.intersection(nodes).len() >= majority_of(voters)
}

/// The largest value that a majority of these voters have reached; 0 of none.
fn majority_value(voters: NodeSet, value_of: impl Fn(NodeId) -> u64) -> u64 {
    let mut values = [0; NodeId::MAX as usize];
    let mut count = 0;
    for id in voters.iter() {
        let value = value_of(id);
        // In order: they are few.
        let place = values[..count].partition_point(|&other| other < value);
        values.copy_within(place..count, place + 1);
        values[place] = value;
        count += 1;
    }
    match count {
        0 => 0,
        _ => values[count - majority_of(voters)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[u8]) -> NodeSet {
        let ids = numbers.iter().copied();
        ids.map(|number| NodeId::new(number).unwrap()).collect()
    }

    /// Every set of the nodes `S1` to `S<count>`.
    fn subsets(count: usize) -> impl Iterator<Item = NodeSet> {
        (0u32..1 << count).map(move |bits| {
            let ids = (0..count).filter(move |i| bits & (1 << i) != 0);
            ids.map(NodeId::from_index).collect()
        })
    }

    fn quorums(configuration: Configuration, count: usize) -> Vec<NodeSet> {
        let all = subsets(count);
        all.filter(|&nodes| configuration.is_quorum(nodes))
            .collect()
    }

    /// Whether every quorum of the one has a node of every quorum of the other.
    fn always_meet(one: Configuration, other: Configuration, count: usize) -> bool {
        let (one, other) = (quorums(one, count), quorums(other, count));
        one.iter()
            .all(|a| other.iter().all(|b| !a.intersection(*b).is_empty()))
    }

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
        let match_index = |id: NodeId| LogIndex(has[id.index()]);
        assert_eq!(configuration.quorum_index(match_index), LogIndex(7));
        // S1 and S2 of the old three have 7; of the new three S3 and S4 have 3.
        let old = Configuration::new(set(&[1, 2, 3]));
        let joint = old.joint_with(Configuration::new(set(&[3, 4, 5])));
        assert_eq!(old.quorum_index(match_index), LogIndex(7));
        assert_eq!(joint.quorum_index(match_index), LogIndex(3));
    }

    #[test]
    fn nobody_is_no_quorum_of_nobody() {
        let nobody = Configuration::default();
        assert!(!nobody.is_quorum(NodeSet::first(64)));
        assert_eq!(nobody.quorum_index(|_| LogIndex(1)), LogIndex(0));
    }

    #[test]
    fn learners_count_in_no_quorum() {
        let configuration = Configuration::new(set(&[1, 2, 3])).with_learners(set(&[4, 5]));
        assert_eq!(configuration.majority(), 2);
        assert!(!configuration.is_quorum(set(&[3, 4, 5])));
        assert_eq!(configuration.members(), NodeSet::first(5));
        assert!(!configuration.is_voter(NodeId::from_index(3)));
    }

    #[test]
    fn the_least_quorum_of_a_joint_configuration_is_a_majority_of_both() {
        for old in subsets(5).filter(|nodes| !nodes.is_empty()) {
            for new in subsets(5).filter(|nodes| !nodes.is_empty()) {
                let joint = Configuration::new(old).joint_with(Configuration::new(new));
                let least = quorums(joint, 5).iter().map(|nodes| nodes.len()).min();
                assert_eq!(Some(joint.majority()), least, "{joint}");
            }
        }
    }

    #[test]
    fn quorums_of_a_configuration_and_its_successor_always_meet() {
        const NODES: usize = 5;
        for voters in subsets(NODES).filter(|nodes| !nodes.is_empty()) {
            let now = Configuration::new(voters);
            assert!(always_meet(now, now, NODES));
            for id in NodeSet::first(NODES).iter() {
                for change in [
                    MembershipChange::AddVoter(id),
                    MembershipChange::AddLearner(id),
                    MembershipChange::Remove(id),
                ] {
                    if let Ok(then) = now.after(change) {
                        assert!(always_meet(now, then, NODES), "{now} {then}");
                    }
                }
            }
            for target in subsets(NODES).filter(|nodes| !nodes.is_empty()) {
                let target = Configuration::new(target);
                let joint = now.joint_with(target);
                assert!(always_meet(now, joint, NODES), "{now} {joint}");
                assert!(always_meet(joint, target, NODES), "{joint} {target}");
            }
        }
    }

    #[test]
    fn without_the_joint_one_two_majorities_need_not_meet() {
        let (old, new) = (set(&[1, 2, 3, 4, 5]), set(&[1, 2, 3]));
        let (old, new) = (Configuration::new(old), Configuration::new(new));
        assert!(!always_meet(old, new, 5));
    }

    #[test]
    fn a_change_that_changes_nothing_or_leaves_nobody_is_refused() {
        use ChangeRefusal::{NoVoterLeft, NothingToChange};
        use MembershipChange::{AddLearner, AddVoter, Members, Remove};
        let [s1, s2, s3] = [0, 1, 2].map(NodeId::from_index);
        let two = Configuration::new(set(&[1])).with_learners(set(&[2]));
        for (change, why) in [
            (AddVoter(s1), NothingToChange),
            (AddLearner(s2), NothingToChange),
            (Remove(s3), NothingToChange),
            (Members(set(&[1])), NothingToChange),
            (AddLearner(s1), NoVoterLeft),
            (Remove(s1), NoVoterLeft),
            (Members(NodeSet::EMPTY), NoVoterLeft),
        ] {
            assert_eq!(two.after(change), Err(why), "{change:?}");
        }
        assert_eq!(
            two.after(AddVoter(s2)),
            Ok(Configuration::new(set(&[1, 2])))
        );
        let moved = Configuration::new(set(&[3])).with_learners(set(&[2]));
        assert_eq!(two.after(Members(set(&[3]))), Ok(moved));
    }
}
