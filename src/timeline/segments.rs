//! What was in each segment of a branch: enough to skip those that do not have what is looked for.

use crate::raft::NodeSet;

use super::mark::{Kind, Kinds};

/// The kinds of event in one segment, and the nodes they were about.
#[derive(Clone, Copy, Debug)]
struct Segment {
    nodes: [NodeSet; Kind::COUNT],
    /// The kinds that were there at all, with or without a node.
    kinds: u32,
}

impl Default for Segment {
    fn default() -> Self {
        Self {
            nodes: [NodeSet::EMPTY; Kind::COUNT],
            kinds: 0,
        }
    }
}

/// The segments of a branch, from its first tick.
#[derive(Clone, Debug)]
pub(super) struct Segments {
    all: Vec<Segment>,
    /// How many ticks each has.
    pub(super) length: u64,
}

impl Segments {
    /// None yet, of so many ticks each.
    pub(super) const fn of(length: u64) -> Self {
        Self {
            all: Vec::new(),
            length,
        }
    }

    /// The segment that a tick belongs to: the tick from 1 on.
    const fn place(&self, tick: u64) -> usize {
        (tick.saturating_sub(1) / self.length) as usize
    }

    /// The last tick before that of the segment at `place`.
    pub(super) const fn before(&self, place: usize) -> u64 {
        place as u64 * self.length
    }

    /// Notes an event of that kind.
    pub(super) fn note(&mut self, tick: u64, kind: Kind, nodes: NodeSet) {
        let place = self.place(tick);
        if place >= self.all.len() {
            self.all.resize_with(place + 1, Segment::default);
        }
        let segment = &mut self.all[place];
        segment.kinds |= 1 << kind.place();
        let known = &mut segment.nodes[kind.place()];
        *known = known.union(nodes);
    }

    /// The last segment with a tick before `tick` that may have one of those kinds, about that node if
    /// one is given.
    pub(super) fn last_before(&self, tick: u64, wanted: Kinds, node: NodeSet) -> Option<usize> {
        let end = match tick {
            0 | 1 => return None,
            _ => (self.place(tick - 1) + 1).min(self.all.len()),
        };
        (0..end)
            .rev()
            .find(|&place| self.all[place].has(wanted, node))
    }

    /// What comes after that tick is forgotten; what was in its segment after it may still be noted.
    pub(super) fn truncate(&mut self, tick: u64) {
        let kept = match tick {
            0 => 0,
            _ => self.place(tick) + 1,
        };
        self.all.truncate(kept);
    }
}

impl Segment {
    fn has(&self, wanted: Kinds, nodes: NodeSet) -> bool {
        Kind::all().any(|kind| {
            let place = kind.place();
            wanted.contains(kind)
                && self.kinds & (1 << place) != 0
                && (nodes.is_empty() || !self.nodes[place].intersection(nodes).is_empty())
        })
    }
}
