//! Figure 2, live: the paper's page in our own words, with boxes for what it leaves out. What fired in
//! the last event is marked, and every line leads to where it fires next.

use web_sys::{Element, HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::measure::{Line, Part, Side};
use crate::raft::NodeId;
use crate::timeline::{Sought, Wanted};
use crate::ui::act::Act;
use crate::ui::text::{FigureTexts, count_text, use_lang};
use crate::ui::view::{FigureView, FiredView};
use crate::why::rule_sentence;

use super::figure_state::state;
use super::panel::panel;

/// The boxes, in the order of the page.
const PARTS: [Part; 11] = [
    Part::RequestVote,
    Part::AppendEntries,
    Part::AllServers,
    Part::Followers,
    Part::Candidates,
    Part::Leaders,
    Part::PreVote,
    Part::Snapshots,
    Part::Membership,
    Part::Reads,
    Part::Transfer,
];

/// Properties of [`Figure`].
#[derive(Properties, PartialEq)]
pub(crate) struct FigureProps {
    /// What has fired, and how it stands.
    pub(crate) view: FigureView,
    /// The nodes that there are.
    pub(crate) nodes: Vec<NodeId>,
    /// Another node is selected, or none.
    pub(crate) on_select: Callback<Option<NodeId>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// Figure 2.
#[component]
pub(crate) fn Figure(props: &FigureProps) -> Html {
    let lang = use_lang();
    let texts = FigureTexts::new(lang);
    // The line that is reached by the tab key; the arrows lead to the others.
    let current = use_state_eq(|| line_at(0));
    let page = use_node_ref();
    let view = &props.view;
    let onkeydown = {
        let (current, page, on_act) = (current.clone(), page.clone(), props.on_act.clone());
        let node = view.node;
        move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "ArrowRight" => on_act.emit(find(*current, node, false)),
                "ArrowLeft" => on_act.emit(find(*current, node, true)),
                key => {
                    let Some(line) = line_after(*current, key) else {
                        return;
                    };
                    current.set(line);
                    focus(&page, line);
                }
            }
            event.prevent_default();
        }
    };
    let on_current = use_callback(current.setter(), |line, current| current.set(line));
    let part = |part: Part| {
        let lines = Line::ALL.iter().filter(|line| line.part() == part);
        html! {
            <section class="figure-box" aria-label={texts.part(part)}>
                <h3><span data-term={term(part)}>{ texts.part(part) }</span></h3>
                <ul>{ for lines.map(|&line| row(line, props, *current == line, &on_current)) }</ul>
            </section>
        }
    };
    let content = html! {
        <div class="scroller figure-page" role="group" aria-label={texts.title()} tabindex="0">
            <p class="hint">{ texts.hint() }</p>
            { whose(props, texts) }
            if view.wrong {
                <p class="hint figure-wrong">{ texts.wrong() }</p>
            }
            <div class="figure-boxes" ref={page} {onkeydown}>
                { state(view.server.as_ref(), view.node, texts) }
                { for PARTS.into_iter().map(part) }
            </div>
        </div>
    };
    panel("panel-figure", texts.title(), Html::default(), content)
}

/// What the glossary calls what a part is about.
const fn term(part: Part) -> &'static str {
    match part {
        Part::AllServers => "term",
        Part::Followers => "follower",
        Part::Candidates => "candidate",
        Part::Leaders => "leader",
        Part::RequestVote => "voter",
        Part::AppendEntries => "append",
        Part::PreVote => "pre-candidate",
        Part::Snapshots => "snapshot",
        Part::Membership => "configuration",
        Part::Reads => "read-index",
        Part::Transfer => "transfer",
    }
}

/// The choice of a node.
fn whose(props: &FigureProps, texts: FigureTexts) -> Html {
    let onchange = {
        let (nodes, on_select) = (props.nodes.clone(), props.on_select.clone());
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>();
            let place = chosen.map_or(0, |select| select.selected_index());
            let node = usize::try_from(place - 1).ok();
            on_select.emit(node.and_then(|place| nodes.get(place).copied()));
        }
    };
    let selected = props.view.node;
    let option = |&node: &NodeId| {
        html! { <option selected={selected == Some(node)}>{ node.to_string() }</option> }
    };
    html! {
        <label class="field figure-whose">
            { texts.whose() }
            <select {onchange}>
                <option selected={selected.is_none()}>{ texts.all_nodes() }</option>
                { for props.nodes.iter().map(option) }
            </select>
        </label>
    }
}

/// The line at that place of the page.
fn line_at(place: usize) -> Line {
    let mut lines = in_order();
    lines.nth(place).unwrap_or(Line::ALL[0])
}

/// The lines in the order of the page.
fn in_order() -> impl Iterator<Item = Line> {
    let of = |part: Part| Line::ALL.iter().filter(move |line| line.part() == part);
    PARTS.into_iter().flat_map(of).copied()
}

/// Where a key leads from a line.
fn line_after(line: Line, key: &str) -> Option<Line> {
    let place = in_order().position(|other| other == line)?;
    let place = match key {
        "ArrowDown" => (place + 1).min(Line::COUNT - 1),
        "ArrowUp" => place.saturating_sub(1),
        "Home" => 0,
        "End" => Line::COUNT - 1,
        _ => return None,
    };
    Some(line_at(place))
}

fn find(line: Line, node: Option<NodeId>, back: bool) -> Act {
    let sought = Sought::Line(line);
    let wanted = Wanted { sought, node };
    Act::Find { wanted, back }
}

fn focus(page: &NodeRef, line: Line) {
    let button = page.cast::<Element>().and_then(|page| {
        let selector = format!("[data-line=\"{}\"]", line as usize);
        page.query_selector(&selector).ok()?
    });
    if let Some(button) = button {
        // A button that is there can be focused.
        let _ = wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(button).focus();
    }
}

/// A line as it is on the node that is looked at, or all.
fn row(line: Line, props: &FigureProps, is_current: bool, on_current: &Callback<Line>) -> Html {
    let view = &props.view;
    let count = |side| view.firings.count(view.node, line, side);
    let fired = view.fired.iter().filter(|fired| fired.line == line);
    html! {
        <Row
            {line}
            {is_current}
            node={view.node}
            counts={[Side::Fired, Side::Blocked].map(count)}
            now={fired.cloned().collect::<Vec<_>>()}
            on_current={on_current.clone()}
            on_act={props.on_act.clone()}
        />
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    line: Line,
    /// Whether it is reached by the tab key.
    is_current: bool,
    /// Of which node the counts are.
    node: Option<NodeId>,
    /// How often it has fired, and held back.
    counts: [u64; 2],
    /// What fired in the last event.
    now: Vec<FiredView>,
    on_current: Callback<Line>,
    on_act: Callback<Act>,
}

/// A line, which is made anew only when it is that which has changed.
#[component]
fn Row(props: &RowProps) -> Html {
    let texts = FigureTexts::new(use_lang());
    let (line, node) = (props.line, props.node);
    let lit = match props.now.as_slice() {
        [] => None,
        fired if fired.iter().any(|fired| fired.side == Side::Fired) => Some("lit"),
        _ => Some("lit held"),
    };
    let text = texts.line(line);
    let go = |back| {
        let on_current = props.on_current.clone();
        props.on_act.reform(move |_: MouseEvent| {
            on_current.emit(line);
            find(line, node, back)
        })
    };
    let step = |back: bool, name: &str, sign: &'static str| {
        html! {
            <button type="button" class="quiet" tabindex="-1" aria-label={fill(name, &[&text])}
                title={fill(name, &[&text])} onclick={go(back)}>
                { sign }
            </button>
        }
    };
    html! {
        <li class={classes!("figure-line", lit)}>
            <button type="button" class="figure-text" data-line={(line as usize).to_string()}
                tabindex={if props.is_current { "0" } else { "-1" }} onclick={go(false)}>
                { text }
            </button>
            { counts(props.counts, texts) }
            <span class="figure-steps">
                { step(true, texts.last(), "◂") }
                { step(false, texts.next(), "▸") }
            </span>
            if !props.now.is_empty() {
                <ul class="figure-now">{ for props.now.iter().map(|fired| now(fired, texts)) }</ul>
            }
        </li>
    }
}

/// How often it has fired, and held back.
fn counts([fired, blocked]: [u64; 2], texts: FigureTexts) -> Html {
    html! {
        <span class={classes!("figure-count", (fired + blocked == 0).then_some("none"))}>
            if fired > 0 || blocked == 0 {
                <span title={fill(texts.fired(), &[&fired])}>{ count_text(fired) }</span>
            }
            if blocked > 0 {
                <span class="sub">{ fill(texts.blocked(), &[&count_text(blocked)]) }</span>
            }
        </span>
    }
}

/// What fired in the last event, with its numbers.
fn now(fired: &FiredView, texts: FigureTexts) -> Html {
    let what = match (&fired.rule, fired.applied, fired.line) {
        (Some(rule), ..) => rule_sentence(rule, texts.lang()),
        (None, Some(index), _) => fill(texts.applied(), &[&index]),
        (None, None, Line::Heartbeat) => texts.beats().to_owned(),
        (None, None, _) => texts.timed_out().to_owned(),
    };
    html! {
        <li>
            <b>{ fired.node.to_string() }</b>{ " " }{ what }
            if fired.side == Side::Blocked {
                <span class="figure-held">{ texts.holds_back() }</span>
            }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_line_is_on_the_page_once_and_the_arrows_lead_to_all() {
        let mut lines = vec![line_at(0)];
        while let Some(next) = line_after(lines[lines.len() - 1], "ArrowDown")
            && next != lines[lines.len() - 1]
        {
            lines.push(next);
        }
        assert_eq!(lines.len(), Line::COUNT);
        lines.sort();
        assert_eq!(lines, Line::ALL);
        assert_eq!(line_after(line_at(0), "ArrowUp"), Some(line_at(0)));
        assert_eq!(line_after(line_at(0), "x"), None);
    }
}
