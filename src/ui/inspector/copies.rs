//! Where an entry is: on each node since when it is stored, on its disk, known to be committed, applied.

use yew::prelude::*;

use crate::catalogue::fill;
use crate::inspect::{Field, Group, Milestones, Stop, Value};
use crate::raft::NodeId;
use crate::ui::selection::Selection;

use super::terms::term_of;
use super::value::Links;

/// The stages of the way, as the fields of a copy have them.
const STAGES: [&str; 4] = ["stored", "durable", "committed", "applied"];

/// The table of the copies, with the times as far as the way is known.
pub(super) fn copies(group: &Group, way: Option<&Milestones>, links: &Links) -> Html {
    let texts = links.texts();
    let rows = group.fields.iter().find_map(|field| match &field.value {
        Value::Table(rows) => Some(rows),
        _ => None,
    });
    let titles = [
        texts.stored(),
        texts.durable(),
        texts.learned(),
        texts.applied(),
    ];
    let told = |what: Option<(NodeId, Stop)>, text: &str| {
        what.map(|(node, stop)| html! { <p>{ fill(text, &[&node, &stop.at]) }</p> })
    };
    html! {
        <section class="group">
            <h4>{ texts.copies() }</h4>
            if let Some(way) = way {
                { for told(way.proposed, texts.proposed_by()) }
                { for told(way.committed, texts.committed_by()) }
                if !way.there {
                    <p class="sub">{ texts.looking() }</p>
                }
            }
            <div class="wide" tabindex="0" role="group" aria-label={texts.copies()}>
                <table class="of-nodes" aria-label={texts.copies()}>
                    <thead>
                        <tr>
                            <td></td>
                            { for titles.into_iter().zip(STAGES).map(|(title, stage)| html! {
                                <th scope="col" data-term={term_of(stage)}>{ title }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.into_iter().flatten().map(|(node, fields)| row(*node, fields, way, links)) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn row(node: NodeId, fields: &[Field], way: Option<&Milestones>, links: &Links) -> Html {
    let texts = links.texts();
    let value = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.map_or(&Value::None, |field| &field.value)
    };
    let stops = way.and_then(|way| way.nodes.iter().find(|(id, _)| *id == node));
    let other = match value("otherTerm") {
        Value::Term(term) => Some(fill(texts.other_term(), &[term])),
        _ => None,
    };
    let cell = |(place, stage): (usize, &str)| {
        let is_so = *value(stage) == Value::Flag(true);
        let since = stops.and_then(|(_, stops)| stops[place]);
        let said = match (is_so, since, &other) {
            (true, Some(stop), _) => stop.at.to_string(),
            (true, None, _) => texts.yes().to_owned(),
            (false, _, Some(other)) if place == 0 => other.clone(),
            (false, ..) => texts.no().to_owned(),
        };
        html! { <td class={classes!((!is_so).then_some("nothing"))}>{ said }</td> }
    };
    html! {
        <tr>
            <th scope="row">{ links.select(Selection::Node(node), node.to_string(), None) }</th>
            { for STAGES.into_iter().enumerate().map(cell) }
        </tr>
    }
}
