//! `chrome.storage.local`, `chrome.storage.session` and `chrome.storage.sync` as [`store::Area`](crate::store::Area)s.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{ahead, outcome, texts};
use crate::store::{Area, StorageError, StorageTrouble};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    fn local_get(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set, catch)]
    fn local_set(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = remove, catch)]
    fn local_remove(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    fn session_get(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    fn session_set(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = remove, catch)]
    fn session_remove(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = get, catch)]
    fn sync_get(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = set, catch)]
    fn sync_set(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = remove, catch)]
    fn sync_remove(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local", "onChanged"], js_name = addListener, catch)]
    fn add_change_listener(callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local", "onChanged"], js_name = removeListener, catch)]
    fn remove_change_listener(callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session", "onChanged"], js_name = addListener, catch)]
    fn add_session_change_listener(callback: &JsValue) -> Result<(), JsValue>;
}

/// The extension's storage on this computer.
#[derive(Clone, Copy, Debug)]
pub struct Local;

/// What the extension's own programs remember in memory until the browser is closed.
#[derive(Clone, Copy, Debug)]
pub struct Session;

/// What the browser carries to the user's other browsers of the same maker.
#[derive(Clone, Copy, Debug)]
pub struct Synced;

type Called = Result<JsValue, JsValue>;

/// The calls of one of the browser's areas.
trait Calls {
    fn call_get(keys: &JsValue) -> Called;
    fn call_set(entries: &JsValue) -> Called;
    fn call_remove(keys: &JsValue) -> Called;
}

impl Calls for Local {
    /// What the loader has begun to read is not asked for again.
    fn call_get(keys: &JsValue) -> Called {
        ahead::take(keys).map_or_else(|| local_get(keys), Ok)
    }

    fn call_set(entries: &JsValue) -> Called {
        local_set(entries)
    }

    fn call_remove(keys: &JsValue) -> Called {
        local_remove(keys)
    }
}

impl Calls for Session {
    fn call_get(keys: &JsValue) -> Called {
        session_get(keys)
    }

    fn call_set(entries: &JsValue) -> Called {
        session_set(entries)
    }

    fn call_remove(keys: &JsValue) -> Called {
        session_remove(keys)
    }
}

impl Calls for Synced {
    fn call_get(keys: &JsValue) -> Called {
        sync_get(keys)
    }

    fn call_set(entries: &JsValue) -> Called {
        sync_set(entries)
    }

    fn call_remove(keys: &JsValue) -> Called {
        sync_remove(keys)
    }
}

fn error(error: &JsValue) -> StorageError {
    let message = super::words_of(error);
    let trouble = if super::runtime::is_orphaned() {
        StorageTrouble::Orphaned
    } else if super::speaks_of_room(&message) {
        StorageTrouble::Full
    } else {
        StorageTrouble::Refused
    };
    StorageError::new(trouble, message)
}

/// The text that is kept; for what is no text, its JSON, so that it is not taken for nothing.
fn text_of(value: &JsValue) -> Option<String> {
    if value.is_undefined() {
        return None;
    }
    let json = || JSON::stringify(value).ok()?.as_string();
    value.as_string().or_else(json)
}

/// What is kept under the keys. Nothing at all is the answer of a browser that has let go of the page.
async fn read<C: Calls>(keys: &JsValue) -> Result<JsValue, StorageError> {
    let found = outcome(C::call_get(keys)).await.map_err(|e| error(&e))?;
    if found.is_object() {
        Ok(found)
    } else {
        Err(StorageError::new(
            StorageTrouble::Orphaned,
            "the browser gave no answer",
        ))
    }
}

impl<C: Calls> Area for C {
    async fn get(&self, keys: &[&str]) -> Result<Vec<Option<String>>, StorageError> {
        let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        let found = read::<C>(&names).await?;
        Ok(keys
            .iter()
            .map(|key| text_of(&Reflect::get(&found, &JsValue::from_str(key)).ok()?))
            .collect())
    }

    async fn get_all(&self) -> Result<Vec<(String, String)>, StorageError> {
        let found = read::<C>(&JsValue::NULL).await?;
        let entries = found
            .dyn_ref::<Object>()
            .map(Object::entries)
            .unwrap_or_default();
        let entry = |entry: JsValue| {
            let entry = entry.dyn_into::<Array>().ok()?;
            Some((entry.get(0).as_string()?, text_of(&entry.get(1))?))
        };
        Ok(entries.iter().filter_map(entry).collect())
    }

    async fn set(&self, entries: &[(String, String)]) -> Result<(), StorageError> {
        let object = Object::new();
        for (key, text) in entries {
            Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(text))
                .map_err(|e| error(&e))?;
        }
        outcome(C::call_set(&object))
            .await
            .map(|_| ())
            .map_err(|e| error(&e))
    }

    async fn remove(&self, keys: &[&str]) -> Result<(), StorageError> {
        let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        outcome(C::call_remove(&names))
            .await
            .map(|_| ())
            .map_err(|e| error(&e))
    }
}

fn keys_of(changes: &JsValue) -> Vec<String> {
    let keys = changes.dyn_ref::<Object>().map(Object::keys);
    keys.as_ref().map(texts).unwrap_or_default()
}

/// Hears what any program of the extension changes, until dropped.
pub struct Changes {
    callback: Closure<dyn Fn(JsValue)>,
    heard: Rc<RefCell<Heard>>,
}

enum Heard {
    /// The keys that were changed while nobody followed.
    Unheeded(Vec<String>),
    Followed(Rc<dyn Fn(Vec<String>)>),
}

impl Drop for Changes {
    fn drop(&mut self) {
        // Of an orphaned page the listener is gone already.
        let _ = remove_change_listener(self.callback.as_ref());
    }
}

impl Changes {
    /// From now on, and from the moment on at which the loader began to read. What is read after this and changes before it is followed
    /// is not missed.
    pub fn hear() -> Self {
        let heard = Rc::new(RefCell::new(Heard::Unheeded(Vec::new())));
        let ear = Rc::clone(&heard);
        let callback = Closure::<dyn Fn(JsValue)>::new(move |changes: JsValue| {
            let keys = keys_of(&changes);
            let changed = match &mut *ear.borrow_mut() {
                Heard::Unheeded(before) => return before.extend(keys),
                Heard::Followed(changed) => Rc::clone(changed),
            };
            changed(keys);
        });
        if let Err(error) = add_change_listener(callback.as_ref()) {
            super::runtime::log("changes in storage cannot be watched", &error);
        }
        // The loader stops to hear only now: Firefox tells a page of nothing between the last listener's end and the next one's beginning.
        let before = ahead::take(&"changed".into())
            .and_then(|keys| keys.dyn_into::<Function>().ok()?.call0(&JsValue::NULL).ok());
        if let Some(before) = before.and_then(|keys| keys.dyn_into::<Array>().ok())
            && let Heard::Unheeded(keys) = &mut *heard.borrow_mut()
        {
            keys.extend(texts(&before));
        }
        Self { callback, heard }
    }

    /// Calls back with the keys that change, and at once with those that have since this began to hear.
    pub fn follow(&self, changed: impl Fn(Vec<String>) + 'static) {
        let changed = Rc::new(changed);
        let followed = Heard::Followed(changed.clone());
        if let Heard::Unheeded(before) = self.heard.replace(followed)
            && !before.is_empty()
        {
            changed(before);
        }
    }
}

/// Calls back with the keys that any program of the extension changes from now on, until dropped.
pub fn on_change(changed: impl Fn(Vec<String>) + 'static) -> Changes {
    let changes = Changes::hear();
    changes.follow(changed);
    changes
}

/// Calls back with the keys that any program of the extension changes in memory, as long as the page lives.
pub fn on_session_change(changed: impl Fn(Vec<String>) + 'static) {
    let callback = Closure::<dyn Fn(JsValue)>::new(move |changes: JsValue| {
        changed(keys_of(&changes));
    });
    if let Err(error) = add_session_change_listener(callback.as_ref()) {
        super::runtime::log("changes in memory cannot be watched", &error);
    }
    callback.forget();
}
