//! What is counted of a run is what happened in it, counted by walking through it event by event; and
//! going back in time, and to other futures, goes back in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use flotilla::measure::{
    Latency, Line, Measure, Metrics, Percentiles, Plot, Side, Total, can_commit, course_csv,
    totals_csv,
};
use flotilla::raft::{LogIndex, MessageKind, Node, NodeId, NodeSet, Role, Rule, Span, Term, Time};
use flotilla::scenario::{self, Advance, NodeSelector, Run, Verb};
use flotilla::sim::{Action, Happening, MessageFilter, OperationStep, Server, World};
use flotilla::timeline::{Played, Progress, Timeline};
use proptest::prelude::*;

const END: Time = Time(6_000_000);

fn wild(seed: u64) -> Run {
    let text = format!(
        "title = \"wild\"\nseed = {seed}\nuntil = \"6s\"\n[raft]\nsnapshot_after = 20\npre_vote = {}\n\
         [[step]]\nload = {{ clients = 3, rate = 60, keys = 4, writes = 0.6, until = \"5s\" }}\n\
         [[step]]\nat = \"1s\"\nchaos = {{ until = \"4s\" }}\n",
        seed.is_multiple_of(2),
    );
    let scenario = scenario::parse(&text).expect("it is a scenario");
    let seed = scenario.seed;
    Run::new(Arc::new(scenario), seed)
}

/// Who campaigns, or asks whether it could win.
fn campaigning(world: &World) -> NodeSet {
    let campaigns = |server: &&Server| {
        let role = server.node().map(Node::role);
        matches!(
            role,
            Some(Role::Candidate { .. } | Role::PreCandidate { .. })
        )
    };
    let servers = world.servers().iter().filter(campaigns);
    servers.map(Server::id).collect()
}

/// What happened in a run, written down as it came, by somebody who knows nothing of cells.
#[derive(Default)]
struct Witnessed {
    sent: Vec<(Time, MessageKind)>,
    lost: Vec<Time>,
    /// How many entries had been committed.
    committed: Vec<(Time, u64)>,
    answered: Vec<(Time, u64)>,
    /// Term, leader, whether something can be committed, longest and shortest log.
    stood: Vec<(Time, [u64; 5])>,
    commits: Vec<(Time, u64)>,
    appended: BTreeMap<(LogIndex, Term), Time>,
    fired: BTreeMap<(NodeId, Line, Side), u64>,
}

impl Witnessed {
    fn of(run: &mut Run, until: Time) -> Self {
        let mut all = Self::default();
        all.stand(run);
        loop {
            let campaigned = campaigning(run.world());
            match run.advance(until) {
                Advance::Event => all.look(run, campaigned),
                Advance::Script => {}
                Advance::Idle => return all,
            }
        }
    }

    fn look(&mut self, run: &Run, campaigned: NodeSet) {
        let world = run.world();
        let now = world.now();
        for happening in world.happenings() {
            let fired = Line::of_happening(happening, world.happenings(), campaigned);
            if let Some((node, line, side)) = fired {
                *self.fired.entry((node, line, side)).or_default() += 1;
            }
            match happening {
                Happening::Sent(head) => self.sent.push((now, head.kind())),
                Happening::Lost(..) => self.lost.push(now),
                Happening::Rule(node, Rule::LeaderAppend { index }) => {
                    let log = world.server(*node).expect("it is there").log();
                    let term = log.term_at(*index).expect("it has been appended");
                    self.appended.insert((*index, term), now);
                }
                Happening::Rule(node, Rule::LeaderCommit { new, .. }) => {
                    self.commit(run, *node, *new);
                }
                Happening::Operation {
                    number,
                    step: OperationStep::Ok | OperationStep::Failed,
                } => {
                    let record = &world.operations()[*number as usize - 1];
                    let took = record.latency().expect("it was sent and has ended");
                    self.answered.push((now, took.as_micros()));
                }
                _ => {}
            }
        }
        self.stand(run);
    }

    fn commit(&mut self, run: &Run, node: NodeId, new: LogIndex) {
        let now = run.world().now();
        let before = self.committed.last().map_or(0, |&(_, count)| count);
        for index in before + 1..=new.0 {
            let log = run.world().server(node).expect("it is there").log();
            let term = log.term_at(LogIndex(index)).expect("it is in the log");
            let appended = self.appended[&(LogIndex(index), term)];
            self.commits.push((now, now.since(appended).as_micros()));
        }
        self.committed.push((now, before.max(new.0)));
    }

    fn stand(&mut self, run: &Run) {
        let world = run.world();
        let terms = world
            .servers()
            .iter()
            .map(|one| one.hard_state().current_term.0);
        let lengths = world.servers().iter().map(|one| one.log().len() as u64);
        let stood = [
            terms.max().expect("there are nodes"),
            world.leader().map_or(0, |id| id.number().into()),
            can_commit(world).into(),
            lengths.clone().max().expect("there are nodes"),
            lengths.min().expect("there are nodes"),
        ];
        self.stood.push((world.now(), stood));
    }

    /// Whether all that is told of those cells is what was seen.
    fn assert_tells(&self, metrics: &Metrics, from: u32, to: u32) {
        let (begin, end) = (Metrics::begin(from), Metrics::begin(to));
        let within = |at: &Time| (begin..end).contains(at);
        for kind in MessageKind::ALL {
            let sent = self
                .sent
                .iter()
                .filter(|(at, of)| within(at) && *of == kind);
            let grown = metrics.grown(Measure::Sent(kind), from, to) as usize;
            assert_eq!(grown, sent.count(), "{kind} from {begin} to {end}");
        }
        let lost = self.lost.iter().filter(|at| within(at)).count();
        assert_eq!(metrics.grown(Measure::Lost, from, to) as usize, lost);
        let last = |until: Time| {
            let committed = self.committed.iter().rfind(|(at, _)| *at < until);
            committed.map_or(0, |&(_, count)| count)
        };
        let committed = metrics.grown(Measure::Committed, from, to);
        assert_eq!(u64::from(committed), last(end) - last(begin));
        for (of, seen) in [
            (Latency::Commit, &self.commits),
            (Latency::Operation, &self.answered),
        ] {
            let seen = seen.iter().filter(|(at, _)| within(at));
            let seen: Vec<_> = seen.map(|&(_, took)| took as u32).collect();
            assert_eq!(metrics.latencies(of, from, to), seen, "{of:?}");
        }
        let stood = self.stood.iter().rfind(|(at, _)| *at < end);
        let measures = [
            Measure::Term,
            Measure::Leader,
            Measure::CanCommit,
            Measure::LongestLog,
            Measure::ShortestLog,
        ];
        if to > 0 {
            let told = measures.map(|measure| u64::from(metrics.at(measure, to - 1)));
            assert_eq!(Some(told), stood.map(|&(_, stood)| stood), "before {end}");
        }
        let ends = (from..to).map(|cell| metrics.at(Measure::CanCommit, cell));
        let was_zero = ends.clone().any(|value| value == 0);
        if from < to {
            assert_eq!(metrics.was_zero(Measure::CanCommit, from, to), was_zero);
        }
    }
}

fn play(timeline: &mut Timeline, until: Time) {
    while timeline.play(until, 1_000, &mut |_| {}) == Played::Part {}
}

fn go(timeline: &mut Timeline, at: Time) {
    timeline.seek(at);
    while let Progress::UnderWay(_) = timeline.work(500, &mut |_| {}) {}
}

/// Crashes the node that leads, or else the first one.
fn crash(timeline: &mut Timeline) {
    let leader = timeline.run().world().leader();
    let node = leader.unwrap_or_else(|| NodeId::from_index(0));
    // It may be down already: then nothing happens.
    let _ = timeline.act(Verb::Crash(NodeSelector::Node(node).into()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_of_a_window_is_what_happened_in_it_on_every_branch(
        seed in 0..1_000_u64,
        forks in prop::collection::vec(0..END.0, 0..4),
        windows in prop::collection::vec((0..310_u32, 0..310_u32), 12),
    ) {
        let mut timeline = Timeline::new(wild(seed));
        play(&mut timeline, END);
        for at in forks {
            go(&mut timeline, Time(at));
            crash(&mut timeline);
            play(&mut timeline, END);
        }
        for branch in timeline.branches() {
            let script = branch.script();
            let mut run = Run::new(script.clone(), script.seed);
            let witnessed = Witnessed::of(&mut run, END);
            for &(one, other) in &windows {
                witnessed.assert_tells(branch.metrics(), one.min(other), one.max(other));
            }
        }
    }

    #[test]
    fn what_has_been_counted_is_what_had_happened_by_then(
        seed in 0..1_000_u64,
        times in prop::collection::vec(0..END.0, 1..6),
    ) {
        let mut timeline = Timeline::new(wild(seed));
        play(&mut timeline, END);
        for at in times {
            go(&mut timeline, Time(at));
            let run = timeline.run();
            let witnessed = Witnessed::of(&mut wild(seed), Time(at));
            let tallies = run.tallies();
            for &line in Line::ALL {
                for side in [Side::Fired, Side::Blocked] {
                    let mut sum = 0;
                    for server in run.world().servers() {
                        let count = tallies.firings().count(Some(server.id()), line, side);
                        let seen = witnessed.fired.get(&(server.id(), line, side));
                        prop_assert_eq!(count, seen.copied().unwrap_or_default());
                        sum += count;
                    }
                    prop_assert_eq!(tallies.firings().count(None, line, side), sum);
                }
            }
            let committed = witnessed.committed.last().map_or(0, |&(_, count)| count);
            prop_assert_eq!(tallies.total(run.world(), Total::Committed), committed);
            let all = tallies.all_traffic();
            prop_assert_eq!(all.sent as usize, witnessed.sent.len());
            prop_assert_eq!(all.lost as usize, witnessed.lost.len());
            // What was doubled arrives twice, or is lost, or is still under way.
            let doubled = tallies.total(run.world(), Total::Doubled);
            prop_assert!(all.delivered + all.lost <= all.sent + doubled);
            prop_assert_eq!(tallies.can_commit(), can_commit(run.world()));
        }
    }

    #[test]
    fn bins_that_are_made_as_the_run_goes_on_are_those_that_are_made_at_its_end(
        seed in 0..1_000_u64,
        width in 1..40_u32,
        ends in prop::collection::vec(0..END.0, 1..6),
    ) {
        let mut timeline = Timeline::new(wild(seed));
        let mut ends: Vec<_> = ends.into_iter().map(Time).collect();
        ends.sort();
        let mut plot = Plot::of(width);
        for &end in &ends {
            play(&mut timeline, end);
            let end = Metrics::cell(end);
            while !plot.make(timeline.branch().metrics(), 0..=end, end) {}
        }
        let mut anew = Plot::of(width);
        let (metrics, end) = (timeline.branch().metrics(), Metrics::cell(ends[ends.len() - 1]));
        while !anew.make(metrics, 0..=end, end) {}
        prop_assert_eq!(plot.bins(), anew.bins());
        // A stretch of it has the same bins.
        let some = end / 3..=end / 2;
        while !plot.make(metrics, some.clone(), end) {}
        let places = (some.start() / width) as usize..=(some.end() / width) as usize;
        prop_assert_eq!(plot.first() as usize, *places.start());
        prop_assert_eq!(plot.bins(), &anew.bins()[places]);
        for (place, bin) in anew.bins().iter().enumerate() {
            let from = place as u32 * width;
            let commit = Percentiles::of(metrics.latencies(Latency::Commit, from, from + width));
            prop_assert_eq!(bin.commit, commit);
            let before = place.checked_sub(1).map(|place| &anew.bins()[place]);
            let grown = metrics.grown(Measure::Committed, from, from + width);
            prop_assert_eq!(bin.grown(Measure::Committed, before), grown);
        }
    }
}

#[test]
fn a_candidate_that_is_not_elected_in_time_begins_another_election_which_is_no_line_of_the_followers()
 {
    let text = "title = \"t\"\nuntil = \"3s\"\n[[step]]\nisolate = \"S1\"\n[[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n";
    for pre_vote in [false, true] {
        let raft = format!("[raft]\npre_vote = {pre_vote}\n");
        let scenario = scenario::parse(&text.replacen("[[step]]", &format!("{raft}[[step]]"), 1));
        let mut run = Run::new(Arc::new(scenario.expect("it is a scenario")), 1);
        run.run_to_end();
        let begun = if pre_vote {
            Line::StartPreVote
        } else {
            Line::StartElection
        };
        let of = |line| {
            let firings = run.tallies().firings();
            firings.count(Some(NodeId::from_index(0)), line, Side::Fired)
        };
        assert!(of(begun) > 3, "{}", of(begun));
        assert_eq!(of(Line::ElectionTimeout), 1, "only the first as a follower");
    }
}

#[test]
fn a_piece_of_a_snapshot_of_an_older_term_is_refused_in_the_box_of_snapshots() {
    let text = "title = \"t\"\nnodes = 3\nuntil = \"9s\"\n[raft]\nsnapshot_after = 5\n\
        [[step]]\nat = \"10ms\"\ntimeout = \"S1\"\n[[step]]\nat = \"200ms\"\nisolate = \"S3\"\n\
        [[step]]\nload = { clients = 2, rate = 50, keys = 2, writes = 1, until = \"1s\" }\n\
        [[step]]\nat = \"2s\"\nheal = true\n";
    let scenario = Arc::new(scenario::parse(text).expect("it is a scenario"));
    let mut run = Run::new(scenario, 1);
    let is_piece = |world: &World| {
        let mut flights = world.flights();
        flights.any(|flight| flight.message().kind() == MessageKind::InstallSnapshot)
    };
    while !is_piece(run.world()) {
        assert_ne!(run.advance(END), Advance::Idle, "S3 needs a snapshot");
    }
    let all = MessageFilter {
        kind: Some(MessageKind::InstallSnapshot),
        ..MessageFilter::default()
    };
    // It comes when another leads.
    let acts = [
        Action::Delay(all, Span::from_millis(3_000)),
        Action::Crash(NodeId::from_index(0)),
    ];
    for act in acts {
        run.act(act).expect("it can be done");
    }
    run.run_to_end();
    let of = |line, side| {
        let firings = run.tallies().firings();
        firings.count(Some(NodeId::from_index(2)), line, side)
    };
    assert_eq!(of(Line::StoreChunk, Side::Blocked), 1);
    assert_eq!(of(Line::StaleTerm, Side::Fired), 0, "of AppendEntries");
}

#[test]
fn percentiles_are_those_of_the_nearest_rank() {
    let of = |latencies: &[u32]| {
        Percentiles::of(latencies.to_vec()).map(|took| (took.count, took.p50, took.p99))
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[7]), Some((1, 7, 7)));
    assert_eq!(of(&[4, 1, 3, 2]), Some((4, 2, 4)));
    let all: Vec<u32> = (1..=200).rev().collect();
    assert_eq!(of(&all), Some((200, 100, 198)));
}

#[test]
fn bins_end_where_time_can_be_told_no_further() {
    let run = wild(1);
    let metrics = Metrics::of(run.world(), run.tallies());
    let mut plot = Plot::of(100_000_000);
    while !plot.make(&metrics, 0..=u32::MAX, u32::MAX) {}
    assert_eq!(plot.bins().len(), 43);
}

#[test]
fn nothing_can_be_committed_before_a_leader_is_elected_and_while_it_is_down() {
    let text = "title = \"t\"\nuntil = \"4s\"\n\
        [[step]]\nat = \"1s\"\nisolate = \"leader\"\n[[step]]\nat = \"3s\"\nheal = true\n";
    let scenario = Arc::new(scenario::parse(text).expect("it is a scenario"));
    let mut run = Run::new(scenario, 1);
    assert!(!run.tallies().can_commit());
    run.run_to(Time(999_999));
    assert!(run.tallies().can_commit());
    let before = run.tallies().stood_still(run.world().now()).as_micros();
    assert!((100_000..900_000).contains(&before), "{before}");
    run.run_to(Time(1_000_000));
    assert!(!run.tallies().can_commit(), "nobody hears the leader");
    run.run_to(Time(2_900_000));
    assert!(run.tallies().can_commit(), "the others have another");
}

#[test]
fn the_texts_for_other_programs_have_a_line_for_everything() {
    let mut timeline = Timeline::new(wild(3));
    play(&mut timeline, END);
    let text = course_csv(timeline.branch().metrics());
    let mut lines = text.lines();
    let names: Vec<_> = lines.next().expect("it has names").split(',').collect();
    assert_eq!(names.len(), 1 + Measure::COUNT + 4);
    assert_eq!(names[..2], ["until_s", "sent_RequestVote"]);
    let rows: Vec<Vec<_>> = lines.map(|line| line.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == names.len()));
    let times: Vec<f64> = rows
        .iter()
        .map(|row| row[0].parse().expect("a time"))
        .collect();
    assert!(times.is_sorted());
    let metrics = timeline.branch().metrics();
    for (row, time) in rows.iter().zip(&times) {
        // A line is of the cell that ends then.
        let cell = (time * 50.0).round() as u32 - 1;
        for (measure, told) in Measure::all().zip(&row[1..]) {
            assert_eq!(**told, metrics.at(measure, cell).to_string(), "{measure:?}");
        }
        let latencies = [Latency::Commit, Latency::Operation].map(|of| {
            let took = Percentiles::of(metrics.latencies(of, cell, cell + 1));
            took.map_or([String::new(), String::new()], |took| {
                [took.p50, took.p99].map(|micros| micros.to_string())
            })
        });
        assert_eq!(row[1 + Measure::COUNT..], latencies.concat());
    }
    let (run, last) = (timeline.run(), rows.last().expect("it has rows"));
    let total = run.tallies().total(run.world(), Total::Committed);
    let place = names.iter().position(|name| *name == "committed");
    assert_eq!(last[place.expect("it is there")], total.to_string());
    let totals = totals_csv(run.world(), run.tallies());
    assert!(totals.contains(&format!("\nentries_committed,{total}\n")));
    assert_eq!(
        totals.lines().count(),
        1 + 12 + 1 + 3 * MessageKind::ALL.len()
    );
}
