//! What is written is read as it was.

use super::super::parse;
use super::write;

fn is_read_as_it_was(text: &str) {
    let scenario = parse(text).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"));
    let written = write(&scenario);
    let again = parse(&written).unwrap_or_else(|errors| panic!("{written}\n{errors:?}"));
    assert_eq!(again.without_lines(), scenario.without_lines(), "{written}");
}

#[test]
fn every_scenario_of_the_tests_is_read_as_it_was() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let mut folders = vec![std::path::PathBuf::from(folder)];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                is_read_as_it_was(&std::fs::read_to_string(path).expect("it is a text"));
                files += 1;
            }
        }
    }
    assert!(files > 40);
}

#[test]
fn every_verb_setting_and_expectation_is_read_as_it_was() {
    is_read_as_it_was(include_str!("everything.toml"));
}

#[test]
fn what_is_as_by_default_is_not_written() {
    let scenario = parse("title = \"t\"\n[raft]\nmax_batch = 64\n[[step]]\nheal = true\n");
    assert_eq!(
        write(&scenario.expect("it is a scenario")),
        "title = \"t\"\nuntil = \"2s\"\n\n[[step]]\nat = \"0ms\"\nheal = true\n"
    );
}
