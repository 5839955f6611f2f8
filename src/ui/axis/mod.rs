//! What views have in common in which time runs right: the stretch that is in view, the times on its
//! edge, and the hand that moves it.

mod gestures;
mod times;
mod window;

pub(super) use gestures::{Gestures, Surface};
pub(super) use times::{round, seconds};
pub(super) use window::Window;

/// How much a press on a tool or a key zooms, or moves.
pub(super) const ZOOM: f64 = 0.6;
pub(super) const PAN: f64 = 0.5;
/// How near one must come to a thing, in pixels, with a mouse and with a finger.
pub(super) const REACH: f64 = 9.0;
pub(super) const FINGER: f64 = 22.0;
