//! The hand on the diagram: pointers, the wheel, the keys.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::raft::Time;
use crate::scenario::Host;
use crate::timeline::spacetime::{Cargo, End, Line, SpaceTime as Stretch};
use crate::ui::act::Act;
use crate::ui::selection::Selection;

use super::diagram::{Diagram, Key, Step};
use super::lanes::{Lane, Thing};
use super::{PAN, SpaceTimeProps, ZOOM};

/// How far a pointer moves before it drags, in pixels.
const SLACK: f64 = 5.0;
/// How near one must come to a thing, with a mouse and with a finger.
const REACH: f64 = 9.0;
const FINGER: f64 = 22.0;
/// How much the wheel zooms for a pixel, and how many pixels a line and a page are.
const WHEEL: f64 = 0.0016;
const LINE: f64 = 16.0;
const PAGE: f64 = 320.0;

/// The pointers that are down, and where each is.
#[derive(Default)]
pub(super) struct Pointers(RefCell<Held>);

#[derive(Default)]
struct Held {
    down: Vec<(i32, (f64, f64))>,
    /// Where the first went down, for as long as nothing has been dragged.
    pressed: Option<(f64, f64)>,
}

/// What the hand has to do with.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) pointers: Rc<Pointers>,
    pub(super) diagram: Rc<RefCell<Diagram>>,
    pub(super) area: NodeRef,
    pub(super) follow: UseStateSetter<bool>,
    pub(super) props: SpaceTimeProps,
}

impl Hand {
    /// Where a pointer is on the canvas.
    fn place(&self, event: &MouseEvent) -> Option<(f64, f64)> {
        let area = self.area.cast::<Element>()?.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Some((x - area.left(), y - area.top()))
    }

    /// A pointer goes down.
    pub(super) fn takes(&self, event: &PointerEvent) {
        let area = self.area.cast::<Element>();
        let Some((area, at)) = area.zip(self.place(event)) else {
            return;
        };
        if event.button() != 0 || area.set_pointer_capture(event.pointer_id()).is_err() {
            return;
        }
        let mut held = self.pointers.0.borrow_mut();
        held.down.retain(|&(id, _)| id != event.pointer_id());
        held.down.push((event.pointer_id(), at));
        held.pressed = (held.down.len() == 1).then_some(at);
    }

    /// A pointer moves: it drags, pinches, or points.
    pub(super) fn moves(&self, event: &PointerEvent) {
        let Some(at) = self.place(event) else {
            return;
        };
        let mut held = self.pointers.0.borrow_mut();
        let Held { down, pressed } = &mut *held;
        let Some(place) = down.iter().position(|&(id, _)| id == event.pointer_id()) else {
            drop(held);
            return self.points(at, event.pointer_type() == "mouse");
        };
        if let Some(began) = *pressed {
            if (at.0 - began.0).hypot(at.1 - began.1) < SLACK {
                return;
            }
            *pressed = None;
        }
        let before = down[place].1;
        let other = down.iter().map(|&(_, at)| at).nth(1 - place.min(1));
        let other = other.filter(|_| down.len() == 2);
        down[place].1 = at;
        drop(held);
        match other {
            Some(other) => self.pinch(before, at, other),
            None => self.drag(at.0 - before.0),
        }
    }

    /// A pointer goes up: where it has not dragged, it has pressed what is there.
    pub(super) fn lets_go(&self, event: &PointerEvent) {
        let mut held = self.pointers.0.borrow_mut();
        held.down.retain(|&(id, _)| id != event.pointer_id());
        let pressed = held.pressed.take();
        drop(held);
        if let Some(at) = pressed {
            self.press(at, event.pointer_type() == "mouse");
        }
    }

    /// The browser takes a pointer for something else.
    pub(super) fn gives_up(&self, event: &PointerEvent) {
        let mut held = self.pointers.0.borrow_mut();
        held.down.retain(|&(id, _)| id != event.pointer_id());
        held.pressed = None;
    }

    /// The pointer is no longer on the diagram.
    pub(super) fn leaves(&self, _: &PointerEvent) {
        self.diagram.borrow_mut().hovered = None;
    }

    fn points(&self, at: (f64, f64), is_mouse: bool) {
        if is_mouse {
            let hovered = self.hit(at, REACH);
            self.diagram.borrow_mut().hovered = hovered;
        }
    }

    fn hit(&self, at: (f64, f64), reach: f64) -> Option<Key> {
        let diagram = self.diagram.borrow();
        let (lanes, stretch) = (
            diagram.lanes.as_ref()?,
            diagram.store.drawn(diagram.window)?,
        );
        let thing = lanes.hit(stretch, at, reach, diagram.end)?;
        Key::of(stretch, thing)
    }

    fn drag(&self, pixels: f64) {
        let part = {
            let diagram = self.diagram.borrow();
            diagram
                .lanes
                .as_ref()
                .map(|lanes| lanes.part(lanes.left() + pixels))
        };
        self.pan(-part.unwrap_or_default());
    }

    fn pinch(&self, before: (f64, f64), at: (f64, f64), other: (f64, f64)) {
        let apart = |one: (f64, f64)| (one.0 - other.0).hypot(one.1 - other.1).max(1.0);
        let middle = (at.0 + other.0) / 2.0;
        self.zoom(apart(before) / apart(at), Some(middle));
        self.drag((at.0 - before.0) / 2.0);
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

    /// Shows so many times as much; what is there on the canvas stays, or where the playhead is.
    pub(super) fn zoom(&self, times: f64, x: Option<f64>) {
        let mut diagram = self.diagram.borrow_mut();
        let Diagram {
            now, end, window, ..
        } = *diagram;
        let under = x.zip(diagram.lanes.as_ref());
        let under = under.map(|(x, lanes)| lanes.time(x.max(lanes.left())));
        let playhead = now.clamp(window.from, window.until());
        // While the playhead is followed, it is what stays.
        let about = under.filter(|_| !(self.props.playing && diagram.follows));
        diagram.window.zoom(times, about.unwrap_or(playhead), end);
    }

    /// The wheel is turned: down shows more, sideways moves.
    pub(super) fn turns(&self, event: &WheelEvent) {
        event.prevent_default();
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE,
            WheelEvent::DOM_DELTA_PAGE => PAGE,
            _ => 1.0,
        };
        let (right, down) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.shift_key() && right == 0.0 {
            self.drag(-down);
        } else if right.abs() > down.abs() {
            self.drag(-right);
        } else {
            let x = self.place(event).map(|(x, _)| x);
            self.zoom((down * WHEEL).exp(), x);
        }
    }

    /// Somebody presses what is there: it is selected, and the playhead goes there.
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
