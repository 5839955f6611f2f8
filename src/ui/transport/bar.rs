//! The bar itself: what there is to say, the strip and the clock, the buttons.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::raft::{NodeId, Time};
use crate::timeline::Kinds;
use crate::ui::act::Act;
use crate::ui::text::{TransportTexts, use_texts};
use crate::ui::view::{MovingRef, StripRef, TimeView};

use super::clock::Clock;
use super::said::Word;
use super::speed::Speed;
use super::strip::Strip;
use super::until::{Until, jump};

/// For how long a journey is not worth showing, in milliseconds.
const SHORT_MS: u32 = 150;

/// Properties of [`TransportBar`].
#[derive(Properties, PartialEq)]
pub(crate) struct TransportBarProps {
    /// Whether time runs.
    pub(crate) playing: bool,
    /// Simulated seconds a second.
    pub(crate) speed: f64,
    /// What is reached instead, if that is less.
    pub(crate) reached: Option<f64>,
    /// Where in time the page is.
    pub(crate) time: TimeView,
    /// What the strip shows.
    pub(crate) strip: StripRef,
    /// The time between events.
    pub(crate) moving: MovingRef,
    /// What lies over what is above it.
    #[prop_or_default]
    pub above: Html,
    /// How many events there have been.
    pub(crate) events: u64,
    /// Whose events are jumped to; none: those of all.
    pub(crate) selected: Option<NodeId>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
    /// The next event of some kinds is to be run to.
    pub(crate) on_until: Callback<Kinds>,
    /// Further buttons, at the end of the row.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// The transport bar.
#[component]
pub(crate) fn TransportBar(props: &TransportBarProps) -> Html {
    let texts = use_texts().transport;
    let more = use_state_eq(|| false);
    let TimeView { now, under_way, .. } = props.time;
    let long = use_long(under_way.is_some());
    let under_way = under_way.filter(|_| long);
    let on_more = {
        let more = more.clone();
        move |_: MouseEvent| more.set(!*more)
    };
    html! {
        <section class="transport" aria-label={texts.title()}>
            { props.above.clone() }
            <Word said={props.time.said.clone()} {under_way}
                branches={Rc::clone(&props.time.branches)} on_act={props.on_act.clone()} />
            <div class="transport-line">
                <Strip time={props.time.clone()} moving={props.moving.clone()} strip={props.strip.clone()}
                    playing={props.playing} selected={props.selected} on_act={props.on_act.clone()} />
                <div class="transport-time">
                    <Clock {now} moving={props.moving.clone()} />
                    <span class="events-count">{ texts.events(props.events) }</span>
                </div>
            </div>
            <div class={classes!("transport-row", more.then_some("more"))}>
                <div class="transport-buttons">
                    { moves(props, texts, under_way.is_some()) }
                    <button type="button" class="more" aria-expanded={more.to_string()}
                        aria-label={texts.more()} title={texts.more()} onclick={on_more}>{ "⋯" }</button>
                </div>
                <div class="transport-more">
                    <Until on_until={props.on_until.clone()} />
                    { changes(props, texts) }
                    { props.children.clone() }
                </div>
                <Speed speed={props.speed} reached={props.reached} on_act={props.on_act.clone()} />
            </div>
        </section>
    }
}

/// Whether something has gone on for longer than is worth showing.
#[hook]
fn use_long(goes_on: bool) -> bool {
    let long = use_state_eq(|| false);
    let set = long.setter();
    use_effect_with(goes_on, move |&goes_on| {
        let timeout = goes_on.then(|| {
            let set = set.clone();
            Timeout::new(SHORT_MS, move || set.set(true))
        });
        move || {
            drop(timeout);
            set.set(false);
        }
    });
    *long
}

/// The buttons that move the playhead.
fn moves(props: &TransportBarProps, texts: TransportTexts, under_way: bool) -> Html {
    const ENDS: &str = "M11 3h2v10h-2zM3 2.5v11L10.5 8z";
    const JUMP: &str = "M2 3v10l6.5-5zM11.5 4.5 14.5 8l-3 3.5-3-3.5z";
    const STEP: &str = "M4 3h2v10H4zM7.5 3v10L14 8z";
    let act = |act: Act| props.on_act.reform(move |_: MouseEvent| act.clone());
    let button = |back, name: &str, keys: &str, path, class, then: Act| {
        icon_button(name, keys, class, back, path, act(then), false)
    };
    let (name, path, toggle) = match (under_way, props.playing) {
        (true, _) => (texts.stop(), "M4 4h8v8H4z", Act::Stop),
        (false, true) => (texts.pause(), "M5 3h3v10H5zM9 3h3v10H9z", Act::Halt),
        (false, false) => (texts.play(), "M5 2.5v11l8-5.5z", Act::Play),
    };
    let of = |back| texts.jump(back, props.selected);
    html! {
        <>
            { button(true, texts.start(), "Home", ENDS, "ends", Act::Seek(Time::ZERO)) }
            { button(true, &of(true), "p", JUMP, "", jump(props.selected, true)) }
            { button(true, texts.step_back(), ",", STEP, "", Act::StepBack) }
            <button type="button" class="primary play" onclick={act(toggle)}>
                { icon(path, false) }<span>{ name }</span>
            </button>
            { button(false, texts.step(), ".", STEP, "", Act::Step) }
            { button(false, &of(false), "n", JUMP, "", jump(props.selected, false)) }
            { button(false, texts.end(), "End", ENDS, "ends", Act::SeekEnd) }
        </>
    }
}

/// The buttons that go back before what was done, and on to after it.
fn changes(props: &TransportBarProps, texts: TransportTexts) -> Html {
    const BACK: &str = "M6.5 2v3H10a4.5 4.5 0 0 1 0 9H5v-2h5a2.5 2.5 0 0 0 0-5H6.5v3l-5-4z";
    let TimeView { undo, redo, .. } = &props.time;
    let button = |name: String, keys, what: &Option<_>, path_back, then: Act| {
        let barred = what.is_none();
        let onclick = match barred {
            true => Callback::noop(),
            false => props.on_act.reform(move |_: MouseEvent| then.clone()),
        };
        icon_button(&name, keys, "", path_back, BACK, onclick, barred)
    };
    html! {
        <>
            { button(texts.undo(undo.as_ref()), "Ctrl+Z", undo, false, Act::Undo) }
            { button(texts.redo(redo.as_ref()), "Ctrl+Shift+Z", redo, true, Act::Redo) }
        </>
    }
}

/// A button of an icon, whose title tells its key too.
fn icon_button(
    name: &str,
    keys: &str,
    class: &'static str,
    mirrored: bool,
    path: &'static str,
    onclick: Callback<MouseEvent>,
    barred: bool,
) -> Html {
    html! {
        <button type="button" class={classes!("icon-button", class)} aria-label={name.to_owned()}
            title={format!("{name} ({keys})")} aria-disabled={barred.then_some("true")} {onclick}>
            { icon(path, mirrored) }
        </button>
    }
}

/// A small filled icon.
fn icon(path: &'static str, mirrored: bool) -> Html {
    let class = classes!("icon", mirrored.then_some("mirrored"));
    html! {
        <svg {class} viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}
