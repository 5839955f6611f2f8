//! `flotilla run`: runs scenario files.

use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

use flotilla::scenario::export::{Exporter, Format};
use flotilla::scenario::trace::Recorder;
use flotilla::scenario::{Report, Run, Scenario};

use crate::record::{self, Record, Style};
use crate::why;
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
    /// Prints under each run why, at its end, there is no leader, entries are not committed, and
    /// operations wait or came out unknown.
    #[arg(long, conflicts_with = "json")]
    why: bool,
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
    /// Writes what is counted of the run in the course of time to this file, as comma-separated values:
    /// messages sent by kind, entries committed, operations, terms, leaders, lengths of logs, latencies; a
    /// line for each 20 ms in which something changed. Of several runs, each under a line with its title
    /// and seed.
    #[arg(long, value_name = "OUT")]
    metrics: Option<PathBuf>,
    /// Writes what the nodes were and said to this file, a trace as `flotilla trace` reads it; of one
    /// run only.
    #[arg(long, value_name = "OUT")]
    trace: Option<PathBuf>,
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

pub fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> String {
    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let text = String::from_utf8_lossy(valid);
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    format!("{name}:{line}:{column}: not UTF-8 text; save the file as UTF-8")
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
    tell_wrong(out, run, file)?;
    writeln!(out, " (seed {seed})")
}

/// Everything that was not as it should be.
pub fn tell_wrong(out: &mut impl Write, run: &Run, file: &str) -> io::Result<()> {
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
    Ok(())
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
    if arguments.trace.is_some() && has_several_runs {
        eprintln!("a trace is of one run: give one file and no more than one seed");
        return Ok(UNREADABLE);
    }
    let export = |format| Style::Export(Box::new(Exporter::new(format)));
    let mut records = Vec::new();
    for (path, style) in [
        (&arguments.log, Style::Words),
        (&arguments.events, export(Format::JsonLines)),
        (&arguments.shiviz, export(Format::ShiViz)),
        (&arguments.trace, Style::Trace(Recorder::default())),
        (&arguments.metrics, Style::Metrics(None)),
    ] {
        if let Some(path) = path {
            records.push(Record::create(path, style, has_several_runs)?);
        }
    }
    let mut out = io::stdout().lock();
    let mut status = OK;
    for (file, scenario) in &scenarios {
        let own = arguments.seed.unwrap_or(scenario.seed);
        for seed in arguments.seeds.clone().unwrap_or(own..=own) {
            let run = record::to_end(Run::new(scenario.clone(), seed), &mut records)?;
            tell(&mut out, &run, file, arguments.json)?;
            if arguments.why {
                why::tell(&mut out, &run)?;
            }
            if !run.is_ok() {
                status = FAILED;
            }
        }
    }
    for record in &mut records {
        record.finish()?;
    }
    Ok(status)
}
