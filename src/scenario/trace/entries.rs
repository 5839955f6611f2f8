//! Which entries the logs have. etcd's trace tells the last index only; what the entries are follows from
//! who led when they appeared, and from the messages that brought them.

use std::collections::VecDeque;

use crate::raft::{LogIndex, Term};
use crate::scenario::format::Error;
use crate::sim::LogChange;

use super::event::{Event, Kind, LogSeen, MessageSeen, Name};
use super::{MAX_TRACE_ENTRIES, error};

/// The terms of the entries that were there before the trace begins, which nobody tells: the same on
/// all nodes, and as the first messages about them say.
#[derive(Default, Debug)]
pub(super) struct Assumed {
    /// Indices with their terms, in order.
    told: Vec<(u64, u64)>,
    /// Where no message says anything.
    otherwise: u64,
}

impl Assumed {
    /// What the messages of the trace and the first logs in it say.
    pub(super) fn new(events: &[Event]) -> Self {
        let mut told = Vec::new();
        for event in events {
            if let Some(MessageSeen {
                kind: Kind::App | Kind::Vote | Kind::PreVote,
                index,
                log_term,
                ..
            }) = &event.message
            {
                told.push((*index, *log_term));
            }
        }
        told.retain(|&(index, term)| index > 0 && term > 0);
        told.sort_by_cached_key(|&(index, _)| index);
        told.dedup_by(|(index, term), (before, known)| {
            let is_same = index == before;
            if is_same {
                // An entry of a later term has taken the place of what was there before.
                *known = *known.min(term);
            }
            is_same
        });
        let terms = events.iter().filter_map(|event| event.term);
        Self {
            told,
            otherwise: terms.filter(|&term| term > 0).min().unwrap_or(1),
        }
    }

    /// The term of the entry at `index`: terms never fall along a log.
    fn at(&self, index: u64) -> u64 {
        let after = self.told.partition_point(|&(told, _)| told < index);
        let told = self.told.get(after).or(self.told.last());
        told.map_or(self.otherwise, |&(_, term)| term)
    }

    /// Those of a log that ends at `last`, from `first` on.
    fn range(&self, first: u64, last: u64) -> impl Iterator<Item = Term> {
        (first..=last).map(|index| Term(self.at(index)))
    }
}

/// What brings entries: those after `previous`, or a snapshot, which is all up to its last entry.
#[derive(Clone, Debug)]
pub(super) struct Brought {
    from: u64,
    previous: u64,
    terms: Vec<Term>,
    /// How many events of the receiver may yet tell that it is stored.
    patience: u8,
}

impl Brought {
    /// These entries, from that node, after the one at `previous`.
    pub(super) const fn new(from: u64, previous: u64, terms: Vec<Term>) -> Self {
        Self {
            from,
            previous,
            terms,
            patience: 16,
        }
    }

    /// The last index that it reaches.
    const fn end(&self) -> u64 {
        self.previous + self.terms.len() as u64
    }
}

/// The log of a node.
#[derive(Default, Debug)]
pub(super) struct Entries {
    terms: Vec<Term>,
    /// Whether the terms are told: then what is not told has not changed.
    told: bool,
    /// What has arrived, and may have been stored, in order.
    brought: VecDeque<Brought>,
    /// Whether entries were replaced in this life: a crash may have brought the old ones back.
    replaced: bool,
}

/// All logs together.
#[derive(Debug)]
pub(super) struct Logs {
    assumed: Assumed,
    /// What was committed, by the first that told.
    agreed: Vec<Term>,
    /// How many entries the logs have got.
    grown: u64,
    /// Whether all entries are known.
    pub(super) known: bool,
}

impl Logs {
    pub(super) const fn new(assumed: Assumed) -> Self {
        Self {
            assumed,
            agreed: Vec::new(),
            grown: 0,
            known: true,
        }
    }

    /// The log that a node starts with.
    pub(super) fn start(&mut self, entries: &mut Entries, event: &Event) -> Result<(), Error> {
        let (last, told) = match &event.log {
            None => (0, [].as_slice()),
            Some(LogSeen::Last(last)) => (*last, [].as_slice()),
            Some(LogSeen::From { first, terms, .. }) => {
                entries.told = true;
                (first - 1, terms.as_slice())
            }
        };
        self.grow(event.line, last + told.len() as u64)?;
        entries.terms = self.assumed.range(1, last).collect();
        entries.terms.extend(told.iter().copied().map(Term));
        Ok(())
    }

    /// What an event says of the log of its node, which leads in that term or does not lead.
    pub(super) fn follow(
        &mut self,
        entries: &mut Entries,
        event: &Event,
        leads: Option<Term>,
    ) -> Result<Option<LogChange>, Error> {
        let line = event.line;
        match &event.log {
            None => Ok(None),
            Some(LogSeen::From {
                first,
                before,
                terms,
            }) => {
                entries.told = true;
                let told = terms.iter().copied().map(Term);
                self.grow(line, terms.len() as u64)?;
                let mut change = self.before(entries, *first, *before, line)?;
                let from = change.as_ref().map_or(*first, |change| change.first.0);
                let rest = entries.replace(*first, told);
                change = match (change, rest) {
                    (Some(_), _) => Some(entries.since(from)),
                    (None, rest) => rest,
                };
                Ok(change)
            }
            Some(LogSeen::Last(last)) => {
                let change = match entries.told {
                    true => None,
                    false => self.store_brought(entries, event, *last)?,
                };
                self.end_at(entries, *last, leads, line)
                    .map(|end| end.or(change))
            }
        }
    }

    /// Fills what a told log does not tell: the entries before `first`, the last of which may be told
    /// not to be the one that is there.
    fn before(
        &mut self,
        entries: &mut Entries,
        first: u64,
        before: Option<u64>,
        line: u32,
    ) -> Result<Option<LogChange>, Error> {
        let last = first - 1;
        let own = entries.at(last);
        let is_own = last == 0 || own.is_some_and(|own| before.is_none_or(|told| told == own.0));
        if is_own {
            return Ok(None);
        }
        // A snapshot has brought them: they are what was committed.
        self.grow(line, last)?;
        let agreed = self.agreed.len().min(last as usize);
        let mut terms = self.agreed[..agreed].to_vec();
        self.known &= agreed as u64 == last;
        terms.extend(self.assumed.range(agreed as u64 + 1, last));
        if let (Some(end), Some(told)) = (terms.last_mut(), before) {
            *end = Term(told);
        }
        Ok(entries.replace(1, terms.into_iter()))
    }

    /// A node says that it has stored what was brought, or its log is as long as if it had.
    fn store_brought(
        &mut self,
        entries: &mut Entries,
        event: &Event,
        last: u64,
    ) -> Result<Option<LogChange>, Error> {
        if entries.brought.is_empty() {
            return Ok(None);
        }
        let answer = event.message.as_ref().filter(|message| {
            event.name == Name::Send && message.kind == Kind::AppResp && message.from == event.node
        });
        let own = &entries.terms;
        let is_stored = |brought: &Brought| {
            let fits = would_end(own, brought) == Some(last);
            match answer {
                Some(answer) => {
                    let is_meant = answer.to == brought.from && answer.index == brought.end();
                    fits && !answer.reject && is_meant
                }
                None => fits && last != own.len() as u64,
            }
        };
        if let Some(place) = entries.brought.iter().position(is_stored) {
            let stored = entries.brought.drain(..=place).next_back();
            let stored = stored.map(|brought| self.store(entries, event, brought));
            return stored.transpose().map(Option::flatten);
        }
        if let Some(answer) = answer
            && answer.reject
        {
            let meant = |brought: &Brought| brought.previous != answer.index;
            entries.brought.retain(meant);
        }
        for brought in &mut entries.brought {
            brought.patience -= 1;
        }
        while let Some(brought) = entries
            .brought
            .pop_front_if(|brought| brought.patience == 0)
        {
            self.doubt(entries, &brought);
        }
        Ok(None)
    }

    fn store(
        &mut self,
        entries: &mut Entries,
        event: &Event,
        brought: Brought,
    ) -> Result<Option<LogChange>, Error> {
        self.grow(event.line, brought.terms.len() as u64)?;
        Ok(entries.store(brought))
    }

    /// Nobody tells whether that was stored: if it makes a difference, the logs are not known.
    fn doubt(&mut self, entries: &Entries, brought: &Brought) {
        let matters =
            brought.previous <= entries.last() && conflict(&entries.terms, brought).is_some();
        self.known &= !matters || entries.told;
    }

    /// A life is over: what had arrived is forgotten.
    pub(super) fn end_life(&mut self, entries: &mut Entries) {
        for brought in std::mem::take(&mut entries.brought) {
            self.doubt(entries, &brought);
        }
        self.known &= !entries.replaced || entries.told;
        entries.replaced = false;
    }

    /// The log ends there: what a leader has more than before is of its term.
    fn end_at(
        &mut self,
        entries: &mut Entries,
        last: u64,
        leads: Option<Term>,
        line: u32,
    ) -> Result<Option<LogChange>, Error> {
        let had = entries.last();
        if last == had {
            return Ok(None);
        }
        if last < had {
            entries.terms.truncate(last as usize);
            return Ok(Some(entries.since(last + 1)));
        }
        self.grow(line, last - had)?;
        match leads {
            Some(term) => entries.terms.extend((had..last).map(|_| term)),
            None => {
                self.known = false;
                let agreed = self.agreed.iter().copied().skip(had as usize);
                entries.terms.extend(agreed.take((last - had) as usize));
                let rest = self.assumed.range(entries.last() + 1, last);
                entries.terms.extend(rest);
            }
        }
        Ok(Some(entries.since(had + 1)))
    }

    /// A node takes its log for committed up to there.
    pub(super) fn committed(&mut self, entries: &Entries, commit: u64) {
        let from = self.agreed.len();
        let to = entries.terms.len().min(commit as usize);
        if from < to {
            self.agreed.extend_from_slice(&entries.terms[from..to]);
        }
    }

    /// The logs get so many entries more.
    fn grow(&mut self, line: u32, more: u64) -> Result<(), Error> {
        self.grown = self.grown.saturating_add(more);
        if self.grown > MAX_TRACE_ENTRIES {
            let most = MAX_TRACE_ENTRIES;
            return Err(error(
                line,
                format!(
                    "the logs get too long; those of a trace get at most {most} entries in all"
                ),
            ));
        }
        Ok(())
    }
}

impl Entries {
    /// The last index.
    pub(super) const fn last(&self) -> u64 {
        self.terms.len() as u64
    }

    /// The terms from the first entry on.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The term at that index.
    pub(super) fn at(&self, index: u64) -> Option<Term> {
        let place = usize::try_from(index.checked_sub(1)?).ok()?;
        self.terms.get(place).copied()
    }

    /// Something has arrived that may be stored.
    pub(super) fn bring(&mut self, brought: Brought) {
        self.brought.push_back(brought);
    }

    /// The disk is lost.
    pub(super) fn wipe(&mut self) -> LogChange {
        self.terms.clear();
        self.since(1)
    }

    /// What it is from `first` on.
    fn since(&self, first: u64) -> LogChange {
        LogChange {
            first: LogIndex(first),
            terms: self.terms[first as usize - 1..].to_vec(),
        }
    }

    /// Stores what is brought: from the first entry on that it does not have, which goes with all
    /// that follows it.
    fn store(&mut self, brought: Brought) -> Option<LogChange> {
        let same = conflict(&self.terms, &brought)?;
        let kept = brought.previous as usize + same;
        self.replaced |= kept < self.terms.len();
        self.terms.truncate(kept);
        self.terms.extend_from_slice(&brought.terms[same..]);
        Some(self.since(kept as u64 + 1))
    }

    /// It is this from `first` on, which leaves no gap. What differs is told.
    fn replace(
        &mut self,
        first: u64,
        mut terms: impl ExactSizeIterator<Item = Term>,
    ) -> Option<LogChange> {
        let end = first as usize - 1 + terms.len();
        let mut at = first as usize - 1;
        let mut differs = None;
        for term in terms.by_ref() {
            match self.terms.get(at) {
                Some(&own) if own == term => at += 1,
                _ => {
                    differs = Some(term);
                    break;
                }
            }
        }
        if differs.is_none() && self.terms.len() == end {
            return None;
        }
        self.terms.truncate(at);
        self.terms.extend(differs.into_iter().chain(terms));
        Some(self.since(at as u64 + 1))
    }
}

/// The place in what is brought of the first entry that a log does not have, if there is one.
fn conflict(own: &[Term], brought: &Brought) -> Option<usize> {
    let own = own.iter().skip(brought.previous as usize);
    let same = own.zip(&brought.terms).take_while(|(own, new)| own == new);
    let same = same.count();
    (same < brought.terms.len()).then_some(same)
}

/// Where a log would end with what is brought; nothing when that leaves a gap.
fn would_end(own: &[Term], brought: &Brought) -> Option<u64> {
    let last = own.len() as u64;
    match conflict(own, brought) {
        _ if brought.previous > last => None,
        Some(_) => Some(brought.end()),
        None => Some(last),
    }
}
