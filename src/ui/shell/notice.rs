//! What did not work, and what can be done about it.

use yew::prelude::*;

use crate::ui::text::ShellTexts;

/// The notice of an act that failed, `message`; nothing is shown when none did.
pub(super) fn notice(
    message: Option<&AttrValue>,
    on_new_run: &Callback<()>,
    on_dismiss: &Callback<()>,
    texts: ShellTexts,
) -> Html {
    // The element stays, so that a screen reader is told when something comes into it.
    html! {
        <div role="alert">
            if let Some(message) = message {
                <div class="notice">
                    <p><strong>{ texts.failed() }</strong>{ " " }{ message }</p>
                    <div class="buttons">
                        <button type="button" onclick={on_new_run.reform(|_| ())}>
                            { texts.start_new_run() }
                        </button>
                        <button type="button" class="quiet" onclick={on_dismiss.reform(|_| ())}>
                            { texts.dismiss() }
                        </button>
                    </div>
                </div>
            }
        </div>
    }
}
