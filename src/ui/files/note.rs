//! What there is to say of links and files, under the header: one thing at a time, beside an export.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::scenario::Error;
use crate::timeline::share::ShareError;
use crate::ui::text::{RunTexts, use_lang};

use super::export::{ExportRef, Exporting};

/// What is said.
#[derive(Clone, PartialEq)]
pub(super) enum Note {
    /// The link is on the clipboard; how many characters it has.
    Copied(usize),
    /// The browser does not let the page write on the clipboard: this is the link.
    CopyYourself(String),
    /// The run does not fit in a link.
    NoLink(ShareError),
    /// A link was not opened.
    BadLink(ShareError),
    /// A scenario was opened; its title.
    Opened(String),
    /// A file is no scenario or no trace: all that is wrong with it.
    Wrong(Rc<[Error]>),
    /// A file has more bytes than it may have.
    TooLarge,
    /// The browser could not read a file.
    Unreadable,
    /// What a choice needs could not be loaded.
    NotLoaded,
    /// The run that was left here is shown again.
    Restored,
    /// The run can no longer be remembered.
    Forgotten,
    /// The browser did not draw a picture.
    NoPicture,
    /// Of so many files the first was taken; what there is to say of that one.
    FirstOf(u32, Box<Note>),
}

impl Note {
    /// Whether something went wrong.
    fn is_bad(&self) -> bool {
        !matches!(
            self.of_one(),
            Self::Copied(_) | Self::CopyYourself(_) | Self::Opened(_) | Self::Restored
        )
    }

    /// Whether it goes by itself after a while.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self.of_one(), Self::Copied(_) | Self::Opened(_))
    }

    /// Without that there were several files.
    fn of_one(&self) -> &Self {
        match self {
            Self::FirstOf(_, note) => note,
            note => note,
        }
    }
}

/// Properties of [`Noted`].
#[derive(Properties, PartialEq)]
pub(super) struct NotedProps {
    /// What is said, if anything.
    pub(super) note: Option<Note>,
    /// What is being exported, if anything.
    pub(super) export: Option<ExportRef>,
    /// The export is done, or given up.
    pub(super) on_export_end: Callback<()>,
    /// Takes it away.
    pub(super) on_close: Callback<()>,
    /// Starts a new run.
    pub(super) on_new_run: Callback<()>,
}

/// The note.
#[component]
pub(super) fn Noted(props: &NotedProps) -> Html {
    let bad = props.note.as_ref().is_some_and(Note::is_bad);
    let class = classes!("run-note", bad.then_some("bad"));
    // The elements stay, so that a screen reader is told when something comes into them.
    html! {
        <div class="run-notes">
            <div role="status">
                if let Some(export) = props.export.clone() {
                    <div class="run-note">
                        <Exporting {export} on_end={props.on_export_end.clone()} />
                    </div>
                }
            </div>
            <div role="status">
                if let Some(note) = props.note.as_ref().filter(|_| !bad) {
                    <div class={class.clone()}>{ said(note, props) }</div>
                }
            </div>
            <div role="alert">
                if let Some(note) = props.note.as_ref().filter(|_| bad) {
                    <div {class}>{ said(note, props) }</div>
                }
            </div>
        </div>
    }
}

fn said(note: &Note, props: &NotedProps) -> Html {
    let said = SaidProps {
        note: note.clone(),
        on_close: props.on_close.clone(),
        on_new_run: props.on_new_run.clone(),
    };
    html! { <Said ..said /> }
}

#[derive(Properties, PartialEq)]
struct SaidProps {
    note: Note,
    on_close: Callback<()>,
    on_new_run: Callback<()>,
}

#[component]
fn Said(props: &SaidProps) -> Html {
    let lang = use_lang();
    let (texts, shell) = (RunTexts::new(lang), lang.texts().shell);
    let note = props.note.of_one();
    let what = match note {
        Note::Copied(length) => texts.copied(*length),
        Note::CopyYourself(_) => texts.copy_yourself().to_owned(),
        Note::NoLink(why) => format!("{} {}", texts.no_link(), texts.link_error(why)),
        Note::BadLink(why) => format!("{} {}", texts.bad_link(), texts.link_error(why)),
        Note::Opened(title) => texts.opened(title),
        Note::Wrong(errors) => texts.problems(errors.len()),
        Note::TooLarge => texts.too_large(),
        Note::Unreadable => texts.unreadable().to_owned(),
        Note::NotLoaded => shell.did_not_come().to_owned(),
        Note::Restored => texts.restored().to_owned(),
        Note::Forgotten => texts.forgotten().to_owned(),
        Note::NoPicture => texts.no_picture().to_owned(),
        Note::FirstOf(..) => String::new(),
    };
    html! {
        <>
            <p>
                { what }
                if let Note::FirstOf(count, _) = props.note {
                    { " " }{ texts.only_first(count) }
                }
            </p>
            if let Note::Wrong(errors) = note {
                <ul class="problems mono" tabindex="0" aria-label={texts.problems_list()}>
                    { for errors.iter().map(|error| html! { <li>{ error.to_string() }</li> }) }
                </ul>
            }
            if let Note::CopyYourself(link) = note {
                <LinkField link={link.clone()} />
            }
            if *note == Note::Restored {
                <button type="button" onclick={props.on_new_run.reform(|_| ())}>
                    { shell.start_new_run() }
                </button>
            }
            <button type="button" class="quiet" onclick={props.on_close.reform(|_| ())}>
                { texts.dismiss() }
            </button>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LinkFieldProps {
    link: String,
}

/// The link, selected, to be copied by hand.
#[component]
fn LinkField(props: &LinkFieldProps) -> Html {
    let texts = RunTexts::new(use_lang());
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(field) = node.cast::<HtmlInputElement>() {
            // A field that is there can be focused.
            let _ = field.focus();
            field.select();
        }
    });
    html! {
        <input ref={node} class="mono" readonly=true aria-label={texts.link()} value={props.link.clone()} />
    }
}
