//! `flotilla hunt`: random schedules over seeds on all cores, until one breaks something.

use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use flotilla::raft::{Mutant, Policy};
use flotilla::scenario::MAX_VOTERS;
use flotilla::scenario::hunt::{Find, Hunt};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::{FAILED, OK, seeds};

/// What `flotilla hunt` is asked.
#[derive(clap::Args)]
pub struct HuntArguments {
    /// The seeds, both ends included: `1..100000`.
    #[arg(long, value_parser = seeds, value_name = "A..B")]
    seeds: RangeInclusive<u64>,
    /// Breaks this rule on purpose, in every run.
    #[arg(long, value_parser = mutants())]
    mutant: Option<Mutant>,
    /// How many nodes each cluster has; without it, 3 to 5, drawn for each seed.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=MAX_VOTERS as u64))]
    nodes: Option<u64>,
    /// On how many threads; without it, one for each core. What is found is the same.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Writes the shrunk scenario to this file instead of to the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
}

fn mutants() -> impl TypedValueParser<Value = Mutant> {
    let named = |name: String| Mutant::ALL.into_iter().find(|mutant| mutant.name() == name);
    PossibleValuesParser::new(Mutant::ALL.map(Mutant::name))
        .try_map(move |name| named(name).ok_or("no such mutant"))
}

/// What came of a hunt, as told in JSON.
#[derive(Serialize)]
struct Told {
    seeds: String,
    /// How many schedules there were, up to the one that is told.
    hunted: u64,
    found: Option<Found>,
}

#[derive(Serialize)]
struct Found {
    seed: u64,
    property: &'static str,
    /// When it falls in the shrunk scenario.
    at_us: u64,
    detail: String,
    /// How many steps the schedule had before it fell.
    steps_found: usize,
    /// How many are left.
    steps: usize,
    /// The shrunk scenario.
    scenario: String,
}

/// Hunts, and shrinks what was found; gives the exit status.
///
/// # Errors
/// When something cannot be written.
pub fn hunt(arguments: &HuntArguments) -> io::Result<u8> {
    let hunt = Hunt {
        nodes: arguments.nodes.map(|nodes| nodes as usize),
        policy: arguments.mutant.into_iter().collect::<Policy>(),
    };
    let range = &arguments.seeds;
    let begun = Instant::now();
    let threads = arguments
        .threads
        .map_or_else(cores, |threads| threads as usize);
    let find = first(&hunt, range, threads);
    let last = find.as_ref().map_or(*range.end(), |find| find.seed);
    let hunted = (last - range.start()).saturating_add(1);
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!(
        "{hunted} schedules in {seconds:.1} s, {:.0} a second",
        hunted as f64 / seconds
    );
    let found = find.map(|find| shrunk(&find));
    if let (Some(found), Some(path)) = (&found, &arguments.out) {
        std::fs::write(path, &found.scenario).map_err(|error| {
            // It took a while to find.
            eprint!("{}", found.scenario);
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
    }
    let status = if found.is_some() { FAILED } else { OK };
    let told = Told {
        seeds: format!("{}..{}", range.start(), range.end()),
        hunted,
        found,
    };
    match tell(&told, arguments) {
        // Who reads the output has stopped: the exit status still tells.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(status),
    }
}

fn tell(told: &Told, arguments: &HuntArguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match (&told.found, &arguments.out) {
        _ if arguments.json => writeln!(out, "{}", serde_json::to_string(told)?),
        (None, _) => writeln!(out, "seeds {}: nothing found", told.seeds),
        (Some(found), Some(path)) => writeln!(
            out,
            "seed {}: {} falls: {}: {} steps in {}",
            found.seed,
            found.property,
            found.detail,
            found.steps,
            path.display()
        ),
        (Some(found), None) => out.write_all(found.scenario.as_bytes()),
    }
}

/// What the smallest seed finds that finds anything, whichever thread comes first.
fn first(hunt: &Hunt, range: &RangeInclusive<u64>, threads: usize) -> Option<Find> {
    let count = (range.end() - range.start()).saturating_add(1);
    let bar = ProgressBar::new(count).with_style(style(
        "{bar:30} {human_pos}/{human_len} seeds, {per_sec}, {eta} to go",
    ));
    let next = AtomicU64::new(0);
    let best = AtomicU64::new(u64::MAX);
    let work = || {
        let mut found = None;
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= count || place > best.load(Ordering::Relaxed) {
                return found;
            }
            if let Some(find) = hunt.seed(range.start() + place) {
                best.fetch_min(place, Ordering::Relaxed);
                found = found.or(Some(find));
            }
            bar.inc(1);
        }
    };
    let finds: Vec<Option<Find>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| match thread.join() {
                Ok(find) => find,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    bar.finish_and_clear();
    finds.into_iter().flatten().min_by_key(|find| find.seed)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn shrunk(find: &Find) -> Found {
    eprintln!("seed {}: {} falls: {}", find.seed, find.falls, find.detail);
    let bar = ProgressBar::new_spinner().with_style(style("{spinner} shrinking: {msg}"));
    let smallest = find.shrunk(&mut |progress| {
        bar.set_message(format!(
            "{} steps after {} tries",
            progress.steps, progress.tried
        ));
        bar.tick();
    });
    bar.finish_and_clear();
    eprintln!("shrunk from {} to {} steps", find.steps(), smallest.steps());
    Found {
        seed: find.seed,
        property: smallest.falls.name(),
        at_us: smallest.at.0,
        detail: smallest.detail.clone(),
        steps_found: find.steps(),
        steps: smallest.steps(),
        scenario: smallest.to_toml(),
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is well formed")
}
