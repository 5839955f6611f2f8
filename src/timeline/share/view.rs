//! What a link says of the view: a line for each thing, its name, ` = ` and a number.

use crate::raft::{NodeId, Time};

use super::limits::{LATEST, Limit};
use super::{ShareError, Shared, number};

/// What a link says of the view.
pub(super) fn write(shared: &Shared) -> String {
    let mut text = format!(
        "shown = {}\ntick = {}\nat = {}\nspeed = {}\n",
        shared.shown,
        shared.tick,
        shared.at.0,
        // Its bits: these come back as they were.
        shared.speed.to_bits(),
    );
    if let Some(node) = shared.selected {
        text.push_str(&format!("selected = {}\n", node.number()));
    }
    text
}

/// What a link says of the view, still without branches. What it does not say is as at the start of a
/// run; what is said under a name that is not known is passed over.
pub(super) fn read(text: &str) -> Result<Shared, ShareError> {
    let mut shared = Shared {
        branches: Vec::new(),
        shown: 0,
        tick: 0,
        at: Time::ZERO,
        speed: 1.0,
        selected: None,
    };
    for line in text.lines() {
        let (name, value) = line.split_once(" = ").ok_or(ShareError::Damaged)?;
        let value = || number(value).ok_or(ShareError::Damaged);
        match name {
            "shown" => shared.shown = usize::try_from(value()?).unwrap_or(usize::MAX),
            "tick" => shared.tick = value()?,
            "at" => shared.at = Time(value()?),
            "speed" => shared.speed = f64::from_bits(value()?),
            "selected" => {
                let node = u8::try_from(value()?).ok().and_then(NodeId::new);
                shared.selected = Some(node.ok_or(ShareError::Damaged)?);
            }
            _ => {}
        }
    }
    if !shared.speed.is_finite() || shared.speed <= 0.0 {
        return Err(ShareError::Damaged);
    }
    if shared.at > LATEST {
        return Err(ShareError::TooMuch(Limit::Time));
    }
    Ok(shared)
}
