//! What is shown after going through time is what was shown when it was first played.

use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::act::Act;
use super::super::session::Session;
use super::super::view::EventLine;
use super::log::LINES_MAX;
use super::*;
use crate::timeline::{Kind, Sought, Wanted};

/// A loss of many messages, and more lines than the log keeps of the tests.
const BUSY: &str = r#"
title = "Many writes, many losses"
until = "30s"

[network]
loss = 0.2

[[step]]
at = "500ms"
load = { clients = 2, rate = 20, keys = 3, writes = 1.0, until = "30s" }
"#;

const SECOND: u64 = 1_000_000;

/// A session that stands at that time of the run, which was played to there.
fn at(seconds: u64) -> LiveSession {
    let session = LiveSession::default();
    session.load(BUSY).unwrap();
    session.act(Act::Halt).unwrap();
    session.run_until(Time(seconds * SECOND));
    session
}

fn do_all(session: &LiveSession, act: Act) {
    session.act(act).unwrap();
    while session.state.borrow().timeline.is_under_way() {
        session.tick(0.016);
    }
}

/// Lets frames go by while time stands.
fn rest(session: &LiveSession) {
    for _ in 0..500 {
        session.tick(0.016);
    }
}

fn deaths(session: &LiveSession) -> Vec<(u64, Time)> {
    let mut deaths = Vec::new();
    let moving = session.moving();
    moving.deaths(&mut |death| deaths.push((death.flight.id, death.at)));
    deaths
}

fn events(session: &LiveSession) -> u64 {
    session.state.borrow().timeline.run().world().events()
}

/// The lines before the playhead.
fn lines(session: &LiveSession) -> Vec<EventLine> {
    let log = session.events();
    let numbers = log.first()..log.end();
    numbers.map(|number| log.get(number).unwrap()).collect()
}

/// Steps on to just after an event in which a message was lost.
fn step_to_loss(session: &LiveSession) -> Time {
    loop {
        session.act(Act::Step).unwrap();
        let now = session.view().now;
        if deaths(session).iter().any(|(_, at)| *at == now) {
            return now;
        }
    }
}

#[test]
fn what_was_lost_is_drawn_once_however_one_came_there() {
    let session = at(2);
    step_to_loss(&session);
    let (event, lost) = (events(&session), deaths(&session).last().copied().unwrap());
    do_all(&session, Act::Step);
    do_all(&session, Act::StepBack);
    assert_eq!(events(&session), event);
    assert_eq!(deaths(&session), [lost]);
    do_all(&session, Act::StepBack);
    do_all(&session, Act::Step);
    assert_eq!(
        deaths(&session)
            .iter()
            .filter(|death| **death == lost)
            .count(),
        1
    );
}

#[test]
fn nothing_lost_is_drawn_after_a_jump_to_where_nothing_was_lost() {
    let session = at(2);
    let before = {
        // Where nothing was lost in the last event.
        while !session
            .state
            .borrow()
            .timeline
            .run()
            .world()
            .lost()
            .is_empty()
        {
            session.act(Act::Step).unwrap();
        }
        session.view().now
    };
    let id = {
        let state = session.state.borrow();
        let world = state.timeline.run().world();
        world.flights().next().map(sim_id).unwrap()
    };
    session.act(Act::DropMessage(id)).unwrap();
    assert!(
        deaths(&session).iter().any(|(lost, _)| *lost == id),
        "it is seen to break"
    );
    do_all(&session, Act::Undo);
    assert_eq!(session.view().now, before);
    assert_eq!(deaths(&session), []);
    do_all(&session, Act::Redo);
    assert_eq!(deaths(&session), [(id, before)]);
}

const fn sim_id(flight: &crate::sim::Flight) -> u64 {
    flight.id()
}

#[test]
fn nothing_lost_stays_when_another_branch_is_shown() {
    let session = at(2);
    step_to_loss(&session);
    do_all(&session, Act::Seek(Time(SECOND)));
    let first = session.state.borrow().timeline.branch().id();
    let leader = session
        .state
        .borrow()
        .timeline
        .run()
        .world()
        .leader()
        .unwrap();
    do_all(&session, Act::Crash(leader));
    step_to_loss(&session);
    do_all(&session, Act::Show(first));
    let lost = session.state.borrow();
    let lost = lost.timeline.run().world().lost().len();
    assert!(deaths(&session).len() <= lost);
}

#[test]
fn the_log_before_a_moment_is_what_it_was_wherever_one_goes() {
    let session = at(3);
    let early = lines(&session);
    session.run_until(Time(30 * SECOND));
    rest(&session);
    let late = lines(&session);
    assert!(late.len() > LINES_MAX / 2);
    assert!(
        late[0].event > early.last().unwrap().event,
        "the log has not come far enough"
    );

    do_all(&session, Act::Seek(Time(3 * SECOND)));
    rest(&session);
    assert_ends_alike(&lines(&session), &early);
    do_all(&session, Act::SeekEnd);
    rest(&session);
    assert_ends_alike(&lines(&session), &late);
    do_all(&session, Act::StepBack);
    do_all(&session, Act::Step);
    rest(&session);
    assert_ends_alike(&lines(&session), &late);
    let wanted = Wanted {
        sought: Sought::Kinds(Kind::Leader.into()),
        node: None,
    };
    do_all(&session, Act::Find { wanted, back: true });
    do_all(&session, Act::Seek(Time(3 * SECOND)));
    rest(&session);
    assert_ends_alike(&lines(&session), &early);
}

/// The last lines are the same, as many as are always found again.
fn assert_ends_alike(one: &[EventLine], other: &[EventLine]) {
    let wanted = refill::LINES.min(other.len());
    assert!(one.len() >= wanted, "only {} lines", one.len());
    assert!(one[one.len() - wanted..] == other[other.len() - wanted..]);
}

#[test]
fn steps_asked_for_on_the_way_are_taken_from_where_it_leads() {
    let there = at(20);
    let event = events(&there);
    for (steps, expected) in [
        (vec![Act::Step], event + 1),
        (vec![Act::Step, Act::Step], event + 2),
        // Time has passed since the last event, to which the first step back leads.
        (vec![Act::StepBack], event),
        (vec![Act::StepBack, Act::StepBack, Act::StepBack], event - 2),
    ] {
        let session = at(0);
        session.state.borrow_mut().seek(Time(20 * SECOND), 0.0);
        assert!(session.time().under_way.is_some());
        for step in steps {
            session.act(step).unwrap();
            assert!(session.time().under_way.is_some(), "the way is given up");
        }
        rest(&session);
        assert!(session.time().under_way.is_none());
        assert_eq!(events(&session), expected);
    }
}

#[test]
fn a_way_that_is_given_up_takes_its_steps_with_it() {
    let session = at(0);
    session.state.borrow_mut().seek(Time(20 * SECOND), 0.0);
    session.act(Act::Step).unwrap();
    session.act(Act::Stop).unwrap();
    let event = events(&session);
    rest(&session);
    assert_eq!(events(&session), event);
}

/// What a run is told by, wherever it stands.
fn moment_of(session: &LiveSession) -> (String, Moment) {
    let moment = session.state.borrow().timeline.moment();
    (session.report(), moment)
}

#[test]
fn a_run_that_is_gone_back_to_is_where_it_was_left_however_much_is_kept_of_it() {
    for (seconds, is_whole) in [(1, true), (20, false)] {
        let session = at(seconds);
        assert_eq!(
            session.state.borrow().timeline.weight() <= last::WEIGHT_MAX,
            is_whole
        );
        session.act(Act::Crash(NodeId::new(1).unwrap())).unwrap();
        let left = moment_of(&session);
        session.load(BUSY).unwrap();
        // Nothing has been done in that one.
        do_all(&session, Act::Undo);
        assert_eq!(moment_of(&session), left);
        assert!(!session.run().playing);
        let branches = session.state.borrow().timeline.branches().len();
        assert_eq!(branches, 1, "what was done is no branch");
        do_all(&session, Act::Undo);
        do_all(&session, Act::Redo);
        assert_eq!(moment_of(&session), left);
        // Nor has anything since it was gone back to, so that the later run is there again.
        do_all(&session, Act::Redo);
        assert_eq!(events(&session), 0);
    }
}
