//! What the run's menu does: links, files, the editor, exports, and what there is to say of them.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use web_sys::FileList;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::raft::NodeId;
use crate::scenario::{self, Error, export};
use crate::timeline::share::{Shared, decode, encode};
use crate::ui::act::Act;
use crate::ui::download;
use crate::ui::hooks::{RUN, Store, focus_from, is_attended};
use crate::ui::parts::{self, Part};
use crate::ui::session::SessionHandle;

use super::button::RunMenuProps;
use super::draft::{Author, Draft, Edited};
use super::editor::Editor;
use super::export::{Export, ExportRef};
use super::incoming::{self, Incoming};
use super::memory::{self, DRAFT, Left, Memory, use_memory};
use super::note::Note;
use super::own::{self, Own};
use super::{link, name};

/// The text of the scenario that was opened last, as its author wrote it.
const TEXT: &str = "flotilla-text";
/// Where the notes are.
const NOTES: &str = ".run-notes";
/// For how long a note is shown that goes by itself, in milliseconds, and then again until nobody is
/// at it.
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
    passing: Rc<RefCell<Option<Interval>>>,
    /// What is being exported.
    pub(super) export: UseStateHandle<Option<ExportRef>>,
    /// Whether the editor is open.
    pub(super) editing: UseStateHandle<bool>,
    /// What is written there, or was when it was closed.
    draft: UseStateHandle<Option<Draft>>,
    /// The texts of the last two files: one can go back to one run.
    own: Rc<RefCell<Vec<Own>>>,
    memory: Memory,
}

#[hook]
pub(super) fn use_work(props: &RunMenuProps) -> Work {
    let note = use_state_eq(|| None);
    let passing = use_mut_ref(|| None);
    let on_forgotten = {
        let (note, passing) = (note.setter(), passing.clone());
        Callback::from(move |()| {
            passing.replace(None);
            note.set(Some(Note::Forgotten));
        })
    };
    use_effect_with(props.playing, {
        let note: UseStateHandle<Option<Note>> = note.clone();
        move |playing| {
            // That it has come back is of no more interest when it goes on.
            if *playing && *note == Some(Note::Restored) {
                note.set(None);
            }
        }
    });
    Work {
        session: props.session.clone(),
        selected: props.selected,
        on_select: props.on_select.clone(),
        on_act: props.on_act.clone(),
        note,
        passing,
        export: use_state_eq(|| None),
        editing: use_state_eq(|| false),
        draft: use_state_eq(kept_draft),
        own: use_mut_ref(Vec::new),
        memory: use_memory(&props.session, props.selected, on_forgotten),
    }
}

/// What was being written when the page was left.
fn kept_draft() -> Option<Draft> {
    let text = Store::Tab.recall(DRAFT)?;
    Some(Draft {
        errors: scenario::parse(&text).err().unwrap_or_default(),
        text,
        by: Author::Hand,
        is_kept: true,
    })
}

/// Opens what the address says, or what was left here if the page was told of that when it was opened, and
/// whatever link comes into the address.
#[hook]
pub(super) fn use_links(work: &Work, is_told: bool) {
    let now = use_mut_ref(|| work.clone());
    *now.borrow_mut() = work.clone();
    use_effect_with((), move |()| {
        let work = now.borrow().clone();
        match is_told.then(memory::left).flatten() {
            Some(left) => work.resume(left),
            None => {
                if let Some(speed) = memory::speed().filter(|_| is_told) {
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
            Interval::new(PASSING_MILLIS, move || {
                if !is_attended(NOTES) {
                    state.set(None);
                }
            })
        });
        self.passing.replace(passing);
        self.note.set(Some(note));
    }

    /// The same of a file: beside the editor, it would not be seen.
    fn complain(&self, note: Note) {
        self.editing.set(false);
        self.say(note);
    }

    pub(super) fn close_note(&self) -> Callback<()> {
        let note = self.note.setter();
        Callback::from(move |()| {
            focus_from(NOTES, &[RUN]);
            note.set(None);
        })
    }

    /// A new run, as the one that is shown was started.
    pub(super) fn on_new_run(&self) -> Callback<()> {
        let work = self.clone();
        Callback::from(move |()| {
            let run = work.session.run();
            focus_from(NOTES, &[RUN]);
            work.note.set(None);
            work.on_act.emit(Act::NewRun {
                config: Box::new((*run.config).clone()),
                seed: run.seed,
            });
        })
    }

    /// The run that was shown before this one.
    pub(super) fn last_run(&self) {
        self.note.set(None);
        self.on_act.emit(Act::LastRun);
    }

    /// The run that was left here, where it was left.
    fn resume(&self, left: Left) {
        self.memory.resumed(&left);
        self.go_to(left.shared);
        // Whether the run is of this text is seen when the text is asked for.
        let own = Store::Tab.recall(TEXT).and_then(|text| {
            let scenario = scenario::parse(&text).ok()?;
            Some(Own { text, scenario })
        });
        self.own.replace(own.into_iter().collect());
        self.say(Note::Restored);
    }

    /// The run of somebody's link.
    fn open_link(&self, shared: Shared) {
        // What has been done since it was written is not to be lost.
        self.memory.write();
        self.memory.opened(&shared);
        self.go_to(shared);
    }

    /// A run at its moment.
    fn go_to(&self, shared: Shared) {
        self.on_select.emit(shared.selected);
        self.forget();
        self.on_act.emit(Act::OpenLink(Rc::new(shared)));
    }

    /// Another run is shown: what nobody has written is of no more use.
    fn forget(&self) {
        self.note.set(None);
        self.forget_draft();
    }

    fn forget_draft(&self) {
        if !self.has_written() {
            self.draft.set(None);
        }
    }

    /// Whether somebody has written in the editor what has not been run.
    fn has_written(&self) -> bool {
        matches!(&*self.draft, Some(draft) if draft.by == Author::Hand)
    }

    /// What somebody writes outlives the page.
    fn set_draft(&self, draft: Draft) {
        match draft.by {
            Author::Hand => drop(Store::Tab.remember(DRAFT, &draft.text)),
            Author::Run | Author::File => Store::Tab.forget(DRAFT),
        }
        self.draft.set(Some(draft));
    }

    fn open_address(&self) {
        if !link::fragment().is_empty() && !parts::is_here(Part::Reading) {
            return self.once_here(Part::Reading, Self::open_address);
        }
        let fragment = link::see();
        if fragment.is_empty() {
            return;
        }
        match decode(&fragment) {
            Ok(shared) => self.open_link(shared),
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
        own::text_of(&self.session.script(), &self.own.borrow())
    }

    pub(super) fn save(&self) {
        let name = name::of(&self.session.script(), "toml");
        download::text(&name, &self.text());
    }

    /// Does what is loaded when it is wanted.
    pub(super) fn once_loaded(&self, what: impl FnOnce(&Self) + 'static) {
        self.once_here(Part::Files, what);
    }

    fn once_here(&self, part: Part, what: impl FnOnce(&Self) + 'static) {
        let work = self.clone();
        spawn_local(async move {
            match parts::load(part).await {
                true => what(&work),
                false => work.say(Note::NotLoaded),
            }
        });
    }

    pub(super) fn export(&self, format: export::Format) {
        let export = Export::new(&self.session, format);
        self.export.set(Some(ExportRef::new(export)));
    }

    /// Says that a picture could not be drawn.
    pub(super) fn on_no_picture(&self) -> Callback<()> {
        let work = self.clone();
        Callback::from(move |()| work.say(Note::NoPicture))
    }

    pub(super) fn on_export_end(&self) -> Callback<()> {
        let export = self.export.setter();
        Callback::from(move |()| {
            focus_from(NOTES, &[RUN]);
            export.set(None);
        })
    }

    /// Takes a file that is opened: of several, the first.
    pub(super) fn take(&self) -> Callback<FileList> {
        let work = self.clone();
        Callback::from(move |files: FileList| {
            if let Some(file) = files.get(0) {
                let (work, name, count) = (work.clone(), file.name(), files.length());
                incoming::read(file, move |incoming| work.took(incoming, name, count));
            }
        })
    }

    /// That came of the file of that name, the first of so many.
    fn took(&self, incoming: Incoming, name: String, count: u32) {
        let noted = |note| match count {
            1 => note,
            _ => Note::FirstOf(count, Box::new(note)),
        };
        match incoming {
            Incoming::Scenario(scenario, text) => {
                self.say(noted(Note::Opened(scenario.title.clone())));
                self.run(text, scenario);
            }
            Incoming::Trace(trace) => {
                self.editing.set(false);
                self.forget();
                self.say(noted(Note::Opened(name)));
                self.on_act.emit(Act::OpenTrace(trace));
            }
            // In the editor one would not see that there were others.
            Incoming::Wrong(text, errors) if count == 1 => self.show_wrong(text, errors),
            Incoming::Wrong(_, errors) | Incoming::WrongTrace(errors) => {
                self.complain(noted(Note::Wrong(errors.into())));
            }
            Incoming::TooLarge => self.complain(noted(Note::TooLarge)),
            Incoming::Unreadable => self.complain(noted(Note::Unreadable)),
            Incoming::NotLoaded => self.complain(noted(Note::NotLoaded)),
        }
    }

    /// A run of the scenario, from its start.
    fn run(&self, text: String, scenario: Rc<scenario::Scenario>) {
        Store::Tab.remember(TEXT, &text);
        let own = Own {
            text,
            scenario: (*scenario).clone(),
        };
        let mut owns = self.own.borrow_mut();
        owns.insert(0, own);
        owns.truncate(2);
        drop(owns);
        self.forget_draft();
        self.editing.set(false);
        self.on_act.emit(Act::Open(scenario));
    }

    /// A text that is no scenario is shown where it can be mended, if nobody has written there.
    fn show_wrong(&self, text: String, errors: Vec<Error>) {
        if self.has_written() {
            return self.complain(Note::Wrong(errors.into()));
        }
        self.note.set(None);
        self.set_draft(Draft {
            text: text.replace("\r\n", "\n"),
            errors,
            by: Author::File,
            is_kept: false,
        });
        self.editing.set(true);
    }

    /// Opens the editor, with what was written there when it was closed, or else with the run of now.
    pub(super) fn edit(&self) {
        match (*self.draft).clone() {
            Some(draft) if draft.by != Author::Run => {
                let is_kept = true;
                self.set_draft(Draft { is_kept, ..draft });
            }
            _ => self.revert(),
        }
        self.editing.set(true);
    }

    fn revert(&self) {
        self.set_draft(Draft {
            text: self.text(),
            errors: Vec::new(),
            by: Author::Run,
            is_kept: false,
        });
    }

    /// Makes the editor, once it is loaded.
    pub(super) fn editor(&self) -> Callback<(), Html> {
        let work = self.clone();
        Callback::from(move |()| {
            html! { <Editor draft={work.draft_shown()} on_edit={work.on_edit()} /> }
        })
    }

    /// The editor did not come.
    pub(super) fn on_no_editor(&self) -> Callback<()> {
        let editing = self.editing.setter();
        Callback::from(move |()| editing.set(false))
    }

    fn draft_shown(&self) -> Option<Draft> {
        (*self.draft).clone().filter(|_| *self.editing)
    }

    fn on_edit(&self) -> Callback<Edited> {
        let work = self.clone();
        Callback::from(move |edited| match edited {
            Edited::Run(text) => {
                // It has just been looked at.
                if let Ok(scenario) = scenario::parse(&text) {
                    Store::Tab.forget(DRAFT);
                    work.draft.set(None);
                    work.run(text, Rc::new(scenario));
                }
            }
            Edited::Revert => work.revert(),
            Edited::Draft(draft) => {
                if *work.editing {
                    work.set_draft(draft);
                }
            }
            Edited::Close => work.editing.set(false),
        })
    }
}
