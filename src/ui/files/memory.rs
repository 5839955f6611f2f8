//! What the page remembers of the last run: the very link to it. The tab has it for when it is loaded
//! anew; the browser has it for the next visit, once the user has made it their own.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::raft::NodeId;
use crate::scenario::Scenario;
use crate::timeline::share::{Shared, decode, encode};
use crate::ui::hooks::Store;
use crate::ui::parts::{self, Part};
use crate::ui::session::{SessionHandle, is_bare};

use super::link;
use super::own::is_same;

/// How often the run is written, at the most, in milliseconds.
const EVERY_MILLIS: u32 = 2_000;

const RUN: &str = "flotilla-run";
/// What somebody is writing in the editor.
pub(super) const DRAFT: &str = "flotilla-draft";
/// The fragment that the page had seen to when the tab's run was written.
const ADDRESS: &str = "flotilla-run-address";
/// That the tab's run came by a link, and nobody has acted on it here.
const GUEST: &str = "flotilla-run-guest";
/// That the program has panicked in the tab.
const PANICKED: &str = "flotilla-panicked";
const SPEED: &str = "flotilla-speed";

/// A run that was left here.
pub(super) struct Left {
    pub(super) shared: Shared,
    /// Whether it is still somebody else's.
    is_guest: bool,
}

/// The run that was left here, if the address does not say another. A page that is loaded anew goes
/// on where it was, though the address still has the link that it came by.
pub(super) fn left() -> Option<Left> {
    let panicked = Store::Tab.recall(PANICKED).is_some();
    Store::Tab.forget(PANICKED);
    let is_return = link::is_return();
    let is_guest = Store::Tab.recall(GUEST).is_some();
    let fragment = link::see();
    if panicked && !is_return {
        forget_panicked(is_guest);
        // A new run was asked for, unless it is a link that was gone to.
        if fragment.is_empty() {
            link::show("");
            return None;
        }
    }
    let goes_on = is_return && Store::Tab.recall(ADDRESS).as_ref() == Some(&fragment);
    // What has been damaged is as good as forgotten.
    let run = |store: Store, is_guest| {
        // Another tab may have written it since the page asked whether there is a run.
        let left = store
            .recall(RUN)
            .filter(|_| parts::is_here(Part::Reading))?;
        let shared = decode(&left).ok()?;
        Some(Left { shared, is_guest })
    };
    match fragment.is_empty() {
        true => run(Store::Tab, is_guest).or_else(|| run(Store::Browser, false)),
        false if goes_on => run(Store::Tab, is_guest),
        false => None,
    }
}

/// The run of the tab, which panicked, is not to come back. What the browser has of another stays.
fn forget_panicked(is_guest: bool) {
    let run = Store::Tab.recall(RUN);
    Store::Tab.forget(RUN);
    let is_same = |run: &String| Store::Browser.recall(RUN).as_ref() == Some(run);
    if !is_guest && run.as_ref().is_none_or(is_same) {
        Store::Browser.forget(RUN);
    }
}

/// The program has panicked: when the page is asked for again, rather than loaded anew, it is for
/// another run.
pub(crate) fn note_panic() {
    Store::Tab.remember(PANICKED, "1");
}

/// Whether the address or what was left here says of a run, or of a draft of one.
pub(crate) fn is_told_of_a_run() -> bool {
    let left = [
        (Store::Tab, RUN),
        (Store::Tab, DRAFT),
        (Store::Browser, RUN),
    ];
    let is_left = |(store, name): (Store, &str)| store.recall(name).is_some();
    !link::fragment().is_empty() || left.into_iter().any(is_left)
}

/// Whether the address or what was left here tells of a run, or of how one is to be shown.
pub(super) fn is_told() -> bool {
    is_told_of_a_run()
        || Store::Browser.recall(SPEED).is_some()
        || Store::Tab.recall(PANICKED).is_some()
}

/// The speed that was chosen last.
pub(super) fn speed() -> Option<f64> {
    let speed = f64::from_bits(Store::Browser.recall(SPEED)?.parse().ok()?);
    (1e-3..=10.0).contains(&speed).then_some(speed)
}

/// Remembers the speed that was chosen.
pub(crate) fn remember_speed(speed: f64) {
    Store::Browser.remember(SPEED, &speed.to_bits().to_string());
}

/// What writes the run down.
#[derive(Clone)]
pub(super) struct Memory(Rc<RefCell<Writer>>);

struct Writer {
    session: SessionHandle,
    selected: Option<NodeId>,
    on_forgotten: Callback<()>,
    /// The branches that somebody's links brought: of the last two, since one can go back to one run.
    guests: Vec<Vec<Scenario>>,
    written: Option<Shared>,
}

/// Writes the run down as it goes on, and when the page is hidden or left. Calls `on_forgotten` when
/// a run can no longer be remembered that was.
#[hook]
pub(super) fn use_memory(
    session: &SessionHandle,
    selected: Option<NodeId>,
    on_forgotten: Callback<()>,
) -> Memory {
    let writer = use_mut_ref(|| Writer {
        session: session.clone(),
        selected,
        on_forgotten: Callback::noop(),
        guests: Vec::new(),
        written: None,
    });
    {
        let mut writer = writer.borrow_mut();
        writer.session = session.clone();
        writer.selected = selected;
        writer.on_forgotten = on_forgotten;
    }
    let memory = Memory(writer);
    use_effect_with((), {
        let memory = memory.clone();
        move |()| {
            let window = web_sys::window();
            let document = window.as_ref().and_then(web_sys::Window::document);
            let left = window.map(|window| {
                let memory = memory.clone();
                EventListener::new(&window, "pagehide", move |_| memory.write())
            });
            let hidden = document.map(|document| {
                let memory = memory.clone();
                EventListener::new(&document, "visibilitychange", move |_| memory.write())
            });
            let interval = Interval::new(EVERY_MILLIS, move || memory.write());
            move || drop((interval, left, hidden))
        }
    });
    memory
}

impl Memory {
    /// The run of somebody's link is shown.
    pub(super) fn opened(&self, shared: &Shared) {
        let guests = &mut self.0.borrow_mut().guests;
        guests.insert(0, shared.branches.clone());
        guests.truncate(2);
    }

    /// A run that was left here is shown again: that alone is no reason to write it down.
    pub(super) fn resumed(&self, left: &Left) {
        if left.is_guest {
            self.opened(&left.shared);
        }
        let mut writer = self.0.borrow_mut();
        writer.written = Some(left.shared.clone());
    }

    /// Writes down what is there now.
    pub(super) fn write(&self) {
        let on_forgotten = self.0.borrow_mut().write();
        if let Some(on_forgotten) = on_forgotten {
            on_forgotten.emit(());
        }
    }
}

impl Writer {
    /// What to call, when the run can no longer be remembered.
    fn write(&mut self) -> Option<Callback<()>> {
        // No link holds a trace: the tab has nothing to go on with, which is not the browser's run.
        if self.session.run().is_trace {
            Store::Tab.remember(RUN, "");
            self.written = None;
            return None;
        }
        let shared = self.session.shared(self.selected);
        let written = self.written.as_ref();
        // What is on its way to a moment is not there yet; what was done before it left is.
        let is_under_way = self.session.time().under_way.is_some();
        if written == Some(&shared)
            || is_under_way && written.is_none_or(|old| are_same(&old.branches, &shared.branches))
        {
            return None;
        }
        let link = encode(&shared).ok();
        let write = |store: Store| match &link {
            Some(link) => store.remember(RUN, link),
            None => {
                store.forget(RUN);
                false
            }
        };
        let was_kept = Store::Tab.recall(RUN).is_some();
        let is_kept = write(Store::Tab);
        Store::Tab.remember(ADDRESS, &link::seen());
        let mut guests = self.guests.iter();
        let is_guest = guests.any(|guest| are_same(guest, &shared.branches));
        if is_guest {
            Store::Tab.remember(GUEST, "1");
        } else {
            Store::Tab.forget(GUEST);
            if !is_bare(&shared.branches) {
                write(Store::Browser);
            }
        }
        self.written = Some(shared);
        (was_kept && !is_kept).then(|| self.on_forgotten.clone())
    }
}

/// Whether nobody has acted on the branches since they were these.
fn are_same(guest: &[Scenario], branches: &[Scenario]) -> bool {
    let mut pairs = guest.iter().zip(branches);
    guest.len() == branches.len() && pairs.all(|(one, other)| is_same(one, other))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::scenario::parse;
    use crate::sim::Config;

    #[test]
    fn a_run_is_the_users_once_something_was_done_or_set_up() {
        let mut config = Config::default();
        assert!(is_bare(&[Scenario::live(config.clone(), 7)]));
        config.raft.pre_vote ^= true;
        assert!(!is_bare(&[Scenario::live(config, 7)]));
        let text = "title = \"T\"\nuntil = \"1s\"\n";
        assert!(!is_bare(&[parse(text).expect("a scenario")]));
    }
}
