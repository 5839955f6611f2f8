//! Leaders, candidates, followers and votes in words.

use crate::catalogue::{Lang, fill};
use crate::raft::Configuration;

use super::super::elections::{
    ChangeWait, Contender, Follows, LeaderWhy, Leads, NodeWhy, VoteWhy, Waits,
};
use super::super::trial::Ballot;
use super::super::witness::Turn;
use super::texts::ElectionTexts;
use super::{Say, dissertation, persistent_state, refusals, source, those};

/// Where it is written how leaders are elected.
const ELECTION: &str = " (§5.2)";

impl Say for NodeWhy {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        match self {
            Self::Down { node, disk } => {
                let source = persistent_state(lang);
                fill(texts.down(), &[node, &disk.current_term, &source])
            }
            Self::Paused { node, term } => fill(texts.paused(), &[node, term]),
            Self::Leads(leads) => leads.say(lang),
            Self::Campaigns(contender) => {
                format!("{} ({})", contender.say(lang), contender.source(lang))
            }
            Self::Follows(follows) => follows.say(lang),
        }
    }
}

impl Say for Leads {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        let mut said = fill(texts.leads(), &[&self.node, &self.term]);
        if let Some(election) = self.election {
            let votes = election.votes;
            let (count, needs) = (votes.say(lang), votes.needs().say(lang));
            said += &fill(texts.elected(), &[&count, &votes.nodes(), &needs]);
        }
        if let Some((newer, term)) = self.newer {
            said += &fill(texts.newer(), &[&newer, &term]);
        }
        if !self.reach.is_quorum() {
            let (reach, needs) = (self.reach.say(lang), self.reach.needs().say(lang));
            said += &fill(texts.reaches(), &[&reach, &needs]);
            match self.looks {
                Some(at) => said += &fill(texts.looks(), &[&at, &dissertation("§6.2", lang)]),
                None => said += texts.goes_on(),
            }
        }
        if let Some((to, is_told)) = self.transfer {
            let text = match is_told {
                true => texts.has_handed_over(),
                false => texts.hands_over(),
            };
            said += &fill(text, &[&to, &dissertation("§3.10", lang)]);
        }
        if let Some((wait, behind)) = &self.change {
            said += &wait.say(lang);
            if *behind > 0 {
                said += &fill(texts.more_changes(), &[behind]);
            }
        }
        said + ELECTION
    }
}

impl Say for ChangeWait {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        let waits = |section| dissertation(section, lang);
        match self {
            Self::OwnTerm { term } => fill(texts.change_waits_own_term(), &[term, &waits("§4.1")]),
            Self::Commit { index } => fill(texts.change_waits_commit(), &[index, &waits("§4.1")]),
            Self::CatchUp { learners, target } => fill(
                texts.change_waits_catch_up(),
                &[learners, target, &waits("§4.2.1")],
            ),
        }
    }
}

impl Contender {
    /// Where it is written how it asks.
    fn source(&self, lang: Lang) -> String {
        match self.pre_vote {
            true => dissertation("§9.6", lang),
            false => "§5.2".to_owned(),
        }
    }
}

impl Say for Contender {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        let (votes, needs) = (self.votes.say(lang), self.votes.needs().say(lang));
        let text = match self.pre_vote {
            true => texts.pre_campaigns(),
            false => texts.campaigns(),
        };
        let mut said = fill(text, &[&self.node, &self.term, &votes, &needs]);
        if let Some(leader) = self.told_by {
            said += &fill(texts.told_by(), &[&leader, &dissertation("§3.10", lang)]);
        }
        if self.own_vote_waits {
            said += texts.own_vote_waits();
        }
        said += &refusals(&self.refused, lang);
        said += &those(self.unreachable, texts.does_not_hear(), texts.do_not_hear());
        said += &those(
            self.unanswered,
            texts.has_not_answered(),
            texts.have_not_answered(),
        );
        match self.again {
            Some(at) => said + &fill(texts.again(), &[&at]),
            None => said,
        }
    }
}

impl Say for Follows {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        let (node, term) = (&self.node, &self.term);
        let said = match (self.leader, self.voted_for) {
            (Some(leader), _) => fill(texts.follows(), &[node, &leader, term]),
            (None, Some(voted)) if voted == *node => fill(texts.follows_nobody(), &[node, term]),
            (None, Some(voted)) => fill(texts.has_voted(), &[node, term, &voted]),
            (None, None) => fill(texts.knows_nobody(), &[node, term]),
        };
        said + &self.turn(lang) + &self.waits.say(lang)
    }
}

impl Follows {
    /// What last made it a follower, where that is worth saying.
    fn turn(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        match self.turn {
            Some((_, Turn::HigherTerm { from, term })) if term == self.term => {
                fill(texts.heard_of_term(), &[&from])
            }
            Some((at, Turn::QuorumLost { heard, needed })) => fill(
                texts.led_until(),
                &[&at, &heard, &needed, &dissertation("§6.2", lang)],
            ),
            Some((at, Turn::Removed { index })) => fill(texts.removed(), &[&at, &index]),
            _ => String::new(),
        }
    }
}

impl Say for Waits {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        match self {
            Self::Until { due, left } => fill(texts.waits(), &[left, due]),
            Self::NoVoter(configuration) if *configuration == Configuration::default() => {
                texts.no_members().to_owned()
            }
            Self::NoVoter(configuration) => fill(texts.no_voter(), &[&configuration.say(lang)]),
            Self::Unseen => ELECTION.to_owned(),
        }
    }
}

impl Say for LeaderWhy {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        match self {
            Self::Leads(leads) => leads.say(lang),
            Self::TooFewUp(up) => fill(texts.too_few_up(), &[&up.say(lang), &up.needs().say(lang)]),
            Self::OutOfReach { node, reach } => fill(
                texts.out_of_reach(),
                &[node, &reach.say(lang), &reach.needs().say(lang)],
            ),
            Self::Split {
                term,
                contenders,
                is_over,
                next,
            } => {
                let text = match is_over {
                    true => texts.split(),
                    false => texts.several(),
                };
                let mut said = fill(text, &[term]);
                for contender in contenders {
                    let votes = contender.votes;
                    let (count, needs) = (votes.say(lang), votes.needs().say(lang));
                    said += &fill(texts.has_votes(), &[&contender.node, &count, &needs]);
                }
                if let Some((node, at)) = next {
                    said += &fill(texts.next_timeout(), &[node, at]);
                }
                said + ELECTION
            }
            Self::Campaign(contender) => fill(
                texts.campaign(),
                &[&contender.say(lang), &contender.source(lang)],
            ),
            Self::Timeout {
                node,
                due,
                left,
                ballot,
            } => {
                let said = fill(texts.timeout(), &[node, left, due]);
                let ballot = ballot.as_ref().map(|ballot| ballot.say(lang));
                said + &ballot.unwrap_or_default() + ELECTION
            }
            Self::NobodyMay => texts.nobody_may().to_owned(),
            Self::Unseen => texts.unseen().to_owned(),
        }
    }
}

impl Say for Ballot {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        let (votes, needs) = (self.votes.say(lang), self.votes.needs().say(lang));
        let said = fill(texts.ballot(), &[&votes, &needs]);
        let silent = those(
            self.silent,
            texts.would_not_answer(),
            texts.would_not_answer_either(),
        );
        said + &refusals(&self.refused, lang) + &silent
    }
}

impl Say for VoteWhy {
    fn say(&self, lang: Lang) -> String {
        let texts = ElectionTexts::new(lang);
        match self {
            Self::Refused {
                candidate,
                voter,
                term,
                pre_vote,
                why,
            } => {
                let text = match pre_vote {
                    true => texts.would_refuse_in(),
                    false => texts.refused(),
                };
                let (because, source) = (why.say(lang), source(*why).say(lang));
                fill(text, &[voter, candidate, term, &because, &source])
            }
            Self::Granted {
                candidate,
                voter,
                term,
            } => fill(texts.granted(), &[voter, candidate, term]),
            Self::WouldRefuse {
                candidate,
                voter,
                why,
            } => {
                let (because, source) = (why.say(lang), source(*why).say(lang));
                fill(texts.would_refuse(), &[voter, candidate, &because, &source])
            }
            Self::WouldGrant { candidate, voter } => fill(texts.would_grant(), &[voter, candidate]),
            Self::NotAsked { candidate, voter } => fill(texts.not_asked(), &[voter, candidate]),
        }
    }
}
