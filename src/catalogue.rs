//! Catalogues of texts in the languages of Flotilla, side by side.
//!
//! ```text
//! catalogue! {
//!     /// What the metrics say.
//!     pub(crate) MetricsTexts of "views" {
//!         title: "Metrics", "Métricas", "Métricas";
//!         at: "{0} at {1}", "{0} en {1}", "{0} em {1}";
//!         total(count: usize): "{0} in all", "{0} en total", "{0} no total";
//!     }
//! }
//! let texts = MetricsTexts::new(lang);
//! texts.title();
//! fill(texts.at(), &[&value, &time]);
//! texts.total(7);
//! ```
//!
//! A text that is missing in a language does not compile, nor one with other placeholders than in
//! English, or than it has arguments. The texts of a language lie together, marked with the name of the
//! part of the page whose they are: `cargo xtask build` moves them out of what every visit loads, into
//! that part, so they are only to be asked for by what is in the part as well.
//!
//! Texts `of page` are said from the start: the English ones stay with the page, those of another
//! language are a part of their own, which must be here before the page is in that language.
//!
//! Where a text is handed on before it is known in which language it is said, `enum Name of …` makes a
//! catalogue whose texts are the values of a type, with `get(lang)`.

use std::fmt::{Display, Write};
use std::sync::OnceLock;

/// A language.
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

    /// The language of a code such as `es`, `pt-BR`; `None` when Flotilla does not speak it.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split('-').next().unwrap_or(code);
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

/// The texts of a catalogue in one language: between marks, one after the other.
pub struct Words {
    all: &'static str,
    lines: OnceLock<Vec<&'static str>>,
}

/// What stands before the name of the part, after it, after each text, and at the end.
pub const MARKS: [char; 4] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}'];

impl Words {
    /// Those texts.
    pub const fn new(all: &'static str) -> Self {
        let lines = OnceLock::new();
        Self { all, lines }
    }

    /// The text at that place; none while the part that has it is not here.
    pub fn get(&'static self, place: usize) -> &'static str {
        let lines = match self.lines.get() {
            Some(lines) => lines,
            None => {
                let [_, after_name, after_each, _] = MARKS;
                // Where the texts of a part will be, there are only zeros before.
                let Some((_, texts)) = self.all.split_once(after_name) else {
                    return "";
                };
                (self.lines).get_or_init(|| texts.split(after_each).collect())
            }
        };
        lines[place]
    }
}

/// The text with each `{0}`, `{1}`, … replaced by the argument of that number.
pub fn fill(template: &str, arguments: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(template.len() + 8 * arguments.len());
    let mut rest = template;
    while let Some((before, place)) = rest.split_once('{') {
        let (number, after) = place.split_once('}').unwrap_or((place, ""));
        let argument = number.parse().ok().and_then(|n: usize| arguments.get(n));
        filled.push_str(before);
        debug_assert!(argument.is_some(), "{template:?} has no argument {number}");
        if let Some(argument) = argument {
            // Writing to a string does not fail.
            let _ = write!(filled, "{argument}");
        }
        rest = after;
    }
    filled + rest
}

/// Which placeholders a text has, a bit each.
///
/// # Panics
/// When a brace does not belong to a placeholder with one digit.
pub const fn placeholders(text: &str) -> u16 {
    let bytes = text.as_bytes();
    let mut found = 0;
    let mut at = 0;
    while at < bytes.len() {
        assert!(bytes[at] != b'}', "a brace that closes nothing");
        if bytes[at] == b'{' {
            let is_placeholder =
                at + 2 < bytes.len() && bytes[at + 1].is_ascii_digit() && bytes[at + 2] == b'}';
            assert!(is_placeholder, "a brace that is no placeholder");
            found |= 1 << (bytes[at + 1] - b'0');
            at += 2;
        }
        at += 1;
    }
    found
}

/// A catalogue: see the [module](self).
macro_rules! catalogue {
    (
        $(#[$about:meta])*
        $seen:vis enum $name:ident of $part:tt {
            $( $(#[$of:meta])* $text:ident: $english:literal, $spanish:literal, $portuguese:literal; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        $seen enum $name { $( $(#[$of])* $text, )+ }

        impl $name {
            /// The text in a language.
            $seen fn get(self, lang: $crate::catalogue::Lang) -> &'static str {
                $crate::catalogue::catalogue!(@words $part $([$english $spanish $portuguese])+);
                words(lang).get(self as usize)
            }
        }

        $( $crate::catalogue::catalogue!(@alike $english $spanish $portuguese); )+
    };
    (
        $(#[$about:meta])*
        $seen:vis $name:ident of $part:tt {
            $(
                $(#[$of:meta])* $text:ident $(($($argument:ident: $kind:ty),+))?:
                $english:literal, $spanish:literal, $portuguese:literal;
            )+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        $seen struct $name($crate::catalogue::Lang);

        const _: () = {
            use $crate::catalogue::Lang;

            // The texts' own names, which are those of the methods.
            #[allow(non_camel_case_types)]
            enum Place { $($text,)+ }

            $crate::catalogue::catalogue!(@words $part $([$english $spanish $portuguese])+);

            impl $name {
                /// The texts in that language.
                $seen const fn new(lang: Lang) -> Self {
                    Self(lang)
                }

                /// Which language that is.
                #[allow(dead_code, reason = "few need it")]
                $seen const fn lang(self) -> Lang {
                    self.0
                }

                fn get(self, place: Place) -> &'static str {
                    words(self.0).get(place as usize)
                }

                $( $crate::catalogue::catalogue! {
                    @method $(#[$of])* $seen $text ($($($argument: $kind),+)?) $english
                } )+
            }

            $( $crate::catalogue::catalogue!(@alike $english $spanish $portuguese); )+
        };
    };

    // The texts of a catalogue by their language.
    (@words $part:tt $([$english:literal $spanish:literal $portuguese:literal])+) => {
        fn words(lang: $crate::catalogue::Lang) -> &'static $crate::catalogue::Words {
            use $crate::catalogue::{Lang, Words};

            static ENGLISH: Words = Words::new(concat!(
                "\u{1}", $crate::catalogue::catalogue!(@part $part "page"), "\u{2}",
                $($english, "\u{3}",)+ "\u{4}"
            ));
            static SPANISH: Words = Words::new(concat!(
                "\u{1}", $crate::catalogue::catalogue!(@part $part "spanish"), "\u{2}",
                $($spanish, "\u{3}",)+ "\u{4}"
            ));
            static PORTUGUESE: Words = Words::new(concat!(
                "\u{1}", $crate::catalogue::catalogue!(@part $part "portuguese"), "\u{2}",
                $($portuguese, "\u{3}",)+ "\u{4}"
            ));
            match lang {
                Lang::English => &ENGLISH,
                Lang::Spanish => &SPANISH,
                Lang::Portuguese => &PORTUGUESE,
            }
        }
    };

    // The name of the part that the texts of a language belong to; there is no part of the name `page`.
    (@part page $language:literal) => { $language };
    (@part $part:literal $language:literal) => { $part };

    (@method $(#[$of:meta])* $seen:vis $text:ident () $english:literal) => {
        $(#[$of])*
        $seen fn $text(self) -> &'static str {
            self.get(Place::$text)
        }
    };
    (@method $(#[$of:meta])* $seen:vis $text:ident ($($argument:ident: $kind:ty),+) $english:literal) => {
        $(#[$of])*
        $seen fn $text(self, $($argument: $kind),+) -> String {
            const {
                let count = [$(stringify!($argument)),+].len();
                assert!(
                    $crate::catalogue::placeholders($english) == (1 << count) - 1,
                    "other placeholders than arguments"
                );
            }
            $crate::catalogue::fill(self.get(Place::$text), &[$(&$argument),+])
        }
    };

    (@alike $english:literal $spanish:literal $portuguese:literal) => {
        const _: () = {
            use $crate::catalogue::placeholders;
            assert!(placeholders($english) == placeholders($spanish), "other placeholders");
            assert!(placeholders($english) == placeholders($portuguese), "other placeholders");
        };
    };
}

pub(crate) use catalogue;

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    catalogue! {
        /// Only here.
        ShipTexts of "tests" {
            ship: "ship", "barco", "navio";
            /// With its port.
            bound: "{0} bound for {1}", "{0} con rumbo a {1}", "para {1}: {0}";
            /// How many of them.
            ships(count: usize, port: &str): "{0} ships in {1}", "{0} barcos en {1}", "em {1}: {0} navios";
            none: "", "", "";
        }
    }

    catalogue! {
        /// As values.
        enum Sea of page {
            Calm: "calm", "en calma", "calmo";
            Rough: "rough", "agitado", "agitado";
        }
    }

    #[test]
    fn a_text_is_said_in_each_language_with_what_is_filled_in() {
        let said = |lang| {
            let texts = ShipTexts::new(lang);
            assert_eq!(texts.none(), "");
            fill(texts.bound(), &[&texts.ship(), &2])
        };
        assert_eq!(said(Lang::English), "ship bound for 2");
        assert_eq!(said(Lang::Spanish), "barco con rumbo a 2");
        assert_eq!(said(Lang::Portuguese), "para 2: navio");
    }

    #[test]
    fn a_text_with_arguments_is_said_with_them_in_the_order_of_the_language() {
        let texts = ShipTexts::new(Lang::English);
        assert_eq!(texts.ships(3, "Dover"), "3 ships in Dover");
        let texts = ShipTexts::new(Lang::Portuguese);
        assert_eq!(texts.ships(3, "Porto"), "em Porto: 3 navios");
    }

    #[test]
    fn a_text_can_be_handed_on_before_its_language_is_known() {
        assert_eq!(Sea::Calm.get(Lang::Spanish), "en calma");
        assert_eq!(Sea::Rough.get(Lang::English), "rough");
    }

    #[test]
    fn of_what_is_not_here_there_are_no_texts() {
        static ABSENT: Words = Words::new("\0\0\0\0");
        assert_eq!(ABSENT.get(0), "");
        assert_eq!(ABSENT.get(7), "");
    }

    #[test]
    fn placeholders_are_told_apart() {
        assert_eq!(placeholders("{0} {2}"), 0b101);
        assert_eq!(placeholders("none"), 0);
    }
}
