//! The faults of the network: partition, heal, links, messages, and what is lost, doubled, late.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::text::StageText;
use crate::raft::Span;
use crate::sim::{NetworkChange, NetworkConfig, Probability, SpanRange};
use crate::ui::act::Act;
use crate::ui::text::{Decimal, Lang, use_lang};

/// The longest latency that can be set.
const LATENCY_MS_MAX: f64 = 10_000.0;

/// Props of [`Toolbar`].
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The network as it is.
    pub network: NetworkConfig,
    /// Whether there are two nodes to part.
    pub can_part: bool,
    /// Why no server can be added now, if none can.
    pub no_server: Option<StageText>,
    /// The button that starts choosing groups, for giving it the focus back.
    pub partition: NodeRef,
    /// Groups are to be chosen.
    pub on_partition: Callback<()>,
    /// The links are to be listed.
    pub on_links: Callback<()>,
    /// The messages in flight are to be listed.
    pub on_messages: Callback<()>,
    /// What the user does.
    pub on_act: Callback<Act>,
}

/// The bar under the figure.
#[function_component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let lang = use_lang();
    let heal = props.on_act.reform(|_: MouseEvent| Act::Heal);
    let add = match props.no_server {
        Some(_) => Callback::noop(),
        None => props.on_act.reform(|_: MouseEvent| Act::AddServer),
    };
    let barred = (!props.can_part).then(|| StageText::NeedsTwoNodes.get(lang));
    let menu_button = |text: StageText, on: &Callback<()>| {
        let onclick = on.reform(|event: MouseEvent| event.stop_propagation());
        html! { <button type="button" aria-haspopup="menu" {onclick}>{ text.get(lang) }</button> }
    };
    html! {
        <div class="stage-toolbar" role="group" aria-label={StageText::Faults.get(lang)}>
            <button ref={props.partition.clone()} type="button" disabled={barred.is_some()} title={barred}
                onclick={props.on_partition.reform(|_: MouseEvent| ())}>
                { StageText::Partition.get(lang) }
            </button>
            <button type="button" onclick={heal}>{ StageText::Heal.get(lang) }</button>
            <button type="button" aria-disabled={props.no_server.map(|_| "true")} onclick={add}
                title={props.no_server.unwrap_or(StageText::AddServerHint).get(lang)}>
                { StageText::AddServer.get(lang) }
            </button>
            { menu_button(StageText::Links, &props.on_links) }
            { menu_button(StageText::Messages, &props.on_messages) }
            { network(props, lang) }
        </div>
    }
}

fn network(props: &ToolbarProps, lang: Lang) -> Html {
    let NetworkConfig {
        latency,
        loss,
        duplicate,
        reorder,
    } = props.network;
    let change = |make: fn(f64) -> NetworkChange| {
        let act = props.on_act.clone();
        Callback::from(move |value| act.emit(Act::Network(make(value))))
    };
    let on_reorder = props.on_act.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Act::Network(NetworkChange {
            reorder: Some(input.checked()),
            ..NetworkChange::default()
        })
    });
    let percent = |p: Probability| (p.as_f64() * 1e4).round() / 1e2;
    html! {
        <fieldset class="stage-network">
            <legend class="stage-hidden">{ StageText::Network.get(lang) }</legend>
            <label>
                { StageText::Loss.get(lang) }
                <Figure value={percent(loss)} most={100.0} on_change={change(lose)} />
                { "%" }
            </label>
            <label>
                { StageText::Duplication.get(lang) }
                <Figure value={percent(duplicate)} most={100.0} on_change={change(double)} />
                { "%" }
            </label>
            <span class="stage-range">
                { StageText::Latency.get(lang) }
                <Figure label={StageText::LatencyFrom.get(lang)} value={millis(latency.low())}
                    most={LATENCY_MS_MAX} on_change={delay(props, |low, high| (low, high.max(low)), true)} />
                { "–" }
                <Figure label={StageText::LatencyTo.get(lang)} value={millis(latency.high())}
                    most={LATENCY_MS_MAX} on_change={delay(props, |low, high| (low.min(high), high), false)} />
                { "ms" }
            </span>
            <label title={StageText::ReorderHint.get(lang)}>
                <input type="checkbox" checked={reorder} onchange={on_reorder} />
                { StageText::Reorder.get(lang) }
            </label>
        </fieldset>
    }
}

fn lose(percent: f64) -> NetworkChange {
    NetworkChange {
        loss: Probability::new(percent / 100.0),
        ..NetworkChange::default()
    }
}

fn double(percent: f64) -> NetworkChange {
    NetworkChange {
        duplicate: Probability::new(percent / 100.0),
        ..NetworkChange::default()
    }
}

fn millis(span: Span) -> f64 {
    span.as_micros() as f64 / 1e3
}

/// A change of one end of the latency, `keep` moving the other out of its way.
fn delay(
    props: &ToolbarProps,
    keep: fn(Span, Span) -> (Span, Span),
    is_low: bool,
) -> Callback<f64> {
    let (act, now) = (props.on_act.clone(), props.network.latency);
    Callback::from(move |millis: f64| {
        let span = Span((millis * 1e3).round() as u64);
        let (low, high) = if is_low {
            keep(span, now.high())
        } else {
            keep(now.low(), span)
        };
        act.emit(Act::Network(NetworkChange {
            latency: SpanRange::new(low, high),
            ..NetworkChange::default()
        }));
    })
}

/// Props of [`Figure`].
#[derive(Properties, PartialEq)]
struct FigureProps {
    /// Its name, where no label holds it.
    #[prop_or_default]
    label: Option<&'static str>,
    /// Its value now.
    value: f64,
    /// The most it can be.
    most: f64,
    /// Another value, from 0 to `most`.
    on_change: Callback<f64>,
}

/// A field for a figure from 0 up.
#[function_component]
fn Figure(props: &FigureProps) -> Html {
    let FigureProps { value, most, .. } = *props;
    // What is being typed outlives a rendering.
    let typed = use_state_eq(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            typed.set(Some(input.value()));
        })
    };
    let onchange = {
        let (typed, on_change) = (typed.clone(), props.on_change.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            // What is no number leaves all as it was; what is out of range is brought into it.
            let number = Some(input.value_as_number()).filter(|number| number.is_finite());
            let then = number.map_or(value, |number| number.max(0.0).min(most));
            input.set_value(&Decimal(then).to_string());
            typed.set(None);
            if then != value {
                on_change.emit(then);
            }
        })
    };
    let shown = (*typed)
        .clone()
        .unwrap_or_else(|| Decimal(value).to_string());
    html! {
        <input type="number" min="0" max={Decimal(most).to_string()} step="any" inputmode="decimal"
            aria-label={props.label} value={shown} {oninput} {onchange} />
    }
}
