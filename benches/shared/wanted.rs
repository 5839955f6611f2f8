//! Which lines of a benchmark somebody wants: those that have every word of the command line.

/// The words that the lines must have; all lines are wanted when there is none.
pub struct Wanted(Vec<String>);

impl Wanted {
    /// As the command line says.
    pub fn from_args() -> Self {
        // Cargo itself says `--bench`.
        let words = std::env::args().skip(1).filter(|word| word != "--bench");
        Self(words.collect())
    }

    /// Whether that line is wanted.
    pub fn has(&self, line: &str) -> bool {
        let says = |word: &String| line.split(' ').any(|said| said == word);
        self.0.iter().all(says)
    }
}
