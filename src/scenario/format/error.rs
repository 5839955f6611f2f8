//! An error with its place in the text, and the finding of that place.

use std::fmt;

/// What is wrong with a scenario's text, where, and what would be right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Error {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong, and what would be right: one line.
    pub message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for Error {}

/// A text by lines, to tell the place of a byte without counting from the start each time.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// The text in these bytes; empty when they are not a part of it.
    pub(super) fn text(&self, span: std::ops::Range<usize>) -> &'t str {
        self.text.get(span).unwrap_or_default()
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, byte: usize) -> u32 {
        let line = self.starts.partition_point(|&start| start <= byte);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The error `message` at a byte.
    pub(super) fn error(&self, byte: usize, message: String) -> Error {
        let line = self.line(byte);
        let start = self.starts[line as usize - 1];
        let before = self.text(start..byte).chars().count();
        Error {
            line,
            column: u32::try_from(before + 1).unwrap_or(u32::MAX),
            message,
        }
    }
}
