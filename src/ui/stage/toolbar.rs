//! The faults of the network: partition, heal, links, messages, and what is lost, doubled, late.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::number::{NumberField, millis, percent, span_of_millis};
use super::text::StageText;
use crate::raft::Span;
use crate::scenario::Verb;
use crate::sim::{Course, NetworkChange, NetworkConfig, Probability, SpanRange};
use crate::ui::act::Act;
use crate::ui::text::{Lang, use_lang};

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
    /// Whether a load is under way, and whether chaos reigns.
    pub under_way: [bool; 2],
    /// It is to be said what a load or a chaos is.
    pub on_course: Callback<Course>,
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
            { course(props, Course::Load, lang) }
            { course(props, Course::Chaos, lang) }
            { network(props, lang) }
        </div>
    }
}

/// The button that leads to a load or a chaos, or stops it while it is under way.
fn course(props: &ToolbarProps, course: Course, lang: Lang) -> Html {
    let (under_way, begin, stop) = match course {
        Course::Load => (props.under_way[0], StageText::Load, StageText::StopLoad),
        Course::Chaos => (props.under_way[1], StageText::Chaos, StageText::StopChaos),
    };
    let (act, open) = (props.on_act.clone(), props.on_course.clone());
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        match under_way {
            true => act.emit(Act::Take(Box::new(Verb::Stop(course)))),
            false => open.emit(course),
        }
    };
    let text = if under_way { stop } else { begin };
    html! {
        <button type="button" class={classes!(under_way.then_some("is-under-way"))}
            aria-haspopup={(!under_way).then_some("dialog")} {onclick}>
            { text.get(lang) }
        </button>
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
    html! {
        <fieldset class="stage-network">
            <legend class="stage-hidden">{ StageText::Network.get(lang) }</legend>
            <label>
                { StageText::Loss.get(lang) }
                <NumberField value={percent(loss)} most={100.0} on_change={change(lose)} />
                { "%" }
            </label>
            <label>
                { StageText::Duplication.get(lang) }
                <NumberField value={percent(duplicate)} most={100.0} on_change={change(double)} />
                { "%" }
            </label>
            <span class="stage-range">
                { StageText::Latency.get(lang) }
                <NumberField label={StageText::LatencyFrom.get(lang)} value={millis(latency.low())}
                    most={LATENCY_MS_MAX} on_change={delay(props, |low, high| (low, high.max(low)), true)} />
                { "–" }
                <NumberField label={StageText::LatencyTo.get(lang)} value={millis(latency.high())}
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

/// A change of one end of the latency, `keep` moving the other out of its way.
fn delay(
    props: &ToolbarProps,
    keep: fn(Span, Span) -> (Span, Span),
    is_low: bool,
) -> Callback<f64> {
    let (act, now) = (props.on_act.clone(), props.network.latency);
    Callback::from(move |millis: f64| {
        let span = span_of_millis(millis);
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
