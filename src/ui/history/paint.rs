//! The picture: a lane a client, and its operations on it.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::CanvasRenderingContext2d;

use crate::sim::{OperationRecord, Outcome};
use crate::ui::axis::{round, seconds};
use crate::ui::stage::Theme;

use super::ledger::{AXIS, LANE, Ledger, NAMES, label};

/// How high an operation is, in pixels.
const HIGH: f64 = 20.0;
/// How wide at the least, so that it can be seen and pressed.
const LEAST: f64 = 3.0;
/// How wide a letter is.
const LETTER: f64 = 7.2;
/// How far what has no end goes on.
const OPEN: f64 = 16.0;
/// Times on the axis are no nearer to each other than this.
const TIMES_APART: f64 = 92.0;

/// What there is to say of an operation beside what became of it.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) is_stale: bool,
    pub(super) is_misfit: bool,
    pub(super) is_selected: bool,
    pub(super) is_pointed: bool,
}

impl Mark {
    const fn is_plain(self) -> bool {
        !(self.is_stale || self.is_misfit || self.is_selected || self.is_pointed)
    }
}

/// What is drawn on.
pub(super) struct Picture<'a> {
    pub(super) ctx: &'a CanvasRenderingContext2d,
    pub(super) theme: &'a Rc<Theme>,
    pub(super) size: (f64, f64),
    pub(super) ledger: &'a Ledger,
    /// What is filled with, while operations are drawn that are no wider than they must be: another is set
    /// only when it is another, since that takes longer than to fill.
    pub(super) thin: Cell<Option<&'a str>>,
}

impl<'a> Picture<'a> {
    /// What is behind the operations. Up to `fits` the history is linearizable, if not to its end.
    pub(super) fn begin(&self, fits: Option<f64>) {
        let (ctx, (width, height)) = (self.ctx, self.size);
        ctx.clear_rect(0.0, 0.0, width, height);
        ctx.set_text_baseline("alphabetic");
        ctx.set_text_align("left");
        let Some(fits) = fits else {
            return;
        };
        let to = self.ledger.x(fits).min(width);
        if to > NAMES {
            ctx.set_global_alpha(0.12);
            ctx.set_fill_style_str(&self.theme.muted);
            ctx.fill_rect(NAMES, AXIS, to - NAMES, height - AXIS);
            ctx.set_global_alpha(1.0);
            ctx.set_fill_style_str(&self.theme.bad);
            ctx.fill_rect(to.round() - 1.0, AXIS, 2.0, height - AXIS);
        }
    }

    /// An operation; says from where to where it is.
    pub(super) fn operation(&self, record: &OperationRecord, y: f64, mark: Mark) -> (f64, f64) {
        let (ctx, theme) = (self.ctx, self.theme);
        let now = self.ledger.x(self.ledger.end);
        let asked = self.ledger.x(record.asked.0 as f64);
        let Some(began) = record.began else {
            return self.queued(asked, y, mark);
        };
        let from = self.ledger.x(began.0 as f64);
        let to = record.ended.map_or(now, |at| self.ledger.x(at.0 as f64));
        let to = to.max(from + LEAST);
        let left = asked.max(NAMES);
        if to <= from + LEAST && from - left < 1.0 && mark.is_plain() {
            self.thin(record, from, y);
            return (from, to);
        }
        self.thin.set(None);
        if from > left {
            // It waits for its client.
            ctx.set_fill_style_str(&theme.muted);
            ctx.fill_rect(left, y - 0.5, from - left, 1.0);
        }
        let bad = mark.is_stale || mark.is_misfit;
        let accent = mark.is_selected || mark.is_pointed;
        ctx.set_stroke_style_str(match (accent, bad) {
            (true, _) => &theme.accent,
            (false, true) => &theme.bad,
            (false, false) => &theme.ink,
        });
        ctx.set_line_width(match (mark.is_misfit, accent) {
            (true, _) => 2.5,
            (false, true) => 2.0,
            (false, false) => 1.0,
        });
        let is_open = matches!(record.outcome, Outcome::Pending | Outcome::Unknown);
        self.fill(record, (from, to), y);
        self.outline((from, to), y, is_open);
        if mark.is_misfit {
            self.cross((from + to) / 2.0, y - HIGH / 2.0 - 3.0);
        } else if mark.is_stale {
            self.wedge((from + to) / 2.0, y - HIGH / 2.0 - 1.0);
        }
        self.label(record, (from.max(NAMES), to), y);
        (left.min(from), to + if is_open { OPEN } else { 0.0 })
    }

    /// One that has no room for an outline.
    fn thin(&self, record: &OperationRecord, from: f64, y: f64) {
        let colour: &'a str = match record.operation.is_read() {
            true => &self.theme.muted,
            false => &self.theme.accent,
        };
        self.fill_thin(colour);
        self.ctx.fill_rect(from, y - HIGH / 2.0, LEAST - 1.0, HIGH);
    }

    fn fill_thin(&self, colour: &'a str) {
        if self.thin.replace(Some(colour)) != Some(colour) {
            self.ctx.set_fill_style_str(colour);
        }
    }

    /// An operation that waits for the one before it: a dot under that, where it was asked.
    fn queued(&self, x: f64, y: f64, mark: Mark) -> (f64, f64) {
        let is_marked = mark.is_selected || mark.is_pointed;
        self.fill_thin(match is_marked {
            true => &self.theme.accent,
            false => &self.theme.muted,
        });
        let size = if is_marked { 4.0 } else { 3.0 };
        self.ctx
            .fill_rect(x - size / 2.0, y + HIGH / 2.0 + 1.0, size, size);
        (x - LEAST, x + LEAST)
    }

    /// A write is tinted, a read is paper; what was not done is hollow.
    fn fill(&self, record: &OperationRecord, (from, to): (f64, f64), y: f64) {
        let (ctx, theme) = (self.ctx, self.theme);
        if matches!(record.outcome, Outcome::Failed(_)) {
            return;
        }
        let fill = |colour: &str| {
            ctx.set_fill_style_str(colour);
            ctx.fill_rect(from, y - HIGH / 2.0, to - from, HIGH);
        };
        fill(&theme.paper);
        if !record.operation.is_read() {
            ctx.set_global_alpha(0.16);
            fill(&theme.accent);
            ctx.set_global_alpha(1.0);
        }
    }

    /// All four sides, or, of what has no end, all but the right one, which fades away.
    fn outline(&self, (from, to): (f64, f64), y: f64, is_open: bool) {
        let ctx = self.ctx;
        let (top, bottom) = (y - HIGH / 2.0 + 0.5, y + HIGH / 2.0 - 0.5);
        let (from, to) = (from.max(-4.0), to.min(self.size.0 + 4.0));
        ctx.begin_path();
        if !is_open {
            ctx.rect(from, top, to - from, bottom - top);
            return ctx.stroke();
        }
        ctx.move_to(to, top);
        ctx.line_to(from, top);
        ctx.line_to(from, bottom);
        ctx.line_to(to, bottom);
        for dash in 0..3 {
            let x = to + 3.0 + 5.0 * f64::from(dash);
            for side in [top, bottom] {
                ctx.move_to(x, side);
                ctx.line_to(x + 2.5, side);
            }
        }
        ctx.stroke();
    }

    fn cross(&self, x: f64, y: f64) {
        let ctx = self.ctx;
        ctx.set_stroke_style_str(&self.theme.bad);
        ctx.set_line_width(2.0);
        ctx.begin_path();
        for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
            ctx.move_to(x - dx, y - dy);
            ctx.line_to(x + dx, y + dy);
        }
        ctx.stroke();
    }

    fn wedge(&self, x: f64, y: f64) {
        let ctx = self.ctx;
        ctx.set_fill_style_str(&self.theme.bad);
        ctx.begin_path();
        ctx.move_to(x - 4.0, y - 5.0);
        ctx.line_to(x + 4.0, y - 5.0);
        ctx.line_to(x, y + 1.0);
        ctx.fill();
    }

    /// As much of what was asked and answered as there is room for.
    fn label(&self, record: &OperationRecord, (from, to): (f64, f64), y: f64) {
        let room = ((to - from - 8.0) / LETTER).floor();
        if room < 3.0 {
            return;
        }
        let (room, label) = (room as usize, label(record));
        let (ctx, theme) = (self.ctx, self.theme);
        ctx.set_font(&format!("12px {}", theme.mono));
        ctx.set_fill_style_str(match record.outcome {
            Outcome::Failed(_) => &theme.muted,
            Outcome::Ok(_) | Outcome::Pending | Outcome::Unknown => &theme.ink,
        });
        let mut text: String = label.chars().take(room).collect();
        if text.len() < label.len() {
            text.pop();
            text.push('…');
        }
        // It fails for a place that is no number.
        let _ = ctx.fill_text(&text, from + 4.0, y + 4.0);
    }

    /// The edges, over what the operations have drawn on them: times, names, the playhead.
    pub(super) fn end<'b>(&self, rows: impl Iterator<Item = (&'b str, f64)>) {
        let (ctx, theme, (width, height)) = (self.ctx, self.theme, self.size);
        ctx.clear_rect(0.0, 0.0, NAMES - 4.0, height);
        ctx.set_font(&format!("12px {}", theme.mono));
        ctx.set_fill_style_str(&theme.ink);
        let most = ((NAMES - 8.0) / LETTER) as usize;
        for (name, y) in rows.filter(|&(_, y)| y > AXIS - LANE && y < height + LANE) {
            let mut name: String = name.chars().take(most + 1).collect();
            if name.chars().count() > most {
                name.truncate(name.char_indices().nth(most - 1).map_or(0, |(at, _)| at));
                name.push('…');
            }
            // It fails for a place that is no number.
            let _ = ctx.fill_text(&name, 0.0, y + 4.0);
            ctx.set_global_alpha(0.15);
            ctx.fill_rect(0.0, (y + LANE / 2.0).round() - 1.0, width, 1.0);
            ctx.set_global_alpha(1.0);
        }
        self.axis();
        let x = self.ledger.x(self.ledger.end).round() + 0.5;
        if x >= NAMES && x <= width {
            ctx.set_fill_style_str(&theme.ink);
            ctx.fill_rect(x - 0.75, AXIS - 4.0, 1.5, height - AXIS + 4.0);
        }
    }

    fn axis(&self) {
        let (ctx, theme, (width, height)) = (self.ctx, self.theme, self.size);
        let window = self.ledger.window;
        ctx.clear_rect(0.0, 0.0, width, AXIS - 4.0);
        let step = round(window.span * TIMES_APART / (width - NAMES));
        ctx.set_font(&format!("12px {}", theme.sans));
        ctx.set_fill_style_str(&theme.muted);
        let mut at = (window.from / step as f64).ceil() as u64 * step;
        while at as f64 <= window.until() {
            let x = self.ledger.x(at as f64).round();
            ctx.set_global_alpha(0.25);
            ctx.fill_rect(x, 4.0, 1.0, height - 4.0);
            ctx.set_global_alpha(1.0);
            // It fails for a place that is no number.
            let _ = ctx.fill_text(&seconds(at, step), x + 4.0, 14.0);
            at += step;
        }
    }
}
