//! The metrics: plots on one axis of time, which are read and gone to by pointer and keyboard, and counts.

use web_sys::Element;
use yew::prelude::*;

use crate::catalogue::fill;
use crate::raft::Time;
use crate::ui::act::Act;
use crate::ui::shared::Shared;
use crate::ui::text::{Decimal, MetricsTexts, use_lang};
use crate::ui::view::MetricsView;

use super::metrics_plots::{Plotted, plots};
use super::metrics_totals::Totals;
use super::panel::panel;

/// So many bins are gone over with a key for a larger step.
const LEAP: usize = 10;

/// Properties of [`Metrics`].
#[derive(Properties, PartialEq)]
pub(crate) struct MetricsProps {
    /// What is counted.
    pub(crate) view: Shared<MetricsView>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The metrics.
#[component]
pub(crate) fn Metrics(props: &MetricsProps) -> Html {
    let texts = MetricsTexts::new(use_lang());
    let view = &props.view;
    let content = html! {
        <div class="scroller metrics-page" role="group" aria-label={texts.title()} tabindex="0">
            <p class="hint">{ texts.hint() }</p>
            if view.end == Time::ZERO {
                <p class="empty">{ texts.empty() }</p>
            } else {
                <Plots view={view.clone()} on_act={props.on_act.clone()} />
            }
            if !view.complete {
                <p class="sub" role="status">{ texts.coming() }</p>
            }
            <Totals view={view.clone()} />
        </div>
    };
    panel("panel-metrics", texts.title(), Html::default(), content)
}

/// The plots: a slider, whose value is the time that is read.
#[component]
fn Plots(props: &MetricsProps) -> Html {
    let texts = MetricsTexts::new(use_lang());
    let view = &props.view;
    // The bin that is read; none: that of the playhead.
    let read = use_state_eq(|| None::<usize>);
    let held = use_mut_ref(|| false);
    let last = view.bins.len().saturating_sub(1);
    let place = read.map_or_else(|| view.place(view.now), |place| place.min(last));
    let plots = plots(view, place, texts);
    let from_to = fill(
        texts.stretch(),
        &[&seconds(view.begin(place)), &seconds(view.until(place))],
    );
    let said = plots
        .iter()
        .map(|plot| format!("; {}: {}", plot.name, plot.said()));
    let said = from_to.clone() + &said.collect::<String>();
    let pointer = Pointer {
        axis: view.axis,
        end: view.end,
        on_act: props.on_act.clone(),
    };
    let onpointerdown = {
        let (pointer, held) = (pointer.clone(), held.clone());
        move |event: PointerEvent| *held.borrow_mut() = pointer.takes(&event)
    };
    let onpointermove = {
        let (read, held, view) = (read.clone(), held.clone(), view.clone());
        move |event: PointerEvent| {
            let at = pointer.time(&event);
            read.set(at.map(|at| view.place(at)));
            if let Some(at) = at.filter(|_| *held.borrow()) {
                pointer.on_act.emit(Act::Seek(at));
            }
        }
    };
    let onlostpointercapture = move |_: PointerEvent| *held.borrow_mut() = false;
    let leave = {
        let read = read.setter();
        move || read.set(None)
    };
    let onpointerleave = {
        let leave = leave.clone();
        move |_: PointerEvent| leave()
    };
    let onblur = move |_: FocusEvent| leave();
    let onkeydown = {
        let (read, view, on_act) = (read.clone(), view.clone(), props.on_act.clone());
        move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "Enter" => on_act.emit(Act::Seek(view.until(place))),
                key => match place_after(place, last, key) {
                    Some(place) => read.set(Some(place)),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    html! {
        <div class="metrics-plots" role="slider" tabindex="0" aria-label={texts.reading()}
            aria-valuemin="0" aria-valuemax={last.to_string()} aria-valuenow={place.to_string()}
            aria-valuetext={said}
            {onpointerdown} {onpointermove} {onlostpointercapture} {onpointerleave} {onkeydown} {onblur}>
            <p class="metrics-time mono">{ from_to }</p>
            { for plots.into_iter().map(Plotted::html) }
            { ticks(view.axis) }
            <div class="metrics-read" style={bar(view, place)}></div>
            <div class="metrics-head" style={left(view.now, view.axis)}></div>
        </div>
    }
}

/// Where a key leads from a bin.
fn place_after(place: usize, last: usize, key: &str) -> Option<usize> {
    Some(match key {
        "ArrowLeft" | "ArrowDown" => place.saturating_sub(1),
        "ArrowRight" | "ArrowUp" => (place + 1).min(last),
        "PageDown" => place.saturating_sub(LEAP),
        "PageUp" => (place + LEAP).min(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

/// The pointer on the plots.
#[derive(Clone)]
struct Pointer {
    axis: Time,
    end: Time,
    on_act: Callback<Act>,
}

impl Pointer {
    /// It goes where it is pressed; says whether it now holds the time.
    fn takes(&self, event: &PointerEvent) -> bool {
        let Some((plots, at)) = plots_of(event).zip(self.time(event)) else {
            return false;
        };
        if event.button() != 0 {
            return false;
        }
        self.on_act.emit(Act::Halt);
        self.on_act.emit(Act::Seek(at));
        plots.set_pointer_capture(event.pointer_id()).is_ok()
    }

    /// The time that it is on, of what has been run.
    fn time(&self, event: &PointerEvent) -> Option<Time> {
        let plots = plots_of(event)?.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - plots.left()) / plots.width().max(1.0);
        let at = Time((part.clamp(0.0, 1.0) * self.axis.0 as f64) as u64);
        Some(at.min(self.end))
    }
}

fn plots_of(event: &PointerEvent) -> Option<Element> {
    let target = event.target_dyn_into::<Element>()?;
    target.closest(".metrics-plots").ok()?
}

fn left(at: Time, axis: Time) -> String {
    format!("left: {}%", Decimal(at.0 as f64 / axis.0 as f64 * 100.0))
}

fn bar(view: &MetricsView, place: usize) -> String {
    let width = view.until(place).since(view.begin(place)).as_micros() as f64;
    let width = Decimal(width / view.axis.0 as f64 * 100.0);
    format!("{}; width: {width}%", left(view.begin(place), view.axis))
}

/// The times below the plots.
fn ticks(axis: Time) -> Html {
    let tick = |quarter: u64| {
        let at = Time(axis.0 * quarter / 4);
        html! { <span>{ seconds(at) }</span> }
    };
    html! { <p class="metrics-ticks mono">{ for (0..=4).map(tick) }</p> }
}

/// A time with no more digits than it needs.
pub(super) fn seconds(at: Time) -> String {
    format!("{}\u{a0}s", Decimal(at.0 as f64 / 1e6))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_keys_stop_at_the_edges() {
        for (place, key, there) in [
            (0, "ArrowLeft", Some(0)),
            (4, "ArrowRight", Some(5)),
            (19, "ArrowRight", Some(19)),
            (3, "PageDown", Some(0)),
            (3, "End", Some(19)),
            (3, "x", None),
        ] {
            assert_eq!(place_after(place, 19, key), there);
        }
    }
}
