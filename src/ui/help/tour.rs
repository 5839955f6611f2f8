//! The tour: six steps on the page as it is, in which the user does what a student would. It can be left
//! at any time, and nothing is barred while it lasts.

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::{DomRect, Element, HtmlElement};
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::NodeId;
use crate::ui::text::{Decimal, TourTexts, use_lang, within};

/// How many steps there are.
const STEPS: usize = 6;
/// How large the card is at most, in pixels.
const CARD: (f64, f64) = (336.0, 300.0);
/// Between the card and what it is about.
const GAP: f64 = 16.0;

/// How far the user has come.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Progress {
    /// Who leads.
    pub(crate) leader: Option<NodeId>,
    /// The newest operation that was done.
    pub(crate) done: Option<u64>,
    /// Whether a node is down.
    pub(crate) down: bool,
    /// Whether the playhead is before the end of what has been run.
    pub(crate) past: bool,
    /// Whether something is selected.
    pub(crate) selected: bool,
}

/// Properties of [`Tour`].
#[derive(Properties, PartialEq, Clone)]
pub(crate) struct TourProps {
    /// How far the user has come.
    pub(crate) progress: Progress,
    /// The tour is left, or is over.
    pub(crate) on_leave: Callback<()>,
}

/// The tour.
#[component]
pub(crate) fn Tour(props: &TourProps) -> Html {
    let texts = TourTexts::new(use_lang());
    let step = use_state_eq(|| 0_usize);
    // The newest operation that was done when the step began.
    let before = use_state_eq(|| None::<u64>);
    let target = use_target(*step, props.progress.leader);
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(card) = node.cast::<HtmlElement>() {
            // It can take the focus.
            let _ = card.focus();
        }
    });
    let said = said(*step, texts);
    let done = done(*step, &props.progress, *before, texts);
    let go = |to: usize| {
        let (step, before, now) = (step.setter(), before.setter(), props.progress.done);
        move |_: MouseEvent| {
            before.set(now);
            step.set(to);
        }
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let onkeydown = {
        let leave = props.on_leave.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                leave.emit(());
            }
        }
    };
    let is_last = *step + 1 == STEPS;
    html! {
        <>
            if let Some(target) = *target {
                <div class="tour-ring" style={target.style()} aria-hidden="true"></div>
            }
            <section ref={node} tabindex="-1" class="tour" aria-labelledby="tour-title" aria-describedby="tour-text"
                style={card(*target)} {onkeydown}>
                <p class="tour-step">{ fill(texts.step(), &[&(*step + 1), &STEPS]) }</p>
                <button type="button" class="quiet tour-leave" aria-label={texts.leave()} title={texts.leave()}
                    onclick={leave.clone()}>{ "×" }</button>
                <div aria-live="polite">
                    <h2 id="tour-title">{ said.0 }</h2>
                    <p id="tour-text">{ said.1 }</p>
                    <p class="tour-done">
                        if let Some(done) = &done {
                            <span aria-hidden="true">{ "✓ " }</span>{ done }
                        }
                    </p>
                </div>
                <div class="buttons">
                    if *step > 0 {
                        <button type="button" class="quiet" onclick={go(*step - 1)}>{ texts.back() }</button>
                    }
                    if is_last {
                        <button type="button" class="primary" onclick={leave}>{ texts.finish() }</button>
                    } else {
                        <button type="button" class={classes!(done.is_some().then_some("primary"))}
                            onclick={go(*step + 1)}>{ texts.next() }</button>
                    }
                </div>
            </section>
        </>
    }
}

fn said(step: usize, texts: TourTexts) -> (&'static str, &'static str) {
    match step {
        0 => (texts.cluster(), texts.cluster_says()),
        1 => (texts.write(), texts.write_says()),
        2 => (texts.crash(), texts.crash_says()),
        3 => (texts.survive(), texts.survive_says()),
        4 => (texts.past(), texts.past_says()),
        _ => (texts.why(), texts.why_says()),
    }
}

/// What has been reached in a step, once it has.
fn done(step: usize, now: &Progress, before: Option<u64>, texts: TourTexts) -> Option<String> {
    let leads = |text| now.leader.map(|leader| fill(text, &[&leader]));
    let plain = |reached: bool, text: &str| reached.then(|| text.to_owned());
    match step {
        0 => leads(texts.cluster_done()),
        1 => plain(now.done > before, texts.write_done()),
        2 => plain(now.down, texts.crash_done()),
        3 => leads(texts.survive_done()),
        4 => plain(now.past, texts.past_done()),
        _ => plain(now.selected, texts.why_done()),
    }
}

/// What a step is about: the first of these that is shown.
fn selectors(step: usize, leader: Option<NodeId>) -> [String; 2] {
    let of = |one: &str, other: &str| [one.to_owned(), other.to_owned()];
    match step {
        0 => of(".stage-figure", ""),
        1 => of(".panel-operations form", "#tab-operations"),
        2 => match leader {
            Some(leader) => [
                format!("[data-node='{}']", leader.number()),
                ".stage-figure".to_owned(),
            ],
            None => of(".stage-figure", ""),
        },
        3 => of(".panel-logs", "#tab-logs"),
        4 => of(".strip", ""),
        _ => of(".stage-figure", ""),
    }
}

/// A box in the window, in pixels.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Place {
    fn of(rect: &DomRect) -> Self {
        Self {
            left: rect.left(),
            top: rect.top(),
            width: rect.width(),
            height: rect.height(),
        }
    }

    fn style(self) -> String {
        format!(
            "left: {}px; top: {}px; width: {}px; height: {}px",
            Decimal(self.left - 4.0),
            Decimal(self.top - 4.0),
            Decimal(self.width + 8.0),
            Decimal(self.height + 8.0)
        )
    }
}

/// Where what the step is about is, also after the window has changed or something has scrolled.
#[hook]
fn use_target(step: usize, leader: Option<NodeId>) -> UseStateHandle<Option<Place>> {
    let place = use_state_eq(|| None::<Place>);
    let set = place.setter();
    use_effect_with((step, leader), move |&(step, leader)| {
        let found = find(step, leader);
        if let Some(target) = &found {
            target.scroll_into_view_with_bool(false);
        }
        let measure = move || {
            let rect = find(step, leader).map(|target| target.get_bounding_client_rect());
            set.set(rect.as_ref().map(Place::of));
        };
        measure();
        let window = web_sys::window();
        let listeners = window.map(|window| {
            ["resize", "scroll", "pointerup"].map(|name| {
                let measure = measure.clone();
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&window, name, options, move |_| measure())
            })
        });
        move || drop(listeners)
    });
    place
}

fn find(step: usize, leader: Option<NodeId>) -> Option<Element> {
    let document = web_sys::window()?.document()?;
    let shown = |selector: String| {
        let found = document.query_selector(&selector).ok()??;
        (found.get_bounding_client_rect().width() > 0.0).then_some(found)
    };
    selectors(step, leader).into_iter().find_map(shown)
}

/// Where the card goes: beside what it is about, where there is room; else where it covers least of it.
fn card(target: Option<Place>) -> Option<String> {
    let window = web_sys::window()?;
    let (width, height) = (
        window.inner_width().ok()?.as_f64()?,
        window.inner_height().ok()?.as_f64()?,
    );
    let target = target?;
    if width < 2.0 * CARD.0 {
        // The style sheet has it as wide as the window.
        let in_upper_half = target.top + target.height / 2.0 < height / 2.0;
        return Some(match in_upper_half {
            true => "bottom: var(--space-3)".to_owned(),
            false => "top: var(--space-3)".to_owned(),
        });
    }
    let right = target.left + target.width + GAP;
    let left = target.left - GAP - CARD.0;
    let beside = if right + CARD.0 + GAP <= width {
        Some(right)
    } else {
        (left >= GAP).then_some(left)
    };
    let (x, y) = match beside {
        Some(x) => (x, target.top),
        None if target.top > CARD.1 => (target.left, target.top - GAP - CARD.1),
        None => (target.left, target.top + target.height + GAP),
    };
    Some(format!(
        "left: {}px; top: {}px",
        Decimal(within(x, GAP, width - CARD.0 - GAP)),
        Decimal(within(y, GAP, height - CARD.1 - GAP))
    ))
}
