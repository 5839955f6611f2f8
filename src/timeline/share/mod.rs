//! Share links: a whole run, with what its user looks at, in the fragment of a URL.
//!
//! `1.` and then, in the letters of base64url: a checksum, the length of a text, and the text
//! packed. The text is the view, a key and its value a line, and after it each branch as a
//! scenario file, with a zero byte before it. So what a link says is read by the parser that reads
//! files, which believes nobody. Before anything is unpacked the checksum is right, and after it
//! nothing is longer than [`MAX_TEXT_BYTES`].
//!
//! A link that was made once is opened for ever: a key of the view that is not known is passed over,
//! and whatever cannot be said so is another version.

mod base64;
mod error;
mod limits;
mod pack;
#[cfg(test)]
mod tests;
mod view;

pub use error::ShareError;
pub use limits::{
    Limit, MAX_ACTS, MAX_AWAITED, MAX_BRANCHES, MAX_ENTRIES, MAX_LINK_CHARS, MAX_LOAD_CLIENTS,
    MAX_TEXT_BYTES, MAX_UNDER_WAY,
};

use std::borrow::{Borrow, Cow};

use crate::raft::{NodeId, Time};
use crate::scenario::{self, Scenario};

use super::Moment;
use limits::LATEST;

/// The version of the links that are made.
pub const VERSION: u32 = 1;

/// What a branch without a title is called: a file must have one.
const UNTITLED: &str = "Flotilla";
/// Stands before each branch, and in none: a file writes it otherwise.
const SEPARATOR: char = '\0';

/// What a link holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Shared {
    /// The branches of the run, at least one, each a whole scenario. Which of the steps somebody took
    /// (their line is 0) is kept, and not the lines of the others.
    pub branches: Vec<Scenario>,
    /// How far each branch has been run, in the order of `branches`; of those that are not said,
    /// nothing is known.
    pub ends: Vec<Moment>,
    /// The one that is shown, by its place in `branches`.
    pub shown: usize,
    /// The moment that is shown, by how many things the run has done until then. A link can name
    /// a moment after the end of its run.
    pub tick: u64,
    /// The time that is shown.
    pub at: Time,
    /// Simulated seconds a second: positive and finite.
    pub speed: f64,
    /// The node that is selected.
    pub selected: Option<NodeId>,
}

/// The fragment of a link, without the `#`. A run without a title gets one.
///
/// # Errors
/// When there is too much of it for a link.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub fn encode(shared: &Shared) -> Result<String, ShareError> {
    let branches: Vec<_> = shared.branches.iter().map(endable).collect();
    check(shared, &branches)?;
    let mut text = view::write(shared);
    for branch in &branches {
        text.push(SEPARATOR);
        text.push_str(&scenario::write(branch));
    }
    if text.len() > MAX_TEXT_BYTES {
        return Err(ShareError::TooMuch(Limit::Bytes));
    }
    let fragment = seal(&text);
    if fragment.len() > MAX_LINK_CHARS {
        return Err(ShareError::TooLong);
    }
    debug_assert!(decode(&fragment).is_ok(), "what a link holds can be read");
    Ok(fragment)
}

/// Whether a link can hold this view of these branches.
fn check<S: Borrow<Scenario>>(shared: &Shared, branches: &[S]) -> Result<(), ShareError> {
    view::check(shared)?;
    limits::check(branches, |place| {
        let end = shared.ends.get(place).map_or(Time::ZERO, |end| end.at);
        match place == shared.shown {
            true => end.max(shared.at),
            false => end,
        }
    })?;
    match shared.shown < branches.len() {
        true => Ok(()),
        false => Err(ShareError::Damaged),
    }
}

/// The scenario as a file can say it: one without an end has the latest that there is.
fn endable(scenario: &Scenario) -> Cow<'_, Scenario> {
    let untitled = scenario.title.is_empty();
    if scenario.until <= LATEST && !untitled {
        return Cow::Borrowed(scenario);
    }
    let mut scenario = scenario.clone();
    scenario.until = scenario.until.min(LATEST);
    if untitled {
        scenario.title = UNTITLED.to_owned();
    }
    Cow::Owned(scenario)
}

/// What the fragment of a link holds, with or without its `#`.
///
/// Whatever the fragment, this ends soon and needs little memory, and what it gives is within the
/// limits.
///
/// # Errors
/// What is wrong with it.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub fn decode(fragment: &str) -> Result<Shared, ShareError> {
    read(&unseal(fragment.strip_prefix('#').unwrap_or(fragment))?)
}

/// What the text in a link says.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Shared, ShareError> {
    let mut parts = text.split(SEPARATOR);
    let (mut view, rest) = view::read(parts.next().unwrap_or_default())?;
    let texts: Vec<_> = parts.collect();
    if texts.len() > MAX_BRANCHES {
        return Err(ShareError::TooMuch(Limit::Branches));
    }
    let mut branches = Vec::with_capacity(texts.len());
    for text in texts {
        branches.push(scenario::parse(text).map_err(ShareError::NotAScenario)?);
    }
    check(&view, &branches)?;
    view.ends.truncate(branches.len());
    rest.mark(&mut branches);
    Ok(Shared { branches, ..view })
}

/// The fragment that holds a text.
fn seal(text: &str) -> String {
    let mut body = Vec::new();
    // So long a text is not made.
    body.extend((text.len() as u32).to_le_bytes().into_iter().take(3));
    body.extend(pack::pack(text.as_bytes()));
    let mut bytes = checksum(&body).to_le_bytes().to_vec();
    bytes.extend(body);
    format!("{VERSION}.{}", base64::encode(&bytes))
}

/// The text that a fragment holds.
fn unseal(fragment: &str) -> Result<String, ShareError> {
    if fragment.len() > MAX_LINK_CHARS {
        return Err(ShareError::TooLong);
    }
    let (version, letters) = fragment.split_once('.').ok_or(ShareError::Damaged)?;
    match number(version) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) if version > u64::from(VERSION) => return Err(ShareError::Newer(version)),
        _ => return Err(ShareError::Damaged),
    }
    let bytes = base64::decode(letters).ok_or(ShareError::Damaged)?;
    let (sum, body) = bytes.split_first_chunk().ok_or(ShareError::Damaged)?;
    if u32::from_le_bytes(*sum) != checksum(body) {
        return Err(ShareError::Damaged);
    }
    let (length, packed) = body.split_first_chunk::<3>().ok_or(ShareError::Damaged)?;
    let length = u32::from_le_bytes([length[0], length[1], length[2], 0]) as usize;
    if length > MAX_TEXT_BYTES {
        return Err(ShareError::TooMuch(Limit::Bytes));
    }
    String::from_utf8(pack::unpack(packed, length)).map_err(|_| ShareError::Damaged)
}

/// A number in digits, without zeros before it.
fn number(digits: &str) -> Option<u64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let short = digits == "0" || !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain && short)
}

/// The checksum of Ethernet and zip, CRC-32: it differs after any change of bits that are no further
/// apart than 32.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}
