//! A node: a disc in its term's colour, with its name, its term and the sign of its role.

use yew::prelude::*;

use super::geometry::{RIM, Side};
use super::point::Point;
use super::press::{Press, use_press};
use super::text::{StageText, group_letter, node_name, role};
use crate::raft::{NodeId, Term};
use crate::ui::text::{Decimal, Lang, use_lang};
use crate::ui::view::{NodeView, RoleView};

/// The width of a character of a node's term.
const TERM_WIDTH: f64 = 7.2;

/// Props of [`Node`].
#[derive(Properties, PartialEq)]
pub struct NodeProps {
    /// What it is.
    pub node: NodeView,
    /// Where it stands.
    pub at: Point,
    /// The radius of its disc.
    pub disc: f64,
    /// On which side its word stands.
    pub side: Side,
    /// Whether there is no room for words: the signs of the roles must do.
    pub tight: bool,
    /// Whether it is selected.
    pub selected: bool,
    /// Its group, when there is a partition.
    pub group: Option<usize>,
    /// Whether groups are being chosen: it can be dragged.
    pub choosing: bool,
    /// What is done to it.
    pub on_press: Callback<(NodeId, Press)>,
}

/// A node of the ring: a button.
#[function_component]
pub fn Node(props: &NodeProps) -> Html {
    let lang = use_lang();
    let NodeProps { node, at, disc, .. } = props;
    let id = node.id;
    let on = props.on_press.reform(move |press| (id, press));
    let on = use_press(on, props.choosing);
    let class = classes!(
        "stage-node",
        role_class(node.role),
        (node.term == Term::ZERO).then_some("is-blank"),
        props.choosing.then_some("is-choosing"),
    );
    let hint = if props.choosing {
        StageText::PartitionNodeHint
    } else {
        StageText::NodeHint
    };
    // The button is a circle of its own over the drawing, so that what is read out is its name alone.
    html! {
        <g {class} style={format!("transform: translate({}px, {}px)", Decimal(at.x), Decimal(at.y))}>
            <g aria-hidden="true">{ drawing(props, lang) }</g>
            <circle class="stage-node-button" r={Decimal(disc + RIM + 1.0).to_string()}
                role="button" tabindex="0" data-node={id.number().to_string()}
                aria-label={node_name(node, lang)} aria-description={hint.get(lang)}
                onpointerdown={on.down} onpointermove={on.moved} onpointerup={on.up}
                onpointercancel={on.cancel} onclick={on.click} oncontextmenu={on.menu}
                onkeydown={on.key} />
        </g>
    }
}

fn drawing(props: &NodeProps, lang: Lang) -> Html {
    let NodeProps { node, disc, .. } = props;
    let small = (*disc < 30.0).then_some("is-small");
    html! {
        <>
            if props.selected {
                <circle class="stage-node-mark" r={Decimal(disc + RIM + 1.0).to_string()} />
            }
            <circle class="stage-node-rim" r={Decimal(rim_radius(*disc)).to_string()} />
            <circle class="stage-node-disc" r={Decimal(*disc).to_string()} pathLength="96" style={fill(node)} />
            <text class={classes!("stage-node-name", small)} y={Decimal(-disc * 0.14).to_string()}>
                { node.id.to_string() }
            </text>
            <text class="stage-node-term" y={Decimal(disc * 0.47).to_string()}>{ term(node.term, *disc) }</text>
            { word(props, lang) }
            { sign(node.role, *disc) }
        </>
    }
}

/// The term, as long as there is room for it in the disc; at the least its number.
fn term(term: Term, disc: f64) -> String {
    let text = format!("t {term}");
    match text.len() as f64 * TERM_WIDTH > disc * 1.5 {
        true => term.to_string(),
        false => text,
    }
}

/// The word of the role, and the group's letter when there is a partition.
fn word(props: &NodeProps, lang: Lang) -> Html {
    let beside = props.disc + RIM + 5.0;
    let (x, y, anchor) = match props.side {
        Side::Below => (0.0, props.disc + RIM + 14.0, "middle"),
        Side::Left => (-beside, 0.0, "end"),
        Side::Right => (beside, 0.0, "start"),
    };
    let small = (props.disc < 30.0).then_some("is-small");
    html! {
        <text class={classes!("stage-node-role", small)} x={Decimal(x).to_string()} y={Decimal(y).to_string()}
            style={format!("text-anchor: {anchor}")}>
            if !props.tight {
                <tspan data-term={glossary(props.node.role)}>{ role(props.node.role, lang) }</tspan>
            }
            if let Some(group) = props.group {
                <tspan class="stage-node-group" dx="6">{ group_letter(group) }</tspan>
            }
        </text>
    }
}

/// Where the second ring is, on which an election timer runs down.
pub fn rim_radius(disc: f64) -> f64 {
    disc + 5.5
}

/// What the glossary calls a role.
const fn glossary(role: RoleView) -> Option<&'static str> {
    match role {
        RoleView::Follower => Some("follower"),
        RoleView::PreCandidate { .. } => Some("pre-candidate"),
        RoleView::Candidate { .. } => Some("candidate"),
        RoleView::Leader => Some("leader"),
        RoleView::Learner => Some("learner"),
        RoleView::Down | RoleView::Paused | RoleView::Outside => None,
    }
}

fn role_class(role: RoleView) -> &'static str {
    match role {
        RoleView::Follower => "is-follower",
        RoleView::PreCandidate { .. } => "is-pre-candidate",
        RoleView::Candidate { .. } => "is-candidate",
        RoleView::Leader => "is-leader",
        RoleView::Down => "is-down",
        RoleView::Paused => "is-paused",
        RoleView::Learner => "is-learner",
        RoleView::Outside => "is-outside",
    }
}

/// A token's name for a term's colour.
pub fn term_token(term: Term) -> String {
    match term.0 {
        0 => "--paper".to_owned(),
        term => format!("--term-{}", (term - 1) % 7),
    }
}

fn fill(node: &NodeView) -> Option<String> {
    // What is down, or no member, is paper, which the style sheet says.
    let paper = matches!(node.role, RoleView::Down | RoleView::Outside);
    (!paper).then(|| format!("fill: var({})", term_token(node.term)))
}

/// The sign of a role, at the top of the rim.
fn sign(role: RoleView, disc: f64) -> Html {
    let top = -rim_radius(disc);
    match role {
        RoleView::Leader => html! {
            <path class="stage-node-star" d={star(top)} />
        },
        RoleView::PreCandidate { votes, needed } | RoleView::Candidate { votes, needed } => {
            pips(votes.len(), needed, top - 9.5)
        }
        RoleView::Paused => html! {
            <g class="stage-node-bars">
                <circle r="10" cy={Decimal(top).to_string()} />
                { bar(-3.5, top) }
                { bar(3.5, top) }
            </g>
        },
        RoleView::Down => html! {
            <path class="stage-node-cross" d={cross(-disc)} />
        },
        RoleView::Learner => html! {
            <path class="stage-node-cap" d={cap(top)} />
        },
        RoleView::Follower | RoleView::Outside => Html::default(),
    }
}

/// A pip a vote that is needed, filled as they come.
fn pips(votes: usize, needed: usize, y: f64) -> Html {
    let count = needed.max(votes);
    let pip = |i: usize| {
        let x = (i as f64 - (count as f64 - 1.0) / 2.0) * 11.0;
        let class = classes!("stage-node-pip", (i < votes).then_some("is-filled"));
        html! { <circle {class} cx={Decimal(x).to_string()} cy={Decimal(y).to_string()} r="4" /> }
    };
    html! { <>{ for (0..count).map(pip) }</> }
}

fn bar(x: f64, y: f64) -> Html {
    let (top, bottom) = (Decimal(y - 4.5).to_string(), Decimal(y + 4.5).to_string());
    let x = Decimal(x).to_string();
    html! { <line x1={x.clone()} x2={x} y1={top} y2={bottom} /> }
}

/// A cross round a point above the middle.
fn cross(y: f64) -> String {
    const ARM: Decimal = Decimal(6.0);
    let (top, bottom) = (Decimal(y - ARM.0), Decimal(y + ARM.0));
    format!("M-{ARM} {top}L{ARM} {bottom}M{ARM} {top}L-{ARM} {bottom}")
}

/// A learner's cap, seen from the side: a flat diamond round a point above the middle.
fn cap(y: f64) -> String {
    const WIDE: Decimal = Decimal(11.0);
    const HIGH: f64 = 5.5;
    let (top, y, bottom) = (Decimal(y - HIGH), Decimal(y), Decimal(y + HIGH));
    format!("M-{WIDE} {y}L0 {top}L{WIDE} {y}L0 {bottom}Z")
}

/// A five-pointed star round a point above the middle.
fn star(y: f64) -> String {
    let centre = Point::new(0.0, y);
    let mut data = String::from("M");
    for corner in 0..10 {
        let radius = if corner % 2 == 0 { 9.0 } else { 3.7 };
        let angle = std::f64::consts::TAU * f64::from(corner) / 10.0;
        let point = centre.polar(angle, radius);
        data.push_str(&format!("{} {} ", Decimal(point.x), Decimal(point.y)));
    }
    data.push('Z');
    data
}
