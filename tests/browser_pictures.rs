//! Small pictures, as real browsers make them of photos however the camera was held, and of what is no photo.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may fail"
)]

use js_sys::Promise;
use recourse::browser::picture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_browser);

const SIDE: u32 = 256;

#[wasm_bindgen(inline_js = "
    const blob = (type, paint) => {
        const canvas = new OffscreenCanvas(1600, 800);
        paint(canvas.getContext('2d'));
        return canvas.convertToBlob({ type });
    };
    // Red on the left, blue on the right, and how the camera was held, as Exif says it.
    export const photo = async (orientation) => {
        const made = await blob('image/jpeg', (pen) => {
            pen.fillStyle = '#f00'; pen.fillRect(0, 0, 800, 800);
            pen.fillStyle = '#00f'; pen.fillRect(800, 0, 800, 800);
        });
        const bytes = new Uint8Array(await made.arrayBuffer());
        const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8,
            0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        // In one part: Firefox does not know a picture whose first part is of two bytes.
        return new Blob([new Uint8Array([...bytes.slice(0, 2), ...exif, ...bytes.slice(2)])], { type: 'image/jpeg' });
    };
    // Nothing but a green spot in the upper left.
    export const spot = (type) => blob(type, (pen) => { pen.fillStyle = '#0f0'; pen.fillRect(0, 0, 400, 400); });
    export const half = async (whole) => { const made = await whole; return made.slice(0, made.size / 2, made.type); };
    export const words = () => Promise.resolve(new Blob(['<svg onload=alert(1)>'], { type: 'image/jpeg' }));
    // Its size and the colours of its corners, from the upper left to the lower right.
    export const look = async (source) => {
        const image = await createImageBitmap(source);
        const canvas = new OffscreenCanvas(image.width, image.height);
        const pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0);
        const names = { '100': 'red', '001': 'blue', '010': 'green', '111': 'white', '000': 'black' };
        const colour = (x, y) => names[[...pen.getImageData(x, y, 1, 1).data].slice(0, 3).map((part) => +(part > 128)).join('')] ?? '?';
        const [x, y] = [image.width - 3, image.height - 3];
        return `${image.width}x${image.height} ${colour(2, 2)} ${colour(x, 2)} ${colour(2, y)} ${colour(x, y)}`;
    };
    export const small_of = (bytes) => new Blob([bytes], { type: 'image/jpeg' });
    // What decodes a picture as a whole, and what decodes it at a size of one's own, can be taken away.
    const taken = {};
    export const take = (name) => { taken[name] = globalThis[name]; globalThis[name] = undefined; };
    export const give = (name) => { globalThis[name] = taken[name]; };
")]
extern "C" {
    fn photo(orientation: u32) -> Promise;
    fn spot(kind: &str) -> Promise;
    fn half(whole: &Promise) -> Promise;
    fn words() -> Promise;
    fn look(source: &Blob) -> Promise;
    fn small_of(bytes: &[u8]) -> Blob;
    fn take(name: &str);
    fn give(name: &str);
}

async fn made(promise: Promise) -> Blob {
    let made = JsFuture::from(promise).await.unwrap();
    made.unchecked_into()
}

async fn looks(picture: &Blob) -> String {
    let look = JsFuture::from(look(picture)).await.unwrap();
    look.as_string().unwrap()
}

async fn small(picture: &Blob, media_type: &str) -> Option<String> {
    let bytes = picture::small(picture, media_type, SIDE).await?;
    assert!(
        bytes.starts_with(b"\xff\xd8\xff"),
        "what is small is a JPEG"
    );
    Some(looks(&small_of(&bytes)).await)
}

/// The same corners as the whole, which the browser has turned, in this size.
fn smaller(whole: &str) -> String {
    let (size, corners) = whole.split_once(' ').unwrap();
    let size = match size {
        "1600x800" => "256x128",
        "800x1600" => "128x256",
        other => panic!("{other}"),
    };
    format!("{size} {corners}")
}

#[wasm_bindgen_test]
async fn a_small_picture_is_turned_as_the_camera_was_held() {
    let mut seen = Vec::new();
    for orientation in 1..=8 {
        let photo = made(photo(orientation)).await;
        let whole = looks(&photo).await;
        // It is never whole in memory: the browser is asked for the small one.
        take("createImageBitmap");
        let small = picture::small(&photo, "image/jpeg", SIDE).await;
        give("createImageBitmap");
        let small = looks(&small_of(&small.expect("a small picture"))).await;
        assert_eq!(small, smaller(&whole), "held as {orientation}");
        seen.push(small);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "the ways of holding it differ: {seen:?}");
}

#[wasm_bindgen_test]
async fn a_browser_without_a_decoder_of_its_own_makes_the_same() {
    take("ImageDecoder");
    let photo = made(photo(6)).await;
    let small = small(&photo, "image/jpeg").await;
    give("ImageDecoder");
    assert_eq!(small, Some(smaller(&looks(&photo).await)));
}

#[wasm_bindgen_test]
async fn what_shows_through_is_white() {
    for kind in ["image/png", "image/webp"] {
        let picture = made(spot(kind)).await;
        assert_eq!(picture.type_(), *kind, "the browser can make it");
        let small = small(&picture, kind).await;
        assert_eq!(small.as_deref(), Some("256x128 green white white white"));
    }
}

#[wasm_bindgen_test]
async fn what_is_no_picture_or_is_another_one_is_no_trouble() {
    assert_eq!(small(&made(words()).await, "image/jpeg").await, None);
    // A type that no decoder knows, and one that is another: the browser looks for itself.
    let picture = made(spot("image/png")).await;
    for kind in ["image/heic", "image/jpeg", ""] {
        let small = small(&picture, kind).await;
        assert_eq!(
            small.as_deref(),
            Some("256x128 green white white white"),
            "{kind}"
        );
    }
    // Of one that was cut off there is what the browser can show, or nothing, but an answer.
    let cut = made(half(&photo(1))).await;
    let _ = small(&cut, "image/jpeg").await;
}
