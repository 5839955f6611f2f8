//! What the hand and the keys do to the history.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::raft::Chunks;
use crate::sim::OperationRecord;
use crate::ui::act::Act;
use crate::ui::axis::{FINGER, REACH, Surface};
use crate::ui::selection::Selection;
use crate::ui::text::within;

use super::HistoryProps;
use super::ledger::{AXIS, LANE, Ledger, record};

/// What the hand has to do with.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) ledger: Rc<RefCell<Ledger>>,
    /// Whether all of the run is in view.
    pub(super) whole: UseStateSetter<bool>,
    pub(super) area: NodeRef,
    /// The only key whose operations are shown; empty: all are.
    pub(super) key: Rc<str>,
    pub(super) props: HistoryProps,
}

/// A step with the arrows.
#[derive(Clone, Copy)]
enum Step {
    /// To the operation before, of the same client.
    Back,
    /// To the next one.
    On,
    /// To the client above.
    Up,
    /// To the one below.
    Down,
}

impl Hand {
    /// The operation there.
    fn hit(&self, (x, y): (f64, f64), reach: f64) -> Option<u64> {
        let ledger = self.ledger.borrow();
        let places = ledger.places.iter();
        let near = places.filter(|place| (place.y - y).abs() <= LANE / 2.0);
        let away = |from: f64, to: f64| (from - x).max(x - to).max(0.0);
        let near = near.map(|place| (away(place.x.0, place.x.1), place.number));
        let nearest = near.min_by(|one, other| one.0.total_cmp(&other.0));
        nearest
            .filter(|&(away, _)| away <= reach && y >= AXIS)
            .map(|(_, number)| number)
    }

    /// Selects an operation, and goes to its answer, or to where it began to wait for one.
    fn go(&self, number: u64) {
        let mut at = None;
        self.props.looker.session.timeline(&mut |timeline| {
            let record = record(timeline.run().world(), number);
            at = record.map(|record| record.ended.or(record.began).unwrap_or(record.asked));
        });
        if let Some(at) = at {
            self.go_to(number, Act::Seek(at));
        }
    }

    /// Selects an operation, and goes there.
    pub(super) fn go_to(&self, number: u64, act: Act) {
        self.ledger.borrow_mut().cursor = Some(number);
        let selection = Selection::Operation(number);
        self.props.looker.on_select.emit(Some(selection));
        self.props.looker.go(act);
    }

    /// Selects the stale read before or after what the arrows have come to, and brings it into view; before
    /// the first comes the last, and after the last the first.
    pub(super) fn step_stale(&self, back: bool) {
        let from = self.ledger.borrow().cursor.unwrap_or(0);
        let mut found = None;
        self.props.looker.session.timeline(&mut |timeline| {
            let all = timeline.run().monitor().stale_reads();
            let next = match back {
                true => all.range(..from).next_back().or_else(|| all.last()),
                false => all.range(from + 1..).next().or_else(|| all.first()),
            };
            found = next.copied();
        });
        if let Some(number) = found {
            let selection = Selection::Operation(number);
            self.props.looker.on_select.emit(Some(selection));
            self.show(number);
        }
    }

    fn step(&self, step: Step) {
        let mut found = None;
        self.props.looker.session.timeline(&mut |timeline| {
            let operations = timeline.run().world().operations();
            found = self.after(operations, step).map(|record| record.number);
        });
        if let Some(number) = found {
            self.show(number);
        }
    }

    /// Comes to an operation, and brings it into view.
    fn show(&self, number: u64) {
        let mut found = None;
        self.props.looker.session.timeline(&mut |timeline| {
            found = record(timeline.run().world(), number).map(|record| {
                let at = record.ended.or(record.began).unwrap_or(record.asked);
                (record.client.0, at.0 as f64)
            });
        });
        let Some((row, at)) = found else {
            return;
        };
        let mut ledger = self.ledger.borrow_mut();
        ledger.cursor = Some(number);
        ledger.hovered = None;
        let end = ledger.end;
        ledger.window.reveal(at, end);
        drop(ledger);
        self.scroll_to(f64::from(row));
    }

    fn after<'a>(
        &self,
        operations: &'a Chunks<OperationRecord>,
        step: Step,
    ) -> Option<&'a OperationRecord> {
        let ledger = self.ledger.borrow();
        let place = |number: u64| usize::try_from(number).ok()?.checked_sub(1);
        let cursor = ledger
            .cursor
            .and_then(|number| operations.get(place(number)?));
        let Some(cursor) = cursor else {
            // The latest in view.
            let places = ledger.places.iter().map(|place| place.number);
            return operations.get(place(places.max()?)?);
        };
        let is_shown = |record: &&OperationRecord| {
            self.key.is_empty() || **record.operation.key() == *self.key
        };
        let of_client = |record: &&OperationRecord| record.client == cursor.client;
        let here = place(cursor.number)?;
        let at = |number: usize| operations.get(number);
        match step {
            Step::Back => (0..here)
                .rev()
                .filter_map(at)
                .filter(of_client)
                .find(is_shown),
            Step::On => {
                let later = here + 1..operations.len();
                later.filter_map(at).filter(of_client).find(is_shown)
            }
            Step::Up | Step::Down => {
                let seen = ledger.places.iter();
                let seen = seen.filter_map(|seen| operations.get(place(seen.number)?));
                let is_up = matches!(step, Step::Up);
                let beyond = seen.filter(|record| match is_up {
                    true => record.client < cursor.client,
                    false => record.client > cursor.client,
                });
                // The next lane first, and there what was asked at about the same time.
                beyond.min_by_key(|record| {
                    let lanes = record.client.0.abs_diff(cursor.client.0);
                    (lanes, record.asked.0.abs_diff(cursor.asked.0))
                })
            }
        }
    }

    /// Scrolls as little as shows that lane.
    fn scroll_to(&self, row: f64) {
        let Some(area) = self.area.cast::<Element>() else {
            return;
        };
        let (top, high) = (
            f64::from(area.scroll_top()),
            f64::from(area.client_height()),
        );
        let lane = row * LANE;
        let room = high - AXIS - LANE;
        if lane < top || lane > top + room {
            area.set_scroll_top(if lane < top { lane } else { lane - room } as i32);
        }
    }
}

impl Surface for Hand {
    fn drag(&self, right: f64, down: f64) {
        let part = self.ledger.borrow().part(right);
        self.pan(-part);
        if let Some(area) = self.area.cast::<Element>() {
            area.set_scroll_top(area.scroll_top() - down as i32);
        }
    }

    fn pan(&self, part: f64) {
        self.whole.set(false);
        let mut ledger = self.ledger.borrow_mut();
        let end = ledger.end;
        ledger.window.pan(part, end);
        ledger.strayed |= self.props.looker.playing;
    }

    fn zoom(&self, times: f64, x: Option<f64>) {
        self.whole.set(false);
        let mut ledger = self.ledger.borrow_mut();
        let (end, window) = (ledger.end, ledger.window);
        let under = x.map(|x| ledger.time(x).max(window.from));
        let about = under.unwrap_or_else(|| within(end, window.from, window.until()));
        ledger.window.zoom(times, about, end);
    }

    fn show_all(&self) {
        self.whole.set(true);
    }

    fn point(&self, at: Option<(f64, f64)>) {
        let hovered = at.and_then(|at| self.hit(at, REACH));
        self.ledger.borrow_mut().hovered = hovered;
    }

    fn press(&self, at: (f64, f64), is_mouse: bool) {
        let reach = if is_mouse { REACH } else { FINGER };
        match self.hit(at, reach) {
            Some(number) => self.go(number),
            None => self.ledger.borrow_mut().cursor = None,
        }
    }

    fn key(&self, key: &str, _: bool) -> bool {
        let cursor = self.ledger.borrow().cursor;
        match (key, cursor) {
            ("ArrowLeft", _) => self.step(Step::Back),
            ("ArrowRight", _) => self.step(Step::On),
            ("ArrowUp", _) => self.step(Step::Up),
            ("ArrowDown", _) => self.step(Step::Down),
            ("Enter", Some(cursor)) => self.go(cursor),
            ("Escape", Some(_)) => {
                self.ledger.borrow_mut().cursor = None;
                self.props.looker.on_select.emit(None);
            }
            _ => return false,
        }
        true
    }
}
