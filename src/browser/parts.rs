//! Files that are made of parts.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag};

/// A file that comes in parts. The browser puts them where it has room, so that the whole is never in this program's memory.
#[derive(Default)]
pub struct Parts {
    /// Each a file of its own already.
    blobs: Array,
}

impl Parts {
    /// # Errors
    /// The browser's own, where it has no room.
    pub fn push(&mut self, part: &[u8]) -> Result<(), JsValue> {
        let bytes = Array::of1(&Uint8Array::from(part));
        self.blobs
            .push(&Blob::new_with_u8_array_sequence(&bytes)?.into());
        Ok(())
    }

    /// Puts another file behind what is there.
    pub fn append(&mut self, blob: &Blob) {
        self.blobs.push(blob);
    }

    /// The file of all parts.
    ///
    /// # Errors
    /// The browser's own, where it has no room.
    pub fn blob(&self, kind: &str) -> Result<Blob, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        Blob::new_with_blob_sequence_and_options(&self.blobs, &options)
    }
}
