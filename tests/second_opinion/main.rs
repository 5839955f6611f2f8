//! A second opinion on the core: the same random scripts of proposals, crashes, cuts, losses and
//! timeouts are driven through it and through the `raft` crate's, and what both must agree on is
//! compared.
//!
//! The two never say the same things at the same moments: they differ in how they probe, batch and
//! refuse. So each is checked on its own for what Raft promises whatever happens ([`cluster`]), and
//! against the other for what follows from the script alone.

mod cluster;
mod core;
mod flotilla;
mod raft_crate;
mod script;

use proptest::prelude::*;

use crate::cluster::{Cluster, Outcome};
use crate::core::{Options, Server};
use crate::flotilla::Flotilla;
use crate::raft_crate::RaftCrate;
use crate::script::{Act, calm, stepwise, wild};

fn options(voters: impl Strategy<Value = u8>) -> impl Strategy<Value = Options> {
    (voters, any::<bool>(), any::<bool>()).prop_map(|(voters, pre_vote, check_quorum)| Options {
        voters,
        pre_vote,
        check_quorum,
    })
}

fn wild_scripts() -> impl Strategy<Value = (Options, Vec<Act>)> {
    let voters = prop_oneof![3 => Just(3u8), 1 => Just(2), 2 => Just(5)];
    options(voters).prop_flat_map(|options| (Just(options), wild(options.voters)))
}

fn stepwise_scripts() -> impl Strategy<Value = (Options, Vec<Act>)> {
    (2..=5u8).prop_flat_map(|voters| {
        let options = Options {
            voters,
            pre_vote: true,
            check_quorum: true,
        };
        (Just(options), stepwise(voters))
    })
}

/// Nothing that was acknowledged is lost.
fn keeps_its_word<S: Server>(outcome: &Outcome) {
    let commands = outcome.commands();
    for command in &outcome.acknowledged {
        assert!(commands.contains(command), "{}: lost {command}", S::NAME);
    }
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(5000))]

    /// At most one leader a term, one history of commits, nothing acknowledged lost: at every step, in
    /// either core. Once healed, either comes to one leader, equal logs and a fresh commit.
    #[test]
    fn whatever_is_done_both_cores_keep_what_raft_promises((options, script) in wild_scripts()) {
        let own = Cluster::<Flotilla>::run(options, &script);
        let other = Cluster::<RaftCrate>::run(options, &script);
        keeps_its_word::<Flotilla>(&own);
        keeps_its_word::<RaftCrate>(&other);
        // What both acknowledged both have, in the same order.
        let both = own.acknowledged.intersection(&other.acknowledged);
        let both: Vec<_> = both.copied().collect();
        for outcome in [&own, &other] {
            let mut commands = outcome.commands();
            commands.retain(|command| both.contains(command));
            prop_assert_eq!(&commands, &both);
        }
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    /// Term by term and entry by entry.
    #[test]
    fn an_unchallenged_leader_commits_the_same_log_in_both_cores(
        options in options(2..=5u8),
        script in calm(),
    ) {
        let own = Cluster::<Flotilla>::run(options, &script);
        let other = Cluster::<RaftCrate>::run(options, &script);
        prop_assert_eq!(&own.committed, &other.committed);
        prop_assert_eq!(&own.acknowledged, &other.acknowledged);
        prop_assert_eq!(&own.leaders, &other.leaders);
        let proposed = script.iter().filter(|act| matches!(act, Act::Propose(_))).count();
        // One more while it settled.
        prop_assert_eq!(own.commands().len(), proposed + 1);
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    /// The same node leads and the same commands are committed after every step.
    #[test]
    fn step_by_step_both_cores_elect_and_commit_the_same(
        (options, script) in stepwise_scripts(),
    ) {
        let own = Cluster::<Flotilla>::run(options, &script);
        let other = Cluster::<RaftCrate>::run(options, &script);
        for (at, pictures) in own.pictures.iter().zip(&other.pictures).enumerate() {
            prop_assert_eq!(pictures.0, pictures.1, "after step {}", at + 1);
        }
        prop_assert_eq!(own.commands(), other.commands());
    }
}
