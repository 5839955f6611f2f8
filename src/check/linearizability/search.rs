//! The search for an order: Wing and Gong's, with Lowe's memory of what has been tried.

use std::collections::HashSet;

use crate::raft::Time;

/// A value of the key, by number; [`ABSENT`] is none.
pub(super) type Value = u32;
pub(super) const ABSENT: Value = 0;

/// What an operation did to the key, as its client saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effect {
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

/// An operation on the key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) effect: Effect,
    pub(super) began: Time,
    /// `None`: nobody knows.
    pub(super) ended: Option<Time>,
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
pub(super) struct Search<'a> {
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
    pub(super) fn new(calls: &'a [Call]) -> Self {
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

    /// Whether there is an order.
    pub(super) fn run(mut self) -> bool {
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
