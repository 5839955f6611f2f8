//! What is shared is opened as it was, in few characters; what is not whole, or too much, is refused.

mod hostile;
mod sessions;
mod whole;

use crate::raft::{NodeId, Time};
use crate::scenario::{Scenario, parse};
use crate::timeline::{Progress, Timeline};

use super::*;

/// The same but for the lines, which are where a text has them.
fn shared_without_lines(mut shared: Shared) -> Shared {
    let branches = shared.branches.into_iter();
    shared.branches = branches.map(Scenario::without_lines).collect();
    shared
}

/// A view of the first of these branches.
fn sharing(branches: Vec<Scenario>) -> Shared {
    Shared {
        branches,
        ends: Vec::new(),
        shown: 0,
        tick: 1_234,
        at: Time(1_500_000),
        speed: 0.0125,
        selected: NodeId::new(3),
    }
}

fn scenario(text: &str) -> Scenario {
    parse(text).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"))
}

/// A short run.
fn small() -> Shared {
    sharing(vec![scenario(
        "title = \"t\"\n[[step]]\nat = \"1s\"\nput = { key = \"x\", value = \"1\" }\n",
    )])
}

/// What decoding the link says, when it is refused.
fn refused(fragment: &str) -> ShareError {
    match decode(fragment) {
        Err(error) => error,
        Ok(shared) => panic!("{fragment} is opened: {shared:?}"),
    }
}

/// The fragment that holds a view and these branches, as they are written.
fn forged(view: &str, branches: &[&str]) -> String {
    let mut text = view.to_owned();
    for branch in branches {
        text.push(SEPARATOR);
        text.push_str(branch);
    }
    seal(&text)
}

#[test]
fn a_link_made_by_the_first_version_is_opened_for_ever() {
    const LINK: &str = include_str!("first.txt");
    assert_eq!(
        decode(LINK.trim_end()).map(shared_without_lines),
        Ok(shared_without_lines(small()))
    );
}

#[test]
fn a_link_of_a_live_run_with_two_branches_made_by_the_first_version_is_opened_for_ever() {
    const LINK: &str = include_str!("live.txt");
    let shared = decode(LINK.trim_end()).expect("it is whole");
    assert!(shared.branches.iter().all(Scenario::is_live));
    assert_eq!(shared.ends, [], "it does not say");
    let scripts = shared.branches.iter().cloned().map(Into::into).collect();
    let timeline = Timeline::of_branches(scripts, shared.shown);
    let mut timeline = timeline.expect("they are of one run");
    timeline.tell_ends(&shared.ends);
    let there = Moment {
        tick: shared.tick,
        at: shared.at,
    };
    timeline.seek_moment(there);
    while let Progress::UnderWay(_) = timeline.work(1_000, &mut |_| {}) {}
    assert_eq!(timeline.moment(), there);
    assert_eq!(timeline.run().steps_taken(), 1);
    let digest = timeline.run().world().digest().to_string();
    assert_eq!(digest, "2ab60d94dd6e0499");
}

#[test]
fn a_link_says_how_far_each_branch_has_been_run() {
    let mut shared = small();
    shared.branches.push(shared.branches[0].clone());
    let moment = |tick, at| Moment { tick, at: Time(at) };
    shared.ends = vec![moment(7, 1_000_000), moment(u64::MAX, 86_400_000_000)];
    let opened = decode(&encode(&shared).expect("it is small")).expect("it is whole");
    assert_eq!(opened.ends, shared.ends);
    // A live run can have come further than a link can say.
    shared.ends[0].at = Time(u64::MAX);
    let opened = decode(&encode(&shared).expect("it is small")).expect("it is whole");
    assert_eq!(opened.ends[0], moment(7, LATEST.0));
    let of = |view: &str| forged(view, &["title = \"t\""]);
    let opened = decode(&of("end = 1 2\nend = 3 4\n")).expect("it is whole");
    assert_eq!(opened.ends, [moment(1, 2)], "there is one branch");
    for damaged in ["end = 1\n", "end = 1 2 3\n", "end =  1\n", "end = -1 2\n"] {
        assert_eq!(refused(&of(damaged)), ShareError::Damaged, "{damaged}");
    }
    let late = of("end = 0 86400000001\n");
    assert_eq!(refused(&late), ShareError::TooMuch(Limit::Time));
}

#[test]
fn a_file_that_ends_after_a_day_is_not_taken_for_a_live_run() {
    let text = "title = \"t\"\nuntil = \"1440m\"\n[[step]]\ncrash = \"S1\"\n";
    assert!(!scenario(text).is_live());
    let opened = decode(&encode(&sharing(vec![scenario(text)])).expect("it is small"));
    let opened = opened.expect("it is whole");
    assert_eq!(opened.branches[0].until, LATEST);
    assert_ne!(opened.branches[0].steps[0].line, 0, "a file says it");
}

#[test]
fn what_somebody_did_is_told_from_what_a_file_says() {
    let lines = |branch: &Scenario| -> Vec<bool> {
        branch.steps.iter().map(|step| step.line == 0).collect()
    };
    let text = "title = \"t\"\n[[step]]\ncrash = \"S1\"\n[[step]]\ncrash = \"S2\"\n[[step]]\nheal = true\n";
    let (file, mut acted) = (scenario(text), scenario(text));
    acted.steps[1].line = 0;
    let opened = decode(&encode(&sharing(vec![file, acted])).expect("it is small"));
    let told: Vec<_> = opened
        .expect("it is whole")
        .branches
        .iter()
        .map(lines)
        .collect();
    assert_eq!(told, [[false, false, false], [false, true, false]]);

    // In a run that began without a file, everything is.
    let live = Scenario {
        until: Time(u64::MAX),
        ..scenario(text)
    };
    let opened = decode(&encode(&sharing(vec![live])).expect("it is small"));
    assert_eq!(lines(&opened.expect("it is whole").branches[0]), [true; 3]);
    let forged = forged("act = 99999999999999999999\n", &[text]);
    assert_eq!(refused(&forged), ShareError::Damaged);
}

#[test]
fn a_link_is_opened_with_and_without_its_hash_sign() {
    let fragment = encode(&small()).expect("it is small");
    assert!(fragment.starts_with("1."), "{fragment}");
    assert_eq!(decode(&format!("#{fragment}")), decode(&fragment));
}

#[test]
fn a_link_of_a_newer_version_is_told_from_a_damaged_one() {
    let fragment = encode(&small()).expect("it is small");
    let newer = fragment.replacen("1.", "2.", 1);
    assert_eq!(refused(&newer), ShareError::Newer(2));
    assert_eq!(refused("#12.whatever it says"), ShareError::Newer(12));
    assert!(refused(&newer).to_string().contains("newer Flotilla"));
    for damaged in [
        "", "#", "1", "1.", "0.AA", "01.AA", "-1.AA", "+2.AA", "x.AA", ".", "2", "#lesson",
    ] {
        assert_eq!(refused(damaged), ShareError::Damaged, "{damaged}");
    }
}

#[test]
fn what_a_later_minor_version_says_of_the_view_is_passed_over() {
    let link = forged(
        "tick = 5\ncolour of the sky = blue\nspeed = 4611686018427387904\n",
        &["title = \"t\""],
    );
    let shared = decode(&link).expect("it is opened");
    assert_eq!((shared.tick, shared.speed, shared.selected), (5, 2.0, None));
}

#[test]
fn a_view_that_makes_no_sense_is_refused() {
    let fine = "title = \"t\"";
    for view in [
        format!("speed = {}\n", f64::NAN.to_bits()),
        format!("speed = {}\n", f64::INFINITY.to_bits()),
        format!("speed = {}\n", (-1.0_f64).to_bits()),
        "speed = 0\n".to_owned(),
        "shown = 1\n".to_owned(),
        "shown = 18446744073709551615\n".to_owned(),
        "shown = 18446744073709551616\n".to_owned(),
        "tick = -1\n".to_owned(),
        "tick = 1.5\n".to_owned(),
        "tick\n".to_owned(),
        "selected = 0\n".to_owned(),
        "selected = 65\n".to_owned(),
        "selected = 257\n".to_owned(),
    ] {
        assert_eq!(
            refused(&forged(&view, &[fine])),
            ShareError::Damaged,
            "{view}"
        );
    }
    assert_eq!(refused(&forged("", &[])), ShareError::Damaged);
    let late = forged("at = 86400000001\n", &[fine]);
    assert_eq!(refused(&late), ShareError::TooMuch(Limit::Time));
}

#[test]
fn a_branch_that_is_no_scenario_is_refused_with_what_is_wrong() {
    let error = refused(&forged(
        "",
        &["title = \"t\"", "title = \"t\"\nnodes = 52\n"],
    ));
    assert!(matches!(&error, ShareError::NotAScenario(errors) if errors.len() == 1));
    assert!(error.to_string().contains("2:9: "), "{error}");
    assert!(matches!(
        refused(&forged("", &[""])),
        ShareError::NotAScenario(_)
    ));
}

#[test]
fn what_a_link_may_not_hold_is_refused_when_it_is_made_and_when_it_is_opened() {
    let step = "\n[[step]]\nheal = true\n";
    let steps = |count: usize| format!("title = \"t\"\n{}", step.repeat(count));
    let load_step = |clients: u64, rate: u64| {
        format!(
            "[[step]]\nload = {{ clients = {clients}, rate = {rate}, keys = 1, writes = 1, until = \"100s\" }}\n"
        )
    };
    let load = |clients, rate| {
        format!(
            "title = \"t\"\nuntil = \"100s\"\n{}",
            load_step(clients, rate)
        )
    };
    let logs = |count: usize| {
        let nodes = (1..=5).map(|node| {
            format!(
                "[[node]]\nid = \"S{node}\"\nlog = [{}]\n",
                "1, ".repeat(count)
            )
        });
        format!(
            "title = \"t\"\nuntil = \"100s\"\n{}",
            nodes.collect::<String>()
        )
    };
    let raft = |batch: u64, inflight: u64| {
        format!("title = \"t\"\n[raft]\nmax_batch = {batch}\nmax_inflight = {inflight}\n")
    };
    let awaited = |count: usize| {
        format!(
            "title = \"t\"\n{}",
            "[[step]]\nexpect = { agree = true, within = \"1s\" }\n".repeat(count)
        )
    };
    let loads = |count: usize| {
        let load =
            "[[step]]\nload = { clients = 1000, rate = 1, keys = 1, writes = 1, until = \"1s\" }\n";
        format!("title = \"t\"\n{}", load.repeat(count))
    };
    let long = format!("title = \"t\"\n#{}", "a".repeat(MAX_TEXT_BYTES));
    for (limit, within, beyond) in [
        (
            Limit::Branches,
            vec![steps(0); MAX_BRANCHES],
            vec![steps(0); MAX_BRANCHES + 1],
        ),
        (
            Limit::Acts,
            vec![steps(MAX_ACTS)],
            vec![steps(MAX_ACTS), steps(1)],
        ),
        (Limit::Entries, vec![load(1, 2_000)], vec![load(1, 3_000)]),
        (
            Limit::Entries,
            vec![load(1, 1_000)],
            vec![load(1, 2_000) + "[[step]]\nadd = \"S6\"\n"],
        ),
        (
            Limit::Entries,
            vec![logs(10_000)],
            vec![logs(10_000) + &load_step(1, 2_000)],
        ),
        (Limit::UnderWay, vec![raft(100, 100)], vec![raft(101, 100)]),
        (
            Limit::UnderWay,
            vec![raft(1, 10_000)],
            vec![raft(1_000_000, 1_000_000)],
        ),
        (
            Limit::Awaited,
            vec![awaited(MAX_AWAITED)],
            vec![awaited(MAX_AWAITED + 1)],
        ),
        (Limit::LoadClients, vec![loads(2)], vec![loads(3)]),
        (Limit::Bytes, vec![steps(0)], vec![long]),
    ] {
        let link =
            |texts: &[String]| forged("", &texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (within, beyond) = (within, beyond);
        assert!(decode(&link(&within)).is_ok(), "{limit:?}");
        assert_eq!(refused(&link(&beyond)), ShareError::TooMuch(limit));
        let message = refused(&link(&beyond)).to_string();
        assert!(message.contains(&limit.to_string()), "{message}");
        if limit != Limit::Bytes {
            let branches = beyond.iter().map(|text| scenario(text)).collect();
            assert_eq!(encode(&sharing(branches)), Err(ShareError::TooMuch(limit)));
        }
    }
}

#[test]
fn a_link_has_no_more_characters_than_it_may() {
    let long = format!("1.{}", "A".repeat(MAX_LINK_CHARS - 2));
    assert_eq!(refused(&long), ShareError::Damaged);
    assert_eq!(refused(&format!("{long}A")), ShareError::TooLong);
    let mut random = crate::sim::Stream::new(1, "noise", 0);
    let mut noise = |_| char::from(b' ' + 3 + random.below(80) as u8);
    let value: String = (0..4_000).map(&mut noise).filter(|c| *c != '\\').collect();
    let step =
        |key: usize| format!("[[step]]\nput = {{ key = \"{key}\", value = '''{value}''' }}\n");
    let mut text = "title = \"t\"\n".to_owned();
    (0..4).for_each(|key| text += &step(key));
    assert!(encode(&sharing(vec![scenario(&text)])).is_ok());
    let other: String = (0..20)
        .map(|_| {
            (0..4_000)
                .map(&mut noise)
                .filter(|c| *c != '\\' && *c != '\'')
                .collect::<String>()
        })
        .map(|value| format!("[[step]]\nput = {{ key = \"x\", value = '{value}' }}\n"))
        .collect();
    let shared = sharing(vec![scenario(&(text + &other))]);
    assert_eq!(encode(&shared), Err(ShareError::TooLong));
}

#[test]
fn a_run_without_an_end_or_a_title_can_be_shared() {
    let mut shared = small();
    shared.branches[0].title.clear();
    shared.branches[0].until = Time(u64::MAX);
    let opened = decode(&encode(&shared).expect("it is small")).expect("it is whole");
    assert_eq!(opened.branches[0].title, UNTITLED);
    assert!(opened.branches[0].is_live(), "it has no end still");
    assert_eq!(opened.branches[0].steps.len(), 1);
}

#[test]
fn a_load_that_goes_on_is_shared_with_what_it_has_done_so_far() {
    let load = "load = { clients = 1, rate = 10000, keys = 1, writes = 1 }\n";
    let text = |rest: &str| format!("title = \"t\"\nuntil = \"1440m\"\n[[step]]\n{load}{rest}");
    let at = |seconds: u64, text: &str| Shared {
        at: Time(seconds * 1_000_000),
        ..sharing(vec![scenario(text)])
    };
    let goes_on = at(2, &text(""));
    let link = encode(&goes_on).expect("100,000 entries");
    assert_eq!(
        decode(&link).map(shared_without_lines),
        Ok(shared_without_lines(goes_on))
    );
    let too_long = encode(&at(30, &text("")));
    assert_eq!(too_long, Err(ShareError::TooMuch(Limit::Entries)));
    let stopped = text("[[step]]\nat = \"2s\"\nstop = \"load\"\n");
    encode(&at(30, &stopped)).expect("it was stopped after 2 s");
}
