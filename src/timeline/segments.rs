//! What was in each segment of a branch: enough to skip those that do not have what is looked for.

use crate::measure::Line;
use crate::raft::{NodeId, NodeSet};

use super::journey::{Sought, Wanted};
use super::mark::Kind;

/// The kinds of event in one segment, and the lines of Figure 2 that fired, and the nodes they were about.
#[derive(Clone, Copy, Debug)]
struct Segment {
    nodes: [NodeSet; Kind::COUNT],
    /// The kinds that were there at all, with or without a node.
    kinds: u32,
    lines: [NodeSet; Line::COUNT],
}

impl Default for Segment {
    fn default() -> Self {
        Self {
            nodes: [NodeSet::EMPTY; Kind::COUNT],
            kinds: 0,
            lines: [NodeSet::EMPTY; Line::COUNT],
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
        let segment = self.segment_mut(tick);
        segment.kinds |= 1 << kind.place();
        let known = &mut segment.nodes[kind.place()];
        *known = known.union(nodes);
    }

    /// Notes that a line of Figure 2 has fired, or blocked.
    pub(super) fn note_line(&mut self, tick: u64, line: Line, node: NodeId) {
        self.segment_mut(tick).lines[line as usize].insert(node);
    }

    fn segment_mut(&mut self, tick: u64) -> &mut Segment {
        let place = self.place(tick);
        if place >= self.all.len() {
            self.all.resize_with(place + 1, Segment::default);
        }
        &mut self.all[place]
    }

    /// The last segment with a tick before `tick` that may have what is wanted.
    pub(super) fn last_before(&self, tick: u64, wanted: Wanted) -> Option<usize> {
        let end = match tick {
            0 | 1 => return None,
            _ => (self.place(tick - 1) + 1).min(self.all.len()),
        };
        (0..end).rev().find(|&place| self.all[place].has(wanted))
    }

    /// The first segment with a tick after `tick` that may have what is wanted, of those there are.
    pub(super) fn first_after(&self, tick: u64, wanted: Wanted) -> Option<usize> {
        let begin = self.place(tick + 1);
        (begin..self.all.len()).find(|&place| self.all[place].has(wanted))
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
    fn has(&self, wanted: Wanted) -> bool {
        let is_about = |nodes: NodeSet| wanted.node.is_none_or(|node| nodes.contains(node));
        match wanted.sought {
            Sought::Kinds(kinds) => Kind::all().any(|kind| {
                let place = kind.place();
                kinds.contains(kind)
                    && self.kinds & (1 << place) != 0
                    && is_about(self.nodes[place])
            }),
            Sought::Line(line) => {
                let nodes = self.lines[line as usize];
                !nodes.is_empty() && is_about(nodes)
            }
        }
    }
}
