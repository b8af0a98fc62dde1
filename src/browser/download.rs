//! Saves a file that was made here.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Has the browser save the text under that name, or ask where.
///
/// # Errors
/// The browser's own words.
pub fn save(name: &str, kind: &str, text: &str) -> Result<(), String> {
    offer(name, kind, text).map_err(|error| super::words_of(&error))
}

/// Has the browser save the file under that name, or ask where.
///
/// # Errors
/// The browser's own words.
pub fn save_blob(name: &str, blob: &Blob) -> Result<(), String> {
    offer_blob(name, blob).map_err(|error| super::words_of(&error))
}

fn offer(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    offer_blob(
        name,
        &Blob::new_with_str_sequence_and_options(&parts, &options)?,
    )
}

fn offer_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    /// The browser reads the file after the press, in its own time.
    const READ: u32 = 60_000;
    let address = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document());
    let link = document
        .ok_or("there is no document")?
        .create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.unchecked_ref::<HtmlElement>().click();
    gloo_timers::callback::Timeout::new(READ, move || {
        // An address that is gone already needs no taking back.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
