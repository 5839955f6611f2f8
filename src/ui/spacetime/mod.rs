//! The space-time diagram, in the place of the cluster: a lane a node, time running right, on the same
//! playhead.
//!
//! What stands (the tools, the sentence below) is DOM; the picture is one canvas, drawn when something
//! in it has changed. What happened in the stretch in view is found again as it is wanted (`store`).

mod diagram;
mod hand;
mod lanes;
mod paint;
mod store;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use crate::ui::act::Act;
use crate::ui::axis::{Gestures, PAN, Surface, ZOOM};
use crate::ui::hooks::use_frames;
use crate::ui::selection::Selection;
use crate::ui::session::SessionHandle;
use crate::ui::stage::{use_size, use_theme};
use crate::ui::text::{SpaceTimeTexts, use_lang};

use diagram::{Diagram, Frame};
use hand::Hand;

/// The sentence that says what is pointed at.
const CAPTION: &str = "spacetime-caption";
/// Properties of [`SpaceTime`].
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct SpaceTimeProps {
    /// The run.
    pub(crate) session: SessionHandle,
    /// Whether time runs.
    pub(crate) playing: bool,
    /// Whether clients have lanes.
    pub(crate) with_clients: bool,
    /// What is selected.
    pub(crate) selected: Option<Selection>,
    /// Something else is selected, or nothing.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The diagram.
#[component]
pub(crate) fn SpaceTime(props: &SpaceTimeProps) -> Html {
    let texts = SpaceTimeTexts::new(use_lang());
    let (area, canvas, caption) = (use_node_ref(), use_node_ref(), use_node_ref());
    let diagram = use_mut_ref(Diagram::default);
    let follows = use_state_eq(|| true);
    let theme = use_theme();
    let size = use_size(&area);
    diagram.borrow_mut().follows = *follows;
    use_effect_with(props.playing, {
        let follow = follows.setter();
        // Who lets time run wants to see where it goes.
        move |&playing| {
            if playing {
                follow.set(true);
            }
        }
    });
    let frame = {
        let parts = (props.clone(), size, theme, texts);
        let (diagram, canvas, caption) = (diagram.clone(), canvas.clone(), caption.clone());
        use_callback(parts, move |_: f64, (props, size, theme, texts)| {
            let (Some(canvas), Some(caption), Some(size)) = (
                canvas.cast::<HtmlCanvasElement>(),
                caption.cast::<HtmlElement>(),
                *size,
            ) else {
                return;
            };
            let frame = Frame {
                props,
                size,
                theme,
                texts: *texts,
            };
            diagram.borrow_mut().frame(&frame, &canvas, &caption);
        })
    };
    use_frames(frame);
    let hand = Hand {
        diagram: diagram.clone(),
        follow: follows.setter(),
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
        move |event: KeyboardEvent| hand.key(&event)
    };
    html! {
        <section class="spacetime" aria-label={texts.diagram()}>
            { tools(&hand, *follows, texts) }
            <div ref={area} class="spacetime-area" role="application" tabindex="0"
                aria-label={texts.diagram()} aria-describedby={CAPTION}
                onpointerdown={on(Gestures::takes)} onpointermove={on(Gestures::moves)}
                onpointerup={on(Gestures::lets_go)} onpointercancel={on(Gestures::gives_up)}
                onpointerleave={on(Gestures::leaves)} {onwheel} {onkeydown}>
                <canvas ref={canvas} aria-hidden="true"></canvas>
            </div>
            { legend(texts) }
            <p ref={caption} id={CAPTION} class="spacetime-caption" aria-live="polite"></p>
        </section>
    }
}

/// The tools above the diagram.
fn tools(hand: &Hand, follows: bool, texts: SpaceTimeTexts) -> Html {
    let tool = |name: &'static str, sign: &'static str, act: fn(&Hand)| {
        let hand = hand.clone();
        html! {
            <button type="button" class="icon-button" aria-label={name} title={name}
                onclick={move |_: MouseEvent| act(&hand)}>
                { sign }
            </button>
        }
    };
    let onclick = {
        let hand = hand.clone();
        move |_: MouseEvent| hand.follow.set(!follows)
    };
    html! {
        <div class="spacetime-tools" role="group" aria-label={texts.tools()}>
            { tool(texts.zoom_out(), "−", |hand| hand.zoom(1.0 / ZOOM, None)) }
            { tool(texts.zoom_in(), "+", |hand| hand.zoom(ZOOM, None)) }
            { tool(texts.earlier(), "‹", |hand| hand.pan(-PAN)) }
            { tool(texts.later(), "›", |hand| hand.pan(PAN)) }
            <button type="button" aria-pressed={follows.to_string()} {onclick}>
                { texts.follow() }
            </button>
        </div>
    }
}

/// What the signs mean.
fn legend(texts: SpaceTimeTexts) -> Html {
    let signs = [
        ("╵", texts.timer()),
        ("◇", texts.election()),
        ("◆", texts.vote()),
        ("★", texts.leader()),
        ("■", texts.commit()),
        ("□", texts.learned()),
        ("●", texts.answer()),
        ("×", texts.crash()),
    ];
    let one = |(sign, name): (&'static str, &'static str)| {
        html! { <li><span aria-hidden="true">{ sign }</span>{ name }</li> }
    };
    html! { <ul class="spacetime-legend">{ for signs.map(one) }</ul> }
}
