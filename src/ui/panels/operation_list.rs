//! What became of every operation, the newest first.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::hooks::{Axis, Scroll, use_media, use_scroll};
use crate::ui::selection::Selection;
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, OperationsTexts, use_texts};
use crate::ui::view::{OperationView, OutcomeView};

/// How high a row is, in pixels, and for fingers; `--row` in the style sheet.
const ROW: f64 = 28.0;
const FINGER_ROW: f64 = 44.0;
/// How many rows out of view are rendered on either side.
const SPARE: usize = 4;

/// Properties of [`OperationList`].
#[derive(Properties, PartialEq)]
pub(super) struct OperationListProps {
    /// The operations, the newest first.
    pub(super) operations: Shared<[OperationView]>,
    /// The selected operation.
    pub(super) selected: Option<u64>,
    /// Something else is to be selected.
    pub(super) on_select: Callback<Option<Selection>>,
}

/// The list of operations.
#[component]
pub(super) fn OperationList(props: &OperationListProps) -> Html {
    let texts = use_texts().operations;
    let row = match use_media("(pointer: coarse)") {
        true => FINGER_ROW,
        false => ROW,
    };
    let scroll = use_scroll(Axis::Down, props.operations.len() as f64 * row, false);
    html! {
        <div
            class="scroller"
            ref={scroll.node.clone()}
            onscroll={scroll.onscroll.clone()}
            tabindex="0"
            role="group"
            aria-label={texts.title()}
        >
            if props.operations.is_empty() {
                <p class="empty">{ texts.empty() }</p>
            } else {
                { table(props, &scroll, row, texts) }
            }
        </div>
    }
}

fn table(props: &OperationListProps, scroll: &Scroll, high: f64, texts: OperationsTexts) -> Html {
    let operations: &[OperationView] = &props.operations;
    let shown = scroll.window(high, operations.len(), SPARE);
    let spacer = |rows: usize| {
        html! {
            if rows > 0 {
                <tr class="spacer" aria-hidden="true">
                    <td style={format!("height: {}px", Decimal(rows as f64 * high))}></td>
                </tr>
            }
        }
    };
    let selected = props.selected;
    // The one that the tab key reaches; the arrows lead to the others.
    let in_view = &operations[shown.clone()];
    let is_selected = |of: &&OperationView| Some(of.number) == selected;
    let stop = in_view.iter().find(is_selected).or(in_view.first());
    let stop = stop.map(|of| of.number);
    html! {
        <table class="operations" aria-rowcount={(operations.len() + 1).to_string()}
            onclick={on_click(&props.on_select)} onkeydown={on_key}>
            <thead>
                <tr>
                    <th scope="col" class="client">{ texts.client() }</th>
                    <th scope="col">{ texts.operation() }</th>
                    <th scope="col" class="outcome">{ texts.outcome() }</th>
                    <th scope="col" class="by">{ texts.answered_by() }</th>
                    <th scope="col" class="tries">{ texts.tries() }</th>
                </tr>
            </thead>
            <tbody>
                { spacer(shown.start) }
                { for in_view.iter().map(|operation| row(operation, selected, stop, texts)) }
                { spacer(operations.len() - shown.end) }
            </tbody>
        </table>
    }
}

fn row(
    operation: &OperationView,
    selected: Option<u64>,
    stop: Option<u64>,
    texts: OperationsTexts,
) -> Html {
    let number = operation.number;
    let is_selected = selected == Some(number);
    let tabindex = if stop == Some(number) { "0" } else { "-1" };
    html! {
        <tr key={number} class={classes!(is_selected.then_some("selected"))} data-operation={number.to_string()}>
            <td class="client mono"><bdi>{ &*operation.client }</bdi></td>
            <td class="what mono" title={operation.what.to_string()}>
                <button type="button" {tabindex} aria-pressed={is_selected.to_string()}>
                    <bdi>{ &*operation.what }</bdi>
                </button>
                { value_read(&operation.outcome, texts) }
            </td>
            <td class="outcome">{ chip(operation, texts) }</td>
            <td class="by">{ for operation.answered_by.map(|node| node.to_string()) }</td>
            <td class="tries">{ operation.tries }</td>
        </tr>
    }
}

/// The row in which something happened.
fn row_of(event: &Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-operation]").ok()?
}

/// A press on a row selects its operation.
fn on_click(on_select: &Callback<Option<Selection>>) -> Callback<MouseEvent> {
    let on_select = on_select.clone();
    Callback::from(move |event: MouseEvent| {
        let number = row_of(&event).and_then(|row| row.get_attribute("data-operation"));
        if let Some(number) = number.and_then(|number| number.parse().ok()) {
            on_select.emit(Some(Selection::Operation(number)));
        }
    })
}

/// The arrows lead to the rows above and below.
fn on_key(event: KeyboardEvent) {
    let row = row_of(&event);
    let next = row.and_then(|row| match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    });
    let button = next.and_then(|row| row.query_selector("button").ok()?);
    if let Some(button) = button {
        event.prevent_default();
        // A button that is there can be focused.
        let _ = button.unchecked_into::<HtmlElement>().focus();
    }
}

/// What a read has read, after what it asked.
fn value_read(outcome: &OutcomeView, texts: OperationsTexts) -> Html {
    match outcome {
        OutcomeView::Ok(Some(Some(value))) => html! { <>{ " → " }<bdi>{ &**value }</bdi></> },
        OutcomeView::Ok(Some(None)) => {
            html! { <>{ " → " }<span class="nothing">{ texts.absent() }</span></> }
        }
        _ => Html::default(),
    }
}

/// How the operation stands: a word, and a sign of its own beside the colour.
pub(crate) fn chip(operation: &OperationView, texts: OperationsTexts) -> Html {
    let (class, sign, text) = match &operation.outcome {
        OutcomeView::Waiting(None) => ("waiting", "…", texts.waiting().to_owned()),
        OutcomeView::Waiting(Some(node)) => ("waiting", "…", texts.waiting_at(*node)),
        OutcomeView::Ok(_) => ("ok", "✓", texts.ok(operation.latency)),
        OutcomeView::Failed(why) => ("failed", "✕", texts.failed(why)),
        OutcomeView::Unknown => ("unknown", "?", texts.unknown().to_owned()),
    };
    html! {
        <span class={classes!("chip", class)} title={text.clone()}>
            <span class="sign" aria-hidden="true">{ sign }</span>{ text }
        </span>
    }
}
