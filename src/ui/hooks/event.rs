//! Events that reach the document, whatever they happen to.

use gloo_events::{EventListener, EventListenerOptions};
use yew::prelude::*;

/// Calls `callback` with every event of this name that bubbles up to the document, for as long as
/// the component is there.
#[hook]
pub(crate) fn use_document_event(name: &'static str, callback: Callback<Event>) {
    use_effect_with(callback, move |callback| {
        let callback = callback.clone();
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, name, options, move |event| {
                callback.emit(event.clone());
            })
        });
        move || drop(listener)
    });
}
