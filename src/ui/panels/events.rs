//! The running log of events, in words.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::raft::NodeId;
use crate::ui::download;
use crate::ui::hooks::{Axis, Scroll, use_scroll};
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, EventsTexts, use_texts};
use crate::ui::view::{EventKind, EventLine, EventLog};

use super::event_rows::{Filter, KINDS, Passing};
use super::panel::{panel, scroller};

/// How high a row is, in pixels; `--event-row` in the style sheet.
const ROW: f64 = 24.0;
/// How many rows out of view are rendered on either side.
const SPARE: usize = 8;

/// Properties of [`Events`].
#[derive(Properties, PartialEq)]
pub(crate) struct EventsProps {
    /// The log. It grows by itself, so that `end` says when there is more to show.
    pub(crate) log: Shared<dyn EventLog>,
    /// The number after its newest line.
    pub(crate) end: u64,
    /// The nodes, for the filter.
    pub(crate) nodes: Vec<NodeId>,
}

/// The lines that pass the filter now, of this log.
#[hook]
fn use_passing(log: &Shared<dyn EventLog>, filter: Filter) -> Rc<RefCell<Passing>> {
    // Another log, another run: nothing of the old lines holds.
    let passing = use_memo(log.clone(), |_| RefCell::new(Passing::default()));
    passing.borrow_mut().update(&**log, filter);
    passing
}

/// Keeps the lines where they are for someone who reads back while the oldest lines go.
#[hook]
fn use_kept_place(scroll: &Scroll, dropped: usize) {
    let before = use_mut_ref(|| dropped);
    let (node, follows) = (scroll.node.clone(), scroll.follows);
    use_effect_with(dropped, move |&dropped| {
        let gone = dropped.saturating_sub(before.replace(dropped));
        if let Some(element) = node.cast::<Element>().filter(|_| gone > 0 && !follows) {
            element.set_scroll_top(element.scroll_top() - (gone as f64 * ROW) as i32);
        }
    });
}

/// The event log.
#[component]
pub(crate) fn Events(props: &EventsProps) -> Html {
    let texts = use_texts().events;
    let filter = use_state_eq(Filter::default);
    let passing = use_passing(&props.log, *filter);
    let passing = passing.borrow();
    let scroll = use_scroll(Axis::Down, passing.len() as f64 * ROW, true);
    use_kept_place(&scroll, passing.dropped());
    let ondownload = {
        let log = props.log.clone();
        move |_| download::text("flotilla-events.txt", &as_text(&*log))
    };
    let controls = html! {
        <>
            if !scroll.follows {
                <button type="button" class="quiet" onclick={scroll.jump.clone()}>{ texts.jump() }</button>
            }
            { filters(&filter, &props.nodes, texts) }
            <button type="button" class="quiet" onclick={ondownload}>{ texts.download() }</button>
        </>
    };
    let empty = if props.end == 0 {
        texts.empty()
    } else {
        texts.none_match()
    };
    let content = match passing.len() {
        0 => html! { <p class="empty">{ empty }</p> },
        _ => lines(&*props.log, &passing, &scroll),
    };
    let content = scroller(&scroll, texts.title(), content);
    panel("panel-events", texts.title(), controls, content)
}

fn filters(filter: &UseStateHandle<Filter>, nodes: &[NodeId], texts: EventsTexts) -> Html {
    let onchange = {
        let filter = filter.clone();
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            filter.set(Filter {
                node: select.value().parse().ok(),
                ..*filter
            });
        }
    };
    let option = |node: &NodeId| {
        let name = node.to_string();
        html! { <option value={name.clone()} selected={filter.node == Some(*node)}>{ name }</option> }
    };
    html! {
        <>
            <span class="field">
                <select {onchange} aria-label={texts.node()}>
                    <option value="" selected={filter.node.is_none()}>{ texts.all_nodes() }</option>
                    { for nodes.iter().map(option) }
                </select>
            </span>
            <div class="kinds" role="group" aria-label={texts.kinds()}>
                { for (0..KINDS.len()).map(|kind| kind_switch(filter, kind, texts)) }
            </div>
        </>
    }
}

fn kind_switch(filter: &UseStateHandle<Filter>, kind: usize, texts: EventsTexts) -> Html {
    let onclick = {
        let filter = filter.clone();
        move |_| filter.set(filter.switched(kind))
    };
    html! {
        <button
            type="button"
            class="switch"
            aria-pressed={filter.kinds[kind].to_string()}
            {onclick}
        >
            { kind_text(KINDS[kind], texts) }
        </button>
    }
}

fn kind_text(kind: EventKind, texts: EventsTexts) -> &'static str {
    match kind {
        EventKind::Election => texts.election(),
        EventKind::Replication => texts.replication(),
        EventKind::Client => texts.client(),
        EventKind::Fault => texts.fault(),
    }
}

const fn kind_class(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Election => "election",
        EventKind::Replication => "replication",
        EventKind::Client => "client",
        EventKind::Fault => "fault",
    }
}

fn lines(log: &dyn EventLog, passing: &Passing, scroll: &Scroll) -> Html {
    let shown = scroll.window(ROW, passing.len(), SPARE);
    let height = passing.len() as f64 * ROW;
    let top = shown.start as f64 * ROW;
    let rows = shown.filter_map(|place| {
        let number = passing.number(place)?;
        Some(line(number, &log.get(number)?))
    });
    html! {
        <div class="lines" style={format!("height: {}px", Decimal(height))}>
            <ol lang="en" style={format!("transform: translateY({}px)", Decimal(top))}>{ for rows }</ol>
        </div>
    }
}

fn line(number: u64, line: &EventLine) -> Html {
    html! {
        <li key={number} class={kind_class(line.kind)} title={line.text.to_string()}>
            <time>{ line.at.to_string() }</time>
            <bdi>{ &*line.text }</bdi>
        </li>
    }
}

/// Every line kept, as a text file: time, number of the event, node, words.
fn as_text(log: &dyn EventLog) -> String {
    let mut text = String::new();
    for line in (log.first()..log.end()).filter_map(|number| log.get(number)) {
        let node = line
            .node
            .map_or_else(|| "-".to_owned(), |node| node.to_string());
        text.push_str(&format!(
            "{}\t{}\t{node}\t{}\n",
            line.at, line.event, line.text
        ));
    }
    text
}
