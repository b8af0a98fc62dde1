//! Folded text as numbers, words and signs.

use crate::domain::number;

use super::text::is_letter;

/// One piece of a text. Spaces separate pieces and are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A run of ASCII digits: its value, saturating, and how many digits it has.
    Number(u64, usize),
    /// A run of letters.
    Word(&'a str),
    Sign(char),
}

/// A piece with the bytes of the folded text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub kind: Kind<'a>,
    pub start: usize,
    pub end: usize,
}

impl<'a> Token<'a> {
    pub const fn word(&self) -> Option<&'a str> {
        if let Kind::Word(word) = self.kind {
            Some(word)
        } else {
            None
        }
    }

    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Splits text that [`fold`](super::text::fold) has made.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if first == ' ' {
            continue;
        }
        let same: Option<fn(char) -> bool> = if first.is_ascii_digit() {
            Some(|letter| letter.is_ascii_digit())
        } else if is_letter(first) {
            Some(is_letter)
        } else {
            None
        };
        let mut end = start + first.len_utf8();
        if let Some(same) = same {
            while let Some((at, letter)) = letters.next_if(|(_, letter)| same(*letter)) {
                end = at + letter.len_utf8();
            }
        }
        let Some(piece) = text.get(start..end) else {
            continue;
        };
        let kind = if first.is_ascii_digit() {
            let value = number::read(piece, 10).and_then(|value| u64::try_from(value).ok());
            Kind::Number(value.unwrap_or(u64::MAX), piece.len())
        } else if same.is_some() {
            Kind::Word(piece)
        } else {
            Kind::Sign(first)
        };
        out.push(Token { kind, start, end });
    }
    out
}
