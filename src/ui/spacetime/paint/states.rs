//! What the nodes were: terms as bands, and the lanes on them.

use crate::raft::{NodeId, Term};
use crate::timeline::{LaneChange, LaneState};
use crate::ui::stage::ON_TERM;

use super::super::lanes::Lane;
use super::Picture;

/// How high the band of a term is, at the most.
const BAND: f64 = 20.0;

impl Picture<'_> {
    pub(super) fn hairline(&self, lane: Lane) {
        let Some(y) = self.lanes.y(lane) else {
            return;
        };
        self.ctx.set_global_alpha(0.6);
        self.ctx.set_fill_style_str(&self.theme.muted);
        let end = self.lanes.x(self.end()).min(self.lanes.size.0);
        let left = self.lanes.x(0.0).max(self.lanes.left());
        self.ctx
            .fill_rect(left, y - 0.5, (end - left).max(0.0), 1.0);
        self.ctx.set_global_alpha(1.0);
    }

    /// What the nodes were: terms as bands, and the lanes on them.
    pub(super) fn nodes(&self) {
        let changes = self.branch.lanes();
        let window = self.lanes.window;
        let first = changes.partition_point(|change| change.at.0 as f64 <= window.from);
        let mut last: [Option<LaneChange>; NodeId::MAX as usize] = [None; _];
        let mut missing = self.branch.nodes().len();
        for change in changes[..first].iter().rev() {
            if missing == 0 {
                break;
            }
            let known = &mut last[change.node.index()];
            if known.is_none() {
                *known = Some(*change);
                missing -= 1;
            }
        }
        let later = changes[first..].iter();
        let later = later.take_while(|change| change.at.0 as f64 <= window.until());
        // Where the number of each node's term stands.
        let mut numbers: [(f64, Term); NodeId::MAX as usize] = [(f64::MIN, Term(u64::MAX)); _];
        let mut chips = Vec::new();
        let mut lane = |was: &LaneChange, until: f64| {
            let from = self.lanes.x(was.at.0 as f64).max(self.lanes.left());
            let to = self.lanes.x(until).min(self.lanes.size.0);
            let Some(y) = self.lanes.y(Lane::Node(was.node)) else {
                return;
            };
            self.lane(was, from, to, y);
            let (x, term) = &mut numbers[was.node.index()];
            if *term != was.term && from >= *x {
                // Left of the view it began before.
                let begins = was.at.0 as f64 >= window.from;
                (*x, *term) = (from + 32.0, was.term);
                chips.push((from + if begins { 9.0 } else { 0.0 }, y, was.term));
            }
        };
        for change in later {
            if let Some(was) = last[change.node.index()].replace(*change) {
                lane(&was, change.at.0 as f64);
            }
        }
        for was in last.iter().flatten() {
            lane(was, self.end());
        }
        for (x, y, term) in chips {
            self.chip(x, y, term);
        }
    }

    /// What a node was from there to there.
    fn lane(&self, was: &LaneChange, from: f64, to: f64, y: f64) {
        if to - from < 0.25 {
            return;
        }
        let (ctx, theme) = (self.ctx, self.theme);
        let is_known = was.term != Term::ZERO;
        let is_up = !matches!(was.state, LaneState::Down);
        let band = BAND.min(self.lanes.pitch - 6.0);
        if is_known && is_up {
            ctx.set_global_alpha(0.26);
            ctx.set_fill_style_str(theme.term(was.term));
            ctx.fill_rect(from, y - band / 2.0, to - from, band);
            ctx.set_global_alpha(1.0);
        }
        let colour = match is_known && is_up {
            true => theme.term(was.term),
            false => &theme.muted,
        };
        let bar = |colour: &str, thick: f64| {
            ctx.set_fill_style_str(colour);
            ctx.fill_rect(from, y - thick / 2.0, to - from, thick);
        };
        match was.state {
            LaneState::Leads => {
                bar(&theme.ink, 7.0);
                bar(colour, 5.0);
            }
            LaneState::Follows => bar(colour, 2.0),
            LaneState::Campaigns => self.dashes(colour, (from, to), y, 2.0, (5.0, 9.0)),
            LaneState::Paused => self.dashes(colour, (from, to), y, 4.0, (1.5, 5.0)),
            LaneState::Down => self.dashes(colour, (from, to), y, 1.0, (3.0, 10.0)),
        }
    }

    /// Dashes that stay where they are in time, as far as pixels let them.
    fn dashes(
        &self,
        colour: &str,
        (from, to): (f64, f64),
        y: f64,
        thick: f64,
        (dash, each): (f64, f64),
    ) {
        self.ctx.set_fill_style_str(colour);
        let begin = self.lanes.x(0.0).rem_euclid(each);
        let mut x = ((from - begin) / each).floor() * each + begin;
        while x < to {
            let (one, other) = (x.max(from), (x + dash).min(to));
            if other > one {
                self.ctx.fill_rect(one, y - thick / 2.0, other - one, thick);
            }
            x += each;
        }
    }

    /// The number of a term, a little after it begins.
    fn chip(&self, x: f64, y: f64, term: Term) {
        let ctx = self.ctx;
        let text = term.to_string();
        ctx.set_font(&format!("12px {}", self.theme.mono));
        let width = 8.5 + 7.2 * text.len() as f64;
        let is_known = term != Term::ZERO;
        ctx.set_fill_style_str(self.theme.term(term));
        ctx.fill_rect(x + 0.5, y - 8.0, width, 16.0);
        self.stroke(&self.theme.ink, 1.0);
        ctx.stroke_rect(x + 0.5, y - 8.0, width, 16.0);
        ctx.set_fill_style_str(if is_known { ON_TERM } else { &self.theme.ink });
        self.text(&text, x + 4.75, y + 4.0);
    }
}
