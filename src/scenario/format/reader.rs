//! Reading values: each method takes a value of the file and gives what it means, or reports why
//! it means nothing and gives `None`, so that reading goes on and finds the other errors.

use std::collections::BinaryHeap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::kv::ClientId;
use crate::raft::{NodeId, NodeSet, Span};
use crate::sim::{ClockRate, Probability, SpanRange};

use super::decimal::decimal;
use super::error::{Error, Lines};
use super::words::{clip, found, guess, list};
use super::{MAX_ERRORS, MAX_TEXT_BYTES, duration};

/// A value of the file and where it stands.
pub(super) type Value<'v> = &'v Spanned<DeValue<'v>>;

/// The largest integer of TOML.
pub(super) const MAX_INTEGER: u64 = i64::MAX as u64;

/// What reading needs to know and what it finds out.
pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    errors: Vec<Error>,
    /// The nodes that may be named.
    pub(super) nodes: NodeSet,
    clients: Vec<String>,
}

/// A table whose keys are all known.
pub(super) struct Table<'v> {
    map: &'v DeTable<'v>,
    place: &'static str,
    byte: usize,
    /// Whether every key in it is a known one.
    pub(super) is_understood: bool,
}

impl<'v> Table<'v> {
    /// The value of `key`.
    pub(super) fn get(&self, key: &str) -> Option<Value<'v>> {
        self.map.get(key)
    }

    /// Where it begins.
    pub(super) fn byte(&self) -> usize {
        self.byte
    }

    /// Its keys with their places and values, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(&'v str, usize, Value<'v>)> {
        entries(self.map)
    }
}

/// The keys of a table with their places and values, in the order of the file.
pub(super) fn entries<'v>(map: &'v DeTable<'v>) -> Vec<(&'v str, usize, Value<'v>)> {
    let mut entries: Vec<_> = map
        .iter()
        .map(|(key, value)| (&**key.get_ref(), key.span().start, value))
        .collect();
    entries.sort_by_cached_key(|&(_, byte, _)| byte as u64);
    entries
}

/// The integer that a value is, unless it is negative or too large for any use.
pub(super) fn unsigned(value: Value<'_>) -> Option<u64> {
    match value.get_ref() {
        DeValue::Integer(integer) => u64::from_str_radix(integer.as_str(), integer.radix()).ok(),
        _ => None,
    }
}

impl<'t> Reader<'t> {
    /// A reader of values from `text`, to which every node is known.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::new(text),
            errors: Vec::new(),
            nodes: NodeSet::first(NodeId::MAX as usize),
            clients: vec!["c1".to_owned()],
        }
    }

    /// The clients that were met, if there was no error, else the errors in the order of the file.
    pub(super) fn finish(self) -> Result<Vec<String>, Vec<Error>> {
        if self.errors.is_empty() {
            return Ok(self.clients);
        }
        Err(BinaryHeap::from(self.errors).into_sorted_vec())
    }

    /// The line of a byte.
    pub(super) fn line(&self, byte: usize) -> u32 {
        self.lines.line(byte)
    }

    /// Reports an error at a byte.
    pub(super) fn error(&mut self, byte: usize, message: impl Into<String>) {
        if !self.is_full() {
            self.errors.push(self.lines.error(byte, message.into()));
        }
    }

    /// Whether there are as many errors as are reported.
    fn is_full(&self) -> bool {
        self.errors.len() >= MAX_ERRORS
    }

    /// Reports that a value is of another type than expected.
    fn expected<T>(&mut self, value: Value<'_>, expected: &str) -> Option<T> {
        let message = format!("expected {expected}, found {}", found(value.get_ref()));
        self.error(value.span().start, message);
        None
    }

    /// Puts what `read` makes of `value` in `field`, if there is such a value and it means
    /// something.
    pub(super) fn set<T>(
        &mut self,
        field: &mut T,
        value: Option<Value<'_>>,
        read: impl FnOnce(&mut Self, Value<'_>) -> Option<T>,
    ) {
        if let Some(read) = value.and_then(|value| read(self, value)) {
            *field = read;
        }
    }

    /// A table with no other keys than `keys`; `place` says which, for errors: `in [network]`.
    pub(super) fn table<'v>(
        &mut self,
        value: Value<'v>,
        place: &'static str,
        keys: &[&'static str],
    ) -> Option<Table<'v>> {
        match value.get_ref() {
            DeValue::Table(map) => Some(self.root(map, value.span().start, place, keys)),
            _ => self.expected(
                value,
                &format!("a table with {}", list(keys.iter().copied(), '`', "or")),
            ),
        }
    }

    /// As [`Reader::table`], for what is a table already.
    pub(super) fn root<'v>(
        &mut self,
        map: &'v DeTable<'v>,
        byte: usize,
        place: &'static str,
        keys: &[&'static str],
    ) -> Table<'v> {
        let unknown: Vec<_> = map
            .keys()
            .filter(|key| !keys.contains(&&**key.get_ref()))
            .collect();
        for key in &unknown {
            if self.is_full() {
                break;
            }
            let hint = match guess(key.get_ref(), keys.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it may have {}", list(keys.iter().copied(), '`', "and")),
            };
            let message = format!("unknown key `{}` {place}; {hint}", clip(key.get_ref()));
            self.error(key.span().start, message);
        }
        Table {
            map,
            place,
            byte,
            is_understood: unknown.is_empty(),
        }
    }

    /// The value of a key that must be there; `example` is a right value of it.
    pub(super) fn required<'v>(
        &mut self,
        table: &Table<'v>,
        key: &'static str,
        example: &str,
    ) -> Option<Value<'v>> {
        let value = table.get(key);
        if value.is_none() && !self.is_full() {
            let message = format!("missing `{key}` {}; add `{key} = {example}`", table.place);
            self.error(table.byte, message);
        }
        value
    }

    /// An array; `what` says of what, for errors.
    pub(super) fn array<'v>(
        &mut self,
        value: Value<'v>,
        what: &str,
    ) -> Option<&'v [Spanned<DeValue<'v>>]> {
        match value.get_ref() {
            DeValue::Array(items) => Some(items),
            _ => self.expected(value, what),
        }
    }

    /// A string; `what` says of what kind, for errors.
    pub(super) fn string<'v>(&mut self, value: Value<'v>, what: &str) -> Option<&'v str> {
        match value.get_ref() {
            DeValue::String(text) => Some(text),
            _ => self.expected(value, what),
        }
    }

    /// A key or a value of the store.
    pub(super) fn text(&mut self, value: Value<'_>) -> Option<Arc<str>> {
        let text = self.string(value, "a string in quotes")?;
        self.fits(value.span().start, text).then(|| text.into())
    }

    /// Whether a key or value of the store is not too long.
    pub(super) fn fits(&mut self, byte: usize, text: &str) -> bool {
        let fits = text.len() <= MAX_TEXT_BYTES;
        if !fits {
            let message = format!(
                "this has {} bytes; keys, values and names have at most {MAX_TEXT_BYTES}",
                text.len()
            );
            self.error(byte, message);
        }
        fits
    }

    /// A client's name.
    pub(super) fn client(&mut self, value: Value<'_>) -> Option<ClientId> {
        let name = self.string(value, "a client's name such as \"c1\"")?;
        if name.is_empty() {
            self.error(
                value.span().start,
                "a client's name is not empty; write \"c1\"",
            );
            return None;
        }
        if !self.fits(value.span().start, name) {
            return None;
        }
        let known = self.clients.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.clients.push(name.to_owned());
            self.clients.len() - 1
        });
        // A file has fewer bytes than there are numbers for clients.
        Some(ClientId(index as u32))
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, value: Value<'_>) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.expected(value, "`true` or `false`"),
        }
    }

    /// `true`, the only value that the key `key` can have.
    pub(super) fn only_true(&mut self, value: Value<'_>, key: &str) -> Option<()> {
        if self.boolean(value)? {
            return Some(());
        }
        let message = format!("`{key}` can only be `true`; leave it out otherwise");
        self.error(value.span().start, message);
        None
    }

    /// An integer in `range`.
    pub(super) fn integer(&mut self, value: Value<'_>, range: RangeInclusive<u64>) -> Option<u64> {
        if let Some(number) = unsigned(value).filter(|number| range.contains(number)) {
            return Some(number);
        }
        let expected = match range.into_inner() {
            (low, MAX_INTEGER) => format!("an integer of at least {low}"),
            (low, high) => format!("an integer from {low} to {high}"),
        };
        self.expected(value, &expected)
    }

    /// A number of which `is_right`; `what` says which are, for errors.
    pub(super) fn number(
        &mut self,
        value: Value<'_>,
        what: &str,
        is_right: impl FnOnce(f64) -> bool,
    ) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => decimal(number.as_str()),
            DeValue::Float(number) => decimal(number.as_str()),
            _ => None,
        };
        match number {
            Some(number) if is_right(number) => Some(number),
            _ => self.expected(value, what),
        }
    }

    /// A probability.
    pub(super) fn probability(&mut self, value: Value<'_>) -> Option<Probability> {
        self.number(value, "a probability from 0 to 1", |p| {
            (0.0..=1.0).contains(&p)
        })
        .and_then(Probability::new)
    }

    /// The rate of a clock.
    pub(super) fn clock_rate(&mut self, value: Value<'_>) -> Option<ClockRate> {
        let what = "the rate of a clock against true time, from 0.01 to 100, such as 1.2";
        self.number(value, what, |rate| ClockRate::new(rate).is_some())
            .and_then(ClockRate::new)
    }

    /// A duration.
    pub(super) fn span(&mut self, value: Value<'_>) -> Option<Span> {
        let text = self.string(value, "a duration such as \"150ms\"")?;
        self.meant(value, duration::duration(text))
    }

    /// A duration that is not zero.
    pub(super) fn positive_span(&mut self, value: Value<'_>) -> Option<Span> {
        let span = self.span(value)?;
        self.not_zero(value, span).map(|()| span)
    }

    /// A duration or a range of them.
    pub(super) fn span_range(&mut self, value: Value<'_>) -> Option<SpanRange> {
        let text = self.string(value, "a duration or a range such as \"10ms..15ms\"")?;
        self.meant(value, duration::span_range(text))
    }

    /// A range of durations, none of them zero.
    pub(super) fn positive_range(&mut self, value: Value<'_>) -> Option<SpanRange> {
        let range = self.span_range(value)?;
        self.not_zero(value, range.low()).map(|()| range)
    }

    fn not_zero(&mut self, value: Value<'_>, span: Span) -> Option<()> {
        if span > Span::ZERO {
            return Some(());
        }
        self.error(
            value.span().start,
            "this must be longer than zero; the least is \"1us\"",
        );
        None
    }

    fn meant<T>(&mut self, value: Value<'_>, read: Result<T, String>) -> Option<T> {
        read.map_err(|message| self.error(value.span().start, message))
            .ok()
    }

    /// One of the words in `known`; `what` says what they are, for errors.
    pub(super) fn choice<T: Copy>(
        &mut self,
        value: Value<'_>,
        what: &str,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let words = || known.iter().map(|&(word, _)| word);
        let right = || list(words(), '"', "or");
        let DeValue::String(word) = value.get_ref() else {
            return self.expected(value, &right());
        };
        if let Some((_, meaning)) = known.iter().find(|(known, _)| known == word) {
            return Some(*meaning);
        }
        let hint = match guess(word, words()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("write {}", right()),
        };
        let message = format!("there is no {what} \"{}\"; {hint}", clip(word));
        self.error(value.span().start, message);
        None
    }
}
