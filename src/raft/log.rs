//! The log of one node (§5.3): entries by index, shared in structure between clones.
//!
//! A clone costs a few reference counts however long the log is, which is what lets a world be
//! cloned for every checkpoint.

use std::hash::{Hash, Hasher};

use rpds::VectorSync;

use super::chunks::Chunks;
use super::configuration::Configuration;
use super::types::{LogIndex, Term};

/// What an entry of the log carries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Payload<C> {
    /// Nothing: a leader appends one at the start of its term, to commit what came before (§8).
    Noop,
    /// A command for the state machine.
    Command(C),
    /// A configuration of the cluster (§6), in force as soon as it is in the log.
    Configuration(Box<Configuration>),
    /// Something that nobody has told: all that is known of the entry is its term.
    Unknown,
}

/// An entry of the log.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry<C> {
    /// The term of the leader that made it.
    pub term: Term,
    /// What it carries.
    pub payload: Payload<C>,
}

impl<C> Entry<C> {
    /// The configuration that it carries, if it does.
    pub fn configuration(&self) -> Option<&Configuration> {
        match &self.payload {
            Payload::Configuration(configuration) => Some(configuration),
            Payload::Noop | Payload::Command(_) | Payload::Unknown => None,
        }
    }
}

/// The entries that a node has, from the first kept one on.
#[derive(Clone, Debug)]
pub struct Log<C> {
    entries: Chunks<Entry<C>>,
    /// The configurations among them, so that the one in force is known without a search.
    configurations: VectorSync<(LogIndex, Configuration)>,
    /// How many at the front of `entries` are compacted away and only take room: never more than are
    /// kept, so that each entry is moved once at most for each that is dropped.
    dropped: usize,
    /// Index and term of the entry before the first kept one: 0 and 0 unless compacted (§7).
    base: (LogIndex, Term),
}

impl<C: PartialEq> PartialEq for Log<C> {
    /// Equal logs keep equal entries; what has been dropped does not matter.
    fn eq(&self, other: &Self) -> bool {
        let kept = |log: &Self| log.entries.len() - log.dropped;
        self.base == other.base
            && kept(self) == kept(other)
            && (self.entries.iter().skip(self.dropped)).eq(other.entries.iter().skip(other.dropped))
    }
}

impl<C: Eq> Eq for Log<C> {}

impl<C: Hash> Hash for Log<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.base.hash(state);
        (self.entries.len() - self.dropped).hash(state);
        for entry in self.entries.iter().skip(self.dropped) {
            entry.hash(state);
        }
    }
}

impl<C> Default for Log<C> {
    fn default() -> Self {
        Self {
            entries: Chunks::default(),
            configurations: VectorSync::new_sync(),
            dropped: 0,
            base: (LogIndex::ZERO, Term::ZERO),
        }
    }
}

impl<C: Clone> Log<C> {
    /// A log without entries that goes on after a snapshot, whose last entry is the one of that index
    /// and term.
    pub fn after(index: LogIndex, term: Term) -> Self {
        Self {
            base: (index, term),
            ..Self::default()
        }
    }

    /// Index and term of the entry before the first kept one: the last one that a snapshot covers,
    /// or 0 and 0.
    pub const fn base(&self) -> (LogIndex, Term) {
        self.base
    }

    /// The index of the first entry kept.
    pub fn first_index(&self) -> LogIndex {
        self.base.0.next()
    }

    /// The index of the last entry; that of the base when no entry is kept.
    pub fn last_index(&self) -> LogIndex {
        LogIndex(self.base.0.0 + self.len() as u64)
    }

    /// The term of the last entry; 0 when the log is empty.
    pub fn last_term(&self) -> Term {
        match self.entries.last() {
            Some(entry) if !self.is_empty() => entry.term,
            _ => self.base.1,
        }
    }

    /// How many entries are kept.
    pub fn len(&self) -> usize {
        self.entries.len() - self.dropped
    }

    /// Whether no entry is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at `index`, when it is kept.
    pub fn get(&self, index: LogIndex) -> Option<&Entry<C>> {
        let place = index.0.checked_sub(self.base.0.0 + 1)?;
        self.entries
            .get(self.dropped + usize::try_from(place).ok()?)
    }

    /// The term of the entry at `index`, also of the one just before the first kept; `None` when
    /// the log does not say.
    pub fn term_at(&self, index: LogIndex) -> Option<Term> {
        if index == self.base.0 {
            Some(self.base.1)
        } else {
            self.get(index).map(|entry| entry.term)
        }
    }

    /// Whether the log has the committed entry of that index and term, or a snapshot in its place.
    pub fn covers(&self, index: LogIndex, term: Term) -> bool {
        index < self.base.0 || self.term_at(index) == Some(term)
    }

    /// The kept entries from `from` on, with their indices.
    pub fn iter_from(&self, from: LogIndex) -> impl Iterator<Item = (LogIndex, &Entry<C>)> {
        let from = from.max(self.first_index());
        (from.0..=self.last_index().0)
            .map(LogIndex)
            .filter_map(|index| Some((index, self.get(index)?)))
    }

    /// An index up to which the entries that both logs keep are the same, because both share them: what
    /// comes after it may be the same, too.
    pub fn shared_with(&self, other: &Self) -> LogIndex {
        let alike = (self.base, self.dropped) == (other.base, other.dropped);
        let shared = if alike {
            self.entries.shared(&other.entries)
        } else {
            0
        };
        LogIndex(self.base.0.0 + shared.saturating_sub(self.dropped) as u64)
    }

    /// Up to `max` entries from `from` on, for a message.
    pub fn slice(&self, from: LogIndex, max: usize) -> Vec<Entry<C>> {
        let from = from.max(self.first_index());
        let there = (self.last_index().0 + 1).saturating_sub(from.0) as usize;
        let mut entries = Vec::with_capacity(there.min(max));
        entries.extend(
            self.iter_from(from)
                .take(max)
                .map(|(_, entry)| entry.clone()),
        );
        entries
    }

    /// Appends one entry, of a term not below that of the last, and returns its index.
    pub fn append(&mut self, entry: Entry<C>) -> LogIndex {
        let configuration = entry.configuration().copied();
        self.entries.push(entry);
        let index = self.last_index();
        if let Some(configuration) = configuration {
            self.configurations.push_back_mut((index, configuration));
        }
        index
    }

    /// Removes the entry at `first` and all that follow it; returns them in order.
    pub fn truncate_from(&mut self, first: LogIndex) -> Vec<Entry<C>> {
        assert!(
            first > self.base.0,
            "what a snapshot covers is never removed"
        );
        let removed = self.slice(first, usize::MAX);
        for _ in &removed {
            self.entries.pop();
        }
        while self
            .configurations
            .last()
            .is_some_and(|&(at, _)| at >= first)
        {
            self.configurations.drop_last_mut();
        }
        removed
    }

    /// The newest configuration at or before `index`, with its place; `None` when the log has none
    /// there.
    pub fn configuration_at(&self, index: LogIndex) -> Option<(LogIndex, Configuration)> {
        // By place: an iterator over the tree takes memory of its own.
        let newest_first = (0..self.configurations.len()).rev();
        newest_first
            .filter_map(|place| self.configurations.get(place).copied())
            .find(|&(at, _)| at <= index)
    }

    /// Drops the entries up to the one of that index and term, which a snapshot covers (§7); what is
    /// kept follows it.
    pub fn compact(&mut self, (index, term): (LogIndex, Term)) {
        assert!(
            self.base.0 <= index && index <= self.last_index(),
            "only what is there is dropped"
        );
        self.dropped += (index.0 - self.base.0.0) as usize;
        self.base = (index, term);
        if (self.configurations.first()).is_some_and(|&(at, _)| at <= index) {
            let configurations = self.configurations.iter().copied();
            self.configurations = configurations.filter(|&(at, _)| at > index).collect();
        }
        if self.dropped > self.len() {
            self.entries = self.entries.iter().skip(self.dropped).cloned().collect();
            self.dropped = 0;
        }
    }

    /// The first index of the run of entries of `term` that ends at or before `index`: where a
    /// follower tells a leader to go back to (§5.3, the conflict optimisation).
    pub fn first_index_of_term_at(&self, index: LogIndex) -> LogIndex {
        let Some(term) = self.term_at(index) else {
            return self.first_index();
        };
        let (mut low, mut high) = (self.first_index().0, index.0);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.term_at(LogIndex(middle)) < Some(term) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        LogIndex(high)
    }

    /// The last index whose entry has a term of at most `term`, terms never falling along a log.
    pub fn last_index_up_to_term(&self, term: Term) -> LogIndex {
        let (mut low, mut high) = (self.base.0.0, self.last_index().0);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.term_at(LogIndex(middle)) > Some(term) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        LogIndex(low)
    }
}

impl<C: Clone> FromIterator<Entry<C>> for Log<C> {
    /// A log of these entries, from index 1.
    fn from_iter<I: IntoIterator<Item = Entry<C>>>(entries: I) -> Self {
        let mut log = Self::default();
        for entry in entries {
            log.append(entry);
        }
        log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(terms: &[u64]) -> Log<()> {
        let entry = |&term| Entry {
            term: Term(term),
            payload: Payload::Noop,
        };
        terms.iter().map(entry).collect()
    }

    #[test]
    fn an_empty_log_ends_before_the_first_index() {
        let log = log(&[]);
        assert_eq!(log.last_index(), LogIndex(0));
        assert_eq!(log.last_term(), Term(0));
        assert_eq!(log.term_at(LogIndex(0)), Some(Term(0)));
        assert_eq!(log.term_at(LogIndex(1)), None);
    }

    #[test]
    fn truncation_returns_what_it_removed() {
        let mut log = log(&[1, 1, 2, 3]);
        let removed = log.truncate_from(LogIndex(3));
        assert_eq!(
            removed.iter().map(|entry| entry.term.0).collect::<Vec<_>>(),
            [2, 3]
        );
        assert_eq!(log.last_index(), LogIndex(2));
    }

    #[test]
    fn the_configuration_at_an_index_is_the_newest_up_to_it() {
        let voters = |count| Configuration::new(super::super::types::NodeSet::first(count));
        let mut log = log(&[1]);
        for count in [3, 4] {
            let payload = Payload::Configuration(voters(count).into());
            let term = Term(1);
            log.append(Entry { term, payload });
            let payload = Payload::Noop;
            log.append(Entry { term, payload });
        }
        let at = |log: &Log<()>, index| log.configuration_at(LogIndex(index));
        assert_eq!(at(&log, 1), None);
        assert_eq!(at(&log, 3), Some((LogIndex(2), voters(3))));
        assert_eq!(at(&log, 9), Some((LogIndex(4), voters(4))));
        log.truncate_from(LogIndex(4));
        assert_eq!(at(&log, 9), Some((LogIndex(2), voters(3))));
        log.truncate_from(LogIndex(2));
        assert_eq!(at(&log, 9), None);
    }

    #[test]
    fn compaction_keeps_what_follows() {
        let terms = [1, 1, 2, 3, 3, 5];
        for first in 0..=6u64 {
            for last in first..=6 {
                let mut compacted = log(&terms);
                for through in [first, last] {
                    let term = compacted.term_at(LogIndex(through)).unwrap();
                    compacted.compact((LogIndex(through), term));
                }
                let mut direct = log(&terms);
                let term = direct.term_at(LogIndex(last)).unwrap();
                direct.compact((LogIndex(last), term));
                assert_eq!(compacted, direct);
                assert_eq!(compacted.base(), (LogIndex(last), term));
                assert_eq!(
                    (compacted.last_index(), compacted.last_term().0),
                    (LogIndex(6), 5)
                );
                assert_eq!(compacted.len() as u64, 6 - last);
                for index in 0..=7u64 {
                    let kept = log(&terms)
                        .get(LogIndex(index))
                        .filter(|_| index > last)
                        .cloned();
                    assert_eq!(compacted.get(LogIndex(index)).cloned(), kept);
                }
            }
        }
    }

    #[test]
    fn a_log_can_be_cut_back_to_its_snapshot_and_grow_again() {
        let mut log = log(&[1, 1, 2, 3]);
        log.compact((LogIndex(2), Term(1)));
        assert_eq!(log.truncate_from(LogIndex(3)).len(), 2);
        assert_eq!((log.last_index(), log.last_term()), (LogIndex(2), Term(1)));
        assert_eq!(log, Log::after(LogIndex(2), Term(1)));
        log.append(Entry {
            term: Term(4),
            payload: Payload::Noop,
        });
        assert_eq!(log.term_at(LogIndex(3)), Some(Term(4)));
    }

    #[test]
    fn the_conflict_searches_agree_with_a_linear_scan() {
        let terms = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
        let log = log(&terms);
        for index in 1..=10u64 {
            let term = terms[index as usize - 1];
            let first = terms.iter().position(|&t| t == term).unwrap() as u64 + 1;
            assert_eq!(log.first_index_of_term_at(LogIndex(index)), LogIndex(first));
        }
        for term in 0..8 {
            let last = terms.iter().filter(|&&t| t <= term).count() as u64;
            assert_eq!(log.last_index_up_to_term(Term(term)), LogIndex(last));
        }
    }
}
