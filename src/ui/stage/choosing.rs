//! Choosing the groups of a partition, where the toolbar stood: a radio group a node.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::draft::{Draft, GROUPS};
use super::menu::focus;
use super::menu_text::MenuText;
use super::text::{StageText, group_letter};
use crate::raft::{NodeId, NodeSet};
use crate::ui::text::{Lang, use_lang};

/// Props of [`Choosing`].
#[derive(Properties, PartialEq, Clone)]
pub struct ChoosingProps {
    /// The groups so far.
    pub draft: Draft,
    /// Other groups.
    pub on_change: Callback<Draft>,
    /// The network is to fall apart into these.
    pub on_apply: Callback<Vec<NodeSet>>,
    /// It is not to.
    pub on_cancel: Callback<()>,
}

/// The groups, to be chosen by keyboard, finger or mouse.
#[function_component]
pub fn Choosing(props: &ChoosingProps) -> Html {
    let lang = use_lang();
    let root = use_node_ref();
    use_effect_with(root.clone(), |root| {
        let first = root
            .cast::<Element>()
            .and_then(|root| root.query_selector("input:checked").ok()?);
        if let Some(first) = first {
            focus(first.unchecked_ref());
        }
    });
    let sets = props.draft.sets();
    let whole = sets.len() < 2;
    let onapply = props.on_apply.reform(move |_: MouseEvent| sets.clone());
    let oncancel = props.on_cancel.reform(|_: MouseEvent| ());
    html! {
        <div ref={root} class="stage-choosing" role="group" aria-label={StageText::Partition.get(lang)}>
            <p>{ MenuText::PartitionHint.get(lang) }</p>
            <div class="stage-choosing-nodes">
                { for props.draft.ids().map(|id| radios(props, id, lang)) }
            </div>
            <div class="stage-choosing-end">
                <button type="button" class="is-primary" disabled={whole} onclick={onapply}>
                    { MenuText::Apply.get(lang) }
                </button>
                <button type="button" onclick={oncancel}>{ MenuText::Cancel.get(lang) }</button>
                <span role="status">
                    if whole { { MenuText::NeedsTwoGroups.get(lang) } }
                </span>
            </div>
        </div>
    }
}

fn radios(props: &ChoosingProps, id: NodeId, lang: Lang) -> Html {
    let name = format!("stage-group-{}", id.number());
    let now = props.draft.group(id);
    let radio = |group: usize| {
        let draft = props.draft.clone();
        let onchange = props
            .on_change
            .reform(move |_: Event| draft.with(id, group));
        html! {
            <label key={group}>
                <input type="radio" name={name.clone()} checked={group == now} {onchange} />
                <span>{ group_letter(group) }</span>
            </label>
        }
    };
    html! {
        <div key={id.number()} class="stage-radios" role="radiogroup"
            aria-label={format!("{} {id}", MenuText::Group.get(lang))}>
            <span aria-hidden="true">{ id.to_string() }</span>
            { for (0..GROUPS.min(props.draft.ids().count())).map(radio) }
        </div>
    }
}
