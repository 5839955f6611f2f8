//! What a link says is as far as one can go, and what it says wrongly leads nowhere.

use super::*;

fn live() -> Timeline {
    Timeline::new(Run::live(Default::default(), 1))
}

fn play(timeline: &mut Timeline, until: u64) {
    timeline.play(Time(until), usize::MAX, &mut |_| {});
}

fn go_to(timeline: &mut Timeline, at: u64) {
    timeline.seek(Time(at));
    assert_eq!(arrive(timeline), Progress::Arrived);
}

/// The timeline that a link of this one opens.
fn opened(timeline: &Timeline) -> Timeline {
    let (branches, shown) = (timeline.branches(), timeline.branch().id());
    let scripts = branches.iter().map(|branch| Arc::new(branch.shared()));
    let shown = branches.iter().position(|branch| branch.id() == shown);
    let again = Timeline::of_branches(scripts.collect(), shown.expect("it is there"));
    let mut again = again.expect("they are of one run");
    let ends: Vec<_> = branches.iter().map(Branch::known).collect();
    again.tell_ends(&ends);
    again.seek_moment(timeline.moment());
    assert_eq!(arrive(&mut again), Progress::Arrived);
    assert_eq!(again.moment(), timeline.moment());
    again
}

/// Run to 4 s with a crash at 1 s, and from 2 s on otherwise, to 3 s.
fn forked() -> Timeline {
    let mut timeline = live();
    play(&mut timeline, 1_000_000);
    timeline.act(Verb::Crash(node(1))).expect("it is up");
    play(&mut timeline, 4_000_000);
    go_to(&mut timeline, 2_000_000);
    timeline.act(Verb::Restart(node(1))).expect("it is down");
    play(&mut timeline, 3_000_000);
    timeline
}

#[test]
fn a_branch_of_a_link_is_known_as_far_as_it_had_been_run() {
    let timeline = forked();
    let mut again = opened(&timeline);
    let known = |timeline: &Timeline| {
        let branches = timeline.branches().iter();
        branches
            .map(|branch| (branch.known(), branch.known_until()))
            .collect::<Vec<_>>()
    };
    assert_eq!(known(&again), known(&timeline));
    again.show(again.branches()[0].id());
    arrive(&mut again);
    assert_eq!(again.moment().at, Time(3_000_000), "not its last act");
    again.seek_end();
    arrive(&mut again);
    assert_eq!(again.moment(), timeline.branches()[0].end());
    assert_eq!(again.branch().end(), again.branch().known());
}

#[test]
fn acting_before_the_end_that_a_link_tells_of_begins_a_branch() {
    let mut timeline = forked();
    go_to(&mut timeline, 2_500_000);
    let mut again = opened(&timeline);
    again.act(write(1)).expect("it can be asked");
    assert_eq!(again.branches().len(), 3);
    assert_eq!(
        again.branches()[1].known_until(),
        Time(3_000_000),
        "the old future stays"
    );
    // At the end there is no other future.
    let mut again = opened(&forked());
    again.act(write(1)).expect("it can be asked");
    assert_eq!(again.branches().len(), 2);
}

#[test]
fn what_was_done_on_a_branch_of_a_link_can_be_done_again_before_it_has_been_run() {
    let mut timeline = forked();
    go_to(&mut timeline, 500_000);
    let mut again = opened(&timeline);
    assert_eq!(again.branch().done(), []);
    for (at, step) in [
        (1_000_000, Verb::Crash(node(1))),
        (2_000_000, Verb::Restart(node(1))),
    ] {
        assert_eq!(again.redoable().map(|step| &step.verb), Some(&step));
        assert_eq!(again.redo().map(|step| step.verb), Some(step));
        assert_eq!(arrive(&mut again), Progress::Arrived);
        assert_eq!(again.moment().at, Time(at));
        assert_is_as_straight(&again);
    }
    assert_eq!(again.run().steps_taken(), 2);
    assert_eq!(again.redo(), None);
}

#[test]
fn an_end_that_is_not_true_is_gone_to_in_parts_and_forgotten_there() {
    let until = Time(24 * 60 * 60 * 1_000_000);
    let mut timeline = live();
    timeline.tell_ends(&[Moment {
        tick: u64::MAX,
        at: until,
    }]);
    timeline.seek_end();
    for _ in 0..10 {
        let before = timeline.moment();
        assert!(matches!(
            timeline.work(FRAME, &mut |_| {}),
            Progress::UnderWay(_)
        ));
        assert_eq!(timeline.moment(), before);
    }
    timeline.stop();
    assert_eq!(timeline.moment().tick, 10 * FRAME as u64);

    let mut timeline = live();
    let at = Time(2_000_000);
    timeline.tell_ends(&[Moment { tick: u64::MAX, at }]);
    timeline.seek_end();
    assert_eq!(arrive(&mut timeline), Progress::Arrived);
    assert_eq!(timeline.moment().at, at);
    play(&mut timeline, 2_500_000);
    assert_eq!(timeline.branch().known(), timeline.moment());
    timeline.act(write(1)).expect("it can be asked");
    assert_eq!(timeline.branches().len(), 1);

    // Nothing is done after the end of a file.
    let mut timeline = wild_timeline(1);
    timeline.tell_ends(&[Moment { tick: 0, at: until }]);
    assert_eq!(timeline.branch().known_until(), Time(9_000_000));
}

#[test]
fn a_moment_with_more_done_than_its_time_allows_is_bounded_by_its_time() {
    for at in [0, 500_000] {
        let mut timeline = live();
        timeline.seek_moment(Moment {
            tick: u64::MAX,
            at: Time(at),
        });
        assert_ne!(timeline.work(100_000, &mut |_| {}), Progress::Idle);
        assert!(!timeline.is_under_way(), "it ends");
        assert_eq!(timeline.moment().at, Time(at));
    }
}
