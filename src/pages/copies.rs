//! Copies of photos and videos for others than the user: without the place where they were taken, and such as the shop's form takes. What
//! is kept stays as it came.

use web_sys::Blob;

use crate::browser::parts::Parts;
use crate::browser::{picked, picture};
use crate::domain::evidence::Located;
use crate::media::video::{self, Spot};
use crate::media::{self, kind, location};

/// With so much of a file in hand its kind is known.
const BEGINNING: u64 = 4096;

/// What a file says of the place where it was taken.
pub enum Place {
    None,
    /// A copy that says nothing of it, and is otherwise the same.
    Removed(Blob),
    /// It could not be looked at.
    Unknown,
}

/// Looks at all of the file that may say it, whatever was found when it was added: an earlier version looked at its beginning.
pub async fn without_place(file: &Blob) -> Place {
    let beginning = picked::bytes(file, 0, BEGINNING.min(picked::size(file))).await;
    match beginning.map(|bytes| kind::of(&bytes)) {
        Ok(kind) if kind.is_video() => video_without_place(file).await,
        Ok(_) => picture_without_place(file).await,
        Err(_) => Place::Unknown,
    }
}

/// Whether a video says where it was taken.
pub async fn video_located(video: &Blob) -> Located {
    match spots(video).await {
        Some(spots) if spots.is_empty() => Located::No,
        Some(_) => Located::Yes,
        None => Located::Unknown,
    }
}

/// The parts of a video that say where it was taken. What was recorded is not read.
async fn spots(video: &Blob) -> Option<Vec<Spot>> {
    let read = async |from, to| picked::bytes(video, from, to).await.ok();
    video::spots(picked::size(video), read).await
}

/// The copy is made of parts of what is kept, which the browser does not read for it, with something else between them.
async fn video_without_place(video: &Blob) -> Place {
    let Some(spots) = spots(video).await else {
        return Place::Unknown;
    };
    if spots.is_empty() {
        return Place::None;
    }
    let mut parts = Parts::default();
    let mut at = 0;
    for spot in spots {
        parts.append(&picked::part(video, at, spot.part.start));
        if parts.push(&spot.cover()).is_err() {
            return Place::Unknown;
        }
        at = spot.part.end;
    }
    parts.append(&picked::part(video, at, picked::size(video)));
    let made = parts.blob(&video.type_());
    made.map_or(Place::Unknown, Place::Removed)
}

async fn picture_without_place(picture: &Blob) -> Place {
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
