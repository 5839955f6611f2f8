//! `flotilla run`: runs scenario files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

fn run(scenario: &Arc<Scenario>, seed: u64, log: Option<&mut dyn Write>) -> io::Result<Run> {
    let mut run = Run::new(scenario.clone(), seed);
    match log {
        None => run.run_to_end(),
        Some(log) => {
            loop {
                match run.advance(scenario.until) {
                    Advance::Event => log_event(&run, log)?,
                    Advance::Script => {}
                    Advance::Idle => break,
                }
            }
            run.rest_until(scenario.until);
        }
    }
    Ok(run)
}

fn log_event(run: &Run, log: &mut dyn Write) -> io::Result<()> {
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
    let mut log = arguments.log.as_deref().map(create).transpose()?;
    let mut out = io::stdout().lock();
    let mut status = OK;
    for (file, scenario) in &scenarios {
        let own = arguments.seed.unwrap_or(scenario.seed);
        for seed in arguments.seeds.clone().unwrap_or(own..=own) {
            if has_several_runs && let Some(log) = &mut log {
                writeln!(log, "# {}, seed {seed}", scenario.title)?;
            }
            let log = log.as_mut().map(|log| log as &mut dyn Write);
            let run = run(scenario, seed, log)?;
            tell(&mut out, &run, file, arguments.json)?;
            if !run.is_ok() {
                status = FAILED;
            }
        }
    }
    if let Some(log) = &mut log {
        log.flush()?;
    }
    Ok(status)
}

fn create(path: &Path) -> io::Result<BufWriter<File>> {
    let file = File::create(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Ok(BufWriter::new(file))
}
