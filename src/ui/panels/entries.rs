//! Choosing an entry of the logs, by mouse, finger or key: one of the entries in view is reached by the
//! tab key, the arrows lead from there to the others.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::raft::{LogIndex, NodeId};
use crate::ui::selection::Selection;
use crate::ui::view::LogView;

/// An entry of a node's log.
pub(super) type Place = (NodeId, LogIndex);

/// What the entries need to know of what is chosen.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    /// The selected entry.
    pub(super) selected: Option<Place>,
    /// The one that the tab key reaches.
    pub(super) stop: Option<Place>,
}

/// The entry that the tab key reaches, of those with these indices: the selected one, or the last.
pub(super) fn stop(
    logs: &[LogView],
    shown: std::ops::Range<u64>,
    selected: Option<Place>,
) -> Option<Place> {
    let is_there = |&(node, index): &Place| {
        let log = logs.iter().find(|log| log.id == node);
        shown.contains(&index.0) && log.is_some_and(|log| log.log.get(index).is_some())
    };
    selected.filter(is_there).or_else(|| {
        let last = |log: &LogView| {
            let last = log.log.last_index().0.min(shown.end.checked_sub(1)?);
            Some((log.id, LogIndex(last)))
        };
        logs.iter().filter_map(last).find(is_there)
    })
}

/// The name by which an entry is found in the table.
pub(super) fn name((node, index): Place) -> String {
    format!("{}-{index}", node.number())
}

fn place(name: &str) -> Option<Place> {
    let (node, index) = name.split_once('-')?;
    let node = NodeId::new(node.parse().ok()?)?;
    Some((node, LogIndex(index.parse().ok()?)))
}

/// The entry in which something happened.
fn entry_of(event: &Event) -> Option<(Place, Element)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let entry = target.closest("[data-entry]").ok()??;
    let place = place(&entry.get_attribute("data-entry")?)?;
    Some((place, entry))
}

/// What a press in the table does: it selects the entry that is pressed.
pub(super) fn on_click(on_select: &Callback<Option<Selection>>) -> Callback<MouseEvent> {
    let on_select = on_select.clone();
    Callback::from(move |event: MouseEvent| {
        if let Some(((node, index), _)) = entry_of(&event) {
            on_select.emit(Some(Selection::Entry { node, index }));
        }
    })
}

/// What a key in the table does: the arrows move the focus to the next entry that is there.
pub(super) fn on_key(nodes: Vec<NodeId>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let Some((place, entry)) = entry_of(&event) else {
            return;
        };
        let table = entry.closest("table").ok().flatten();
        let mut next = place;
        while let Some(there) = step(next, &nodes, &event.key()) {
            let selector = format!("[data-entry=\"{}\"]", name(there));
            let found = table
                .as_ref()
                .and_then(|table| table.query_selector(&selector).ok()?);
            if let Some(found) = found {
                event.prevent_default();
                // A button that is there can be focused.
                let _ = found.unchecked_into::<HtmlElement>().focus();
                return;
            }
            // Along a row there are no gaps: what is not in the table is beyond its end.
            if next.0 == there.0 {
                return;
            }
            next = there;
        }
    })
}

/// Where an arrow leads from an entry, whether one is there or not.
fn step((node, index): Place, nodes: &[NodeId], key: &str) -> Option<Place> {
    let row = nodes.iter().position(|id| *id == node)?;
    Some(match key {
        "ArrowRight" => (node, index.next()),
        "ArrowLeft" if index.0 > 1 => (node, index.previous()),
        "ArrowDown" => (*nodes.get(row + 1)?, index),
        "ArrowUp" => (*nodes.get(row.checked_sub(1)?)?, index),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_arrows_lead_along_a_log_and_to_the_other_nodes() {
        let nodes = [0, 1].map(NodeId::from_index);
        let [one, two] = nodes;
        let from = |place, key| step(place, &nodes, key);
        let at = LogIndex;
        assert_eq!(from((one, at(2)), "ArrowRight"), Some((one, at(3))));
        assert_eq!(from((one, at(1)), "ArrowLeft"), None);
        assert_eq!(from((one, at(2)), "ArrowDown"), Some((two, at(2))));
        assert_eq!(from((two, at(2)), "ArrowDown"), None);
        assert_eq!(from((one, at(2)), "x"), None);
        assert_eq!(place(&name((two, at(12)))), Some((two, at(12))));
    }
}
