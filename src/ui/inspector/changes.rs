//! What the last event changed: before and after of each field that differs.

use yew::prelude::*;

use crate::catalogue::fill;
use crate::inspect::{Change, Value};

use super::value::Links;

/// The fields that the event of that number changed.
pub(super) fn changes(all: &[Change], event: u64, links: &Links) -> Html {
    let texts = links.texts();
    let side = |value: &Option<Value>| links.value(value.as_ref().unwrap_or(&Value::None));
    let row = |change: &Change| {
        html! {
            <tr>
                <th scope="row">{ &change.path }</th>
                <td>{ side(&change.before) }</td>
                <td>{ side(&change.after) }</td>
            </tr>
        }
    };
    html! {
        <section class="group changes">
            <h4>{ fill(texts.changed(), &[&event]) }</h4>
            if all.is_empty() {
                <p class="sub">{ texts.nothing_changed() }</p>
            } else {
                <table class="of-nodes">
                    <thead>
                        <tr>
                            <th scope="col">{ texts.field() }</th>
                            <th scope="col">{ texts.before() }</th>
                            <th scope="col">{ texts.after() }</th>
                        </tr>
                    </thead>
                    <tbody>{ for all.iter().map(row) }</tbody>
                </table>
            }
        </section>
    }
}
