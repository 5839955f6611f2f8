//! The panels beside the stage: logs, state machines, operations, events. Each is a region of its
//! own, a function of its part of the view.

mod entries;
mod entry;
mod event_rows;
mod events;
mod figure;
mod figure_state;
mod logs;
mod metrics;
mod metrics_plots;
mod metrics_totals;
mod network;
mod operation_form;
mod operation_list;
mod operations;
mod panel;
mod state;
mod state_rows;

pub(crate) use entry::{entry_state, members_text, nodes_text, payload_text};
pub(crate) use events::Events;
pub(crate) use figure::Figure;
pub(crate) use logs::{Logs, entry_mark, snapshot_mark};
pub(crate) use metrics::Metrics;
pub(crate) use network::Network;
pub(crate) use operation_list::chip;
pub(crate) use operations::Operations;
pub(crate) use panel::panel;
pub(crate) use state::State;
