//! The picture: lanes, terms, lines and signs, as much of each as is in view.

use std::rc::Rc;

use web_sys::CanvasRenderingContext2d;

use crate::raft::{NodeId, Term};
use crate::timeline::spacetime::{Cargo, Cone, End, Line, Sign, SpaceTime};
use crate::timeline::{Branch, Kind, LaneChange, LaneState, Mark};
use crate::ui::axis::{round, seconds};
use crate::ui::selection::Selection;
use crate::ui::stage::{ON_TERM, Theme};

use super::lanes::{Lane, Lanes, Thing};

/// How high the band of a term is, at the most.
const BAND: f64 = 20.0;
/// Marks of the timeline are no nearer to each other than this, on a lane.
const APART: f64 = 4.0;
/// Signs on a lane are no nearer to each other than this.
const SIGNS_APART: f64 = 7.0;
/// So many lines are strokes; more are a texture.
const QUIET: f64 = 400.0;
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
            None => self.marks(),
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

    fn hairline(&self, lane: Lane) {
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
    fn nodes(&self) {
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

    /// What went from one to another, of each colour in one stroke.
    fn lines(&self, stretch: &SpaceTime) {
        let seen = stretch.lines().iter().filter(|line| self.is_in_view(line));
        let seen = seen.count() as f64;
        // Many are a texture, few are strokes with heads.
        let faint = (QUIET / seen.max(1.0)).clamp(0.2, 1.0);
        let with_heads = seen < QUIET;
        for (look, colour, alpha) in [
            (Look::Routine, &self.theme.muted, 0.55),
            (Look::Said, &self.theme.ink, 0.85),
            (Look::Lost, &self.theme.bad, 0.9),
        ] {
            self.stroke(colour, 1.0);
            self.ctx.set_global_alpha(alpha * faint);
            self.ctx.begin_path();
            for line in stretch.lines() {
                if Look::of(line) == look {
                    self.line(line, stretch, with_heads);
                }
            }
            self.ctx.stroke();
        }
        self.ctx.set_global_alpha(1.0);
    }

    fn is_in_view(&self, line: &Line) -> bool {
        let window = self.lanes.window;
        line.sent.0 as f64 <= window.until() && line.due.0 as f64 >= window.from
    }

    /// Adds a line to the stroke, with a cross where it was lost.
    fn line(&self, line: &Line, stretch: &SpaceTime, with_head: bool) {
        let end = self.end();
        let Some((from, to)) = self.lanes.of_line(line, stretch.points(), end) else {
            return;
        };
        if to.0 < self.lanes.left() || from.0 > self.lanes.size.0 {
            return;
        }
        self.ctx.move_to(from.0, from.1);
        self.ctx.line_to(to.0, to.1);
        match line.end {
            End::Lost(..) => {
                for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
                    self.ctx.move_to(to.0 - dx, to.1 - dy);
                    self.ctx.line_to(to.0 + dx, to.1 + dy);
                }
            }
            End::Received(_) if with_head => self.head(from, to),
            End::Received(_) | End::UnderWay => {}
        }
    }

    /// The head of an arrow.
    fn head(&self, from: (f64, f64), to: (f64, f64)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        if length < 14.0 {
            return;
        }
        let (dx, dy) = (dx / length * 6.0, dy / length * 6.0);
        self.ctx.move_to(to.0 - dx - dy / 2.0, to.1 - dy + dx / 2.0);
        self.ctx.line_to(to.0, to.1);
        self.ctx.line_to(to.0 - dx + dy / 2.0, to.1 - dy - dx / 2.0);
    }

    /// The signs, of those that would cover each other the one that matters most.
    fn signs(&self, stretch: &SpaceTime) {
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

    /// What is pointed at, with what led to it and what came of it; and what is selected.
    fn pointed(&self, stretch: &SpaceTime) {
        let (ctx, accent) = (self.ctx, &self.theme.accent);
        let is_selected = |line: &Line| match (self.selected, line.cargo) {
            (Some(Selection::Message(id)), Cargo::Message { .. }) => line.id == id,
            (Some(Selection::Operation(of)), Cargo::Operation { number, .. }) => number == of,
            _ => false,
        };
        let in_cone = |place: usize| self.thing.is_some_and(|(_, cone)| cone.lines[place]);
        self.stroke(accent, 1.5);
        ctx.begin_path();
        for (place, line) in stretch.lines().iter().enumerate() {
            if in_cone(place) || is_selected(line) {
                self.line(line, stretch, true);
            }
        }
        ctx.stroke();
        let Some((thing, cone)) = self.thing else {
            return;
        };
        ctx.set_fill_style_str(accent);
        for (point, _) in stretch
            .points()
            .iter()
            .zip(&cone.points)
            .filter(|(_, is_in)| **is_in)
        {
            if let Some((x, y)) = self
                .lanes
                .of_point(point)
                .filter(|_| !point.text.is_empty())
            {
                ctx.fill_rect(x - 1.5, y - 1.5, 3.0, 3.0);
            }
        }
        self.stroke(accent, 2.5);
        ctx.begin_path();
        match thing {
            Thing::Point(place) => {
                if let Some((x, y)) = self.lanes.of_point(&stretch.points()[place]) {
                    // It fails for a radius below nothing.
                    let _ = ctx.arc(x, y, 8.0, 0.0, std::f64::consts::TAU);
                }
            }
            Thing::Line(place) => self.line(&stretch.lines()[place], stretch, true),
        }
        ctx.stroke();
    }

    /// What the timeline keeps, where there is too much else.
    fn marks(&self) {
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
    fn above(&self) {
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

/// What a line looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// What comes and goes all the time: heartbeats and their answers, and what clients are told.
    Routine,
    /// All else.
    Said,
    /// It was lost.
    Lost,
}

impl Look {
    fn of(line: &Line) -> Self {
        use crate::raft::MessageKind::{AppendEntriesReply, InstallSnapshotReply, ReadIndexReply};
        match (line.end, line.cargo) {
            (End::Lost(..), _) => Self::Lost,
            (
                _,
                Cargo::Message {
                    is_heartbeat: true, ..
                },
            ) => Self::Routine,
            (_, Cargo::Message { kind, .. }) => match kind {
                AppendEntriesReply | InstallSnapshotReply | ReadIndexReply => Self::Routine,
                _ => Self::Said,
            },
            (_, Cargo::Operation { answer, .. }) => match answer {
                true => Self::Routine,
                false => Self::Said,
            },
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
