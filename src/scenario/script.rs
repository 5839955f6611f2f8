//! What a scenario says, typed: everything in the file, with nodes still described rather than
//! named, since who leads is known only when a step's time has come.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::kv::{ClientId, Operation};
use crate::raft::{LogIndex, MessageKind, NodeId, NodeSet, Span, Term, Time};
use crate::sim::{ClockRate, Config, Course, LoadConfig, NetworkChange, ReadFrom};

use super::format::MAX_DURATION;

/// The title of a run that began without a file.
pub const LIVE_TITLE: &str = "A live run";

/// A scenario: a cluster, what happens to it, and what must then be true.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// Its title: one line.
    pub title: String,
    /// The seed it runs with when nobody gives another.
    pub seed: u64,
    /// The cluster.
    pub config: Config,
    /// The steps in order of time; those of one time in the order of the file.
    pub steps: Vec<Step>,
    /// The end of the run.
    pub until: Time,
    /// The clients' names, each at the place of its [`ClientId`]. The first is `c1`, always.
    pub clients: Vec<String>,
}

impl Scenario {
    /// A cluster for somebody to act on, with nothing in its script. It has no end, which no file can
    /// say: such a run goes on.
    pub fn live(config: Config, seed: u64) -> Self {
        Self {
            title: LIVE_TITLE.into(),
            seed,
            config,
            steps: Vec::new(),
            until: Time(u64::MAX),
            clients: vec!["c1".into()],
        }
    }

    /// Whether it is such a cluster, with or without what somebody has done to it since.
    pub fn is_live(&self) -> bool {
        self.until > Time::ZERO + MAX_DURATION
    }

    /// The same but for the lines, which are where a text has them: what a text says of a scenario is
    /// this much of it.
    pub fn without_lines(mut self) -> Self {
        for step in &mut self.steps {
            step.line = 0;
            if let Verb::Expect(expectation) = &mut step.verb {
                for item in &mut expectation.items {
                    item.line = 0;
                }
            }
        }
        self
    }
}

/// Something that happens at a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// When.
    pub at: Time,
    /// After how many of the events due at that time, or after all of them when they are fewer; 0:
    /// before any.
    pub after_events: u32,
    /// Its line in the file, from 1; 0 when it is in none, because somebody has just done it.
    pub line: u32,
    /// What.
    pub verb: Verb,
}

/// What happens.
#[derive(Clone, PartialEq, Debug)]
pub enum Verb {
    /// A client asks for an operation.
    Operation {
        /// Who.
        client: ClientId,
        /// What.
        operation: Operation,
        /// Straight to this node, without the proxy.
        node: Option<NodeSelector>,
    },
    /// Nodes lose what is volatile and stop.
    Crash(Selector),
    /// Nodes that are down start again from what their disks have.
    Restart(Selector),
    /// Nodes stand still and lose nothing.
    Pause(Selector),
    /// Paused nodes go on.
    Resume(Selector),
    /// Nodes that are down lose what their disks have.
    Wipe(Selector),
    /// The nodes' election timers fire now.
    Timeout(Selector),
    /// The leader hands its leadership over to a node.
    Transfer(NodeSelector),
    /// A node becomes a voter of the cluster, after it has caught up as a learner.
    Add(NodeId),
    /// A node becomes a learner of the cluster.
    AddLearner(NodeId),
    /// A node leaves the cluster.
    Remove(NodeSelector),
    /// These become the voters of the cluster, all at once.
    Members(NodeSet),
    /// Nodes take a snapshot, and compact their logs.
    Snapshot(Selector),
    /// Nodes in different groups do not hear each other; a node in no group is alone.
    Partition(Vec<Selector>),
    /// Links carry nothing from now on.
    Cut(Links),
    /// Nodes neither hear nor are heard.
    Isolate(Selector),
    /// Links carry again; `None`: every link.
    Heal(Option<Links>),
    /// Messages in flight are lost.
    Drop(InFlight),
    /// Messages in flight arrive now, in the order they were sent.
    Deliver(InFlight),
    /// Copies of messages in flight leave their senders now.
    Duplicate(InFlight),
    /// Messages in flight arrive later by so much.
    Delay(InFlight, Span),
    /// The network changes for what is sent from here on.
    Network(NetworkChange),
    /// Links have conditions of their own from here on.
    Link {
        /// Which.
        links: Links,
        /// What changes; `None`: all is the network's again.
        change: Option<NetworkChange>,
    },
    /// Where the proxy sends reads from here on.
    Reads(ReadFrom),
    /// Nodes' clocks go at another rate from here on.
    Clock {
        /// Which nodes'.
        nodes: Selector,
        /// Their rate.
        rate: ClockRate,
    },
    /// Clients work at a rate.
    Load(LoadConfig),
    /// Seeded faults, all healed at their end.
    Chaos {
        /// Their end.
        until: Time,
        /// What they are drawn from, if not from the run's seed.
        seed: Option<u64>,
    },
    /// What is under way comes to its end now.
    Stop(Course),
    /// What must hold.
    Expect(Expectation),
}

/// One node, by name or by what it is at that moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NodeSelector {
    /// This one.
    Node(NodeId),
    /// The leader.
    Leader,
    /// The up follower with a vote and the smallest number.
    Follower,
}

impl fmt::Display for NodeSelector {
    /// As in the file: `S1`, `leader`, `follower`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => id.fmt(f),
            Self::Leader => f.write_str("leader"),
            Self::Follower => f.write_str("follower"),
        }
    }
}

/// One node or several.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Selector {
    /// These: at least one, none of them written twice.
    Nodes(Vec<NodeSelector>),
    /// Every follower with a vote.
    Followers,
    /// Every node.
    All,
}

impl From<NodeSelector> for Selector {
    fn from(node: NodeSelector) -> Self {
        Self::Nodes(vec![node])
    }
}

impl fmt::Display for Selector {
    /// As a person would say it: `S1`, `S1, leader`, `followers`, `all`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nodes(nodes) => {
                let mut separator = "";
                for node in nodes {
                    write!(f, "{separator}{node}")?;
                    separator = ", ";
                }
                Ok(())
            }
            Self::Followers => f.write_str("followers"),
            Self::All => f.write_str("all"),
        }
    }
}

/// Links between nodes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Links {
    /// Those that carry from the ones to the others.
    Direction {
        /// The senders.
        from: Selector,
        /// The receivers.
        to: Selector,
    },
    /// Those between the ones and the others, both ways.
    Between(Selector, Selector),
}

/// Which messages in flight are meant: all that match, or one of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct InFlight {
    /// Of this kind.
    pub kind: Option<MessageKind>,
    /// From this node.
    pub from: Option<NodeSelector>,
    /// To this node.
    pub to: Option<NodeSelector>,
    /// Only this one of those that match, in the order they were sent, from 1.
    pub nth: Option<NonZeroU32>,
    /// Whether it is no failure when nothing matches.
    pub optional: bool,
}

/// What must hold: every item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expectation {
    /// At least one, in the order of the file.
    pub items: Vec<Item>,
    /// When given: not now, but at some moment from now until then, all at once.
    pub within: Option<Span>,
}

/// One key of an expectation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Its line in the file, from 1.
    pub line: u32,
    /// What must hold.
    pub fact: Fact,
}

/// What is said of each of some nodes, in the order of the file.
pub type PerNode<T> = Vec<(Selector, T)>;

/// Something that holds or does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Who is the up leader with the highest term.
    Leader(ExpectedLeader),
    /// What the nodes are.
    Roles(PerNode<ExpectedRole>),
    /// The nodes' current terms.
    Term(PerNode<Term>),
    /// The nodes' commit indices.
    Commit(PerNode<LogIndex>),
    /// Whom the nodes voted for in their current term; `None`: for nobody.
    VotedFor(PerNode<Option<NodeId>>),
    /// The terms of the nodes' entries, from the first kept.
    Log(PerNode<Vec<Term>>),
    /// The indices of the last entries in the nodes' snapshots; 0: none.
    Snapshot(PerNode<LogIndex>),
    /// Keys and their values in the nodes' state machines; an empty value: absent.
    Value(PerNode<Vec<(Arc<str>, Arc<str>)>>),
    /// What the client's last finished `get` answered; empty: absent.
    Read {
        /// The client.
        client: ClientId,
        /// The answer.
        is: Arc<str>,
    },
    /// Client operations so far.
    Ops(OpCounts),
    /// All up members of the cluster have the same log, commit index and state machine.
    Agree,
    /// Who votes by the leader's newest configuration.
    Members(NodeSet),
    /// No safety property has been violated so far.
    Safe,
    /// Whether the client history so far is linearizable.
    Linearizable(bool),
    /// This safety property has been violated.
    Violates(&'static str),
}

/// Who should lead.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExpectedLeader {
    /// This node.
    Node(NodeId),
    /// Some node.
    Some,
    /// No node that is up.
    None,
}

/// What a node should be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExpectedRole {
    /// It follows.
    Follower,
    /// It asks whether it could win.
    PreCandidate,
    /// It campaigns.
    Candidate,
    /// It leads.
    Leader,
    /// It follows without a vote, and may get one.
    Learner,
    /// It crashed, or never started.
    Down,
    /// It stands still.
    Paused,
}

impl ExpectedRole {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Follower,
        Self::PreCandidate,
        Self::Candidate,
        Self::Leader,
        Self::Down,
        Self::Paused,
        Self::Learner,
    ];

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Follower => "follower",
            Self::PreCandidate => "pre-candidate",
            Self::Candidate => "candidate",
            Self::Leader => "leader",
            Self::Learner => "learner",
            Self::Down => "down",
            Self::Paused => "paused",
        }
    }
}

/// How many client operations ended how; what is `None` does not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct OpCounts {
    /// Done.
    pub ok: Option<u64>,
    /// Refused: certainly not done.
    pub failed: Option<u64>,
    /// Timed out: done or not.
    pub unknown: Option<u64>,
    /// Under way.
    pub pending: Option<u64>,
}
