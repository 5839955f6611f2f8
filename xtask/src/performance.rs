//! The figures of `PERFORMANCE.md`, all of them, one after another.

use anyhow::Result;

use crate::process::{command, output, run};
use crate::{counts, site};

/// Those of what runs natively, in the order in which `PERFORMANCE.md` has them.
const BENCHES: [&str; 5] = [
    "versus_raft_rs",
    "simulator",
    "linearizability",
    "hunting",
    "timeline",
];

/// Those of the page, in `tests/e2e`.
const OF_THE_PAGE: [&str; 2] = ["frames.bench.mjs", "timeline.bench.mjs"];

/// Prints all figures: some ten minutes; with those of the page, which is built for them, some more.
pub fn tell(page: bool) -> Result<()> {
    tell_machine();
    counts::compare()?;
    for bench in BENCHES {
        run(command("cargo").args(["bench", "--quiet", "--bench", bench]))?;
    }
    if page {
        site::build()?;
        for bench in OF_THE_PAGE {
            run(site::node_in_e2e()?.arg(bench))?;
        }
    }
    Ok(())
}

fn tell_machine() {
    let about = [("rustc", &["-vV"][..]), ("lscpu", &[]), ("uptime", &[])];
    for (program, arguments) in about {
        if let Some(said) = output(command(program).args(arguments)) {
            println!("{said}\n");
        }
    }
}
