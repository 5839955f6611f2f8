//! Checking client histories: operations a second, by how many clients there are and how long the
//! history is; and how many times as long `stateright`'s tester takes for the same histories.
//!
//! `cargo bench --bench linearizability`, or with some words of the lines that are wanted:
//! `cargo bench --bench linearizability -- clients=5`
//!
//! Our checker looks at every event and knows after each how the history stands; the tester keeps the
//! events and looks for an order once, at the end. It is given ever longer histories for as long as it
//! takes under a second for one.

#[path = "../tests/linearizability/keys.rs"]
mod keys;
#[path = "shared/paired.rs"]
mod paired;
#[path = "shared/timing.rs"]
mod timing;
#[path = "shared/wanted.rs"]
mod wanted;
#[path = "shared/work.rs"]
mod work;

use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use flotilla::check::{ClientHistory, Linearizability};
use flotilla::kv::{ClientId, Operation, Response};
use flotilla::raft::Time;
use flotilla::sim::{Failure, OperationRecord, Outcome};

use keys::Keys;
use paired::Paired;
use timing::{median, processor_time};
use wanted::Wanted;
use work::Work;

const REPETITIONS: usize = 7;
const KEYS: u32 = 5;
/// So few that most are written again and again: what was read tells less of when.
const VALUES: u32 = 20;
/// How long the histories are.
const LENGTHS: [usize; 3] = [1_000, 10_000, 100_000];
/// How long those are that the tester is given. It goes one call deeper for each operation.
const TESTED_LENGTHS: [usize; 12] = [16, 20, 24, 28, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const TESTER_TAKES_AT_MOST: Duration = Duration::from_secs(1);

enum Event {
    Called(OperationRecord),
    Answered(OperationRecord, Response),
}

/// Clients that call one operation after another on a store; each step, one of them calls, has its
/// operation take effect, or hears of it.
fn play(clients: usize, operations: usize) -> Vec<Event> {
    let mut random = Pcg32::seed_from_u64(1);
    let mut store = Keys::default();
    let mut under_way: Vec<Option<(OperationRecord, Option<Response>)>> = vec![None; clients];
    let mut events = Vec::new();
    let mut asked = 0;
    while events.len() < 2 * operations {
        let now = Time(events.len() as u64 + 1);
        let client = random.random_range(0..clients);
        match under_way[client].take() {
            None if asked == operations => {}
            None => {
                asked += 1;
                let record = called(client, asked as u64, now, operation(&mut random));
                events.push(Event::Called(record.clone()));
                under_way[client] = Some((record, None));
            }
            Some((record, None)) => {
                let response = store.invoke(&record.operation);
                under_way[client] = Some((record, Some(response)));
            }
            Some((mut record, Some(response))) => {
                record.ended = Some(now);
                record.outcome = match &response {
                    Response::Mismatch(found) => Outcome::Failed(Failure::Mismatch(found.clone())),
                    response => Outcome::Ok(response.clone()),
                };
                events.push(Event::Answered(record, response));
            }
        }
    }
    events
}

fn operation(random: &mut Pcg32) -> Operation {
    let key = format!("k{}", random.random_range(0..KEYS)).into();
    let mut value = || random.random_range(0..VALUES).to_string().into();
    let (value, expect) = (value(), value());
    match random.random_range(0..20) {
        0..9 => Operation::Get { key },
        9..18 => Operation::Put { key, value },
        18 => Operation::Delete { key },
        _ => Operation::Cas { key, expect, value },
    }
}

fn called(client: usize, number: u64, now: Time, operation: Operation) -> OperationRecord {
    OperationRecord {
        number,
        client: ClientId(client as u32),
        sequence: number,
        operation,
        direct: None,
        asked: now,
        began: Some(now),
        ended: None,
        outcome: Outcome::Pending,
        asked_of: None,
        answered_by: None,
        tries: 1,
    }
}

struct Ours<'a>(&'a [Event], ClientHistory);

impl<'a> Ours<'a> {
    fn of(history: &'a [Event]) -> Self {
        Self(history, ClientHistory::default())
    }
}

impl Work for Ours<'_> {
    fn run(&mut self) {
        for event in self.0 {
            match event {
                Event::Called(record) => self.1.called(record),
                Event::Answered(record, _) => self.1.answered(record, "c", 1),
            }
        }
        assert_eq!(*self.1.linearizability(), Linearizability::Holds);
    }
}

struct Theirs<'a>(&'a [Event], LinearizabilityTester<u32, Keys>);

impl<'a> Theirs<'a> {
    fn of(history: &'a [Event]) -> Self {
        Self(history, LinearizabilityTester::new(Keys::default()))
    }
}

impl Work for Theirs<'_> {
    fn run(&mut self) {
        for event in self.0 {
            let told = match event {
                Event::Called(record) => {
                    (self.1).on_invoke(record.client.0, record.operation.clone())
                }
                Event::Answered(record, response) => {
                    self.1.on_return(record.client.0, response.clone())
                }
            };
            told.expect("each client's calls and answers come by turns");
        }
        assert!(self.1.is_consistent());
    }
}

/// How fast ours is, and how much more an operation of longer histories costs.
fn tell_growth(clients: usize) {
    let histories = LENGTHS.map(|length| play(clients, length));
    let mut each = LENGTHS.map(|_| Vec::new());
    for _ in 0..REPETITIONS {
        for (history, each) in histories.iter().zip(&mut each) {
            let time = processor_time(Ours::of(history));
            each.push(time.as_secs_f64() * 2.0 / history.len() as f64);
        }
    }
    each.iter_mut()
        .for_each(|times| times.sort_by(f64::total_cmp));
    for (length, times) in LENGTHS.iter().zip(&each) {
        println!(
            "linearizability clients={clients} operations={length} {:.0} operations a second, \
             {:.2} times the cost of an operation of {}",
            1.0 / median(times),
            median(times) / median(&each[0]),
            LENGTHS[0],
        );
    }
}

/// How many times as long the tester takes, for ever longer histories.
fn tell_ratios(clients: usize) {
    for length in TESTED_LENGTHS {
        let history = play(clients, length);
        let took = processor_time(Theirs::of(&history));
        if took > TESTER_TAKES_AT_MOST {
            println!(
                "ratio clients={clients} operations={length} the tester takes {took:.0?} for one"
            );
            return;
        }
        let paired = Paired::measure(REPETITIONS, || Ours::of(&history), || Theirs::of(&history));
        let (ours, theirs) = paired.medians();
        let rate = |time: Duration| length as f64 / time.as_secs_f64();
        println!(
            "ratio clients={clients} operations={length} {} operations_a_second={:.0}/{:.0}",
            paired.ratio(),
            rate(ours),
            rate(theirs),
        );
    }
}

fn main() {
    let wanted = Wanted::from_args();
    for clients in [1, 5, 20] {
        if wanted.has(&format!("linearizability clients={clients}")) {
            tell_growth(clients);
        }
        if wanted.has(&format!("ratio clients={clients}")) {
            tell_ratios(clients);
        }
    }
}
