//! The client and the proxy, outside the ring, and how the newest operation stands.

use std::rc::Rc;

use yew::prelude::*;

use super::geometry::{BOX, Layout};
use super::point::Point;
use super::text::StageText;
use crate::ui::text::{Decimal, Lang, latency_text, use_lang};
use crate::ui::view::{OperationView, OutcomeView};

/// Props of [`Outside`].
#[derive(Properties, PartialEq)]
pub struct OutsideProps {
    /// Where everything stands.
    pub layout: Rc<Layout>,
    /// The newest operation.
    pub operation: Option<OperationView>,
}

/// The client, the proxy and the line between them.
#[function_component]
pub fn Outside(props: &OutsideProps) -> Html {
    let lang = use_lang();
    let Layout { client, proxy, .. } = *props.layout;
    let direction = client.direction(proxy);
    let reach = if direction.y > 0.5 { BOX.1 } else { BOX.0 };
    let from = client.along(direction, reach, 0.0);
    let to = proxy.along(direction, -reach, 0.0);
    html! {
        <g class="stage-outside">
            <line class="stage-link-line" x1={Decimal(from.x).to_string()} y1={Decimal(from.y).to_string()}
                x2={Decimal(to.x).to_string()} y2={Decimal(to.y).to_string()} />
            { station(client, "session", StageText::Client.get(lang)) }
            { station(proxy, "proxy", StageText::Proxy.get(lang)) }
            if let Some(operation) = &props.operation {
                { newest(operation, &props.layout, lang) }
            }
        </g>
    }
}

/// One of them, with what the glossary says about it.
fn station(at: Point, term: &'static str, name: &'static str) -> Html {
    html! {
        <g class="stage-station" data-term={term} style={format!("transform: translate({}px, {}px)", Decimal(at.x), Decimal(at.y))}>
            <rect x={Decimal(-BOX.0).to_string()} y={Decimal(-BOX.1).to_string()} rx="4"
                width={Decimal(2.0 * BOX.0).to_string()} height={Decimal(2.0 * BOX.1).to_string()} />
            <text>{ name }</text>
        </g>
    }
}

/// What was asked and how it stands: beside the client when there is room to its right, else
/// beside the proxy.
fn newest(operation: &OperationView, layout: &Layout, lang: Lang) -> Html {
    let beside = if layout.client.y < layout.proxy.y {
        layout.client
    } else {
        layout.proxy
    };
    let x = Decimal(beside.x + BOX.0 + 10.0).to_string();
    html! {
        <g class="stage-newest">
            <text class="stage-newest-what" x={x.clone()} y={Decimal(beside.y - 3.0).to_string()}>
                { short(&what(operation, lang), 16) }
            </text>
            <text class="stage-newest-outcome" {x} y={Decimal(beside.y + 13.0).to_string()}>
                { outcome(operation, lang) }
            </text>
        </g>
    }
}

/// What was asked, and of a read what it has read: apart from how long it took, or `= 1 530 ms` would
/// be read as one number.
fn what(operation: &OperationView, lang: Lang) -> String {
    let asked = &operation.what;
    match &operation.outcome {
        OutcomeView::Ok(Some(Some(value))) => format!("{asked} → {value}"),
        OutcomeView::Ok(Some(None)) => format!("{asked} → {}", StageText::Absent.get(lang)),
        _ => asked.to_string(),
    }
}

fn outcome(operation: &OperationView, lang: Lang) -> String {
    let took = |word: &str| match operation.latency {
        Some(latency) => format!("{word} {}", latency_text(latency)),
        None => word.to_owned(),
    };
    match &operation.outcome {
        OutcomeView::Waiting(None) => StageText::Waiting.get(lang).to_owned(),
        OutcomeView::Waiting(Some(node)) => format!("{} {node}", StageText::WaitingAt.get(lang)),
        OutcomeView::Ok(_) => took(StageText::Ok.get(lang)),
        OutcomeView::Failed(_) => took(StageText::Failed.get(lang)),
        OutcomeView::Unknown => StageText::Unknown.get(lang).to_owned(),
    }
}

/// The text, cut to `most` characters.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
