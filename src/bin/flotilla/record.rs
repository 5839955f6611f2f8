//! Writing down a run as it goes: a log in words, an export, a trace.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flotilla::measure::{Metrics, course_csv};
use flotilla::scenario::export::Exporter;
use flotilla::scenario::trace::Recorder;
use flotilla::scenario::{Advance, Run, words};

/// Takes a run to its end, and writes down what happens.
pub fn to_end(mut run: Run, records: &mut [Record]) -> io::Result<Run> {
    if records.is_empty() {
        run.run_to_end();
        return Ok(run);
    }
    let until = run.scenario().until;
    for record in &mut *records {
        record.begin(&run)?;
    }
    loop {
        match run.advance(until) {
            Advance::Event => {
                for record in &mut *records {
                    record.event(&run)?;
                }
            }
            Advance::Script => {}
            Advance::Idle => break,
        }
    }
    run.rest_until(until);
    for record in records {
        record.end()?;
    }
    Ok(run)
}

/// As what a run is written down.
pub enum Style {
    /// As a log in words.
    Words,
    /// For other programs.
    Export(Box<Exporter>),
    /// As a trace, for this one.
    Trace(Recorder),
    /// As what is counted of it in the course of time, once it is over.
    Metrics(Option<Box<Metrics>>),
}

/// A file in which what happens is written down.
pub struct Record {
    file: BufWriter<File>,
    style: Style,
    of_several: bool,
    /// What the exporter has just written, kept for its room.
    text: String,
}

impl Record {
    pub fn create(path: &Path, style: Style, of_several: bool) -> io::Result<Self> {
        let file = File::create(path).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
        let mut record = Self {
            file: BufWriter::new(file),
            style,
            of_several,
            text: String::new(),
        };
        if let Style::Export(exporter) = &record.style {
            exporter.begin(of_several, &mut record.text);
        }
        record.write()?;
        Ok(record)
    }

    /// Nothing more is written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    /// A run begins.
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let (title, seed) = (&run.scenario().title, run.world().seed());
        match &mut self.style {
            Style::Trace(recorder) => *recorder = Recorder::begin(run.world(), &mut self.text),
            Style::Metrics(metrics) => {
                *metrics = Some(Box::new(Metrics::of(run.world(), run.tallies())));
                if self.of_several {
                    writeln!(self.file, "# {title}, seed {seed}")?;
                }
            }
            _ if !self.of_several => {}
            Style::Words => writeln!(self.file, "# {title}, seed {seed}")?,
            Style::Export(exporter) => exporter.begin_run(title, seed, &mut self.text),
        }
        self.write()
    }

    fn event(&mut self, run: &Run) -> io::Result<()> {
        match &mut self.style {
            Style::Words => return log_event(run, &mut self.file),
            Style::Export(exporter) => exporter.event(run.world(), &mut self.text),
            Style::Trace(recorder) => recorder.record(run.world(), &mut self.text),
            Style::Metrics(Some(metrics)) => metrics.observe(run.world(), run.tallies()),
            Style::Metrics(None) => {}
        }
        self.write()
    }

    /// A run is over.
    fn end(&mut self) -> io::Result<()> {
        if let Style::Metrics(metrics) = &mut self.style
            && let Some(metrics) = metrics.take()
        {
            self.file.write_all(course_csv(&metrics).as_bytes())?;
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        self.file.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

fn log_event(run: &Run, log: &mut impl Write) -> io::Result<()> {
    let world = run.world();
    write!(log, "{} #{}", world.now(), world.events())?;
    if world.cause().0 > 0 {
        write!(log, " ←#{}", world.cause().0)?;
    }
    let happenings = world.happenings().iter();
    let told = happenings.filter_map(|happening| words::describe(happening, world));
    for (place, words) in told.enumerate() {
        let separator = if place == 0 { ": " } else { "; " };
        write!(log, "{separator}{}", words.text)?;
    }
    writeln!(log)
}
