//! Who looks at a stretch of the run, and goes from there to what is in it.

use yew::prelude::*;

use super::act::Act;
use super::selection::Selection;
use super::session::SessionHandle;

/// The run, and what is done from where it is looked at.
#[derive(Clone, PartialEq)]
pub(crate) struct Looker {
    /// The run.
    pub(crate) session: SessionHandle,
    /// Whether time runs.
    pub(crate) playing: bool,
    /// What is selected.
    pub(crate) selected: Option<Selection>,
    /// Something else is selected, or nothing.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

impl Looker {
    /// Goes to a moment, and stays there.
    pub(crate) fn go(&self, act: Act) {
        if self.playing {
            self.on_act.emit(Act::Halt);
        }
        self.on_act.emit(act);
    }
}
