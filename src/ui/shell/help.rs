//! The help sheet: which keys there are, and what the marks in the logs mean.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::raft::Term;
use crate::ui::panels::{entry_mark, snapshot_mark};
use crate::ui::text::{EntryState, HelpTexts, use_texts};

/// Properties of [`Help`].
#[derive(Properties, PartialEq)]
pub(super) struct HelpProps {
    /// Whether it is open.
    pub(super) open: bool,
    /// Closes it.
    pub(super) on_close: Callback<()>,
    /// Whether single keys act.
    pub(super) shortcuts: bool,
    /// Turns single keys on or off.
    pub(super) on_shortcuts: Callback<bool>,
}

/// The help sheet.
#[component]
pub(super) fn Help(props: &HelpProps) -> Html {
    let texts = &use_texts().help;
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
    html! {
        <dialog class="help" ref={node} {onclose} aria-labelledby="help-title">
            if props.open {
                <header>
                    <h2 id="help-title">{ texts.title }</h2>
                    <button type="button" class="quiet" {onclick}>{ texts.close }</button>
                </header>
                { keys(props, texts) }
                { marks(texts) }
            }
        </dialog>
    }
}

fn keys(props: &HelpProps, texts: &HelpTexts) -> Html {
    let onchange = props
        .on_shortcuts
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    let rows = [
        ("Space", texts.space),
        (", .", texts.step),
        ("p n", texts.jump),
        ("Home End", texts.ends),
        ("u", texts.until),
        ("Ctrl+Z", texts.undo),
        ("Ctrl+Y", texts.redo),
        ("?", texts.help),
        ("Esc", texts.escape),
        ("Tab", texts.tab),
    ];
    html! {
        <>
            <h3>{ texts.keys }</h3>
            <dl>
                { for rows.map(|(key, what)| html! { <><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></> }) }
            </dl>
            <label class="check">
                <input type="checkbox" checked={props.shortcuts} {onchange} />
                <span>{ texts.shortcuts }{ " (Space , . p n u ?)" }</span>
            </label>
        </>
    }
}

fn marks(texts: &HelpTexts) -> Html {
    let entry = |durable, committed, applied| {
        let state = EntryState {
            durable,
            committed,
            applied,
        };
        entry_mark(Term(2), state)
    };
    let rows = [
        (entry(false, false, false), texts.volatile),
        (entry(true, false, false), texts.stored),
        (entry(true, true, false), texts.committed),
        (entry(true, true, true), texts.applied),
        (snapshot_mark("1–9".into()), texts.snapshot),
        ("★".into(), texts.leads),
        ("●".into(), texts.matches),
        ("▸".into(), texts.next),
    ];
    let strip = [
        ("▾", texts.acted),
        ("×", texts.node),
        ("‖", texts.network),
        ("◆", texts.violation),
    ];
    html! {
        <>
            <h3>{ texts.marks }</h3>
            <dl>{ for rows.map(|(mark, what)| html! { <><dt>{ mark }</dt><dd>{ what }</dd></> }) }</dl>
            <h3>{ texts.strip }</h3>
            <dl>{ for strip.map(|(mark, what)| html! { <><dt>{ mark }</dt><dd>{ what }</dd></> }) }</dl>
        </>
    }
}
