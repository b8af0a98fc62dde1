//! A claim as it goes into a form: its files as the form takes them, and as the user wants to show them.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::claims::Claims;
use super::copies::{self, Place};
use crate::browser::picked;
use crate::domain::claim::{Claim, ClaimFile, FileKind};
use crate::domain::sha256::{Hasher, Sha256};
use crate::form::control::{Takes, Way};
use crate::site::uploads;

/// How much of a copy is in memory at once.
const PART: u64 = 4 << 20;

/// What is handed to the form.
pub struct Sending {
    /// With the names, sizes and hashes of what goes into the form. Its files stand where the claim's do.
    pub claim: Claim,
    /// Their bytes; `null` for those that cannot go.
    pub blobs: Array,
    /// The names of those that are not kept any more.
    pub gone: Vec<String>,
    /// The names of those that say where they were taken, or may, and of which no copy can be made that does not.
    pub located: Vec<String>,
}

impl Sending {
    /// Reads the files of a claim and makes the copies that are needed, for a field for photos that takes these. What is kept stays as it is.
    pub async fn of(claims: &Claims, claim: &Claim, with_place: bool, photos: &Takes) -> Self {
        let mut sending = Self {
            claim: claim.clone(),
            blobs: Array::new(),
            gone: Vec::new(),
            located: Vec::new(),
        };
        for file in &mut sending.claim.files {
            let going = match claims.blob(file).await {
                Some(blob) => going(file, blob, with_place, photos)
                    .await
                    .ok_or(&mut sending.located),
                None => Err(&mut sending.gone),
            };
            match going {
                Ok((as_it_goes, blob)) => {
                    *file = as_it_goes;
                    sending.blobs.push(&blob);
                }
                Err(names) => {
                    names.push(file.name.clone());
                    sending.blobs.push(&JsValue::NULL);
                }
            }
            // What goes is all that there is of it now.
            file.copies = false;
        }
        sending
    }
}

/// A file as it goes. `None` for one that may say where it was taken, and of which no copy can be made that does not.
async fn going(
    file: &ClaimFile,
    blob: Blob,
    with_place: bool,
    photos: &Takes,
) -> Option<(ClaimFile, Blob)> {
    let is_picture = file.kind == FileKind::Picture;
    let most = photos.largest.unwrap_or(uploads::LARGEST_PHOTO);
    let copy = async || copies::fitted(&blob, &file.name, most).await;
    if is_picture
        && photos.way(file) == Some(Way::Copied)
        && let Some((copy, name)) = copy().await
        && let Some(changed) = changed(file, copy, name).await
    {
        return Some(changed);
    }
    if with_place {
        return Some((file.clone(), blob));
    }
    match copies::without_place(&blob).await {
        Place::None => Some((file.clone(), blob)),
        Place::Removed(copy) => changed(file, copy, file.name.clone()).await,
        // A picture that is drawn anew has nothing in it but the picture.
        Place::Unknown if is_picture => {
            let (copy, name) = copy().await?;
            changed(file, copy, name).await
        }
        Place::Unknown => None,
    }
}

async fn changed(file: &ClaimFile, copy: Blob, name: String) -> Option<(ClaimFile, Blob)> {
    let file = ClaimFile {
        hash: hash(&copy).await?,
        name,
        bytes: picked::size(&copy),
        ..file.clone()
    };
    Some((file, copy.unchecked_into()))
}

/// Read part by part: a video is too large to be held at once.
async fn hash(copy: &Blob) -> Option<Sha256> {
    let size = picked::size(copy);
    let mut hasher = Hasher::default();
    let mut at = 0;
    while at < size {
        let part = picked::bytes(copy, at, size.min(at + PART)).await.ok()?;
        if part.is_empty() {
            return None;
        }
        hasher.take(&part);
        at += part.len() as u64;
    }
    Some(hasher.finish())
}
