//! What the components share of the browser: events of the document, frames, media, scrolling,
//! what is remembered from visit to visit.

mod event;
mod focus;
mod frames;
mod media;
mod scroll;
mod stored;

pub(crate) use event::use_document_event;
pub(crate) use focus::{BRANCHES, CLUSTER, RUN, focus, focus_from, is_attended};
pub(crate) use frames::{use_frames, use_frames_while};
pub(crate) use media::use_media;
pub(crate) use scroll::{Axis, Scroll, use_scroll};
pub(crate) use stored::Store;
