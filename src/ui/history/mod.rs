//! The history of the clients: a lane a client, each operation an interval from its call to its answer,
//! and whether all of it is linearizable.

mod hand;
mod ledger;
mod paint;

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::check::Linearizability;
use crate::ui::act::Act;
use crate::ui::axis::{Surface, Tools, use_hand, use_sheet};
use crate::ui::looker::Looker;
use crate::ui::panels::panel;
use crate::ui::text::{HistoryTexts, use_lang};
use crate::ui::view::Still;

use hand::Hand;
use ledger::{Frame, Ledger};

/// The sentence that says what is pointed at.
const CAPTION: &str = "history-caption";
/// The keys that the field for one offers.
const KEYS: &str = "history-keys";

/// Properties of [`History`].
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct HistoryProps {
    /// Who looks at it.
    pub(crate) looker: Looker,
    /// The moment.
    pub(crate) still: Still,
}

/// The history.
#[component]
pub(crate) fn History(props: &HistoryProps) -> Html {
    let texts = HistoryTexts::new(use_lang());
    let lanes = use_node_ref();
    let ledger = use_mut_ref(Ledger::default);
    let whole = use_state_eq(|| true);
    let key = use_state_eq(|| Rc::<str>::from(""));
    ledger.borrow_mut().whole = *whole;
    let parts = (props.clone(), texts, (*key).clone(), lanes.clone());
    let refs = use_sheet(parts, {
        let ledger = ledger.clone();
        move |sheet, (props, texts, key, lanes)| {
            let frame = Frame {
                props,
                size: sheet.size,
                theme: sheet.theme,
                texts: *texts,
                key,
                scrolled: f64::from(sheet.area.scroll_top()),
            };
            let mut ledger = ledger.borrow_mut();
            ledger.frame(&frame, &sheet.canvas, &sheet.caption);
            if let Some(lanes) = lanes.cast::<HtmlElement>() {
                ledger.stretch(&lanes);
            }
        }
    });
    let hand = Rc::new(Hand {
        ledger,
        whole: whole.setter(),
        area: refs.area.clone(),
        key: (*key).clone(),
        props: props.clone(),
    });
    let surface: Rc<dyn Surface> = hand.clone();
    let on = use_hand(&refs.area, surface.clone());
    let known = Known::of(&props.looker);
    let content = html! {
        <div class="history">
            { verdict(&known, &hand, texts) }
            if known.operations == 0 {
                <p class="empty">{ texts.nothing() }</p>
            }
            // It is there from the beginning, so that its size is known as soon as it has one.
            <div class="history-shown" hidden={known.operations == 0}>
                <Tools {surface} whole={*whole}>{ key_field(&known, &key, texts) }</Tools>
                <div ref={refs.area} class="history-area" role="application" tabindex="0"
                    aria-label={texts.intervals()} aria-describedby={CAPTION}
                    onpointerdown={on.down} onpointermove={on.moved} onpointerup={on.up}
                    onpointercancel={on.cancel} onpointerleave={on.leave} onwheel={on.wheel}
                    onkeydown={on.key}>
                    <canvas ref={refs.canvas} aria-hidden="true"></canvas>
                    <div ref={lanes} class="history-lanes"></div>
                </div>
                <p ref={refs.caption} id={CAPTION} class="history-caption" aria-live="polite"></p>
            </div>
        </div>
    };
    panel("panel-history", texts.title(), Html::default(), content)
}

/// What is known of the history as a whole.
struct Known {
    operations: usize,
    stale: usize,
    linearizability: Linearizability,
    /// The keys that there are on the node that has applied the most.
    keys: Vec<Rc<str>>,
}

/// So many keys are offered at the most.
const KEYS_MAX: usize = 100;

impl Known {
    fn of(looker: &Looker) -> Self {
        let mut known = None;
        looker.session.timeline(&mut |timeline| {
            let (world, monitor) = (timeline.run().world(), timeline.run().monitor());
            let stores = world.servers().iter();
            let store = stores.max_by_key(|server| server.last_applied());
            let keys = store.into_iter().flat_map(|server| server.store().iter());
            known = Some(Self {
                operations: world.operations().len(),
                stale: monitor.stale_reads().size(),
                linearizability: monitor.linearizability().clone(),
                keys: keys
                    .take(KEYS_MAX)
                    .map(|(key, _)| Rc::from(&**key))
                    .collect(),
            });
        });
        known.unwrap_or(Self {
            operations: 0,
            stale: 0,
            linearizability: Linearizability::Holds,
            keys: Vec::new(),
        })
    }
}

/// Whether the history is linearizable, in words.
fn verdict(known: &Known, hand: &Rc<Hand>, texts: HistoryTexts) -> Html {
    if known.operations == 0 {
        return Html::default();
    }
    let (said, broken) = match &known.linearizability {
        Linearizability::Holds => (texts.holds().to_owned(), None),
        Linearizability::Broken(broken) => {
            let told = fill(texts.broken(), &[&broken.detail, &broken.at]);
            (told, Some((broken.operation, broken.event)))
        }
        Linearizability::Undecided { key, at } => (fill(texts.undecided(), &[at, key]), None),
    };
    let stale = match known.stale {
        0 => None,
        1 => Some(texts.stale_one().to_owned()),
        some => Some(fill(texts.stale_some(), &[&some])),
    };
    let step = |name: &'static str, sign: &'static str, back: bool| {
        let hand = hand.clone();
        html! {
            <button type="button" class="icon-button" aria-label={name} title={name}
                onclick={move |_: MouseEvent| hand.step_stale(back)}>
                { sign }
            </button>
        }
    };
    html! {
        <div class={classes!("history-verdict", broken.is_some().then_some("broken-history"))}>
            <p role="status">
                <span data-term="linearizable">{ said }</span>
                if let Some(stale) = stale {
                    { " " }{ stale }
                }
            </p>
            if known.stale > 0 {
                <span role="group" aria-label={texts.stale_reads()}>
                    { step(texts.stale_before(), "‹", true) }
                    { step(texts.stale_after(), "›", false) }
                </span>
            }
            if let Some((operation, event)) = broken {
                <button type="button" onclick={
                    let hand = hand.clone();
                    move |_: MouseEvent| hand.go_to(operation, Act::SeekEvent(event))
                }>
                    { texts.go_to_first() }
                </button>
            }
        </div>
    }
}

/// The field for the only key whose operations are shown.
fn key_field(known: &Known, key: &UseStateHandle<Rc<str>>, texts: HistoryTexts) -> Html {
    let set = key.setter();
    let oninput = move |event: InputEvent| {
        let field: HtmlInputElement = event.target_unchecked_into();
        set.set(field.value().trim().into());
    };
    html! {
        <>
            <label class="field">
                { texts.key() }
                <input type="text" list={KEYS} value={(**key).to_owned()}
                    placeholder={texts.any_key()} {oninput} autocomplete="off" spellcheck="false" />
            </label>
            <datalist id={KEYS}>
                { for known.keys.iter().map(|key| html! { <option value={key.to_string()} /> }) }
            </datalist>
        </>
    }
}
