//! What the window is like: wide or narrow.

use gloo_events::EventListener;
use web_sys::MediaQueryList;
use yew::prelude::*;

fn query_list(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

/// Whether a media query holds, now and as the window changes.
#[hook]
pub(crate) fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| query_list(query).is_some_and(|list| list.matches()));
    let set = holds.setter();
    use_effect_with(query, move |&query| {
        let listener = query_list(query).map(|list| {
            let changed = list.clone();
            EventListener::new(&list, "change", move |_| set.set(changed.matches()))
        });
        move || drop(listener)
    });
    *holds
}
