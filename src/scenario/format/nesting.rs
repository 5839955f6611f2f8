//! A look at the text before it is read as TOML: keys of a great many parts, one in the other,
//! would nest tables deeper than the stack of a browser's page allows to take them apart again.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::error::{Error, Lines};

/// The most parts in a dotted key; the format itself has no more than five,
/// `step.expect.value.S1.x`.
const MAX_KEY_PARTS: usize = 8;

/// The first key of too many parts. (How deep brackets nest, the TOML reader itself limits.)
pub(super) fn too_deep(text: &str) -> Option<Error> {
    let mut dots = 0;
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Dot => dots += 1,
            // What may stand between the dots of one key.
            TokenKind::Atom
            | TokenKind::Whitespace
            | TokenKind::BasicString
            | TokenKind::LiteralString => {}
            _ => dots = 0,
        }
        if dots >= MAX_KEY_PARTS {
            let message = format!("a key has too many parts; it has at most {MAX_KEY_PARTS}");
            return Some(Lines::new(text).error(token.span().start(), message));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_too_many_parts_is_found_and_other_dots_do_not_count() {
        for fine in [
            "a.b.c.d.e.f.g.h = 1",
            "a = [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]",
            "a = \".........\" # .........",
            "a.b.c.d = 1.5\na.b.c.e = 1.5\n[a.b.f.g]",
        ] {
            assert_eq!(too_deep(fine), None, "{fine}");
        }
        for deep in [
            "a.b.c.d.e.f.g.h.i = 1",
            "x = {a . 'b'.\"c\".d.e.f.g.h.i = 1}",
        ] {
            assert!(too_deep(deep).is_some(), "{deep}");
        }
    }
}
