//! The frames of the browser: one call before each picture, none while the tab is hidden.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

/// The most seconds that one frame tells of: after a hidden tab or a slow frame, time goes on where
/// it stood and does not catch up.
const FRAME_SECONDS_MAX: f64 = 0.1;

/// Calls `each` before every picture with the seconds since the one before.
#[hook]
pub(crate) fn use_frames(each: Callback<f64>) {
    use_frames_while(true, each);
}

/// The same, while `wanted` says so.
#[hook]
pub(crate) fn use_frames_while(wanted: bool, each: Callback<f64>) {
    use_effect_with((wanted, each), |(wanted, each)| {
        let number = wanted.then(|| Frames::join(each.clone()));
        move || {
            if let Some(number) = number {
                Frames::leave(number);
            }
        }
    });
}

thread_local! {
    static FRAMES: RefCell<Frames> = RefCell::default();
}

/// Who is called before every picture, in the order in which they came. The browser is asked once for
/// all of them.
#[derive(Default)]
struct Frames {
    members: Vec<Rc<Member>>,
    /// How many there have been.
    joined: u64,
    /// What the browser calls, once it has been asked for the first time.
    frame: Option<Closure<dyn FnMut(f64)>>,
    is_asked: bool,
}

struct Member {
    number: u64,
    each: Callback<f64>,
    last_millis: Cell<Option<f64>>,
}

impl Frames {
    fn join(each: Callback<f64>) -> u64 {
        FRAMES.with_borrow_mut(|frames| {
            frames.joined += 1;
            let number = frames.joined;
            frames.members.push(Rc::new(Member {
                number,
                each,
                last_millis: Cell::new(None),
            }));
            frames.ask();
            number
        })
    }

    fn leave(number: u64) {
        FRAMES.with_borrow_mut(|frames| frames.members.retain(|member| member.number != number));
    }

    fn has(&self, number: u64) -> bool {
        self.members.iter().any(|member| member.number == number)
    }

    fn ask(&mut self) {
        if self.is_asked || self.members.is_empty() {
            return;
        }
        let frame = (self.frame).get_or_insert_with(|| Closure::new(Self::frame));
        if let Some(window) = web_sys::window() {
            let asked = window.request_animation_frame(frame.as_ref().unchecked_ref());
            self.is_asked = asked.is_ok();
        }
    }

    fn frame(now_millis: f64) {
        let members = FRAMES.with_borrow_mut(|frames| {
            frames.is_asked = false;
            frames.members.clone()
        });
        for member in members {
            // One called before it may have taken it away.
            if !FRAMES.with_borrow(|frames| frames.has(member.number)) {
                continue;
            }
            let last_millis = member.last_millis.replace(Some(now_millis));
            let seconds = last_millis.map_or(0.0, |last| (now_millis - last) / 1_000.0);
            member.each.emit(seconds.clamp(0.0, FRAME_SECONDS_MAX));
        }
        // Asked for last, so that a program that has panicked stands still.
        FRAMES.with_borrow_mut(Self::ask);
    }
}
