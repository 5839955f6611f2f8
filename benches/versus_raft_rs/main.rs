//! The core against the `raft` crate: how many times as long that takes for the same commands, driven
//! in the same way. A line a case: the median of the paired ratios, between which they lie, and how
//! many messages a command takes and how many commands are applied a second, of ours and of theirs.
//!
//! `cargo bench --bench versus_raft_rs`, or with some words of the lines that are wanted:
//! `cargo bench --bench versus_raft_rs -- nodes=3 drive=event`
//!
//! One thread; messages are passed in memory as they are, without encoding; disks take no time. Each
//! core has the log that it comes with: ours its own, the crate its `MemStorage`. The client is a
//! closed loop: it proposes the next batch when the leader has applied the last one. Both have the
//! same settings: [`driver::Setup`].
//!
//! The crate tells followers of a commit at once, by messages of their own; our core with the next
//! entries, or the next heartbeat, and so sends half as many. Lines that say `commits=carried` are of
//! the crate doing as ours does; what `appends=batched` means, [`driver::Habits`] tells.

mod driver;
mod flotilla;
#[path = "../shared/paired.rs"]
mod paired;
mod raft_crate;
#[path = "../shared/timing.rs"]
mod timing;
#[path = "../shared/wanted.rs"]
mod wanted;
#[path = "../shared/work.rs"]
mod work;

use driver::{Case, Cluster};
use flotilla::Flotilla;
use paired::Paired;
use raft_crate::RaftCrate;
use wanted::Wanted;
use work::Work;

const REPETITIONS: usize = 9;

fn main() {
    let wanted = Wanted::from_args();
    println!(
        "how many times as long the raft crate 0.7 takes; {REPETITIONS} pairs: median (least..most)"
    );
    for case in Case::all() {
        if wanted.has(&case.to_string()) {
            measure(case);
        }
    }
}

fn measure(case: Case) {
    let paired = Paired::measure(
        REPETITIONS,
        || Cluster::<Flotilla>::new(case),
        || Cluster::<RaftCrate>::new(case),
    );
    let mut ours = Cluster::<Flotilla>::new(case);
    ours.run();
    let mut theirs = Cluster::<RaftCrate>::new(case);
    theirs.run();
    assert_eq!(ours.applied(), theirs.applied(), "the same commands");
    let commands = case.commands() as f64;
    let (our_time, their_time) = paired.medians();
    println!(
        "ratio {case} {} messages={:.2}/{:.2} commands_a_second={:.0}/{:.0}",
        paired.ratio(),
        ours.messages as f64 / commands,
        theirs.messages as f64 / commands,
        commands / our_time.as_secs_f64(),
        commands / their_time.as_secs_f64(),
    );
}
