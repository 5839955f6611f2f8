//! What the user has typed for a new run, and the configuration that it means.

use crate::raft::{ClockBound, NodeSet, Policy, Span};
use crate::scenario::decimal;
use crate::sim::{Config, ReadMode, SpanRange};
use crate::ui::session::RunView;
use crate::ui::text::{Lang, SettingsTexts, SetupTexts};
use crate::ui::view::NODES_MAX;

/// The most milliseconds of any timeout.
const MILLIS_MAX: u64 = 60_000;
/// The most entries in a message, messages under way, and entries until a snapshot, that can be asked
/// for.
const COUNT_MAX: u64 = 10_000;

/// A field that takes a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Nodes,
    Seed,
    ElectionMin,
    ElectionMax,
    Heartbeat,
    DiskMin,
    DiskMax,
    MaxBatch,
    MaxInflight,
    ClockBound,
    SessionTimeout,
    SnapshotAfter,
}

impl Field {
    /// How many there are.
    const COUNT: usize = Self::SnapshotAfter as usize + 1;

    /// Its name in the form.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Seed => "seed",
            Self::ElectionMin => "election-min",
            Self::ElectionMax => "election-max",
            Self::Heartbeat => "heartbeat",
            Self::DiskMin => "disk-min",
            Self::DiskMax => "disk-max",
            Self::MaxBatch => "max-batch",
            Self::MaxInflight => "max-inflight",
            Self::ClockBound => "clock-bound",
            Self::SessionTimeout => "session-timeout",
            Self::SnapshotAfter => "snapshot-after",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Problem {
    /// It must be a whole number in this range.
    Whole(u64, u64),
    /// It must be milliseconds in this range.
    Millis(u64, u64),
    /// It must be a number that a bound on clocks can be.
    Bound,
    /// The upper end of a range is below the lower.
    Order,
}

impl Problem {
    /// In words.
    pub(super) fn text(self, lang: Lang) -> String {
        let texts = SettingsTexts::new(lang);
        match self {
            // The only one that a field can have that is always in view.
            Self::Whole(low, high) => SetupTexts::new(lang).whole(low, high),
            Self::Millis(low, high) => texts.millis(low, high),
            Self::Bound => texts.bound().to_owned(),
            Self::Order => texts.order().to_owned(),
        }
    }
}

/// What is wrong, field by field.
pub(super) type Problems = Vec<(Field, Problem)>;

/// What is typed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Draft {
    numbers: [String; Field::COUNT],
    /// How reads are answered.
    pub(super) reads: ReadMode,
    /// Whether a crash loses what was not yet durable.
    pub(super) lose_unsynced: bool,
    /// Whether a node asks if it could win before it campaigns.
    pub(super) pre_vote: bool,
    /// Whether a leader without a majority steps down.
    pub(super) check_quorum: bool,
    /// Which rules are wrong on purpose.
    pub(super) policy: Policy,
}

impl Draft {
    /// The draft that means the run as it was started.
    pub(super) fn of(run: &RunView) -> Self {
        Self::of_config(&run.config, run.seed)
    }

    fn of_config(config: &Config, seed: u64) -> Self {
        let mut draft = Self {
            numbers: Default::default(),
            reads: config.raft.reads,
            lose_unsynced: config.disk.lose_unsynced,
            pre_vote: config.raft.pre_vote,
            check_quorum: config.raft.check_quorum,
            policy: config.raft.policy,
        };
        let (election, disk) = (config.raft.election_timeout, config.disk.sync);
        for (field, text) in [
            (Field::Nodes, config.nodes.len().to_string()),
            (Field::Seed, seed.to_string()),
            (Field::ElectionMin, millis_text(election.low())),
            (Field::ElectionMax, millis_text(election.high())),
            (Field::Heartbeat, millis_text(config.raft.heartbeat)),
            (Field::DiskMin, millis_text(disk.low())),
            (Field::DiskMax, millis_text(disk.high())),
            (Field::MaxBatch, config.raft.max_batch.to_string()),
            (Field::MaxInflight, config.raft.max_inflight.to_string()),
            (Field::ClockBound, config.raft.clock_bound.to_string()),
            (
                Field::SessionTimeout,
                millis_text(config.clients.session_timeout),
            ),
            (Field::SnapshotAfter, config.raft.snapshot_after.to_string()),
        ] {
            draft.set(field, text);
        }
        draft
    }

    /// This draft with the defaults in every field but the number of nodes and the seed.
    pub(super) fn with_defaults(&self) -> Self {
        let mut draft = Self::of_config(&Config::default(), 0);
        for field in [Field::Nodes, Field::Seed] {
            draft.set(field, self.get(field).to_owned());
        }
        draft
    }

    /// What is typed in a field.
    pub(super) fn get(&self, field: Field) -> &str {
        &self.numbers[field as usize]
    }

    /// Types into a field.
    pub(super) fn set(&mut self, field: Field, text: String) {
        self.numbers[field as usize] = text;
    }

    /// The configuration and the seed that it means. What the form does not ask for is as in `base`;
    /// every node starts fresh.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub(super) fn check(&self, base: &Config) -> Result<(Config, u64), Problems> {
        let mut reader = Reader {
            draft: self,
            problems: Vec::new(),
        };
        let nodes = reader.whole(Field::Nodes, 1, NODES_MAX as u64);
        let seed = reader.whole(Field::Seed, 0, u64::MAX);
        let election_timeout = reader.range(Field::ElectionMin, Field::ElectionMax, 1);
        let heartbeat = reader.millis(Field::Heartbeat, 1);
        let sync = reader.range(Field::DiskMin, Field::DiskMax, 0);
        let max_batch = reader.whole(Field::MaxBatch, 1, COUNT_MAX);
        let max_inflight = reader.whole(Field::MaxInflight, 1, COUNT_MAX);
        let clock_bound = reader.bound(Field::ClockBound);
        let session_timeout = reader.millis(Field::SessionTimeout, 1);
        let snapshot_after = reader.whole(Field::SnapshotAfter, 0, COUNT_MAX);
        if !reader.problems.is_empty() {
            return Err(reader.problems);
        }
        let mut config = base.clone();
        config.nodes = NodeSet::first(nodes as usize);
        config.start = Vec::new();
        config.raft.election_timeout = election_timeout;
        config.raft.heartbeat = heartbeat;
        config.raft.reads = self.reads;
        config.raft.clock_bound = clock_bound;
        config.clients.session_timeout = session_timeout;
        config.raft.max_batch = max_batch as usize;
        config.raft.max_inflight = max_inflight as usize;
        config.raft.snapshot_after = snapshot_after;
        config.disk.sync = sync;
        config.disk.lose_unsynced = self.lose_unsynced;
        config.raft.pre_vote = self.pre_vote;
        config.raft.check_quorum = self.check_quorum;
        config.raft.policy = self.policy;
        Ok((config, seed))
    }
}

/// Reads a draft and gathers all that is wrong; a wrong field reads as its least.
struct Reader<'a> {
    draft: &'a Draft,
    problems: Problems,
}

impl Reader<'_> {
    fn whole(&mut self, field: Field, low: u64, high: u64) -> u64 {
        let number = self.draft.get(field).trim().parse().ok();
        number
            .filter(|number| (low..=high).contains(number))
            .unwrap_or_else(|| {
                self.problems.push((field, Problem::Whole(low, high)));
                low
            })
    }

    fn millis(&mut self, field: Field, low: u64) -> Span {
        let span = parse_millis(self.draft.get(field));
        span.filter(|&span| span >= Span::from_millis(low) && span <= Span::from_millis(MILLIS_MAX))
            .unwrap_or_else(|| {
                self.problems
                    .push((field, Problem::Millis(low, MILLIS_MAX)));
                Span::from_millis(low)
            })
    }

    fn bound(&mut self, field: Field) -> ClockBound {
        let factor = decimal(&self.draft.get(field).trim().replace(',', "."));
        factor.and_then(ClockBound::new).unwrap_or_else(|| {
            self.problems.push((field, Problem::Bound));
            ClockBound::default()
        })
    }

    fn range(&mut self, low: Field, high: Field, least: u64) -> SpanRange {
        let before = self.problems.len();
        let spans = (self.millis(low, least), self.millis(high, least));
        SpanRange::new(spans.0, spans.1).unwrap_or_else(|| {
            if self.problems.len() == before {
                self.problems.push((high, Problem::Order));
            }
            SpanRange::exactly(spans.0)
        })
    }
}

/// Milliseconds with up to three decimals, after a point or a comma.
fn parse_millis(text: &str) -> Option<Span> {
    let (whole, fraction) = text
        .trim()
        .split_once(['.', ','])
        .unwrap_or((text.trim(), ""));
    if fraction.len() > 3 || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let micros: u64 = format!("{fraction:0<3}").parse().ok()?;
    Some(Span(
        whole.parse::<u64>().ok()?.checked_mul(1_000)? + micros,
    ))
}

fn millis_text(span: Span) -> String {
    match span.as_micros() % 1_000 {
        0 => (span.as_micros() / 1_000).to_string(),
        rest => {
            let fraction = format!("{rest:03}");
            format!(
                "{}.{}",
                span.as_micros() / 1_000,
                fraction.trim_end_matches('0')
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::raft::Mutant;

    fn draft() -> Draft {
        Draft::of_config(&Config::default(), 7)
    }

    #[test]
    fn a_draft_of_a_run_means_that_run() {
        assert_eq!(
            draft().check(&Config::default()),
            Ok((Config::default(), 7))
        );
    }

    #[test]
    fn broken_rules_stay_broken_until_the_defaults_mend_them() {
        let mut config = Config::default();
        config.raft.policy.insert(Mutant::ForgetVote);
        let draft = Draft::of_config(&config, 7);
        assert_eq!(draft.check(&Config::default()), Ok((config.clone(), 7)));
        let mended = draft.with_defaults().check(&config);
        assert_eq!(mended, Ok((Config::default(), 7)));
    }

    #[test]
    fn a_seed_is_any_u64_and_nothing_else() {
        let mut draft = draft();
        draft.set(Field::Seed, u64::MAX.to_string());
        assert_eq!(
            draft.check(&Config::default()).map(|(_, seed)| seed),
            Ok(u64::MAX)
        );
        for wrong in ["", "-1", "x", "1.5", "18446744073709551616"] {
            draft.set(Field::Seed, wrong.to_owned());
            let problem = (Field::Seed, Problem::Whole(0, u64::MAX));
            assert_eq!(
                draft.check(&Config::default()),
                Err(vec![problem]),
                "{wrong}"
            );
        }
    }

    #[test]
    fn every_wrong_field_is_named_once() {
        let mut draft = draft();
        draft.set(Field::Nodes, "10".to_owned());
        draft.set(Field::ElectionMin, "300".to_owned());
        draft.set(Field::ElectionMax, "150".to_owned());
        draft.set(Field::DiskMin, "soon".to_owned());
        assert_eq!(
            draft.check(&Config::default()),
            Err(vec![
                (Field::Nodes, Problem::Whole(1, 9)),
                (Field::ElectionMax, Problem::Order),
                (Field::DiskMin, Problem::Millis(0, MILLIS_MAX)),
            ])
        );
    }

    #[test]
    fn milliseconds_are_read_as_they_are_written() {
        for (text, micros) in [("0", 0), ("12.5", 12_500), ("0,02", 20), (" 150 ", 150_000)] {
            assert_eq!(parse_millis(text), Some(Span(micros)), "{text}");
        }
        for span in [0, 20, 12_500, 150_000] {
            assert_eq!(parse_millis(&millis_text(Span(span))), Some(Span(span)));
        }
        for wrong in ["", ".", "1.2345", "1e3", "-1", "+1", "99999999999999999999"] {
            assert_eq!(parse_millis(wrong), None, "{wrong}");
        }
    }
}
