//! What the browser remembers, from visit to visit or for as long as the tab is there. A browser may
//! keep nothing, or refuse even to be asked: the page then works all the same and starts from its
//! defaults. Within somebody else's page it neither asks nor tells: what is shown there is theirs.

use web_sys::Storage;

/// Where something is remembered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    /// From visit to visit, for every tab.
    Browser,
    /// For as long as the tab is there, also when the page is loaded anew.
    Tab,
}

impl Store {
    fn storage(self) -> Option<Storage> {
        let window = web_sys::window()?;
        // In a frame the window around it is another one; in a tab it is the same.
        if window.parent().ok()?.is_none_or(|around| around != window) {
            return None;
        }
        match self {
            Self::Browser => window.local_storage().ok()?,
            Self::Tab => window.session_storage().ok()?,
        }
    }

    /// What was remembered under `name`.
    pub(crate) fn recall(self, name: &str) -> Option<String> {
        self.storage()?.get_item(name).ok()?
    }

    /// Remembers `value` under `name`, and says whether the browser let it; if not, nothing older
    /// stays there, either.
    pub(crate) fn remember(self, name: &str, value: &str) -> bool {
        let storage = self.storage();
        let kept = storage.is_some_and(|storage| storage.set_item(name, value).is_ok());
        if !kept {
            self.forget(name);
        }
        kept
    }

    /// Forgets what was remembered under `name`.
    pub(crate) fn forget(self, name: &str) {
        if let Some(storage) = self.storage() {
            // What cannot be taken away was not put there.
            let _ = storage.remove_item(name);
        }
    }
}
