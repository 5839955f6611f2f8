//! The metrics: plots on one axis of time, which are read and gone to by pointer and keyboard, and counts.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::catalogue::fill;
use crate::measure::CELL;
use crate::raft::Time;
use crate::ui::act::Act;
use crate::ui::axis::{Surface, Tools, Window, use_hand};
use crate::ui::looker::Looker;
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
    /// Who looks at it.
    pub(crate) looker: Looker,
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
                <Plots view={view.clone()} looker={props.looker.clone()} />
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
    // The time that is read; none: that of the playhead.
    let read = use_state_eq(|| None::<Time>);
    let area = use_node_ref();
    let place = view.place((*read).unwrap_or(view.now));
    let plots = plots(view, place, texts);
    let from_to = fill(
        texts.stretch(),
        &[&seconds(view.begin(place)), &seconds(view.until(place))],
    );
    let said = plots
        .iter()
        .map(|plot| format!("; {}: {}", plot.name, plot.said()));
    let said = from_to.clone() + &said.collect::<String>();
    let surface: Rc<dyn Surface> = Rc::new(Hand {
        view: view.clone(),
        looker: props.looker.clone(),
        area: area.clone(),
        read: read.setter(),
        place,
    });
    let on = use_hand(&area, surface.clone());
    // The page has more plots than there is room for: they are scrolled as other lists are.
    let onwheel = move |event: WheelEvent| {
        if event.ctrl_key() || event.shift_key() || event.delta_x().abs() > event.delta_y().abs() {
            on.wheel.emit(event);
        }
    };
    let onblur = move |_: FocusEvent| read.set(None);
    let last = view.bins.len().saturating_sub(1);
    html! {
        <>
            <Tools {surface} whole={view.whole} />
            <div ref={area} class="metrics-plots" role="slider" tabindex="0" aria-label={texts.reading()}
                aria-valuemin="0" aria-valuemax={last.to_string()} aria-valuenow={place.to_string()}
                aria-valuetext={said} onpointerdown={on.down} onpointermove={on.moved} onpointerup={on.up}
                onpointercancel={on.cancel} onpointerleave={on.leave} {onwheel} onkeydown={on.key} {onblur}>
                <p class="metrics-time mono">{ from_to }</p>
                { for plots.into_iter().map(Plotted::html) }
                { ticks(view) }
                <div class="metrics-over">
                    <div class="metrics-read" style={bar(view, place)}></div>
                    <div class="metrics-head" style={left(view, view.now)}></div>
                </div>
            </div>
        </>
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

/// The hand on the plots.
struct Hand {
    view: Shared<MetricsView>,
    looker: Looker,
    area: NodeRef,
    read: UseStateSetter<Option<Time>>,
    /// The bin that is read.
    place: usize,
}

/// The shortest stretch in view, in microseconds: some bins.
const SHORTEST: f64 = 10.0 * CELL.as_micros() as f64;

impl Hand {
    fn width(&self) -> f64 {
        let area = self.area.cast::<HtmlElement>();
        area.map_or(1.0, |area| f64::from(area.client_width().max(1)))
    }

    fn window(&self) -> Window {
        let (from, until) = (self.view.from.0 as f64, self.view.axis.0 as f64);
        Window {
            from,
            span: until - from,
        }
    }

    /// The time there, of what has been run.
    fn time(&self, x: f64) -> Time {
        let window = self.window();
        let at = window.from + x / self.width() * window.span;
        Time(at.max(0.0) as u64).min(self.view.end)
    }

    fn look_at(&self, window: Window) {
        let until = Time(window.until() as u64);
        let edges = (Time(window.from as u64), until);
        self.looker.session.look_at_metrics(Some(edges));
    }
}

impl Surface for Hand {
    fn drag(&self, right: f64, _: f64) {
        if !self.view.whole {
            self.pan(-right / self.width());
        }
    }

    fn pan(&self, part: f64) {
        let mut window = self.window();
        window.pan(part, self.view.end.0 as f64);
        self.look_at(window);
    }

    fn zoom(&self, times: f64, x: Option<f64>) {
        let mut window = self.window();
        let times = times.max(SHORTEST / window.span);
        let about = x.map_or(self.view.begin(self.place), |x| self.time(x));
        let end = self.view.end.0 as f64;
        window.zoom(times, about.0 as f64, end);
        if window.from <= 0.0 && window.until() >= end && times > 1.0 {
            return self.show_all();
        }
        self.look_at(window);
    }

    fn show_all(&self) {
        self.looker.session.look_at_metrics(None);
    }

    fn point(&self, at: Option<(f64, f64)>) {
        self.read.set(at.map(|(x, _)| self.time(x)));
    }

    fn press(&self, (x, _): (f64, f64), _: bool) {
        self.looker.go(Act::Seek(self.time(x)));
    }

    fn key(&self, key: &str, _: bool) -> bool {
        let (view, place) = (&self.view, self.place);
        let last = view.bins.len().saturating_sub(1);
        match key {
            "Enter" => self.looker.go(Act::Seek(view.until(place))),
            key => match place_after(place, last, key) {
                Some(place) => self.read.set(Some(view.begin(place))),
                None => return false,
            },
        }
        true
    }
}

fn left(view: &MetricsView, at: Time) -> String {
    format!("left: {}%", Decimal(view.part(at) * 100.0))
}

fn bar(view: &MetricsView, place: usize) -> String {
    let (begin, until) = (view.begin(place), view.until(place));
    let width = Decimal((view.part(until) - view.part(begin)) * 100.0);
    format!("{}; width: {width}%", left(view, begin))
}

/// The times below the plots.
fn ticks(view: &MetricsView) -> Html {
    let (from, span) = (view.from, view.axis.since(view.from));
    let tick = |quarter: u64| {
        let at = Time(from.0 + span.as_micros() * quarter / 4);
        // To a millisecond: what is shorter than a cell is not seen.
        html! { <span>{ seconds(Time(at.0 / 1_000 * 1_000)) }</span> }
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
