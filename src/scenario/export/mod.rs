//! Exports: a run as text for other programs, written as it goes.
//!
//! An [`Exporter`] is fed the world after each event and appends what happened to a `String`, so that
//! neither a run of a million events nor its text need ever be held at once. [`Format::JsonLines`] is
//! one object an event, everything that an event says of itself; [`Format::ShiViz`] is a log for the
//! space-time diagrams of <https://bestchai.bitbucket.io/shiviz>, with vector clocks.

pub(super) mod json;
mod json_lines;
mod rules;
mod shiviz;

use crate::sim::World;

use shiviz::Clocks;

/// What an export is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A JSON object a line, a line an event.
    JsonLines,
    /// What ShiViz reads: two lines for each host to which something happened in an event.
    ShiViz,
}

/// Writes one run, or several one after another.
#[derive(Clone, Debug)]
pub struct Exporter(Form);

#[derive(Clone, Debug)]
enum Form {
    JsonLines,
    ShiViz(Clocks),
}

impl Exporter {
    /// An exporter at the beginning of its text.
    pub fn new(format: Format) -> Self {
        Self(match format {
            Format::JsonLines => Form::JsonLines,
            Format::ShiViz => Form::ShiViz(Clocks::default()),
        })
    }

    /// What stands before everything; `of_several` runs, or of one.
    pub fn begin(&self, of_several: bool, out: &mut String) {
        if let Form::ShiViz(_) = self.0 {
            shiviz::header(of_several, out);
        }
    }

    /// What stands before one run of several; its clocks begin anew.
    pub fn begin_run(&mut self, title: &str, seed: u64, out: &mut String) {
        match &mut self.0 {
            Form::JsonLines => json_lines::run(title, seed, out),
            Form::ShiViz(clocks) => {
                *clocks = Clocks::default();
                shiviz::run(title, seed, out);
            }
        }
    }

    /// What happened in the last event of a world. It must see every event of a run, in order.
    #[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
    pub fn event(&mut self, world: &World, out: &mut String) {
        match &mut self.0 {
            Form::JsonLines => json_lines::event(world, out),
            Form::ShiViz(clocks) => clocks.event(world, out),
        }
    }
}
