//! Links: in the address bar, on the clipboard.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, Location};
use yew::platform::spawn_local;

thread_local! {
    /// The fragment that the page last saw to, or made: one that comes later is not opened yet, perhaps
    /// because what reads it could not be loaded.
    static SEEN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The fragment that the page last [saw to](see), or made.
pub(super) fn seen() -> String {
    SEEN.with_borrow(String::clone)
}

/// The fragment of the address, which the page sees to now.
pub(super) fn see() -> String {
    let fragment = fragment();
    SEEN.set(fragment.clone());
    fragment
}

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}

/// The fragment of the address, without its `#`; empty where there is none.
pub(super) fn fragment() -> String {
    let hash = location().and_then(|location| location.hash().ok());
    hash.map_or_else(String::new, |hash| hash.trim_start_matches('#').to_owned())
}

/// The address of the page with this fragment.
pub(super) fn address(fragment: &str) -> String {
    let href = location().and_then(|location| location.href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    // A form that was sent, as after a panic, leaves an empty query.
    let page = page.trim_end_matches('?');
    match fragment {
        "" => page.to_owned(),
        fragment => format!("{page}#{fragment}"),
    }
}

/// Shows this fragment, or none, in the address bar, where going back leads where it would have led before.
pub(crate) fn show(fragment: &str) {
    SEEN.set(fragment.to_owned());
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // It fails where a page may have no address of its own: the link is copied all the same.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address(fragment)));
    }
}

/// Whether the page was loaded anew or come back to, rather than gone to.
pub(super) fn is_return() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.is_some_and(|performance| {
        performance.navigation().type_() != web_sys::PerformanceNavigation::TYPE_NAVIGATE
    })
}

/// Puts a text on the clipboard, then says whether the browser let it.
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let written = clipboard().map(|clipboard| clipboard.write_text(text));
    spawn_local(async move {
        done(match written {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        });
    });
}

/// The clipboard; none where the browser has none for a page like this, which the binding does not
/// say.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.is_object().then(|| clipboard.unchecked_into())
}
