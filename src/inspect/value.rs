//! What an inspection is made of: groups of fields with values.

use crate::raft::{Configuration, LogIndex, NodeId, NodeSet, Span, Term, Time};
use crate::why::Subject;

/// Everything that is known of one thing at a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Inspection {
    /// Of what.
    pub subject: Subject,
    /// Its fields, in groups.
    pub groups: Vec<Group>,
}

/// Fields that belong together.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What they are.
    pub name: Name,
    /// The fields, one at least.
    pub fields: Vec<Field>,
}

/// What the fields of a group are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    /// A node's persistent state (Figure 2).
    Persistent,
    /// A node's volatile state (Figure 2).
    Volatile,
    /// A leader's volatile state (Figure 2).
    Leader,
    /// What a node is, and who votes for it.
    Role,
    /// What its disk has of its persistent state.
    Disk,
    /// Its clock and its timers.
    Timers,
    /// Its snapshot (§7).
    Snapshot,
    /// The members of the cluster, as it goes by them (§6).
    Configuration,
    /// Its lease, or what it has promised to a leader's (dissertation §6.4.1).
    Lease,
    /// The requests that wait at it.
    Requests,
    /// Its state machine.
    Machine,
    /// Who says what to whom.
    Message,
    /// What a message carries.
    Body,
    /// Its way over the network.
    Transit,
    /// An entry.
    Entry,
    /// How it stands with an entry on each node.
    Copies,
    /// What was asked, by whom.
    Operation,
    /// What has become of it.
    Outcome,
}

/// A field.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name, as the paper or the code has it.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
}

/// The value of a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// There is none.
    None,
    /// Whether something is so.
    Flag(bool),
    /// How many.
    Number(u64),
    /// A number that is no whole one, as it is written.
    Decimal(String),
    /// A term.
    Term(Term),
    /// An index of a log.
    Index(LogIndex),
    /// A moment.
    Time(Time),
    /// How long.
    Span(Span),
    /// A word of the code: a role, a kind of message, an outcome.
    Word(&'static str),
    /// What a user has written, or what is made of that.
    Text(String),
    /// A node.
    Node(NodeId),
    /// Nodes.
    Nodes(NodeSet),
    /// The members of a cluster.
    Members(Configuration),
    /// An entry of a node's log.
    Entry(NodeId, LogIndex),
    /// A message.
    Message(u64),
    /// An operation.
    Operation(u64),
    /// An event of the run, by its number; 0: its start.
    Event(u64),
    /// Fields of its own.
    Fields(Vec<Field>),
    /// A row for each node: the nodes with fields of the same names.
    Table(Vec<(NodeId, Vec<Field>)>),
    /// Several values.
    List(Vec<Self>),
}

impl Field {
    pub(super) fn new(name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        Self { name, value }
    }
}

impl Group {
    pub(super) const fn new(name: Name, fields: Vec<Field>) -> Self {
        Self { name, fields }
    }
}

/// Values that can only be of one kind.
macro_rules! values {
    ($($of:ty => $kind:ident),+ $(,)?) => {
        $(impl From<$of> for Value {
            fn from(value: $of) -> Self {
                Self::$kind(value)
            }
        })+
    };
}

values!(
    bool => Flag,
    u64 => Number,
    Term => Term,
    LogIndex => Index,
    Time => Time,
    Span => Span,
    &'static str => Word,
    String => Text,
    NodeId => Node,
    NodeSet => Nodes,
    Configuration => Members,
    Vec<Field> => Fields,
    Vec<Self> => List,
);

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Number(value as u64)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}
