//! The scenario of the run as text, to be changed and run again.

use gloo_timers::callback::Timeout;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::scenario::{self, Error};
use crate::ui::text::{EditorTexts, Lang, RunTexts, use_lang};

use super::draft::{Author, Draft, Edited};

/// How long somebody who types must rest before the text is looked at, in milliseconds.
const DEBOUNCE_MILLIS: u32 = 150;
/// The height of a line; the style sheet knows the same.
const LINE: u32 = 20;

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    /// What is written, while it is open.
    pub(super) draft: Option<Draft>,
    /// What is done.
    pub(super) on_edit: Callback<Edited>,
}

/// The editor.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let lang = use_lang();
    let texts = EditorTexts::new(lang);
    let (dialog, area, gutter) = (use_node_ref(), use_node_ref(), use_node_ref());
    let check = use_mut_ref(|| None::<Timeout>);
    let open = props.draft.is_some();
    use_effect_with((dialog.clone(), open), |(dialog, open)| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            match *open {
                // It fails only for a dialog that is open already.
                true if !dialog.open() => drop(dialog.show_modal()),
                true => {}
                false => dialog.close(),
            }
        }
    });
    let run = {
        let (area, on_edit, check) = (area.clone(), props.on_edit.clone(), check.clone());
        let draft = props.draft.clone();
        Callback::from(move |()| {
            check.replace(None);
            let (Some(area), Some(draft)) = (area.cast::<HtmlTextAreaElement>(), draft.clone())
            else {
                return;
            };
            let text = area.value();
            match scenario::parse(&text) {
                Ok(_) => on_edit.emit(Edited::Run(text)),
                Err(errors) => {
                    if let Some(error) = errors.first() {
                        go_to(&area, &text, error.line);
                    }
                    on_edit.emit(Edited::Draft(Draft {
                        text,
                        errors,
                        ..draft
                    }));
                }
            }
        })
    };
    let onkeydown = {
        let run = run.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                run.emit(());
            }
        }
    };
    let revert = {
        let check = check.clone();
        props.on_edit.reform(move |_: MouseEvent| {
            check.replace(None);
            Edited::Revert
        })
    };
    let close = props.on_edit.reform(|_: MouseEvent| Edited::Close);
    let oninput = {
        let (on_edit, draft) = (props.on_edit.clone(), props.draft.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            let Some(draft) = draft.clone() else {
                return;
            };
            let by = Author::Hand;
            let draft = Draft { text, by, ..draft };
            on_edit.emit(Edited::Draft(draft.clone()));
            let on_edit = on_edit.clone();
            let later = Timeout::new(DEBOUNCE_MILLIS, move || {
                let errors = scenario::parse(&draft.text).err().unwrap_or_default();
                on_edit.emit(Edited::Draft(Draft { errors, ..draft }));
            });
            // What was to be looked at before is not any more.
            check.replace(Some(later));
        }
    };
    let onscroll = {
        let gutter = gutter.clone();
        move |event: Event| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            if let Some(gutter) = gutter.cast::<HtmlElement>() {
                let up = format!("translateY({}px)", -area.scroll_top());
                // A style of this name can be set.
                let _ = gutter.style().set_property("transform", &up);
            }
        }
    };
    let Some(draft) = &props.draft else {
        return html! { <dialog class="editor" ref={dialog} aria-labelledby="editor-title" /> };
    };
    let to_line = {
        let text = draft.text.clone();
        let area = area.clone();
        Callback::from(move |line: u32| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                go_to(&area, &text, line);
            }
        })
    };
    html! {
        <dialog class="editor" ref={dialog} {onkeydown} aria-labelledby="editor-title"
            onclose={props.on_edit.reform(|_: Event| Edited::Close)}>
            <div class="editor-head">
                <h2 id="editor-title">{ texts.scenario() }</h2>
                <button type="button" class="quiet" onclick={close}>{ texts.close() }</button>
            </div>
            <div class="code mono">
                <div class="gutter" aria-hidden="true" ref={gutter}>
                    { numbers(&draft.text) }
                    { for draft.errors.iter().map(|error| html! {
                        <i style={format!("--row:{}", error.line.saturating_sub(1))} />
                    }) }
                </div>
                <textarea ref={area} aria-describedby={draft.is_kept.then_some("editor-kept")} autofocus=true spellcheck="false" autocapitalize="off" wrap="off"
                    aria-label={texts.text()} aria-invalid={(!draft.errors.is_empty()).to_string()}
                    value={draft.text.clone()} {oninput} {onscroll} />
            </div>
            if draft.is_kept {
                <p id="editor-kept">{ texts.kept() }</p>
            }
            { problems(&draft.errors, &to_line, lang) }
            <div class="buttons">
                <button type="button" class="primary" onclick={run.reform(|_| ())}>
                    { texts.run_it() }<kbd>{ "Ctrl ⏎" }</kbd>
                </button>
                <button type="button" disabled={draft.by == Author::Run} onclick={revert}>
                    { texts.revert() }
                </button>
            </div>
        </dialog>
    }
}

fn numbers(text: &str) -> String {
    let lines = text.split('\n').count();
    let mut numbers = String::new();
    for line in 1..=lines {
        numbers.push_str(&line.to_string());
        numbers.push('\n');
    }
    numbers
}

/// What is wrong, each a way to its line.
fn problems(errors: &[Error], to_line: &Callback<u32>, lang: Lang) -> Html {
    let problem = |error: &Error| {
        let line = error.line;
        html! {
            <li>
                <button type="button" class="quiet" onclick={to_line.reform(move |_| line)}>
                    <span>{ format!("{}:{}", error.line, error.column) }</span>
                    { &error.message }
                </button>
            </li>
        }
    };
    let texts = RunTexts::new(lang);
    let verdict = match errors.len() {
        0 => EditorTexts::new(lang).is_right().to_owned(),
        count => texts.problems(count),
    };
    html! {
        <>
            <p class="verdict" role="status">
                { verdict }
            </p>
            if !errors.is_empty() {
                <ul class="problems mono" tabindex="0" role="list" aria-label={texts.problems_list()}>
                    { for errors.iter().map(problem) }
                </ul>
            }
        </>
    }
}

/// Selects a line, and shows it.
fn go_to(area: &HtmlTextAreaElement, text: &str, line: u32) {
    let before = (line as usize).saturating_sub(1);
    let length = |line: &str| line.encode_utf16().count() as u32;
    let mut lines = text.split('\n');
    let start = lines
        .by_ref()
        .take(before)
        .map(|line| length(line) + 1)
        .sum();
    let end = start + lines.next().map_or(0, length);
    // A field that is there can be focused.
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
    area.set_scroll_top((line.saturating_sub(4) * LINE) as i32);
}
