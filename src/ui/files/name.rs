//! What files are called.

use crate::scenario::{LIVE_TITLE, Scenario};

/// The most letters of a title in a name.
const TITLE_MAX: usize = 40;

/// A name that says which run it is: `flotilla-seed7.toml`, `leader-crash-seed7.jsonl`.
pub(super) fn of(scenario: &Scenario, ending: &str) -> String {
    let mut name = match scenario.title.as_str() {
        LIVE_TITLE => String::new(),
        title => plain(title),
    };
    if name.is_empty() {
        name.push_str("flotilla");
    }
    name + "-seed" + &scenario.seed.to_string() + "." + ending
}

/// The title in letters and digits that every file system takes, joined by hyphens.
fn plain(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut name = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if name.len() + word.len() >= TITLE_MAX {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_file_is_called_after_the_title_and_the_seed() {
        let mut scenario = Scenario::live(Default::default(), 7);
        assert_eq!(of(&scenario, "toml"), "flotilla-seed7.toml");
        scenario.title = "A cut: S1 → S2/S3, healed".into();
        assert_eq!(of(&scenario, "toml"), "a-cut-s1-s2-s3-healed-seed7.toml");
        scenario.title = "…".into();
        assert_eq!(of(&scenario, "svg"), "flotilla-seed7.svg");
    }
}
