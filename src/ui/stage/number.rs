//! A field for a number, and numbers as people give them.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::raft::Span;
use crate::sim::Probability;
use crate::ui::text::Decimal;

/// A span in milliseconds.
pub fn millis(span: Span) -> f64 {
    span.as_micros() as f64 / 1e3
}

/// So many milliseconds, to the microsecond.
pub fn span_of_millis(millis: f64) -> Span {
    Span((millis * 1e3).round() as u64)
}

/// A probability in percent, to the hundredth.
pub fn percent(probability: Probability) -> f64 {
    (probability.as_f64() * 1e4).round() / 1e2
}

/// Props of [`NumberField`].
#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    /// Its name, where no label holds it.
    #[prop_or_default]
    pub label: Option<&'static str>,
    /// Its value now.
    pub value: f64,
    /// The most it can be.
    pub most: f64,
    /// Another value, from 0 to `most`.
    pub on_change: Callback<f64>,
}

/// A field for a figure from 0 up.
#[function_component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let NumberFieldProps { value, most, .. } = *props;
    // What is being typed outlives a rendering.
    let typed = use_state_eq(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            typed.set(Some(input.value()));
        })
    };
    let onchange = {
        let (typed, on_change) = (typed.clone(), props.on_change.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            // What is no number leaves all as it was; what is out of range is brought into it.
            let number = Some(input.value_as_number()).filter(|number| number.is_finite());
            let then = number.map_or(value, |number| number.max(0.0).min(most));
            input.set_value(&Decimal(then).to_string());
            typed.set(None);
            if then != value {
                on_change.emit(then);
            }
        })
    };
    let shown = (*typed)
        .clone()
        .unwrap_or_else(|| Decimal(value).to_string());
    html! {
        <input type="number" min="0" max={Decimal(most).to_string()} step="any" inputmode="decimal"
            aria-label={props.label} value={shown} {oninput} {onchange} />
    }
}
