//! A small menu that floats over the figure: arrows, Home, End and Escape as menus have them.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, Node};
use yew::prelude::*;

use super::point::Point;

/// One line of a menu.
#[derive(Clone, PartialEq)]
pub struct Item {
    /// What it says.
    pub label: AttrValue,
    /// Why it cannot be chosen now, if it cannot.
    pub barred: Option<AttrValue>,
}

impl Item {
    /// An item, barred for the reason given, if any.
    pub fn new(label: impl Into<AttrValue>, barred: Option<String>) -> Self {
        Self {
            label: label.into(),
            barred: barred.map(AttrValue::from),
        }
    }
}

/// Props of [`Menu`].
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// What it is a menu of.
    pub label: AttrValue,
    /// Where its corner is, in the figure.
    pub at: Point,
    /// Its items.
    pub items: Vec<Item>,
    /// An item was chosen: which.
    pub on_pick: Callback<usize>,
    /// It is to close; `true` when the focus goes back to where it was.
    pub on_close: Callback<bool>,
}

/// A menu, focused from the start.
#[function_component]
pub fn Menu(props: &MenuProps) -> Html {
    let root = use_node_ref();
    use_effect_with((root.clone(), props.label.clone()), |(root, _)| {
        focus_item(root, Step::First);
    });
    let onkeydown = {
        let (root, close) = (root.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowDown" => Step::Next,
                "ArrowUp" => Step::Previous,
                "Home" => Step::First,
                "End" => Step::Last,
                "Escape" | "Tab" => {
                    event.prevent_default();
                    event.stop_propagation();
                    return close.emit(true);
                }
                // They choose the item, and mean nothing more to the page.
                "Enter" | " " => return event.stop_propagation(),
                _ => return,
            };
            event.prevent_default();
            focus_item(&root, step);
        })
    };
    let onfocusout = {
        let (root, close) = (root.clone(), props.on_close.clone());
        // The focus that goes nowhere has gone with the window, or with an item of another menu.
        Callback::from(move |event: FocusEvent| {
            if event.related_target().is_some_and(|to| !holds(&root, &to)) {
                close.emit(false);
            }
        })
    };
    use_effect_with((root.clone(), props.on_close.clone()), |(root, close)| {
        let (root, close) = (root.clone(), close.clone());
        let page = web_sys::window().and_then(|window| window.document());
        let outside = page.map(|page| {
            EventListener::new(&page, "pointerdown", move |event| {
                if event.target().is_some_and(|at| !holds(&root, &at)) {
                    close.emit(false);
                }
            })
        });
        move || drop(outside)
    });
    // A finger that lifts after the long press that opened the menu chooses nothing.
    let pressed = use_mut_ref(|| false);
    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |_: PointerEvent| *pressed.borrow_mut() = true)
    };
    let pick = {
        let on_pick = props.on_pick.clone();
        Callback::from(move |(event, index): (MouseEvent, usize)| {
            event.stop_propagation();
            let by_keyboard = event.detail() == 0;
            if by_keyboard || *pressed.borrow() {
                on_pick.emit(index);
            }
        })
    };
    let items = props.items.iter().enumerate();
    html! {
        <div ref={root} class="stage-menu" role="menu" aria-label={props.label.clone()}
            {onkeydown} {onfocusout} {onpointerdown} style={place(props.at, props.items.len())}>
            { for items.map(|(index, item)| line(index, item, &pick)) }
        </div>
    }
}

fn line(index: usize, item: &Item, pick: &Callback<(MouseEvent, usize)>) -> Html {
    let onclick = match item.barred {
        Some(_) => Callback::noop(),
        None => pick.reform(move |event: MouseEvent| (event, index)),
    };
    let barred = item.barred.is_some().then_some("true");
    html! {
        <button type="button" role="menuitem" tabindex="-1" aria-disabled={barred}
            title={item.barred.clone()} {onclick}>
            { &item.label }
        </button>
    }
}

/// The place of something that floats, kept inside the figure: `--stage-item` is the height of a
/// line.
pub fn place(at: Point, lines: usize) -> String {
    format!(
        "--stage-x: {:.0}px; --stage-y: {:.0}px; --stage-lines: {lines}",
        at.x, at.y
    )
}

/// Whether a target is in the menu.
fn holds(root: &NodeRef, target: &EventTarget) -> bool {
    let inside = root.cast::<Node>().zip(target.dyn_ref::<Node>());
    inside.is_some_and(|(root, target)| root.contains(Some(target)))
}

/// Which item to focus.
#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

fn focus_item(root: &NodeRef, step: Step) {
    let Some(root) = root.cast::<Element>() else {
        return;
    };
    let Ok(items) = root.query_selector_all("[role=menuitem]") else {
        return;
    };
    let count = items.length();
    if count == 0 {
        return;
    }
    let focused = root.owner_document().and_then(|page| page.active_element());
    let now = (0..count).find(|&i| items.get(i).as_ref() == focused.as_deref());
    let then = match (step, now) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(i)) => (i + 1) % count,
        (Step::Previous, Some(i)) => (i + count - 1) % count,
    };
    if let Some(item) = items.get(then) {
        focus(item.unchecked_ref());
    }
}

/// Focuses an element, be it HTML or SVG.
pub fn focus(element: &Element) {
    // SVG elements have the same `focus`, which the binding looks up by name.
    let element: &HtmlElement = element.unchecked_ref();
    // An element that cannot take the focus leaves it where it is.
    let _ = element.focus();
}
