//! The inspector: every field of what is selected, what the last event changed of it, and why it is so.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::inspect::Name;
use crate::raft::NodeId;
use crate::ui::act::Act;
use crate::ui::panels::panel;
use crate::ui::selection::Selection;
use crate::ui::session::SessionHandle;
use crate::ui::text::{InspectorTexts, use_lang};
use crate::ui::view::{Inspected, Still};
use crate::why::Why;

use super::caption::sentence;
use super::changes::changes;
use super::copies::copies;
use super::copy::Copy;
use super::group::group;
use super::subject::{gone, title};
use super::value::Links;

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub(crate) struct InspectorProps {
    /// Who knows everything.
    pub(crate) session: SessionHandle,
    /// The moment: at another one it may be otherwise.
    pub(crate) still: Still,
    /// Whether time runs: only where it stands it is told what the last event changed.
    pub(crate) running: bool,
    /// How far what is found from frame to frame has come.
    pub(crate) frame: u32,
    /// What is selected.
    pub(crate) selected: Option<Selection>,
    /// Something else is to be selected.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The inspector.
#[component]
pub(crate) fn Inspector(props: &InspectorProps) -> Html {
    let lang = use_lang();
    let texts = InspectorTexts::new(lang);
    let scroller = use_scroller(props.selected);
    let Some(selection) = props.selected else {
        let nothing = html! { <p class="empty">{ texts.empty() }</p> };
        return panel("panel-inspector", texts.title(), Html::default(), nothing);
    };
    let inspected = props.session.inspect(selection.into());
    let links = Links {
        lang,
        on_select: props.on_select.clone(),
        on_act: props.on_act.clone(),
    };
    let name = title(selection, inspected.inspection.as_ref(), lang);
    let text = {
        let session = props.session.clone();
        Callback::from(move |()| {
            let inspection = session.inspect(selection.into()).inspection;
            inspection.map(|of| of.to_json()).unwrap_or_default()
        })
    };
    let content = html! {
        <div ref={scroller} class="scroller inspector" tabindex="0" role="group" aria-label={texts.title()}>
            <div key={name.clone()}>
            <div class="inspector-head">
                <h3>{ name.clone() }</h3>
                if inspected.inspection.is_some() {
                    <Copy {text} of={name} />
                }
            </div>
            { why(&inspected, selection, &links) }
            { votes(&inspected.votes, &links) }
            if let Some(all) = &inspected.changes {
                { changes(all, inspected.event, &links) }
            }
            { fields(&inspected, &links) }
            </div>
        </div>
    };
    panel("panel-inspector", texts.title(), Html::default(), content)
}

/// What is scrolled: what is newly selected is read from its top, and the focus goes there when what had
/// it has gone with what was selected before.
#[hook]
fn use_scroller(selected: Option<Selection>) -> NodeRef {
    let scroller = use_node_ref();
    let node = scroller.clone();
    use_effect_with(selected, move |_| {
        if let Some(element) = node.cast::<HtmlElement>() {
            element.set_scroll_top(0);
            let page = element.owner_document();
            let focused = page.and_then(|page| page.active_element());
            if focused.is_none_or(|focused| focused.tag_name() == "BODY") {
                // An element that is there can be focused.
                let _ = element.focus();
            }
        }
    });
    scroller
}

/// Why it is so, or that it is not there.
fn why(inspected: &Inspected, selection: Selection, links: &Links) -> Html {
    let texts = links.texts();
    let said = inspected
        .why
        .as_ref()
        .map(|why| sentence(why.sentence(links.lang)));
    let gone = said.is_none().then(|| gone(selection, inspected, texts));
    html! {
        <>
            { for gone.map(|gone| html! { <p class="sub">{ gone }</p> }) }
            { for said.map(|said| html! { <p class="why">{ said }</p> }) }
        </>
    }
}

/// Why each voter votes for a candidate, or not.
fn votes(all: &[(NodeId, Why)], links: &Links) -> Html {
    let vote = |(voter, why): &(NodeId, Why)| {
        let voter = *voter;
        html! {
            <li>
                { links.select(Selection::Node(voter), voter.to_string(), None) }
                { " " }{ sentence(why.sentence(links.lang)) }
            </li>
        }
    };
    html! {
        if !all.is_empty() {
            <section class="group">
                <h4>{ links.texts().votes() }</h4>
                <ul class="votes">{ for all.iter().map(vote) }</ul>
            </section>
        }
    }
}

fn fields(inspected: &Inspected, links: &Links) -> Html {
    let groups = inspected.inspection.iter().flat_map(|of| &of.groups);
    let shown = groups.map(|of| match of.name {
        Name::Copies => copies(of, inspected.way.as_ref(), links),
        _ => group(of, links),
    });
    html! { <div class="groups">{ for shown }</div> }
}
