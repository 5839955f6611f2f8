//! The clock on the wall, by which a frame's work is measured.

/// A part of a frame: work goes on until it is over.
pub(in crate::ui) struct Slice {
    over: f64,
}

impl Slice {
    /// So many milliseconds from now on.
    pub(in crate::ui) fn of(millis: f64) -> Self {
        Self {
            over: now() + millis,
        }
    }

    /// Whether it is over.
    pub(in crate::ui) fn is_over(&self) -> bool {
        now() >= self.over
    }
}

/// Milliseconds, to fractions of them.
fn now() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(js_sys::Date::now, |performance| performance.now())
}
