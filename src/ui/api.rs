//! `window.flotilla`: the page for embedding, slides and tests.
//!
//! | function | what it does |
//! | --- | --- |
//! | `state()` | the runner's JSON object for this moment |
//! | `load(toml)` | shows that scenario from its start; throws an `Error` with every mistake and its line |
//! | `run_until(us)` | runs to that simulated time, at most 24 h, or to the scenario's end, at once |
//! | `seek(us)` | goes to that simulated time at once, forward or back |
//! | `play()`, `pause()` | lets time run, or stand |
//! | `panic()` | a fire drill: fails as a mistake in the program would, to see that the page says so |

use js_sys::{Error, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::raft::Time;
use crate::scenario::MAX_DURATION;

use super::act::Act;
use super::live::LiveSession;
use super::parts::{self, Part};
use super::session::Session;

/// Puts the functions on the window, for as long as the page lives.
///
/// # Errors
/// When the window does not take them.
pub fn offer(session: &LiveSession) -> Result<(), JsValue> {
    let api = Object::new();
    let of = session.clone();
    let state = Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(move || {
        parts::load_now(Part::Api)?;
        JSON::parse(&of.report())
    });
    put(&api, "state", state)?;
    let of = session.clone();
    // Arguments are taken as whatever they are: the glue would take what is no string for a place in
    // memory, and what is no number for one.
    let load = Closure::<dyn Fn(JsValue) -> Result<(), JsValue>>::new(move |text: JsValue| {
        let text = text
            .as_string()
            .ok_or_else(|| Error::new("load takes the text of a scenario, a string"))?;
        // Whoever calls the next function counts on this one to be done.
        parts::load_now(Part::Reading)?;
        of.load(&text).map_err(|why| Error::new(&why).into())
    });
    put(&api, "load", load)?;
    put(&api, "run_until", to_time(session, LiveSession::run_until))?;
    put(&api, "seek", to_time(session, LiveSession::seek))?;
    put(&api, "play", act(session, Act::Play))?;
    put(&api, "pause", act(session, Act::Halt))?;
    let drill = Closure::<dyn Fn()>::new(|| panic!("a fire drill: nothing is wrong"));
    put(&api, "panic", drill)?;
    let window = web_sys::window().ok_or("there is no window")?;
    Reflect::set(&window, &"flotilla".into(), &api).map(|_| ())
}

/// A function that is given a simulated time.
fn to_time(
    session: &LiveSession,
    go: fn(&LiveSession, Time),
) -> Closure<dyn Fn(JsValue) -> Result<(), JsValue>> {
    let session = session.clone();
    Closure::new(move |us: JsValue| {
        let us = us
            .as_f64()
            .filter(|us| *us >= 0.0)
            .filter(|us| *us <= MAX_DURATION.as_micros() as f64)
            .ok_or_else(|| {
                Error::new("a time is a number of microseconds, from 0 to those of 24 h")
            })?;
        go(&session, Time(us as u64));
        Ok(())
    })
}

fn act(session: &LiveSession, act: Act) -> Closure<dyn Fn() -> Result<(), JsValue>> {
    let session = session.clone();
    Closure::new(move || {
        session
            .act(act.clone())
            .map_err(|why| Error::new(&why).into())
    })
}

fn put<T: ?Sized + wasm_bindgen::closure::WasmClosure>(
    api: &Object,
    name: &str,
    function: Closure<T>,
) -> Result<(), JsValue> {
    let function: Function = function.into_js_value().unchecked_into();
    Reflect::set(api, &name.into(), &function).map(|_| ())
}
