//! What went from one to another, what is pointed at, and what led to that and came of it.

use crate::timeline::spacetime::{Cargo, End, Line, SpaceTime};
use crate::ui::selection::Selection;

use super::super::lanes::Thing;
use super::Picture;

/// So many lines are strokes; more are a texture.
const QUIET: f64 = 400.0;

impl Picture<'_> {
    /// What went from one to another, of each colour in one stroke.
    pub(super) fn lines(&self, stretch: &SpaceTime) {
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

    /// What is pointed at, with what led to it and what came of it; and what is selected.
    pub(super) fn pointed(&self, stretch: &SpaceTime) {
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
