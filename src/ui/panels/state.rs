//! The state machines: a row a key, a column a node.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::hooks::{Axis, Scroll, use_scroll};
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, StateTexts, use_texts};
use crate::ui::view::StateView;

use super::entry::members_text;
use super::panel::{panel, scroller};
use super::state_rows::{Held, held, keys};

/// How high a row is, in pixels; `--row` in the style sheet.
const ROW: f64 = 28.0;
/// How many rows out of view are rendered on either side.
const SPARE: usize = 4;
/// The most characters of a value in a cell; the whole is a click away.
const CELL_CHARS: usize = 64;

/// Properties of [`State`].
#[derive(Properties, PartialEq)]
pub(crate) struct StateProps {
    /// The state machines, in order of the nodes.
    pub(crate) states: Shared<[StateView]>,
}

/// The state machines of all nodes.
#[component]
pub(crate) fn State(props: &StateProps) -> Html {
    let texts = use_texts().state;
    let keys = use_memo(props.states.clone(), |states| keys(states));
    let open = use_state_eq(|| None::<Rc<str>>);
    let toggle = {
        let open = open.clone();
        Callback::from(move |key: Rc<str>| {
            open.set((open.as_ref() != Some(&key)).then_some(key));
        })
    };
    let scroll = use_scroll(Axis::Down, keys.len() as f64 * ROW, false);
    let shown_open = open.as_ref().filter(|key| keys.contains(key));
    let content = match keys.as_slice() {
        [] => html! { <p class="empty">{ texts.empty() }</p> },
        keys => table(&props.states, keys, &scroll, shown_open, &toggle, texts),
    };
    let content = html! {
        <>
            { scroller(&scroll, texts.title(), content) }
            if let Some(key) = shown_open {
                { in_full(&props.states, key, &toggle, texts) }
            }
        </>
    };
    panel("panel-state", texts.title(), Html::default(), content)
}

fn table(
    states: &[StateView],
    keys: &[Rc<str>],
    scroll: &Scroll,
    open: Option<&Rc<str>>,
    toggle: &Callback<Rc<str>>,
    texts: StateTexts,
) -> Html {
    let shown = scroll.window(ROW, keys.len(), SPARE);
    let spacer = |rows: usize| {
        html! {
            if rows > 0 {
                <tr class="spacer" aria-hidden="true">
                    <td style={format!("height: {}px", Decimal(rows as f64 * ROW))}></td>
                </tr>
            }
        }
    };
    html! {
        <table class="states" aria-rowcount={(keys.len() + 1).to_string()}>
            <thead>
                <tr>
                    <th scope="col">{ texts.key() }</th>
                    { for states.iter().map(|state| head(state, texts)) }
                </tr>
            </thead>
            <tbody>
                { spacer(shown.start) }
                { for keys[shown.clone()].iter().map(|key| row(states, key, open == Some(key), toggle, texts)) }
                { spacer(keys.len() - shown.end) }
            </tbody>
        </table>
    }
}

fn head(state: &StateView, texts: StateTexts) -> Html {
    let how = if state.down {
        texts.down().to_owned()
    } else {
        texts.applied(state.applied.0)
    };
    html! {
        <th scope="col" key={state.id.number()} class={classes!(state.down.then_some("down"))}>
            { state.id.to_string() }{ " " }<br /><span class="sub" data-term="applied">{ how }</span>
            <br /><span class="sub" data-term="configuration">
                <span class="visually-hidden">{ texts.members() }{ " " }</span>
                { members_text(&state.members) }
            </span>
        </th>
    }
}

fn row(
    states: &[StateView],
    key: &Rc<str>,
    open: bool,
    toggle: &Callback<Rc<str>>,
    texts: StateTexts,
) -> Html {
    let onclick = {
        let (toggle, key) = (toggle.clone(), Rc::clone(key));
        move |_| toggle.emit(Rc::clone(&key))
    };
    html! {
        <tr key={key.to_string()}>
            <th scope="row">
                <button
                    type="button"
                    class="key"
                    {onclick}
                    aria-expanded={open.to_string()}
                    title={texts.expand(key)}
                >
                    <bdi>{ &**key }</bdi>
                </button>
            </th>
            { for held(states, key).iter().map(|held| cell(held.as_ref(), texts)) }
        </tr>
    }
}

fn cell(held: Option<&Held>, texts: StateTexts) -> Html {
    let Some(held) = held else {
        return html! { <td class="down"></td> };
    };
    html! {
        <td
            class={classes!(held.differs.then_some("differs"))}
            title={held.value.as_ref().map(ToString::to_string)}
        >
            if held.differs {
                <span class="sign unequal" aria-hidden="true"></span>
                <span class="visually-hidden">{ texts.differs() }{ " " }</span>
            }
            { value(held.value.as_deref(), texts) }
        </td>
    }
}

/// A value as a cell shows it. Absent and empty are told apart.
fn value(value: Option<&str>, texts: StateTexts) -> Html {
    match value {
        None => html! {
            <>
                <span class="nothing" aria-hidden="true">{ "–" }</span>
                <span class="visually-hidden">{ texts.absent() }</span>
            </>
        },
        Some("") => html! { <span class="nothing">{ "\"\"" }</span> },
        Some(text) => match text.char_indices().nth(CELL_CHARS) {
            Some((end, _)) => html! { <bdi>{ &text[..end] }{ "…" }</bdi> },
            None => html! { <bdi>{ text }</bdi> },
        },
    }
}

/// Every node's value of a key, in full.
fn in_full(
    states: &[StateView],
    key: &Rc<str>,
    toggle: &Callback<Rc<str>>,
    texts: StateTexts,
) -> Html {
    let close = {
        let (toggle, key) = (toggle.clone(), Rc::clone(key));
        move |_| toggle.emit(Rc::clone(&key))
    };
    let rows = states
        .iter()
        .zip(held(states, key))
        .filter_map(|(state, held)| {
            let held = held?;
            let value = match held.value {
                Some(value) => html! { <bdi>{ &*value }</bdi> },
                None => html! { <span class="nothing">{ texts.absent() }</span> },
            };
            Some(html! { <><dt>{ state.id.to_string() }</dt><dd>{ value }</dd></> })
        });
    html! {
        <div class="in-full">
            <div class="in-full-head">
                <bdi class="key">{ &**key }</bdi>
                <button type="button" class="quiet" onclick={close}>{ texts.close() }</button>
            </div>
            <dl tabindex="0" role="group" aria-label={texts.expand(key)}>{ for rows }</dl>
        </div>
    }
}
