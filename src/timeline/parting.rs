//! Where two branches part.

use crate::raft::Time;
use crate::scenario::{Advance, Run, words};

use super::branch::{Branch, BranchId};
use super::compare::Pair;
use super::moment::Moment;

/// Where two branches part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parting {
    /// The last moment that they share.
    pub last: Moment,
    /// What comes next in each of them: when, and in words.
    pub next: Pair<(Time, String)>,
}

/// What a search for the parting of two branches has come to.
#[derive(Clone, PartialEq, Debug)]
pub enum Parted {
    /// So much of the way is done, from 0 to 1.
    UnderWay(f32),
    /// As far as both have been run, they are the same.
    NotYet,
    /// They part.
    At(Parting),
}

/// The search for the first moment at which two branches part. It goes a bounded number of things at
/// a time, and on from there when more of both has been run.
#[derive(Clone, Debug)]
pub struct PartingSearch {
    branches: Pair<BranchId>,
    /// Both at the last moment up to which they are known to be the same.
    runs: Pair<Run>,
    /// Where the search began, for telling how far it has come.
    from: u64,
    parted: Parted,
}

impl PartingSearch {
    /// Begins at the last checkpoint that both have.
    pub fn new(one: &Branch, other: &Branch) -> Self {
        let mut tick = one.end().tick.min(other.end().tick);
        let runs = loop {
            let kept = [one, other].map(|branch| branch.checkpoints.before(tick));
            let [a, b] = kept.map(|run| run.ticks());
            let same = a == b && kept[0].world().digest() == kept[1].world().digest();
            if same || a.max(b) == 0 {
                break [one.restored(kept[0]), other.restored(kept[1])];
            }
            tick = if a == b { a - 1 } else { a.min(b) };
        };
        Self {
            branches: [one.id(), other.id()],
            from: runs[0].ticks(),
            runs,
            parted: Parted::UnderWay(0.0),
        }
    }

    /// The branches.
    pub const fn branches(&self) -> Pair<BranchId> {
        self.branches
    }

    /// What it has come to.
    pub const fn parted(&self) -> &Parted {
        &self.parted
    }

    /// The same of the other branch and the one.
    pub fn turn(&mut self) {
        self.branches.reverse();
        self.runs.reverse();
        if let Parted::At(parting) = &mut self.parted {
            parting.next.reverse();
        }
    }

    /// Goes on with the search in these branches, as they are now, by so many things in each at the
    /// most.
    ///
    /// # Panics
    /// When they are not its branches.
    pub fn work(&mut self, one: &Branch, other: &Branch, most: usize) -> &Parted {
        assert_eq!(self.branches, [one.id(), other.id()], "its branches");
        if !matches!(self.parted, Parted::At(_)) {
            for (run, branch) in self.runs.iter_mut().zip([one, other]) {
                branch.lead(run);
            }
            self.parted = self.look(one.end().tick.min(other.end().tick), most);
        }
        &self.parted
    }

    fn look(&mut self, last: u64, most: usize) -> Parted {
        let mut left = most;
        loop {
            let shared = Moment::of(&self.runs[0]);
            if shared.tick >= last {
                // What comes later is another way.
                self.from = last;
                return Parted::NotYet;
            }
            if left == 0 {
                let (done, way) = (shared.tick - self.from, last - self.from);
                return Parted::UnderWay(done as f32 / way as f32);
            }
            left -= 1;
            for run in &mut self.runs {
                let advance = run.advance(Time(u64::MAX));
                assert_ne!(advance, Advance::Idle, "it has been run further");
            }
            let [one, other] = &self.runs;
            if one.world().digest() != other.world().digest() {
                return Parted::At(Parting {
                    last: shared,
                    next: [one, other].map(|run| (run.world().now(), did(run))),
                });
            }
        }
    }
}

/// What the run last did, in words.
fn did(run: &Run) -> String {
    let world = run.world();
    let steps = &run.scenario().steps;
    if let Some(step) = run
        .steps_taken()
        .checked_sub(1)
        .and_then(|last| steps.get(last))
        && step.at == world.now()
        && world.cause().0 == 0
    {
        return words::act(&step.verb);
    }
    let happenings = world.happenings().iter();
    let mut told = happenings.filter_map(|happening| words::describe(happening, world));
    told.next().map_or_else(String::new, |words| words.text)
}
