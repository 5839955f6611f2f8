//! The menu of the run: what can be done with it as a whole.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::raft::NodeId;
use crate::scenario::export;
use crate::ui::act::Act;
use crate::ui::hooks::RUN;
use crate::ui::parts::{Later, Part};
use crate::ui::picture;
use crate::ui::session::SessionHandle;
use crate::ui::stage::{Item, Menu, Point};
use crate::ui::text::{FilesTexts, Texts, use_texts};

use super::drop::use_drop;
use super::note::Noted;
use super::work::{Work, use_links, use_work};

/// Properties of [`RunMenu`].
#[derive(Properties, PartialEq)]
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

/// What the menu offers, in its order, and whether a group begins with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    CopyLink,
    LastRun,
    Open,
    Save,
    Edit,
    Export(export::Format),
    Picture(picture::Format),
}

impl Choice {
    const ALL: [(Self, bool); 9] = [
        (Self::CopyLink, false),
        (Self::LastRun, true),
        (Self::Open, false),
        (Self::Save, false),
        (Self::Edit, false),
        (Self::Export(export::Format::JsonLines), true),
        (Self::Export(export::Format::ShiViz), false),
        (Self::Picture(picture::Format::Svg), true),
        (Self::Picture(picture::Format::Png), false),
    ];

    fn item(self, now: Now, texts: &Texts) -> Item {
        let barred = match self {
            Self::CopyLink | Self::Save | Self::Edit if now.is_trace => Some(texts.files.is_trace),
            Self::Export(_) if now.is_exporting => Some(texts.files.is_exporting),
            Self::LastRun if !now.has_last => Some(texts.files.no_last),
            _ => None,
        };
        Item::new(self.name(texts), barred.map(str::to_owned))
    }

    const fn name(self, all: &Texts) -> &'static str {
        let texts = &all.files;
        match self {
            Self::CopyLink => texts.copy_link,
            Self::LastRun => all.transport.last_run,
            Self::Open => texts.open,
            Self::Save => texts.save,
            Self::Edit => texts.edit,
            Self::Export(export::Format::JsonLines) => texts.export_lines,
            Self::Export(export::Format::ShiViz) => texts.export_shiviz,
            Self::Picture(picture::Format::Svg) => all.picture.svg,
            Self::Picture(picture::Format::Png) => all.picture.png,
        }
    }
}

/// What some of them depend on.
#[derive(Clone, Copy)]
struct Now {
    is_trace: bool,
    is_exporting: bool,
    has_last: bool,
}

/// The button, its menu, and what comes of it.
#[component]
pub(crate) fn RunMenu(props: &RunMenuProps) -> Html {
    let all = use_texts();
    let texts = &all.files;
    let (input, button) = (use_node_ref(), use_node_ref());
    let menu = use_state_eq(|| false);
    let pressed = use_mut_ref(|| false);
    let work = use_work(props);
    use_links(&work);
    let over = use_drop(work.take());

    let onpick = {
        let (work, input, on_picture) = (work.clone(), input.clone(), props.on_picture.clone());
        Callback::from(move |place: usize| match Choice::ALL[place].0 {
            Choice::CopyLink => work.once_here(Part::Writing, Work::copy_link),
            Choice::LastRun => work.last_run(),
            Choice::Open => {
                if let Some(input) = input.cast::<HtmlInputElement>() {
                    input.click();
                }
            }
            Choice::Save => work.once_loaded(Work::save),
            Choice::Edit => work.once_loaded(Work::edit),
            Choice::Export(format) => work.once_loaded(move |work| work.export(format)),
            Choice::Picture(format) => {
                let on_picture = on_picture.clone();
                work.once_loaded(move |work| on_picture.emit((format, work.on_no_picture())));
            }
        })
    };
    let onchange = {
        let take = work.take();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(files) = input.files() {
                take.emit(files);
            }
            // So that the same file can be opened again.
            input.set_value("");
        })
    };
    let now = Now {
        is_trace: props.is_trace,
        is_exporting: work.export.is_some(),
        has_last: props.has_last,
    };
    html! {
        <div class="run-menu">
            { menu_button(&menu, &pressed, &button, texts) }
            if *menu { { menu_of(&menu, &button, onpick, now, all) } }
            // Of any type: phones know none of these, and what it is shows when it is read.
            <input ref={input} type="file" hidden=true {onchange} />
            <Noted
                note={(*work.note).clone()}
                export={(*work.export).clone()}
                on_close={work.close_note()}
                on_export_end={work.on_export_end()}
                on_new_run={work.on_new_run()}
            />
            <Later part={Part::Files} wanted={*work.editing} content={work.editor()}
                on_dismiss={work.on_no_editor()} />
            if over { <div class="drop-here"><p>{ texts.drop_here }</p></div> }
        </div>
    }
}

fn menu_button(
    menu: &UseStateHandle<bool>,
    pressed: &Rc<RefCell<bool>>,
    button: &NodeRef,
    texts: &FilesTexts,
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
        <button ref={button} id={RUN} type="button" class="quiet" aria-haspopup="menu" aria-label={texts.title}
            aria-expanded={open.to_string()} {onpointerdown} {onclick}>
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 1 4 5l1 1 2.3-2.3V10h1.4V3.7L11 6l1-1zM2 8v6.5h12V8h-1.4v5.1H3.4V8z" />
            </svg>
            <span>{ texts.title }</span>
        </button>
    }
}

fn menu_of(
    menu: &UseStateHandle<bool>,
    button: &NodeRef,
    onpick: Callback<usize>,
    now: Now,
    texts: &'static Texts,
) -> Html {
    let on_close = {
        let (menu, button) = (menu.clone(), button.clone());
        Callback::from(move |back: bool| {
            menu.set(false);
            if let Some(button) = button.cast::<HtmlElement>().filter(|_| back) {
                // A button that is there can be focused.
                let _ = button.focus();
            }
        })
    };
    let on_pick = {
        let on_close = on_close.clone();
        Callback::from(move |place| {
            on_close.emit(true);
            onpick.emit(place);
        })
    };
    let item = |(choice, begins): (Choice, bool)| {
        let item = choice.item(now, texts);
        if begins { item.beginning() } else { item }
    };
    let items: Vec<_> = Choice::ALL.into_iter().map(item).collect();
    let at = button
        .cast::<HtmlElement>()
        .map_or(0.0, |button| f64::from(button.offset_height()));
    html! { <Menu label={texts.files.title} at={Point::new(0.0, at)} {items} {on_pick} {on_close} /> }
}
