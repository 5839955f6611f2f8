//! Two branches side by side at the same time: what differs is marked, the rest is quiet.

use std::ops::RangeInclusive;
use std::rc::Rc;

use yew::prelude::*;

use crate::kv::SharedCommand;
use crate::raft::{Log, LogIndex, NodeId, NodeSet, Time};
use crate::timeline::{NodeDifferences, Parted, Parting};
use crate::ui::act::Act;
use crate::ui::hooks::{BRANCHES, CLUSTER, focus};
use crate::ui::panels::{chip, entry_mark, entry_state, nodes_text, panel, payload_text};
use crate::ui::shared::Shared;
use crate::ui::stage::role;
use crate::ui::text::{BranchesTexts, Decimal, Lang, Texts, use_lang};
use crate::ui::view::{ComparisonView, NodeView, RoleView, SideView};

use super::name_of;

/// How many entries of a log are shown.
const ENTRIES: u64 = 6;
/// How many of them that are the same are shown before the first that is not.
const SAME_BEFORE: u64 = 2;

/// Properties of [`Comparison`].
#[derive(Properties, PartialEq)]
pub(crate) struct ComparisonProps {
    /// The two branches.
    pub(crate) view: Shared<ComparisonView>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The comparison.
#[component]
pub(crate) fn Comparison(props: &ComparisonProps) -> Html {
    let lang = use_lang();
    let table = Table {
        view: &props.view,
        texts: lang.texts(),
        branches: BranchesTexts::new(lang),
        lang,
    };
    let texts = table.branches;
    let act = |act: Act| props.on_act.reform(move |_: MouseEvent| act.clone());
    let leave = props.on_act.reform(|_: MouseEvent| {
        // The button that has the focus goes: on from where the comparison was asked for.
        focus(&[BRANCHES, CLUSTER]);
        Act::Compare(None)
    });
    let [_, other] = &props.view.sides;
    let controls = html! {
        <>
            <button type="button" class="quiet" onclick={act(Act::Show(other.branch))}>{ texts.swap() }</button>
            <button type="button" class="quiet" onclick={leave}>{ texts.leave() }</button>
        </>
    };
    let said = match (props.view.there, props.view.differences.is_empty()) {
        (false, _) => texts.on_its_way(),
        (true, true) => texts.nothing(),
        (true, false) => "",
    };
    let content = html! {
            <div class="scroller" tabindex="0" role="group" aria-label={table.texts.shell.comparison()}>
                <p class="comparison-said">{ said }</p>
                <table class="comparison">
                    <thead>
                        <tr>
                            <td></td>
                            { table.head(texts.shown(), 0) }
                            { table.head(texts.beside(), 1) }
                        </tr>
                    </thead>
                    { table.parting(&act) }
                    { table.nodes() }
                    { table.values() }
                    { table.operations() }
                </table>
            </div>
    };
    panel(
        "panel-comparison",
        table.texts.shell.comparison(),
        controls,
        content,
    )
}

/// The table, a row group a kind of difference.
struct Table<'a> {
    view: &'a ComparisonView,
    texts: Texts,
    branches: BranchesTexts,
    lang: Lang,
}

impl Table<'_> {
    fn head(&self, which: &str, side: usize) -> Html {
        html! {
            <th scope="col">
                <span class="sub">{ which }</span>
                <bdi class="mono">{ &*name_of(&self.view.sides[side].name, self.branches) }</bdi>
            </th>
        }
    }

    /// A row group under its heading; nothing when it has no rows.
    fn group(&self, heading: Html, rows: Vec<Html>) -> Html {
        html! {
            if !rows.is_empty() {
                <tbody>
                    <tr class="heading"><th colspan="3" scope="rowgroup">{ heading }</th></tr>
                    { for rows }
                </tbody>
            }
        }
    }

    /// What both sides say, marked when it is not the same.
    fn mark(&self, differs: bool, what: Html) -> Html {
        html! {
            if differs {
                <strong>
                    <span class="sign unequal" aria-hidden="true"></span>
                    <span class="visually-hidden">{ self.texts.state.differs() }{ " " }</span>
                    { what }
                </strong>
            } else {
                <span>{ what }</span>
            }
        }
    }

    fn parting(&self, act: &impl Fn(Act) -> Callback<MouseEvent>) -> Html {
        let texts = self.branches;
        let Parting { next, .. } = match &self.view.parted {
            Parted::At(parting) => parting,
            Parted::NotYet => return self.group(html! { texts.do_not_part() }, vec![html! {}]),
            Parted::UnderWay(part) => {
                let value = Decimal((*part).into()).to_string();
                let heading = html! {
                    <>{ texts.where_they_part() }{ " " }<progress aria-label={texts.where_they_part()} {value}></progress></>
                };
                return self.group(heading, vec![html! {}]);
            }
        };
        let at = next[0].0.min(next[1].0);
        let before = Act::Seek(Time(at.0.saturating_sub(1)));
        let heading = html! {
            <>
                { texts.part(at) }
                <button type="button" class="quiet" onclick={act(before)}>{ texts.go() }</button>
            </>
        };
        let cell = |(when, what): &(Time, String)| {
            html! {
                <td>
                    if *when != at { <span class="sub">{ when }{ ": " }</span> }
                    { what }
                </td>
            }
        };
        let row = html! {
            <tr><th scope="row">{ texts.then() }</th>{ for next.iter().map(cell) }</tr>
        };
        self.group(heading, vec![row])
    }

    fn nodes(&self) -> Html {
        let differences = &self.view.differences;
        let leader = |place: usize| {
            let leader = match differences.leader {
                Some(leaders) => leaders[place],
                None => leader(&self.view.sides[place]),
            };
            let name = match leader {
                Some(id) => id.to_string(),
                None => self.branches.nobody().to_owned(),
            };
            html! { <td>{ self.mark(differences.leader.is_some(), html! { name }) }</td> }
        };
        let ids = self
            .view
            .sides
            .iter()
            .flat_map(|side| side.view.nodes.iter());
        let ids: NodeSet = ids.map(|node| node.id).collect();
        let mut rows = vec![html! {
            <tr>
                <th scope="row">{ self.texts.operations.leader() }</th>
                { for [0, 1].map(leader) }
            </tr>
        }];
        rows.extend(ids.iter().map(|id| {
            let found = differences.nodes.iter().find(|node| node.id == id);
            // In words, which tell a learner from a follower too.
            let roles = [0, 1].map(|place| {
                let node = node_of(&self.view.sides[place], id)?;
                Some(role(node.role, self.lang))
            });
            let other = roles[0] != roles[1];
            html! {
                <tr key={id.number()}>
                    <th scope="row">{ id.to_string() }</th>
                    { for self.view.sides.iter().map(|side| self.node(id, side, other, found)) }
                </tr>
            }
        }));
        self.group(html! { self.texts.logs.node() }, rows)
    }

    fn node(
        &self,
        id: NodeId,
        side: &SideView,
        other_role: bool,
        found: Option<&NodeDifferences>,
    ) -> Html {
        let differs = |which: fn(&NodeDifferences) -> bool| found.is_some_and(which);
        let Some(node) = node_of(side, id) else {
            return html! { <td>{ self.mark(true, html! { self.texts.state.absent() }) }</td> };
        };
        let texts = self.branches;
        html! {
            <td>
                <div class="comparison-node">
                    { self.mark(other_role, html! { role(node.role, self.lang) }) }
                    { self.mark(differs(|node| node.term), html! { format!("{} {}", texts.term(), node.term.0) }) }
                    { self.mark(differs(|node| node.commit), html! { format!("{} {}", texts.commit(), node.commit.0) }) }
                </div>
                { self.log(id, side, found.and_then(|node| node.log)) }
            </td>
        }
    }

    /// The last entries of a log, or those from shortly before the first that is not the same.
    fn log(&self, id: NodeId, side: &SideView, differs: Option<LogIndex>) -> Html {
        let Some(view) = side.view.logs.iter().find(|log| log.id == id) else {
            return Html::default();
        };
        let entries = entries(&view.log, differs).filter_map(|index| {
            let index = LogIndex(index);
            let parted = differs.is_some_and(|first| index >= first);
            let entry = view.log.get(index)?;
            Some(html! {
                <span class={classes!(parted.then_some("parted"))}>
                    { entry_mark(entry.term, entry_state(view, index)) }
                </span>
            })
        });
        let first = differs.map(|index| {
            let entry = view.log.get(index).map(payload_text);
            let what = entry.unwrap_or_else(|| self.texts.state.absent().to_owned());
            self.mark(
                true,
                html! { <bdi class="mono">{ format!("{}: {what}", index.0) }</bdi> },
            )
        });
        html! { <div class="comparison-log">{ for entries }{ first }</div> }
    }

    /// The keys whose values differ, nodes with the same two values in one row.
    fn values(&self) -> Html {
        type Values = [Option<Rc<str>>; 2];
        let mut found: Vec<(&str, Values, NodeSet)> = Vec::new();
        for node in &self.view.differences.nodes {
            for key in &node.keys {
                let values = [0, 1].map(|side| value(&self.view.sides[side], node.id, key));
                let same =
                    |(of, both, _): &&mut (&str, Values, NodeSet)| *of == &**key && *both == values;
                match found.iter_mut().find(same) {
                    Some((.., nodes)) => drop(nodes.insert(node.id)),
                    None => found.push((key, values, [node.id].into_iter().collect())),
                }
            }
        }
        let rows = found.into_iter().map(|(key, values, nodes)| {
            let cell = |value: Option<Rc<str>>| {
                let value = match value {
                    Some(value) => html! { <bdi class="mono">{ &*value }</bdi> },
                    None => html! { self.texts.state.absent() },
                };
                html! { <td>{ self.mark(true, value) }</td> }
            };
            html! {
                <tr>
                    <th scope="row">
                        <bdi class="mono">{ key }</bdi>
                        <span class="sub">{ " " }{ nodes_text(nodes) }</span>
                    </th>
                    { for values.map(cell) }
                </tr>
            }
        });
        self.group(html! { self.texts.state.title() }, rows.collect())
    }

    fn operations(&self) -> Html {
        let cell = |side: &SideView, number: u64| {
            let mut all = side.view.operations.iter();
            let what = match all.find(|operation| operation.number == number) {
                Some(operation) => html! {
                    <>
                        <bdi class="mono">{ &*operation.what }</bdi>{ " " }
                        { chip(operation, self.texts.operations) }
                    </>
                },
                None => html! { self.texts.state.absent() },
            };
            html! { <td>{ self.mark(true, what) }</td> }
        };
        let rows = self.view.differences.operations.iter().map(|&number| {
            html! {
                <tr key={number}>
                    <th scope="row">{ "#" }{ number }</th>
                    { for self.view.sides.iter().map(|side| cell(side, number)) }
                </tr>
            }
        });
        self.group(html! { self.texts.operations.title() }, rows.collect())
    }
}

fn node_of(side: &SideView, id: NodeId) -> Option<&NodeView> {
    side.view.nodes.iter().find(|node| node.id == id)
}

/// Who leads in the newest term.
fn leader(side: &SideView) -> Option<NodeId> {
    let leaders = side
        .view
        .nodes
        .iter()
        .filter(|node| node.role == RoleView::Leader);
    leaders.max_by_key(|node| node.term).map(|node| node.id)
}

fn value(side: &SideView, node: NodeId, key: &str) -> Option<Rc<str>> {
    let state = side.view.states.iter().find(|state| state.id == node)?;
    let place = state.pairs.binary_search_by(|(of, _)| (**of).cmp(key));
    Some(state.pairs[place.ok()?].1.clone())
}

/// The entries that are shown of a log that differs from that index on, or nowhere.
fn entries(log: &Log<SharedCommand>, differs: Option<LogIndex>) -> RangeInclusive<u64> {
    window(
        log.first_index().0,
        log.last_index().0,
        differs.map(|index| index.0),
    )
}

fn window(first: u64, last: u64, differs: Option<u64>) -> RangeInclusive<u64> {
    let start = match differs {
        Some(index) => index.saturating_sub(SAME_BEFORE),
        None => (last + 1).saturating_sub(ENTRIES),
    };
    let start = start.max(first);
    start..=last.min(start + ENTRIES - 1)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn of_logs_that_differ_the_entries_around_the_first_difference_are_shown() {
        assert_eq!(window(1, 40, Some(10)), 8..=13);
        assert_eq!(window(1, 9, Some(10)), 8..=9);
        assert_eq!(window(1, 40, None), 35..=40);
        assert_eq!(window(9, 40, Some(10)), 9..=14);
        assert!(window(1, 0, Some(1)).is_empty());
    }
}
