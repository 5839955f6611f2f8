//! Whether the run is safe, and what clients saw linearizable: the word of the oracles.

use std::rc::Rc;

use yew::prelude::*;

use crate::check::Linearizability;
use crate::raft::Time;
use crate::ui::shared::Shared;
use crate::ui::text::{ShellTexts, use_texts};
use crate::ui::view::SafetyView;

/// Properties of [`Safety`].
#[derive(Properties, PartialEq)]
pub(super) struct SafetyProps {
    /// What the oracles say.
    pub(super) safety: Shared<SafetyView>,
}

/// `✓ safe · linearizable`, or the first violation and how the history stopped being linearizable:
/// when, what.
#[component]
pub(super) fn Safety(props: &SafetyProps) -> Html {
    let texts = use_texts().shell;
    let SafetyView {
        violations,
        linearizability,
    } = &*props.safety;
    if violations.is_empty() && *linearizability == Linearizability::Holds {
        return html! {
            <div class="safety safe" role="status" aria-label={texts.safety()}>
                <span aria-hidden="true">{ "✓ " }</span>{ texts.safe() }{ " · " }
                <span data-term="linearizable">{ texts.linearizable() }</span>
            </div>
        };
    }
    html! {
        <div class="safety violated" role="status" aria-label={texts.safety()}>
            { violated(violations, texts) }
            { not_linearizable(linearizability, texts) }
        </div>
    }
}

fn violated(violations: &[(Rc<str>, Time, Rc<str>)], texts: ShellTexts) -> Html {
    let Some((property, at, what)) = violations.first() else {
        return html! {
            <span><span aria-hidden="true">{ "✓ " }</span>{ texts.safe() }</span>
        };
    };
    html! {
        <>
            <strong>
                <span aria-hidden="true">{ "✕ " }</span>{ texts.violated(property, *at) }
            </strong>
            <span class="what">{ &**what }</span>
            if violations.len() > 1 {
                <span class="more">{ texts.more_violations(violations.len() - 1) }</span>
            }
        </>
    }
}

fn not_linearizable(linearizability: &Linearizability, texts: ShellTexts) -> Html {
    match linearizability {
        Linearizability::Holds => Html::default(),
        Linearizability::Broken(broken) => html! {
            <>
                <strong>
                    <span aria-hidden="true">{ "✕ " }</span>{ texts.not_linearizable(broken.at) }
                </strong>
                <span class="what">{ &broken.detail }</span>
            </>
        },
        Linearizability::Undecided { key, at } => html! {
            <span class="more">{ texts.undecided(key, *at) }</span>
        },
    }
}
