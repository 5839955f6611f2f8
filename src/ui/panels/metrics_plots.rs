//! The plots: what each shows of the bins, and reads at one of them.

use std::fmt::Write;

use yew::prelude::*;

use crate::catalogue::fill;
use crate::measure::{Bin, Measure, Percentiles};
use crate::raft::{MessageKind, NodeId, Time};
use crate::ui::inspector::term_of;
use crate::ui::text::{Decimal, MetricsTexts, count_text};
use crate::ui::view::MetricsView;

/// How wide and how high a plot is drawn; the style sheet stretches it.
const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 40.0;
/// A band that is narrower than such a part of the axis has no room for words.
const WORDS: f64 = 0.09;

/// A plot.
pub(super) struct Plotted {
    /// What it shows.
    pub(super) name: String,
    /// What the glossary calls that.
    term: Option<&'static str>,
    /// What it reads: what that is, if there is more than one thing, and the value.
    reading: Vec<(&'static str, String)>,
    /// The values at its lower and its upper edge; none: it has no values.
    range: Option<String>,
    /// What is drawn.
    drawn: Html,
}

impl Plotted {
    /// It is about that term of the glossary.
    fn about(self, term: &'static str) -> Self {
        Self {
            term: Some(term),
            ..self
        }
    }

    /// What it reads, in words.
    pub(super) fn said(&self) -> String {
        let each = self.reading.iter().map(|(key, value)| match *key {
            "" => value.clone(),
            key => format!("{key} {value}"),
        });
        each.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn html(self) -> Html {
        let styles = ["solid", "dashed"].into_iter();
        let reading = self
            .reading
            .into_iter()
            .zip(styles)
            .map(|((key, value), style)| {
                html! {
                    <>
                        if !key.is_empty() {
                            <span class={classes!("plot-key", style)}>{ key }</span>
                        }
                        <span class="plot-value mono">{ value }</span>
                    </>
                }
            });
        html! {
            <div class="plot">
                <p class="plot-head">
                    <span>
                        <span data-term={self.term}>{ self.name }</span>
                        if let Some(range) = self.range { <span class="plot-range">{ range }</span> }
                    </span>
                    <span>{ for reading }</span>
                </p>
                { self.drawn }
            </div>
        }
    }
}

/// All of them, read at that bin.
pub(super) fn plots(view: &MetricsView, place: usize, texts: MetricsTexts) -> Vec<Plotted> {
    let latency = |name: &str, of: fn(&Bin) -> Option<Percentiles>| {
        let [half, most] = [
            |took: Percentiles| f64::from(took.p50) / 1e3,
            |took: Percentiles| f64::from(took.p99) / 1e3,
        ]
        .map(|of_both| move |place: usize| of(view.bins.get(place)?).map(of_both));
        let values = [(texts.half(), &half as Values<'_>), (texts.most(), &most)];
        line_plot(view, place, name, Scale::Logarithmic, &values)
    };
    let mut plots = vec![leader(view, place, texts), standstill(view, place, texts)];
    plots.push(latency(texts.commit(), |bin| bin.commit).about("committed"));
    plots.push(latency(texts.operation(), |bin| bin.operation));
    let one = |name: &str, measure: Measure| {
        let value = |place: usize| Some(f64::from(view.bins.get(place)?.value(measure)));
        line_plot(view, place, name, Scale::Linear, &[("", &value)])
    };
    plots.push(one(texts.waiting(), Measure::Waiting));
    let rate = |name: &str, measure| {
        let value = |place: usize| rate(view, place, measure);
        line_plot(view, place, name, Scale::Linear, &[("", &value)])
    };
    plots.push(rate(texts.committed(), Measure::Committed).about("committed"));
    let last = view.bins.last();
    let has_any = |measure: Measure| last.is_some_and(|bin| bin.value(measure) > 0);
    for kind in MessageKind::ALL {
        if has_any(Measure::Sent(kind)) {
            let plot = rate(&fill(texts.messages(), &[&kind]), Measure::Sent(kind));
            plots.push(Plotted {
                term: term_of(kind.name()),
                ..plot
            });
        }
    }
    if has_any(Measure::Lost) {
        plots.push(rate(texts.lost(), Measure::Lost));
    }
    let [longest, shortest] = [Measure::LongestLog, Measure::ShortestLog]
        .map(|measure| move |place: usize| Some(f64::from(view.bins.get(place)?.value(measure))));
    let lengths = [
        (texts.longest(), &longest as Values<'_>),
        (texts.shortest(), &shortest),
    ];
    let logs = line_plot(view, place, texts.logs(), Scale::Linear, &lengths);
    plots.push(logs.about("log"));
    plots
}

/// The values of a line, by bin.
type Values<'a> = &'a dyn Fn(usize) -> Option<f64>;

/// How much a count grew a second in a bin; of one that has just begun, that says nothing.
fn rate(view: &MetricsView, place: usize, measure: Measure) -> Option<f64> {
    let begin = view.begin(place);
    let lasted = view.until(place).since(begin).as_micros();
    if lasted * 2 < view.bin().as_micros() {
        return None;
    }
    let before = match place.checked_sub(1) {
        Some(before) => view.bins.get(before),
        None => view.before.as_ref(),
    };
    let grown = view.bins.get(place)?.grown(measure, before);
    Some(f64::from(grown) * 1e6 / lasted as f64)
}

fn line_plot(
    view: &MetricsView,
    place: usize,
    name: &str,
    scale: Scale,
    lines: &[(&'static str, Values<'_>)],
) -> Plotted {
    let all = lines
        .iter()
        .flat_map(|(_, values)| (0..view.bins.len()).filter_map(values));
    let top = scale.top(all.fold(0.0, f64::max));
    let styles = ["solid", "dashed"].into_iter();
    let paths = lines.iter().zip(styles).map(|((_, values), style)| {
        html! { <path class={style} d={path(view, values, &|value| scale.part(value, top))} /> }
    });
    let text = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number_text);
    let reading = lines
        .iter()
        .map(|(key, values)| (*key, text(values(place))));
    Plotted {
        name: name.to_owned(),
        term: None,
        reading: reading.collect(),
        range: Some(format!("{}–{}", scale.bottom(), number_text(top))),
        drawn: html! {
            <div class="plot-area">
                <svg viewBox={format!("0 0 {} {}", Decimal(WIDTH), Decimal(HEIGHT))} preserveAspectRatio="none" aria-hidden="true">
                    { for paths }
                </svg>
            </div>
        },
    }
}

/// Steps, a bin each; where there is no value, a gap.
fn path(view: &MetricsView, values: Values<'_>, part: &dyn Fn(f64) -> f64) -> String {
    let x = |at: Time| Decimal((view.part(at) * WIDTH * 10.0).round() / 10.0);
    let mut path = String::new();
    let mut goes_on = false;
    for place in 0..view.bins.len() {
        let value = values(place);
        if let Some(value) = value {
            let y = Decimal(((1.0 - part(value)) * HEIGHT * 10.0).round() / 10.0);
            // Writing to a string cannot fail.
            let _ = match goes_on {
                true => write!(path, "V{y}"),
                false => write!(path, "M{} {y}", x(view.begin(place))),
            };
            let _ = write!(path, "H{}", x(view.until(place)));
        }
        goes_on = value.is_some();
    }
    path
}

/// A number with three digits that count, at the most.
fn number_text(value: f64) -> String {
    match value {
        value if value >= 1_000.0 => count_text(value.round() as u64),
        value if value >= 100.0 => Decimal(value.round()).to_string(),
        value => Decimal((value * 10.0).round() / 10.0).to_string(),
    }
}

/// How a value stands on its axis.
#[derive(Clone, Copy)]
enum Scale {
    /// From 0 on.
    Linear,
    /// From 1 on, each power of ten as far from the next: for what is mostly short, and sometimes long.
    Logarithmic,
}

impl Scale {
    const fn bottom(self) -> u8 {
        match self {
            Self::Linear => 0,
            Self::Logarithmic => 1,
        }
    }

    /// A round number that is not less than that.
    fn top(self, value: f64) -> f64 {
        let (round, mut unit): (&[f64], f64) = match self {
            Self::Linear => (&[1.0, 2.0, 5.0], 1.0),
            Self::Logarithmic => (&[1.0], 10.0),
        };
        loop {
            let top = round.iter().map(|of| of * unit).find(|&top| top >= value);
            if let Some(top) = top {
                return top;
            }
            unit *= 10.0;
        }
    }

    /// How high that stands, as a part of the height.
    fn part(self, value: f64, top: f64) -> f64 {
        match self {
            Self::Linear => value / top,
            Self::Logarithmic => value.max(1.0).ln() / top.ln(),
        }
    }
}

/// Bins that are alike, one after the other: from the first to before the last, and what they have.
fn bands<T: PartialEq + Copy>(
    view: &MetricsView,
    of: impl Fn(&Bin) -> T,
) -> Vec<(usize, usize, T)> {
    let mut bands: Vec<(usize, usize, T)> = Vec::new();
    for (place, bin) in view.bins.iter().enumerate() {
        let value = of(bin);
        match bands.last_mut() {
            Some((_, end, known)) if *known == value => *end = place + 1,
            _ => bands.push((place, place + 1, value)),
        }
    }
    bands
}

/// Where a band is, and which part of the axis it takes.
fn stands(view: &MetricsView, from: usize, to: usize) -> (String, f64) {
    let part = |at: Time| view.part(at).clamp(0.0, 1.0);
    let (begin, end) = (part(view.begin(from)), part(view.until(to - 1)));
    let style = format!(
        "left: {}%; width: {}%",
        Decimal(begin * 100.0),
        Decimal((end - begin) * 100.0)
    );
    (style, end - begin)
}

/// The node of that number; 0: none.
fn node_of(number: u32) -> Option<NodeId> {
    u8::try_from(number).ok().and_then(NodeId::new)
}

fn leader(view: &MetricsView, place: usize, texts: MetricsTexts) -> Plotted {
    let of = |bin: &Bin| {
        let leader = node_of(bin.value(Measure::Leader));
        leader.map(|leader| (leader, bin.value(Measure::Term)))
    };
    let band = |(from, to, leads): (usize, usize, Option<(NodeId, u32)>)| {
        let (node, term) = leads?;
        let (style, part) = stands(view, from, to);
        let colour = term.saturating_sub(1) % 7;
        Some(html! {
            <span class="plot-band" style={format!("{style}; background: var(--term-{colour})")}>
                if part > WORDS { { format!("{node} t{term}") } }
            </span>
        })
    };
    let bands = bands(view, of).into_iter().filter_map(band);
    let reading = view.bins.get(place).map(|bin| match of(bin) {
        Some((node, term)) => fill(texts.leads(), &[&node, &term]),
        None => fill(texts.nobody(), &[&bin.value(Measure::Term)]),
    });
    Plotted {
        name: texts.leader().to_owned(),
        term: Some("leader"),
        reading: vec![("", reading.unwrap_or_default())],
        range: None,
        drawn: html! { <div class="plot-bands">{ for bands }</div> },
    }
}

fn standstill(view: &MetricsView, place: usize, texts: MetricsTexts) -> Plotted {
    let band = |(from, to, stood_still): (usize, usize, bool)| {
        let (style, _) = stands(view, from, to);
        stood_still.then(|| html! { <span class="plot-band bad" {style}></span> })
    };
    let bands = bands(view, |bin| bin.stood_still)
        .into_iter()
        .filter_map(band);
    let reading = match view.bins.get(place).is_some_and(|bin| bin.stood_still) {
        true => texts.stood_still(),
        false => texts.went(),
    };
    Plotted {
        name: texts.standstill().to_owned(),
        term: Some("majority"),
        reading: vec![("", reading.to_owned())],
        range: None,
        drawn: html! { <div class="plot-bands thin">{ for bands }</div> },
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_top_of_a_plot_is_a_round_number_that_is_not_exceeded() {
        for (value, linear, logarithmic) in [
            (0.0, 1.0, 10.0),
            (1.0, 1.0, 10.0),
            (1.5, 2.0, 10.0),
            (19.0, 20.0, 100.0),
            (501.0, 1_000.0, 1_000.0),
        ] {
            assert_eq!(Scale::Linear.top(value).to_bits(), f64::to_bits(linear));
            assert_eq!(
                Scale::Logarithmic.top(value).to_bits(),
                f64::to_bits(logarithmic)
            );
        }
        let part = |value| Scale::Logarithmic.part(value, 10.0).to_bits();
        assert_eq!([part(0.5), part(10.0)], [0.0, 1.0].map(f64::to_bits));
    }

    #[test]
    fn a_number_has_no_more_digits_than_count() {
        for (value, text) in [
            (0.0, "0"),
            (12.34, "12.3"),
            (123.4, "123"),
            (1_234.0, "1\u{202f}234"),
        ] {
            assert_eq!(number_text(value), text);
        }
    }
}
