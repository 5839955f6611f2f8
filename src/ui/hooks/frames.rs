//! The frames of the browser: one call before each picture, none while the tab is hidden.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

/// The most seconds that one frame tells of: after a hidden tab or a slow frame, time goes on where
/// it stood and does not catch up.
const FRAME_SECONDS_MAX: f64 = 0.1;

/// Calls `each` before every picture with the seconds since the one before.
#[hook]
pub(crate) fn use_frames(each: Callback<f64>) {
    use_effect_with(each, |each| {
        let frames = Rc::new(Frames {
            each: each.clone(),
            last_millis: Cell::new(None),
            next: RefCell::new(None),
        });
        frames.ask();
        // What waits for the next frame keeps the frames alive, until it is dropped here.
        move || drop(frames.next.take())
    });
}

struct Frames {
    each: Callback<f64>,
    last_millis: Cell<Option<f64>>,
    next: RefCell<Option<AnimationFrame>>,
}

impl Frames {
    fn ask(self: &Rc<Self>) {
        let frames = Rc::clone(self);
        let next = request_animation_frame(move |now_millis| frames.frame(now_millis));
        self.next.replace(Some(next));
    }

    fn frame(self: &Rc<Self>, now_millis: f64) {
        let last_millis = self.last_millis.replace(Some(now_millis));
        let seconds = last_millis.map_or(0.0, |last| (now_millis - last) / 1_000.0);
        self.each.emit(seconds.clamp(0.0, FRAME_SECONDS_MAX));
        // Asked for last, so that a program that has panicked stands still.
        self.ask();
    }
}
