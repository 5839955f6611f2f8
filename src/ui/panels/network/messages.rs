//! What is under way between nodes, and what can be done to it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::{MessageKind, NodeId, Time};
use crate::ui::act::Act;
use crate::ui::selection::Selection;
use crate::ui::stage::{NumberField, span_of_millis};
use crate::ui::text::{NetworkTexts, use_lang};
use crate::ui::view::{Flight, MovingRef, Place};

/// So many messages are listed, those that arrive first.
const LISTED: usize = 100;
/// By how much a message is delayed before anybody says otherwise, in milliseconds.
const DELAY: f64 = 20.0;
/// The longest delay, in milliseconds.
const DELAY_MAX: f64 = 60_000.0;
/// The shortest.
const DELAY_MIN: f64 = 0.001;

/// A message between nodes that is under way.
#[derive(Clone, PartialEq)]
pub(super) struct Message {
    id: u64,
    kind: MessageKind,
    from: NodeId,
    to: NodeId,
    arrives: Time,
}

impl Message {
    fn of(flight: &Flight) -> Option<Self> {
        match (flight.kind, flight.from, flight.to) {
            (Some(kind), Place::Node(from), Place::Node(to)) => Some(Self {
                id: flight.id,
                kind,
                from,
                to,
                arrives: flight.arrives,
            }),
            _ => None,
        }
    }

    /// Whether it is on that link.
    pub(super) fn is_on(&self, from: NodeId, to: NodeId) -> bool {
        (self.from, self.to) == (from, to)
    }
}

/// Every message between nodes, those that arrive first first.
pub(super) fn between_nodes(moving: &MovingRef) -> Vec<Message> {
    let mut messages = Vec::new();
    moving
        .0
        .flights(&mut |flight| messages.extend(Message::of(flight)));
    messages.sort_by_key(|message| (message.arrives, message.id));
    messages
}

/// Properties of [`UnderWay`].
#[derive(Properties, PartialEq)]
pub(super) struct UnderWayProps {
    /// The messages, those that arrive first first.
    pub(super) messages: Vec<Message>,
    /// The simulated time, in microseconds.
    pub(super) now: f64,
    /// The selected message.
    pub(super) selected: Option<u64>,
    /// Something else is to be selected.
    pub(super) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

/// What is under way.
#[component]
pub(super) fn UnderWay(props: &UnderWayProps) -> Html {
    let texts = NetworkTexts::new(use_lang());
    let delay = use_state_eq(|| DELAY);
    let on_change = {
        let delay = delay.setter();
        Callback::from(move |millis: f64| delay.set(millis.max(DELAY_MIN)))
    };
    let messages = &props.messages;
    let rest = messages.len().saturating_sub(LISTED);
    html! {
        <>
            <h3>{ fill(texts.under_way(), &[&messages.len()]) }</h3>
            <label class="delay">
                { texts.delay_by() }
                <NumberField value={*delay} most={DELAY_MAX} {on_change} />
                { "ms" }
            </label>
            if messages.is_empty() {
                <p class="empty">{ texts.nothing() }</p>
            } else {
                <ul class="under-way">
                    { for messages.iter().take(LISTED).map(|message| row(message, props, *delay, texts)) }
                </ul>
            }
            if rest > 0 {
                <p class="sub">{ fill(texts.more(), &[&rest]) }</p>
            }
        </>
    }
}

fn row(message: &Message, props: &UnderWayProps, delay: f64, texts: NetworkTexts) -> Html {
    let id = message.id;
    let link = fill(texts.link(), &[&message.from, &message.to]);
    let button = |text: &'static str, act: Act| {
        let onclick = props.on_act.reform(move |event: MouseEvent| {
            if let Act::DropMessage(_) = act {
                // The row that has the focus goes.
                go_on_from(&event);
            }
            act.clone()
        });
        html! { <button type="button" class="quiet" {onclick}>{ text }</button> }
    };
    let is_selected = props.selected == Some(id);
    let select = (props.on_select).reform(move |_: MouseEvent| Some(Selection::Message(id)));
    let is_held = message.arrives.0 as f64 <= props.now;
    html! {
        <li key={id} class={classes!(is_selected.then_some("selected"))}>
            <button type="button" class="link mono" aria-pressed={is_selected.to_string()} onclick={select}>
                { message.kind.name() }
            </button>
            <span>{ link }</span>
            <span class="sub">
                if is_held { { texts.held() } } else { { fill(texts.arrives(), &[&message.arrives]) } }
            </span>
            <span class="acts">
                { button(texts.deliver(), Act::DeliverMessage(id)) }
                { button(texts.delay(), Act::DelayMessage(id, span_of_millis(delay))) }
                { button(texts.duplicate(), Act::DuplicateMessage(id)) }
                { button(texts.drop(), Act::DropMessage(id)) }
            </span>
        </li>
    }
}

/// The focus goes on to the same button of the next message, or of the last one; where there is none, to
/// the view.
fn go_on_from(event: &MouseEvent) {
    let button = event.target_dyn_into::<Element>();
    let row = button.and_then(|button| button.closest("li").ok()?);
    let Some(row) = row else {
        return;
    };
    let next = row.next_element_sibling();
    let there = match next.or_else(|| row.previous_element_sibling()) {
        Some(other) => other.query_selector(".acts button:last-child"),
        None => row.closest(".network"),
    };
    if let Some(there) = there.ok().flatten() {
        // What is there can be focused.
        let _ = there.unchecked_into::<HtmlElement>().focus();
    }
}
