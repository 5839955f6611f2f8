//! The page around the stage: header, layout, set-up, notices, help, keys.

mod app;
mod broken;
mod header;
mod keys;
mod language;
mod notice;
mod offer;
mod on_stage;
mod panels;
mod panic;
mod preference;
mod safety;
mod setup;
mod sheet;

pub use app::{App, AppProps};
pub(crate) use language::first_lang;
pub use panic::install as install_panic_notice;
pub(crate) use sheet::{Sheet, Tab};
