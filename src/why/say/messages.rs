//! Messages in words.

use std::fmt;

use crate::sim::{LossCause, MessageHead, Says};

use super::super::messages::{Fate, MessageWhy};
use super::super::witness::Loss;
use super::rules::Consequence;

impl fmt::Display for MessageWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderWay { message, fate, .. } => {
                write!(f, "{}", Purpose(message))?;
                write!(f, "; {fate} ({})", section(message))
            }
            Self::Lost(Loss { message, cause, at }) => {
                write!(f, "{}; lost at {at}: ", Purpose(message))?;
                match cause {
                    LossCause::Loss => f.write_str("the network loses some")?,
                    LossCause::Cut => {
                        write!(f, "nothing gets from {} to {}", message.from, message.to)?
                    }
                    LossCause::Down => write!(f, "{} was down when it arrived", message.to)?,
                    LossCause::Dropped => f.write_str("somebody dropped it")?,
                }
                f.write_str(" (§5.3: what is not answered is sent again)")
            }
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dies { at } => write!(f, "the network loses it at {at}"),
            Self::ReceiverDown { at } => {
                write!(f, "it is lost at {at}, as whom it reaches is down")
            }
            Self::ReceiverPaused => f.write_str("it waits there, as whom it reaches stands still"),
            Self::Unseen => f.write_str("what comes of it is yet to be seen"),
            Self::Arrives {
                at,
                term,
                rules,
                resets_timer,
                answers,
            } => {
                write!(f, "at {at} it reaches a node of term {term}, which then")?;
                let mut separator = " ";
                for rule in rules {
                    write!(f, "{separator}{}", Consequence(rule))?;
                    separator = ", ";
                }
                if *resets_timer {
                    write!(f, "{separator}sets its election timer anew")?;
                    separator = ", ";
                }
                match answers {
                    0 if separator == " " => f.write_str(" does nothing"),
                    0 => Ok(()),
                    1 => write!(f, "{separator}sends one message"),
                    _ => write!(f, "{separator}sends {answers} messages"),
                }
            }
        }
    }
}

/// What a message is for.
struct Purpose<'a>(&'a MessageHead);

impl fmt::Display for Purpose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MessageHead { from, to, term, .. } = *self.0;
        match self.0.says {
            Says::RequestVote { last } => write!(
                f,
                "{from}, candidate in term {term}, asks {to} for its vote; its log ends with entry {} \
                 of term {}",
                last.1, last.0
            ),
            Says::RequestVoteReply { granted: true } => {
                write!(f, "{from} gives {to} its vote of term {term}")
            }
            Says::RequestVoteReply { granted: false } => {
                write!(f, "{from}, in term {term}, refuses {to} its vote")
            }
            Says::PreVote { campaign_term, .. } => write!(
                f,
                "{from} asks {to} whether it would vote for it in term {campaign_term}"
            ),
            Says::PreVoteReply {
                campaign_term,
                granted,
            } => {
                let would = if granted { "would" } else { "would not" };
                write!(
                    f,
                    "{from} tells {to} that it {would} vote for it in term {campaign_term}"
                )
            }
            Says::AppendEntries {
                previous,
                entries,
                commit,
            } => {
                write!(f, "{from}, leader of term {term}, ")?;
                match entries {
                    0 => write!(f, "tells {to} that it leads")?,
                    1 => write!(f, "sends {to} entry {}", previous.0.next())?,
                    _ => write!(
                        f,
                        "sends {to} entries {} to {}",
                        previous.0.next(),
                        previous.0.0 + entries
                    )?,
                }
                write!(
                    f,
                    ", after entry {} of term {}, with commit index {commit}",
                    previous.0, previous.1
                )
            }
            Says::AppendEntriesReply(result) => {
                use crate::raft::AppendResult::{Conflict, Matched};
                match result {
                    Matched { match_index } => {
                        write!(
                            f,
                            "{from} tells {to} that their logs are equal up to entry {match_index}"
                        )
                    }
                    Conflict { prev_log_index, .. } => write!(
                        f,
                        "{from}, in term {term}, tells {to} that it does not have its entry {prev_log_index}, \
                         or does not follow it"
                    ),
                }
            }
            Says::ReadIndex => write!(f, "{from} asks {to} at which index a read may be answered"),
            Says::ReadIndexReply(Some(index)) => {
                write!(f, "{from} tells {to} to answer its read at index {index}")
            }
            Says::ReadIndexReply(None) => write!(f, "{from} tells {to} that it does not lead"),
            Says::TimeoutNow => write!(
                f,
                "{from}, leader of term {term}, tells {to} to campaign at once"
            ),
            Says::InstallSnapshot {
                last_index,
                offset,
                bytes,
                ..
            } => write!(
                f,
                "{from}, leader of term {term}, sends {to} bytes {offset} to {} of its snapshot up to \
                 entry {last_index}",
                offset + bytes
            ),
            Says::InstallSnapshotReply { last_index, .. } => write!(
                f,
                "{from} tells {to} how much it has of the snapshot up to entry {last_index}"
            ),
        }
    }
}

/// Where it is written what such a message is for.
const fn section(message: &MessageHead) -> &'static str {
    match message.says {
        Says::RequestVote { .. } | Says::RequestVoteReply { .. } => "Figure 2, RequestVote RPC",
        Says::PreVote { .. } | Says::PreVoteReply { .. } => "dissertation §9.6",
        Says::AppendEntries { .. } | Says::AppendEntriesReply(_) => "Figure 2, AppendEntries RPC",
        Says::ReadIndex | Says::ReadIndexReply(_) => "dissertation §6.4",
        Says::TimeoutNow => "dissertation §3.10",
        Says::InstallSnapshot { .. } | Says::InstallSnapshotReply { .. } => {
            "Figure 13, InstallSnapshot RPC"
        }
    }
}
