//! Files that come into the page.

use std::rc::Rc;

use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use yew::platform::spawn_local;

use crate::scenario::trace::{self, MAX_TRACE_BYTES, Trace};
use crate::scenario::{self, Error, MAX_FILE_BYTES, Scenario};
use crate::ui::parts::{self, Part};

/// What came of a file.
pub(super) enum Incoming {
    /// A scenario, and its text.
    Scenario(Rc<Scenario>, String),
    /// A trace.
    Trace(Trace),
    /// The text is no scenario: all that is wrong with it.
    Wrong(String, Vec<Error>),
    /// The text is no trace: all that is wrong with it.
    WrongTrace(Vec<Error>),
    /// It has more bytes than it may have.
    TooLarge,
    /// The browser could not read it.
    Unreadable,
    /// What reads it could not be loaded.
    NotLoaded,
}

/// Reads a file, if it is not too large, and tells what came of it.
pub(super) fn read(file: File, done: impl FnOnce(Incoming) + 'static) {
    if file.size() > MAX_TRACE_BYTES as f64 {
        return done(Incoming::TooLarge);
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await;
        done(match text.ok().and_then(|text| text.as_string()) {
            Some(text) => understood(text).await,
            None => Incoming::Unreadable,
        });
    });
}

async fn understood(text: String) -> Incoming {
    // No scenario begins with a brace, and every object of JSON does.
    if text
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .starts_with('{')
    {
        if !parts::load(Part::Files).await {
            return Incoming::NotLoaded;
        }
        return match trace::parse(&text) {
            Ok(trace) => Incoming::Trace(trace),
            Err(errors) => Incoming::WrongTrace(errors),
        };
    }
    if text.len() > MAX_FILE_BYTES {
        return Incoming::TooLarge;
    }
    if !parts::load(Part::Reading).await {
        return Incoming::NotLoaded;
    }
    match scenario::parse(&text) {
        Ok(scenario) => Incoming::Scenario(Rc::new(scenario), text),
        Err(errors) => Incoming::Wrong(text, errors),
    }
}
