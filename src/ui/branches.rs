//! The branches of the run: a tree along time to choose from, and two of them side by side.

mod comparison;
mod panel;
mod tree;

pub(crate) use comparison::Comparison;
pub(crate) use panel::{Branches, BranchesProps};

use std::rc::Rc;

use super::text::BranchesTexts;

/// What a branch is called: what was done where it begins.
fn name_of(name: &Option<Rc<str>>, texts: BranchesTexts) -> Rc<str> {
    name.clone().unwrap_or_else(|| texts.first().into())
}
