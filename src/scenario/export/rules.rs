//! Rules and refusals, by name with their numbers.

use crate::raft::{NoLease, Rule, VoteRefusal};

use super::json::{Json, Object, fields};

/// Appends the name of a rule and its numbers to the object of a happening.
pub(super) fn rule(rule: &Rule, object: &mut Object<'_>) {
    object.field("rule", &rule.name());
    fields!(
        rule, object, Rule:
        HigherTerm { from, old, new },
        StartElection { term },
        StartPreVote { campaign_term },
        GrantPreVote { to, campaign_term },
        RefusePreVote { to, why },
        CountPreVote { from, votes, needed },
        GrantVote { to, term },
        RefuseVote { to, why },
        CountVote { from, votes, needed },
        VoteDenied { from },
        BecomeLeader { term },
        YieldToLeader { leader },
        StepDown { led },
        QuorumLost { heard, needed },
        LeaderAppend { index },
        RefuseStaleTerm { from, term },
        LogMismatch { from, prev_log_index, prev_log_term, found },
        TruncateConflict { first, last },
        AppendEntries { first, last },
        MatchAdvanced { of, match_index },
        BackUp { of, next_index },
        LeaderCommit { old, new },
        CommitOnlyOwnTerm { index, entry_term, current_term },
        FollowerCommit { old, new },
        ReadConfirmed { index },
        ReadWaitsForOwnTerm { term },
        ForwardRead { to },
        NotLeader { leader },
        StartTransfer { to },
        SendTimeoutNow { to },
        TakeOver { from },
        AbortTransfer { to },
        TransferUnderWay { to },
        LeaseRead { index, left },
        LeaseMissing { why },
        UseConfiguration { index, configuration },
        RevertConfiguration { configuration },
        ChangeWaitsForOwnTerm { term },
        ChangeWaitsForCommit { index },
        ChangeWaitsForOthers { changes },
        RefuseChange { change, why },
        CatchUp { learners, target },
        CaughtUp { learners, index },
        LeaderRemoved { index },
        DropChange { change },
        TakeSnapshot { index },
        CompactLog { through },
        SendSnapshot { to, last_index },
        StoreChunk { from, last_index, bytes, done },
        InstallSnapshot { last_index, last_term, removed },
        KeepLog { last_index },
        IgnoreOldSnapshot { from, last_index, commit_index },
    );
}

impl Json for VoteRefusal {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("reason", &self.name());
        fields!(
            self, object, Self:
            StaleTerm { candidate, current },
            LiveLeader { leader },
            AlreadyVoted { for_node },
            LogNotUpToDate { candidate, own },
            Promised { left },
        );
        object.end();
    }
}

impl Json for NoLease {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("reason", &self.name());
        fields!(
            self, object, Self:
            NotYet,
            Expired { ago },
            GivenAway,
        );
        object.end();
    }
}
