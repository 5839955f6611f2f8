//! Why something is as it is: for each kind of answer a run in which it is the right one; and, over
//! random runs, that there is an answer to everything and that what it claims is so.

use std::collections::BTreeSet;
use std::sync::Arc;

use flotilla::catalogue::Lang;
use flotilla::raft::{
    Configuration, LogIndex, MessageKind, Mutant, NodeId, NodeSet, Rule, Term, Time, VoteRefusal,
};
use flotilla::scenario::trace::{self, Recorder};
use flotilla::scenario::{Advance, Run, parse};
use flotilla::sim::{Action, Happening, LossCause, World};
use flotilla::why::{
    Answer, ChangeWait, Count, EntryState, Fate, LeaderWhy, MessageWhy, NodeWhy, OperationState,
    Subject, Uncommitted, VoteWhy, Why,
};

fn s(number: u8) -> NodeId {
    NodeId::new(number).expect("a test's nodes are few")
}

fn set(numbers: &[u8]) -> NodeSet {
    numbers.iter().map(|&number| s(number)).collect()
}

fn run(text: &str) -> Run {
    match parse(text) {
        Ok(scenario) => {
            let seed = scenario.seed;
            Run::new(Arc::new(scenario), seed)
        }
        Err(errors) => panic!("{errors:?}"),
    }
}

/// A scenario that needs no title.
fn steps(text: &str) -> Run {
    run(&format!("title = \"Why\"\n{text}"))
}

/// The scenario file of that name.
fn file(name: &str) -> Run {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    run(&std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("the file is there"))
}

fn at_millis(millis: u64) -> Time {
    Time(millis * 1_000)
}

const fn entry(node: NodeId, index: u64) -> Subject {
    Subject::Entry {
        node,
        index: LogIndex(index),
    }
}

/// That this is the answer there, word for word.
#[track_caller]
fn says(run: &Run, subject: Subject, sentence: &str) {
    let why = run.why(subject).expect("there is such a thing");
    assert_eq!(why.to_string(), sentence);
}

/// Takes event after event until the answer is such, and gives it.
#[track_caller]
fn until(run: &mut Run, subject: Subject, is_such: impl Fn(&Answer) -> bool) -> String {
    loop {
        if let Some(why) = run.why(subject)
            && is_such(&why.answer)
        {
            return why.to_string();
        }
        let took = run.advance(at_millis(60_000));
        assert_ne!(took, Advance::Idle, "the answer is never such");
    }
}

#[test]
fn without_a_majority_nobody_can_be_elected() {
    let mut run = steps("[[step]]\nat = \"1s\"\ncrash = [\"S1\", \"S2\", \"S3\"]");
    run.run_to(at_millis(1_500));
    let sentence = "no leader: 2 of 5 run, and it takes 3 to elect one (§5.2)";
    says(&run, Subject::Leader, sentence);
    says(
        &run,
        Subject::Node(s(1)),
        "S1 is down; its disk has term 1 and what else it must not forget (Figure 2, persistent state)",
    );
}

#[test]
fn a_partition_into_minorities_leaves_nobody_in_reach_of_a_majority() {
    let mut run = steps(
        "[raft]\ncheck_quorum = true\n[[step]]\nat = \"1s\"\n\
         partition = [[\"S1\", \"S2\"], [\"S3\", \"S4\"], [\"S5\"]]",
    );
    run.run_to(at_millis(3_000));
    let sentence = "no leader: nobody reaches a majority; S1 reaches the most, 2 of 5, itself \
                    included, and it takes 3 (§5.2)";
    says(&run, Subject::Leader, sentence);
}

#[test]
fn votes_that_one_of_several_candidates_may_yet_get_are_not_called_split() {
    let mut run =
        steps("[network]\nlatency = \"10ms\"\n[[step]]\nat = \"10ms\"\ntimeout = [\"S1\", \"S2\"]");
    run.run_to(at_millis(15));
    let said = run.why(Subject::Leader).expect("there is an answer");
    is_said_in_every_language(&said);
    let said = said.to_string();
    let expected = "no leader yet: several ask for the votes of term 1; S1 has 1 of 5 and needs 3; \
                    S2 has 1 of 5 and needs 3";
    assert!(said.starts_with(expected), "{said}");
    run.run_to(at_millis(100));
    assert_eq!(run.world().leader(), Some(s(1)), "one of them got them");
}

#[test]
fn split_votes_are_told_with_each_candidates_count() {
    let mut run = file("split_vote");
    let split = until(&mut run, Subject::Leader, |answer| {
        matches!(answer, Answer::Leader(LeaderWhy::Split { contenders, .. })
            if contenders.iter().all(|c| c.votes.nodes().len() == 2))
    });
    assert!(
        split.starts_with(
            "no leader: the votes of term 1 are split; S1 has 2 of 4 and needs 3; S3 has 2 of 4 and needs 3"
        ),
        "{split}"
    );
    run.run_to(at_millis(40));
    let vote = |candidate, voter| Subject::Vote {
        candidate: s(candidate),
        voter: s(voter),
    };
    // S4 has never heard of it.
    let sentence = "S4 would vote for S1 if that campaigned now (§5.2, §5.4.1)";
    says(&run, vote(1, 4), sentence);
    says(&run, vote(1, 2), "S2 voted for S1 in term 1 (§5.2, §5.4.1)");
    let mut run = steps("[[step]]\nat = \"10ms\"\ntimeout = [\"S1\", \"S2\"]");
    let refused = until(&mut run, vote(1, 2), |answer| {
        matches!(answer, Answer::Vote(VoteWhy::Refused { .. }))
    });
    assert_eq!(
        refused,
        "S2 refused its vote to S1 in term 1, as it has voted for S2 in that term (§5.2)"
    );
}

#[test]
fn when_nobody_campaigns_the_next_timeout_is_told_and_what_would_come_of_it() {
    let mut run = steps(
        "[[node]]\nid = \"S1\"\nlog = [1]\n[[node]]\nid = \"S2\"\nlog = [1]\n\
         [[node]]\nid = \"S3\"\n[[step]]\nat = \"1ms\"\nisolate = \"S1\"",
    );
    run.run_to(at_millis(2));
    let Some(Answer::Leader(LeaderWhy::Timeout {
        node,
        due,
        left,
        ballot: Some(ballot),
    })) = run.why(Subject::Leader).map(|why| why.answer)
    else {
        panic!("a timeout is waited for");
    };
    assert_eq!(run.world().now() + left, due);
    assert_eq!(ballot.candidate, node);
    // The logs of S1 and S2 are longer than that of S3.
    let asked = |candidate, voter| {
        let (candidate, voter) = (s(candidate), s(voter));
        run.why(Subject::Vote { candidate, voter })
            .map(|why| why.to_string())
    };
    assert_eq!(
        asked(3, 2).as_deref(),
        Some(
            "S2 would refuse its vote if S3 campaigned now, as its log ends with entry 1 of term 1, the \
             candidate's with entry 0 of term 0, which is less up to date (§5.4.1)"
        )
    );
    assert_eq!(
        asked(2, 3).as_deref(),
        Some("S3 would vote for S2 if that campaigned now (§5.2, §5.4.1)")
    );
}

#[test]
fn a_leader_tells_who_voted_for_it_and_that_it_is_cut_off() {
    let mut run = steps(
        "[network]\nlatency = \"10ms\"\n[[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"1s\"\nisolate = \"S1\"\n[[step]]\nput = { key = \"x\", value = \"1\", node = \"S1\" }",
    );
    run.run_to(at_millis(900));
    let Some(Answer::Node(NodeWhy::Leads(leads))) =
        run.why(Subject::Node(s(1))).map(|why| why.answer)
    else {
        panic!("S1 leads");
    };
    assert!(leads.election.is_some_and(|won| won.votes.is_quorum()));
    assert!(leads.reach.is_quorum());
    run.run_to(at_millis(1_050));
    let why = run
        .why(Subject::Node(s(1)))
        .expect("it is there")
        .to_string();
    assert!(
        why.ends_with(
            "it reaches 1 of 5, itself included, and needs 3 to commit, but nothing makes it stop until \
             it hears of a later term (§5.2)"
        ),
        "{why}"
    );
    let waits = "not committed: on 1 of 5 as S1 counts, and it needs 3; S2, S3, S4, S5 are cut off from \
                 the leader (§5.3)";
    says(&run, entry(s(1), 2), waits);
    let operation = format!("waits at S1: entry 2 is {waits}");
    says(&run, Subject::Operation(1), &operation);
    run.run_to_end();
    says(
        &run,
        Subject::Operation(1),
        "unknown: 1 of 1 tries were not answered in time, and what was sent may have been done or may \
         yet be (§8)",
    );
}

#[test]
fn an_entry_of_an_earlier_term_is_not_committed_by_counting_and_is_overwritten_in_the_end() {
    let mut run = file("figure_8");
    run.run_to(at_millis(64));
    says(
        &run,
        entry(s(1), 2),
        "not committed: on 3 of 5, but of term 2; the current term is 4, and only entries of the \
         current term are committed by counting: entry 3, now on 1 of 5, takes it along (§5.4.2)",
    );
    // S5, which is down, has another one there.
    says(
        &run,
        entry(s(5), 2),
        "not committed: of term 3, and S1, who leads term 4, has one of term 2 there, which replaces \
         it (§5.3)",
    );
    run.run_to_end();
    let why = run.why(entry(s(1), 2)).expect("it is there").to_string();
    assert!(why.starts_with("committed: of term 3"), "{why}");
    assert!(
        why.ends_with(": it conflicted with what S5 sent, who led term 5 (§5.3)"),
        "{why}"
    );
    assert!(
        why.contains("S5 committed it first, as leader of term 5"),
        "{why}"
    );
}

#[test]
fn a_wrong_rule_that_is_on_is_said() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/scenarios/mutants/commit-prior-term.toml"
    ));
    let mut run = run(&text.expect("the file is there"));
    let is_committed = |answer: &Answer| matches!(answer, Answer::Entry(why) if matches!(why.state, EntryState::Committed { .. }));
    let sentence = until(&mut run, entry(s(1), 2), is_committed);
    assert!(
        sentence.ends_with("; wrong on purpose: commit-prior-term"),
        "{sentence}"
    );
    let why = run.why(Subject::Node(s(1))).expect("it is there");
    assert!(why.wrong.is_correct(), "no election rests on it");
    let why = run.why(entry(s(1), 2)).expect("it is there");
    assert!(why.wrong.has(Mutant::CommitPriorTerm));
}

#[test]
fn a_follower_that_has_not_heard_of_a_commit_is_told_who_has() {
    let mut run = steps("[network]\nlatency = \"10ms\"\n[[step]]\nat = \"10ms\"\ntimeout = \"S1\"");
    let elsewhere = until(&mut run, entry(s(2), 1), |answer| {
        matches!(answer, Answer::Entry(why)
            if matches!(why.state, EntryState::CommittedElsewhere { .. }))
    });
    assert_eq!(
        elsewhere,
        "committed, which S1 knows: of term 1; the node's own commit index is 0 until it hears from a \
         leader (§5.3)"
    );
}

#[test]
fn voters_stick_to_a_live_leader_and_to_the_promise_of_a_lease() {
    let mut run = file("sticky_followers");
    run.run_to(at_millis(1_014));
    let vote = Subject::Vote {
        candidate: s(3),
        voter: s(2),
    };
    says(
        &run,
        vote,
        "S2 refused its vote to S3 in term 2, as it hears from the leader S1 (dissertation §4.2.3)",
    );
    let mut run = file("lease_promises");
    let promised = until(&mut run, vote_of(3, 3), |answer| {
        matches!(
            answer,
            Answer::Vote(VoteWhy::Refused {
                why: VoteRefusal::Promised { .. },
                ..
            })
        )
    });
    assert!(
        promised.ends_with("since a leader may hold a lease (dissertation §6.4.1)"),
        "{promised}"
    );
}

const fn vote_of_nodes(candidate: NodeId, voter: NodeId) -> Subject {
    Subject::Vote { candidate, voter }
}

fn vote_of(candidate: u8, voter: u8) -> Subject {
    vote_of_nodes(s(candidate), s(voter))
}

#[test]
fn a_message_tells_what_it_is_for_what_it_will_do_and_why_it_was_lost() {
    let mut run = steps("[network]\nlatency = \"10ms\"\n[[step]]\nat = \"10ms\"\ntimeout = \"S1\"");
    run.run_to(at_millis(12));
    let to_s2 = run
        .world()
        .flights()
        .find(|flight| flight.message().to == s(2));
    let id = to_s2.expect("it asks S2").id();
    says(
        &run,
        Subject::Message(id),
        "S1, candidate in term 1, asks S2 for its vote; its log ends with entry 0 of term 0; at \
         0.020000 s it reaches a node of term 0, which then goes to term 1 (§5.1), votes for S1 (§5.2, \
         §5.4.1), sets its election timer anew, sends one message (Figure 2, RequestVote RPC)",
    );
    run.act(Action::Crash(s(2))).expect("it is up");
    let why = run.why(Subject::Message(id)).expect("it is on its way");
    let Answer::Message(MessageWhy::UnderWay { fate, .. }) = why.answer else {
        panic!("it is on its way");
    };
    assert_eq!(fate, Fate::ReceiverDown { at: at_millis(20) });
    run.run_to(at_millis(25));
    let why = run.why(Subject::Message(id)).expect("it is remembered");
    let Answer::Message(MessageWhy::Lost(loss)) = &why.answer else {
        panic!("it was lost");
    };
    assert_eq!((loss.cause, loss.at), (LossCause::Down, at_millis(20)));
    assert!(
        why.to_string().contains("S2 was down when it arrived"),
        "{why}"
    );
}

#[test]
fn of_a_lost_message_it_is_told_what_mends_its_loss() {
    let mut run = steps(
        "nodes = 5\nuntil = \"60s\"\n[network]\nloss = 0.3\n[raft]\npre_vote = true\n\
         [[step]]\nchaos = { until = \"55s\" }",
    );
    let mut kinds = BTreeSet::new();
    while run.advance(at_millis(60_000)) != Advance::Idle {
        let lost: Vec<_> = run.world().happenings().to_vec();
        for happening in lost {
            let Happening::Lost(head, _) = happening else {
                continue;
            };
            // A node that falls with all that waited for it loses more at once than is remembered.
            let Some(why) = run.why(Subject::Message(head.id)) else {
                continue;
            };
            is_said_in_every_language(&why);
            let (said, kind) = (why.to_string(), head.kind());
            kinds.insert(kind.name());
            let then = match kind {
                MessageKind::RequestVote | MessageKind::RequestVoteReply => {
                    "(§5.2: who does not win asks again in another election)"
                }
                MessageKind::PreVote | MessageKind::PreVoteReply => {
                    "(dissertation §9.6: who does not win asks again in another election)"
                }
                _ => "(§5.3: what is not answered is sent again)",
            };
            assert!(said.ends_with(then), "{said}");
        }
    }
    assert_eq!(kinds.len(), 6, "{kinds:?}");
}

#[test]
fn a_learner_does_not_campaign_and_a_snapshot_covers_what_was_dropped() {
    let mut run = file("learner_has_no_vote");
    run.run_to_end();
    let learner = run.world().configuration().learners().iter().next();
    let learner = learner.expect("there is one");
    let why = run
        .why(Subject::Node(learner))
        .expect("it is there")
        .to_string();
    assert!(
        why.contains("it never campaigns, as it has no vote in"),
        "{why}"
    );
    let mut run = file("snapshot_catch_up");
    run.run_to_end();
    let compacted = run
        .world()
        .servers()
        .iter()
        .find(|server| server.snapshot_index() > LogIndex(1));
    let server = compacted.expect("one has a snapshot");
    let sentence = format!(
        "committed, applied and dropped: the snapshot covers everything up to entry {} (§7)",
        server.snapshot_index()
    );
    says(&run, entry(server.id(), 1), &sentence);
}

#[test]
fn a_joint_configuration_is_counted_in_both_halves() {
    let joint = Configuration::of(set(&[1, 2, 3, 4, 5]), set(&[1, 2, 3]), set(&[6]));
    let count = Count::new(set(&[1, 2, 4, 6]), joint);
    assert_eq!(
        count.to_string(),
        "2 of the 3 old and 3 of the 5 new voters"
    );
    assert_eq!(count.needs().to_string(), "2 of the old and 3 of the new");
    assert!(count.is_quorum());
    assert_eq!(
        count.nodes(),
        set(&[1, 2, 4]),
        "a learner counts for nothing"
    );
    assert!(!Count::new(set(&[1, 4, 5]), joint).is_quorum());
}

#[test]
fn a_read_waits_for_the_round_that_proves_who_leads() {
    let mut run = steps(
        "[network]\nlatency = \"10ms\"\n[[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"1s\"\nget = { key = \"x\" }",
    );
    let waits = until(&mut run, Subject::Operation(1), |answer| {
        matches!(answer, Answer::Operation(why)
            if matches!(why.state, OperationState::AtNode { .. }))
    });
    assert_eq!(
        waits,
        "waits at S1: for a majority to answer the heartbeats of its round, answered by S1 so far, as proof that \
         it still leads, to read at index 1 (dissertation §6.4)"
    );
    run.run_to_end();
    let why = run
        .why(Subject::Operation(1))
        .expect("it was asked")
        .to_string();
    assert!(why.starts_with("done: S1 answered after "), "{why}");
}

#[test]
fn an_operation_waits_for_an_earlier_one_for_a_leader_or_is_refused() {
    let mut run = steps(
        "[[step]]\nat = \"1s\"\ncrash = [\"S1\", \"S2\", \"S3\"]\n\
         [[step]]\nat = \"2s\"\nput = { key = \"x\", value = \"1\" }\n\
         [[step]]\nput = { key = \"x\", value = \"2\" }\n\
         [[step]]\nput = { client = \"other\", key = \"y\", value = \"1\", node = \"S4\" }",
    );
    let down = until(&mut run, Subject::Operation(1), |answer| {
        matches!(answer, Answer::Operation(why)
            if matches!(why.state, OperationState::NotTaken { .. }))
    });
    assert!(
        down.contains("was asked, and is down; an answer is waited for until"),
        "{down}"
    );
    let refused = until(&mut run, Subject::Operation(1), |answer| {
        matches!(answer, Answer::Operation(why)
            if matches!(why.state, OperationState::NoLeaderKnown { .. }))
    });
    assert!(
        refused.starts_with("waits: nobody who was asked knows a leader; the last of"),
        "{refused}"
    );
    says(
        &run,
        Subject::Operation(2),
        "waits: its client sends it when operation 1 is answered (dissertation §6.3)",
    );
    says(
        &run,
        Subject::Operation(3),
        "not done: S4 was asked, and does not lead (§8)",
    );
}

#[test]
fn an_entry_for_which_another_was_committed_is_told_as_such_also_when_everybody_has_dropped_that() {
    let mut run = steps(
        "nodes = 3\n[network]\nlatency = \"10ms\"\n[raft]\nsnapshot_after = 5\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"500ms\"\nisolate = \"S1\"\n\
         [[step]]\nput = { key = \"x\", value = \"1\", node = \"S1\" }\n\
         [[step]]\nat = \"2s\"\nload = { clients = 2, rate = 50, keys = 2, writes = 1, until = \"4s\" }",
    );
    run.run_to(at_millis(4_000));
    let world = run.world();
    let first = |node| world.server(node).map(|server| server.log().first_index());
    assert!(
        [s(2), s(3)]
            .map(first)
            .iter()
            .all(|first| *first > Some(LogIndex(2)))
    );
    let why = run.why(entry(s(1), 2)).expect("it is there");
    is_said_in_every_language(&why);
    let Answer::Entry(of) = &why.answer else {
        panic!("{why}");
    };
    let is_meant = |state: &EntryState| matches!(state, EntryState::Superseded { term: Term(1), committed, is_dropped: true, .. } if *committed > Term(1));
    assert!(is_meant(&of.state), "{why}");
}

#[test]
fn what_a_crash_took_from_a_log_is_told_as_such() {
    let mut run = steps(
        "[network]\nlatency = \"10ms\"\n[disk]\nsync = \"20ms\"\nlose_unsynced = true\n\
         [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n\
         [[step]]\nat = \"1s\"\nput = { key = \"x\", value = \"1\", node = \"S1\" }",
    );
    let is_there = |answer: &Answer| matches!(answer, Answer::Entry(why) if matches!(why.state, EntryState::Waits { .. }));
    until(&mut run, entry(s(1), 2), is_there);
    let now = run.world().now();
    run.act(Action::Crash(s(1))).expect("it is up");
    let sentence = format!(
        "not there: the log ends with entry 1 (§5.3); what was there was removed at {now}: its node \
         crashed before its disk had it, and nobody had been told that it did (Figure 2, persistent state)"
    );
    says(&run, entry(s(1), 2), &sentence);
}

#[test]
fn a_leader_tells_what_a_change_of_the_members_waits_for() {
    let mut run = file("changes_wait_their_turn");
    let mut seen = [false; 3];
    loop {
        for server in run.world().servers() {
            let why = run.why(Subject::Node(server.id())).expect("it is there");
            let Answer::Node(NodeWhy::Leads(leads)) = &why.answer else {
                continue;
            };
            let Some((wait, _)) = leads.change else {
                continue;
            };
            is_said_in_every_language(&why);
            let place = match wait {
                ChangeWait::OwnTerm { .. } => 0,
                ChangeWait::Commit { index } => {
                    assert!(index > server.commit_index());
                    1
                }
                ChangeWait::CatchUp { learners, .. } => {
                    assert!(!learners.is_empty());
                    2
                }
            };
            seen[place] = true;
        }
        if run.advance(at_millis(60_000)) == Advance::Idle {
            break;
        }
    }
    assert_eq!(seen, [true; 3]);
}

#[test]
fn what_is_not_there_has_no_answer() {
    let run = file("basic_write_and_read");
    for subject in [
        Subject::Node(s(9)),
        entry(s(9), 1),
        entry(s(1), 0),
        Subject::Message(1_000),
        Subject::Operation(0),
        Subject::Operation(1),
        vote_of(1, 9),
    ] {
        assert_eq!(run.why(subject), None, "{subject:?}");
    }
    says(
        &run,
        entry(s(1), 1),
        "not there: the log ends with entry 0 (§5.3)",
    );
}

/// Asks about everything that there is, and holds each answer against the world.
fn ask_everything(run: &Run) {
    let world = run.world();
    let ask = |subject| {
        let why = run.why(subject);
        let why = why.unwrap_or_else(|| panic!("there is an answer about {subject:?}"));
        is_said_in_every_language(&why);
        holds(world, subject, &why);
    };
    ask(Subject::Leader);
    for server in world.servers() {
        let node = server.id();
        ask(Subject::Node(node));
        let last = server.log().last_index().0;
        for index in (1..=last + 1).rev().take(12) {
            ask(entry(node, index));
        }
        for other in world.servers() {
            ask(vote_of_nodes(node, other.id()));
        }
    }
    let under_way = world.flights().chain(world.lost());
    for flight in under_way {
        ask(Subject::Message(flight.id()));
    }
    let operations = world.operations().len() as u64;
    for number in (1..=operations).rev().take(12) {
        ask(Subject::Operation(number));
    }
}

/// Numbers, nodes and sections are the same in every language, in whatever order, and nothing is left
/// to be filled in; nothing but numbers is said twice the same.
fn is_said_in_every_language(why: &Why) {
    let [english, spanish, portuguese] = Lang::ALL.map(|lang| why.sentence(lang));
    assert_eq!(english, why.to_string());
    for other in [&spanish, &portuguese] {
        assert_eq!(numbers(&english), numbers(other), "{english}\n{other}");
        assert_ne!(english, *other);
    }
    for said in [&english, &spanish, &portuguese] {
        assert!(!said.contains(['{', '}', '\u{3}']), "{said}");
        assert!(said.contains('§') || said.contains("Fig"), "{said}");
        assert!(!said.contains("  ") && !said.contains(" ;"), "{said}");
    }
}

/// The numbers of a sentence in order of their size, with what marks a section or a node.
fn numbers(said: &str) -> Vec<&str> {
    let is_other = |c: char| !c.is_ascii_digit() && !"§.S".contains(c);
    let parts = said.split(is_other).map(|part| part.trim_matches('.'));
    let mut numbers: Vec<&str> = parts
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .collect();
    numbers.sort_unstable();
    numbers
}

/// What an answer claims is so in the world.
fn holds(world: &World, subject: Subject, why: &Why) {
    match (&why.answer, subject) {
        (Answer::Leader(leader), _) => leader_holds(world, leader),
        (Answer::Node(NodeWhy::Leads(leads)), Subject::Node(id)) => {
            assert!(world.server(id).is_some_and(|server| server.is_leader()));
            let won = leads.election.expect("it was seen");
            assert!(won.votes.is_quorum(), "{why}");
            assert_eq!(won.term, leads.term);
        }
        (Answer::Node(NodeWhy::Campaigns(contender)), _) => {
            let no: NodeSet = contender.refused.iter().map(|(node, _)| *node).collect();
            let sets = [
                contender.votes.nodes(),
                no,
                contender.unreachable,
                contender.unanswered,
            ];
            for (place, one) in sets.iter().enumerate() {
                for other in &sets[place + 1..] {
                    assert!(one.intersection(*other).is_empty(), "{why}");
                }
            }
            let all = sets.into_iter().fold(NodeSet::EMPTY, NodeSet::union);
            let mut silent = contender.votes.of().electorate().difference(all);
            silent.remove(contender.node);
            assert!(silent.is_empty(), "{why}: nothing is said of {silent}");
        }
        (Answer::Entry(entry), _) => entry_holds(world, entry.node, entry.index, &entry.state),
        (Answer::Vote(VoteWhy::Refused { why: refusal, .. }), _) => match *refusal {
            VoteRefusal::LogNotUpToDate { candidate, own } => assert!(candidate < own, "{why}"),
            VoteRefusal::StaleTerm { candidate, current } => assert!(candidate <= current, "{why}"),
            _ => {}
        },
        (Answer::Operation(operation), _) => {
            if let OperationState::AtNode { node, .. } = operation.state {
                assert!(
                    world.server(node).is_some_and(|server| server.is_up()),
                    "{why}"
                );
            }
        }
        _ => {}
    }
}

fn leader_holds(world: &World, leader: &LeaderWhy) {
    let leads = world.servers().iter().filter(|server| server.is_leader());
    let leads = leads.filter(|server| !server.is_paused()).count();
    match leader {
        LeaderWhy::Leads(_) => return assert!(leads > 0),
        LeaderWhy::TooFewUp(count) => assert!(!count.is_quorum()),
        LeaderWhy::OutOfReach { reach, .. } => assert!(!reach.is_quorum()),
        LeaderWhy::Split { contenders, .. } => {
            assert!(contenders.len() > 1);
            assert!(
                contenders
                    .iter()
                    .all(|contender| !contender.votes.is_quorum())
            );
        }
        LeaderWhy::Campaign(contender) => assert!(!contender.votes.is_quorum()),
        LeaderWhy::Timeout { due, .. } => assert!(*due >= world.now()),
        LeaderWhy::NobodyMay | LeaderWhy::Unseen => {}
    }
    assert_eq!(leads, 0);
}

fn entry_holds(world: &World, node: NodeId, index: LogIndex, state: &EntryState) {
    let server = world.server(node).expect("it is there");
    let up_to = server.commit_index();
    match state {
        EntryState::Absent { last } => assert!(index > *last && up_to <= *last),
        EntryState::InSnapshot { snapshot } => assert!(index <= *snapshot),
        EntryState::Committed { first, .. } => {
            assert!(index <= up_to);
            assert!(first.is_none_or(|first| first.index >= index && first.at <= world.now()));
        }
        EntryState::CommittedElsewhere { by, .. } | EntryState::Superseded { by, .. } => {
            assert!(index > up_to);
            assert!(
                world
                    .server(*by)
                    .is_some_and(|by| by.commit_index() >= index)
            );
        }
        EntryState::Waits { term, what } => {
            assert!(index > up_to);
            waits(world, (index, *term), what);
        }
    }
}

fn waits(world: &World, (index, term): (LogIndex, Term), what: &Uncommitted) {
    let have = |count: &Count| {
        let has = |id: NodeId| {
            world
                .server(id)
                .is_some_and(|server| server.keeps(index, term))
        };
        assert!(
            count.nodes().iter().all(has),
            "{count:?} have {index} of {term}"
        );
    };
    match what {
        Uncommitted::TooFew {
            leader,
            on,
            missing,
        } => {
            have(on);
            assert!(!on.is_quorum());
            let mut others = missing.down.union(missing.paused);
            others = others.union(missing.cut).union(missing.under_way);
            if missing.own_disk {
                others.insert(*leader);
            }
            assert_eq!(others, on.others());
        }
        Uncommitted::OlderTerm {
            on, current_term, ..
        } => {
            have(on);
            assert!(on.is_quorum());
            assert!(term < *current_term);
        }
        Uncommitted::AtNextAnswer { on, .. } => {
            have(on);
            assert!(on.is_quorum());
        }
        Uncommitted::NotOnLeader { found, .. } => assert_ne!(*found, Some(term)),
        Uncommitted::NoLeader(why) => assert!(!matches!(**why, LeaderWhy::Leads(_))),
        Uncommitted::Unseen { .. } => panic!("this is no trace"),
    }
}

/// What the message that arrives next is said to do.
fn foretold(run: &mut Run) -> Vec<(u64, Vec<Rule>)> {
    let Some(next) = run.next_time() else {
        return Vec::new();
    };
    let world = run.world();
    let due = world.flights().filter(|flight| flight.arrives() == next);
    let ids: Vec<u64> = due.map(|flight| flight.id()).collect();
    let told = ids
        .into_iter()
        .filter_map(|id| match run.why(Subject::Message(id))?.answer {
            Answer::Message(MessageWhy::UnderWay {
                fate: Fate::Arrives { rules, .. },
                ..
            }) => Some((id, rules)),
            _ => None,
        });
    told.collect()
}

/// What was said to happen is what happens, as far as it happens in one event.
fn comes_true(run: &Run, told: &[(u64, Vec<Rule>)]) -> u64 {
    let happenings = run.world().happenings();
    let Some(Happening::Delivered(head)) = happenings.first() else {
        return 0;
    };
    let Some((_, rules)) = told.iter().find(|(id, _)| *id == head.id) else {
        return 0;
    };
    let fired = happenings.iter().filter_map(|happening| match happening {
        Happening::Rule(node, rule) if *node == head.to => Some(rule),
        _ => None,
    });
    for (told, fired) in rules.iter().zip(fired) {
        assert_eq!(told, fired);
    }
    1
}

#[test]
fn everything_has_an_answer_that_holds_and_what_is_foretold_comes_true() {
    let mut came_true = 0;
    for (name, seeds) in [
        ("chaos", 1..=4),
        ("chaos_pre_vote", 1..=3),
        ("chaos_snapshots", 1..=3),
        ("joint_consensus", 1..=2),
        ("changes_wait_their_turn", 1..=2),
        ("lease", 1..=2),
    ] {
        let script = file(name).script().clone();
        for seed in seeds {
            let mut run = Run::new(script.clone(), seed);
            let end = script.until;
            for turn in 0_u64.. {
                let told = match turn % 5 {
                    0 => foretold(&mut run),
                    _ => Vec::new(),
                };
                match run.advance(end) {
                    Advance::Event => came_true += comes_true(&run, &told),
                    Advance::Script => {}
                    Advance::Idle => break,
                }
                if turn % 31 == 0 {
                    ask_everything(&run);
                }
            }
        }
    }
    assert!(came_true > 1_000, "{came_true}");
}

#[test]
fn of_a_trace_nothing_is_claimed_that_was_not_seen() {
    let mut run = file("figure_8");
    let mut text = String::new();
    let mut recorder = Recorder::begin(run.world(), &mut text);
    let end = run.scenario().until;
    while run.advance(end) != Advance::Idle {
        recorder.record(run.world(), &mut text);
    }
    let trace = trace::parse(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut seen = Run::of_trace(&trace);
    let is_unseen = |answer: &Answer| {
        matches!(answer, Answer::Entry(why)
            if matches!(why.state, EntryState::Waits { what: Uncommitted::Unseen { .. }, .. }))
    };
    let sentence = until(&mut seen, entry(s(1), 2), is_unseen);
    assert!(
        sentence.ends_with("is not in the trace (§5.3)"),
        "{sentence}"
    );
    while seen.advance(at_millis(60_000)) != Advance::Idle {
        for server in seen.world().servers() {
            let node = server.id();
            for subject in [
                Subject::Leader,
                Subject::Node(node),
                entry(node, 2),
                vote_of(1, 2),
            ] {
                assert!(seen.why(subject).is_some());
            }
        }
        for flight in seen.world().flights() {
            assert!(seen.why(Subject::Message(flight.id())).is_some());
        }
    }
}
