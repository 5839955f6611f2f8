//! What floats over the figure: the menu of a node or a link, a list of links or messages, the note
//! of a message. One at a time.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::course::CourseForm;
use super::geometry::Layout;
use super::links::pairs;
use super::menu::{Item, Menu, focus};
use super::menu_text::MenuText;
use super::menus::{Choice, link_name, of_link, of_node_menu};
use super::moves::between_nodes;
use super::note::{Note, in_a_line};
use super::point::Point;
use super::text::StageText;
use crate::raft::NodeId;
use crate::sim::Course;
use crate::ui::act::Act;
use crate::ui::selection::Selection;
use crate::ui::text::{Lang, use_lang};
use crate::ui::view::{Flight, Look, Moving, MovingRef, NodeView};

/// The most messages in the list: more than anyone reads.
const LISTED_MAX: usize = 60;

/// What floats, at a point in pixels of the page from the figure's corner.
#[derive(Clone, PartialEq)]
pub enum Popup {
    /// The menu of a node.
    Node(NodeId, Point),
    /// The menu of a link.
    Link(NodeId, NodeId, Point),
    /// The links, to choose one.
    Links(Vec<(NodeId, NodeId)>, Point),
    /// The messages that were in flight, to choose one.
    Messages(Vec<(Flight, Point)>, Point),
    /// What a load or a chaos is to be.
    Course(Course),
    /// The note of a message.
    Note {
        /// The message.
        flight: Flight,
        /// Where it was.
        at: Point,
        /// Whether it has arrived or died since.
        gone: bool,
    },
}

impl Popup {
    /// The list of all links, over the toolbar.
    pub fn links(layout: &Layout) -> Self {
        Self::Links(pairs(layout).collect(), over_toolbar(layout))
    }

    /// The list of the messages in flight, over the toolbar.
    pub fn messages(moving: &dyn Moving, layout: &Layout) -> Self {
        let mut all = between_nodes(moving, layout);
        all.truncate(LISTED_MAX);
        for (_, at) in &mut all {
            *at = at.times(layout.scale);
        }
        Self::Messages(all, over_toolbar(layout))
    }

    /// The message whose note it is, while it is on its way.
    pub fn message(&self) -> Option<u64> {
        match self {
            Self::Note {
                flight,
                gone: false,
                ..
            } => Some(flight.id),
            _ => None,
        }
    }

    /// The message between nodes whose note it is, or the operation.
    pub(crate) fn selection(&self) -> Option<Selection> {
        match self {
            Self::Note { flight, .. } => Some(match flight.look {
                Look::Operation { number, .. } => Selection::Operation(number),
                _ => Selection::Message(flight.id),
            }),
            _ => None,
        }
    }

    /// The same, when its message is no longer on its way.
    pub fn gone(self) -> Self {
        match self {
            Self::Note { flight, at, .. } => Self::Note {
                flight,
                at,
                gone: true,
            },
            other => other,
        }
    }
}

fn over_toolbar(layout: &Layout) -> Point {
    Point::new(8.0, layout.height * layout.scale)
}

/// Props of [`Floating`].
#[derive(Properties, PartialEq, Clone)]
pub struct FloatingProps {
    /// What floats.
    pub popup: UseStateHandle<Option<Popup>>,
    /// The nodes.
    pub nodes: Rc<[NodeView]>,
    /// What is cut.
    pub cuts: Rc<[(NodeId, NodeId)]>,
    /// What moves.
    pub moving: MovingRef,
    /// The run's seed.
    pub seed: u64,
    /// The selected node.
    pub selected: Option<NodeId>,
    /// Another selection.
    pub on_select: Callback<Option<NodeId>>,
    /// What the user does.
    pub on_act: Callback<Act>,
}

/// What floats over the figure now, if anything; the focus goes back to what had it before.
#[function_component]
pub fn Floating(props: &FloatingProps) -> Html {
    let lang = use_lang();
    let opener = use_opener(props.popup.is_some());
    let close = {
        let popup = props.popup.clone();
        Callback::from(move |back: bool| {
            if let Some(element) = opener.borrow().as_ref().filter(|_| back) {
                focus(element);
            }
            popup.set(None);
        })
    };
    match &*props.popup {
        None => Html::default(),
        Some(Popup::Node(id, at)) => match props.nodes.iter().find(|node| node.id == *id) {
            Some(node) => {
                let selected = props.selected == Some(*id);
                let items = of_node_menu(node, &props.nodes, &props.cuts, selected, lang);
                choices(props, id.to_string(), *at, items, close)
            }
            None => Html::default(),
        },
        Some(Popup::Link(one, other, at)) => {
            let items = of_link(*one, *other, &props.cuts, lang);
            choices(props, link_name(*one, *other, lang), *at, items, close)
        }
        Some(Popup::Links(links, at)) => links_list(props, links, *at, close, lang),
        Some(Popup::Messages(all, at)) => messages_list(props, all, *at, close, lang),
        Some(Popup::Course(course)) => {
            let (moving, seed) = (props.moving.clone(), props.seed);
            let on_act = props.on_act.clone();
            html! { <CourseForm course={*course} {moving} {seed} {on_act} on_close={close} /> }
        }
        Some(Popup::Note { flight, at, gone }) => {
            let act = props.on_act.clone();
            let then = close.clone();
            let on_drop = Callback::from(move |id| {
                act.emit(Act::DropMessage(id));
                then.emit(true);
            });
            let on_close = close.reform(|()| true);
            html! { <Note flight={flight.clone()} at={*at} gone={*gone} {on_drop} {on_close} /> }
        }
    }
}

/// What had the focus when something first floated.
#[hook]
fn use_opener(open: bool) -> Rc<RefCell<Option<Element>>> {
    let opener = use_mut_ref(|| None::<Element>);
    let was = use_mut_ref(|| false);
    // While rendering: once the menu is in the page, it has the focus.
    if open && !was.replace(open) {
        let page = web_sys::window().and_then(|window| window.document());
        *opener.borrow_mut() = page.and_then(|page| page.active_element());
    }
    was.replace(open);
    opener
}

/// A menu each of whose items is a choice.
fn choices(
    props: &FloatingProps,
    label: String,
    at: Point,
    all: Vec<(Item, Choice)>,
    on_close: Callback<bool>,
) -> Html {
    let (items, choices): (Vec<Item>, Vec<Choice>) = all.into_iter().unzip();
    let (act, select, close) = (
        props.on_act.clone(),
        props.on_select.clone(),
        on_close.clone(),
    );
    let on_pick = Callback::from(move |index: usize| {
        match choices.get(index) {
            Some(Choice::Act(then)) => act.emit(then.clone()),
            Some(Choice::Select(then)) => select.emit(*then),
            None => {}
        }
        close.emit(true);
    });
    html! { <Menu {label} {at} {items} {on_pick} {on_close} /> }
}

fn links_list(
    props: &FloatingProps,
    links: &[(NodeId, NodeId)],
    at: Point,
    on_close: Callback<bool>,
    lang: Lang,
) -> Html {
    let name = |&(one, other): &(NodeId, NodeId)| Item::new(link_name(one, other, lang), None);
    let items: Vec<Item> = links.iter().map(name).collect();
    let (links, popup) = (links.to_vec(), props.popup.clone());
    let on_pick = Callback::from(move |index: usize| {
        popup.set(
            links
                .get(index)
                .map(|&(one, other)| Popup::Link(one, other, at)),
        );
    });
    html! { <Menu label={StageText::Links.get(lang)} {at} {items} {on_pick} {on_close} /> }
}

fn messages_list(
    props: &FloatingProps,
    all: &[(Flight, Point)],
    at: Point,
    on_close: Callback<bool>,
    lang: Lang,
) -> Html {
    let none = all.is_empty().then(|| {
        let text = MenuText::NoMessages.get(lang);
        Item::new(text, Some(text.to_owned()))
    });
    let name = |(flight, _): &(Flight, Point)| Item::new(in_a_line(flight, lang), None);
    let items: Vec<Item> = all.iter().map(name).chain(none).collect();
    let (all, popup) = (all.to_vec(), props.popup.clone());
    let on_pick = Callback::from(move |index: usize| {
        let chosen = all.get(index).cloned();
        popup.set(chosen.map(|(flight, at)| Popup::Note {
            flight,
            at,
            gone: false,
        }));
    });
    html! { <Menu label={StageText::Messages.get(lang)} {at} {items} {on_pick} {on_close} /> }
}
