//! Help where it is needed: the sheet with keys, legend and glossary, the tour, and what a term means
//! where the pointer rests on it.

mod hint;
mod legend;
mod sheet;
mod tour;

pub(crate) use hint::Asked;
pub(crate) use sheet::{Help, HelpProps};
pub(crate) use tour::{Progress, Tour, TourProps};
