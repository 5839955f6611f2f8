//! The box of Figure 2 that has the state of a server, with its values.

use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::{LogIndex, NodeId};
use crate::ui::text::FigureTexts;
use crate::ui::view::ServerView;

/// The box; of no node, it says what is in it.
pub(super) fn state(server: Option<&ServerView>, node: Option<NodeId>, texts: FigureTexts) -> Html {
    let field = |name: &'static str, about: &'static str, value: Option<Html>| {
        html! {
            <div>
                <dt class="mono" title={about}>{ name }</dt>
                if let Some(value) = value {
                    <dd class="mono">{ value }</dd>
                } else {
                    <dd class="sub">{ about }</dd>
                }
            </div>
        }
    };
    let of =
        |value: fn(&ServerView, FigureTexts) -> Html| server.map(|server| value(server, texts));
    let volatile = |value: fn(&ServerView) -> LogIndex| {
        let up = server.filter(|server| !server.down);
        let known = up.map(|server| html! { { value(server).to_string() } });
        known.or_else(|| server.map(|_| html! { { "–" } }))
    };
    html! {
        <section class="figure-box figure-state" aria-label={texts.state()}>
            <h3>
                { texts.state() }
                if let Some(node) = node { { " " }{ node.to_string() } }
            </h3>
            if server.is_none() {
                <p class="sub">{ texts.state_empty() }</p>
            }
            if server.is_some_and(|server| server.down) {
                <p class="sub">{ texts.is_down() }</p>
            }
            <h4>{ texts.persistent() }</h4>
            <dl>
                { field("currentTerm", texts.current_term(), of(|server, _| html! { { server.current_term.to_string() } })) }
                { field("votedFor", texts.voted_for(), of(voted_for)) }
                { field("log[]", texts.log(), of(log)) }
            </dl>
            <h4>{ texts.volatile() }</h4>
            <dl>
                { field("commitIndex", texts.commit_index(), volatile(|server| server.commit_index)) }
                { field("lastApplied", texts.last_applied(), volatile(|server| server.last_applied)) }
            </dl>
            <h4>{ texts.of_leaders() }</h4>
            <dl>
                { field("nextIndex[]", texts.next_index(), of(|server, texts| indices(server, texts, |(_, next, _)| next))) }
                { field("matchIndex[]", texts.match_index(), of(|server, texts| indices(server, texts, |(_, _, matched)| matched))) }
            </dl>
        </section>
    }
}

fn voted_for(server: &ServerView, texts: FigureTexts) -> Html {
    match server.voted_for {
        Some(node) => html! { { node.to_string() } },
        None => html! { <span class="sub">{ texts.nobody() }</span> },
    }
}

fn log(server: &ServerView, texts: FigureTexts) -> Html {
    let text = match (server.log, server.snapshot) {
        (Some((first, last, term)), _) => fill(texts.entries(), &[&first, &last, &term]),
        (None, LogIndex::ZERO) => texts.entries_none().to_owned(),
        (None, snapshot) => fill(texts.entries_snapshot(), &[&snapshot]),
    };
    html! { { text } }
}

fn indices(
    server: &ServerView,
    texts: FigureTexts,
    of: fn((NodeId, LogIndex, LogIndex)) -> LogIndex,
) -> Html {
    if !server.leads {
        return html! { <span class="sub">{ texts.leads_not() }</span> };
    }
    let each = server.progress.iter().map(|&progress| {
        html! {
            <span class="figure-index">
                <span class="sub">{ progress.0.to_string() }</span>{ "\u{a0}" }{ of(progress).to_string() }{ " " }
            </span>
        }
    });
    html! { <>{ for each }</> }
}
