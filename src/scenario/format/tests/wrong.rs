//! Wrong files and what is said of them, place and words.

use super::super::{MAX_ERRORS, MAX_FILE_BYTES, MAX_STEPS, MAX_TEXT_BYTES, MAX_TITLE_CHARS, parse};
use super::{errors, right};

#[test]
fn every_wrong_file_is_told_where_and_why() {
    let cases = include_str!("wrong.txt").split("\n====\n");
    assert!(cases.clone().count() >= 40);
    for case in cases {
        let (text, expected) = case.split_once("\n>>>>\n").expect("a file and its errors");
        assert_eq!(errors(text), expected.trim_end(), "{text}");
    }
}

#[test]
fn a_file_has_at_most_so_many_bytes() {
    let padding = MAX_FILE_BYTES - "title = \"t\"\n#".len();
    let full = format!("title = \"t\"\n#{}", "x".repeat(padding));
    right(&full);
    assert_eq!(
        errors(&format!("{full}x")),
        "1:1: the file has 1048577 bytes; a scenario has at most 1048576"
    );
}

#[test]
fn a_file_has_at_most_so_many_steps() {
    let full = format!(
        "title = \"t\"\n{}",
        "[[step]]\nheal = true\n".repeat(MAX_STEPS)
    );
    right(&full);
    assert_eq!(
        errors(&format!("{full}[[step]]\nheal = true")),
        "20002:1: there are 10001 steps; a scenario has at most 10000"
    );
}

#[test]
fn keys_values_and_names_have_at_most_so_many_bytes() {
    let step = |key: usize, value: usize, client: usize| {
        format!(
            "title = \"t\"\n[[step]]\nput = {{ key = \"{}\", value = \"{}\", client = \"{}\" }}",
            "k".repeat(key),
            "v".repeat(value),
            "c".repeat(client)
        )
    };
    let most = MAX_TEXT_BYTES;
    right(&step(most, most, most));
    for (key, value, client) in [(most + 1, 1, 1), (1, most + 1, 1), (1, 1, most + 1)] {
        let errors = errors(&step(key, value, client));
        assert!(errors.contains("this has 4097 bytes"), "{errors}");
    }
}

#[test]
fn a_title_has_at_most_so_many_characters() {
    let titled = |chars| format!("title = \"{}\"", "é".repeat(chars));
    right(&titled(MAX_TITLE_CHARS));
    assert_eq!(
        errors(&titled(MAX_TITLE_CHARS + 1)),
        "1:9: the title is too long; it has at most 500 characters"
    );
}

#[test]
fn at_most_so_many_errors_are_told() {
    let text = "title = \"t\"\n[[step]]\nat = 1\n".to_owned() + &"[[step]]\ncrsh = 1\n".repeat(500);
    assert_eq!(parse(&text).unwrap_err().len(), MAX_ERRORS);
}
