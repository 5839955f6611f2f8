//! The wavy band of a partition: which curves part the groups, and their waves.
//!
//! Nodes keep their seats, so a group need not be together on the ring. Lines between two nodes of
//! one group are drawn over the band: a line through it still carries.

use std::f64::consts::{PI, TAU};
use std::fmt::Write as _;

use js_sys::Math::{cos, sin};
use yew::prelude::*;

use super::geometry::{Layout, Run};
use super::point::Point;
use crate::ui::text::Decimal;

/// Height and length of a wave.
const WAVE: (f64, f64) = (3.2, 21.0);
/// How far a curve that carves bends down, since the nodes' words hang under them.
const SAG: f64 = 36.0;

/// Props of [`Band`].
#[derive(Properties, PartialEq)]
pub struct BandProps {
    /// Where everything stands.
    pub layout: std::rc::Rc<Layout>,
}

/// The band: a strip of paper that breaks what lies under it, with a wavy line along it.
#[function_component]
pub fn Band(props: &BandProps) -> Html {
    let curves = use_memo(props.layout.clone(), |layout| {
        curves(layout).iter().map(waves).collect::<Vec<_>>()
    });
    html! {
        <g class="stage-band" aria-hidden="true">
            { for curves.iter().map(|d| html! { <path class="stage-band-gap" d={d.clone()} /> }) }
            { for curves.iter().map(|d| html! { <path class="stage-band-line" d={d.clone()} /> }) }
        </g>
    }
}

/// A quadratic curve: start, control, end.
type Curve = [Point; 3];

/// The curves that part the groups.
fn curves(layout: &Layout) -> Vec<Curve> {
    let runs = &layout.runs;
    let Some(hub) = hub(runs) else {
        return Vec::new();
    };
    let blocks = blocks(runs, hub);
    if hub.is_some() && (blocks.len() > 1 || runs.len() == 2) {
        let mut curves: Vec<Curve> = blocks.iter().map(|block| carve(layout, block)).collect();
        for block in &blocks {
            let inner = carve(layout, block)[1];
            curves.extend(block.windows(2).map(|pair| ray(layout, pair[1], inner)));
        }
        return curves;
    }
    runs.iter()
        .map(|&run| ray(layout, run, layout.centre))
        .collect()
}

/// The group that keeps the middle of the ring: the one in the most pieces, then the largest.
/// `Some(None)`: no group does, every node is alone.
fn hub(runs: &[Run]) -> Option<Option<usize>> {
    runs.iter().map(|run| run.group).max_by_key(|group| {
        let own = runs
            .iter()
            .filter(|run| group.is_some() && run.group == *group);
        (own.clone().count(), own.map(|run| run.len).sum::<usize>())
    })
}

/// The stretches of the ring between the pieces of the hub.
fn blocks(runs: &[Run], hub: Option<usize>) -> Vec<Vec<Run>> {
    let Some(start) = runs.iter().position(|run| run.group == hub) else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    for run in runs.iter().cycle().skip(start + 1).take(runs.len()) {
        if run.group == hub {
            if !block.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
        } else {
            block.push(*run);
        }
    }
    blocks
}

/// How far out the band reaches.
fn outer(layout: &Layout) -> f64 {
    layout.ring + layout.disc + 18.0
}

/// The angle of the gap before a seat.
fn gap(layout: &Layout, seat: usize) -> f64 {
    layout.angle(seat as f64 - 0.5)
}

/// A straight line from outside, before `run`, to `inner`.
fn ray(layout: &Layout, run: Run, inner: Point) -> Curve {
    let start = layout.polar(gap(layout, run.first), outer(layout));
    [start, start.towards(inner, 0.5), inner]
}

/// The curve that carves a stretch out of the ring, between its nodes and the middle.
fn carve(layout: &Layout, block: &[Run]) -> Curve {
    let len: usize = block.iter().map(|run| run.len).sum();
    let count = layout.seats.len() as f64;
    let first = block.first().map_or(0, |run| run.first);
    let half = PI * len as f64 / count;
    let middle = layout.angle(first as f64 + (len as f64 - 1.0) / 2.0);
    let reach = outer(layout);
    // Halfway between the chord of the stretch's outermost nodes and that of their neighbours.
    let apex = layout.ring * cos(half) * cos(PI / count);
    let control = 2.0 * apex - reach * cos(half);
    [
        layout.polar(middle - half, reach),
        layout
            .polar(middle, control)
            .along(Point::new(0.0, 1.0), SAG, 0.0),
        layout.polar(middle + half, reach),
    ]
}

/// The curve as the data of a wavy path.
fn waves(curve: &Curve) -> String {
    let [start, control, end] = *curve;
    let length = start.distance(control) + control.distance(end);
    let steps = (length / 3.0).ceil().max(2.0);
    let mut data = String::new();
    let mut travelled = 0.0;
    let mut before = start;
    for step in 0..=steps as usize {
        let t = step as f64 / steps;
        let (a, b) = (start.towards(control, t), control.towards(end, t));
        let point = a.towards(b, t);
        travelled += before.distance(point);
        before = point;
        let aside = WAVE.0 * sin(TAU * travelled / WAVE.1);
        let at = point.along(a.direction(b), 0.0, aside);
        let letter = if step == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(data, "{letter}{} {}", Decimal(at.x), Decimal(at.y));
    }
    data
}
