//! Which lines of the event log pass the filters, kept up to date as the log grows.

use std::collections::VecDeque;

use crate::raft::NodeId;
use crate::ui::view::{EventKind, EventLine, EventLog};

/// The kinds of event, in the order of their switches.
pub(super) const KINDS: [EventKind; 4] = [
    EventKind::Election,
    EventKind::Replication,
    EventKind::Client,
    EventKind::Fault,
];

/// Which events are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Filter {
    /// Only those about this node; all if `None`.
    pub(super) node: Option<NodeId>,
    /// Whether each of [`KINDS`] is shown.
    pub(super) kinds: [bool; KINDS.len()],
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            node: None,
            kinds: [true; KINDS.len()],
        }
    }
}

impl Filter {
    /// Whether it lets everything pass.
    fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn passes(&self, line: &EventLine) -> bool {
        let kind = KINDS
            .iter()
            .zip(self.kinds)
            .any(|(kind, shown)| shown && *kind == line.kind);
        kind && (self.node.is_none() || self.node == line.node)
    }

    /// This filter with one kind switched.
    pub(super) fn switched(mut self, kind: usize) -> Self {
        if let Some(shown) = self.kinds.get_mut(kind) {
            *shown = !*shown;
        }
        self
    }
}

/// The lines that pass a filter. Each line is looked at once, so the cost of a new line does not grow
/// with the length of the log.
#[derive(Default)]
pub(super) struct Passing {
    filter: Filter,
    numbers: VecDeque<u64>,
    looked_at: u64,
    dropped: usize,
    /// What the log kept when it was last looked at.
    kept: std::ops::Range<u64>,
}

impl Passing {
    /// Brings it up to date with the log, or starts again when the filter is another.
    pub(super) fn update(&mut self, log: &dyn EventLog, filter: Filter) {
        if self.filter != filter {
            *self = Self {
                filter,
                kept: self.kept.clone(),
                dropped: self.dropped,
                ..Self::default()
            };
        }
        let kept_before = std::mem::replace(&mut self.kept, log.first()..log.end());
        if filter.is_open() {
            self.dropped += (self.kept.start - kept_before.start) as usize;
            return;
        }
        while self
            .numbers
            .front()
            .is_some_and(|&number| number < self.kept.start)
        {
            self.numbers.pop_front();
            self.dropped += 1;
        }
        let gone = self
            .numbers
            .partition_point(|&number| number < self.kept.end);
        self.numbers.truncate(gone);
        self.looked_at = self.looked_at.min(self.kept.end);
        let unseen = self.looked_at.max(self.kept.start)..self.kept.end;
        self.numbers.extend(
            unseen.filter(|&number| log.get(number).is_some_and(|line| filter.passes(&line))),
        );
        self.looked_at = self.kept.end;
    }

    /// How many lines pass.
    pub(super) fn len(&self) -> usize {
        if self.filter.is_open() {
            (self.kept.end - self.kept.start) as usize
        } else {
            self.numbers.len()
        }
    }

    /// How many lines that passed have gone because the log no longer keeps them.
    pub(super) fn dropped(&self) -> usize {
        self.dropped
    }

    /// The number of the line at `place` among those that pass.
    pub(super) fn number(&self, place: usize) -> Option<u64> {
        if self.filter.is_open() {
            let number = self.kept.start + place as u64;
            (number < self.kept.end).then_some(number)
        } else {
            self.numbers.get(place).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::raft::Time;

    /// A log that keeps its last four lines.
    #[derive(Default)]
    struct Lines(RefCell<Vec<EventLine>>);

    impl Lines {
        fn add(&self, kind: EventKind, node: usize) {
            let event = self.end();
            self.0.borrow_mut().push(EventLine {
                event,
                at: Time::ZERO,
                node: Some(NodeId::from_index(node)),
                kind,
                text: "".into(),
            });
        }
    }

    impl EventLog for Lines {
        fn first(&self) -> u64 {
            self.end().saturating_sub(4)
        }

        fn end(&self) -> u64 {
            self.0.borrow().len() as u64
        }

        fn get(&self, number: u64) -> Option<EventLine> {
            (number >= self.first()).then(|| self.0.borrow().get(number as usize).cloned())?
        }
    }

    fn shown(passing: &Passing) -> Vec<u64> {
        (0..passing.len())
            .filter_map(|place| passing.number(place))
            .collect()
    }

    #[test]
    fn an_open_filter_shows_what_the_log_keeps() {
        let (log, mut passing) = (Lines::default(), Passing::default());
        for _ in 0..6 {
            log.add(EventKind::Election, 0);
        }
        passing.update(&log, Filter::default());
        assert_eq!(shown(&passing), [2, 3, 4, 5]);
    }

    #[test]
    fn a_filter_follows_the_log_as_it_grows_and_forgets() {
        let (log, mut passing) = (Lines::default(), Passing::default());
        let elections = Filter {
            node: None,
            kinds: [true, false, false, false],
        };
        for kind in [EventKind::Election, EventKind::Fault, EventKind::Election] {
            log.add(kind, 0);
            passing.update(&log, elections);
        }
        assert_eq!(shown(&passing), [0, 2]);
        for _ in 0..2 {
            log.add(EventKind::Election, 0);
        }
        passing.update(&log, elections);
        assert_eq!(shown(&passing), [2, 3, 4]);
    }

    #[test]
    fn another_filter_starts_again() {
        let (log, mut passing) = (Lines::default(), Passing::default());
        log.add(EventKind::Election, 0);
        log.add(EventKind::Fault, 1);
        let of = |node| Filter {
            node: Some(NodeId::from_index(node)),
            ..Filter::default()
        };
        passing.update(&log, of(0));
        assert_eq!(shown(&passing), [0]);
        passing.update(&log, of(1));
        assert_eq!(shown(&passing), [1]);
        passing.update(&log, Filter::default());
        assert_eq!(shown(&passing), [0, 1]);
    }
}
