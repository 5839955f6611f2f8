//! What is on the stage: the cluster, or the space-time diagram in its place.

use yew::prelude::*;

use crate::ui::act::Act;
use crate::ui::looker::Looker;
use crate::ui::parts::{Later, Part};
use crate::ui::selection::Selection;
use crate::ui::session::{RunView, SessionHandle};
use crate::ui::spacetime::SpaceTime;
use crate::ui::stage::cluster;
use crate::ui::text::Lang;

/// Which of them is shown.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Shown {
    /// The cluster.
    #[default]
    Cluster,
    /// The diagram.
    SpaceTime,
}

impl Shown {
    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Cluster => Self::SpaceTime,
            Self::SpaceTime => Self::Cluster,
        }
    }
}

/// The stage, and what it is given.
pub(super) struct OnStage<'a> {
    pub(super) shown: Shown,
    pub(super) on_show: UseStateSetter<Shown>,
    pub(super) session: &'a SessionHandle,
    pub(super) run: &'a RunView,
    pub(super) selected: Option<Selection>,
    pub(super) on_select: &'a Callback<Option<Selection>>,
    pub(super) on_act: &'a Callback<Act>,
}

impl OnStage<'_> {
    /// What is shown, the cluster as it is given, and the switch to the other.
    pub(super) fn html(&self, cluster: Html, lang: Lang) -> Html {
        let shown = match self.shown {
            Shown::Cluster => cluster,
            Shown::SpaceTime => self.diagram(),
        };
        html! {
            <>
                { self.switch(lang) }
                { shown }
            </>
        }
    }

    fn diagram(&self) -> Html {
        let looker = Looker {
            session: self.session.clone(),
            playing: self.run.playing,
            selected: self.selected,
            on_select: self.on_select.clone(),
            on_act: self.on_act.clone(),
        };
        let with_clients = !self.run.is_trace;
        let content = Callback::from(move |()| {
            html! { <SpaceTime looker={looker.clone()} {with_clients} /> }
        });
        html! { <Later part={Part::Views} {content} /> }
    }

    fn switch(&self, lang: Lang) -> Html {
        let texts = lang.texts().shell;
        let one = |of: Shown, name: &'static str| {
            let on_show = self.on_show.clone();
            html! {
                <button type="button" class="switch" aria-pressed={(self.shown == of).to_string()}
                    onclick={move |_: MouseEvent| on_show.set(of)}>
                    { name }
                </button>
            }
        };
        html! {
            <div class="stage-switch" role="group" aria-label={texts.on_stage()}>
                { one(Shown::Cluster, cluster(lang)) }
                { one(Shown::SpaceTime, texts.spacetime()) }
            </div>
        }
    }
}
