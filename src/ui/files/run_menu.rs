//! The menu of the run: what can be done with it as a whole.

use web_sys::{FileList, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::scenario::export;
use crate::ui::parts::{Later, Part};
use crate::ui::picture;
use crate::ui::stage::{Item, Menu, Point};
use crate::ui::text::{Lang, RunTexts, use_lang};

use super::button::RunMenuProps;
use super::note::Noted;
use super::work::{Work, use_links, use_work};

/// Properties of [`Run`].
#[derive(Clone, Properties, PartialEq)]
pub(super) struct RunProps {
    /// What the button was given.
    pub(super) given: RunMenuProps,
    /// Whether the address or what was left here told of a run when the page was opened.
    pub(super) is_told: bool,
    /// The button, below which the menu is.
    pub(super) button: NodeRef,
    /// Whether the menu is open.
    pub(super) menu: UseStateHandle<bool>,
    /// Files that were dropped and that nobody has taken yet.
    pub(super) dropped: UseStateHandle<Option<FileList>>,
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

    fn item(self, now: Now, lang: Lang) -> Item {
        let texts = RunTexts::new(lang);
        let barred = match self {
            Self::CopyLink | Self::Save | Self::Edit if now.is_trace => Some(texts.is_trace()),
            Self::Export(_) if now.is_exporting => Some(texts.is_exporting()),
            Self::LastRun if !now.has_last => Some(texts.no_last()),
            _ => None,
        };
        Item::new(self.name(lang), barred.map(str::to_owned))
    }

    fn name(self, lang: Lang) -> &'static str {
        let texts = RunTexts::new(lang);
        match self {
            Self::CopyLink => texts.copy_link(),
            Self::LastRun => lang.texts().transport.last_run(),
            Self::Open => texts.open(),
            Self::Save => texts.save(),
            Self::Edit => texts.edit(),
            Self::Export(export::Format::JsonLines) => texts.export_lines(),
            Self::Export(export::Format::ShiViz) => texts.export_shiviz(),
            Self::Picture(picture::Format::Svg) => texts.svg(),
            Self::Picture(picture::Format::Png) => texts.png(),
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

/// The menu, and what comes of it.
#[component]
pub(super) fn Run(props: &RunProps) -> Html {
    let lang = use_lang();
    let input = use_node_ref();
    let work = use_work(&props.given);
    use_links(&work, props.is_told);
    use_dropped(&props.dropped, work.take());

    let onpick = picked(&work, &input, &props.given.on_picture);
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
        is_trace: props.given.is_trace,
        is_exporting: work.export.is_some(),
        has_last: props.given.has_last,
    };
    html! {
        <>
            if *props.menu { { menu_of(&props.menu, &props.button, onpick, now, lang) } }
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
        </>
    }
}

/// Takes what is dropped.
#[hook]
fn use_dropped(dropped: &UseStateHandle<Option<FileList>>, take: Callback<FileList>) {
    use_effect_with(dropped.clone(), move |dropped| {
        if let Some(files) = &**dropped {
            take.emit(files.clone());
            dropped.set(None);
        }
    });
}

/// Does what is picked.
fn picked(
    work: &Work,
    input: &NodeRef,
    on_picture: &Callback<(picture::Format, Callback<()>)>,
) -> Callback<usize> {
    let (work, input, on_picture) = (work.clone(), input.clone(), on_picture.clone());
    Callback::from(move |place: usize| match Choice::ALL[place].0 {
        Choice::CopyLink => work.copy_link(),
        Choice::LastRun => work.last_run(),
        Choice::Open => {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
        Choice::Save => work.save(),
        Choice::Edit => work.edit(),
        Choice::Export(format) => work.once_loaded(move |work| work.export(format)),
        Choice::Picture(format) => {
            let on_picture = on_picture.clone();
            work.once_loaded(move |work| on_picture.emit((format, work.on_no_picture())));
        }
    })
}

fn menu_of(
    menu: &UseStateHandle<bool>,
    button: &NodeRef,
    onpick: Callback<usize>,
    now: Now,
    lang: Lang,
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
        let item = choice.item(now, lang);
        if begins { item.beginning() } else { item }
    };
    let items: Vec<_> = Choice::ALL.into_iter().map(item).collect();
    let at = button
        .cast::<HtmlElement>()
        .map_or(0.0, |button| f64::from(button.offset_height()));
    html! { <Menu label={lang.texts().files.title()} at={Point::new(0.0, at)} {items} {on_pick} {on_close} /> }
}
