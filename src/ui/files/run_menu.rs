//! The menu of the run: what can be done with it as a whole.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::raft::NodeId;
use crate::scenario::{self, Error, export};
use crate::timeline::share::{Shared, decode, encode};
use crate::ui::act::Act;
use crate::ui::download;
use crate::ui::picture;
use crate::ui::session::SessionHandle;
use crate::ui::stage::{Item, Menu, Point};
use crate::ui::text::{FilesTexts, Texts, use_texts};

use super::drop::use_drop;
use super::editor::{Draft, Edited, Editor};
use super::export::{Export, ExportRef};
use super::incoming::{self, Incoming};
use super::note::{Note, Noted};
use super::own::{self, Own};
use super::{link, memory, name};

/// For how long a note is shown that goes by itself, in milliseconds.
const PASSING_MILLIS: u32 = 8_000;

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
    /// Saves a picture.
    pub(crate) on_picture: Callback<picture::Format>,
}

/// What the menu offers, in its order, and whether a group begins with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    CopyLink,
    Open,
    Save,
    Edit,
    Export(export::Format),
    Picture(picture::Format),
}

impl Choice {
    const ALL: [(Self, bool); 8] = [
        (Self::CopyLink, false),
        (Self::Open, true),
        (Self::Save, false),
        (Self::Edit, false),
        (Self::Export(export::Format::JsonLines), true),
        (Self::Export(export::Format::ShiViz), false),
        (Self::Picture(picture::Format::Svg), true),
        (Self::Picture(picture::Format::Png), false),
    ];

    fn item(self, is_trace: bool, texts: &Texts) -> Item {
        let needs_scenario = matches!(self, Self::CopyLink | Self::Save | Self::Edit);
        let barred = (is_trace && needs_scenario).then(|| texts.files.is_trace.to_owned());
        Item::new(self.name(texts), barred)
    }

    const fn name(self, all: &Texts) -> &'static str {
        let texts = &all.files;
        match self {
            Self::CopyLink => texts.copy_link,
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

/// The button, its menu, and what comes of it.
#[component]
pub(crate) fn RunMenu(props: &RunMenuProps) -> Html {
    let all = use_texts();
    let texts = &all.files;
    let (input, button) = (use_node_ref(), use_node_ref());
    let menu = use_state_eq(|| false);
    let pressed = use_mut_ref(|| false);
    let files = use_files(props);
    memory::use_memory(&props.session, props.selected);
    use_links(&files);
    let over = use_drop(files.take());

    let onpick = {
        let (files, input, on_picture) = (files.clone(), input.clone(), props.on_picture.clone());
        Callback::from(move |place: usize| match Choice::ALL[place].0 {
            Choice::CopyLink => files.copy_link(),
            Choice::Open => {
                if let Some(input) = input.cast::<HtmlInputElement>() {
                    input.click();
                }
            }
            Choice::Save => files.save(),
            Choice::Edit => files.edit(),
            Choice::Export(format) => files.export(format),
            Choice::Picture(format) => on_picture.emit(format),
        })
    };
    let onchange = {
        let take = files.take();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                take.emit(file);
            }
            // So that the same file can be opened again.
            input.set_value("");
        })
    };
    html! {
        <div class="run-menu">
            { menu_button(&menu, &pressed, &button, texts) }
            if *menu { { menu_of(&menu, &button, onpick, props.is_trace, all) } }
            <input ref={input} type="file" hidden=true accept=".toml,.jsonl,.ndjson,.json,text/plain" {onchange} />
            <Noted note={(*files.note).clone()} on_close={files.close_note()} />
            <Editor draft={files.draft_shown()} on_edit={files.on_edit()} />
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
        <button ref={button} type="button" class="quiet" aria-haspopup="menu" aria-label={texts.title}
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
    is_trace: bool,
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
        let item = choice.item(is_trace, texts);
        if begins { item.beginning() } else { item }
    };
    let items: Vec<_> = Choice::ALL.into_iter().map(item).collect();
    let at = button
        .cast::<HtmlElement>()
        .map_or(0.0, |button| f64::from(button.offset_height()));
    html! { <Menu label={texts.files.title} at={Point::new(0.0, at)} {items} {on_pick} {on_close} /> }
}

/// What the menu's choices work on.
#[derive(Clone)]
struct Files {
    session: SessionHandle,
    selected: Option<NodeId>,
    on_select: Callback<Option<NodeId>>,
    on_act: Callback<Act>,
    note: UseStateHandle<Option<Note>>,
    /// What takes the note away after a while.
    passing: Rc<RefCell<Option<Timeout>>>,
    /// Whether the editor is open.
    editing: UseStateHandle<bool>,
    /// What is written there, or was when it was closed.
    draft: UseStateHandle<Option<Draft>>,
    own: Rc<RefCell<Option<Own>>>,
}

#[hook]
fn use_files(props: &RunMenuProps) -> Files {
    Files {
        session: props.session.clone(),
        selected: props.selected,
        on_select: props.on_select.clone(),
        on_act: props.on_act.clone(),
        note: use_state_eq(|| None),
        passing: use_mut_ref(|| None),
        editing: use_state_eq(|| false),
        draft: use_state_eq(|| None),
        own: use_mut_ref(|| None),
    }
}

/// Opens what the address says, or what was left here, and whatever link comes into the address.
#[hook]
fn use_links(files: &Files) {
    let now = use_mut_ref(|| files.clone());
    *now.borrow_mut() = files.clone();
    use_effect_with((), move |()| {
        let files = now.borrow().clone();
        match memory::remembered() {
            Some(shared) => files.go_to(shared),
            None => {
                if let Some(speed) = memory::speed() {
                    files.on_act.emit(Act::Speed(speed));
                }
                files.open_address();
            }
        }
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                let files = now.borrow().clone();
                files.open_address();
            })
        });
        move || drop(listener)
    });
}

impl Files {
    fn say(&self, note: Note) {
        let passing = note.is_passing().then(|| {
            let state = self.note.setter();
            Timeout::new(PASSING_MILLIS, move || state.set(None))
        });
        self.passing.replace(passing);
        self.note.set(Some(note));
    }

    fn close_note(&self) -> Callback<()> {
        let note = self.note.setter();
        Callback::from(move |()| note.set(None))
    }

    /// The run of a link, at its moment.
    fn go_to(&self, shared: Shared) {
        self.on_select.emit(shared.selected);
        self.forget();
        self.on_act.emit(Act::OpenLink(Rc::new(shared)));
    }

    /// Another run is shown: what was written of the last one is of no more use.
    fn forget(&self) {
        self.own.replace(None);
        self.draft.set(None);
        self.note.set(None);
    }

    fn open_address(&self) {
        let fragment = link::fragment();
        if fragment.is_empty() {
            return;
        }
        match decode(&fragment) {
            Ok(shared) => self.go_to(shared),
            Err(why) => {
                link::show("");
                self.say(Note::BadLink(why));
            }
        }
    }

    fn copy_link(&self) {
        match encode(&self.session.shared(self.selected)) {
            Err(why) => self.say(Note::NoLink(why)),
            Ok(fragment) => {
                link::show(&fragment);
                let address = link::address(&fragment);
                let files = self.clone();
                link::copy(&address.clone(), move |copied| {
                    files.say(match copied {
                        true => Note::Copied(address.len()),
                        false => Note::CopyYourself(address),
                    });
                });
            }
        }
    }

    /// The text of the branch that is shown.
    fn text(&self) -> String {
        own::text_of(&self.session.script(), self.own.borrow().as_ref())
    }

    fn save(&self) {
        let name = name::of(&self.session.script(), "toml");
        download::text(&name, &self.text());
    }

    fn export(&self, format: export::Format) {
        let export = Export::new(&self.session, format);
        self.say(Note::Exporting(ExportRef::new(export)));
    }

    /// Takes a file that is opened.
    fn take(&self) -> Callback<File> {
        let files = self.clone();
        Callback::from(move |file: File| {
            let files = files.clone();
            incoming::read(file, move |incoming| match incoming {
                Incoming::Scenario(scenario, text) => {
                    files.say(Note::Opened(scenario.title.clone()));
                    files.run(text, scenario);
                }
                Incoming::Trace(trace) => {
                    link::show("");
                    files.forget();
                    files.on_act.emit(Act::OpenTrace(trace));
                }
                Incoming::Wrong(text, errors) => files.show_wrong(text, errors),
                Incoming::WrongTrace(errors) => files.say(Note::WrongTrace(errors.into())),
                Incoming::TooLarge => files.say(Note::TooLarge),
                Incoming::Unreadable => files.say(Note::Unreadable),
            });
        })
    }

    /// A run of the scenario, from its start.
    fn run(&self, text: String, scenario: Rc<scenario::Scenario>) {
        link::show("");
        self.own.replace(Some(Own {
            text,
            scenario: (*scenario).clone(),
        }));
        self.draft.set(None);
        self.editing.set(false);
        self.on_act.emit(Act::Open(scenario));
    }

    /// A text that is no scenario is shown where it can be mended.
    fn show_wrong(&self, text: String, errors: Vec<Error>) {
        self.note.set(None);
        self.draft.set(Some(Draft {
            text: text.replace("\r\n", "\n"),
            errors,
            is_changed: true,
        }));
        self.editing.set(true);
    }

    /// Opens the editor, with what was written there when it was closed.
    fn edit(&self) {
        if self.draft.as_ref().is_none_or(|draft| !draft.is_changed) {
            self.revert();
        }
        self.editing.set(true);
    }

    fn revert(&self) {
        self.draft.set(Some(Draft {
            text: self.text(),
            errors: Vec::new(),
            is_changed: false,
        }));
    }

    fn draft_shown(&self) -> Option<Draft> {
        (*self.draft).clone().filter(|_| *self.editing)
    }

    fn on_edit(&self) -> Callback<Edited> {
        let files = self.clone();
        Callback::from(move |edited| match edited {
            Edited::Run(text) => {
                // It has just been looked at.
                if let Ok(scenario) = scenario::parse(&text) {
                    files.run(text, Rc::new(scenario));
                }
            }
            Edited::Revert => files.revert(),
            Edited::Draft(draft) => {
                if *files.editing {
                    files.draft.set(Some(draft));
                }
            }
            Edited::Close => files.editing.set(false),
        })
    }
}
