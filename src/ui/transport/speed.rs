//! How fast simulated time runs: a slider over round speeds, logarithmic.

use js_sys::Math::log;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::act::Act;
use crate::ui::text::{Decimal, use_texts};

/// The speeds that the slider stops at, slowest first: those below real time by what they divide it
/// by, then those from real time on. Each is about a quarter more than the one before.
const DIVISORS: [u32; 26] = [
    1000, 800, 600, 500, 400, 300, 250, 200, 150, 120, 100, 80, 60, 50, 40, 30, 25, 20, 15, 12, 10,
    8, 6, 4, 3, 2,
];
const FACTORS: [u32; 8] = [1, 2, 3, 4, 5, 6, 8, 10];
const STOPS: usize = DIVISORS.len() + FACTORS.len();

/// Simulated seconds a second at a stop of the slider.
fn speed_at(stop: usize) -> f64 {
    match DIVISORS.get(stop) {
        Some(&divisor) => 1.0 / f64::from(divisor),
        None => {
            let factor = FACTORS.get(stop - DIVISORS.len()).or(FACTORS.last());
            factor.copied().map_or(1.0, f64::from)
        }
    }
}

/// The stop nearest to a speed, by ratio.
fn stop_of(speed: f64) -> usize {
    let distance = |stop: usize| log(speed_at(stop) / speed).abs();
    (0..STOPS)
        .min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}

/// A speed as a factor of real time: `1/80`, `1.5`.
fn factor_text(speed: f64) -> String {
    let tenths = |number: f64| Decimal((number * 10.0).round() / 10.0).to_string();
    if speed < 1.0 {
        format!("1/{}", tenths(1.0 / speed))
    } else {
        tenths(speed)
    }
}

/// Properties of [`Speed`].
#[derive(Properties, PartialEq)]
pub(super) struct SpeedProps {
    /// Simulated seconds a second.
    pub(super) speed: f64,
    /// What is reached instead, if that is less.
    pub(super) reached: Option<f64>,
    /// What the user does.
    pub(super) on_act: Callback<Act>,
}

/// The slider and what it says.
#[component]
pub(super) fn Speed(props: &SpeedProps) -> Html {
    let texts = use_texts().transport;
    let chosen = texts.times_real(&factor_text(props.speed));
    let reached = props.reached.map(|speed| texts.only(&factor_text(speed)));
    let title = reached.as_ref().map(|_| texts.too_fast());
    // What is reached changes all the time, which is not to be read out.
    let spoken = match title {
        Some(too_fast) => format!("{chosen}. {too_fast}"),
        None => chosen.clone(),
    };
    let oninput = {
        let on_act = props.on_act.clone();
        move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let stop = (input.value_as_number() as usize).min(STOPS - 1);
            on_act.emit(Act::Speed(speed_at(stop)));
        }
    };
    html! {
        <label class="speed">
            <span>{ texts.speed() }</span>
            <input
                type="range"
                min="0"
                max={(STOPS - 1).to_string()}
                step="1"
                value={stop_of(props.speed).to_string()}
                aria-label={texts.speed()}
                aria-valuetext={spoken}
                {oninput}
            />
            <output aria-hidden="true" {title}>{ reached.unwrap_or(chosen) }</output>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_slider_goes_from_a_thousandth_to_ten_times_real_time() {
        assert_eq!(factor_text(speed_at(0)), "1/1000");
        assert_eq!(factor_text(speed_at(STOPS - 1)), "10");
    }

    #[test]
    fn every_stop_is_faster_than_the_one_before_and_found_again() {
        for stop in 0..STOPS {
            assert_eq!(stop_of(speed_at(stop)), stop);
            assert!(stop == 0 || speed_at(stop) > speed_at(stop - 1));
        }
    }

    #[test]
    fn a_speed_between_stops_is_shown_as_it_is() {
        assert_eq!(factor_text(1.0 / 80.0), "1/80");
        assert_eq!(factor_text(0.4), "1/2.5");
        assert_eq!(factor_text(1.5), "1.5");
    }
}
