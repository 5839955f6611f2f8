//! An inspection as JSON, to be copied: the same one gives the same text.

use std::fmt::Write;

use crate::raft::NodeSet;
use crate::why::Subject;

use super::value::{Field, Inspection, Name, Value};

impl Inspection {
    /// It as JSON, a field a line. Times and spans are in microseconds.
    #[inline(never)]
    pub fn to_json(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        match self.subject {
            Subject::Node(node) => out.field("node", &Value::Node(node)),
            Subject::Entry { node, index } => {
                out.field("node", &Value::Node(node));
                out.field("index", &Value::Index(index));
            }
            Subject::Message(id) => out.field("message", &Value::Number(id)),
            Subject::Operation(number) => out.field("operation", &Value::Number(number)),
            Subject::Leader | Subject::Vote { .. } => {}
        }
        for group in &self.groups {
            out.name(group.name.key());
            out.fields(&group.fields);
        }
        out.close('}');
        out.text + "\n"
    }
}

impl Name {
    /// Its name in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Persistent => "persistentState",
            Self::Volatile => "volatileState",
            Self::Leader => "leaderState",
            Self::Role => "role",
            Self::Disk => "disk",
            Self::Timers => "timers",
            Self::Snapshot => "snapshot",
            Self::Configuration => "configuration",
            Self::Lease => "lease",
            Self::Requests => "requests",
            Self::Machine => "stateMachine",
            Self::Message => "head",
            Self::Body => "body",
            Self::Transit => "transit",
            Self::Entry => "entry",
            Self::Copies => "copies",
            Self::Operation => "request",
            Self::Outcome => "outcome",
        }
    }
}

/// JSON that is being written.
#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
    /// Whether something stands before in the object or array that is open.
    follows: bool,
}

impl Writer {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.follows = false;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.follows {
            self.line();
        }
        self.text.push(bracket);
        self.follows = true;
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend((0..self.depth).map(|_| "  "));
    }

    /// Begins the next element.
    fn next(&mut self) {
        if std::mem::replace(&mut self.follows, true) {
            self.text.push(',');
        }
        self.line();
    }

    fn name(&mut self, name: &str) {
        self.next();
        self.string(name);
        self.text.push_str(": ");
    }

    fn field(&mut self, name: &str, value: &Value) {
        self.name(name);
        self.value(value);
    }

    fn fields(&mut self, fields: &[Field]) {
        self.open('{');
        for field in fields {
            self.field(field.name, &field.value);
        }
        self.close('}');
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::None => self.text.push_str("null"),
            Value::Flag(is_so) => self.text.push_str(if *is_so { "true" } else { "false" }),
            Value::Number(number) | Value::Message(number) | Value::Operation(number) => {
                self.number(*number);
            }
            Value::Event(event) => self.number(*event),
            Value::Term(term) => self.number(term.0),
            Value::Index(index) => self.number(index.0),
            Value::Time(at) => self.number(at.0),
            Value::Span(span) => self.number(span.as_micros()),
            Value::Decimal(written) => self.text.push_str(written),
            Value::Word(word) => self.string(word),
            Value::Text(text) => self.string(text),
            Value::Node(node) => self.string(&node.to_string()),
            Value::Nodes(nodes) => self.nodes(*nodes),
            Value::Members(members) => {
                self.open('{');
                for (name, nodes) in [
                    ("voters", members.voters()),
                    ("outgoing", members.outgoing()),
                    ("learners", members.learners()),
                ] {
                    self.name(name);
                    self.nodes(nodes);
                }
                self.close('}');
            }
            Value::Entry(node, index) => {
                self.open('{');
                self.field("node", &Value::Node(*node));
                self.field("index", &Value::Index(*index));
                self.close('}');
            }
            Value::Fields(fields) => self.fields(fields),
            Value::Table(rows) => {
                self.open('{');
                for (node, fields) in rows {
                    self.name(&node.to_string());
                    self.fields(fields);
                }
                self.close('}');
            }
            Value::List(values) => {
                self.open('[');
                for value in values {
                    self.next();
                    self.value(value);
                }
                self.close(']');
            }
        }
    }

    fn number(&mut self, number: u64) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{number}");
    }

    /// Nodes, in one line.
    fn nodes(&mut self, nodes: NodeSet) {
        let each: Vec<String> = nodes.iter().map(|node| format!("\"{node}\"")).collect();
        let _ = write!(self.text, "[{}]", each.join(", "));
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                control if control.is_control() => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(control));
                }
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }
}
