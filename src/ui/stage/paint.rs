//! What each kind of message looks like on the canvas. Shape says the kind, colour the term, a tick
//! or a cross the outcome.

use std::cell::Cell;
use std::f64::consts::TAU;

use web_sys::CanvasRenderingContext2d;

use super::outside::short;
use super::point::Point;
use super::theme::{ON_TERM, Theme};
use crate::raft::{AppendResult, InstallResult, Term};
use crate::ui::view::{Flight, Look};

/// The side of an entry's square.
const SQUARE: f64 = 15.0;
/// Between two squares.
const GAP: f64 = 2.0;
/// The most characters on an operation's chip.
const CHIP_CHARS: usize = 18;

/// Draws on the canvas in the colours of the page.
pub struct Brush<'a> {
    /// The canvas.
    pub ctx: &'a CanvasRenderingContext2d,
    /// The colours.
    pub theme: &'a Theme,
    /// The size of the font that is set, 0 for none: setting one is the dearest call of a frame.
    font: Cell<u32>,
}

impl<'a> Brush<'a> {
    /// A brush for one frame.
    pub fn new(ctx: &'a CanvasRenderingContext2d, theme: &'a Theme) -> Self {
        let font = Cell::new(0);
        Self { ctx, theme, font }
    }

    /// A message, its middle at `at`.
    pub fn message(&self, flight: &Flight, at: Point) {
        let fill = self.theme.term(flight.term);
        match &flight.look {
            Look::RequestVote { pre } => self.hollow_diamond(at, ballot_size(*pre), fill),
            Look::Vote { pre, granted } => {
                self.diamond(at, ballot_size(*pre));
                self.fill_and_ink(fill);
                self.verdict(at, *granted);
            }
            Look::Heartbeat => self.hollow_dot(at, fill),
            Look::Entries { terms, count } => self.entries(at, terms, *count),
            Look::Appended(result) => {
                self.circle(at, 7.0);
                self.fill_and_ink(fill);
                self.verdict(at, matches!(result, AppendResult::Matched { .. }));
            }
            Look::ReadIndex { reply } => self.question(at, *reply),
            Look::TimeoutNow => self.bolt(at, fill),
            Look::Snapshot { .. } => self.sheets(at, fill),
            Look::SnapshotReply(result) => {
                self.circle(at, 7.0);
                self.fill_and_ink(fill);
                self.verdict(at, *result != InstallResult::Refused);
            }
            Look::Operation { reply, what } => self.chip(at, *reply, what),
        }
    }

    /// The mark round the selected message.
    pub fn selection(&self, at: Point) {
        self.circle(at, 16.0);
        self.ctx.set_line_width(2.5);
        self.ctx.set_stroke_style_str(&self.theme.accent);
        self.ctx.stroke();
    }

    /// What is left of an election timer: an arc that runs down clockwise to the top.
    pub fn timer(&self, centre: Point, radius: f64, left: f64) {
        let ctx = self.ctx;
        let top = -TAU / 4.0;
        ctx.begin_path();
        // The only error is a negative radius.
        let _ = ctx.arc(
            centre.x,
            centre.y,
            radius,
            top + TAU * (1.0 - left),
            top + TAU,
        );
        ctx.set_line_width(2.5);
        ctx.set_line_cap("butt");
        ctx.set_stroke_style_str(&self.theme.muted);
        ctx.stroke();
    }

    fn circle(&self, at: Point, radius: f64) {
        self.ctx.begin_path();
        // The only error is a negative radius.
        let _ = self.ctx.arc(at.x, at.y, radius, 0.0, TAU);
    }

    fn diamond(&self, at: Point, arm: f64) {
        let ctx = self.ctx;
        ctx.begin_path();
        ctx.move_to(at.x, at.y - arm);
        ctx.line_to(at.x + arm, at.y);
        ctx.line_to(at.x, at.y + arm);
        ctx.line_to(at.x - arm, at.y);
        ctx.close_path();
    }

    /// Fills the path and outlines it in ink.
    fn fill_and_ink(&self, fill: &str) {
        self.ctx.set_fill_style_str(fill);
        self.ctx.fill();
        self.ink();
    }

    fn ink(&self) {
        self.ctx.set_line_width(1.25);
        self.ctx.set_stroke_style_str(&self.theme.ink);
        self.ctx.stroke();
    }

    /// A band of the term's colour with nothing in it.
    fn hollow_diamond(&self, at: Point, size: f64, fill: &str) {
        self.diamond(at, size);
        self.fill_and_ink(fill);
        self.diamond(at, size * 0.45);
        self.fill_and_ink(&self.theme.paper);
    }

    /// A bolt, point down.
    fn bolt(&self, at: Point, fill: &str) {
        let ctx = self.ctx;
        let corners = [
            (2.0, -9.0),
            (-6.0, 1.5),
            (-0.5, 1.5),
            (-2.0, 9.0),
            (6.0, -1.5),
            (0.5, -1.5),
        ];
        ctx.begin_path();
        for (x, y) in corners {
            ctx.line_to(at.x + x, at.y + y);
        }
        ctx.close_path();
        self.fill_and_ink(fill);
    }

    /// Three sheets, one behind another: many entries in one.
    fn sheets(&self, at: Point, fill: &str) {
        for shift in [-3.5, 0.0, 3.5] {
            self.ctx.begin_path();
            let (left, top) = (at.x - 7.5 - shift, at.y - 6.0 + shift);
            self.ctx.rect(left, top, 15.0, 12.0);
            self.fill_and_ink(fill);
        }
    }

    fn hollow_dot(&self, at: Point, fill: &str) {
        self.circle(at, 6.0);
        self.fill_and_ink(fill);
        self.circle(at, 2.75);
        self.fill_and_ink(&self.theme.paper);
    }

    /// A tick or a cross.
    fn verdict(&self, at: Point, good: bool) {
        let ctx = self.ctx;
        ctx.begin_path();
        if good {
            ctx.move_to(at.x - 3.2, at.y + 0.2);
            ctx.line_to(at.x - 0.9, at.y + 2.6);
            ctx.line_to(at.x + 3.4, at.y - 2.6);
        } else {
            ctx.move_to(at.x - 2.6, at.y - 2.6);
            ctx.line_to(at.x + 2.6, at.y + 2.6);
            ctx.move_to(at.x + 2.6, at.y - 2.6);
            ctx.line_to(at.x - 2.6, at.y + 2.6);
        }
        ctx.set_line_width(1.9);
        ctx.set_line_cap("round");
        ctx.set_stroke_style_str(ON_TERM);
        ctx.stroke();
    }

    /// The very entries it brings; more than three are one with their number.
    fn entries(&self, at: Point, terms: &[Option<Term>; 3], count: usize) {
        let shown = terms.iter().flatten().take(if count > 3 { 1 } else { 3 });
        let squares = shown.clone().count() as f64;
        let width = squares * SQUARE + (squares - 1.0).max(0.0) * GAP;
        let mut x = at.x - width / 2.0;
        for &term in shown {
            self.square(Point::new(x, at.y - SQUARE / 2.0), term);
            x += SQUARE + GAP;
        }
        if count > 3 {
            self.haloed(&format!("×{count}"), Point::new(x + 1.0, at.y));
        }
    }

    fn square(&self, corner: Point, term: Term) {
        self.ctx.begin_path();
        self.ctx.rect(corner.x, corner.y, SQUARE, SQUARE);
        self.fill_and_ink(self.theme.term(term));
        let on = if term == Term::ZERO {
            &self.theme.ink
        } else {
            ON_TERM
        };
        let middle = Point::new(corner.x + SQUARE / 2.0, corner.y + SQUARE / 2.0);
        self.text(&term.to_string(), middle, on, 11, "center");
    }

    fn question(&self, at: Point, reply: bool) {
        self.rounded(at, 18.0, 18.0);
        let (ground, ink) = self.ground(reply);
        self.fill_and_ink(ground);
        self.text("?", at, ink, 12, "center");
    }

    fn chip(&self, at: Point, reply: bool, what: &str) {
        let words = short(what, CHIP_CHARS);
        self.font(12);
        let width = self.ctx.measure_text(&words).map_or(60.0, |m| m.width()) + 14.0;
        self.rounded(at, width, 22.0);
        let (ground, ink) = self.ground(reply);
        self.fill_and_ink(ground);
        self.text(&words, at, ink, 12, "center");
    }

    /// Ink on paper for what is asked, paper on ink for an answer.
    fn ground(&self, reply: bool) -> (&str, &str) {
        let Theme { paper, ink, .. } = self.theme;
        if reply { (ink, paper) } else { (paper, ink) }
    }

    fn rounded(&self, at: Point, width: f64, height: f64) {
        let ctx = self.ctx;
        let (left, top) = (at.x - width / 2.0, at.y - height / 2.0);
        ctx.begin_path();
        // The only error is a negative radius.
        let _ = ctx.round_rect_with_f64(left, top, width, height, 4.0);
    }

    fn font(&self, size: u32) {
        if self.font.replace(size) != size {
            let family = &self.theme.mono;
            self.ctx.set_font(&format!("600 {size}px {family}"));
        }
    }

    fn text(&self, words: &str, at: Point, colour: &str, size: u32, align: &str) {
        let ctx = self.ctx;
        self.font(size);
        ctx.set_text_align(align);
        ctx.set_text_baseline("middle");
        ctx.set_fill_style_str(colour);
        // Filling text without a width limit has no way to fail.
        let _ = ctx.fill_text(words, at.x, at.y + 0.75);
    }

    /// Text that stays legible over lines.
    fn haloed(&self, words: &str, at: Point) {
        let ctx = self.ctx;
        self.font(12);
        ctx.set_text_align("left");
        ctx.set_text_baseline("middle");
        ctx.set_line_width(4.0);
        ctx.set_stroke_style_str(&self.theme.paper);
        // Stroking text without a width limit has no way to fail.
        let _ = ctx.stroke_text(words, at.x, at.y + 0.75);
        self.text(words, at, &self.theme.ink, 12, "left");
    }

    /// One half of a message that died, drifting from the other: `apart` from 0 to 1.
    pub fn half(&self, flight: &Flight, at: Point, apart: f64, left: bool) {
        let ctx = self.ctx;
        let sign = if left { -1.0 } else { 1.0 };
        ctx.save();
        let (drift, turn) = (sign * (2.5 + 5.0 * apart), sign * 0.35 * apart);
        // The numbers are finite, and then none of these can fail.
        let _ = ctx.translate(at.x + drift, at.y + 3.0 * apart * sign.max(0.0));
        let _ = ctx.rotate(turn);
        ctx.begin_path();
        ctx.move_to(-2.0, -40.0);
        for (x, y) in [
            (2.0, -6.0),
            (-2.0, -2.0),
            (2.0, 2.0),
            (-2.0, 6.0),
            (2.0, 40.0),
        ] {
            ctx.line_to(x, y);
        }
        ctx.line_to(sign * 90.0, 40.0);
        ctx.line_to(sign * 90.0, -40.0);
        ctx.close_path();
        ctx.clip();
        self.message(flight, Point::default());
        ctx.restore();
        // It has brought back the font of before.
        self.font.set(0);
    }
}

/// How large a ballot is drawn; the promise of one is smaller.
const fn ballot_size(pre: bool) -> f64 {
    if pre { 7.5 } else { 10.0 }
}
