//! The strip: the whole run at a glance, with a playhead to go anywhere in it.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use crate::raft::{NodeId, Time};
use crate::ui::act::Act;
use crate::ui::hooks::use_frames;
use crate::ui::stage::{use_size, use_theme};
use crate::ui::text::{Decimal, use_texts};
use crate::ui::view::{MovingRef, StripRef, TimeView};

use super::paint::{Ground, Picture};
use super::until::jump;

/// So many lanes are as high as their names, where there is room for it; with more, every second has
/// its name.
const ROOMY_LANES: usize = 6;

/// Properties of [`Strip`].
#[derive(Clone, Properties, PartialEq)]
pub(super) struct StripProps {
    /// Where in time the page is.
    pub(super) time: TimeView,
    /// The time between events.
    pub(super) moving: MovingRef,
    /// What there is to draw.
    pub(super) strip: StripRef,
    /// Whether time runs.
    pub(super) playing: bool,
    /// Whose events are jumped to; none: those of all.
    pub(super) selected: Option<NodeId>,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

/// The strip.
#[component]
pub(super) fn Strip(props: &StripProps) -> Html {
    let texts = use_texts().transport;
    let (track, canvas, tip) = (use_node_ref(), use_node_ref(), use_node_ref());
    // While the playhead is held, the axis stays as it is under the pointer.
    let fixed = use_state_eq(|| None::<Time>);
    let TimeView { now, end, .. } = props.time;
    let axis = fixed.unwrap_or_else(|| props.time.axis());
    let nodes = props.strip.0.nodes();
    use_picture(props, &canvas, axis);
    let (drag, head) = use_playhead(props, axis);
    let pointer = Pointer {
        drag,
        axis,
        props: props.clone(),
    };
    let onpointerdown = {
        let (pointer, track, set) = (pointer.clone(), track.clone(), fixed.setter());
        move |event: PointerEvent| {
            if pointer.takes(&event, &track) {
                set.set(Some(axis));
            }
        }
    };
    let onpointermove = {
        let (pointer, track, tip) = (pointer.clone(), track.clone(), tip.clone());
        move |event: PointerEvent| pointer.moves(&event, &track, &tip)
    };
    let onlostpointercapture = {
        let set = fixed.setter();
        move |_: PointerEvent| {
            set.set(None);
            pointer.leaves();
        }
    };
    let onkeydown = {
        let props = props.clone();
        move |event: KeyboardEvent| {
            if let Some(act) = key(&event, &props) {
                event.prevent_default();
                props.on_act.emit(act);
            }
        }
    };
    html! {
        <div class={classes!("strip", (nodes.len() > ROOMY_LANES).then_some("many"))} style={format!("--lanes: {}", nodes.len())}
            role="slider" tabindex="0" aria-label={texts.playhead()}
            aria-valuemin="0" aria-valuemax={axis.0.to_string()} aria-valuenow={now.0.to_string()}
            aria-valuetext={texts.at(now, end)}
            {onpointerdown} {onpointermove} {onlostpointercapture} {onkeydown}>
            <div class="strip-names" aria-hidden="true">
                { for nodes.iter().map(|node| html! { <span>{ node.to_string() }</span> }) }
            </div>
            <div ref={track} class="strip-track">
                <div class="strip-view">
                    <canvas ref={canvas}></canvas>
                    if let Some(style) = begin(&props.time, axis) {
                        <div class="strip-begin" {style}></div>
                    }
                    <div ref={head} class="strip-head"></div>
                </div>
                <span ref={tip} class="strip-tip" aria-hidden="true"></span>
            </div>
        </div>
    }
}

/// Where the branch begins that is shown, if it parts from another.
fn begin(time: &TimeView, axis: Time) -> Option<String> {
    let shown = time.branches.iter().find(|branch| branch.shown)?;
    shown.parent?;
    let part = shown.begin.0 as f64 / axis.0 as f64;
    Some(format!("left: {}%", Decimal(part * 100.0)))
}

/// What a key does on the strip.
fn key(event: &KeyboardEvent, props: &StripProps) -> Option<Act> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let TimeView {
        now, end, until, ..
    } = props.time;
    let ran = until.unwrap_or(end).max(end).0;
    let tenth = ran / 10;
    Some(match (event.key().as_str(), event.shift_key()) {
        ("ArrowLeft" | "ArrowDown", true) => jump(props.selected, true),
        ("ArrowRight" | "ArrowUp", true) => jump(props.selected, false),
        ("ArrowLeft" | "ArrowDown", false) => Act::StepBack,
        ("ArrowRight" | "ArrowUp", false) => Act::Step,
        ("PageDown", _) => Act::Seek(Time(now.0.saturating_sub(tenth))),
        ("PageUp", _) => Act::Seek(Time((now.0 + tenth).min(ran.max(now.0)))),
        ("Home", _) => Act::Seek(Time::ZERO),
        ("End", _) => Act::SeekEnd,
        _ => return None,
    })
}

/// What the pointer does with the playhead.
#[derive(Default)]
struct Drag {
    /// Where it holds the playhead.
    held: Option<Time>,
    /// Where it last asked to go, until that is reached.
    sought: Option<Time>,
    /// Whether time ran before.
    played: bool,
    /// Where the playhead is drawn.
    drawn: f64,
}

/// The pointer on the strip.
#[derive(Clone)]
struct Pointer {
    drag: Rc<RefCell<Drag>>,
    axis: Time,
    props: StripProps,
}

impl Pointer {
    /// It takes the playhead; says whether it does.
    fn takes(&self, event: &PointerEvent, track: &NodeRef) -> bool {
        let Some(track) = track.cast::<Element>().filter(|_| event.button() == 0) else {
            return false;
        };
        if track.set_pointer_capture(event.pointer_id()).is_err() {
            return false;
        }
        let mut drag = self.drag.borrow_mut();
        drag.held = Some(self.time(part(event, &track)));
        drag.sought = None;
        drag.played = self.props.playing;
        drop(drag);
        if self.props.playing {
            self.props.on_act.emit(Act::Halt);
        }
        true
    }

    /// It moves, with the playhead if it holds that; the tip says where it is.
    fn moves(&self, event: &PointerEvent, track: &NodeRef, tip: &NodeRef) {
        let Some((track, tip)) = track.cast::<Element>().zip(tip.cast::<HtmlElement>()) else {
            return;
        };
        let part = part(event, &track);
        let there = self.time(part);
        if let Some(held) = &mut self.drag.borrow_mut().held {
            *held = there;
        }
        tip.set_text_content(Some(&there.to_string()));
        set_style(&tip, "left", &format!("{}%", Decimal(part * 100.0)));
    }

    /// It lets go of the playhead: time goes on from there if it ran before.
    fn leaves(&self) {
        let mut drag = self.drag.borrow_mut();
        let Some(there) = drag.held.take() else {
            return;
        };
        let played = drag.played;
        let seek = drag.sought.replace(there) != Some(there);
        drop(drag);
        if seek {
            self.props.on_act.emit(Act::Seek(there));
        }
        if played && self.props.time.until.is_none_or(|until| there < until) {
            self.props.on_act.emit(Act::Play);
        }
    }

    fn time(&self, part: f64) -> Time {
        Time((part * self.axis.0 as f64) as u64)
    }
}

/// Where on the track the pointer is: 0 at the left edge, 1 at the right.
fn part(event: &PointerEvent, track: &Element) -> f64 {
    let track = track.get_bounding_client_rect();
    let part = (f64::from(event.client_x()) - track.left()) / track.width().max(1.0);
    part.clamp(0.0, 1.0)
}

/// Draws the picture, again only when something in it has changed.
#[hook]
fn use_picture(props: &StripProps, canvas: &NodeRef, axis: Time) {
    let theme = use_theme();
    let size = use_size(canvas);
    let TimeView { end, branches, .. } = &props.time;
    let shown = branches.iter().find(|branch| branch.shown);
    // While time runs, only what is a pixel of the screen further is seen.
    let pixels = size.map_or(0.0, |(width, _)| 2.0 * width);
    let column = (end.0 as f64 / axis.0 as f64 * pixels) as u64;
    let last = (!props.playing).then(|| (*end, props.strip.0.changes()));
    let ground = size.map(|size| Ground {
        run: props.strip.0.run(),
        branch: shown.map(|branch| branch.id),
        nodes: props.strip.0.nodes(),
        theme,
        size,
        axis,
    });
    let (end, canvas) = (*end, canvas.clone());
    let picture = use_mut_ref(Picture::default);
    use_effect_with(
        (props.strip.clone(), ground, column, last),
        move |(strip, ground, ..)| {
            if let Some((canvas, ground)) = canvas.cast::<HtmlCanvasElement>().zip(ground.as_ref())
            {
                picture.borrow_mut().draw(ground, &*strip.0, end, &canvas);
            }
        },
    );
}

/// Moves the playhead frame by frame, and time to where it is held: a frame asks for the latest
/// place only.
#[hook]
fn use_playhead(props: &StripProps, axis: Time) -> (Rc<RefCell<Drag>>, NodeRef) {
    let (drag, head) = (use_mut_ref(Drag::default), use_node_ref());
    let under_way = props.time.under_way.is_some();
    let parts = (props.moving.clone(), props.on_act.clone(), axis, under_way);
    let frame = use_callback(parts, {
        let (drag, head) = (drag.clone(), head.clone());
        move |_: f64, (moving, on_act, axis, under_way)| {
            let mut now = drag.borrow_mut();
            let seek = now.held.filter(|held| now.sought != Some(*held));
            if now.held.is_some() {
                now.sought = now.held;
            } else if !under_way {
                now.sought = None;
            }
            let at = now.sought.map_or_else(|| moving.0.now(), |at| at.0 as f64);
            let drawn = (at / axis.0 as f64).min(1.0);
            let moved = std::mem::replace(&mut now.drawn, drawn) != drawn;
            drop(now);
            if let Some(head) = head.cast::<HtmlElement>().filter(|_| moved) {
                let to = format!("translateX({}%)", Decimal(drawn * 100.0));
                set_style(&head, "transform", &to);
            }
            if let Some(there) = seek {
                on_act.emit(Act::Seek(there));
            }
        }
    });
    use_frames(frame);
    (drag, head)
}

fn set_style(element: &HtmlElement, name: &str, value: &str) {
    // It fails only for a style that is read-only.
    let _ = element.style().set_property(name, value);
}
