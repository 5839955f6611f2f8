//! Which panels there are, each given its part of the view, and behind which tabs.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::NodeId;
use crate::ui::act::Act;
use crate::ui::branches::Comparison;
use crate::ui::history::History;
use crate::ui::inspector::{Caption, Inspector};
use crate::ui::looker::Looker;
use crate::ui::panels::{Events, Figure, Logs, Metrics, Network, Operations, State};
use crate::ui::parts::{Later, Part};
use crate::ui::selection::Selection;
use crate::ui::session::{RunView, SessionHandle};
use crate::ui::shared::Shared;
use crate::ui::text::Texts;
use crate::ui::view::{ComparisonView, EventLog, MovingRef, Still, View};

use super::sheet::Tab;

/// The id of the inspector's tab.
pub(super) const INSPECTOR: &str = "inspector";

/// The panels, each given its part of the view.
pub(super) struct Panels<'a> {
    pub(super) view: &'a View,
    pub(super) run: &'a RunView,
    pub(super) events: Rc<dyn EventLog>,
    pub(super) comparison: Option<Rc<ComparisonView>>,
    pub(super) moving: &'a MovingRef,
    pub(super) on_act: &'a Callback<Act>,
    pub(super) session: &'a SessionHandle,
    pub(super) still: Still,
    pub(super) selected: Option<Selection>,
    pub(super) on_select: &'a Callback<Option<Selection>>,
    /// The same, for a node.
    pub(super) on_node: &'a Callback<Option<NodeId>>,
}

fn compared(view: &Rc<ComparisonView>, on_act: &Callback<Act>) -> Callback<(), Html> {
    let (view, on_act) = (view.clone(), on_act.clone());
    Callback::from(move |()| {
        html! { <Comparison view={Shared::new(&view)} on_act={on_act.clone()} /> }
    })
}

impl Panels<'_> {
    fn logs(&self) -> Html {
        html! { <Logs
            logs={Shared::new(&self.view.logs)}
            selected={self.selected.and_then(Selection::entry)}
            on_select={self.on_select.clone()}
        /> }
    }

    fn state(&self) -> Html {
        html! { <State states={Shared::new(&self.view.states)} /> }
    }

    pub(super) fn operations(&self) -> Html {
        html! {
            <Operations
                operations={Shared::new(&self.view.operations)}
                read_from={self.run.read_from}
                read_mode={self.run.config.raft.reads}
                selected={self.selected.and_then(Selection::operation)}
                on_select={self.on_select.clone()}
                on_act={self.on_act.clone()}
            />
        }
    }

    fn events(&self) -> Html {
        let nodes: Vec<_> = self.view.nodes.iter().map(|node| node.id).collect();
        html! {
            <Events log={Shared::new(&self.events)} end={self.view.lines} {nodes} />
        }
    }

    fn comparison(&self) -> Html {
        html! {
            if let Some(view) = &self.comparison {
                <Later part={Part::Sheets} content={compared(view, self.on_act)} />
            }
        }
    }

    fn figure(&self) -> Html {
        let (session, node) = (
            self.session.clone(),
            self.selected.and_then(Selection::node),
        );
        let nodes: Vec<_> = self.view.nodes.iter().map(|node| node.id).collect();
        let on_select = self.on_node.clone();
        let on_act = self.on_act.clone();
        let content = Callback::from(move |()| {
            html! {
                <Figure
                    view={session.figure(node)}
                    nodes={nodes.clone()}
                    on_select={on_select.clone()}
                    on_act={on_act.clone()}
                />
            }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    fn looker(&self) -> Looker {
        Looker {
            session: self.session.clone(),
            playing: self.run.playing,
            selected: self.selected,
            on_select: self.on_select.clone(),
            on_act: self.on_act.clone(),
        }
    }

    fn metrics(&self) -> Html {
        let looker = self.looker();
        let content = Callback::from(move |()| {
            let view = looker.session.metrics();
            html! { <Metrics view={Shared::new(&view)} looker={looker.clone()} /> }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    fn network(&self) -> Html {
        let (nodes, cuts) = (self.view.nodes.clone(), self.view.cuts.clone());
        let (own, network) = (self.view.own.clone(), self.run.network);
        let (moving, events) = (self.moving.clone(), self.view.events);
        let on_act = self.on_act.clone();
        let selected = self.selected.and_then(Selection::message);
        let on_select = self.on_select.clone();
        let content = Callback::from(move |()| {
            html! {
                <Network
                    {selected}
                    on_select={on_select.clone()}
                    nodes={nodes.clone()}
                    cuts={cuts.clone()}
                    own={own.clone()}
                    {network}
                    moving={moving.clone()}
                    {events}
                    on_act={on_act.clone()}
                />
            }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    fn history(&self) -> Html {
        let (looker, still) = (self.looker(), self.still);
        let content = Callback::from(move |()| {
            html! { <History looker={looker.clone()} {still} /> }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    /// Under the figure: why what is selected is as it is.
    pub(super) fn caption(&self, selection: Selection, on_inspect: &Callback<()>) -> Html {
        let (session, still, running) = (self.session.clone(), self.still, self.run.playing);
        let (on_select, on_inspect) = (self.on_select.clone(), on_inspect.clone());
        let frame = session.found();
        let content = Callback::from(move |()| {
            html! {
                <Caption
                    session={session.clone()}
                    {still}
                    {running}
                    {frame}
                    {selection}
                    on_select={on_select.clone()}
                    on_inspect={on_inspect.clone()}
                />
            }
        });
        html! { <Later part={Part::Views} quiet=true {content} /> }
    }

    fn inspector(&self) -> Html {
        let (session, still, running) = (self.session.clone(), self.still, self.run.playing);
        let (frame, selected) = (session.found(), self.selected);
        let (on_select, on_act) = (self.on_select.clone(), self.on_act.clone());
        let content = Callback::from(move |()| {
            html! {
                <Inspector
                    session={session.clone()}
                    {still}
                    {running}
                    {frame}
                    {selected}
                    on_select={on_select.clone()}
                    on_act={on_act.clone()}
                />
            }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    /// What was asked for comes first, and what few look at last.
    fn among(&self, always: Vec<Tab>, texts: Texts) -> Vec<Tab> {
        let asked_for = self.comparison.is_some().then(|| {
            let title = texts.shell.comparison();
            tab("comparison", title, self.comparison())
        });
        let waits = |tab| Tab { waits: true, ..tab };
        let views = [
            tab(INSPECTOR, texts.shell.inspector(), self.inspector()),
            tab("figure", texts.shell.figure(), self.figure()),
            tab("history", texts.shell.history(), self.history()),
            tab("metrics", texts.shell.metrics(), self.metrics()),
            tab("network", texts.shell.network(), self.network()),
        ];
        asked_for
            .into_iter()
            .chain(always)
            .chain(views.map(waits))
            .collect()
    }

    /// On a narrow screen.
    pub(super) fn tabs(&self, texts: Texts) -> Vec<Tab> {
        let always = vec![
            tab("logs", texts.logs.title(), self.logs()),
            tab("state", texts.state.title(), self.state()),
            tab("operations", texts.operations.title(), self.operations()),
            tab("events", texts.events.title(), self.events()),
        ];
        self.among(always, texts)
    }

    /// Beside the stage.
    pub(super) fn beside(&self, texts: Texts) -> Vec<Tab> {
        let all = html! { <>{ self.logs() }{ self.state() }{ self.events() }</> };
        self.among(vec![tab("overview", texts.shell.overview(), all)], texts)
    }
}

const fn tab(id: &'static str, title: &'static str, panel: Html) -> Tab {
    let waits = false;
    Tab {
        id,
        title,
        panel,
        waits,
    }
}
