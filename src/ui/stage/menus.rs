//! What the menus of a node and of a link offer, and why an item cannot be chosen now.

use super::menu::Item;
use super::text::{StageText, of_node};
use crate::raft::{MembershipChange, NodeId};
use crate::sim::ClockRate;
use crate::ui::act::Act;
use crate::ui::text::Lang;
use crate::ui::view::{NodeView, RoleView};

/// What an item does.
#[derive(Clone, PartialEq, Debug)]
pub enum Choice {
    /// An act of the user.
    Act(Act),
    /// Another selection.
    Select(Option<NodeId>),
}

/// The menu of a node.
pub fn of_node_menu(
    node: &NodeView,
    all: &[NodeView],
    cuts: &[(NodeId, NodeId)],
    selected: bool,
    lang: Lang,
) -> Vec<(Item, Choice)> {
    let id = node.id;
    let (down, paused) = (node.role == RoleView::Down, node.role == RoleView::Paused);
    let because = |why: Option<StageText>| why.map(|why| of_node(id, why, lang));
    let item = |text: StageText, why: Option<StageText>, act: Act| {
        (Item::new(text.get(lang), because(why)), Choice::Act(act))
    };
    let stopped = if down {
        Some(StageText::IsDown)
    } else {
        paused.then_some(StageText::IsPaused)
    };
    let timeout = stopped.or((node.role == RoleView::Leader).then_some(StageText::IsLeader));
    // What its place is already, the leader knows better than what is shown: it says so.
    let nobody_leads = !all.iter().any(|node| node.role == RoleView::Leader);
    let place = |change: MembershipChange, text: StageText| {
        let why = nobody_leads.then_some(StageText::NobodyChanges);
        item(text, why, Act::ChangeMembers(change))
    };
    let snapshot = stopped.or((!node.can_snapshot).then_some(StageText::NothingNew));
    let (select, then) = if selected {
        (StageText::Deselect, None)
    } else {
        (StageText::Select, Some(id))
    };
    let clock = |text: StageText, rate: ClockRate| {
        let already = (node.clock == rate).then_some(StageText::IsItsRate);
        item(text, already, Act::Clock(id, rate))
    };
    vec![
        item(
            StageText::Crash,
            down.then_some(StageText::IsDown),
            Act::Crash(id),
        ),
        item(
            StageText::Restart,
            (!down).then_some(StageText::IsUp),
            Act::Restart(id),
        ),
        item(
            StageText::WipeDisk,
            (!down).then_some(StageText::IsUp),
            Act::Wipe(id),
        ),
        item(StageText::Pause, stopped, Act::Pause(id)),
        item(
            StageText::Resume,
            (!paused).then_some(StageText::IsNotPaused),
            Act::Resume(id),
        ),
        item(
            StageText::Isolate,
            isolated(id, all, cuts),
            Act::Isolate(id),
        ),
        item(StageText::TimeOutNow, timeout, Act::TimeOut(id)),
        item(
            StageText::LeadNow,
            stopped.or(cannot_take_over(node, all)),
            Act::Transfer(id),
        ),
        clock(StageText::ClockSlow, ClockRate::HALF),
        clock(StageText::ClockTrue, ClockRate::TRUE),
        clock(StageText::ClockFast, ClockRate::DOUBLE),
        place(MembershipChange::AddVoter(id), StageText::AddVoter),
        place(MembershipChange::AddLearner(id), StageText::AddLearner),
        place(MembershipChange::Remove(id), StageText::Remove),
        item(StageText::TakeSnapshot, snapshot, Act::Snapshot(id)),
        (Item::new(select.get(lang), None), Choice::Select(then)),
    ]
}

/// Why leadership cannot be handed over to a node.
fn cannot_take_over(node: &NodeView, all: &[NodeView]) -> Option<StageText> {
    let leads = |node: &NodeView| node.role == RoleView::Leader;
    if leads(node) {
        Some(StageText::LeadsAlready)
    } else {
        (!all.iter().any(leads)).then_some(StageText::NobodyLeads)
    }
}

/// Why a node cannot be cut off further.
fn isolated(id: NodeId, all: &[NodeView], cuts: &[(NodeId, NodeId)]) -> Option<StageText> {
    let mut others = all.iter().map(|node| node.id).filter(|other| *other != id);
    if all.len() < 2 {
        return Some(StageText::IsOnly);
    }
    others
        .all(|other| cuts.contains(&(id, other)) && cuts.contains(&(other, id)))
        .then_some(StageText::IsIsolated)
}

/// The name of the link between two nodes.
pub fn link_name(one: NodeId, other: NodeId, lang: Lang) -> String {
    format!("{} {one} – {other}", StageText::Link.get(lang))
}

/// The menu of the link between two nodes.
pub fn of_link(
    one: NodeId,
    other: NodeId,
    cuts: &[(NodeId, NodeId)],
    lang: Lang,
) -> Vec<(Item, Choice)> {
    let ways = [(one, other), (other, one)];
    let cut = ways.map(|way| cuts.contains(&way));
    let why = |barred: bool, text: StageText| barred.then(|| text.get(lang).to_owned());
    let one_way = |way: usize| {
        let (from, to) = ways[way];
        let label = format!("{} {from} → {to}", StageText::Cut.get(lang));
        let item = Item::new(label, why(cut[way], StageText::IsCut));
        (item, Choice::Act(Act::Cut(vec![ways[way]])))
    };
    vec![
        (
            Item::new(
                StageText::CutBoth.get(lang),
                why(cut == [true; 2], StageText::IsCut),
            ),
            Choice::Act(Act::Cut(ways.to_vec())),
        ),
        one_way(0),
        one_way(1),
        (
            Item::new(
                StageText::Heal.get(lang),
                why(cut == [false; 2], StageText::IsWhole),
            ),
            Choice::Act(Act::HealLinks(ways.to_vec())),
        ),
    ]
}
