//! The shop's words, one file of data for each language. All are folded (see [`fold`](crate::reading::text::fold)); most
//! are stems, because they are looked for inside words.
//!
//! Only a part of them was seen on real pages (English, and single words of the others); the rest is how the shop is known
//! to translate. That is why no word alone decides: a deadline sentence needs three of them and a date, a row of the order's
//! facts needs its place and its word.

use crate::domain::dispute::DisputeStage;
use crate::domain::order::OrderState;
use crate::reading::language::{List, ends_word, forms, list};
use crate::reading::relative;
use crate::reading::text::{contains, is_letter};

/// The shop's words in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The file itself, for what only some pages ask for.
    file: &'static str,
    /// For each state, in the order of [`OrderState::ALL`], the whole status texts that mean it.
    states: [List; 7],
    /// The money comes back.
    pub refund: List,
    /// It arrives, it is delivered, it is received.
    pub arrive: List,
    /// Before a day.
    pub before: List,
    /// A voucher, whose date must not be taken for the refund's.
    pub coupon: List,
    /// It is sent back.
    pub send_back: List,
    /// Receipt is confirmed.
    pub receipt: List,
    /// The order was placed.
    pub ordered: List,
    /// It was delivered.
    pub delivered: List,
    /// The title of the tracking page once it has arrived, as opposed to "Estimated delivery".
    pub arrived_title: List,
    /// Labels in the order's facts: it was sent.
    pub shipped_row: List,
    /// Labels in the order's facts: it was completed.
    pub completed_row: List,
    /// The control of an order line that begins a return or a dispute.
    pub dispute_control: List,
    /// The label of what can be sent back at no cost.
    pub free_return: List,
    /// Whether a date and a number of days follow the words that say what they are ("수령 확인 후 7일 이내") rather than come
    /// before them ("within 7 days of confirming receipt").
    pub counts_last: bool,
}

impl Words {
    /// The words of a file that the build has written.
    #[must_use]
    pub fn parse(file: &'static str) -> Self {
        let list = |name| list(file, name);
        Self {
            file,
            states: OrderState::ALL.map(|state| list(state.name())),
            refund: list("refund"),
            arrive: list("arrive"),
            before: list("before"),
            coupon: list("coupon"),
            send_back: list("send-back"),
            receipt: list("receipt"),
            ordered: list("ordered"),
            delivered: list("delivered"),
            arrived_title: list("arrived-title"),
            shipped_row: list("shipped-row"),
            completed_row: list("completed-row"),
            dispute_control: list("dispute-control"),
            free_return: list("free-return"),
            counts_last: !list("counts-last").is_empty(),
        }
    }

    /// A list that only some pages ask for, and that a reader of all orders need not carry.
    pub fn rare(&self, name: &str) -> List {
        list(self.file, name)
    }

    /// How the language says how long it is until something.
    pub fn relative(&self) -> relative::Forms {
        relative::Forms::parse(self.file)
    }

    /// The state that the status text means.
    pub fn state_of(&self, folded: &str) -> Option<OrderState> {
        let mut states = OrderState::ALL.into_iter().zip(self.states);
        states
            .find(|(_, texts)| is_one_of(folded, texts))
            .map(|(state, _)| state)
    }

    /// The stage of a dispute that the status text means.
    pub fn stage_of(&self, folded: &str) -> Option<DisputeStage> {
        DisputeStage::ALL
            .into_iter()
            .find(|stage| is_one_of(folded, list(self.file, &["stage-", stage.name()].concat())))
    }
}

/// Whether the folded text is one of the list, as a whole.
pub fn is_one_of(folded: &str, list: List) -> bool {
    forms(list).any(|form| form == folded)
}

/// Whether the folded text has one of the stems.
pub fn has(folded: &str, stems: List) -> bool {
    forms(stems).any(|stem| contains(folded, stem))
}

/// Whether the folded text has one of the words, as a whole word and not inside another.
pub fn has_word(folded: &str, words: List) -> bool {
    forms(words).any(|word| {
        folded.match_indices(word).any(|(at, _)| {
            let before = folded.get(..at).and_then(|text| text.chars().next_back());
            let begins = !before.is_some_and(is_letter) || ends_word(word, "a");
            begins && ends_word(word, folded.get(at + word.len()..).unwrap_or_default())
        })
    })
}
