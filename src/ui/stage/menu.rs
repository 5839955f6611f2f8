//! A small menu that floats over the figure: arrows, Home, End and Escape as menus have them.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, Node};
use yew::prelude::*;

use super::point::Point;
use crate::ui::text::Decimal;

/// One line of a menu.
#[derive(Clone, PartialEq)]
pub struct Item {
    /// What it says.
    pub label: AttrValue,
    /// Why it cannot be chosen now, if it cannot.
    pub barred: Option<AttrValue>,
    /// Whether a group of items begins with it.
    pub begins: bool,
    /// What it is when it is one of a few in a row that exclude each other.
    pub radio: Option<Radio>,
}

/// One of a few items in a row that exclude each other.
#[derive(Clone, PartialEq)]
pub struct Radio {
    /// What they are a choice of.
    pub of: AttrValue,
    /// What it says in the row.
    pub short: AttrValue,
    /// Whether it is the one that holds.
    pub checked: bool,
}

impl Item {
    /// An item, barred for the reason given, if any.
    pub fn new(label: impl Into<AttrValue>, barred: Option<String>) -> Self {
        Self {
            label: label.into(),
            barred: barred.map(AttrValue::from),
            begins: false,
            radio: None,
        }
    }

    /// The same, as the first of a group.
    pub fn beginning(self) -> Self {
        Self {
            begins: true,
            ..self
        }
    }

    /// The same, as one of a row.
    pub fn in_row(self, radio: Radio) -> Self {
        Self {
            radio: Some(radio),
            ..self
        }
    }
}

/// Props of [`Menu`].
#[derive(Properties, PartialEq, Clone)]
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
    // It floats over the whole page, which may be lower than the figure and its menu together.
    let corner = use_state_eq(Point::default);
    use_effect_with(
        (root.clone(), props.at, corner.setter()),
        |(root, at, set)| {
            let figure = root
                .cast::<Element>()
                .and_then(|root| root.parent_element());
            if let Some(figure) = figure.map(|figure| figure.get_bounding_client_rect()) {
                set.set(Point::new(figure.x() + at.x, figure.y() + at.y));
            }
        },
    );
    use_effect_with((root.clone(), props.label.clone()), |(root, _)| {
        focus_item(root, Step::First);
    });
    let onkeydown = {
        let (root, close) = (root.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowDown" | "ArrowRight" => Step::Next,
                "ArrowUp" | "ArrowLeft" => Step::Previous,
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
    let items: Vec<(usize, &Item)> = props.items.iter().enumerate().collect();
    let groups = items.chunk_by(|_, (_, next)| !next.begins);
    let lines = lines(&items, groups.clone().count());
    html! {
        <div ref={root} class="stage-menu" role="menu" aria-label={props.label.clone()}
            {onkeydown} {onfocusout} {onpointerdown} style={place(*corner, lines)}>
            { for groups.map(|items| group(items, &pick)) }
        </div>
    }
}

/// How many lines high a menu is; what parts one group from the next is a quarter of a line.
fn lines(items: &[(usize, &Item)], groups: usize) -> usize {
    let rows = items.chunk_by(|(_, one), (_, next)| one.radio.is_some() && next.radio.is_some());
    rows.count() + groups.div_ceil(4)
}

fn group(items: &[(usize, &Item)], pick: &Callback<(MouseEvent, usize)>) -> Html {
    let line = |&(index, item): &(usize, &Item)| line(index, item, pick);
    match items.first().and_then(|(_, item)| item.radio.as_ref()) {
        Some(radio) => html! {
            <div role="group" class="stage-menu-row" aria-label={&radio.of}>
                <span aria-hidden="true">{ &radio.of }</span>
                { for items.iter().map(line) }
            </div>
        },
        None => html! { <div role="group">{ for items.iter().map(line) }</div> },
    }
}

fn line(index: usize, item: &Item, pick: &Callback<(MouseEvent, usize)>) -> Html {
    let onclick = match item.barred {
        Some(_) => Callback::noop(),
        None => pick.reform(move |event: MouseEvent| (event, index)),
    };
    let barred = item.barred.is_some().then_some("true");
    let role = match item.radio {
        Some(_) => "menuitemradio",
        None => "menuitem",
    };
    let checked = item.radio.as_ref().map(|radio| radio.checked.to_string());
    let says = item
        .radio
        .as_ref()
        .map_or(&item.label, |radio| &radio.short);
    // Without a pointer there is no title to see: the focus shows why.
    html! {
        <button type="button" {role} tabindex="-1" aria-disabled={barred} aria-checked={checked}
            aria-label={&item.label} title={item.barred.clone()} {onclick}>
            { says }
            if let Some(why) = &item.barred {
                <small aria-hidden="true">{ why }</small>
            }
        </button>
    }
}

/// The place of something that floats, from where the style sheet moves it to be seen whole:
/// `--stage-item` is the height of a line.
pub fn place(at: Point, lines: usize) -> String {
    format!(
        "--stage-x: {}px; --stage-y: {}px; --stage-lines: {lines}",
        Decimal(at.x),
        Decimal(at.y)
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
    let Ok(items) = root.query_selector_all("[role^=menuitem]") else {
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
