//! When steps are, and when the run ends.

use super::right;
use crate::raft::Time;
use crate::scenario::Scenario;

fn times(scenario: &Scenario) -> Vec<(u64, u32)> {
    let steps = scenario.steps.iter();
    steps.map(|step| (step.at.0 / 1_000, step.line)).collect()
}

#[test]
fn a_step_is_at_its_time_or_after_the_one_before_it_in_the_file() {
    let scenario = right(
        r#"title = "t"
        [[step]]
        crash = "S1"
        [[step]]
        at = "3s"
        crash = "S2"
        [[step]]
        after = "200ms"
        restart = "S2"
        [[step]]
        at = "1s"
        restart = "S1"
        [[step]]
        pause = "S1"
        [[step]]
        after = "2s"
        resume = "S1"
        "#,
    );
    let expected = [
        (0, 2),
        (1_000, 10),
        (1_000, 13),
        (3_000, 4),
        (3_000, 15),
        (3_200, 7),
    ];
    assert_eq!(times(&scenario), expected);
}

#[test]
fn a_run_ends_two_seconds_after_its_last_step() {
    let scenario = right("title = \"t\"\n[[step]]\nat = \"3s\"\ncrash = \"S1\"");
    assert_eq!(scenario.until, Time(5_000_000));
}

#[test]
fn a_run_goes_on_until_its_expectations_are_decided_unless_it_says_otherwise() {
    let text = "title = \"t\"\n[[step]]\nat = \"3s\"\nexpect = { safe = true, within = \"10s\" }\n\
                [[step]]\nat = \"4s\"\ncrash = \"S1\"";
    assert_eq!(right(text).until, Time(13_000_000));
    assert_eq!(
        right(&format!("until = \"4s\"\n{text}")).until,
        Time(4_000_000)
    );
}

#[test]
fn a_load_may_outlast_the_run() {
    let scenario = right("title = \"t\"\n[[step]]\nchaos = { until = \"20s\" }");
    assert_eq!(scenario.until, Time(2_000_000));
}
