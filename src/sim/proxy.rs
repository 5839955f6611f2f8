//! The proxy's decisions: which node to ask, and what to do with what it says.
//!
//! Writes go to the leader, which it finds by asking and by what nodes say; reads go there too, or to
//! followers chosen by key. A node that did not answer is left alone for a while. The proxy decides
//! here; the world carries its requests.

use crate::kv::Operation;
use crate::raft::{NodeId, NodeSet, Refusal, Time};
use crate::sorted::SortedMap;

use super::config::{ProxyConfig, ReadFrom};
use super::digest::Digest;

/// For how many timeouts a node that did not answer is left alone.
const SUSPICION_TIMEOUTS: u64 = 4;
/// What part of a timeout it waits when nobody knows a leader.
const PAUSE_FRACTION: u64 = 10;

/// An operation that the proxy works on.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Work {
    /// Where it may go.
    to_leader: bool,
    /// Where its key's followers begin.
    key_hash: u64,
    /// Which try is under way, from 1.
    attempt: u32,
    asked: Option<NodeId>,
    /// Who has been asked since it last had to wait.
    tried: NodeSet,
    timeouts: u32,
    /// Whether a try that was not answered may have been done, or may yet be.
    may_be_done: bool,
    gives_up: Time,
}

/// What the proxy does next about an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// Ask this node, as that try.
    Ask(NodeId, u32),
    /// Wait until then, and try again; nobody seems to know a leader.
    Wait(Time, u32),
    /// Tell the client that nobody knows.
    GiveUp,
}

/// What the proxy knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Proxy {
    pub(super) config: ProxyConfig,
    leader: Option<NodeId>,
    /// Until when each node is left alone.
    suspected: SortedMap<NodeId, Time>,
    work: SortedMap<u64, Work>,
}

impl Proxy {
    pub(super) const fn new(config: ProxyConfig) -> Self {
        Self {
            config,
            leader: None,
            suspected: SortedMap::new(),
            work: SortedMap::new(),
        }
    }

    /// Whom it takes for the leader.
    pub(super) const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// A client's operation arrives.
    pub(super) fn accept(
        &mut self,
        number: u64,
        operation: &Operation,
        nodes: NodeSet,
        now: Time,
    ) -> Next {
        let patience = self.config.timeout * (u64::from(self.config.retries) + 1);
        let mut hash = Digest::default();
        for byte in operation.key().bytes() {
            hash.add(u64::from(byte));
        }
        let work = Work {
            to_leader: !operation.is_read() || self.config.reads == ReadFrom::Leader,
            key_hash: hash.value(),
            attempt: 0,
            asked: None,
            tried: NodeSet::EMPTY,
            timeouts: 0,
            may_be_done: false,
            gives_up: now + patience,
        };
        self.work.insert(number, work);
        self.ask_next(number, nodes, now)
    }

    /// Whether that try of that operation is the one under way.
    pub(super) fn is_current(&self, number: u64, attempt: u32) -> bool {
        self.work
            .get(&number)
            .is_some_and(|work| work.attempt == attempt)
    }

    /// A node has not answered in time.
    pub(super) fn timed_out(&mut self, number: u64, nodes: NodeSet, now: Time) -> Next {
        let retries = self.config.retries;
        let Some(work) = self.work.get_mut(&number) else {
            return Next::GiveUp;
        };
        work.timeouts += 1;
        work.may_be_done = true;
        if let Some(node) = work.asked {
            let until = now + self.config.timeout * SUSPICION_TIMEOUTS;
            self.suspected.insert(node, until);
            if self.leader == Some(node) {
                self.leader = None;
            }
        }
        if work.timeouts > retries {
            return Next::GiveUp;
        }
        self.ask_next(number, nodes, now)
    }

    /// A node cannot serve it.
    pub(super) fn refused(
        &mut self,
        number: u64,
        by: NodeId,
        refusal: Refusal,
        nodes: NodeSet,
        now: Time,
    ) -> Next {
        self.suspected.remove(&by);
        if self.leader == Some(by) {
            self.leader = None;
        }
        let hint = match refusal {
            Refusal::NotLeader { leader } => leader.filter(|&leader| leader != by),
            Refusal::Deposed => None,
        };
        let hint = hint.filter(|&leader| nodes.contains(leader) && !self.is_suspected(leader, now));
        let Some(work) = self.work.get_mut(&number) else {
            return Next::GiveUp;
        };
        work.may_be_done |= refusal == Refusal::Deposed;
        if let Some(leader) = hint
            && !work.tried.contains(leader)
        {
            self.leader = Some(leader);
            return Self::ask(work, leader);
        }
        if work.to_leader || nodes.difference(work.tried).is_empty() {
            return self.pause(number, now);
        }
        self.ask_next(number, nodes, now)
    }

    /// The client's session has expired. If no earlier try can have been done, the operation has not
    /// been, and is asked again in a new session.
    pub(super) fn session_expired(&mut self, number: u64, by: NodeId, now: Time) -> Next {
        match self.work.get_mut(&number) {
            Some(work) if !work.may_be_done && now < work.gives_up => Self::ask(work, by),
            _ => Next::GiveUp,
        }
    }

    /// A node has served it: the proxy is done.
    pub(super) fn served(&mut self, number: u64, by: NodeId) {
        self.suspected.remove(&by);
        if let Some(work) = self.work.remove(&number)
            && work.to_leader
        {
            self.leader = Some(by);
        }
    }

    /// The client has been told that nobody knows.
    pub(super) fn gave_up(&mut self, number: u64) {
        self.work.remove(&number);
    }

    /// Nobody knew a leader: time must pass.
    fn pause(&mut self, number: u64, now: Time) -> Next {
        let timeout = self.config.timeout.as_micros();
        let Some(work) = self.work.get_mut(&number) else {
            return Next::GiveUp;
        };
        if now >= work.gives_up {
            return Next::GiveUp;
        }
        work.tried = NodeSet::EMPTY;
        work.attempt += 1;
        let pause = crate::raft::Span((timeout / PAUSE_FRACTION).max(1));
        Next::Wait(now + pause, work.attempt)
    }

    /// Chooses the node to ask.
    pub(super) fn ask_next(&mut self, number: u64, nodes: NodeSet, now: Time) -> Next {
        let Some(work) = self.work.get(&number) else {
            return Next::GiveUp;
        };
        if nodes.is_empty() {
            return self.pause(number, now);
        }
        let preferred = if work.to_leader {
            self.leader_first(work, nodes)
        } else {
            self.followers_first(work, nodes)
        };
        let mut candidates = preferred.iter().filter(|&&node| !work.tried.contains(node));
        let node = candidates
            .clone()
            .find(|&&node| !self.is_suspected(node, now))
            .or_else(|| candidates.next())
            .or_else(|| preferred.first())
            .copied();
        match (node, self.work.get_mut(&number)) {
            (Some(node), Some(work)) => {
                if work.tried.contains(node) {
                    work.tried = NodeSet::EMPTY;
                }
                Self::ask(work, node)
            }
            _ => Next::GiveUp,
        }
    }

    /// The leader, as far as it knows, then the others from the one after the last asked.
    fn leader_first(&self, work: &Work, nodes: NodeSet) -> Vec<NodeId> {
        let after = work.asked.map_or(0, NodeId::number);
        let later = nodes.iter().filter(|node| node.number() > after);
        let earlier = nodes.iter().filter(|node| node.number() <= after);
        let leader = self.leader.filter(|&leader| nodes.contains(leader));
        let others = later.chain(earlier).filter(|&node| Some(node) != leader);
        leader.into_iter().chain(others).collect()
    }

    /// The followers from the key's own one on, then the leader.
    fn followers_first(&self, work: &Work, nodes: NodeSet) -> Vec<NodeId> {
        let leader = self.leader.filter(|&leader| nodes.contains(leader));
        let mut order: Vec<NodeId> = nodes.iter().filter(|&node| Some(node) != leader).collect();
        if !order.is_empty() {
            let start = (work.key_hash % order.len() as u64) as usize;
            order.rotate_left(start);
        }
        order.extend(leader);
        order
    }

    fn ask(work: &mut Work, node: NodeId) -> Next {
        work.attempt += 1;
        work.asked = Some(node);
        work.tried.insert(node);
        Next::Ask(node, work.attempt)
    }

    fn is_suspected(&self, node: NodeId, now: Time) -> bool {
        self.suspected.get(&node).is_some_and(|&until| until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(reads: ReadFrom) -> Proxy {
        Proxy::new(ProxyConfig {
            reads,
            ..ProxyConfig::default()
        })
    }

    fn get(key: &str) -> Operation {
        Operation::Get { key: key.into() }
    }

    fn node(number: u8) -> NodeId {
        NodeId::new(number).unwrap()
    }

    #[test]
    fn a_hint_is_followed_and_remembered() {
        let mut proxy = proxy(ReadFrom::Leader);
        let nodes = NodeSet::first(5);
        assert_eq!(
            proxy.accept(1, &get("x"), nodes, Time(0)),
            Next::Ask(node(1), 1)
        );
        let refusal = Refusal::NotLeader {
            leader: Some(node(4)),
        };
        assert_eq!(
            proxy.refused(1, node(1), refusal, nodes, Time(1)),
            Next::Ask(node(4), 2)
        );
        proxy.served(1, node(4));
        assert_eq!(
            proxy.accept(2, &get("y"), nodes, Time(2)),
            Next::Ask(node(4), 1)
        );
    }

    #[test]
    fn two_nodes_that_point_at_each_other_make_it_wait() {
        let mut proxy = proxy(ReadFrom::Leader);
        let nodes = NodeSet::first(2);
        proxy.accept(1, &get("x"), nodes, Time(0));
        let hint = |number| Refusal::NotLeader {
            leader: Some(node(number)),
        };
        assert_eq!(
            proxy.refused(1, node(1), hint(2), nodes, Time(1)),
            Next::Ask(node(2), 2)
        );
        assert!(matches!(
            proxy.refused(1, node(2), hint(1), nodes, Time(2)),
            Next::Wait(..)
        ));
    }

    #[test]
    fn reads_are_spread_over_followers_and_fall_back_to_the_leader() {
        let mut proxy = proxy(ReadFrom::Followers);
        let nodes = NodeSet::first(3);
        proxy.leader = Some(node(2));
        let mut asked = Vec::new();
        let mut next = proxy.accept(1, &get("x"), nodes, Time(0));
        for turn in 1..=3 {
            let Next::Ask(node, _) = next else {
                panic!("it asks someone: {next:?}")
            };
            asked.push(node);
            next = proxy.timed_out(1, nodes, Time(turn));
        }
        asked[..2].sort();
        assert_eq!(asked, [node(1), node(3), node(2)]);
    }

    #[test]
    fn it_gives_up_after_its_retries() {
        let mut proxy = proxy(ReadFrom::Leader);
        proxy.config.retries = 2;
        let nodes = NodeSet::first(3);
        proxy.accept(1, &get("x"), nodes, Time(0));
        assert!(matches!(proxy.timed_out(1, nodes, Time(1)), Next::Ask(..)));
        assert!(matches!(proxy.timed_out(1, nodes, Time(2)), Next::Ask(..)));
        assert_eq!(proxy.timed_out(1, nodes, Time(3)), Next::GiveUp);
    }
}
