//! Small pictures of large ones and of videos, and addresses under which a page can show them.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Url};

use super::{event, object, outcome, picked};

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

    #[wasm_bindgen(extends = web_sys::Element)]
    type Player;
    #[wasm_bindgen(method, getter, js_name = videoWidth)]
    fn width(this: &Player) -> u32;
    #[wasm_bindgen(method, getter, js_name = videoHeight)]
    fn height(this: &Player) -> u32;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &Player, address: &str);
    #[wasm_bindgen(method, setter)]
    fn set_muted(this: &Player, muted: bool);
    #[wasm_bindgen(method, setter)]
    fn set_preload(this: &Player, how: &str);
    #[wasm_bindgen(method, setter, js_name = onloadeddata)]
    fn on_loaded(this: &Player, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn on_error(this: &Player, call: &Function);

    #[wasm_bindgen(extends = web_sys::Element)]
    type Image;
    #[wasm_bindgen(method, getter, js_name = naturalWidth)]
    fn width(this: &Image) -> u32;
    #[wasm_bindgen(method, getter, js_name = naturalHeight)]
    fn height(this: &Image) -> u32;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &Image, address: &str);
    #[wasm_bindgen(method, setter, js_name = onload)]
    fn on_loaded(this: &Image, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn on_error(this: &Image, call: &Function);

    #[wasm_bindgen(js_name = ImageDecoder)]
    type Decoder;
    #[wasm_bindgen(constructor, js_class = "ImageDecoder", catch)]
    fn new(options: &JsValue) -> Result<Decoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &Decoder) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Decoder);

    /// A picture that a decoder has made.
    type Frame;
    #[wasm_bindgen(method)]
    fn close(this: &Frame);

    type Streamed;
    #[wasm_bindgen(method)]
    fn stream(this: &Streamed) -> JsValue;

    type Pen;
    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    fn set_fill(this: &Pen, colour: &str);
    #[wasm_bindgen(method, setter, js_name = imageSmoothingQuality)]
    fn set_smoothing(this: &Pen, quality: &str);
    #[wasm_bindgen(method, js_name = fillRect)]
    fn fill(this: &Pen, x: f64, y: f64, width: f64, height: f64);
    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw(
        this: &Pen,
        image: &JsValue,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<(), JsValue>;
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

/// What a video is, as far as the browser can play it.
pub struct Still {
    pub width: u32,
    pub height: u32,
    /// A small JPEG of its beginning.
    pub small: Option<Vec<u8>>,
}

/// A picture of this media type as a JPEG of at most so many pixels a side. `None` for what the browser cannot show.
pub async fn small(picture: &Blob, media_type: &str, side: u32) -> Option<Vec<u8>> {
    let small = match decoded_small(picture, media_type, side).await {
        Some(small) => small,
        None => {
            let whole = bitmap(picture, &object(&[])).await?;
            let scaled = scaled(&whole, (whole.width(), whole.height()), side, SMALL).await;
            whole.close();
            scaled?
        }
    };
    bytes_of(&small).await
}

/// The small JPEG of a picture that is never whole in memory: a photo of twelve million pixels takes 48 MB there. The decoder is asked for the
/// size that is needed, which Chromium's comes near to for a JPEG, and Firefox' gives for everything. `None` for what it does not know.
async fn decoded_small(picture: &Blob, media_type: &str, side: u32) -> Option<Blob> {
    let (width, height) = within_side(shown_size(picture).await?, side);
    let decoder = Decoder::new(&object(&[
        ("data", picture.unchecked_ref::<Streamed>().stream()),
        ("type", media_type.into()),
        ("desiredWidth", width.into()),
        ("desiredHeight", height.into()),
    ]))
    .ok()?;
    let made = match decoder.decode() {
        Ok(decoding) => event::answer(&decoding, LIMIT).await,
        Err(_) => None,
    };
    let frame = made
        .and_then(|made| Reflect::get(&made, &"image".into()).ok())
        .map(JsCast::unchecked_into::<Frame>);
    let small = match &frame {
        Some(frame) => drawn(frame, (width, height), SMALL).await,
        None => None,
    };
    if let Some(frame) = frame {
        frame.close();
    }
    decoder.close();
    small
}

/// The width and height of a picture, turned as the camera was held. The browser reads no more than its beginning for them.
async fn shown_size(picture: &Blob) -> Option<(u32, u32)> {
    let address = Address::of(picture)?;
    let document = web_sys::window()?.document()?;
    let image: Image = document.create_element("img").ok()?.unchecked_into();
    let loaded = event::first(|resolve| {
        image.on_loaded(resolve);
        image.on_error(resolve);
    });
    image.set_src(address.text());
    event::within(&loaded, LIMIT).await?;
    let size = (image.width(), image.height());
    // The browser lets go of the file.
    let _ = image.remove_attribute("src");
    (size.0 > 0 && size.1 > 0).then_some(size)
}

/// A picture as a JPEG of at most so many bytes, as large as that allows. `None` for what the browser cannot show.
pub async fn fitted(picture: &Blob, most: u64) -> Option<Blob> {
    /// From the largest to one that fits any limit.
    const STEPS: [(u32, f64); 6] = [
        (3_000, 0.9),
        (2_400, 0.85),
        (2_000, 0.8),
        (1_600, 0.75),
        (1_200, 0.7),
        (800, 0.6),
    ];
    let whole = bitmap(picture, &object(&[])).await?;
    let size = (whole.width(), whole.height());
    let mut found = None;
    for (side, quality) in STEPS {
        found = scaled(&whole, size, side, quality)
            .await
            .filter(|copy| picked::size(copy) <= most);
        if found.is_some() {
            break;
        }
    }
    whole.close();
    found
}

/// Looks at the beginning of a video. `None` for what the browser cannot play, or does not within some seconds.
pub async fn still(video: &Blob, side: u32) -> Option<Still> {
    const LOOKS: u32 = 10;
    let address = Address::of(video)?;
    let document = web_sys::window()?.document()?;
    let player: Player = document.create_element("video").ok()?.unchecked_into();
    player.set_muted(true);
    player.set_preload("auto");
    let loaded = event::first(|resolve| {
        player.on_loaded(resolve);
        player.on_error(resolve);
    });
    player.set_src(address.text());
    let loaded = event::within(&loaded, LIMIT).await;
    let (width, height) = (player.width(), player.height());
    let mut still = None;
    if width > 0 && height > 0 {
        let mut small = None;
        let mut looks = if loaded.is_some_and(|event| event.type_() == "loadeddata") {
            LOOKS
        } else {
            0
        };
        // That a picture is there is said a moment before it can be taken.
        while looks > 0 && small.is_none() {
            looks -= 1;
            small = match scaled(&player, (width, height), side, SMALL).await {
                Some(copy) => bytes_of(&copy).await,
                None => None,
            };
            if small.is_none() {
                event::pause(100).await;
            }
        }
        still = Some(Still {
            width,
            height,
            small,
        });
    }
    // The browser lets go of the file.
    let _ = player.remove_attribute("src");
    still
}

/// Of a picture that stands beside a file's name.
const SMALL: f64 = 0.8;

/// After so many milliseconds the browser is not waited for any longer.
const LIMIT: u32 = 8_000;

/// Turned as the camera was held, which is what the browser does of itself.
async fn bitmap(source: &JsValue, options: &JsValue) -> Option<Bitmap> {
    let made = outcome(create_image_bitmap(source, options).map(Into::into)).await;
    made.ok().map(JsCast::unchecked_into)
}

/// A JPEG of what is so many pixels wide and high, with at most so many of them a side.
async fn scaled(source: &JsValue, size: (u32, u32), side: u32, quality: f64) -> Option<Blob> {
    let (width, height) = within_side(size, side);
    let options = object(&[
        ("resizeWidth", width.into()),
        ("resizeHeight", height.into()),
        ("resizeQuality", "medium".into()),
    ]);
    let scaled = bitmap(source, &options).await?;
    let drawn = drawn(&scaled, (width, height), quality).await;
    scaled.close();
    drawn
}

/// A size with at most so many pixels a side, and with the same proportions.
fn within_side((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    let fitted = |length: u32| {
        let length = u64::from(length) * u64::from(side.min(longest)) / u64::from(longest);
        u32::try_from(length).unwrap_or(1).max(1)
    };
    (fitted(width), fitted(height))
}

/// A JPEG of so many pixels on which the image is drawn.
async fn drawn(image: &JsValue, (width, height): (u32, u32), quality: f64) -> Option<Blob> {
    let canvas = Canvas::new(width, height).ok()?;
    let pen = canvas.context("2d").ok()?;
    // What shows through is not black on paper.
    pen.set_fill("#fff");
    pen.fill(0.0, 0.0, width.into(), height.into());
    pen.set_smoothing("medium");
    pen.draw(image, 0.0, 0.0, width.into(), height.into())
        .ok()?;
    let options = object(&[("type", "image/jpeg".into()), ("quality", quality.into())]);
    let made = outcome(canvas.convert(&options).map(Into::into)).await;
    made.ok()?.dyn_into().ok()
}

async fn bytes_of(blob: &Blob) -> Option<Vec<u8>> {
    picked::bytes(blob, 0, picked::size(blob)).await.ok()
}
