//! JSON, as much of it as is written here.

use std::fmt::Write;

use crate::raft::{
    ChangeRefusal, Configuration, LogIndex, MembershipChange, NodeId, NodeSet, Span, Term,
};
use crate::scenario::format::quoted;

/// Something that has a JSON form.
pub(in crate::scenario) trait Json {
    /// Appends it.
    fn write(&self, out: &mut String);
}

/// An object that is being written.
pub(in crate::scenario) struct Object<'a> {
    out: &'a mut String,
    is_empty: bool,
}

impl<'a> Object<'a> {
    pub(in crate::scenario) fn begin(out: &'a mut String) -> Self {
        out.push('{');
        Self {
            out,
            is_empty: true,
        }
    }

    /// Appends a field.
    pub(in crate::scenario) fn field(&mut self, name: &str, value: &dyn Json) {
        value.write(self.name(name));
    }

    /// Appends the name of a field, whose value the caller appends.
    pub(in crate::scenario) fn name(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.is_empty) {
            self.out.push(',');
        }
        name.write(self.out);
        self.out.push(':');
        self.out
    }

    /// Closes it; gives back what it was appended to.
    pub(in crate::scenario) fn end(self) -> &'a mut String {
        self.out.push('}');
        self.out
    }
}

/// Appends an array of what `items` append.
pub(in crate::scenario) fn array<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    mut item: impl FnMut(T, &mut String),
) {
    out.push('[');
    for (place, value) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        item(value, out);
    }
    out.push(']');
}

/// The fields of an enumeration's variants, named as they are in the code; one that is missing here
/// does not compile.
macro_rules! fields {
    ($value:expr, $object:expr, $enumeration:tt: $($variant:ident $({ $($field:ident),+ })?),+ $(,)?) => {
        match $value {
            $($enumeration::$variant $({ $($field),+ })? => {
                $($($object.field(stringify!($field), $field);)+)?
            })+
        }
    };
}
pub(super) use fields;

impl Json for u64 {
    fn write(&self, out: &mut String) {
        // Writing to a string never fails.
        let _ = write!(out, "{self}");
    }
}

impl Json for u32 {
    fn write(&self, out: &mut String) {
        u64::from(*self).write(out);
    }
}

impl Json for u8 {
    fn write(&self, out: &mut String) {
        u64::from(*self).write(out);
    }
}

impl Json for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for &str {
    fn write(&self, out: &mut String) {
        out.push_str(&quoted(self));
    }
}

impl Json for Term {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Json for LogIndex {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Json for Span {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Json for NodeId {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "\"{self}\"");
    }
}

impl Json for NodeSet {
    fn write(&self, out: &mut String) {
        array(self.iter(), out, |node, out| node.write(out));
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Json> Json for [T] {
    fn write(&self, out: &mut String) {
        array(self, out, |item, out| item.write(out));
    }
}

/// Term and index of an entry.
impl Json for (Term, LogIndex) {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("term", &self.0);
        object.field("index", &self.1);
        object.end();
    }
}

impl Json for Configuration {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        object.field("voters", &self.voters());
        object.field("outgoing", &self.outgoing());
        object.field("learners", &self.learners());
        object.end();
    }
}

/// As the verb of a scenario file that asks for it.
impl Json for MembershipChange {
    fn write(&self, out: &mut String) {
        let mut object = Object::begin(out);
        match self {
            Self::AddVoter(node) => object.field("add", node),
            Self::AddLearner(node) => object.field("add_learner", node),
            Self::Remove(node) => object.field("remove", node),
            Self::Members(nodes) => object.field("members", nodes),
        }
        object.end();
    }
}

impl Json for ChangeRefusal {
    fn write(&self, out: &mut String) {
        let reason = match self {
            Self::NothingToChange => "NothingToChange",
            Self::NoVoterLeft => "NoVoterLeft",
        };
        reason.write(out);
    }
}
