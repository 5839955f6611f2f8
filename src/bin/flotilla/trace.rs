//! `flotilla trace`: plays traces of real clusters.

use std::io::{self, Write};
use std::path::PathBuf;

use flotilla::scenario::trace::{self, Trace};
use flotilla::scenario::{Report, Run};

use crate::record::{self, Record, Style};
use crate::run;
use crate::{FAILED, OK, UNREADABLE};

/// What `flotilla trace` is asked.
#[derive(clap::Args)]
pub struct TraceArguments {
    /// The traces, as JSON lines.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints one JSON object a trace.
    #[arg(long)]
    json: bool,
    /// Writes the event log as text, a line an event, to this file; of several traces, each under a
    /// line with its name.
    #[arg(long, value_name = "OUT")]
    log: Option<PathBuf>,
}

fn read(name: &str, path: &PathBuf) -> Result<Trace, Vec<String>> {
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => trace::parse(&text)
            .map_err(|errors| errors.iter().map(|e| format!("{name}:{e}")).collect()),
        Ok(Err(error)) => Err(vec![run::not_utf8(name, &error)]),
        Err(error) => Err(vec![format!("{name}:1:1: cannot be read: {error}")]),
    }
}

fn tell(out: &mut impl Write, run: &Run, file: &str, json: bool) -> io::Result<()> {
    if json {
        return writeln!(out, "{}", Report::of(run, Some(file.into())).to_json());
    }
    match run.is_ok() {
        true => write!(out, "{file}: ok")?,
        false => run::tell_wrong(out, run, file)?,
    }
    write!(out, " ({} events; not judged: ", run.world().events())?;
    for (place, property) in run.monitor().not_judged().enumerate() {
        let separator = if place == 0 { "" } else { ", " };
        write!(out, "{separator}{property}")?;
    }
    writeln!(out, ")")
}

/// Plays the traces; gives the exit status.
///
/// # Errors
/// When something cannot be written.
pub fn play_all(arguments: &TraceArguments) -> io::Result<u8> {
    let mut traces = Vec::new();
    let mut errors = Vec::new();
    for path in &arguments.files {
        let name = path.display().to_string();
        match read(&name, path) {
            Ok(trace) => traces.push((name, trace)),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        for error in errors {
            eprintln!("{error}");
        }
        return Ok(UNREADABLE);
    }
    let mut records = Vec::new();
    if let Some(path) = &arguments.log {
        records.push(Record::create(path, Style::Words, traces.len() > 1)?);
    }
    let mut out = io::stdout().lock();
    let mut status = OK;
    for (file, trace) in &traces {
        let run = record::to_end(Run::of_trace(trace), &mut records)?;
        tell(&mut out, &run, file, arguments.json)?;
        if !run.is_ok() {
            status = FAILED;
        }
    }
    for record in &mut records {
        record.finish()?;
    }
    Ok(status)
}
