//! What the painter draws with: the canvas of the page, or a picture's text (`ui::picture`).

use std::cell::RefCell;
use std::f64::consts::TAU;

use web_sys::CanvasRenderingContext2d;

use super::point::Point;

/// From where text goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its left end is at the point.
    Start,
    /// Its middle is at the point.
    Middle,
}

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where.
    pub at: Point,
    /// From where it goes on.
    pub anchor: Anchor,
    /// The size of the font, in pixels.
    pub size: u32,
    /// In which colour.
    pub ink: &'a str,
    /// What it stands out from lines with.
    pub halo: Option<&'a str>,
}

/// Draws shapes: a path is begun, made, then filled and stroked. Angles count clockwise from the right.
pub trait Pen {
    /// Begins a path.
    fn begin(&self);
    /// Goes to a point.
    fn move_to(&self, x: f64, y: f64);
    /// Draws a line to a point.
    fn line_to(&self, x: f64, y: f64);
    /// Draws a line to where it began.
    fn close(&self);
    /// Draws part of a circle clockwise.
    fn arc(&self, centre: Point, radius: f64, from: f64, to: f64);
    /// Draws a rectangle round a point, with round corners.
    fn rect(&self, middle: Point, width: f64, height: f64, corner: f64);
    /// Fills the path.
    fn fill(&self, colour: &str);
    /// Draws along the path.
    fn stroke(&self, colour: &str, width: f64, round: bool);
    /// Writes.
    fn words(&self, words: Words<'_>);
    /// How wide a text is.
    fn width(&self, text: &str, size: u32) -> f64;
    /// What is drawn is one thing, seen through as much as `alpha` is under 1.
    fn thing(&self, name: &'static str, alpha: f64, draw: &dyn Fn());
    /// What is drawn round the origin stands at a point, turned, and is seen only within `corners`.
    fn cut_out(&self, at: Point, turn: f64, corners: &[(f64, f64)], draw: &dyn Fn());

    /// Draws a circle.
    fn circle(&self, centre: Point, radius: f64) {
        self.begin();
        self.arc(centre, radius, 0.0, TAU);
    }

    /// Draws through points and back.
    fn polygon(&self, corners: &[(f64, f64)]) {
        self.begin();
        for (place, &(x, y)) in corners.iter().enumerate() {
            match place {
                0 => self.move_to(x, y),
                _ => self.line_to(x, y),
            }
        }
        self.close();
    }
}

/// Draws on a canvas.
pub struct CanvasPen<'a> {
    ctx: &'a CanvasRenderingContext2d,
    family: &'a str,
    /// What is set, which costs more than to draw with it: not to be set again.
    set: RefCell<Set>,
}

/// What a canvas draws with, as far as that is known.
#[derive(Clone, Default)]
struct Set {
    /// The size of the font, 0 for none.
    font: u32,
    fill: String,
    stroke: String,
    width: f64,
    /// Whether lines have round ends.
    round: bool,
    anchor: Option<Anchor>,
}

impl<'a> CanvasPen<'a> {
    /// A pen for one frame.
    pub fn new(ctx: &'a CanvasRenderingContext2d, family: &'a str) -> Self {
        ctx.set_line_cap("butt");
        ctx.set_text_baseline("middle");
        Self {
            ctx,
            family,
            set: RefCell::default(),
        }
    }

    fn font(&self, size: u32) {
        let mut set = self.set.borrow_mut();
        if set.font != size {
            set.font = size;
            let family = self.family;
            self.ctx.set_font(&format!("600 {size}px {family}"));
        }
    }

    fn anchor(&self, anchor: Anchor) {
        let mut set = self.set.borrow_mut();
        if set.anchor != Some(anchor) {
            set.anchor = Some(anchor);
            self.ctx.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
            });
        }
    }

    fn fill_style(&self, colour: &str) {
        let mut set = self.set.borrow_mut();
        if set.fill != colour {
            colour.clone_into(&mut set.fill);
            self.ctx.set_fill_style_str(colour);
        }
    }

    fn stroke_style(&self, colour: &str, width: f64) {
        let mut set = self.set.borrow_mut();
        if set.stroke != colour {
            colour.clone_into(&mut set.stroke);
            self.ctx.set_stroke_style_str(colour);
        }
        if set.width != width {
            set.width = width;
            self.ctx.set_line_width(width);
        }
    }
}

impl Pen for CanvasPen<'_> {
    fn begin(&self) {
        self.ctx.begin_path();
    }

    fn move_to(&self, x: f64, y: f64) {
        self.ctx.move_to(x, y);
    }

    fn line_to(&self, x: f64, y: f64) {
        self.ctx.line_to(x, y);
    }

    fn close(&self) {
        self.ctx.close_path();
    }

    fn arc(&self, centre: Point, radius: f64, from: f64, to: f64) {
        // The only error is a negative radius.
        let _ = self.ctx.arc(centre.x, centre.y, radius, from, to);
    }

    fn rect(&self, middle: Point, width: f64, height: f64, corner: f64) {
        let (left, top) = (middle.x - width / 2.0, middle.y - height / 2.0);
        // The only error is a negative radius.
        let _ = self
            .ctx
            .round_rect_with_f64(left, top, width, height, corner);
    }

    fn fill(&self, colour: &str) {
        self.fill_style(colour);
        self.ctx.fill();
    }

    fn stroke(&self, colour: &str, width: f64, round: bool) {
        self.stroke_style(colour, width);
        if std::mem::replace(&mut self.set.borrow_mut().round, round) != round {
            self.ctx.set_line_cap(if round { "round" } else { "butt" });
        }
        self.ctx.stroke();
    }

    fn words(&self, words: Words<'_>) {
        let (ctx, Point { x, y }) = (self.ctx, words.at);
        self.font(words.size);
        self.anchor(words.anchor);
        // Writing without a width limit has no way to fail.
        if let Some(halo) = words.halo {
            self.stroke_style(halo, 4.0);
            let _ = ctx.stroke_text(words.text, x, y + 0.75);
        }
        self.fill_style(words.ink);
        let _ = ctx.fill_text(words.text, x, y + 0.75);
    }

    fn width(&self, text: &str, size: u32) -> f64 {
        self.font(size);
        self.ctx.measure_text(text).map_or(60.0, |m| m.width())
    }

    fn thing(&self, _: &'static str, alpha: f64, draw: &dyn Fn()) {
        if alpha >= 1.0 {
            return draw();
        }
        self.ctx.set_global_alpha(alpha);
        draw();
        self.ctx.set_global_alpha(1.0);
    }

    fn cut_out(&self, at: Point, turn: f64, corners: &[(f64, f64)], draw: &dyn Fn()) {
        let ctx = self.ctx;
        let before = self.set.borrow().clone();
        ctx.save();
        // The numbers are finite, and then none of these can fail.
        let _ = ctx.translate(at.x, at.y);
        let _ = ctx.rotate(turn);
        self.polygon(corners);
        ctx.clip();
        draw();
        ctx.restore();
        self.set.replace(before);
    }
}
