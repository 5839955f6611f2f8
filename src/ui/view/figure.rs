//! Figure 2 as the page shows it: what has fired, and the state of a server.

use crate::measure::{Firings, Line, Side};
use crate::raft::{LogIndex, NodeId, Rule, Term};

/// Figure 2 at a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct FigureView {
    /// Of which node; `None`: of all.
    pub node: Option<NodeId>,
    /// How often each line has fired so far.
    pub firings: Firings,
    /// What fired in the last event, on that node or any.
    pub fired: Vec<FiredView>,
    /// The state of that node.
    pub server: Option<ServerView>,
    /// Whether some rules of the run are wrong on purpose.
    pub wrong: bool,
}

/// Something that fired, or held back.
#[derive(Clone, PartialEq, Debug)]
pub struct FiredView {
    /// On which node.
    pub node: NodeId,
    /// Which line that is.
    pub line: Line,
    /// On which side.
    pub side: Side,
    /// The rule with its numbers; `None`: it is none of the core's.
    pub rule: Option<Rule>,
    /// The entry that was applied, where that is what was done.
    pub applied: Option<LogIndex>,
}

/// The state of a server, as Figure 2 has it.
#[derive(Clone, PartialEq, Debug)]
pub struct ServerView {
    /// Whether it is down: then only what its disk has is known.
    pub down: bool,
    /// Its term.
    pub current_term: Term,
    /// Who has its vote in that term.
    pub voted_for: Option<NodeId>,
    /// The first and the last index of its log, and the last one's term; `None`: it is empty.
    pub log: Option<(LogIndex, LogIndex, Term)>,
    /// The last index that its snapshot covers; 0: it has none.
    pub snapshot: LogIndex,
    /// Its commit index.
    pub commit_index: LogIndex,
    /// The last index it has applied.
    pub last_applied: LogIndex,
    /// Of each other member, next and match index; empty when it does not lead.
    pub progress: Vec<(NodeId, LogIndex, LogIndex)>,
    /// Whether it leads.
    pub leads: bool,
}
