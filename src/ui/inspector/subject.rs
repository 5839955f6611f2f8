//! What the selected thing is called.

use crate::catalogue::{Lang, fill};
use crate::inspect::{Inspection, Name, Value};
use crate::ui::selection::Selection;
use crate::ui::text::InspectorTexts;

/// Its name: of a message, its kind and its ends, where they are known.
pub(super) fn title(selection: Selection, inspection: Option<&Inspection>, lang: Lang) -> String {
    let texts = InspectorTexts::new(lang);
    match selection {
        Selection::Node(node) => fill(texts.node(), &[&node]),
        Selection::Entry { node, index } => fill(texts.entry(), &[&node, &index]),
        Selection::Message(id) => inspection
            .and_then(|inspection| between(inspection, texts))
            .unwrap_or_else(|| fill(texts.message(), &[&id])),
        Selection::Operation(number) => fill(texts.operation(), &[&number]),
    }
}

fn between(inspection: &Inspection, texts: InspectorTexts) -> Option<String> {
    let head = inspection
        .groups
        .iter()
        .find(|group| group.name == Name::Message)?;
    let value = |name| {
        let field = head.fields.iter().find(|field| field.name == name)?;
        Some(&field.value)
    };
    match (value("kind")?, value("from")?, value("to")?) {
        (Value::Word(kind), Value::Node(from), Value::Node(to)) => {
            Some(fill(texts.message_between(), &[kind, from, to]))
        }
        _ => None,
    }
}
