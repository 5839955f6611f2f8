//! The page: components, drawing, texts.
//!
//! One way: an act of the user ([`act::Act`]) changes the session, the session gives a new
//! [`view::View`], and the components are functions of that.

pub mod act;
pub mod api;
mod axis;
mod branches;
mod download;
mod files;

mod help;
mod history;
mod hooks;
mod inspector;
pub mod live;
mod looker;
mod panels;
mod parts;
pub mod picture;
mod selection;
pub mod session;
pub mod shared;
pub mod shell;
mod spacetime;
pub mod stage;
pub mod text;
mod transport;
pub mod view;

use std::rc::Rc;

use parts::Part;
use session::SessionHandle;
use shell::{App, AppProps, first_lang};

/// Starts the page: a fresh cluster, shown and running.
pub fn start() {
    shell::install_panic_notice();
    parts::keep();
    let session = live::LiveSession::default();
    if let Err(why) = api::offer(&session) {
        web_sys::console::error_1(&why);
    }
    let session = SessionHandle::new(Rc::new(session));
    yew::platform::spawn_local(async move {
        if files::is_told_of_a_run()
            && !(parts::load(Part::Reading).await && parts::load(Part::Run).await)
        {
            return say_that_loading_failed();
        }
        let lang = first_lang().await;
        if let Some(place) = place() {
            yew::Renderer::<App>::with_root_and_props(place, AppProps { session, lang }).render();
        }
    });
}

/// In the place of the line that says that the page is loading: a run that is linked to or that was
/// left here cannot be read, and is not to be written over by a new one.
fn say_that_loading_failed() {
    let line = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("loading"));
    if let Some(line) = line {
        line.set_text_content(Some(
            "Flotilla could not be loaded. Is there a connection? Reload the page to try again.",
        ));
    }
}

/// Where the page goes, cleared of what says that it is loading.
fn place() -> Option<web_sys::Element> {
    let place = web_sys::window()?.document()?.get_element_by_id("app")?;
    place.set_inner_html("");
    Some(place)
}
