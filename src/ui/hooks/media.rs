//! What the window is like: wide or narrow.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
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
        let list = query_list(query);
        let listener = {
            let list = list.clone();
            Closure::<dyn Fn()>::new(move || {
                set.set(list.as_ref().is_some_and(MediaQueryList::matches));
            })
        };
        if let Some(list) = &list {
            list.set_onchange(Some(listener.as_ref().unchecked_ref()));
        }
        move || {
            if let Some(list) = list {
                list.set_onchange(None);
            }
            drop(listener);
        }
    });
    *holds
}
