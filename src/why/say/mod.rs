//! Answers in a sentence of plain English, with the numbers, the section of the paper at the end.

mod elections;
mod entries;
mod messages;
mod operations;
mod rules;

use std::fmt;

use crate::raft::{NodeId, NodeSet, VoteRefusal};

use super::{Answer, Why};

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.answer.fmt(f)?;
        for (place, mutant) in self.wrong.iter().enumerate() {
            let begin = if place == 0 {
                "; wrong on purpose: "
            } else {
                ", "
            };
            write!(f, "{begin}{mutant}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leader(why) => why.fmt(f),
            Self::Node(why) => why.fmt(f),
            Self::Entry(why) => why.fmt(f),
            Self::Message(why) => why.fmt(f),
            Self::Operation(why) => why.fmt(f),
            Self::Vote(why) => why.fmt(f),
        }
    }
}

/// Why a vote is refused, without the section.
struct Refusal(VoteRefusal);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            VoteRefusal::StaleTerm { candidate, current } => {
                write!(f, "term {candidate} is over, it is in term {current}")
            }
            VoteRefusal::LiveLeader { leader } => write!(f, "it hears from the leader {leader}"),
            VoteRefusal::AlreadyVoted { for_node } => {
                write!(f, "it has voted for {for_node} in that term")
            }
            VoteRefusal::LogNotUpToDate { candidate, own } => write!(
                f,
                "its log ends with entry {} of term {}, the candidate's with entry {} of term {}, \
                 which is less up to date",
                own.1, own.0, candidate.1, candidate.0
            ),
            VoteRefusal::Promised { left } => write!(
                f,
                "it has promised to vote for nobody for {left} more, since a leader may hold a lease"
            ),
        }
    }
}

/// Where it is written that a vote is refused so.
const fn section(refusal: VoteRefusal) -> &'static str {
    match refusal {
        VoteRefusal::StaleTerm { .. } => "§5.1",
        VoteRefusal::LiveLeader { .. } => "dissertation §4.2.3",
        VoteRefusal::AlreadyVoted { .. } => "§5.2",
        VoteRefusal::LogNotUpToDate { .. } => "§5.4.1",
        VoteRefusal::Promised { .. } => "dissertation §6.4.1",
    }
}

/// Who refuses, and why: `; S2 refuses: … ; S3 refuses: …`.
fn refusals(f: &mut fmt::Formatter<'_>, refused: &[(NodeId, VoteRefusal)]) -> fmt::Result {
    for &(node, why) in refused {
        write!(
            f,
            "; {node} refuses, as {} ({})",
            Refusal(why),
            section(why)
        )?;
    }
    Ok(())
}

/// `; S2, S3 are down`, or nothing of nobody.
fn those(f: &mut fmt::Formatter<'_>, nodes: NodeSet, one: &str, several: &str) -> fmt::Result {
    match nodes.len() {
        0 => Ok(()),
        1 => write!(f, "; {nodes} {one}"),
        _ => write!(f, "; {nodes} {several}"),
    }
}
