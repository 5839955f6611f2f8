//! What was ever at each index: every entry ever stored there, the one committed, the one applied.

use std::sync::Arc;

use crate::kv::SharedCommand;
use crate::raft::{Chunks, Entry, LogIndex, NodeId, Term};

use super::property::{Found, Property};

/// An entry as some log had it, with the term of the one before it. If for each index and term this
/// is ever one pair, then by induction two logs that share an entry share all before it.
#[derive(Clone, PartialEq, Debug)]
struct Stored {
    entry: Entry<SharedCommand>,
    previous: Term,
}

/// What is known of one index.
#[derive(Clone, Debug)]
struct Place {
    first: Stored,
    /// Further entries that were stored here, in other terms.
    others: Option<Arc<Vec<Stored>>>,
    committed: Option<Committed>,
    applied: Option<Term>,
}

impl Place {
    /// Every entry that was ever stored here.
    fn all(&self) -> impl Iterator<Item = &Stored> {
        std::iter::once(&self.first).chain(self.others.iter().flat_map(|others| others.iter()))
    }
}

/// An entry that was committed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Committed {
    /// Its term.
    pub(super) term: Term,
    /// The term in which it was first committed.
    pub(super) in_term: Term,
}

/// By index.
#[derive(Clone, Default, Debug)]
pub(super) struct History {
    places: Chunks<Place>,
    /// Up to here everything has been committed once.
    committed: LogIndex,
}

impl History {
    /// The highest index that was ever committed.
    pub(super) const fn last_committed(&self) -> LogIndex {
        self.committed
    }

    pub(super) fn committed_at(&self, index: LogIndex) -> Option<Committed> {
        self.places.get(place(index)?)?.committed
    }

    /// The entry of that term that was ever stored at the index.
    pub(super) fn entry(&self, index: LogIndex, term: Term) -> Option<&Entry<SharedCommand>> {
        let all = self.places.get(place(index)?)?.all();
        let mut entries = all.map(|stored| &stored.entry);
        entries.find(|entry| entry.term == term)
    }

    /// The highest index first committed in a term before `term`: those terms never fall along the
    /// log.
    pub(super) fn last_committed_before(&self, term: Term) -> LogIndex {
        let (mut low, mut high) = (0, self.committed.0);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let in_term = self.committed_at(LogIndex(middle));
            if in_term.is_some_and(|committed| committed.in_term < term) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        LogIndex(low)
    }

    /// A log has this entry now, after one of the term `previous`.
    pub(super) fn stored(
        &mut self,
        node: NodeId,
        index: LogIndex,
        entry: &Entry<SharedCommand>,
        previous: Term,
        found: &mut Found,
    ) {
        let Some(place) = place(index) else {
            return;
        };
        let Some(known) = self.places.get(place) else {
            let first = Stored {
                entry: entry.clone(),
                previous,
            };
            debug_assert_eq!(self.places.len(), place, "logs grow by one");
            self.places.push(Place {
                first,
                others: None,
                committed: None,
                applied: None,
            });
            return;
        };
        let of_its_term = known.all().find(|stored| stored.entry.term == entry.term);
        match of_its_term {
            Some(stored) if stored.entry == *entry && stored.previous == previous => {}
            Some(_) => found.violation(
                Property::LogMatching,
                format!(
                    "{node} stored an entry of term {} at index {index} that differs from another \
                     log's, or follows another entry",
                    entry.term
                ),
            ),
            None => self.also_stored(place, entry, previous),
        }
    }

    fn also_stored(&mut self, place: usize, entry: &Entry<SharedCommand>, previous: Term) {
        if let Some(known) = self.places.get_mut(place) {
            let others = known.others.get_or_insert_default();
            Arc::make_mut(others).push(Stored {
                entry: entry.clone(),
                previous,
            });
        }
    }

    /// A node in `in_term` takes the entry of that term for committed. Returns whether it is the
    /// first to.
    pub(super) fn commit(
        &mut self,
        node: NodeId,
        index: LogIndex,
        committed: Committed,
        found: &mut Found,
    ) -> bool {
        let Some(known) = place(index).and_then(|place| self.places.get_mut(place)) else {
            return false;
        };
        match known.committed {
            None => {
                known.committed = Some(committed);
                self.committed = self.committed.max(index);
                true
            }
            Some(before) => {
                if before.term != committed.term {
                    found.violation(
                        Property::CommitStability,
                        format!(
                            "{node} takes the entry of term {} at index {index} for committed, \
                             where that of term {} was",
                            committed.term, before.term
                        ),
                    );
                }
                false
            }
        }
    }

    pub(super) fn applied(&mut self, node: NodeId, index: LogIndex, term: Term, found: &mut Found) {
        let Some(known) = place(index).and_then(|place| self.places.get_mut(place)) else {
            return;
        };
        match known.applied {
            None => known.applied = Some(term),
            Some(before) if before != term => found.violation(
                Property::StateMachineSafety,
                format!(
                    "{node} applied the entry of term {term} at index {index}, where that of term \
                     {before} had been applied"
                ),
            ),
            Some(_) => {}
        }
    }
}

fn place(index: LogIndex) -> Option<usize> {
    usize::try_from(index.0.checked_sub(1)?).ok()
}
