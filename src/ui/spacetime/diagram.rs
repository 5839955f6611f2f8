//! The diagram's state from frame to frame: what is in view, what is pointed at, what has been drawn.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::catalogue::fill;
use crate::raft::Time;
use crate::scenario::Host;
use crate::timeline::spacetime::{Cargo, Cone, End, SpaceTime as Stretch};
use crate::timeline::{Moment, Timeline};
use crate::ui::axis::Window;
use crate::ui::selection::Selection;
use crate::ui::stage::{Theme, context};
use crate::ui::text::SpaceTimeTexts;

use super::SpaceTimeProps;
use super::lanes::{Lane, Lanes, Thing};
use super::paint::Picture;
use super::store::Store;

/// What a frame is drawn from.
pub(super) struct Frame<'a> {
    pub(super) props: &'a SpaceTimeProps,
    /// How large the canvas is, in pixels.
    pub(super) size: (f64, f64),
    pub(super) theme: &'a Rc<Theme>,
    pub(super) texts: SpaceTimeTexts,
}

/// Something in the diagram, wherever it comes to stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// What an event did to a host.
    Point(u64, Host),
    /// A message.
    Message(u64),
    /// An operation or an answer on its way.
    Leg(u64),
}

impl Key {
    /// That of a thing.
    pub(super) fn of(stretch: &Stretch, thing: Thing) -> Option<Self> {
        Some(match thing {
            Thing::Point(place) => {
                let point = stretch.points().get(place)?;
                Self::Point(point.event, point.host)
            }
            Thing::Line(place) => {
                let line = stretch.lines().get(place)?;
                match line.cargo {
                    Cargo::Message { .. } => Self::Message(line.id),
                    Cargo::Operation { .. } => Self::Leg(line.id),
                }
            }
        })
    }

    fn find(self, stretch: &Stretch) -> Option<Thing> {
        let (lines, points) = (stretch.lines(), stretch.points());
        match self {
            Self::Point(event, host) => {
                let first = points.partition_point(|point| point.event < event);
                let of_event = points[first..]
                    .iter()
                    .take_while(|point| point.event == event);
                let place = of_event.into_iter().position(|point| point.host == host)?;
                Some(Thing::Point(first + place))
            }
            Self::Message(_) | Self::Leg(_) => (0..lines.len())
                .map(Thing::Line)
                .find(|&line| Self::of(stretch, line) == Some(self)),
        }
    }
}

/// What a picture depends on: the same again need not be drawn.
#[derive(Clone, PartialEq)]
struct Drawn {
    size: (f64, f64),
    theme: Rc<Theme>,
    texts: SpaceTimeTexts,
    window: Window,
    version: u64,
    now: f64,
    end: Moment,
    pointed: Option<Key>,
    selected: Option<Selection>,
}

/// The state.
pub(super) struct Diagram {
    pub(super) window: Window,
    /// Whether the playhead is kept in view while time runs.
    pub(super) follows: bool,
    pub(super) store: Store,
    /// What the pointer is on.
    pub(super) hovered: Option<Key>,
    /// What the arrows have come to, or what was pressed last.
    pub(super) cursor: Option<Key>,
    /// Where everything was drawn last.
    pub(super) lanes: Option<Lanes>,
    /// How far the branch has been run, and where the playhead is, in microseconds.
    pub(super) end: f64,
    pub(super) now: f64,
    cone: Option<(Key, u64, Cone)>,
    drawn: Option<Drawn>,
    said: Option<String>,
}

impl Default for Diagram {
    fn default() -> Self {
        Self {
            window: Window::default(),
            follows: true,
            store: Store::default(),
            hovered: None,
            cursor: None,
            lanes: None,
            end: 0.0,
            now: f64::NAN,
            cone: None,
            drawn: None,
            said: None,
        }
    }
}

impl Diagram {
    /// Goes on by a part of a frame, and draws what has changed.
    pub(super) fn frame(
        &mut self,
        frame: &Frame,
        canvas: &HtmlCanvasElement,
        caption: &HtmlElement,
    ) {
        let session = &frame.props.looker.session;
        let run = session.strip().run();
        let now = session.moving().now();
        session.timeline(&mut |timeline| {
            let branch = timeline.branch();
            self.end = branch.end().at.0 as f64;
            if self.store.look_at(&run, branch) {
                (self.hovered, self.cursor, self.cone) = (None, None, None);
                self.window.follow(now);
            }
            let moved = self.now != now;
            self.now = now;
            // Where time stands, the playhead goes where it is told to: what is in view need not move.
            let is_out = !frame.props.looker.playing && !self.window.contains(now);
            if moved && (is_out || frame.props.looker.playing && self.follows) {
                self.window.follow(now);
            }
            self.store.work(branch, self.window);
            self.draw(frame, timeline, canvas);
        });
        self.say(frame.texts, caption);
    }

    fn draw(&mut self, frame: &Frame, timeline: &Timeline, canvas: &HtmlCanvasElement) {
        let branch = timeline.branch();
        let drawn = Some(Drawn {
            size: frame.size,
            theme: frame.theme.clone(),
            texts: frame.texts,
            window: self.window,
            version: self.store.version(),
            now: self.now,
            end: branch.end(),
            pointed: self.pointed(frame.props.looker.selected),
            selected: frame.props.looker.selected,
        });
        if self.drawn == drawn {
            return;
        }
        self.drawn = drawn;
        let (width, height) = frame.size;
        let Some(ctx) = context(canvas, width, height) else {
            return;
        };
        let with_clients = frame.props.with_clients;
        let lanes = Lanes::new(branch.nodes(), with_clients, frame.size, self.window);
        self.see(frame.props.looker.selected);
        let stretch = self.store.drawn(self.window);
        let thing = self.cone.as_ref().zip(stretch);
        let thing = thing.and_then(|((key, _, cone), stretch)| Some((key.find(stretch)?, cone)));
        Picture {
            ctx: &ctx,
            theme: frame.theme,
            lanes: &lanes,
            names: [frame.texts.clients(), frame.texts.proxy()],
            branch,
            now: self.now,
            stretch,
            thing,
            selected: frame.props.looker.selected,
        }
        .draw();
        self.lanes = Some(lanes);
    }

    /// What is pointed at: by the pointer, by the arrows, or by being selected.
    fn pointed(&self, selected: Option<Selection>) -> Option<Key> {
        let selected = match selected {
            Some(Selection::Message(id)) => Some(Key::Message(id)),
            _ => None,
        };
        self.hovered.or(self.cursor).or(selected)
    }

    /// Sees to it that what led to what is pointed at, and what came of it, is known.
    fn see(&mut self, selected: Option<Selection>) {
        let Some(key) = self.pointed(selected) else {
            self.cone = None;
            return;
        };
        let version = self.store.version();
        if matches!(self.cone, Some((known, of, _)) if (known, of) == (key, version)) {
            return;
        }
        let stretch = self.store.drawn(self.window);
        let thing = stretch.and_then(|stretch| Some((stretch, key.find(stretch)?)));
        self.cone = thing.map(|(stretch, thing)| {
            let cone = match thing {
                Thing::Point(point) => stretch.cone(point),
                Thing::Line(line) => stretch.cone_of_line(line),
            };
            (key, version, cone)
        });
    }

    /// Says what is pointed at, or what one can do.
    fn say(&mut self, texts: SpaceTimeTexts, caption: &HtmlElement) {
        let stretch = self.store.drawn(self.window);
        let told = self.hovered.or(self.cursor).and_then(|key| {
            let stretch = stretch?;
            Some(tell(stretch, key.find(stretch)?, texts))
        });
        let told = told.unwrap_or_else(|| {
            match (self.store.is_dense(self.window), self.end > 0.0) {
                (true, _) => texts.dense(),
                (false, true) => texts.hint(),
                (false, false) => texts.nothing(),
            }
            .to_owned()
        });
        if self.said.as_ref() != Some(&told) {
            caption.set_text_content(Some(&told));
            self.said = Some(told);
        }
    }

    /// Goes with the arrows: to the next thing on the lane, to another lane, along a message.
    pub(super) fn step(&mut self, step: Step) {
        let Some(stretch) = self.store.drawn(self.window) else {
            return;
        };
        let Some(lanes) = &self.lanes else {
            return;
        };
        let at = match self.cursor.and_then(|key| key.find(stretch)) {
            Some(Thing::Point(place)) => Some(place),
            Some(Thing::Line(_)) | None => None,
        };
        let next = match at {
            None => first(stretch, lanes, self.now),
            Some(at) => after(stretch, lanes, at, step),
        };
        if let Some(next) = next {
            self.cursor = Key::of(stretch, Thing::Point(next));
            self.hovered = None;
            let shown = stretch.points()[next].at.0 as f64;
            self.window.reveal(shown, self.end);
        }
    }

    /// The thing of that key, where it is drawn.
    pub(super) fn find(&self, key: Key) -> Option<(&Stretch, Thing)> {
        let stretch = self.store.drawn(self.window)?;
        Some((stretch, key.find(stretch)?))
    }
}

/// A step with the arrows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// On the lane: on, or back.
    Along {
        /// Back.
        back: bool,
    },
    /// To another lane: up, or down.
    Across {
        /// Up.
        up: bool,
    },
    /// To where a message went that was sent there, or to where one came from.
    Message {
        /// To where it came from.
        back: bool,
    },
}

/// Where the arrows begin: at the last thing before the playhead, or at the first.
fn first(stretch: &Stretch, lanes: &Lanes, now: f64) -> Option<usize> {
    let points = stretch.points();
    let before = points.partition_point(|point| point.at.0 as f64 <= now);
    let is_seen = |place: &usize| {
        let point = &points[*place];
        !point.text.is_empty() && lanes.window.contains(point.at.0 as f64)
    };
    let mut all = (0..before).rev().chain(before..points.len());
    all.find(is_seen)
}

fn after(stretch: &Stretch, lanes: &Lanes, at: usize, step: Step) -> Option<usize> {
    let points = stretch.points();
    let lane = |place: usize| Lane::of(points[place].host);
    let is_told = |place: &usize| !points[*place].text.is_empty();
    match step {
        Step::Along { back } => {
            let is_next = |place: &usize| lane(*place) == lane(at) && is_told(place);
            match back {
                true => (0..at).rev().find(is_next),
                false => (at + 1..points.len()).find(is_next),
            }
        }
        Step::Across { up } => {
            let row = lanes.all.iter().position(|&other| other == lane(at))?;
            let rows: Vec<Lane> = match up {
                true => lanes.all[..row].iter().rev().copied().collect(),
                false => lanes.all[row + 1..].to_vec(),
            };
            let away = |place: &usize| points[*place].at.0.abs_diff(points[at].at.0);
            rows.into_iter().find_map(|row| {
                let of_row = (0..points.len()).filter(|&place| lane(place) == row);
                let in_view = |place: &usize| lanes.window.contains(points[*place].at.0 as f64);
                of_row.filter(is_told).filter(in_view).min_by_key(away)
            })
        }
        Step::Message { back } => {
            let mut lines = stretch.lines().iter();
            lines.find_map(|line| {
                let End::Received(receipt) = line.end else {
                    return None;
                };
                match back {
                    true => line.departure.filter(|_| receipt == at),
                    false => (line.departure == Some(at)).then_some(receipt),
                }
            })
        }
    }
}

/// A thing in words.
fn tell(stretch: &Stretch, thing: Thing, texts: SpaceTimeTexts) -> String {
    match thing {
        Thing::Point(place) => {
            let point = &stretch.points()[place];
            format!("{}: {}", point.at, point.text)
        }
        Thing::Line(place) => {
            let line = &stretch.lines()[place];
            let sent: Time = line.sent;
            let template = match line.end {
                End::Received(_) => texts.received(),
                End::Lost(..) => texts.lost(),
                End::UnderWay => texts.under_way(),
            };
            let ended = line.ended(stretch.points()).unwrap_or_default();
            fill(template, &[&line.text, &sent, &ended])
        }
    }
}
