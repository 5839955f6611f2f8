//! Whether the run is safe: the word of the oracles.

use yew::prelude::*;

use crate::ui::shared::Shared;
use crate::ui::text::use_texts;
use crate::ui::view::SafetyView;

/// Properties of [`Safety`].
#[derive(Properties, PartialEq)]
pub(super) struct SafetyProps {
    /// What the oracles say.
    pub(super) safety: Shared<SafetyView>,
}

/// `✓ safe`, or the first violation: which property, when, what.
#[component]
pub(super) fn Safety(props: &SafetyProps) -> Html {
    let texts = &use_texts().shell;
    let violations = &props.safety.violations;
    let Some((property, at, what)) = violations.first() else {
        return html! {
            <div class="safety safe" role="status" aria-label={texts.safety}>
                <span aria-hidden="true">{ "✓ " }</span>{ texts.safe }
            </div>
        };
    };
    html! {
        <div class="safety violated" role="status" aria-label={texts.safety}>
            <strong>
                <span aria-hidden="true">{ "✕ " }</span>{ (texts.violated)(property, *at) }
            </strong>
            <span class="what">{ &**what }</span>
            if violations.len() > 1 {
                <span class="more">{ (texts.more_violations)(violations.len() - 1) }</span>
            }
        </div>
    }
}
