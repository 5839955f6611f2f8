//! JSON, read: as much of a line as is looked at is kept, and no more is understood than must be.

use std::borrow::Cow;

use crate::scenario::format::decimal;

/// How deep values may be in each other.
const DEPTH_MAX: u32 = 128;

/// A JSON value.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Self>),
    /// In the order of the text. Of several fields of one name, the last counts.
    Object(Vec<(Cow<'t, str>, Self)>),
}

impl<'t> Value<'t> {
    /// The value that a text is.
    ///
    /// # Errors
    /// The byte at which it is found not to be JSON.
    pub(super) fn parse(text: &'t str) -> Result<Self, usize> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(DEPTH_MAX).filter(|_| {
            reader.skip_space();
            reader.rest().is_empty()
        });
        value.ok_or(reader.at)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => {
                let mut last_first = fields.iter().rev();
                let field = last_first.find(|(other, _)| other == name)?;
                Some(&field.1)
            }
            _ => None,
        }
    }

    pub(super) const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number that it is, if that is a whole one, written as such.
    pub(super) fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The number that it is.
    pub(super) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => decimal(number),
            _ => None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }
}

/// A text that is being read; what is not JSON reads as nothing.
struct Reader<'t> {
    text: &'t str,
    /// The byte that is next.
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        let space = [' ', '\t', '\n', '\r'];
        self.at += rest.len() - rest.trim_start_matches(space).len();
    }

    /// Takes that text if it is next.
    fn take(&mut self, text: &str) -> Option<()> {
        let is_next = self.rest().starts_with(text);
        if is_next {
            self.at += text.len();
        }
        is_next.then_some(())
    }

    fn value(&mut self, depth: u32) -> Option<Value<'t>> {
        self.skip_space();
        match self.rest().bytes().next()? {
            b'n' => self.take("null").map(|()| Value::Null),
            b't' => self.take("true").map(|()| Value::Bool(true)),
            b'f' => self.take("false").map(|()| Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' => {
                let mut values = Vec::new();
                self.items(depth, "]", |reader, depth| {
                    values.push(reader.value(depth)?);
                    Some(())
                })?;
                Some(Value::Array(values))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.items(depth, "}", |reader, depth| {
                    let name = reader.string()?;
                    reader.skip_space();
                    reader.take(":")?;
                    fields.push((name, reader.value(depth)?));
                    Some(())
                })?;
                Some(Value::Object(fields))
            }
            _ => self.number().map(Value::Number),
        }
    }

    /// What is between brackets, up to `end`, and commas.
    fn items(
        &mut self,
        depth: u32,
        end: &str,
        mut item: impl FnMut(&mut Self, u32) -> Option<()>,
    ) -> Option<()> {
        let depth = depth.checked_sub(1).filter(|&depth| depth > 0)?;
        self.at += 1;
        self.skip_space();
        if self.take(end).is_some() {
            return Some(());
        }
        loop {
            self.skip_space();
            item(self, depth)?;
            self.skip_space();
            if self.take(end).is_some() {
                return Some(());
            }
            self.take(",")?;
        }
    }

    fn number(&mut self) -> Option<&'t str> {
        let from = self.at;
        let _ = self.take("-");
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if self.take("e").or_else(|| self.take("E")).is_some() {
            let _ = self.take("+").or_else(|| self.take("-"));
            self.digits()?;
        }
        Some(&self.text[from..self.at])
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest().bytes();
        let count = rest.take_while(u8::is_ascii_digit).count();
        self.at += count;
        (count > 0).then_some(())
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        self.take("\"")?;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let end = rest.find(|c| matches!(c, '"' | '\\' | '\0'..='\x1f'))?;
            text += &rest[..end];
            self.at += end;
            if self.take("\"").is_some() {
                return Some(text);
            }
            self.take("\\")?;
            let escaped = self.escaped()?;
            text.to_mut().push(escaped);
        }
    }

    /// The character that is told after a backslash.
    fn escaped(&mut self) -> Option<char> {
        let escape = self.rest().bytes().next()?;
        let plain = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let mut units = vec![self.unit()?];
                if matches!(units[0], 0xD800..0xDC00) {
                    self.take("\\u")?;
                    units.push(self.unit()?);
                }
                return char::decode_utf16(units).next()?.ok();
            }
            _ => return None,
        };
        self.at += 1;
        Some(plain)
    }

    /// A unit of UTF-16, as four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4)?;
        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unit = u16::from_str_radix(digits, 16).ok();
        self.at += 4;
        unit.filter(|_| is_hexadecimal)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same value, as the reference has it; numbers as they are understood.
    fn is(value: &Value<'_>, reference: &serde_json::Value) -> bool {
        use serde_json::Value as Reference;
        match (value, reference) {
            (Value::Null, Reference::Null) => true,
            (Value::Bool(one), Reference::Bool(other)) => one == other,
            (Value::Number(_), Reference::Number(other)) => {
                value.as_u64() == other.as_u64() && value.as_f64() == other.as_f64()
            }
            (Value::String(one), Reference::String(other)) => one == other,
            (Value::Array(ones), Reference::Array(others)) => {
                ones.len() == others.len()
                    && ones.iter().zip(others).all(|(one, other)| is(one, other))
            }
            (Value::Object(_), Reference::Object(others)) => others
                .iter()
                .all(|(name, other)| value.get(name).is_some_and(|one| is(one, other))),
            _ => false,
        }
    }

    fn reads_as_the_reference(text: &str) {
        match (Value::parse(text), serde_json::from_str(text)) {
            (Ok(value), Ok(reference)) => assert!(is(&value, &reference), "{text}: {value:?}"),
            (Err(at), Err(_)) => assert!(text.is_char_boundary(at), "{text}"),
            (read, reference) => panic!("{text}: {read:?}, {reference:?}"),
        }
    }

    #[test]
    fn json_is_read_as_it_is_defined() {
        for text in [
            r#" { "a" : [ 1 , -2.5e3, 0, 1E+2 ], "b": {}, "a": [ ], "é": null } "#,
            r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00€""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83d\u0041""#,
            r#""\u+123""#,
            r#""\u12é""#,
            "\"\u{7f}\"",
            "\"\n\"",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "nul",
            "true false",
            "18446744073709551615",
            "18446744073709551616",
            "1718271672.969123456",
            "",
            "\u{feff}1",
        ] {
            reads_as_the_reference(text);
        }
        for depth in [127, 128, 129, 100_000] {
            reads_as_the_reference(&("[".repeat(depth) + &"]".repeat(depth)));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_reads_as_the_reference_does(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "u0041", "n", "null", "true",
                    "1", "0", "-", ".5", "e3", " ", "\t", "é",
                ]),
                0..12,
            ),
        ) {
            reads_as_the_reference(&parts.concat());
        }
    }
}
