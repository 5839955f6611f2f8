//! English.

use super::*;
use crate::scenario::MAX_FILE_BYTES;
use crate::scenario::trace::MAX_TRACE_BYTES;
use crate::timeline::share::{Limit, MAX_LINK_CHARS};

/// The texts in English.
pub(super) const TEXTS: Texts = Texts {
    shell: ShellTexts {
        help: "Help",
        new_here: "New here? Six steps show what this is.",
        take_tour: "Take the tour",
        no_tour: "No, thanks",
        projector: "Projector: large type, high contrast",
        figure: "Figure 2",
        inspector: "Inspector",
        metrics: "Metrics",
        network: "Network",
        overview: "Overview",
        on_stage: "On the stage",
        spacetime: "Space-time",
        history: "History",
        skip: "Skip to the cluster",
        safety: "Safety",
        safe: "safe",
        violated: |property, at| format!("{property} violated at {at}"),
        linearizable: "linearizable",
        not_linearizable: |at| format!("not linearizable since {at}"),
        undecided: |key, at| {
            format!("linearizable or not: undecided since {at}, too much was done to {key} at once")
        },
        more_violations: |count| match count {
            1 => "and one more violation since".to_owned(),
            _ => format!("and {count} more violations since"),
        },
        theme: "Theme",
        theme_system: "System",
        theme_light: "Light",
        theme_dark: "Dark",
        language: "Language",
        panels: "Panels",
        failed: "That did not work.",
        stopped: "Flotilla has stopped: an error in the program. The run cannot go on.",
        start_new_run: "Start a new run",
        dismiss: "Dismiss",
        coming: "Loading…",
        did_not_come: "This could not be loaded. Is there a connection?",
        again: "Try again",
    },
    setup: SetupTexts {
        title: "Set-up",
        nodes: "Nodes",
        seed: "Seed",
        random_seed: "Draw at random",
        new_run: "New run",
        settings: "Settings",
        settings_hint: "They take effect with the next new run.",
        elections: "Elections",
        storage: "Disk and log",
        clients: "Clients",
        replication: "Replication",
        election: "Election timeout",
        election_min: "Shortest election timeout",
        election_max: "Longest election timeout",
        disk: "Disk sync",
        disk_min: "Shortest disk sync",
        disk_max: "Longest disk sync",
        from: "from",
        to: "to",
        heartbeat: "Heartbeat",
        reads: "Reads",
        max_batch: "Entries per message, at most",
        max_inflight: "Messages under way to a follower, at most",
        snapshot_after: "Compact the log every so many entries (0: never)",
        lose_unsynced: "A crash loses what is not yet on disk",
        pre_vote: "PreVote: ask before campaigning",
        check_quorum: "CheckQuorum: step down without a majority",
        clock_bound: "Leases: clocks differ at most by the factor",
        session_timeout: "Client sessions: idle for at most",
        bound: "Give a number from 1 to 1000, such as 1.25.",
        defaults: "Defaults",
        whole: |low, high| format!("Give a whole number from {low} to {high}."),
        millis: |low, high| format!("Give milliseconds from {low} to {high}."),
        order: "The longest must not be below the shortest.",
    },
    wrong_rules: WrongRulesTexts {
        title: "Break a rule",
        broken: "Broken on purpose",
        mend: "Mend: a new run by the right rules",
        falls: |falls| match falls {
            Falls::Property(property) => format!("falls: {property}"),
            Falls::Linearizability => "falls: not linearizable".to_owned(),
        },
        what: what_is_wrong,
    },
    transport: TransportTexts {
        title: "Time",
        play: "Play",
        pause: "Pause",
        step: "Step",
        step_back: "Step back",
        start: "To the start",
        end: "To the end",
        jump: |back, of| {
            let which = if back { "Previous" } else { "Next" };
            match of {
                Some(node) => format!("{which} event that matters for {node}"),
                None => format!("{which} event that matters"),
            }
        },
        more: "More controls",
        playhead: "Playhead",
        at: |now, end| format!("{now} of {end}"),
        until: "Run until…",
        untils: [
            "a leader is elected",
            "an entry is committed",
            "a node campaigns, wins or steps down",
            "a node crashes, restarts or pauses",
            "a client is answered",
            "the network changes",
            "a property is violated",
            "a message is sent…",
        ],
        undo: |what| match what {
            Some(Change::Act(act)) => format!("Undo {act} (go back before it)"),
            Some(Change::Run) => "Undo: go back to the last run".to_owned(),
            None => "Undo".to_owned(),
        },
        redo: |what| match what {
            Some(Change::Act(act)) => format!("Redo {act} (go on to after it)"),
            Some(Change::Run) => "Redo: go on to the later run".to_owned(),
            None => "Redo".to_owned(),
        },
        said: |said| match said {
            Said::Undone(act) => format!(
                "Back before “{act}”. What you do now begins a branch; the old future is kept."
            ),
            Said::Redone(act) => format!("After “{act}” again."),
            Said::NothingToUndo => "You have done nothing before this moment.".to_owned(),
            Said::NothingToRedo => "You have done nothing after this moment.".to_owned(),
            Said::NotBefore => "There is no such event before this moment.".to_owned(),
            Said::NotBy(at) => format!("It has not come by {at}."),
            Said::Branched(act) => {
                format!("A branch begins with “{act}”; the old future is kept.")
            }
            Said::TooLarge => {
                "This run has grown too large to go on: go back, or begin a new one.".to_owned()
            }
            Said::Discarded(act) => format!("“{act}” is discarded."),
            Said::NewRun => "A new run has begun; the last one is kept.".to_owned(),
            Said::LastRun => "That run is back, where you left it. It stands still.".to_owned(),
        },
        old_future: "Go back to it",
        last_run: "Go back to the last run",
        under_way: "On the way",
        stop: "Stop",
        speed: "Speed",
        times_real: |factor| format!("{factor} × real time"),
        only: |factor| format!("only {factor} ×"),
        too_fast: "The speed chosen is more than this machine holds",
        time: "Simulated time",
        events: |count| match count {
            1 => "1 event".to_owned(),
            _ => format!("{} events", count_text(count)),
        },
    },
    logs: LogsTexts {
        title: "Logs",
        node: "Node",
        jump: "Jump to head",
        empty: "No entries yet. A new leader appends the first; each write appends one more.",
        leads: "leader",
        down: "down",
        configuration: "config",
        snapshot: "snapshot",
        entry: |index, term, command, state| {
            let durable = if state.durable {
                ""
            } else {
                ", not yet durable"
            };
            let committed = if state.committed { ", committed" } else { "" };
            let applied = if state.applied { ", applied" } else { "" };
            format!("index {index}, term {term}, {command}{durable}{committed}{applied}")
        },
        matches: "match",
        next: "next",
        commit: "commit",
        differs: "differs",
        index: "Go to index",
    },
    state: StateTexts {
        title: "State",
        key: "Key",
        applied: |index| format!("applied {index}"),
        members: "The voters that it goes by (and learners)",
        down: "down",
        absent: "absent",
        differs: "differs",
        empty: "Nothing stored yet. Write a key: it appears under each node as soon as that node has applied it.",
        expand: |key| format!("{key}: every value in full"),
        close: "Close",
    },
    operations: OperationsTexts {
        title: "Operations",
        key: "Key",
        value: "Value",
        write: "Write",
        read: "Read",
        delete: "Delete",
        reads_from: "Reads from",
        leader: "leader",
        followers: "followers",
        read_mode: "by",
        key_missing: "Type a key first.",
        key_long: |has, most| format!("The key has {has} characters; at most {most} are allowed."),
        value_long: |has, most| {
            format!("The value has {has} characters; at most {most} are allowed.")
        },
        client: "Client",
        operation: "Operation",
        outcome: "Outcome",
        answered_by: "By",
        tries: "Tries",
        waiting: "waiting",
        waiting_at: |node| format!("waiting at {node}"),
        ok: |latency| match latency {
            Some(span) => format!("ok {}", latency_text(span)),
            None => "ok".to_owned(),
        },
        failed: |why| format!("failed: {why}"),
        unknown: "unknown",
        absent: "absent",
        empty: "No operations yet. Write or read a key: what became of it is listed here.",
    },
    events: EventsTexts {
        title: "Events",
        node: "Node",
        all_nodes: "all nodes",
        kinds: "Kinds of event",
        election: "elections",
        replication: "replication",
        client: "clients",
        fault: "faults",
        download: "Download",
        jump: "Jump to newest",
        empty: "No events yet. Press Play, or Step for a single one.",
        none_match: "No event kept is of this node and these kinds.",
    },
    picture: PictureTexts {
        svg: "Save picture as SVG",
        png: "Save picture as PNG",
        seed: "seed",
    },
    branches: BranchesTexts {
        title: "Branches",
        first: "original run",
        from: "from",
        compare: "Compare",
        compare_with: "Compare with",
        discard: "Discard",
        sure: "Discard for good",
        comparison: "Comparison",
        swap: "Show the other",
        leave: "Leave",
        on_its_way: "The other branch is on its way to this time.",
        nothing: "Nothing differs now.",
        shown: "Shown",
        beside: "Beside it",
        part: |at| format!("They part at {at}"),
        do_not_part: "As far as both have been run, they do not part.",
        where_they_part: "Looking for where they part",
        go: "Go there",
        then: "Then",
        nobody: "nobody",
        term: "term",
        commit: "commit",
    },
    files: FilesTexts {
        title: "Run",
        copy_link: "Copy link",
        open: "Open a file…",
        save: "Save as a scenario",
        edit: "Edit the scenario",
        export_lines: "Export events (JSON lines)",
        export_shiviz: "Export for ShiViz",
        exporting: |name| format!("Writing {name}"),
        stop: "Stop",
        drop_here: "Drop the file to open it",
        link: "Link",
        copied: |characters| {
            format!("Link copied: {characters} characters, with the whole run in it.")
        },
        copy_yourself: "The browser does not let the page copy. Copy the link from here:",
        no_link: "There is no link to this run.",
        bad_link: "The link was not opened.",
        link_error,
        opened: |title| format!("Opened: {title}"),
        only_first: |count| format!("One file at a time: of the {count}, the first was taken."),
        too_large: || {
            format!(
                "The file is too large; a scenario has at most {MAX_FILE_BYTES} bytes, a trace {MAX_TRACE_BYTES}."
            )
        },
        unreadable: "The file could not be read.",
        dismiss: "Dismiss",
        scenario: "Scenario",
        text: "Text of the scenario",
        run_it: "Run from the start",
        revert: "Discard changes",
        close: "Close",
        is_right: "Nothing is wrong with it.",
        problems: |count| match count {
            1 => "One thing is wrong. The run stays as it is.".to_owned(),
            _ => format!("{count} things are wrong. The run stays as it is."),
        },
        is_trace: "A trace tells what was seen elsewhere: pass its file on",
        problems_list: "What is wrong",
        no_last: "There is no run before this one",
        no_picture: "The browser could not draw the picture. Try the other format.",
        restored: "Your last run is back, where you left it. It stands still.",
        forgotten: "The page can no longer remember this run: it is too long, or the browser has no room. Save it as a scenario.",
        is_exporting: "One export at a time: wait for the other, or stop it",
        kept: "This is what you wrote here before, not the run that is shown. “Discard changes” shows that.",
    },
};

fn what_is_wrong(mutant: Mutant) -> &'static str {
    match mutant {
        Mutant::CommitPriorTerm => {
            "A leader commits any entry that a majority has, also one of an earlier term, instead of counting copies of its own term's entries only."
        }
        Mutant::ForgetVote => "A restarted node does not remember whom it voted for in its term.",
        Mutant::ForgetTerm => {
            "A restarted node takes the term of its last entry (of its snapshot, or 0, when its log is empty) for its current term, and has no vote."
        }
        Mutant::VoteWithoutLogCheck => {
            "A node grants its vote without comparing the candidate's log with its own."
        }
        Mutant::VoteLogLengthOnly => {
            "A node that votes compares the lengths of the two logs only, not the terms of their last entries."
        }
        Mutant::VoteClearedSameTerm => {
            "A candidate that becomes a follower because another node leads its term forgets that it voted for itself in that term."
        }
        Mutant::CountDuplicateVotes => {
            "A candidate counts granted RequestVoteReply messages instead of the voters who sent them."
        }
        Mutant::CountStaleVotes => {
            "A candidate counts a granted vote whatever the term of the reply, also one from an earlier election of its own."
        }
        Mutant::AppendWithoutTermCheck => {
            "A follower accepts an AppendEntries when it has any entry at the previous index, whatever the term of that entry."
        }
        Mutant::TruncateOnHeartbeat => {
            "A follower that accepts an AppendEntries deletes everything in its log after the last entry that the message covers, also where nothing conflicts."
        }
        Mutant::AckOwnLastIndex => {
            "A follower answers an AppendEntries without entries as matching up to the end of its own log, without looking at the previous entry."
        }
        Mutant::CommitOwnLastIndex => {
            "A follower takes over the leader's commit index from every AppendEntries of its term, as far as its own log reaches, instead of as far as an accepted message has verified."
        }
        Mutant::MatchFromNack => {
            "A leader takes a refused AppendEntries for an accepted one: it counts the follower as matching up to the last entry that the message carried (its previous index when it carried none) and does not go back."
        }
        Mutant::AckBeforeFsync => {
            "A node counts entries as soon as they are in memory: a follower acknowledges them, and a leader counts itself, before its disk has them (terms, votes and snapshots still wait)."
        }
        Mutant::ApplyBeforeCommit => "A node applies an entry as soon as it is in its log.",
        Mutant::LeaderDropsStuckEntry => {
            "A leader deletes the entries at the end of its log that have waited for their commit for longer than the longest election timeout."
        }
        Mutant::ConfigBeforeOwnTermCommit => {
            "A leader starts a membership change before it has committed an entry of its own term."
        }
        Mutant::SwitchConfigDirectly => {
            "A change of several members appends the new configuration at once instead of the joint one, and each node uses it as soon as it is in its log."
        }
        Mutant::ReadBeforeOwnTermCommit => {
            "A new leader answers read-index reads from its commit index as it stands, before an entry of its own term is committed (it still confirms with a majority that it leads)."
        }
        Mutant::ReadWithoutQuorum => {
            "A leader answers a read-index read at once, without confirming with a majority that it still leads."
        }
        Mutant::LeaseAcrossTransfer => {
            "A leader goes on answering reads under its lease after it has sent TimeoutNow."
        }
        Mutant::NoClientDedup => {
            "The state machine applies a client's operation again when a retry has put it into the log a second time."
        }
        Mutant::InstallOldSnapshot => {
            "A node installs every InstallSnapshot of its term, also one that ends before its own commit index, and drops its log beyond."
        }
        Mutant::MatchCanRegress => "An old acknowledgement lowers matchIndex.",
        Mutant::LeaseIgnoresClocks => {
            "A lease lasts a full election timeout of the leader's own clock, with no margin for clock rates."
        }
        Mutant::SnapshotKeepsConflictingLog => {
            "Installing a snapshot keeps the log behind it even if it conflicts."
        }
    }
}

fn link_error(error: &ShareError) -> String {
    match error {
        ShareError::Damaged => {
            "It is not whole: a part was cut off or changed on its way. Copy it again, all of it."
                .to_owned()
        }
        ShareError::Newer(_) => {
            "It was made by a newer Flotilla. Reload the page, or use the newest version."
                .to_owned()
        }
        ShareError::TooLong => format!(
            "It is longer than {MAX_LINK_CHARS} characters. Save the run as a scenario and pass on the file."
        ),
        ShareError::TooMuch(limit) => format!(
            "There is too much in it: at most {}. Save the run as a scenario and pass on the file.",
            most(*limit)
        ),
        ShareError::NotAScenario(errors) => {
            let first = errors.first().map(ToString::to_string);
            format!(
                "What it holds is not a run ({}). Ask for a new link.",
                first.unwrap_or_default()
            )
        }
    }
}

const fn most(limit: Limit) -> &'static str {
    match limit {
        Limit::Bytes => "256 KB of scenarios",
        Limit::Branches => "32 branches",
        Limit::Acts => "2,000 acts",
        Limit::LoadClients => "2,000 clients of loads",
        Limit::Entries => "1,000,000 entries from loads and the start",
        Limit::UnderWay => "10,000 entries under way to one follower",
        Limit::Awaited => "100 expectations with `within` in a branch",
        Limit::Time => "one simulated day",
    }
}
