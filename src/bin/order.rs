//! The program about one order: on its own pages, and on the order list for what opens from a badge.

// Not the standard library's own start, which sets up an output that nobody reads.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::Function;
    use recourse::program::order;
    use wasm_bindgen::prelude::*;
    use web_sys::Element;

    /// Called by `loaders/order.js` on an order's own page.
    #[wasm_bindgen]
    pub async fn read_page() {
        order::read_page().await;
    }

    /// Called by `loaders/listing.js` beside the listing of a product, for the user who came there to keep it.
    #[wasm_bindgen]
    pub async fn attend_listing() {
        order::attend_listing().await;
    }

    // The rest is called by the program of the order list.

    #[wasm_bindgen]
    pub async fn attend(language: String, describe: Function) -> Result<(), JsValue> {
        order::attend(&language, describe).await
    }

    #[wasm_bindgen]
    pub fn open(panel: &str, badge: &Element, button: &Element) {
        order::open(panel, badge, button);
    }

    #[wasm_bindgen]
    pub fn leave(order: &str) {
        order::leave(order);
    }

    #[wasm_bindgen]
    pub fn not_understood(tried: String) {
        order::not_understood(tried);
    }

    #[wasm_bindgen]
    pub async fn warn() {
        order::warn().await;
    }

    #[wasm_bindgen]
    pub fn understood() {
        order::understood();
    }

    #[wasm_bindgen]
    pub fn end() {
        order::end();
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    // The packaged build ends a panic at once and has no texts of them.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
