//! Running other programs: always from the project's directory, never asking a terminal anything.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The project's directory.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask
        .parent()
        .expect("xtask is a directory of the project")
        .to_owned()
}

/// Where cargo builds.
pub fn target_dir() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Where tools go that must not replace the user's own of another version.
pub fn own_tools() -> PathBuf {
    target_dir().join("tools")
}

/// A program to run in the project's directory.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let program = program.as_ref();
    let path = search_path();
    let found = program.to_str().and_then(find);
    let mut command = Command::new(found.as_deref().map_or(program, Path::as_os_str));
    command
        .current_dir(root())
        .env("PATH", path)
        .stdin(Stdio::null());
    // trunk takes `true` or `false` here and refuses the usual `1`.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

/// Where `program` is, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path())
        .map(|directory| directory.join(&file))
        .find(|path| path.is_file())
}

/// Shows the command, runs it, and fails when it does.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("cannot run `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Like [`run`], with what the command writes to its standard output.
pub fn run_for_output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    println!("$ {shown}");
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` does not write text"))
}

/// What the command writes to its standard output; `None` when it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The user's PATH between the project's own tools, which are preferred, and cargo's, which a shell
/// that has not been opened anew since rustup was installed does not know.
fn search_path() -> OsString {
    let user = env::var_os("PATH").unwrap_or_default();
    let mut directories = vec![own_tools().join("bin")];
    directories.extend(env::split_paths(&user));
    directories.extend(cargo_home().map(|home| home.join("bin")));
    env::join_paths(directories).unwrap_or(user)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}

fn show(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
