//! Which term of the glossary a name of the paper or of the code is about.

use crate::inspect::Name;

/// That of a field, or of a kind of message.
pub(crate) fn term_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "currentTerm" | "term" | "lastTerm" | "campaignTerm" | "prevLogTerm" | "lastLogTerm"
        | "otherTerm" | "conflictTerm" => "term",
        "commitIndex" | "leaderCommit" => "commit-index",
        "lastApplied" | "applied" => "applied",
        "committed" => "committed",
        "nextIndex" => "next-index",
        "matchIndex" => "match-index",
        "votedFor" | "votes" | "votesNeeded" | "voteGranted" => "voter",
        "electionTimerSet" | "electionTimerFires" => "timeout",
        "log" | "progress" => "log",
        "index" | "firstIndex" | "lastIndex" | "prevLogIndex" | "lastLogIndex" => "index",
        "entries" | "entry" => "entry",
        "members" | "configuration" | "joint" => "configuration",
        "sequence" | "sessions" | "sessionOpened" | "sessionExpiredAt" => "session",
        "transfer" | "transferTo" | "transferTold" | "TimeoutNow" => "transfer",
        "leader" | "leaderId" => "leader",
        "candidateId" | "RequestVote" | "RequestVoteReply" => "candidate",
        "PreVote" | "PreVoteReply" => "pre-candidate",
        "AppendEntries" | "AppendEntriesReply" => "append",
        "ReadIndex" | "ReadIndexReply" | "readsForRound" => "read-index",
        "leaseLeft" | "leaseEndedAgo" | "noLease" | "promiseLeft" => "lease",
        "lastIncludedIndex" | "lastIncludedTerm" | "InstallSnapshot" | "InstallSnapshotReply" => {
            "snapshot"
        }
        _ => return None,
    })
}

/// That of a group of fields.
pub(super) const fn of_group(name: Name) -> Option<&'static str> {
    Some(match name {
        Name::Leader => "leader",
        Name::Snapshot => "snapshot",
        Name::Configuration => "configuration",
        Name::Lease => "lease",
        Name::Timers => "timeout",
        Name::Machine => "applied",
        Name::Entry => "entry",
        _ => return None,
    })
}
