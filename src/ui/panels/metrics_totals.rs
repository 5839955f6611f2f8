//! The counts up to the playhead, in a table that can be copied.

use yew::prelude::*;

use crate::catalogue::fill;
use crate::measure::{Total, Traffic};
use crate::ui::files::copy;
use crate::ui::inspector::term_of;
use crate::ui::shared::Shared;
use crate::ui::text::{MetricsTexts, count_text, use_lang};
use crate::ui::view::MetricsView;

use super::metrics::seconds;

/// Properties of [`Totals`].
#[derive(Properties, PartialEq)]
pub(super) struct TotalsProps {
    /// What is counted.
    pub(super) view: Shared<MetricsView>,
}

/// The counts.
#[component]
pub(super) fn Totals(props: &TotalsProps) -> Html {
    let texts = MetricsTexts::new(use_lang());
    let copied = use_state_eq(|| None::<bool>);
    let view = &props.view;
    let onclick = {
        let (copied, csv) = (copied.setter(), view.csv.clone());
        move |_: MouseEvent| {
            let copied = copied.clone();
            copy(&csv, move |done| copied.set(Some(done)));
        }
    };
    let title = fill(texts.totals(), &[&seconds(view.now)]);
    let total = |(total, count): (Total, &u64)| row(texts.total(total), count_text(*count));
    html! {
        <section class="metrics-totals" aria-label={title.clone()}>
            <header>
                <h3>{ title }</h3>
                <span role="status" class="sub">
                    { copied.map_or("", |done| if done { texts.copied() } else { texts.not_copied() }) }
                </span>
                <button type="button" class="quiet" {onclick}>{ texts.copy() }</button>
            </header>
            <table>
                <tbody>
                    { for Total::ALL.into_iter().zip(&view.totals).map(total) }
                    { row(texts.without(), view.stood_still.to_string()) }
                </tbody>
            </table>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ texts.of_kind() }</th>
                        { for [texts.sent(), texts.delivered(), texts.gone()].map(column) }
                    </tr>
                </thead>
                <tbody>
                    { traffic_row(texts.all(), &view.all) }
                    { for view.traffic.iter().map(|(kind, traffic)| traffic_row(kind.name(), traffic)) }
                </tbody>
            </table>
        </section>
    }
}

fn column(name: &'static str) -> Html {
    html! { <th scope="col" class="number">{ name }</th> }
}

fn row(name: &'static str, value: String) -> Html {
    html! {
        <tr>
            <th scope="row">{ name }</th>
            <td class="number">{ value }</td>
        </tr>
    }
}

fn traffic_row(name: &'static str, traffic: &Traffic) -> Html {
    let cell = |count| html! { <td class="number">{ count_text(count) }</td> };
    html! {
        <tr>
            <th scope="row"><span data-term={term_of(name)}>{ name }</span></th>
            { for [traffic.sent, traffic.delivered, traffic.lost].map(cell) }
        </tr>
    }
}
