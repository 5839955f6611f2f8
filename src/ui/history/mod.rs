//! The history of the clients: a lane a client, each operation an interval from its call to its answer,
//! and whether all of it is linearizable.

mod hand;
mod ledger;
mod paint;

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::check::Linearizability;
use crate::ui::act::Act;
use crate::ui::axis::{Gestures, PAN, Surface, ZOOM};
use crate::ui::hooks::use_frames;
use crate::ui::panels::panel;
use crate::ui::selection::Selection;
use crate::ui::session::SessionHandle;
use crate::ui::stage::{use_size, use_theme};
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
    /// The run.
    pub(crate) session: SessionHandle,
    /// The moment.
    pub(crate) still: Still,
    /// Whether time runs.
    pub(crate) playing: bool,
    /// What is selected.
    pub(crate) selected: Option<Selection>,
    /// Something else is selected, or nothing.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The history.
#[component]
pub(crate) fn History(props: &HistoryProps) -> Html {
    let texts = HistoryTexts::new(use_lang());
    let (area, canvas, caption) = (use_node_ref(), use_node_ref(), use_node_ref());
    let lanes = use_node_ref();
    let ledger = use_mut_ref(Ledger::default);
    let key = use_state_eq(|| Rc::<str>::from(""));
    let (theme, size) = (use_theme(), use_size(&area));
    let frame = {
        let parts = (props.clone(), size, theme, texts, (*key).clone());
        let (ledger, canvas, caption) = (ledger.clone(), canvas.clone(), caption.clone());
        let (area, lanes) = (area.clone(), lanes.clone());
        use_callback(parts, move |_: f64, (props, size, theme, texts, key)| {
            let (Some(canvas), Some(caption), Some(area), Some(lanes), Some(size)) = (
                canvas.cast::<HtmlCanvasElement>(),
                caption.cast::<HtmlElement>(),
                area.cast::<HtmlElement>(),
                lanes.cast::<HtmlElement>(),
                *size,
            ) else {
                return;
            };
            let frame = Frame {
                props,
                size,
                theme,
                texts: *texts,
                key,
                scrolled: f64::from(area.scroll_top()),
            };
            let mut ledger = ledger.borrow_mut();
            ledger.frame(&frame, &canvas, &caption);
            ledger.stretch(&lanes);
        })
    };
    use_frames(frame);
    let hand = Hand {
        ledger: ledger.clone(),
        area: area.clone(),
        key: (*key).clone(),
        props: props.clone(),
    };
    let gestures = Gestures::new(use_mut_ref(Default::default), area.clone(), hand.clone());
    let on = |act: fn(&Gestures<Hand>, &PointerEvent)| {
        let gestures = gestures.clone();
        Callback::from(move |event: PointerEvent| act(&gestures, &event))
    };
    let onwheel = {
        let gestures = gestures.clone();
        move |event: WheelEvent| gestures.turns(&event)
    };
    let onkeydown = {
        let hand = hand.clone();
        move |event: KeyboardEvent| hand.press_key(&event)
    };
    let known = Known::of(props);
    let content = html! {
        <div class="history">
            { verdict(&known, &hand, texts) }
            if known.operations == 0 {
                <p class="empty">{ texts.nothing() }</p>
            }
            // It is there from the beginning, so that its size is known as soon as it has one.
            <div class="history-shown" hidden={known.operations == 0}>
                { tools(&hand, &known, &key, texts) }
                <div ref={area} class="history-area" role="application" tabindex="0"
                    aria-label={texts.intervals()} aria-describedby={CAPTION}
                    onpointerdown={on(Gestures::takes)} onpointermove={on(Gestures::moves)}
                    onpointerup={on(Gestures::lets_go)} onpointercancel={on(Gestures::gives_up)}
                    onpointerleave={on(Gestures::leaves)} {onwheel} {onkeydown}>
                    <canvas ref={canvas} aria-hidden="true"></canvas>
                    <div ref={lanes} class="history-lanes"></div>
                </div>
                <p ref={caption} id={CAPTION} class="history-caption" aria-live="polite"></p>
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
    fn of(props: &HistoryProps) -> Self {
        let mut known = None;
        props.session.timeline(&mut |timeline| {
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
fn verdict(known: &Known, hand: &Hand, texts: HistoryTexts) -> Html {
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
    html! {
        <div class={classes!("history-verdict", broken.is_some().then_some("broken-history"))}>
            <p role="status">
                { said }
                if let Some(stale) = stale {
                    { " " }{ stale }
                }
            </p>
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

/// The tools above the lanes.
fn tools(hand: &Hand, known: &Known, key: &UseStateHandle<Rc<str>>, texts: HistoryTexts) -> Html {
    let tool = |name: &'static str, sign: &'static str, act: fn(&Hand)| {
        let hand = hand.clone();
        html! {
            <button type="button" class="icon-button" aria-label={name} title={name}
                onclick={move |_: MouseEvent| act(&hand)}>
                { sign }
            </button>
        }
    };
    let whole = {
        let hand = hand.clone();
        move |_: MouseEvent| hand.show_all()
    };
    let set = key.setter();
    let oninput = move |event: InputEvent| {
        let field: HtmlInputElement = event.target_unchecked_into();
        set.set(field.value().trim().into());
    };
    html! {
        <div class="history-tools" role="group" aria-label={texts.tools()}>
            { tool(texts.zoom_out(), "−", |hand| hand.zoom(1.0 / ZOOM, None)) }
            { tool(texts.zoom_in(), "+", |hand| hand.zoom(ZOOM, None)) }
            { tool(texts.earlier(), "‹", |hand| hand.pan(-PAN)) }
            { tool(texts.later(), "›", |hand| hand.pan(PAN)) }
            <button type="button" onclick={whole}>{ texts.whole() }</button>
            <label class="field">
                { texts.key() }
                <input type="text" list={KEYS} value={(**key).to_owned()}
                    placeholder={texts.any_key()} {oninput} autocomplete="off" spellcheck="false" />
            </label>
            <datalist id={KEYS}>
                { for known.keys.iter().map(|key| html! { <option value={key.to_string()} /> }) }
            </datalist>
        </div>
    }
}
