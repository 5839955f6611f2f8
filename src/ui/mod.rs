//! The page: components, drawing, texts.
//!
//! One way: an act of the user ([`act::Act`]) changes the session, the session gives a new
//! [`view::View`], and the components are functions of that.

pub mod act;
pub mod api;
pub mod live;
pub mod session;
pub mod shared;
pub mod stage;
pub mod text;
pub mod view;
