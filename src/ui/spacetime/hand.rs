//! What the hand and the keys do to the diagram.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Time;
use crate::scenario::Host;
use crate::timeline::spacetime::{Cargo, End, Line, SpaceTime as Stretch};
use crate::ui::act::Act;
use crate::ui::axis::{FINGER, REACH, Surface};
use crate::ui::selection::Selection;
use crate::ui::text::within;

use super::SpaceTimeProps;
use super::diagram::{Diagram, Key, Step};
use super::lanes::{Lane, Thing};

/// What the hand has to do with.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) diagram: Rc<RefCell<Diagram>>,
    pub(super) follow: UseStateSetter<bool>,
    pub(super) props: SpaceTimeProps,
}

impl Hand {
    fn hit(&self, at: (f64, f64), reach: f64) -> Option<Key> {
        let diagram = self.diagram.borrow();
        let (lanes, stretch) = (
            diagram.lanes.as_ref()?,
            diagram.store.drawn(diagram.window)?,
        );
        let thing = lanes.hit(stretch, at, reach, diagram.end)?;
        Key::of(stretch, thing)
    }

    /// Selects a thing, and goes there: along a line, to that time if it is under way then.
    fn go(&self, key: Key, time: Option<f64>) {
        let diagram = self.diagram.borrow();
        let Some((stretch, thing)) = diagram.find(key) else {
            return;
        };
        let (selection, act) = match thing {
            Thing::Point(place) => of_point(stretch, place),
            Thing::Line(place) => of_line(stretch, place, time),
        };
        drop(diagram);
        if let Some(selection) = selection {
            self.props.looker.on_select.emit(Some(selection));
        }
        self.props.looker.go(act);
    }
}

impl Surface for Hand {
    fn drag(&self, right: f64, _: f64) {
        let part = {
            let diagram = self.diagram.borrow();
            let lanes = diagram.lanes.as_ref();
            lanes.map(|lanes| lanes.part(lanes.left() + right))
        };
        self.pan(-part.unwrap_or_default());
    }

    fn pan(&self, part: f64) {
        let mut diagram = self.diagram.borrow_mut();
        let end = diagram.end;
        diagram.window.pan(part, end);
        drop(diagram);
        if self.props.looker.playing {
            self.follow.set(false);
        }
    }

    /// Without a place, the playhead stays.
    fn zoom(&self, times: f64, x: Option<f64>) {
        let mut diagram = self.diagram.borrow_mut();
        let Diagram {
            now, end, window, ..
        } = *diagram;
        let under = x.zip(diagram.lanes.as_ref());
        let under = under.map(|(x, lanes)| lanes.time(x.max(lanes.left())));
        let playhead = within(now, window.from, window.until());
        // While the playhead is followed, it is what stays.
        let about = under.filter(|_| !(self.props.looker.playing && diagram.follows));
        diagram.window.zoom(times, about.unwrap_or(playhead), end);
    }

    fn point(&self, at: Option<(f64, f64)>) {
        let hovered = at.and_then(|at| self.hit(at, REACH));
        self.diagram.borrow_mut().hovered = hovered;
    }

    /// What is there is selected, and the playhead goes there.
    fn press(&self, at: (f64, f64), is_mouse: bool) {
        let key = self.hit(at, if is_mouse { REACH } else { FINGER });
        let mut diagram = self.diagram.borrow_mut();
        let Some(lanes) = &diagram.lanes else {
            return;
        };
        let time = lanes.time(at.0);
        let is_time = at.0 >= lanes.left() && time <= diagram.end;
        let lane = lanes.lane(at.1);
        diagram.cursor = key;
        drop(diagram);
        if let Some(key) = key {
            return self.go(key, Some(time));
        }
        if let Some(Lane::Node(node)) = lane {
            let selection = Selection::Node(node);
            self.props.looker.on_select.emit(Some(selection));
        }
        if is_time {
            let at = Time(time.max(0.0) as u64);
            self.props.looker.go(Act::Seek(at));
        }
    }

    fn key(&self, key: &str, with_shift: bool) -> bool {
        let step = |step: Step| self.diagram.borrow_mut().step(step);
        let cursor = self.diagram.borrow().cursor;
        match (key, with_shift, cursor) {
            ("ArrowLeft", false, _) => step(Step::Along { back: true }),
            ("ArrowRight", false, _) => step(Step::Along { back: false }),
            ("ArrowLeft", true, _) => step(Step::Message { back: true }),
            ("ArrowRight", true, _) => step(Step::Message { back: false }),
            ("ArrowUp", ..) => step(Step::Across { up: true }),
            ("ArrowDown", ..) => step(Step::Across { up: false }),
            ("Enter", _, Some(cursor)) => self.go(cursor, None),
            ("Escape", _, Some(_)) => {
                self.diagram.borrow_mut().cursor = None;
                self.props.looker.on_select.emit(None);
            }
            _ => return false,
        }
        true
    }
}

fn of_point(stretch: &Stretch, place: usize) -> (Option<Selection>, Act) {
    let point = &stretch.points()[place];
    // Clients and the proxy do nothing but pass operations on, and their answers back.
    let mut lines = stretch.lines().iter();
    let passed = |line: &Line| line.departure == Some(place) || line.end == End::Received(place);
    let selection = match point.host {
        Host::Node(node) => Some(Selection::Node(node)),
        Host::Proxy | Host::Client(_) => lines.find_map(|line| match line.cargo {
            Cargo::Operation { number, .. } if passed(line) => Some(Selection::Operation(number)),
            _ => None,
        }),
    };
    (selection, Act::SeekEvent(point.event))
}

fn of_line(stretch: &Stretch, place: usize, time: Option<f64>) -> (Option<Selection>, Act) {
    let line = &stretch.lines()[place];
    let selection = match line.cargo {
        Cargo::Message { .. } => Selection::Message(line.id),
        Cargo::Operation { number, .. } => Selection::Operation(number),
    };
    // While it is under way it can be looked at.
    let last = line.ended(stretch.points()).unwrap_or(line.due);
    let last = Time(last.0.saturating_sub(1)).max(line.sent);
    let time = time.map_or(line.sent, |time| Time(time.max(0.0) as u64));
    (Some(selection), Act::Seek(time.clamp(line.sent, last)))
}
