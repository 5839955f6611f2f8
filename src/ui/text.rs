//! The texts of the page: one catalogue, a file a language.
//!
//! Components ask for the texts with [`use_texts`] and never write a word themselves. A language is
//! a [`Texts`] value with every field set, so that a missing text does not compile.

use yew::prelude::*;

/// A language of the page.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Portuguese];

    /// Its code (BCP 47), as the `lang` of the page has it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
        }
    }

    /// The language of a code such as `es`, `pt-BR`; `None` when the page does not speak it.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split('-').next().unwrap_or(code);
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

/// The language that the components around are in; English where none was said.
#[hook]
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
