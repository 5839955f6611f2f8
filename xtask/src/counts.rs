//! What the core and the simulator cost, in instructions and allocations: the same on a busy machine
//! as on a quiet one, and so fit for a test. `benches/counts` does the work, valgrind counts.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{command, find, output, root, run_for_output};
use crate::stages::Verdict;

/// How much more than on record is no failure, in percent: for the same compiler, and for another.
const TOLERANCE: f64 = 5.0;
const TOLERANCE_OF_COMPILERS: f64 = 20.0;

/// What a unit of a case's work costs.
struct Cost {
    case: String,
    /// What is counted: a command, an event.
    unit: String,
    instructions: f64,
    allocations: f64,
    bytes: f64,
}

/// Costs, and what counted them.
struct Record {
    /// The compiler, and what it compiles for.
    compiler: String,
    costs: Vec<Cost>,
}

/// Fails when anything costs more than it does on record.
pub fn compare() -> Result<Verdict> {
    if let Some(why) = cannot_count() {
        println!("nothing is counted: {why}");
        return Ok(Verdict::Skipped(why));
    }
    let recorded = Record::read()?;
    let found = Record::count()?;
    let same_compiler = recorded.compiler == found.compiler;
    if !same_compiler {
        println!(
            "recorded with {}, counted with {}",
            recorded.compiler, found.compiler
        );
    }
    let tolerance = if same_compiler {
        TOLERANCE
    } else {
        TOLERANCE_OF_COMPILERS
    };
    let mut dearer = Vec::new();
    println!("{}", Cost::HEADINGS);
    for cost in &found.costs {
        let before = recorded
            .costs
            .iter()
            .find(|before| before.case == cost.case);
        let before = before.with_context(|| format!("{} is not on record: {RECORD}", cost.case))?;
        println!("{cost}   {}", cost.against(before));
        if cost.is_dearer(before, tolerance) {
            dearer.push(cost.case.as_str());
        }
    }
    if !dearer.is_empty() {
        bail!(
            "{} cost over {tolerance} % more than on record; if that is what it takes: {RECORD}",
            dearer.join(", ")
        );
    }
    Ok(Verdict::Passed)
}

const RECORD: &str = "`cargo xtask counts --record`";

/// Counts, and keeps it as what is compared with from now on.
pub fn record() -> Result<()> {
    if let Some(why) = cannot_count() {
        bail!("nothing can be counted: {why}");
    }
    let found = Record::count()?;
    let mut text = format!(
        "# Written by {RECORD}.\n{}\n{}\n",
        found.compiler,
        Cost::HEADINGS
    );
    for cost in &found.costs {
        text += &format!("{cost}\n");
    }
    print!("{text}");
    fs::write(path(), text).context("cannot write the record")
}

/// Why nothing can be counted here, if so.
fn cannot_count() -> Option<&'static str> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        Some("counts are on record for Linux on x86-64 only")
    } else if find("valgrind").is_none() {
        Some("valgrind is not installed (on Debian: `apt install valgrind`)")
    } else {
        None
    }
}

fn path() -> PathBuf {
    root().join("benches/counts/recorded.txt")
}

impl Record {
    fn read() -> Result<Self> {
        let text = fs::read_to_string(path()).context("cannot read the record of counts")?;
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let compiler = lines
            .next()
            .context("the record of counts is empty")?
            .to_owned();
        let costs = lines.skip(1).map(Cost::parse).collect::<Result<_>>()?;
        Ok(Self { compiler, costs })
    }

    fn count() -> Result<Self> {
        let about = output(command("rustc").arg("-vV")).context("cannot ask rustc what it is")?;
        let says = |key: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(key));
            line.with_context(|| format!("rustc does not say its {key}"))
        };
        let host = says("host: ")?;
        let compiler = format!("rustc {} for {host}", says("release: ")?);
        let work =
            run_for_output(command("cargo").args(["bench", "--quiet", "--bench", "counts"]))?;
        let costs = work.lines().map(|line| Cost::count(line, host));
        let costs = costs.collect::<Result<_>>()?;
        Ok(Self { compiler, costs })
    }
}

impl Cost {
    const HEADINGS: &str =
        "case                         a unit    instructions  allocations    bytes";

    /// Counts the instructions of a case, of whose work the benchmark has told.
    fn count(told: &str, host: &str) -> Result<Self> {
        let [case, units, unit, allocations, bytes] =
            told.split_whitespace().collect::<Vec<_>>()[..]
        else {
            bail!("the benchmark tells of no work: {told}");
        };
        let host = host.replace('-', "_").to_uppercase();
        let counter = "valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-fd=1 \
                       --collect-atstart=no --toggle-collect=*counted_work*";
        let counted = run_for_output(
            command("cargo")
                .args(["bench", "--quiet", "--bench", "counts", "--", case])
                .env(format!("CARGO_TARGET_{host}_RUNNER"), counter),
        )?;
        let collected = counted
            .lines()
            .find_map(|line| line.split_once("Collected :"));
        let (_, instructions) = collected.context("valgrind tells no count")?;
        let units: f64 = units.parse()?;
        let a_unit = |count: &str| Ok::<_, anyhow::Error>(count.trim().parse::<f64>()? / units);
        Ok(Self {
            case: case.into(),
            unit: unit.into(),
            instructions: a_unit(instructions)?,
            allocations: a_unit(allocations)?,
            bytes: a_unit(bytes)?,
        })
    }

    fn parse(line: &str) -> Result<Self> {
        let [case, unit, instructions, allocations, bytes] =
            line.split_whitespace().collect::<Vec<_>>()[..]
        else {
            bail!("this is no record of counts: {line}");
        };
        Ok(Self {
            case: case.into(),
            unit: unit.into(),
            instructions: instructions.parse()?,
            allocations: allocations.parse()?,
            bytes: bytes.parse()?,
        })
    }

    fn is_dearer(&self, before: &Self, tolerance: f64) -> bool {
        let over = |now: f64, before: f64| now > before * (1.0 + tolerance / 100.0) + 0.01;
        over(self.instructions, before.instructions) || over(self.allocations, before.allocations)
    }

    fn against(&self, before: &Self) -> String {
        let percent = 100.0 * (self.instructions / before.instructions - 1.0);
        format!("{percent:+.1} % instructions")
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            case,
            unit,
            instructions,
            allocations,
            bytes,
        } = self;
        write!(
            f,
            "{case:<28} {unit:<9} {instructions:>12.1} {allocations:>12.2} {bytes:>8.0}"
        )
    }
}
