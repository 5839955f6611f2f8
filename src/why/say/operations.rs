//! Clients' operations in words.

use crate::catalogue::{Lang, fill};
use crate::raft::{NoLease, NodeId, Refusal, RequestWait};
use crate::sim::{Failure, LegEnd};

use super::super::operations::{NotTaken, OperationState, OperationWhy, Unknown};
use super::texts::{OperationTexts, SharedTexts};
use super::{Say, dissertation};

/// Where it is written how clients are served.
const CLIENTS: &str = " (§8)";

impl Say for OperationWhy {
    fn say(&self, lang: Lang) -> String {
        let texts = OperationTexts::new(lang);
        match &self.state {
            OperationState::Done { by, after, tries } => {
                let mut said = texts.done().to_owned();
                if let Some(by) = by {
                    said += &fill(texts.answered(), &[by]);
                }
                if let Some(after) = after {
                    said += &fill(texts.after(), &[after]);
                }
                let text = match tries {
                    1 => texts.in_one_try(),
                    _ => texts.in_tries(),
                };
                said + &fill(text, &[tries])
            }
            OperationState::NotDone(Failure::Mismatch(Some(_))) => texts.other_value().to_owned(),
            OperationState::NotDone(Failure::Mismatch(None)) => texts.key_absent().to_owned(),
            OperationState::NotDone(Failure::NotLeader(node)) => {
                fill(texts.does_not_lead(), &[node])
            }
            OperationState::Unknown(unknown) => unknown.say(lang),
            OperationState::Queued { behind } => {
                fill(texts.queued(), &[behind, &dissertation("§6.3", lang)])
            }
            OperationState::OnItsWay {
                from,
                to,
                answer,
                arrives,
            } => {
                let text = match answer {
                    true => texts.answer_on_its_way(),
                    false => texts.on_its_way(),
                };
                fill(text, &[&from.say(lang), &to.say(lang), arrives])
            }
            OperationState::AtPausedNode(node) => fill(texts.at_paused(), &[node]),
            OperationState::AtNode { node, wait, entry } => {
                let what = match (wait, entry) {
                    (RequestWait::Commit { index }, Some(entry)) => {
                        fill(texts.entry_is(), &[index, &entry.say(lang)])
                    }
                    _ => wait.say(lang),
                };
                fill(texts.waits_at(), &[node, &what])
            }
            OperationState::NotTaken { node, why, until } => {
                let said = match why {
                    NotTaken::Down => fill(texts.asked_down(), &[node]),
                    NotTaken::Forgotten => fill(texts.asked_forgotten(), &[node]),
                };
                match until {
                    Some(until) => said + &fill(texts.answer_until(), &[until]),
                    None => said + CLIENTS,
                }
            }
            OperationState::NoLeaderKnown { refused, refusals } => {
                let last = refused.map(|refused| last_refusal(refused, *refusals, lang));
                texts.no_leader_known().to_owned() + &last.unwrap_or_default() + CLIENTS
            }
        }
    }
}

/// Who refused it last, and how.
fn last_refusal((node, refusal): (NodeId, Refusal), refusals: u32, lang: Lang) -> String {
    let texts = OperationTexts::new(lang);
    let how = match refusal {
        Refusal::NotLeader {
            leader: Some(leader),
        } => fill(texts.named(), &[&leader]),
        Refusal::NotLeader { leader: None } => texts.knew_none().to_owned(),
        Refusal::Deposed => texts.no_longer_led().to_owned(),
    };
    let text = match refusals {
        1 => texts.last_refusal(),
        _ => texts.last_of_refusals(),
    };
    fill(text, &[&refusals, &node, &how])
}

/// What a request at a node waits for.
impl Say for RequestWait {
    fn say(&self, lang: Lang) -> String {
        let texts = OperationTexts::new(lang);
        let reads = dissertation("§6.4", lang);
        match self {
            Self::Commit { index } => fill(texts.for_commit(), &[index]),
            Self::OwnTerm { term } => fill(texts.for_own_term(), &[term, &reads]),
            Self::Round {
                index,
                begun,
                answered,
                no_lease,
            } => {
                let lease = no_lease.map(|why| why.say(lang)).unwrap_or_default();
                let answered = match answered.is_empty() {
                    true => SharedTexts::new(lang).nobody().to_owned(),
                    false => answered.to_string(),
                };
                match begun {
                    true => fill(texts.for_round(), &[&answered, index, &lease, &reads]),
                    false => fill(texts.for_next_round(), &[index, &lease, &reads]),
                }
            }
            Self::Forwarded { to: Some(leader) } => {
                fill(texts.for_leader_index(), &[leader, &reads])
            }
            Self::Forwarded { to: None } => fill(texts.for_some_leader(), &[&reads]),
            Self::Apply { index, applied } => fill(texts.to_apply(), &[index, applied, &reads]),
        }
    }
}

/// Why a read needs a round, after what it waits for.
impl Say for NoLease {
    fn say(&self, lang: Lang) -> String {
        let texts = OperationTexts::new(lang);
        match self {
            Self::NotYet => texts.no_lease_yet().to_owned(),
            Self::Expired { ago } => fill(texts.lease_ended(), &[ago]),
            Self::GivenAway => texts.lease_given_away().to_owned(),
        }
    }
}

impl Say for Unknown {
    fn say(&self, lang: Lang) -> String {
        let texts = OperationTexts::new(lang);
        match self {
            Self::TimedOut { timeouts, tries } => fill(texts.timed_out(), &[timeouts, tries]),
            Self::Deposed { node } => fill(texts.deposed(), &[node]),
            Self::SessionExpired { node } => fill(
                texts.session_expired(),
                &[node, &dissertation("§6.3", lang)],
            ),
            Self::Refused { refusals, tries } => fill(texts.refused(), &[refusals, tries]),
        }
    }
}

impl Say for LegEnd {
    fn say(&self, lang: Lang) -> String {
        let texts = OperationTexts::new(lang);
        match self {
            Self::Client => texts.client().to_owned(),
            Self::Proxy => texts.proxy().to_owned(),
            Self::Node(node) => node.to_string(),
        }
    }
}
