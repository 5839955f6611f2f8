//! What operations do to a key.

use std::sync::Arc;

use crate::kv::{Operation, Response};
use crate::sim::{Failure, Outcome};

/// A value of the key; `None`: absent. The empty value is absent too, as a compare-and-set has it.
pub(super) type Value = Option<Arc<str>>;

pub(super) fn value(text: &Arc<str>) -> Value {
    Some(text.clone()).filter(|text| !text.is_empty())
}

/// What an operation did to the key, or may have done, as far as its client knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// It found this, and left it.
    Read(Value),
    /// It set this.
    Write(Value),
    /// It found the first, and set the second, another.
    Swap(Value, Value),
    /// Nobody knows whether it found the first; if so, it set the second, another.
    MaySwap(Value, Value),
    /// It found this, and says that it is not what it expected, which it is: no store answers so.
    Nonsense(Value),
}

/// What an answer tells of an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Told {
    /// It took effect, and this is what it did.
    Effect(Effect),
    /// It never takes effect.
    Never,
    /// Nothing: it may have taken effect, or may yet, or never.
    Nothing,
}

impl Effect {
    /// What an operation may do before anything is known of it; `None`: nothing that others see.
    pub(super) fn possible(operation: &Operation) -> Option<Self> {
        match operation {
            Operation::Get { .. } => None,
            Operation::Put { value: new, .. } => Some(Self::Write(value(new))),
            Operation::Delete { .. } => Some(Self::Write(None)),
            Operation::Cas {
                expect, value: new, ..
            } => {
                let (expect, new) = (value(expect), value(new));
                (expect != new).then_some(Self::MaySwap(expect, new))
            }
        }
    }

    /// The value that there must be for it to take effect, and that it so observes.
    pub(super) const fn needs(&self) -> Option<&Value> {
        match self {
            Self::Read(value)
            | Self::Swap(value, _)
            | Self::MaySwap(value, _)
            | Self::Nonsense(value) => Some(value),
            Self::Write(_) => None,
        }
    }

    /// The value that it leaves where there was another.
    pub(super) const fn makes(&self) -> Option<&Value> {
        match self {
            Self::Write(value) | Self::Swap(_, value) | Self::MaySwap(_, value) => Some(value),
            Self::Read(_) | Self::Nonsense(_) => None,
        }
    }

    /// Whether it takes effect on any value.
    pub(super) const fn is_write(&self) -> bool {
        matches!(self, Self::Write(_))
    }

    /// Whether it only observes.
    pub(super) const fn is_read(&self) -> bool {
        matches!(self, Self::Read(_))
    }
}

impl Told {
    /// What an outcome tells of an operation.
    pub(super) fn by(operation: &Operation, outcome: &Outcome) -> Self {
        match (operation, outcome) {
            (_, Outcome::Failed(Failure::NotLeader(_))) => Self::Never,
            (_, Outcome::Unknown | Outcome::Pending) => Self::Nothing,
            (Operation::Get { .. }, Outcome::Ok(Response::Value(found))) => {
                Self::Effect(Effect::Read(found.as_ref().and_then(value)))
            }
            (Operation::Cas { expect, .. }, Outcome::Failed(Failure::Mismatch(found))) => {
                let found = found.as_ref().and_then(value);
                Self::Effect(match found == value(expect) {
                    true => Effect::Nonsense(found),
                    false => Effect::Read(found),
                })
            }
            (
                Operation::Cas {
                    expect, value: new, ..
                },
                Outcome::Ok(_),
            ) => {
                let (expect, new) = (value(expect), value(new));
                Self::Effect(match expect == new {
                    true => Effect::Read(expect),
                    false => Effect::Swap(expect, new),
                })
            }
            _ => Effect::possible(operation).map_or(Self::Nothing, Self::Effect),
        }
    }
}
