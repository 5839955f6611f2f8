//! What a term means, beside the pointer that rests on it.
//!
//! Elements say with `data-term` which term of the glossary they show.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::ui::hooks::use_document_event;
use crate::ui::parts::{Later, Part};
use crate::ui::text::{Decimal, GlossaryTexts, use_lang};

/// For how long the pointer rests before the hint comes, and after it has left before it goes, in
/// milliseconds.
const PATIENCE: u32 = 450;

/// A term whose meaning is asked for, and the box of what shows it: left, top, bottom.
#[derive(Clone, PartialEq)]
struct Wanted {
    term: String,
    left: f64,
    top: f64,
    bottom: f64,
}

/// Waits for a pointer that rests on a term.
#[component]
pub(crate) fn Asked() -> Html {
    let wanted = use_state_eq(|| None::<Wanted>);
    let timer = use_mut_ref(|| None::<Timeout>);
    let over = {
        let (wanted, timer) = (wanted.clone(), timer.clone());
        Callback::from(move |event: Event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let Some(target) = target else { return };
            if matches!(target.closest(".hint"), Ok(Some(_))) {
                // What it says may be read at leisure, and be copied.
                timer.borrow_mut().take();
                return;
            }
            let by_mouse = (event.dyn_ref::<PointerEvent>())
                .is_some_and(|event| event.pointer_type() == "mouse");
            let then = by_mouse.then(|| of(&target)).flatten();
            if then == *wanted {
                timer.borrow_mut().take();
                return;
            }
            let wanted = wanted.setter();
            *timer.borrow_mut() = Some(Timeout::new(PATIENCE, move || wanted.set(then)));
        })
    };
    use_document_event("pointerover", over);
    let gone = {
        let wanted = wanted.setter();
        use_callback((), move |_: Event, ()| {
            timer.borrow_mut().take();
            wanted.set(None);
        })
    };
    use_document_event("keydown", gone.clone());
    use_document_event("pointerdown", gone);
    let content = {
        let wanted = (*wanted).clone();
        Callback::from(move |()| match &wanted {
            Some(Wanted {
                term,
                left,
                top,
                bottom,
            }) => html! {
                <Hint term={term.clone()} left={*left} top={*top} bottom={*bottom} />
            },
            None => Html::default(),
        })
    };
    html! { <Later part={Part::Help} quiet=true wanted={wanted.is_some()} {content} /> }
}

/// The term that an element shows.
fn of(target: &Element) -> Option<Wanted> {
    let shows = target.closest("[data-term]").ok()??;
    let place = shows.get_bounding_client_rect();
    Some(Wanted {
        term: shows.get_attribute("data-term")?,
        left: place.left(),
        top: place.top(),
        bottom: place.bottom(),
    })
}

/// Properties of [`Hint`].
#[derive(Properties, PartialEq)]
struct HintProps {
    /// The term, as `data-term` has it.
    term: String,
    /// Where what shows it begins, in pixels of the window.
    left: f64,
    /// Its upper edge.
    top: f64,
    /// Its lower edge.
    bottom: f64,
}

/// What a term means.
#[component]
fn Hint(props: &HintProps) -> Html {
    let texts = GlossaryTexts::new(use_lang());
    let Some((_, name, means)) = texts.all().find(|(term, ..)| *term == props.term) else {
        return Html::default();
    };
    let style = format!(
        "--left: {}px; --top: {}px; --bottom: {}px",
        Decimal(props.left),
        Decimal(props.top),
        Decimal(props.bottom)
    );
    // Under what shows the term; over it, in the lower half of the window.
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let above = height.is_some_and(|height| props.bottom > height / 2.0);
    html! {
        <div class={classes!("tooltip", above.then_some("above"))} role="tooltip" {style}>
            <strong>{ name }</strong>
            { " " }{ means }
        </div>
    }
}
