//! What the page remembers of the last run, from visit to visit: the very link to it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::raft::NodeId;
use crate::timeline::share::{Shared, decode, encode};
use crate::ui::hooks::{recall, remember};
use crate::ui::session::SessionHandle;

use super::link;

/// How often the run is written, at the most, in milliseconds.
const EVERY_MILLIS: u32 = 2_000;
/// The most letters that are written.
const QUOTA: usize = 100_000;

const RUN: &str = "flotilla-run";
/// The fragment that the address had when the run was written.
const ADDRESS: &str = "flotilla-run-address";
const SPEED: &str = "flotilla-speed";

/// The run that was left here, if the address does not say another. One that was loaded anew goes on
/// where it was, though the address still has the link that it came by.
pub(super) fn remembered() -> Option<Shared> {
    let fragment = link::fragment();
    let goes_on = link::is_reload() && recall(ADDRESS).as_deref() == Some(&fragment);
    if !fragment.is_empty() && !goes_on {
        return None;
    }
    // What has been damaged is as good as forgotten.
    decode(&recall(RUN)?).ok()
}

/// The speed that was chosen last.
pub(super) fn speed() -> Option<f64> {
    let speed = f64::from_bits(recall(SPEED)?.parse().ok()?);
    (1e-3..=10.0).contains(&speed).then_some(speed)
}

/// Writes the run down as it goes on, and when the page is hidden or left.
#[hook]
pub(super) fn use_memory(session: &SessionHandle, selected: Option<NodeId>) {
    let now = use_mut_ref(|| None);
    *now.borrow_mut() = Some((session.clone(), selected));
    use_effect_with((), move |()| {
        let written = Rc::new(RefCell::new(None));
        let write = move || {
            if let Some((session, selected)) = &*now.borrow() {
                write(session, *selected, &mut written.borrow_mut());
            }
        };
        let interval = Interval::new(EVERY_MILLIS, write.clone());
        let window = web_sys::window();
        let document = window.as_ref().and_then(web_sys::Window::document);
        let left = window.map(|window| {
            let write = write.clone();
            EventListener::new(&window, "pagehide", move |_| write())
        });
        let hidden = document
            .map(|document| EventListener::new(&document, "visibilitychange", move |_| write()));
        move || drop((interval, left, hidden))
    });
}

fn write(session: &SessionHandle, selected: Option<NodeId>, written: &mut Option<Shared>) {
    // What is on its way to a moment is not there yet, and no link holds a trace.
    if session.time().under_way.is_some() || session.run().is_trace {
        return;
    }
    let shared = session.shared(selected);
    if written.as_ref() == Some(&shared) {
        return;
    }
    remember(SPEED, &shared.speed.to_bits().to_string());
    remember(ADDRESS, &link::fragment());
    if let Ok(link) = encode(&shared)
        && link.len() <= QUOTA
    {
        remember(RUN, &link);
    }
    *written = Some(shared);
}
