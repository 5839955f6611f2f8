//! What all branches together may take of memory: each run is bounded by itself, but there may be many.

use super::branch::Branch;
use super::timelines::Timeline;

/// So many segments are run between two looks at what the checkpoints weigh.
const WEIGHED_EVERY: u64 = 32;

impl Timeline {
    /// Forgets checkpoints of branches that are not shown, from their ends, when there is more of them
    /// than there should be: going there takes longer then, and leads to the same.
    pub(super) fn keep_to_budget(&mut self) {
        let granularity = self.branch().checkpoints.granularity;
        let beside = self.beside().map_or(0, |(_, run)| run.ticks());
        let ticks = self.run.ticks() + beside;
        if ticks.abs_diff(self.weighed_at) < WEIGHED_EVERY * granularity.segment {
            return;
        }
        self.weighed_at = ticks;
        while self.weight() > granularity.weight
            && let Some(branch) = self.next_to_thin()
        {
            branch.checkpoints.halve();
        }
    }

    /// About how much memory the checkpoints of all branches take, in things of a hundred bytes or so.
    pub fn weight(&self) -> usize {
        let weights = self
            .branches
            .iter()
            .map(|branch| branch.checkpoints.weight().0);
        weights.sum()
    }

    /// The branch that has most for itself, of those that have anything to forget; the one beside only
    /// when no other has, and the one that is shown never.
    fn next_to_thin(&mut self) -> Option<&mut Branch> {
        let (shown, beside) = (self.branch().id, self.beside().map(|(branch, _)| branch.id));
        let others = self.branches.iter_mut();
        let others = others.filter(|branch| branch.id != shown && branch.checkpoints.len() > 1);
        others.max_by_key(|branch| {
            let (all, own) = branch.checkpoints.weight();
            (Some(branch.id) != beside, own, all)
        })
    }
}
