//! The texts of the page: catalogues, in which the languages stand side by side.
//!
//! Components ask for the texts with `use_texts` and never write a word themselves. Every visit needs
//! those texts, in its language; what few need has catalogues of its own, which are loaded with it
//! ([`catalogue`](crate::catalogue)). The stage keeps its own words in the same way.

mod branches;
mod course;
mod figure;
mod files;
mod glossary;
mod help;
mod history;
mod inspector;
mod metrics;
mod network;
mod number;
mod panels;
mod setup;
mod shell;
mod spacetime;
mod transport;
mod wrong_rules;

use yew::prelude::*;

pub use crate::catalogue::Lang;

pub(crate) use branches::BranchesTexts;
pub(crate) use course::CourseTexts;
pub(crate) use figure::FigureTexts;
pub(crate) use files::{EditorTexts, FilesTexts, RunTexts};
pub(crate) use glossary::GlossaryTexts;
pub(crate) use help::{HelpTexts, TourTexts};
pub(crate) use history::HistoryTexts;
pub(crate) use inspector::InspectorTexts;
pub(crate) use metrics::MetricsTexts;
pub(crate) use network::NetworkTexts;
pub(crate) use number::{Decimal, command_text, count_text, latency_text, read_mode_text, within};
pub(crate) use panels::{EntryState, EventsTexts, LogsTexts, OperationsTexts, StateTexts};
pub(crate) use setup::{SettingsTexts, SetupTexts};
pub(crate) use shell::ShellTexts;
pub(crate) use spacetime::SpaceTimeTexts;
pub(crate) use transport::TransportTexts;
pub(crate) use wrong_rules::WrongRulesTexts;

impl Lang {
    /// The texts in this language.
    pub(crate) const fn texts(self) -> Texts {
        Texts {
            shell: ShellTexts::new(self),
            setup: SetupTexts::new(self),
            transport: TransportTexts::new(self),
            logs: LogsTexts::new(self),
            state: StateTexts::new(self),
            operations: OperationsTexts::new(self),
            events: EventsTexts::new(self),
            files: FilesTexts::new(self),
        }
    }
}

/// The language that the components around are in; English where none was said.
#[hook]
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// The texts in the language that the components around are in.
#[hook]
pub(crate) fn use_texts() -> Texts {
    use_lang().texts()
}

/// What the shell and the panels say from the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Texts {
    pub(crate) shell: ShellTexts,
    pub(crate) setup: SetupTexts,
    pub(crate) transport: TransportTexts,
    pub(crate) logs: LogsTexts,
    pub(crate) state: StateTexts,
    pub(crate) operations: OperationsTexts,
    pub(crate) events: EventsTexts,
    pub(crate) files: FilesTexts,
}
