//! The texts of the page: one catalogue, a file a language.
//!
//! Components ask for the texts with `use_texts` and never write a word themselves. A language is
//! a `Texts` value with every field set, so that a missing text does not compile. The stage keeps
//! its own words in the same way. What few need has catalogues of its own, which are loaded with it
//! ([`catalogue`](crate::catalogue)).

mod course;
mod english;
mod figure;
mod glossary;
mod help;
mod history;
mod inspector;
mod metrics;
mod network;
mod number;
mod portuguese;
mod spacetime;
mod spanish;

use yew::prelude::*;

pub use crate::catalogue::Lang;
use crate::check::Falls;
use crate::raft::{Mutant, NodeId, Span, Time};
use crate::timeline::share::ShareError;

use super::view::{Change, Said};

pub(crate) use course::CourseTexts;
pub(crate) use figure::FigureTexts;
pub(crate) use glossary::GlossaryTexts;
pub(crate) use help::{HelpTexts, TourTexts};
pub(crate) use history::HistoryTexts;
pub(crate) use inspector::InspectorTexts;
pub(crate) use metrics::MetricsTexts;
pub(crate) use network::NetworkTexts;
pub(crate) use number::{Decimal, command_text, count_text, latency_text, read_mode_text, within};
pub(crate) use spacetime::SpaceTimeTexts;

impl Lang {
    /// The texts in this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &english::TEXTS,
            Self::Spanish => &spanish::TEXTS,
            Self::Portuguese => &portuguese::TEXTS,
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
pub(crate) fn use_texts() -> &'static Texts {
    use_lang().texts()
}

/// Everything that the shell and the panels say.
pub(crate) struct Texts {
    pub(crate) shell: ShellTexts,
    pub(crate) setup: SetupTexts,
    pub(crate) wrong_rules: WrongRulesTexts,
    pub(crate) transport: TransportTexts,
    pub(crate) logs: LogsTexts,
    pub(crate) state: StateTexts,
    pub(crate) operations: OperationsTexts,
    pub(crate) events: EventsTexts,
    pub(crate) picture: PictureTexts,
    pub(crate) branches: BranchesTexts,
    pub(crate) files: FilesTexts,
}

/// The header, the layout and the notices.
pub(crate) struct ShellTexts {
    pub(crate) help: &'static str,
    pub(crate) new_here: &'static str,
    pub(crate) take_tour: &'static str,
    pub(crate) no_tour: &'static str,
    pub(crate) projector: &'static str,
    pub(crate) inspector: &'static str,
    pub(crate) figure: &'static str,
    pub(crate) metrics: &'static str,
    pub(crate) network: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) on_stage: &'static str,
    pub(crate) spacetime: &'static str,
    pub(crate) history: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) safety: &'static str,
    pub(crate) safe: &'static str,
    pub(crate) violated: fn(property: &str, at: Time) -> String,
    pub(crate) linearizable: &'static str,
    pub(crate) not_linearizable: fn(at: Time) -> String,
    pub(crate) undecided: fn(key: &str, at: Time) -> String,
    pub(crate) more_violations: fn(usize) -> String,
    pub(crate) theme: &'static str,
    pub(crate) theme_system: &'static str,
    pub(crate) theme_light: &'static str,
    pub(crate) theme_dark: &'static str,
    pub(crate) language: &'static str,
    pub(crate) panels: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) start_new_run: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) coming: &'static str,
    pub(crate) did_not_come: &'static str,
    pub(crate) again: &'static str,
}

/// The set-up of a new run.
pub(crate) struct SetupTexts {
    pub(crate) title: &'static str,
    pub(crate) nodes: &'static str,
    pub(crate) seed: &'static str,
    pub(crate) random_seed: &'static str,
    pub(crate) new_run: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) settings_hint: &'static str,
    pub(crate) elections: &'static str,
    pub(crate) storage: &'static str,
    pub(crate) clients: &'static str,
    pub(crate) replication: &'static str,
    pub(crate) election: &'static str,
    pub(crate) election_min: &'static str,
    pub(crate) election_max: &'static str,
    pub(crate) disk: &'static str,
    pub(crate) disk_min: &'static str,
    pub(crate) disk_max: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) heartbeat: &'static str,
    pub(crate) reads: &'static str,
    pub(crate) max_batch: &'static str,
    pub(crate) max_inflight: &'static str,
    pub(crate) snapshot_after: &'static str,
    pub(crate) lose_unsynced: &'static str,
    pub(crate) pre_vote: &'static str,
    pub(crate) check_quorum: &'static str,
    pub(crate) clock_bound: &'static str,
    pub(crate) session_timeout: &'static str,
    pub(crate) bound: &'static str,
    pub(crate) defaults: &'static str,
    pub(crate) whole: fn(low: u64, high: u64) -> String,
    pub(crate) millis: fn(low: u64, high: u64) -> String,
    pub(crate) order: &'static str,
}

/// The rules that are wrong on purpose.
pub(crate) struct WrongRulesTexts {
    pub(crate) title: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) mend: &'static str,
    pub(crate) falls: fn(Falls) -> String,
    /// What each does wrong, in a sentence.
    pub(crate) what: fn(Mutant) -> &'static str,
}

/// The transport bar.
pub(crate) struct TransportTexts {
    pub(crate) title: &'static str,
    pub(crate) play: &'static str,
    pub(crate) pause: &'static str,
    pub(crate) step: &'static str,
    pub(crate) step_back: &'static str,
    pub(crate) start: &'static str,
    pub(crate) end: &'static str,
    /// The event that matters before the playhead or after it, of one node or of all.
    pub(crate) jump: fn(back: bool, of: Option<NodeId>) -> String,
    pub(crate) more: &'static str,
    pub(crate) playhead: &'static str,
    pub(crate) at: fn(now: Time, end: Time) -> String,
    pub(crate) until: &'static str,
    /// What one can run until, in the order of the menu; the last leads to the kinds of message.
    pub(crate) untils: [&'static str; 8],
    pub(crate) undo: fn(what: Option<&Change>) -> String,
    pub(crate) redo: fn(what: Option<&Change>) -> String,
    /// What leads back to the future that was left.
    pub(crate) old_future: &'static str,
    /// What leads back to the run that was shown before.
    pub(crate) last_run: &'static str,
    pub(crate) said: fn(&Said) -> String,
    pub(crate) under_way: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) speed: &'static str,
    pub(crate) times_real: fn(factor: &str) -> String,
    /// The speed that is reached, when it is less than the one chosen.
    pub(crate) only: fn(factor: &str) -> String,
    pub(crate) too_fast: &'static str,
    pub(crate) time: &'static str,
    pub(crate) events: fn(count: u64) -> String,
}

/// What an entry of a log is on its node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EntryState {
    pub(crate) durable: bool,
    pub(crate) committed: bool,
    pub(crate) applied: bool,
}

/// The logs.
pub(crate) struct LogsTexts {
    pub(crate) title: &'static str,
    pub(crate) node: &'static str,
    pub(crate) jump: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) leads: &'static str,
    pub(crate) down: &'static str,
    pub(crate) configuration: &'static str,
    pub(crate) snapshot: &'static str,
    pub(crate) entry: fn(index: u64, term: u64, command: &str, state: EntryState) -> String,
    pub(crate) matches: &'static str,
    pub(crate) next: &'static str,
    pub(crate) commit: &'static str,
    pub(crate) differs: &'static str,
    pub(crate) index: &'static str,
}

/// The state machines.
pub(crate) struct StateTexts {
    pub(crate) title: &'static str,
    pub(crate) key: &'static str,
    pub(crate) applied: fn(index: u64) -> String,
    pub(crate) members: &'static str,
    pub(crate) down: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) differs: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) expand: fn(key: &str) -> String,
    pub(crate) close: &'static str,
}

/// The clients' operations.
pub(crate) struct OperationsTexts {
    pub(crate) title: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: &'static str,
    pub(crate) write: &'static str,
    pub(crate) read: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) reads_from: &'static str,
    pub(crate) leader: &'static str,
    pub(crate) followers: &'static str,
    pub(crate) read_mode: &'static str,
    pub(crate) key_missing: &'static str,
    pub(crate) key_long: fn(has: usize, most: usize) -> String,
    pub(crate) value_long: fn(has: usize, most: usize) -> String,
    pub(crate) client: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) outcome: &'static str,
    pub(crate) answered_by: &'static str,
    pub(crate) tries: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) waiting_at: fn(NodeId) -> String,
    pub(crate) ok: fn(Option<Span>) -> String,
    pub(crate) failed: fn(why: &str) -> String,
    pub(crate) unknown: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) empty: &'static str,
}

/// The event log.
pub(crate) struct EventsTexts {
    pub(crate) title: &'static str,
    pub(crate) node: &'static str,
    pub(crate) all_nodes: &'static str,
    pub(crate) kinds: &'static str,
    pub(crate) election: &'static str,
    pub(crate) replication: &'static str,
    pub(crate) client: &'static str,
    pub(crate) fault: &'static str,
    pub(crate) download: &'static str,
    pub(crate) jump: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) none_match: &'static str,
}

/// The branches, and two of them side by side.
pub(crate) struct BranchesTexts {
    pub(crate) title: &'static str,
    /// The name of the first branch.
    pub(crate) first: &'static str,
    /// What stands before the time at which a branch begins.
    pub(crate) from: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) compare_with: &'static str,
    pub(crate) discard: &'static str,
    pub(crate) sure: &'static str,
    pub(crate) comparison: &'static str,
    pub(crate) swap: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) on_its_way: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) beside: &'static str,
    pub(crate) part: fn(at: Time) -> String,
    pub(crate) do_not_part: &'static str,
    /// What is looked for.
    pub(crate) where_they_part: &'static str,
    pub(crate) go: &'static str,
    /// The heading of the row that says what came where they part.
    pub(crate) then: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) term: &'static str,
    pub(crate) commit: &'static str,
}

/// Pictures of the stage.
pub(crate) struct PictureTexts {
    pub(crate) svg: &'static str,
    pub(crate) png: &'static str,
    /// What stands before the number under the picture.
    pub(crate) seed: &'static str,
}

/// The run's menu: links, files, the editor, exports.
pub(crate) struct FilesTexts {
    pub(crate) title: &'static str,
    pub(crate) copy_link: &'static str,
    pub(crate) open: &'static str,
    pub(crate) save: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) export_lines: &'static str,
    pub(crate) export_shiviz: &'static str,
    pub(crate) exporting: fn(name: &str) -> String,
    pub(crate) stop: &'static str,
    pub(crate) drop_here: &'static str,
    pub(crate) link: &'static str,
    pub(crate) copied: fn(characters: usize) -> String,
    pub(crate) copy_yourself: &'static str,
    pub(crate) no_link: &'static str,
    pub(crate) bad_link: &'static str,
    pub(crate) link_error: fn(&ShareError) -> String,
    pub(crate) opened: fn(title: &str) -> String,
    /// Of several files one was taken.
    pub(crate) only_first: fn(count: u32) -> String,
    pub(crate) too_large: fn() -> String,
    pub(crate) unreadable: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) scenario: &'static str,
    pub(crate) text: &'static str,
    pub(crate) run_it: &'static str,
    pub(crate) revert: &'static str,
    pub(crate) close: &'static str,
    pub(crate) is_right: &'static str,
    pub(crate) problems: fn(count: usize) -> String,
    pub(crate) problems_list: &'static str,
    pub(crate) is_trace: &'static str,
    pub(crate) restored: &'static str,
    pub(crate) no_last: &'static str,
    pub(crate) no_picture: &'static str,
    pub(crate) forgotten: &'static str,
    pub(crate) is_exporting: &'static str,
    pub(crate) kept: &'static str,
}
