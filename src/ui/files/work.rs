//! What the run's menu does: links, files, the editor, exports, and what there is to say of them.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use web_sys::File;
use yew::prelude::*;

use crate::raft::NodeId;
use crate::scenario::{self, Error, export};
use crate::timeline::share::{Shared, decode, encode};
use crate::ui::act::Act;
use crate::ui::download;
use crate::ui::session::SessionHandle;

use super::editor::{Draft, Edited};
use super::export::{Export, ExportRef};
use super::incoming::{self, Incoming};
use super::note::Note;
use super::own::{self, Own};
use super::run_menu::RunMenuProps;
use super::{link, memory, name};

/// For how long a note is shown that goes by itself, in milliseconds.
const PASSING_MILLIS: u32 = 8_000;

/// What the menu's choices work on.
#[derive(Clone)]
pub(super) struct Work {
    session: SessionHandle,
    selected: Option<NodeId>,
    on_select: Callback<Option<NodeId>>,
    on_act: Callback<Act>,
    pub(super) note: UseStateHandle<Option<Note>>,
    /// What takes the note away after a while.
    passing: Rc<RefCell<Option<Timeout>>>,
    /// Whether the editor is open.
    editing: UseStateHandle<bool>,
    /// What is written there, or was when it was closed.
    draft: UseStateHandle<Option<Draft>>,
    own: Rc<RefCell<Option<Own>>>,
}

#[hook]
pub(super) fn use_work(props: &RunMenuProps) -> Work {
    Work {
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
pub(super) fn use_links(work: &Work) {
    let now = use_mut_ref(|| work.clone());
    *now.borrow_mut() = work.clone();
    use_effect_with((), move |()| {
        let work = now.borrow().clone();
        match memory::remembered() {
            Some(shared) => work.go_to(shared),
            None => {
                if let Some(speed) = memory::speed() {
                    work.on_act.emit(Act::Speed(speed));
                }
                work.open_address();
            }
        }
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                let work = now.borrow().clone();
                work.open_address();
            })
        });
        move || drop(listener)
    });
}

impl Work {
    fn say(&self, note: Note) {
        let passing = note.is_passing().then(|| {
            let state = self.note.setter();
            Timeout::new(PASSING_MILLIS, move || state.set(None))
        });
        self.passing.replace(passing);
        self.note.set(Some(note));
    }

    pub(super) fn close_note(&self) -> Callback<()> {
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

    pub(super) fn copy_link(&self) {
        match encode(&self.session.shared(self.selected)) {
            Err(why) => self.say(Note::NoLink(why)),
            Ok(fragment) => {
                link::show(&fragment);
                let address = link::address(&fragment);
                let work = self.clone();
                link::copy(&address.clone(), move |copied| {
                    work.say(match copied {
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

    pub(super) fn save(&self) {
        let name = name::of(&self.session.script(), "toml");
        download::text(&name, &self.text());
    }

    pub(super) fn export(&self, format: export::Format) {
        let export = Export::new(&self.session, format);
        self.say(Note::Exporting(ExportRef::new(export)));
    }

    /// Takes a file that is opened.
    pub(super) fn take(&self) -> Callback<File> {
        let work = self.clone();
        Callback::from(move |file: File| {
            let work = work.clone();
            incoming::read(file, move |incoming| match incoming {
                Incoming::Scenario(scenario, text) => {
                    work.say(Note::Opened(scenario.title.clone()));
                    work.run(text, scenario);
                }
                Incoming::Trace(trace) => {
                    link::show("");
                    work.forget();
                    work.on_act.emit(Act::OpenTrace(trace));
                }
                Incoming::Wrong(text, errors) => work.show_wrong(text, errors),
                Incoming::WrongTrace(errors) => work.say(Note::WrongTrace(errors.into())),
                Incoming::TooLarge => work.say(Note::TooLarge),
                Incoming::Unreadable => work.say(Note::Unreadable),
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
    pub(super) fn edit(&self) {
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

    pub(super) fn draft_shown(&self) -> Option<Draft> {
        (*self.draft).clone().filter(|_| *self.editing)
    }

    pub(super) fn on_edit(&self) -> Callback<Edited> {
        let work = self.clone();
        Callback::from(move |edited| match edited {
            Edited::Run(text) => {
                // It has just been looked at.
                if let Ok(scenario) = scenario::parse(&text) {
                    work.run(text, Rc::new(scenario));
                }
            }
            Edited::Revert => work.revert(),
            Edited::Draft(draft) => {
                if *work.editing {
                    work.draft.set(Some(draft));
                }
            }
            Edited::Close => work.editing.set(false),
        })
    }
}
