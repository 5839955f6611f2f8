//! The simulated time, running smoothly between events.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::raft::Time;
use crate::ui::hooks::use_frames;
use crate::ui::text::use_texts;
use crate::ui::view::MovingRef;

/// Properties of [`Clock`].
#[derive(Properties, PartialEq)]
pub(super) struct ClockProps {
    /// The time of the last event.
    pub(super) now: Time,
    /// The time between events.
    pub(super) moving: MovingRef,
}

/// The clock. It moves every frame, so its text is set directly and not rendered.
#[component]
pub(super) fn Clock(props: &ClockProps) -> Html {
    let texts = use_texts().transport;
    let node = use_node_ref();
    let draw = use_callback(
        (node.clone(), props.moving.clone()),
        |_: f64, (node, moving)| {
            let text = Time(moving.0.now().max(0.0) as u64).to_string();
            if let Some(element) = node.cast::<HtmlElement>()
                && element.text_content().as_deref() != Some(text.as_str())
            {
                element.set_text_content(Some(&text));
            }
        },
    );
    use_frames(draw);
    html! {
        <span class="clock" title={texts.time()}>
            <span class="visually-hidden">{ texts.time() }{ " " }</span>
            <span ref={node} data-at={props.now.0.to_string()}></span>
        </span>
    }
}
