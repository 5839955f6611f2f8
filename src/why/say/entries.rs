//! Entries in words.

use crate::catalogue::{Lang, fill};
use crate::raft::Term;

use super::super::entries::{EntryState, EntryWhy, Missing, Uncommitted};
use super::super::witness::{Commit, Removal, RemovedBy};
use super::texts::EntryTexts;
use super::{Say, persistent_state, those};

impl Say for EntryWhy {
    fn say(&self, lang: Lang) -> String {
        let removed = self.removed.map(|removal| removal.say(lang));
        self.state.say(lang) + &removed.unwrap_or_default()
    }
}

impl Say for EntryState {
    fn say(&self, lang: Lang) -> String {
        let texts = EntryTexts::new(lang);
        match self {
            Self::Absent { last } => fill(texts.absent(), &[last]),
            Self::InSnapshot { snapshot } => fill(texts.in_snapshot(), &[snapshot]),
            Self::Committed {
                term,
                commit_index,
                first,
                applied,
            } => {
                let mut said = fill(texts.committed(), &[term, commit_index]);
                if !applied {
                    said += texts.not_applied();
                }
                match first {
                    Some(commit) => said + &commit.say(lang) + " (§5.3, §5.4.2)",
                    None => said + " (§5.3)",
                }
            }
            Self::CommittedElsewhere {
                term,
                by,
                commit_index: Some(commit_index),
            } => fill(texts.elsewhere(), &[by, term, commit_index]),
            Self::CommittedElsewhere {
                term,
                by,
                commit_index: None,
            } => fill(texts.elsewhere_down(), &[by, term]),
            Self::Superseded {
                term,
                committed,
                by,
                is_dropped,
            } => {
                let text = match is_dropped {
                    true => texts.superseded_dropped(),
                    false => texts.superseded(),
                };
                fill(text, &[term, by, committed])
            }
            Self::Waits { term, what } => what.say(*term, lang),
        }
    }
}

impl Uncommitted {
    /// Why an entry of that term is not committed.
    fn say(&self, term: Term, lang: Lang) -> String {
        let texts = EntryTexts::new(lang);
        match self {
            Self::NoLeader(why) => fill(texts.no_leader(), &[&why.say(lang)]),
            Self::NotOnLeader {
                leader,
                leader_term,
                found: Some(found),
            } => fill(texts.replaced(), &[&term, leader, leader_term, found]),
            Self::NotOnLeader {
                leader,
                leader_term,
                found: None,
            } => fill(texts.not_on_leader(), &[&term, leader, leader_term]),
            Self::TooFew {
                leader,
                on,
                missing,
            } => {
                let (count, needs) = (on.say(lang), on.needs().say(lang));
                let said = fill(texts.too_few(), &[&count, leader, &needs]);
                said + &missing.say(lang) + " (§5.3)"
            }
            Self::OlderTerm {
                on,
                current_term,
                own,
                ..
            } => {
                let mut said = fill(texts.older_term(), &[&on.say(lang), &term, current_term]);
                if let Some((index, on)) = own {
                    said += &fill(texts.taken_along(), &[index, &on.say(lang)]);
                }
                said + " (§5.4.2)"
            }
            Self::AtNextAnswer { leader, on } => {
                fill(texts.at_next_answer(), &[&on.say(lang), leader])
            }
            Self::Unseen { leader } => fill(texts.unseen(), &[&term, leader]),
        }
    }
}

impl Say for Missing {
    fn say(&self, lang: Lang) -> String {
        let texts = EntryTexts::new(lang);
        let own = if self.own_disk { texts.own_disk() } else { "" };
        [
            own.to_owned(),
            those(self.down, texts.is_down(), texts.are_down()),
            those(self.paused, texts.is_paused(), texts.are_paused()),
            those(self.cut, texts.is_cut(), texts.are_cut()),
            those(
                self.under_way,
                texts.has_not_acknowledged(),
                texts.have_not_acknowledged(),
            ),
        ]
        .concat()
    }
}

impl Say for Commit {
    fn say(&self, lang: Lang) -> String {
        let texts = EntryTexts::new(lang);
        let said = fill(texts.first_commit(), &[&self.leader, &self.term, &self.at]);
        match self.on {
            Some(on) => said + &fill(texts.commit_counted(), &[&on, &self.index]),
            None => said,
        }
    }
}

impl Say for Removal {
    fn say(&self, lang: Lang) -> String {
        let texts = EntryTexts::new(lang);
        let said = fill(texts.removed(), &[&self.at]);
        said + &match self.by {
            RemovedBy::Conflict(leader, term) => fill(texts.by_conflict(), &[&leader, &term]),
            RemovedBy::Snapshot => texts.by_snapshot().to_owned(),
            RemovedBy::NoRule => texts.by_no_rule().to_owned(),
            RemovedBy::Crash => fill(texts.by_crash(), &[&persistent_state(lang)]),
        }
    }
}
