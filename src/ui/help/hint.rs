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
    let later = {
        let (wanted, timer) = (wanted.setter(), timer.clone());
        move |then: Option<Wanted>| {
            let wanted = wanted.clone();
            *timer.borrow_mut() = Some(Timeout::new(PATIENCE, move || wanted.set(then)));
        }
    };
    let over = {
        let (wanted, timer, later) = (wanted.clone(), timer.clone(), later.clone());
        Callback::from(move |event: Event| {
            let Some(target) = target(&event) else { return };
            if matches!(target.closest(".tooltip"), Ok(Some(_))) {
                // What it says may be read at leisure, and be copied.
                timer.borrow_mut().take();
                return;
            }
            let then = is_by(&event, "mouse").then(|| of(&target)).flatten();
            if then == *wanted {
                timer.borrow_mut().take();
                return;
            }
            later(then);
        })
    };
    use_document_event("pointerover", over);
    // A finger that stays on a term asks, and so does the focus that the keyboard brings to one.
    let with_keys = use_mut_ref(|| false);
    let rests = use_callback((), {
        let (wanted, timer) = (wanted.setter(), timer.clone());
        move |event: Event, ()| {
            timer.borrow_mut().take();
            let target = target(&event);
            let then = match event.type_().as_str() {
                "focusin" => target
                    .filter(|_| *with_keys.borrow())
                    .and_then(|target| of(&target).or_else(|| within(&target))),
                kind => {
                    wanted.set(None);
                    with_keys.replace(kind == "keydown");
                    let is_down = kind == "pointerdown" && is_by(&event, "touch");
                    target.filter(|_| is_down).and_then(|target| of(&target))
                }
            };
            if then.is_some() {
                later(then);
            }
        }
    });
    use_document_event("keydown", rests.clone());
    use_document_event("pointerdown", rests.clone());
    use_document_event("focusin", rests);
    let lifts = use_callback((), move |_: Event, ()| drop(timer.borrow_mut().take()));
    use_document_event("pointerup", lifts.clone());
    use_document_event("pointercancel", lifts);
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

/// What something happened to.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn is_by(event: &Event, kind: &str) -> bool {
    let event = event.dyn_ref::<PointerEvent>();
    event.is_some_and(|event| event.pointer_type() == kind)
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

/// The first term within an element that is pressed.
fn within(target: &Element) -> Option<Wanted> {
    let is_pressed = matches!(target.matches("button, a, label, th"), Ok(true));
    let shows = target.query_selector("[data-term]").ok()??;
    of(&shows).filter(|_| is_pressed)
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
