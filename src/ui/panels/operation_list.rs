//! What became of every operation, the newest first.

use yew::prelude::*;

use crate::ui::hooks::{Axis, Scroll, use_scroll};
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, OperationsTexts, use_texts};
use crate::ui::view::{OperationView, OutcomeView};

/// How high a row is, in pixels; `--row` in the style sheet.
const ROW: f64 = 28.0;
/// How many rows out of view are rendered on either side.
const SPARE: usize = 4;

/// Properties of [`OperationList`].
#[derive(Properties, PartialEq)]
pub(super) struct OperationListProps {
    /// The operations, the newest first.
    pub(super) operations: Shared<[OperationView]>,
}

/// The list of operations.
#[component]
pub(super) fn OperationList(props: &OperationListProps) -> Html {
    let texts = &use_texts().operations;
    let scroll = use_scroll(Axis::Down, props.operations.len() as f64 * ROW, false);
    html! {
        <div
            class="scroller"
            ref={scroll.node.clone()}
            onscroll={scroll.onscroll.clone()}
            tabindex="0"
            role="group"
            aria-label={texts.title}
        >
            if props.operations.is_empty() {
                <p class="empty">{ texts.empty }</p>
            } else {
                { table(&props.operations, &scroll, texts) }
            }
        </div>
    }
}

fn table(operations: &[OperationView], scroll: &Scroll, texts: &OperationsTexts) -> Html {
    let shown = scroll.window(ROW, operations.len(), SPARE);
    let spacer = |rows: usize| {
        html! {
            if rows > 0 {
                <tr class="spacer" aria-hidden="true">
                    <td style={format!("height: {}px", Decimal(rows as f64 * ROW))}></td>
                </tr>
            }
        }
    };
    html! {
        <table class="operations" aria-rowcount={(operations.len() + 1).to_string()}>
            <thead>
                <tr>
                    <th scope="col" class="client">{ texts.client }</th>
                    <th scope="col">{ texts.operation }</th>
                    <th scope="col" class="outcome">{ texts.outcome }</th>
                    <th scope="col" class="by">{ texts.answered_by }</th>
                    <th scope="col" class="tries">{ texts.tries }</th>
                </tr>
            </thead>
            <tbody>
                { spacer(shown.start) }
                { for operations[shown.clone()].iter().map(|operation| row(operation, texts)) }
                { spacer(operations.len() - shown.end) }
            </tbody>
        </table>
    }
}

fn row(operation: &OperationView, texts: &OperationsTexts) -> Html {
    html! {
        <tr key={operation.number}>
            <td class="client mono"><bdi>{ &*operation.client }</bdi></td>
            <td class="what mono" title={operation.what.to_string()}>
                <bdi>{ &*operation.what }</bdi>
                { value_read(&operation.outcome, texts) }
            </td>
            <td class="outcome">{ chip(operation, texts) }</td>
            <td class="by">{ for operation.answered_by.map(|node| node.to_string()) }</td>
            <td class="tries">{ operation.tries }</td>
        </tr>
    }
}

/// What a read has read, after what it asked.
fn value_read(outcome: &OutcomeView, texts: &OperationsTexts) -> Html {
    match outcome {
        OutcomeView::Ok(Some(Some(value))) => html! { <>{ " → " }<bdi>{ &**value }</bdi></> },
        OutcomeView::Ok(Some(None)) => {
            html! { <>{ " → " }<span class="nothing">{ texts.absent }</span></> }
        }
        _ => Html::default(),
    }
}

/// How the operation stands: a word, and a sign of its own beside the colour.
pub(crate) fn chip(operation: &OperationView, texts: &OperationsTexts) -> Html {
    let (class, sign, text) = match &operation.outcome {
        OutcomeView::Waiting(None) => ("waiting", "…", texts.waiting.to_owned()),
        OutcomeView::Waiting(Some(node)) => ("waiting", "…", (texts.waiting_at)(*node)),
        OutcomeView::Ok(_) => ("ok", "✓", (texts.ok)(operation.latency)),
        OutcomeView::Failed(why) => ("failed", "✕", (texts.failed)(why)),
        OutcomeView::Unknown => ("unknown", "?", texts.unknown.to_owned()),
    };
    html! {
        <span class={classes!("chip", class)} title={text.clone()}>
            <span class="sign" aria-hidden="true">{ sign }</span>{ text }
        </span>
    }
}
