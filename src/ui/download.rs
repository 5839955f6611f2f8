//! Files that the page gives to the user.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The MIME type of a plain text.
const PLAIN: &str = "text/plain;charset=utf-8";

/// For how long the browser may read a file that it saves, in milliseconds.
const KEPT_MILLIS: u32 = 60_000;

/// Lets the browser save `content` as a text file of this name. Where the browser refuses, it says so
/// itself.
pub(crate) fn text(name: &str, content: &str) {
    file(name, PLAIN, content);
}

/// The same with a text of another kind, which is its MIME type.
pub(crate) fn file(name: &str, kind: &str, content: &str) {
    // Every step fails only where the browser forbids downloads, of which it tells the user.
    let _ = blob(kind, content).and_then(|blob| save(name, &blob));
}

/// A piece of a long plain text, which from here on is the browser's to keep, and not in the memory of
/// the page.
pub(crate) fn piece(content: &str) -> JsValue {
    let blob = blob(PLAIN, content).map(JsValue::from);
    blob.unwrap_or_else(|_| content.into())
}

/// The same with a plain text in [pieces](piece).
pub(crate) fn pieces(name: &str, content: &Array) {
    let _ = joined(PLAIN, content).and_then(|blob| save(name, &blob));
}

/// A text of that kind (its MIME type) as a file has it.
pub(crate) fn blob(kind: &str, content: &str) -> Result<Blob, JsValue> {
    joined(kind, &Array::of1(&JsValue::from_str(content)))
}

fn joined(kind: &str, pieces: &Array) -> Result<Blob, JsValue> {
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
    Blob::new_with_str_sequence_and_options(pieces, &properties)
}

/// Lets the browser save a file under this name.
pub(crate) fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // Some browsers have only begun to read then.
    let revoke = Timeout::new(KEPT_MILLIS, move || drop(Url::revoke_object_url(&url)));
    revoke.forget();
    Ok(())
}
