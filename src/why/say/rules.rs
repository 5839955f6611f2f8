//! What a message brings about, in words.

use crate::catalogue::{Lang, fill};
use crate::raft::{ChangeRefusal, LogIndex, NoLease, Rule};

use super::texts::RuleTexts;
use super::{Say, dissertation, source};

/// What a node does by a rule, after "then".
impl Say for Rule {
    fn say(&self, lang: Lang) -> String {
        let texts = RuleTexts::new(lang);
        let section = |section| dissertation(section, lang);
        match self {
            Self::HigherTerm { new, .. } => fill(texts.higher_term(), &[new]),
            Self::GrantVote { to, .. } => fill(texts.grant_vote(), &[to]),
            Self::RefuseVote { why, .. } | Self::RefusePreVote { why, .. } => fill(
                texts.refuse_vote(),
                &[&why.say(lang), &source(*why).say(lang)],
            ),
            Self::GrantPreVote { to, .. } => fill(texts.grant_pre_vote(), &[to, &section("§9.6")]),
            Self::CountVote { votes, needed, .. } => {
                fill(texts.count_vote(), &[&votes.len(), needed])
            }
            Self::CountPreVote { votes, needed, .. } => fill(
                texts.count_pre_vote(),
                &[&votes.len(), needed, &section("§9.6")],
            ),
            Self::VoteDenied { from } => fill(texts.vote_denied(), &[from]),
            Self::BecomeLeader { term } => fill(texts.become_leader(), &[term]),
            Self::StartElection { term } => fill(texts.start_election(), &[term]),
            Self::TakeOver { from } => fill(texts.take_over(), &[from, &section("§3.10")]),
            Self::YieldToLeader { leader } => fill(texts.yield_to_leader(), &[leader]),
            Self::StepDown { led } => fill(texts.step_down(), &[led, &section("§6.2")]),
            Self::SendTimeoutNow { to } => fill(texts.send_timeout_now(), &[to, &section("§3.10")]),
            Self::NotLeader { .. } => texts.not_leader().to_owned(),
            Self::ReadConfirmed { index } => {
                fill(texts.read_confirmed(), &[index, &section("§6.4")])
            }
            Self::ReadWaitsForOwnTerm { term } => {
                fill(texts.read_waits(), &[term, &section("§6.4")])
            }
            Self::UseConfiguration {
                index,
                configuration,
            } => fill(
                texts.use_configuration(),
                &[&configuration.say(lang), index],
            ),
            Self::RevertConfiguration { configuration } => {
                fill(texts.revert_configuration(), &[&configuration.say(lang)])
            }
            Self::CatchUp { learners, target } => {
                fill(texts.catch_up(), &[learners, target, &section("§4.2.1")])
            }
            Self::CaughtUp { learners, .. } => {
                fill(texts.caught_up(), &[learners, &section("§4.2.1")])
            }
            Self::LeaderRemoved { index } => fill(texts.leader_removed(), &[index]),
            Self::StartPreVote { campaign_term } => {
                fill(texts.start_pre_vote(), &[campaign_term, &section("§9.6")])
            }
            Self::QuorumLost { heard, needed } => fill(
                texts.quorum_lost(),
                &[&heard.len(), needed, &section("§6.2")],
            ),
            Self::StartTransfer { to } => fill(texts.start_transfer(), &[to, &section("§3.10")]),
            Self::AbortTransfer { to } => fill(texts.abort_transfer(), &[to, &section("§3.10")]),
            Self::TransferUnderWay { to } => {
                fill(texts.transfer_under_way(), &[to, &section("§3.10")])
            }
            Self::LeaseRead { index, left } => {
                fill(texts.lease_read(), &[index, left, &section("§6.4.1")])
            }
            Self::LeaseMissing { why } => no_lease(*why, lang),
            Self::ForwardRead { to } => fill(texts.forward_read(), &[to, &section("§6.4")]),
            Self::ChangeWaitsForOwnTerm { term } => {
                fill(texts.change_waits_term(), &[term, &section("§4.1")])
            }
            Self::ChangeWaitsForCommit { index } => {
                fill(texts.change_waits_commit(), &[index, &section("§4.1")])
            }
            Self::ChangeWaitsForOthers { changes } => {
                fill(texts.change_waits_others(), &[changes, &section("§4.1")])
            }
            Self::RefuseChange { why, .. } => match why {
                ChangeRefusal::NothingToChange => texts.nothing_to_change().to_owned(),
                ChangeRefusal::NoVoterLeft => texts.no_voter_left().to_owned(),
            },
            Self::DropChange { .. } => texts.drop_change().to_owned(),
            Self::RefuseStaleTerm { .. }
            | Self::LogMismatch { .. }
            | Self::TruncateConflict { .. }
            | Self::AppendEntries { .. }
            | Self::LeaderAppend { .. }
            | Self::MatchAdvanced { .. }
            | Self::BackUp { .. }
            | Self::LeaderCommit { .. }
            | Self::FollowerCommit { .. }
            | Self::CommitOnlyOwnTerm { .. }
            | Self::TakeSnapshot { .. }
            | Self::CompactLog { .. }
            | Self::SendSnapshot { .. }
            | Self::StoreChunk { .. }
            | Self::InstallSnapshot { .. }
            | Self::KeepLog { .. }
            | Self::IgnoreOldSnapshot { .. } => log_rule(self, lang),
        }
    }
}

/// What a rule about the log does, or about its snapshot.
fn log_rule(rule: &Rule, lang: Lang) -> String {
    let texts = RuleTexts::new(lang);
    match rule {
        Rule::RefuseStaleTerm { term, .. } => fill(texts.refuse_stale_term(), &[term]),
        Rule::LogMismatch {
            prev_log_index,
            prev_log_term,
            found: Some(found),
            ..
        } => fill(
            texts.log_mismatch(),
            &[prev_log_index, found, prev_log_term],
        ),
        Rule::LogMismatch {
            prev_log_index,
            found: None,
            ..
        } => fill(texts.log_gap(), &[prev_log_index]),
        Rule::TruncateConflict { first, last } => {
            fill(texts.truncate(), &[&range(*first, *last, lang)])
        }
        Rule::AppendEntries { first, last } => fill(texts.append(), &[&range(*first, *last, lang)]),
        Rule::LeaderAppend { index } => fill(texts.leader_append(), &[index]),
        Rule::MatchAdvanced { of, match_index } => fill(texts.match_advanced(), &[of, match_index]),
        Rule::BackUp { of, next_index } => fill(texts.back_up(), &[next_index, of]),
        Rule::LeaderCommit { old, new } | Rule::FollowerCommit { old, new } => {
            fill(texts.commit(), &[&range(old.next(), *new, lang)])
        }
        Rule::CommitOnlyOwnTerm {
            index,
            entry_term,
            current_term,
        } => fill(
            texts.commit_only_own_term(),
            &[index, entry_term, current_term],
        ),
        Rule::StoreChunk { bytes, .. } => fill(texts.store_chunk(), &[bytes]),
        Rule::InstallSnapshot { last_index, .. } => fill(texts.install_snapshot(), &[last_index]),
        Rule::KeepLog { last_index } => fill(texts.keep_log(), &[last_index]),
        Rule::IgnoreOldSnapshot { commit_index, .. } => {
            fill(texts.ignore_old_snapshot(), &[commit_index])
        }
        Rule::SendSnapshot { to, last_index } => fill(texts.send_snapshot(), &[to, last_index]),
        Rule::TakeSnapshot { index } => fill(texts.take_snapshot(), &[index]),
        Rule::CompactLog { through } => fill(texts.compact_log(), &[through]),
        // The others have been told of above.
        other => other.name().to_owned(),
    }
}

/// Why a leader asks a majority, though leases are in use.
fn no_lease(why: NoLease, lang: Lang) -> String {
    let texts = RuleTexts::new(lang);
    let section = dissertation("§6.4.1", lang);
    match why {
        NoLease::NotYet => fill(texts.lease_not_yet(), &[&section]),
        NoLease::Expired { ago } => fill(texts.lease_expired(), &[&ago, &section]),
        NoLease::GivenAway => fill(texts.lease_given_away(), &[&section]),
    }
}

/// Entries, one or several.
fn range(first: LogIndex, last: LogIndex, lang: Lang) -> String {
    let texts = RuleTexts::new(lang);
    match first == last {
        true => fill(texts.entry(), &[&first]),
        false => fill(texts.entries(), &[&first, &last]),
    }
}
