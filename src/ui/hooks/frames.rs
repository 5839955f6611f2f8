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
    use_effect_with(each, |each| {
        let frames = Frames::start(each.clone());
        move || frames.stop()
    });
}

struct Frames {
    each: Callback<f64>,
    last_millis: Cell<Option<f64>>,
    request: Cell<Option<i32>>,
    closure: RefCell<Option<Closure<dyn Fn(f64)>>>,
}

impl Frames {
    fn start(each: Callback<f64>) -> Rc<Self> {
        let frames = Rc::new(Self {
            each,
            last_millis: Cell::new(None),
            request: Cell::new(None),
            closure: RefCell::new(None),
        });
        let weak = Rc::downgrade(&frames);
        let closure = Closure::new(move |now_millis| {
            if let Some(frames) = weak.upgrade() {
                frames.frame(now_millis);
            }
        });
        frames.closure.replace(Some(closure));
        frames.ask();
        frames
    }

    fn frame(&self, now_millis: f64) {
        // Asked first, so that a panic in one frame does not silently end all others.
        self.ask();
        let last_millis = self.last_millis.replace(Some(now_millis));
        let seconds = last_millis.map_or(0.0, |last| (now_millis - last) / 1_000.0);
        self.each.emit(seconds.clamp(0.0, FRAME_SECONDS_MAX));
    }

    fn ask(&self) {
        let closure = self.closure.borrow();
        let request = web_sys::window()
            .zip(closure.as_ref())
            .and_then(|(window, closure)| {
                window
                    .request_animation_frame(closure.as_ref().unchecked_ref())
                    .ok()
            });
        self.request.set(request);
    }

    fn stop(&self) {
        if let (Some(window), Some(request)) = (web_sys::window(), self.request.take()) {
            // An unknown request is no error.
            let _ = window.cancel_animation_frame(request);
        }
    }
}
