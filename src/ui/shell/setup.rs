//! The set-up of a new run.

mod draft;
mod form;
mod settings;

pub(super) use form::Setup;
