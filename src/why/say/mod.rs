//! Answers in a sentence, with the numbers, the section of the paper at the end.

mod elections;
mod entries;
mod messages;
mod operations;
mod rules;
mod texts;

use std::fmt;

use crate::catalogue::{Lang, fill};
use crate::raft::{Configuration, NodeId, NodeSet, Rule, VoteRefusal};

use super::count::{Count, Needs};
use super::{Answer, Why};

use texts::SharedTexts;

/// What can be said in every language.
trait Say {
    /// It, in that language.
    fn say(&self, lang: Lang) -> String;
}

impl Why {
    /// The answer in a sentence of that language: of plain words, with the numbers, the sections of the
    /// paper and of the dissertation in brackets.
    #[inline(never)]
    pub fn sentence(&self, lang: Lang) -> String {
        let said = self.answer.say(lang);
        if self.wrong.is_correct() {
            return said;
        }
        let names: Vec<String> = self.wrong.iter().map(|mutant| mutant.to_string()).collect();
        said + &fill(SharedTexts::new(lang).wrong(), &[&names.join(", ")])
    }
}

/// What a node does, or does not, by a rule that has fired or blocked: in words of that language that go
/// on after the node's name, with the numbers, the section in brackets.
#[inline(never)]
pub fn rule_sentence(rule: &Rule, lang: Lang) -> String {
    rule.say(lang)
}

/// In English.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::English))
    }
}

impl Say for Answer {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Leader(why) => why.say(lang),
            Self::Node(why) => why.say(lang),
            Self::Entry(why) => why.say(lang),
            Self::Message(why) => why.say(lang),
            Self::Operation(why) => why.say(lang),
            Self::Vote(why) => why.say(lang),
        }
    }
}

/// `3 of 5`; joint: `2 of the 3 old and 1 of the 5 new voters`.
impl Say for Count {
    fn say(&self, lang: Lang) -> String {
        let texts = SharedTexts::new(lang);
        let (old, new) = (self.of().outgoing(), self.of().voters());
        let among = |voters: NodeSet| self.nodes().intersection(voters).len();
        match self.of().is_joint() {
            true => fill(
                texts.joint_count(),
                &[&among(old), &old.len(), &among(new), &new.len()],
            ),
            false => fill(texts.count(), &[&among(new), &new.len()]),
        }
    }
}

/// In English.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::English))
    }
}

/// `3`; joint: `2 of the old and 3 of the new`.
impl Say for Needs {
    fn say(&self, lang: Lang) -> String {
        let (old, new) = self.of_each();
        match old {
            Some(old) => fill(SharedTexts::new(lang).joint_needs(), &[&old, &new]),
            None => new.to_string(),
        }
    }
}

/// In English.
impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::English))
    }
}

/// `S1, S2, S3`; joint: `S1, S2 and S2, S3`; then the learners: `(learners S4)`.
impl Say for Configuration {
    fn say(&self, lang: Lang) -> String {
        let texts = SharedTexts::new(lang);
        let voters = match self.is_joint() {
            true => fill(texts.joint_members(), &[&self.outgoing(), &self.voters()]),
            false => self.voters().to_string(),
        };
        match self.learners().is_empty() {
            true => voters,
            false => voters + &fill(texts.learners(), &[&self.learners()]),
        }
    }
}

/// Why a vote is refused, without the section.
impl Say for VoteRefusal {
    fn say(&self, lang: Lang) -> String {
        let texts = SharedTexts::new(lang);
        match self {
            Self::StaleTerm { candidate, current } => {
                fill(texts.stale_term(), &[candidate, current])
            }
            Self::LiveLeader { leader } => fill(texts.live_leader(), &[leader]),
            Self::AlreadyVoted { for_node } => fill(texts.already_voted(), &[for_node]),
            Self::LogNotUpToDate { candidate, own } => fill(
                texts.log_not_up_to_date(),
                &[&own.1, &own.0, &candidate.1, &candidate.0],
            ),
            Self::Promised { left } => fill(texts.promised(), &[left]),
        }
    }
}

/// Where something is written.
#[derive(Clone, Copy)]
enum Source {
    /// A section of the paper.
    Paper(&'static str),
    /// A section of the dissertation.
    Dissertation(&'static str),
    /// A box of a figure of the paper, by its title.
    Figure(u8, &'static str),
}

impl Say for Source {
    fn say(&self, lang: Lang) -> String {
        let texts = SharedTexts::new(lang);
        match self {
            Self::Paper(section) => (*section).to_owned(),
            Self::Dissertation(section) => fill(texts.dissertation(), &[section]),
            Self::Figure(figure, title) => fill(texts.figure(), &[figure, title]),
        }
    }
}

/// A section of the dissertation, as it is cited.
fn dissertation(section: &'static str, lang: Lang) -> String {
    Source::Dissertation(section).say(lang)
}

/// Where it is written what a disk has before anybody is told of it.
fn persistent_state(lang: Lang) -> String {
    Source::Figure(2, SharedTexts::new(lang).persistent_state()).say(lang)
}

/// Where it is written that a vote is refused so.
const fn source(refusal: VoteRefusal) -> Source {
    match refusal {
        VoteRefusal::StaleTerm { .. } => Source::Paper("§5.1"),
        VoteRefusal::LiveLeader { .. } => Source::Dissertation("§4.2.3"),
        VoteRefusal::AlreadyVoted { .. } => Source::Paper("§5.2"),
        VoteRefusal::LogNotUpToDate { .. } => Source::Paper("§5.4.1"),
        VoteRefusal::Promised { .. } => Source::Dissertation("§6.4.1"),
    }
}

/// Who refuses, and why: `; S2 refuses, as … ; S3 refuses, as …`.
fn refusals(refused: &[(NodeId, VoteRefusal)], lang: Lang) -> String {
    let texts = SharedTexts::new(lang);
    let each = refused.iter().map(|(node, why)| {
        let (because, source) = (why.say(lang), source(*why).say(lang));
        fill(texts.refuses(), &[node, &because, &source])
    });
    each.collect()
}

/// `; S2, S3 are down`, by the text for one node or for several, or nothing of nobody.
fn those(nodes: NodeSet, one: &str, several: &str) -> String {
    match nodes.len() {
        0 => String::new(),
        1 => fill(one, &[&nodes]),
        _ => fill(several, &[&nodes]),
    }
}
