//! What did not work, and what can be done about it.

use yew::prelude::*;

use crate::ui::text::use_texts;

/// Properties of [`Notice`].
#[derive(Properties, PartialEq)]
pub(super) struct NoticeProps {
    /// What went wrong; nothing is shown when nothing did.
    pub(super) message: Option<AttrValue>,
    /// Starts a new run as the last one was started.
    pub(super) on_new_run: Callback<()>,
    /// Takes the notice away.
    pub(super) on_dismiss: Callback<()>,
}

/// The notice of an act that failed.
#[component]
pub(super) fn Notice(props: &NoticeProps) -> Html {
    let texts = &use_texts().shell;
    // The element stays, so that a screen reader is told when something comes into it.
    html! {
        <div role="alert">
            if let Some(message) = &props.message {
                <div class="notice">
                    <p><strong>{ texts.failed }</strong>{ " " }{ message }</p>
                    <div class="buttons">
                        <button type="button" onclick={props.on_new_run.reform(|_| ())}>
                            { texts.start_new_run }
                        </button>
                        <button type="button" class="quiet" onclick={props.on_dismiss.reform(|_| ())}>
                            { texts.dismiss }
                        </button>
                    </div>
                </div>
            }
        </div>
    }
}
