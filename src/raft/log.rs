//! The log of one node (§5.3): entries by index, shared in structure between clones.
//!
//! A clone costs a few reference counts however long the log is, which is what lets a world be
//! cloned for every checkpoint.

use rpds::VectorSync;

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
    Configuration(Configuration),
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
    pub const fn configuration(&self) -> Option<&Configuration> {
        match &self.payload {
            Payload::Configuration(configuration) => Some(configuration),
            Payload::Noop | Payload::Command(_) => None,
        }
    }
}

/// The entries that a node has, from the first kept one on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Log<C> {
    entries: VectorSync<Entry<C>>,
    /// The configurations among them, so that the one in force is known without a search.
    configurations: VectorSync<(LogIndex, Configuration)>,
    /// Index and term of the entry before the first kept one: 0 and 0 unless compacted (§7).
    base: (LogIndex, Term),
}

impl<C> Default for Log<C> {
    fn default() -> Self {
        Self {
            entries: VectorSync::new_sync(),
            configurations: VectorSync::new_sync(),
            base: (LogIndex::ZERO, Term::ZERO),
        }
    }
}

impl<C: Clone> Log<C> {
    /// The index of the first entry kept.
    pub fn first_index(&self) -> LogIndex {
        self.base.0.next()
    }

    /// The index of the last entry; that of the base when no entry is kept.
    pub fn last_index(&self) -> LogIndex {
        LogIndex(self.base.0.0 + self.entries.len() as u64)
    }

    /// The term of the last entry; 0 when the log is empty.
    pub fn last_term(&self) -> Term {
        self.entries.last().map_or(self.base.1, |entry| entry.term)
    }

    /// How many entries are kept.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no entry is kept.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at `index`, when it is kept.
    pub fn get(&self, index: LogIndex) -> Option<&Entry<C>> {
        let place = index.0.checked_sub(self.base.0.0 + 1)?;
        self.entries.get(usize::try_from(place).ok()?)
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

    /// The kept entries from `from` on, with their indices.
    pub fn iter_from(&self, from: LogIndex) -> impl Iterator<Item = (LogIndex, &Entry<C>)> {
        let from = from.max(self.first_index());
        (from.0..=self.last_index().0)
            .map(LogIndex)
            .filter_map(|index| Some((index, self.get(index)?)))
    }

    /// Up to `max` entries from `from` on, for a message.
    pub fn slice(&self, from: LogIndex, max: usize) -> Vec<Entry<C>> {
        self.iter_from(from)
            .take(max)
            .map(|(_, entry)| entry.clone())
            .collect()
    }

    /// Appends one entry, of a term not below that of the last, and returns its index.
    pub fn append(&mut self, entry: Entry<C>) -> LogIndex {
        let configuration = entry.configuration().copied();
        self.entries.push_back_mut(entry);
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
            self.entries.drop_last_mut();
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
        let newest_first = self.configurations.iter().rev();
        newest_first.copied().find(|&(at, _)| at <= index)
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
            let payload = Payload::Configuration(voters(count));
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
