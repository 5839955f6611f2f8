//! Whether a client history is linearizable: whether every operation can be given one moment between
//! its call and its answer at which it took effect, such that the answers fit.
//!
//! The search is Wing and Gong's with Lowe's memory of what has been tried, key by key, since keys do
//! not meet. An operation whose outcome is unknown may take effect at any later time; if it never
//! did, it does so after everything else, which nobody sees.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::kv::{Operation, Response};
use crate::raft::Time;
use crate::sim::{Failure, OperationRecord, Outcome, World};

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

/// A value of the key, by number; [`ABSENT`] is none.
type Value = u32;
const ABSENT: Value = 0;

/// What an operation did to the key, as its client saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    /// It read this.
    Read(Value),
    /// It set this.
    Write(Value),
    /// It found the first and set the second.
    Swap(Value, Value),
    /// It found the second, which is not the first that it expected.
    NoSwap(Value, Value),
    /// Nobody knows whether it found the first; if so, it set the second.
    MaySwap(Value, Value),
}

impl Effect {
    /// The value that there must be for it to take effect, if it must be a certain one.
    const fn needs(self) -> Option<Value> {
        match self {
            Self::Read(value) | Self::Swap(value, _) | Self::NoSwap(_, value) => Some(value),
            Self::Write(_) | Self::MaySwap(..) => None,
        }
    }

    /// The value that it may leave where there was another.
    const fn makes(self) -> Option<Value> {
        match self {
            Self::Write(value) | Self::Swap(_, value) | Self::MaySwap(_, value) => Some(value),
            Self::Read(_) | Self::NoSwap(..) => None,
        }
    }

    /// The value after it, if it can take effect where the value is `value`.
    fn apply(self, value: Value) -> Option<Value> {
        match self {
            Self::Read(seen) => (seen == value).then_some(value),
            Self::Write(new) => Some(new),
            Self::Swap(expected, new) => (expected == value).then_some(new),
            Self::NoSwap(expected, found) => (found == value && expected != value).then_some(value),
            Self::MaySwap(expected, new) => Some(if expected == value { new } else { value }),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Call {
    effect: Effect,
    began: Time,
    /// `None`: nobody knows.
    ended: Option<Time>,
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

/// A place in the list of calls and answers in order of time.
#[derive(Clone, Copy)]
struct Link {
    call: usize,
    /// Where the answer to this call stands; `None`: this is the answer.
    answer: Option<usize>,
    previous: usize,
    next: usize,
}

/// The list's own place before its first.
const HEAD: usize = 0;

/// A set of calls that have taken effect. Calls take effect nearly in the order in which they began:
/// what tells one such set from another is a short window, before which all are in it, and after
/// which none is. So what is remembered does not grow with the history.
#[derive(Default)]
struct Done {
    words: Vec<u64>,
    /// The words before this one are full.
    full: usize,
    /// The words from this one on are empty.
    end: usize,
}

/// Where the window begins, and what is in it.
type Window = (usize, Box<[u64]>);

impl Done {
    /// Takes the call at `place` in, or out; says whether it is in it now.
    fn flip(&mut self, place: usize) -> bool {
        let word = place / 64;
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words[word] ^= 1 << (place % 64);
        self.full = self.full.min(word);
        self.end = self.end.max(word + 1);
        while self.full < self.end && self.words[self.full] == u64::MAX {
            self.full += 1;
        }
        while self.full < self.end && self.words[self.end - 1] == 0 {
            self.end -= 1;
        }
        self.words[word] & (1 << (place % 64)) != 0
    }

    fn window(&self) -> Window {
        (self.full, self.words[self.full..self.end].into())
    }
}

/// The search for an order.
struct Search<'a> {
    calls: &'a [Call],
    links: Vec<Link>,
    value: Value,
    /// Each call's place among those of known outcome in order of time, or among the others.
    places: Vec<usize>,
    /// Which calls of known outcome have taken effect.
    known: Done,
    /// Which of the others, that may take effect long after they began.
    unknown: Done,
    /// By value, how many calls that have not taken effect need it, and how many can make it.
    open: Vec<(u32, u32)>,
    /// What has been tried: which calls had taken effect, and what the value was.
    tried: HashSet<(Window, Window, Value)>,
    /// The calls that have taken effect, in order, with the value before.
    order: Vec<(usize, Value)>,
}

impl<'a> Search<'a> {
    fn new(calls: &'a [Call]) -> Self {
        let mut search = Self {
            calls,
            links: links(calls),
            open: Vec::new(),
            value: ABSENT,
            places: places(calls),
            known: Done::default(),
            unknown: Done::default(),
            tried: HashSet::new(),
            order: Vec::new(),
        };
        for call in calls {
            search.count(call.effect, 1);
        }
        search
    }

    fn run(mut self) -> bool {
        let mut at = self.links[HEAD].next;
        while self.links[HEAD].next != HEAD {
            let link = self.links[at];
            at = match link.answer {
                Some(_) if self.take(at) => self.links[HEAD].next,
                Some(_) => link.next,
                // An answer whose call has not taken effect: an earlier choice was wrong.
                None => match self.take_back() {
                    Some(taken) => self.links[taken].next,
                    None => return false,
                },
            };
        }
        true
    }

    /// Lets the call at `at` take effect now, if it can and this has not been tried.
    fn take(&mut self, at: usize) -> bool {
        let call = self.links[at].call;
        let Some(value) = self.calls[call].effect.apply(self.value) else {
            return false;
        };
        self.flip(call);
        if value != self.value && self.is_missed(self.value) {
            self.flip(call);
            return false;
        }
        let state = (self.known.window(), self.unknown.window(), value);
        if !self.tried.insert(state) {
            self.flip(call);
            return false;
        }
        self.order.push((at, self.value));
        self.value = value;
        self.unlink(at);
        if let Some(answer) = self.links[at].answer {
            self.unlink(answer);
        }
        true
    }

    /// Takes back the last call that took effect; returns where it stands.
    fn take_back(&mut self) -> Option<usize> {
        let (at, value) = self.order.pop()?;
        let Link { call, answer, .. } = self.links[at];
        self.value = value;
        self.flip(call);
        if let Some(answer) = answer {
            self.relink(answer);
        }
        self.relink(at);
        Some(at)
    }

    /// The call takes effect, or does not after all.
    fn flip(&mut self, call: usize) {
        let place = self.places[call];
        let done = match self.calls[call].ended {
            Some(_) => &mut self.known,
            None => &mut self.unknown,
        };
        let change = if done.flip(place) { -1 } else { 1 };
        self.count(self.calls[call].effect, change);
    }

    fn count(&mut self, effect: Effect, change: i32) {
        let (needs, makes) = (effect.needs(), effect.makes());
        let last = needs.max(makes).map_or(0, |value| value as usize + 1);
        if self.open.len() < last {
            self.open.resize(last, (0, 0));
        }
        if let Some(value) = needs {
            let needed = &mut self.open[value as usize].0;
            *needed = needed.wrapping_add_signed(change);
        }
        if let Some(value) = makes {
            let made = &mut self.open[value as usize].1;
            *made = made.wrapping_add_signed(change);
        }
    }

    /// Whether some call needs the value, and none can make it any more. Once the value is gone, that
    /// call has no place: with this the search seldom goes wrong for long.
    fn is_missed(&self, value: Value) -> bool {
        let open = self.open.get(value as usize);
        open.is_some_and(|&(needed, made)| needed > 0 && made == 0)
    }

    fn unlink(&mut self, at: usize) {
        let Link { previous, next, .. } = self.links[at];
        self.links[previous].next = next;
        self.links[next].previous = previous;
    }

    fn relink(&mut self, at: usize) {
        let Link { previous, next, .. } = self.links[at];
        self.links[previous].next = at;
        self.links[next].previous = at;
    }
}

/// Each call's place in order of time among those whose outcome is known as well as its own is.
fn places(calls: &[Call]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..calls.len()).collect();
    order.sort_by_key(|&call| calls[call].began);
    let mut places = vec![0; calls.len()];
    let mut next = [0; 2];
    for call in order {
        let next = &mut next[usize::from(calls[call].ended.is_none())];
        places[call] = *next;
        *next += 1;
    }
    places
}

/// Calls and answers in order of time; at one time calls come first, for these may overlap.
fn links(calls: &[Call]) -> Vec<Link> {
    let begins = calls.iter().enumerate().map(|(n, call)| (call.began, 0, n));
    let never = Time(u64::MAX);
    let ends = calls.iter().enumerate();
    let ends = ends.map(|(n, call)| (call.ended.unwrap_or(never), 1, n));
    let mut points: Vec<(Time, u8, usize)> = begins.chain(ends).collect();
    points.sort_unstable();
    let mut answers = vec![0; calls.len()];
    for (place, &(_, kind, call)) in points.iter().enumerate() {
        if kind == 1 {
            answers[call] = place + 1;
        }
    }
    let count = points.len() + 1;
    let link = |place: usize, call, answer| Link {
        call,
        answer,
        previous: (place + count - 1) % count,
        next: (place + 1) % count,
    };
    let head = std::iter::once(link(HEAD, 0, None));
    let rest = points
        .iter()
        .enumerate()
        .map(|(place, &(_, kind, call))| link(place + 1, call, (kind == 0).then(|| answers[call])));
    head.chain(rest).collect()
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
