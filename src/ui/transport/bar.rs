//! The bar itself.

use yew::prelude::*;

use crate::raft::Time;
use crate::ui::act::Act;
use crate::ui::text::use_texts;
use crate::ui::view::MovingRef;

use super::clock::Clock;
use super::speed::Speed;

/// Properties of [`TransportBar`].
#[derive(Properties, PartialEq)]
pub(crate) struct TransportBarProps {
    /// Whether time runs.
    pub(crate) playing: bool,
    /// Simulated seconds a second.
    pub(crate) speed: f64,
    /// The time of the last event.
    pub(crate) now: Time,
    /// The time between events.
    pub(crate) moving: MovingRef,
    /// How many events there have been.
    pub(crate) events: u64,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The transport bar.
#[component]
pub(crate) fn TransportBar(props: &TransportBarProps) -> Html {
    let texts = &use_texts().transport;
    let act = |act: Act| props.on_act.reform(move |_: MouseEvent| act.clone());
    let (name, icon, toggle) = if props.playing {
        (texts.pause, "M5 3h3v10H5zM9 3h3v10H9z", Act::Halt)
    } else {
        (texts.play, "M5 2.5v11l8-5.5z", Act::Play)
    };
    html! {
        <section class="transport" aria-label={texts.title}>
            <div class="transport-buttons">
                <button type="button" class="primary play" onclick={act(toggle)}>
                    { self::icon(icon) }<span>{ name }</span>
                </button>
                <button type="button" onclick={act(Act::Step)} title={texts.step_hint}>
                    { self::icon("M4 2.5v11l7-5.5zM11 3h2v10h-2z") }<span>{ texts.step }</span>
                </button>
            </div>
            <Speed speed={props.speed} on_act={props.on_act.clone()} />
            <div class="transport-time">
                <Clock now={props.now} moving={props.moving.clone()} />
                <span class="events-count">{ (texts.events)(props.events) }</span>
            </div>
        </section>
    }
}

/// A small filled icon; the word beside it is its name.
fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}
