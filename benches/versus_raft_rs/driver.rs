//! What drives either core: nodes, a network between them, and a client.

use std::collections::VecDeque;
use std::fmt;

use crate::work::Work;

/// The number of the node that leads.
const LEADER: usize = 0;

/// How both cores are set up. No time passes while they are measured: the election and the last
/// heartbeat are asked for, so that it makes no difference how long they are waited for.
#[derive(Clone, Copy)]
pub struct Setup {
    pub nodes: usize,
    pub habits: Habits,
}

/// Where the two cores differ by themselves, and can be set to do alike.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Habits {
    /// Each as it is by itself.
    Own,
    /// The crate tells followers of a commit with what they are sent next, as our core does.
    CommitsCarried,
    /// Proposals that wait together are replicated together: the crate adds them to a message that has
    /// not been sent yet (`batch_append`); for our core, its host makes them one proposal.
    AppendsBatched,
}

impl Setup {
    /// AppendEntries under way to one follower.
    pub const MAX_INFLIGHT: usize = 256;
    /// Entries in one AppendEntries: more than a batch has.
    pub const MAX_ENTRIES: usize = 1024;
    /// Both as they are run in earnest.
    pub const PRE_VOTE: bool = true;
    pub const CHECK_QUORUM: bool = true;
}

/// A node of the core under test.
pub trait Peer {
    type Message;

    /// A node that has just started, of so many.
    fn start(place: usize, setup: Setup) -> Self;

    fn campaign(&mut self);

    fn heartbeat(&mut self);

    fn receive(&mut self, message: Self::Message);

    fn propose(&mut self, command: &[u8]);

    /// The same in one proposal.
    fn propose_together<'a>(&mut self, commands: impl Iterator<Item = &'a [u8]>);

    /// Does all that the node wants done by now: its writes, its messages, what it applies.
    fn carry_out(&mut self, outside: &mut Outside<Self::Message>);
}

/// What is around a node.
pub struct Outside<M> {
    /// What it has sent, and where to.
    pub sent: Vec<(usize, M)>,
    pub applied: Applied,
}

/// What a state machine remembers of the commands that it has applied: enough to see that two have
/// applied the same.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Applied {
    commands: u64,
    bytes: u64,
    /// Of their numbers, in order.
    hash: u64,
}

impl Applied {
    /// Every command begins with its number.
    pub fn apply(&mut self, command: &[u8]) {
        let number = command
            .first_chunk()
            .map(|bytes| u64::from_le_bytes(*bytes));
        self.commands += 1;
        self.bytes += command.len() as u64;
        self.hash = (self.hash.rotate_left(5) ^ number.unwrap_or_default())
            .wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// How commands are proposed.
#[derive(Clone, Copy)]
pub enum Batch {
    /// So many at a time, each for itself.
    OneByOne(u64),
    /// So many at a time, in one proposal.
    Together(u64),
}

/// What a node takes in before it is asked what it wants done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    /// One message, or one proposal.
    Event,
    /// All that waits for it.
    Drain,
}

/// What is measured.
#[derive(Clone, Copy)]
pub struct Case {
    setup: Setup,
    batch: Batch,
    drive: Drive,
    payload_bytes: usize,
}

impl Case {
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for habits in [Habits::Own, Habits::CommitsCarried, Habits::AppendsBatched] {
            for nodes in [3, 5] {
                for batch in [Batch::OneByOne(1), Batch::OneByOne(64), Batch::Together(64)] {
                    for drive in [Drive::Event, Drive::Drain] {
                        all.extend([16, 256].map(|payload_bytes| Self {
                            setup: Setup { nodes, habits },
                            batch,
                            drive,
                            payload_bytes,
                        }));
                    }
                }
            }
        }
        all.retain(Self::is_of_its_own);
        all
    }

    /// Whether its habits make a difference.
    const fn is_of_its_own(&self) -> bool {
        match (self.setup.habits, self.batch, self.drive) {
            (Habits::Own | Habits::CommitsCarried, ..) => true,
            (Habits::AppendsBatched, Batch::OneByOne(size), Drive::Drain) => size > 1,
            (Habits::AppendsBatched, ..) => false,
        }
    }

    /// How many commands are proposed in all: a whole number of batches.
    pub fn commands(&self) -> u64 {
        match self.batch {
            Batch::OneByOne(1) => 10_000,
            Batch::OneByOne(size) | Batch::Together(size) => 300 * size,
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nodes={} ", self.setup.nodes)?;
        match self.batch {
            Batch::OneByOne(size) => write!(f, "batch={size} ")?,
            Batch::Together(size) => write!(f, "batch={size}-as-one ")?,
        }
        let drive = match self.drive {
            Drive::Event => "event",
            Drive::Drain => "drain",
        };
        write!(f, "drive={drive} payload={}", self.payload_bytes)?;
        f.write_str(match self.setup.habits {
            Habits::Own => "",
            Habits::CommitsCarried => " commits=carried",
            Habits::AppendsBatched => " appends=batched",
        })
    }
}

pub struct Cluster<P: Peer> {
    case: Case,
    peers: Vec<(P, Outside<P::Message>)>,
    /// By recipient.
    inboxes: Vec<VecDeque<P::Message>>,
    /// Whose turn it is to take from its inbox.
    turns: VecDeque<usize>,
    /// How many were sent.
    pub messages: u64,
    proposed: u64,
}

impl<P: Peer> Cluster<P> {
    /// A cluster whose first node leads and whose others know it.
    pub fn new(case: Case) -> Self {
        let outside = || Outside {
            sent: Vec::new(),
            applied: Applied::default(),
        };
        let places = 0..case.setup.nodes;
        let start = |place| (P::start(place, case.setup), outside());
        let mut cluster = Self {
            case,
            peers: places.clone().map(start).collect(),
            inboxes: places.map(|_| VecDeque::new()).collect(),
            turns: VecDeque::new(),
            messages: 0,
            proposed: 0,
        };
        cluster.peers[LEADER].0.campaign();
        cluster.carry_out(LEADER);
        cluster.settle();
        cluster.messages = 0;
        cluster
    }

    /// What every node has applied.
    pub fn applied(&self) -> Applied {
        self.peers[LEADER].1.applied
    }

    /// All messages are delivered, and a heartbeat tells who does not know of the last commit.
    fn settle(&mut self) {
        while self.deliver() {}
        self.peers[LEADER].0.heartbeat();
        self.carry_out(LEADER);
        while self.deliver() {}
    }

    /// Whoever's turn it is takes in what is for it; says whether there was anything.
    fn deliver(&mut self) -> bool {
        let Some(place) = self.turns.pop_front() else {
            return false;
        };
        let inbox = &mut self.inboxes[place];
        while let Some(message) = inbox.pop_front() {
            self.peers[place].0.receive(message);
            if self.case.drive == Drive::Event {
                break;
            }
        }
        self.carry_out(place);
        true
    }

    fn carry_out(&mut self, place: usize) {
        let (peer, outside) = &mut self.peers[place];
        peer.carry_out(outside);
        for (to, message) in outside.sent.drain(..) {
            self.messages += 1;
            if self.case.drive == Drive::Event || self.inboxes[to].is_empty() {
                self.turns.push_back(to);
            }
            self.inboxes[to].push_back(message);
        }
    }

    /// The client proposes a batch.
    fn propose(&mut self) {
        match self.case.batch {
            Batch::OneByOne(size) => {
                for _ in 0..size {
                    let command = self.next_command();
                    self.peers[LEADER].0.propose(&command);
                    if self.case.drive == Drive::Event {
                        self.carry_out(LEADER);
                    }
                }
            }
            Batch::Together(size) => {
                let commands: Vec<_> = (0..size).map(|_| self.next_command()).collect();
                let commands = commands.iter().map(Vec::as_slice);
                self.peers[LEADER].0.propose_together(commands);
            }
        }
        self.carry_out(LEADER);
    }

    fn next_command(&mut self) -> Vec<u8> {
        self.proposed += 1;
        let mut command = vec![7; self.case.payload_bytes];
        command[..8].copy_from_slice(&self.proposed.to_le_bytes());
        command
    }
}

impl<P: Peer> Work for Cluster<P> {
    fn run(&mut self) {
        while self.proposed < self.case.commands() {
            self.propose();
            while self.applied().commands < self.proposed {
                assert!(self.deliver(), "what is proposed is committed");
            }
        }
        self.settle();
        assert_eq!(self.applied().commands, self.case.commands());
        assert!(self.messages > 0, "the nodes have talked");
        let applied = self.applied();
        assert!(
            self.peers
                .iter()
                .all(|(_, outside)| outside.applied == applied)
        );
    }
}
