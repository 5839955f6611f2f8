//! The history of one key, followed call by call and answer by answer.
//!
//! While a client waits, its call counts as one that may take effect or not. What a write did is known
//! beforehand, so its answer only says that it must have been by now. What a read or a compare-and-set
//! found is news: then what has happened to the key since it was called is gone through again, from
//! the frontier of that moment, with what is known now. That is as much as there was at the same time,
//! and nothing where there was nothing else.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::sorted::SortedMap;

use super::effect::{Effect, Told, Value};
use super::frontier::{
    Answering, Call, Calls, Configuration, Moment, Standing, TooMany, add, remove,
};

type Frontier = Arc<Vec<Configuration>>;

/// The most values that are tried when it is told what an operation could have found.
const GUESSES_MAX: usize = 64;

/// Something in the history of the key.
#[derive(Clone, Debug)]
enum Entry {
    /// A call was made; while its client waits, the frontier right before.
    Called {
        call: Moment,
        before: Option<Frontier>,
    },
    /// A call was answered, and had taken effect.
    Answered { call: Moment },
}

/// What an answer came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// There is still an order.
    Fits,
    /// There is none: the operation cannot have found what it did. It could have found these.
    Misread { found: Value, possible: Vec<Value> },
    /// There is none without the operation, which has never taken effect.
    SeenThoughRefused,
    /// Too much is open at once.
    TooMany,
}

/// The history of one key.
#[derive(Clone, Debug)]
pub(super) struct Register {
    now: Moment,
    frontier: Frontier,
    calls: Calls,
    /// By number of the operation, the calls that have not been answered.
    numbers: SortedMap<u64, Moment>,
    /// What has happened since the oldest call that waits, an entry a moment.
    recent: VecDeque<Entry>,
}

impl Default for Register {
    fn default() -> Self {
        Self {
            now: 0,
            frontier: Arc::new(vec![Configuration::default()]),
            calls: Calls::default(),
            numbers: SortedMap::new(),
            recent: VecDeque::new(),
        }
    }
}

impl Register {
    /// A write from before the history, that may take effect now, later or never.
    pub(super) fn start_with(&mut self, value: Value) {
        let effect = Effect::Write(value);
        if self.calls.iter().all(|(_, call)| call.effect != effect) {
            let moment = self.next_moment();
            let standing = Standing::Unknown;
            self.calls.insert(moment, Call { effect, standing });
        }
    }

    /// An operation is called; `effect` is what it may do.
    pub(super) fn call(&mut self, number: u64, effect: Option<Effect>) {
        let moment = self.next_moment();
        self.numbers.insert(number, moment);
        self.recent.push_back(Entry::Called {
            call: moment,
            before: Some(self.frontier.clone()),
        });
        if let Some(effect) = effect {
            let standing = Standing::Open;
            self.calls.insert(moment, Call { effect, standing });
        }
    }

    /// An operation is answered, or its client gives it up.
    pub(super) fn answer(&mut self, number: u64, told: Told) -> Verdict {
        let Some(call) = self.numbers.remove(&number) else {
            return Verdict::Fits;
        };
        let verdict = match told {
            Told::Nothing => {
                self.calls.set_standing(call, Standing::Unknown);
                Ok(Verdict::Fits)
            }
            Told::Never => self.refused(call),
            Told::Effect(effect) => self.took_effect(call, effect),
        };
        self.forget_snapshot(call);
        self.trim();
        self.settle();
        verdict.unwrap_or(Verdict::TooMany)
    }

    fn next_moment(&mut self) -> Moment {
        self.now += 1;
        self.now
    }

    fn refused(&mut self, call: Moment) -> Result<Verdict, TooMany> {
        self.calls.remove(call);
        self.frontier = Arc::new(self.replay(call)?);
        Ok(match self.frontier.is_empty() {
            true => Verdict::SeenThoughRefused,
            false => Verdict::Fits,
        })
    }

    fn took_effect(&mut self, call: Moment, effect: Effect) -> Result<Verdict, TooMany> {
        let now = self.next_moment();
        let (standing, is_write) = (Standing::Answered(now), effect.is_write());
        self.calls.insert(call, Call { effect, standing });
        self.recent.push_back(Entry::Answered { call });
        let frontier = match is_write {
            true => self.answering(now, &[]).answered(&self.frontier, call)?,
            false => self.replay(call)?,
        };
        if frontier.is_empty() {
            return Ok(self.misread(call));
        }
        self.frontier = Arc::new(frontier);
        Ok(Verdict::Fits)
    }

    /// Goes again through what has happened since that call, with what is known now.
    fn replay(&mut self, from: Moment) -> Result<Vec<Configuration>, TooMany> {
        let place = self.place(from);
        let Some(Entry::Called { before, .. }) = self.recent.get(place) else {
            return Ok(self.frontier.to_vec());
        };
        let mut frontier = before.as_deref().cloned().unwrap_or_default();
        let mut foreseen = self.called_before_and_answered_after(place, from);
        for (place, now) in (place..self.recent.len()).zip(from..) {
            match &mut self.recent[place] {
                Entry::Called { call, before } => {
                    let call = *call;
                    if before.is_some() {
                        *before = Some(Arc::new(frontier.clone()));
                    }
                    if let Some(Call {
                        standing: Standing::Answered(_),
                        ..
                    }) = self.calls.get(call)
                    {
                        add(&mut foreseen, call);
                        frontier = self.answering(now, &foreseen).called(&frontier);
                    }
                }
                Entry::Answered { call } => {
                    let call = *call;
                    remove(&mut foreseen, call);
                    frontier = self.answering(now, &foreseen).answered(&frontier, call)?;
                }
            }
        }
        Ok(frontier)
    }

    fn answering<'a>(&'a self, now: Moment, foreseen: &'a [Moment]) -> Answering<'a> {
        Answering {
            calls: &self.calls,
            foreseen,
            now,
        }
    }

    /// The calls open at that moment whose answers are in `recent`, from that place on.
    fn called_before_and_answered_after(&self, place: usize, moment: Moment) -> Vec<Moment> {
        let later = self.recent.range(place..);
        let answered = later.filter_map(|entry| match entry {
            Entry::Answered { call } => Some(*call),
            Entry::Called { .. } => None,
        });
        let mut found = Vec::new();
        for call in answered.filter(|&call| call < moment) {
            add(&mut found, call);
        }
        found
    }

    /// What the operation found does not fit: what could it have found?
    fn misread(&mut self, call: Moment) -> Verdict {
        let found = self.calls.get(call).and_then(|call| call.effect.needs());
        let found = found.cloned().unwrap_or_default();
        let mut guesses = self.values_since(call);
        guesses.truncate(GUESSES_MAX);
        guesses.retain(|guess| {
            let standing = Standing::Answered(self.now);
            let effect = Effect::Read(guess.clone());
            self.calls.insert(call, Call { effect, standing });
            self.replay(call).is_ok_and(|frontier| !frontier.is_empty())
        });
        Verdict::Misread {
            found,
            possible: guesses,
        }
    }

    /// The values that the key may have had since that call, the likeliest first.
    fn values_since(&self, call: Moment) -> Vec<Value> {
        let snapshot = match self.recent.get(self.place(call)) {
            Some(Entry::Called { before, .. }) => before.as_deref(),
            _ => None,
        };
        let had = self.frontier.iter().chain(snapshot.into_iter().flatten());
        let had = had.map(|configuration| &configuration.value);
        let calls = self.calls.iter().filter(|&(moment, _)| moment != call);
        let made = calls.filter_map(|(_, call)| call.effect.makes());
        let mut values: Vec<Value> = Vec::new();
        for value in had.chain(made) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    }

    /// Where what happened at that moment is in `recent`, whose last entry is of now.
    fn place(&self, moment: Moment) -> usize {
        let back = (self.now - moment) as usize;
        (self.recent.len() - 1).saturating_sub(back)
    }

    fn forget_snapshot(&mut self, call: Moment) {
        let place = self.place(call);
        if let Some(Entry::Called { before, .. }) = self.recent.get_mut(place) {
            *before = None;
        }
    }

    /// Forgets what happened before the oldest call that waits.
    fn trim(&mut self) {
        while let Some(Entry::Called { before: None, .. } | Entry::Answered { .. }) =
            self.recent.front()
        {
            if let Some(Entry::Answered { call }) = self.recent.pop_front() {
                self.calls.remove(call);
            }
        }
    }

    /// Forgets the operations of unknown outcome that have taken effect in every configuration.
    fn settle(&mut self) {
        let first = self.frontier.first().map(|first| first.done.clone());
        let is_settled = |call: Moment| {
            let snapshots = self.recent.iter().filter_map(|entry| match entry {
                Entry::Called { before, .. } => before.as_ref(),
                Entry::Answered { .. } => None,
            });
            let mut frontiers = snapshots.chain([&self.frontier]);
            let call = &call;
            frontiers.all(|frontier| frontier.iter().all(|one| one.done.contains(call)))
        };
        let mut settled = first.unwrap_or_default();
        settled.retain(|&call| {
            let call_made = self.calls.get(call);
            call_made.is_some_and(|made| made.standing == Standing::Unknown) && is_settled(call)
        });
        for call in settled {
            self.calls.remove(call);
            forget(&mut self.frontier, call);
            for entry in &mut self.recent {
                if let Entry::Called {
                    before: Some(before),
                    ..
                } = entry
                {
                    forget(before, call);
                }
            }
        }
    }
}

fn forget(frontier: &mut Frontier, call: Moment) {
    for configuration in Arc::make_mut(frontier) {
        configuration.forget(call);
    }
}
