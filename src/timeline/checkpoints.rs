//! The worlds that are kept: many of late, fewer of long ago.

use std::sync::Arc;

use crate::raft::Time;
use crate::scenario::Run;

/// How finely the past of a timeline is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Granularity {
    /// How many ticks a segment has, and how far checkpoints are apart at the least: so few that
    /// running through one takes a part of a frame. 1 at least.
    pub segment: u64,
    /// So many checkpoints are kept of the last so many segments, and half as many more each time
    /// the age doubles. 1 at least.
    pub per_doubling: u64,
    /// How much the checkpoints of all branches may weigh together, in things of a hundred bytes or so,
    /// before those of branches that are not shown are forgotten.
    pub weight: usize,
}

impl Granularity {
    /// That of the page.
    pub const PAGE: Self = Self {
        segment: 2_048,
        per_doubling: 512,
        weight: 6_000_000,
    };
}

/// How much may be under way in a world of which every checkpoint is kept.
const UNDER_WAY: u64 = 2_000;

/// What a checkpoint has for itself, in things of a hundred bytes.
const CHECKPOINT: usize = 500;

/// Checkpoints in order of time. A clone shares them.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    kept: Vec<Arc<Run>>,
    pub(super) granularity: Granularity,
}

impl Checkpoints {
    /// Those of a run at its start, which is kept always.
    pub(super) fn of(start: Run, granularity: Granularity) -> Self {
        Self {
            kept: vec![Arc::new(start)],
            granularity,
        }
    }

    /// Keeps the run as it is now, when that is worth it on a branch that has come to the tick `end`.
    pub(super) fn offer(&mut self, run: &Run, end: u64) {
        let tick = run.ticks();
        let granularity = self.granularity;
        if !tick.is_multiple_of(granularity.segment) || !granularity.keeps(tick, end.max(tick)) {
            return;
        }
        // What is under way is copied: where there is much of it, checkpoints are further apart.
        let apart = apart(run.world().under_way() as u64);
        if !(tick / granularity.segment).is_multiple_of(apart) {
            return;
        }
        let place = self.kept.partition_point(|kept| kept.ticks() < tick);
        if self.kept.get(place).is_none_or(|kept| kept.ticks() > tick) {
            self.kept.insert(place, Arc::new(run.clone()));
            self.thin(end.max(tick));
        }
    }

    /// About how much memory they take, in things of a hundred bytes or so; of what several branches
    /// have, each has its share. And how much of that no other branch has.
    pub(super) fn weight(&self) -> (usize, usize) {
        let (mut all, mut own, mut before) = (0, 0, 0);
        for run in &self.kept {
            let weight = run.world().weight();
            let more = weight.saturating_sub(before) + CHECKPOINT;
            before = weight;
            let sharers = Arc::strong_count(run);
            all += more / sharers;
            own += if sharers == 1 { more } else { 0 };
        }
        (all, own)
    }

    /// The later half is forgotten, but never the start.
    pub(super) fn halve(&mut self) {
        self.kept.truncate(self.kept.len().div_ceil(2));
    }

    fn thin(&mut self, end: u64) {
        let granularity = self.granularity;
        self.kept
            .retain(|kept| granularity.keeps(kept.ticks(), end));
    }

    /// The last one in which at most so many things have been done.
    pub(super) fn before(&self, tick: u64) -> &Arc<Run> {
        let after = self.kept.partition_point(|kept| kept.ticks() <= tick);
        &self.kept[after.max(1) - 1]
    }

    /// Those in which at most so many things have been done.
    pub(super) fn up_to(&self, tick: u64) -> &[Arc<Run>] {
        &self.kept[..self.kept.partition_point(|kept| kept.ticks() <= tick)]
    }

    /// The first one in which more has been done.
    pub(super) fn after(&self, tick: u64) -> Option<&Arc<Run>> {
        self.kept.get(self.up_to(tick).len())
    }

    /// The last one whose time is not after `at`.
    pub(super) fn before_time(&self, at: Time) -> &Arc<Run> {
        let after = self.kept.partition_point(|kept| kept.world().now() <= at);
        &self.kept[after.max(1) - 1]
    }

    /// The first one whose time is `at` or later.
    pub(super) fn after_time(&self, at: Time) -> Option<&Arc<Run>> {
        let before = self.kept.partition_point(|kept| kept.world().now() < at);
        self.kept.get(before)
    }

    /// The last one before the step at that place of the script.
    pub(super) fn before_step(&self, place: usize) -> &Arc<Run> {
        let after = self
            .kept
            .partition_point(|kept| kept.steps_taken() <= place);
        &self.kept[after.max(1) - 1]
    }

    /// What comes after that tick is forgotten.
    pub(super) fn truncate(&mut self, tick: u64) {
        self.kept.retain(|kept| kept.ticks() <= tick);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
}

impl Granularity {
    /// Whether the checkpoint at that tick is kept by a branch that has come to `end`: of those that
    /// are older, only every second, fourth, … one.
    const fn keeps(self, tick: u64, end: u64) -> bool {
        let age = (end - tick) / self.segment / self.per_doubling;
        let apart = match age {
            0 => 1,
            age => 2 << age.ilog2(),
        };
        (tick / self.segment).is_multiple_of(apart)
    }
}

/// How many segments checkpoints are apart in which so much is under way: a power of two, as those
/// are that thinning leaves.
const fn apart(under_way: u64) -> u64 {
    (1 + under_way / UNDER_WAY).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Granularity = Granularity::PAGE;
    const SEGMENT: u64 = PAGE.segment;
    const PER_DOUBLING: u64 = PAGE.per_doubling;

    /// How many checkpoints a branch has that has come to that tick.
    fn count(end: u64) -> u64 {
        (0..=end / SEGMENT)
            .filter(|place| PAGE.keeps(place * SEGMENT, end))
            .count() as u64
    }

    #[test]
    fn there_are_few_more_however_long_the_run() {
        assert_eq!(count(0), 1);
        assert!(count(1_000_000) <= PER_DOUBLING);
        assert!(count(10_000_000) <= 3 * PER_DOUBLING);
        assert!(count(10_000_000_000) <= 13 * PER_DOUBLING);
    }

    #[test]
    fn once_forgotten_a_checkpoint_is_never_wanted_again() {
        for place in 0..2_000 {
            let wanted = |end: u64| PAGE.keeps(place * SEGMENT, end * SEGMENT);
            let mut before = true;
            for end in place..4_000 {
                assert!(before || !wanted(end), "{place} at {end}");
                before = wanted(end);
            }
        }
    }

    #[test]
    fn where_much_is_under_way_as_many_old_checkpoints_are_left_as_elsewhere() {
        let end = 10_000;
        let left = |under_way: u64| {
            let kept = |place: &u64| {
                place.is_multiple_of(apart(under_way)) && PAGE.keeps(place * SEGMENT, end * SEGMENT)
            };
            (0..=end / 2).filter(kept).count()
        };
        for under_way in [0, 2_000, 4_000, 6_000, 10_000, 14_000] {
            assert_eq!(left(under_way), left(0), "{under_way}");
        }
    }

    #[test]
    fn the_start_is_kept_always() {
        assert!(PAGE.keeps(0, u64::MAX));
    }
}
