//! The frontier: every state that the key can be in, with what has taken effect to bring it there.
//!
//! This is just-in-time linearization (Lowe, *Testing for linearizability*, 2017; the search is Wing
//! and Gong's): nothing takes effect before an answer forces it to. When an operation is answered and
//! has not taken effect in a configuration, every way is tried in which others that are open take
//! effect one after another, and then it. What follows it waits for the next answer, for it is still
//! open then.
//!
//! A register lets most of these ways be left out, each without changing which histories have an
//! order:
//!
//! - *A read takes effect as soon as the value is there.* It changes nothing, so earlier is never worse.
//! - *What is written over is hidden late.* Where a write, and the reads that find it, are followed by
//!   another write, the rest goes on as if they had not been. So they need not take effect before they
//!   are answered: then it is enough that some write took effect since they were called, for they stand
//!   hidden right before that one (`covered`). A write of unknown outcome need not stand anywhere. So a
//!   hundred writes at once make a hundred configurations, not as many as there are sets of them.
//!   What is left to be tried before an answer is what it needs, and what swaps need.
//! - *Of several operations of unknown outcome with the same effect the oldest goes first*: all are open
//!   for ever, so any two can change places.
//! - *A configuration that can do whatever another can replaces it* ([`Answering::dominates`]).

use std::collections::{BinaryHeap, HashSet};

use crate::sorted::SortedMap;

use super::effect::{Effect, Value};

/// A place in the history of a key: its calls and answers are numbered in order. A call is known by
/// the moment when it was made; 0 is before all.
pub(super) type Moment = u64;

/// The most configurations of a key, and the most steps tried at one answer. Ordinary histories have
/// a handful; where there are more, nobody has asked for an answer at any price.
pub(super) const CONFIGURATIONS_MAX: usize = 256;
const STEPS_MAX: usize = 20_000;

/// Adds a moment to others in order.
pub(super) fn add(moments: &mut Vec<Moment>, moment: Moment) {
    if let Err(place) = moments.binary_search(&moment) {
        moments.insert(place, moment);
    }
}

/// Removes a moment from others in order; says whether it was there.
pub(super) fn remove(moments: &mut Vec<Moment>, moment: Moment) -> bool {
    let place = moments.binary_search(&moment);
    if let Ok(place) = place {
        moments.remove(place);
    }
    place.is_ok()
}

/// What is known of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// Its client waits.
    Open,
    /// It was answered then, and has taken effect before.
    Answered(Moment),
    /// Nobody will ever know whether it takes effect.
    Unknown,
}

/// A call that takes effect, or may.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) effect: Effect,
    pub(super) standing: Standing,
}

impl Call {
    /// Whether it observes without changing anything.
    pub(super) const fn is_read(&self) -> bool {
        self.effect.is_read()
    }
}

/// The calls that still matter.
#[derive(Clone, Default, Debug)]
pub(super) struct Calls {
    calls: SortedMap<Moment, Call>,
    /// By value, those that make it.
    makers: SortedMap<Value, Vec<Moment>>,
}

impl Calls {
    pub(super) fn get(&self, call: Moment) -> Option<&Call> {
        self.calls.get(&call)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Moment, &Call)> {
        self.calls.iter().map(|(moment, call)| (*moment, call))
    }

    pub(super) fn insert(&mut self, moment: Moment, call: Call) {
        self.remove(moment);
        if let Some(value) = call.effect.makes() {
            add(self.makers.or_default(value.clone()), moment);
        }
        self.calls.insert(moment, call);
    }

    pub(super) fn remove(&mut self, moment: Moment) {
        let Some(call) = self.calls.remove(&moment) else {
            return;
        };
        if let Some(value) = call.effect.makes()
            && let Some(makers) = self.makers.get_mut(value)
        {
            remove(makers, moment);
            if makers.is_empty() {
                self.makers.remove(value);
            }
        }
    }

    pub(super) fn set_standing(&mut self, moment: Moment, standing: Standing) {
        if let Some(call) = self.calls.get_mut(&moment) {
            call.standing = standing;
        }
    }

    fn makers(&self, value: &Value) -> impl Iterator<Item = (Moment, &Call)> {
        let makers = self.makers.get(value).into_iter().flatten();
        makers.filter_map(|&moment| Some((moment, self.calls.get(&moment)?)))
    }
}

/// A state that the key can be in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub(super) struct Configuration {
    /// Its value.
    pub(super) value: Value,
    /// Which of the calls that are still open have taken effect, in order of their moments.
    pub(super) done: Vec<Moment>,
    /// Whatever was called by then can stand hidden right before a write that has taken effect.
    covered: Moment,
}

impl Configuration {
    fn has_done(&self, call: Moment) -> bool {
        self.done.binary_search(&call).is_ok()
    }

    fn add(&mut self, call: Moment) {
        add(&mut self.done, call);
    }

    /// Forgets the call: it is not open any more. Says whether it has taken effect.
    pub(super) fn forget(&mut self, call: Moment) -> bool {
        remove(&mut self.done, call)
    }

    /// What this call leaves, if it can take effect at that moment.
    fn after(&self, call: Moment, effect: &Effect, now: Moment) -> Option<Self> {
        if effect.needs().is_some_and(|needed| *needed != self.value) {
            return None;
        }
        let mut next = self.clone();
        match effect {
            Effect::Nonsense(_) => return None,
            Effect::Read(_) => {}
            Effect::Write(new) => {
                next.value.clone_from(new);
                next.covered = now;
            }
            Effect::Swap(_, new) | Effect::MaySwap(_, new) => next.value.clone_from(new),
        }
        next.add(call);
        Some(next)
    }
}

/// The values that something waits for.
#[derive(Default)]
struct Wanted {
    values: Vec<Value>,
    /// Those of them that a write must bring, since what needs them cannot be hidden with it: the
    /// operation that is answered, or a swap.
    to_be_written: Vec<Value>,
}

impl Wanted {
    fn add(&mut self, effect: &Effect, to_be_written: bool) {
        let Some(value) = effect.needs() else {
            return;
        };
        if !self.values.contains(value) {
            self.values.push(value.clone());
        }
        if to_be_written && !self.to_be_written.contains(value) {
            self.to_be_written.push(value.clone());
        }
    }
}

/// Too much is open at once for an answer in reasonable time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TooMany;

/// What happens to a frontier at a moment.
pub(super) struct Answering<'a> {
    pub(super) calls: &'a Calls,
    /// Those that are open at this moment and whose answers are known nevertheless: what happened
    /// then is gone through again.
    pub(super) foreseen: &'a [Moment],
    pub(super) now: Moment,
}

impl Answering<'_> {
    /// The call just made is of a read whose answer is known: it takes effect wherever it can.
    pub(super) fn called(&self, frontier: &[Configuration]) -> Vec<Configuration> {
        let mut frontier = frontier.to_vec();
        for configuration in &mut frontier {
            self.observe(configuration);
        }
        frontier
    }

    /// The frontier after the answer to `goal`.
    pub(super) fn answered(
        &self,
        frontier: &[Configuration],
        goal: Moment,
    ) -> Result<Vec<Configuration>, TooMany> {
        let Some(call) = self.calls.get(goal) else {
            return Ok(frontier.to_vec());
        };
        let wanted = self.wanted(goal);
        let mut found = Vec::new();
        let mut steps = 0;
        for configuration in frontier {
            if configuration.has_done(goal) {
                found.push(configuration.clone());
                continue;
            }
            if goal <= configuration.covered {
                self.hide(configuration, goal, call, &mut found);
            }
            self.reach(configuration, goal, &wanted, &mut steps, &mut found)?;
        }
        for configuration in &mut found {
            configuration.forget(goal);
        }
        self.prune(found)
    }

    /// Adds what `from` becomes when `goal`, with the write that it reads, stands hidden.
    fn hide(
        &self,
        from: &Configuration,
        goal: Moment,
        call: &Call,
        found: &mut Vec<Configuration>,
    ) {
        let mut hide = |write: Moment, value: &Value| {
            let mut next = from.clone();
            next.add(write);
            next.add(goal);
            for &moment in self.foreseen {
                if moment <= from.covered && self.reads(moment, value) {
                    next.add(moment);
                }
            }
            found.push(next);
        };
        match &call.effect {
            Effect::Write(value) => hide(goal, value),
            Effect::Read(value) => {
                for (moment, call) in self.oldest(value, from) {
                    let is_free = self.is_open(moment, call) && !from.has_done(moment);
                    if is_free && call.effect.is_write() && moment <= from.covered {
                        hide(moment, value);
                    }
                }
            }
            Effect::Swap(..) | Effect::MaySwap(..) | Effect::Nonsense(_) => {}
        }
    }

    /// Adds what `from` can become when others take effect, and then `goal`.
    fn reach(
        &self,
        from: &Configuration,
        goal: Moment,
        wanted: &Wanted,
        steps: &mut usize,
        found: &mut Vec<Configuration>,
    ) -> Result<(), TooMany> {
        let Some(call) = self.calls.get(goal) else {
            return Ok(());
        };
        // With each: whether the value may be written over, having been observed.
        let mut open = vec![(from.clone(), true)];
        let mut seen = HashSet::new();
        while let Some((configuration, observed)) = open.pop() {
            *steps += 1;
            if *steps > STEPS_MAX {
                return Err(TooMany);
            }
            if (observed || !call.effect.is_write())
                && let Some(mut next) = configuration.after(goal, &call.effect, self.now)
            {
                self.observe(&mut next);
                found.push(next);
                if call.is_read() {
                    continue;
                }
            }
            for next in self.steps(&configuration, observed, goal, wanted) {
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        Ok(())
    }

    /// What the configuration can become by one call that something is waiting for.
    fn steps(
        &self,
        from: &Configuration,
        observed: bool,
        goal: Moment,
        wanted: &Wanted,
    ) -> Vec<(Configuration, bool)> {
        let mut steps = Vec::new();
        let values = wanted.values.iter();
        let makers = values.flat_map(|value| self.oldest(value, from));
        // A swap of known success must happen, whether anything waits for its value or not.
        let swaps = self.foreseen.iter().filter_map(|&moment| {
            let call = self.calls.get(moment)?;
            match &call.effect {
                Effect::Swap(_, new) if !wanted.values.contains(new) => Some((moment, call)),
                _ => None,
            }
        });
        for (moment, call) in makers.chain(swaps) {
            let is_free = moment != goal && self.is_open(moment, call) && !from.has_done(moment);
            let is_right = match &call.effect {
                Effect::Write(value) => observed && wanted.to_be_written.contains(value),
                _ => true,
            };
            if !is_free || !is_right {
                continue;
            }
            if let Some(mut next) = from.after(moment, &call.effect, self.now) {
                let seen = self.observe(&mut next);
                steps.push((next, seen || matches!(call.effect, Effect::Swap(..))));
            }
        }
        steps
    }

    /// The calls that make the value; of those of unknown outcome with the same effect only the oldest
    /// that has not taken effect, and none when the value is there, unless it hides something: one that
    /// must take effect may have to do so before a swap, even if it writes what there was.
    fn oldest(&self, value: &Value, from: &Configuration) -> Vec<(Moment, &Call)> {
        let mut unknown: Vec<&Effect> = Vec::new();
        let mut makers = Vec::new();
        for (moment, call) in self.calls.makers(value) {
            if call.standing == Standing::Unknown {
                let is_idle =
                    *value == from.value && !(call.effect.is_write() && self.could_hide(from));
                if is_idle || from.has_done(moment) || unknown.contains(&&call.effect) {
                    continue;
                }
                unknown.push(&call.effect);
            }
            makers.push((moment, call));
        }
        makers
    }

    /// Whether something that must take effect would stand hidden before a write that took effect now,
    /// and does not yet.
    fn could_hide(&self, from: &Configuration) -> bool {
        let mut later = self.calls.calls.from(&(from.covered + 1)).iter();
        later.any(|&(moment, ref call)| {
            call.standing != Standing::Unknown
                && (call.effect.is_write() || call.is_read())
                && self.is_open(moment, call)
                && !from.has_done(moment)
        })
    }

    fn wanted(&self, goal: Moment) -> Wanted {
        let mut wanted = Wanted::default();
        for &moment in self.foreseen.iter().chain([&goal]) {
            if let Some(call) = self.calls.get(moment) {
                wanted.add(&call.effect, moment == goal || !call.is_read());
            }
        }
        let mut next = 0;
        while let Some(value) = wanted.values.get(next).cloned() {
            for (moment, call) in self.calls.makers(&value) {
                if self.is_open(moment, call) {
                    wanted.add(&call.effect, true);
                }
            }
            next += 1;
        }
        wanted
    }

    /// Lets every read of the value that there is take effect; says whether any did.
    fn observe(&self, configuration: &mut Configuration) -> bool {
        let before = configuration.done.len();
        for &moment in self.foreseen {
            if self.reads(moment, &configuration.value) {
                configuration.add(moment);
            }
        }
        configuration.done.len() > before
    }

    fn reads(&self, call: Moment, value: &Value) -> bool {
        let call = self.calls.get(call);
        call.is_some_and(|call| call.is_read() && call.effect.needs() == Some(value))
    }

    fn is_open(&self, moment: Moment, call: &Call) -> bool {
        moment <= self.now
            && match call.standing {
                Standing::Open | Standing::Unknown => true,
                Standing::Answered(_) => self.foreseen.binary_search(&moment).is_ok(),
            }
    }

    /// Leaves out the configurations that others replace.
    pub(super) fn prune(
        &self,
        mut found: Vec<Configuration>,
    ) -> Result<Vec<Configuration>, TooMany> {
        for configuration in &mut found {
            configuration.covered = self.last_open(configuration.covered);
        }
        if found.len() > 1 {
            found = BinaryHeap::from(found).into_sorted_vec();
            found.dedup();
        }
        let mut kept: Vec<Configuration> = Vec::new();
        for configuration in found {
            if kept
                .iter()
                .any(|other| self.dominates(other, &configuration))
            {
                continue;
            }
            kept.retain(|other| !self.dominates(&configuration, other));
            kept.push(configuration);
            if kept.len() > CONFIGURATIONS_MAX {
                return Err(TooMany);
            }
        }
        Ok(kept)
    }

    /// The last moment up to `covered` at which something that is still open was called: whether what
    /// is not can be hidden does not matter any more.
    fn last_open(&self, covered: Moment) -> Moment {
        let called = self.calls.calls.before(&(covered + 1)).iter().rev();
        let mut open = called.filter(|(moment, call)| self.is_open(*moment, call));
        open.next().map_or(0, |&(moment, _)| moment)
    }

    /// Whether `one` can do whatever `other` can. Both have the same value. What took effect only in
    /// `other` can take effect in `one` unseen, or never: an operation of unknown outcome, a write that
    /// can be hidden, a read that can be hidden with such a write. What took effect only in `one` is a
    /// read, which `other` has yet to satisfy.
    fn dominates(&self, one: &Configuration, other: &Configuration) -> bool {
        let is_missing = |moment: Moment| {
            let missing = moment <= one.covered && !one.has_done(moment);
            missing && other.has_done(moment)
        };
        let may_be_missing = |&moment: &Moment| {
            if one.has_done(moment) {
                return true;
            }
            let Some(call) = self.calls.get(moment) else {
                return false;
            };
            let can_be_hidden = match &call.effect {
                Effect::Write(_) => true,
                Effect::Read(value) => {
                    let mut makers = self.calls.makers(value);
                    makers.any(|(maker, call)| call.effect.is_write() && is_missing(maker))
                }
                Effect::Swap(..) | Effect::MaySwap(..) | Effect::Nonsense(_) => false,
            };
            call.standing == Standing::Unknown || (can_be_hidden && moment <= one.covered)
        };
        let may_be_more = |&moment: &Moment| {
            other.has_done(moment) || self.calls.get(moment).is_some_and(Call::is_read)
        };
        one.value == other.value
            && one.covered >= other.covered
            && other.done.iter().all(may_be_missing)
            && one.done.iter().all(may_be_more)
    }
}
