//! The fields of a JSON object, each with what would be right where it is wrong.

use crate::scenario::format::Error;

use super::value::Value;
use super::{MAX_NUMBER, error};

/// A JSON object in a line of a trace.
#[derive(Clone, Copy)]
pub(super) struct Fields<'v> {
    pub(super) line: u32,
    object: &'v Value<'v>,
    /// What it is, for errors.
    what: &'static str,
}

impl<'v> Fields<'v> {
    pub(super) fn new(line: u32, value: &'v Value<'v>, what: &'static str) -> Result<Self, Error> {
        match value {
            Value::Object(_) => Ok(Self {
                line,
                object: value,
                what,
            }),
            _ => Err(error(line, format!("`{what}` is not an object, `{{…}}`"))),
        }
    }

    /// What is wrong with a field, and what would be right.
    pub(super) fn wrong(&self, key: &str, right: &str) -> Error {
        let what = self.what;
        error(self.line, format!("`{key}` of `{what}` must be {right}"))
    }

    /// The field, unless it is not there or `null`.
    pub(super) fn get(&self, key: &str) -> Option<&'v Value<'v>> {
        self.object.get(key).filter(|value| **value != Value::Null)
    }

    pub(super) fn object(&self, key: &'static str) -> Result<Option<Self>, Error> {
        let line = self.line;
        let value = self.get(key);
        value.map(|value| Self::new(line, value, key)).transpose()
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<&'v str>, Error> {
        self.with(key, "a text", Value::as_str)
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, Error> {
        self.with(key, "true or false", Value::as_bool)
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<u64>, Error> {
        self.with(key, "a whole number, up to 2⁵³", number)
    }

    /// The number of a node, as etcd writes it: a text of digits; 0 is none.
    pub(super) fn node(&self, key: &str) -> Result<Option<u64>, Error> {
        self.with(key, NODE, node)
    }

    pub(super) fn numbers(&self, key: &str) -> Result<Option<Vec<u64>>, Error> {
        self.with(key, "a list of whole numbers", |value| list(value, number))
    }

    fn with<T>(
        &self,
        key: &str,
        right: &str,
        read: impl Fn(&'v Value<'v>) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        match self.get(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(read) => Ok(Some(read)),
                None => Err(self.wrong(key, right)),
            },
        }
    }
}

/// What the number of a node must be.
pub(super) const NODE: &str = "the number of a node, such as \"1\"; \"0\" is none";

pub(super) fn number(value: &Value<'_>) -> Option<u64> {
    value.as_u64().filter(|&number| number <= MAX_NUMBER)
}

/// Any number of 64 bits: those of real members are large.
pub(super) fn node(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::String(digits) if digits.is_empty() => Some(0),
        Value::String(digits) => digits.parse().ok(),
        _ => value.as_u64(),
    }
}

pub(super) fn list<T>(value: &Value<'_>, read: impl Fn(&Value<'_>) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}
