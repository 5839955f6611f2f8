//! Which rules are wrong on purpose in the run that is shown.

use yew::prelude::*;

use crate::check::falls;
use crate::raft::{Mutant, Policy};
use crate::ui::text::{WrongRulesTexts, use_texts};

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
    let texts = &use_texts().wrong_rules;
    if props.policy.is_correct() {
        return Html::default();
    }
    let names: Vec<_> = props.policy.iter().map(Mutant::name).collect();
    html! {
        <div class="broken">
            <details>
                <summary>
                    <strong><span aria-hidden="true">{ "⚠ " }</span>{ texts.broken }{ ": " }</strong>
                    { names.join(", ") }
                </summary>
                { for props.policy.iter().map(|mutant| html! { <p>{ wrong_rule(mutant, texts) }</p> }) }
            </details>
            <button type="button" onclick={props.on_mend.reform(|_| ())}>{ texts.mend }</button>
        </div>
    }
}

/// A wrong rule: its name, what is wrong, and what falls.
pub(super) fn wrong_rule(mutant: Mutant, texts: &WrongRulesTexts) -> Html {
    html! {
        <span>
            <code class="mono">{ mutant.name() }</code>
            { " " }{ (texts.what)(mutant) }{ " " }
            <em>{ (texts.falls)(falls(mutant)) }</em>
        </span>
    }
}
