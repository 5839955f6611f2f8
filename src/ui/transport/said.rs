//! What there is to say of the last move in time, and how far a long one has come.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::ui::act::Act;
use crate::ui::hooks::{BRANCHES, CLUSTER, focus, is_attended};
use crate::ui::text::{Decimal, TransportTexts, use_texts};
use crate::ui::view::{BranchView, Said};

/// How long it is shown, in milliseconds, and then again until nobody is at it.
const SHOWN_MS: u32 = 8_000;

/// Properties of [`Word`].
#[derive(Properties, PartialEq)]
pub(super) struct WordProps {
    /// What there is to say.
    pub(super) said: Option<(u32, Said)>,
    /// A journey: how much of it is done, if that is known.
    pub(super) under_way: Option<Option<f32>>,
    /// The branches.
    pub(super) branches: Rc<[BranchView]>,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

/// The words and the progress.
#[component]
pub(super) fn Word(props: &WordProps) -> Html {
    let texts = use_texts().transport;
    // The number of what has been shown for long enough.
    let over = use_state_eq(|| 0);
    let number = props.said.as_ref().map_or(0, |(number, _)| *number);
    use_effect_with(number, {
        let over = over.setter();
        move |&number| {
            let interval = Interval::new(SHOWN_MS, move || {
                if !is_attended(".said") {
                    over.set(number);
                }
            });
            move || drop(interval)
        }
    });
    let said = props.said.as_ref().filter(|_| *over != number);
    // The element stays, so that a screen reader is told when something comes into it.
    html! {
        <>
            if let Some(part) = props.under_way {
                <progress aria-label={texts.under_way()} value={part.map(|part| Decimal(part.into()).to_string())}></progress>
            }
            <p role="status" class="said">
                if let Some((_, said)) = said {
                    { texts.said(said) }
                    { for way_back(props, said, texts).map(|(name, act)| html! {
                        <button type="button" onclick={props.on_act.reform(move |_: MouseEvent| {
                            // The button that has the focus goes.
                            focus(&[BRANCHES, CLUSTER]);
                            act.clone()
                        })}>
                            { name }
                        </button>
                    }) }
                }
            </p>
        </>
    }
}

/// The way back to the future that was left when a branch began, or to the run that was left.
fn way_back(props: &WordProps, said: &Said, texts: TransportTexts) -> Option<(&'static str, Act)> {
    match said {
        Said::Branched(_) => {
            let shown = props.branches.iter().find(|branch| branch.shown)?;
            Some((texts.old_future(), Act::Show(shown.parent?)))
        }
        Said::NewRun => Some((texts.last_run(), Act::LastRun)),
        _ => None,
    }
}
