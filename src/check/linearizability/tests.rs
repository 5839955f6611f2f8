use super::*;
use crate::kv::{ClientId, Operation, Response};
use crate::raft::NodeId;
use crate::sim::{Failure, Outcome};

const DONE: Outcome = Outcome::Ok(Response::Done);

/// An operation of a history written down at once.
struct Op(OperationRecord);

fn op(operation: Operation, outcome: Outcome, began: u64, ended: u64) -> Op {
    Op(OperationRecord {
        number: 0,
        client: ClientId(0),
        sequence: 0,
        operation,
        direct: None,
        asked: Time(began),
        began: Some(Time(began)),
        ended: Some(Time(ended)),
        outcome,
        asked_of: None,
        answered_by: None,
        tries: 1,
    })
}

fn put(value: &str, outcome: Outcome, began: u64, ended: u64) -> Op {
    let (key, value) = ("x".into(), value.into());
    op(Operation::Put { key, value }, outcome, began, ended)
}

fn get(value: Option<&str>, began: u64, ended: u64) -> Op {
    let outcome = Outcome::Ok(Response::Value(value.map(Arc::from)));
    op(Operation::Get { key: "x".into() }, outcome, began, ended)
}

fn cas(expect: &str, value: &str, outcome: Outcome, began: u64) -> Op {
    let (key, expect, value) = ("x".into(), expect.into(), value.into());
    let operation = Operation::Cas { key, expect, value };
    op(operation, outcome, began, began + 5)
}

/// What the checker says when it has been told everything in order of time, calls first.
fn judge(history: impl IntoIterator<Item = Op>) -> Linearizability {
    let mut checker = ClientHistory::default();
    tell(&mut checker, history);
    checker.linearizability
}

fn tell(checker: &mut ClientHistory, history: impl IntoIterator<Item = Op>) {
    let numbered = (1..)
        .zip(history)
        .map(|(number, Op(record))| OperationRecord { number, ..record });
    let records: Vec<OperationRecord> = numbered.collect();
    let calls = records.iter().map(|record| (record.began, false, record));
    let answers = records.iter().map(|record| (record.ended, true, record));
    let mut events: Vec<_> = calls.chain(answers).collect();
    events.sort_by_key(|&(at, answered, record)| (at, answered, record.number));
    for (_, answered, record) in events {
        match answered {
            false => checker.called(record),
            true => checker.answered(record, "c1", 0),
        }
    }
}

fn fits(history: impl IntoIterator<Item = Op>) -> bool {
    judge(history) == Linearizability::Holds
}

fn detail(history: impl IntoIterator<Item = Op>) -> String {
    match judge(history) {
        Linearizability::Broken(broken) => broken.detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_read_after_a_write_sees_it() {
    assert!(fits([put("1", DONE, 0, 10), get(Some("1"), 20, 30)]));
}

#[test]
fn a_stale_read_has_no_place_and_what_it_could_have_found_is_told() {
    let history = || {
        let later = get(None, 60, 70);
        [
            put("1", DONE, 0, 10),
            put("2", DONE, 20, 30),
            get(Some("1"), 40, 50),
            later,
        ]
    };
    let Linearizability::Broken(broken) = judge(history()) else {
        panic!("a stale read is not linearizable");
    };
    assert_eq!((broken.operation, broken.at), (3, Time(50)));
    assert_eq!(
        broken.detail,
        "get x of c1, from 0.000040 s to 0.000050 s, found \"1\"; it could have found only \"2\""
    );
}

#[test]
fn what_a_read_could_have_found_is_all_that_others_were_writing() {
    let history = [
        put("1", DONE, 0, 10),
        put("2", Outcome::Unknown, 20, 30),
        put("3", DONE, 40, 90),
        get(None, 50, 60),
    ];
    assert!(detail(history).ends_with("found no value; it could have found \"1\", \"2\" or \"3\""));
}

#[test]
fn reads_during_a_write_may_see_either_but_not_go_back() {
    let write = || [put("1", DONE, 0, 10), put("2", DONE, 20, 100)];
    let fit = [get(Some("1"), 30, 40), get(Some("2"), 50, 60)];
    let go_back = [get(Some("2"), 30, 40), get(Some("1"), 50, 60)];
    assert!(fits(write().into_iter().chain(fit)));
    assert!(!fits(write().into_iter().chain(go_back)));
}

#[test]
fn a_write_of_unknown_outcome_may_come_late_or_never() {
    let lost = || put("1", Outcome::Unknown, 0, 10);
    assert!(fits([lost(), get(None, 20, 30), get(None, 40, 50)]));
    assert!(fits([lost(), get(None, 20, 30), get(Some("1"), 40, 50)]));
    assert!(!fits([lost(), get(Some("1"), 20, 30), get(None, 40, 50)]));
}

#[test]
fn a_refused_write_is_never_seen_not_even_before_the_refusal() {
    let node = NodeId::new(1).expect("1 is a number");
    let refused = || put("1", Outcome::Failed(Failure::NotLeader(node)), 0, 40);
    assert!(fits([refused(), get(None, 50, 60)]));
    assert!(!fits([refused(), get(Some("1"), 50, 60)]));
    let told = detail([refused(), get(Some("1"), 10, 20)]);
    assert!(
        told.contains("put x=1 of c1") && told.contains("was refused"),
        "{told}"
    );
}

#[test]
fn a_compare_and_set_tells_what_it_found() {
    let found = |value: &str| Outcome::Failed(Failure::Mismatch(Some(value.into())));
    let nine = || cas("", "9", DONE, 0);
    assert!(fits([
        nine(),
        cas("", "9", found("9"), 10),
        get(Some("9"), 20, 25)
    ]));
    assert!(!fits([nine(), cas("", "9", found("8"), 10)]));
    assert!(!fits([nine(), cas("9", "8", found("9"), 10)]));
    assert!(!fits([nine(), cas("", "8", DONE, 10)]));
}

#[test]
fn a_write_of_what_was_there_may_have_to_come_before_a_swap() {
    let delete = || Operation::Delete { key: "x".into() };
    let history = [
        op(delete(), DONE, 0, 20),
        cas("", "1", DONE, 5),
        get(Some("1"), 30, 40),
    ];
    assert!(fits(history));
}

#[test]
fn a_write_of_unknown_outcome_of_what_was_there_may_hide_another_before_a_swap() {
    let delete = || {
        op(
            Operation::Delete { key: "x".into() },
            Outcome::Unknown,
            2,
            3,
        )
    };
    let swap = || cas("", "2", DONE, 5);
    let end = || get(Some("2"), 30, 40);
    let write = || put("1", DONE, 0, 20);
    assert!(fits([write(), delete(), swap(), end()]));
    assert!(!fits([write(), swap(), end()]));
    let unknown_write = || put("1", Outcome::Unknown, 0, 1);
    let read = || get(Some("1"), 1, 20);
    assert!(fits([unknown_write(), read(), delete(), swap(), end()]));
    assert!(!fits([unknown_write(), read(), swap(), end()]));
}

/// Writes and reads that take effect by turns, one every 10 µs, each of them called and answered up to
/// `spread` µs before and after.
fn crowd(spread: u64) -> Vec<Op> {
    let call = |number: u64| {
        let effect = 1_000 + 10 * number;
        let began = effect - number * 37 % spread;
        let ended = effect + number * 53 % spread + 1;
        let value = (number / 2).to_string();
        match number % 2 {
            0 => put(&value, DONE, began, ended),
            _ => get((number > 1).then_some(&*value), began, ended),
        }
    };
    (1..1_000).map(call).collect()
}

#[test]
fn an_order_is_found_among_many_clients_at_once() {
    assert!(fits(crowd(500)));
    let mut history = crowd(30);
    history.push(get(Some("7"), 15_000, 15_001));
    assert!(!fits(history));
}

#[test]
fn a_hundred_writes_of_unknown_outcome_and_a_hundred_at_once_are_no_trouble() {
    let history = || {
        let unknown = (0..100).map(|n| put(&n.to_string(), Outcome::Unknown, n, n + 1));
        let at_once = (100..200).map(|n| put(&n.to_string(), DONE, n, 1_000 + n));
        let during = [get(Some("150"), 400, 500), get(Some("7"), 600, 700)];
        let after = [get(Some("160"), 2_000, 2_001), get(Some("8"), 2_002, 2_003)];
        unknown.chain(at_once).chain(during).chain(after)
    };
    assert!(fits(history()));
    assert!(!fits(history().chain([get(Some("7"), 3_000, 3_001)])));
}

/// Swaps of unknown outcome, each of which needs what others make.
fn tangle(number: u64) -> impl Iterator<Item = Op> {
    let swap = |n: u64| {
        let (from, to) = (n % 17, n * n % 19);
        cas(&from.to_string(), &to.to_string(), Outcome::Unknown, n)
    };
    (0..number).map(swap)
}

#[test]
fn what_would_take_too_long_is_undecided_and_never_guessed() {
    let absurd = || [put("0", DONE, 500, 501), get(Some("absurd"), 502, 503)];
    assert!(!fits(tangle(5).chain(absurd())));
    let wanted = cas("16", "absurd", Outcome::Unknown, 490);
    let verdict = judge(tangle(300).chain([wanted]).chain(absurd())).verdict();
    assert_eq!(verdict, None);
}
