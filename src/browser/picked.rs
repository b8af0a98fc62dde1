//! Files that the user hands over: chosen, dropped or pasted. Their bytes are read part by part, never all at once.

use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Event};

use super::{outcome, words_of};

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
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn array_buffer(this: &Sliced) -> Promise;
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

/// The bytes from one place to another, or to the end.
///
/// # Errors
/// The browser's own words: the file is gone, or has changed since it was handed over.
pub async fn bytes(blob: &Blob, from: u64, to: u64) -> Result<Vec<u8>, String> {
    let part = part(blob, from, to);
    let read = part.unchecked_ref::<Sliced>().array_buffer();
    let buffer = outcome(Ok(read.into()))
        .await
        .map_err(|error| words_of(&error))?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
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
