//! The page: components, drawing, texts.
//!
//! One way: an act of the user ([`act::Act`]) changes the session, the session gives a new
//! [`view::View`], and the components are functions of that.

pub mod act;
pub mod api;
mod branches;
mod download;
mod files;
mod hooks;
pub mod live;
mod panels;
pub mod picture;
pub mod session;
pub mod shared;
pub mod shell;
pub mod stage;
pub mod text;
mod transport;
pub mod view;

use std::rc::Rc;

use session::SessionHandle;
use shell::{App, AppProps};

/// Starts the page: a fresh cluster, shown and running.
pub fn start() {
    shell::install_panic_notice();
    let session = live::LiveSession::default();
    if let Err(why) = api::offer(&session) {
        web_sys::console::error_1(&why);
    }
    let session = SessionHandle::new(Rc::new(session));
    if let Some(place) = place() {
        yew::Renderer::<App>::with_root_and_props(place, AppProps { session }).render();
    }
}

/// Where the page goes, cleared of what says that it is loading.
fn place() -> Option<web_sys::Element> {
    let place = web_sys::window()?.document()?.get_element_by_id("app")?;
    place.set_inner_html("");
    Some(place)
}
