//! Draws what moves as the text of an SVG.

use std::cell::{Cell, RefCell};
use std::f64::consts::{PI, TAU};
use std::fmt::{Arguments, Write as _};

use js_sys::Math::{cos, sin};

use crate::ui::stage::{Anchor, Pen, Point, Words};
use crate::ui::text::Decimal;

/// How wide a character of the mono font is, for a size of 1.
const ADVANCE: f64 = 0.6;

/// A pen that writes down what it draws.
pub(super) struct SvgPen<'a> {
    family: &'a str,
    out: RefCell<String>,
    path: RefCell<String>,
    /// How many shapes have been cut out, each of which has a name of its own.
    cuts: Cell<u32>,
}

impl<'a> SvgPen<'a> {
    /// A pen that names these fonts.
    pub(super) fn new(family: &'a str) -> Self {
        Self {
            family,
            out: RefCell::default(),
            path: RefCell::default(),
            cuts: Cell::new(0),
        }
    }

    /// What it has drawn.
    pub(super) fn finish(self) -> String {
        self.out.into_inner()
    }

    fn write(&self, text: Arguments<'_>) {
        // Writing to a string never fails.
        let _ = self.out.borrow_mut().write_fmt(text);
    }

    fn go(&self, letter: char, x: f64, y: f64) {
        let _ = write!(
            self.path.borrow_mut(),
            "{letter}{} {}",
            Decimal(x),
            Decimal(y)
        );
    }
}

impl Pen for SvgPen<'_> {
    fn begin(&self) {
        self.path.borrow_mut().clear();
    }

    fn move_to(&self, x: f64, y: f64) {
        self.go('M', x, y);
    }

    fn line_to(&self, x: f64, y: f64) {
        self.go('L', x, y);
    }

    fn close(&self) {
        self.path.borrow_mut().push('Z');
    }

    /// In two halves, since an arc that ends where it began is none.
    fn arc(&self, centre: Point, radius: f64, from: f64, to: f64) {
        let sweep = (to - from).min(TAU);
        for step in 0..=2 {
            let angle = from + sweep * f64::from(step) / 2.0;
            if step > 0 {
                let _ = write!(self.path.borrow_mut(), "A{0} {0} 0 0 1 ", Decimal(radius));
            }
            let letter = if step == 0 { 'M' } else { ' ' };
            let (x, y) = (radius * cos(angle), radius * sin(angle));
            self.go(letter, centre.x + x, centre.y + y);
        }
        if sweep >= TAU {
            self.close();
        }
    }

    fn rect(&self, middle: Point, width: f64, height: f64, corner: f64) {
        let (x, y) = (middle.x - width / 2.0, middle.y - height / 2.0);
        if corner == 0.0 {
            let (x, y, width, height) = (Decimal(x), Decimal(y), Decimal(width), Decimal(height));
            let path = &mut *self.path.borrow_mut();
            let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}Z");
            return;
        }
        let (right, bottom) = (x + width - corner, y + height - corner);
        for (place, (x, y, turn)) in [
            (right, y + corner, -0.5),
            (right, bottom, 0.0),
            (x + corner, bottom, 0.5),
            (x + corner, y + corner, 1.0),
        ]
        .into_iter()
        .enumerate()
        {
            let start = turn * PI;
            let letter = if place == 0 { 'M' } else { 'L' };
            self.go(letter, x + corner * cos(start), y + corner * sin(start));
            let end = start + PI / 2.0;
            let _ = write!(self.path.borrow_mut(), "A{0} {0} 0 0 1 ", Decimal(corner));
            self.go(' ', x + corner * cos(end), y + corner * sin(end));
        }
        self.close();
    }

    fn fill(&self, colour: &str) {
        let path = self.path.borrow();
        self.write(format_args!("<path d=\"{path}\" fill=\"{colour}\"/>"));
    }

    fn stroke(&self, colour: &str, width: f64, round: bool) {
        let path = self.path.borrow();
        let cap = if round {
            " stroke-linecap=\"round\""
        } else {
            ""
        };
        let width = Decimal(width);
        self.write(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{cap}/>"
        ));
    }

    fn words(&self, words: Words<'_>) {
        let Words { at, size, ink, .. } = words;
        // The middle of capitals is so far above the line that text stands on.
        let y = Decimal(at.y + 0.36 * f64::from(size));
        let (x, family) = (Decimal(at.x), escaped(self.family));
        let anchor = match words.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
        };
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{y}\" fill=\"{ink}\" font-family=\"{family}\" \
             font-size=\"{size}\" font-weight=\"600\" text-anchor=\"{anchor}\""
        ));
        if let Some(halo) = words.halo {
            self.write(format_args!(
                " stroke=\"{halo}\" stroke-width=\"4\" paint-order=\"stroke\""
            ));
        }
        self.write(format_args!(">{}</text>", escaped(words.text)));
    }

    fn width(&self, text: &str, size: u32) -> f64 {
        text.chars().count() as f64 * ADVANCE * f64::from(size)
    }

    fn thing(&self, name: &'static str, alpha: f64, draw: &dyn Fn()) {
        self.write(format_args!("<g class=\"{name}\""));
        if alpha < 1.0 {
            self.write(format_args!(" opacity=\"{}\"", Decimal(alpha)));
        }
        self.write(format_args!(">"));
        draw();
        self.write(format_args!("</g>"));
    }

    fn cut_out(&self, at: Point, turn: f64, corners: &[(f64, f64)], draw: &dyn Fn()) {
        let cut = self.cuts.get() + 1;
        self.cuts.set(cut);
        self.polygon(corners);
        let (x, y, degrees) = (Decimal(at.x), Decimal(at.y), Decimal(turn * 360.0 / TAU));
        self.write(format_args!(
            "<clipPath id=\"cut{cut}\"><path d=\"{}\"/></clipPath><g clip-path=\"url(#cut{cut})\" \
             transform=\"translate({x} {y}) rotate({degrees})\">",
            self.path.borrow()
        ));
        draw();
        self.write(format_args!("</g>"));
    }
}

/// Text as XML has it. What it cannot have at all is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
