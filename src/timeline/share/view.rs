//! What a link says of the view: a line for each thing, its name, ` = ` and a number.

use crate::raft::{NodeId, Time};
use crate::scenario::{Scenario, Step};

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
    let steps = shared.branches.iter().flat_map(steps_of);
    for (place, (is_live, step)) in steps.enumerate() {
        // In a run that began without a file somebody took every step.
        if step.line == 0 && !is_live {
            text.push_str(&format!("act = {place}\n"));
        }
    }
    text
}

fn steps_of(branch: &Scenario) -> impl Iterator<Item = (bool, &Step)> {
    let is_live = branch.is_live();
    branch.steps.iter().map(move |step| (is_live, step))
}

/// The steps that somebody took, of all branches one after another, are in no file.
pub(super) fn mark_acts(branches: &mut [Scenario], acts: &[usize]) {
    let mut lines: Vec<&mut u32> = Vec::new();
    for branch in branches {
        let is_live = branch.is_live();
        for step in &mut branch.steps {
            if is_live {
                step.line = 0;
            }
            lines.push(&mut step.line);
        }
    }
    for &place in acts {
        if let Some(line) = lines.get_mut(place) {
            **line = 0;
        }
    }
}

/// What a link says of the view, still without branches, and which steps are somebody's acts. What it does not say is as at the start of a
/// run; what is said under a name that is not known is passed over.
pub(super) fn read(text: &str) -> Result<(Shared, Vec<usize>), ShareError> {
    let mut acts = Vec::new();
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
            "act" => acts.push(usize::try_from(value()?).unwrap_or(usize::MAX)),
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
    Ok((shared, acts))
}
