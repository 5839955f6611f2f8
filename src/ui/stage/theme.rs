//! What the canvas must know of the page: the colours and fonts of the style sheet, whether motion
//! is reduced, and how large the figure is. Each is read once, and again only when it has changed.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MediaQueryList, MutationObserver, MutationObserverInit, ResizeObserver};
use yew::prelude::*;

use crate::raft::Term;

/// The tokens that the canvas draws with.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Theme {
    /// The page.
    pub paper: String,
    /// Ink.
    pub ink: String,
    /// Muted ink.
    pub muted: String,
    /// Focus and selection.
    pub accent: String,
    /// What is wrong.
    pub bad: String,
    /// The fills of the terms, in order.
    pub terms: [String; 7],
    /// The font of words.
    pub sans: String,
    /// The mono font.
    pub mono: String,
    /// How much larger than drawn the figure is.
    pub figure: f64,
}

/// What is written on the terms' fills, in both themes.
pub const ON_TERM: &str = "#1B1F24";

impl Theme {
    /// The tokens as they are now.
    fn read() -> Self {
        let style = web_sys::window().and_then(|window| {
            let root = window.document()?.document_element()?;
            window.get_computed_style(&root).ok()?
        });
        let token = |name: &str| {
            let value = style.as_ref().map(|style| style.get_property_value(name));
            value
                .and_then(Result::ok)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        Self {
            paper: token("--paper"),
            ink: token("--ink"),
            muted: token("--muted"),
            accent: token("--accent"),
            bad: token("--bad"),
            terms: std::array::from_fn(|term| token(&format!("--term-{term}"))),
            sans: token("--font-sans"),
            mono: token("--font-mono"),
            figure: token("--figure").parse().unwrap_or(1.0),
        }
    }

    /// The fill of a term.
    pub fn term(&self, term: Term) -> &str {
        match term.0 {
            0 => &self.paper,
            term => &self.terms[((term - 1) % 7) as usize],
        }
    }
}

/// The theme, read again when the system's or the page's changes.
#[hook]
pub fn use_theme() -> Rc<Theme> {
    let theme = use_state_eq(|| Rc::new(Theme::read()));
    let set = theme.clone();
    use_effect_with((), move |()| {
        let reread = move || set.set(Rc::new(Theme::read()));
        // The style sheet may have come after the first reading.
        reread();
        let system = media("(prefers-color-scheme: dark)").map(|query| {
            let reread = reread.clone();
            EventListener::new(&query, "change", move |_| reread())
        });
        let page = watch_root(reread);
        move || {
            drop(system);
            drop(page);
        }
    });
    (*theme).clone()
}

/// Whether the system asks for reduced motion.
#[hook]
pub fn use_reduced_motion() -> bool {
    const QUERY: &str = "(prefers-reduced-motion: reduce)";
    let reduced = use_state_eq(|| media(QUERY).is_some_and(|query| query.matches()));
    let set = reduced.clone();
    use_effect_with((), move |()| {
        let listener = media(QUERY).map(|query| {
            let list = query.clone();
            EventListener::new(&query, "change", move |_| set.set(list.matches()))
        });
        move || drop(listener)
    });
    *reduced
}

/// The width and height of an element in CSS pixels; `None` before it is in the page.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None);
    let set = size.clone();
    use_effect_with(node.clone(), move |node| {
        let observed = node.cast::<Element>().and_then(|element| {
            let measured = element.clone();
            let measure = Closure::<dyn Fn()>::new(move || {
                let width = f64::from(measured.client_width());
                let height = f64::from(measured.client_height());
                set.set((width > 0.0 && height > 0.0).then_some((width, height)));
            });
            let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
            observer.observe(&element);
            Some((observer, measure))
        });
        move || {
            if let Some((observer, measure)) = observed {
                observer.disconnect();
                drop(measure);
            }
        }
    });
    *size
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

/// Watches the attributes of the root element by which a page sets its theme.
struct RootWatch {
    observer: MutationObserver,
    /// Lives as long as the observer may call it.
    _changed: Closure<dyn Fn()>,
}

impl Drop for RootWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn watch_root(changed: impl Fn() + 'static) -> Option<RootWatch> {
    let root = web_sys::window()?.document()?.document_element()?;
    let changed = Closure::<dyn Fn()>::new(changed);
    let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    let options = MutationObserverInit::new();
    options.set_attributes(true);
    observer.observe_with_options(&root, &options).ok()?;
    Some(RootWatch {
        observer,
        _changed: changed,
    })
}
