//! Running until something happens, and jumping from one event that matters to the next.

use yew::prelude::*;

use crate::raft::{MessageKind, NodeId};
use crate::timeline::{Kind, Kinds, Sought, Wanted};
use crate::ui::act::Act;
use crate::ui::stage::{Item, Menu, Point, focus};
use crate::ui::text::use_texts;
use web_sys::Element;

/// To the event that matters before the playhead or after it, of one node or of all.
pub(crate) fn jump(of: Option<NodeId>, back: bool) -> Act {
    let kinds = match of {
        Some(_) => Kinds::of_node(),
        None => Kinds::of_cluster(),
    };
    let sought = Sought::Kinds(kinds);
    let wanted = Wanted { sought, node: of };
    Act::Find { wanted, back }
}

/// On to the next event of these kinds.
pub(crate) const fn run_until(kinds: Kinds) -> Act {
    let sought = Sought::Kinds(kinds);
    let wanted = Wanted { sought, node: None };
    let back = false;
    Act::Find { wanted, back }
}

/// What one can run until, as the texts name it; after these come the kinds of message.
const UNTIL: [&[Kind]; 7] = [
    &[Kind::Leader],
    &[Kind::Commit],
    &[Kind::Election, Kind::Leader, Kind::StepDown],
    &[Kind::Node],
    &[Kind::Answer],
    &[Kind::Network],
    &[Kind::Violation],
];

/// Which list is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// What one can run until.
    Kinds,
    /// The kinds of message.
    Messages,
}

/// Properties of [`Until`].
#[derive(Properties, PartialEq)]
pub(super) struct UntilProps {
    /// One of the kinds of event is to be run to.
    pub(super) on_until: Callback<Kinds>,
}

/// The button and its menu.
#[component]
pub(super) fn Until(props: &UntilProps) -> Html {
    let texts = use_texts().transport;
    let open = use_state_eq(|| None::<Open>);
    let button = use_node_ref();
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |back: bool| {
            open.set(None);
            if let Some(button) = button.cast::<Element>().filter(|_| back) {
                focus(&button);
            }
        })
    };
    let on_pick = {
        let (open, close, on_until) = (open.clone(), close.clone(), props.on_until.clone());
        Callback::from(move |place: usize| {
            let kinds = match *open {
                Some(Open::Kinds) => UNTIL
                    .get(place)
                    .map(|kinds| kinds.iter().copied().collect()),
                _ => MessageKind::ALL
                    .get(place)
                    .map(|&kind| Kind::Message(kind).into()),
            };
            let Some(kinds) = kinds else {
                return open.set(Some(Open::Messages));
            };
            close.emit(true);
            on_until.emit(kinds);
        })
    };
    let names: Vec<&'static str> = match *open {
        Some(Open::Messages) => MessageKind::ALL.map(MessageKind::name).to_vec(),
        _ => texts.untils().to_vec(),
    };
    let label = names
        .last()
        .copied()
        .filter(|_| *open == Some(Open::Messages));
    let items: Vec<Item> = names
        .into_iter()
        .map(|name| Item::new(name, None))
        .collect();
    // A press on the button while the menu is open closes it, and does not open it again.
    let is_open = open.is_some();
    let onpointerdown = move |event: PointerEvent| {
        if is_open {
            event.stop_propagation();
        }
    };
    let onmousedown = move |event: MouseEvent| {
        if is_open {
            event.prevent_default();
        }
    };
    let onclick = move |_: MouseEvent| open.set((!is_open).then_some(Open::Kinds));
    html! {
        <div class="until">
            <button ref={button} type="button" aria-haspopup="menu" aria-expanded={is_open.to_string()}
                title={format!("{} (u)", texts.until())} {onpointerdown} {onmousedown} {onclick}>
                { texts.until() }
            </button>
            if is_open {
                <Menu label={label.unwrap_or(texts.until())} at={Point::default()} {items} {on_pick} on_close={close} />
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::ui::text::Lang;

    #[test]
    fn what_one_can_run_until_has_a_name_and_the_messages_come_last() {
        for lang in Lang::ALL {
            assert_eq!(lang.texts().transport.untils().len(), UNTIL.len() + 1);
        }
    }
}
