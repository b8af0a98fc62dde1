//! Copies of pictures for others than the user: without the place where they were taken, and such as the shop's form takes. What is kept
//! stays as it came.

use web_sys::Blob;

use crate::browser::parts::Parts;
use crate::browser::{picked, picture};
use crate::media::{self, kind, location};

/// What a picture says of the place where it was taken.
pub enum Place {
    None,
    /// A copy that says nothing of it, and is otherwise the same.
    Removed(Blob),
    /// It could not be looked at.
    Unknown,
}

/// Looks at all of the picture, whatever was found when it was added: an earlier version looked at its beginning.
pub async fn without_place(picture: &Blob) -> Place {
    let size = picked::size(picture);
    if size > media::WHOLE {
        return Place::Unknown;
    }
    let Ok(bytes) = picked::bytes(picture, 0, size).await else {
        return Place::Unknown;
    };
    let kind = kind::of(&bytes);
    if !location::is_understood(kind) {
        return Place::Unknown;
    }
    let Some(copy) = location::removed(&bytes, kind) else {
        return Place::None;
    };
    drop(bytes);
    let mut parts = Parts::default();
    let made = parts
        .push(&copy)
        .and_then(|()| parts.blob(&picture.type_()));
    made.map_or(Place::Unknown, Place::Removed)
}

/// A copy of at most so many bytes, in which there is nothing but the picture, and its name. `None` where the browser cannot make it.
pub async fn fitted(picture: &Blob, name: &str, most: u64) -> Option<(Blob, String)> {
    let copy = picture::fitted(picture, most).await?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Some((copy, [stem, ".jpg"].concat()))
}
