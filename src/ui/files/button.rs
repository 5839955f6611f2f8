//! The button of the run's menu. What is behind it is loaded as soon as somebody does something to the
//! page: links, files and what is remembered of the run.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::EventTarget;
use yew::prelude::*;

use crate::raft::NodeId;
use crate::ui::act::Act;
use crate::ui::hooks::RUN;
use crate::ui::parts::{Later, Part};
use crate::ui::picture;
use crate::ui::session::SessionHandle;
use crate::ui::text::{FilesTexts, use_texts};

use super::drop::use_drop;
use super::memory;
use super::run_menu::{Run, RunProps};

/// Properties of [`RunMenu`].
#[derive(Clone, Properties, PartialEq)]
pub(crate) struct RunMenuProps {
    /// The session.
    pub(crate) session: SessionHandle,
    /// The selected node.
    pub(crate) selected: Option<NodeId>,
    /// Selects another.
    pub(crate) on_select: Callback<Option<NodeId>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
    /// Whether the run plays a trace.
    pub(crate) is_trace: bool,
    /// Whether time runs.
    pub(crate) playing: bool,
    /// Whether there is another run to go back to.
    pub(crate) has_last: bool,
    /// Saves a picture, or says that there is none.
    pub(crate) on_picture: Callback<(picture::Format, Callback<()>)>,
}

/// The button, and what is behind it.
#[component]
pub(crate) fn RunMenu(props: &RunMenuProps) -> Html {
    let texts = use_texts().files;
    let button = use_node_ref();
    let menu = use_state_eq(|| false);
    let pressed = use_mut_ref(|| false);
    let dropped = use_state_eq(|| None);
    let on_drop = use_callback(dropped.setter(), |files, dropped| dropped.set(Some(files)));
    let over = use_drop(on_drop);
    let (is_told, wanted) = use_wanted();
    let run = RunProps {
        given: props.clone(),
        is_told,
        button: button.clone(),
        menu: menu.clone(),
        dropped,
    };
    let content = Callback::from(move |()| html! { <Run ..run.clone() /> });
    html! {
        <div class="run-menu">
            { menu_button(&menu, &pressed, &button, texts) }
            <Later part={Part::Run} quiet=true {wanted} {content} />
            if over { <div class="drop-here"><p>{ texts.drop_here() }</p></div> }
        </div>
    }
}

/// Whether something told of a run, or of how to show it, when the page was opened; and whether what is
/// behind the button is wanted, which it is then, or once somebody has done something: what only runs by
/// itself is not worth remembering.
#[hook]
fn use_wanted() -> (bool, bool) {
    let is_told = *use_state_eq(memory::is_told);
    let wanted = use_state_eq(|| is_told);
    let begin = wanted.setter();
    use_effect_with(*wanted, move |&wanted| {
        let listeners = (!wanted).then(|| {
            let window = web_sys::window();
            let document = window.as_ref().and_then(web_sys::Window::document);
            let listen = |target: &EventTarget, event: &'static str| {
                let begin = begin.clone();
                EventListener::new(target, event, move |_| begin.set(true))
            };
            let link = window.map(|window| listen(&window, "hashchange"));
            let input = document.map(|document| {
                ["pointerdown", "keydown", "dragenter"].map(|event| listen(&document, event))
            });
            (link, input)
        });
        move || drop(listeners)
    });
    (is_told, *wanted)
}

fn menu_button(
    menu: &UseStateHandle<bool>,
    pressed: &Rc<RefCell<bool>>,
    button: &NodeRef,
    texts: FilesTexts,
) -> Html {
    let open = **menu;
    // A press beside an open menu closes it: a press on this button, too, which is not to open it again.
    let onpointerdown = {
        let pressed = pressed.clone();
        move |_: PointerEvent| *pressed.borrow_mut() = open
    };
    let onclick = {
        let (menu, pressed) = (menu.clone(), pressed.clone());
        move |_: MouseEvent| menu.set(!pressed.replace(false))
    };
    html! {
        <button ref={button} id={RUN} type="button" class="quiet" aria-haspopup="menu" aria-label={texts.title()}
            aria-expanded={open.to_string()} {onpointerdown} {onclick}>
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 1 4 5l1 1 2.3-2.3V10h1.4V3.7L11 6l1-1zM2 8v6.5h12V8h-1.4v5.1H3.4V8z" />
            </svg>
            <span>{ texts.title() }</span>
        </button>
    }
}
