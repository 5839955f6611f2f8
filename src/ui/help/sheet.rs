//! The help sheet: which keys there are, what is drawn how, what terms mean.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::ui::shell::{Sheet, Tab};
use crate::ui::text::{GlossaryTexts, HelpTexts, use_lang};

use super::legend::Legend;

/// Properties of [`Help`].
#[derive(Properties, PartialEq, Clone)]
pub(crate) struct HelpProps {
    /// Whether it is open.
    pub(crate) open: bool,
    /// Closes it.
    pub(crate) on_close: Callback<()>,
    /// Whether single keys act.
    pub(crate) shortcuts: bool,
    /// Turns single keys on or off.
    pub(crate) on_shortcuts: Callback<bool>,
    /// Begins the tour.
    pub(crate) on_tour: Callback<()>,
}

/// The help sheet.
#[component]
pub(crate) fn Help(props: &HelpProps) -> Html {
    let lang = use_lang();
    let texts = HelpTexts::new(lang);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |&open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                match open {
                    // It fails only for a dialog that is open already.
                    true if !dialog.open() => drop(dialog.show_modal()),
                    true => {}
                    false => dialog.close(),
                }
            }
        });
    }
    // The browser closes it for Escape by itself; this is how the page hears of it.
    let onclose = props.on_close.reform(|_: Event| ());
    let onclick = props.on_close.reform(|_: MouseEvent| ());
    let ontour = {
        let (close, tour) = (props.on_close.clone(), props.on_tour.clone());
        move |_: MouseEvent| {
            close.emit(());
            tour.emit(());
        }
    };
    let tab = |id, title: &'static str, content: Html| {
        let panel = html! {
            <div class="help-page" tabindex="0" role="group" aria-label={title}>{ content }</div>
        };
        Tab {
            id,
            title,
            panel,
            waits: true,
        }
    };
    let tabs = vec![
        tab("keys", texts.keys(), keys(props, texts)),
        tab("legend", texts.legend(), html! { <Legend /> }),
        tab(
            "glossary",
            texts.glossary(),
            glossary(GlossaryTexts::new(lang)),
        ),
    ];
    html! {
        <dialog class="help" ref={node} {onclose} aria-labelledby="help-title">
            if props.open {
                <header>
                    <h2 id="help-title">{ texts.title() }</h2>
                    <button type="button" onclick={ontour}>{ texts.take_tour() }</button>
                    <button type="button" class="quiet" {onclick}>{ texts.close() }</button>
                </header>
                <Sheet class="help-tabs" label={texts.title()} {tabs} />
            }
        </dialog>
    }
}

fn keys(props: &HelpProps, texts: HelpTexts) -> Html {
    let onchange = props
        .on_shortcuts
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    let rows = [
        ("Space", texts.space()),
        (", .", texts.step()),
        ("p n", texts.jump()),
        ("Home End", texts.ends()),
        ("u", texts.until()),
        ("d", texts.diagram()),
        ("Ctrl+Z", texts.undo()),
        ("Ctrl+Y", texts.redo()),
        ("?", texts.help()),
        ("Esc", texts.escape()),
        ("Tab", texts.tab()),
    ];
    html! {
        <>
            <dl>
                { for rows.map(|(key, what)| html! { <><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></> }) }
            </dl>
            <label class="check">
                <input type="checkbox" checked={props.shortcuts} {onchange} />
                <span>{ texts.shortcuts() }{ " (Space , . p n u d ?)" }</span>
            </label>
        </>
    }
}

fn glossary(texts: GlossaryTexts) -> Html {
    let mut terms: Vec<_> = texts.all().collect();
    terms.sort_by_key(|(_, name, _)| name.to_lowercase());
    let row = |(_, name, means): (_, &'static str, &'static str)| {
        html! { <><dt>{ name }</dt><dd>{ means }</dd></> }
    };
    html! { <dl class="glossary">{ for terms.into_iter().map(row) }</dl> }
}
