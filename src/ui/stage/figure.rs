//! The figure itself: the standing things, the canvas of the moving ones over them, and what floats
//! above both. Clicks that no node takes are for a message under them, then for a link.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::band::Band;
use super::draft::Draft;
use super::geometry::Layout;
use super::links::{Links, parse};
use super::menu::focus;
use super::moves::{Moves, Scene, hit};
use super::node::Node;
use super::outside::Outside;
use super::point::Point;
use super::popup::{Floating, FloatingProps, Popup};
use super::press::{Press, viewport};
use super::text::StageText;
use super::theme::{use_reduced_motion, use_theme};
use crate::raft::NodeId;
use crate::ui::act::Act;
use crate::ui::parts::{Later, Part};
use crate::ui::picture::Camera;
use crate::ui::selection::Selection;
use crate::ui::text::{Decimal, use_lang};
use crate::ui::view::{MovingRef, NodeView, OperationView, Still};

/// How near a click must be to a message, by mouse and by finger.
const REACH: (f64, f64) = (14.0, 24.0);

/// Props of [`Figure`].
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The nodes.
    pub nodes: Rc<[NodeView]>,
    /// What is cut.
    pub cuts: Rc<[(NodeId, NodeId)]>,
    /// Where everything stands.
    pub layout: Rc<Layout>,
    /// The newest operation.
    pub operation: Option<OperationView>,
    /// What moves.
    pub moving: MovingRef,
    /// Whether time runs.
    pub running: bool,
    /// The moment, when time stands.
    pub still: Option<Still>,
    /// The selected node.
    pub selected: Option<NodeId>,
    /// Another selection.
    pub on_select: Callback<Option<NodeId>>,
    /// The selected message.
    pub message: Option<u64>,
    /// A message or an operation on its way is selected.
    pub(crate) on_flight: Callback<Selection>,
    /// What the user does.
    pub on_act: Callback<Act>,
    /// The groups being chosen, if they are.
    pub draft: Option<Draft>,
    /// Other groups.
    pub on_draft: Callback<Draft>,
    /// What floats.
    pub popup: UseStateHandle<Option<Popup>>,
    /// The run's seed.
    pub seed: u64,
    /// What takes pictures of it.
    pub camera: Camera,
}

/// The figure.
#[function_component]
pub fn Figure(props: &FigureProps) -> Html {
    let lang = use_lang();
    let (theme, reduced) = (use_theme(), use_reduced_motion());
    let root = use_node_ref();
    let dragged = use_state_eq(|| None::<(NodeId, Point)>);
    let layout = &props.layout;
    let choosing = props.draft.is_some();
    let on_press = use_on_press(props, root.clone(), dragged.clone());
    // The note of a message is opened by whoever selects it.
    let noted = (*props.popup).as_ref().and_then(Popup::selection);
    use_effect_with((noted, props.on_flight.clone()), |(noted, on_flight)| {
        if let Some(noted) = noted {
            on_flight.emit(*noted);
        }
    });
    let on_gone = use_callback(props.popup.clone(), |(), popup| {
        popup.set((**popup).clone().map(Popup::gone));
    });
    let scene = Scene {
        moving: props.moving.clone(),
        layout: layout.clone(),
        theme,
        reduced,
    };
    let standing = use_shown(&props.camera, &scene);
    let links = |broken: bool| {
        html! { <Links layout={layout.clone()} cuts={props.cuts.clone()} {choosing} {broken} /> }
    };
    let node = |node: &NodeView| {
        let at = layout.node(node.id)?;
        let by = dragged.filter(|(id, _)| *id == node.id);
        let at = by.map_or(at, |(_, by)| Point::new(at.x + by.x, at.y + by.y));
        Some(html! {
            <Node key={node.id.number()} node={node.clone()} {at} disc={layout.disc} {choosing} side={layout.side(node.id)}
                tight={layout.tight}
                selected={props.selected == Some(node.id)} group={layout.group_of(node.id)}
                on_press={on_press.clone()} />
        })
    };
    let view_box = format!("0 0 {} {}", Decimal(layout.width), Decimal(layout.height));
    html! {
        <div ref={root.clone()} class="stage-sheet" onclick={on_click(props, root)}>
            <svg ref={standing} viewBox={view_box} role="group" aria-label={StageText::Nodes.get(lang)}>
                { links(true) }
                <Band layout={layout.clone()} />
                { links(false) }
                <Outside layout={layout.clone()} operation={props.operation.clone()} />
                { for props.nodes.iter().filter_map(node) }
            </svg>
            <Moves {scene} {on_gone}
                selected={(*props.popup).as_ref().and_then(Popup::message).or(props.message)}
                running={props.running} still={props.still} />
            { floating(props) }
        </div>
    }
}

/// What floats, as soon as it is here.
fn floating(props: &FigureProps) -> Html {
    let floating = FloatingProps {
        popup: props.popup.clone(),
        nodes: props.nodes.clone(),
        cuts: props.cuts.clone(),
        moving: props.moving.clone(),
        seed: props.seed,
        selected: props.selected,
        on_select: props.on_select.clone(),
        on_act: props.on_act.clone(),
    };
    let wanted = floating.popup.is_some();
    let content = Callback::from(move |()| html! { <Floating ..floating.clone() /> });
    let popup = props.popup.setter();
    let on_dismiss = Callback::from(move |()| popup.set(None));
    html! { <Later part={Part::Menus} quiet=true {wanted} {content} {on_dismiss} /> }
}

/// Shows the camera what is drawn; gives the reference for what stands.
#[hook]
fn use_shown(camera: &Camera, scene: &Scene) -> NodeRef {
    let standing = use_node_ref();
    let shown = (camera.clone(), scene.clone(), standing.clone());
    use_effect_with(shown, |(camera, scene, standing)| {
        camera.show(standing.clone(), scene.clone());
    });
    standing
}

/// What a press on a node does; the same as long as it does the same, so that a node is rendered
/// again only when it has changed.
#[hook]
fn use_on_press(
    props: &FigureProps,
    root: NodeRef,
    dragged: UseStateHandle<Option<(NodeId, Point)>>,
) -> Callback<(NodeId, Press)> {
    let presses = Presses {
        root,
        dragged,
        layout: props.layout.clone(),
        draft: props.draft.clone(),
        on_draft: props.on_draft.clone(),
        popup: props.popup.clone(),
        on_select: props.on_select.clone(),
        on_act: props.on_act.clone(),
    };
    use_callback(presses, |(id, press), presses| presses.press(id, press))
}

/// What a press on a node depends on.
#[derive(PartialEq)]
struct Presses {
    root: NodeRef,
    dragged: UseStateHandle<Option<(NodeId, Point)>>,
    layout: Rc<Layout>,
    draft: Option<Draft>,
    on_draft: Callback<Draft>,
    popup: UseStateHandle<Option<Popup>>,
    on_select: Callback<Option<NodeId>>,
    on_act: Callback<Act>,
}

impl Presses {
    fn press(&self, id: NodeId, press: Press) {
        match (press, &self.draft) {
            (Press::Activate, Some(draft)) => self.on_draft.emit(draft.toggled(id)),
            (Press::Activate, None) => {
                self.popup.set(None);
                self.on_select.emit(Some(id));
                self.on_act.emit(Act::Click(id));
            }
            (Press::Menu(at), None) => {
                // A finger's long press gives no focus, and the menu gives it back to what had it.
                focus_node(&self.root, id);
                let at = at.and_then(|at| inside(&self.root, at));
                let node = || Some(self.layout.node(id)?.times(self.layout.scale));
                let at = at.or_else(node);
                self.popup.set(at.map(|at| Popup::Node(id, at)));
            }
            (Press::Drag(by), Some(_)) => {
                let by = by.times(1.0 / self.layout.scale);
                self.dragged.set(Some((id, by)));
            }
            (Press::Drop, Some(draft)) => {
                if let Some((_, by)) = *self.dragged {
                    self.on_draft.emit(dropped(draft, &self.layout, id, by));
                }
                self.dragged.set(None);
            }
            (Press::Menu(_), Some(_)) | (Press::Drag(_) | Press::Drop, None) => {}
        }
    }
}

fn focus_node(root: &NodeRef, id: NodeId) {
    let selector = format!("[data-node='{}']", id.number());
    let node = root
        .cast::<Element>()
        .and_then(|root| root.query_selector(&selector).ok()?);
    if let Some(node) = node {
        focus(&node);
    }
}

/// A dragged node joins the group of the node that it was dropped nearest to.
fn dropped(draft: &Draft, layout: &Layout, id: NodeId, by: Point) -> Draft {
    let Some(from) = layout.node(id) else {
        return draft.clone();
    };
    let to = Point::new(from.x + by.x, from.y + by.y);
    let others = layout.seats.iter().filter(|(other, _)| *other != id);
    let nearest = others.min_by(|(_, a), (_, b)| to.distance(*a).total_cmp(&to.distance(*b)));
    match nearest {
        Some(&(other, _)) => draft.with(id, draft.group(other)),
        None => draft.clone(),
    }
}

/// What a click beside the nodes does: it opens the note of a message, or the menu of a link, or
/// closes what floats.
fn on_click(props: &FigureProps, root: NodeRef) -> Callback<MouseEvent> {
    let (moving, layout) = (props.moving.clone(), props.layout.clone());
    let (popup, choosing) = (props.popup.clone(), props.draft.is_some());
    Callback::from(move |event: MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let within = |selector| target.as_ref().and_then(|it| it.closest(selector).ok()?);
        if within(".stage-menu, .stage-note").is_some() {
            return;
        }
        let Some(point) = inside(&root, viewport(&event)) else {
            return;
        };
        let scale = layout.scale;
        let drawn = point.times(1.0 / scale);
        let message = hit(&*moving.0, &layout, drawn, reach(&event) / scale);
        let link = within("[data-link]")
            .filter(|_| !choosing)
            .and_then(|link| parse(&link.get_attribute("data-link")?));
        popup.set(match (message, link) {
            (Some((flight, at)), _) => Some(Popup::Note {
                flight,
                at: at.times(scale),
                gone: false,
            }),
            (None, Some((one, other))) => Some(Popup::Link(one, other, point)),
            (None, None) => None,
        });
    })
}

/// How near a click must be: browsers send clicks as pointer events, which know a finger.
fn reach(event: &MouseEvent) -> f64 {
    let pointer = event.dyn_ref::<PointerEvent>();
    match pointer.map(PointerEvent::pointer_type).as_deref() {
        Some("touch") => REACH.1,
        _ => REACH.0,
    }
}

/// A point of the viewport, from the figure's corner.
fn inside(root: &NodeRef, at: Point) -> Option<Point> {
    let sheet = root.cast::<Element>()?.get_bounding_client_rect();
    Some(Point::new(at.x - sheet.left(), at.y - sheet.top()))
}
