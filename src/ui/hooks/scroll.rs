//! Scrolling of long tables, of which only what is in view is rendered.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Which way a table is long.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

impl Axis {
    fn offset(self, element: &Element) -> f64 {
        f64::from(match self {
            Self::Across => element.scroll_left(),
            Self::Down => element.scroll_top(),
        })
    }

    fn set_offset(self, element: &Element, pixels: i32) {
        match self {
            Self::Across => element.set_scroll_left(pixels),
            Self::Down => element.set_scroll_top(pixels),
        }
    }

    fn extent(self, element: &Element) -> f64 {
        f64::from(match self {
            Self::Across => element.client_width(),
            Self::Down => element.client_height(),
        })
    }

    fn length(self, element: &Element) -> i32 {
        match self {
            Self::Across => element.scroll_width(),
            Self::Down => element.scroll_height(),
        }
    }
}

/// How near the end, in pixels, counts as at the end: offsets are rounded.
const END_SLACK: f64 = 4.0;

/// Where a long table stands, and the means to keep that known.
pub(crate) struct Scroll {
    /// For the element that scrolls.
    pub(crate) node: NodeRef,
    /// For its `onscroll`.
    pub(crate) onscroll: Callback<Event>,
    /// How far it is scrolled, in pixels.
    pub(crate) offset: f64,
    /// How much of it is in view, in pixels.
    pub(crate) extent: f64,
    /// Whether it keeps to the end as it grows.
    pub(crate) follows: bool,
    /// Goes to the end, and keeps to it.
    pub(crate) jump: Callback<MouseEvent>,
    /// Goes to so many pixels from the beginning.
    pub(crate) go: Callback<f64>,
}

impl Scroll {
    /// Which of `count` items of `size` pixels are in view, and `spare` more on either side so that
    /// a short scroll shows no gap.
    pub(crate) fn window(&self, size: f64, count: usize, spare: usize) -> Range<usize> {
        let first = (self.offset / size) as usize;
        let last = ((self.offset + self.extent) / size).ceil() as usize;
        first.saturating_sub(spare).min(count)..last.saturating_add(spare).min(count)
    }
}

/// What is remembered of the element. While it follows, its offset is the end, wherever that is, so
/// that following costs no rendering of its own.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    offset: f64,
    extent: f64,
    follows: bool,
}

enum Change {
    Scrolled {
        offset: f64,
        at_end: bool,
        /// Whether nothing but the user can have done it.
        by_user: bool,
    },
    Resized {
        extent: f64,
    },
    Jump,
}

impl Reducible for Place {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        Rc::new(match change {
            Change::Scrolled { at_end: true, .. } | Change::Jump => Self {
                offset: 0.0,
                follows: true,
                ..*self
            },
            // The content has just changed its size, and will be brought to its end.
            Change::Scrolled { by_user: false, .. } if self.follows => *self,
            Change::Scrolled { offset, .. } => Self {
                offset,
                follows: false,
                ..*self
            },
            Change::Resized { extent } => Self { extent, ..*self },
        })
    }
}

/// The scrolling of an element whose content is `content` pixels long along `axis`. It keeps to the
/// end as the content grows if `may_follow` says so, until the user scrolls back.
#[hook]
pub(crate) fn use_scroll(axis: Axis, content: f64, may_follow: bool) -> Scroll {
    let node = use_node_ref();
    let place = use_reducer_eq(|| Place {
        offset: 0.0,
        extent: 0.0,
        follows: may_follow,
    });
    use_resize(node.clone(), axis, place.dispatcher());

    let end = (content - place.extent).max(0.0);
    let settled = use_mut_ref(|| (0, 0.0));
    let settler = use_settler(node.clone(), axis, settled.clone());
    {
        let node = node.clone();
        use_effect_with((end, place.follows), move |&(_, follows)| {
            if let Some(element) = node.cast::<Element>().filter(|_| follows) {
                settler.observe(&element);
            }
        });
    }
    let onscroll = {
        let (node, dispatcher) = (node.clone(), place.dispatcher());
        use_callback((), move |_: Event, ()| {
            let Some(element) = node.cast::<Element>() else {
                return;
            };
            let offset = axis.offset(&element);
            let (length, extent) = (axis.length(&element), axis.extent(&element));
            dispatcher.dispatch(Change::Scrolled {
                offset,
                at_end: may_follow && f64::from(length) - extent - offset <= END_SLACK,
                by_user: *settled.borrow() == (length, extent),
            });
        })
    };
    let jump = {
        let dispatcher = place.dispatcher();
        use_callback((), move |_: MouseEvent, ()| {
            dispatcher.dispatch(Change::Jump)
        })
    };
    let go = {
        let (node, dispatcher) = (node.clone(), place.dispatcher());
        use_callback((), move |pixels: f64, ()| {
            if let Some(element) = node.cast::<Element>() {
                axis.set_offset(&element, pixels as i32);
                dispatcher.dispatch(Change::Scrolled {
                    offset: axis.offset(&element),
                    at_end: false,
                    by_user: true,
                });
            }
        })
    };
    Scroll {
        node,
        onscroll,
        offset: if place.follows { end } else { place.offset },
        extent: place.extent,
        follows: place.follows,
        jump,
        go,
    }
}

/// How long the content was, and how much of it in view, when it was last brought to its end.
type Settled = Rc<RefCell<(i32, f64)>>;

/// What brings an element to its end.
#[hook]
fn use_settler(node: NodeRef, axis: Axis, settled: Settled) -> Rc<Observer> {
    let settler = use_memo((), move |()| {
        Observer::new(move |observer| {
            // Until it is wanted again.
            observer.disconnect();
            let Some(element) = node.cast::<Element>() else {
                return;
            };
            let length = axis.length(&element);
            // The browser stops at the end by itself.
            axis.set_offset(&element, length);
            settled.replace((length, axis.extent(&element)));
        })
    });
    let observer = settler.clone();
    use_effect_with((), move |()| move || observer.disconnect());
    settler
}

/// Keeps the extent true as the element changes size; it is 0 while the element is hidden.
#[hook]
fn use_resize(node: NodeRef, axis: Axis, place: UseReducerDispatcher<Place>) {
    use_effect_with(node, move |node| {
        let element = node.cast::<Element>();
        let measure = {
            let element = element.clone();
            move || {
                if let Some(element) = &element {
                    place.dispatch(Change::Resized {
                        extent: axis.extent(element),
                    });
                }
            }
        };
        measure();
        let observer = Observer::new(move |_| measure());
        if let Some(element) = &element {
            observer.observe(element);
        }
        move || observer.disconnect()
    });
}

/// Calls something when an element has been laid out.
struct Observer {
    observer: Option<ResizeObserver>,
    /// What the browser calls.
    _then: Closure<dyn Fn(JsValue, ResizeObserver)>,
}

impl Observer {
    fn new(then: impl Fn(&ResizeObserver) + 'static) -> Self {
        let then = Closure::new(move |_, observer| then(&observer));
        Self {
            observer: ResizeObserver::new(then.as_ref().unchecked_ref()).ok(),
            _then: then,
        }
    }

    /// Calls it as soon as the browser has laid out what the page says now, which then need not be done
    /// before its time to know how large the element is; and whenever that has another size.
    fn observe(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.unobserve(element);
            observer.observe(element);
        }
    }

    fn disconnect(&self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
