//! What every panel has: a region with its name, a heading, its own controls, its content.

use yew::prelude::*;

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    /// What it is called in the style sheet.
    pub(super) class: &'static str,
    /// Its name.
    pub(super) title: &'static str,
    /// Its controls, beside the heading.
    #[prop_or_default]
    pub(super) controls: Html,
    /// Its content.
    pub(super) children: Html,
}

/// A panel: a region with its heading.
#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    html! {
        <section class={classes!("panel", props.class)} aria-label={props.title}>
            <header class="panel-head">
                <h2>{ props.title }</h2>
                { props.controls.clone() }
            </header>
            { props.children.clone() }
        </section>
    }
}
