//! What nodes say to each other: the RPCs of the paper's Figure 2 and of the extensions.

use std::fmt;
use std::sync::Arc;

use super::configuration::Configuration;
use super::log::Entry;
use super::types::{LogIndex, NodeId, Term};

/// A message, with the sender and its term, which every message has.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Message<C> {
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// The sender's current term.
    pub term: Term,
    /// What it says.
    pub body: Body<C>,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Body<C> {
    /// A candidate asks for a vote (§5.2, §5.4.1).
    RequestVote {
        /// Index of the candidate's last entry.
        last_log_index: LogIndex,
        /// Term of the candidate's last entry.
        last_log_term: Term,
        /// Whether its leader told it to campaign: then nobody sticks to that leader (dissertation
        /// §3.10, §4.2.3).
        transfer: bool,
    },
    /// The answer to a candidate.
    RequestVoteReply {
        /// Whether it has the vote.
        granted: bool,
    },
    /// A pre-candidate asks whether it would get a vote (dissertation §9.6). The message's term is
    /// its current one, which nobody adopts from this.
    PreVote {
        /// The term in which it would campaign.
        campaign_term: Term,
        /// Index of the pre-candidate's last entry.
        last_log_index: LogIndex,
        /// Term of the pre-candidate's last entry.
        last_log_term: Term,
    },
    /// The answer to a pre-candidate.
    PreVoteReply {
        /// The term it was asked about.
        campaign_term: Term,
        /// Whether it would get the vote.
        granted: bool,
    },
    /// A leader replicates entries; without entries, a heartbeat (§5.3).
    AppendEntries {
        /// Index of the entry before the new ones.
        prev_log_index: LogIndex,
        /// Term of that entry.
        prev_log_term: Term,
        /// The entries to store.
        entries: Vec<Entry<C>>,
        /// The leader's commit index.
        leader_commit: LogIndex,
        /// The leader's latest read round, echoed in the reply: it confirms that the leader led
        /// when the round began (dissertation §6.4).
        round: u64,
    },
    /// The answer to a leader.
    AppendEntriesReply {
        /// Whether the entries are stored, and up to where; if not, where to go back to.
        result: AppendResult,
        /// The read round of the request; 0 when that was of a term that is over.
        round: u64,
    },
    /// A follower asks its leader at which index a read may be answered (dissertation §6.4).
    ReadIndex {
        /// The follower's number for the read.
        read: u64,
    },
    /// The leader's answer to a follower's read.
    ReadIndexReply {
        /// The follower's number for the read.
        read: u64,
        /// The index to apply before answering; `None`: the asked node does not lead.
        index: Option<LogIndex>,
    },
    /// A leader tells a follower to campaign at once, to hand its leadership over (dissertation
    /// §3.10).
    TimeoutNow,
    /// A leader sends a piece of a snapshot to a follower that needs what is no longer in the log
    /// (§7).
    InstallSnapshot {
        /// The piece.
        chunk: Box<SnapshotChunk>,
        /// The leader's latest read round, as in AppendEntries.
        round: u64,
    },
    /// The answer to a leader.
    InstallSnapshotReply {
        /// Which snapshot: the index of the last entry that it covers.
        last_index: LogIndex,
        /// What has become of the piece.
        result: InstallResult,
        /// The read round of the request; 0 when that was of a term that is over.
        round: u64,
    },
}

/// A piece of a snapshot (§7, Figure 13).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SnapshotChunk {
    /// The index of the last entry that the snapshot covers.
    pub last_index: LogIndex,
    /// The term of that entry.
    pub last_term: Term,
    /// The configuration as of that entry.
    pub configuration: Configuration,
    /// Where in the snapshot's data the piece stands.
    pub offset: u64,
    /// The piece.
    pub data: Arc<[u8]>,
    /// Whether it is the last one.
    pub done: bool,
}

/// What a follower says to an InstallSnapshot.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InstallResult {
    /// It has so much of the snapshot, and waits for what follows.
    Received {
        /// How many bytes, from the first.
        bytes: u64,
    },
    /// Its state and log equal the leader's up to this index, durably.
    Matched {
        /// The last index known equal.
        match_index: LogIndex,
    },
    /// The sender's term is over.
    Refused,
}

/// What a follower says to an AppendEntries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AppendResult {
    /// Its log equals the leader's up to this index, durably.
    Matched {
        /// The last index known equal.
        match_index: LogIndex,
    },
    /// It lacks the previous entry, or has another one there.
    Conflict {
        /// The previous index of the refused request.
        prev_log_index: LogIndex,
        /// The term of the follower's entry there; `None` when its log is shorter.
        conflict_term: Option<Term>,
        /// The first index of that term, or the one after the follower's last entry: where it may
        /// be worth going on.
        conflict_index: LogIndex,
    },
}

/// The kinds of message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageKind {
    /// A candidate asks for a vote.
    RequestVote,
    /// The answer to a candidate.
    RequestVoteReply,
    /// A pre-candidate asks whether it would get a vote.
    PreVote,
    /// The answer to a pre-candidate.
    PreVoteReply,
    /// A leader replicates entries, or none: a heartbeat.
    AppendEntries,
    /// The answer to a leader.
    AppendEntriesReply,
    /// A follower asks for a read index.
    ReadIndex,
    /// The answer to that.
    ReadIndexReply,
    /// A leader tells a follower to campaign at once.
    TimeoutNow,
    /// A leader sends a piece of a snapshot.
    InstallSnapshot,
    /// The answer to that.
    InstallSnapshotReply,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::RequestVote,
        Self::RequestVoteReply,
        Self::PreVote,
        Self::PreVoteReply,
        Self::AppendEntries,
        Self::AppendEntriesReply,
        Self::ReadIndex,
        Self::ReadIndexReply,
        Self::TimeoutNow,
        Self::InstallSnapshot,
        Self::InstallSnapshotReply,
    ];

    /// Its name, as in the paper and in scenario files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RequestVote => "RequestVote",
            Self::RequestVoteReply => "RequestVoteReply",
            Self::PreVote => "PreVote",
            Self::PreVoteReply => "PreVoteReply",
            Self::AppendEntries => "AppendEntries",
            Self::AppendEntriesReply => "AppendEntriesReply",
            Self::ReadIndex => "ReadIndex",
            Self::ReadIndexReply => "ReadIndexReply",
            Self::TimeoutNow => "TimeoutNow",
            Self::InstallSnapshot => "InstallSnapshot",
            Self::InstallSnapshotReply => "InstallSnapshotReply",
        }
    }
}

impl fmt::Display for MessageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<C> Message<C> {
    /// Its kind.
    pub const fn kind(&self) -> MessageKind {
        match self.body {
            Body::RequestVote { .. } => MessageKind::RequestVote,
            Body::RequestVoteReply { .. } => MessageKind::RequestVoteReply,
            Body::PreVote { .. } => MessageKind::PreVote,
            Body::PreVoteReply { .. } => MessageKind::PreVoteReply,
            Body::AppendEntries { .. } => MessageKind::AppendEntries,
            Body::AppendEntriesReply { .. } => MessageKind::AppendEntriesReply,
            Body::ReadIndex { .. } => MessageKind::ReadIndex,
            Body::ReadIndexReply { .. } => MessageKind::ReadIndexReply,
            Body::TimeoutNow => MessageKind::TimeoutNow,
            Body::InstallSnapshot { .. } => MessageKind::InstallSnapshot,
            Body::InstallSnapshotReply { .. } => MessageKind::InstallSnapshotReply,
        }
    }
}
