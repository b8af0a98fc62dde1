//! What is in a backup.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Refused;
use super::paper::Paper;
use crate::domain::evidence::Item;
use crate::domain::order::OrderId;
use crate::domain::sha256::Sha256;
use crate::domain::time::Moment;
use crate::store::Unreadable;
use crate::store::evidence::{item_of_text, text_of_item};
use crate::store::record::record_of_text;

/// The name of the manifest, which is the first entry.
pub const NAME: &str = "manifest.json";
/// The version of the form. The first one had evidence alone.
pub const FORMAT: u32 = 2;
/// The longest manifest: 10,000 notes of a page each, and room.
pub const LONGEST: u64 = 48 << 20;
/// More files, or pieces of evidence, than any backup has. Three bytes of a list are enough for one of its places, which takes eight times
/// as many in memory.
const MOST: usize = 200_000;
/// More lines than the evidence of any backup has, for the same reason.
const MOST_LINES: usize = 1_000_000;

/// The longest record of an order, in bytes: a real one has about 500.
const LONGEST_ORDER: usize = 64 << 10;
/// More than anybody prepares.
const MOST_CLAIMS: usize = 20_000;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    recourse: String,
    format: u32,
    made: i64,
    #[serde(deserialize_with = "list")]
    files: Vec<Listed>,
    #[serde(deserialize_with = "list")]
    evidence: Vec<String>,
    /// Number and record of each.
    #[serde(default, deserialize_with = "list")]
    orders: Vec<[String; 2]>,
    /// Kind and text of each.
    #[serde(default, deserialize_with = "list")]
    claims: Vec<[String; 2]>,
}

/// A list no longer than any.
fn list<'a, D: Deserializer<'a>, T: Deserialize<'a>>(from: D) -> Result<Vec<T>, D::Error> {
    struct List<T>(PhantomData<T>);
    impl<'a, T: Deserialize<'a>> Visitor<'a> for List<T> {
        type Value = Vec<T>;

        fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
            to.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut all = Vec::new();
            while let Some(one) = list.next_element()? {
                if all.len() == MOST {
                    return Err(A::Error::custom("too long a list"));
                }
                all.push(one);
            }
            Ok(all)
        }
    }
    from.deserialize_seq(List(PhantomData))
}

/// A file of the backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// Only the form, of whichever version.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// What a manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    pub made: Moment,
    pub files: Vec<(String, u64, Sha256)>,
    pub items: Vec<Item>,
    /// Each with its record as it is kept, which can be read: as text it takes a fraction of the memory.
    pub orders: Vec<(OrderId, String)>,
    pub papers: Vec<Paper>,
}

/// The manifest as it is written. `version` is the extension's.
#[must_use]
pub fn text(version: &str, contents: &Contents) -> String {
    let files = contents.files.iter().map(|(path, bytes, hash)| Listed {
        path: path.clone(),
        bytes: *bytes,
        sha256: hash.to_string(),
    });
    let manifest = Manifest {
        recourse: version.to_owned(),
        format: FORMAT,
        made: contents.made.0,
        files: files.collect(),
        evidence: contents.items.iter().map(text_of_item).collect(),
        orders: contents
            .orders
            .iter()
            .map(|(id, record)| [id.to_string(), record.clone()])
            .collect(),
        claims: contents
            .papers
            .iter()
            .map(|paper| [paper.kind().to_owned(), paper.text()])
            .collect(),
    };
    // Texts and numbers alone: nothing in it cannot be written.
    serde_json::to_string_pretty(&manifest).unwrap_or_default()
}

fn refused(why: Unreadable) -> Refused {
    match why {
        Unreadable::Newer => Refused::Newer,
        Unreadable::Older | Unreadable::Damaged => Refused::Damaged,
    }
}

/// # Errors
/// It is none, or of a later version.
pub fn read(bytes: &[u8]) -> Result<Contents, Refused> {
    let manifest: Manifest = match serde_json::from_slice(bytes) {
        Ok(manifest) => manifest,
        Err(_) => {
            let later = serde_json::from_slice::<Format>(bytes);
            return Err(match later {
                Ok(later) if later.format > FORMAT => Refused::Newer,
                _ => Refused::Foreign,
            });
        }
    };
    let first = manifest.orders.is_empty() && manifest.claims.is_empty();
    if manifest.format != FORMAT && !(manifest.format == 1 && first) {
        return Err(if manifest.format > FORMAT {
            Refused::Newer
        } else {
            Refused::Foreign
        });
    }
    let lines = |text: &String| text.split('\n').count();
    let lines = manifest.evidence.iter().map(lines).sum::<usize>()
        + manifest.claims.iter().flatten().map(lines).sum::<usize>();
    if lines > MOST_LINES {
        return Err(Refused::TooLarge);
    }
    let mut items = Vec::new();
    // Each text is given back when it was read.
    for text in manifest.evidence {
        items.push(item_of_text(&text).map_err(refused)?);
    }
    let mut ids: Vec<_> = items.iter().map(|item| &item.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != items.len() {
        return Err(Refused::Damaged);
    }
    let mut files = Vec::new();
    for file in manifest.files {
        let hash = Sha256::from_hex(&file.sha256).ok_or(Refused::Damaged)?;
        files.push((file.path, file.bytes, hash));
    }
    let mut orders = Vec::new();
    for [id, text] in manifest.orders {
        let id = OrderId::new(&id).ok_or(Refused::Damaged)?;
        if text.len() > LONGEST_ORDER {
            return Err(Refused::TooLarge);
        }
        record_of_text(&text, &id).map_err(refused)?;
        orders.push((id, text));
    }
    if manifest.claims.len() > MOST_CLAIMS {
        return Err(Refused::TooLarge);
    }
    let mut papers = Vec::new();
    for [kind, text] in manifest.claims {
        papers.push(Paper::read(&kind, &text).ok_or(Refused::Damaged)?);
    }
    Ok(Contents {
        made: Moment(manifest.made),
        files,
        items,
        orders,
        papers,
    })
}
