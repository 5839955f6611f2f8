//! The transport bar: time runs, stands, goes on by one event, runs faster or slower.

mod bar;
mod clock;
mod speed;

pub(crate) use bar::TransportBar;
