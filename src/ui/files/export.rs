//! The events of a run as a file for other programs: the run is gone through once more, a slice a
//! frame, and on while the tab is hidden.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use js_sys::{Array, Date};
use yew::prelude::*;

use crate::scenario::export::{Exporter, Format};
use crate::scenario::{Advance, Run};
use crate::timeline::Moment;
use crate::ui::download;
use crate::ui::hooks::use_frames;
use crate::ui::session::SessionHandle;
use crate::ui::text::{Decimal, EditorTexts, use_lang};

use super::name;

/// How long a frame may be at work, in milliseconds.
const FRAME_MILLIS: f64 = 12.0;
/// How often it goes on while the tab is hidden, where there are no frames, in milliseconds: browsers
/// allow no more.
const HIDDEN_EVERY_MILLIS: u32 = 1_000;
/// How long it is then at work, in milliseconds: nobody waits for the page to answer.
const HIDDEN_MILLIS: f64 = 500.0;
/// How many things are done between two looks at the clock.
const SLICE: usize = 200;
/// The browser is given the text in pieces of so many bytes.
const PIECE: usize = 1 << 20;

/// An export under way.
pub(super) struct Export {
    run: Run,
    until: Moment,
    exporter: Exporter,
    text: String,
    pieces: Array,
    name: String,
}

impl Export {
    /// Of the branch that is shown, up to the moment that is shown.
    pub(super) fn new(session: &SessionHandle, format: Format) -> Self {
        let (run, until) = session.replay();
        let ending = match format {
            Format::JsonLines => "jsonl",
            Format::ShiViz => "shiviz.log",
        };
        let exporter = Exporter::new(format);
        let mut text = String::new();
        exporter.begin(false, &mut text);
        Self {
            name: name::of(run.scenario(), ending),
            run,
            until,
            exporter,
            text,
            pieces: Array::new(),
        }
    }

    /// Goes on for so long; says whether it is done.
    fn work(&mut self, millis: f64) -> bool {
        let begun = Date::now();
        while Date::now() - begun < millis {
            for _ in 0..SLICE {
                if self.run.ticks() >= self.until.tick {
                    return true;
                }
                match self.run.advance(self.until.at) {
                    Advance::Event => self.exporter.event(self.run.world(), &mut self.text),
                    Advance::Script => {}
                    Advance::Idle => return true,
                }
            }
            if self.text.len() > PIECE {
                self.flush();
            }
        }
        false
    }

    fn flush(&mut self) {
        self.pieces.push(&download::piece(&self.text));
        self.text.clear();
    }

    fn save(&mut self) {
        self.flush();
        download::pieces(&self.name, &self.pieces);
    }
}

/// An [`Export`] to hand to components: equal when it is the very same one.
#[derive(Clone)]
pub(super) struct ExportRef(Rc<RefCell<Export>>);

impl ExportRef {
    /// The handle of an export.
    pub(super) fn new(export: Export) -> Self {
        Self(Rc::new(RefCell::new(export)))
    }
}

impl PartialEq for ExportRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Properties of [`Exporting`].
#[derive(Properties, PartialEq)]
pub(super) struct ExportingProps {
    /// What is exported.
    pub(super) export: ExportRef,
    /// It is done, or has been stopped.
    pub(super) on_end: Callback<()>,
}

/// How far an export has come, and the way to stop it.
#[component]
pub(super) fn Exporting(props: &ExportingProps) -> Html {
    let texts = EditorTexts::new(use_lang());
    let update = use_force_update();
    let work = use_callback(
        (props.export.clone(), props.on_end.clone()),
        move |millis: f64, (export, on_end)| {
            let mut export = export.0.borrow_mut();
            if export.work(millis) {
                export.save();
                on_end.emit(());
            } else {
                update.force_update();
            }
        },
    );
    let frame = use_callback(work.clone(), |_: f64, work| work.emit(FRAME_MILLIS));
    use_frames(frame);
    use_effect_with(work, |work| {
        let work = work.clone();
        let interval = Interval::new(HIDDEN_EVERY_MILLIS, move || {
            let document = web_sys::window().and_then(|window| window.document());
            if document.is_some_and(|document| document.hidden()) {
                work.emit(HIDDEN_MILLIS);
            }
        });
        move || drop(interval)
    });
    let export = props.export.0.borrow();
    let part = export.run.ticks() as f64 / export.until.tick.max(1) as f64;
    html! {
        <>
            <label class="export">
                <span>{ texts.exporting(&export.name) }</span>
                <progress max="1" value={Decimal(part).to_string()} />
            </label>
            <button type="button" onclick={props.on_end.reform(|_| ())}>{ texts.stop() }</button>
        </>
    }
}
