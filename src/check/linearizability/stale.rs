//! Stale reads: those that found a value which had been written over before they were asked.
//!
//! Such a value is one that no write can have brought after another write began that was done before
//! the read was asked. So it is enough to know, for each key, when the latest of the writes that are
//! done was called, and for each value when the last of the writes that brought it was answered: what
//! the key had long ago is forgotten, as every read that found it would be stale.

use std::sync::Arc;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};

use super::effect::{Effect, Told, Value};

/// The place of a call or an answer among all that were told, from 1; 0: before everything.
type Moment = u64;

/// What the clients of a run read that was stale. A clone is cheap.
#[derive(Clone, Debug)]
pub(super) struct StaleReads {
    now: Moment,
    keys: RedBlackTreeMapSync<Arc<str>, Key>,
    found: RedBlackTreeSetSync<u64>,
}

/// What is known of a key.
#[derive(Clone, Default, Debug)]
struct Key {
    /// When the latest was called of the writes that are done.
    written: Moment,
    /// The operations that wait for an answer.
    open: Vec<Open>,
    /// Values that writes have brought, each with the last time that one of them was answered.
    brought: Vec<(Value, Moment)>,
    /// Values that may come at any time: of writes of which nobody knows what became of them.
    any_time: RedBlackTreeSetSync<Value>,
}

/// An operation that waits for an answer.
#[derive(Clone, Debug)]
struct Open {
    number: u64,
    called: Moment,
    /// What [`Key::written`] was then.
    written: Moment,
    /// The value that it brings, or may bring.
    makes: Option<Value>,
}

impl Default for StaleReads {
    fn default() -> Self {
        Self {
            now: 0,
            keys: RedBlackTreeMapSync::new_sync(),
            found: RedBlackTreeSetSync::new_sync(),
        }
    }
}

impl StaleReads {
    /// The numbers of the operations that read what was stale.
    pub(super) const fn found(&self) -> &RedBlackTreeSetSync<u64> {
        &self.found
    }

    /// A write from before the history, that may take effect now, later or never.
    pub(super) fn start_with(&mut self, key: &Arc<str>, value: Value) {
        self.key(key).any_time.insert_mut(value);
    }

    /// An operation is called; `effect` is what it may do.
    pub(super) fn call(&mut self, key: &Arc<str>, number: u64, effect: Option<&Effect>) {
        self.now += 1;
        let called = self.now;
        let key = self.key(key);
        key.open.push(Open {
            number,
            called,
            written: key.written,
            makes: effect.and_then(Effect::makes).cloned(),
        });
    }

    /// An operation is answered, or its client gives it up.
    pub(super) fn answer(&mut self, key: &Arc<str>, number: u64, told: &Told) {
        self.now += 1;
        let now = self.now;
        let key = self.key(key);
        let place = key.open.iter().position(|open| open.number == number);
        let Some(open) = place.map(|place| key.open.remove(place)) else {
            return;
        };
        match (told, open.makes) {
            (Told::Nothing, Some(value)) => key.any_time.insert_mut(value),
            (Told::Nothing | Told::Never, _) => {}
            (Told::Effect(effect), _) => match effect {
                Effect::Read(value) if key.is_over(value, open.written) => {
                    self.found.insert_mut(number);
                }
                _ => key.done(effect, open.called, now),
            },
        }
    }

    fn key(&mut self, key: &Arc<str>) -> &mut Key {
        if !self.keys.contains_key(key) {
            self.keys.insert_mut(key.clone(), Key::default());
        }
        self.keys.get_mut(key).expect("it has just been put there")
    }
}

impl Key {
    /// Whether a value had been written over when the latest of the writes that were done had been
    /// called at that moment.
    fn is_over(&self, value: &Value, written: Moment) -> bool {
        let may_come = self.any_time.contains(value)
            || self
                .open
                .iter()
                .any(|open| open.makes.as_ref() == Some(value));
        let brought = self.brought.iter().find(|(brought, _)| brought == value);
        !may_come && written > brought.map_or(0, |&(_, at)| at)
    }

    /// An operation that was called then took effect, as is known now.
    fn done(&mut self, effect: &Effect, called: Moment, now: Moment) {
        let Some(value) = effect.makes() else {
            return;
        };
        self.brought.retain(|(brought, _)| brought != value);
        self.brought.push((value.clone(), now));
        self.written = self.written.max(called);
        // What was brought before that is over for whoever reads from here on.
        let open = self.open.iter().map(|open| open.written);
        let oldest = open.min().unwrap_or(self.written);
        self.brought.retain(|&(_, at)| at > oldest);
    }
}
