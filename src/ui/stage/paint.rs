//! What each kind of message looks like. Shape says the kind, colour the term, a tick
//! or a cross the outcome.

use std::f64::consts::TAU;

use super::outside::short;
use super::pen::{Anchor, Pen, Words};
use super::point::Point;
use super::theme::{ON_TERM, Theme};
use crate::raft::{AppendResult, InstallResult, Term};
use crate::ui::view::{Flight, Look};

/// The side of an entry's square.
const SQUARE: f64 = 15.0;
/// The size of all text, since a canvas takes longest to change its font.
const TEXT: u32 = 12;
/// The width of a digit in it.
const DIGIT: f64 = 7.2;
/// Between two squares.
const GAP: f64 = 2.0;
/// The most characters on an operation's chip.
const CHIP_CHARS: usize = 18;

/// Draws in the colours of the page.
pub struct Brush<'a> {
    /// On what.
    pub pen: &'a dyn Pen,
    /// The colours.
    pub theme: &'a Theme,
}

impl Brush<'_> {
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
            Look::Operation { reply, what, .. } => self.chip(at, *reply, what),
        }
    }

    /// The mark round the selected message.
    pub fn selection(&self, at: Point) {
        self.pen.circle(at, 16.0);
        self.pen.stroke(&self.theme.accent, 2.5, false);
    }

    /// What is left of an election timer: an arc that runs down clockwise to the top.
    pub fn timer(&self, centre: Point, radius: f64, left: f64) {
        let top = -TAU / 4.0;
        self.pen.begin();
        self.pen
            .arc(centre, radius, top + TAU * (1.0 - left), top + TAU);
        self.pen.stroke(&self.theme.muted, 2.5, false);
    }

    fn circle(&self, at: Point, radius: f64) {
        self.pen.circle(at, radius);
    }

    fn diamond(&self, at: Point, arm: f64) {
        let Point { x, y } = at;
        self.pen
            .polygon(&[(x, y - arm), (x + arm, y), (x, y + arm), (x - arm, y)]);
    }

    /// Fills the path and outlines it in ink.
    fn fill_and_ink(&self, fill: &str) {
        self.pen.fill(fill);
        self.pen.stroke(&self.theme.ink, 1.25, false);
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
        let corners = [
            (2.0, -9.0),
            (-6.0, 1.5),
            (-0.5, 1.5),
            (-2.0, 9.0),
            (6.0, -1.5),
            (0.5, -1.5),
        ];
        self.pen
            .polygon(&corners.map(|(x, y)| (at.x + x, at.y + y)));
        self.fill_and_ink(fill);
    }

    /// Three sheets, one behind another: many entries in one.
    fn sheets(&self, at: Point, fill: &str) {
        for shift in [-3.5, 0.0, 3.5] {
            self.rounded(Point::new(at.x - shift, at.y + shift), (15.0, 12.0), 0.0);
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
        let pen = self.pen;
        pen.begin();
        if good {
            pen.move_to(at.x - 3.2, at.y + 0.2);
            pen.line_to(at.x - 0.9, at.y + 2.6);
            pen.line_to(at.x + 3.4, at.y - 2.6);
        } else {
            pen.move_to(at.x - 2.6, at.y - 2.6);
            pen.line_to(at.x + 2.6, at.y + 2.6);
            pen.move_to(at.x + 2.6, at.y - 2.6);
            pen.line_to(at.x - 2.6, at.y + 2.6);
        }
        pen.stroke(ON_TERM, 1.9, true);
    }

    /// The very entries it brings; more than three are one with their number.
    fn entries(&self, at: Point, terms: &[Option<Term>; 3], count: usize) {
        let shown = terms.iter().flatten().take(if count > 3 { 1 } else { 3 });
        let width: f64 = shown.clone().map(|term| broad(*term) + GAP).sum();
        let mut x = at.x - (width - GAP) / 2.0;
        for &term in shown {
            let broad = broad(term);
            self.entry(Point::new(x + broad / 2.0, at.y), broad, term);
            x += broad + GAP;
        }
        if count > 3 {
            // Legible over lines.
            self.pen.words(Words {
                text: &format!("×{count}"),
                at: Point::new(x + 1.0, at.y),
                anchor: Anchor::Start,
                size: TEXT,
                ink: &self.theme.ink,
                halo: Some(&self.theme.paper),
            });
        }
    }

    fn entry(&self, middle: Point, broad: f64, term: Term) {
        self.rounded(middle, (broad, SQUARE), 0.0);
        self.fill_and_ink(self.theme.term(term));
        let on = if term == Term::ZERO {
            &self.theme.ink
        } else {
            ON_TERM
        };
        self.text(&term.to_string(), middle, on);
    }

    fn question(&self, at: Point, reply: bool) {
        self.rounded(at, (18.0, 18.0), 4.0);
        let (ground, ink) = self.ground(reply);
        self.fill_and_ink(ground);
        self.text("?", at, ink);
    }

    fn chip(&self, at: Point, reply: bool, what: &str) {
        let words = short(what, CHIP_CHARS);
        let width = self.pen.width(&words, TEXT) + 14.0;
        self.rounded(at, (width, 22.0), 4.0);
        let (ground, ink) = self.ground(reply);
        self.fill_and_ink(ground);
        self.text(&words, at, ink);
    }

    /// Ink on paper for what is asked, paper on ink for an answer.
    fn ground(&self, reply: bool) -> (&str, &str) {
        let Theme { paper, ink, .. } = self.theme;
        if reply { (ink, paper) } else { (paper, ink) }
    }

    fn rounded(&self, at: Point, (width, height): (f64, f64), corner: f64) {
        self.pen.begin();
        self.pen.rect(at, width, height, corner);
    }

    fn text(&self, text: &str, at: Point, ink: &str) {
        self.pen.words(Words {
            text,
            at,
            anchor: Anchor::Middle,
            size: TEXT,
            ink,
            halo: None,
        });
    }

    /// One half of a message that died, drifting from the other: `apart` from 0 to 1.
    pub fn half(&self, flight: &Flight, at: Point, apart: f64, left: bool) {
        let sign = if left { -1.0 } else { 1.0 };
        let (drift, turn) = (sign * (2.5 + 5.0 * apart), sign * 0.35 * apart);
        let at = Point::new(at.x + drift, at.y + 3.0 * apart * sign.max(0.0));
        let corners = [
            (-2.0, -40.0),
            (2.0, -6.0),
            (-2.0, -2.0),
            (2.0, 2.0),
            (-2.0, 6.0),
            (2.0, 40.0),
            (sign * 90.0, 40.0),
            (sign * 90.0, -40.0),
        ];
        self.pen.cut_out(at, turn, &corners, &|| {
            self.message(flight, Point::default());
        });
    }
}

/// How broad an entry is: a square, unless its term is too long for that.
fn broad(term: Term) -> f64 {
    let digits = term.0.checked_ilog10().unwrap_or_default() + 1;
    SQUARE.max(f64::from(digits) * DIGIT + 3.0)
}

/// How large a ballot is drawn; the promise of one is smaller.
const fn ballot_size(pre: bool) -> f64 {
    if pre { 7.5 } else { 10.0 }
}
