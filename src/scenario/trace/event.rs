//! One line of a trace, as it is written.

use crate::raft::ObservedRole;
use crate::scenario::format::Error;

use super::json::{self, Fields};
use super::stamp::Stamp;
use super::value::Value;
use super::{MAX_LINE_BYTES, error};

/// What a line tells. Nodes are the numbers that the trace has for them; 0 is none.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Event {
    pub(super) line: u32,
    pub(super) at: Option<Stamp>,
    pub(super) name: Name,
    pub(super) node: u64,
    pub(super) term: Option<u64>,
    pub(super) vote: Option<u64>,
    pub(super) commit: Option<u64>,
    pub(super) applied: Option<u64>,
    pub(super) role: Option<ObservedRole>,
    pub(super) log: Option<LogSeen>,
    pub(super) members: Option<Members>,
    pub(super) message: Option<MessageSeen>,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Name {
    /// A node begins, for the first time or again. What it says of term, vote and commit index is from
    /// before it has looked at its disk.
    InitState,
    BecomeLeader,
    /// A message is sent.
    Send,
    /// A message is received.
    Receive,
    /// A node stops.
    Crash,
    /// A node starts again.
    Restart,
    /// A node that is down loses its disk.
    Wipe,
    /// A follower that was started with a configuration tells so.
    Prelude,
    /// Anything else: only the state matters.
    Other,
}

/// A log, as far as it is told.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum LogSeen {
    /// Its last index.
    Last(u64),
    /// The terms of its entries from an index on, and that of the entry before them if it is told.
    From {
        first: u64,
        before: Option<u64>,
        terms: Vec<u64>,
    },
}

/// The members of the cluster.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Members {
    pub(super) voters: Vec<u64>,
    pub(super) outgoing: Vec<u64>,
    pub(super) learners: Vec<u64>,
}

/// The kinds of message that are traced.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Kind {
    App,
    AppResp,
    Heartbeat,
    HeartbeatResp,
    Vote,
    VoteResp,
    PreVote,
    PreVoteResp,
    Snap,
    TimeoutNow,
    ReadIndex,
    ReadIndexResp,
}

impl Kind {
    /// All, with their names.
    pub(super) const NAMES: [(Self, &'static str); 12] = [
        (Self::App, "MsgApp"),
        (Self::AppResp, "MsgAppResp"),
        (Self::Heartbeat, "MsgHeartbeat"),
        (Self::HeartbeatResp, "MsgHeartbeatResp"),
        (Self::Vote, "MsgVote"),
        (Self::VoteResp, "MsgVoteResp"),
        (Self::PreVote, "MsgPreVote"),
        (Self::PreVoteResp, "MsgPreVoteResp"),
        (Self::Snap, "MsgSnap"),
        (Self::TimeoutNow, "MsgTimeoutNow"),
        (Self::ReadIndex, "MsgReadIndex"),
        (Self::ReadIndexResp, "MsgReadIndexResp"),
    ];
}

/// A message, as it is written.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct MessageSeen {
    pub(super) kind: Kind,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) term: u64,
    pub(super) log_term: u64,
    pub(super) index: u64,
    /// How many; of a snapshot the last index that it covers.
    pub(super) entries: u64,
    pub(super) commit: u64,
    pub(super) reject: bool,
    pub(super) reject_hint: u64,
    /// The terms of the entries, where they are told.
    pub(super) terms: Option<Vec<u64>>,
}

/// What a line tells; nothing when it is no event of a trace.
pub(super) fn read(line: u32, text: &str) -> Result<Option<Event>, Error> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if text.len() > MAX_LINE_BYTES {
        let most = MAX_LINE_BYTES >> 20;
        return Err(error(
            line,
            format!("this line is too long; a line has at most {most} MiB"),
        ));
    }
    let value = Value::parse(text).map_err(|byte| Error {
        line,
        column: u32::try_from(text[..byte].chars().count() + 1).unwrap_or(u32::MAX),
        message: "this line is not JSON; a trace has one JSON object a line".to_owned(),
    })?;
    let whole = Fields::new(line, &value, "line")?;
    let event = match whole.object("event")? {
        Some(event) => event,
        // A line without the logger's wrapping.
        None if whole.get("nid").is_some() => Fields::new(line, &value, "event")?,
        // Something else that was logged.
        None => return Ok(None),
    };
    read_event(whole, event).map(Some)
}

fn read_event(whole: Fields<'_>, event: Fields<'_>) -> Result<Event, Error> {
    let right = "the name of what happened, such as \"BecomeLeader\"";
    let name = event.text("name")?;
    let name = name.ok_or_else(|| event.wrong("name", right))?;
    let node = event.node("nid")?.filter(|&node| node > 0);
    let node = node.ok_or_else(|| event.wrong("nid", "the number of a node, such as \"1\""))?;
    let state = event.object("state")?;
    let of_state = |key| state.map_or(Ok(None), |state| state.number(key));
    let role = role(event)?;
    let message = match event.object("msg")? {
        Some(message) => read_message(message)?,
        None => None,
    };
    let applied = match event.number("applied")? {
        None => event.number("Applied")?,
        applied => applied,
    };
    Ok(Event {
        line: event.line,
        at: Stamp::read(whole)?,
        name: kind_of(name, role),
        node,
        term: of_state("term")?,
        vote: state.map_or(Ok(None), |state| state.node("vote"))?,
        commit: of_state("commit")?,
        applied,
        role,
        log: log(event)?,
        members: members(event)?,
        message,
    })
}

fn kind_of(name: &str, role: Option<ObservedRole>) -> Name {
    let follows = role.is_none_or(|role| role == ObservedRole::Follower);
    match name {
        "InitState" => Name::InitState,
        "BecomeLeader" => Name::BecomeLeader,
        "Crash" => Name::Crash,
        "Restart" => Name::Restart,
        "Wipe" => Name::Wipe,
        "BecomeFollower" | "ChangeConf" | "ApplyConfChange" | "Bootstrap" | "Ready" if follows => {
            Name::Prelude
        }
        _ if name.starts_with("Send") => Name::Send,
        _ if name.starts_with("Receive") => Name::Receive,
        _ => Name::Other,
    }
}

fn role(event: Fields<'_>) -> Result<Option<ObservedRole>, Error> {
    let Some(text) = event.text("role")? else {
        return Ok(None);
    };
    match text.strip_prefix("State").unwrap_or(text) {
        "Follower" => Ok(Some(ObservedRole::Follower)),
        "PreCandidate" => Ok(Some(ObservedRole::PreCandidate)),
        "Candidate" => Ok(Some(ObservedRole::Candidate)),
        "Leader" => Ok(Some(ObservedRole::Leader)),
        _ => {
            let right =
                "\"StateFollower\", \"StatePreCandidate\", \"StateCandidate\" or \"StateLeader\"";
            Err(event.wrong("role", right))
        }
    }
}

fn log(event: Fields<'_>) -> Result<Option<LogSeen>, Error> {
    if !matches!(event.get("log"), Some(Value::Object(_))) {
        return Ok(event.number("log")?.map(LogSeen::Last));
    }
    let Some(log) = event.object("log")? else {
        return Ok(None);
    };
    let first = log.number("from")?.filter(|&from| from > 0);
    let first = first.ok_or_else(|| log.wrong("from", "an index, from 1"))?;
    let terms = log.numbers("terms")?;
    let terms = terms.ok_or_else(|| log.wrong("terms", "a list of whole numbers"))?;
    Ok(Some(LogSeen::From {
        first,
        before: log.number("before")?,
        terms,
    }))
}

fn members(event: Fields<'_>) -> Result<Option<Members>, Error> {
    let right = "two lists of nodes, such as [[\"1\", \"2\", \"3\"], []]";
    let wrong = || event.wrong("conf", right);
    let nodes = |value: &Value<'_>| json::list(value, json::node);
    let (voters, outgoing) = match event.get("conf") {
        None => return Ok(None),
        Some(Value::Array(lists)) => match lists.as_slice() {
            [voters] => (nodes(voters), Some(Vec::new())),
            // A list that is not there is `null` in Go.
            [voters, Value::Null] => (nodes(voters), Some(Vec::new())),
            [voters, outgoing] => (nodes(voters), nodes(outgoing)),
            _ => return Err(wrong()),
        },
        Some(_) => return Err(wrong()),
    };
    let learners = event.get("learners").map(nodes);
    let learners = learners.unwrap_or_else(|| Some(Vec::new()));
    Ok(Some(Members {
        voters: voters.ok_or_else(wrong)?,
        outgoing: outgoing.ok_or_else(wrong)?,
        learners: learners.ok_or_else(|| event.wrong("learners", "a list of nodes"))?,
    }))
}

/// A message; nothing when it is of a kind that means nothing here.
fn read_message(message: Fields<'_>) -> Result<Option<MessageSeen>, Error> {
    let right = "the kind of a message, such as \"MsgApp\"";
    let kind = message.text("type")?;
    let kind = kind.ok_or_else(|| message.wrong("type", right))?;
    let Some(&(kind, _)) = Kind::NAMES.iter().find(|(_, name)| *name == kind) else {
        return Ok(None);
    };
    let node = |key| {
        let node = message.node(key)?.filter(|&node| node > 0);
        node.ok_or_else(|| message.wrong(key, json::NODE))
    };
    let number = |key| Ok(message.number(key)?.unwrap_or(0));
    let terms = message.numbers("terms")?;
    let told = terms.as_ref().map(|terms| terms.len() as u64);
    let entries = message.number("entries")?.or(told).unwrap_or(0);
    if kind == Kind::App && told.is_some_and(|told| told != entries) {
        return Err(error(
            message.line,
            "`terms` of `msg` must be as many as `entries` says".to_owned(),
        ));
    }
    Ok(Some(MessageSeen {
        kind,
        from: node("from")?,
        to: node("to")?,
        term: number("term")?,
        log_term: number("logTerm")?,
        index: number("index")?,
        entries,
        commit: number("commit")?,
        reject: message.flag("reject")?.unwrap_or(false),
        reject_hint: number("rejectHint")?,
        terms,
    }))
}
