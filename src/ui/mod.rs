//! The page: components, drawing, texts.
//!
//! One way: an act of the user ([`act::Act`]) changes the session, the session gives a new
//! [`view::View`], and the components are functions of that.

pub mod act;
pub mod api;
mod download;
mod hooks;
pub mod live;
mod panels;
pub mod session;
pub mod shared;
pub mod shell;
pub mod stage;
pub mod text;
mod transport;
pub mod view;
