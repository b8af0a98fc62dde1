//! Chance.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// At most 65,536 bytes at once.
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    pub fn fill(bytes: &Uint8Array);
}

/// Bytes that nobody can guess.
#[must_use]
pub fn bytes() -> [u8; 16] {
    let array = Uint8Array::new_with_length(16);
    fill(&array);
    let mut bytes = [0; 16];
    array.copy_to(&mut bytes);
    bytes
}
