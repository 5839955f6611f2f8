//! Flotilla's own commands, as `cargo xtask …`: serve the page, build it, test everything.
//!
//! | module | what it is for |
//! | --- | --- |
//! | [`process`] | running other programs from the project's directory |
//! | [`tools`] | what those programs are, and getting the ones that are absent |
//! | [`site`] | the page: served while developing, built for a host, photographed |
//! | [`minify`] | the built site made smaller |
//! | [`parts`] | the parts of the page that are loaded when they are wanted |
//! | [`split`] | wasm cut into such parts |
//! | [`counts`] | what the core and the simulator cost, in instructions |
//! | [`performance`] | the figures of `PERFORMANCE.md` |
//! | [`stages`] | the stages of `cargo xtask test` |

mod counts;
mod minify;
mod parts;
mod performance;
mod process;
mod site;
mod split;
mod stages;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use stages::Stage;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Flotilla's own commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and serve it on http://127.0.0.1:8080, anew whenever a source changes.
    ///
    /// The tools it needs are installed when they are absent.
    Serve {
        /// Passed on to `trunk serve`, for instance `-- --port 9000`.
        #[arg(last = true)]
        trunk: Vec<String>,
    },
    /// Build the page for a static host, in dist/.
    Build,
    /// Run every check there is, stage by stage, up to the first that fails.
    Test {
        /// Only this stage; may be given several times.
        #[arg(long, value_name = "STAGE", value_enum)]
        only: Vec<Stage>,
        /// Start with this stage.
        #[arg(long, value_name = "STAGE", value_enum, conflicts_with = "only")]
        from: Option<Stage>,
    },
    /// Count the instructions and allocations of the core and the simulator, and compare them with
    /// those on record. This needs valgrind.
    Counts {
        /// Keep them as those on record, in benches/counts/recorded.txt.
        #[arg(long)]
        record: bool,
    },
    /// Print the figures of PERFORMANCE.md, as this machine has them: some ten minutes.
    Performance {
        /// Build the page, and print its figures, too.
        #[arg(long)]
        page: bool,
    },
    /// Build the page and photograph it for the README, as docs/screenshot.png.
    Screenshot,
    /// Build the page and photograph every view, as what `cargo xtask test` compares it with.
    ///
    /// The pictures go to tests/e2e/approved, for somebody to look at.
    Approve,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve { trunk } => site::serve(&trunk),
        Command::Build => site::build(),
        Command::Test { only, from } => stages::run_all(&stages::select(&only, from)),
        Command::Counts { record: true } => counts::record(),
        Command::Counts { record: false } => counts::compare().map(|_| ()),
        Command::Performance { page } => performance::tell(page),
        Command::Screenshot => site::screenshot(),
        Command::Approve => site::approve(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
