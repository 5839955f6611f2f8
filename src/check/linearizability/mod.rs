//! Whether what the clients saw is linearizable: whether every operation can be given one moment
//! between its call and its answer at which it took effect, such that the answers fit.
//!
//! The history is followed as it happens, key by key, since keys do not meet: each has a [`Register`]
//! that knows every state that the key can be in. An operation whose outcome is unknown may take
//! effect at any later time, or never; one that was refused never does; a compare-and-set that found
//! another value changed nothing, and saw that value.

mod effect;
mod frontier;
mod register;
mod stale;

use std::fmt::Write as _;
use std::sync::Arc;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};

use crate::raft::Time;
use crate::sim::{Happening, OperationRecord, OperationStep, World};

use effect::{Effect, Told, Value};
use register::{Register, Verdict};
use stale::StaleReads;

/// How many of the values that an operation could have found are told.
const POSSIBLE_TOLD: usize = 4;

/// Whether a client history is linearizable.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Linearizability {
    /// It is, so far.
    #[default]
    Holds,
    /// It is not, and never will be again.
    Broken(NotLinearizable),
    /// Nobody knows: so many operations on one key were open at once that their orders are too many to
    /// be gone through.
    Undecided {
        /// The first such key.
        key: Arc<str>,
        /// Since when.
        at: Time,
    },
}

impl Linearizability {
    /// Yes, no, or `None`: undecided.
    pub const fn verdict(&self) -> Option<bool> {
        match self {
            Self::Holds => Some(true),
            Self::Broken(_) => Some(false),
            Self::Undecided { .. } => None,
        }
    }
}

/// How a history stopped being linearizable: by the first answer with which no order of the operations
/// fits. All that was told before is the longest prefix of the history that is linearizable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotLinearizable {
    /// The key.
    pub key: Arc<str>,
    /// The number of the operation whose answer does not fit.
    pub operation: u64,
    /// When it was answered.
    pub at: Time,
    /// In which event.
    pub event: u64,
    /// What the operation saw, and what it could have seen.
    pub detail: String,
}

/// What is known of a key.
#[derive(Clone, Debug)]
enum Key {
    Followed(Register),
    /// Too much was open at once.
    GivenUp,
}

/// What the clients of a run saw, as far as it still matters. A clone is cheap.
#[derive(Clone, Debug)]
pub struct ClientHistory {
    keys: RedBlackTreeMapSync<Arc<str>, Key>,
    linearizability: Linearizability,
    stale: StaleReads,
}

impl Default for ClientHistory {
    /// Before anything is known of any key.
    fn default() -> Self {
        Self {
            keys: RedBlackTreeMapSync::new_sync(),
            linearizability: Linearizability::Holds,
            stale: StaleReads::default(),
        }
    }
}

impl ClientHistory {
    /// The history of a world at its start.
    pub fn new(world: &World) -> Self {
        let mut history = Self::default();
        // What a given starting log holds may be committed, now or later, or be lost.
        for (key, value) in world.starting_writes() {
            history.stale.start_with(&key, effect::value(&value));
            if let Some(register) = history.register(&key) {
                register.start_with(effect::value(&value));
            }
        }
        history
    }

    /// What it has come to.
    pub const fn linearizability(&self) -> &Linearizability {
        &self.linearizability
    }

    /// The numbers of the operations that read a value which had been written over before they were
    /// asked. Each breaks linearizability; it can be broken without one.
    pub const fn stale_reads(&self) -> &RedBlackTreeSetSync<u64> {
        self.stale.found()
    }

    /// Something has happened in the world.
    pub(super) fn look(&mut self, world: &World, happening: &Happening) {
        let Happening::Operation { number, step } = *happening else {
            return;
        };
        let record = |number: u64| world.operations().get(number as usize - 1);
        let Some(operation) = record(number) else {
            return;
        };
        match step {
            // One that waits for the client's last is called later.
            OperationStep::Asked(_) if operation.began.is_some() => self.called(operation),
            OperationStep::Ok | OperationStep::Failed | OperationStep::Unknown => {
                let client = world.client(operation.client);
                let name = client.map_or("?", |client| client.name());
                self.answered(operation, name, world.events());
                // Its client calls the next at once.
                if let Some(next) = client.and_then(|client| record(client.current()?)) {
                    self.called(next);
                }
            }
            _ => {}
        }
    }

    /// A client calls an operation, after everything told so far.
    pub fn called(&mut self, record: &OperationRecord) {
        let (key, effect) = (record.operation.key(), Effect::possible(&record.operation));
        self.stale.call(key, record.number, effect.as_ref());
        if let Some(register) = self.register(key) {
            register.call(record.number, effect);
        }
    }

    /// A client learns what came of an operation, after everything told so far.
    pub fn answered(&mut self, record: &OperationRecord, client: &str, event: u64) {
        let key = record.operation.key();
        let told = Told::by(&record.operation, &record.outcome);
        self.stale.answer(key, record.number, &told);
        let Some(register) = self.register(key) else {
            return;
        };
        let at = record.ended.unwrap_or_default();
        let detail = match register.answer(record.number, told) {
            Verdict::Fits => return,
            Verdict::TooMany => return self.give_up(key, at),
            Verdict::SeenThoughRefused => {
                let refused = describe(record, client);
                format!("{refused} was refused, and what it would have done has been seen")
            }
            Verdict::Misread { found, possible } => {
                let (reader, found) = (describe(record, client), name(&found));
                format!("{reader} found {found}; {}", could_have(&possible))
            }
        };
        // What comes after does not mend it.
        self.keys = RedBlackTreeMapSync::new_sync();
        self.linearizability = Linearizability::Broken(NotLinearizable {
            key: key.clone(),
            operation: record.number,
            at,
            event,
            detail,
        });
    }

    /// The key's register; `None` when it is not followed.
    fn register(&mut self, key: &Arc<str>) -> Option<&mut Register> {
        if matches!(self.linearizability, Linearizability::Broken(_)) {
            return None;
        }
        if !self.keys.contains_key(key) {
            let register = Key::Followed(Register::default());
            self.keys.insert_mut(key.clone(), register);
        }
        match self.keys.get_mut(key) {
            Some(Key::Followed(register)) => Some(register),
            Some(Key::GivenUp) | None => None,
        }
    }

    /// Nobody will know of this key; another may yet show that the history is not linearizable.
    fn give_up(&mut self, key: &Arc<str>, at: Time) {
        self.keys.insert_mut(key.clone(), Key::GivenUp);
        if self.linearizability == Linearizability::Holds {
            let key = key.clone();
            self.linearizability = Linearizability::Undecided { key, at };
        }
    }
}

/// The operation, whose it is, and when. What clients write is data: what would break a line is
/// escaped.
fn describe(record: &OperationRecord, client: &str) -> String {
    let operation = record.operation.to_string();
    let (began, ended) = (record.began.unwrap_or_default(), record.ended);
    format!(
        "{} of {}, from {began} to {},",
        operation.escape_debug(),
        client.escape_debug(),
        ended.unwrap_or_default()
    )
}

fn name(value: &Value) -> String {
    match value {
        Some(value) => format!("{value:?}"),
        None => "no value".into(),
    }
}

/// `it could have found "1", "2" or no value`.
fn could_have(possible: &[Value]) -> String {
    let mut text = String::from("it could have found ");
    let mut names: Vec<String> = possible.iter().take(POSSIBLE_TOLD).map(name).collect();
    if possible.len() > POSSIBLE_TOLD {
        names.push("others".into());
    }
    match names.split_last() {
        None => text.push_str("nothing else either"),
        Some((last, [])) => {
            let _ = write!(text, "only {last}");
        }
        Some((last, others)) => {
            let _ = write!(text, "{} or {last}", others.join(", "));
        }
    }
    text
}

#[cfg(test)]
mod tests;
