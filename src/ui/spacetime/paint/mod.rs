//! The picture: lanes, terms, lines and signs, as much of each as is in view.
//!
//! | module | what it draws |
//! | --- | --- |
//! | `states` | what each node was: its term as a band, its lane on it |
//! | `lines` | what went from one to another, and what led to what is pointed at |
//! | `texture` | how much went, where it is too much to be drawn line by line |
//! | `signs` | what mattered of what happened |

mod lines;
mod signs;
mod states;
mod texture;

use std::rc::Rc;

use web_sys::CanvasRenderingContext2d;

use crate::timeline::Branch;
use crate::timeline::spacetime::{Cone, SpaceTime};
use crate::ui::axis::{round, seconds};
use crate::ui::selection::Selection;
use crate::ui::stage::Theme;

use super::lanes::{Lane, Lanes, Thing};

/// Times on the axis are no nearer to each other than this.
const TIMES_APART: f64 = 92.0;

/// What is drawn.
pub(super) struct Picture<'a> {
    pub(super) ctx: &'a CanvasRenderingContext2d,
    pub(super) theme: &'a Rc<Theme>,
    pub(super) lanes: &'a Lanes,
    /// The names of the lanes of the clients and the proxy.
    pub(super) names: [&'a str; 2],
    pub(super) branch: &'a Branch,
    /// Where the playhead is, in microseconds.
    pub(super) now: f64,
    /// What happened, unless there is too much of it.
    pub(super) stretch: Option<&'a SpaceTime>,
    /// What is pointed at, and what led to it and came of it.
    pub(super) thing: Option<(Thing, &'a Cone)>,
    pub(super) selected: Option<Selection>,
}

impl Picture<'_> {
    pub(super) fn draw(&self) {
        let (width, height) = self.lanes.size;
        self.ctx.clear_rect(0.0, 0.0, width, height);
        self.axis();
        self.ctx.save();
        self.clip();
        for &lane in &self.lanes.all {
            match lane {
                Lane::Clients | Lane::Proxy => self.hairline(lane),
                Lane::Node(_) => {}
            }
        }
        self.nodes();
        match self.stretch {
            Some(stretch) => {
                self.lines(stretch);
                self.signs(stretch);
                self.pointed(stretch);
            }
            None => {
                self.texture();
                self.marks();
            }
        }
        self.above();
        self.future();
        self.ctx.restore();
        self.names();
        self.playhead();
    }

    fn clip(&self) {
        let (left, (width, height)) = (self.lanes.left(), self.lanes.size);
        self.ctx.begin_path();
        self.ctx.rect(left, 0.0, width - left, height);
        self.ctx.clip();
    }

    /// How far the branch has been run.
    fn end(&self) -> f64 {
        self.branch.end().at.0 as f64
    }

    fn bottom(&self) -> f64 {
        self.lanes.axis() + self.lanes.all.len() as f64 * self.lanes.pitch
    }

    fn stroke(&self, colour: &str, width: f64) {
        self.ctx.set_stroke_style_str(colour);
        self.ctx.set_line_width(width);
    }

    fn text(&self, text: &str, x: f64, y: f64) {
        // It fails for a place that is no number.
        let _ = self.ctx.fill_text(text, x, y);
    }

    /// The times, and a hairline down from each.
    fn axis(&self) {
        let (ctx, lanes) = (self.ctx, self.lanes);
        let step = round(lanes.window.span * TIMES_APART / (lanes.size.0 - lanes.left()));
        ctx.set_font(&format!("12px {}", self.theme.sans));
        ctx.set_text_align("left");
        ctx.set_text_baseline("alphabetic");
        self.stroke(&self.theme.muted, 1.0);
        ctx.set_fill_style_str(&self.theme.muted);
        let mut at = (lanes.window.from / step as f64).ceil() as u64 * step;
        while at as f64 <= lanes.window.until() {
            let x = lanes.x(at as f64).round() + 0.5;
            ctx.set_global_alpha(0.25);
            ctx.begin_path();
            ctx.move_to(x, 4.0);
            ctx.line_to(x, self.bottom());
            ctx.stroke();
            ctx.set_global_alpha(1.0);
            self.text(&seconds(at, step), x + 4.0, 14.0);
            at += step;
        }
    }

    /// What comes after the playhead is faint.
    fn future(&self) {
        let x = self.lanes.x(self.now);
        if self.now < self.end() && x < self.lanes.size.0 {
            self.ctx.set_global_alpha(0.5);
            self.ctx.set_fill_style_str(&self.theme.paper);
            let top = self.lanes.axis();
            self.ctx
                .fill_rect(x, top, self.lanes.size.0 - x, self.bottom() - top);
            self.ctx.set_global_alpha(1.0);
        }
    }

    fn names(&self) {
        let (ctx, theme) = (self.ctx, self.theme);
        ctx.set_text_align("left");
        let selected = self.selected.and_then(Selection::node);
        for &lane in &self.lanes.all {
            let (name, is_selected) = match lane {
                Lane::Clients => (self.names[0].to_owned(), false),
                Lane::Proxy => (self.names[1].to_owned(), false),
                Lane::Node(node) => (node.to_string(), selected == Some(node)),
            };
            let weight = if is_selected { "600 " } else { "" };
            ctx.set_font(&format!("{weight}12px {}", theme.sans));
            ctx.set_fill_style_str(match lane {
                _ if is_selected => &theme.accent,
                Lane::Node(_) => &theme.ink,
                Lane::Clients | Lane::Proxy => &theme.muted,
            });
            let y = self.lanes.y(lane).unwrap_or_default();
            self.text(&name, 0.0, y + 4.0);
        }
    }

    fn playhead(&self) {
        let x = self.lanes.x(self.now).round() + 0.5;
        if x < self.lanes.left() || x > self.lanes.size.0 + 1.0 {
            return;
        }
        self.stroke(&self.theme.ink, 1.5);
        self.ctx.begin_path();
        self.ctx.move_to(x, self.lanes.axis() - 4.0);
        self.ctx.line_to(x, self.bottom());
        self.ctx.stroke();
        self.ctx.set_fill_style_str(&self.theme.ink);
        self.ctx.begin_path();
        // It fails for a radius below nothing.
        let _ = self
            .ctx
            .arc(x, self.lanes.axis() - 4.0, 4.0, 0.0, std::f64::consts::TAU);
        self.ctx.fill();
    }
}
