//! The canvas of a view with the sentence below it, drawn in the frames of the browser.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use crate::ui::hooks::use_frames;
use crate::ui::stage::{Theme, use_size, use_theme};

/// What a view is drawn on.
pub(in crate::ui) struct Sheet<'a> {
    /// The element that the hand is on.
    pub(in crate::ui) area: HtmlElement,
    pub(in crate::ui) canvas: HtmlCanvasElement,
    /// The sentence below.
    pub(in crate::ui) caption: HtmlElement,
    /// How large the canvas is, in pixels.
    pub(in crate::ui) size: (f64, f64),
    pub(in crate::ui) theme: &'a Rc<Theme>,
}

/// The elements.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Refs {
    pub(in crate::ui) area: NodeRef,
    pub(in crate::ui) canvas: NodeRef,
    pub(in crate::ui) caption: NodeRef,
}

/// Draws what depends on `parts` in every frame in which the elements are there.
#[hook]
pub(in crate::ui) fn use_sheet<P: PartialEq + 'static>(
    parts: P,
    draw: impl Fn(&Sheet, &P) + 'static,
) -> Refs {
    let refs = Refs {
        area: use_node_ref(),
        canvas: use_node_ref(),
        caption: use_node_ref(),
    };
    let (theme, size) = (use_theme(), use_size(&refs.area));
    let parts = (refs.clone(), size, theme, parts);
    let frame = use_callback(parts, move |_: f64, (refs, size, theme, parts)| {
        let (Some(area), Some(canvas), Some(caption), Some(size)) = (
            refs.area.cast(),
            refs.canvas.cast(),
            refs.caption.cast(),
            *size,
        ) else {
            return;
        };
        let sheet = Sheet {
            area,
            canvas,
            caption,
            size,
            theme,
        };
        draw(&sheet, parts);
    });
    use_frames(frame);
    refs
}
