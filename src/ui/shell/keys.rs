//! The keys that act wherever the focus is.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::ui::hooks::use_document_event;

/// What a key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shortcut {
    /// Play or pause.
    Toggle,
    /// One event on, or back.
    Step {
        /// Back.
        back: bool,
    },
    /// To the next event that matters, or the previous.
    Jump {
        /// The previous.
        back: bool,
    },
    /// To the start of the run.
    Start,
    /// To the end of what has been run.
    End,
    /// On to what was last run to.
    Until,
    /// Back to before the last act.
    Undo,
    /// On to after the next one.
    Redo,
    /// Escape, where it closes nothing.
    Stop,
    /// The other view on the stage.
    Diagram,
    /// The help sheet.
    Help,
}

/// Where a key belongs to what has the focus.
const TYPING: &str =
    "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";
/// Where the space bar presses what has the focus.
const PRESSING: &str =
    "button, a[href], input, summary, [role=button], [role=tab], [role=menuitem], [role=option]";
/// Where the arrows, Home and End move something else: what scrolls and has the focus.
const MOVING: &str = "input, [role=slider], [role=tab], [tabindex='0']:not([role=button])";
/// Where nothing behind what is open should act.
const MODAL: &str = "dialog, [role=dialog], [role=menu]";

/// Calls `callback` for the shortcuts, unless the key means something where it is pressed. Whether
/// the single keys act, `on` says.
#[hook]
pub(super) fn use_shortcut_keys(on: bool, callback: Callback<Shortcut>) {
    let listener = use_callback((on, callback), |event: Event, (on, callback)| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if let Some(shortcut) = shortcut(&event, *on) {
            event.prevent_default();
            callback.emit(shortcut);
        }
    });
    use_document_event("keydown", listener);
}

fn shortcut(event: &KeyboardEvent, singles: bool) -> Option<Shortcut> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    // A selector that is wrong would be seen at once: no key would act.
    let within = |selector| {
        target
            .closest(selector)
            .map_or(true, |found| found.is_some())
    };
    let key = event.key();
    if event.default_prevented() || event.alt_key() || within(TYPING) || within(MODAL) {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        return match (key.as_str(), event.shift_key()) {
            ("z", false) => Some(Shortcut::Undo),
            ("Z" | "z", true) | ("y", false) => Some(Shortcut::Redo),
            _ => None,
        };
    }
    match (key.as_str(), event.shift_key()) {
        ("Escape", _) => return Some(Shortcut::Stop),
        _ if !singles => return None,
        ("ArrowLeft" | "ArrowRight" | "Home" | "End", _) if within(MOVING) => return None,
        ("." | "ArrowRight", false) => return Some(Shortcut::Step { back: false }),
        ("," | "ArrowLeft", false) => return Some(Shortcut::Step { back: true }),
        _ if event.repeat() => return None,
        _ => {}
    }
    Some(match (key.as_str(), event.shift_key()) {
        (" ", _) if !within(PRESSING) => Shortcut::Toggle,
        ("n", false) | ("ArrowRight", true) => Shortcut::Jump { back: false },
        ("p", false) | ("ArrowLeft", true) => Shortcut::Jump { back: true },
        ("Home", _) => Shortcut::Start,
        ("End", _) => Shortcut::End,
        ("u", false) => Shortcut::Until,
        ("d", false) => Shortcut::Diagram,
        ("?", _) => Shortcut::Help,
        _ => return None,
    })
}
