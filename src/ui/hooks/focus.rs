//! Where the keyboard goes on when what it was on goes away.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of the button that opens the tree of the branches.
pub(crate) const BRANCHES: &str = "branches";
/// The id of the cluster, which is always there.
pub(crate) const CLUSTER: &str = "cluster";
/// The id of the button of the run's menu.
pub(crate) const RUN: &str = "run";

/// Puts the focus on the first of the elements with these ids that can take it: one may not be there,
/// or not be shown.
pub(crate) fn focus(ids: &[&str]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    for id in ids {
        if let Some(element) = document.get_element_by_id(id) {
            // Whether it has taken it is seen from what has it.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
            if document.active_element().as_ref() == Some(&element) {
                return;
            }
        }
    }
}

/// The same, if the focus is within what the selector says.
pub(crate) fn focus_from(selector: &str, ids: &[&str]) {
    let document = web_sys::window().and_then(|window| window.document());
    let focused = document.and_then(|document| document.active_element());
    if focused.is_some_and(|focused| matches!(focused.closest(selector), Ok(Some(_)))) {
        focus(ids);
    }
}

/// Whether somebody is at what the selector says, with the focus or the pointer: then it is not to go
/// away.
pub(crate) fn is_attended(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let attended = format!("{selector}:is(:focus-within, :hover)");
    document.is_some_and(|document| matches!(document.query_selector(&attended), Ok(Some(_))))
}
