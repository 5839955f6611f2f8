//! What the page shows of one moment: plain values made from the world by [`super::session`], given
//! to the components, which know nothing else.
//!
//! What stands still is in [`View`], each part behind an `Rc` that is replaced only when the part has
//! changed, so that a component is rendered again only then. What moves is in [`Moving`], which the
//! canvas reads every frame.

mod axis;
mod figure;
mod metrics;

use std::rc::Rc;

use crate::check::Linearizability;
use crate::inspect::{self, Fate, Inspection, Milestones, Stop};
use crate::kv::SharedCommand;
pub use crate::scenario::words::EventKind;

use crate::raft::{
    AppendResult, Configuration, InstallResult, Log, LogIndex, MessageKind, NodeId, NodeSet, Span,
    Term, Time,
};
use crate::sim::{ClockRate, Config, NetworkChange};
use crate::timeline::{BranchId, Differences, LaneChange, Mark, Parted};
use crate::ui::shared::Shared;
use crate::why::Why;

pub use figure::{FigureView, FiredView, ServerView};
pub use metrics::MetricsView;

/// One moment of the run.
#[derive(Clone, PartialEq)]
pub struct View {
    /// The simulated time.
    pub now: Time,
    /// How many events there have been.
    pub events: u64,
    /// How many lines of the event log there are.
    pub lines: u64,
    /// The nodes, in order of their numbers.
    pub nodes: Rc<[NodeView]>,
    /// The links that are cut, each in one direction.
    pub cuts: Rc<[(NodeId, NodeId)]>,
    /// The links that have conditions of their own, each in one direction, and what these are.
    pub own: Rc<[(NodeId, NodeId, NetworkChange)]>,
    /// The groups of the partition in force; empty when there is none.
    pub groups: Rc<[NodeSet]>,
    /// The logs.
    pub logs: Rc<[LogView]>,
    /// The state machines.
    pub states: Rc<[StateView]>,
    /// The operations of the clients, the newest first.
    pub operations: Rc<[OperationView]>,
    /// Whether a property has been violated.
    pub safety: Rc<SafetyView>,
}

/// Everything that is known of one thing.
#[derive(Clone, PartialEq)]
pub struct Inspected {
    /// Its fields; `None`: it is not there at this moment.
    pub inspection: Option<Inspection>,
    /// Why it is so.
    pub why: Option<Why>,
    /// Of a candidate: why each voter votes for it, or not.
    pub votes: Vec<(NodeId, Why)>,
    /// The number of the last event.
    pub event: u64,
    /// What that changed of it; `None`: time runs, it is no node, or it would take too long.
    pub changes: Option<Vec<inspect::Change>>,
    /// Of an entry: its way, as far as it is known yet.
    pub way: Option<Milestones>,
    /// Of a message that has ended: how and when, if that has been found.
    pub ended: Option<(Fate, Stop)>,
    /// Whether it may be found in the past, and is not yet.
    pub searching: bool,
}

/// Where in time the page is, and where it could be.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeView {
    /// The playhead.
    pub now: Time,
    /// How far the branch has been run.
    pub end: Time,
    /// The end of the scenario, when it has one and does not go on.
    pub until: Option<Time>,
    /// The branches, in the order in which they were made; one at least.
    pub branches: Rc<[BranchView]>,
    /// A way that takes longer than a frame: how much of it is done, if that is known.
    pub under_way: Option<Option<f32>>,
    /// What undoing goes back before.
    pub undo: Option<Change>,
    /// What doing again goes on to.
    pub redo: Option<Change>,
    /// What there is to say of the last move in time; the number tells one from the next.
    pub said: Option<(u32, Said)>,
}

impl TimeView {
    /// The time at the right edge of whatever shows the whole branch.
    pub fn axis(&self) -> Time {
        axis::axis(self.end, self.until)
    }
}

/// What can be undone, or done again.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// An act of the user, in words.
    Act(Rc<str>),
    /// That another run was shown in place of the last one.
    Run,
}

/// A branch.
#[derive(Clone, PartialEq, Debug)]
pub struct BranchView {
    /// Which.
    pub id: BranchId,
    /// The branch that it parts from.
    pub parent: Option<BranchId>,
    /// Where it parts from that.
    pub begin: Time,
    /// How far it has been run.
    pub end: Time,
    /// What was done there, in words; `None`: it is the first.
    pub name: Option<Rc<str>>,
    /// Whether it is the one that is shown.
    pub shown: bool,
}

/// The branch that is shown beside another one, at the same time.
#[derive(Clone, PartialEq)]
pub struct ComparisonView {
    /// The one that is shown, and the other.
    pub sides: [SideView; 2],
    /// Whether the other has come to that time; else it is on its way.
    pub there: bool,
    /// What differs.
    pub differences: Differences,
    /// Where they part.
    pub parted: Parted,
}

/// One side of a comparison.
#[derive(Clone, PartialEq)]
pub struct SideView {
    /// The branch.
    pub branch: BranchId,
    /// What was done where it begins; `None`: it is the first.
    pub name: Option<Rc<str>>,
    /// What it is like now.
    pub view: View,
}

/// Something to say of a move in time.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// The playhead is before this act, which is undone by that; acting begins a branch.
    Undone(Rc<str>),
    /// The playhead is after this act again.
    Redone(Rc<str>),
    /// Nobody has acted before the playhead.
    NothingToUndo,
    /// Nobody acts after the playhead.
    NothingToRedo,
    /// What was looked for is not there before the playhead.
    NotBefore,
    /// What was looked for has not come; time has gone on to this.
    NotBy(Time),
    /// A branch began with this act; the old future is kept.
    Branched(Rc<str>),
    /// The run is so large that it does not go on.
    TooLarge,
    /// The branch that began with this act is forgotten.
    Discarded(Rc<str>),
    /// A new run has begun; there is a last one to go back to.
    NewRun,
    /// The run that was shown before is shown again.
    LastRun,
}

/// What the strip shows of a branch: read when it is drawn.
pub trait Strip {
    /// The run: what it was started with, which no other shares.
    fn run(&self) -> Shared<Config>;
    /// What the nodes were, the oldest change that is kept first, from that tick on.
    fn lanes(&self, from: u64, each: &mut dyn FnMut(&LaneChange));
    /// The nodes that have a lane.
    fn nodes(&self) -> NodeSet;
    /// A number that changes when there is another lane change or mark.
    fn changes(&self) -> usize;
    /// The rare events, the oldest that is kept first, from that tick on.
    fn marks(&self, from: u64, each: &mut dyn FnMut(&Mark));
}

/// A [`Strip`] to hand to components: equal when it is the very same one.
#[derive(Clone)]
pub struct StripRef(pub Rc<dyn Strip>);

impl PartialEq for StripRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The most nodes that the page has room for.
pub const NODES_MAX: usize = 9;

/// What a node is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RoleView {
    /// It follows.
    Follower,
    /// It asks whether it would get votes.
    PreCandidate {
        /// Who would vote for it, itself included.
        votes: NodeSet,
        /// How many it needs.
        needed: usize,
    },
    /// It asks for votes.
    Candidate {
        /// Who has granted, itself included.
        votes: NodeSet,
        /// How many it needs.
        needed: usize,
    },
    /// It leads.
    Leader,
    /// It is down.
    Down,
    /// It stands still.
    Paused,
    /// It follows without a vote.
    Learner,
    /// It runs and is no member of the cluster.
    Outside,
}

/// Why a node's place in the cluster cannot be changed in some way now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceBar {
    /// There is no leader to change it.
    NobodyLeads,
    /// The leader stands still.
    LeaderPaused,
    /// It has that place already, or will when the changes that wait are made.
    HasIt,
    /// Nobody would be left to vote.
    NoVoterLeft,
}

/// A node on the stage.
#[derive(Clone, PartialEq, Debug)]
pub struct NodeView {
    /// Which.
    pub id: NodeId,
    /// What it is.
    pub role: RoleView,
    /// Its current term.
    pub term: Term,
    /// Whom it has voted for in that term.
    pub voted_for: Option<NodeId>,
    /// Whom it takes for the leader.
    pub leader: Option<NodeId>,
    /// Its commit index.
    pub commit: LogIndex,
    /// The last index it has applied.
    pub applied: LogIndex,
    /// The last index of its log.
    pub last: LogIndex,
    /// The rate of its clock.
    pub clock: ClockRate,
    /// Whether it has applied something that no snapshot of it covers.
    pub can_snapshot: bool,
    /// Why it cannot be given a vote, if it cannot.
    pub no_vote: Option<PlaceBar>,
    /// Why it cannot be made a learner, if it cannot.
    pub no_learner: Option<PlaceBar>,
    /// Why it cannot be removed, if it cannot.
    pub no_removal: Option<PlaceBar>,
}

/// The log of one node.
#[derive(Clone, PartialEq, Debug)]
pub struct LogView {
    /// Whose.
    pub id: NodeId,
    /// Whether the node is down (its log is then what its disk holds).
    pub down: bool,
    /// Whether it leads.
    pub leads: bool,
    /// Its entries. A clone is cheap; show only the rows in view.
    pub log: Log<SharedCommand>,
    /// Its commit index.
    pub commit: LogIndex,
    /// The last index it has applied.
    pub applied: LogIndex,
    /// The last index its disk holds.
    pub durable: LogIndex,
    /// What the current leader believes of it: next and match index.
    pub progress: Option<(LogIndex, LogIndex)>,
}

/// The state machine of one node.
#[derive(Clone, PartialEq, Debug)]
pub struct StateView {
    /// Whose.
    pub id: NodeId,
    /// Whether it is down: its state machine is then gone until it restarts.
    pub down: bool,
    /// The last index it has applied.
    pub applied: LogIndex,
    /// The configuration that it goes by: the newest in its log.
    pub members: Configuration,
    /// Keys and values in order of the keys.
    pub pairs: Vec<(Rc<str>, Rc<str>)>,
}

/// How an operation stands.
#[derive(Clone, PartialEq, Debug)]
pub enum OutcomeView {
    /// It waits for an answer; at this node now, or nowhere.
    Waiting(Option<NodeId>),
    /// It was done; a read's value, `None` inside: absent.
    Ok(Option<Option<Rc<str>>>),
    /// It was definitely not done, and why.
    Failed(Rc<str>),
    /// Whether it was done is not known.
    Unknown,
}

/// An operation of a client.
#[derive(Clone, PartialEq, Debug)]
pub struct OperationView {
    /// A number of its own, rising.
    pub number: u64,
    /// The client's name.
    pub client: Rc<str>,
    /// What was asked, in words: `put x=1`.
    pub what: Rc<str>,
    /// When it was asked.
    pub asked: Time,
    /// How it stands.
    pub outcome: OutcomeView,
    /// Who answered.
    pub answered_by: Option<NodeId>,
    /// How long it took.
    pub latency: Option<Span>,
    /// How often the proxy has tried.
    pub tries: u32,
}

/// What the oracles say.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SafetyView {
    /// The violations so far, the first first: property, when, what.
    pub violations: Vec<(Rc<str>, Time, Rc<str>)>,
    /// What the clients saw.
    pub linearizability: Linearizability,
}

/// One line of the event log.
#[derive(Clone, PartialEq, Debug)]
pub struct EventLine {
    /// The number of the event.
    pub event: u64,
    /// When.
    pub at: Time,
    /// Which node it is about, if one.
    pub node: Option<NodeId>,
    /// What sort of event it is.
    pub kind: EventKind,
    /// In words.
    pub text: Rc<str>,
}

/// The lines of the event log that are kept, numbered from 0 for the first of the run.
///
/// The log drops its oldest lines as it grows, so that its memory is bounded. Its end is that of the
/// moment that is shown: it falls when one goes back. A new run has a new log.
pub trait EventLog {
    /// The number of the oldest line kept.
    fn first(&self) -> u64;
    /// The number after the newest line: that of the next one.
    fn end(&self) -> u64;
    /// The line of this number, when it is kept.
    fn get(&self, number: u64) -> Option<EventLine>;
}

/// Where a thing that moves starts or ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A node.
    Node(NodeId),
    /// The clients.
    Client,
    /// The proxy.
    Proxy,
}

/// What a message looks like: what it says at a glance.
#[derive(Clone, PartialEq, Debug)]
pub enum Look {
    /// A request for a vote, or, before that, for the promise of one.
    RequestVote {
        /// Whether it is only for a promise (PreVote).
        pre: bool,
    },
    /// Its answer.
    Vote {
        /// Whether it is only a promise (PreVote).
        pre: bool,
        /// Whether it was granted.
        granted: bool,
    },
    /// An AppendEntries without entries.
    Heartbeat,
    /// An AppendEntries with entries: their terms (the first three) and how many they are.
    Entries {
        /// The terms of the first three.
        terms: [Option<Term>; 3],
        /// How many entries.
        count: usize,
    },
    /// The answer to an AppendEntries.
    Appended(AppendResult),
    /// A follower's question for a read index, or its answer.
    ReadIndex {
        /// Whether it is the answer.
        reply: bool,
    },
    /// A leader's word to a follower to campaign at once.
    TimeoutNow,
    /// A piece of a snapshot.
    Snapshot {
        /// The last index that the snapshot covers.
        last_index: LogIndex,
        /// The first byte of the piece, and the one after its last.
        bytes: (u64, u64),
        /// Whether it is the last piece.
        done: bool,
    },
    /// Its answer.
    SnapshotReply(InstallResult),
    /// An operation on its way to or from the clients.
    Operation {
        /// Whether it is the answer.
        reply: bool,
        /// What was asked, in words.
        what: Rc<str>,
        /// Its number.
        number: u64,
    },
}

/// Something on its way.
#[derive(Clone, PartialEq, Debug)]
pub struct Flight {
    /// A number of its own, for selecting it.
    pub id: u64,
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// Its kind, when it is a message between nodes.
    pub kind: Option<MessageKind>,
    /// The sender's term, when it is a message between nodes.
    pub term: Term,
    /// What it looks like.
    pub look: Look,
    /// When it was sent.
    pub sent: Time,
    /// When it arrives, or would: its place is `(now - sent) / (arrives - sent)` of the way.
    pub arrives: Time,
}

/// The end of a message that was lost or cut: drawn breaking for a moment where it died.
#[derive(Clone, PartialEq, Debug)]
pub struct Death {
    /// What it was.
    pub flight: Flight,
    /// When it died; its place is where it was then.
    pub at: Time,
}

/// The election timer of a node.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimerView {
    /// Whose.
    pub id: NodeId,
    /// When it was last reset.
    pub armed: Time,
    /// When it fires.
    pub fires: Time,
}

/// What tells one moment that is drawn from another while time stands: the branch, the time, and how
/// many events there have been.
pub type Still = (Option<BranchId>, Time, u64);

/// What moves between events, read every frame.
pub trait Moving {
    /// The simulated time to draw: between two events it goes on smoothly.
    fn now(&self) -> f64;
    /// Everything on its way.
    fn flights(&self, each: &mut dyn FnMut(&Flight));
    /// What died lately (within the last simulated 30 ms or so).
    fn deaths(&self, each: &mut dyn FnMut(&Death));
    /// The election timers that run.
    fn timers(&self, each: &mut dyn FnMut(TimerView));
}

/// A [`Moving`] to hand to components: equal when it is the very same one.
#[derive(Clone)]
pub struct MovingRef(pub Rc<dyn Moving>);

impl PartialEq for MovingRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
