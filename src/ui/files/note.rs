//! What there is to say of links and files, under the header: one thing at a time.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::scenario::Error;
use crate::timeline::share::ShareError;
use crate::ui::text::use_texts;

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
    /// A file is no trace: all that is wrong with it.
    WrongTrace(Rc<[Error]>),
    /// A file has more bytes than it may have.
    TooLarge,
    /// The browser could not read a file.
    Unreadable,
    /// The run is being exported.
    Exporting(ExportRef),
}

impl Note {
    /// Whether something went wrong.
    fn is_bad(&self) -> bool {
        !matches!(
            self,
            Self::Copied(_) | Self::CopyYourself(_) | Self::Opened(_) | Self::Exporting(_)
        )
    }

    /// Whether it goes by itself after a while.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Copied(_) | Self::Opened(_))
    }
}

/// Properties of [`Noted`].
#[derive(Properties, PartialEq)]
pub(super) struct NotedProps {
    /// What is said, if anything.
    pub(super) note: Option<Note>,
    /// Takes it away.
    pub(super) on_close: Callback<()>,
}

/// The note.
#[component]
pub(super) fn Noted(props: &NotedProps) -> Html {
    let bad = props.note.as_ref().is_some_and(Note::is_bad);
    let class = classes!("run-note", bad.then_some("bad"));
    // The elements stay, so that a screen reader is told when something comes into them.
    html! {
        <>
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
        </>
    }
}

fn said(note: &Note, props: &NotedProps) -> Html {
    html! { <Said note={note.clone()} on_close={props.on_close.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct SaidProps {
    note: Note,
    on_close: Callback<()>,
}

#[component]
fn Said(props: &SaidProps) -> Html {
    let texts = &use_texts().files;
    let what = match &props.note {
        Note::Copied(length) => (texts.copied)(*length),
        Note::CopyYourself(_) => texts.copy_yourself.to_owned(),
        Note::NoLink(why) => format!("{} {}", texts.no_link, (texts.link_error)(why)),
        Note::BadLink(why) => format!("{} {}", texts.bad_link, (texts.link_error)(why)),
        Note::Opened(title) => (texts.opened)(title),
        Note::WrongTrace(errors) => (texts.problems)(errors.len()),
        Note::TooLarge => (texts.too_large)(),
        Note::Unreadable => texts.unreadable.to_owned(),
        Note::Exporting(export) => {
            let (export, on_end) = (export.clone(), props.on_close.clone());
            return html! { <Exporting {export} {on_end} /> };
        }
    };
    html! {
        <>
            <p>{ what }</p>
            if let Note::WrongTrace(errors) = &props.note {
                <ul class="problems mono" tabindex="0" aria-label={texts.problems_list}>
                    { for errors.iter().map(|error| html! { <li>{ error.to_string() }</li> }) }
                </ul>
            }
            if let Note::CopyYourself(link) = &props.note {
                <LinkField link={link.clone()} />
            }
            <button type="button" class="quiet" onclick={props.on_close.reform(|_| ())}>
                { texts.dismiss }
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
    let texts = &use_texts().files;
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(field) = node.cast::<HtmlInputElement>() {
            // A field that is there can be focused.
            let _ = field.focus();
            field.select();
        }
    });
    html! {
        <input ref={node} class="mono" readonly=true aria-label={texts.link} value={props.link.clone()} />
    }
}
