//! The picture of the strip: a lane a node, and above them marks of what mattered. What is smaller
//! than a pixel column is not drawn, so that the cost is that of the columns, however long the run.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::raft::{NodeId, Term, Time};
use crate::timeline::{Kind, LaneChange, LaneState};
use crate::ui::stage::{Theme, prepare};
use crate::ui::view::Strip;

/// How high the row of marks is, in pixels.
const MARKS: f64 = 12.0;
/// At most one mark in so many pixels: the one that matters most.
const CELL: f64 = 8.0;

/// What is drawn.
pub(super) struct Scene<'a> {
    /// The lanes and marks.
    pub(super) strip: &'a dyn Strip,
    /// In which colours.
    pub(super) theme: &'a Theme,
    /// How large, in pixels.
    pub(super) size: (f64, f64),
    /// The time at the right edge.
    pub(super) axis: Time,
    /// How far there is something.
    pub(super) end: Time,
}

impl Scene<'_> {
    /// Draws it anew.
    pub(super) fn draw(&self, canvas: &HtmlCanvasElement) {
        let (width, height) = self.size;
        if let Some(ctx) = prepare(canvas, width, height) {
            let ctx = &ctx;
            let grain = 1.0 / web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
            Picture {
                scene: self,
                ctx,
                grain,
            }
            .draw();
        }
    }
}

struct Picture<'a> {
    scene: &'a Scene<'a>,
    ctx: &'a CanvasRenderingContext2d,
    /// The width of a pixel of the screen.
    grain: f64,
}

impl Picture<'_> {
    fn draw(&self) {
        let (nodes, strip) = (self.scene.strip.nodes(), self.scene.strip);
        let pitch = (self.scene.size.1 - MARKS) / nodes.len().max(1) as f64;
        let mut rows = [0.0; NodeId::MAX as usize];
        for (row, node) in nodes.iter().enumerate() {
            rows[node.index()] = MARKS + (row as f64 + 0.5) * pitch;
        }
        let mut last = [None::<LaneChange>; NodeId::MAX as usize];
        let thick = (pitch - 2.0).clamp(2.0, 4.0);
        strip.lanes(&mut |change| {
            let place = change.node.index();
            if let Some(was) = last[place].replace(*change) {
                self.lane(&was, change.at, rows[place], thick);
            }
        });
        for was in last.iter().flatten() {
            self.lane(was, self.scene.end, rows[was.node.index()], thick);
        }
        self.marks();
    }

    /// Where a time is, on a whole pixel of the screen.
    fn x(&self, at: Time) -> f64 {
        let x = at.0 as f64 / self.scene.axis.0 as f64 * self.scene.size.0;
        (x / self.grain).floor() * self.grain
    }

    /// What a node was from a change until then.
    fn lane(&self, was: &LaneChange, until: Time, y: f64, thick: f64) {
        let (from, to) = (self.x(was.at), self.x(until));
        if from >= to {
            return;
        }
        let theme = self.scene.theme;
        self.ctx.set_fill_style_str(match (was.state, was.term) {
            (LaneState::Down | LaneState::Paused, _) | (_, Term(0)) => &theme.muted,
            (_, term) => theme.term(term),
        });
        match was.state {
            LaneState::Leads => self.bar(from, to, y, thick),
            LaneState::Follows => self.bar(from, to, y, 1.5),
            LaneState::Campaigns => self.dashes(from, to, y, 1.5, (3.0, 5.0)),
            LaneState::Paused => self.dashes(from, to, y, thick, (1.0, 3.0)),
            LaneState::Down => self.dashes(from, to, y, 1.0, (1.0, 6.0)),
        }
    }

    fn bar(&self, from: f64, to: f64, y: f64, thick: f64) {
        self.ctx.fill_rect(from, y - thick / 2.0, to - from, thick);
    }

    /// Dashes so long, each so far from the one before; they do not move as time goes on.
    fn dashes(&self, from: f64, to: f64, y: f64, thick: f64, (dash, each): (f64, f64)) {
        let mut x = (from / each).ceil() * each;
        while x < to {
            self.bar(x, (x + dash).min(to), y, thick);
            x += each;
        }
    }

    fn marks(&self) {
        let cells = (self.scene.size.0 / CELL) as usize + 1;
        let mut most = vec![None::<(Glyph, f64)>; cells];
        self.scene.strip.marks(&mut |mark| {
            let x = self.x(mark.at);
            let Some((glyph, cell)) = Glyph::of(mark.kind).zip(most.get_mut((x / CELL) as usize))
            else {
                return;
            };
            if cell.is_none_or(|(other, _)| other < glyph) {
                *cell = Some((glyph, x));
            }
        });
        let mut last = (Glyph::Act, -CELL);
        for (glyph, x) in most.into_iter().flatten() {
            // Two cells may have theirs side by side.
            if x - last.1 < CELL - 1.0 && glyph <= last.0 {
                continue;
            }
            last = (glyph, x);
            self.mark(glyph, x.max(CELL / 2.0).min(self.scene.size.0 - CELL / 2.0));
        }
    }

    fn mark(&self, glyph: Glyph, x: f64) {
        let (ctx, y) = (self.ctx, MARKS / 2.0);
        let theme = self.scene.theme;
        let colour = match glyph {
            Glyph::Violation => &theme.bad,
            Glyph::Act => &theme.accent,
            Glyph::Node | Glyph::Network => &theme.ink,
        };
        ctx.set_fill_style_str(colour);
        ctx.set_stroke_style_str(colour);
        ctx.set_line_width(1.5);
        ctx.begin_path();
        let lines: &[&[(f64, f64)]] = match glyph {
            Glyph::Act => &[&[(-3.5, -3.0), (3.5, -3.0), (0.0, 3.5)]],
            Glyph::Violation => &[&[(0.0, -5.0), (4.5, 0.0), (0.0, 5.0), (-4.5, 0.0)]],
            Glyph::Node => &[&[(-3.0, -3.0), (3.0, 3.0)], &[(3.0, -3.0), (-3.0, 3.0)]],
            Glyph::Network => &[&[(-1.75, -4.0), (-1.75, 4.0)], &[(1.75, -4.0), (1.75, 4.0)]],
        };
        for line in lines {
            for (place, (right, down)) in line.iter().enumerate() {
                match place {
                    0 => ctx.move_to(x + right, y + down),
                    _ => ctx.line_to(x + right, y + down),
                }
            }
        }
        match glyph {
            Glyph::Act | Glyph::Violation => ctx.fill(),
            Glyph::Node | Glyph::Network => ctx.stroke(),
        }
        if glyph == Glyph::Violation {
            ctx.fill_rect(x - 0.5, MARKS, 1.0, self.scene.size.1 - MARKS);
        }
    }
}

/// A mark, the one that matters most last.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Glyph {
    /// Somebody acts, or the script: a wedge.
    Act,
    /// The network changes: two bars apart.
    Network,
    /// A node crashes, restarts, and so on: a cross.
    Node,
    /// A property is violated: a diamond, and a line through all lanes.
    Violation,
}

impl Glyph {
    /// The lanes themselves show the elections.
    const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Act => Some(Self::Act),
            Kind::Network => Some(Self::Network),
            Kind::Node => Some(Self::Node),
            Kind::Violation => Some(Self::Violation),
            _ => None,
        }
    }
}
