//! Which rules are wrong on purpose in the run that is shown.

use yew::prelude::*;

use crate::check::falls;
use crate::raft::{Mutant, Policy};
use crate::ui::parts::{Later, Part};
use crate::ui::text::{Lang, WrongRulesTexts, use_lang};

/// Properties of [`Broken`].
#[derive(Properties, PartialEq)]
pub(super) struct BrokenProps {
    /// The wrong rules of the run.
    pub(super) policy: Policy,
    /// Starts a new run by the right rules.
    pub(super) on_mend: Callback<()>,
}

/// The names of the wrong rules; opened, what each does wrong, and the way to mend them. Nothing
/// where every rule is right.
#[component]
pub(super) fn Broken(props: &BrokenProps) -> Html {
    let lang = use_lang();
    let asked = use_state_eq(|| false);
    let policy = props.policy;
    if policy.is_correct() {
        return Html::default();
    }
    let texts = lang.texts().shell;
    let names: Vec<_> = policy.iter().map(Mutant::name).collect();
    let ontoggle = {
        let asked = asked.setter();
        move |_: Event| asked.set(true)
    };
    let content = Callback::from(move |()| wrong_rules(policy, lang));
    html! {
        <div class="broken">
            <details {ontoggle}>
                <summary>
                    <strong><span aria-hidden="true">{ "⚠ " }</span>{ texts.broken() }{ ": " }</strong>
                    { names.join(", ") }
                </summary>
                <Later part={Part::Sheets} wanted={*asked} {content} />
            </details>
            <button type="button" onclick={props.on_mend.reform(|_| ())}>{ texts.mend() }</button>
        </div>
    }
}

/// What each does wrong.
#[inline(never)] // It is loaded when it is wanted: it must be a function of its own.
fn wrong_rules(policy: Policy, lang: Lang) -> Html {
    let texts = WrongRulesTexts::new(lang);
    let rule = |mutant| html! { <p>{ wrong_rule(mutant, texts) }</p> };
    html! { <>{ for policy.iter().map(rule) }</> }
}

/// A wrong rule: its name, what is wrong, and what falls.
pub(super) fn wrong_rule(mutant: Mutant, texts: WrongRulesTexts) -> Html {
    html! {
        <span>
            <code class="mono">{ mutant.name() }</code>
            { " " }{ texts.what(mutant) }{ " " }
            <em>{ texts.falls(falls(mutant)) }</em>
        </span>
    }
}
