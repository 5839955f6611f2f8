//! Files that are dropped on the page, wherever.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList};
use yew::prelude::*;

use crate::ui::hooks::use_document_event;

/// Calls `take` with files that are dropped; says whether one is being dragged over the page.
#[hook]
pub(super) fn use_drop(take: Callback<FileList>) -> bool {
    let over = use_state_eq(|| false);
    let drag = {
        let over = over.setter();
        use_callback((), move |event: Event, ()| {
            if let Some(event) = of_files(event) {
                // Without this the browser would not let it be dropped here.
                event.prevent_default();
                over.set(true);
            }
        })
    };
    let leave = {
        let over = over.setter();
        use_callback((), move |event: Event, ()| {
            // From one element to another it is still over the page.
            if of_files(event).is_some_and(|event| event.related_target().is_none()) {
                over.set(false);
            }
        })
    };
    let drop = {
        let over = over.setter();
        use_callback(take, move |event: Event, take| {
            if let Some(event) = of_files(event) {
                // Without this the browser would go to the file.
                event.prevent_default();
                over.set(false);
                if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                    take.emit(files);
                }
            }
        })
    };
    use_document_event("dragenter", drag.clone());
    use_document_event("dragover", drag);
    use_document_event("dragleave", leave);
    use_document_event("drop", drop);
    *over
}

/// The event, when it is files that are dragged, and not a piece of text.
fn of_files(event: Event) -> Option<DragEvent> {
    let event = event.dyn_into::<DragEvent>().ok()?;
    let types = event.data_transfer()?.types();
    types.includes(&"Files".into(), 0).then_some(event)
}
