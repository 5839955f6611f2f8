//! What a link says of the view: a line for each thing, its name, ` = ` and a number.

use crate::raft::{NodeId, Time};
use crate::scenario::{Scenario, Step};

use super::limits::{LATEST, Limit};
use super::{Moment, ShareError, Shared, number};

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
    for end in &shared.ends {
        let at = end.at.min(LATEST);
        text.push_str(&format!("end = {} {}\n", end.tick, at.0));
    }
    for (place, branch) in shared.branches.iter().enumerate() {
        if branch.until == LATEST {
            text.push_str(&format!("day = {place}\n"));
        }
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

/// What a link says of its branches that a file cannot.
#[derive(Default)]
pub(super) struct Rest {
    /// The steps that somebody took, by their places among those of all branches one after another.
    acts: Vec<usize>,
    /// The branches that end after a day: of the others, that end is none.
    days: Vec<usize>,
}

impl Rest {
    /// Says it of the branches.
    pub(super) fn mark(&self, branches: &mut [Scenario]) {
        let mut lines: Vec<&mut u32> = Vec::new();
        for (place, branch) in branches.iter_mut().enumerate() {
            if branch.until == LATEST && !self.days.contains(&place) {
                branch.until = Time(u64::MAX);
            }
            let is_live = branch.is_live();
            for step in &mut branch.steps {
                if is_live {
                    step.line = 0;
                }
                lines.push(&mut step.line);
            }
        }
        for &place in &self.acts {
            if let Some(line) = lines.get_mut(place) {
                **line = 0;
            }
        }
    }
}

/// What a link says of the view, still without branches, and of these. What it does not say is as at the
/// start of a run; what is said under a name that is not known is passed over.
pub(super) fn read(text: &str) -> Result<(Shared, Rest), ShareError> {
    let mut rest = Rest::default();
    let mut shared = Shared {
        branches: Vec::new(),
        ends: Vec::new(),
        shown: 0,
        tick: 0,
        at: Time::ZERO,
        speed: 1.0,
        selected: None,
    };
    for line in text.lines() {
        let (name, value) = line.split_once(" = ").ok_or(ShareError::Damaged)?;
        let told = value;
        let value = || number(value).ok_or(ShareError::Damaged);
        let place = || Ok(usize::try_from(value()?).unwrap_or(usize::MAX));
        match name {
            "shown" => shared.shown = place()?,
            "act" => rest.acts.push(place()?),
            "day" => rest.days.push(place()?),
            "end" => shared.ends.push(moment(told).ok_or(ShareError::Damaged)?),
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
    match shared.ends.iter().any(|end| end.at > LATEST) {
        true => Err(ShareError::TooMuch(Limit::Time)),
        false => Ok((shared, rest)),
    }
}

/// Whether a link can say this view; the ends of branches it says as late as it can.
pub(super) fn check(shared: &Shared) -> Result<(), ShareError> {
    if !shared.speed.is_finite() || shared.speed <= 0.0 {
        return Err(ShareError::Damaged);
    }
    match shared.at > LATEST {
        true => Err(ShareError::TooMuch(Limit::Time)),
        false => Ok(()),
    }
}

/// Two numbers: how many things have been done, and when.
fn moment(text: &str) -> Option<Moment> {
    let (tick, at) = text.split_once(' ')?;
    Some(Moment {
        tick: number(tick)?,
        at: Time(number(at)?),
    })
}
