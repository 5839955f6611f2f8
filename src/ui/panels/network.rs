//! The network: who can send to whom, a cell for each direction, and what is under way.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::{MessageKind, NodeId, Time};
use crate::scenario::{Links, NodeSelector};
use crate::ui::act::Act;
use crate::ui::selection::Selection;
use crate::ui::text::{NetworkTexts, use_lang};
use crate::ui::view::{Flight, MovingRef, NodeView, Place};

use super::panel::panel;

/// So many messages are listed, those that arrive first.
const LISTED: usize = 200;

/// Properties of [`Network`].
#[derive(Properties, PartialEq)]
pub(crate) struct NetworkProps {
    /// The nodes, in order of their numbers.
    pub(crate) nodes: Rc<[NodeView]>,
    /// What is cut, each in one direction.
    pub(crate) cuts: Rc<[(NodeId, NodeId)]>,
    /// What is under way.
    pub(crate) moving: MovingRef,
    /// How many events there have been: what is under way changes with them alone.
    pub(crate) events: u64,
    /// The selected message.
    pub(crate) selected: Option<u64>,
    /// Something else is to be selected.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The network.
#[component]
pub(crate) fn Network(props: &NetworkProps) -> Html {
    let texts = NetworkTexts::new(use_lang());
    let messages = between_nodes(&props.moving);
    // The cell that is reached by the tab key; the arrows lead to the others.
    let current = use_state_eq(|| (0, 1));
    let table = use_node_ref();
    let onkeydown = {
        let (current, table, count) = (current.clone(), table.clone(), props.nodes.len());
        move |event: KeyboardEvent| {
            if let Some(next) = cell_after(*current, count, &event.key()) {
                event.prevent_default();
                current.set(next);
                focus(&table, next);
            }
        }
    };
    let content = html! {
        <div class="scroller network" tabindex="0" role="group" aria-label={texts.title()}>
            <p class="hint">{ texts.hint() }</p>
            <table class="matrix" ref={table} aria-label={texts.matrix()} {onkeydown}>
                { head(props, texts) }
                { for (0..props.nodes.len()).map(|from| row(props, from, &messages, &current, texts)) }
            </table>
            { under_way(&messages, props, texts) }
        </div>
    };
    panel("panel-network", texts.title(), Html::default(), content)
}

/// A message between nodes that is under way.
struct Message {
    id: u64,
    kind: MessageKind,
    from: NodeId,
    to: NodeId,
    arrives: Time,
}

impl Message {
    fn of(flight: &Flight) -> Option<Self> {
        match (flight.kind, flight.from, flight.to) {
            (Some(kind), Place::Node(from), Place::Node(to)) => Some(Self {
                id: flight.id,
                kind,
                from,
                to,
                arrives: flight.arrives,
            }),
            _ => None,
        }
    }
}

/// Every message between nodes, those that arrive first first.
fn between_nodes(moving: &MovingRef) -> Vec<Message> {
    let mut messages = Vec::new();
    moving
        .0
        .flights(&mut |flight| messages.extend(Message::of(flight)));
    messages.sort_by_key(|message| (message.arrives, message.id));
    messages
}

fn head(props: &NetworkProps, texts: NetworkTexts) -> Html {
    html! {
        <tr>
            <td class="sub">{ texts.ends() }</td>
            { for props.nodes.iter().map(|node| html! { <th scope="col">{ node.id.to_string() }</th> }) }
        </tr>
    }
}

fn row(
    props: &NetworkProps,
    from: usize,
    all: &[Message],
    current: &UseStateHandle<(usize, usize)>,
    texts: NetworkTexts,
) -> Html {
    let cell = |to: usize| {
        if from == to {
            return html! { <td></td> };
        }
        let (one, other) = (props.nodes[from].id, props.nodes[to].id);
        let is_on = |message: &&Message| (message.from, message.to) == (one, other);
        let messages = all.iter().filter(is_on).count();
        let cut = props.cuts.contains(&(one, other));
        let state = if cut {
            texts.cut().to_owned()
        } else {
            carries(messages, texts)
        };
        let name = format!("{}: {state}", fill(texts.link(), &[&one, &other]));
        let onclick = {
            let on_act = props.on_act.clone();
            let current = current.setter();
            move |_: MouseEvent| {
                current.set((from, to));
                on_act.emit(toggled(one, other, cut));
            }
        };
        let shown = match (cut, messages) {
            (true, _) => "×".to_owned(),
            (false, 0) => String::new(),
            (false, messages) => messages.to_string(),
        };
        let is_current = **current == (from, to);
        html! {
            <td>
                <button type="button" class={classes!(cut.then_some("cut"))} aria-label={name.clone()}
                    title={name} aria-pressed={cut.to_string()} data-cell={format!("{from}-{to}")}
                    tabindex={if is_current { "0" } else { "-1" }} {onclick}>
                    { shown }
                </button>
            </td>
        }
    };
    html! {
        <tr>
            <th scope="row">{ props.nodes[from].id.to_string() }</th>
            { for (0..props.nodes.len()).map(cell) }
        </tr>
    }
}

fn carries(messages: usize, texts: NetworkTexts) -> String {
    match messages {
        0 => texts.carries().to_owned(),
        1 => texts.carries_one().to_owned(),
        _ => fill(texts.carries_some(), &[&messages]),
    }
}

fn toggled(from: NodeId, to: NodeId, is_cut: bool) -> Act {
    let links = Links::Direction {
        from: NodeSelector::Node(from).into(),
        to: NodeSelector::Node(to).into(),
    };
    match is_cut {
        true => Act::HealLinks(links),
        false => Act::Cut(links),
    }
}

/// Where an arrow leads from a cell: over the diagonal, which has none, and no further than the edge.
fn cell_after((row, column): (usize, usize), count: usize, key: &str) -> Option<(usize, usize)> {
    let last = count.checked_sub(1)?;
    let step = |(row, column): (usize, usize)| match key {
        "ArrowRight" => (row, (column + 1).min(last)),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowDown" => ((row + 1).min(last), column),
        "ArrowUp" => (row.saturating_sub(1), column),
        _ => (row, column),
    };
    let next = step((row, column));
    let next = if next.0 == next.1 { step(next) } else { next };
    (next.0 != next.1 && next != (row, column)).then_some(next)
}

fn focus(table: &NodeRef, (row, column): (usize, usize)) {
    let cell = table.cast::<Element>().and_then(|table| {
        let selector = format!("[data-cell=\"{row}-{column}\"]");
        table.query_selector(&selector).ok()?
    });
    if let Some(cell) = cell {
        // A button that is there can be focused.
        let _ = wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(cell).focus();
    }
}

fn under_way(messages: &[Message], props: &NetworkProps, texts: NetworkTexts) -> Html {
    let row = |message: &Message| {
        let id = message.id;
        let act = |act: Act| props.on_act.reform(move |_: MouseEvent| act.clone());
        let is_selected = props.selected == Some(id);
        let select = (props.on_select).reform(move |_: MouseEvent| Some(Selection::Message(id)));
        let is_held = message.arrives.0 as f64 <= props.moving.0.now();
        html! {
            <li key={id} class={classes!(is_selected.then_some("selected"))}>
                <button type="button" class="link mono" aria-pressed={is_selected.to_string()} onclick={select}>
                    { message.kind.name() }
                </button>
                <span>{ fill(texts.link(), &[&message.from, &message.to]) }</span>
                <span class="sub">
                    if is_held { { texts.held() } } else { { fill(texts.arrives(), &[&message.arrives]) } }
                </span>
                <span class="acts">
                    <button type="button" class="quiet" onclick={act(Act::DeliverMessage(id))}>
                        { texts.deliver() }
                    </button>
                    <button type="button" class="quiet" onclick={act(Act::DropMessage(id))}>
                        { texts.drop() }
                    </button>
                </span>
            </li>
        }
    };
    let rest = messages.len().saturating_sub(LISTED);
    html! {
        <>
            <h3>{ fill(texts.under_way(), &[&messages.len()]) }</h3>
            if messages.is_empty() {
                <p class="empty">{ texts.nothing() }</p>
            } else {
                <ul class="under-way">{ for messages.iter().take(LISTED).map(row) }</ul>
            }
            if rest > 0 {
                <p class="sub">{ fill(texts.more(), &[&rest]) }</p>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_arrows_go_over_the_diagonal_and_stop_at_the_edge() {
        assert_eq!(cell_after((1, 0), 3, "ArrowRight"), Some((1, 2)));
        assert_eq!(cell_after((0, 1), 3, "ArrowLeft"), None);
        assert_eq!(cell_after((0, 1), 3, "ArrowDown"), Some((2, 1)));
        assert_eq!(cell_after((2, 1), 3, "ArrowUp"), Some((0, 1)));
        assert_eq!(cell_after((0, 2), 3, "ArrowRight"), None);
        assert_eq!(cell_after((0, 2), 3, "x"), None);
        assert_eq!(cell_after((0, 1), 0, "ArrowUp"), None);
    }
}
