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

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::axis::{Surface, Tools, use_hand, use_sheet};
use crate::ui::looker::Looker;
use crate::ui::text::{SpaceTimeTexts, use_lang};

use diagram::{Diagram, Frame};
use hand::Hand;

/// The sentence that says what is pointed at.
const CAPTION: &str = "spacetime-caption";
/// Properties of [`SpaceTime`].
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct SpaceTimeProps {
    /// Who looks at it.
    pub(crate) looker: Looker,
    /// Whether clients have lanes.
    pub(crate) with_clients: bool,
}

/// The diagram.
#[component]
pub(crate) fn SpaceTime(props: &SpaceTimeProps) -> Html {
    let texts = SpaceTimeTexts::new(use_lang());
    let diagram = use_mut_ref(Diagram::default);
    let follows = use_state_eq(|| true);
    diagram.borrow_mut().follows = *follows;
    use_effect_with(props.looker.playing, {
        let follow = follows.setter();
        // Who lets time run wants to see where it goes.
        move |&playing| {
            if playing {
                follow.set(true);
            }
        }
    });
    let refs = use_sheet((props.clone(), texts), {
        let diagram = diagram.clone();
        move |sheet, (props, texts)| {
            let frame = Frame {
                props,
                size: sheet.size,
                theme: sheet.theme,
                texts: *texts,
            };
            let mut diagram = diagram.borrow_mut();
            diagram.frame(&frame, &sheet.canvas, &sheet.caption);
        }
    });
    let surface: Rc<dyn Surface> = Rc::new(Hand {
        diagram,
        follow: follows.setter(),
        props: props.clone(),
    });
    let on = use_hand(&refs.area, surface.clone());
    let onclick = {
        let (follow, then) = (follows.setter(), !*follows);
        move |_: MouseEvent| follow.set(then)
    };
    html! {
        <section class="spacetime" aria-label={texts.diagram()}>
            <Tools {surface}>
                <button type="button" aria-pressed={follows.to_string()} {onclick}>
                    { texts.follow() }
                </button>
            </Tools>
            <div ref={refs.area} class="spacetime-area" role="application" tabindex="0"
                aria-label={texts.diagram()} aria-describedby={CAPTION}
                onpointerdown={on.down} onpointermove={on.moved} onpointerup={on.up}
                onpointercancel={on.cancel} onpointerleave={on.leave} onwheel={on.wheel}
                onkeydown={on.key}>
                <canvas ref={refs.canvas} aria-hidden="true"></canvas>
            </div>
            { legend(texts) }
            <p ref={refs.caption} id={CAPTION} class="spacetime-caption" aria-live="polite"></p>
        </section>
    }
}

/// What the signs mean.
fn legend(texts: SpaceTimeTexts) -> Html {
    let signs = [
        ("╵", texts.timer(), Some("timeout")),
        ("◇", texts.election(), Some("candidate")),
        ("◆", texts.vote(), Some("voter")),
        ("★", texts.leader(), Some("leader")),
        ("■", texts.commit(), Some("committed")),
        ("□", texts.learned(), Some("commit-index")),
        ("●", texts.answer(), None),
        ("×", texts.crash(), None),
    ];
    let one = |(sign, name, term): (&'static str, &'static str, Option<&'static str>)| {
        html! { <li data-term={term}><span aria-hidden="true">{ sign }</span>{ name }</li> }
    };
    html! { <ul class="spacetime-legend">{ for signs.map(one) }</ul> }
}
