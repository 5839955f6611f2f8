//! Signs of what mattered: on the lanes what an event did, above them what was of no node.

use crate::raft::NodeId;
use crate::timeline::spacetime::{Sign, SpaceTime};
use crate::timeline::{Kind, Mark};

use super::super::lanes::Lane;
use super::Picture;

/// Marks of the timeline are no nearer to each other than this, on a lane.
const APART: f64 = 4.0;
/// Signs on a lane are no nearer to each other than this.
const SIGNS_APART: f64 = 7.0;

impl Picture<'_> {
    /// The signs, of those that would cover each other the one that matters most.
    pub(super) fn signs(&self, stretch: &SpaceTime) {
        let window = self.lanes.window;
        let points = stretch.points();
        let first = points.partition_point(|point| (point.at.0 as f64) < window.from);
        let mut waiting: Vec<Option<(Sign, f64)>> = vec![None; self.lanes.all.len()];
        let points = points[first..].iter();
        for point in points.take_while(|point| point.at.0 as f64 <= window.until()) {
            let lane = Lane::of(point.host);
            let row = self.lanes.all.iter().position(|&other| other == lane);
            let (Some(row), true) = (row, point.sign > Sign::Plain) else {
                continue;
            };
            let x = self.lanes.x(point.at.0 as f64);
            match waiting[row] {
                Some((sign, at)) if x - at < SIGNS_APART => {
                    if point.sign > sign {
                        waiting[row] = Some((point.sign, x));
                    }
                }
                before => {
                    self.waited(before, lane);
                    waiting[row] = Some((point.sign, x));
                }
            }
        }
        for (&lane, sign) in self.lanes.all.iter().zip(waiting) {
            self.waited(sign, lane);
        }
    }

    fn waited(&self, sign: Option<(Sign, f64)>, lane: Lane) {
        if let Some(((sign, x), y)) = sign.zip(self.lanes.y(lane)) {
            self.sign(sign, x, y);
        }
    }

    fn sign(&self, sign: Sign, x: f64, y: f64) {
        let (ctx, theme) = (self.ctx, self.theme);
        let path = |corners: &[(f64, f64)], is_closed: bool| {
            ctx.begin_path();
            for (place, (right, down)) in corners.iter().enumerate() {
                match place {
                    0 => ctx.move_to(x + right, y + down),
                    _ => ctx.line_to(x + right, y + down),
                }
            }
            if is_closed {
                ctx.close_path();
            }
        };
        let disc = |radius: f64| {
            ctx.begin_path();
            // It fails for a radius below nothing.
            let _ = ctx.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        };
        const DIAMOND: [(f64, f64); 4] = [(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)];
        const SQUARE: [(f64, f64); 4] = [(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)];
        const WEDGE: [(f64, f64); 3] = [(-5.0, -4.0), (5.0, -4.0), (0.0, 5.0)];
        self.stroke(&theme.ink, 1.25);
        ctx.set_fill_style_str(&theme.ink);
        let hollow = || {
            ctx.set_fill_style_str(&theme.paper);
            ctx.fill();
            ctx.stroke();
        };
        match sign {
            Sign::Silent | Sign::Plain => {}
            Sign::Timer => {
                path(&[(0.0, -9.0), (0.0, 0.0)], false);
                ctx.stroke();
            }
            Sign::Learned => {
                path(&SQUARE, true);
                hollow();
            }
            Sign::Commit => {
                path(&SQUARE, true);
                ctx.fill();
            }
            Sign::Asked => {
                disc(3.5);
                hollow();
            }
            Sign::Answer => {
                disc(3.5);
                ctx.fill();
            }
            Sign::Vote => {
                path(&DIAMOND, true);
                ctx.fill();
            }
            Sign::Election => {
                path(&DIAMOND, true);
                hollow();
            }
            Sign::StepDown => {
                path(&WEDGE, true);
                hollow();
            }
            Sign::Leader => {
                path(&star(), true);
                ctx.fill();
            }
            Sign::Changed => {
                path(&[(-2.0, -6.0), (-2.0, 6.0)], false);
                ctx.stroke();
                path(&[(2.0, -6.0), (2.0, 6.0)], false);
                ctx.stroke();
            }
            Sign::Restart => {
                disc(5.0);
                hollow();
            }
            Sign::Crash => {
                self.stroke(&theme.ink, 2.0);
                path(&[(-5.0, -5.0), (5.0, 5.0)], false);
                ctx.stroke();
                path(&[(5.0, -5.0), (-5.0, 5.0)], false);
                ctx.stroke();
            }
        }
    }

    /// What the timeline keeps, where there is too much else.
    pub(super) fn marks(&self) {
        let mut last: [f64; NodeId::MAX as usize] = [f64::MIN; _];
        for mark in self.marks_in_view() {
            let sign = match mark.kind {
                Kind::Leader => Sign::Leader,
                Kind::Node => Sign::Crash,
                Kind::StepDown => Sign::StepDown,
                _ => continue,
            };
            let x = self.lanes.x(mark.at.0 as f64);
            for node in mark.nodes.iter() {
                let before = &mut last[node.index()];
                if x - *before >= APART
                    && let Some(y) = self.lanes.y(Lane::Node(node))
                {
                    *before = x;
                    self.sign(sign, x, y);
                }
            }
        }
    }

    fn marks_in_view(&self) -> impl Iterator<Item = &Mark> {
        let (marks, window) = (self.branch.marks(), self.lanes.window);
        let first = marks.partition_point(|mark| (mark.at.0 as f64) < window.from);
        let marks = marks[first..].iter();
        marks.take_while(move |mark| mark.at.0 as f64 <= window.until())
    }

    /// What is of no node: acts, the network, violations.
    pub(super) fn above(&self) {
        let mut last = f64::MIN;
        let y = self.lanes.axis() - 3.0;
        for mark in self.marks_in_view() {
            let x = self.lanes.x(mark.at.0 as f64);
            let colour = match mark.kind {
                Kind::Act => &self.theme.accent,
                Kind::Network => &self.theme.ink,
                Kind::Violation => &self.theme.bad,
                _ => continue,
            };
            if x - last < APART && mark.kind != Kind::Violation {
                continue;
            }
            last = x;
            self.ctx.set_fill_style_str(colour);
            self.ctx.begin_path();
            self.ctx.move_to(x - 4.0, y - 4.0);
            self.ctx.line_to(x + 4.0, y - 4.0);
            self.ctx.line_to(x, y + 3.0);
            self.ctx.fill();
            if mark.kind != Kind::Act {
                self.ctx.fill_rect(x - 0.5, y, 1.0, self.bottom() - y);
            }
        }
    }
}

/// The corners of a star.
fn star() -> [(f64, f64); 10] {
    std::array::from_fn(|corner| {
        let radius = if corner % 2 == 0 { 7.5 } else { 3.2 };
        let turn = std::f64::consts::PI * (corner as f64 / 5.0 - 0.5);
        (radius * turn.cos(), radius * turn.sin())
    })
}
