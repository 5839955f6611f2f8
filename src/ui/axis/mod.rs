//! What views have in common in which time runs right: the stretch that is in view, the times on its
//! edge, what it is drawn on, and the hand that moves it.

mod gestures;
mod hand;
mod sheet;
mod texts;
mod times;
mod window;

pub(super) use hand::{Surface, Tools, use_hand};
pub(super) use sheet::use_sheet;
pub(super) use times::{round, seconds};
pub(super) use window::Window;

/// How near one must come to a thing, in pixels, with a mouse and with a finger.
pub(super) const REACH: f64 = 9.0;
pub(super) const FINGER: f64 = 22.0;
