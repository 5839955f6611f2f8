//! The last notice: the program has panicked. Nothing of the page can be relied on then, so this is
//! written into the document without it.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use crate::ui::files::note_panic;
use crate::ui::text::{Lang, ShellTexts};

/// Shows a notice when the program panics, and the panic itself in the console. To be called before
/// anything else.
pub fn install() {
    let hook = |info: &PanicHookInfo<'_>| {
        console_error_panic_hook::hook(info);
        note_panic();
        // When even this fails, the console still has it.
        let _ = show(info);
    };
    // By way of Yew, which would else put its own in place of this one.
    yew::set_custom_panic_hook(Box::new(hook));
}

const NOTICE: &str = "panic-notice";

fn show(info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    // The first panic is the cause; what follows it is only noise.
    if document.get_element_by_id(NOTICE).is_some() {
        return Ok(());
    }
    let texts = lang(&document).texts().shell;
    let notice = notice(&document, texts, &info.to_string())?;
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&notice)?;
    Ok(())
}

fn lang(document: &Document) -> Lang {
    document
        .document_element()
        .and_then(|root| root.get_attribute("lang"))
        .and_then(|code| Lang::from_code(&code))
        .unwrap_or_default()
}

fn notice(document: &Document, texts: ShellTexts, why: &str) -> Result<Element, JsValue> {
    let notice = document.create_element("div")?;
    notice.set_id(NOTICE);
    notice.set_class_name("notice panic");
    notice.set_attribute("role", "alert")?;
    for (name, text) in [("p", texts.stopped()), ("pre", why)] {
        let element = document.create_element(name)?;
        element.set_text_content(Some(text));
        notice.append_child(&element)?;
    }
    // A form that asks for the page itself, without what its address says of a run, needs nothing of
    // the program.
    let form = document.create_element("form")?;
    let path = document.location().ok_or(JsValue::NULL)?.pathname()?;
    form.set_attribute("action", &path)?;
    let again = document.create_element("button")?;
    again.set_class_name("primary");
    again.set_text_content(Some(texts.start_new_run()));
    form.append_child(&again)?;
    notice.append_child(&form)?;
    Ok(notice)
}
