//! Files that are there: a small picture, what each is, and what can be done with it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use crate::browser::download;
use crate::browser::picture::Address;
use crate::domain::evidence::{Attachment, FileType, Item, Located};
use crate::icons;
use crate::pages::copies::{self, Place};
use crate::pages::dom::{self, El, el};
use crate::site::uploads;
use crate::store::locker::Held;

/// Draws the files. A tile that stands there already stays.
pub fn draw<'a>(desk: &Rc<Desk>, list: &El, files: impl Iterator<Item = &'a Held<Item>>) {
    let tiles = files.filter_map(|held| {
        let file = held.record.file()?;
        let id = id_of(held);
        Some(dom::by_id(&id).unwrap_or_else(|| tile(desk, held, file).id(&id)))
    });
    let tiles: Vec<El> = tiles.collect();
    list.replace_with(tiles);
}

/// Draws another file behind those that are there.
pub fn append(desk: &Rc<Desk>, list: &El, held: &Held<Item>) {
    if let Some(file) = held.record.file() {
        list.append(&tile(desk, held, file).id(&id_of(held)));
    }
}

fn id_of(held: &Held<Item>) -> String {
    ["file-", held.record.id.as_str()].concat()
}

fn tile(desk: &Rc<Desk>, held: &Held<Item>, file: &Attachment) -> El {
    let context = &desk.context;
    let face = el("div")
        .class("face")
        .child(dom::icon(if file.kind.is_video() {
            icons::FILM
        } else {
            icons::DOCUMENT
        }));
    if let Some(thumbnail) = file.thumbnail {
        let (desk, face) = (Rc::clone(desk), face.clone());
        spawn_local(async move {
            let blob = desk.keeper.blob(&thumbnail, FileType::Jpeg).await;
            if let Some(address) = blob.ok().as_ref().and_then(Address::of) {
                // The file's name stands beside it.
                let image = el("img").attr("src", address.text()).attr("alt", "");
                face.replace_with([image]);
                // It is shown as long as the page lives.
                std::mem::forget(address);
            }
        });
    }
    let mut about = vec![
        file.kind.name().to_uppercase(),
        context.wording.intl.bytes(file.bytes),
    ];
    if let Some(pixels) = file.pixels {
        about.push(format!("{} × {}", pixels.width, pixels.height));
    }
    about.extend(desk.line_name(&held.record.place));
    about.push(desk.when(held.record.made));
    let words = el("div")
        .class("words")
        .child(el("bdi").class("name").attr("dir", "auto").text(&file.name))
        .child(el("p").class("helper").text(&about.join(" · ")));
    let hash = context.with("evidence_print_hash", &[&file.hash.to_string()]);
    let words = words.child(el("p").class("printed helper").text(&hash));
    let words = if file.located == Located::Yes {
        words.child(
            el("p")
                .class("helper located")
                .text(&context.text("evidence_located")),
        )
    } else {
        words
    };
    let mut copies = vec![Copy::AsItCame];
    if file.located == Located::Yes {
        copies.push(Copy::WithoutPlace);
    }
    if file.kind.is_picture() && !uploads::takes(file.kind, file.bytes) {
        copies.push(Copy::ForTheForm);
    }
    let buttons = copies.into_iter().map(|copy| save(desk, file, copy));
    let buttons = el("div").class("buttons").children(buttons);
    el("li")
        .child(face)
        .child(words.child(buttons))
        .child(desk.bin_button(held, &file.name))
}

/// Shows the pictures themselves in the place of the small ones, as they are printed.
pub async fn enlarge(desk: &Rc<Desk>, files: Vec<Held<Item>>) {
    for held in files {
        let Some(file) = held.record.file().filter(|file| file.kind.is_picture()) else {
            continue;
        };
        let face = dom::by_id(&id_of(&held));
        let face = face.and_then(|tile| tile.find_all(".face").into_iter().next());
        let blob = desk.keeper.blob(&file.hash, file.kind).await;
        if let (Some(face), Some(address)) = (face, blob.ok().as_ref().and_then(Address::of)) {
            let image = el("img").attr("src", address.text()).attr("alt", "");
            image.shown().await;
            face.replace_with([image]);
            // It is shown as long as the page lives.
            std::mem::forget(address);
        }
    }
}

/// What is saved elsewhere.
#[derive(Clone, Copy)]
enum Copy {
    /// Byte for byte.
    AsItCame,
    /// Without the place where it was taken.
    WithoutPlace,
    /// So small, and of such a type, that the shop's form takes it; nothing but the picture is in it.
    ForTheForm,
}

impl Copy {
    const fn words(self) -> &'static str {
        match self {
            Self::AsItCame => "evidence_save_copy",
            Self::WithoutPlace => "evidence_save_without",
            Self::ForTheForm => "evidence_save_fitted",
        }
    }

    /// The copy, and its name. `None` where the browser cannot make it.
    async fn of(self, blob: web_sys::Blob, file: &Attachment) -> Option<(web_sys::Blob, String)> {
        let name = file.name.clone();
        match self {
            Self::AsItCame => Some((blob, name)),
            Self::WithoutPlace => match copies::without_place(&blob).await {
                Place::Removed(copy) => Some((copy, name)),
                Place::None | Place::Unknown => None,
            },
            Self::ForTheForm => copies::fitted(&blob, &name, uploads::LARGEST_PHOTO).await,
        }
    }
}

/// The button that saves a copy of the file.
fn save(desk: &Rc<Desk>, file: &Attachment, copy: Copy) -> El {
    let context = &desk.context;
    let (weak, file) = (Rc::downgrade(desk), file.clone());
    let name = context.text(copy.words());
    let label = format!("{name}: {}", file.name);
    dom::button("plain", &name, move || {
        let Some(desk) = weak.upgrade() else { return };
        let file = file.clone();
        spawn_local(async move {
            let blob = match desk.keeper.blob(&file.hash, file.kind).await {
                Ok(blob) => blob,
                Err(trouble) => return desk.say_not_saved(&trouble),
            };
            match copy.of(blob, &file).await {
                // A browser that refuses says so itself.
                Some((copy, name)) => drop(download::save_blob(&name, &copy)),
                None => desk.say_no_copy(),
            }
        });
    })
    .attr("aria-label", &label)
}
