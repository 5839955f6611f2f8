//! The note of a selected message: what it is, what it carries, and a button that loses it.

use yew::prelude::*;

use super::menu::{focus, place};
use super::menu_text::MenuText;
use super::point::Point;
use super::text::{StageText, terms};
use crate::raft::{AppendResult, InstallResult};
use crate::ui::text::{Lang, use_lang};
use crate::ui::view::{Flight, Look, Place};

/// How many lines a note has at most, in heights of a menu's line, for keeping it in the figure.
const LINES: usize = 5;

/// Props of [`Note`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// The message.
    pub flight: Flight,
    /// Where it was clicked.
    pub at: Point,
    /// Whether it has arrived or died since.
    pub gone: bool,
    /// It is to be lost.
    pub on_drop: Callback<u64>,
    /// It is to close.
    pub on_close: Callback<()>,
}

/// A note beside a message.
#[function_component]
pub fn Note(props: &NoteProps) -> Html {
    let lang = use_lang();
    let close = use_node_ref();
    use_effect_with((close.clone(), props.flight.id), |(close, _)| {
        if let Some(close) = close.cast() {
            focus(&close);
        }
    });
    let flight = &props.flight;
    let id = flight.id;
    // Below the message, so that it stays in sight.
    let at = Point::new(props.at.x + 14.0, props.at.y + 20.0);
    let onclose = props.on_close.reform(|_: MouseEvent| ());
    let ondrop = props.on_drop.reform(move |_: MouseEvent| id);
    // Between clients, proxy and nodes nothing is lost.
    let droppable = flight.kind.is_some() && !props.gone;
    html! {
        <div class="stage-note" role="dialog" aria-label={title(flight, lang)} style={place(at, LINES)}>
            <button ref={close} type="button" class="stage-note-close" onclick={onclose}
                aria-label={MenuText::Close.get(lang)}>{ "×" }</button>
            <p class="stage-note-title">{ title(flight, lang) }</p>
            <p class="stage-note-way">{ way(flight, lang) }</p>
            <p>{ carries(flight, lang) }</p>
            <p class="stage-note-when">
                if props.gone { { MenuText::Gone.get(lang) } } else { { when(flight, lang) } }
            </p>
            if droppable {
                <button type="button" onclick={ondrop} title={MenuText::DropHint.get(lang)}>
                    { MenuText::Drop.get(lang) }
                </button>
            }
        </div>
    }
}

/// The message in one line, for a list of them.
pub fn in_a_line(flight: &Flight, lang: Lang) -> String {
    format!(
        "{}  {} → {}",
        title(flight, lang),
        name(flight.from, lang),
        name(flight.to, lang)
    )
}

fn title(flight: &Flight, lang: Lang) -> String {
    match (&flight.look, flight.kind) {
        (_, Some(kind)) => kind.name().to_owned(),
        (Look::Operation { reply: true, .. }, None) => MenuText::Answer.get(lang).to_owned(),
        _ => MenuText::Request.get(lang).to_owned(),
    }
}

fn name(place: Place, lang: Lang) -> String {
    match place {
        Place::Node(id) => id.to_string(),
        Place::Client => StageText::Client.get(lang).to_owned(),
        Place::Proxy => StageText::Proxy.get(lang).to_owned(),
    }
}

fn way(flight: &Flight, lang: Lang) -> String {
    let way = format!("{} → {}", name(flight.from, lang), name(flight.to, lang));
    if flight.kind.is_none() {
        return way;
    }
    format!("{way}, {} {}", StageText::Term.get(lang), flight.term)
}

fn when(flight: &Flight, lang: Lang) -> String {
    let [sent, arrives] = [MenuText::Sent, MenuText::Arrives].map(|text| text.get(lang));
    format!("{sent} {}, {arrives} {}", flight.sent, flight.arrives)
}

fn carries(flight: &Flight, lang: Lang) -> String {
    let text = |text: MenuText| text.get(lang).to_owned();
    match &flight.look {
        Look::RequestVote { pre: false } => text(MenuText::AsksForVote),
        Look::RequestVote { pre: true } => text(MenuText::AsksForPreVote),
        Look::Vote { granted: true, .. } => text(MenuText::Granted),
        Look::Vote { granted: false, .. } => text(MenuText::Refused),
        Look::TimeoutNow => text(MenuText::CampaignNow),
        Look::Snapshot {
            last_index,
            bytes: (from, to),
            done,
        } => {
            let [snapshot, bytes, last] =
                [MenuText::SnapshotUpTo, MenuText::Bytes, MenuText::LastPiece].map(text);
            let last = if *done { last } else { String::new() };
            format!("{snapshot} {last_index}, {bytes} {from}–{to}{last}.")
        }
        Look::SnapshotReply(InstallResult::Received { bytes }) => {
            format!("{} {bytes}.", text(MenuText::BytesReceived))
        }
        Look::SnapshotReply(InstallResult::Matched { match_index }) => {
            format!("{} {match_index}.", text(MenuText::MatchedUpTo))
        }
        Look::SnapshotReply(InstallResult::Refused) => text(MenuText::TermOver),
        Look::Heartbeat => text(MenuText::NoEntries),
        Look::Entries {
            terms: first,
            count,
        } => {
            let entries = if *count == 1 {
                MenuText::OneEntry
            } else {
                MenuText::Entries
            };
            let first = terms(first.iter().flatten().copied(), *count > 3);
            format!(
                "{count} {} {} {first}.",
                text(entries),
                text(MenuText::OfTerms)
            )
        }
        Look::Appended(AppendResult::Matched { match_index }) => {
            format!("{} {match_index}.", text(MenuText::MatchedUpTo))
        }
        Look::Appended(AppendResult::Conflict {
            prev_log_index,
            conflict_index,
            ..
        }) => {
            let back = text(MenuText::GoBackTo);
            format!(
                "{} {prev_log_index}; {back} {conflict_index}.",
                text(MenuText::Conflict)
            )
        }
        Look::ReadIndex { reply: false } => text(MenuText::AsksReadIndex),
        Look::ReadIndex { reply: true } => text(MenuText::AnswersReadIndex),
        Look::Operation { what, .. } => what.to_string(),
    }
}
