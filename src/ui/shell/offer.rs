//! The offer of the tour, to who is here for the first time.

use yew::prelude::*;

use crate::ui::hooks::{CLUSTER, focus};
use crate::ui::text::ShellTexts;

use super::preference::TourState;

/// The offer: one line over the cluster.
pub(super) fn offer(on_tour: &Callback<TourState>, texts: ShellTexts) -> Html {
    let onclick = on_tour.reform(|_: MouseEvent| TourState::On);
    let no = on_tour.reform(|_: MouseEvent| {
        // The button that has the focus goes.
        focus(&[CLUSTER]);
        TourState::Over
    });
    html! {
        <div class="offer">
            <p>{ texts.new_here() }</p>
            <button type="button" {onclick}>{ texts.take_tour() }</button>
            <button type="button" class="quiet" onclick={no}>{ texts.no_tour() }</button>
        </div>
    }
}
