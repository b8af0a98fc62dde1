//! Files that the user hands over: chosen, dropped or pasted. Their bytes are read part by part, never all at once.

use std::cell::Cell;

use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Event};

use super::{object, outcome, words_of};

#[wasm_bindgen]
extern "C" {
    /// A file as the browser hands it over.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Blob)]
    pub type File;
    #[wasm_bindgen(method, getter)]
    fn name(this: &File) -> String;

    type Sliced;
    #[wasm_bindgen(method)]
    fn slice(this: &Sliced, from: f64, to: f64) -> Blob;
    #[wasm_bindgen(method)]
    fn stream(this: &Sliced) -> Stream;

    type Stream;
    #[wasm_bindgen(method, js_name = getReader, catch)]
    fn reader(this: &Stream, options: &JsValue) -> Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method)]
    fn read(this: &Reader, into: &Uint8Array) -> Promise;

    type Given;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Given) -> Option<Uint8Array>;
}

/// A file that the user handed over.
#[derive(Clone)]
pub struct Picked(File);

impl Picked {
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// What the browser takes it for, by its name.
    #[must_use]
    pub fn declared(&self) -> String {
        self.0.type_()
    }

    #[must_use]
    pub fn size(&self) -> u64 {
        size(&self.0)
    }

    #[must_use]
    pub fn blob(&self) -> &Blob {
        &self.0
    }
}

/// The number of bytes.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is a whole number below 2^53"
)]
pub fn size(blob: &Blob) -> u64 {
    blob.size() as u64
}

thread_local! {
    /// What the browser reads into, unless somebody else has it just now. An array of its own for every part would stay in memory until the
    /// browser cleans up: 200 MB, where a video of that size is read.
    static WAY: Cell<Option<ArrayBuffer>> = const { Cell::new(None) };
}

const WAY_BYTES: u32 = 1 << 20;

/// The bytes from one place to another, or to the end.
///
/// # Errors
/// The browser's own words: the file is gone, or has changed since it was handed over.
pub async fn bytes(blob: &Blob, from: u64, to: u64) -> Result<Vec<u8>, String> {
    let part = part(blob, from, to);
    let mut way = WAY.take().unwrap_or_else(|| ArrayBuffer::new(WAY_BYTES));
    let read = read(&part, &mut way).await?;
    // After a failure the browser may have kept it.
    WAY.set(Some(way));
    Ok(read)
}

async fn read(part: &Blob, way: &mut ArrayBuffer) -> Result<Vec<u8>, String> {
    let size = usize::try_from(size(part)).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(size);
    let reader = part
        .unchecked_ref::<Sliced>()
        .stream()
        .reader(&object(&[("mode", "byob".into())]))
        .map_err(|error| words_of(&error))?;
    while bytes.len() < size {
        let room = u32::try_from(size - bytes.len()).map_or(WAY_BYTES, |rest| rest.min(WAY_BYTES));
        let into = Uint8Array::new_with_byte_offset_and_length(way, 0, room);
        let given = outcome(Ok(reader.read(&into).into())).await;
        let given: Given = given.map_err(|error| words_of(&error))?.unchecked_into();
        let given = given.value().ok_or_else(ended)?;
        *way = given.buffer();
        if given.length() == 0 {
            return Err(ended());
        }
        bytes.extend(given.to_vec());
    }
    Ok(bytes)
}

fn ended() -> String {
    "the file ends before its end".to_owned()
}

/// When a file was last written, in milliseconds.
#[must_use]
pub fn modified(file: &Blob) -> Option<f64> {
    property(file, "lastModified").as_f64()
}

/// The part of a file from one place to another. Nothing is read for it.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "no file is larger than 2^53 bytes"
)]
pub fn part(blob: &Blob, from: u64, to: u64) -> Blob {
    blob.unchecked_ref::<Sliced>().slice(from as f64, to as f64)
}

/// What a field of files has been given.
#[must_use]
pub fn chosen(event: &Event) -> Vec<Picked> {
    event
        .target()
        .map_or_else(Vec::new, |field| files_of(&field))
}

/// What was dropped.
#[must_use]
pub fn dropped(event: &Event) -> Vec<Picked> {
    files_of(&property(event, "dataTransfer"))
}

/// What was pasted, where that is files.
#[must_use]
pub fn pasted(event: &Event) -> Vec<Picked> {
    files_of(&property(event, "clipboardData"))
}

/// Whether what is dragged over the page is files.
#[must_use]
pub fn drags_files(event: &Event) -> bool {
    let types = property(&property(event, "dataTransfer"), "types");
    Array::from(&types).iter().any(|kind| kind == "Files")
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn files_of(holder: &JsValue) -> Vec<Picked> {
    let files = property(holder, "files");
    if !files.is_object() {
        return Vec::new();
    }
    let files = Array::from(&files);
    let files = files.iter();
    files.map(|file| Picked(file.unchecked_into())).collect()
}
