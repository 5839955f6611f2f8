//! What a load or a chaos is to be, before it begins.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::menu::focus;
use super::number::NumberField;
use crate::raft::{Span, Time};
use crate::scenario::{MAX_DURATION, MAX_LOAD_CLIENTS, MAX_LOAD_KEYS, Verb};
use crate::sim::{Course, ENDLESS, LoadConfig, Probability};
use crate::ui::act::Act;
use crate::ui::text::{CourseTexts, use_lang};
use crate::ui::view::MovingRef;

/// The most operations a second.
const RATE_MAX: f64 = 1_000.0;
/// The longest that it may go on, in seconds.
const LASTS_MAX: f64 = 3_600.0;

/// Props of [`CourseForm`].
#[derive(Properties, PartialEq)]
pub struct CourseFormProps {
    /// Which of the two.
    pub course: Course,
    /// What knows the time.
    pub moving: MovingRef,
    /// The run's seed.
    pub seed: u64,
    /// What the user does.
    pub on_act: Callback<Act>,
    /// It is to close; whether the focus goes back.
    pub on_close: Callback<bool>,
}

/// What is set.
#[derive(Clone, PartialEq)]
struct Draft {
    clients: f64,
    rate: f64,
    keys: f64,
    writes: f64,
    lasts: f64,
    endless: bool,
    seed: String,
}

impl Draft {
    const fn usual() -> Self {
        Self {
            clients: 3.0,
            rate: 50.0,
            keys: 5.0,
            writes: 50.0,
            lasts: 10.0,
            endless: false,
            seed: String::new(),
        }
    }

    /// What it is as a step taken at `now`; `None` when the seed is none.
    fn verb(&self, course: Course, now: Time) -> Option<Verb> {
        let until = match self.endless {
            true => ENDLESS,
            // So late no scenario can have it end.
            false => {
                let lasts = Span((self.lasts.max(0.001) * 1e6) as u64);
                (now + lasts).min(Time::ZERO + MAX_DURATION)
            }
        };
        Some(match course {
            Course::Load => Verb::Load(LoadConfig {
                clients: whole(self.clients) as u32,
                interval: Span((1e6 / self.rate.max(0.01)).round() as u64),
                keys: whole(self.keys) as u32,
                writes: Probability::new(self.writes / 100.0)?,
                until,
            }),
            Course::Chaos => Verb::Chaos {
                until,
                seed: match self.seed.trim() {
                    "" => None,
                    digits => Some(digits.parse().ok()?),
                },
            },
        })
    }
}

/// At least one, and no part of one.
fn whole(number: f64) -> f64 {
    number.round().max(1.0)
}

/// The form, over the page: the style sheet says where.
#[function_component]
pub fn CourseForm(props: &CourseFormProps) -> Html {
    let texts = CourseTexts::new(use_lang());
    let draft = use_state_eq(Draft::usual);
    let wrong = use_state_eq(|| false);
    let root = use_node_ref();
    use_effect_with(root.clone(), |root| {
        let field = root.cast::<web_sys::Element>();
        let field = field.and_then(|root| root.query_selector("input").ok()?);
        if let Some(field) = field {
            focus(&field);
        }
    });
    let onsubmit = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        let (act, close) = (props.on_act.clone(), props.on_close.clone());
        let (course, moving) = (props.course, props.moving.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match draft.verb(course, Time(moving.0.now() as u64)) {
                Some(verb) => {
                    act.emit(Act::Take(Box::new(verb)));
                    close.emit(true);
                }
                None => wrong.set(true),
            }
        }
    };
    let (title, hint) = match props.course {
        Course::Load => (texts.load(), texts.load_hint()),
        Course::Chaos => (texts.chaos(), texts.chaos_hint()),
    };
    let onclose = props.on_close.reform(|_: MouseEvent| true);
    let onkeydown = {
        let close = props.on_close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(true);
            }
        }
    };
    html! {
        <div ref={root} class="stage-note" role="dialog" aria-label={title} {onkeydown}>
            <button type="button" class="stage-note-close" onclick={onclose}
                aria-label={texts.close()}>{ "×" }</button>
            <p class="stage-note-title">{ title }</p>
            <p class="stage-note-when">{ hint }</p>
            <form class="stage-network stage-course" {onsubmit}>
                if props.course == Course::Load { { load(&draft, &texts) } }
                { duration(&draft, &texts) }
                if props.course == Course::Chaos { { seed(&draft, props.seed, *wrong, &texts) } }
                <button type="submit">{ texts.begin() }</button>
            </form>
        </div>
    }
}

/// A field of the draft.
fn field(
    draft: &UseStateHandle<Draft>,
    label: &'static str,
    unit: &'static str,
    (value, most): (f64, f64),
    set: fn(&mut Draft, f64),
) -> Html {
    let on_change = {
        let draft = draft.clone();
        Callback::from(move |value| {
            let mut then = (*draft).clone();
            set(&mut then, value);
            draft.set(then);
        })
    };
    html! {
        <label>
            <span>{ label }</span>
            <span><NumberField {value} {most} {on_change} />{ unit }</span>
        </label>
    }
}

fn load(draft: &UseStateHandle<Draft>, texts: &CourseTexts) -> Html {
    let Draft {
        clients,
        rate,
        keys,
        writes,
        ..
    } = **draft;
    html! {
        <>
            { field(draft, texts.clients(), "", (clients, MAX_LOAD_CLIENTS.into()), |draft, value| draft.clients = whole(value)) }
            { field(draft, texts.rate(), "", (rate, RATE_MAX), |draft, value| draft.rate = value.max(0.01)) }
            { field(draft, texts.keys(), "", (keys, MAX_LOAD_KEYS.into()), |draft, value| draft.keys = whole(value)) }
            { field(draft, texts.writes(), " %", (writes, 100.0), |draft, value| draft.writes = value) }
        </>
    }
}

fn duration(draft: &UseStateHandle<Draft>, texts: &CourseTexts) -> Html {
    let onchange = {
        let draft = draft.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            draft.set(Draft {
                endless: input.checked(),
                ..(*draft).clone()
            });
        }
    };
    html! {
        <>
            if !draft.endless {
                { field(draft, texts.lasts(), " s", (draft.lasts, LASTS_MAX), |draft, value| draft.lasts = value) }
            }
            <label>
                <span>{ texts.endless() }</span>
                <input type="checkbox" checked={draft.endless} {onchange} />
            </label>
        </>
    }
}

fn seed(draft: &UseStateHandle<Draft>, run: u64, wrong: bool, texts: &CourseTexts) -> Html {
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            draft.set(Draft {
                seed: input.value(),
                ..(*draft).clone()
            });
        }
    };
    html! {
        <>
            <label title={texts.seed_hint()}>
                <span>{ texts.seed() }</span>
                <input type="text" inputmode="numeric" autocomplete="off" value={draft.seed.clone()}
                    placeholder={run.to_string()} aria-invalid={wrong.to_string()} {oninput} />
            </label>
            <p class="stage-note-when" role="status">
                if wrong { { texts.seed_wrong() } } else { { texts.seed_hint() } }
            </p>
        </>
    }
}
