//! What the menus of a node and of a link offer, and why an item cannot be chosen now.

use super::menu::{Item, Radio};
use super::menu_text::{MenuText, of_node};
use super::text::StageText;
use crate::raft::{MembershipChange, NodeId};
use crate::scenario::{Links, NodeSelector, Selector};
use crate::sim::ClockRate;
use crate::ui::act::Act;
use crate::ui::text::Lang;
use crate::ui::view::{NodeView, PlaceBar, RoleView};

/// What an item does.
#[derive(Clone, PartialEq, Debug)]
pub enum Choice {
    /// An act of the user.
    Act(Act),
    /// Another selection.
    Select(Option<NodeId>),
}

/// The menu of a node: what breaks and mends it, elections, its log, its clock, its place in the
/// cluster.
pub fn of_node_menu(
    node: &NodeView,
    all: &[NodeView],
    cuts: &[(NodeId, NodeId)],
    selected: bool,
    lang: Lang,
) -> Vec<(Item, Choice)> {
    let id = node.id;
    let (down, paused) = (node.role == RoleView::Down, node.role == RoleView::Paused);
    let because = |why: Option<MenuText>| why.map(|why| of_node(id, why, lang));
    let item = |text: MenuText, why: Option<MenuText>, act: Act| {
        (Item::new(text.get(lang), because(why)), Choice::Act(act))
    };
    let stopped = if down {
        Some(MenuText::IsDown)
    } else {
        paused.then_some(MenuText::IsPaused)
    };
    let timeout = stopped.or((node.role == RoleView::Leader).then_some(MenuText::IsLeader));
    let snapshot = stopped.or((!node.can_snapshot).then_some(MenuText::NothingNew));
    let (select, then) = if selected {
        (MenuText::Deselect, None)
    } else {
        (MenuText::Select, Some(id))
    };
    // Of two acts that undo each other only one can ever be chosen.
    let mut items = vec![
        match down {
            true => item(MenuText::Restart, None, Act::Restart(id)),
            false => item(MenuText::Crash, None, Act::Crash(id)),
        },
        match paused {
            true => item(MenuText::Resume, None, Act::Resume(id)),
            false => item(MenuText::Pause, stopped, Act::Pause(id)),
        },
        item(MenuText::Isolate, isolated(id, all, cuts), Act::Isolate(id)),
        item(
            MenuText::WipeDisk,
            (!down).then_some(MenuText::IsUp),
            Act::Wipe(id),
        ),
        begin(item(MenuText::TimeOutNow, timeout, Act::TimeOut(id))),
        item(
            MenuText::LeadNow,
            stopped.or(cannot_take_over(node, all)),
            Act::Transfer(id),
        ),
        item(MenuText::TakeSnapshot, snapshot, Act::Snapshot(id)),
    ];
    items.extend(clocks(node, lang));
    items.extend(places(node, lang));
    let select = (Item::new(select.get(lang), None), Choice::Select(then));
    items.push(begin(select));
    items
}

/// The same item, as the first of a group.
fn begin((item, choice): (Item, Choice)) -> (Item, Choice) {
    (item.beginning(), choice)
}

/// The rates that a node's clock can be given.
fn clocks(node: &NodeView, lang: Lang) -> impl Iterator<Item = (Item, Choice)> {
    let all = [
        (MenuText::ClockSlow, "½ ×", ClockRate::HALF),
        (MenuText::ClockTrue, "1 ×", ClockRate::TRUE),
        (MenuText::ClockFast, "2 ×", ClockRate::DOUBLE),
    ];
    let (id, clock) = (node.id, node.clock);
    all.into_iter().map(move |(text, short, rate)| {
        let radio = Radio {
            of: MenuText::Clock.get(lang).into(),
            short: short.into(),
            checked: clock == rate,
        };
        let item = Item::new(text.get(lang), None).in_row(radio);
        let choice = Choice::Act(Act::Clock(id, rate));
        match rate == ClockRate::HALF {
            true => begin((item, choice)),
            false => (item, choice),
        }
    })
}

/// The places in the cluster that a node can be given.
fn places(node: &NodeView, lang: Lang) -> [(Item, Choice); 3] {
    let id = node.id;
    let place = |text: MenuText, bar: Option<PlaceBar>, has: MenuText, change| {
        let why = bar.map(|bar| match bar {
            PlaceBar::NobodyLeads => MenuText::NobodyChanges,
            PlaceBar::LeaderPaused => MenuText::LeaderIsPaused,
            PlaceBar::HasIt => has,
            PlaceBar::NoVoterLeft => MenuText::IsLastVoter,
        });
        let why = why.map(|why| of_node(id, why, lang));
        let act = Act::ChangeMembers(change);
        (Item::new(text.get(lang), why), Choice::Act(act))
    };
    [
        begin(place(
            MenuText::AddVoter,
            node.no_vote,
            MenuText::IsVoter,
            MembershipChange::AddVoter(id),
        )),
        place(
            MenuText::AddLearner,
            node.no_learner,
            MenuText::IsLearner,
            MembershipChange::AddLearner(id),
        ),
        place(
            MenuText::Remove,
            node.no_removal,
            MenuText::IsNoMember,
            MembershipChange::Remove(id),
        ),
    ]
}

/// Why leadership cannot be handed over to a node.
fn cannot_take_over(node: &NodeView, all: &[NodeView]) -> Option<MenuText> {
    let leads = |node: &NodeView| node.role == RoleView::Leader;
    if leads(node) {
        Some(MenuText::LeadsAlready)
    } else if matches!(node.role, RoleView::Learner | RoleView::Outside) {
        Some(MenuText::HasNoVote)
    } else {
        (!all.iter().any(leads)).then_some(MenuText::NobodyLeads)
    }
}

/// Why a node cannot be cut off further.
fn isolated(id: NodeId, all: &[NodeView], cuts: &[(NodeId, NodeId)]) -> Option<MenuText> {
    let mut others = all.iter().map(|node| node.id).filter(|other| *other != id);
    if all.len() < 2 {
        return Some(MenuText::IsOnly);
    }
    others
        .all(|other| cuts.contains(&(id, other)) && cuts.contains(&(other, id)))
        .then_some(MenuText::IsIsolated)
}

/// The name of the link between two nodes.
pub fn link_name(one: NodeId, other: NodeId, lang: Lang) -> String {
    format!("{} {one} – {other}", MenuText::Link.get(lang))
}

/// The menu of the link between two nodes.
pub fn of_link(
    one: NodeId,
    other: NodeId,
    cuts: &[(NodeId, NodeId)],
    lang: Lang,
) -> Vec<(Item, Choice)> {
    let node = |id| Selector::from(NodeSelector::Node(id));
    let both = Links::Between(node(one), node(other));
    let ways = [(one, other), (other, one)];
    let cut = ways.map(|way| cuts.contains(&way));
    let why = |barred: bool, text: MenuText| barred.then(|| text.get(lang).to_owned());
    let one_way = |way: usize| {
        let (from, to) = ways[way];
        let label = format!("{} {from} → {to}", MenuText::Cut.get(lang));
        let item = Item::new(label, why(cut[way], MenuText::IsCut));
        let links = Links::Direction {
            from: node(from),
            to: node(to),
        };
        (item, Choice::Act(Act::Cut(links)))
    };
    vec![
        (
            Item::new(
                MenuText::CutBoth.get(lang),
                why(cut == [true; 2], MenuText::IsCut),
            ),
            Choice::Act(Act::Cut(both.clone())),
        ),
        one_way(0),
        one_way(1),
        (
            Item::new(
                StageText::Heal.get(lang),
                why(cut == [false; 2], MenuText::IsWhole),
            ),
            Choice::Act(Act::HealLinks(both)),
        ),
    ]
}
