//! Small pictures of large ones, and addresses under which a page can show them.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Url};

use super::{object, outcome, picked};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(source: &JsValue, options: &JsValue) -> Result<Promise, JsValue>;

    type Bitmap;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Bitmap) -> u32;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Bitmap) -> u32;
    #[wasm_bindgen(method)]
    fn close(this: &Bitmap);

    #[wasm_bindgen(js_name = OffscreenCanvas)]
    type Canvas;
    #[wasm_bindgen(constructor, js_class = "OffscreenCanvas", catch)]
    fn new(width: u32, height: u32) -> Result<Canvas, JsValue>;
    #[wasm_bindgen(method, js_name = getContext, catch)]
    fn context(this: &Canvas, kind: &str) -> Result<Pen, JsValue>;
    #[wasm_bindgen(method, js_name = convertToBlob, catch)]
    fn convert(this: &Canvas, options: &JsValue) -> Result<Promise, JsValue>;

    type Pen;
    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw(this: &Pen, image: &JsValue, x: f64, y: f64) -> Result<(), JsValue>;
}

/// An address under which this page can show a file, until dropped.
pub struct Address(String);

impl Address {
    #[must_use]
    pub fn of(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        // One that is gone already needs no taking back.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// A picture as a JPEG of at most so many pixels a side. `None` for what the browser cannot show.
pub async fn small(picture: &Blob, side: u32) -> Option<Vec<u8>> {
    // Turned as the camera was held, which is what the browser does of itself.
    let whole: Bitmap = outcome(create_image_bitmap(picture, &object(&[])).map(Into::into))
        .await
        .ok()?
        .unchecked_into();
    let (width, height) = (whole.width(), whole.height());
    let longest = width.max(height).max(1);
    let fitted = |length: u32| {
        let length = u64::from(length) * u64::from(side.min(longest)) / u64::from(longest);
        u32::try_from(length).unwrap_or(1).max(1)
    };
    let (width, height) = (fitted(width), fitted(height));
    let options = object(&[
        ("resizeWidth", width.into()),
        ("resizeHeight", height.into()),
        ("resizeQuality", "medium".into()),
    ]);
    let scaled = outcome(create_image_bitmap(whole.as_ref(), &options).map(Into::into)).await;
    whole.close();
    let scaled = scaled.ok()?;
    let canvas = Canvas::new(width, height).ok()?;
    canvas.context("2d").ok()?.draw(&scaled, 0.0, 0.0).ok()?;
    scaled.unchecked_ref::<Bitmap>().close();
    let options = object(&[("type", "image/jpeg".into()), ("quality", 0.8.into())]);
    let made = outcome(canvas.convert(&options).map(Into::into))
        .await
        .ok()?;
    let made: Blob = made.dyn_into().ok()?;
    picked::bytes(&made, 0, picked::size(&made)).await.ok()
}
