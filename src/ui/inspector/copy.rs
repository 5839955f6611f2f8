//! The button that copies something, and says whether it did.

use yew::prelude::*;

use crate::ui::files::copy;
use crate::ui::text::{InspectorTexts, use_lang};

/// Properties of [`Copy`].
#[derive(Properties, PartialEq)]
pub(super) struct CopyProps {
    /// Makes what is copied.
    pub(super) text: Callback<(), String>,
    /// Whose text it is: of another one, nothing has been copied yet.
    pub(super) of: String,
}

/// What became of it.
#[derive(Clone, PartialEq)]
enum Copied {
    NotYet,
    Done,
    /// The browser does not let the page: this is the text.
    ByHand(String),
}

/// The button.
#[component]
pub(super) fn Copy(props: &CopyProps) -> Html {
    let texts = InspectorTexts::new(use_lang());
    let copied = use_state_eq(|| Copied::NotYet);
    use_effect_with(props.of.clone(), {
        let copied = copied.setter();
        move |_| copied.set(Copied::NotYet)
    });
    let onclick = {
        let (make, copied) = (props.text.clone(), copied.setter());
        move |_: MouseEvent| {
            let (text, copied) = (make.emit(()), copied.clone());
            copy(&text.clone(), move |is_done| {
                copied.set(match is_done {
                    true => Copied::Done,
                    false => Copied::ByHand(text),
                });
            });
        }
    };
    html! {
        <div class="copy">
            <button type="button" class="quiet" {onclick}>{ texts.copy() }</button>
            <span class="sub" role="status">
                if *copied == Copied::Done { { texts.copied() } }
            </span>
            if let Copied::ByHand(text) = &*copied {
                <p>{ texts.copy_yourself() }</p>
                <textarea class="mono" readonly=true rows="8" aria-label={texts.copy()} value={text.clone()} />
            }
        </div>
    }
}
