//! Leaders, candidates, followers and votes in words.

use std::fmt;

use crate::raft::Configuration;

use super::super::elections::{Contender, Follows, LeaderWhy, Leads, NodeWhy, VoteWhy, Waits};
use super::super::trial::Ballot;
use super::super::witness::Turn;
use super::{Refusal, refusals, section, those};

impl fmt::Display for NodeWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Down { node, disk } => write!(
                f,
                "{node} is down; its disk has term {} and what else it must not forget (Figure 2, \
                 persistent state)",
                disk.current_term
            ),
            Self::Paused { node, term } => write!(
                f,
                "{node} stands still in term {term}: nothing reaches it and its timers wait (§5.5)"
            ),
            Self::Leads(leads) => leads.fmt(f),
            Self::Campaigns(contender) => {
                contender.fmt(f)?;
                f.write_str(if contender.pre_vote {
                    " (dissertation §9.6)"
                } else {
                    " (§5.2)"
                })
            }
            Self::Follows(follows) => follows.fmt(f),
        }
    }
}

impl fmt::Display for Leads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads term {}", self.node, self.term)?;
        if let Some(election) = self.election {
            let votes = election.votes;
            write!(f, ": {votes} voted for it ({})", votes.nodes())?;
            write!(f, ", and it needed {}", votes.needs())?;
        }
        if let Some((newer, term)) = self.newer {
            write!(f, "; it has not heard yet that {newer} leads term {term}")?;
        }
        if !self.reach.is_quorum() {
            let (reach, needs) = (self.reach, self.reach.needs());
            write!(
                f,
                "; it reaches {reach}, itself included, and needs {needs} to commit"
            )?;
            match self.looks {
                Some(at) => write!(
                    f,
                    ", and looks at {at} whether a majority has answered it (dissertation §6.2)"
                )?,
                None => {
                    f.write_str(", but nothing makes it stop until it hears of a later term")?
                }
            }
        }
        match self.transfer {
            Some((to, true)) => write!(f, "; it has told {to} to campaign (dissertation §3.10)")?,
            Some((to, false)) => write!(
                f,
                "; it hands over to {to} as soon as that has the whole log (dissertation §3.10)"
            )?,
            None => {}
        }
        f.write_str(" (§5.2)")
    }
}

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (node, term, votes) = (self.node, self.term, self.votes);
        let needs = votes.needs();
        if self.pre_vote {
            write!(
                f,
                "{node} asks whether it could win term {term}: {votes} would vote for it"
            )?;
        } else {
            write!(
                f,
                "{node} is a candidate in term {term}: {votes} have voted for it"
            )?;
        }
        write!(f, ", and it needs {needs}")?;
        if let Some(leader) = self.told_by {
            write!(f, "; {leader} told it to campaign (dissertation §3.10)")?;
        }
        if self.own_vote_waits {
            f.write_str("; its own vote counts when its disk has it")?;
        }
        refusals(f, &self.refused)?;
        those(f, self.unreachable, "does not hear it", "do not hear it")?;
        those(f, self.unanswered, "has not answered", "have not answered")?;
        match self.again {
            Some(at) => write!(f, "; it tries again at {at}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Follows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (node, term) = (self.node, self.term);
        match (self.leader, self.voted_for) {
            (Some(leader), _) => write!(f, "{node} follows {leader}, who leads term {term}")?,
            (None, Some(voted)) if voted == node => write!(
                f,
                "{node} follows nobody in term {term}, in which it voted for itself"
            )?,
            (None, Some(voted)) => {
                write!(
                    f,
                    "{node} follows nobody yet in term {term}, and has voted for {voted}"
                )?;
            }
            (None, None) => write!(f, "{node} knows of no leader of term {term}")?,
        }
        match self.turn {
            Some((_, Turn::HigherTerm { from, term })) if term == self.term => {
                write!(f, "; it heard of that term from {from} (§5.1)")?;
            }
            Some((at, Turn::QuorumLost { heard, needed })) => write!(
                f,
                "; it led until {at}, when it had heard from {heard} of {needed} needed \
                 (dissertation §6.2)"
            )?,
            Some((at, Turn::Removed { index })) => write!(
                f,
                "; it led until {at}, when it committed the configuration at index {index}, in which \
                 it has no vote (§6)"
            )?,
            _ => {}
        }
        match self.waits {
            Waits::Until { due, left } => {
                write!(
                    f,
                    "; it campaigns if it hears nothing for {left}, until {due} (§5.2)"
                )
            }
            Waits::NoVoter(configuration) if configuration == Configuration::default() => {
                f.write_str("; it waits to be told who belongs to the cluster (§6)")
            }
            Waits::NoVoter(configuration) => write!(
                f,
                "; it never campaigns, as it has no vote in {configuration} (§6)"
            ),
            Waits::Unseen => f.write_str(" (§5.2)"),
        }
    }
}

impl fmt::Display for LeaderWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leads(leads) => leads.fmt(f),
            Self::TooFewUp(up) => write!(
                f,
                "no leader: {up} run, and it takes {} to elect one (§5.2)",
                up.needs()
            ),
            Self::OutOfReach { node, reach } => write!(
                f,
                "no leader: nobody reaches a majority; {node} reaches the most, {reach}, itself \
                 included, and it takes {} (§5.2)",
                reach.needs()
            ),
            Self::Split {
                term,
                contenders,
                next,
            } => {
                write!(f, "no leader: the votes of term {term} are split")?;
                for contender in contenders {
                    write!(f, "; {} has {}", contender.node, contender.votes)?;
                    write!(f, " and needs {}", contender.votes.needs())?;
                }
                if let Some((node, at)) = next {
                    write!(f, "; the next election timeout is that of {node}, at {at}")?;
                }
                f.write_str(" (§5.2)")
            }
            Self::Campaign(contender) => {
                let section = if contender.pre_vote {
                    "dissertation §9.6"
                } else {
                    "§5.2"
                };
                write!(f, "no leader yet: {contender} ({section})")
            }
            Self::Timeout {
                node,
                due,
                left,
                ballot,
            } => {
                write!(
                    f,
                    "no leader: nobody campaigns, and the next election timeout, that of {node}, is \
                     due in {left}, at {due}"
                )?;
                if let Some(ballot) = ballot {
                    write!(f, "; {ballot}")?;
                }
                f.write_str(" (§5.2)")
            }
            Self::NobodyMay => f.write_str(
                "no leader: of those who run, nobody has a vote and an election timer (§6)",
            ),
            Self::Unseen => f.write_str(
                "no leader was seen, and what the others wait for is not in the trace (§5.2)",
            ),
        }
    }
}

impl fmt::Display for Ballot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (votes, needs) = (self.votes, self.votes.needs());
        write!(
            f,
            "then {votes} would vote for it as things are, and it needs {needs}"
        )?;
        refusals(f, &self.refused)?;
        those(f, self.silent, "would not answer", "would not answer")
    }
}

impl fmt::Display for VoteWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Refused {
                candidate,
                voter,
                term,
                pre_vote,
                why,
            } => {
                let refused = if pre_vote { "would refuse" } else { "refused" };
                let because = Refusal(why);
                let section = section(why);
                write!(
                    f,
                    "{voter} {refused} its vote to {candidate} in term {term}, as {because} ({section})"
                )
            }
            Self::Granted {
                candidate,
                voter,
                term,
            } => write!(
                f,
                "{voter} voted for {candidate} in term {term} (§5.2, §5.4.1)"
            ),
            Self::WouldRefuse {
                candidate,
                voter,
                why,
            } => write!(
                f,
                "{voter} would refuse its vote if {candidate} campaigned now, as {} ({})",
                Refusal(why),
                section(why)
            ),
            Self::WouldGrant { candidate, voter } => write!(
                f,
                "{voter} would vote for {candidate} if that campaigned now (§5.2, §5.4.1)"
            ),
            Self::NotAsked { candidate, voter } => write!(
                f,
                "nothing is to be said of the vote of {voter} for {candidate}: one of them is not \
                 there to ask or to answer (§5.2)"
            ),
        }
    }
}
