//! The checker of client histories against another: `stateright`'s tester, which knows nothing of
//! keys, of registers or of the page, and tries every order.

#![cfg(not(target_arch = "wasm32"))]

#[path = "linearizability/keys.rs"]
mod keys;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use flotilla::check::{ClientHistory, Linearizability};
use flotilla::kv::{ClientId, Operation, Response};
use flotilla::raft::{NodeId, Time};
use flotilla::sim::{Failure, OperationRecord, Outcome};

use keys::Keys;

/// What happens in a history.
#[derive(Clone)]
enum Event {
    Called(u64, Operation),
    Answered(u64, Outcome),
}

impl fmt::Debug for Event {
    /// Short, for a failing history must be read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Called(number, operation) => write!(f, "{number}: {operation}"),
            Self::Answered(number, outcome) => write!(f, "{number} → {outcome:?}"),
        }
    }
}

/// Whether `stateright` finds an order. An operation of unknown outcome stays in flight, so each
/// operation is a thread of its own: which is the same, since a client's operations do not overlap.
fn has_an_order(history: &[Event]) -> bool {
    let refused: Vec<u64> = history
        .iter()
        .filter_map(|event| match event {
            Event::Answered(number, Outcome::Failed(Failure::NotLeader(_))) => Some(*number),
            _ => None,
        })
        .collect();
    let mut tester = LinearizabilityTester::new(Keys::default());
    for event in history {
        let told = match event {
            Event::Called(number, _) | Event::Answered(number, _) if refused.contains(number) => {
                continue;
            }
            Event::Called(number, operation) => tester.on_invoke(*number, operation.clone()),
            Event::Answered(number, Outcome::Ok(response)) => {
                tester.on_return(*number, response.clone())
            }
            Event::Answered(number, Outcome::Failed(Failure::Mismatch(found))) => {
                tester.on_return(*number, Response::Mismatch(found.clone()))
            }
            Event::Answered(..) => continue,
        };
        told.expect("calls and answers come by turns");
    }
    tester.is_consistent()
}

/// The checker, told of one event after another.
#[derive(Clone, Default)]
struct Checker {
    history: ClientHistory,
    open: BTreeMap<u64, OperationRecord>,
    now: Time,
}

impl Checker {
    fn take(&mut self, event: &Event) -> &Linearizability {
        self.now.0 += 1;
        match event {
            Event::Called(number, operation) => {
                let record = self.record(*number, operation.clone());
                self.history.called(&record);
                self.open.insert(*number, record);
            }
            Event::Answered(number, outcome) => {
                let mut record = self.open.remove(number).expect("it was called");
                record.outcome = outcome.clone();
                record.ended = Some(self.now);
                self.history.answered(&record, "c1", self.now.0);
            }
        }
        self.history.linearizability()
    }

    fn record(&self, number: u64, operation: Operation) -> OperationRecord {
        OperationRecord {
            number,
            client: ClientId(0),
            sequence: number,
            operation,
            direct: None,
            asked: self.now,
            began: Some(self.now),
            ended: None,
            outcome: Outcome::Pending,
            asked_of: None,
            answered_by: None,
            tries: 1,
        }
    }
}

/// Of how many clients, keys and values a history is, and how often an answer in it is wrong, unknown
/// or a refusal: of 32.
#[derive(Clone, Copy, Debug)]
struct Shape {
    clients: u8,
    keys: u8,
    values: u8,
    operations: u64,
    lies: u8,
    unknown: u8,
    refused: u8,
}

/// An operation on its way.
struct Flight {
    number: u64,
    operation: Operation,
    done: Option<Response>,
}

/// Plays clients on a true store by dice: each step, a client calls, has its operation take effect, or
/// hears of it, mostly what is true.
fn play(shape: Shape, dice: &[[u8; 5]]) -> Vec<Event> {
    let mut store = Keys::default();
    let mut flights: BTreeMap<u8, Flight> = BTreeMap::new();
    let mut history = Vec::new();
    let mut number = 0;
    for &[who, what, key, value, chance] in dice {
        let client = who % shape.clients;
        let Some(flight) = flights.get_mut(&client) else {
            if number < shape.operations {
                number += 1;
                let operation = operation(shape, what, key, value);
                history.push(Event::Called(number, operation.clone()));
                let done = None;
                flights.insert(
                    client,
                    Flight {
                        number,
                        operation,
                        done,
                    },
                );
            }
            continue;
        };
        let (unknown, refused) = (shape.unknown, shape.unknown + shape.refused);
        let outcome = match (&flight.done, chance % 32) {
            (_, chance) if chance < unknown => Outcome::Unknown,
            (None, chance) if chance < refused => {
                Outcome::Failed(Failure::NotLeader(NodeId::new(1).expect("it is a number")))
            }
            (None, chance) if chance >= 32 - shape.lies => lie(shape, &flight.operation, value),
            (None, _) => {
                flight.done = Some(store.invoke(&flight.operation));
                continue;
            }
            (Some(_), chance) if chance >= 32 - shape.lies => lie(shape, &flight.operation, value),
            (Some(Response::Mismatch(found)), _) => {
                Outcome::Failed(Failure::Mismatch(found.clone()))
            }
            (Some(response), _) => Outcome::Ok(response.clone()),
        };
        // What nobody knows of may yet take effect.
        if outcome == Outcome::Unknown && flight.done.is_none() && value.is_multiple_of(2) {
            store.invoke(&flight.operation);
        }
        history.push(Event::Answered(flight.number, outcome));
        flights.remove(&client);
    }
    history
}

fn text(prefix: &str, number: u8, of: u8) -> Arc<str> {
    format!("{prefix}{}", number % of).into()
}

fn operation(shape: Shape, what: u8, key: u8, value: u8) -> Operation {
    let key = text("k", key, shape.keys);
    let new = text("", value, shape.values);
    match what % 16 {
        0..=5 => Operation::Get { key },
        6..=11 => Operation::Put { key, value: new },
        12 => Operation::Delete { key },
        _ => {
            let expect = match what / 16 {
                0..4 => "".into(),
                other => text("", other, shape.values),
            };
            let value = new;
            Operation::Cas { key, expect, value }
        }
    }
}

/// An answer that may or may not be true.
fn lie(shape: Shape, operation: &Operation, value: u8) -> Outcome {
    let found = (!value.is_multiple_of(5)).then(|| text("", value, shape.values));
    match operation {
        Operation::Get { .. } => Outcome::Ok(Response::Value(found)),
        Operation::Cas { .. } if value.is_multiple_of(2) => {
            Outcome::Failed(Failure::Mismatch(found))
        }
        _ => Outcome::Ok(Response::Done),
    }
}

/// Compares the two on that many histories, after every event of each; both verdicts must be frequent.
fn compare(shape: Shape, cases: u32) {
    let (fits, breaks) = (Cell::new(0), Cell::new(0));
    let steps = shape.operations as usize * 3;
    let histories = vec(any::<[u8; 5]>(), steps).prop_map(move |dice| play(shape, &dice));
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let compared = TestRunner::new_with_rng(config, random).run(&histories, |history| {
        let mut checker = Checker::default();
        let mut broken = false;
        for (place, event) in history.iter().enumerate() {
            let found = checker.take(event).verdict();
            broken = broken || !has_an_order(&history[..=place]);
            prop_assert_eq!(found, Some(!broken), "after {:?}, at {}", event, place);
            if broken {
                break;
            }
        }
        let count = if broken { &breaks } else { &fits };
        count.set(count.get() + 1);
        Ok(())
    });
    if let Err(error) = compared {
        panic!("{error:?}");
    }
    let (fits, breaks) = (fits.get(), breaks.get());
    assert!(fits > cases / 5, "{fits} of {cases} are linearizable");
    assert!(breaks > cases / 5, "{breaks} of {cases} are not");
}

const ONE_KEY: Shape = Shape {
    clients: 3,
    keys: 1,
    values: 3,
    operations: 9,
    lies: 3,
    unknown: 0,
    refused: 0,
};

#[test]
fn the_checker_agrees_with_stateright_on_one_key() {
    compare(ONE_KEY, 4_000);
}

#[test]
fn the_checker_agrees_with_stateright_on_several_keys() {
    let shape = Shape {
        clients: 4,
        keys: 3,
        operations: 10,
        ..ONE_KEY
    };
    compare(shape, 4_000);
}

#[test]
fn the_checker_agrees_with_stateright_where_operations_never_return() {
    let shape = Shape {
        unknown: 8,
        refused: 3,
        lies: 4,
        ..ONE_KEY
    };
    compare(shape, 4_000);
}

#[test]
fn the_checker_agrees_with_stateright_where_many_are_at_once_and_values_come_again() {
    let shape = Shape {
        clients: 6,
        values: 2,
        unknown: 3,
        refused: 1,
        operations: 8,
        ..ONE_KEY
    };
    compare(shape, 4_000);
}

/// The value that an operation brings, if it takes effect; `None`: none.
fn brings(operation: &Operation) -> Option<Option<Arc<str>>> {
    let value = |text: &Arc<str>| Some(text.clone()).filter(|text| !text.is_empty());
    match operation {
        Operation::Get { .. } => None,
        Operation::Put { value: new, .. } => Some(value(new)),
        Operation::Delete { .. } => Some(None),
        Operation::Cas { expect, value, .. } if expect == value => None,
        Operation::Cas { value: new, .. } => Some(value(new)),
    }
}

/// The value that an operation read, which changed nothing; `None`: it is no such operation.
fn has_read(operation: &Operation, outcome: &Outcome) -> Option<Option<Arc<str>>> {
    let found = match (operation, outcome) {
        (Operation::Get { .. }, Outcome::Ok(Response::Value(found))) => found.clone(),
        (Operation::Cas { expect, .. }, Outcome::Failed(Failure::Mismatch(found))) => {
            // No store answers that it found what was expected.
            let is_nonsense = found.as_deref().unwrap_or_default() == &**expect;
            return (!is_nonsense).then(|| found.clone().filter(|text| !text.is_empty()));
        }
        (Operation::Cas { expect, value, .. }, Outcome::Ok(_)) if expect == value => {
            Some(expect.clone())
        }
        _ => return None,
    };
    Some(found.filter(|text| !text.is_empty()))
}

/// An operation of a history, with the places of its call and its answer.
struct Done<'a> {
    called: usize,
    operation: &'a Operation,
    answered: Option<(usize, &'a Outcome)>,
}

/// Whether the last answer in the history is of a read whose value had been written over, by the words
/// of the definition: when it was called a write was done, and every write that may have brought the
/// value had been answered before that one was called.
fn is_stale(history: &[Event]) -> bool {
    let mut all: BTreeMap<u64, Done> = BTreeMap::new();
    for (place, event) in history.iter().enumerate() {
        match event {
            Event::Called(number, operation) => {
                let (called, answered) = (place, None);
                let done = Done {
                    called,
                    operation,
                    answered,
                };
                all.insert(*number, done);
            }
            Event::Answered(number, outcome) => {
                let done = all.get_mut(number).expect("it was called");
                done.answered = Some((place, outcome));
            }
        }
    }
    let Some(Event::Answered(number, outcome)) = history.last() else {
        return false;
    };
    let read = &all[number];
    let Some(value) = has_read(read.operation, outcome) else {
        return false;
    };
    let of_key = || {
        let same = |done: &&Done| done.operation.key() == read.operation.key();
        all.values().filter(same)
    };
    // When a write was surely done; none: it was not, or nobody knows.
    let done_at = |done: &Done| match done.answered {
        Some((at, Outcome::Ok(_))) => Some(at),
        _ => None,
    };
    let is_refused = |done: &Done| matches!(done.answered, Some((_, Outcome::Failed(_))));
    let mut writes = of_key().filter(|done| brings(done.operation).is_some());
    writes.any(|write| {
        done_at(write).is_some_and(|at| at < read.called)
            && of_key()
                .filter(|done| brings(done.operation).as_ref() == Some(&value))
                .filter(|done| !is_refused(done))
                .all(|done| done_at(done).is_some_and(|at| at < write.called))
    })
}

/// Compares the stale reads that are told with the definition, after every event of that many
/// histories; there must be some, and each must break linearizability.
fn compare_stale(shape: Shape, cases: u32) {
    let found = Cell::new(0);
    let steps = shape.operations as usize * 3;
    let histories = vec(any::<[u8; 5]>(), steps).prop_map(move |dice| play(shape, &dice));
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let compared = TestRunner::new_with_rng(config, random).run(&histories, |history| {
        let mut checker = Checker::default();
        for (place, event) in history.iter().enumerate() {
            let before = checker.history.stale_reads().size();
            let verdict = checker.take(event).verdict();
            let stale = checker.history.stale_reads().size() > before;
            prop_assert_eq!(
                stale,
                is_stale(&history[..=place]),
                "{:?}, at {}",
                event,
                place
            );
            prop_assert!(!stale || verdict != Some(true));
            found.set(found.get() + u32::from(stale));
        }
        Ok(())
    });
    if let Err(error) = compared {
        panic!("{error:?}");
    }
    assert!(found.get() > cases / 5, "{} stale reads", found.get());
}

#[test]
fn a_stale_read_is_one_whose_value_was_written_over_before_it_was_asked() {
    let shape = Shape {
        operations: 30,
        ..ONE_KEY
    };
    compare_stale(shape, 2_000);
}

#[test]
fn a_value_that_may_come_at_any_time_is_never_stale() {
    let shape = Shape {
        clients: 5,
        keys: 2,
        unknown: 3,
        refused: 2,
        operations: 40,
        ..ONE_KEY
    };
    compare_stale(shape, 2_000);
}
