//! Alternatives to a number of days, or to a day: "7 days or 15 days". One that is not read may be less: "15 days or 7 business days".

use std::cell::OnceCell;

use super::day_count::{Found, is_of};
use super::language::{Language, Languages, List, begins_with, forms, joins_words};
use super::range;
use super::relative;
use super::text::{contains, is_letter};
use super::token::{Kind, Token, tokens};

/// How many words may stand between an "or" and the number behind it: "or within the 15 days".
const MOST_WORDS: usize = 3;
/// How near before an "or" a number stands that it is an alternative to, in pieces of text: "7 business days or".
const NUMBER_REACH: usize = 4;
/// How near a unit, in words: "seven days of work or".
const UNIT_REACH: usize = 3;
/// How near, in letters, where words are joined.
const JOINED_REACH: usize = 6;
/// How near behind a date an "or" stands that it has an alternative by, in words: a time of day and its zone may stand between.
const DATE_REACH: usize = 6;

/// The names of units in the languages that a text may be in, which few texts need.
pub struct Units<'a> {
    make: &'a dyn Fn() -> Vec<relative::Forms>,
    made: OnceCell<Vec<relative::Forms>>,
}

impl<'a> Units<'a> {
    #[must_use]
    pub const fn new(make: &'a dyn Fn() -> Vec<relative::Forms>) -> Self {
        Self {
            make,
            made: OnceCell::new(),
        }
    }

    fn begin(&self, text: &str) -> bool {
        let all = self.made.get_or_init(self.make);
        all.iter().any(|forms| forms.names_unit(text))
    }
}

impl std::fmt::Debug for Units<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Units").field(&self.made).finish()
    }
}

/// Whether the folded text between two numbers of days makes them alternatives: "7 days or 15 days".
#[must_use]
pub fn are_alternatives(between: &str, languages: &Languages) -> bool {
    let word = between.trim_matches(|letter: char| !is_letter(letter));
    word.is_empty()
        || languages.any(|language| begins_with(word, language.range) == Some(word.len()))
}

/// Whether the number of days, between the folded texts that end and begin where other such numbers do, is an alternative to something
/// that is not read and may be less: "15 days or 7 business days", "seven or 15 days", "a week or within 15 days".
#[must_use]
pub fn is_unread(
    folded: &str,
    found: &Found,
    before: &str,
    after: &str,
    languages: &Languages,
    units: &Units<'_>,
) -> bool {
    let (before, after) = (Piece::new(before, units), Piece::new(after, units));
    before.is_length_in_bracket()
        || after.begins_with_length(languages)
        || languages.any(|language| {
            // What is a word of one language alone: "dagen of", and not "days of".
            is_of(folded, found, language) && (before.ends_in(language) || after.begins(language))
        })
}

/// Whether the folded text behind a date gives a length of time as an alternative to it: "before Sep 14, 2026 or within 30 days".
#[must_use]
pub fn is_behind_date(after: &str, languages: &Languages, units: &Units<'_>) -> bool {
    let piece = Piece::new(after, units);
    let words = piece
        .tokens
        .iter()
        .enumerate()
        .take_while(|(_, token)| !token.is_sign('.') && !token.is_sign('?'))
        .filter(|(_, token)| token.word().is_some());
    let mut near = words.clone().take(DATE_REACH);
    let or = near.find(|(_, token)| {
        let word = token.word().unwrap_or_default();
        languages.any(|language| is_or(word, language.or))
    });
    let Some((or, _)) = or else {
        return false;
    };
    words
        .filter(|(at, _)| *at >= or)
        .any(|(at, token)| piece.names_unit(token.start) || at > or && piece.ends_in_unit(token))
}

/// Text beside a number.
struct Piece<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    units: &'a Units<'a>,
}

const fn is_number(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Number(..))
}

impl<'a> Piece<'a> {
    fn new(text: &'a str, units: &'a Units<'a>) -> Self {
        Self {
            text,
            tokens: tokens(text),
            units,
        }
    }

    fn token(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    fn before(&self, at: usize) -> Option<&Token<'a>> {
        self.token(at.checked_sub(1)?)
    }

    /// "15 days (7 business days)", "15 days (seven business days)", "15 days, 7 business days", "15 days – 7 business days".
    fn begins_with_length(&self, languages: &Languages) -> bool {
        let [mark, next, ..] = self.tokens.as_slice() else {
            return false;
        };
        let is_range = |text: &str| {
            languages.any(|language| begins_with(text, language.range) == Some(text.len()))
        };
        match mark.kind {
            Kind::Sign('(') => is_number(next) || self.is_other_in_bracket(languages),
            Kind::Sign(sign) => is_number(next) && (sign == ',' || range::is_dash(sign)),
            Kind::Word(word) => is_number(next) && is_range(word),
            Kind::Number(..) => false,
        }
    }

    /// Whether the bracket with which it begins names a unit, and does not say only which days are meant: "(calendar days)".
    fn is_other_in_bracket(&self, languages: &Languages) -> bool {
        let inner = self.text.trim_start().get(1..).unwrap_or_default();
        let inner = inner.split(')').next().unwrap_or_default().trim();
        let is_days =
            languages.any(|language| begins_with(inner, language.days) == Some(inner.len()));
        let words = self.tokens.iter().skip(1);
        let mut words = words.take_while(|token| !token.is_sign(')'));
        !is_days && words.any(|token| self.names_unit(token.start))
    }

    /// "7 business days (15 days for members)", "seven days/15 days".
    fn is_length_in_bracket(&self) -> bool {
        let Some((mark, rest)) = self.tokens.split_last() else {
            return false;
        };
        (mark.is_sign('(') || mark.is_sign('/'))
            && (rest.iter().any(is_number) || self.is_length(rest.len()))
    }

    /// Whether the alternatives of which the number is the first go on behind it: "15 days, or seven", "15 days of delivery or 7 business
    /// days of receipt".
    fn begins(&self, language: &Language) -> bool {
        let is_or = |token: &Token<'_>| token.word().is_some_and(|word| is_or(word, language.or));
        if self
            .tokens
            .iter()
            .find(|token| token.word().is_some())
            .is_some_and(is_or)
        {
            return true;
        }
        let end = (0..self.tokens.len()).find(|at| {
            let is_mark =
                |token: &Token<'_>| token.is_sign('.') && !self.before(*at).is_some_and(is_or);
            self.token(*at)
                .is_some_and(|token| is_number(token) || is_mark(token) || token.is_sign('?'))
        });
        let Some(end) = end.filter(|end| self.token(*end).is_some_and(is_number)) else {
            return false;
        };
        self.tokens.iter().take(end).any(is_or)
    }

    /// Whether the alternatives of which the number is the last begin with something that is no number of days: "seven or", "seven, 7 or",
    /// "a week or within", "7 business days to".
    fn ends_in(&self, language: &Language) -> bool {
        let or = language.or;
        let (mut is_list, mut is_open, mut passed) = (false, false, 0);
        for (at, token) in self.tokens.iter().enumerate().rev() {
            match token.kind {
                Kind::Number(..) if passed > 0 => return false,
                Kind::Number(..) => is_open = false,
                Kind::Word(word) if forms(or).any(|or| word == or) => {
                    if passed > 0 {
                        return self.is_length(at) || self.is_said_before(at);
                    }
                    (is_list, is_open) = (true, true);
                }
                Kind::Word(_) if is_open => return true,
                Kind::Word(_) if is_list => return false,
                Kind::Word(word) => {
                    // What stands before it is joined to it: "七或", "วันทำการหรือภายใน".
                    let is_joined = |or: &str| {
                        joins(or)
                            && (passed == 0 && word.ends_with(or)
                                || self.is_length_before(at, word.rfind(or)))
                    };
                    if forms(or).any(is_joined) {
                        return true;
                    }
                    let is_range = begins_with(word, language.range) == Some(word.len());
                    if passed == 0 && is_range && self.is_unread_length(at) {
                        return true;
                    }
                    passed += 1;
                    if passed > MOST_WORDS {
                        return false;
                    }
                }
                Kind::Sign(',' | '&' | '+' | '、') => is_open = is_list,
                // "bzw."
                Kind::Sign('.')
                    if self
                        .before(at)
                        .and_then(Token::word)
                        .is_some_and(|word| forms(or).any(|or| word == or)) => {}
                Kind::Sign(sign) => {
                    return is_open
                        || range::is_dash(sign) && passed == 0 && self.is_unread_length(at);
                }
            }
        }
        is_open
    }

    /// Whether the word behind the "or" there stands before it as well: "within seven or within".
    fn is_said_before(&self, or: usize) -> bool {
        let word = self.token(or + 1).and_then(Token::word);
        let mut before = self.tokens.iter().take(or);
        word.is_some() && before.any(|token| token.word() == word)
    }

    /// Whether a length of time stands right before that piece.
    fn is_length(&self, end: usize) -> bool {
        let before = self.tokens.get(..end).unwrap_or_default();
        let words = before.iter().rev().filter(|token| token.word().is_some());
        before.iter().rev().take(NUMBER_REACH).any(is_number)
            || words
                .take(UNIT_REACH)
                .any(|token| self.names_unit(token.start) || self.ends_in_unit(token))
    }

    /// The same of one that is not read as the beginning of a range: "7 business days to", and not "7 to".
    fn is_unread_length(&self, end: usize) -> bool {
        self.is_length(end) && !self.before(end).is_some_and(is_number)
    }

    /// Whether a length of time is joined to the word there, up to that place in it, or stands right before the word.
    fn is_length_before(&self, word: usize, place: Option<usize>) -> bool {
        let (Some(token), Some(place)) = (self.token(word), place) else {
            return false;
        };
        let joined = Token {
            end: token.start + place,
            ..*token
        };
        self.ends_in_unit(&joined) || self.is_length(word)
    }

    fn names_unit(&self, at: usize) -> bool {
        let text = self.text.get(at..).unwrap_or_default();
        self.units.begin(text)
    }

    /// Whether a unit is joined to what stands before it, at the end of the token.
    fn ends_in_unit(&self, token: &Token<'_>) -> bool {
        let text = self.text.get(token.start..token.end).unwrap_or_default();
        let places = text.char_indices().rev().take(JOINED_REACH);
        text.ends_with(joins_words)
            && places
                .filter(|(_, letter)| joins_words(*letter))
                .any(|(at, _)| self.names_unit(token.start + at))
    }
}

fn joins(form: &str) -> bool {
    form.chars().next().is_some_and(joins_words)
}

/// Whether the word is an "or", or is joined to one: of a single letter that writes a sound, which other words have as well, only where it
/// begins or ends the word.
fn is_or(word: &str, or: List) -> bool {
    forms(or).any(|or| {
        let mut letters = or.chars();
        let sounds = letters
            .next()
            .is_some_and(|letter| !matches!(letter, '\u{3400}'..='\u{9fff}'));
        let is_short = sounds && letters.next().is_none();
        word == or
            || joins(or)
                && if is_short {
                    word.starts_with(or) || word.ends_with(or)
                } else {
                    contains(word, or)
                }
    })
}
