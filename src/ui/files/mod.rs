//! How a run leaves the page and comes into it: links, files, the editor, exports, and what the page
//! remembers from visit to visit.

mod button;
mod draft;
mod drop;
mod editor;
mod export;
mod incoming;
mod link;
mod memory;
mod name;
mod note;
mod own;
mod run_menu;
mod work;

pub(crate) use button::RunMenu;
pub(crate) use link::{copy, show as show_in_address};
pub(crate) use memory::{is_told_of_a_run, note_panic, remember_speed};
