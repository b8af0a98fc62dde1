//! The shop's words, one file of data for each language. All are folded (see [`fold`](crate::reading::text::fold)); most
//! are stems, because they are looked for inside words.
//!
//! Only a part of them was seen on real pages (English, and single words of the others); the rest is how the shop is known
//! to translate. That is why no word alone decides: a deadline sentence needs three of them and a date, a row of the order's
//! facts needs its place and its word.

mod de;
mod en;
mod es;
mod fr;
mod ko;
mod pt;
mod ru;

use crate::domain::order::OrderState;

/// Where a number of days stands to the words that say what it counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// "within 7 days of confirming receipt".
    CountFirst,
    /// "수령 확인 후 7일 이내".
    CountLast,
}

pub struct Words {
    /// For each state the whole status texts that mean it, folded, divided by `|`.
    pub states: &'static [(OrderState, &'static str)],
    /// The money comes back.
    pub refund: &'static [&'static str],
    /// It arrives, it is delivered, it is received.
    pub arrive: &'static [&'static str],
    /// Before a day.
    pub before: &'static [&'static str],
    /// A voucher, whose date must not be taken for the refund's.
    pub coupon: &'static [&'static str],
    /// It is sent back.
    pub send_back: &'static [&'static str],
    /// Receipt is confirmed.
    pub receipt: &'static [&'static str],
    /// The order was placed.
    pub ordered: &'static [&'static str],
    /// It was delivered.
    pub delivered: &'static [&'static str],
    /// The title of the tracking page once it has arrived, as opposed to "Estimated delivery".
    pub arrived_title: &'static [&'static str],
    pub order: Order,
    /// Labels in the order's facts: it was sent.
    pub shipped_row: &'static [&'static str],
    /// Labels in the order's facts: it was completed.
    pub completed_row: &'static [&'static str],
    /// The control of an order line that begins a return or a dispute.
    pub dispute_control: &'static [&'static str],
}

pub const ALL: &[&Words] = &[
    &en::WORDS,
    &fr::WORDS,
    &ru::WORDS,
    &pt::WORDS,
    &es::WORDS,
    &de::WORDS,
    &ko::WORDS,
];

/// Whether the folded text has one of the stems.
pub fn has(folded: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| folded.contains(stem))
}

/// Whether the folded text has one of the words, as a whole word and not inside another.
pub fn has_word(folded: &str, words: &[&str]) -> bool {
    let letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    words.iter().any(|word| {
        folded.match_indices(word).any(|(at, found)| {
            let before = folded.get(..at).and_then(|text| text.chars().next_back());
            let after = folded
                .get(at + found.len()..)
                .and_then(|text| text.chars().next());
            // Korean joins its particles to the word before.
            let joins = word
                .chars()
                .all(|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}' | ' '));
            joins || (!letter(before) && !letter(after))
        })
    })
}

impl Words {
    fn status_texts(&self) -> impl Iterator<Item = (&'static str, OrderState)> {
        self.states
            .iter()
            .flat_map(|(state, texts)| texts.split('|').map(|text| (text, *state)))
    }
}

/// The state that a status text means, if any language knows it.
pub fn state_of(folded: &str) -> Option<OrderState> {
    let mut states = ALL
        .iter()
        .flat_map(|words| words.status_texts())
        .filter(|(text, _)| *text == folded)
        .map(|(_, state)| state);
    let first = states.next()?;
    states.all(|state| state == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::Language;
    use crate::reading::text::fold;

    #[test]
    fn every_language_that_is_read_has_its_words_and_they_are_folded() {
        assert_eq!(
            ALL.len(),
            Language::all().len(),
            "in both lists a language stands at the same place"
        );
        for (words, language) in ALL.iter().zip(Language::all()) {
            let lists = [
                words.refund,
                words.arrive,
                words.before,
                words.coupon,
                words.send_back,
                words.receipt,
                words.ordered,
                words.delivered,
                words.arrived_title,
                words.shipped_row,
                words.completed_row,
                words.dispute_control,
            ];
            let stems = lists.iter().flat_map(|list| list.iter().copied());
            for word in stems.chain(words.status_texts().map(|(text, _)| text)) {
                assert_eq!(fold(word), word, "{}", language.code);
            }
            for state in [
                OrderState::Unpaid,
                OrderState::Processing,
                OrderState::AwaitingDelivery,
                OrderState::Completed,
                OrderState::Cancelled,
            ] {
                assert!(
                    words.states.iter().any(|(known, _)| *known == state),
                    "{}: no text for {state:?}",
                    language.code
                );
            }
        }
    }

    #[test]
    fn no_status_text_means_two_states() {
        for (text, state) in ALL.iter().flat_map(|words| words.status_texts()) {
            assert_eq!(state_of(text), Some(state), "{text}");
        }
    }
}
