//! The stage: the cluster as a figure, and what can be done to it with a click.
//!
//! What stands (nodes, links, bands, the client and the proxy) is SVG through Yew and is rendered
//! when it changes; what moves is drawn on one canvas over it (`moves`). The page mounts [`Stage`],
//! gives it what it shows, and hears of [`Act`]s.

mod band;
mod choosing;
mod course;
mod draft;
mod figure;
mod geometry;
mod links;
mod menu;
mod menu_text;
mod menus;
mod moves;
mod node;
mod note;
mod number;
mod opened;
mod outside;
mod paint;
mod pen;
mod point;
mod popup;
mod press;
mod text;
mod theme;
mod toolbar;

pub(crate) use geometry::Side;
pub(crate) use menu::{Item, focus};
pub(crate) use moves::context;
pub use moves::{Scene, paint};
pub(crate) use node::Node;
pub(crate) use number::{NumberField, millis, percent, span_of_millis};
pub(crate) use opened::Menu;
pub(crate) use paint::Brush;
pub(crate) use pen::CanvasPen;
pub use pen::{Anchor, Pen, Words};
pub use point::Point;
pub(crate) use text::cluster;
pub use text::role;
pub(crate) use theme::ON_TERM;
pub(crate) use theme::{Theme, use_size, use_theme};

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use choosing::{Choosing, ChoosingProps};
use draft::Draft;
use figure::Figure;
use geometry::Layout;
use popup::Popup;
use text::StageText;
use toolbar::Toolbar;

use super::act::Act;
use super::hooks::{CLUSTER, focus_from};
use super::parts::{Later, Part};
use super::picture::Camera;
use super::selection::Selection;
use super::text::use_lang;
use super::view::{MovingRef, NODES_MAX, NodeView, OperationView, RoleView, Still};
use crate::raft::{NodeId, NodeSet};
use crate::sim::NetworkConfig;

/// The figure's size before it has been measured.
const UNMEASURED: (f64, f64) = (640.0, 480.0);

/// Props of [`Stage`].
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The nodes, in order of their numbers.
    pub nodes: Rc<[NodeView]>,
    /// What is cut, each in one direction.
    pub cuts: Rc<[(NodeId, NodeId)]>,
    /// The groups of the partition in force.
    pub groups: Rc<[NodeSet]>,
    /// The newest operation of the clients.
    #[prop_or_default]
    pub operation: Option<OperationView>,
    /// The conditions of the network now.
    pub network: NetworkConfig,
    /// Whether a load is under way, and whether chaos reigns.
    pub under_way: [bool; 2],
    /// The run's seed.
    pub seed: u64,
    /// What moves.
    pub moving: MovingRef,
    /// Whether time runs: only then is a frame drawn after the other.
    pub running: bool,
    /// The moment: at another one what moves is drawn anew though time stands.
    pub still: Still,
    /// The selected node.
    pub selected: Option<NodeId>,
    /// Another node is selected, or none.
    pub on_select: Callback<Option<NodeId>>,
    /// The selected message.
    pub message: Option<u64>,
    /// A message or an operation on its way is selected.
    pub(crate) on_flight: Callback<Selection>,
    /// What the user does.
    pub on_act: Callback<Act>,
    /// What takes pictures of it.
    pub camera: Camera,
    /// What stands under the figure.
    #[prop_or_default]
    pub caption: Html,
}

/// The region `Cluster`.
#[function_component]
pub fn Stage(props: &StageProps) -> Html {
    let lang = use_lang();
    let frame = use_node_ref();
    let partition = use_node_ref();
    let (width, height) = use_size(&frame).unwrap_or(UNMEASURED);
    let draft = use_state_eq(|| None::<Draft>);
    let popup = use_state_eq(|| None::<Popup>);
    // A new run may have other nodes.
    let choosing = (*draft)
        .clone()
        .filter(|draft| draft.is_about(&props.nodes));
    let layout = use_layout(props, choosing.as_ref(), width, height);
    use_focus_back(&partition, choosing.is_some());

    let on_key = {
        let (draft, popup, select) = (draft.clone(), popup.clone(), props.on_select.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() != "Escape" {
                return;
            }
            match (&*popup, &*draft) {
                (Some(_), _) => popup.set(None),
                (None, Some(_)) => draft.set(None),
                (None, None) => {
                    // What has the focus may go with the sentence on what is selected.
                    focus_from(".caption", &[CLUSTER]);
                    return select.emit(None);
                }
            }
            // What is selected stays so.
            event.prevent_default();
        })
    };
    let on_draft = use_callback(draft.setter(), |then: Draft, draft| draft.set(Some(then)));
    // While time runs every frame is drawn anyway, and the figure need not hear of every event.
    let still = (!props.running).then_some(props.still);
    html! {
        <section class="stage" aria-label={StageText::Cluster.get(lang)} onkeydown={on_key}>
            <div ref={frame} class="stage-figure">
                <Figure nodes={props.nodes.clone()} cuts={props.cuts.clone()} layout={layout.clone()}
                    operation={props.operation.clone()} moving={props.moving.clone()}
                    running={props.running} {still} selected={props.selected}
                    on_select={props.on_select.clone()} message={props.message}
                    on_flight={props.on_flight.clone()} on_act={props.on_act.clone()}
                    draft={choosing.clone()} on_draft={on_draft.clone()} popup={popup.clone()}
                    seed={props.seed} camera={props.camera.clone()} />
            </div>
            { props.caption.clone() }
            if let Some(now) = choosing {
                { choosing_groups(props, now, on_draft, draft) }
            } else {
                { toolbar(props, &layout, partition, draft, popup) }
            }
        </section>
    }
}

/// The layout, worked out again only when what it depends on has changed.
#[hook]
fn use_layout(props: &StageProps, choosing: Option<&Draft>, width: f64, height: f64) -> Rc<Layout> {
    let ids: Vec<NodeId> = props.nodes.iter().map(|node| node.id).collect();
    let groups = match choosing {
        Some(draft) => draft.groups(),
        None => props.groups.to_vec(),
    };
    let scale = use_theme().figure;
    use_memo(
        (scale, (width, height), ids, groups),
        |(scale, size, ids, groups)| Layout::scaled(*scale, *size, ids, groups),
    )
}

/// Gives the focus back to the button `Partition` once the groups have been chosen or not.
#[hook]
fn use_focus_back(partition: &NodeRef, choosing: bool) {
    let was = use_mut_ref(|| false);
    let partition = partition.clone();
    use_effect_with(choosing, move |&choosing| {
        let ended = was.replace(choosing) && !choosing;
        if let Some(button) = partition.cast::<Element>().filter(|_| ended) {
            focus(&button);
        }
    });
}

fn choosing_groups(
    props: &StageProps,
    now: Draft,
    on_change: Callback<Draft>,
    draft: UseStateHandle<Option<Draft>>,
) -> Html {
    let on_cancel = {
        let draft = draft.clone();
        Callback::from(move |()| draft.set(None))
    };
    let act = props.on_act.clone();
    let on_apply = Callback::from(move |sets| {
        draft.set(None);
        act.emit(Act::Partition(sets));
    });
    let choosing = ChoosingProps {
        draft: now,
        on_change,
        on_apply,
        on_cancel: on_cancel.clone(),
    };
    let content = Callback::from(move |()| html! { <Choosing ..choosing.clone() /> });
    html! { <Later part={Part::Menus} quiet=true {content} on_dismiss={on_cancel} /> }
}

/// Why no server can be added now, if none can.
fn no_server(nodes: &[NodeView]) -> Option<StageText> {
    if nodes.len() >= NODES_MAX {
        return Some(StageText::NoMoreServers);
    }
    let leader = nodes.iter().any(|node| node.role == RoleView::Leader);
    (!leader).then_some(StageText::NobodyAdds)
}

fn toolbar(
    props: &StageProps,
    layout: &Rc<Layout>,
    partition: NodeRef,
    draft: UseStateHandle<Option<Draft>>,
    popup: UseStateHandle<Option<Popup>>,
) -> Html {
    let on_partition = {
        let (nodes, groups) = (props.nodes.clone(), props.groups.clone());
        let popup = popup.clone();
        Callback::from(move |()| {
            popup.set(None);
            draft.set(Some(Draft::new(&nodes, &groups)));
        })
    };
    let on_links = {
        let (popup, layout) = (popup.clone(), layout.clone());
        Callback::from(move |()| popup.set(Some(Popup::links(&layout))))
    };
    let on_messages = {
        let (layout, moving) = (layout.clone(), props.moving.clone());
        let popup = popup.clone();
        Callback::from(move |()| popup.set(Some(Popup::messages(&*moving.0, &layout))))
    };
    let on_course = Callback::from(move |course| popup.set(Some(Popup::Course(course))));
    html! {
        <Toolbar {on_course} under_way={props.under_way} network={props.network} can_part={props.nodes.len() > 1}
            no_server={no_server(&props.nodes)} {partition} {on_partition}
            {on_links} {on_messages} on_act={props.on_act.clone()} />
    }
}
