//! The network: who can send to whom, a cell for each direction, what each link is like, and what is
//! under way.

mod link;
mod messages;

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::NodeId;
use crate::scenario::{Links, NodeSelector};
use crate::sim::{NetworkChange, NetworkConfig, SpanRange};
use crate::ui::act::Act;
use crate::ui::selection::Selection;
use crate::ui::stage::{millis, percent};
use crate::ui::text::{Decimal, NetworkTexts, use_lang};
use crate::ui::view::{MovingRef, NodeView};

use super::panel::panel;
use link::LinkForm;
use messages::{Message, UnderWay, between_nodes};

/// Properties of [`Network`].
#[derive(Properties, PartialEq)]
pub(crate) struct NetworkProps {
    /// The nodes, in order of their numbers.
    pub(crate) nodes: Rc<[NodeView]>,
    /// What is cut, each in one direction.
    pub(crate) cuts: Rc<[(NodeId, NodeId)]>,
    /// The links that have conditions of their own, each in one direction.
    pub(crate) own: Rc<[(NodeId, NodeId, NetworkChange)]>,
    /// The conditions of the network.
    pub(crate) network: NetworkConfig,
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

impl NetworkProps {
    fn own(&self, from: NodeId, to: NodeId) -> Option<NetworkChange> {
        let mut own = self.own.iter();
        own.find_map(|&(a, b, own)| ((a, b) == (from, to)).then_some(own))
    }

    fn is_cut(&self, from: NodeId, to: NodeId) -> bool {
        self.cuts.contains(&(from, to))
    }
}

/// The network.
#[component]
pub(crate) fn Network(props: &NetworkProps) -> Html {
    let texts = NetworkTexts::new(use_lang());
    let messages = between_nodes(&props.moving);
    // The cell that is reached by the tab key; the arrows lead to the others.
    let current = use_state_eq(|| (0, 1));
    let chosen = use_state_eq(|| None::<(NodeId, NodeId)>);
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
    let matrix = Matrix {
        props,
        messages: &messages,
        current: &current,
        chosen: &chosen,
        texts,
    };
    let content = html! {
        <div class="scroller network" tabindex="0" role="group" aria-label={texts.title()}>
            <p class="hint">{ texts.hint() }</p>
            <table class="matrix" ref={table} aria-label={texts.matrix()} {onkeydown}>
                { head(props, texts) }
                { for (0..props.nodes.len()).map(|from| matrix.row(from)) }
            </table>
            { link(props, &chosen) }
            <UnderWay {messages} now={props.moving.0.now()} selected={props.selected}
                on_select={props.on_select.clone()} on_act={props.on_act.clone()} />
        </div>
    };
    panel("panel-network", texts.title(), Html::default(), content)
}

/// What the link that is chosen is like, if one is that is still there.
fn link(props: &NetworkProps, chosen: &UseStateHandle<Option<(NodeId, NodeId)>>) -> Html {
    let is_there = |id: NodeId| props.nodes.iter().any(|node| node.id == id);
    let link = chosen.filter(|&(from, to)| is_there(from) && is_there(to));
    let Some((from, to)) = link else {
        return Html::default();
    };
    let (own, network) = (props.own(from, to), props.network);
    let cut = props.is_cut(from, to);
    // What is being typed is of this link.
    let key = format!("{from} {to}");
    let on_act = props.on_act.clone();
    html! { <LinkForm {key} {from} {to} {own} {network} {cut} {on_act} /> }
}

fn head(props: &NetworkProps, texts: NetworkTexts) -> Html {
    html! {
        <tr>
            <td class="sub">{ texts.ends() }</td>
            { for props.nodes.iter().map(|node| html! { <th scope="col">{ node.id.to_string() }</th> }) }
        </tr>
    }
}

/// What the rows of the matrix are made of.
struct Matrix<'a> {
    props: &'a NetworkProps,
    messages: &'a [Message],
    current: &'a UseStateHandle<(usize, usize)>,
    chosen: &'a UseStateHandle<Option<(NodeId, NodeId)>>,
    texts: NetworkTexts,
}

impl Matrix<'_> {
    fn row(&self, from: usize) -> Html {
        let nodes = &self.props.nodes;
        html! {
            <tr>
                <th scope="row">{ nodes[from].id.to_string() }</th>
                { for (0..nodes.len()).map(|to| self.cell(from, to)) }
            </tr>
        }
    }

    fn cell(&self, from: usize, to: usize) -> Html {
        if from == to {
            return html! { <td></td> };
        }
        let (one, other) = (self.props.nodes[from].id, self.props.nodes[to].id);
        let cut = self.props.is_cut(one, other);
        let own = self.props.own(one, other);
        let messages = self.messages.iter().filter(|it| it.is_on(one, other));
        let messages = messages.count();
        let name = self.name((one, other), cut, own, messages);
        let onclick = {
            let (current, chosen) = (self.current.setter(), self.chosen.setter());
            move |_: MouseEvent| {
                current.set((from, to));
                chosen.set(Some((one, other)));
            }
        };
        let toggle = toggled(direction(one, other), cut);
        let ondblclick = self
            .props
            .on_act
            .reform(move |_: MouseEvent| toggle.clone());
        let shown = match (cut, messages) {
            (true, _) => "×".to_owned(),
            (false, 0) => String::new(),
            (false, messages) => messages.to_string(),
        };
        let is_current = **self.current == (from, to);
        let is_chosen = **self.chosen == Some((one, other));
        html! {
            <td>
                <button type="button" class={classes!(cut.then_some("cut"))} aria-label={name.clone()}
                    title={name} aria-pressed={is_chosen.to_string()} data-cell={format!("{from}-{to}")}
                    tabindex={if is_current { "0" } else { "-1" }} {onclick} {ondblclick}>
                    <span>{ shown }</span>
                    { for own.into_iter().flat_map(figures).map(|figure| html! { <small>{ figure }</small> }) }
                </button>
            </td>
        }
    }

    /// What a cell is called: its link, and what that is like.
    fn name(
        &self,
        (from, to): (NodeId, NodeId),
        cut: bool,
        own: Option<NetworkChange>,
        messages: usize,
    ) -> String {
        let texts = self.texts;
        let link = fill(texts.link(), &[&from, &to]);
        let state = match (cut, messages) {
            (true, _) => texts.cut().to_owned(),
            (false, 0) => texts.carries().to_owned(),
            (false, 1) => texts.carries_one().to_owned(),
            (false, some) => fill(texts.carries_some(), &[&some]),
        };
        let mut name = format!("{link}: {state}");
        let own = own.unwrap_or_default();
        if let Some(latency) = own.latency {
            name.push_str(", ");
            name.push_str(&fill(texts.takes(), &[&range(latency)]));
        }
        if let Some(loss) = own.loss {
            name.push_str(", ");
            name.push_str(&fill(texts.loses(), &[&Decimal(percent(loss))]));
        }
        name
    }
}

/// Its own latency and loss, as the cell has room for them.
fn figures(own: NetworkChange) -> impl Iterator<Item = String> {
    let latency = own.latency.map(|latency| format!("{} ms", range(latency)));
    let loss = own.loss.map(|loss| format!("{} %", Decimal(percent(loss))));
    latency.into_iter().chain(loss)
}

/// A range in milliseconds.
fn range(range: SpanRange) -> String {
    let (low, high) = (millis(range.low()), millis(range.high()));
    match low == high {
        true => Decimal(low).to_string(),
        false => format!("{}–{}", Decimal(low), Decimal(high)),
    }
}

fn direction(from: NodeId, to: NodeId) -> Links {
    Links::Direction {
        from: NodeSelector::Node(from).into(),
        to: NodeSelector::Node(to).into(),
    }
}

fn toggled(links: Links, is_cut: bool) -> Act {
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
