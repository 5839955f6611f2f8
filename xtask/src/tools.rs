//! The tools the other modules need. Each function leaves its tool installed, doing nothing when it
//! already is, or says what to install.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{command, find, output, own_tools, root, run};

/// What the page is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

const TRUNK: &str = "0.21.14";

/// The standard library for the browser.
pub fn wasm_target() -> Result<()> {
    let libraries = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    println!("Adding Rust's target {WASM} (some seconds).");
    rustup(&["target", "add", WASM])
}

/// The part of the Rust toolchain that `cargo NAME` is, from rustup's component of that name.
pub fn component(cargo_command: &str, component: &str) -> Result<()> {
    if output(command("cargo").args([cargo_command, "--version"])).is_some() {
        return Ok(());
    }
    println!("Adding Rust's component {component} (some seconds).");
    rustup(&["component", "add", component])
}

fn rustup(arguments: &[&str]) -> Result<()> {
    run(command("rustup").args(arguments)).with_context(|| {
        let arguments = arguments.join(" ");
        format!("this needs rustup (https://rustup.rs) and its `rustup {arguments}`")
    })
}

/// What bundles the page: the pinned trunk or a later one that is compatible with it.
pub fn trunk() -> Result<()> {
    cargo_tool(&CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK,
        fits: at_least,
        // All but its question to the registry, at every start, whether there is a newer one.
        options: &["--no-default-features", "--features", "rustls"],
        takes: "about 5 minutes on two cores",
    })
}

/// What joins wasm and JavaScript: exactly the version of the library that the page is linked with.
pub fn wasm_bindgen() -> Result<()> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    cargo_tool(&CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version,
        fits: |found, wanted| found == wanted,
        options: &[],
        takes: "about 3 minutes on two cores",
    })
}

struct CargoTool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    fits: fn(found: &str, wanted: &str) -> bool,
    options: &'a [&'a str],
    takes: &'a str,
}

fn cargo_tool(tool: &CargoTool) -> Result<()> {
    let &CargoTool {
        package,
        program,
        version,
        takes,
        ..
    } = tool;
    let found = installed_version(program);
    if let Some(found) = &found
        && (tool.fits)(found, version)
    {
        return Ok(());
    }
    println!("Installing {package} {version} from crates.io ({takes}).");
    let mut install = command("cargo");
    install
        .args(["install", "--locked", package, "--version", version])
        .args(tool.options)
        // The tools' own release profiles are several times slower to build and no quicker to use.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    if let Some(found) = found {
        let place = own_tools();
        println!(
            "Your {program} {found} stays as it is; this one goes to {}.",
            place.display()
        );
        install.arg("--root").arg(place);
    }
    run(&mut install)
}

/// The last word of what `program --version` says, without a build's hash in brackets.
fn installed_version(program: &str) -> Option<String> {
    find(program)?;
    let said = output(command(program).arg("--version"))?;
    Some(said.split_whitespace().nth(1)?.to_owned())
}

/// Whether `found` is `wanted` or a later patch of the same minor version.
fn at_least(found: &str, wanted: &str) -> bool {
    fn split(version: &str) -> Option<(&str, u64)> {
        let (minor, patch) = version.rsplit_once('.')?;
        Some((minor, patch.parse().ok()?))
    }
    match (split(found), split(wanted)) {
        (Some((minor, patch)), Some((wanted_minor, wanted_patch))) => {
            minor == wanted_minor && patch >= wanted_patch
        }
        _ => false,
    }
}

/// The version of a package in the text of a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

/// The browser that the page is tested in.
pub fn chromium() -> Result<PathBuf> {
    debian_program(
        &["chromium", "chromium-browser", "google-chrome"],
        "chromium",
    )
}

/// The other browser that the page is tested in, as it is installed.
pub fn firefox() -> Result<PathBuf> {
    debian_program(&["firefox-esr", "firefox"], "firefox-esr")
}

/// What lets the wasm tests drive the browser.
pub fn chromedriver() -> Result<PathBuf> {
    debian_program(&["chromedriver"], "chromium-driver")
}

/// The first of these programs that is installed, if need be from the Debian package.
fn debian_program(names: &[&str], package: &str) -> Result<PathBuf> {
    let look = || names.iter().find_map(|name| find(name));
    if look().is_none() && find("apt-get").is_some() && is_root() {
        println!("Installing Debian's {package} (about a minute).");
        apt_get(&["update", "--quiet"])?;
        apt_get(&[
            "install",
            "--quiet",
            "--yes",
            "--no-install-recommends",
            package,
        ])?;
    }
    match look() {
        Some(program) => Ok(program),
        None => bail!(
            "{} is needed and not on PATH: install it, on Debian with `apt-get install {package}`",
            names[0]
        ),
    }
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    run(command("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_root() -> bool {
    output(command("id").arg("-u")).as_deref() == Some("0")
}

/// The directory of the end-to-end tests with its npm packages installed as its lock file says.
pub fn npm_packages() -> Result<PathBuf> {
    let directory = root().join("tests/e2e");
    if find("npm").is_none() || find("node").is_none() {
        bail!("node (20 or newer) and npm are needed and not on PATH: install Node.js");
    }
    if !npm_is_current(&directory) {
        println!("Installing the npm packages of tests/e2e (some seconds).");
        run(command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--no-update-notifier"])
            .current_dir(&directory))?;
    }
    Ok(directory)
}

/// Whether npm has installed since the lock file last changed.
fn npm_is_current(directory: &Path) -> bool {
    let changed = |file: &str| fs::metadata(directory.join(file)).and_then(|file| file.modified());
    match (
        changed("node_modules/.package-lock.json"),
        changed("package-lock.json"),
    ) {
        (Ok(installed), Ok(wanted)) => installed >= wanted,
        _ => false,
    }
}

/// What makes a site smaller, from the npm packages of the end-to-end tests.
pub struct Minifiers {
    /// Of wasm: binaryen's.
    pub wasm_opt: PathBuf,
    /// Of JavaScript and of style sheets.
    pub esbuild: PathBuf,
}

/// What makes the site smaller; `None`, said why, where it cannot be had.
pub fn minifiers() -> Option<Minifiers> {
    match npm_packages() {
        Ok(directory) => {
            let programs = directory.join("node_modules/.bin");
            Some(Minifiers {
                wasm_opt: programs.join("wasm-opt"),
                esbuild: programs.join("esbuild"),
            })
        }
        Err(error) => {
            println!(
                "Nothing to make the site smaller: the page works, a third larger. ({error:#})"
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.126"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn a_later_patch_fits_and_another_minor_version_does_not() {
        assert!(at_least("0.21.14", "0.21.14"));
        assert!(at_least("0.21.15", "0.21.14"));
        assert!(!at_least("0.21.9", "0.21.14"));
        assert!(!at_least("0.22.14", "0.21.14"));
        assert!(!at_least("nonsense", "0.21.14"));
    }
}
