//! The form by which the page's own client asks for an operation.

use std::sync::Arc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::kv::Operation;
use crate::sim::{ReadFrom, ReadMode};
use crate::ui::act::Act;
use crate::ui::text::{OperationsTexts, read_mode_text, use_texts};

/// The most characters of a key.
const KEY_CHARS_MAX: usize = 256;
/// The most characters of a value.
const VALUE_CHARS_MAX: usize = 4_096;

/// Properties of [`OperationForm`].
#[derive(Properties, PartialEq)]
pub(super) struct OperationFormProps {
    /// Where the proxy sends reads.
    pub(super) read_from: ReadFrom,
    /// How reads are answered.
    pub(super) read_mode: ReadMode,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Problem {
    KeyMissing,
    KeyLong(usize),
    ValueLong(usize),
}

impl Problem {
    fn text(self, texts: OperationsTexts) -> String {
        match self {
            Self::KeyMissing => texts.key_missing().to_owned(),
            Self::KeyLong(has) => texts.key_long(has, KEY_CHARS_MAX),
            Self::ValueLong(has) => texts.value_long(has, VALUE_CHARS_MAX),
        }
    }

    const fn is_about_key(self) -> bool {
        matches!(self, Self::KeyMissing | Self::KeyLong(_))
    }
}

fn checked_key(key: &str) -> Result<Arc<str>, Problem> {
    match key.chars().count() {
        0 => Err(Problem::KeyMissing),
        1..=KEY_CHARS_MAX => Ok(key.into()),
        has => Err(Problem::KeyLong(has)),
    }
}

fn checked_value(value: &str) -> Result<Arc<str>, Problem> {
    match value.chars().count() {
        0..=VALUE_CHARS_MAX => Ok(value.into()),
        has => Err(Problem::ValueLong(has)),
    }
}

/// Which button was pressed.
#[derive(Clone, Copy)]
enum Verb {
    Write,
    Read,
    Delete,
}

impl Verb {
    fn operation(self, key: &str, value: &str) -> Result<Operation, Problem> {
        let key = checked_key(key)?;
        Ok(match self {
            Self::Write => Operation::Put {
                key,
                value: checked_value(value)?,
            },
            Self::Read => Operation::Get { key },
            Self::Delete => Operation::Delete { key },
        })
    }
}

/// Key, value, and what to do with them.
#[component]
pub(super) fn OperationForm(props: &OperationFormProps) -> Html {
    let texts = use_texts().operations;
    let key = use_state_eq(|| "x".to_owned());
    let value = use_state_eq(|| "1".to_owned());
    let problem = use_state_eq(|| None);

    let ask = {
        let (key, value, problem) = (key.clone(), value.clone(), problem.clone());
        let on_act = props.on_act.clone();
        Callback::from(move |verb: Verb| match verb.operation(&key, &value) {
            Ok(operation) => {
                problem.set(None);
                on_act.emit(Act::Operation(operation));
            }
            Err(wrong) => problem.set(Some(wrong)),
        })
    };
    let onsubmit = {
        let ask = ask.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            ask.emit(Verb::Write);
        }
    };
    let press = |verb: Verb| {
        let ask = ask.clone();
        move |_: MouseEvent| ask.emit(verb)
    };
    let about_key = problem.filter(|problem| problem.is_about_key());
    let about_value = problem.filter(|problem| !problem.is_about_key());
    html! {
        <form class="operation-form" {onsubmit} novalidate=true autocomplete="off">
            { field(texts.key(), "key", &key, about_key.is_some(), &problem) }
            { field(texts.value(), "value", &value, about_value.is_some(), &problem) }
            <div class="buttons">
                <button type="submit" class="primary">{ texts.write() }</button>
                <button type="button" onclick={press(Verb::Read)}>{ texts.read() }</button>
                <button type="button" onclick={press(Verb::Delete)}>{ texts.delete() }</button>
            </div>
            { reads(props, texts) }
            <p class="problem" id="operation-problem" role="alert">
                { problem.map(|problem| problem.text(texts)) }
            </p>
        </form>
    }
}

/// A text field. What was wrong is forgotten as soon as the text is changed.
fn field(
    label: &'static str,
    name: &'static str,
    text: &UseStateHandle<String>,
    wrong: bool,
    problem: &UseStateHandle<Option<Problem>>,
) -> Html {
    let oninput = {
        let (text, problem) = (text.setter(), problem.setter());
        move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlInputElement>().value());
            problem.set(None);
        }
    };
    html! {
        <label class={classes!("field", name)}>
            <span>{ label }</span>
            <input
                type="text"
                class="mono"
                {name}
                value={(**text).clone()}
                {oninput}
                spellcheck="false"
                autocapitalize="off"
                aria-invalid={wrong.then_some("true")}
                aria-describedby={wrong.then_some("operation-problem")}
            />
        </label>
    }
}

/// Where reads go, and how they are answered.
fn reads(props: &OperationFormProps, texts: OperationsTexts) -> Html {
    let onchange = {
        let on_act = props.on_act.clone();
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            on_act.emit(Act::ReadFrom(match select.value().as_str() {
                "followers" => ReadFrom::Followers,
                _ => ReadFrom::Leader,
            }));
        }
    };
    let followers = props.read_from == ReadFrom::Followers;
    html! {
        <div class="reads">
            <label class="field">
                <span>{ texts.reads_from() }</span>
                <select {onchange}>
                    <option value="leader" selected={!followers}>{ texts.leader() }</option>
                    <option value="followers" selected={followers}>{ texts.followers() }</option>
                </select>
            </label>
            <span class="read-mode">
                { texts.read_mode() }{ " " }
                <span class="mono" data-term={about(props.read_mode)}>{ read_mode_text(props.read_mode) }</span>
            </span>
        </div>
    }
}

/// What the glossary calls a way of reading.
const fn about(mode: ReadMode) -> &'static str {
    match mode {
        ReadMode::Log => "log",
        ReadMode::ReadIndex => "read-index",
        ReadMode::Local => "applied",
        ReadMode::Lease => "lease",
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_key_and_a_value_may_be_as_long_as_the_limit_and_no_longer() {
        let (key, value) = ("ж".repeat(KEY_CHARS_MAX), "ж".repeat(VALUE_CHARS_MAX));
        assert!(Verb::Write.operation(&key, &value).is_ok());
        assert_eq!(
            Verb::Read.operation(&format!("{key}x"), ""),
            Err(Problem::KeyLong(KEY_CHARS_MAX + 1))
        );
        assert_eq!(
            Verb::Write.operation("x", &format!("{value}x")),
            Err(Problem::ValueLong(VALUE_CHARS_MAX + 1))
        );
    }

    #[test]
    fn a_read_does_not_look_at_the_value() {
        let value = "x".repeat(VALUE_CHARS_MAX + 1);
        assert!(Verb::Read.operation("x", &value).is_ok());
    }

    #[test]
    fn an_empty_key_is_refused_and_an_empty_value_is_not() {
        assert_eq!(Verb::Write.operation("", "1"), Err(Problem::KeyMissing));
        assert!(Verb::Write.operation("x", "").is_ok());
    }
}
