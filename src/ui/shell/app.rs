//! The page as a whole: the session's view, given to every component that shows a part of it.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{NodeId, Policy, Time};
use crate::timeline::{BranchId, Kind, Kinds};
use crate::ui::act::Act;
use crate::ui::branches::{Branches, BranchesProps};
use crate::ui::files::{RunMenu, remember_speed, show_in_address};
use crate::ui::help::{Asked, Help, HelpProps, Progress, Tour, TourProps};
use crate::ui::hooks::{CLUSTER, focus, focus_from, use_frames, use_media};
use crate::ui::parts::{Later, Part};
use crate::ui::picture::use_camera;
use crate::ui::selection::Selection;
use crate::ui::session::{RunView, SessionHandle};
use crate::ui::shared::Shared;
use crate::ui::stage::Stage;
use crate::ui::text::{Lang, Texts};
use crate::ui::transport::{TransportBar, jump, run_until};
use crate::ui::view::{MovingRef, OutcomeView, RoleView, StripRef, TimeView, View};

use super::header::Header;
use super::keys::{Shortcut, use_shortcut_keys};
use super::language::use_language;
use super::notice::notice;
use super::offer::offer;
use super::on_stage::{OnStage, Shown};
use super::panels::{INSPECTOR, Panels};
use super::preference::{TourState, use_projector, use_shortcuts, use_theme, use_tour};
use super::setup::Setup;
use super::sheet::Sheet;

/// Where the panels no longer fit beside the stage; the style sheets know the same width.
const NARROW: &str = "(max-width: 900px)";

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The session that is shown and acted on.
    pub session: SessionHandle,
    /// The language of the page at first, whose texts are here.
    pub lang: Lang,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (on_act, failure) = use_session(&props.session);
    let language = use_language(props.lang);
    let lang = language.lang();
    let (theme, on_theme) = use_theme();
    let (projector, on_projector) = use_projector();
    let (shortcuts, on_shortcuts) = use_shortcuts();
    let (tour, on_tour) = use_tour();
    let help = use_state_eq(|| false);
    let (selected, on_select) = use_selection();
    let node = selected.and_then(Selection::node);
    let (asked, on_inspect) = use_inspector();
    let on_node = use_callback(on_select.clone(), |node: Option<NodeId>, on_select| {
        on_select.emit(node.map(Selection::Node));
    });
    let narrow = use_media(NARROW);
    let on_stage = use_state_eq(Shown::default);

    let on_flight = use_callback(on_select.clone(), |of: Selection, on_select| {
        on_select.emit(Some(of));
    });

    let session = &props.session;
    let (view, run) = (session.view(), session.run());
    let time = session.time();
    let (until, on_until) = use_until(&on_act);
    let keys = Keys {
        playing: run.playing,
        selected: node,
        on_select: on_select.clone(),
        is_selected: selected.is_some(),
        under_way: time.under_way.is_some(),
        until,
        on_act: on_act.clone(),
        help: help.setter(),
        on_stage: on_stage.clone(),
    };
    let on_key = use_callback(keys, |key, keys| keys.press(key));
    use_shortcut_keys(shortcuts, on_key);

    let setup = html! { <Setup run={run.clone()} on_act={on_act.clone()} /> };
    let moving = MovingRef(session.moving());
    let branch = time.branches.iter().find(|branch| branch.shown);
    let branch = branch.map(|branch| branch.id);
    use_of_run(session, branch, selected, &on_select);
    let still = (branch, view.now, view.events);
    let (camera, on_picture) = use_camera(run.seed, lang);
    let run_menu = html! {
        <RunMenu
            session={session.clone()}
            is_trace={run.is_trace}
            has_last={run.has_last}
            playing={run.playing}
            selected={node}
            on_select={on_node.clone()}
            on_act={on_act.clone()}
            {on_picture}
        />
    };
    let panels = Panels {
        view: &view,
        run: &run,
        events: session.events(),
        comparison: session.comparison(),
        moving: &moving,
        on_act: &on_act,
        session,
        still,
        selected,
        on_select: &on_select,
        on_node: &on_node,
    };
    let caption = selected.map(|selection| panels.caption(selection, &on_inspect));
    let caption = caption.unwrap_or_default();
    // Its place is kept, so that nothing moves when something is selected: on a narrow screen over the
    // transport, where it is in sight wherever one is; else under what is shown.
    let none = Html::default();
    let slot = |caption| html! { <div class="caption-slot">{ caption }</div> };
    let (caption, below, above) = match *on_stage {
        _ if narrow => (none.clone(), none, caption),
        Shown::Cluster => (slot(caption), none.clone(), none),
        Shown::SpaceTime => (none.clone(), slot(caption), none),
    };
    let figure = html! {
        <Stage
            nodes={Rc::clone(&view.nodes)}
            cuts={Rc::clone(&view.cuts)}
            groups={Rc::clone(&view.groups)}
            operation={view.operations.first().cloned()}
            network={run.network}
            under_way={[run.under_load, run.in_chaos]}
            seed={run.seed}
            moving={moving.clone()}
            running={run.playing}
            {still}
            selected={node}
            on_select={on_node.clone()}
            message={selected.and_then(Selection::message)}
            {on_flight}
            on_act={on_act.clone()}
            {camera}
            {caption}
        />
    };
    let stage = OnStage {
        shown: *on_stage,
        on_show: on_stage.setter(),
        session,
        run: &run,
        selected,
        on_select: &on_select,
        on_act: &on_act,
    };
    let stage = stage.html(figure, lang);
    let compared = (panels.comparison.as_ref()).map(|view| view.sides[1].branch);
    let texts = lang.texts();
    let sheet = {
        let help = HelpProps {
            open: *help,
            on_close: opener(help.setter(), false),
            shortcuts,
            on_shortcuts,
            on_tour: on_tour.reform(|()| TourState::On),
        };
        Callback::from(move |()| html! { <Help ..help.clone() /> })
    };
    let on_leave = on_tour.reform(|()| {
        focus(&[CLUSTER]);
        TourState::Over
    });
    let guide = {
        let tour = TourProps {
            progress: progress(&view, &time, selected),
            on_leave: on_leave.clone(),
        };
        Callback::from(move |()| html! { <Tour ..tour.clone() /> })
    };
    html! {
        <ContextProvider<Lang> context={lang}>
            { skip_link(texts) }
            <Header
                safety={Shared::new(&view.safety)}
                policy={run.config.raft.policy}
                on_mend={mend(&run, &on_act)}
                {theme}
                {on_theme}
                {projector}
                {on_projector}
                lang={language.chosen()}
                on_lang={language.on_choose()}
                on_help={opener(help.setter(), true)}
                run={run_menu}
            >
                if !narrow { { setup.clone() } }
            </Header>
            { language.notice(texts.shell) }
            { notice(failure.as_ref(), &again(&run, &on_act), &dismiss(&failure), texts.shell) }
            <main class="lab">
                <div class="lab-stage">
                    if tour == TourState::Offered {
                        { offer(&on_tour, texts.shell) }
                    }
                    <div class="stage-slot" id={CLUSTER} tabindex="-1">{ stage }</div>
                    { below }
                    if !narrow { { panels.operations() } }
                </div>
                if narrow {
                    <Sheet class="sheet" label={texts.shell.panels()} tabs={panels.tabs(texts)} {asked} />
                    <div class="lab-setup">{ setup }</div>
                } else {
                    <Sheet class="lab-panels" label={texts.shell.panels()} tabs={panels.beside(texts)} {asked} />
                }
            </main>
            <TransportBar
                playing={run.playing}
                speed={run.speed}
                reached={run.reached}
                time={time.clone()}
                strip={StripRef(session.strip())}
                {moving}
                {above}
                events={view.events}
                selected={node}
                on_act={on_act.clone()}
                {on_until}
            >
                { branches(&time, compared, &on_act) }
            </TransportBar>
            <Later
                part={Part::Help}
                wanted={*help}
                content={sheet}
                on_dismiss={opener(help.setter(), false)}
            />
            if tour == TourState::On {
                <Later part={Part::Help} content={guide} on_dismiss={on_leave} />
            }
            <Asked />
        </ContextProvider<Lang>>
    }
}

/// Runs the session frame by frame; gives the way to act on it, and what failed last.
#[hook]
fn use_session(session: &SessionHandle) -> (Callback<Act>, UseStateHandle<Option<AttrValue>>) {
    let update = use_force_update();
    let failure = use_state_eq(|| None::<AttrValue>);
    let tick = use_callback(session.clone(), {
        let update = update.clone();
        move |seconds: f64, session| {
            if session.tick(seconds) {
                update.force_update();
            }
        }
    });
    use_frames(tick);
    let on_act = {
        let failure = failure.setter();
        use_callback(session.clone(), move |act: Act, session| {
            if let Act::Speed(speed) = act {
                remember_speed(speed);
            }
            let is_link = matches!(act, Act::OpenLink(_));
            let before = session.run().config;
            failure.set(session.act(act).err().map(AttrValue::from));
            if !is_link && !Rc::ptr_eq(&before, &session.run().config) {
                // The address is that of another run.
                show_in_address("");
            }
            update.force_update();
        })
    };
    (on_act, failure)
}

/// What is selected, and the way to select something else.
#[hook]
fn use_selection() -> (Option<Selection>, Callback<Option<Selection>>) {
    let selected = use_state_eq(|| None);
    let select = {
        let selected = selected.setter();
        use_callback((), move |selection, ()| selected.set(selection))
    };
    (*selected, select)
}

/// The branches, as soon as there are several.
fn branches(time: &TimeView, compared: Option<BranchId>, on_act: &Callback<Act>) -> Html {
    let branches = BranchesProps {
        time: time.clone(),
        compared,
        on_act: on_act.clone(),
    };
    let wanted = branches.time.branches.len() > 1;
    let content = Callback::from(move |()| html! { <Branches ..branches.clone() /> });
    html! { <Later part={Part::Sheets} quiet=true {wanted} {content} /> }
}

/// How far the user has come on the tour.
fn progress(view: &View, time: &TimeView, selected: Option<Selection>) -> Progress {
    let leader = (view.nodes.iter()).find(|node| node.role == RoleView::Leader);
    let done =
        (view.operations.iter()).find(|operation| matches!(operation.outcome, OutcomeView::Ok(_)));
    Progress {
        leader: leader.map(|node| node.id),
        done: done.map(|operation| operation.number),
        down: (view.nodes.iter()).any(|node| node.role == RoleView::Down),
        past: time.now < time.end,
        selected: selected.is_some(),
    }
}

/// What is selected of a run is not selected of another, in which the same number is of something else;
/// but the same node is. In another branch of the run it is only if it is there: numbers that are given
/// after they part are of something else in each.
#[hook]
fn use_of_run(
    session: &SessionHandle,
    branch: Option<BranchId>,
    selected: Option<Selection>,
    on_select: &Callback<Option<Selection>>,
) {
    let config = session.run().config;
    let before = use_mut_ref(|| Shared::new(&config));
    let (session, on_select) = (session.clone(), on_select.clone());
    let of = (Shared::new(&config), branch);
    use_effect_with(of, move |(config, _)| {
        let is_other = before.replace(config.clone()) != *config;
        let other = selected.filter(|selection| selection.node().is_none());
        if other.is_some_and(|other| is_other || session.why(other.into()).is_none()) {
            on_select.emit(None);
        }
    });
}

/// The tab that was asked for last, and the way to ask for the inspector's.
#[hook]
fn use_inspector() -> ((u32, &'static str), Callback<()>) {
    let asked = use_state_eq(|| (0, ""));
    let ask = use_callback(asked.clone(), |(), asked| {
        asked.set((asked.0 + 1, INSPECTOR))
    });
    (*asked, ask)
}

/// What was last run to, at first a leader, and the way to run to something else.
#[hook]
fn use_until(on_act: &Callback<Act>) -> (Kinds, Callback<Kinds>) {
    let until = use_state_eq(|| Kinds::from(Kind::Leader));
    let run = use_callback(
        (on_act.clone(), until.setter()),
        |kinds: Kinds, (on_act, set)| {
            set.set(kinds);
            on_act.emit(run_until(kinds));
        },
    );
    (*until, run)
}

/// What the keys act on.
#[derive(PartialEq)]
struct Keys {
    playing: bool,
    selected: Option<NodeId>,
    on_select: Callback<Option<Selection>>,
    is_selected: bool,
    under_way: bool,
    until: Kinds,
    on_act: Callback<Act>,
    help: UseStateSetter<bool>,
    on_stage: UseStateHandle<Shown>,
}

impl Keys {
    fn press(&self, key: Shortcut) {
        self.on_act.emit(match key {
            Shortcut::Help => return self.help.set(true),
            Shortcut::Diagram => return self.on_stage.set(self.on_stage.other()),
            Shortcut::Stop if !self.under_way => {
                if self.is_selected {
                    // What has the focus may go with the sentence on what is selected.
                    focus_from(".caption", &[CLUSTER]);
                    self.on_select.emit(None);
                }
                return;
            }
            Shortcut::Stop => Act::Stop,
            Shortcut::Toggle if self.playing => Act::Halt,
            Shortcut::Toggle => Act::Play,
            Shortcut::Step { back: false } => Act::Step,
            Shortcut::Step { back: true } => Act::StepBack,
            Shortcut::Jump { back } => jump(self.selected, back),
            Shortcut::Start => Act::Seek(Time::ZERO),
            Shortcut::End => Act::SeekEnd,
            Shortcut::Until => run_until(self.until),
            Shortcut::Undo => Act::Undo,
            Shortcut::Redo => Act::Redo,
        });
    }
}

fn skip_link(texts: Texts) -> Html {
    // The address keeps what it says of the run, so the link moves the focus itself.
    let onclick = |event: MouseEvent| {
        event.prevent_default();
        focus(&[CLUSTER]);
    };
    html! { <a class="skip" href={format!("#{CLUSTER}")} {onclick}>{ texts.shell.skip() }</a> }
}

fn opener(open: UseStateSetter<bool>, to: bool) -> Callback<()> {
    Callback::from(move |()| open.set(to))
}

fn dismiss(failure: &UseStateHandle<Option<AttrValue>>) -> Callback<()> {
    let failure = failure.setter();
    Callback::from(move |()| {
        // The button that has the focus goes.
        focus(&[CLUSTER]);
        failure.set(None);
    })
}

/// Starts a new run as this one was started.
fn again(run: &RunView, on_act: &Callback<Act>) -> Callback<()> {
    let (config, seed) = (Rc::clone(&run.config), run.seed);
    on_act.reform(move |()| {
        focus(&[CLUSTER]);
        Act::NewRun {
            config: Box::new((*config).clone()),
            seed,
        }
    })
}

/// Starts a new run as this one was started, but by the right rules.
fn mend(run: &RunView, on_act: &Callback<Act>) -> Callback<()> {
    let (config, seed) = (Rc::clone(&run.config), run.seed);
    on_act.reform(move |()| {
        let mut config = Box::new((*config).clone());
        config.raft.policy = Policy::CORRECT;
        // With what was broken the button goes.
        focus(&[CLUSTER]);
        Act::NewRun { config, seed }
    })
}
