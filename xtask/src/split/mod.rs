//! The wasm of the page cut in two: what every visit needs, and parts that are loaded when they are
//! wanted.
//!
//! A part has code, and the texts that only it says. Its functions work in the memory of the main module, by its stack, its
//! table and its functions. In their place the main module has stubs, each of which calls what is in
//! the function's own place in the table: nothing until the part is there, so that one called too
//! early stops the page, instead of doing something else. `src/ui/parts.rs` sees to it that none is.

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
pub fn split(wasm: &[u8], parts: &'static [Part]) -> Result<Pieces> {
    let module = Module::parse(wasm).context("this is no wasm that can be split")?;
    let belongs = Graph::new(&module).assign(parts)?;
    emit::pieces(&module, parts, &belongs)
}

#[cfg(test)]
mod tests;
