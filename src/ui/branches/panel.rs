//! The tree of the branches, over the transport.

use yew::prelude::*;

use crate::timeline::BranchId;
use crate::ui::act::Act;
use crate::ui::hooks::{BRANCHES, CLUSTER, focus};
use crate::ui::text::{BranchesTexts, Decimal, use_lang};
use crate::ui::view::{BranchView, TimeView};

use super::name_of;
use super::tree::{Row, percent, rows};

/// Properties of [`Branches`].
#[derive(Clone, Properties, PartialEq)]
pub(crate) struct BranchesProps {
    /// Where in time the page is.
    pub(crate) time: TimeView,
    /// The branch that the one that is shown is compared with.
    pub(crate) compared: Option<BranchId>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The button that opens the tree, and the tree. While there is one branch there is nothing.
#[component]
pub(crate) fn Branches(props: &BranchesProps) -> Html {
    let texts = BranchesTexts::new(use_lang());
    let open = use_state_eq(|| false);
    // The branch that is discarded when that is asked for once more.
    let doomed = use_state_eq(|| None::<BranchId>);
    let branches = &props.time.branches;
    if branches.len() < 2 && !*open {
        return Html::default();
    }
    let toggle = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let onkeydown = {
        let open = open.clone();
        move |event: KeyboardEvent| {
            if *open && event.key() == "Escape" {
                event.prevent_default();
                open.set(false);
                focus(&[BRANCHES, CLUSTER]);
            }
        }
    };
    let on_discard = {
        let (on_act, doomed) = (props.on_act.clone(), doomed.clone());
        Callback::from(move |id: BranchId| {
            if *doomed == Some(id) {
                // The button that has the focus goes.
                focus(&[BRANCHES, CLUSTER]);
                doomed.set(None);
                on_act.emit(Act::Discard(id));
            } else {
                doomed.set(Some(id));
            }
        })
    };
    let on_compare = {
        let (on_act, open) = (props.on_act.clone(), open.setter());
        // The tree makes way for what was asked for.
        Callback::from(move |with: Option<BranchId>| {
            open.set(false);
            focus(&[BRANCHES, CLUSTER]);
            on_act.emit(Act::Compare(with));
        })
    };
    let spare = {
        let doomed = doomed.setter();
        Callback::from(move |_: FocusEvent| doomed.set(None))
    };
    let row = |row: Row| {
        let branch = &branches[row.branch];
        html! {
            <div class={classes!("branch", branch.shown.then_some("shown"))} key={branch.id.0}
                style={place(branch, row, props)}>
                { choice(branch, props, texts) }
                <span class="branch-acts">
                    if !branch.shown {
                        { compare(branch, props.compared, &on_compare, texts) }
                        // The first branch is what all others part from.
                        if branch.parent.is_some() {
                            { discard(branch, *doomed == Some(branch.id), &on_discard, &spare, texts) }
                        }
                    }
                </span>
            </div>
        }
    };
    html! {
        <div class="branches" {onkeydown}>
            <button type="button" id={BRANCHES} aria-expanded={open.to_string()} onclick={toggle}>
                { format!("{} ({})", texts.title(), branches.len()) }
            </button>
            if *open {
                <div class="branches-panel" role="radiogroup" aria-label={texts.title()}>
                    { for rows(branches).into_iter().map(row) }
                </div>
            }
        </div>
    }
}

/// Where it is along time, how far below its parent, and where the playhead is.
fn place(branch: &BranchView, row: Row, props: &BranchesProps) -> String {
    let ends = props.time.branches.iter().map(|branch| branch.end);
    let end = ends.max().unwrap_or_default().max(props.time.now);
    let at = |time| Decimal(percent(time, end));
    format!(
        "--begin: {}%; --length: {}%; --now: {}%; --below: {}",
        at(branch.begin),
        Decimal(percent(branch.end, end) - percent(branch.begin, end)),
        at(props.time.now),
        row.below,
    )
}

fn choice(branch: &BranchView, props: &BranchesProps, texts: BranchesTexts) -> Html {
    let show = Act::Show(branch.id);
    html! {
        <label>
            <input type="radio" name="branch" checked={branch.shown}
                onchange={props.on_act.reform(move |_: Event| show.clone())} />
            <span class="branch-lane" aria-hidden="true">
                if branch.parent.is_some() {
                    <i class="branch-down"></i>
                }
                <i class="branch-line"></i>
                <i class="branch-now"></i>
            </span>
            <span class="branch-name">
                <bdi class="mono">{ &*name_of(&branch.name, texts) }</bdi>
                if branch.parent.is_some() {
                    <span class="sub">{ " " }{ texts.from() }{ " " }{ branch.begin }</span>
                }
            </span>
        </label>
    }
}

fn compare(
    branch: &BranchView,
    compared: Option<BranchId>,
    on_compare: &Callback<Option<BranchId>>,
    texts: BranchesTexts,
) -> Html {
    let pressed = compared == Some(branch.id);
    let with = (!pressed).then_some(branch.id);
    html! {
        <button type="button" class="quiet" aria-pressed={pressed.to_string()}
            aria-label={format!("{} {}", texts.compare_with(), name_of(&branch.name, texts))}
            onclick={on_compare.reform(move |_: MouseEvent| with)}>
            { texts.compare() }
        </button>
    }
}

/// Pressed twice, it discards; without the focus it forgets the first time.
fn discard(
    branch: &BranchView,
    sure: bool,
    on_discard: &Callback<BranchId>,
    spare: &Callback<FocusEvent>,
    texts: BranchesTexts,
) -> Html {
    let word = if sure { texts.sure() } else { texts.discard() };
    let id = branch.id;
    html! {
        <button type="button" class={if sure { "doomed" } else { "quiet" }}
            aria-label={format!("{word} {}", name_of(&branch.name, texts))}
            onclick={on_discard.reform(move |_: MouseEvent| id)} onblur={spare}>
            { word }
        </button>
    }
}
