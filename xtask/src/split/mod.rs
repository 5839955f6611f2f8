//! The wasm of the page cut in two: what every visit needs, and parts that are loaded when they are
//! wanted.
//!
//! A part has code, and the texts that only it says, or texts alone. Its functions work in the memory
//! of the main module, by its stack, its table and its functions. In their place the main module has stubs, each of which calls what is in
//! the function's own place in the table. `src/ui/parts.rs` sees to it that a part is there in time. Where
//! it is not, as when the compiler made one function of two that do the same, of a part and of none,
//! the stub has the page stand still until it is: nothing that is called is ever missing.

mod data;
mod emit;
mod graph;
mod module;

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use graph::Graph;
use module::Module;

/// The name of the imports of every part, which are the exports of the main module.
pub const MAIN: &str = "main";

/// The function that loads a part at once, by its place among the parts, and says whether it is there.
pub const SUMMON: &str = "flotilla::ui::parts::summon";

/// Some of the page that is loaded when it is wanted.
pub struct Part {
    /// Its name, which the page knows, too.
    pub name: &'static str,
    /// The functions that lead into it, which may be called before anything else of it. What these
    /// alone need belongs to the part.
    pub entries: &'static [&'static str],
    /// The modules whose functions belong to it where they are only called by way of a pointer, as
    /// those of a component are.
    pub modules: &'static [&'static str],
}

/// What has been cut.
pub struct Pieces {
    pub main: Vec<u8>,
    /// By the name of the part.
    pub parts: BTreeMap<&'static str, Vec<u8>>,
}

/// Cuts a module that still has the names of its functions.
///
/// # Errors
/// When it has other than what this knows of, or lacks the function that stubs call.
pub fn split(wasm: &[u8], parts: &'static [Part]) -> Result<Pieces> {
    let module = Module::parse(wasm).context("this is no wasm that can be split")?;
    let belongs = Graph::new(&module).assign(parts)?;
    emit::pieces(&module, parts, &belongs)
}

#[cfg(test)]
mod tests;
