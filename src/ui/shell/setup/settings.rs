//! The settings of a new run that are not asked for every time.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::raft::Mutant;
use crate::sim::ReadMode;
use crate::ui::shell::broken::wrong_rule;
use crate::ui::text::{SettingsTexts, WrongRulesTexts, read_mode_text};

use super::draft::{Draft, Field};
use super::form::FormState;

const READ_MODES: [ReadMode; 4] = [
    ReadMode::ReadIndex,
    ReadMode::Lease,
    ReadMode::Log,
    ReadMode::Local,
];

/// The settings.
#[inline(never)] // It is loaded when it is wanted: it must be a function of its own.
pub(super) fn settings(state: &FormState) -> Html {
    let texts = SettingsTexts::new(state.texts.lang());
    let defaults = state.change(|draft, _: MouseEvent| *draft = draft.with_defaults());
    html! {
        <>
            <div class="settings-groups">
                { group(texts.elections(), elections(state)) }
                { group(texts.clients(), clients(state)) }
                { group(texts.storage(), storage(state)) }
                { group(texts.replication(), replication(state)) }
            </div>
            { wrong_rules(state) }
            <div class="settings-end">
                <span class="hint">{ texts.hint() }</span>
                <button type="button" class="quiet" onclick={defaults}>{ texts.defaults() }</button>
            </div>
        </>
    }
}

/// Settings about one thing, under its name.
fn group(title: &'static str, settings: Html) -> Html {
    html! {
        <fieldset>
            <legend>{ title }</legend>
            { settings }
        </fieldset>
    }
}

fn elections(state: &FormState) -> Html {
    let texts = SettingsTexts::new(state.texts.lang());
    html! {
        <>
            { range(state, texts.election(), [
                (Field::ElectionMin, texts.from(), texts.election_min()),
                (Field::ElectionMax, texts.to(), texts.election_max()),
            ]) }
            { number(state, Field::Heartbeat, texts.heartbeat(), " ms") }
            { switch(state, texts.pre_vote(), |draft| &mut draft.pre_vote) }
            { switch(state, texts.check_quorum(), |draft| &mut draft.check_quorum) }
        </>
    }
}

fn clients(state: &FormState) -> Html {
    let texts = SettingsTexts::new(state.texts.lang());
    html! {
        <>
            <label class="setting">
                <span>{ texts.reads() }</span>
                { reads(state) }
            </label>
            { number(state, Field::ClockBound, texts.clock_bound(), "") }
            { number(state, Field::SessionTimeout, texts.session_timeout(), " ms") }
        </>
    }
}

fn storage(state: &FormState) -> Html {
    let texts = SettingsTexts::new(state.texts.lang());
    html! {
        <>
            { range(state, texts.disk(), [
                (Field::DiskMin, texts.from(), texts.disk_min()),
                (Field::DiskMax, texts.to(), texts.disk_max()),
            ]) }
            { switch(state, texts.lose_unsynced(), |draft| &mut draft.lose_unsynced) }
            { number(state, Field::SnapshotAfter, texts.snapshot_after(), "") }
        </>
    }
}

fn replication(state: &FormState) -> Html {
    let texts = SettingsTexts::new(state.texts.lang());
    html! {
        <>
            { number(state, Field::MaxBatch, texts.max_batch(), "") }
            { number(state, Field::MaxInflight, texts.max_inflight(), "") }
        </>
    }
}

/// One number.
fn number(state: &FormState, field: Field, title: &'static str, unit: &'static str) -> Html {
    html! {
        <div class="setting">
            <label>
                <span>{ title }</span>
                <span class="with-unit">{ state.number(field, Some(title)) }{ unit }</span>
            </label>
            { state.problems(&[field]) }
        </div>
    }
}

/// A range of milliseconds: two fields under one name, each with a name of its own.
fn range(
    state: &FormState,
    title: &'static str,
    ends: [(Field, &'static str, &'static str); 2],
) -> Html {
    let end = |(field, word, name): (Field, &'static str, &'static str)| {
        html! {
            <span class="with-unit">
                <span aria-hidden="true">{ word }{ " " }</span>
                { state.number(field, Some(name)) }{ " ms" }
            </span>
        }
    };
    html! {
        <div class="setting" role="group" aria-label={title}>
            <span>{ title }</span>
            <span class="range">{ for ends.map(end) }</span>
            { state.problems(&ends.map(|(field, ..)| field)) }
        </div>
    }
}

fn switch(state: &FormState, title: &'static str, of: fn(&mut Draft) -> &mut bool) -> Html {
    let onchange = state.change(move |draft, event: Event| {
        *of(draft) = event.target_unchecked_into::<HtmlInputElement>().checked();
    });
    let checked = *of(&mut Draft::clone(&state.draft));
    html! {
        <label class="setting">
            <span>{ title }</span>
            <input type="checkbox" {checked} {onchange} />
        </label>
    }
}

/// A choice of rules to break, each with what is then wrong and what falls.
fn wrong_rules(state: &FormState) -> Html {
    let texts = WrongRulesTexts::new(state.texts.lang());
    let rule = |mutant: Mutant| {
        let onchange = state.change(move |draft, event: Event| {
            match event.target_unchecked_into::<HtmlInputElement>().checked() {
                true => draft.policy.insert(mutant),
                false => draft.policy.remove(mutant),
            }
        });
        html! {
            <label>
                <input type="checkbox" checked={state.draft.policy.has(mutant)} {onchange} />
                { wrong_rule(mutant, texts) }
            </label>
        }
    };
    let broken = state.draft.policy.iter().count();
    html! {
        <details class="wrong-rules">
            <summary>{ texts.title() }if broken > 0 { { format!(" ({broken})") } }</summary>
            <div class="wrong-rules-list">{ for Mutant::ALL.map(rule) }</div>
        </details>
    }
}

fn reads(state: &FormState) -> Html {
    let onchange = state.change(|draft, event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        let mode = READ_MODES
            .into_iter()
            .find(|&mode| read_mode_text(mode) == chosen);
        draft.reads = mode.unwrap_or_default();
    });
    let option = |mode| {
        let name = read_mode_text(mode);
        html! { <option value={name} selected={mode == state.draft.reads}>{ name }</option> }
    };
    html! { <select class="mono" {onchange}>{ for READ_MODES.map(option) }</select> }
}
