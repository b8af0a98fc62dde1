//! The program on the shop's pages.

#[cfg(target_arch = "wasm32")]
fn main() {
    // The packaged build ends a panic at once and has no texts of them.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    recourse::program::content::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
