//! The built site made smaller, in its place. What counts is its size as it is sent, compressed.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::parts;
use crate::process::{command, run, run_for_output};
use crate::tools::{self, Minifiers};

/// What rustc uses for this target: wasm-bindgen has left out the section that would say so.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// In their order.
const PASSES: [&str; 6] = [
    "-Oz",
    // Both make fewer bytes that compress worse, and slower code.
    "--skip-pass=code-folding",
    "--skip-pass=local-cse",
    // Nothing of Rust's is in the lowest kilobyte: it is the far end of the stack.
    "--low-memory-unused",
    // The instances of one generic function are nearly the same: side by side they compress best.
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
];

/// Makes the files of a site smaller, those that can be.
pub fn site(files: &[PathBuf]) -> Result<()> {
    let Some(Minifiers { wasm_opt, esbuild }) = tools::minifiers() else {
        return Ok(());
    };
    for wasm in with_extension(files, "wasm") {
        let names = optimise(&wasm_opt, wasm)?;
        for glue in with_extension(files, "js") {
            rename(glue, &names)?;
        }
        let parts = parts::cut(wasm)?;
        for module in [wasm].into_iter().chain(parts.values()) {
            strip(&wasm_opt, module)?;
        }
        for page in with_extension(files, "html") {
            parts::make_known(page, &parts)?;
        }
    }
    for extension in ["js", "css"] {
        for file in with_extension(files, extension) {
            minify(&esbuild, file)?;
        }
    }
    for page in with_extension(files, "html") {
        join_sheets(page)?;
        name_by_content(page)?;
    }
    Ok(())
}

fn with_extension<'a>(files: &'a [PathBuf], extension: &str) -> impl Iterator<Item = &'a PathBuf> {
    files
        .iter()
        .filter(move |file| file.extension() == Some(OsStr::new(extension)))
}

/// The names that wasm and JavaScript know each other's functions by, each with its short one.
#[derive(Deserialize)]
struct Names {
    /// With the module that each comes from.
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// What [`Names`] calls the one module of all imports.
const IMPORTS: &str = "a";

fn optimise(wasm_opt: &Path, wasm: &Path) -> Result<Names> {
    let names = run_for_output(
        command(wasm_opt)
            .args(FEATURES)
            .args(parts::entries().map(|entry| format!("--no-inline={entry}")))
            .args(PASSES)
            .arg("-g")
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )?;
    serde_json::from_str(&names).context("wasm-opt does not say how it renamed what")
}

/// Leaves out what nobody needs any more, and the names of functions.
fn strip(wasm_opt: &Path, wasm: &Path) -> Result<()> {
    run(command(wasm_opt)
        .args(FEATURES)
        .arg("--remove-unused-module-elements")
        .arg(wasm)
        .arg("-o")
        .arg(wasm))
}

/// Lets JavaScript use the short names.
fn rename(glue: &Path, names: &Names) -> Result<()> {
    let text = fs::read_to_string(glue)?;
    fs::write(glue, renamed(&text, names))?;
    Ok(())
}

/// JavaScript with the short names: an import is known by its name, which is like no other, and an
/// export by the object that it belongs to.
fn renamed(text: &str, names: &Names) -> String {
    let mut modules = text.to_owned();
    let mut imports = HashMap::new();
    for (module, long, short) in &names.imports {
        modules = modules.replace(&format!("\"{module}\""), &format!("\"{IMPORTS}\""));
        imports.insert(long.as_str(), short);
    }
    let exports: HashMap<_, _> = names.exports.iter().map(|(l, s)| (l.as_str(), s)).collect();
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$');
    let mut renamed = String::with_capacity(text.len());
    let mut rest = modules.as_str();
    while let Some(start) = rest.find(is_name) {
        renamed.push_str(&rest[..start]);
        rest = &rest[start..];
        let (name, after) = rest.split_at(rest.find(|c| !is_name(c)).unwrap_or(rest.len()));
        let names = if renamed.ends_with("wasm.") {
            &exports
        } else {
            &imports
        };
        renamed.push_str(names.get(name).map_or(name, |short| short.as_str()));
        rest = after;
    }
    renamed + rest
}

/// JavaScript or a style sheet without what only people read.
fn minify(esbuild: &Path, file: &Path) -> Result<()> {
    let mut to = OsString::from("--outfile=");
    to.push(file);
    run(command(esbuild)
        .args(["--minify", "--log-level=warning", "--allow-overwrite"])
        // A brace that is missing makes the rules after it be of no effect, without a word of the browser.
        .arg("--log-override:css-syntax-error=error")
        .arg(file)
        .arg(to))
}

/// Leaves a page one style sheet in the place of several: together they compress better.
fn join_sheets(page: &Path) -> Result<()> {
    let before = fs::read_to_string(page)?;
    let (text, names) = with_one_sheet(&before);
    let paths: Vec<_> = names.iter().map(|name| page.with_file_name(name)).collect();
    if let [first, others @ ..] = paths.as_slice() {
        let mut all = fs::read_to_string(first)?;
        for other in others {
            all += &fs::read_to_string(other)?;
            fs::remove_file(other)?;
        }
        fs::write(first, all)?;
    }
    fs::write(page, text)?;
    Ok(())
}

/// The text of a page without its links to style sheets but the first, and what all are to, in order.
fn with_one_sheet(page: &str) -> (String, Vec<&str>) {
    let mut names = Vec::new();
    let mut text = String::new();
    for line in page.split_inclusive('\n') {
        let name = sheet(line);
        if name.is_none() || names.is_empty() {
            text += line;
        }
        names.extend(name);
    }
    (text, names)
}

/// The name of the style sheet to which that line of a page is a link.
pub fn sheet(line: &str) -> Option<&str> {
    let line = line.trim();
    let link = line.strip_prefix(r#"<link rel="stylesheet" href="./"#)?;
    link.strip_suffix(r#""/>"#)
}

/// Gives the files beside a page that have a hash in their names that of what is in them now. Theirs
/// is of what they were before they were made smaller: a browser that has kept a file for ever would
/// take it for another of that name.
fn name_by_content(page: &Path) -> Result<()> {
    let mut text = fs::read_to_string(page)?;
    let beside = page.parent().context("a page is in no directory")?;
    for entry in fs::read_dir(beside)? {
        let file = entry?.path();
        let name = file.file_name().and_then(OsStr::to_str);
        if let Some((name, hash)) = name.and_then(|name| Some((name, hash_in(name)?))) {
            let mut hasher = DefaultHasher::new();
            hasher.write(&fs::read(&file)?);
            let new = name.replace(hash, &format!("{:016x}", hasher.finish()));
            text = text.replace(name, &new);
            fs::rename(&file, file.with_file_name(new))?;
        }
    }
    fs::write(page, text)?;
    Ok(())
}

/// The hash in the name of a file: 16 digits after a hyphen.
fn hash_in(name: &str) -> Option<&str> {
    let (_, hash) = name.rsplit_once('-')?;
    let hash = hash.get(..16)?;
    hash.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_has_another_name_and_the_page_knows_it() {
        let site = std::env::temp_dir().join(format!("flotilla-names-{}", std::process::id()));
        fs::create_dir_all(&site).expect("a directory");
        let [page, sheet, kept] =
            ["index.html", "a-0123456789abcdef.css", "b_bg.wasm"].map(|name| site.join(name));
        let mut texts = Vec::new();
        for content in ["one", "other"] {
            fs::write(&page, r#"<link href="./a-0123456789abcdef.css"/>"#).expect("a page");
            fs::write(&sheet, content).expect("a sheet");
            fs::write(&kept, content).expect("a file without a hash");
            name_by_content(&page).expect("it can be renamed");
            let text = fs::read_to_string(&page).expect("a page");
            let name = text.split('"').nth(1).expect("a link");
            let there = fs::read_to_string(site.join(name)).expect("the sheet is there");
            assert_eq!(there, content);
            fs::remove_file(site.join(name)).expect("it is there");
            texts.push(text);
        }
        assert_ne!(texts[0], texts[1]);
        assert!(!sheet.exists() && kept.exists());
        fs::remove_dir_all(&site).expect("it is there");
    }

    #[test]
    fn what_is_imported_and_exported_has_its_short_name_and_nothing_else() {
        let long = |name: &str| name.to_owned();
        let names = Names {
            imports: vec![(long("./page_bg.js"), long("__wbg_get_1"), long("b"))],
            exports: vec![
                (long("memory"), long("c")),
                (long("__wbindgen_free"), long("d")),
            ],
        };
        let glue = "const memory = { \"./page_bg.js\": { __wbg_get_1: f, __wbg_get_12: g } };\n\
                    wasm.__wbindgen_free(wasm.memory.buffer, wasm.memory); //é";
        assert_eq!(
            renamed(glue, &names),
            "const memory = { \"a\": { b: f, __wbg_get_12: g } };\n\
             wasm.d(wasm.c.buffer, wasm.c); //é"
        );
    }

    #[test]
    fn the_first_link_to_a_style_sheet_stays() {
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\"/>\n  \
                    <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n</head>\n";
        let one = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\"/>\n</head>\n";
        assert_eq!(
            with_one_sheet(page),
            (one.to_owned(), vec!["a-1.css", "b-2.css"])
        );
    }
}
