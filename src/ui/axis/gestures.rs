//! The hand on a view: pointers and the wheel.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::hand::Surface;

/// How far a pointer moves before it drags, in pixels.
const SLACK: f64 = 5.0;
/// How much the wheel zooms for a pixel, and how many pixels a line and a page are.
const WHEEL: f64 = 0.0016;
const LINE: f64 = 16.0;
const PAGE: f64 = 320.0;

/// The hand: pointers that are down on an element, and what they do to what is in it.
#[derive(Clone)]
pub(super) struct Gestures {
    held: Rc<RefCell<Held>>,
    area: NodeRef,
    surface: Rc<dyn Surface>,
}

/// The pointers that are down.
#[derive(Default)]
pub(super) struct Held {
    down: Vec<(i32, (f64, f64))>,
    /// Where the only one went down, for as long as nothing has been dragged.
    pressed: Option<(f64, f64)>,
}

impl Gestures {
    /// Those on an element; what is held is kept from one rendering to the next.
    pub(super) const fn new(
        held: Rc<RefCell<Held>>,
        area: NodeRef,
        surface: Rc<dyn Surface>,
    ) -> Self {
        Self {
            held,
            area,
            surface,
        }
    }

    /// Where a pointer is on the element.
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
        let mut held = self.held.borrow_mut();
        held.down.retain(|&(id, _)| id != event.pointer_id());
        held.down.push((event.pointer_id(), at));
        held.pressed = (held.down.len() == 1).then_some(at);
    }

    /// A pointer moves: it drags, pinches, or points.
    pub(super) fn moves(&self, event: &PointerEvent) {
        let Some(at) = self.place(event) else {
            return;
        };
        let mut held = self.held.borrow_mut();
        let Held { down, pressed } = &mut *held;
        let Some(place) = down.iter().position(|&(id, _)| id == event.pointer_id()) else {
            drop(held);
            if event.pointer_type() == "mouse" {
                self.surface.point(Some(at));
            }
            return;
        };
        if let Some(began) = *pressed {
            if (at.0 - began.0).hypot(at.1 - began.1) < SLACK {
                return;
            }
            *pressed = None;
        }
        let before = std::mem::replace(&mut down[place].1, at);
        let other = down[..].iter().find(|&&(id, _)| id != event.pointer_id());
        let other = other.map(|&(_, at)| at).filter(|_| down.len() == 2);
        drop(held);
        match other {
            Some(other) => self.pinch(before, at, other),
            None => self.surface.drag(at.0 - before.0, at.1 - before.1),
        }
    }

    fn pinch(&self, before: (f64, f64), at: (f64, f64), other: (f64, f64)) {
        let apart = |one: (f64, f64)| (one.0 - other.0).hypot(one.1 - other.1).max(1.0);
        let middle = (at.0 + other.0) / 2.0;
        self.surface.zoom(apart(before) / apart(at), Some(middle));
        self.surface.drag((at.0 - before.0) / 2.0, 0.0);
    }

    /// A pointer goes up: where it has not dragged, it has pressed what is there.
    pub(super) fn lets_go(&self, event: &PointerEvent) {
        if let Some(at) = self.leave_hold(event) {
            self.surface.press(at, event.pointer_type() == "mouse");
        }
    }

    /// The browser takes a pointer for something else.
    pub(super) fn gives_up(&self, event: &PointerEvent) {
        self.leave_hold(event);
    }

    fn leave_hold(&self, event: &PointerEvent) -> Option<(f64, f64)> {
        let mut held = self.held.borrow_mut();
        held.down.retain(|&(id, _)| id != event.pointer_id());
        held.pressed.take()
    }

    /// The pointer is no longer on the element.
    pub(super) fn leaves(&self, _: &PointerEvent) {
        self.surface.point(None);
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
            self.surface.drag(-down, 0.0);
        } else if right.abs() > down.abs() {
            self.surface.drag(-right, 0.0);
        } else {
            let x = self.place(event).map(|(x, _)| x);
            self.surface.zoom((down * WHEEL).exp(), x);
        }
    }
}
