//! One entry of a log, as a cell of the table.

use yew::prelude::*;

use crate::kv::SharedCommand;
use crate::raft::{Configuration, Entry, LogIndex, NodeId, NodeSet, Payload, Term};
use crate::ui::text::{EntryState, LogsTexts, command_text};
use crate::ui::view::LogView;

use super::entries::{Chosen, name};

/// The colour of a term: term 0 is paper, the others cycle through the seven fills.
fn term_colour(term: Term) -> String {
    match term.0 {
        0 => "--entry-term: var(--paper)".to_owned(),
        number => format!("--entry-term: var(--term-{})", (number - 1) % 7),
    }
}

/// The square of an entry: its term, in its colour, drawn as it stands on its node.
pub(crate) fn entry_mark(term: Term, state: EntryState) -> Html {
    let EntryState {
        durable,
        committed,
        applied,
    } = state;
    let class = classes!(
        "entry-mark",
        (!durable).then_some("volatile"),
        committed.then_some("committed"),
        applied.then_some("applied"),
    );
    html! {
        <span {class} style={term_colour(term)} aria-hidden="true">{ term.0 }</span>
    }
}

/// What an entry of this log at `index` is on its node.
pub(crate) fn entry_state(log: &LogView, index: LogIndex) -> EntryState {
    EntryState {
        durable: index <= log.durable,
        committed: index <= log.commit,
        applied: index <= log.applied,
    }
}

/// What an entry says, as short as the table needs it.
pub(crate) fn payload_text(entry: &Entry<SharedCommand>) -> String {
    match &entry.payload {
        Payload::Noop => "no-op".to_owned(),
        Payload::Command(command) => command_text(&command.operation),
        Payload::Configuration(members) => members_text(members),
        Payload::Unknown => "?".to_owned(),
    }
}

/// The voters, those of both when it is joint, and the learners in brackets.
pub(crate) fn members_text(members: &Configuration) -> String {
    let mut text = match members.is_joint() {
        true => format!(
            "{} → {}",
            nodes_text(members.outgoing()),
            nodes_text(members.voters())
        ),
        false => nodes_text(members.voters()),
    };
    if !members.learners().is_empty() {
        text.push_str(&format!(" ({})", nodes_text(members.learners())));
    }
    text
}

/// Nodes, three and more that follow each other as a range: `S1–S4, S6`.
pub(crate) fn nodes_text(nodes: NodeSet) -> String {
    let nodes: Vec<NodeId> = nodes.iter().collect();
    let runs = nodes.chunk_by(|one, next| one.number() + 1 == next.number());
    let texts = runs.map(|run| match run {
        [first, _, .., last] => format!("{first}–{last}"),
        few => {
            let few: Vec<String> = few.iter().map(ToString::to_string).collect();
            few.join(", ")
        }
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// What is marked at this index: `▲` up to where the node knows that all is committed, and what the
/// leader believes of it: `●` where it knows that the logs agree, `▸` what it sends next.
fn marks(log: &LogView, index: LogIndex, texts: LogsTexts) -> Html {
    let (next, matched) = log.progress.unzip();
    let mark = |here: bool, class: &'static str, sign: &str, word: &'static str| {
        here.then(|| {
            html! { <span {class} role="img" aria-label={word}>{ sign }</span> }
        })
    };
    html! {
        <>
            { for mark(matched == Some(index), "belief match", "●", texts.matches()) }
            { for mark(next == Some(index), "belief next", "▸", texts.next()) }
            { for mark(!log.down && log.commit == index, "belief commit", "▲", texts.commit()) }
        </>
    }
}

/// The cell of `index` in the row of `log`: the entry, when the node has one there. `usual` is the term
/// that the leader has there, or most nodes.
pub(super) fn entry_cell(
    log: &LogView,
    (index, usual): (LogIndex, Option<Term>),
    chosen: Chosen,
    texts: LogsTexts,
) -> Html {
    let marks = marks(log, index, texts);
    let Some(entry) = log.log.get(index) else {
        // Missing: nothing, not a placeholder.
        return html! { <td key={index.0}>{ marks }</td> };
    };
    let state = entry_state(log, index);
    let command = payload_text(entry);
    let what = match entry.payload {
        Payload::Configuration(_) => &format!("{}: {command}", texts.configuration()),
        _ => &command,
    };
    let mut said = texts.entry(index.0, entry.term.0, what, state);
    let differs = usual.is_some_and(|usual| usual != entry.term);
    if differs {
        said = format!("{said}, {}", texts.differs());
    }
    let place = (log.id, index);
    let tabindex = if chosen.stop == Some(place) {
        "0"
    } else {
        "-1"
    };
    html! {
        <td key={index.0}>
            { marks }
            <button type="button" class="entry" title={said.clone()} {tabindex}
                data-entry={name(place)} aria-pressed={(chosen.selected == Some(place)).to_string()}>
                { entry_mark(entry.term, state) }
                if differs { <span class="differs" aria-hidden="true">{ "≠" }</span> }
                <bdi class="entry-command" aria-hidden="true">{ command }</bdi>
                <span class="visually-hidden">{ said }</span>
            </button>
        </td>
    }
}

/// What stands in the place of the entries that a snapshot covers.
pub(crate) fn snapshot_mark(words: String) -> Html {
    html! { <span class="snapshot-mark">{ words }</span> }
}

/// The one cell of the columns that the snapshot of `log` covers, of which there is at least one.
pub(super) fn snapshot_cell(log: &LogView, covered: &[LogIndex], texts: LogsTexts) -> Html {
    let (base, _) = log.log.base();
    let range = match base.0 {
        1 => "1".to_owned(),
        last => format!("1–{last}"),
    };
    let said = format!("{range} {}", texts.snapshot());
    html! {
        <td key="snapshot" colspan={covered.len().to_string()}>
            { for covered.iter().map(|&index| marks(log, index, texts)) }
            <div class="snapshot" title={said.clone()}>
                { snapshot_mark(range) }
                <bdi class="entry-command">{ texts.snapshot() }</bdi>
            </div>
        </td>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn nodes_that_follow_each_other_are_a_range() {
        for (nodes, text) in [
            ([1, 2, 3, 4].as_slice(), "S1–S4"),
            (&[1, 2], "S1, S2"),
            (&[1, 3, 4, 5, 7], "S1, S3–S5, S7"),
            (&[], ""),
        ] {
            let nodes = nodes.iter().copied().filter_map(NodeId::new).collect();
            assert_eq!(nodes_text(nodes), text);
        }
    }
}
