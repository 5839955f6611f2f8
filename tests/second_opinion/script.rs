//! The scripts: what is done to a cluster, in words that both cores understand.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::core::{ELECTION_TICKS, HEARTBEAT_TICKS};

/// One of the messages in flight.
#[derive(Clone, Copy, Debug)]
pub struct Which(Index);

impl Which {
    /// Its place among so many; `None` when there is none.
    pub fn place(self, messages: usize) -> Option<usize> {
        (messages > 0).then(|| self.0.index(messages))
    }
}

/// What is done to a cluster. What cannot be done (a node is down already, nothing is in flight)
/// changes nothing.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// A command is proposed at a node, leader or not.
    Propose(u8),
    /// At whoever takes itself for the leader, a command each.
    ProposeToLeaders,
    /// A node's election timer fires.
    Timeout(u8),
    /// So many ticks pass at all nodes; nobody's election timer fires.
    Pass(u64),
    /// One of the messages arrives.
    Deliver(Which),
    /// It arrives, and will arrive again.
    Duplicate(Which),
    /// It is lost.
    Drop(Which),
    /// All messages arrive, and all that are sent because of them, in the order of sending.
    DeliverAll,
    /// Time passes, with all messages arriving, until nothing new happens of itself.
    Rest,
    Crash(u8),
    Restart(u8),
    /// Nothing that the two send to each other arrives.
    Cut(u8, u8),
    /// All links carry messages again.
    Heal,
}

/// Scripts in which anything may happen.
pub fn wild(voters: u8) -> impl Strategy<Value = Vec<Act>> {
    let node = || 1..=voters;
    let which = || any::<Index>().prop_map(Which);
    let act = prop_oneof![
        4 => node().prop_map(Act::Propose),
        10 => Just(Act::ProposeToLeaders),
        6 => node().prop_map(Act::Timeout),
        4 => Just(Act::Pass(HEARTBEAT_TICKS)),
        3 => Just(Act::Pass(ELECTION_TICKS)),
        20 => which().prop_map(Act::Deliver),
        4 => which().prop_map(Act::Duplicate),
        6 => which().prop_map(Act::Drop),
        12 => Just(Act::DeliverAll),
        3 => node().prop_map(Act::Crash),
        5 => node().prop_map(Act::Restart),
        3 => (node(), node()).prop_map(|(a, b)| Act::Cut(a, b)),
        3 => Just(Act::Heal),
    ];
    proptest::collection::vec(act, 1..200)
}

/// Scripts whose outcome is no matter of chance: S1 is elected before anything else happens and is
/// never challenged, and nothing is lost, whatever the order in which it arrives. Commands are
/// proposed at S1 alone.
pub fn calm() -> impl Strategy<Value = Vec<Act>> {
    let which = || any::<Index>().prop_map(Which);
    let acts = prop_oneof![
        6 => Just(vec![Act::Propose(1)]),
        // No heartbeat is late for so long that anyone doubts the leader.
        1 => Just(vec![Act::DeliverAll, Act::Pass(HEARTBEAT_TICKS)]),
        8 => which().prop_map(|which| vec![Act::Deliver(which)]),
        2 => which().prop_map(|which| vec![Act::Duplicate(which)]),
    ];
    proptest::collection::vec(acts, 1..80).prop_map(|acts| {
        let elected = vec![Act::Timeout(1), Act::DeliverAll];
        let between = acts.into_iter().flatten();
        elected
            .into_iter()
            .chain(between)
            .chain([Act::DeliverAll])
            .collect()
    })
}

/// Scripts in which everything that an act causes is over before the next, and the network falls
/// into groups and no other way: who leads, and what is committed, is then decided by the logs.
///
/// With PreVote and CheckQuorum alone: without them a node that was cut off raises its term at
/// will, and how soon that unseats a leader is each core's own affair.
pub fn stepwise(voters: u8) -> impl Strategy<Value = Vec<Act>> {
    let node = || 1..=voters;
    let step = prop_oneof![
        5 => node().prop_map(|id| vec![Act::Timeout(id), Act::DeliverAll, Act::Timeout(id)]),
        5 => Just(vec![Act::ProposeToLeaders]),
        // Nobody hears of it before what follows.
        1 => node().prop_map(|id| vec![Act::ProposeToLeaders, Act::Crash(id)]),
        2 => node().prop_map(|id| vec![Act::Crash(id)]),
        3 => node().prop_map(|id| vec![Act::Restart(id)]),
        2 => any::<u8>().prop_map(move |group| split(voters, group)),
        2 => Just(vec![Act::Heal]),
    ];
    proptest::collection::vec(step, 1..40).prop_map(|steps| {
        let rested = steps
            .into_iter()
            .map(|step| [step, vec![Act::Rest]].concat());
        rested.flatten().collect()
    })
}

/// Two groups: the nodes whose bit is set, and the others.
fn split(voters: u8, group: u8) -> Vec<Act> {
    let side = |id: u8| group >> (id - 1) & 1;
    let pairs = (1..=voters).flat_map(|a| (a + 1..=voters).map(move |b| (a, b)));
    let apart = pairs.filter(|&(a, b)| side(a) != side(b));
    let cuts = apart.map(|(a, b)| Act::Cut(a, b));
    std::iter::once(Act::Heal).chain(cuts).collect()
}
