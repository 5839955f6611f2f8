//! A group of fields: a heading, and the fields with their values, or a table with a row for each node.

use yew::prelude::*;

use crate::inspect::{Field, Group, Name, Value};
use crate::ui::selection::Selection;
use crate::ui::text::InspectorTexts;

use super::terms::{of_group, term_of};
use super::value::Links;

/// The group.
pub(super) fn group(group: &Group, links: &Links) -> Html {
    let texts = links.texts();
    html! {
        <section key={group.name.key()} class="group">
            <h4>
                <span data-term={of_group(group.name)}>{ name(group.name, texts) }</span>
                if is_of_figure_2(group.name) {
                    <span class="sub">{ " " }{ texts.figure() }</span>
                }
            </h4>
            { fields(&group.fields, links) }
        </section>
    }
}

fn name(name: Name, texts: InspectorTexts) -> &'static str {
    match name {
        Name::Persistent => texts.persistent(),
        Name::Volatile => texts.volatile(),
        Name::Leader => texts.leader(),
        Name::Role => texts.role(),
        Name::Disk => texts.disk(),
        Name::Timers => texts.timers(),
        Name::Snapshot => texts.snapshot(),
        Name::Configuration => texts.configuration(),
        Name::Lease => texts.lease(),
        Name::Requests => texts.requests(),
        Name::Machine => texts.machine(),
        Name::Message => texts.head(),
        Name::Body => texts.body(),
        Name::Transit => texts.transit(),
        Name::Entry => texts.of_entry(),
        Name::Copies => texts.copies(),
        Name::Operation => texts.request(),
        Name::Outcome => texts.outcome(),
    }
}

const fn is_of_figure_2(name: Name) -> bool {
    matches!(name, Name::Persistent | Name::Volatile | Name::Leader)
}

fn fields(all: &[Field], links: &Links) -> Html {
    let mut rows = Vec::new();
    let mut tables = Vec::new();
    for field in all {
        match &field.value {
            Value::Table(of_nodes) => tables.push(table(field.name, of_nodes, links)),
            Value::Fields(inner) => rows.extend(inner.iter().map(|of| {
                let name = format!("{}.{}", field.name, of.name);
                row(name, &of.value, links)
            })),
            value => rows.push(row(field.name.to_owned(), value, links)),
        }
    }
    html! {
        <>
            { for tables }
            <dl class="fields">{ for rows }</dl>
        </>
    }
}

fn row(name: String, value: &Value, links: &Links) -> Html {
    // Of a field within another, the last name tells.
    let term = name.rsplit('.').next().and_then(term_of);
    html! { <div><dt data-term={term}>{ name }</dt><dd>{ links.value(value) }</dd></div> }
}

fn table(
    name: &'static str,
    of_nodes: &[(crate::raft::NodeId, Vec<Field>)],
    links: &Links,
) -> Html {
    let Some((_, first)) = of_nodes.first() else {
        return Html::default();
    };
    html! {
        <div class="wide" tabindex="0" role="group" aria-label={name}>
            <table class="of-nodes" aria-label={name}>
                <thead>
                    <tr>
                        <td></td>
                        { for first.iter().map(|field| html! { <th scope="col" data-term={term_of(field.name)}>{ field.name }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { for of_nodes.iter().map(|(node, fields)| html! {
                        <tr>
                            <th scope="row">
                                { links.select(Selection::Node(*node), node.to_string(), None) }
                            </th>
                            { for fields.iter().map(|field| html! { <td>{ links.value(&field.value) }</td> }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
