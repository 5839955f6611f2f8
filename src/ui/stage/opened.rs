//! A menu that is opened: it comes with the part of the page that has menus.

use yew::prelude::*;

use super::menu::{Menu as Opened, MenuProps};
use crate::ui::parts::{Later, Part};

/// A menu, as soon as it is here.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let content = {
        let props = props.clone();
        Callback::from(move |()| html! { <Opened ..props.clone() /> })
    };
    let on_dismiss = props.on_close.reform(|()| true);
    html! { <Later part={Part::Menus} quiet=true {content} {on_dismiss} /> }
}
