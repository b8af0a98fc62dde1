//! A file on the disk that is made part by part and is nobody's yet: what is large is not in memory while it is made.

use js_sys::{AsyncIterator, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::{object, outcome, picked};

#[wasm_bindgen]
extern "C" {
    type Manager;
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = storage)]
    static MANAGER: Manager;
    #[wasm_bindgen(method, js_name = getDirectory, catch)]
    fn directory(this: &Manager) -> Result<Promise, JsValue>;

    type Folder;
    #[wasm_bindgen(method, js_name = getFileHandle, catch)]
    fn handle(this: &Folder, name: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = removeEntry, catch)]
    fn remove(this: &Folder, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn keys(this: &Folder) -> AsyncIterator;

    type Handle;
    #[wasm_bindgen(method, js_name = createWritable, catch)]
    fn writable(this: &Handle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = getFile, catch)]
    fn file(this: &Handle) -> Result<Promise, JsValue>;

    type Writable;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Writable, bytes: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Writable) -> Result<Promise, JsValue>;
}

async fn done<T: JsCast>(call: Result<Promise, JsValue>) -> Result<T, JsValue> {
    outcome(call.map(Into::into))
        .await
        .map(JsCast::unchecked_into)
}

async fn folder() -> Result<Folder, JsValue> {
    done(MANAGER.with(Manager::directory)).await
}

/// A file that is being made.
pub struct Scratch {
    handle: Handle,
    writable: Writable,
    size: u64,
}

impl Scratch {
    /// Begins an empty file of that name, in the place of any other.
    ///
    /// # Errors
    /// The browser's own: it has no such place, or no room.
    pub async fn begin(name: &str) -> Result<Self, JsValue> {
        let options = object(&[("create", true.into())]);
        let handle: Handle = done(folder().await?.handle(name, &options)).await?;
        let writable = done(handle.writable()).await?;
        Ok(Self {
            handle,
            writable,
            size: 0,
        })
    }

    /// Bytes that it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// # Errors
    /// The browser's own, where it has no room. Nothing can be put behind it then.
    pub async fn push(&mut self, part: &[u8]) -> Result<(), JsValue> {
        let written = self.writable.write(&Uint8Array::from(part));
        done::<JsValue>(written).await?;
        self.size += part.len() as u64;
        Ok(())
    }

    /// The file, which stays on the disk until [`clear`].
    ///
    /// # Errors
    /// The browser's own, where it has no room.
    pub async fn file(self) -> Result<Blob, JsValue> {
        done::<JsValue>(self.writable.close()).await?;
        done(self.handle.file()).await
    }

    /// Gives it up.
    pub async fn cancel(self) {
        // What is left of it is cleared away in any case.
        let _ = done::<JsValue>(self.writable.abort()).await;
    }
}

/// Throws away files that were made before that time, in milliseconds: whoever was to read them has.
pub async fn clear(before: f64) {
    // What cannot be thrown away now is later.
    let _ = try_clear(before).await;
}

async fn try_clear(before: f64) -> Result<(), JsValue> {
    let folder = folder().await?;
    let keys = folder.keys();
    let mut names = Vec::new();
    while let Ok(next) = keys.next() {
        let next: js_sys::IteratorNext = outcome(Ok(next.into())).await?.unchecked_into();
        if next.done() {
            break;
        }
        names.extend(next.value().as_string());
    }
    for name in names {
        let handle: Handle = done(folder.handle(&name, &object(&[]))).await?;
        let file: Blob = done(handle.file()).await?;
        if picked::modified(&file).is_some_and(|at| at < before) {
            done::<JsValue>(folder.remove(&name)).await?;
        }
    }
    Ok(())
}
