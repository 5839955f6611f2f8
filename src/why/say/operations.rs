//! Clients' operations in words.

use std::fmt;

use crate::raft::{NoLease, Refusal, RequestWait};
use crate::sim::{Failure, LegEnd};

use super::super::operations::{NotTaken, OperationState, OperationWhy, Unknown};

impl fmt::Display for OperationWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            OperationState::Done { by, after, tries } => {
                f.write_str("done")?;
                if let Some(by) = by {
                    write!(f, ": {by} answered")?;
                }
                if let Some(after) = after {
                    write!(f, " after {after}")?;
                }
                let times = if *tries == 1 { "try" } else { "tries" };
                write!(f, ", in {tries} {times} (§8)")
            }
            OperationState::NotDone(Failure::Mismatch(Some(_))) => {
                f.write_str("not done: the key had another value than it should (§8)")
            }
            OperationState::NotDone(Failure::Mismatch(None)) => {
                f.write_str("not done: the key was absent (§8)")
            }
            OperationState::NotDone(Failure::NotLeader(node)) => {
                write!(f, "not done: {node} was asked, and does not lead (§8)")
            }
            OperationState::Unknown(unknown) => unknown.fmt(f),
            OperationState::Queued { behind } => write!(
                f,
                "waits: its client sends it when operation {behind} is answered (dissertation §6.3)"
            ),
            OperationState::OnItsWay {
                from,
                to,
                answer,
                arrives,
            } => {
                let what = if *answer { "the answer" } else { "it" };
                let (from, to) = (End(*from), End(*to));
                write!(
                    f,
                    "waits: {what} is on its way from {from} to {to} until {arrives} (§8)"
                )
            }
            OperationState::AtPausedNode(node) => {
                write!(f, "waits: it has reached {node}, which stands still (§8)")
            }
            OperationState::AtNode { node, wait, entry } => {
                write!(f, "waits at {node}: ")?;
                match (wait, entry) {
                    (RequestWait::Commit { index }, Some(entry)) => {
                        write!(f, "entry {index} is {entry}")
                    }
                    (wait, _) => write!(f, "{}", Wait(*wait)),
                }
            }
            OperationState::NotTaken { node, why, until } => {
                match why {
                    NotTaken::Down => write!(f, "waits: {node} was asked, and is down")?,
                    NotTaken::Forgotten => {
                        write!(f, "waits: {node} was asked, and does not have it any more")?;
                    }
                }
                match until {
                    Some(until) => write!(f, "; an answer is waited for until {until} (§8)"),
                    None => f.write_str(" (§8)"),
                }
            }
            OperationState::NoLeaderKnown { refused, refusals } => {
                f.write_str("waits: nobody who was asked knows a leader")?;
                if let Some((node, refusal)) = refused {
                    let times = if *refusals == 1 {
                        "refusal"
                    } else {
                        "refusals"
                    };
                    write!(
                        f,
                        "; the last of {refusals} {times} was that of {node}, who "
                    )?;
                    match refusal {
                        Refusal::NotLeader {
                            leader: Some(leader),
                        } => write!(f, "named {leader}")?,
                        Refusal::NotLeader { leader: None } => f.write_str("knew of none")?,
                        Refusal::Deposed => f.write_str("no longer led")?,
                    }
                }
                f.write_str(" (§8)")
            }
        }
    }
}

/// What a request at a node waits for, in words.
struct Wait(RequestWait);

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            RequestWait::Commit { index } => {
                write!(f, "for entry {index} to be committed and applied (§5.3)")
            }
            RequestWait::OwnTerm { term } => write!(
                f,
                "for an entry of the leader's own term {term} to be committed, before which it does not \
                 know the commit index (dissertation §6.4)"
            ),
            RequestWait::Round {
                index,
                begun,
                answered,
                no_lease,
            } => {
                match begun {
                    true => write!(
                        f,
                        "for a majority to answer the heartbeats of its round, which {} has, as proof \
                         that it still leads, to read at index {index}",
                        Answered(answered)
                    )?,
                    false => write!(
                        f,
                        "for the round of heartbeats before its own to end, to read at index {index}"
                    )?,
                }
                match no_lease {
                    Some(NoLease::NotYet) => f.write_str("; it has no lease yet")?,
                    Some(NoLease::Expired { ago }) => write!(f, "; its lease ended {ago} before")?,
                    Some(NoLease::GivenAway) => f.write_str("; it has given its lease away")?,
                    None => {}
                }
                f.write_str(" (dissertation §6.4)")
            }
            RequestWait::Forwarded { to: Some(leader) } => write!(
                f,
                "for the leader {leader} to say at which index it may be read (dissertation §6.4)"
            ),
            RequestWait::Forwarded { to: None } => {
                f.write_str("for a leader to say at which index it may be read (dissertation §6.4)")
            }
            RequestWait::Apply { index, applied } => write!(
                f,
                "to apply everything up to index {index}, having applied {applied} (dissertation §6.4)"
            ),
        }
    }
}

/// Who has answered, or `nobody`.
struct Answered(crate::raft::NodeSet);

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.is_empty() {
            true => f.write_str("nobody"),
            false => self.0.fmt(f),
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown: ")?;
        match self {
            Self::TimedOut { timeouts, tries } => write!(
                f,
                "{timeouts} of {tries} tries were not answered in time, and what was sent may have been \
                 done or may yet be (§8)"
            ),
            Self::Deposed { node } => write!(
                f,
                "{node} led when it took it and no longer does; what becomes of its entry is open (§8)"
            ),
            Self::SessionExpired { node } => write!(
                f,
                "{node} no longer knows its client's session, so an earlier try may have been done \
                 (dissertation §6.3)"
            ),
            Self::Refused { refusals, tries } => write!(
                f,
                "{refusals} of {tries} tries were refused until the proxy gave up (§8)"
            ),
        }
    }
}

/// An end of a leg, in words.
struct End(LegEnd);

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            LegEnd::Client => f.write_str("its client"),
            LegEnd::Proxy => f.write_str("the proxy"),
            LegEnd::Node(node) => node.fmt(f),
        }
    }
}
