//! What moves: one canvas over the standing figure, drawn each frame while time runs and once after
//! each change while it stands.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::geometry::Layout;
use super::node::rim_radius;
use super::paint::Brush;
use super::pen::{CanvasPen, Pen};
use super::point::Point;
use super::theme::Theme;
use crate::raft::Time;
use crate::ui::hooks::use_frames_while;
use crate::ui::view::{Death, Flight, Moving, MovingRef, Place, Still};

/// How long a lost message is seen to break, in simulated microseconds: time that stands, stands.
const DEATH_US: f64 = 30_000.0;

/// What a frame is drawn from.
#[derive(Clone, PartialEq)]
pub struct Scene {
    /// What moves.
    pub moving: MovingRef,
    /// Where everything stands.
    pub layout: Rc<Layout>,
    /// In which colours.
    pub theme: Rc<Theme>,
    /// Whether motion is reduced.
    pub reduced: bool,
}

/// Props of [`Moves`].
#[derive(Properties, Clone, PartialEq)]
pub struct MovesProps {
    /// What a frame is drawn from.
    pub scene: Scene,
    /// The selected message.
    pub selected: Option<u64>,
    /// The selected message is no longer on its way.
    pub on_gone: Callback<()>,
    /// Whether time runs.
    pub running: bool,
    /// The moment, when time stands.
    pub still: Option<Still>,
}

/// The canvas of what moves.
#[function_component]
pub fn Moves(props: &MovesProps) -> Html {
    let node = use_node_ref();
    let canvas = node.clone();
    let scene = use_mut_ref(|| props.clone());
    use_effect_with(props.clone(), {
        let (scene, canvas) = (scene.clone(), canvas.clone());
        move |props| {
            *scene.borrow_mut() = props.clone();
            if !props.running {
                draw(props, &canvas);
            }
        }
    });
    let each = use_callback((), move |_: f64, ()| draw(&scene.borrow(), &canvas));
    use_frames_while(props.running, each);
    html! { <canvas ref={node} class="stage-moves" aria-hidden="true" /> }
}

fn draw(props: &MovesProps, canvas: &NodeRef) {
    let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else {
        return;
    };
    let MovesProps {
        scene, selected, ..
    } = props;
    let Some(ctx) = prepare(&canvas, &scene.layout) else {
        return;
    };
    let pen = CanvasPen::new(&ctx, &scene.theme.mono);
    let found = paint(&pen, scene, *selected);
    if selected.is_some() && !found {
        props.on_gone.emit(());
    }
}

/// Draws what moves, and marks the selected message; says whether that is among it.
pub fn paint(pen: &dyn Pen, scene: &Scene, selected: Option<u64>) -> bool {
    let brush = Brush {
        pen,
        theme: &scene.theme,
    };
    let moving = &*scene.moving.0;
    let now = moving.now();
    timers(&brush, &scene.layout, moving, now);
    deaths(&brush, scene, now);
    flights(&brush, scene, now, selected)
}

/// The cleared canvas, at the resolution of the screen.
fn prepare(canvas: &HtmlCanvasElement, layout: &Layout) -> Option<CanvasRenderingContext2d> {
    let Layout {
        width,
        height,
        scale,
        ..
    } = *layout;
    let ctx = context(canvas, width * scale, height * scale)?;
    ctx.scale(scale, scale).ok()?;
    ctx.clear_rect(0.0, 0.0, width, height);
    Some(ctx)
}

/// The canvas as it is, at the resolution of the screen; at another size it is cleared.
pub(crate) fn context(
    canvas: &HtmlCanvasElement,
    width: f64,
    height: f64,
) -> Option<CanvasRenderingContext2d> {
    let scale = web_sys::window()?.device_pixel_ratio();
    let pixels = |length: f64| (length * scale).round() as u32;
    let size = (pixels(width), pixels(height));
    if (canvas.width(), canvas.height()) != size {
        canvas.set_width(size.0);
        canvas.set_height(size.1);
    }
    let ctx = canvas.get_context("2d").ok()??;
    let ctx = ctx.dyn_into::<CanvasRenderingContext2d>().ok()?;
    ctx.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
    Some(ctx)
}

fn timers(brush: &Brush, layout: &Layout, moving: &dyn Moving, now: f64) {
    moving.timers(&mut |timer| {
        let Some(centre) = layout.node(timer.id) else {
            return;
        };
        let whole = timer.fires.since(timer.armed).as_micros() as f64;
        let left = ((timer.fires.0 as f64 - now) / whole.max(1.0)).clamp(0.0, 1.0);
        let radius = rim_radius(layout.disc);
        let draw = || brush.timer(centre, radius, left);
        brush.pen.thing("timer", 1.0, &draw);
    });
}

/// Draws what is on its way; says whether the selected message is among it.
fn flights(brush: &Brush, scene: &Scene, now: f64, selected: Option<u64>) -> bool {
    let mut found = false;
    scene.moving.0.flights(&mut |flight| {
        let Some(at) = place(&scene.layout, flight, now) else {
            return;
        };
        let draw = || brush.message(flight, at);
        brush.pen.thing("message", 1.0, &draw);
        if selected == Some(flight.id) {
            found = true;
            brush.selection(at);
        }
    });
    found
}

fn deaths(brush: &Brush, scene: &Scene, now: f64) {
    scene.moving.0.deaths(&mut |Death { flight, at }| {
        let age = ((now - at.0 as f64) / DEATH_US).max(0.0);
        let Some(place) = place(&scene.layout, flight, at.0 as f64) else {
            return;
        };
        if age >= 1.0 {
            return;
        }
        let (apart, alpha) = if scene.reduced {
            (0.5, 1.0)
        } else {
            (age, 1.0 - age * age)
        };
        brush.pen.thing("lost", alpha, &|| {
            brush.half(flight, place, apart, true);
            brush.half(flight, place, apart, false);
        });
    });
}

/// Where a message is at a time.
fn place(layout: &Layout, flight: &Flight, now: f64) -> Option<Point> {
    let (start, end) = layout.path(flight.from, flight.to)?;
    let Time(sent) = flight.sent;
    let whole = flight.arrives.since(flight.sent).as_micros() as f64;
    let fraction = (now - sent as f64) / whole.max(1.0);
    Some(start.towards(end, fraction.clamp(0.0, 1.0)))
}

/// The message nearest to a point, not further from it than `reach`, and where it is.
pub fn hit(
    moving: &dyn Moving,
    layout: &Layout,
    point: Point,
    reach: f64,
) -> Option<(Flight, Point)> {
    let now = moving.now();
    let mut nearest = None;
    let mut least = reach;
    moving.flights(&mut |flight| {
        if let Some(at) = place(layout, flight, now) {
            let distance = at.distance(point);
            if distance <= least {
                least = distance;
                nearest = Some((flight.clone(), at));
            }
        }
    });
    nearest
}

/// The messages between nodes that are on their way, and where each is.
pub fn between_nodes(moving: &dyn Moving, layout: &Layout) -> Vec<(Flight, Point)> {
    let now = moving.now();
    let mut all = Vec::new();
    moving.flights(&mut |flight| {
        if let (Place::Node(_), Place::Node(_)) = (flight.from, flight.to)
            && let Some(at) = place(layout, flight, now)
        {
            all.push((flight.clone(), at));
        }
    });
    all
}
