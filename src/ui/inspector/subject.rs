//! What the selected thing is called.

use crate::catalogue::{Lang, fill};
use crate::inspect::{Fate, Inspection, Name, Value};
use crate::sim::LossCause;
use crate::ui::selection::Selection;
use crate::ui::text::InspectorTexts;
use crate::ui::view::Inspected;

/// That it is not there, or no longer: of a message, what became of it.
pub(super) fn gone(selection: Selection, inspected: &Inspected, texts: InspectorTexts) -> String {
    if inspected.searching && inspected.ended.is_none() {
        return texts.looking().to_owned();
    }
    let Some((fate, stop)) = inspected.ended else {
        return match selection {
            Selection::Message(_) => texts.unsent(),
            _ => texts.gone(),
        }
        .to_owned();
    };
    let said = match fate {
        Fate::Delivered => texts.arrived(),
        Fate::Lost(LossCause::Loss) => texts.was_lost(),
        Fate::Lost(LossCause::Cut) => texts.was_cut(),
        Fate::Lost(LossCause::Down) => texts.found_down(),
        Fate::Lost(LossCause::Dropped) => texts.was_dropped(),
    };
    fill(said, &[&stop.at])
}

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
