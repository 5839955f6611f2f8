//! What the user prefers, from visit to visit: theme, projector, single-key shortcuts, and whether
//! the tour has been offered.

use web_sys::Element;
use yew::prelude::*;

use crate::ui::files::is_told_of_a_run;
use crate::ui::hooks::Store;

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub(super) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the style sheet and in what is remembered.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name; that of the system for any other.
    pub(super) fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.code() == code)
            .unwrap_or_default()
    }
}

const THEME: &str = "flotilla-theme";
const SHORTCUTS: &str = "flotilla-shortcuts";
const PROJECTOR: &str = "flotilla-projector";
const TOUR: &str = "flotilla-tour";

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

/// The theme, in force on the page, and the way to change it.
#[hook]
pub(super) fn use_theme() -> (Theme, Callback<Theme>) {
    let theme =
        use_state_eq(|| Theme::from_code(&Store::Browser.recall(THEME).unwrap_or_default()));
    use_effect_with(*theme, |theme| {
        if let Some(root) = root() {
            // Setting an attribute of a valid name does not fail.
            let _ = match theme {
                Theme::System => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme.code()),
            };
        }
    });
    let set = {
        let theme = theme.setter();
        use_callback((), move |new: Theme, ()| {
            Store::Browser.remember(THEME, new.code());
            theme.set(new);
        })
    };
    (*theme, set)
}

/// Whether single keys act, and the way to change it: someone who speaks to their computer must be
/// able to turn them off (WCAG 2.1.4).
#[hook]
pub(super) fn use_shortcuts() -> (bool, Callback<bool>) {
    let on = use_state_eq(|| Store::Browser.recall(SHORTCUTS).as_deref() != Some("off"));
    let set = {
        let on = on.setter();
        use_callback((), move |new: bool, ()| {
            Store::Browser.remember(SHORTCUTS, if new { "on" } else { "off" });
            on.set(new);
        })
    };
    (*on, set)
}

/// Whether the page is for a projector, in force on the page, and the way to change it.
#[hook]
pub(super) fn use_projector() -> (bool, Callback<bool>) {
    let on = use_state_eq(|| Store::Browser.recall(PROJECTOR).as_deref() == Some("on"));
    use_effect_with(*on, |on| {
        if let Some(root) = root() {
            // Setting an attribute of a valid name does not fail.
            let _ = root.toggle_attribute_with_force("data-projector", *on);
        }
    });
    let set = {
        let on = on.setter();
        use_callback((), move |new: bool, ()| {
            Store::Browser.remember(PROJECTOR, if new { "on" } else { "off" });
            on.set(new);
        })
    };
    (*on, set)
}

/// How it stands with the tour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TourState {
    /// It is offered.
    Offered,
    /// It is taken.
    On,
    /// It has been taken, or was not wanted.
    Over,
}

/// How it stands with the tour, and the way to change it. It is offered once, to who comes to see
/// nothing else.
#[hook]
pub(super) fn use_tour() -> (TourState, Callback<TourState>) {
    let tour = use_state_eq(|| {
        // Where nothing is remembered it would be offered each time.
        let before = Store::Browser.recall(TOUR);
        let is_offered = match before.as_deref() {
            None => Store::Browser.remember(TOUR, "offered"),
            Some(before) => before == "offered",
        };
        match is_offered && !is_told_of_a_run() {
            true => TourState::Offered,
            false => TourState::Over,
        }
    });
    let set = {
        let tour = tour.setter();
        use_callback((), move |new: TourState, ()| {
            Store::Browser.remember(TOUR, "over");
            tour.set(new);
        })
    };
    (*tour, set)
}
