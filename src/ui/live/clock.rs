//! The clock on the wall, by which a frame's work is measured.

/// A part of a frame: work goes on until it is over.
pub(super) struct Slice {
    over: f64,
}

impl Slice {
    /// So many milliseconds from now on.
    pub(super) fn of(millis: f64) -> Self {
        Self {
            over: now() + millis,
        }
    }

    /// Whether it is over.
    pub(super) fn is_over(&self) -> bool {
        now() >= self.over
    }
}

/// Milliseconds, to fractions of them.
fn now() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(js_sys::Date::now, |performance| performance.now())
}
