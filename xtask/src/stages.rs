//! The stages of `cargo xtask test`, each of which can be run alone.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::process::{command, run, target_dir};
use crate::tools::WASM;
use crate::{counts, site, tools};

/// The stages, in the order in which they run: the quickest to fail first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, ValueEnum)]
pub enum Stage {
    /// The formatting is rustfmt's.
    Format,
    /// Clippy has nothing to say about everything that is built natively.
    Lint,
    /// Clippy has nothing to say about everything that is built for the browser.
    LintWasm,
    /// The documentation builds, every link in it leads somewhere.
    Docs,
    /// Unit tests, scenarios, properties and the examples in the documentation, natively.
    Native,
    /// The long tests, optimised.
    Long,
    /// The core and the simulator cost no more instructions than is on record. Without valgrind this
    /// is skipped.
    Counts,
    /// The tests that run in the browser.
    Wasm,
    /// The site is built as for release.
    Build,
    /// The built site, used as a person would use it, in Chromium and in Firefox.
    E2e,
}

/// How a stage went that has not failed.
pub enum Verdict {
    Passed,
    /// It cannot run here, and why.
    Skipped(&'static str),
}

/// The end-to-end tests that run in Firefox as well: those of every view, and of what a user does.
const IN_FIREFOX: [&str; 11] = [
    "figure2",
    "help",
    "history",
    "inspector",
    "load",
    "logs",
    "metrics",
    "network",
    "smoke",
    "spacetime",
    "user",
];

/// The integration tests that are too long for a build without optimisation.
const LONG_TESTS: [&str; 4] = ["chaos", "determinism", "hunt", "model"];

impl Stage {
    fn run(self) -> Result<Verdict> {
        match self {
            Self::Format => format(),
            Self::Lint => lint(),
            Self::LintWasm => lint_wasm(),
            Self::Docs => docs(),
            Self::Native => run(command("cargo").args(["test", "--workspace"])),
            Self::Long => long(),
            Self::Counts => return counts::compare(),
            Self::Wasm => wasm(),
            Self::Build => site::build(),
            Self::E2e => e2e(),
        }?;
        Ok(Verdict::Passed)
    }

    fn name(self) -> String {
        let value = self.to_possible_value().expect("no stage is hidden");
        value.get_name().to_owned()
    }
}

/// The stages that the user means: those named, or all from one on, or all.
pub fn select(only: &[Stage], from: Option<Stage>) -> Vec<Stage> {
    Stage::value_variants()
        .iter()
        .copied()
        .filter(|stage| only.is_empty() || only.contains(stage))
        .filter(|stage| from.is_none_or(|from| *stage >= from))
        .collect()
}

/// Runs the stages up to the first that fails, and says how each went.
pub fn run_all(stages: &[Stage]) -> Result<()> {
    let start = Instant::now();
    let mut outcome = Ok(());
    let mut summary = String::new();
    for stage in stages {
        let name = stage.name();
        if outcome.is_err() {
            summary += &format!("{name:<10}            not run\n");
            continue;
        }
        println!("\n=== {name} ===");
        let stage_start = Instant::now();
        let run = stage.run();
        let verdict = match &run {
            Ok(Verdict::Passed) => "passed",
            Ok(Verdict::Skipped(why)) => &format!("skipped: {why}"),
            Err(_) => "FAILED",
        };
        summary += &format!("{name:<10} {}  {verdict}\n", seconds(stage_start.elapsed()));
        outcome = run.map(|_| ());
        outcome = outcome.with_context(|| format!("stage {name} failed"));
    }
    println!(
        "\n=== summary ===\n{summary}{:<10} {}",
        "in all",
        seconds(start.elapsed())
    );
    outcome
}

fn seconds(time: Duration) -> String {
    format!("{:>7.1} s", time.as_secs_f64())
}

fn format() -> Result<()> {
    tools::component("fmt", "rustfmt")?;
    run(command("cargo").args(["fmt", "--all", "--check"]))
}

fn lint() -> Result<()> {
    tools::component("clippy", "clippy")?;
    run(command("cargo")
        .args(["clippy", "--workspace", "--all-targets"])
        .args(["--", "--deny", "warnings"]))?;
    // The fuzz targets are run by hand; here they are kept from falling behind, without the fuzzer.
    run(command("cargo")
        .args(["clippy", "--manifest-path", "fuzz/Cargo.toml"])
        .args(["--no-default-features", "--locked", "--target-dir"])
        .arg(target_dir())
        .args(["--", "--deny", "warnings"]))
}

fn lint_wasm() -> Result<()> {
    tools::component("clippy", "clippy")?;
    tools::wasm_target()?;
    run(command("cargo")
        .args([
            "clippy", "--target", WASM, "--lib", "--bins", "--test", "wasm",
        ])
        .args(["--", "--deny", "warnings"]))
}

/// As the browser's build sees it, which is all of it: the page is left out of the native one.
fn docs() -> Result<()> {
    tools::wasm_target()?;
    run(command("cargo")
        .args(["doc", "--target", WASM, "--no-deps", "--lib"])
        .env("RUSTDOCFLAGS", "--deny warnings"))
}

fn long() -> Result<()> {
    let mut cargo = command("cargo");
    cargo.args(["test", "--release"]);
    for test in LONG_TESTS {
        cargo.args(["--test", test]);
    }
    run(&mut cargo)
}

fn wasm() -> Result<()> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::chromium()?;
    let driver = tools::chromedriver()?;
    run(command("cargo")
        .args(["test", "--target", WASM, "--lib", "--test", "wasm"])
        .env("CHROMEDRIVER", driver)
        // Seconds, for all of them together: the default of 20 is short for a machine that is busy.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300"))
}

/// The tests compare the page with the native program, run by run.
fn e2e() -> Result<()> {
    site::must_be_built()?;
    let firefox = tools::firefox()?;
    run(command("cargo").args(["build", "--release", "--bin", "flotilla"]))?;
    for (browser, files) in [("chromium", &[][..]), ("firefox", &IN_FIREFOX)] {
        println!("\n--- in {browser} ---");
        run(site::node_in_e2e()?
            .args(["--test", "--test-reporter=spec"])
            .args(files.iter().map(|file| format!("{file}.test.mjs")))
            .env("E2E_BROWSER", browser)
            .env("FIREFOX", &firefox)
            .env("FLOTILLA", target_dir().join("release/flotilla")))?;
    }
    Ok(())
}
