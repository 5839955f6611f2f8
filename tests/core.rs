//! The rules of the core, one node at a time: what it is told, what it then says, and what it must
//! not say before its disk is done. The other nodes are written by hand.

use flotilla::raft::{
    AppendResult, Body, Configuration, Effect, Entry, HardState, Input, Log, LogIndex, Message,
    Node, NodeId, NodeSet, Output, Payload, Persistent, Refusal, RequestId, Role, Settings, Term,
    Time, WriteSeq,
};

type Command = u32;
type Said = (NodeId, Body<Command>);

/// What a client of the node hears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Heard {
    Applied(LogIndex, Option<RequestId>),
    Read(RequestId),
    Refused(RequestId, Refusal),
}

/// A node with a disk that is done when the test says so.
#[derive(Clone)]
struct Server {
    node: Node<Command>,
    unsynced: Option<WriteSeq>,
    said: Vec<Said>,
    heard: Vec<Heard>,
}

impl Server {
    fn start(id: u8, nodes: usize, disk: Persistent<Command>) -> Self {
        let settings = Settings::default();
        let configuration = Configuration::new(NodeSet::first(nodes));
        let mut out = Output::default();
        let commit = LogIndex::ZERO;
        Self {
            node: Node::start(s(id), settings, configuration, disk, commit, &mut out),
            unsynced: None,
            said: Vec::new(),
            heard: Vec::new(),
        }
    }

    /// One that has crashed with all its writes durable, and is back.
    fn restarted(self, nodes: usize) -> Self {
        let id = self.node.id().number();
        Self::start(id, nodes, self.node.into_persistent())
    }

    fn takes(&mut self, input: Input<Command>) {
        let mut out = Output::default();
        self.node.step(Time::ZERO, input, &mut out);
        for effect in out.effects {
            match effect {
                Effect::Send(message) => self.said.push((message.to, message.body)),
                Effect::Persist(write) => self.unsynced = Some(write.seq),
                Effect::Apply { index, request } => {
                    self.heard.push(Heard::Applied(index, request));
                }
                Effect::Read(request) => self.heard.push(Heard::Read(request)),
                Effect::Refuse { request, refusal } => {
                    self.heard.push(Heard::Refused(request, refusal));
                }
                Effect::ArmElectionTimer
                | Effect::DisarmElectionTimer
                | Effect::ArmHeartbeatTimer
                | Effect::DisarmHeartbeatTimer => {}
                Effect::SaveState { .. } | Effect::RestoreState(_) => {
                    unreachable!("these nodes take no snapshots")
                }
            }
        }
    }

    fn hears(&mut self, from: u8, term: u64, body: Body<Command>) {
        let (from, to, term) = (s(from), self.node.id(), Term(term));
        self.takes(Input::Message(Message {
            from,
            to,
            term,
            body,
        }));
    }

    /// Its disk has done all that it was given.
    fn syncs(&mut self) {
        while let Some(seq) = self.unsynced.take() {
            self.takes(Input::Durable(seq));
        }
    }

    fn says(&mut self) -> Vec<Said> {
        std::mem::take(&mut self.said)
    }

    fn tells(&mut self) -> Vec<Heard> {
        std::mem::take(&mut self.heard)
    }

    fn terms(&self) -> Vec<u64> {
        let entries = self.node.log().iter_from(LogIndex(1));
        entries.map(|(_, entry)| entry.term.0).collect()
    }

    fn commit(&self) -> u64 {
        self.node.commit_index().0
    }

    fn match_index(&self, of: u8) -> u64 {
        let progress = self.node.progress(s(of)).expect("it leads");
        progress.match_index().0
    }
}

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

/// A disk with these entries: the command of each is its index.
fn disk(term: u64, log: &[u64]) -> Persistent<Command> {
    Persistent {
        hard_state: HardState {
            current_term: Term(term),
            voted_for: None,
        },
        snapshot: None,
        log: (1..).zip(log).map(entry).collect(),
    }
}

fn entry((index, term): (u32, &u64)) -> Entry<Command> {
    Entry {
        term: Term(*term),
        payload: Payload::Command(index),
    }
}

/// AppendEntries after an entry of that index and term.
fn append(previous: (u64, u64), terms: &[u64], commit: u64) -> Body<Command> {
    Body::AppendEntries {
        prev_log_index: LogIndex(previous.0),
        prev_log_term: Term(previous.1),
        entries: (previous.0 as u32 + 1..).zip(terms).map(entry).collect(),
        leader_commit: LogIndex(commit),
        round: 0,
    }
}

fn matched(index: u64, round: u64) -> Body<Command> {
    let match_index = LogIndex(index);
    Body::AppendEntriesReply {
        result: AppendResult::Matched { match_index },
        round,
    }
}

fn request_vote(last: (u64, u64)) -> Body<Command> {
    Body::RequestVote {
        last_log_index: LogIndex(last.0),
        last_log_term: Term(last.1),
        transfer: false,
    }
}

const GRANT: Body<Command> = Body::RequestVoteReply { granted: true };
const REFUSE: Body<Command> = Body::RequestVoteReply { granted: false };

/// S1, elected by all others in the term after `term`, its no-op on its disk.
fn leader(nodes: usize, term: u64, log: &[u64]) -> Server {
    let mut leader = Server::start(1, nodes, disk(term, log));
    leader.takes(Input::ElectionTimeout);
    leader.syncs();
    for voter in 2..=nodes as u8 {
        leader.hears(voter, term + 1, GRANT);
    }
    leader.syncs();
    assert!(leader.node.is_leader());
    leader.says();
    leader
}

#[test]
fn a_vote_goes_to_a_log_at_least_as_up_to_date() {
    // The voter's last entry has index 3 and term 2 (§5.4.1).
    for (last, reply) in [
        ((3, 2), GRANT),
        ((4, 2), GRANT),
        ((1, 3), GRANT),
        ((2, 2), REFUSE),
        ((9, 1), REFUSE),
        ((0, 0), REFUSE),
    ] {
        let mut voter = Server::start(2, 3, disk(2, &[1, 1, 2]));
        voter.hears(1, 5, request_vote(last));
        voter.syncs();
        assert_eq!(voter.says(), [(s(1), reply)], "{last:?}");
        assert_eq!(voter.node.current_term(), Term(5));
    }
}

#[test]
fn a_vote_is_given_once_a_term_and_again_to_the_same_candidate() {
    let mut voter = Server::start(3, 3, disk(0, &[]));
    for (from, term, reply) in [
        (1, 1, GRANT),
        (2, 1, REFUSE),
        (1, 1, GRANT),
        (2, 2, GRANT),
        (1, 1, REFUSE),
    ] {
        voter.hears(from, term, request_vote((0, 0)));
        voter.syncs();
        assert_eq!(voter.says(), [(s(from), reply)], "S{from}, term {term}");
    }
}

#[test]
fn a_vote_is_told_when_it_is_durable() {
    let mut voter = Server::start(2, 3, disk(0, &[]));
    voter.hears(1, 1, request_vote((0, 0)));
    assert_eq!(voter.says(), [], "its disk is not done");
    voter.syncs();
    assert_eq!(voter.says(), [(s(1), GRANT)]);
}

#[test]
fn an_acknowledgement_is_told_when_its_entries_are_durable() {
    let mut follower = Server::start(2, 3, disk(1, &[]));
    follower.hears(1, 1, append((0, 0), &[1, 1], 0));
    assert_eq!(follower.node.log().last_index(), LogIndex(2));
    assert_eq!(follower.says(), [], "its disk is not done");
    follower.hears(1, 1, append((2, 1), &[], 0));
    assert_eq!(follower.says(), [], "a heartbeat vouches for them as well");
    follower.syncs();
    assert_eq!(
        follower.says(),
        [(s(1), matched(2, 0)), (s(1), matched(2, 0))]
    );
}

#[test]
fn a_candidate_asks_and_counts_itself_when_its_own_vote_is_durable() {
    let mut candidate = Server::start(1, 3, disk(0, &[]));
    candidate.takes(Input::ElectionTimeout);
    assert_eq!(candidate.says(), [], "its disk is not done");
    candidate.hears(2, 1, GRANT);
    assert!(!candidate.node.is_leader(), "one vote of three");
    candidate.syncs();
    assert!(candidate.node.is_leader());
}

#[test]
fn votes_of_an_earlier_election_do_not_count() {
    let mut candidate = Server::start(1, 5, disk(0, &[]));
    candidate.takes(Input::ElectionTimeout);
    candidate.takes(Input::ElectionTimeout);
    candidate.syncs();
    candidate.hears(2, 1, GRANT);
    candidate.hears(3, 1, GRANT);
    candidate.hears(4, 2, GRANT);
    candidate.hears(4, 2, GRANT);
    assert!(!candidate.node.is_leader(), "S1 and S4 of five");
    candidate.hears(5, 2, GRANT);
    assert!(candidate.node.is_leader());
}

#[test]
fn a_leader_counts_itself_when_its_own_entry_is_durable() {
    let mut leader = leader(3, 0, &[]);
    leader.hears(2, 1, matched(1, 0));
    assert_eq!(leader.commit(), 1);
    let request = RequestId(7);
    leader.takes(Input::Propose {
        request,
        command: 7,
    });
    leader.hears(2, 1, matched(2, 0));
    assert_eq!(leader.commit(), 1, "only S2 has it on disk");
    leader.syncs();
    assert_eq!(leader.commit(), 2);
    assert_eq!(
        leader.tells().last(),
        Some(&Heard::Applied(LogIndex(2), Some(request)))
    );
}

#[test]
fn two_followers_commit_what_their_leader_has_not_yet_on_disk() {
    let mut leader = leader(3, 0, &[]);
    leader.takes(Input::Propose {
        request: RequestId(7),
        command: 7,
    });
    leader.hears(2, 1, matched(2, 0));
    leader.hears(3, 1, matched(2, 0));
    assert_eq!(leader.commit(), 2);
}

fn is_refusal(body: &Body<Command>) -> bool {
    let Body::AppendEntriesReply { result, .. } = body else {
        return false;
    };
    matches!(result, AppendResult::Conflict { .. })
}

/// Carries messages between a leader and one follower until neither has anything to say to the
/// other; returns how often the follower refused.
fn converge(leader: &mut Server, follower: &mut Server) -> usize {
    let term = leader.node.current_term().0;
    let to = follower.node.id();
    let mut refusals = 0;
    leader.takes(Input::HeartbeatTimeout);
    loop {
        let said = leader.says();
        let said: Vec<_> = said.into_iter().filter(|(id, _)| *id == to).collect();
        if said.is_empty() {
            return refusals;
        }
        for (_, body) in said {
            follower.hears(leader.node.id().number(), term, body);
        }
        follower.syncs();
        for (_, body) in follower.says() {
            refusals += usize::from(is_refusal(&body));
            leader.hears(to.number(), term, body);
        }
        leader.syncs();
    }
}

#[test]
fn the_followers_of_figure_7_are_found_out_in_a_round_a_term() {
    let log = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
    // (a) to (f), and how many terms of theirs the leader does not have there, or that end early.
    let followers: [(&[u64], usize); 6] = [
        (&[1, 1, 1, 4, 4, 5, 5, 6, 6], 1),
        (&[1, 1, 1, 4], 1),
        (&[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], 0),
        (&[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], 0),
        (&[1, 1, 1, 4, 4, 4, 4], 2),
        (&[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], 2),
    ];
    for (number, (terms, rounds)) in (2..).zip(followers) {
        let mut leader = leader(7, 7, &log);
        let mut follower = Server::start(number, 7, disk(7, terms));
        let refusals = converge(&mut leader, &mut follower);
        assert_eq!(follower.terms(), [&log[..], &[8]].concat());
        assert!(refusals <= rounds, "{terms:?}: {refusals} refusals");
        assert_eq!(leader.match_index(number), 11);
    }
}

#[test]
fn append_entries_come_twice_and_in_any_order_and_change_nothing() {
    let messages = [
        append((0, 0), &[1, 1], 0),
        append((2, 1), &[1], 1),
        append((3, 1), &[2, 2], 2),
        append((5, 2), &[], 4),
        append((2, 1), &[], 2),
    ];
    let mut follower = Server::start(2, 3, disk(2, &[]));
    for message in &messages {
        follower.hears(1, 2, message.clone());
    }
    follower.syncs();
    let (terms, commit) = (follower.terms(), follower.commit());
    assert_eq!((terms.as_slice(), commit), (&[1, 1, 1, 2, 2][..], 4));
    for first in &messages {
        for second in &messages {
            follower.hears(1, 2, first.clone());
            follower.hears(1, 2, second.clone());
            assert!(follower.unsynced.is_none(), "nothing to write");
            assert_eq!(
                (follower.terms(), follower.commit()),
                (terms.clone(), commit)
            );
        }
    }
}

#[test]
fn append_entries_that_overtake_each_other_are_refused_and_come_again() {
    let mut follower = Server::start(2, 3, disk(1, &[]));
    follower.hears(1, 1, append((1, 1), &[1], 2));
    assert_eq!((follower.terms(), follower.commit()), (vec![], 0));
    follower.hears(1, 1, append((0, 0), &[1], 2));
    assert_eq!((follower.terms(), follower.commit()), (vec![1], 1));
    follower.hears(1, 1, append((1, 1), &[1], 2));
    assert_eq!((follower.terms(), follower.commit()), (vec![1, 1], 2));
}

#[test]
fn a_follower_commits_only_what_a_message_has_verified() {
    // Its entries 2 and 3 are of a term that the leader does not have.
    let mut follower = Server::start(2, 3, disk(3, &[1, 2, 2]));
    follower.hears(1, 3, append((1, 1), &[], 3));
    assert_eq!(follower.commit(), 1);
    follower.hears(1, 3, append((3, 3), &[], 3));
    assert_eq!(follower.commit(), 1, "a refused message says nothing");
    follower.hears(1, 3, append((1, 1), &[3, 3], 3));
    assert_eq!((follower.terms(), follower.commit()), (vec![1, 3, 3], 3));
}

#[test]
fn a_stale_reply_changes_nothing() {
    let mut leader = leader(3, 1, &[1, 1, 1]);
    leader.hears(2, 2, matched(4, 0));
    assert_eq!((leader.match_index(2), leader.commit()), (4, 4));
    leader.says();
    let refusal = |previous: u64| Body::AppendEntriesReply {
        result: AppendResult::Conflict {
            prev_log_index: LogIndex(previous),
            conflict_term: None,
            conflict_index: LogIndex(1),
        },
        round: 0,
    };
    let before = leader.node.progress(s(2)).cloned();
    for (term, body) in [
        (2, matched(2, 0)),
        (2, refusal(3)),
        (2, refusal(4)),
        (1, matched(9, 9)),
        (1, refusal(9)),
        (1, GRANT),
        (2, GRANT),
        (2, REFUSE),
    ] {
        leader.hears(2, term, body.clone());
        assert_eq!(leader.node.progress(s(2)).cloned(), before, "{body:?}");
        assert_eq!(leader.says(), [], "{body:?}");
    }
    assert!(leader.node.is_leader());
    assert_eq!(leader.commit(), 4);
}

#[test]
fn a_follower_that_refuses_what_it_has_acknowledged_is_asked_once_a_heartbeat() {
    let mut leader = leader(3, 1, &[1, 1, 1]);
    leader.hears(2, 2, matched(4, 0));
    leader.takes(Input::Propose {
        request: RequestId(7),
        command: 7,
    });
    let refusal = |previous: u64| Body::AppendEntriesReply {
        result: AppendResult::Conflict {
            prev_log_index: LogIndex(previous),
            conflict_term: None,
            conflict_index: LogIndex(1),
        },
        round: 0,
    };
    leader.hears(2, 2, refusal(5));
    leader.says();
    for _ in 0..3 {
        leader.hears(2, 2, refusal(4));
        assert_eq!(leader.says(), [], "each answer would be refused again");
    }
    leader.takes(Input::HeartbeatTimeout);
    let to_it = leader.says().into_iter().filter(|(to, _)| *to == s(2));
    assert_eq!(to_it.count(), 1);
}

#[test]
fn an_entry_of_an_earlier_term_is_committed_by_one_of_the_own_term() {
    let mut leader = leader(3, 3, &[1, 2]);
    leader.hears(2, 4, matched(2, 0));
    leader.hears(3, 4, matched(2, 0));
    assert_eq!(leader.commit(), 0, "everyone has it, and yet (Figure 8)");
    leader.hears(2, 4, matched(3, 0));
    assert_eq!(leader.commit(), 3);
}

#[test]
fn a_read_waits_for_a_commit_of_the_own_term_and_then_for_a_majority() {
    let mut leader = leader(3, 1, &[1]);
    let request = RequestId(5);
    leader.takes(Input::ReadIndex { request });
    leader.hears(2, 2, matched(1, 0));
    assert_eq!(leader.tells(), [], "what is committed is not known");
    leader.hears(2, 2, matched(2, 0));
    assert_eq!(leader.commit(), 2);
    assert!(
        !leader.tells().contains(&Heard::Read(request)),
        "unconfirmed"
    );
    leader.hears(3, 2, matched(2, 0));
    assert_eq!(leader.tells(), [], "an answer to an earlier round");
    leader.hears(3, 2, matched(2, 1));
    assert_eq!(leader.tells(), [Heard::Read(request)]);
}

#[test]
fn a_read_is_not_confirmed_by_a_round_that_began_before_it() {
    let mut leader = leader(3, 0, &[]);
    leader.hears(2, 1, matched(1, 0));
    leader.takes(Input::ReadIndex {
        request: RequestId(5),
    });
    leader.takes(Input::ReadIndex {
        request: RequestId(6),
    });
    leader.tells();
    leader.hears(2, 1, matched(1, 1));
    assert_eq!(leader.tells(), [Heard::Read(RequestId(5))]);
    leader.hears(3, 1, matched(1, 1));
    assert_eq!(leader.tells(), [], "the second came after round 1 began");
    leader.hears(3, 1, matched(1, 2));
    assert_eq!(leader.tells(), [Heard::Read(RequestId(6))]);
}

#[test]
fn a_follower_asks_its_leader_and_waits_until_it_has_applied() {
    let mut follower = Server::start(2, 3, disk(1, &[]));
    follower.hears(1, 1, append((0, 0), &[1], 0));
    follower.syncs();
    follower.says();
    let request = RequestId(9);
    follower.takes(Input::ReadIndex { request });
    assert_eq!(follower.says(), [(s(1), Body::ReadIndex { read: 9 })]);
    let answer = |read, index| Body::ReadIndexReply {
        read,
        index: Some(LogIndex(index)),
    };
    follower.hears(1, 1, answer(8, 0));
    assert_eq!(follower.tells(), [], "an answer to another read");
    follower.hears(1, 1, answer(9, 1));
    assert_eq!(follower.tells(), [], "index 1 is not applied");
    follower.hears(1, 1, append((1, 1), &[], 1));
    assert_eq!(
        follower.tells(),
        [Heard::Applied(LogIndex(1), None), Heard::Read(request)]
    );
    follower.hears(1, 1, answer(9, 1));
    assert_eq!(follower.tells(), [], "it is answered once");
}

#[test]
fn a_read_asked_of_a_leader_of_an_earlier_term_is_refused() {
    let mut follower = Server::start(2, 3, disk(1, &[]));
    follower.hears(1, 1, append((0, 0), &[1], 1));
    follower.syncs();
    let request = RequestId(9);
    follower.takes(Input::ReadIndex { request });
    follower.tells();
    follower.hears(3, 2, request_vote((0, 0)));
    let refusal = Refusal::NotLeader { leader: None };
    assert_eq!(follower.tells(), [Heard::Refused(request, refusal)]);
    let late = Body::ReadIndexReply {
        read: 9,
        index: Some(LogIndex(1)),
    };
    follower.hears(1, 1, late);
    assert_eq!(follower.tells(), []);
}

#[test]
fn a_deposed_leader_refuses_what_it_has_not_finished() {
    let mut leader = leader(3, 0, &[]);
    leader.hears(2, 1, matched(1, 0));
    leader.tells();
    let (put, get) = (RequestId(1), RequestId(2));
    leader.takes(Input::Propose {
        request: put,
        command: 1,
    });
    leader.takes(Input::ReadIndex { request: get });
    leader.hears(3, 2, append((1, 1), &[2], 1));
    assert_eq!(*leader.node.role(), Role::Follower);
    assert_eq!(leader.terms(), [1, 2], "its own entry is gone");
    let deposed = |request| Heard::Refused(request, Refusal::Deposed);
    assert_eq!(leader.tells(), [deposed(put), deposed(get)]);
}

#[test]
fn a_restarted_node_keeps_its_term_its_vote_and_its_log() {
    let mut voter = Server::start(2, 3, disk(4, &[1, 4]));
    voter.hears(1, 5, request_vote((2, 4)));
    voter.syncs();
    voter.says();
    let mut voter = voter.restarted(3);
    assert_eq!(voter.node.current_term(), Term(5));
    assert_eq!(voter.node.voted_for(), Some(s(1)));
    assert_eq!(voter.terms(), [1, 4]);
    voter.hears(3, 5, request_vote((9, 4)));
    voter.syncs();
    assert_eq!(voter.says(), [(s(3), REFUSE)]);
}

#[test]
fn commands_proposed_together_are_replicated_together_and_answered_each() {
    let proposals = || {
        let all = (1..=3).map(|number| (RequestId(number.into()), number));
        Input::ProposeAll {
            proposals: all.collect(),
        }
    };
    let mut leader = leader(3, 0, &[]);
    leader.hears(2, 1, matched(1, 0));
    leader.syncs();
    leader.says();
    leader.tells();
    leader.takes(proposals());
    let said = leader.says();
    assert!(
        matches!(&said[..], [(to, Body::AppendEntries { entries, .. })]
            if *to == s(2) && entries.len() == 3),
        "{said:?}"
    );
    leader.syncs();
    leader.hears(2, 1, matched(4, 0));
    let applied = |number| Heard::Applied(LogIndex(number + 1), Some(RequestId(number)));
    assert_eq!(leader.tells(), [1, 2, 3].map(applied));

    let mut follower = Server::start(2, 3, Persistent::default());
    follower.takes(proposals());
    let not_leader = Refusal::NotLeader { leader: None };
    let refused = |number| Heard::Refused(RequestId(number), not_leader);
    assert_eq!(follower.tells(), [1, 2, 3].map(refused));
    assert_eq!(follower.says(), []);
}

#[test]
fn a_leader_has_no_more_under_way_than_it_may() {
    let mut leader = leader(2, 0, &[]);
    leader.hears(2, 1, matched(1, 0));
    leader.says();
    for command in 1..=100 {
        leader.takes(Input::Propose {
            request: RequestId(command.into()),
            command,
        });
    }
    let batches = leader.says().len();
    assert_eq!(batches, 8, "as many as may be under way");
    leader.syncs();
    leader.hears(2, 1, matched(9, 0));
    let mut log = Log::default();
    for (_, body) in leader.says() {
        if let Body::AppendEntries { entries, .. } = body {
            assert!(entries.len() <= 64, "a batch");
            entries.into_iter().for_each(|entry| {
                log.append(entry);
            });
        }
    }
    assert_eq!(log.len(), 92, "the rest, in batches");
}
