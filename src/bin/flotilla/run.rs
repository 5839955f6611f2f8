//! `flotilla run`: runs scenario files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flotilla::scenario::export::{Exporter, Format};
use flotilla::scenario::{Advance, Report, Run, Scenario, words};

use crate::{FAILED, OK, UNREADABLE, seeds};

/// What `flotilla run` is asked.
#[derive(clap::Args)]
pub struct RunArguments {
    /// The scenario files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Runs with this seed instead of the file's.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Runs with each of these seeds, both ends included: `1..50`.
    #[arg(long, value_parser = seeds)]
    seeds: Option<RangeInclusive<u64>>,
    /// Prints one JSON object a run.
    #[arg(long)]
    json: bool,
    /// Writes the event log as text, a line an event, to this file; of several runs, each under
    /// a line with its title and seed.
    #[arg(long, value_name = "OUT")]
    log: Option<PathBuf>,
    /// Writes everything that happens as JSON lines, an object an event, to this file; of several
    /// runs, each under an object with its title and seed.
    #[arg(long, value_name = "OUT")]
    events: Option<PathBuf>,
    /// Writes the run with vector clocks, as ShiViz reads it, to this file.
    #[arg(long, value_name = "OUT")]
    shiviz: Option<PathBuf>,
}

/// Reads all files before anything runs.
fn read(files: &[PathBuf]) -> Result<Vec<(String, Arc<Scenario>)>, Vec<String>> {
    let mut scenarios = Vec::new();
    let mut errors = Vec::new();
    for path in files {
        let name = path.display().to_string();
        match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => match flotilla::scenario::parse(&text) {
                Ok(scenario) => scenarios.push((name, Arc::new(scenario))),
                Err(found) => errors.extend(found.iter().map(|e| format!("{name}:{e}"))),
            },
            Ok(Err(error)) => errors.push(not_utf8(&name, &error)),
            Err(error) => errors.push(format!("{name}:1:1: cannot be read: {error}")),
        }
    }
    if errors.is_empty() {
        Ok(scenarios)
    } else {
        Err(errors)
    }
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> String {
    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let text = String::from_utf8_lossy(valid);
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    format!("{name}:{line}:{column}: not UTF-8 text; save the file as UTF-8")
}

fn run(scenario: &Arc<Scenario>, seed: u64, records: &mut [Record]) -> io::Result<Run> {
    let mut run = Run::new(scenario.clone(), seed);
    if records.is_empty() {
        run.run_to_end();
        return Ok(run);
    }
    loop {
        match run.advance(scenario.until) {
            Advance::Event => {
                for record in &mut *records {
                    record.event(&run)?;
                }
            }
            Advance::Script => {}
            Advance::Idle => break,
        }
    }
    run.rest_until(scenario.until);
    Ok(run)
}

/// A file in which what happens is written down.
struct Record {
    file: BufWriter<File>,
    /// `None`: as a log in words.
    exporter: Option<Exporter>,
    of_several: bool,
    /// What the exporter has just written, kept for its room.
    text: String,
}

impl Record {
    fn create(path: &Path, format: Option<Format>, of_several: bool) -> io::Result<Self> {
        let file = File::create(path).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
        let mut record = Self {
            file: BufWriter::new(file),
            exporter: format.map(Exporter::new),
            of_several,
            text: String::new(),
        };
        if let Some(exporter) = &record.exporter {
            exporter.begin(of_several, &mut record.text);
        }
        record.write()?;
        Ok(record)
    }

    /// A run begins.
    fn run(&mut self, title: &str, seed: u64) -> io::Result<()> {
        if !self.of_several {
            return Ok(());
        }
        match &mut self.exporter {
            None => writeln!(self.file, "# {title}, seed {seed}"),
            Some(exporter) => {
                exporter.begin_run(title, seed, &mut self.text);
                self.write()
            }
        }
    }

    fn event(&mut self, run: &Run) -> io::Result<()> {
        match &mut self.exporter {
            None => log_event(run, &mut self.file),
            Some(exporter) => {
                exporter.event(run.world(), &mut self.text);
                self.write()
            }
        }
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

fn tell(out: &mut impl Write, run: &Run, file: &str, json: bool) -> io::Result<()> {
    if json {
        return writeln!(out, "{}", Report::of(run, Some(file.into())).to_json());
    }
    let title = &run.scenario().title;
    let seed = run.world().seed();
    if run.is_ok() {
        return writeln!(out, "{title}: ok (seed {seed})");
    }
    write!(out, "{title}: ")?;
    let mut separator = "";
    for failure in run.failures() {
        let (line, at, message) = (failure.line, failure.at, &failure.message);
        write!(out, "{separator}{file}:{line}: at {at}: {message}")?;
        separator = "; ";
    }
    for violation in run.unexpected_violations() {
        let (property, at, detail) = (violation.property, violation.at, &violation.detail);
        write!(
            out,
            "{separator}{file}: at {at}: {property} is violated: {detail}"
        )?;
        separator = "; ";
    }
    writeln!(out, " (seed {seed})")
}

/// Runs the files; gives the exit status.
///
/// # Errors
/// When something cannot be written.
pub fn run_all(arguments: &RunArguments) -> io::Result<u8> {
    let scenarios = match read(&arguments.files) {
        Ok(scenarios) => scenarios,
        Err(errors) => {
            for error in errors {
                eprintln!("{error}");
            }
            return Ok(UNREADABLE);
        }
    };
    let several_seeds = |seeds: &RangeInclusive<u64>| seeds.start() < seeds.end();
    let has_several_runs =
        scenarios.len() > 1 || arguments.seeds.as_ref().is_some_and(several_seeds);
    let mut records = Vec::new();
    for (path, format) in [
        (&arguments.log, None),
        (&arguments.events, Some(Format::JsonLines)),
        (&arguments.shiviz, Some(Format::ShiViz)),
    ] {
        if let Some(path) = path {
            records.push(Record::create(path, format, has_several_runs)?);
        }
    }
    let mut out = io::stdout().lock();
    let mut status = OK;
    for (file, scenario) in &scenarios {
        let own = arguments.seed.unwrap_or(scenario.seed);
        for seed in arguments.seeds.clone().unwrap_or(own..=own) {
            for record in &mut records {
                record.run(&scenario.title, seed)?;
            }
            let run = run(scenario, seed, &mut records)?;
            tell(&mut out, &run, file, arguments.json)?;
            if !run.is_ok() {
                status = FAILED;
            }
        }
    }
    for record in &mut records {
        record.file.flush()?;
    }
    Ok(status)
}
