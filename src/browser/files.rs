//! Files of the extension itself.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{ahead, runtime};

#[wasm_bindgen]
extern "C" {
    fn fetch(address: &str) -> Promise;
    type Response;
    #[wasm_bindgen(method, catch)]
    async fn text(this: &Response) -> Result<JsValue, JsValue>;
}

/// A file that is being read.
pub struct File {
    address: String,
    response: JsFuture,
}

impl File {
    /// Begins to read at once; other things can be waited for meanwhile.
    #[must_use]
    pub fn open(path: &str) -> Self {
        let address = runtime::url(path);
        let begun = ahead::take(&path.into()).map(JsCast::unchecked_into::<Promise>);
        let response = begun.unwrap_or_else(|| fetch(&address)).into();
        Self { address, response }
    }

    pub async fn text(self) -> Result<String, String> {
        let read = async {
            let response = self.response.await?;
            response.unchecked_into::<Response>().text().await
        };
        let text = read.await;
        let text =
            text.map_err(|error| [&self.address, ": ", &super::words_of(&error)].concat())?;
        Ok(text.as_string().unwrap_or_default())
    }
}
