//! The logs of all nodes, a row a node, aligned by index.

use std::ops::RangeInclusive;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::raft::{LogIndex, NodeId, Term};
use crate::ui::hooks::{Axis, Scroll, use_scroll};
use crate::ui::selection::Selection;
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, LogsTexts, use_texts};
use crate::ui::view::LogView;

use super::entries::{Chosen, on_click, on_key, stop};
use super::entry::{entry_cell, snapshot_cell};
pub(crate) use super::entry::{entry_mark, snapshot_mark};
use super::panel::{panel, scroller};

/// How wide a column is, in pixels; `--log-column` in the style sheet.
const COLUMN: f64 = 52.0;
/// How wide the column of the names is, in pixels; `--log-names` in the style sheet.
const NAMES: f64 = 56.0;
/// How many columns out of view are rendered on either side.
const SPARE: usize = 3;

/// A column: an index, and the term that the leader has there, or most nodes.
type Column = (LogIndex, Option<Term>);

/// Properties of [`Logs`].
#[derive(Properties, PartialEq)]
pub(crate) struct LogsProps {
    /// The logs, in order of the nodes.
    pub(crate) logs: Shared<[LogView]>,
    /// The selected entry.
    pub(crate) selected: Option<(NodeId, LogIndex)>,
    /// Something else is to be selected.
    pub(crate) on_select: Callback<Option<Selection>>,
}

/// The indices that the table spans: from the first that any node keeps, or the last that every
/// node's snapshot covers, to one after the last, where the next entry will be. Empty when no log has
/// an entry.
fn span(logs: &[LogView]) -> Option<RangeInclusive<u64>> {
    let covered = logs.iter().map(|log| log.log.base().0).min()?;
    let first = covered.max(LogIndex(1));
    let last = logs.iter().map(|log| log.log.last_index()).max()?;
    (last >= first).then(|| first.0..=last.0 + 1)
}

/// The logs of all nodes.
#[component]
pub(crate) fn Logs(props: &LogsProps) -> Html {
    let texts = use_texts().logs;
    let span = span(&props.logs);
    let count = span
        .as_ref()
        .map_or(0, |span| (span.end() - span.start() + 1) as usize);
    let scroll = use_scroll(Axis::Across, NAMES + count as f64 * COLUMN, true);
    let controls = span.clone().map(|span| controls(&scroll, span, texts));
    let content = match span {
        Some(span) => table(props, *span.start(), count, &scroll, texts),
        None => html! { <p class="empty">{ texts.empty() }</p> },
    };
    let content = scroller(&scroll, texts.title(), content);
    panel(
        "panel-logs",
        texts.title(),
        controls.unwrap_or_default(),
        content,
    )
}

/// What the marks mean, and the ways to an index and to the head.
fn controls(scroll: &Scroll, span: RangeInclusive<u64>, texts: LogsTexts) -> Html {
    let (first, last) = span.into_inner();
    let onchange = {
        let (go, extent) = (scroll.go.clone(), scroll.extent);
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let index = input.value_as_number();
            if index.is_finite() {
                let index = (index.max(1.0) as u64).clamp(first, last);
                // In the middle of what is in view.
                let beside = (extent - NAMES - COLUMN) / 2.0;
                go.emit(((index - first) as f64 * COLUMN - beside).max(0.0));
            }
            input.set_value("");
        }
    };
    let marks = [
        ("▲", texts.commit(), Some("commit-index")),
        ("●", texts.matches(), Some("match-index")),
        ("▸", texts.next(), Some("next-index")),
        ("≠", texts.differs(), None),
    ];
    html! {
        <>
            <span class="marks" aria-hidden="true">
                { for marks.map(|(mark, word, term)| html! { <span data-term={term}>{ mark }{ " " }{ word }</span> }) }
            </span>
            <label class="go" data-term="index">
                { texts.index() }
                <input type="number" min="1" max={last.to_string()} step="1" inputmode="numeric"
                    placeholder={format!("{first}–{last}")} {onchange} />
            </label>
            if !scroll.follows {
                <button type="button" class="quiet" onclick={scroll.jump.clone()}>{ texts.jump() }</button>
            }
        </>
    }
}

/// The term that the leader has at an index, or else most nodes; `None` where none is known.
fn usual(logs: &[LogView], index: LogIndex) -> Option<Term> {
    let term = |log: &LogView| log.log.get(index).map(|entry| entry.term);
    let leads = logs.iter().filter(|log| log.leads);
    let leader = leads.max_by_key(|log| log.log.last_term());
    leader.and_then(term).or_else(|| {
        let terms = || logs.iter().filter_map(term);
        terms().max_by_key(|&one| (terms().filter(|&other| other == one).count(), one))
    })
}

/// The table: of its `count` columns from index `first` on, those in view, between two spacers that
/// are as wide as all the others.
fn table(props: &LogsProps, first: u64, count: usize, scroll: &Scroll, texts: LogsTexts) -> Html {
    let logs: &[LogView] = &props.logs;
    let shown = scroll.window(COLUMN, count, SPARE);
    let before = shown.start as f64 * COLUMN;
    let after = (count - shown.end) as f64 * COLUMN + overhang(count, scroll.extent);
    let columns = shown.clone().map(|place| LogIndex(first + place as u64));
    let columns: Vec<_> = columns.map(|index| (index, usual(logs, index))).collect();
    let width = NAMES + count as f64 * COLUMN + overhang(count, scroll.extent);
    let indices = first + shown.start as u64..first + shown.end as u64;
    let chosen = Chosen {
        selected: props.selected,
        stop: stop(logs, indices, props.selected),
    };
    let nodes = logs.iter().map(|log| log.id).collect();
    html! {
        <table class="logs" style={format!("width: {}px", Decimal(width))} aria-colcount={(count + 1).to_string()}
            onclick={on_click(&props.on_select)} onkeydown={on_key(nodes)}>
            <colgroup>
                <col style={format!("width: {}px", Decimal(NAMES))} />
                <col style={format!("width: {}px", Decimal(before))} />
                { for columns.iter().map(|_| html! { <col style={format!("width: {}px", Decimal(COLUMN))} /> }) }
                <col style={format!("width: {}px", Decimal(after))} />
            </colgroup>
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">{ texts.node() }</span></th>
                    <td class="spacer" aria-hidden="true"></td>
                    { for columns.iter().map(|(index, _)| html! { <th scope="col" key={index.0}>{ index.0 }</th> }) }
                    <td class="spacer" aria-hidden="true"></td>
                </tr>
            </thead>
            <tbody>{ for logs.iter().map(|log| row(log, &columns, chosen, texts)) }</tbody>
        </table>
    }
}

/// How much wider than its columns the table is, so that at its end a column begins where the names
/// end, and none is cut.
fn overhang(count: usize, extent: f64) -> f64 {
    let beyond = NAMES + count as f64 * COLUMN - extent;
    if beyond > 0.0 {
        (beyond / COLUMN).ceil() * COLUMN - beyond
    } else {
        0.0
    }
}

/// The cells of the columns in view: what a snapshot covers is one, each entry after it is one.
fn cells(log: &LogView, columns: &[Column], chosen: Chosen, texts: LogsTexts) -> Html {
    let (base, _) = log.log.base();
    let covered = columns.partition_point(|&(index, _)| index <= base);
    let (covered, kept) = columns.split_at(covered);
    let covered: Vec<_> = covered.iter().map(|&(index, _)| index).collect();
    html! {
        <>
            { for (!covered.is_empty()).then(|| snapshot_cell(log, &covered, texts)) }
            { for kept.iter().map(|&column| entry_cell(log, column, chosen, texts)) }
        </>
    }
}

fn row(log: &LogView, columns: &[Column], chosen: Chosen, texts: LogsTexts) -> Html {
    let (sign, word) = match (log.down, log.leads) {
        (true, _) => ("✕", texts.down()),
        (_, true) => ("★", texts.leads()),
        _ => ("", ""),
    };
    html! {
        <tr key={log.id.number()} class={classes!(log.down.then_some("down"))}>
            <th scope="row">
                { log.id.to_string() }
                <span class="sign" aria-hidden="true">{ sign }</span>
                <span class="visually-hidden">{ word }</span>
            </th>
            <td class="spacer" aria-hidden="true"></td>
            { cells(log, columns, chosen, texts) }
            <td class="spacer" aria-hidden="true"></td>
        </tr>
    }
}
