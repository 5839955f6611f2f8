//! What every panel has: a region with its name, a heading, its own controls, its content.

use yew::prelude::*;

use crate::ui::hooks::Scroll;

/// A panel: a region with its heading, and beside that its controls. `class` is what it is called in
/// the style sheet.
pub(crate) fn panel(
    class: &'static str,
    title: &'static str,
    controls: Html,
    content: Html,
) -> Html {
    html! {
        <section class={classes!("panel", class)} aria-label={title}>
            <header class="panel-head">
                <h2>{ title }</h2>
                { controls }
            </header>
            { content }
        </section>
    }
}

/// The part of a panel that is scrolled.
pub(super) fn scroller(scroll: &Scroll, label: &'static str, content: Html) -> Html {
    html! {
        <div
            class="scroller"
            ref={scroll.node.clone()}
            onscroll={scroll.onscroll.clone()}
            tabindex="0"
            role="group"
            aria-label={label}
        >
            { content }
        </div>
    }
}
