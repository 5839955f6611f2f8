//! What is counted, as comma-separated values with a line of names.

use std::fmt::Write;

use crate::raft::MessageKind;
use crate::sim::World;

use super::metrics::{Latency, Measure, Metrics};
use super::plot::Percentiles;
use super::tallies::{Tallies, Total};

/// What a value in the course of time is called.
fn measure_name(measure: Measure) -> String {
    let name = match measure {
        Measure::Sent(kind) => return format!("sent_{kind}"),
        Measure::Lost => "lost",
        Measure::Committed => "committed",
        Measure::Ok => "operations_ok",
        Measure::Failed => "operations_failed",
        Measure::Unknown => "operations_unknown",
        Measure::Waiting => "operations_waiting",
        Measure::Term => "term",
        Measure::Leader => "leader",
        Measure::CanCommit => "can_commit",
        Measure::LongestLog => "longest_log",
        Measure::ShortestLog => "shortest_log",
    };
    name.into()
}

/// What a count is called.
const fn total_name(total: Total) -> &'static str {
    match total {
        Total::Elections => "elections",
        Total::Leaders => "leaders",
        Total::Committed => "entries_committed",
        Total::EntriesSent => "entries_sent",
        Total::SnapshotsTaken => "snapshots_taken",
        Total::SnapshotsInstalled => "snapshots_installed",
        Total::SnapshotBytes => "snapshot_bytes_sent",
        Total::Doubled => "messages_doubled",
        Total::Ok => "operations_ok",
        Total::Failed => "operations_failed",
        Total::Unknown => "operations_unknown",
        Total::Waiting => "operations_waiting",
    }
}

/// The course of time: a line for each cell in which something changed, with the time at its end in
/// seconds, the counts so far, what stood, and in microseconds how long what ended in it took.
pub fn course_csv(metrics: &Metrics) -> String {
    let mut text = String::from("until_s");
    for measure in Measure::all() {
        text += ",";
        text += &measure_name(measure);
    }
    text += ",commit_p50_us,commit_p99_us,operation_p50_us,operation_p99_us\n";
    let mut from = 0;
    while let Some(cell) = metrics.next_change(from) {
        from = cell + 1;
        let until = Metrics::begin(from);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{}.{:02}",
            until.0 / 1_000_000,
            until.0 / 10_000 % 100
        );
        for measure in Measure::all() {
            let _ = write!(text, ",{}", metrics.at(measure, cell));
        }
        for of in [Latency::Commit, Latency::Operation] {
            match Percentiles::of(metrics.latencies(of, cell, from)) {
                Some(took) => {
                    let _ = write!(text, ",{},{}", took.p50, took.p99);
                }
                None => text += ",,",
            }
        }
        text += "\n";
    }
    text
}

/// The counts up to a moment: a line each, and a line for the messages of each kind.
pub fn totals_csv(world: &World, tallies: &Tallies) -> String {
    let mut text = String::from("what,count\n");
    for total in Total::ALL {
        let count = tallies.total(world, total);
        let _ = writeln!(text, "{},{count}", total_name(total));
    }
    let stood_still = tallies.stood_still(world.now()).as_micros();
    let _ = writeln!(text, "without_commits_us,{stood_still}");
    for kind in MessageKind::ALL {
        let traffic = tallies.traffic(kind);
        for (what, count) in [
            ("sent", traffic.sent),
            ("delivered", traffic.delivered),
            ("lost", traffic.lost),
        ] {
            let _ = writeln!(text, "{what}_{kind},{count}");
        }
    }
    text
}
