//! What a pointer or the keyboard does to a node: activate it, ask for its menu, drag it.
//!
//! A long press of a finger asks for the menu as a right click does; the click that follows a long
//! press or a drag is not one.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::point::Point;

/// How long a finger must rest to ask for the menu.
const LONG_PRESS_MS: u32 = 500;
/// How far a pointer may move before it is a drag.
const SLOP: f64 = 7.0;

/// What was done.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Press {
    /// It was clicked, or Enter or Space was pressed on it.
    Activate,
    /// Its menu is asked for, at a point of the viewport or from the keyboard.
    Menu(Option<Point>),
    /// It is being dragged, so far from where it was.
    Drag(Point),
    /// It was dropped there, so far from where it was.
    Drop,
}

/// The handlers that make presses of events.
#[derive(Clone, PartialEq)]
pub struct Handlers {
    /// For `onpointerdown`.
    pub down: Callback<PointerEvent>,
    /// For `onpointermove`.
    pub moved: Callback<PointerEvent>,
    /// For `onpointerup`.
    pub up: Callback<PointerEvent>,
    /// For `onpointercancel`.
    pub cancel: Callback<PointerEvent>,
    /// For `onclick`.
    pub click: Callback<MouseEvent>,
    /// For `oncontextmenu`.
    pub menu: Callback<MouseEvent>,
    /// For `onkeydown`.
    pub key: Callback<KeyboardEvent>,
}

/// A pointer that is down.
#[derive(Default)]
struct Held {
    start: Option<Point>,
    /// Dropping it gives the long press up.
    timer: Option<Timeout>,
    dragged: bool,
    /// The next click belongs to a long press or a drag.
    swallow: bool,
}

/// Handlers that report presses; drags only when `draggable`.
#[hook]
pub fn use_press(on: Callback<Press>, draggable: bool) -> Handlers {
    let held = use_mut_ref(Held::default);
    let down = {
        let (held, on) = (held.clone(), on.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            let at = viewport(&event);
            let timer = (event.pointer_type() != "mouse" && !draggable).then(|| {
                let (held, on) = (held.clone(), on.clone());
                Timeout::new(LONG_PRESS_MS, move || {
                    held.borrow_mut().swallow = true;
                    on.emit(Press::Menu(Some(at)));
                })
            });
            *held.borrow_mut() = Held {
                start: Some(at),
                timer,
                ..Held::default()
            };
        })
    };
    let moved = {
        let (held, on) = (held.clone(), on.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            let Some(start) = held.start else { return };
            let at = viewport(&event);
            if !held.dragged && start.distance(at) < SLOP {
                return;
            }
            held.timer = None;
            if draggable {
                if !held.dragged {
                    capture(&event);
                }
                held.dragged = true;
                drop(held);
                on.emit(Press::Drag(Point::new(at.x - start.x, at.y - start.y)));
            }
        })
    };
    let end = |dropped: bool| {
        let (held, on) = (held.clone(), on.clone());
        Callback::from(move |_: PointerEvent| {
            let mut held = held.borrow_mut();
            let dragged = std::mem::take(&mut held.dragged);
            held.start = None;
            held.timer = None;
            held.swallow |= dragged && dropped;
            drop(held);
            if dragged {
                on.emit(Press::Drop);
            }
        })
    };
    let click = {
        let (held, on) = (held.clone(), on.clone());
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            if !std::mem::take(&mut held.borrow_mut().swallow) {
                on.emit(Press::Activate);
            }
        })
    };
    let menu = {
        let (held, on) = (held.clone(), on.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            event.stop_propagation();
            // A finger's long press has asked for it already, or is about to.
            if !held.borrow().swallow {
                on.emit(Press::Menu(Some(viewport(&event))));
            }
        })
    };
    Handlers {
        down,
        moved,
        up: end(true),
        cancel: end(false),
        click,
        menu,
        key: Callback::from(move |event: KeyboardEvent| key(&event, &on)),
    }
}

fn key(event: &KeyboardEvent, on: &Callback<Press>) {
    let press = match event.key().as_str() {
        "Enter" | " " if !event.repeat() => Press::Activate,
        "ContextMenu" => Press::Menu(None),
        "F10" if event.shift_key() => Press::Menu(None),
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    on.emit(press);
}

/// Where in the viewport an event is.
pub fn viewport(event: &MouseEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Keeps the pointer's events coming when it leaves the node.
fn capture(event: &PointerEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        // It fails only when the pointer has gone, and then there is nothing to drag.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
