//! The transport bar: where in time the page is, and every way to go elsewhere.

mod bar;
mod clock;
mod paint;
mod said;
mod speed;
mod strip;
mod until;

pub(crate) use bar::TransportBar;
pub(crate) use until::{jump, run_until};
