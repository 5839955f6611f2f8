//! What is shared is opened as it was; what has changed on its way is not opened.

use proptest::prelude::*;

use crate::kv::{ClientId, Operation};
use crate::raft::{Mutant, Policy};
use crate::scenario::hunt::Hunt;
use crate::scenario::{Run, Step, Verb};

use super::*;

fn digest(scenario: &Scenario) -> u64 {
    let mut run = Run::new(scenario.clone().into(), scenario.seed);
    run.run_to_end();
    run.world().digest().value()
}

fn is_opened_as_it_was(shared: &Shared) {
    let fragment = encode(shared).expect("a link can hold it");
    let opened = decode(&fragment).map(shared_without_lines);
    assert_eq!(opened, Ok(shared_without_lines(shared.clone())));
}

/// Any scenario: what a hunter made up, with texts of all kinds in it.
fn any_scenario() -> impl Strategy<Value = Scenario> {
    let texts = proptest::collection::vec((any::<String>(), any::<String>()), 0..6);
    (0..1_000_000_u64, any::<bool>(), "[^\\p{C}]{0,20}", texts).prop_map(
        |(seed, wrong, title, texts)| {
            let policy = match wrong {
                true => Policy::from_iter([Mutant::ForgetVote]),
                false => Policy::CORRECT,
            };
            let hunt = Hunt {
                nodes: None,
                policy,
            };
            let mut scenario = hunt.run(seed).scenario().clone();
            scenario.title = format!("{title}.");
            let step = |(key, value): (String, String)| Step {
                at: scenario.until,
                line: 0,
                after_events: key.len() as u32 % 7,
                verb: Verb::Operation {
                    client: ClientId(0),
                    operation: Operation::Put {
                        key: key.into(),
                        value: value.into(),
                    },
                    node: None,
                },
            };
            scenario.steps.extend(texts.into_iter().map(step));
            scenario
        },
    )
}

prop_compose! {
    fn any_shared()(branches in proptest::collection::vec(any_scenario(), 1..4))(
        shown in 0..branches.len(),
        branches in Just(branches),
        tick in any::<u64>(),
        at in 0..=LATEST.0,
        speed in proptest::num::f64::POSITIVE | proptest::num::f64::SUBNORMAL,
        selected in proptest::option::of(1..=NodeId::MAX),
        ends in proptest::collection::vec((any::<u64>(), 0..=LATEST.0), 0..4),
    ) -> Shared {
        let selected = selected.and_then(NodeId::new);
        let ends = ends.into_iter().take(branches.len());
        let ends = ends.map(|(tick, at)| Moment { tick, at: Time(at) }).collect();
        Shared { branches, ends, shown, tick, at: Time(at), speed: speed.abs(), selected }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn anything_shared_is_opened_as_it_was(shared in any_shared()) {
        is_opened_as_it_was(&shared);
    }
}

proptest! {
    #[test]
    fn any_fragment_is_read(fragment in any::<String>()) {
        prop_assert!(decode(&fragment).is_err());
        prop_assert!(decode(&("1.".to_owned() + &fragment)).is_err());
    }

    #[test]
    fn any_letters_are_read(letters in "[A-Za-z0-9_-]{0,300}") {
        prop_assert!(decode(&("1.".to_owned() + &letters)).is_err());
    }

    #[test]
    fn any_packed_text_is_unpacked(bytes in proptest::collection::vec(any::<u8>(), 0..60), length in 0_usize..2_000) {
        prop_assert_eq!(pack::unpack(&bytes, length).len(), length);
    }

    #[test]
    fn any_bytes_are_unpacked_as_they_were(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert_eq!(pack::unpack(&pack::pack(&bytes), bytes.len()), bytes);
    }
}

#[test]
fn the_scenario_of_everything_is_opened_as_it_was() {
    let everything = scenario(include_str!(
        "../../../scenario/format/write/everything.toml"
    ));
    is_opened_as_it_was(&sharing(vec![everything]));
}

#[test]
fn what_was_hunted_has_the_same_digest_when_it_is_opened() {
    for seed in 1..=20 {
        let hunted = Hunt::default().run(seed).scenario().clone();
        let shared = sharing(vec![hunted]);
        let opened = decode(&encode(&shared).expect("it is small")).expect("it is whole");
        assert_eq!(
            digest(&opened.branches[0]),
            digest(&shared.branches[0]),
            "seed {seed}"
        );
    }
}

#[test]
fn a_link_with_any_bit_turned_is_refused() {
    let fragment = encode(&small()).expect("it is small");
    for place in 0..fragment.len() {
        for bit in 0..8 {
            let mut bytes = fragment.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            refused(&String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_link_that_is_cut_anywhere_is_refused() {
    let fragment = encode(&small()).expect("it is small");
    for end in 0..fragment.len() {
        assert_eq!(refused(&fragment[..end]), ShareError::Damaged, "{end}");
        assert_eq!(
            refused(&fragment[fragment.len() - end..]),
            ShareError::Damaged,
            "{end}"
        );
    }
    for more in ["A", ".", ")", " ", "%20", "\n"] {
        assert_eq!(refused(&format!("{fragment}{more}")), ShareError::Damaged);
    }
}
