//! The links between nodes: hairlines, with a gap and a bar at each end that can no longer send.

use std::rc::Rc;

use yew::prelude::*;

use super::geometry::Layout;
use super::point::Point;
use crate::raft::NodeId;
use crate::ui::text::Decimal;

/// Props of [`Links`].
#[derive(Properties, PartialEq)]
pub struct LinksProps {
    /// Where everything stands.
    pub layout: Rc<Layout>,
    /// What is cut, each in one direction.
    pub cuts: Rc<[(NodeId, NodeId)]>,
    /// Whether the groups are only being chosen, so that what they part is not cut yet.
    pub choosing: bool,
    /// Draw the links that the partition breaks, which lie under its band, or all others.
    pub broken: bool,
}

/// One link between two nodes.
#[derive(Clone, Copy, PartialEq)]
struct Link {
    one: NodeId,
    other: NodeId,
    /// Whether `one` cannot send to `other`.
    there: bool,
    /// Whether `other` cannot send to `one`.
    back: bool,
}

/// The links that lie under the band, or those over it.
#[function_component]
pub fn Links(props: &LinksProps) -> Html {
    let layout = &props.layout;
    let breaks = |link: &Link| {
        layout.parted(link.one, link.other) && (props.choosing || link.there && link.back)
    };
    let links = pairs(layout)
        .map(|(one, other)| Link {
            one,
            other,
            there: props.cuts.contains(&(one, other)),
            back: props.cuts.contains(&(other, one)),
        })
        .filter(|link| breaks(link) == props.broken);
    html! {
        <g class="stage-links" aria-hidden="true">
            { for links.filter_map(|link| draw(layout, link, props.broken)) }
        </g>
    }
}

/// Every pair of nodes, once.
pub fn pairs(layout: &Layout) -> impl Iterator<Item = (NodeId, NodeId)> {
    let seats = &layout.seats;
    (0..seats.len()).flat_map(move |i| (i + 1..seats.len()).map(move |j| (seats[i].0, seats[j].0)))
}

/// The name of a link in the page: `1-2`, read back by [`parse`].
fn name(one: NodeId, other: NodeId) -> String {
    format!("{}-{}", one.number(), other.number())
}

/// The link of a name.
pub fn parse(name: &str) -> Option<(NodeId, NodeId)> {
    let (one, other) = name.split_once('-')?;
    let node = |text: &str| text.parse().ok().and_then(NodeId::new);
    Some((node(one)?, node(other)?))
}

fn draw(layout: &Layout, link: Link, broken: bool) -> Option<Html> {
    let (start, end) = layout.link(link.one, link.other)?;
    let direction = start.direction(end);
    let length = start.distance(end);
    let stub = (length * 0.1).min(8.0);
    let gap = stub + (length * 0.25).min(18.0);
    let cut_there = link.there && !broken;
    let cut_back = link.back && !broken;
    let from = start.along(direction, if cut_there { gap } else { 0.0 }, 0.0);
    let to = end.along(direction, if cut_back { -gap } else { 0.0 }, 0.0);
    let bar = |at: Point, sign: f64| {
        let at_bar = at.along(direction, stub * sign, 0.0);
        html! {
            <>
                { line("stage-link-line", at, at_bar) }
                { line("stage-link-bar", at_bar.along(direction, 0.0, -7.0), at_bar.along(direction, 0.0, 7.0)) }
            </>
        }
    };
    let id = name(link.one, link.other);
    Some(html! {
        <g key={id.clone()} class={classes!("stage-link", broken.then_some("is-broken"))} data-link={id}>
            { line("stage-link-hit", start, end) }
            { line("stage-link-line", from, to) }
            if cut_there { { bar(start, 1.0) } }
            if cut_back { { bar(end, -1.0) } }
        </g>
    })
}

fn line(class: &'static str, from: Point, to: Point) -> Html {
    let figure = |value| Decimal(value).to_string();
    html! {
        <line {class} x1={figure(from.x)} y1={figure(from.y)} x2={figure(to.x)} y2={figure(to.y)} />
    }
}
