//! Whether a client history is linearizable: whether every operation can be given one moment between
//! its call and its answer at which it took effect, such that the answers fit.
//!
//! The search goes key by key, since keys do not meet. An operation whose outcome is unknown may take
//! effect at any later time; if it never did, it does so after everything else, which nobody sees.

mod search;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::kv::{Operation, Response};
use crate::raft::Time;
use crate::sim::{Failure, OperationRecord, Outcome, World};

use search::{ABSENT, Call, Effect, Search, Value};

/// The key whose operations have no order that fits their answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotLinearizable {
    /// The key.
    pub key: Arc<str>,
}

/// Checks the client history of a world.
///
/// # Errors
/// The first key, in order of the keys, whose operations cannot be ordered.
pub fn check_linearizable(world: &World) -> Result<(), NotLinearizable> {
    let mut keys: BTreeMap<Arc<str>, Register> = BTreeMap::new();
    // What a given starting log holds may be committed, now or later, or be lost.
    for (key, value) in world.starting_writes() {
        keys.entry(key).or_default().add_starting_write(&value);
    }
    for record in world.operations() {
        let register = keys.entry(record.operation.key().clone()).or_default();
        register.add(record);
    }
    for (key, register) in keys {
        if !register.is_linearizable() {
            return Err(NotLinearizable { key });
        }
    }
    Ok(())
}

/// The history of one key.
#[derive(Default)]
struct Register {
    values: HashMap<Arc<str>, Value>,
    calls: Vec<Call>,
}

impl Register {
    fn value(&mut self, value: Option<&Arc<str>>) -> Value {
        // A compare-and-set says the empty value for absent.
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return ABSENT;
        };
        let next = self.values.len() as Value + 1;
        *self.values.entry(value.clone()).or_insert(next)
    }

    fn add_starting_write(&mut self, value: &Arc<str>) {
        let effect = Effect::Write(self.value(Some(value)));
        let known = |call: &Call| call.effect == effect;
        if !self.calls.iter().any(known) {
            self.calls.push(Call {
                effect,
                began: Time::ZERO,
                ended: None,
            });
        }
    }

    fn add(&mut self, record: &OperationRecord) {
        let (Some(began), Some(effect)) = (record.began, self.effect(record)) else {
            return;
        };
        let known = matches!(record.outcome, Outcome::Ok(_) | Outcome::Failed(_));
        self.calls.push(Call {
            effect,
            began,
            ended: record.ended.filter(|_| known),
        });
    }

    /// What it did; `None` when it surely did nothing, or told nothing.
    fn effect(&mut self, record: &OperationRecord) -> Option<Effect> {
        match (&record.operation, &record.outcome) {
            (_, Outcome::Failed(Failure::NotLeader(_))) => None,
            (Operation::Get { .. }, Outcome::Ok(Response::Value(value))) => {
                Some(Effect::Read(self.value(value.as_ref())))
            }
            (Operation::Get { .. }, _) => None,
            (Operation::Put { value, .. }, _) => Some(Effect::Write(self.value(Some(value)))),
            (Operation::Delete { .. }, _) => Some(Effect::Write(ABSENT)),
            (Operation::Cas { expect, value, .. }, outcome) => {
                let (expect, new) = (self.value(Some(expect)), self.value(Some(value)));
                Some(match outcome {
                    Outcome::Ok(_) => Effect::Swap(expect, new),
                    Outcome::Failed(Failure::Mismatch(found)) => {
                        Effect::NoSwap(expect, self.value(found.as_ref()))
                    }
                    _ => Effect::MaySwap(expect, new),
                })
            }
        }
    }

    fn is_linearizable(&self) -> bool {
        Search::new(&self.calls).run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kv::ClientId;

    fn record(operation: Operation, outcome: Outcome, began: u64, ended: u64) -> OperationRecord {
        OperationRecord {
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
        }
    }

    fn put(value: &str, outcome: Outcome, began: u64, ended: u64) -> OperationRecord {
        let (key, value) = ("x".into(), value.into());
        record(Operation::Put { key, value }, outcome, began, ended)
    }

    fn get(value: Option<&str>, began: u64, ended: u64) -> OperationRecord {
        let outcome = Outcome::Ok(Response::Value(value.map(Arc::from)));
        record(Operation::Get { key: "x".into() }, outcome, began, ended)
    }

    fn is_linearizable<'a>(history: impl IntoIterator<Item = &'a OperationRecord>) -> bool {
        let mut register = Register::default();
        for record in history {
            register.add(record);
        }
        register.is_linearizable()
    }

    const DONE: Outcome = Outcome::Ok(Response::Done);

    #[test]
    fn a_read_after_a_write_sees_it() {
        let history = [put("1", DONE, 0, 10), get(Some("1"), 20, 30)];
        assert!(is_linearizable(&history));
    }

    #[test]
    fn a_stale_read_has_no_place() {
        let history = [
            put("1", DONE, 0, 10),
            put("2", DONE, 20, 30),
            get(Some("1"), 40, 50),
        ];
        assert!(!is_linearizable(&history));
    }

    #[test]
    fn reads_during_a_write_may_see_either_but_not_go_back() {
        let write = || [put("1", DONE, 0, 10), put("2", DONE, 20, 100)];
        let fits = [get(Some("1"), 30, 40), get(Some("2"), 50, 60)];
        let goes_back = [get(Some("2"), 30, 40), get(Some("1"), 50, 60)];
        assert!(is_linearizable(write().iter().chain(&fits)));
        assert!(!is_linearizable(write().iter().chain(&goes_back)));
    }

    #[test]
    fn a_write_of_unknown_outcome_may_come_late_or_never() {
        let lost = || put("1", Outcome::Unknown, 0, 10);
        let never = [lost(), get(None, 20, 30), get(None, 40, 50)];
        let late = [lost(), get(None, 20, 30), get(Some("1"), 40, 50)];
        let undone = [lost(), get(Some("1"), 20, 30), get(None, 40, 50)];
        assert!(is_linearizable(&never));
        assert!(is_linearizable(&late));
        assert!(!is_linearizable(&undone));
    }

    /// Writes and reads that take effect by turns, one every 10 µs, each of them called and answered
    /// up to `spread` µs before and after.
    fn crowd(spread: u64) -> Vec<OperationRecord> {
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
        (1..4_000).map(call).collect()
    }

    #[test]
    fn an_order_is_found_among_many_clients_at_once() {
        assert!(is_linearizable(&crowd(500)));
        let mut history = crowd(30);
        history.push(get(Some("7"), 45_000, 45_001));
        assert!(!is_linearizable(&history));
    }

    #[test]
    fn a_compare_and_set_tells_what_it_found() {
        let cas = |expect: &str, outcome, began| {
            let (key, expect, value) = ("x".into(), expect.into(), "9".into());
            record(
                Operation::Cas { key, expect, value },
                outcome,
                began,
                began + 5,
            )
        };
        let found = |value: &str| Outcome::Failed(Failure::Mismatch(Some(value.into())));
        let fits = [
            cas("", DONE, 0),
            cas("", found("9"), 10),
            get(Some("9"), 20, 25),
        ];
        let wrong = [cas("", DONE, 0), cas("", found("8"), 10)];
        assert!(is_linearizable(&fits));
        assert!(!is_linearizable(&wrong));
    }
}
