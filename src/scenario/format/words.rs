//! How errors speak: quoting what was found, listing what would be right, guessing what was meant.

use toml::de::DeValue;

/// The most characters of a file that an error repeats.
const MAX_QUOTED: usize = 40;

/// Longer words are not compared with known ones.
const MAX_GUESSED: usize = 64;

/// `text` on one line, and not too much of it.
pub(super) fn clip(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(MAX_QUOTED)
        .flat_map(|c| -> Box<dyn Iterator<Item = char>> {
            if c.is_control() {
                Box::new(c.escape_default())
            } else {
                Box::new(std::iter::once(c))
            }
        })
        .collect();
    if text.chars().nth(MAX_QUOTED).is_some() {
        shown.push('…');
    }
    shown
}

/// What a value is, for "found …".
pub(super) fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the string \"{}\"", clip(text)),
        DeValue::Integer(number) => format!("the integer {}", clip(&number.to_string())),
        DeValue::Float(number) => format!("the number {}", clip(number.as_str())),
        DeValue::Boolean(value) => format!("`{value}`"),
        DeValue::Datetime(_) => "a date or time".to_owned(),
        DeValue::Array(_) => "an array".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// The words as "`a`, `b` or `c`", each between two `mark`s.
pub(super) fn list<'w>(words: impl IntoIterator<Item = &'w str>, mark: char, last: &str) -> String {
    let words: Vec<String> = words
        .into_iter()
        .map(|word| format!("{mark}{word}{mark}"))
        .collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Which of `known` is nearly `word`.
pub(super) fn guess<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if word.len() > MAX_GUESSED {
        return None;
    }
    known
        .into_iter()
        .map(|candidate| {
            (
                distance(&word.to_ascii_lowercase(), &candidate.to_ascii_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, candidate)| distance <= candidate.chars().count().min(9) / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters to insert, remove or replace to make `a` from `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.chars().count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_guessed_and_another_word_is_not() {
        let known = ["latency", "loss", "duplicate", "at", "S1"];
        assert_eq!(guess("latncy", known), Some("latency"));
        assert_eq!(guess("Loss", known), Some("loss"));
        assert_eq!(guess("delay", known), None);
        assert_eq!(guess("as", known), None);
        assert_eq!(guess(&"l".repeat(1_000_000), known), None);
    }

    #[test]
    fn what_is_repeated_is_short_and_on_one_line() {
        assert_eq!(clip("a\nb"), "a\\nb");
        assert_eq!(clip(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    }
}
