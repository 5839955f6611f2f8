//! Where everything stands, in CSS pixels of the figure: the ring of nodes, wider than high where the
//! figure is, the client and the proxy outside it, and the two sides of the line between any two of them.
//!
//! Pure arithmetic: it knows nothing of the page.

use std::f64::consts::TAU;

use js_sys::Math::{cos, sin};

use super::point::Point;
use crate::raft::{NodeId, NodeSet};
use crate::ui::view::Place;

/// A maximal run of neighbours on the ring that are in one group.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Run {
    /// The place on the ring of its first node.
    pub first: usize,
    /// How many nodes.
    pub len: usize,
    /// Its group: an index, or `None` for a node in no group, which is alone.
    pub group: Option<usize>,
}

/// Room between a disc and where lines and messages end: the second ring and the timer are there.
pub const RIM: f64 = 9.0;
/// How far from the line a message keeps to its own side.
const SIDE: f64 = 6.5;
/// The height of the word under a disc.
const WORD: f64 = 25.0;
/// Half its width, as a share of its distance from the middle of the disc: lines as steep as this
/// or steeper run through it.
const STEEP: f64 = 0.88;
/// The width of the longest word beside a disc.
const WORD_WIDTH: f64 = 82.0;
/// How far groups move apart.
const APART: f64 = 14.0;
/// What lies over the upper right corner of a wide figure.
const CORNER: (f64, f64) = (188.0, 42.0);
/// The largest ring.
const RING_MAX: f64 = 280.0;
/// How many times as wide as high the ring is at the most.
const STRETCH_MAX: f64 = 1.5;
/// Below this width the client and the proxy stand above the ring, not beside it.
const NARROW: f64 = 440.0;
/// The width of the column of the client and the proxy.
const COLUMN: f64 = 128.0;
/// Its width where words beside the discs need the room.
const COLUMN_LEAST: f64 = 98.0;

/// On which side of its disc a node's word stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Under it.
    Below,
    /// Left of it.
    Left,
    /// Right of it.
    Right,
}

/// Where everything stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// The width of the figure.
    pub width: f64,
    /// The height of the figure.
    pub height: f64,
    /// The radius of a node's disc.
    pub disc: f64,
    /// The middle of the ring.
    pub centre: Point,
    /// The radius of the ring, up and down.
    pub ring: f64,
    /// How many times as wide as high it is.
    pub stretch: f64,
    /// The nodes in their order round the ring, with where each stands.
    pub seats: Vec<(NodeId, Point)>,
    /// The runs of the groups in force; empty when there is no partition.
    pub runs: Vec<Run>,
    /// Whether words stand beside the discs, on both sides or on none.
    pub beside: bool,
    /// Whether there is no room for words, neither under the discs nor beside them.
    pub tight: bool,
    /// Where the client stands.
    pub client: Point,
    /// Where the proxy stands.
    pub proxy: Point,
    /// How many pixels of the page each of its own is.
    pub scale: f64,
}

/// The least scale that is tried: what is smaller nobody can read.
const SCALE_LEAST: f64 = 0.3;

/// Half the width and half the height of the boxes of client and proxy.
pub const BOX: (f64, f64) = (33.0, 17.0);

impl Layout {
    /// The same, in a figure of so many pixels of the page, of which each of its own is `scale`, or as many
    /// fewer as the nodes need to have room.
    pub fn scaled(scale: f64, size: (f64, f64), ids: &[NodeId], groups: &[NodeSet]) -> Self {
        let at = |scale: f64, groups| Self::new(size.0 / scale, size.1 / scale, ids, groups);
        let mut scale = scale;
        while scale > SCALE_LEAST && !at(scale, &[]).has_room() {
            scale *= 0.95;
        }
        let layout = at(scale, groups);
        Self { scale, ..layout }
    }

    /// The layout of nodes `ids`, parted into `groups`, in a figure of this size.
    pub fn new(width: f64, height: f64, ids: &[NodeId], groups: &[NodeSet]) -> Self {
        let count = ids.len();
        let narrow = width < NARROW;
        let disc = disc_radius(width, height);
        let side = disc + RIM + 8.0;
        let top = side + 4.0 + if narrow { 2.0 * BOX.1 + 14.0 } else { 0.0 };
        let bottom = disc + RIM + WORD + 4.0;
        let left = side + if narrow { 0.0 } else { COLUMN };
        let (wide, low) = extent(count);
        let broad = ((width - left - side) / (2.0 * wide).max(0.1)).min(RING_MAX);
        let fit = |top: f64| {
            let tall = (height - top - bottom) / (1.0 + low).max(0.1);
            let ring = tall.min(broad).max(disc * 2.0);
            if count < 2 { 0.0 } else { ring }
        };
        let stretch = |ring: f64| (broad / ring.max(1.0)).clamp(1.0, STRETCH_MAX);
        let top = {
            let ring = fit(top);
            let second = spot(1, count, ring, stretch(ring));
            let beyond = width / 2.0 + second.x + disc + RIM > width - CORNER.0;
            let over = CORNER.1 - (top + ring + second.y - disc - RIM);
            top + if beyond && !narrow {
                over.max(0.0)
            } else {
                0.0
            }
        };
        let ring = fit(top);
        let stretch = stretch(ring);
        let (between, aside) = spaces(count, ring, stretch);
        let disc = disc.min(uncrowded(between, aside).max(least_disc(between)));
        let words = crowded(count, ring, stretch, disc);
        let column = if narrow { 0.0 } else { COLUMN_LEAST };
        // Words beside the discs take what the ring might be wider by.
        let most = ((width - column) / 2.0 - disc - RIM - WORD_WIDTH) / (ring * wide).max(1.0);
        let beside = words && most > 1.0;
        let stretch = if beside { stretch.min(most) } else { stretch };
        let room = ring * wide * stretch + disc + RIM + WORD_WIDTH;
        let across = if beside {
            (width / 2.0).min(width - room).max(column + room)
        } else {
            middle(width, left, side, ring * wide * stretch)
        };
        let used = ring * (1.0 + low);
        let centre = Point::new(
            across,
            top + ring + ((height - top - bottom - used) / 2.0).max(0.0),
        );
        let (client, proxy) = outside(width, centre, ring);
        let mut layout = Self {
            width,
            height,
            scale: 1.0,
            disc,
            centre,
            ring,
            stretch,
            seats: Vec::new(),
            runs: runs(ids, groups),
            beside,
            tight: words && !beside && count > 5,
            client,
            proxy,
        };
        let seats = ids.iter().enumerate();
        layout.seats = seats
            .map(|(seat, &id)| (id, layout.seat_point(seat, count)))
            .collect();
        layout
    }

    /// Whether every node is within the figure, and none in the way of another.
    fn has_room(&self) -> bool {
        let rim = self.disc + RIM;
        let mut seats = self.seats.iter();
        let within = |at: Point| {
            rim <= at.x.min(at.y) && at.x + rim <= self.width && at.y + rim <= self.height
        };
        while let Some(&(_, at)) = seats.next() {
            let apart = |&(_, other): &(NodeId, Point)| at.distance(other) > 2.0 * rim;
            if !within(at) || !seats.as_slice().iter().all(apart) {
                return false;
            }
        }
        true
    }

    /// The point so far from the middle of the ring in the direction `angle`, which counts clockwise from the
    /// top; to the sides farther, as the ring is.
    pub fn polar(&self, angle: f64, length: f64) -> Point {
        let point = Point::default().polar(angle, length);
        Point::new(
            self.centre.x + point.x * self.stretch,
            self.centre.y + point.y,
        )
    }

    /// A seat on the ring, moved a little out in the direction of its run.
    fn seat_point(&self, seat: usize, count: usize) -> Point {
        let point = self.polar(TAU * seat as f64 / count as f64, self.ring);
        let here = |run: &&Run| (seat + count - run.first) % count < run.len;
        let Some(run) = self.runs.iter().find(here) else {
            return point;
        };
        let middle = run.first as f64 + (run.len as f64 - 1.0) / 2.0;
        // Larger runs move less: the group that is nearly the whole ring hardly moves at all.
        let share = 1.0 - run.len as f64 / count as f64;
        point.polar(TAU * middle / count as f64, APART * share.sqrt())
    }

    /// Where a node stands; `None` when it is not in the figure.
    pub fn node(&self, id: NodeId) -> Option<Point> {
        self.seats
            .iter()
            .find(|(other, _)| *other == id)
            .map(|&(_, point)| point)
    }

    /// Where a place stands.
    pub fn place(&self, place: Place) -> Option<Point> {
        match place {
            Place::Node(id) => self.node(id),
            Place::Client => Some(self.client),
            Place::Proxy => Some(self.proxy),
        }
    }

    /// The way of a message: from edge to edge, on its own side of the line.
    pub fn path(&self, from: Place, to: Place) -> Option<(Point, Point)> {
        let (start, end) = (self.place(from)?, self.place(to)?);
        let direction = start.direction(end);
        let out = self.reach(from, direction);
        let length = start.distance(end) - self.reach(to, back(direction));
        Some((
            start.along(direction, out, SIDE),
            start.along(direction, length.max(out), SIDE),
        ))
    }

    /// The line between two nodes, from edge to edge.
    pub fn link(&self, one: NodeId, other: NodeId) -> Option<(Point, Point)> {
        let (start, end) = (self.node(one)?, self.node(other)?);
        let direction = start.direction(end);
        let out = self.reach(Place::Node(one), direction);
        let into = self.reach(Place::Node(other), back(direction));
        Some((
            start.along(direction, out, 0.0),
            end.along(direction, -into, 0.0),
        ))
    }

    /// On which side of a node its word stands: under it, unless neighbours crowd each other and
    /// there is room beside the ring.
    pub fn side(&self, id: NodeId) -> Side {
        let out = self.node(id).map_or(0.0, |at| at.x - self.centre.x);
        if !self.beside || out.abs() < self.ring * self.stretch / 2.0 {
            Side::Below
        } else if out > 0.0 {
            Side::Right
        } else {
            Side::Left
        }
    }

    /// How far the edge of a place is from its middle in a direction.
    fn reach(&self, place: Place, direction: Point) -> f64 {
        match place {
            Place::Node(id) if direction.y > STEEP && self.side(id) == Side::Below => {
                self.disc + RIM + WORD
            }
            Place::Node(_) => self.disc + RIM,
            Place::Client | Place::Proxy => {
                let across = BOX.0 / direction.x.abs().max(1e-9);
                let down = BOX.1 / direction.y.abs().max(1e-9);
                across.min(down) + 4.0
            }
        }
    }

    /// The angle of a seat, or of the gap between two seats (a half), clockwise from the top.
    pub fn angle(&self, seat: f64) -> f64 {
        TAU * seat / self.seats.len() as f64
    }

    /// Whether two nodes are in different groups of the partition.
    pub fn parted(&self, one: NodeId, other: NodeId) -> bool {
        match (self.run_of(one), self.run_of(other)) {
            (Some(a), Some(b)) => a != b && (a.group.is_none() || a.group != b.group),
            _ => false,
        }
    }

    /// The group of a node: an index.
    pub fn group_of(&self, id: NodeId) -> Option<usize> {
        self.run_of(id)?.group
    }

    fn run_of(&self, id: NodeId) -> Option<Run> {
        let seat = self.seats.iter().position(|(other, _)| *other == id)?;
        let count = self.seats.len();
        self.runs
            .iter()
            .find(|run| (seat + count - run.first) % count < run.len)
            .copied()
    }
}

/// The smallest disc: a finger can hit it.
const DISC_MIN: f64 = 24.0;

/// The smallest where many share a small figure; with its rim a finger can still hit it.
const DISC_LEAST: f64 = 18.0;

/// A disc that grows with the figure.
fn disc_radius(width: f64, height: f64) -> f64 {
    (width.min(height * 1.2) * 0.066).clamp(DISC_MIN, 38.0)
}

/// Where a seat is from the middle of a ring.
fn spot(seat: usize, count: usize, ring: f64, stretch: f64) -> Point {
    let at = Point::default().polar(TAU * seat as f64 / count as f64, ring);
    Point::new(at.x * stretch, at.y)
}

/// On a ring: how far neighbours are from each other, and how far a node is from the line between its
/// neighbours, at the least.
fn spaces(count: usize, ring: f64, stretch: f64) -> (f64, f64) {
    let mut least = (f64::INFINITY, f64::INFINITY);
    let at = |seat: usize| spot(seat, count, ring, stretch);
    for seat in 0..count {
        let (here, next) = (at(seat), at(seat + 1));
        if count > 1 {
            least.0 = least.0.min(here.distance(next));
        }
        if count > 2 {
            let along = here.direction(at(seat + 2));
            let aside = (next.x - here.x) * along.y - (next.y - here.y) * along.x;
            least.1 = least.1.min(aside.abs());
        }
    }
    least
}

/// The largest disc that leaves room between neighbours, and for the messages that pass a node on
/// their way between its neighbours.
fn uncrowded(between: f64, aside: f64) -> f64 {
    (between * 0.3).min(aside - RIM - SIDE)
}

/// The smallest disc for a ring: smaller than usual only where rims would touch.
fn least_disc(between: f64) -> f64 {
    (between / 2.0 - RIM - 1.0).clamp(DISC_LEAST, DISC_MIN)
}

/// Whether the word under a node is in the way of another node or of its word.
fn crowded(count: usize, ring: f64, stretch: f64, disc: f64) -> bool {
    let rim = disc + RIM;
    let at = |seat: usize| spot(seat, count, ring, stretch);
    (0..count).any(|seat| {
        (0..count).filter(|other| *other != seat).any(|other| {
            let (word, node) = (at(seat), at(other));
            let across = (node.x - word.x).abs();
            let down = node.y - word.y;
            let beside = (across - WORD_WIDTH / 2.0).max(0.0);
            let under = (down - rim - WORD).max(rim - down).max(0.0);
            let words = across < WORD_WIDTH && down.abs() < WORD;
            words || beside.hypot(under) < rim
        })
    })
}

/// Where the middle of the ring is across: in the middle of the figure, but right of the column.
fn middle(width: f64, left: f64, right: f64, half: f64) -> f64 {
    let (least, most) = (left + half, width - right - half);
    (width / 2.0).max(least).min(most.max(least))
}

fn back(direction: Point) -> Point {
    Point::new(-direction.x, -direction.y)
}

/// How far a ring of radius 1 goes to either side, and down, from its middle.
fn extent(count: usize) -> (f64, f64) {
    let angles = (0..count).map(|seat| TAU * seat as f64 / count as f64);
    let wide = angles.clone().map(|a| sin(a).abs()).fold(0.0, f64::max);
    let low = angles.map(|a| -cos(a)).fold(-1.0, f64::max);
    (wide, low)
}

fn outside(width: f64, centre: Point, ring: f64) -> (Point, Point) {
    if width < NARROW {
        let y = BOX.1 + 8.0;
        return (Point::new(BOX.0 + 8.0, y), Point::new(width * 0.54, y));
    }
    let x = BOX.0 + 16.0;
    let up = ring.max(100.0);
    // A low figure cuts neither off.
    let top = (centre.y - up).max(BOX.1 + 2.0);
    (Point::new(x, top), Point::new(x, top + up * 0.9))
}

/// The runs of neighbours of one group, or none when all are in one.
fn runs(ids: &[NodeId], groups: &[NodeSet]) -> Vec<Run> {
    if groups.is_empty() || ids.len() < 2 {
        return Vec::new();
    }
    let group = |seat: usize| groups.iter().position(|set| set.contains(ids[seat]));
    let count = ids.len();
    let parts = |seat: usize| {
        let (before, here) = (group((seat + count - 1) % count), group(seat));
        here.is_none() || before != here
    };
    let starts: Vec<usize> = (0..count).filter(|&seat| parts(seat)).collect();
    if starts.len() < 2 {
        return Vec::new();
    }
    (0..starts.len())
        .map(|i| {
            let first = starts[i];
            let next = starts[(i + 1) % starts.len()];
            Run {
                first,
                len: (next + count - first - 1) % count + 1,
                group: group(first),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn ids(count: usize) -> Vec<NodeId> {
        (0..count).map(NodeId::from_index).collect()
    }

    fn set(numbers: &[u8]) -> NodeSet {
        numbers.iter().copied().filter_map(NodeId::new).collect()
    }

    #[wasm_bindgen_test]
    fn nodes_never_overlap_from_a_phone_to_a_projector() {
        for width in (240..=2000).step_by(40).map(f64::from) {
            for height in (160..=1200).step_by(40).map(f64::from) {
                for count in 1..=9 {
                    for groups in [&[][..], &[set(&[1, 3]), set(&[2, 4, 5])]] {
                        for scale in [1.0, 1.15, 1.3] {
                            stands_apart(Layout::scaled(
                                scale,
                                (width, height),
                                &ids(count),
                                groups,
                            ));
                        }
                    }
                }
            }
        }
    }

    /// Fails where discs with their rims are not within the figure or in the way of each other.
    fn stands_apart(layout: Layout) {
        let what = format!("{layout:?}");
        let rim = layout.disc + RIM;
        for &(id, at) in &layout.seats {
            // A partition moves what stands at the edge a little beyond it.
            let rim = if layout.runs.is_empty() {
                rim
            } else {
                layout.disc - APART
            };
            assert!(at.x >= rim && at.x + rim <= layout.width, "{id} {what}");
            assert!(at.y >= rim && at.y + rim <= layout.height, "{id} {what}");
            for &(other, place) in &layout.seats {
                let rim = if layout.runs.is_empty() {
                    rim
                } else {
                    layout.disc
                };
                assert!(
                    other == id || at.distance(place) > 2.0 * rim,
                    "{id} {other} {what}"
                );
            }
        }
    }

    #[wasm_bindgen_test]
    fn a_low_figure_has_a_ring_wider_than_high_and_a_large_one_a_round_one() {
        let low = Layout::new(690.0, 316.0, &ids(5), &[]);
        assert!(low.stretch > 1.2 && low.disc > 24.0, "{low:?}");
        let large = Layout::new(1200.0, 900.0, &ids(5), &[]);
        assert_eq!((large.ring, large.stretch), (RING_MAX, 1.0));
    }

    #[wasm_bindgen_test]
    fn requests_and_replies_keep_to_their_own_sides() {
        let layout = Layout::new(700.0, 480.0, &ids(2), &[]);
        let (one, two) = (
            Place::Node(NodeId::from_index(0)),
            Place::Node(NodeId::from_index(1)),
        );
        let there = layout.path(one, two).unwrap();
        let back = layout.path(two, one).unwrap();
        assert_eq!(there.0.distance(back.1), 2.0 * SIDE);
    }

    #[wasm_bindgen_test]
    fn a_group_that_wraps_round_the_top_is_one_run() {
        let layout = Layout::new(700.0, 480.0, &ids(5), &[set(&[5, 1]), set(&[2, 3, 4])]);
        let lens: Vec<usize> = layout.runs.iter().map(|run| run.len).collect();
        assert_eq!(lens, [3, 2]);
        let [s1, s2, s5] = [0, 1, 4].map(NodeId::from_index);
        assert!(layout.parted(s1, s2) && !layout.parted(s1, s5));
    }

    #[wasm_bindgen_test]
    fn nodes_in_no_group_are_each_alone() {
        let layout = Layout::new(700.0, 480.0, &ids(4), &[set(&[1, 2])]);
        let [s1, s2, s3, s4] = [0, 1, 2, 3].map(NodeId::from_index);
        assert!(layout.parted(s3, s4) && layout.parted(s1, s4) && !layout.parted(s1, s2));
    }

    #[wasm_bindgen_test]
    fn separated_neighbours_of_one_group_are_not_parted() {
        let layout = Layout::new(700.0, 480.0, &ids(5), &[set(&[1, 3]), set(&[2, 4, 5])]);
        let [s1, s2, s3] = [0, 1, 2].map(NodeId::from_index);
        assert!(!layout.parted(s1, s3) && layout.parted(s1, s2));
    }
}
