//! A second branch, at the time of the playhead: to compare two futures.

use std::sync::Arc;

use crate::scenario::{Advance, Run};

use super::branch::{Branch, BranchId};
use super::mark::Before;
use super::timelines::{Timeline, is_too_large};

/// The branch beside the one that is shown, and its run.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    branch: BranchId,
    run: Run,
}

impl Timeline {
    /// Puts that branch beside the one that is shown, or none.
    pub fn put_beside(&mut self, id: Option<BranchId>) {
        let branch = id.and_then(|id| self.branches.iter().find(|branch| branch.id == id));
        self.beside = branch.map(|branch| Beside {
            branch: branch.id,
            run: branch.at_time(self.run.world().now()),
        });
    }

    /// The branch beside the one that is shown, and its run.
    pub fn beside(&self) -> Option<(&Branch, &Run)> {
        let beside = self.beside.as_ref()?;
        let branch = self
            .branches
            .iter()
            .find(|branch| branch.id == beside.branch);
        Some((branch?, &beside.run))
    }

    /// Brings the branch beside to the time of the playhead, or to its end if that comes first, by so
    /// many things at the most; says whether it is there. It is run on beyond what has been seen of it.
    pub fn keep_beside(&mut self, most: usize) -> bool {
        let now = self.run.world().now();
        self.keep_to_budget();
        let Some(beside) = &mut self.beside else {
            return true;
        };
        let mut branches = self.branches.iter_mut();
        let Some(branch) = branches.find(|branch| branch.id == beside.branch) else {
            self.beside = None;
            return true;
        };
        let is_older = !Arc::ptr_eq(beside.run.script(), &branch.script);
        if is_older || beside.run.world().now() > now {
            beside.run = branch.at_time(now);
        }
        for _ in 0..most {
            if is_too_large(&beside.run) {
                return true;
            }
            let before = Before::of(&beside.run);
            if beside.run.advance(now) == Advance::Idle {
                beside.run.rest_until(now);
                branch.rest(&beside.run);
                return true;
            }
            branch.visit(&beside.run, before);
        }
        false
    }
}

impl Branch {
    /// Its last checkpoint that is not after that time.
    fn at_time(&self, at: crate::raft::Time) -> Run {
        self.restored(self.checkpoints.before_time(at))
    }
}
