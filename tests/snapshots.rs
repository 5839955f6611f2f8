//! Snapshots in the core, one node at a time: what it is told, what it then says, and what it keeps
//! before its disk is done. The other nodes are written by hand.

use std::sync::Arc;

use flotilla::raft::{
    AppendResult, Body, Configuration, Effect, Entry, HardState, Input, InstallResult, Log,
    LogIndex, Message, Node, NodeId, NodeSet, Output, Payload, Persistent, RequestId, Rule,
    Settings, Snapshot, SnapshotChunk, Term, Time, WriteSeq,
};

/// A node with a disk that is done when the test says so, and a state machine that is a list.
struct Server {
    node: Node<u8>,
    unsynced: Option<WriteSeq>,
    said: Vec<(NodeId, Body<u8>)>,
    rules: Vec<Rule>,
    state: Vec<u8>,
}

impl Server {
    fn start(id: u8, nodes: usize, disk: Persistent<u8>) -> Self {
        let settings = Settings {
            snapshot_chunk: 2,
            ..Settings::default()
        };
        let configuration = Configuration::new(NodeSet::first(nodes));
        let mut out = Output::default();
        let zero = LogIndex::ZERO;
        let mut server = Self {
            node: Node::start(s(id), settings, configuration, disk, zero, &mut out),
            unsynced: None,
            said: Vec::new(),
            rules: Vec::new(),
            state: Vec::new(),
        };
        server.carries_out(out);
        server
    }

    fn takes(&mut self, input: Input<u8>) {
        let mut out = Output::default();
        self.node.step(Time::ZERO, input, &mut out);
        self.carries_out(out);
    }

    fn carries_out(&mut self, out: Output<u8>) {
        self.rules.extend(out.rules);
        for effect in out.effects {
            match effect {
                Effect::Send(message) => self.said.push((message.to, message.body)),
                Effect::Persist(write) => self.unsynced = Some(write.seq),
                Effect::Apply { index, .. } => {
                    let entry = self.node.log().get(index).expect("it is kept until then");
                    if let Payload::Command(command) = entry.payload {
                        self.state.push(command);
                    }
                }
                Effect::SaveState { index } => {
                    let data = self.state.clone().into();
                    self.takes(Input::StateSaved { index, data });
                }
                Effect::RestoreState(snapshot) => self.state = snapshot.data.to_vec(),
                _ => {}
            }
        }
    }

    fn hears(&mut self, from: u8, term: u64, body: Body<u8>) {
        let (from, to, term) = (s(from), self.node.id(), Term(term));
        self.takes(Input::Message(Message {
            from,
            to,
            term,
            body,
        }));
    }

    fn syncs(&mut self) {
        while let Some(seq) = self.unsynced.take() {
            self.takes(Input::Durable(seq));
        }
    }

    /// What it has said since it was last asked.
    fn says(&mut self) -> Vec<Body<u8>> {
        let said = std::mem::take(&mut self.said).into_iter();
        said.map(|(_, body)| body).collect()
    }

    /// What it has answered to pieces of snapshots since it was last asked.
    fn answers(&mut self) -> Vec<(u64, InstallResult)> {
        let answer = |body| match body {
            Body::InstallSnapshotReply {
                last_index, result, ..
            } => Some((last_index.0, result)),
            _ => None,
        };
        self.says().into_iter().filter_map(answer).collect()
    }

    /// The last index that its log's snapshot covers, and the terms of the entries after it.
    fn log(&self) -> (u64, Vec<u64>) {
        let log = self.node.log();
        let kept = log.iter_from(log.first_index());
        (
            log.base().0.0,
            kept.map(|(_, entry)| entry.term.0).collect(),
        )
    }
}

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

fn entry(term: u64, command: u8) -> Entry<u8> {
    Entry {
        term: Term(term),
        payload: Payload::Command(command),
    }
}

/// A disk with entries of these terms, the command of each its index, after a snapshot of the first
/// `covered` of them.
fn disk(term: u64, log: &[u64], covered: u64) -> Persistent<u8> {
    let entries = (1u8..).zip(log);
    let mut disk = Persistent {
        hard_state: HardState {
            current_term: Term(term),
            voted_for: None,
        },
        snapshot: None,
        log: entries
            .map(|(index, &term)| entry(term, index))
            .collect::<Log<u8>>(),
    };
    if covered > 0 {
        disk.adopt(Snapshot {
            last_index: LogIndex(covered),
            last_term: disk.log.term_at(LogIndex(covered)).expect("it is there"),
            configuration: Configuration::new(NodeSet::first(3)),
            data: (1..=covered as u8).collect(),
        });
    }
    disk
}

/// A piece of the snapshot up to `last` of term 2, whose data are the numbers from 1 to `last`.
fn piece(last: u64, range: std::ops::Range<u64>) -> Body<u8> {
    let data: Arc<[u8]> = (range.start as u8 + 1..=range.end as u8).collect();
    let chunk = SnapshotChunk {
        last_index: LogIndex(last),
        last_term: Term(2),
        configuration: Configuration::new(NodeSet::first(3)),
        offset: range.start,
        data,
        done: range.end == last,
    };
    Body::InstallSnapshot {
        chunk: Box::new(chunk),
        round: 0,
    }
}

const fn received(bytes: u64) -> InstallResult {
    InstallResult::Received { bytes }
}

const fn matched(index: u64) -> InstallResult {
    InstallResult::Matched {
        match_index: LogIndex(index),
    }
}

#[test]
fn the_log_goes_when_the_snapshot_is_durable_and_not_before() {
    let mut alone = Server::start(1, 1, Persistent::default());
    alone.takes(Input::ElectionTimeout);
    alone.syncs();
    for command in [7, 8] {
        let request = RequestId(command.into());
        alone.takes(Input::Propose { request, command });
        alone.syncs();
    }
    alone.takes(Input::TakeSnapshot);
    assert_eq!(alone.log(), (0, vec![1, 1, 1]));
    assert!(!alone.node.can_snapshot());
    alone.syncs();
    assert_eq!(alone.log(), (3, vec![]));
    let snapshot = alone.node.snapshot().expect("it was taken");
    assert_eq!((snapshot.last_index.0, &*snapshot.data), (3, &[7, 8][..]));
    // It starts again from it.
    let again = Server::start(1, 1, alone.node.into_persistent());
    assert_eq!((again.node.commit_index().0, again.state), (3, vec![7, 8]));
}

#[test]
fn who_knows_of_no_members_yet_takes_no_snapshot() {
    // It was just added.
    let mut added = Server::start(4, 0, Persistent::default());
    let mut configured = entry(1, 0);
    configured.payload = Payload::Configuration(Configuration::new(NodeSet::first(4)).into());
    let tells = |added: &mut Server, leader_commit| {
        let body = Body::AppendEntries {
            prev_log_index: LogIndex::ZERO,
            prev_log_term: Term::ZERO,
            entries: vec![entry(1, 7), configured.clone()],
            leader_commit: LogIndex(leader_commit),
            round: 0,
        };
        added.hears(1, 1, body);
        added.syncs();
    };
    tells(&mut added, 1);
    assert_eq!(added.state, [7]);
    assert!(!added.node.can_snapshot());
    added.takes(Input::TakeSnapshot);
    assert!(added.node.snapshot().is_none());
    tells(&mut added, 2);
    added.takes(Input::TakeSnapshot);
    added.syncs();
    let snapshot = added.node.snapshot().expect("it was taken");
    assert_eq!(snapshot.configuration.voters(), NodeSet::first(4));
}

#[test]
fn pieces_are_taken_in_order_each_once() {
    let mut follower = Server::start(2, 3, disk(2, &[], 0));
    for (range, has) in [(2..4, 0), (0..2, 2), (0..2, 2), (4..5, 2), (2..4, 4)] {
        follower.hears(1, 2, piece(5, range));
        assert_eq!(follower.answers(), [(5, received(has))]);
    }
    // Of an older snapshot that comes late.
    follower.hears(1, 2, piece(3, 0..2));
    assert_eq!(follower.answers(), [(3, received(0))]);
    assert_eq!(follower.node.commit_index(), LogIndex(0));
    follower.hears(1, 2, piece(5, 4..5));
    assert_eq!(follower.state, [1, 2, 3, 4, 5]);
    assert_eq!(follower.node.commit_index(), LogIndex(5));
    // It says so when its disk has it.
    assert_eq!(follower.answers(), []);
    follower.syncs();
    assert_eq!(follower.answers(), [(5, matched(5))]);
}

#[test]
fn a_new_leader_begins_again() {
    let mut follower = Server::start(2, 3, disk(2, &[], 0));
    follower.hears(1, 2, piece(5, 0..4));
    follower.hears(3, 3, piece(5, 4..5));
    follower.syncs();
    assert_eq!(follower.answers(), [(5, received(4)), (5, received(0))]);
    follower.hears(3, 3, piece(5, 0..5));
    // The old one is no longer heard.
    follower.hears(1, 2, piece(5, 4..5));
    follower.syncs();
    assert_eq!(
        follower.answers(),
        [(5, InstallResult::Refused), (5, matched(5))]
    );
}

#[test]
fn a_snapshot_of_what_is_committed_is_passed_over() {
    let mut follower = Server::start(2, 3, disk(2, &[1, 1, 2, 2], 3));
    for last in [2, 3] {
        follower.hears(1, 2, piece(last, 0..last));
        assert_eq!(follower.answers(), [(last, matched(3))]);
    }
    assert_eq!(follower.log(), (3, vec![2]));
}

#[test]
fn a_log_that_has_the_last_entry_stays_and_another_goes() {
    let mut same = Server::start(2, 3, disk(3, &[1, 1, 2, 3], 0));
    same.hears(1, 3, piece(3, 0..3));
    assert_eq!(
        (same.state.as_slice(), same.log()),
        (&[1, 2, 3][..], (0, vec![1, 1, 2, 3]))
    );
    same.syncs();
    assert_eq!(same.log(), (3, vec![3]));
    assert_eq!(same.answers(), [(3, matched(3))]);

    let mut other = Server::start(2, 3, disk(3, &[1, 1, 1, 1], 0));
    other.hears(1, 3, piece(3, 0..3));
    assert_eq!(other.log(), (3, vec![]));
    other.syncs();
    assert_eq!(other.answers(), [(3, matched(3))]);
    assert_eq!(other.state, [1, 2, 3]);
}

#[test]
fn entries_that_a_snapshot_covers_count_as_matching() {
    let mut follower = Server::start(2, 3, disk(2, &[1, 1, 2], 3));
    let entries = [1, 2, 2, 2].map(|term| entry(term, 0));
    for (previous, count, expected) in [(1, 1, 3), (1, 4, 5)] {
        follower.hears(
            1,
            2,
            Body::AppendEntries {
                prev_log_index: LogIndex(previous),
                prev_log_term: Term(1),
                entries: entries[..count].to_vec(),
                leader_commit: LogIndex(3),
                round: 0,
            },
        );
        follower.syncs();
        let result = AppendResult::Matched {
            match_index: LogIndex(expected),
        };
        assert_eq!(
            follower.says(),
            [Body::AppendEntriesReply { result, round: 0 }]
        );
    }
    assert_eq!(follower.log(), (3, vec![2, 2]));
}

/// A leader of three in term 3, its log compacted up to index 5, that has just sent the first two
/// bytes of its snapshot to S2.
fn sending() -> Server {
    let mut leader = Server::start(1, 3, disk(2, &[1, 1, 2, 2, 2], 5));
    leader.takes(Input::ElectionTimeout);
    leader.syncs();
    leader.hears(3, 3, Body::RequestVoteReply { granted: true });
    leader.syncs();
    leader.says();
    let result = AppendResult::Conflict {
        prev_log_index: LogIndex(5),
        conflict_term: None,
        conflict_index: LogIndex(1),
    };
    leader.hears(2, 3, Body::AppendEntriesReply { result, round: 0 });
    assert_eq!(pieces(&mut leader), [(0, false)]);
    leader
}

/// The pieces of its snapshot that a leader has sent since it was last asked.
fn pieces(leader: &mut Server) -> Vec<(u64, bool)> {
    let piece = |body| match body {
        Body::InstallSnapshot { chunk, .. } => Some((chunk.offset, chunk.done)),
        _ => None,
    };
    leader.says().into_iter().filter_map(piece).collect()
}

fn answer(leader: &mut Server, last_index: u64, result: InstallResult) {
    let body = Body::InstallSnapshotReply {
        last_index: LogIndex(last_index),
        result,
        round: 0,
    };
    leader.hears(2, 3, body);
}

#[test]
fn one_piece_follows_another_and_an_answer_that_comes_twice_sends_none() {
    let mut leader = sending();
    for (bytes, sent) in [
        (2, vec![(2, false)]),
        (2, vec![]),
        (4, vec![(4, true)]),
        (4, vec![]),
    ] {
        answer(&mut leader, 5, received(bytes));
        assert_eq!(pieces(&mut leader), sent, "{bytes}");
    }
    // An answer about another snapshot says nothing of this one.
    answer(&mut leader, 4, received(0));
    // What may be lost is sent again with the heartbeats.
    leader.takes(Input::HeartbeatTimeout);
    assert_eq!(pieces(&mut leader), [(4, true)]);
    // A follower that has crashed begins again.
    answer(&mut leader, 5, received(0));
    assert_eq!(pieces(&mut leader), []);
    leader.takes(Input::HeartbeatTimeout);
    assert_eq!(pieces(&mut leader), [(0, false)]);
}

#[test]
fn replication_goes_on_after_the_snapshot() {
    let mut leader = sending();
    // A late answer from before it does not tell that it has arrived.
    let result = AppendResult::Matched {
        match_index: LogIndex(0),
    };
    leader.hears(2, 3, Body::AppendEntriesReply { result, round: 0 });
    assert_eq!(leader.says(), []);
    answer(&mut leader, 5, matched(5));
    let said = leader.says();
    assert!(
        matches!(&said[..], [Body::AppendEntries { prev_log_index, prev_log_term, entries, .. }]
            if (prev_log_index.0, prev_log_term.0, entries.len()) == (5, 2, 1)),
        "{said:?}"
    );
    let progress = leader.node.progress(s(2)).expect("it leads");
    assert_eq!((progress.snapshot(), progress.match_index().0), (None, 5));
}

#[test]
fn a_snapshot_under_way_is_sent_to_its_end_though_the_leader_takes_another() {
    let mut leader = sending();
    let result = AppendResult::Matched {
        match_index: LogIndex(6),
    };
    leader.hears(3, 3, Body::AppendEntriesReply { result, round: 0 });
    leader.takes(Input::TakeSnapshot);
    leader.syncs();
    assert_eq!(leader.log(), (6, vec![]));
    leader.says();
    answer(&mut leader, 5, received(2));
    assert_eq!(pieces(&mut leader), [(2, false)]);
    // What follows it is gone by now: the next one comes at once.
    answer(&mut leader, 5, matched(5));
    assert_eq!(pieces(&mut leader), [(0, false)]);
    let progress = leader.node.progress(s(2)).expect("it leads");
    assert_eq!(progress.snapshot().map(|(last, ..)| last.0), Some(6));
}
