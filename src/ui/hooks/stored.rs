//! What the browser remembers from visit to visit. A browser may keep nothing, or refuse even to be
//! asked: the page then works all the same and starts from its defaults.

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered under `name`.
pub(crate) fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Remembers `value` under `name`, where the browser lets it.
pub(crate) fn remember(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage is nothing that the user could mend here.
        let _ = storage.set_item(name, value);
    }
}
