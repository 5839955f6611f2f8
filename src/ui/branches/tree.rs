//! How the branches stand under each other.

use crate::raft::Time;
use crate::timeline::BranchId;
use crate::ui::view::BranchView;

/// A row of the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Row {
    /// The place of the branch among those that were given.
    pub(super) branch: usize,
    /// How many rows it is below the branch that it parts from; 0: it parts from none.
    pub(super) below: usize,
}

/// Every branch under the one that it parts from, those that part later first: so none of the lines
/// that go down from a branch crosses another one.
pub(super) fn rows(branches: &[BranchView]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(branches.len());
    add(branches, None, 0, &mut rows);
    rows
}

fn add(branches: &[BranchView], parent: Option<BranchId>, at: usize, rows: &mut Vec<Row>) {
    let children = (0..branches.len()).filter(|&place| branches[place].parent == parent);
    let mut children: Vec<usize> = children.collect();
    children.reverse();
    children.sort_by_key(|&place| u64::MAX - branches[place].begin.0);
    for branch in children {
        let row = rows.len();
        let below = parent.map_or(0, |_| row - at);
        rows.push(Row { branch, below });
        add(branches, Some(branches[branch].id), row, rows);
    }
}

/// Where a time is on an axis up to `end`, in hundredths of it.
pub(super) fn percent(at: Time, end: Time) -> f64 {
    at.0 as f64 * 100.0 / end.0.max(1) as f64
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn branch(id: u32, parent: Option<u32>, begin: u64) -> BranchView {
        BranchView {
            id: BranchId(id),
            parent: parent.map(BranchId),
            begin: Time(begin),
            end: Time(100),
            name: None,
            shown: false,
        }
    }

    #[test]
    fn a_branch_that_parts_later_stands_nearer_to_the_one_it_parts_from() {
        let branches = [
            branch(0, None, 0),
            branch(1, Some(0), 10),
            branch(2, Some(0), 50),
            branch(3, Some(2), 60),
        ];
        let rows: Vec<_> = rows(&branches)
            .iter()
            .map(|row| (row.branch, row.below))
            .collect();
        assert_eq!(rows, [(0, 0), (2, 1), (3, 1), (1, 3)]);
    }

    #[test]
    fn an_axis_without_length_is_none_to_divide_by() {
        assert_eq!(percent(Time(0), Time(0)), 0.0);
        assert_eq!(percent(Time(50), Time(200)), 25.0);
    }
}
