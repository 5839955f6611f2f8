//! The stretch of time that is in view.

use crate::ui::text::within;

/// The shortest stretch, in microseconds.
const SHORTEST: f64 = 200.0;
/// That of the beginning: some flights long.
const FIRST: f64 = 250_000.0;
/// The longest is the whole run, with so much room after it.
const ROOM: f64 = 1.15;
/// Where in the window the playhead is kept while it is followed.
const PLAYHEAD: f64 = 0.86;

/// A stretch of time, in microseconds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::ui) struct Window {
    /// Where it begins.
    pub(in crate::ui) from: f64,
    /// How long it is.
    pub(in crate::ui) span: f64,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            from: 0.0,
            span: FIRST,
        }
    }
}

impl Window {
    /// Where it ends.
    pub(in crate::ui) fn until(&self) -> f64 {
        self.from + self.span
    }

    /// Shows so many times as much, of a run that has come to `end`; what is at `about` stays where it
    /// is.
    pub(in crate::ui) fn zoom(&mut self, times: f64, about: f64, end: f64) {
        let longest = (end * ROOM).max(2.0 * FIRST);
        let span = within(self.span * times, SHORTEST, longest);
        let part = (about - self.from) / self.span;
        self.from = about - part * span;
        self.span = span;
        self.stay(end);
    }

    /// Shows all of a run that has come to `end`.
    pub(in crate::ui) fn show_all(&mut self, end: f64) {
        self.zoom(f64::INFINITY, self.from, end);
        self.from = 0.0;
    }

    /// Moves by so much of itself.
    pub(in crate::ui) fn pan(&mut self, part: f64, end: f64) {
        self.from += part * self.span;
        self.stay(end);
    }

    /// Some of the run is in view, and nothing from before it.
    fn stay(&mut self, end: f64) {
        let last = end - self.span * (1.0 - PLAYHEAD);
        self.from = self.from.min(last).max(0.0);
    }

    /// Time goes on to `now`, which is kept in view.
    pub(in crate::ui) fn follow(&mut self, now: f64) {
        if now < self.from || now > self.from + self.span * PLAYHEAD {
            self.from = (now - self.span * PLAYHEAD).max(0.0);
        }
    }

    /// Moves as little as shows that time, and some around it.
    pub(in crate::ui) fn reveal(&mut self, at: f64, end: f64) {
        let room = self.span * (1.0 - PLAYHEAD);
        if at < self.from + room {
            self.from = at - room;
        } else if at > self.until() - room {
            self.from = at + room - self.span;
        }
        self.stay(end);
    }

    /// Whether that time is in it.
    pub(in crate::ui) fn contains(&self, at: f64) -> bool {
        (self.from..=self.until()).contains(&at)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_under_the_pointer_stays_there_when_it_is_zoomed() {
        let mut window = Window {
            from: 1e6,
            span: 1e5,
        };
        window.zoom(0.5, 1.02e6, 1e7);
        assert!((window.from - 1.01e6).abs() < 1e-3, "{window:?}");
        assert!((window.span - 5e4).abs() < 1e-3);
        window.zoom(2.0, 1.02e6, 1e7);
        assert!((window.from - 1e6).abs() < 1e-3, "{window:?}");
    }

    #[test]
    fn one_can_go_no_further_than_the_run() {
        let mut window = Window::default();
        window.pan(-3.0, 1e6);
        assert!(window.from.abs() < 1e-9);
        window.pan(100.0, 1e6);
        assert!(window.contains(1e6) && window.from < 1e6, "{window:?}");
        window.pan(100.0, 1e6);
        window.show_all(1e6);
        assert!(
            window.from.abs() < 1e-9 && window.span < 1.2e6,
            "{window:?}"
        );
        window.zoom(1e-9, 5e5, 1e6);
        assert!((window.span - SHORTEST).abs() < 1e-9);
    }

    #[test]
    fn the_playhead_is_followed_only_when_it_would_leave() {
        let mut window = Window {
            from: 1e6,
            span: 1e5,
        };
        window.follow(1.05e6);
        assert!((window.from - 1e6).abs() < 1e-9);
        window.follow(1.2e6);
        assert!(window.contains(1.2e6) && window.from > 1.1e6, "{window:?}");
        window.follow(2e5);
        assert!(window.contains(2e5), "{window:?}");
    }
}
