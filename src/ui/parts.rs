//! Parts of the page's program that are loaded when they are wanted, not with the page.
//!
//! `cargo xtask build` cuts them out of the wasm (its module `split`) and gives the page the function
//! `flotillaPart`, which loads one by its name. Where there is no such function, as in a page that
//! `trunk serve` builds, everything has come with the page.
//!
//! A part should be here before anything of it is called: [`Later`] shows what a component of one
//! makes, [`load`] is for all else. If it is not, the page stands still until it is.

use std::cell::Cell;
use std::hint::black_box;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::console::warn_1;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::text::{Lang, use_texts};

/// A part. `cargo xtask build` knows which functions are of it, and it by its place: they are in the
/// order of their names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// What the window tells of a run.
    Api,
    /// Reading traces, writing exports and pictures, the editor of scenarios.
    Files,
    /// Help: its sheet, the tour, hints.
    Help,
    /// Menus, and what floats over the figure.
    Menus,
    /// The texts of the page in Portuguese.
    Portuguese,
    /// Reading scenarios.
    Reading,
    /// What the run's menu does: links, files, what is remembered.
    Run,
    /// What opens for some time: settings, the comparison of two branches.
    Sheets,
    /// The texts of the page in Spanish.
    Spanish,
    /// Views beside the first: the network, the space-time diagram.
    Views,
}

impl Part {
    const ALL: [Self; 10] = [
        Self::Api,
        Self::Files,
        Self::Help,
        Self::Menus,
        Self::Portuguese,
        Self::Reading,
        Self::Run,
        Self::Sheets,
        Self::Spanish,
        Self::Views,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Files => "files",
            Self::Help => "help",
            Self::Menus => "menus",
            Self::Portuguese => "portuguese",
            Self::Reading => "reading",
            Self::Run => "run",
            Self::Sheets => "sheets",
            Self::Spanish => "spanish",
            Self::Views => "views",
        }
    }

    /// The other parts that this one calls.
    const fn needs(self) -> &'static [Self] {
        match self {
            Self::Files => &[Self::Reading, Self::Run],
            _ => &[],
        }
    }
}

thread_local! {
    /// Which parts have been loaded, by their place in [`Part`].
    static HERE: [Cell<bool>; Part::ALL.len()] = const { [const { Cell::new(false) }; Part::ALL.len()] };
}

/// Whether a part is here.
pub(crate) fn is_here(part: Part) -> bool {
    HERE.with(|here| here[part as usize].get())
}

fn now_here(part: Part) {
    HERE.with(|here| here[part as usize].set(true));
}

/// Calls one of the page's functions that load a part; `None` where all has come with the page.
fn call(function: &str, part: Part) -> Option<Result<JsValue, JsValue>> {
    let function = Reflect::get(&js_sys::global(), &function.into()).ok()?;
    let function: Function = function.dyn_into().ok()?;
    Some(function.call1(&JsValue::NULL, &part.name().into()))
}

/// Sees to it that a part is here, and what it needs; says whether it is. It fails where the host of
/// the page cannot be reached; asked again, it tries again.
pub(crate) async fn load(part: Part) -> bool {
    for part in part.needs().iter().copied().chain([part]) {
        if !is_here(part) {
            match call("flotillaPart", part) {
                None => {}
                Some(Err(_)) => return false,
                Some(Ok(promise)) => {
                    let promise: Promise = promise.unchecked_into();
                    if JsFuture::from(promise).await.is_err() {
                        return false;
                    }
                }
            }
            now_here(part);
        }
    }
    true
}

/// Sees to it that the texts of the page in a language are here, as [`load`] does; the English ones
/// always are.
pub(crate) async fn load_texts(lang: Lang) -> bool {
    match lang {
        Lang::English => true,
        Lang::Spanish => load(Part::Spanish).await,
        Lang::Portuguese => load(Part::Portuguese).await,
    }
}

/// As [`load`], but the page stands still until it is done: for what must be answered at once.
///
/// # Errors
/// What the browser says of it.
pub(crate) fn load_now(part: Part) -> Result<(), JsValue> {
    for part in part.needs().iter().copied().chain([part]) {
        if !is_here(part) {
            call("flotillaPartNow", part).transpose()?;
            now_here(part);
        }
    }
    Ok(())
}

/// Sees to it that the part at that place is here, though nobody asked for it in time; says whether it
/// is. `cargo xtask build` has it called in place of a function of a part that is not here.
#[inline(never)]
fn summon(place: u32) -> bool {
    let part = Part::ALL[place as usize];
    warn_1(&format!("part {} was not asked for in time", part.name()).into());
    load_now(part).is_ok()
}

/// Keeps what `cargo xtask build` needs in the program, in which nothing else calls it.
pub(crate) fn keep() {
    black_box(summon as fn(u32) -> bool);
}

/// Properties of [`Later`].
#[derive(Properties, PartialEq)]
pub(crate) struct LaterProps {
    /// What the content is of.
    pub(crate) part: Part,
    /// Whether the content is wanted; once it has been, it stays.
    #[prop_or(true)]
    pub(crate) wanted: bool,
    /// Whether nothing is said while it is on its way.
    #[prop_or_default]
    pub(crate) quiet: bool,
    /// Makes the content.
    pub(crate) content: Callback<(), Html>,
    /// The content is given up, as it did not come; without this it cannot be.
    #[prop_or_default]
    pub(crate) on_dismiss: Option<Callback<()>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Coming {
    Unasked,
    OnItsWay,
    Here,
    Failed,
    /// It failed, and has been asked for once more.
    Again,
}

/// What a part makes, as soon as it is here.
#[component]
pub(crate) fn Later(props: &LaterProps) -> Html {
    let texts = use_texts().shell;
    let part = props.part;
    let coming = use_state_eq(|| match is_here(part) {
        true => Coming::Here,
        false => Coming::Unasked,
    });
    let ask = {
        let coming = coming.setter();
        Callback::from(move |begun: Coming| {
            let coming = coming.clone();
            coming.set(begun);
            spawn_local(async move {
                coming.set(match load(part).await {
                    true => Coming::Here,
                    false => Coming::Failed,
                });
            });
        })
    };
    {
        let (ask, coming) = (ask.clone(), coming.clone());
        use_effect_with(props.wanted, move |&wanted| {
            if wanted && *coming == Coming::Unasked {
                ask.emit(Coming::OnItsWay);
            }
        });
    }
    match *coming {
        Coming::Unasked => Html::default(),
        Coming::OnItsWay if props.quiet => Html::default(),
        Coming::OnItsWay => html! { <p class="part-coming" role="status">{ texts.coming() }</p> },
        Coming::Here => props.content.emit(()),
        // The button that has been pressed stays, and the focus with it.
        Coming::Failed | Coming::Again => html! {
            <div class="notice" role="alert">
                <p>{ texts.did_not_come() }</p>
                <div class="buttons">
                    <button type="button" aria-disabled={(*coming == Coming::Again).to_string()}
                        onclick={ask.reform(|_: MouseEvent| Coming::Again)}>
                        { texts.again() }
                    </button>
                    if let Some(on_dismiss) = &props.on_dismiss {
                        <button type="button" class="quiet" onclick={dismissed(&coming, on_dismiss)}>
                            { texts.dismiss() }
                        </button>
                    }
                </div>
            </div>
        },
    }
}

fn dismissed(coming: &UseStateHandle<Coming>, on_dismiss: &Callback<()>) -> Callback<MouseEvent> {
    let coming = coming.setter();
    on_dismiss.reform(move |_| coming.set(Coming::Unasked))
}
