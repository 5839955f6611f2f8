//! Two branches side by side: what the page shows of the second one, and what differs.

use std::rc::Rc;

use crate::timeline::{Branch, BranchId, Parted, PartingSearch, Timeline, differences};

use super::super::view::{ComparisonView, SideView, View};
use super::parts::Parts;
use super::time::name;

/// How many things are done of the other branch in a frame, at the most.
const FRAME_THINGS_MAX: usize = 5_000;
/// How many things are done of each of the two in a frame, at the most, to see where they part.
const SEARCH_THINGS_MAX: usize = 2_000;
/// For how long a comparison is shown while time runs, in milliseconds.
const SHOWN_MS: f64 = 200.0;

/// The comparison under way.
pub(super) struct Comparing {
    /// The other branch.
    other: BranchId,
    /// The parts of its view.
    parts: Parts,
    /// Where the branches part.
    search: Option<PartingSearch>,
    view: Option<Rc<ComparisonView>>,
    /// What the view was made of, and when.
    made_of: Option<(Print, f64)>,
}

/// What tells one pair of worlds from another: the branches, and how many things have been done; and
/// how far the search for where they part has come.
type Print = (BranchId, u64, u64, bool, u8);

impl Comparing {
    /// Puts the branch beside the one that is shown.
    pub(super) fn with(timeline: &mut Timeline, other: BranchId) -> Option<Self> {
        timeline.put_beside(Some(other));
        let parts = Parts::of(timeline.beside()?.1);
        Some(Self {
            other,
            parts,
            search: None,
            view: None,
            made_of: None,
        })
    }

    /// The other branch is shown now, and this one is beside it.
    pub(super) fn turn(&mut self, timeline: &mut Timeline, other: BranchId) {
        timeline.put_beside(Some(other));
        self.other = other;
        self.made_of = None;
    }

    /// The other branch.
    pub(super) const fn other(&self) -> BranchId {
        self.other
    }

    /// What is shown of it.
    pub(super) fn view(&self) -> Option<Rc<ComparisonView>> {
        self.view.clone()
    }

    /// Brings the other branch to the time of the playhead, and compares; says whether there is
    /// something new to show. None: the branch is no more.
    #[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
    pub(super) fn tick(
        &mut self,
        timeline: &mut Timeline,
        here: &mut Parts,
        playing: bool,
    ) -> Option<bool> {
        let there = timeline.keep_beside(FRAME_THINGS_MAX);
        let (other, beside) = timeline.beside()?;
        let (shown, run) = (timeline.branch(), timeline.run());
        let most = if there { SEARCH_THINGS_MAX } else { 0 };
        let parted = search(&mut self.search, [shown, other], most);
        let print = (
            shown.id(),
            run.ticks(),
            beside.ticks(),
            there,
            percent(&parted),
        );
        let now = js_sys::Date::now();
        if let Some((made_of, at)) = self.made_of
            && (made_of == print || playing && now - at < SHOWN_MS)
        {
            return Some(false);
        }
        self.made_of = Some((print, now));
        self.parts.renew();
        self.view = Some(Rc::new(ComparisonView {
            sides: [
                side(shown, here.view(run, None, false)),
                side(other, self.parts.view(beside, None, false)),
            ],
            there,
            differences: differences(run.world(), beside.world()),
            parted,
        }));
        Some(true)
    }
}

fn side(branch: &Branch, view: View) -> SideView {
    SideView {
        branch: branch.id(),
        name: name(branch),
        view,
    }
}

/// Where the branches part: goes on looking for it, by so many things.
fn search(known: &mut Option<PartingSearch>, [one, other]: [&Branch; 2], most: usize) -> Parted {
    let pair = [one.id(), other.id()];
    if let Some(search) = known
        && search.branches() == [pair[1], pair[0]]
    {
        search.turn();
    }
    let search = match known.take() {
        Some(search) if search.branches() == pair => search,
        _ => PartingSearch::new(one, other),
    };
    known.insert(search).work(one, other, most).clone()
}

/// As much of it as makes a difference to look at.
fn percent(parted: &Parted) -> u8 {
    match parted {
        Parted::UnderWay(part) => (part * 100.0) as u8,
        Parted::NotYet => 101,
        Parted::At(_) => 102,
    }
}
