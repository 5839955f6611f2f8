//! The small types everything else is written in: who, when, which term, which index.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A server of the cluster, shown as `S1`, `S2`, …
///
/// From 1 to [`NodeId::MAX`], so that a set of nodes is one machine word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NodeId(u8);

impl NodeId {
    /// The largest number that a node can have.
    pub const MAX: u8 = 64;

    /// The node numbered `number`, or `None` when it is not from 1 to [`NodeId::MAX`].
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::MAX {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The node at place `index`, counting from 0.
    ///
    /// # Panics
    /// When `index` is not below [`NodeId::MAX`].
    pub const fn from_index(index: usize) -> Self {
        assert!(index < Self::MAX as usize, "a cluster has at most 64 nodes");
        Self(index as u8 + 1)
    }

    /// Its number, from 1.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Its place in a table of nodes, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize - 1
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{}", self.0)
    }
}

impl std::str::FromStr for NodeId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.strip_prefix('S')
            .filter(|digits| !digits.starts_with(['0', '+']))
            .and_then(|digits| digits.parse().ok())
            .and_then(Self::new)
            .ok_or_else(|| {
                format!(
                    "`{text}` is not a node; a node is `S1`, `S2`, … `S{}`",
                    Self::MAX
                )
            })
    }
}

impl TryFrom<String> for NodeId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<NodeId> for String {
    fn from(id: NodeId) -> Self {
        id.to_string()
    }
}

/// A set of nodes: one bit a node, so that counting a quorum is one instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NodeSet(u64);

impl NodeSet {
    /// No node.
    pub const EMPTY: Self = Self(0);

    /// The nodes `S1` to `S<count>`.
    pub fn first(count: usize) -> Self {
        (0..count).map(NodeId::from_index).collect()
    }

    /// Whether `id` is in the set.
    pub const fn contains(self, id: NodeId) -> bool {
        self.0 & (1 << (id.0 - 1)) != 0
    }

    /// Adds `id`; says whether it was new.
    pub const fn insert(&mut self, id: NodeId) -> bool {
        let before = self.0;
        self.0 |= 1 << (id.0 - 1);
        self.0 != before
    }

    /// Takes `id` out; says whether it was there.
    pub const fn remove(&mut self, id: NodeId) -> bool {
        let before = self.0;
        self.0 &= !(1 << (id.0 - 1));
        self.0 != before
    }

    /// How many nodes are in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no node is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The nodes that are in both sets.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The nodes that are in either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The nodes of this set that are not in `other`.
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The nodes in order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = NodeId> + Clone {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            (bits != 0).then(|| {
                let index = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                NodeId::from_index(index)
            })
        })
    }
}

impl Extend<NodeId> for NodeSet {
    fn extend<I: IntoIterator<Item = NodeId>>(&mut self, ids: I) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(ids: I) -> Self {
        let mut set = Self::EMPTY;
        set.extend(ids);
        set
    }
}

impl fmt::Display for NodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for id in self.iter() {
            write!(f, "{separator}{id}")?;
            separator = ", ";
        }
        Ok(())
    }
}

impl fmt::Debug for NodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

/// A term: Raft's logical clock (§5.1). 0 is before any election.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Term(pub u64);

impl Term {
    /// Before any election.
    pub const ZERO: Self = Self(0);

    /// The term after this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an entry in the log, from 1; 0 is before the first (§5.3).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct LogIndex(pub u64);

impl LogIndex {
    /// Before the first entry.
    pub const ZERO: Self = Self(0);

    /// The index after this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The index before this one; that of 0 is 0.
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for LogIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A length of time in microseconds.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub u64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000)
    }

    /// So many seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000_000)
    }

    /// In microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Span {
    /// In the unit a person would choose: `20 µs`, `12.5 ms`, `1.5 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit, digits) = match self.0 {
            0 => return f.write_str("0 ms"),
            1..=999 => return write!(f, "{} µs", self.0),
            1_000..=999_999 => (self.0, "ms", 1_000),
            _ => (self.0 / 1_000, "s", 1_000),
        };
        match value % digits {
            0 => write!(f, "{} {unit}", value / digits),
            rest => {
                let fraction = format!("{rest:03}");
                write!(
                    f,
                    "{}.{} {unit}",
                    value / digits,
                    fraction.trim_end_matches('0')
                )
            }
        }
    }
}

impl std::ops::Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Mul<u64> for Span {
    type Output = Self;

    fn mul(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

/// A moment of simulated time: microseconds since the start of the run.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub u64);

impl Time {
    /// The start of the run.
    pub const ZERO: Self = Self(0);

    /// How long after `earlier` this is; zero when it is not after it.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl std::ops::Add<Span> for Time {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl fmt::Display for Time {
    /// In seconds with microseconds: `1.250000 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06} s", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_written_as_it_is_read() {
        assert_eq!("S7".parse::<NodeId>().unwrap().to_string(), "S7");
        for wrong in ["", "S", "S0", "S65", "7", "s1", "S01", "S+1", "S1 "] {
            assert!(wrong.parse::<NodeId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_set_holds_the_first_and_the_last_node() {
        let all = NodeSet::first(NodeId::MAX as usize);
        assert_eq!(all.len(), 64);
        assert_eq!(all.iter().count(), 64);
        assert_eq!(all.iter().last(), NodeId::new(64));
    }

    #[test]
    fn a_span_is_shown_in_the_unit_a_person_would_choose() {
        for (span, shown) in [
            (0, "0 ms"),
            (20, "20 µs"),
            (12_500, "12.5 ms"),
            (150_000, "150 ms"),
            (1_500_000, "1.5 s"),
            (60_000_000, "60 s"),
        ] {
            assert_eq!(Span(span).to_string(), shown);
        }
    }
}
