//! A small menu that floats over the figure: arrows, Home, End and Escape as menus have them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use super::geometry::Point;

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
                _ => return,
            };
            event.prevent_default();
            focus_item(&root, step);
        })
    };
    let onfocusout = {
        let (root, close) = (root.clone(), props.on_close.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|to| to.dyn_into::<Node>().ok());
            let inside = root
                .cast::<Node>()
                .is_some_and(|root| root.contains(to.as_ref()));
            if !inside {
                close.emit(false);
            }
        })
    };
    let items = props.items.iter().enumerate();
    html! {
        <div ref={root} class="stage-menu" role="menu" aria-label={props.label.clone()} {onkeydown} {onfocusout}
            style={place(props.at, props.items.len())}>
            { for items.map(|(index, item)| line(index, item, &props.on_pick)) }
        </div>
    }
}

fn line(index: usize, item: &Item, on_pick: &Callback<usize>) -> Html {
    let onclick = match item.barred {
        Some(_) => Callback::noop(),
        None => on_pick.reform(move |event: MouseEvent| {
            event.stop_propagation();
            index
        }),
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
