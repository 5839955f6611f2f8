//! The headless program: runs scenario files natively, with the very code that the page runs, and hunts
//! for schedules that break something.

#[cfg(not(target_arch = "wasm32"))]
mod hunt;
#[cfg(not(target_arch = "wasm32"))]
mod record;
#[cfg(not(target_arch = "wasm32"))]
mod run;
#[cfg(not(target_arch = "wasm32"))]
mod trace;
#[cfg(not(target_arch = "wasm32"))]
mod why;

#[cfg(not(target_arch = "wasm32"))]
use headless::{FAILED, OK, UNREADABLE, seeds};

#[cfg(not(target_arch = "wasm32"))]
mod headless {
    use std::io;
    use std::ops::RangeInclusive;
    use std::process::ExitCode;

    use clap::{Parser, Subcommand};

    use crate::hunt::{self, HuntArguments};
    use crate::run::{self, RunArguments};
    use crate::trace::{self, TraceArguments};

    /// All expectations held; nothing was found.
    pub const OK: u8 = 0;
    /// An expectation did not hold, or a safety property was violated.
    pub const FAILED: u8 = 1;
    /// A file could not be read, or is not a scenario; nothing was run.
    pub const UNREADABLE: u8 = 2;

    /// A Raft laboratory, headless.
    #[derive(Parser)]
    #[command(version, about)]
    struct Arguments {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Subcommand)]
    enum Command {
        /// Runs scenario files to their ends and tells whether what they expect was so.
        ///
        /// Exit status: 0 all expectations hold and no safety property is violated; 1 one does not;
        /// 2 a file cannot be read or is not a scenario, and nothing was run.
        Run(RunArguments),
        /// Runs random schedules, seed after seed on all cores, until a safety property is violated or
        /// a client history is not linearizable, and shrinks what it finds to a small scenario file.
        ///
        /// Exit status: 0 nothing was found; 1 something was; 2 the arguments are wrong, or the file
        /// cannot be written.
        Hunt(HuntArguments),
        /// Plays traces of real clusters, JSON lines in the manner of etcd's state trace, and tells
        /// whether a safety property is violated in what they show.
        ///
        /// Exit status: 0 none is; 1 one is; 2 a file cannot be read or is not a trace, and nothing was
        /// played.
        Trace(TraceArguments),
    }

    /// The seeds that `text` means, such as `1..50`, both ends included.
    pub fn seeds(text: &str) -> Result<RangeInclusive<u64>, String> {
        let wrong = || format!("`{text}` is not a range of seeds; write `1..50`");
        let (first, last) = text.split_once("..").ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
        let range = number(first)?..=number(last)?;
        if range.is_empty() {
            return Err(format!("`{text}` is empty: its end is below its start"));
        }
        Ok(range)
    }

    /// What the arguments ask for.
    pub fn main() -> ExitCode {
        let status = match Arguments::parse().command {
            Command::Run(arguments) => run::run_all(&arguments),
            Command::Hunt(arguments) => hunt::hunt(&arguments),
            Command::Trace(arguments) => trace::play_all(&arguments),
        };
        match status {
            Ok(status) => status.into(),
            // Who reads the output has stopped: there is nobody to tell.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => OK.into(),
            Err(error) => {
                eprintln!("flotilla: {error}");
                UNREADABLE.into()
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    headless::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
