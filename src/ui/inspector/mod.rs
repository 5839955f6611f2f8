//! The inspector: everything that is known of what is selected; and the caption of the figure, which
//! says why it is so.

mod caption;
mod changes;
mod copies;
mod copy;
mod group;
mod panel;
mod subject;
mod terms;
mod value;

pub(crate) use caption::Caption;
pub(crate) use panel::Inspector;
pub(super) use terms::term_of;
