//! What is written in the editor, and what somebody does there.

use crate::scenario::Error;

/// What was being written when the editor was closed.
#[derive(Clone, PartialEq)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) errors: Vec<Error>,
    /// Where it comes from.
    pub(super) by: Author,
    /// Whether it was kept from when the editor was open before.
    pub(super) is_kept: bool,
}

/// Where a text in the editor comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// It is what the run is of.
    Run,
    /// A file that is no scenario.
    File,
    /// Somebody has written here.
    Hand,
}

/// What somebody does with the editor.
pub(super) enum Edited {
    /// A run of this text, which is a scenario.
    Run(String),
    /// The text that the run is of, in place of what was written.
    Revert,
    /// Another text.
    Draft(Draft),
    /// It is closed.
    Close,
}
