//! What a link is like, and the means to change it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::NodeId;
use crate::scenario::{Links, NodeSelector, Verb};
use crate::sim::{NetworkChange, NetworkConfig, Probability, SpanRange};
use crate::ui::act::Act;
use crate::ui::stage::{NumberField, millis, percent, span_of_millis};
use crate::ui::text::{NetworkTexts, use_lang};

use super::{direction, toggled};

/// The longest latency that can be set, in milliseconds.
const LATENCY_MAX: f64 = 10_000.0;

/// Properties of [`LinkForm`].
#[derive(Properties, PartialEq)]
pub(super) struct LinkFormProps {
    /// From whom.
    pub(super) from: NodeId,
    /// To whom.
    pub(super) to: NodeId,
    /// The conditions of the network.
    pub(super) network: NetworkConfig,
    /// What of the link's is its own, if anything is.
    pub(super) own: Option<NetworkChange>,
    /// Whether it is cut.
    pub(super) cut: bool,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

impl LinkFormProps {
    fn conditions(&self) -> NetworkConfig {
        self.network.changed(self.own.unwrap_or_default())
    }

    /// The link, or the two of both directions.
    fn links(&self, both: bool) -> Links {
        let node = |id| NodeSelector::Node(id).into();
        match both {
            true => Links::Between(node(self.from), node(self.to)),
            false => direction(self.from, self.to),
        }
    }
}

/// Latency in milliseconds, from and to, and loss in percent.
type Figures = [f64; 3];

fn figures(conditions: NetworkConfig) -> Figures {
    let NetworkConfig { latency, loss, .. } = conditions;
    [millis(latency.low()), millis(latency.high()), percent(loss)]
}

/// What has been changed, if anything has: what has not stays the network's, if it was.
fn change(was: Figures, then: Figures) -> Option<NetworkChange> {
    let [low, high, loss] = then;
    let (low, high) = (span_of_millis(low), span_of_millis(high.max(low)));
    let change = NetworkChange {
        latency: SpanRange::new(low, high).filter(|_| was[..2] != then[..2]),
        loss: Probability::new(loss / 100.0).filter(|_| was[2] != then[2]),
        ..NetworkChange::default()
    };
    (change != NetworkChange::default()).then_some(change)
}

/// The form of a link.
#[component]
pub(super) fn LinkForm(props: &LinkFormProps) -> Html {
    let texts = NetworkTexts::new(use_lang());
    let was = figures(props.conditions());
    let figures = use_state_eq(|| was);
    // What has been set shows what the link is like now; the form stays, and the focus with it.
    use_effect_with(was, {
        let figures = figures.setter();
        move |&was| figures.set(was)
    });
    let both = use_state_eq(|| false);
    let links = props.links(*both);
    let onsubmit = {
        let (figures, links, act) = (figures.clone(), links.clone(), props.on_act.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(change) = change(was, *figures) {
                let (links, change) = (links.clone(), Some(change));
                act.emit(Act::Take(Box::new(Verb::Link { links, change })));
            }
        }
    };
    let reset = {
        let links = links.clone();
        props.on_act.reform(move |_: MouseEvent| {
            let (links, change) = (links.clone(), None);
            Act::Take(Box::new(Verb::Link { links, change }))
        })
    };
    let toggle = {
        let cut = props.cut;
        props
            .on_act
            .reform(move |_: MouseEvent| toggled(links.clone(), cut))
    };
    let on_both = {
        let both = both.setter();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            both.set(input.checked());
        }
    };
    let field = |place: usize, label: Option<&'static str>, most: f64| {
        let figures = figures.clone();
        let value = figures[place];
        let on_change = Callback::from(move |value| {
            let mut then = *figures;
            then[place] = value;
            figures.set(then);
        });
        html! { <NumberField {label} {value} {most} {on_change} /> }
    };
    let name = fill(texts.link(), &[&props.from, &props.to]);
    html! {
        <form class="link-form" aria-label={name.clone()} {onsubmit}>
            <h3>{ name }</h3>
            <span>
                { texts.latency() }
                { field(0, Some(texts.latency_from()), LATENCY_MAX) }
                { "–" }
                { field(1, Some(texts.latency_to()), LATENCY_MAX) }
                { "ms" }
            </span>
            <label>{ texts.loss() }{ field(2, None, 100.0) }{ "%" }</label>
            <label>
                <input type="checkbox" checked={*both} onchange={on_both} />
                { texts.both() }
            </label>
            <span class="acts">
                <button type="submit">{ texts.set() }</button>
                <button type="button" onclick={toggle}>
                    { if props.cut { texts.heal_it() } else { texts.cut_it() } }
                </button>
                <button type="button" disabled={props.own.is_none() && !*both} onclick={reset}>
                    { texts.reset() }
                </button>
            </span>
            <p class="sub" role="status">
                { if props.own.is_some() { texts.is_own() } else { texts.is_usual() } }
            </p>
        </form>
    }
}
