//! Panels behind tabs, one at a time: beside the stage, or under it on a narrow screen.

use std::rc::Rc;

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// A panel of the sheet.
#[derive(Clone, PartialEq)]
pub(crate) struct Tab {
    /// A name for ids.
    pub(crate) id: &'static str,
    /// Its name.
    pub(crate) title: &'static str,
    /// The panel.
    pub(crate) panel: Html,
    /// Whether it is made only when it is first looked at, and made anew only while it is.
    pub(crate) waits: bool,
}

/// Properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub(crate) struct SheetProps {
    /// Where it is, for the style sheet.
    pub(crate) class: &'static str,
    /// What they are panels of.
    pub(crate) label: &'static str,
    /// The panels, in order.
    pub(crate) tabs: Vec<Tab>,
    /// The tab that somebody has asked for, and how often somebody has asked for one.
    #[prop_or_default]
    pub(crate) asked: (u32, &'static str),
}

/// The panels behind tabs. All that have been looked at are there, so that nothing typed or scrolled is
/// lost; one is shown.
#[component]
pub(crate) fn Sheet(props: &SheetProps) -> Html {
    let id = use_state_eq(|| None::<&'static str>);
    // What was chosen may have gone.
    let place_of = |id| props.tabs.iter().position(|tab| Some(tab.id) == id);
    let chosen = place_of(*id).unwrap_or(0);
    let choose = {
        let (id, ids) = (id.setter(), ids(&props.tabs));
        move |place: usize| id.set(ids.get(place).copied())
    };
    let seen = use_mut_ref(Vec::<(&str, Html)>::new);
    let is_new = use_mut_ref(|| true);
    let list = use_node_ref();
    // A panel that comes is what somebody asked for, and comes first.
    let before = use_mut_ref(|| usize::MAX);
    use_effect_with(props.tabs.len(), {
        let choose = choose.clone();
        move |&count| {
            if before.replace(count) < count {
                choose(0);
            }
        }
    });
    use_effect_with(props.asked, {
        let (choose, list) = (choose.clone(), list.clone());
        let place = props.tabs.iter().position(|tab| tab.id == props.asked.1);
        move |_| {
            let is_new = is_new.replace(false);
            // What was asked for of a sheet that stood elsewhere is not asked for again.
            if let Some(place) = place.filter(|_| !is_new) {
                choose(place);
                focus(&list, place);
                if let Some(list) = list.cast::<HtmlElement>() {
                    list.scroll_into_view();
                }
            }
        }
    });
    if let Some(tab) = props.tabs.get(chosen) {
        let mut seen = seen.borrow_mut();
        seen.retain(|(id, _)| *id != tab.id);
        seen.push((tab.id, tab.panel.clone()));
    }
    let onkeydown = {
        let (choose, list, count) = (choose.clone(), list.clone(), props.tabs.len());
        move |event: KeyboardEvent| {
            if let Some(tab) = tab_after(chosen, count, &event.key()) {
                event.prevent_default();
                choose(tab);
                focus(&list, tab);
            }
        }
    };
    let tab = |(place, tab): (usize, &Tab)| {
        let onclick = {
            let choose = choose.clone();
            move |_| choose(place)
        };
        let shown = chosen == place;
        html! {
            <button
                type="button"
                role="tab"
                id={format!("tab-{}", tab.id)}
                aria-controls={format!("sheet-{}", tab.id)}
                aria-selected={shown.to_string()}
                tabindex={if shown { "0" } else { "-1" }}
                {onclick}
            >
                { tab.title }
            </button>
        }
    };
    let panel = |(place, tab): (usize, &Tab)| {
        // What waits stays as it was while it is not looked at, and asks for nothing.
        let panel = match tab.waits {
            true => {
                let seen = seen.borrow();
                let last = seen.iter().find(|(id, _)| *id == tab.id);
                last.map(|(_, panel)| panel.clone())
            }
            false => Some(tab.panel.clone()),
        };
        html! {
            <div
                key={tab.id}
                role="tabpanel"
                id={format!("sheet-{}", tab.id)}
                aria-labelledby={format!("tab-{}", tab.id)}
                hidden={chosen != place}
            >
                { for panel }
            </div>
        }
    };
    html! {
        <div class={props.class}>
            <div class="tabs" role="tablist" aria-label={props.label} ref={list} {onkeydown}>
                { for props.tabs.iter().enumerate().map(tab) }
            </div>
            { for props.tabs.iter().enumerate().map(panel) }
        </div>
    }
}

fn ids(tabs: &[Tab]) -> Rc<[&'static str]> {
    tabs.iter().map(|tab| tab.id).collect()
}

/// Where a key of the tab list leads (the tabs pattern of the ARIA practices).
fn tab_after(chosen: usize, count: usize, key: &str) -> Option<usize> {
    match key {
        "ArrowRight" => Some((chosen + 1) % count),
        "ArrowLeft" => Some((chosen + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

fn focus(list: &NodeRef, tab: usize) {
    let tab = list
        .cast::<HtmlElement>()
        .and_then(|list| list.children().item(tab as u32))
        .and_then(|tab| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(tab).ok());
    if let Some(tab) = tab {
        // An element that is there can be focused.
        let _ = tab.focus();
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(tab_after(3, 4, "ArrowRight"), Some(0));
        assert_eq!(tab_after(0, 4, "ArrowLeft"), Some(3));
        assert_eq!(tab_after(2, 4, "Home"), Some(0));
        assert_eq!(tab_after(2, 4, "x"), None);
    }
}
