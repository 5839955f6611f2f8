//! The page as a site: served while it is being changed, built for a static host, photographed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::minify;
use crate::process::{command, root, run};
use crate::tools;

/// Where the built site is.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Serves a debug build, until it is interrupted.
pub fn serve(trunk_arguments: &[String]) -> Result<()> {
    build_tools()?;
    println!("Building the page: the first time takes a minute or two, then seconds.");
    run(command("trunk").arg("serve").args(trunk_arguments))
}

/// Leaves the site in `dist`.
pub fn build() -> Result<()> {
    build_tools()?;
    run(command("trunk").args(["build", "--release"]))?;
    minify::site(&files(&dist())?)?;
    report_sizes()
}

/// Photographs the built site.
pub fn screenshot() -> Result<()> {
    build()?;
    fs::create_dir_all(root().join("docs"))?;
    run(node_in_e2e()?.arg("screenshot.mjs"))
}

/// Photographs every view of the built site, as what the end-to-end tests compare it with.
pub fn approve() -> Result<()> {
    build()?;
    run(node_in_e2e()?
        .args(["--test", "--test-reporter=spec", "look.test.mjs"])
        .env("APPROVE", "1"))
}

/// A node in the directory of the end-to-end tests that knows which browser to use.
pub fn node_in_e2e() -> Result<Command> {
    let chromium = tools::chromium()?;
    let directory = tools::npm_packages()?;
    let mut node = command("node");
    node.current_dir(directory).env("CHROMIUM", chromium);
    Ok(node)
}

fn build_tools() -> Result<()> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::trunk()
}

fn report_sizes() -> Result<()> {
    println!("\nThe site is in dist/:");
    for file in files(&dist())? {
        let bytes = fs::metadata(&file)?.len();
        let name = file.strip_prefix(dist()).unwrap_or(&file);
        println!("{:>9.1} kB  {}", bytes as f64 / 1000.0, name.display());
    }
    Ok(())
}

/// Every file below a directory, sorted.
fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Fails unless the site has been built.
pub fn must_be_built() -> Result<()> {
    if !dist().join("index.html").is_file() {
        bail!("there is no dist/ to test: run `cargo xtask build` first");
    }
    Ok(())
}
