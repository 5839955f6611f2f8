//! What stands on the stage, as it is drawn now, without the page around it: what the style sheet says
//! of each element becomes attributes of its own, so that any program that knows SVG draws it the same.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Element, Node, Window};

/// What only a hand needs, or an eye in the page.
const NOT_DRAWN: &str = ".stage-link-hit, .stage-node-button, .stage-node-mark";
/// The attributes that say where a shape is, which stay.
const GEOMETRY: [&str; 17] = [
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "width",
    "height",
    "dx",
    "pathLength",
    "xmlns",
    "viewBox",
];
/// How a shape is drawn, and what is so when nothing is said.
const DRAWN: [(&str, &str); 8] = [
    ("fill", "rgb(0, 0, 0)"),
    ("stroke", "none"),
    ("stroke-width", "1px"),
    ("stroke-dasharray", "none"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
    ("paint-order", "normal"),
    ("opacity", "1"),
];
/// How text is written.
const WRITTEN: [(&str, &str); 4] = [
    ("font-family", ""),
    ("font-size", ""),
    ("font-weight", "400"),
    ("text-anchor", "start"),
];

/// A copy of a drawing in the page that needs nothing of the page.
pub(super) fn copy(drawing: &Element) -> Result<Element, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let copy: Element = drawing.clone_node_with_deep(true)?.unchecked_into();
    strip(&copy);
    let (shown, copied) = (
        drawing.query_selector_all("*")?,
        copy.query_selector_all("*")?,
    );
    let pairs = (0..shown.length()).filter_map(|place| {
        let element = |node: Option<Node>| node.map(JsCast::unchecked_into::<Element>);
        Some((element(shown.get(place))?, element(copied.get(place))?))
    });
    for (shown, copied) in pairs {
        if shown.matches(NOT_DRAWN)? {
            copied.remove();
        } else {
            settle(&window, &shown, &copied)?;
        }
    }
    Ok(copy)
}

/// Says of an element what the page says of it.
fn settle(window: &Window, shown: &Element, copied: &Element) -> Result<(), JsValue> {
    let Some(style) = window.get_computed_style(shown)? else {
        return Ok(());
    };
    strip(copied);
    let transform = style.get_property_value("transform")?;
    if transform != "none" {
        copied.set_attribute("transform", &transform)?;
    }
    match &*copied.local_name() {
        "g" => {
            if shown.matches(".stage-node")? {
                copied.set_attribute("class", "node")?;
            }
        }
        "text" | "tspan" => {
            say(&style, copied, &DRAWN)?;
            say(&style, copied, &WRITTEN)?;
            if style.get_property_value("dominant-baseline")? == "central"
                && copied.local_name() == "text"
            {
                // What not every program knows, said so that it does.
                copied.set_attribute("dy", "0.36em")?;
            }
        }
        _ => say(&style, copied, &DRAWN)?,
    }
    Ok(())
}

fn strip(element: &Element) {
    for name in element.get_attribute_names() {
        if let Some(name) = name.as_string()
            && !GEOMETRY.contains(&&*name)
        {
            // An attribute that is there can be removed.
            let _ = element.remove_attribute(&name);
        }
    }
}

fn say(
    style: &CssStyleDeclaration,
    copied: &Element,
    properties: &[(&str, &str)],
) -> Result<(), JsValue> {
    for &(name, unsaid) in properties {
        let value = style.get_property_value(name)?;
        if value != unsaid && !value.is_empty() {
            copied.set_attribute(name, &plain(&value))?;
        }
    }
    Ok(())
}

/// A value as programs other than browsers know it: a mixed colour as a plain one, and lengths without
/// their `px`.
fn plain(value: &str) -> String {
    if let Some(parts) = value.strip_prefix("color(srgb ") {
        // The browser reads numbers: from the standard library that would have to be sent.
        let byte = |part: &str| (js_sys::parse_float(part) * 255.0).round() as u8;
        let mut bytes = parts.split(' ').map(byte);
        let mut next = || bytes.next().unwrap_or_default();
        return format!("rgb({}, {}, {})", next(), next(), next());
    }
    let is_length = value.starts_with(|c: char| c.is_ascii_digit());
    let stays = |c: &char| !(is_length && matches!(c, 'p' | 'x'));
    value.chars().filter(stays).collect()
}
