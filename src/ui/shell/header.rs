//! The header: name, safety, set-up, the run's menu, theme, language, help.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::raft::Policy;
use crate::ui::shared::Shared;
use crate::ui::text::{Lang, ShellTexts, use_texts};
use crate::ui::view::SafetyView;

use super::broken::Broken;
use super::language::LANGUAGES;
use super::preference::Theme;
use super::safety::Safety;

/// Properties of [`Header`].
#[derive(Properties, PartialEq)]
pub(super) struct HeaderProps {
    /// What the oracles say.
    pub(super) safety: Shared<SafetyView>,
    /// The wrong rules of the run.
    pub(super) policy: Policy,
    /// Starts a new run by the right rules.
    pub(super) on_mend: Callback<()>,
    /// The theme.
    pub(super) theme: Theme,
    /// Chooses another theme.
    pub(super) on_theme: Callback<Theme>,
    /// Whether the page is for a projector.
    pub(super) projector: bool,
    /// Makes it one, or no longer.
    pub(super) on_projector: Callback<bool>,
    /// The language that was chosen.
    pub(super) lang: Lang,
    /// Chooses another language.
    pub(super) on_lang: Callback<Lang>,
    /// Opens the help sheet.
    pub(super) on_help: Callback<()>,
    /// The menu of the run.
    pub(super) run: Html,
    /// What stands in the middle: the set-up, where there is room for it.
    pub(super) children: Html,
}

/// The header of the page.
#[component]
pub(super) fn Header(props: &HeaderProps) -> Html {
    let texts = use_texts();
    let onhelp = props.on_help.reform(|_: MouseEvent| ());
    html! {
        <header class="page-head">
            <h1>{ "Flotilla" }</h1>
            <Safety safety={props.safety.clone()} />
            <Broken policy={props.policy} on_mend={props.on_mend.clone()} />
            <div class="page-head-middle">{ props.children.clone() }</div>
            <div class="page-head-end">
                { props.run.clone() }
                { projector(props, texts.shell) }
                { theme_switch(props, texts.shell) }
                { lang_switch(props, texts.shell) }
                <button
                    type="button"
                    class="quiet icon-button"
                    onclick={onhelp}
                    aria-label={texts.shell.help()}
                    title={texts.shell.help()}
                >
                    { "?" }
                </button>
            </div>
        </header>
    }
}

fn projector(props: &HeaderProps, texts: ShellTexts) -> Html {
    let on = props.projector;
    let onclick = props.on_projector.reform(move |_: MouseEvent| !on);
    html! {
        <button type="button" class="quiet icon-button projector" aria-pressed={on.to_string()}
            aria-label={texts.projector()} title={texts.projector()} {onclick}>
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M1 2h14v9H8.6v1.4l3.2 1.8-.6 1-3.2-1.8-3.2 1.8-.6-1 3.2-1.8V11H1zm1.2 1.2v6.6h11.6V3.2z" fill-rule="evenodd" />
            </svg>
        </button>
    }
}

fn theme_switch(props: &HeaderProps, texts: ShellTexts) -> Html {
    let onchange = props
        .on_theme
        .reform(|event: Event| Theme::from_code(&chosen(&event)));
    let name = |theme| match theme {
        Theme::System => texts.theme_system(),
        Theme::Light => texts.theme_light(),
        Theme::Dark => texts.theme_dark(),
    };
    let options = Theme::ALL.map(|theme| (theme.code(), name(theme), theme == props.theme));
    let sign = html! {
        <svg class="icon" viewBox="0 0 16 16">
            <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.2v9.6a4.8 4.8 0 0 1 0-9.6z" fill-rule="evenodd" />
        </svg>
    };
    switch("themes", texts.theme(), sign, onchange, &options)
}

fn lang_switch(props: &HeaderProps, texts: ShellTexts) -> Html {
    let onchange = props
        .on_lang
        .reform(|event: Event| Lang::from_code(&chosen(&event)).unwrap_or_default());
    let options = Lang::ALL.map(|lang| (lang.code(), lang.name(), lang == props.lang));
    let sign = texts.lang().code().to_ascii_uppercase();
    switch(LANGUAGES, texts.language(), sign.into(), onchange, &options)
}

fn chosen(event: &Event) -> String {
    event.target_unchecked_into::<HtmlSelectElement>().value()
}

/// A list to choose from that takes no more room than its sign: the list itself lies over the sign,
/// unseen, so that it is the browser's own in every other way.
fn switch(
    id: &'static str,
    label: &'static str,
    sign: Html,
    onchange: Callback<Event>,
    options: &[(&'static str, &'static str, bool)],
) -> Html {
    let option = |&(value, name, selected): &(&'static str, &'static str, bool)| {
        html! { <option {value} {selected}>{ name }</option> }
    };
    // In a list from which somebody has chosen, no attribute of an option chooses another.
    let chosen = options.iter().find(|(.., selected)| *selected);
    let chosen = chosen.map(|(value, ..)| *value);
    html! {
        <label class="compact-select" title={label}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <select {id} aria-label={label} ~value={chosen} {onchange}>{ for options.iter().map(option) }</select>
        </label>
    }
}
