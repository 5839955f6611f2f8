//! The row that is always there: nodes, seed, the button; the other settings behind one more.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, Node};
use yew::prelude::*;

use crate::ui::act::Act;
use crate::ui::hooks::{self, use_document_event};
use crate::ui::parts::{Later, Part};
use crate::ui::session::RunView;
use crate::ui::text::{SetupTexts, use_texts};
use crate::ui::view::NODES_MAX;

use super::draft::{Draft, Field, Problem, Problems};
use super::settings::settings;

/// The id of the button that shows and hides the settings.
const SETTINGS: &str = "settings-button";

/// Properties of [`Setup`].
#[derive(Properties, PartialEq)]
pub(in crate::ui::shell) struct SetupProps {
    /// The run that is shown: what the next one starts from.
    pub(in crate::ui::shell) run: RunView,
    /// What the user does.
    pub(in crate::ui::shell) on_act: Callback<Act>,
}

/// What the fields of the form need to know.
#[derive(Clone)]
pub(super) struct FormState {
    pub(super) draft: UseStateHandle<Draft>,
    pub(super) problems: UseStateHandle<Problems>,
    pub(super) texts: SetupTexts,
}

/// The set-up of a new run.
#[component]
pub(in crate::ui::shell) fn Setup(props: &SetupProps) -> Html {
    let texts = use_texts().setup;
    let node = use_node_ref();
    let open = use_state_eq(|| false);
    let state = FormState {
        draft: use_state_eq(|| Draft::of(&props.run)),
        problems: use_state_eq(Vec::new),
        texts,
    };
    use_new_draft_for_a_new_run(&props.run, &state);
    use_close_from_outside(&node, open.setter());
    use_effect_with(*open, |open| {
        if !open {
            // What has the focus there is no longer shown.
            hooks::focus_from(".settings", &[SETTINGS]);
        }
    });

    let onsubmit = {
        let (node, open) = (node.clone(), open.clone());
        let (draft, problems) = (state.draft.clone(), state.problems.clone());
        let (config, on_act) = (Rc::clone(&props.run.config), props.on_act.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match draft.check(&config) {
                Ok((config, seed)) => {
                    problems.set(Vec::new());
                    open.set(false);
                    let config = Box::new(config);
                    on_act.emit(Act::NewRun { config, seed });
                }
                Err(wrong) => {
                    // Only the first two fields are always in view.
                    let hidden = |(field, _): &(Field, Problem)| {
                        !matches!(field, Field::Nodes | Field::Seed)
                    };
                    open.set(*open || wrong.iter().any(hidden));
                    focus(&node, wrong[0].0);
                    problems.set(wrong);
                }
            }
        }
    };
    let content = {
        let state = state.clone();
        Callback::from(move |()| settings(&state))
    };
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    html! {
        <form
            class="setup"
            ref={node}
            {onsubmit}
            novalidate=true
            autocomplete="off"
            aria-label={texts.title()}
        >
            { nodes(&state) }
            { seed(&state) }
            <button type="submit">{ texts.new_run() }</button>
            <button
                type="button"
                id={SETTINGS}
                class="quiet disclosure"
                aria-expanded={open.to_string()}
                aria-controls="setup-settings"
                onclick={toggle}
            >
                { texts.settings() }
            </button>
            { state.problems(&[Field::Nodes, Field::Seed]) }
            <div id="setup-settings" class="settings" hidden={!*open}>
                <Later part={Part::Sheets} wanted={*open} content={content} />
            </div>
        </form>
    }
}

/// A new run is shown with what it was started with; what was wrong before is gone.
#[hook]
fn use_new_draft_for_a_new_run(run: &RunView, state: &FormState) {
    let run = run.clone();
    let (draft, problems) = (state.draft.setter(), state.problems.setter());
    let which = (Rc::as_ptr(&run.config) as usize, run.seed);
    use_effect_with(which, move |_| {
        draft.set(Draft::of(&run));
        problems.set(Vec::new());
    });
}

/// Escape, or a press anywhere else, closes the settings.
#[hook]
fn use_close_from_outside(node: &NodeRef, open: UseStateSetter<bool>) {
    let outside = use_callback(node.clone(), {
        let open = open.clone();
        move |event: Event, node| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Node>().ok());
            let form = node.cast::<Node>();
            if form.is_some_and(|form| !form.contains(target.as_ref())) {
                open.set(false);
            }
        }
    });
    use_document_event("pointerdown", outside);
    let escape = use_callback((), move |event: Event, ()| {
        if event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape")
        {
            open.set(false);
        }
    });
    use_document_event("keydown", escape);
}

fn focus(form: &NodeRef, field: Field) {
    let element = form
        .cast::<HtmlFormElement>()
        .and_then(|form| form.get_with_name(field.name()));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that is there can be focused.
        let _ = element.focus();
    }
}

fn nodes(state: &FormState) -> Html {
    let field = Field::Nodes;
    html! {
        <label class="field nodes">
            <span>{ state.texts.nodes() }</span>
            <input
                type="number"
                min="1"
                max={NODES_MAX.to_string()}
                name={field.name()}
                value={state.draft.get(field).to_owned()}
                oninput={state.typed(field)}
                aria-invalid={state.invalid(field)}
                aria-describedby={state.described_by(field)}
            />
        </label>
    }
}

fn seed(state: &FormState) -> Html {
    let roll = state.change(|draft, _: MouseEvent| {
        draft.set(Field::Seed, random_seed().to_string());
    });
    let texts = state.texts;
    html! {
        <>
            <label class="field seed">
                <span>{ texts.seed() }</span>
                { state.number(Field::Seed, None) }
            </label>
            <button
                type="button"
                class="quiet icon-button"
                onclick={roll}
                aria-label={texts.random_seed()}
                title={texts.random_seed()}
            >
                <svg class="icon die" viewBox="0 0 16 16" aria-hidden="true">
                    <rect x="2" y="2" width="12" height="12" rx="2" />
                    <circle cx="5.5" cy="5.5" r="1" />
                    <circle cx="8" cy="8" r="1" />
                    <circle cx="10.5" cy="10.5" r="1" />
                </svg>
            </button>
        </>
    }
}

/// A seed that is short enough to read out.
fn random_seed() -> u64 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u64
}

impl FormState {
    fn problem(&self, field: Field) -> Option<Problem> {
        let problems = self.problems.iter();
        problems
            .copied()
            .find(|(other, _)| *other == field)
            .map(|(_, problem)| problem)
    }

    fn invalid(&self, field: Field) -> Option<&'static str> {
        self.problem(field).map(|_| "true")
    }

    fn described_by(&self, field: Field) -> Option<String> {
        self.problem(field)
            .map(|_| format!("{}-problem", field.name()))
    }

    /// What typing does: the draft changes, and what was wrong with the field is forgotten.
    fn typed(&self, field: Field) -> Callback<InputEvent> {
        let (draft, problems) = (self.draft.clone(), self.problems.clone());
        Callback::from(move |event: InputEvent| {
            let mut new = (*draft).clone();
            new.set(
                field,
                event.target_unchecked_into::<HtmlInputElement>().value(),
            );
            draft.set(new);
            problems.set(
                problems
                    .iter()
                    .copied()
                    .filter(|(other, _)| *other != field)
                    .collect(),
            );
        })
    }

    /// What is wrong with these fields. It stands beside their labels, not in them, so that their
    /// names stay what they are.
    pub(super) fn problems(&self, fields: &[Field]) -> Html {
        let problem = |&field: &Field| {
            let problem = self.problem(field)?;
            Some(html! {
                <span class="problem" role="alert" id={format!("{}-problem", field.name())}>
                    { problem.text(self.texts.lang()) }
                </span>
            })
        };
        html! { <>{ for fields.iter().filter_map(problem) }</> }
    }

    /// A field for a number that may be longer or finer than the browser's own number fields take;
    /// with a name of its own where no label gives it one.
    pub(super) fn number(&self, field: Field, name: Option<&'static str>) -> Html {
        html! {
            <input
                type="text"
                inputmode="decimal"
                class="number"
                name={field.name()}
                aria-label={name}
                value={self.draft.get(field).to_owned()}
                oninput={self.typed(field)}
                aria-invalid={self.invalid(field)}
                aria-describedby={self.described_by(field)}
            />
        }
    }

    /// Changes the draft.
    pub(super) fn change<E: 'static>(&self, how: impl Fn(&mut Draft, E) + 'static) -> Callback<E> {
        let draft = self.draft.clone();
        Callback::from(move |event: E| {
            let mut new = (*draft).clone();
            how(&mut new, event);
            draft.set(new);
        })
    }
}
