//! The keys that act wherever the focus is.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::ui::hooks::use_document_event;

/// What a single key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shortcut {
    /// Play or pause.
    Toggle,
    /// One event.
    Step,
    /// The help sheet.
    Help,
}

/// Where a key belongs to what has the focus.
const TYPING: &str =
    "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]";
/// Where the space bar presses what has the focus.
const PRESSING: &str =
    "button, a[href], input, summary, [role=button], [role=tab], [role=menuitem], [role=option]";
/// Where nothing behind what is open should act.
const MODAL: &str = "dialog, [role=dialog], [role=menu]";

/// Calls `callback` for the single-key shortcuts, unless the key means something where it is pressed.
#[hook]
pub(super) fn use_shortcut_keys(on: bool, callback: Callback<Shortcut>) {
    let listener = use_callback((on, callback), |event: Event, (on, callback)| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if let Some(shortcut) = shortcut(&event).filter(|_| *on) {
            event.prevent_default();
            callback.emit(shortcut);
        }
    });
    use_document_event("keydown", listener);
}

fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    let taken = event.default_prevented()
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.repeat() && event.key() != ".";
    let target = event.target()?.dyn_into::<Element>().ok()?;
    // A selector that is wrong would be seen at once: no key would act.
    let within = |selector| {
        target
            .closest(selector)
            .map_or(true, |found| found.is_some())
    };
    if taken || within(TYPING) || within(MODAL) {
        return None;
    }
    match event.key().as_str() {
        " " if !within(PRESSING) => Some(Shortcut::Toggle),
        "." => Some(Shortcut::Step),
        "?" => Some(Shortcut::Help),
        _ => None,
    }
}
