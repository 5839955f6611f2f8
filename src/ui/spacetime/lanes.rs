//! Where everything is in the diagram: a lane a host, time running right.

use crate::raft::{NodeId, NodeSet};
use crate::scenario::Host;
use crate::timeline::spacetime::{End, Line, Point, SpaceTime};
use crate::ui::axis::Window;

/// How wide the names are, in pixels.
const NAMES: f64 = 52.0;
/// How high the row of times is.
const AXIS: f64 = 22.0;
/// The furthest that lanes are apart.
const PITCH_MAX: f64 = 84.0;

/// A lane: of a node, of the proxy, or of all clients.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lane {
    /// All clients.
    Clients,
    /// The proxy.
    Proxy,
    /// A node.
    Node(NodeId),
}

impl Lane {
    /// Whose lane it is.
    pub(super) const fn of(host: Host) -> Self {
        match host {
            Host::Client(_) => Self::Clients,
            Host::Proxy => Self::Proxy,
            Host::Node(node) => Self::Node(node),
        }
    }
}

/// The lanes, on a canvas of some size.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Lanes {
    /// From above.
    pub(super) all: Vec<Lane>,
    /// How wide the canvas is, and how high, in pixels.
    pub(super) size: (f64, f64),
    /// How far lanes are apart.
    pub(super) pitch: f64,
    /// What is in view.
    pub(super) window: Window,
}

/// Something in the diagram, by its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Thing {
    /// A point.
    Point(usize),
    /// A line.
    Line(usize),
}

impl Lanes {
    /// Those of these nodes, with clients unless what is shown was seen elsewhere.
    pub(super) fn new(
        nodes: NodeSet,
        with_clients: bool,
        size: (f64, f64),
        window: Window,
    ) -> Self {
        let clients = [Lane::Clients, Lane::Proxy].into_iter();
        let clients = clients.filter(|_| with_clients);
        let all: Vec<Lane> = clients.chain(nodes.iter().map(Lane::Node)).collect();
        let pitch = (size.1 - AXIS) / all.len().max(1) as f64;
        Self {
            pitch: pitch.min(PITCH_MAX),
            all,
            size,
            window,
        }
    }

    /// Where time begins.
    pub(super) const fn left(&self) -> f64 {
        NAMES
    }

    /// The base of the times.
    pub(super) const fn axis(&self) -> f64 {
        AXIS
    }

    /// Where a time is.
    pub(super) fn x(&self, at: f64) -> f64 {
        let part = (at - self.window.from) / self.window.span;
        NAMES + part * (self.size.0 - NAMES)
    }

    /// What time is there.
    pub(super) fn time(&self, x: f64) -> f64 {
        self.window.from + self.part(x) * self.window.span
    }

    /// How far to the right of the window that is: from 0 to 1.
    pub(super) fn part(&self, x: f64) -> f64 {
        (x - NAMES) / (self.size.0 - NAMES).max(1.0)
    }

    /// Where a lane is.
    pub(super) fn y(&self, lane: Lane) -> Option<f64> {
        let row = self.all.iter().position(|&other| other == lane)?;
        Some(AXIS + (row as f64 + 0.5) * self.pitch)
    }

    /// The lane there.
    pub(super) fn lane(&self, y: f64) -> Option<Lane> {
        let row = (y - AXIS) / self.pitch;
        (row >= 0.0)
            .then(|| self.all.get(row as usize).copied())
            .flatten()
    }

    /// Where a point is.
    pub(super) fn of_point(&self, point: &Point) -> Option<(f64, f64)> {
        let y = self.y(Lane::of(point.host))?;
        Some((self.x(point.at.0 as f64), y))
    }

    /// From where to where a line is drawn that is known up to `end`.
    pub(super) fn of_line(
        &self,
        line: &Line,
        points: &[Point],
        end: f64,
    ) -> Option<((f64, f64), (f64, f64))> {
        let (from, to) = (self.y(Lane::of(line.from))?, self.y(Lane::of(line.to))?);
        let (sent, due) = (line.sent.0 as f64, line.due.0 as f64);
        let last = match line.end {
            End::Received(point) => points[point].at.0 as f64,
            End::Lost(at, _) => at.0 as f64,
            End::UnderWay => due.min(end),
        };
        // What waits at a node that stands still has come there when it was due.
        let due = match line.end {
            End::Received(_) => last,
            End::Lost(..) | End::UnderWay => due,
        };
        let part = match due > sent {
            true => ((last - sent) / (due - sent)).clamp(0.0, 1.0),
            false if matches!(line.end, End::Lost(..)) => 0.0,
            false => 1.0,
        };
        let x = sent + (due - sent) * part;
        let y = from + (to - from) * part;
        Some(((self.x(sent), from), (self.x(x), y)))
    }

    /// What is nearest to that place, not further away than `reach`.
    pub(super) fn hit(
        &self,
        stretch: &SpaceTime,
        (x, y): (f64, f64),
        reach: f64,
        end: f64,
    ) -> Option<Thing> {
        let points = stretch.points();
        let (from, until) = (self.time(x - reach), self.time(x + reach));
        let first = points.partition_point(|point| (point.at.0 as f64) < from);
        let near = points[first..].iter().enumerate();
        let near = near.take_while(|(_, point)| point.at.0 as f64 <= until);
        let near = near.filter(|(_, point)| !point.text.is_empty());
        let near = near.filter_map(|(place, point)| {
            let (at, lane) = self.of_point(point)?;
            // What matters is taken first.
            let away = (at - x).hypot(lane - y) - f64::from(point.sign as u8);
            Some((away, Thing::Point(first + place)))
        });
        let lines = stretch.lines().iter().enumerate();
        let lines = lines.filter_map(|(place, line)| {
            let (one, other) = self.of_line(line, points, end)?;
            (one.0 <= x + reach && other.0 >= x - reach).then_some(())?;
            Some((distance((x, y), one, other) + 2.0, Thing::Line(place)))
        });
        let nearest = near
            .chain(lines)
            .min_by(|one, other| one.0.total_cmp(&other.0));
        nearest
            .filter(|&(away, _)| away <= reach)
            .map(|(_, thing)| thing)
    }
}

/// How far a place is from a stroke.
fn distance(at: (f64, f64), one: (f64, f64), other: (f64, f64)) -> f64 {
    let (dx, dy) = (other.0 - one.0, other.1 - one.1);
    let length = dx * dx + dy * dy;
    let part = match length > 0.0 {
        true => ((at.0 - one.0) * dx + (at.1 - one.1) * dy) / length,
        false => 0.0,
    };
    let part = part.clamp(0.0, 1.0);
    (at.0 - one.0 - part * dx).hypot(at.1 - one.1 - part * dy)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_nearest_place_of_a_stroke_may_be_its_end() {
        let away = |at| distance(at, (0.0, 0.0), (10.0, 0.0));
        assert!((away((5.0, 3.0)) - 3.0).abs() < 1e-9);
        assert!((away((13.0, 4.0)) - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_time_is_where_it_is_found_again() {
        let nodes = NodeSet::first(5);
        let lanes = Lanes::new(nodes, true, (800.0, 400.0), Window::default());
        assert_eq!(lanes.all.len(), 7);
        let at = 123_456.0;
        assert!((lanes.time(lanes.x(at)) - at).abs() < 1e-6);
        let lane = Lane::Node(NodeId::from_index(2));
        assert_eq!(lanes.lane(lanes.y(lane).expect("it has one")), Some(lane));
    }
}
