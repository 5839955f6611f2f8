//! Values of fields, as the page shows them: what can be selected is a button that selects it.

use yew::prelude::*;

use crate::catalogue::{Lang, fill};
use crate::inspect::{Field, Value};
use crate::raft::NodeSet;
use crate::ui::act::Act;
use crate::ui::panels::members_text;
use crate::ui::selection::Selection;
use crate::ui::text::InspectorTexts;

/// What the values lead to.
#[derive(Clone)]
pub(super) struct Links {
    pub(super) lang: Lang,
    pub(super) on_select: Callback<Option<Selection>>,
    pub(super) on_act: Callback<Act>,
}

impl Links {
    pub(super) const fn texts(&self) -> InspectorTexts {
        InspectorTexts::new(self.lang)
    }

    /// A button that selects something; `name` says what it is where the text alone does not.
    pub(super) fn select(&self, to: Selection, text: String, name: Option<String>) -> Html {
        let onclick = self.on_select.reform(move |_: MouseEvent| Some(to));
        html! {
            <button type="button" class="link" aria-label={name} {onclick}>{ text }</button>
        }
    }

    fn nodes(&self, nodes: NodeSet) -> Html {
        let each = nodes.iter().map(|node| {
            let text = node.to_string();
            self.select(Selection::Node(node), text, None)
        });
        html! { <span class="several">{ for each }</span> }
    }

    /// A button that leads to just after an event.
    fn event(&self, event: u64) -> Html {
        let texts = self.texts();
        let go = self
            .on_act
            .reform(move |_: MouseEvent| Act::SeekEvent(event));
        html! {
            <>
                if event == 0 {
                    { texts.at_start() }
                } else {
                    { event }
                    { " " }
                    <button type="button" class="link" onclick={go}>{ texts.go() }</button>
                }
            </>
        }
    }

    fn nothing(&self) -> Html {
        html! {
            <>
                <span class="nothing" aria-hidden="true">{ "–" }</span>
                <span class="visually-hidden">{ self.texts().none() }</span>
            </>
        }
    }

    /// A value.
    pub(super) fn value(&self, value: &Value) -> Html {
        match value {
            Value::None => self.nothing(),
            Value::Flag(is_so) => html! { if *is_so { { "true" } } else { { "false" } } },
            Value::Number(number) => html! { { number } },
            Value::Message(id) => {
                let name = fill(self.texts().message(), &[id]);
                self.select(Selection::Message(*id), name, None)
            }
            Value::Decimal(text) => html! { { text.clone() } },
            Value::Term(term) => html! { { term.0 } },
            Value::Index(index) => html! { { index.0 } },
            Value::Time(at) => html! { { at.to_string() } },
            Value::Span(span) => html! { { span.to_string() } },
            Value::Word(word) => html! { { *word } },
            Value::Text(text) => html! { <bdi>{ text.clone() }</bdi> },
            Value::Node(node) => self.select(Selection::Node(*node), node.to_string(), None),
            Value::Nodes(nodes) if nodes.is_empty() => self.nothing(),
            Value::Nodes(nodes) => self.nodes(*nodes),
            Value::Members(members) => html! { { members_text(members) } },
            Value::Entry(node, index) => {
                let entry = Selection::Entry {
                    node: *node,
                    index: *index,
                };
                let name = fill(self.texts().entry(), &[node, index]);
                self.select(entry, index.to_string(), Some(name))
            }
            Value::Operation(number) => {
                let name = fill(self.texts().operation(), &[number]);
                self.select(
                    Selection::Operation(*number),
                    number.to_string(),
                    Some(name),
                )
            }
            Value::Event(event) => self.event(*event),
            Value::List(values) if values.is_empty() => self.nothing(),
            Value::List(values) => self.list(values),
            // A group shows each of their fields.
            Value::Fields(_) | Value::Table(_) => Html::default(),
        }
    }

    /// Values one under the other; fields of each in a line.
    fn list(&self, values: &[Value]) -> Html {
        let item = |value: &Value| match value {
            Value::Fields(fields) => {
                let told = fields.iter().filter(|field| is_told(field));
                html! { <li>{ for told.map(|field| self.short(field)) }</li> }
            }
            value => html! { <li>{ self.value(value) }</li> },
        };
        html! { <ol class="values">{ for values.iter().map(item) }</ol> }
    }

    /// A field in a line with others.
    fn short(&self, field: &Field) -> Html {
        html! {
            <span class="short"><span class="sub">{ field.name }</span>{ " " }{ self.value(&field.value) }</span>
        }
    }
}

/// What of the entries in a message is shown there: the rest is shown of the entry itself.
fn is_told(field: &Field) -> bool {
    matches!(field.name, "index" | "term" | "command" | "members")
        || field.name == "kind" && field.value != Value::Word("command")
}
