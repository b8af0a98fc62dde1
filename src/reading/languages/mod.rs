//! The languages, one file of data each.

mod de;
mod en;
mod es;
mod fr;
mod ko;
mod pt;
mod ru;

use super::language::Language;

pub const ALL: &[&Language] = &[
    &en::LANGUAGE,
    &fr::LANGUAGE,
    &ru::LANGUAGE,
    &pt::LANGUAGE,
    &es::LANGUAGE,
    &de::LANGUAGE,
    &ko::LANGUAGE,
];
