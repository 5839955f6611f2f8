//! The language of the page: which it is at first, and how it is changed. The page is in a language
//! only once its texts are here.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use crate::ui::hooks::{Store, focus};
use crate::ui::parts::load_texts;
use crate::ui::text::{Lang, ShellTexts};

/// Where the choice is remembered; `xtask/src/parts.js` looks there too.
const LANGUAGE: &str = "flotilla-language";
/// The id of the list of languages.
pub(super) const LANGUAGES: &str = "languages";

/// The language of the page at first: the one that is wanted, unless its texts do not come.
pub(crate) async fn first_lang() -> Lang {
    let wanted = wanted();
    match load_texts(wanted).await {
        true => wanted,
        false => Lang::default(),
    }
}

/// The language that was chosen, or else the first of the browser's that the page speaks.
fn wanted() -> Lang {
    let chosen = Store::Browser
        .recall(LANGUAGE)
        .and_then(|code| Lang::from_code(&code));
    chosen.or_else(browser_lang).unwrap_or_default()
}

fn browser_lang() -> Option<Lang> {
    let languages = web_sys::window()?.navigator().languages();
    languages
        .iter()
        .find_map(|code| Lang::from_code(&code.as_string()?))
}

/// How it stands with the language.
#[derive(Clone, Copy, PartialEq)]
struct State {
    /// The language of the page.
    lang: Lang,
    /// The one whose texts are on their way.
    coming: Option<Lang>,
    /// The one whose texts did not come.
    failed: Option<Lang>,
}

/// What befalls it.
enum Step {
    Chosen(Lang),
    Came(Lang),
    Failed(Lang),
    Dismissed,
}

impl Reducible for State {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut state = *self;
        match step {
            Step::Chosen(lang) => (state.coming, state.failed) = (Some(lang), None),
            // Another may have been chosen since.
            Step::Came(lang) | Step::Failed(lang) if state.coming != Some(lang) => {}
            Step::Came(lang) => (state.lang, state.coming) = (lang, None),
            Step::Failed(lang) => (state.coming, state.failed) = (None, Some(lang)),
            Step::Dismissed => state.failed = None,
        }
        Rc::new(state)
    }
}

/// The language, and the way to change it.
pub(super) struct Language(UseReducerHandle<State>);

/// The language, said on the page, and the way to change it.
#[hook]
pub(super) fn use_language(first: Lang) -> Language {
    let state = use_reducer_eq(|| State {
        lang: first,
        coming: None,
        failed: None,
    });
    use_effect_with(state.lang, |lang| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(root) = document.and_then(|document| document.document_element()) {
            // Setting an attribute of a valid name does not fail.
            let _ = root.set_attribute("lang", lang.code());
        }
    });
    Language(state)
}

impl Language {
    /// The language of the page.
    pub(super) fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The one that was chosen last, if its texts did not fail to come.
    pub(super) fn chosen(&self) -> Lang {
        self.0.coming.unwrap_or(self.0.lang)
    }

    /// Chooses another.
    pub(super) fn on_choose(&self) -> Callback<Lang> {
        let state = self.0.dispatcher();
        Callback::from(move |lang: Lang| {
            Store::Browser.remember(LANGUAGE, lang.code());
            state.dispatch(Step::Chosen(lang));
            let state = state.clone();
            spawn_local(async move {
                state.dispatch(match load_texts(lang).await {
                    true => Step::Came(lang),
                    false => Step::Failed(lang),
                });
            });
        })
    }

    /// That the texts did not come, and what can be done about it.
    pub(super) fn notice(&self, texts: ShellTexts) -> Html {
        // The button that has the focus goes.
        let again = (self.on_choose()).reform(|lang| {
            focus(&[LANGUAGES]);
            lang
        });
        let dismiss = {
            let state = self.0.dispatcher();
            move |_: MouseEvent| {
                focus(&[LANGUAGES]);
                state.dispatch(Step::Dismissed);
            }
        };
        // The element stays, so that a screen reader is told when something comes into it.
        html! {
            <div role="alert">
                if let Some(lang) = self.0.failed {
                    <div class="notice">
                        <p><strong lang={lang.code()}>{ lang.name() }</strong>{ " " }{ texts.did_not_come() }</p>
                        <div class="buttons">
                            <button type="button" onclick={again.reform(move |_: MouseEvent| lang)}>
                                { texts.again() }
                            </button>
                            <button type="button" class="quiet" onclick={dismiss}>{ texts.dismiss() }</button>
                        </div>
                    </div>
                }
            </div>
        }
    }
}
