//! What the hand and the keys do to the diagram.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Time;
use crate::scenario::Host;
use crate::timeline::spacetime::{Cargo, End, Line, SpaceTime as Stretch};
use crate::ui::act::Act;
use crate::ui::axis::{FINGER, PAN, REACH, Surface, ZOOM};
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

    /// Moves by so much of the window.
    pub(super) fn pan(&self, part: f64) {
        let mut diagram = self.diagram.borrow_mut();
        let end = diagram.end;
        diagram.window.pan(part, end);
        drop(diagram);
        if self.props.playing {
            self.follow.set(false);
        }
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
            self.props.on_select.emit(Some(selection));
        }
        self.seek(act);
    }

    fn seek(&self, act: Act) {
        if self.props.playing {
            self.props.on_act.emit(Act::Halt);
        }
        self.props.on_act.emit(act);
    }

    /// A key is pressed.
    pub(super) fn key(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let step = |step: Step| self.diagram.borrow_mut().step(step);
        match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", false) => step(Step::Along { back: true }),
            ("ArrowRight", false) => step(Step::Along { back: false }),
            ("ArrowLeft", true) => step(Step::Message { back: true }),
            ("ArrowRight", true) => step(Step::Message { back: false }),
            ("ArrowUp", _) => step(Step::Across { up: true }),
            ("ArrowDown", _) => step(Step::Across { up: false }),
            ("PageUp", _) => self.pan(-PAN),
            ("PageDown", _) => self.pan(PAN),
            ("+" | "=", _) => self.zoom(ZOOM, None),
            ("-" | "_", _) => self.zoom(1.0 / ZOOM, None),
            ("Enter", _) => {
                let cursor = self.diagram.borrow().cursor;
                if let Some(cursor) = cursor {
                    self.go(cursor, None);
                }
            }
            ("Escape", _) if self.diagram.borrow().cursor.is_some() => {
                self.diagram.borrow_mut().cursor = None;
                self.props.on_select.emit(None);
            }
            _ => return,
        }
        event.prevent_default();
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
        let about = under.filter(|_| !(self.props.playing && diagram.follows));
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
            self.props.on_select.emit(Some(Selection::Node(node)));
        }
        if is_time {
            self.seek(Act::Seek(Time(time.max(0.0) as u64)));
        }
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
