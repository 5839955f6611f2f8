//! The legend: what is drawn, each thing by what draws it on the stage.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::raft::{AppendResult, LogIndex, NodeId, NodeSet, Term, Time};
use crate::sim::ClockRate;
use crate::ui::panels::{entry_mark, snapshot_mark};
use crate::ui::stage::{Brush, CanvasPen, Node, Point, Side, context, use_theme};
use crate::ui::text::{EntryState, HelpTexts, use_lang};
use crate::ui::view::{Flight, Look, NodeView, Place, RoleView};

/// How large the picture of a message is, in pixels.
const PICTURE: (f64, f64) = (72.0, 28.0);
/// How far apart the nodes are.
const APART: f64 = 104.0;
/// The radius of a node's disc.
const DISC: f64 = 26.0;

/// The legend.
#[component]
pub(super) fn Legend() -> Html {
    let texts = HelpTexts::new(use_lang());
    let entry = |durable, committed, applied| {
        let state = EntryState {
            durable,
            committed,
            applied,
        };
        entry_mark(Term(2), state)
    };
    let marks = [
        (entry(false, false, false), texts.volatile()),
        (entry(true, false, false), texts.stored()),
        (entry(true, true, false), texts.committed()),
        (entry(true, true, true), texts.applied()),
        (snapshot_mark("1–9".into()), texts.snapshot()),
        ("★".into(), texts.leads()),
        ("▲".into(), texts.commit()),
        ("●".into(), texts.matches()),
        ("▸".into(), texts.next()),
        ("≠".into(), texts.differs()),
    ];
    let strip = [
        ("▾", texts.acted()),
        ("×", texts.node()),
        ("‖", texts.network()),
        ("◆", texts.violation()),
    ];
    let message = |(look, what): (Look, &'static str)| html! { <><dt><Picture {look} /></dt><dd>{ what }</dd></> };
    html! {
        <>
            <h3>{ texts.nodes() }</h3>
            <p>{ texts.nodes_hint() }</p>
            { nodes() }
            <h3>{ texts.messages() }</h3>
            <dl class="pictures">{ for messages(texts).into_iter().map(message) }</dl>
            <h3>{ texts.marks() }</h3>
            <dl>{ for marks.map(|(mark, what)| html! { <><dt>{ mark }</dt><dd>{ what }</dd></> }) }</dl>
            <h3>{ texts.strip() }</h3>
            <dl>{ for strip.map(|(mark, what)| html! { <><dt>{ mark }</dt><dd>{ what }</dd></> }) }</dl>
        </>
    }
}

/// A node in each role; nothing can be done to it.
fn nodes() -> Html {
    let votes = NodeSet::from_iter([NodeId::from_index(1)]);
    let needed = 3;
    let roles = [
        RoleView::Follower,
        RoleView::PreCandidate { votes, needed },
        RoleView::Candidate { votes, needed },
        RoleView::Leader,
        RoleView::Learner,
        RoleView::Down,
        RoleView::Paused,
        RoleView::Outside,
    ];
    let node = |(place, role): (usize, RoleView)| {
        let at = Point::new(
            APART * (0.5 + (place % 4) as f64),
            52.0 + 116.0 * (place / 4) as f64,
        );
        html! {
            <Node node={view(place, role)} {at} disc={DISC} side={Side::Below} tight=false selected=false
                group={None::<usize>} choosing=false on_press={Callback::noop()} />
        }
    };
    html! {
        <svg class="legend-nodes" viewBox="0 0 416 232" inert=true aria-hidden="true">
            { for roles.into_iter().enumerate().map(node) }
        </svg>
    }
}

/// A node that is nothing but its role.
const fn view(place: usize, role: RoleView) -> NodeView {
    let term = match role {
        RoleView::PreCandidate { .. } | RoleView::Candidate { .. } => Term(3),
        _ => Term(2),
    };
    NodeView {
        id: NodeId::from_index(place),
        role,
        term,
        voted_for: None,
        leader: None,
        commit: LogIndex(0),
        applied: LogIndex(0),
        last: LogIndex(0),
        clock: ClockRate::TRUE,
        can_snapshot: false,
        no_vote: None,
        no_learner: None,
        no_removal: None,
    }
}

/// What is sent, and what it looks like.
fn messages(texts: HelpTexts) -> [(Look, &'static str); 13] {
    let vote = |granted| Look::Vote {
        pre: false,
        granted,
    };
    let entries = |count: usize| Look::Entries {
        terms: std::array::from_fn(|place| (place < count).then_some(Term(1 + place as u64 / 2))),
        count,
    };
    let matched = AppendResult::Matched {
        match_index: LogIndex(1),
    };
    let conflict = AppendResult::Conflict {
        prev_log_index: LogIndex(1),
        conflict_term: None,
        conflict_index: LogIndex(1),
    };
    [
        (Look::RequestVote { pre: true }, texts.asks_pre()),
        (Look::RequestVote { pre: false }, texts.asks()),
        (vote(true), texts.granted()),
        (vote(false), texts.refused()),
        (Look::Heartbeat, texts.heartbeat()),
        (entries(3), texts.entries()),
        (entries(12), texts.many()),
        (Look::Appended(matched), texts.acknowledged()),
        (Look::Appended(conflict), texts.mismatch()),
        (Look::ReadIndex { reply: false }, texts.read_index()),
        (Look::TimeoutNow, texts.timeout_now()),
        (
            Look::Snapshot {
                last_index: LogIndex(1),
                bytes: (0, 1),
                done: true,
            },
            texts.sheets(),
        ),
        (
            Look::Operation {
                reply: false,
                what: "put x=1".into(),
                number: 1,
            },
            texts.operation(),
        ),
    ]
}

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
struct PictureProps {
    /// What the message looks like.
    look: Look,
}

/// A message as the stage draws it.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let canvas = use_node_ref();
    let theme = use_theme();
    use_effect_with(
        (canvas.clone(), theme, props.look.clone()),
        |(canvas, theme, look)| {
            let (width, height) = PICTURE;
            let canvas = canvas.cast::<HtmlCanvasElement>();
            let Some(ctx) = canvas.and_then(|canvas| context(&canvas, width, height)) else {
                return;
            };
            ctx.clear_rect(0.0, 0.0, width, height);
            let flight = Flight {
                id: 0,
                from: Place::Client,
                to: Place::Proxy,
                kind: None,
                term: Term(2),
                look: look.clone(),
                sent: Time::ZERO,
                arrives: Time::ZERO,
            };
            let pen = CanvasPen::new(&ctx, &theme.mono);
            let brush = Brush { pen: &pen, theme };
            brush.message(&flight, Point::new(width / 2.0, height / 2.0));
        },
    );
    html! { <canvas ref={canvas} aria-hidden="true" /> }
}
