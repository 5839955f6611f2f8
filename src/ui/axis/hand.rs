//! What a hand and the keys do to a view in which time runs right, as listeners of its element; and the
//! tools above it.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::text::use_lang;

use super::gestures::Gestures;
use super::texts::AxisTexts;

/// How much a press on a tool or a key zooms, or moves.
const ZOOM: f64 = 0.6;
const PAN: f64 = 0.5;

/// What a hand does to a view.
pub(in crate::ui) trait Surface {
    /// It drags what is in view by so many pixels, to the right and down.
    fn drag(&self, right: f64, down: f64);
    /// It moves what is in view by so much of that.
    fn pan(&self, part: f64);
    /// It shows so many times as much; what is at `x` stays there.
    fn zoom(&self, times: f64, x: Option<f64>);
    /// It shows all of the run.
    fn show_all(&self) {}
    /// It points there, or nowhere.
    fn point(&self, at: Option<(f64, f64)>);
    /// It presses there, with a mouse or a finger.
    fn press(&self, at: (f64, f64), is_mouse: bool);
    /// It presses a key that does not move what is in view; says whether that does anything.
    fn key(&self, key: &str, with_shift: bool) -> bool;
}

/// Listeners of the element that the hand is on.
pub(in crate::ui) struct Listeners {
    pub(in crate::ui) down: Callback<PointerEvent>,
    pub(in crate::ui) moved: Callback<PointerEvent>,
    pub(in crate::ui) up: Callback<PointerEvent>,
    pub(in crate::ui) cancel: Callback<PointerEvent>,
    pub(in crate::ui) leave: Callback<PointerEvent>,
    pub(in crate::ui) wheel: Callback<WheelEvent>,
    pub(in crate::ui) key: Callback<KeyboardEvent>,
}

/// The hand on an element.
#[hook]
pub(in crate::ui) fn use_hand(area: &NodeRef, surface: Rc<dyn Surface>) -> Listeners {
    let held = use_mut_ref(Default::default);
    let gestures = Gestures::new(held, area.clone(), surface.clone());
    let on = |act: fn(&Gestures, &PointerEvent)| {
        let gestures = gestures.clone();
        Callback::from(move |event: PointerEvent| act(&gestures, &event))
    };
    Listeners {
        down: on(Gestures::takes),
        moved: on(Gestures::moves),
        up: on(Gestures::lets_go),
        cancel: on(Gestures::gives_up),
        leave: on(Gestures::leaves),
        wheel: {
            let gestures = gestures.clone();
            Callback::from(move |event: WheelEvent| gestures.turns(&event))
        },
        key: Callback::from(move |event: KeyboardEvent| press_key(&*surface, &event)),
    }
}

fn press_key(surface: &dyn Surface, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    if !surface.key(&key, event.shift_key()) {
        match key.as_str() {
            "PageUp" => surface.pan(-PAN),
            "PageDown" => surface.pan(PAN),
            "+" | "=" => surface.zoom(ZOOM, None),
            "-" | "_" => surface.zoom(1.0 / ZOOM, None),
            _ => return,
        }
    }
    event.prevent_default();
}

/// Properties of [`Tools`].
#[derive(Properties)]
pub(in crate::ui) struct ToolsProps {
    /// What they do it to.
    pub(in crate::ui) surface: Rc<dyn Surface>,
    /// Whether all of the run is in view; `None`: they do not show it.
    #[prop_or_default]
    pub(in crate::ui) whole: Option<bool>,
    /// What stands after them.
    #[prop_or_default]
    pub(in crate::ui) children: Html,
}

impl PartialEq for ToolsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.surface, &other.surface)
            && self.whole == other.whole
            && self.children == other.children
    }
}

/// The tools above a view.
#[component]
pub(in crate::ui) fn Tools(props: &ToolsProps) -> Html {
    let texts = AxisTexts::new(use_lang());
    let on = |act: fn(&dyn Surface)| {
        let surface = props.surface.clone();
        move |_: MouseEvent| act(&*surface)
    };
    let tool = |name: &'static str, sign: &'static str, act: fn(&dyn Surface)| {
        html! {
            <button type="button" class="icon-button" aria-label={name} title={name} onclick={on(act)}>
                { sign }
            </button>
        }
    };
    html! {
        <div class="axis-tools" role="group" aria-label={texts.tools()}>
            { tool(texts.zoom_out(), "−", |surface| surface.zoom(1.0 / ZOOM, None)) }
            { tool(texts.zoom_in(), "+", |surface| surface.zoom(ZOOM, None)) }
            { tool(texts.earlier(), "‹", |surface| surface.pan(-PAN)) }
            { tool(texts.later(), "›", |surface| surface.pan(PAN)) }
            if let Some(whole) = props.whole {
                <button type="button" aria-pressed={whole.to_string()} onclick={on(|surface| surface.show_all())}>
                    { texts.whole() }
                </button>
            }
            { props.children.clone() }
        </div>
    }
}
