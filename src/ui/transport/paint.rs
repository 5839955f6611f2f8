//! The picture of the strip: a lane a node, and above them marks of what mattered. What is smaller
//! than a pixel column is not drawn, so that the cost is that of the columns, however long the run;
//! and as time goes on only what is new is drawn, into what there is.

use std::rc::Rc;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::raft::{NodeId, NodeSet, Term, Time};
use crate::sim::Config;
use crate::timeline::{BranchId, Kind, LaneChange, LaneState};
use crate::ui::shared::Shared;
use crate::ui::stage::{Theme, context};
use crate::ui::view::Strip;

/// How high the row of marks is, in pixels.
const MARKS: f64 = 12.0;
/// At most one mark in so many pixels: the one that matters most.
const CELL: f64 = 8.0;

/// What a picture is drawn on and of: with another, nothing of what was drawn holds.
#[derive(Clone, PartialEq)]
pub(super) struct Ground {
    /// The run.
    pub(super) run: Shared<Config>,
    /// The branch.
    pub(super) branch: Option<BranchId>,
    /// The nodes that have lanes.
    pub(super) nodes: NodeSet,
    /// In which colours.
    pub(super) theme: Rc<Theme>,
    /// How large, in pixels.
    pub(super) size: (f64, f64),
    /// The time at the right edge.
    pub(super) axis: Time,
}

/// What has been drawn.
#[derive(Default)]
pub(super) struct Picture {
    /// On which canvas, on what, and the width of a pixel of the screen.
    on: Option<(HtmlCanvasElement, Ground, f64)>,
    /// What comes from this tick on is still to be drawn.
    tick: u64,
    /// The lanes are drawn up to here.
    until: Time,
    /// What each node was last, by its place.
    last: Vec<Option<LaneChange>>,
    /// The marks, a cell a place.
    marks: Vec<Option<(Glyph, f64)>>,
}

impl Picture {
    /// Draws the strip up to `end`: what is new, or all of it when something else is to be seen.
    pub(super) fn draw(
        &mut self,
        ground: &Ground,
        strip: &dyn Strip,
        end: Time,
        canvas: &HtmlCanvasElement,
    ) {
        let Some(ctx) = context(canvas, ground.size.0, ground.size.1) else {
            return;
        };
        let grain = 1.0 / web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let on = Some((canvas.clone(), ground.clone(), grain));
        // Where the future is known to go on, what was is drawn on to there, and may have changed.
        let mut is_over = self.on != on || end < self.until;
        strip.lanes(self.tick, &mut |change| is_over |= change.at < self.until);
        if is_over {
            ctx.clear_rect(0.0, 0.0, ground.size.0, ground.size.1);
            *self = Self {
                on,
                last: vec![None; NodeId::MAX as usize],
                marks: vec![None; (ground.size.0 / CELL) as usize + 1],
                ..Self::default()
            };
        }
        let brush = Brush {
            ground,
            ctx: &ctx,
            grain,
        };
        let from = self.tick;
        self.lanes(strip, end, &brush);
        self.marks(strip, from, &brush);
    }

    fn lanes(&mut self, strip: &dyn Strip, end: Time, brush: &Brush) {
        let ground = brush.ground;
        let pitch = (ground.size.1 - MARKS) / ground.nodes.len().max(1) as f64;
        let thick = (pitch - 2.0).clamp(2.0, 4.0);
        let mut rows = [0.0; NodeId::MAX as usize];
        for (row, node) in ground.nodes.iter().enumerate() {
            rows[node.index()] = MARKS + (row as f64 + 0.5) * pitch;
        }
        let drawn = self.until;
        let lane = |was: &LaneChange, until| {
            brush.lane(was, was.at.max(drawn), until, rows[was.node.index()], thick);
        };
        strip.lanes(self.tick, &mut |change| {
            self.tick = change.tick + 1;
            if let Some(was) = self.last[change.node.index()].replace(*change) {
                lane(&was, change.at);
            }
        });
        for was in self.last.iter().flatten() {
            lane(was, end);
        }
        self.until = end;
    }

    fn marks(&mut self, strip: &dyn Strip, from: u64, brush: &Brush) {
        let mut is_new = false;
        strip.marks(from, &mut |mark| {
            self.tick = self.tick.max(mark.tick + 1);
            let x = brush.x(mark.at);
            let cell = self.marks.get_mut((x / CELL) as usize);
            let Some((glyph, cell)) = Glyph::of(mark.kind).zip(cell) else {
                return;
            };
            if cell.is_none_or(|(other, _)| other < glyph) {
                *cell = Some((glyph, x));
                is_new = true;
            }
        });
        if is_new {
            brush.marks(&self.marks);
        }
    }
}

struct Brush<'a> {
    ground: &'a Ground,
    ctx: &'a CanvasRenderingContext2d,
    /// The width of a pixel of the screen.
    grain: f64,
}

impl Brush<'_> {
    /// Where a time is, on a whole pixel of the screen.
    fn x(&self, at: Time) -> f64 {
        let x = at.0 as f64 / self.ground.axis.0 as f64 * self.ground.size.0;
        (x / self.grain).floor() * self.grain
    }

    /// What a node was, from then until then.
    fn lane(&self, was: &LaneChange, from: Time, until: Time, y: f64, thick: f64) {
        let (from, to) = (self.x(from), self.x(until));
        if from >= to {
            return;
        }
        let theme = &self.ground.theme;
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

    /// Dashes so long, each so far from the one before; they do not move as time goes on, and are the
    /// same drawn in pieces.
    fn dashes(&self, from: f64, to: f64, y: f64, thick: f64, (dash, each): (f64, f64)) {
        let mut x = (from / each).floor() * each;
        while x < to {
            if x + dash > from {
                self.bar(x.max(from), (x + dash).min(to), y, thick);
            }
            x += each;
        }
    }

    fn marks(&self, marks: &[Option<(Glyph, f64)>]) {
        self.ctx.clear_rect(0.0, 0.0, self.ground.size.0, MARKS);
        let mut last = (Glyph::Act, -CELL);
        for &(glyph, x) in marks.iter().flatten() {
            // Two cells may have theirs side by side.
            if x - last.1 < CELL - 1.0 && glyph <= last.0 {
                continue;
            }
            last = (glyph, x);
            self.mark(
                glyph,
                x.max(CELL / 2.0).min(self.ground.size.0 - CELL / 2.0),
            );
        }
    }

    fn mark(&self, glyph: Glyph, x: f64) {
        let (ctx, y) = (self.ctx, MARKS / 2.0);
        let theme = &self.ground.theme;
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
            // Left of where the lanes go on.
            ctx.fill_rect(x - 1.0, MARKS, 1.0, self.ground.size.1 - MARKS);
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
