//! The picture of the stage as it is shown now, as a file: a figure that stands by itself.
//!
//! The page makes a [`Camera`] and gives it to the stage, which holds it towards what it draws; whoever
//! has the camera can take the picture.

mod standing;
mod svg_pen;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, CanvasRenderingContext2d, Document, Element, Event, HtmlCanvasElement, HtmlImageElement,
    SvgGraphicsElement, Url, XmlSerializer,
};
use yew::prelude::*;

use super::download;
use super::stage::{Scene, paint};
use super::text::{Decimal, EditorTexts, Lang};
use crate::raft::Time;
use svg_pen::{SvgPen, escaped};

/// Between the figure and the edge of the picture.
const MARGIN: f64 = 16.0;
/// The height of the line under the figure.
const CAPTION: f64 = 24.0;
/// How many pixels of a bitmap there are to one of the page.
const SCALE: f64 = 2.0;
const SVG_TYPE: &str = "image/svg+xml";

/// What a picture is saved as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Shapes.
    Svg,
    /// A bitmap of twice the size on the screen.
    Png,
}

/// Takes pictures of one stage.
#[derive(Clone, Default)]
pub struct Camera(Rc<RefCell<Option<Shown>>>);

impl PartialEq for Camera {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A camera, and what saves its picture; where there is none, it calls what it is given.
#[hook]
pub fn use_camera(seed: u64, lang: Lang) -> (Camera, Callback<(Format, Callback<()>)>) {
    let camera = Camera::clone(&use_memo((), |()| Camera::default()));
    let on_save = use_callback(
        (camera.clone(), seed, lang),
        |(format, on_fail), &(ref camera, seed, lang)| camera.save(format, seed, lang, on_fail),
    );
    (camera, on_save)
}

/// What the stage shows.
struct Shown {
    /// What stands.
    standing: NodeRef,
    /// What moves, and in which colours.
    scene: Scene,
}

impl Camera {
    /// The stage shows this now.
    pub(in crate::ui) fn show(&self, standing: NodeRef, scene: Scene) {
        *self.0.borrow_mut() = Some(Shown { standing, scene });
    }

    /// Lets the browser save the picture, under a name that tells the seed and the time. Where the
    /// browser does not draw it, calls `on_fail`; where it refuses to save it, it says so itself.
    #[inline(never)] // It is loaded when it is wanted: it must be a function of its own.
    pub fn save(&self, format: Format, seed: u64, lang: Lang, on_fail: Callback<()>) {
        let Some(picture) = self.picture(seed, lang) else {
            return on_fail.emit(());
        };
        match format {
            Format::Svg => download::file(&picture.name("svg"), SVG_TYPE, &picture.svg),
            Format::Png => {
                if draw(picture, on_fail.clone()).is_err() {
                    on_fail.emit(());
                }
            }
        }
    }

    /// The picture; `None` before there is anything to be seen.
    fn picture(&self, seed: u64, lang: Lang) -> Option<Picture> {
        let shown = self.0.borrow();
        take(shown.as_ref()?, seed, lang).ok()
    }
}

/// A picture that has been taken.
struct Picture {
    svg: String,
    width: f64,
    height: f64,
    seed: u64,
    at: Time,
}

impl Picture {
    /// Its file's name: `flotilla-seed7-12.345s.svg`.
    fn name(&self, ending: &str) -> String {
        let millis = self.at.0 / 1_000;
        let (seconds, millis) = (millis / 1_000, millis % 1_000);
        format!("flotilla-seed{}-{seconds}.{millis:03}s.{ending}", self.seed)
    }
}

fn take(shown: &Shown, seed: u64, lang: Lang) -> Result<Picture, JsValue> {
    let (scene, theme) = (&shown.scene, &shown.scene.theme);
    let at = Time(scene.moving.0.now().max(0.0) as u64);
    let standing = shown.standing.cast::<Element>().ok_or(JsValue::NULL)?;
    let picture = standing::copy(&standing)?;
    let pen = SvgPen::new(&theme.mono);
    paint(&pen, scene, None);
    picture.insert_adjacent_html("beforeend", &format!("<g>{}</g>", pen.finish()))?;

    let [left, top, width, height] = bounds(&picture)?;
    let middle = Decimal(left + width / 2.0);
    let line = Decimal(top + height - MARGIN);
    let part = [left, top, width, height].map(Decimal);
    let [left, top, wide, high] = &part;
    let (paper, muted, sans) = (&theme.paper, &theme.muted, escaped(&theme.sans));
    let told = format!("Flotilla · {} {seed} · {at}", EditorTexts::new(lang).seed());
    picture.insert_adjacent_html(
        "afterbegin",
        &format!(
            "<title>{told}</title>\
             <rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\" fill=\"{paper}\"/>\
             <text x=\"{middle}\" y=\"{line}\" fill=\"{muted}\" font-family=\"{sans}\" \
             font-size=\"12\" text-anchor=\"middle\">{told}</text>"
        ),
    )?;
    picture.set_attribute("viewBox", &format!("{left} {top} {wide} {high}"))?;
    picture.set_attribute("width", &wide.to_string())?;
    picture.set_attribute("height", &high.to_string())?;
    Ok(Picture {
        svg: XmlSerializer::new()?.serialize_to_string(&picture)?,
        width,
        height,
        seed,
        at,
    })
}

/// The part of a picture that something is drawn on, in whole pixels, with its margins and room for a
/// line under it: left, top, width and height.
fn bounds(picture: &Element) -> Result<[f64; 4], JsValue> {
    // Only what is in the page has been laid out.
    let body = document()?.body().ok_or(JsValue::NULL)?;
    picture.set_attribute("style", "position:fixed;visibility:hidden")?;
    body.append_child(picture)?;
    let drawn = picture.unchecked_ref::<SvgGraphicsElement>().get_b_box();
    picture.remove();
    picture.remove_attribute("style")?;
    let drawn = drawn?;
    let (x, y) = (f64::from(drawn.x()), f64::from(drawn.y()));
    let (left, top) = ((x - MARGIN).floor(), (y - MARGIN).floor());
    let right = (x + f64::from(drawn.width()) + MARGIN).ceil();
    let bottom = (y + f64::from(drawn.height()) + MARGIN + CAPTION).ceil();
    Ok([left, top, right - left, bottom - top])
}

fn document() -> Result<Document, JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    document.ok_or(JsValue::NULL)
}

/// Draws a picture as a bitmap, and lets the browser save that. What it fails of later, it tells by
/// `on_fail`.
fn draw(picture: Picture, on_fail: Callback<()>) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(&download::blob(SVG_TYPE, &picture.svg)?)?;
    let image = HtmlImageElement::new()?;
    let (loaded, source) = (image.clone(), url.clone());
    let then = Closure::once_into_js(move |event: Event| {
        let _ = Url::revoke_object_url(&source);
        let is_loaded = event.type_() == "load";
        if !is_loaded || save_drawn(&loaded, picture, on_fail.clone()).is_err() {
            on_fail.emit(());
        }
    });
    image.set_onload(Some(then.unchecked_ref()));
    image.set_onerror(Some(then.unchecked_ref()));
    image.set_src(&url);
    Ok(())
}

fn save_drawn(
    image: &HtmlImageElement,
    picture: Picture,
    on_fail: Callback<()>,
) -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas")?.unchecked_into();
    let (width, height) = (picture.width * SCALE, picture.height * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let ctx = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let ctx: CanvasRenderingContext2d = ctx.unchecked_into();
    ctx.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let name = picture.name("png");
    // A canvas that is too large for the browser has no picture.
    let on_blob = Closure::once_into_js(move |blob: Option<Blob>| match blob {
        Some(blob) => drop(download::save(&name, &blob)),
        None => on_fail.emit(()),
    });
    canvas.to_blob(on_blob.unchecked_ref())
}
