//! The parts of the page that are loaded when they are wanted: which there are, and how the page gets
//! them. `src/ui/parts.rs` asks for them.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::minify;
use crate::split::{self, Part};

/// In the order of `Part` in `src/ui/parts.rs`: by their names.
const PARTS: [Part; 10] = [
    Part {
        name: "api",
        entries: &["<flotilla::ui::live::LiveSession>::report"],
        modules: &[],
    },
    Part {
        name: "files",
        entries: &[
            "flotilla::scenario::trace::parse",
            "<flotilla::scenario::export::Exporter>::event",
            "<flotilla::ui::picture::Camera>::save",
        ],
        modules: &[
            "flotilla::ui::files::editor::",
            "flotilla::ui::files::export::Exporting",
            "flotilla::ui::picture::draw::",
            "flotilla::ui::picture::svg_pen::",
        ],
    },
    Part {
        name: "help",
        entries: &[],
        modules: &[
            "flotilla::ui::help::hint::Hint",
            "flotilla::ui::help::legend::",
            "flotilla::ui::help::sheet::",
            "flotilla::ui::help::tour::",
        ],
    },
    Part {
        name: "menus",
        entries: &[],
        modules: &[
            "flotilla::ui::stage::choosing::",
            "flotilla::ui::stage::course::",
            "flotilla::ui::stage::menu::",
            "flotilla::ui::stage::menus::",
            "flotilla::ui::stage::note::",
            "flotilla::ui::stage::popup::",
        ],
    },
    Part {
        name: "portuguese",
        entries: &[],
        modules: &[],
    },
    Part {
        name: "reading",
        entries: &[
            "<flotilla::scenario::runner::Run>::judge_end",
            "flotilla::scenario::expect::check",
            "flotilla::scenario::format::parse",
        ],
        modules: &["toml::", "toml_parser::"],
    },
    Part {
        name: "run",
        entries: &[
            "<flotilla::ui::live::state::State>::of_link",
            "flotilla::scenario::format::write::write",
            "flotilla::timeline::share::decode",
            "flotilla::timeline::share::encode",
        ],
        modules: &[
            "flotilla::ui::files::draft::",
            "flotilla::ui::files::incoming::",
            "flotilla::ui::files::memory::",
            "flotilla::ui::files::note::",
            "flotilla::ui::files::run_menu::",
            "flotilla::ui::files::work::",
        ],
    },
    Part {
        name: "sheets",
        entries: &[
            "<flotilla::ui::live::comparing::Comparing>::tick",
            "flotilla::ui::shell::broken::wrong_rules",
            "flotilla::ui::shell::setup::settings::settings",
        ],
        modules: &[
            "flotilla::ui::branches::comparison::",
            "flotilla::ui::branches::panel::",
        ],
    },
    Part {
        name: "spanish",
        entries: &[],
        modules: &[],
    },
    Part {
        name: "views",
        entries: &[
            "<flotilla::inspect::past::Past>::follow",
            "<flotilla::inspect::way::Way>::follow",
            "<flotilla::inspect::way::Way>::new",
            "<flotilla::ui::live::looking::Looking>::inspect",
            "flotilla::ui::live::looking::why",
        ],
        modules: &[
            "flotilla::ui::axis::",
            "<flotilla::ui::live::LiveSession as flotilla::ui::session::Session>::figure",
            "<flotilla::ui::live::LiveSession as flotilla::ui::session::Session>::metrics",
            "flotilla::ui::history::",
            "flotilla::ui::inspector::",
            "flotilla::measure::csv::",
            "flotilla::measure::plot::",
            "flotilla::ui::live::figure::",
            "flotilla::ui::live::metrics::",
            "flotilla::ui::panels::figure::",
            "flotilla::ui::panels::figure_state::",
            "flotilla::ui::panels::metrics::",
            "flotilla::ui::panels::metrics_plots::",
            "flotilla::ui::panels::metrics_totals::",
            "flotilla::ui::panels::network::",
            "flotilla::ui::spacetime::",
        ],
    },
];

/// What loads a part, with the names of the parts' files to be put in.
const LOADER: &str = include_str!("parts.js");

/// The functions that lead into parts and that load them, with the wildcard that wasm-opt knows for the
/// build of a crate that is in their names.
pub fn entries() -> impl Iterator<Item = String> {
    let names = PARTS
        .iter()
        .flat_map(|part| part.entries)
        .chain([&split::SUMMON]);
    names.map(|name| name.replace("flotilla::", "flotilla*::"))
}

/// Cuts the parts out of a page's wasm; each is left in a file beside it.
pub fn cut(wasm: &Path) -> Result<BTreeMap<&'static str, PathBuf>> {
    let whole = fs::read(wasm)?;
    let pieces = split::split(&whole, &PARTS)?;
    fs::write(wasm, pieces.main)?;
    let mut files = BTreeMap::new();
    for (name, part) in pieces.parts {
        let file = wasm.with_file_name(format!("{name}-{:016x}.wasm", hash(&whole)));
        fs::write(&file, part)?;
        files.insert(name, file);
    }
    Ok(files)
}

/// A part fits no other build than the one that it was cut out of.
fn hash(whole: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(whole);
    hasher.finish()
}

/// Gives a page what loads the parts.
pub fn make_known(page: &Path, parts: &BTreeMap<&'static str, PathBuf>) -> Result<()> {
    let mut names = BTreeMap::new();
    for (part, file) in parts {
        let name = file.file_name().and_then(|name| name.to_str());
        names.insert(part, name.context("a part's file has no name")?);
    }
    let whole = fs::read_to_string(page)?;
    let (before, sheets) = without_sheets_of_parts(&whole);
    let loader = LOADER
        .replace("FILES", &serde_json::to_string(&names)?)
        .replace("SHEETS", &serde_json::to_string(&sheets)?);
    let (head, rest) = before
        .split_once("</head>")
        .context("the page has no head")?;
    ensure!(!rest.contains("</head>"), "the page has two heads");
    fs::write(
        page,
        format!("{head}<script>{loader}</script></head>{rest}"),
    )?;
    Ok(())
}

/// The text of a page without its links to the style sheets of parts, and these by their parts: the one
/// whose name a sheet has.
fn without_sheets_of_parts(page: &str) -> (String, BTreeMap<&str, &str>) {
    let mut sheets = BTreeMap::new();
    let mut text = String::new();
    for line in page.split_inclusive('\n') {
        let sheet = minify::sheet(line).and_then(|sheet| Some((sheet.split_once('-')?.0, sheet)));
        match sheet.filter(|(name, _)| PARTS.iter().any(|part| part.name == *name)) {
            Some((name, sheet)) => {
                sheets.insert(name, sheet);
            }
            None => text += line,
        }
    }
    (text, sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_of_a_part_comes_with_the_part() {
        let page = "<link rel=\"stylesheet\" href=\"./page-1.css\"/>\n  \
                    <link rel=\"stylesheet\" href=\"./views-2.css\"/>\n</head>\n";
        let (text, sheets) = without_sheets_of_parts(page);
        assert_eq!(
            text,
            "<link rel=\"stylesheet\" href=\"./page-1.css\"/>\n</head>\n"
        );
        assert_eq!(sheets, BTreeMap::from([("views", "views-2.css")]));
    }
}
