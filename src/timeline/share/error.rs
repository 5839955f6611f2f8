//! Why a link is not opened, or not made.

use std::fmt;

use crate::scenario;

use super::VERSION;
use super::limits::{Limit, MAX_LINK_CHARS};

/// What is wrong with a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShareError {
    /// It is not as it was made: cut, or changed, or made by nobody.
    Damaged,
    /// It was made by a newer Flotilla; links of that version.
    Newer(u64),
    /// It has more than [`MAX_LINK_CHARS`] characters.
    TooLong,
    /// It holds more of something than a link may.
    TooMuch(Limit),
    /// It is whole, but a branch is no scenario: all that is wrong with it.
    NotAScenario(Vec<scenario::Error>),
}

impl fmt::Display for ShareError {
    /// What is wrong, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str(
                "the link is not whole: a part of it was cut off or changed on its way; copy it \
                 again, all of it",
            ),
            Self::Newer(version) => write!(
                f,
                "the link was made by a newer Flotilla (version {version} of links, this one knows \
                 {VERSION}); reload the page, or use its newest version"
            ),
            Self::TooLong => write!(
                f,
                "the link is longer than {MAX_LINK_CHARS} characters; save the run as a file \
                 instead"
            ),
            Self::TooMuch(limit) => write!(
                f,
                "there is too much in the link: it may hold at most {limit}; pass the run on as a \
                 file instead"
            ),
            Self::NotAScenario(errors) => {
                f.write_str("what the link holds is not a run; ask for a new link")?;
                match errors.first() {
                    Some(error) => write!(f, " ({error})"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for ShareError {}
