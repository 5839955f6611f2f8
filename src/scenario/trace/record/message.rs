//! The messages of a run, as a trace tells them.

use std::fmt::Write;

use crate::raft::{AppendResult, InstallResult};
use crate::scenario::trace::event::Kind;
use crate::sim::{MessageHead, Says};

/// Whether it answers another.
pub(super) const fn is_answer(head: &MessageHead) -> bool {
    matches!(
        head.says,
        Says::RequestVoteReply { .. }
            | Says::PreVoteReply { .. }
            | Says::AppendEntriesReply(_)
            | Says::InstallSnapshotReply { .. }
            | Says::ReadIndexReply(_)
    )
}

/// What it is called that it is sent.
pub(super) const fn send(head: &MessageHead) -> &'static str {
    match head.says {
        Says::RequestVote { .. } => "SendRequestVoteRequest",
        Says::RequestVoteReply { .. } => "SendRequestVoteResponse",
        Says::AppendEntries { .. } => "SendAppendEntriesRequest",
        Says::AppendEntriesReply(_) => "SendAppendEntriesResponse",
        Says::InstallSnapshot { .. } => "SendSnapshot",
        _ => "SendMessage",
    }
}

/// The numbers of a message in a trace.
#[derive(Default)]
struct Numbers {
    term: u64,
    log_term: u64,
    index: u64,
    entries: u64,
    commit: u64,
    reject: bool,
    reject_hint: u64,
}

/// Appends it.
pub(super) fn told_message(head: &MessageHead, out: &mut String) {
    let (kind, numbers) = numbers(head);
    let kind = Kind::NAMES.iter().find(|(known, _)| *known == kind);
    let kind = kind.map_or("", |(_, name)| *name);
    let (from, to) = (head.from.number(), head.to.number());
    let Numbers {
        term,
        log_term,
        index,
        entries,
        commit,
        reject,
        reject_hint,
    } = numbers;
    let _ = write!(
        out,
        r#"{{"type":"{kind}","term":{term},"from":"{from}","to":"{to}","entries":{entries},"logTerm":{log_term},"index":{index},"commit":{commit},"vote":"0","reject":{reject},"rejectHint":{reject_hint}}}"#
    );
}

fn numbers(head: &MessageHead) -> (Kind, Numbers) {
    let plain = Numbers {
        term: head.term.0,
        ..Numbers::default()
    };
    match head.says {
        Says::RequestVote { last } => {
            let (log_term, index) = (last.0.0, last.1.0);
            let numbers = Numbers {
                log_term,
                index,
                ..plain
            };
            (Kind::Vote, numbers)
        }
        Says::RequestVoteReply { granted } => {
            let reject = !granted;
            (Kind::VoteResp, Numbers { reject, ..plain })
        }
        Says::PreVote {
            campaign_term,
            last,
        } => {
            let numbers = Numbers {
                term: campaign_term.0,
                log_term: last.0.0,
                index: last.1.0,
                ..plain
            };
            (Kind::PreVote, numbers)
        }
        Says::PreVoteReply {
            campaign_term,
            granted,
        } => {
            let numbers = Numbers {
                term: campaign_term.0,
                reject: !granted,
                ..plain
            };
            (Kind::PreVoteResp, numbers)
        }
        Says::AppendEntries {
            previous,
            entries,
            commit,
        } => {
            let numbers = Numbers {
                log_term: previous.1.0,
                index: previous.0.0,
                entries,
                commit: commit.0,
                ..plain
            };
            (Kind::App, numbers)
        }
        Says::AppendEntriesReply(result) => (Kind::AppResp, answer(result, plain)),
        Says::InstallSnapshot { last_index, .. } => {
            let entries = last_index.0;
            (Kind::Snap, Numbers { entries, ..plain })
        }
        Says::InstallSnapshotReply { result, .. } => {
            let matched = match result {
                InstallResult::Matched { match_index } => match_index.0,
                InstallResult::Received { .. } | InstallResult::Refused => 0,
            };
            let numbers = Numbers {
                index: matched,
                reject: result == InstallResult::Refused,
                ..plain
            };
            (Kind::AppResp, numbers)
        }
        Says::TimeoutNow => (Kind::TimeoutNow, plain),
        Says::ReadIndex => (Kind::ReadIndex, plain),
        Says::ReadIndexReply(index) => {
            let numbers = Numbers {
                index: index.unwrap_or_default().0,
                reject: index.is_none(),
                ..plain
            };
            (Kind::ReadIndexResp, numbers)
        }
    }
}

fn answer(result: AppendResult, plain: Numbers) -> Numbers {
    match result {
        AppendResult::Matched { match_index } => Numbers {
            index: match_index.0,
            ..plain
        },
        AppendResult::Conflict {
            prev_log_index,
            conflict_term,
            conflict_index,
        } => Numbers {
            index: prev_log_index.0,
            log_term: conflict_term.unwrap_or_default().0,
            reject: true,
            reject_hint: conflict_index.0,
            ..plain
        },
    }
}
