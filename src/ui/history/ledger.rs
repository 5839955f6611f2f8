//! The history's state from frame to frame: what is in view, what is pointed at, what has been drawn.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::catalogue::fill;
use crate::check::Linearizability;
use crate::kv::{ClientId, Operation, Response};
use crate::raft::Time;
use crate::scenario::Run;
use crate::sim::{Failure, OperationRecord, Outcome, World};
use crate::ui::axis::Window;
use crate::ui::selection::Selection;
use crate::ui::stage::{Theme, context};
use crate::ui::text::{Decimal, HistoryTexts};
use crate::ui::view::Still;

use super::HistoryProps;
use super::paint::{Mark, Picture};

/// How high a lane is, in pixels, and the row of times.
pub(super) const LANE: f64 = 32.0;
pub(super) const AXIS: f64 = 22.0;
/// How wide the names of the clients are.
pub(super) const NAMES: f64 = 64.0;
/// The most operations that are drawn.
const DRAWN_MAX: usize = 4_000;
/// With more, all of a run that goes on is drawn again only after a while, in milliseconds: it looks the same.
const MANY: usize = 500;
const SHOWN_MS: f64 = 350.0;

/// What a frame is drawn from.
pub(super) struct Frame<'a> {
    pub(super) props: &'a HistoryProps,
    /// How large the canvas is, in pixels.
    pub(super) size: (f64, f64),
    pub(super) theme: &'a Rc<Theme>,
    pub(super) texts: HistoryTexts,
    /// The only key whose operations are shown; empty: all are.
    pub(super) key: &'a Rc<str>,
    /// How far the lanes are scrolled.
    pub(super) scrolled: f64,
}

/// What a picture depends on: the same again need not be drawn.
#[derive(Clone, PartialEq)]
struct Drawn {
    size: (f64, f64),
    theme: Rc<Theme>,
    texts: HistoryTexts,
    key: Rc<str>,
    scrolled: f64,
    window: Window,
    still: Still,
    now: f64,
    pointed: Option<u64>,
    selected: Option<Selection>,
}

/// An operation where it was drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its number.
    pub(super) number: u64,
    /// From where to where.
    pub(super) x: (f64, f64),
    /// The middle of its lane.
    pub(super) y: f64,
}

/// The state.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) window: Window,
    /// Whether that is all of the run, as far as it comes.
    pub(super) whole: bool,
    /// How long the run is, in microseconds.
    pub(super) end: f64,
    /// What the pointer is on.
    pub(super) hovered: Option<u64>,
    /// What the arrows have come to, or what was pressed last.
    pub(super) cursor: Option<u64>,
    /// What was drawn, and where.
    pub(super) places: Vec<Place>,
    /// Whether somebody has looked elsewhere since time began to run.
    pub(super) strayed: bool,
    /// How wide the canvas was.
    pub(super) width: f64,
    clients: usize,
    stretched: usize,
    now: f64,
    drawn: Option<Drawn>,
    /// When, in milliseconds.
    drawn_at: f64,
    is_dense: bool,
    said: Option<String>,
}

impl Ledger {
    /// Draws what has changed.
    pub(super) fn frame(
        &mut self,
        frame: &Frame,
        canvas: &HtmlCanvasElement,
        caption: &HtmlElement,
    ) {
        let session = &frame.props.looker.session;
        let now = session.moving().now();
        session.timeline(&mut |timeline| {
            let run = timeline.run();
            self.end = now;
            let is_out = !self.window.contains(now);
            let playing = frame.props.looker.playing;
            self.strayed &= playing;
            if self.whole {
                self.window.show_all(now);
            } else if self.now != now && !self.strayed && (is_out || playing) {
                self.window.follow(now);
            }
            self.now = now;
            self.clients = clients(run.world());
            self.draw(frame, run, canvas);
            self.say(frame, run, caption);
        });
    }

    /// There is room to scroll for a lane a client.
    pub(super) fn stretch(&mut self, lanes: &HtmlElement) {
        if self.stretched != self.clients {
            self.stretched = self.clients;
            let height = format!("{}px", Decimal(AXIS + self.clients as f64 * LANE));
            // It fails only for a style that is read-only.
            let _ = lanes.style().set_property("height", &height);
        }
    }

    /// Where a time is.
    pub(super) fn x(&self, at: f64) -> f64 {
        let part = (at - self.window.from) / self.window.span;
        NAMES + part * (self.width - NAMES)
    }

    /// The time there.
    pub(super) fn time(&self, x: f64) -> f64 {
        self.window.from + self.part(x - NAMES) * self.window.span
    }

    /// How much of the window so many pixels are.
    pub(super) fn part(&self, pixels: f64) -> f64 {
        pixels / (self.width - NAMES).max(1.0)
    }

    fn draw(&mut self, frame: &Frame, run: &Run, canvas: &HtmlCanvasElement) {
        let drawn = Some(Drawn {
            size: frame.size,
            theme: frame.theme.clone(),
            texts: frame.texts,
            key: frame.key.clone(),
            scrolled: frame.scrolled,
            window: self.window,
            still: frame.props.still,
            now: self.now,
            pointed: self.hovered.or(self.cursor),
            selected: frame.props.looker.selected,
        });
        let wall = js_sys::Date::now();
        if self.drawn == drawn || self.can_wait(drawn.as_ref(), frame, wall) {
            return;
        }
        (self.drawn, self.drawn_at) = (drawn, wall);
        let (width, height) = frame.size;
        self.width = width;
        let Some(ctx) = context(canvas, width, height) else {
            return;
        };
        let (world, monitor) = (run.world(), run.monitor());
        let broken = match monitor.linearizability() {
            Linearizability::Broken(broken) => Some(broken),
            Linearizability::Holds | Linearizability::Undecided { .. } => None,
        };
        let picture = Picture {
            ctx: &ctx,
            theme: frame.theme,
            size: frame.size,
            ledger: self,
            thin: Cell::new(None),
        };
        picture.begin(broken.map(|broken| broken.at.0 as f64));
        let window = self.window;
        let from = Time(window.from.max(0.0) as u64);
        let until = Time(window.until().min(self.now).max(0.0) as u64);
        let all = world.operations_between(from, until, DRAWN_MAX);
        let is_dense = all.len() == DRAWN_MAX;
        let mut places = Vec::new();
        let selected = frame.props.looker.selected;
        for record in all {
            if !frame.key.is_empty() && **record.operation.key() != **frame.key {
                continue;
            }
            let y = AXIS + (f64::from(record.client.0) + 0.5) * LANE - frame.scrolled;
            if y < AXIS - LANE || y > height + LANE {
                continue;
            }
            let mark = Mark {
                is_stale: monitor.stale_reads().contains(&record.number),
                is_misfit: broken.is_some_and(|broken| broken.operation == record.number),
                is_selected: selected == Some(Selection::Operation(record.number)),
                is_pointed: self.hovered.or(self.cursor) == Some(record.number),
            };
            let x = picture.operation(record, y, mark);
            let number = record.number;
            places.push(Place { number, x, y });
        }
        let rows = (0..self.clients).map(|row| {
            let name = world.client(ClientId(row as u32));
            let y = AXIS + (row as f64 + 0.5) * LANE - frame.scrolled;
            (name.map_or("?", |client| client.name()), y)
        });
        picture.end(rows);
        self.places = places;
        self.is_dense = is_dense;
    }

    /// Whether it is all of a long run, in which only time has gone on, and has just been drawn.
    fn can_wait(&self, to_draw: Option<&Drawn>, frame: &Frame, wall: f64) -> bool {
        let is_long = self.whole && self.places.len() > MANY;
        if !is_long || !frame.props.looker.playing || wall - self.drawn_at >= SHOWN_MS {
            return false;
        }
        let (Some(before), Some(to_draw)) = (&self.drawn, to_draw) else {
            return false;
        };
        *before
            == Drawn {
                window: before.window,
                still: before.still,
                now: before.now,
                ..to_draw.clone()
            }
    }

    fn say(&mut self, frame: &Frame, run: &Run, caption: &HtmlElement) {
        let told = self.hovered.or(self.cursor).and_then(|number| {
            let record = record(run.world(), number)?;
            Some(tell(record, run, frame.texts))
        });
        let texts = frame.texts;
        let told = told.unwrap_or_else(|| {
            let general = if self.is_dense {
                texts.dense()
            } else {
                texts.hint()
            };
            general.to_owned()
        });
        if self.said.as_ref() != Some(&told) {
            caption.set_text_content(Some(&told));
            self.said = Some(told);
        }
    }
}

/// How many clients there are.
fn clients(world: &World) -> usize {
    (0..)
        .take_while(|&id| world.client(ClientId(id)).is_some())
        .count()
}

/// The operation of that number.
pub(super) fn record(world: &World, number: u64) -> Option<&OperationRecord> {
    world
        .operations()
        .get(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// What was asked, and what was answered: `get x → 1`.
pub(super) fn label(record: &OperationRecord) -> String {
    let mut label = record.operation.to_string();
    let found = match &record.outcome {
        Outcome::Ok(Response::Value(found)) => Some(found.as_deref()),
        Outcome::Failed(Failure::Mismatch(found)) => Some(found.as_deref()),
        _ => None,
    };
    if let Some(found) = found {
        label.push_str(" → ");
        label.push_str(found.unwrap_or("∅"));
    }
    label
}

/// An operation in words.
fn tell(record: &OperationRecord, run: &Run, texts: HistoryTexts) -> String {
    let client = run.world().client(record.client);
    let client: &str = client.map_or("?", |client| client.name());
    let mut outcome = match &record.outcome {
        Outcome::Pending if record.began.is_none() => texts.queued(),
        Outcome::Pending => texts.waiting(),
        Outcome::Ok(_) => texts.done(),
        Outcome::Failed(_) => texts.failed(),
        Outcome::Unknown => texts.unknown(),
    }
    .to_owned();
    let mut add = |word: &str| {
        outcome.push_str(", ");
        outcome.push_str(word);
    };
    if run.monitor().stale_reads().contains(&record.number) {
        add(texts.stale());
    }
    if let Linearizability::Broken(broken) = run.monitor().linearizability()
        && broken.operation == record.number
    {
        add(texts.does_not_fit());
    }
    // Of a compare-and-set, what it found is why it was not done.
    let what = match &record.operation {
        Operation::Get { .. } | Operation::Cas { .. } => label(record),
        Operation::Put { .. } | Operation::Delete { .. } => record.operation.to_string(),
    };
    let began = record.began.unwrap_or(record.asked);
    match record.ended {
        Some(ended) => fill(texts.told(), &[&what, &client, &outcome, &began, &ended]),
        None => fill(texts.told_open(), &[&what, &client, &outcome, &began]),
    }
}
