//! The run that was shown before this one: one can go back to it, and then on to this one again.

use crate::timeline::share::Shared;

use super::super::session::is_bare;
use super::super::view::Said;
use super::pace::Pace;
use super::state::State;

/// What the checkpoints of a run may weigh that is kept as it is, in things of a hundred bytes or so; a
/// heavier one is kept as a link would hold it, and run again when it is gone back to.
pub(super) const WEIGHT_MAX: usize = if cfg!(test) { 2_000 } else { 200_000 };

/// The other run.
pub(super) struct Last {
    run: Kept,
    /// Whether it is the later one: one has come back from it.
    pub(super) is_later: bool,
}

enum Kept {
    Whole(Box<State>),
    Shared(Box<Shared>),
}

impl Last {
    /// A run in whose place another one comes; `None` when there is nothing of the user's in it.
    pub(super) fn of(state: State) -> Option<Self> {
        let shared = state.shared(None);
        // What was seen elsewhere is of no scenario, and no longer than its file.
        let run = if state.is_trace {
            Kept::Whole(Box::new(state))
        } else if is_bare(&shared.branches) {
            return None;
        } else if state.timeline.weight() > WEIGHT_MAX {
            Kept::Shared(Box::new(shared))
        } else {
            Kept::Whole(Box::new(state))
        };
        let is_later = false;
        Some(Self { run, is_later })
    }

    /// The same, when the one that is shown has begun after it.
    pub(super) fn before(self) -> Self {
        let is_later = false;
        Self { is_later, ..self }
    }

    /// The run where it was left, or on its way there.
    ///
    /// # Errors
    /// When its branches are not those of one run.
    pub(super) fn state(self) -> Result<State, String> {
        match self.run {
            Kept::Whole(state) => Ok(*state),
            Kept::Shared(shared) => State::of_link(&shared),
        }
    }
}

impl State {
    /// Another run in place of this one, to which one can go back if there is anything of the user's
    /// in it. What is said is numbered for the life of the page.
    pub(super) fn put(&mut self, mut new: Self) {
        let said = new.said.map(|(number, said)| (self.says + number, said));
        (new.says, new.said) = (self.says + new.says, said);
        let mut old = std::mem::replace(self, new);
        let older = old.last.take();
        self.last = Last::of(old).or(older.map(Last::before));
        if self.last.is_some() && self.said.is_none() {
            self.say(Said::NewRun);
        }
    }

    /// The other run in place of this one, where it was left.
    pub(super) fn turn(&mut self) -> Result<(), String> {
        let Some(last) = self.last.take() else {
            return Ok(());
        };
        let is_later = last.is_later;
        let mut state = last.state()?;
        (state.playing, state.pace) = (false, Pace::default());
        (state.touched, state.acted) = (true, false);
        self.put(state);
        if let Some(last) = &mut self.last {
            last.is_later = !is_later;
        }
        self.say(Said::LastRun);
        Ok(())
    }

    /// Whether undoing, or doing again, leads to the other run: nothing has been done since this one
    /// was shown, nor can anything that was done in it be undone, or done again.
    pub(super) fn turns(&self, again: bool) -> bool {
        let act = match again {
            true => self.timeline.redoable(),
            false => self.timeline.undoable(),
        };
        let is_there = |last: &Last| last.is_later == again;
        act.is_none() && !self.acted && self.last.as_ref().is_some_and(is_there)
    }
}
