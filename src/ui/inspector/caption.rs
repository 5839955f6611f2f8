//! The caption of the figure: why what is selected is as it is, in a sentence.

use yew::prelude::*;

use crate::ui::hooks::{CLUSTER, focus};
use crate::ui::selection::Selection;
use crate::ui::session::SessionHandle;
use crate::ui::text::{InspectorTexts, use_lang};
use crate::ui::view::Still;

use super::subject::{gone, title};

/// Properties of [`Caption`].
#[derive(Properties, PartialEq)]
pub(crate) struct CaptionProps {
    /// Who knows why.
    pub(crate) session: SessionHandle,
    /// The moment: at another one it may be otherwise.
    pub(crate) still: Still,
    /// Whether time runs: then it is not read out each time.
    pub(crate) running: bool,
    /// How far what is found from frame to frame has come.
    pub(crate) frame: u32,
    /// What is selected.
    pub(crate) selection: Selection,
    /// Nothing is to be selected.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// The inspector is to be shown.
    pub(crate) on_inspect: Callback<()>,
}

/// The caption.
#[component]
pub(crate) fn Caption(props: &CaptionProps) -> Html {
    let lang = use_lang();
    let texts = InspectorTexts::new(lang);
    let subject = props.selection.into();
    let why = props.session.why(subject);
    let mut name = is_named(props.selection).then(|| title(props.selection, None, lang));
    let said = match why {
        Some(why) => sentence(why.sentence(lang)),
        None => {
            // What has become of it may have to be found first.
            let inspected = props.session.inspect(subject);
            name = Some(title(props.selection, inspected.inspection.as_ref(), lang));
            gone(props.selection, &inspected, texts)
        }
    };
    let live = if props.running { "off" } else { "polite" };
    let inspect = props.on_inspect.reform(|_: MouseEvent| ());
    let unselect = props.on_select.reform(|_: MouseEvent| {
        // The button that has the focus goes.
        focus(&[CLUSTER]);
        None
    });
    // What two lines do not hold is in the inspector.
    html! {
        <div class="caption">
            <p class="caption-said" aria-live={live} aria-label={texts.caption()} role="group" title={said.clone()}>
                if let Some(name) = name {
                    <strong>{ name }</strong>{ " " }
                }
                { said }
            </p>
            <button type="button" class="quiet" onclick={inspect}>{ texts.inspect() }</button>
            <button type="button" class="quiet caption-end" aria-label={texts.unselect()}
                title={texts.unselect()} onclick={unselect}>
                <span aria-hidden="true">{ "✕" }</span>
            </button>
        </div>
    }
}

/// Whether the sentence does not say itself what it is about.
const fn is_named(selection: Selection) -> bool {
    match selection {
        Selection::Entry { .. } | Selection::Operation(_) => true,
        Selection::Node(_) | Selection::Message(_) => false,
    }
}

/// With a capital letter at its beginning and a full stop at its end.
pub(super) fn sentence(said: String) -> String {
    let mut letters = said.chars();
    let Some(first) = letters.next() else {
        return said;
    };
    let mut text: String = first.to_uppercase().collect();
    text.push_str(letters.as_str());
    text.push('.');
    text
}
