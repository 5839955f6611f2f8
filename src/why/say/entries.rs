//! Entries in words.

use std::fmt;

use super::super::entries::{EntryState, EntryWhy, Missing, Uncommitted};
use super::super::witness::{Commit, Removal, RemovedBy};
use super::those;

impl fmt::Display for EntryWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(f)?;
        match &self.removed {
            Some(removal) => write!(f, "; {removal}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for EntryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { last } => write!(f, "not there: the log ends with entry {last} (§5.3)"),
            Self::InSnapshot { snapshot } => write!(
                f,
                "committed, applied and dropped: the snapshot covers everything up to entry {snapshot} \
                 (§7)"
            ),
            Self::Committed {
                term,
                commit_index,
                first,
                applied,
            } => {
                write!(
                    f,
                    "committed: of term {term}, and the commit index is {commit_index}"
                )?;
                if !applied {
                    f.write_str("; it is still to be applied")?;
                }
                match first {
                    Some(commit) => write!(f, "; {commit} (§5.3, §5.4.2)"),
                    None => f.write_str(" (§5.3)"),
                }
            }
            Self::CommittedElsewhere {
                term,
                by,
                commit_index: Some(commit_index),
            } => write!(
                f,
                "committed, which {by} knows: of term {term}; the node's own commit index is \
                 {commit_index} until it hears from a leader (§5.3)"
            ),
            Self::CommittedElsewhere {
                term,
                by,
                commit_index: None,
            } => write!(
                f,
                "committed, which {by} knows: of term {term}; the node is down (§5.3)"
            ),
            Self::Superseded {
                term,
                committed,
                by,
            } => write!(
                f,
                "never to be committed: of term {term}, and {by} knows the one of term {committed} to \
                 be committed there; the next leader to send that removes this one (§5.3)"
            ),
            Self::Waits { term, what } => what.say(f, term.0),
        }
    }
}

impl Uncommitted {
    /// Why an entry of that term is not committed.
    fn say(&self, f: &mut fmt::Formatter<'_>, term: u64) -> fmt::Result {
        match self {
            Self::NoLeader(why) => write!(f, "not committed: only a leader commits; {why}"),
            Self::NotOnLeader {
                leader,
                leader_term,
                found: Some(found),
            } => write!(
                f,
                "not committed: of term {term}, and {leader}, who leads term {leader_term}, has one of \
                 term {found} there, which replaces it (§5.3)"
            ),
            Self::NotOnLeader {
                leader,
                leader_term,
                found: None,
            } => write!(
                f,
                "not committed: of term {term}, and the log of {leader}, who leads term {leader_term}, \
                 does not have it (§5.3)"
            ),
            Self::TooFew {
                leader,
                on,
                missing,
            } => {
                let needs = on.needs();
                write!(
                    f,
                    "not committed: on {on} as {leader} counts, and it needs {needs}"
                )?;
                write!(f, "{missing} (§5.3)")
            }
            Self::OlderTerm {
                on,
                current_term,
                own,
                ..
            } => {
                write!(
                    f,
                    "not committed: on {on}, but of term {term}; the current term is {current_term}, and \
                     only entries of the current term are committed by counting"
                )?;
                if let Some((index, on)) = own {
                    write!(f, ": entry {index}, now on {on}, takes it along")?;
                }
                f.write_str(" (§5.4.2)")
            }
            Self::AtNextAnswer { leader, on } => write!(
                f,
                "not committed yet: on {on}, which is enough, and {leader} commits it with the next \
                 answer that it gets (§5.3)"
            ),
            Self::Unseen { leader } => write!(
                f,
                "not committed: of term {term}; on how many {leader} counts it is not in the trace (§5.3)"
            ),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.own_disk {
            f.write_str("; the leader's own disk does not have it yet")?;
        }
        those(f, self.down, "is down", "are down")?;
        those(f, self.paused, "stands still", "stand still")?;
        those(
            f,
            self.cut,
            "is cut off from the leader",
            "are cut off from the leader",
        )?;
        those(
            f,
            self.under_way,
            "has not acknowledged it",
            "have not acknowledged it",
        )
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (leader, term, at) = (self.leader, self.term, self.at);
        write!(
            f,
            "{leader} committed it first, as leader of term {term}, at {at}"
        )?;
        if let Some(on) = self.on {
            write!(f, ", when {on} had everything up to entry {}", self.index)?;
        }
        Ok(())
    }
}

impl fmt::Display for Removal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what was there was removed at {}", self.at)?;
        match self.by {
            RemovedBy::Conflict(leader, term) => {
                write!(
                    f,
                    ": it conflicted with what {leader} sent, who led term {term} (§5.3)"
                )
            }
            RemovedBy::Snapshot => f.write_str(": a snapshot took the place of the log (§7)"),
            RemovedBy::NoRule => f.write_str(", which no rule of the paper asks for"),
        }
    }
}
