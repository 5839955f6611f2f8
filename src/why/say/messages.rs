//! Messages in words.

use crate::catalogue::{Lang, fill};
use crate::raft::AppendResult;
use crate::sim::{LossCause, MessageHead, Says};

use super::super::messages::{Fate, MessageWhy};
use super::super::witness::Loss;
use super::texts::MessageTexts;
use super::{Say, Source};

impl Say for MessageWhy {
    fn say(&self, lang: Lang) -> String {
        let texts = MessageTexts::new(lang);
        match self {
            Self::UnderWay { message, fate, .. } => fill(
                texts.with_fate(),
                &[
                    &purpose(message, lang),
                    &fate.say(lang),
                    &source(message).say(lang),
                ],
            ),
            Self::Lost(Loss { message, cause, at }) => {
                let cause = match cause {
                    LossCause::Loss => texts.by_loss().to_owned(),
                    LossCause::Cut => fill(texts.by_cut(), &[&message.from, &message.to]),
                    LossCause::Down => fill(texts.by_down(), &[&message.to]),
                    LossCause::Dropped => texts.by_drop().to_owned(),
                };
                let then = after_loss(message, lang);
                fill(texts.lost(), &[&purpose(message, lang), at, &cause, &then])
            }
        }
    }
}

impl Say for Fate {
    fn say(&self, lang: Lang) -> String {
        let texts = MessageTexts::new(lang);
        match self {
            Self::Dies { at } => fill(texts.dies(), &[at]),
            Self::ReceiverDown { at } => fill(texts.receiver_down(), &[at]),
            Self::ReceiverPaused => texts.receiver_paused().to_owned(),
            Self::Unseen => texts.unseen().to_owned(),
            Self::Arrives {
                at,
                term,
                rules,
                resets_timer,
                answers,
            } => {
                let mut then: Vec<String> = rules.iter().map(|rule| rule.say(lang)).collect();
                if *resets_timer {
                    then.push(texts.resets_timer().to_owned());
                }
                match answers {
                    0 if then.is_empty() => then.push(texts.does_nothing().to_owned()),
                    0 => {}
                    1 => then.push(texts.sends_one().to_owned()),
                    _ => then.push(fill(texts.sends(), &[answers])),
                }
                fill(texts.arrives(), &[at, term, &then.join(", ")])
            }
        }
    }
}

/// What a message is for.
fn purpose(message: &MessageHead, lang: Lang) -> String {
    let texts = MessageTexts::new(lang);
    let MessageHead { from, to, term, .. } = message;
    match &message.says {
        Says::RequestVote { last } => {
            fill(texts.request_vote(), &[from, term, to, &last.1, &last.0])
        }
        Says::RequestVoteReply { granted: true } => fill(texts.gives_vote(), &[from, to, term]),
        Says::RequestVoteReply { granted: false } => fill(texts.refuses_vote(), &[from, term, to]),
        Says::PreVote { campaign_term, .. } => fill(texts.pre_vote(), &[from, to, campaign_term]),
        Says::PreVoteReply {
            campaign_term,
            granted,
        } => {
            let text = match granted {
                true => texts.would_vote(),
                false => texts.would_not_vote(),
            };
            fill(text, &[from, to, campaign_term])
        }
        Says::AppendEntries {
            previous,
            entries,
            commit,
        } => {
            let text = match entries {
                0 => texts.heartbeat(),
                1 => texts.one_entry(),
                _ => texts.entries(),
            };
            let (first, last) = (previous.0.next(), previous.0.0 + entries);
            fill(
                text,
                &[
                    from,
                    term,
                    to,
                    &previous.0,
                    &previous.1,
                    commit,
                    &first,
                    &last,
                ],
            )
        }
        Says::AppendEntriesReply(AppendResult::Matched { match_index }) => {
            fill(texts.matched(), &[from, to, match_index])
        }
        Says::AppendEntriesReply(AppendResult::Conflict { prev_log_index, .. }) => {
            fill(texts.conflict(), &[from, term, to, prev_log_index])
        }
        Says::ReadIndex => fill(texts.read_index(), &[from, to]),
        Says::ReadIndexReply(Some(index)) => fill(texts.read_at(), &[from, to, index]),
        Says::ReadIndexReply(None) => fill(texts.no_read(), &[from, to]),
        Says::TimeoutNow => fill(texts.timeout_now(), &[from, term, to]),
        Says::InstallSnapshot {
            last_index,
            offset,
            bytes,
            ..
        } => fill(
            texts.snapshot(),
            &[from, term, to, offset, &(offset + bytes), last_index],
        ),
        Says::InstallSnapshotReply { last_index, .. } => {
            fill(texts.snapshot_reply(), &[from, to, last_index])
        }
    }
}

/// What mends that such a message was lost, after where that is written.
fn after_loss(message: &MessageHead, lang: Lang) -> String {
    let texts = MessageTexts::new(lang);
    let (text, source) = match message.says {
        Says::AppendEntries { .. }
        | Says::AppendEntriesReply(_)
        | Says::InstallSnapshot { .. }
        | Says::InstallSnapshotReply { .. } => (texts.sent_again(), Source::Paper("§5.3")),
        // Each is asked once in an election.
        Says::RequestVote { .. } | Says::RequestVoteReply { .. } => {
            (texts.asked_again(), Source::Paper("§5.2"))
        }
        Says::PreVote { .. } | Says::PreVoteReply { .. } => {
            (texts.asked_again(), Source::Dissertation("§9.6"))
        }
        Says::ReadIndex | Says::ReadIndexReply(_) => {
            (texts.read_again(), Source::Dissertation("§6.4"))
        }
        Says::TimeoutNow => (texts.leads_on(), Source::Dissertation("§3.10")),
    };
    fill(text, &[&source.say(lang)])
}

/// Where it is written what such a message is for.
const fn source(message: &MessageHead) -> Source {
    match message.says {
        Says::RequestVote { .. } | Says::RequestVoteReply { .. } => {
            Source::Figure(2, "RequestVote RPC")
        }
        Says::PreVote { .. } | Says::PreVoteReply { .. } => Source::Dissertation("§9.6"),
        Says::AppendEntries { .. } | Says::AppendEntriesReply(_) => {
            Source::Figure(2, "AppendEntries RPC")
        }
        Says::ReadIndex | Says::ReadIndexReply(_) => Source::Dissertation("§6.4"),
        Says::TimeoutNow => Source::Dissertation("§3.10"),
        Says::InstallSnapshot { .. } | Says::InstallSnapshotReply { .. } => {
            Source::Figure(13, "InstallSnapshot RPC")
        }
    }
}
