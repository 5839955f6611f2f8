//! What both cores are asked to do, in the words of neither.

/// A command: its number in the order of proposal, from 1.
pub type Command = u64;

/// An entry of a log: its term and what it carries; `None` is the no-op of a new leader.
pub type Entry = (u64, Option<Command>);

/// Ticks after which a node that heard no leader may take it for gone, and a leader looks whether
/// it still has its quorum.
pub const ELECTION_TICKS: u64 = 10;
/// Ticks between heartbeats.
pub const HEARTBEAT_TICKS: u64 = 2;

/// What is switched on, on all nodes of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub voters: u8,
    pub pre_vote: bool,
    pub check_quorum: bool,
}

/// A message under way, with the numbers of its sender and its receiver.
#[derive(Clone)]
pub struct Envelope<M> {
    pub from: u8,
    pub to: u8,
    pub message: M,
}

/// Whether election timers run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Elections {
    /// Only the script lets them fire.
    Forced,
    /// They fire after [`patience`].
    Fair,
}

/// A server that runs one of the two cores, its writes durable at once. Numbers count from 1.
pub trait Server: Sized {
    /// How it is called in a failure.
    const NAME: &'static str;
    type Message: Clone;
    /// What survives a crash.
    type Disk;

    fn start(id: u8, options: Options, disk: Option<Self::Disk>) -> Self;
    fn crash(self) -> Self::Disk;

    fn receive(&mut self, message: Self::Message);
    /// Whether it took the command; only a leader does.
    fn propose(&mut self, command: Command) -> bool;
    /// Its election timer fires: a leader looks whether it has its quorum, anyone else campaigns.
    fn election_timeout(&mut self);
    /// A tick of its clock passes.
    fn tick(&mut self, elections: Elections);

    /// What it has sent since it was last asked.
    fn take_sent(&mut self) -> Vec<Envelope<Self::Message>>;
    /// What it has applied since it was last asked: in order, from index 1 in each of its lives.
    fn take_applied(&mut self) -> Vec<(u64, Entry)>;

    fn term(&self) -> u64;
    fn is_leader(&self) -> bool;
    fn log(&self) -> Vec<Entry>;
}

/// How many ticks a node waits for a leader in a term: different ones from node to node, and from
/// term to term in a different order, so that none always comes first.
pub fn patience(id: u8, term: u64) -> u64 {
    ELECTION_TICKS + (u64::from(id) + term) * 7 % 5 * 2
}

/// More than any [`patience`].
pub const NEVER_TICKS: u64 = 1_000_000_000;
