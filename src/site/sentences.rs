//! The sentences by which the shop promises something: found by what they say, wherever they stand.
//!
//! A promise needs a word of each kind and a date or a number of days, all of one language; one word alone is never enough.

use crate::domain::problem::Trouble;
use crate::domain::sighting::Fact;
use crate::domain::time::Day;
use crate::reading::alternative::{self, Units};
use crate::reading::date::{self, Found, Value};
use crate::reading::day_count;
use crate::reading::language::{List, forms};
use crate::reading::relative::{self, Way};
use crate::reading::text::{fold, is_digit, tidy};

use super::Context;
use super::lexicon::Lexicon;
use super::node::PageNode;
use super::time_left;
use super::words::{Words, has, has_word};

/// A promise, with the sentence as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub fact: Result<Fact, Trouble>,
    pub text: String,
}

impl Promise {
    /// The promise, or why it cannot be: that it ends later than any window.
    pub(super) fn within(mut self, context: &Context) -> Self {
        if let Ok(
            Fact::RefundIfNotDeliveredBefore(day)
            | Fact::RefundStep(day)
            | Fact::CouponIfDelayedBy(day),
        ) = self.fact
            && let Err(trouble) = context.not_too_late(day)
        {
            self.fact = Err(trouble);
        }
        self
    }
}

/// How far from the date the word "before" may stand, and from the number the words that it counts from, in letters.
const BEFORE_REACH: usize = 18;
const ANCHOR_REACH: usize = 80;
/// How much of the text beside that a length of time may take, in letters.
const OFFSET_REACH: usize = 14;

/// All promises inside the element: refund dates, windows, and what a delay is worth.
pub fn promises<N: PageNode>(root: &N, lexicon: &Lexicon) -> Vec<Promise> {
    let mut parts = Vec::new();
    deepest(root, &|text| may_promise(text, lexicon), &mut parts);
    let mut promises: Vec<Promise> = Vec::new();
    for part in parts {
        for sentence in sentences(&part) {
            for promise in in_sentence(&sentence, lexicon) {
                if !promises.contains(&promise) {
                    promises.push(promise);
                }
            }
        }
    }
    promises
}

/// The days before which something is to be done, whatever it is, with their sentences: of all sentences inside the element
/// but those about a delivery or a coupon.
pub fn ends<N: PageNode>(root: &N, context: &Context) -> Vec<(Result<Day, Trouble>, String)> {
    let lexicon = context.lexicon;
    let dated = |text: &str| names_end(&fold(text), lexicon);
    let mut parts = Vec::new();
    deepest(root, &dated, &mut parts);
    let mut ends = Vec::new();
    for sentence in parts.iter().flat_map(|part| sentences(part)) {
        let folded = fold(&sentence);
        let another = |words: &Words| {
            has(&folded, words.coupon) || (has(&folded, words.refund) && has(&folded, words.arrive))
        };
        if lexicon.any(another) {
            continue;
        }
        if let Some(mut day) = day_after_before(&folded, lexicon, false, &|_| true) {
            if day.is_ok_and(|day| may_end_before(&folded, day, context)) {
                day = Err(Trouble::Ambiguous);
            }
            ends.push((day, sentence));
        }
    }
    ends
}

/// Whether the folded text names a day between today and that day as well: "in time (Nov 20), otherwise we decide by Nov 28, 2026".
fn may_end_before(folded: &str, day: Day, context: &Context) -> bool {
    let found = date::find(folded, &context.lexicon.languages);
    // A day in another zone counts as the day before, and may be today all the same.
    let earliest = context.today.and_then(|today| today.plus(-1));
    let mut days = found.iter().filter_map(|found| match found.value {
        Value::Day(day) => Some(day),
        Value::WithoutYear {
            month,
            day: of_month,
        } => date::with_year_between(month, of_month, earliest.unwrap_or(day), day),
        _ => None,
    });
    days.any(|other| other < day && earliest.is_none_or(|earliest| earliest <= other))
}

/// Whether a day before which something is to be done stands in the folded text.
pub(super) fn names_end(folded: &str, lexicon: &Lexicon) -> bool {
    day_after_before(folded, lexicon, false, &|_| true).is_some()
}

/// What one sentence promises.
fn in_sentence(sentence: &str, lexicon: &Lexicon) -> Vec<Promise> {
    let folded = fold(sentence);
    let promise = |fact| Promise {
        fact,
        text: sentence.to_owned(),
    };
    if let Some(day) = coupon_date(&folded, lexicon) {
        return vec![promise(Ok(Fact::CouponIfDelayedBy(day)))];
    }
    if let Some(day) = refund_date(&folded, lexicon) {
        return vec![promise(day.map(Fact::RefundIfNotDeliveredBefore))];
    }
    windows(&folded, lexicon).into_iter().map(promise).collect()
}

/// The day of "coupon if delayed by …": a coupon, a delay, and one day. A sentence that may speak of the refund is another.
fn coupon_date(folded: &str, lexicon: &Lexicon) -> Option<Day> {
    let speaks = |words: &Words| has(folded, words.coupon) && has(folded, words.rare("late"));
    let refunds = |words: &Words| has(folded, words.refund) && has(folded, words.arrive);
    if !lexicon.any(speaks) || lexicon.any(refunds) {
        return None;
    }
    match date::find(folded, &lexicon.languages).as_slice() {
        [
            Found {
                value: Value::Day(day),
                ..
            },
        ] => Some(*day),
        _ => None,
    }
}

/// The day of "Refund if no delivery before …": refund, arrival, and "before" right at the date.
fn refund_date(folded: &str, lexicon: &Lexicon) -> Option<Result<Day, Trouble>> {
    let refunds = |words: &Words| has(folded, words.refund);
    let arrives = |words: &Words| has(folded, words.arrive);
    // Whatever language it is in, a sentence that names a coupon gives the coupon's date.
    if lexicon.any(|words| has(folded, words.coupon)) {
        return None;
    }
    let speaks = |words: &Words| refunds(words) && arrives(words);
    if lexicon.any(speaks) {
        let unread =
            || has_unread_end(folded, lexicon, &speaks).then_some(Err(Trouble::Unreadable));
        return day_after_before(folded, lexicon, true, &speaks).or_else(unread);
    }
    // Half in one language and half in another: it may well be the deadline, and nobody can be sure of it.
    let is_mixed = lexicon.any(refunds) && lexicon.any(arrives) && names_end(folded, lexicon);
    is_mixed.then_some(Err(Trouble::Unreadable))
}

/// The day right at a "before", in a language that passes. Two that differ are ambiguous, and where it is to stand alone, any other
/// day as well: that may be the end of a range, or of a sentence that has run into this one.
fn day_after_before(
    folded: &str,
    lexicon: &Lexicon,
    alone: bool,
    speaks: &dyn Fn(&Words) -> bool,
) -> Option<Result<Day, Trouble>> {
    let mut found = date::find(folded, &lexicon.languages);
    let stands = |found: &Found| {
        let before = |words: &Words| is_before(folded, found.start, found.end, words);
        lexicon.any(|words| speaks(words) && before(words))
    };
    let mut standing = found.iter().filter(|found| stands(found)).peekable();
    standing.peek()?;
    let make = || unit_names(lexicon);
    let units = Units::new(&make);
    let is_one_of_two = |found: &Found| {
        let after = folded.get(found.end..).unwrap_or_default();
        alternative::is_behind_date(after, &lexicon.languages, &units)
    };
    if standing.any(|found| is_counted_from(folded, found, lexicon) || is_one_of_two(found)) {
        return Some(Err(Trouble::Ambiguous));
    }
    if !alone {
        found.retain(stands);
    }
    Some(match date::one_day(&found) {
        Err(Trouble::Unreadable) => Err(Trouble::Ambiguous),
        day => day,
    })
}

/// The names of units in every language of the lexicon.
fn unit_names(lexicon: &Lexicon) -> Vec<relative::Forms> {
    lexicon.words().iter().map(Words::relative).collect()
}

/// Whether a length of time is counted from the date, so that the day that is meant is another: "5 days before Sep 14, 2026".
fn is_counted_from(folded: &str, found: &Found, lexicon: &Lexicon) -> bool {
    let goes_on = |letter: &char| *letter == '\'' || !letter.is_ascii_punctuation();
    let ends_in_digit = |text: &str| text.ends_with(|letter: char| letter.is_ascii_digit());
    let before = tail(folded, found.start, BEFORE_REACH + OFFSET_REACH);
    let run = before.chars().rev().take_while(goes_on);
    let from = found.start - run.map(char::len_utf8).sum::<usize>();
    // Behind the date the number follows at once: of 「9月14日前确认收货后7天内」 the seven days are others.
    let behind = head(folded, found.end, OFFSET_REACH);
    let behind = behind.chars().take_while(goes_on);
    let behind = behind.take_while(|letter| !letter.is_ascii_digit());
    let (letters, gap) = behind.fold((0, 0), |(letters, gap), letter| {
        (letters + 1, gap + letter.len_utf8())
    });
    lexicon.any(|words| {
        let relative = words.relative();
        let is_length = |at: usize| {
            let number = folded.get(at..).unwrap_or_default();
            let unit = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
            unit.len() < number.len() && relative.names_unit(unit.trim_start())
        };
        let mut starts =
            (from..found.start).filter(|at| !folded.get(..*at).is_some_and(ends_in_digit));
        // "A week before Sep 14, 2026": that is one, whatever word says how many.
        let said = folded.get(..found.start).unwrap_or_default().trim_end();
        let mut said = forms(words.before).filter_map(|before| said.strip_suffix(before));
        let is_unit = |said: &str| {
            let unit = said.rsplit(' ').find(|word| !word.is_empty());
            said.ends_with(' ') && unit.is_some_and(|unit| relative.names_unit(unit))
        };
        // "1 day left to respond before Sep 14, 2026" counts from now.
        let near = if words.counts_last {
            head(folded, found.end, BEFORE_REACH)
        } else {
            before
        };
        !words.counts_last && said.any(is_unit)
            || relative.names_eve(near)
            || starts.any(|at| is_length(at) && !is_left(folded, at, words))
            || words.counts_last && letters <= 5 && is_length(found.end + gap)
    })
}

/// Whether a number right at a "before" looks like part of a date, and is of no date and no time that is known: "before 9/4/26".
fn has_unread_end(folded: &str, lexicon: &Lexicon, speaks: &dyn Fn(&Words) -> bool) -> bool {
    let before = |words: &Words| {
        let mut digits = folded.match_indices(|letter: char| letter.is_ascii_digit());
        digits.any(|(at, _)| is_before(folded, at, at + 1, words) && is_joined(folded, at))
    };
    let is_known = || {
        !date::find(folded, &lexicon.languages).is_empty()
            || !day_count::find(folded, &lexicon.languages).is_empty()
            || time_left::is_named(folded, lexicon)
    };
    lexicon.any(|words| speaks(words) && before(words)) && !is_known()
}

/// Whether the number there is joined to more, as in "9/4" and "4-Sep": "2nd" and "15 %" are not.
fn is_joined(folded: &str, at: usize) -> bool {
    let rest = folded.get(at..).unwrap_or_default();
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let mut rest = rest.chars();
    matches!(rest.next(), Some('/' | '-' | '.')) && rest.next().is_some_and(char::is_alphanumeric)
}

/// The windows that a sentence gives: "within 7 days of confirming receipt".
fn windows(folded: &str, lexicon: &Lexicon) -> Vec<Result<Fact, Trouble>> {
    let mut counts = day_count::find(folded, &lexicon.languages);
    // "5 days left to send it back": that counts from now, and from no delivery.
    counts.retain(|count| !lexicon.any(|words| is_left(folded, count.start, words)));
    let counts = together(folded, counts, lexicon);
    let make = || unit_names(lexicon);
    let units = Units::new(&make);
    let mut windows = Vec::new();
    // The least number of which nothing says what it is counted from.
    let mut loose = u16::MAX;
    for (at, count) in counts.iter().enumerate() {
        let after_end = counts.get(at + 1).map_or(folded.len(), |next| next.start);
        let all_after = folded.get(count.end..after_end).unwrap_or_default();
        let after = head(all_after, 0, ANCHOR_REACH);
        let before_start = at
            .checked_sub(1)
            .and_then(|at| counts.get(at))
            .map_or(0, |before| before.end);
        let before = folded.get(before_start..count.start).unwrap_or_default();
        let beside = |words: &Words| if words.counts_last { before } else { after };
        let mut languages = lexicon.languages.each().iter().zip(lexicon.words());
        let window = languages.find_map(|(language, words)| {
            let make = anchor(beside(words), words, &Speaks::of(folded, words))?;
            let days = count.days.ok_or(Trouble::Impossible);
            let days = days.and_then(|days| {
                let is_unclear = alternative::is_unread(
                    folded,
                    count,
                    before,
                    all_after,
                    &lexicon.languages,
                    &units,
                );
                (!is_unclear).then_some(days).ok_or(Trouble::Ambiguous)
            });
            day_count::is_of(folded, count, language).then(|| make.and_then(|make| days.map(make)))
        });
        // Half in one language and half in another: it may well be one, and nobody can be sure of it.
        let is_mixed = || {
            let mixed = Speaks::of_any(folded, lexicon);
            let mut words = lexicon.words().iter();
            words.any(|words| anchor(beside(words), words, &mixed).is_some())
        };
        match window.or_else(|| is_mixed().then_some(Err(Trouble::Unreadable))) {
            Some(window) => windows.push(window),
            None => loose = loose.min(count.days.unwrap_or(loose)),
        }
    }
    // "7 days for clothes, 15 days for all else after delivery": it may be an alternative to the one that is greater.
    for window in &mut windows {
        if let Ok(
            Fact::ReturnWithinDaysOfReceipt(days)
            | Fact::DisputeWithinDaysOfOrder(days)
            | Fact::FreeReturnWithinDaysOfDelivery(days),
        ) = window
            && loose < *days
        {
            *window = Err(Trouble::Ambiguous);
        }
    }
    windows
}

/// Whether the length of time there is said to be left, in that language.
fn is_left(folded: &str, start: usize, words: &Words) -> bool {
    let mut found = relative::find(folded, &words.relative()).into_iter();
    found.any(|found| found.start == start && found.way == Way::Left)
}

/// Numbers of days that say one thing are one, and the least counts: "7 days (15 days for members)", "7 days or 15 days".
fn together(
    folded: &str,
    counts: Vec<day_count::Found>,
    lexicon: &Lexicon,
) -> Vec<day_count::Found> {
    let mut all: Vec<day_count::Found> = Vec::with_capacity(counts.len());
    for count in counts {
        let last = all.last_mut().filter(|last| {
            let between = folded.get(last.end..count.start).unwrap_or_default();
            between.rfind('(') > between.rfind(')')
                || alternative::are_alternatives(between, &lexicon.languages)
        });
        let Some(last) = last else {
            all.push(count);
            continue;
        };
        last.days = last.days.zip(count.days).map(|(one, other)| one.min(other));
        last.end = count.end;
    }
    all
}

/// What a sentence speaks of beside a number of days.
struct Speaks {
    refund: bool,
    send_back: bool,
    arrive: bool,
}

impl Speaks {
    fn of(sentence: &str, words: &Words) -> Self {
        Self {
            refund: has(sentence, words.refund),
            send_back: has(sentence, words.send_back),
            arrive: has(sentence, words.arrive),
        }
    }

    /// In all languages together.
    fn of_any(sentence: &str, lexicon: &Lexicon) -> Self {
        Self {
            refund: lexicon.any(|words| has(sentence, words.refund)),
            send_back: lexicon.any(|words| has(sentence, words.send_back)),
            arrive: lexicon.any(|words| has(sentence, words.arrive)),
        }
    }
}

/// Makes the fact of a window from its number of days.
type Window = fn(u16) -> Fact;

/// What the days are counted from: of the words beside the number, those nearest to it decide. Receipt that nobody confirms is the
/// arrival of the parcel, which may be long before the order is completed.
fn anchor(beside: &str, words: &Words, speaks: &Speaks) -> Option<Result<Window, Trouble>> {
    let distance = |stem: &str| {
        if words.counts_last {
            // The last, without a search of its own that would begin at the end.
            let places = beside.match_indices(stem);
            places.last().map(|(at, _)| beside.len() - at)
        } else {
            beside.find(stem)
        }
    };
    let place = |stems: List| forms(stems).filter_map(distance).min();
    let receipt: Result<Window, Trouble> = if has(beside, words.rare("confirm")) {
        Ok(Fact::ReturnWithinDaysOfReceipt)
    } else if speaks.refund {
        Err(Trouble::Ambiguous)
    } else {
        Ok(Fact::FreeReturnWithinDaysOfDelivery)
    };
    let candidates: [(Option<usize>, bool, Result<Window, Trouble>); 3] = [
        (
            place(words.receipt),
            speaks.refund || speaks.send_back,
            receipt,
        ),
        // "Refund if no delivery within 60 days after order": that is no window for a dispute.
        (
            place(words.ordered),
            !(speaks.refund && speaks.arrive),
            Ok(Fact::DisputeWithinDaysOfOrder),
        ),
        (
            place(words.delivered),
            speaks.send_back,
            Ok(Fact::FreeReturnWithinDaysOfDelivery),
        ),
    ];
    let nearest = candidates
        .into_iter()
        .filter_map(|(place, fits, make)| place.map(|place| (place, fits, make)));
    nearest
        .min_by_key(|(place, _, _)| *place)
        .filter(|(_, fits, _)| *fits)
        .map(|(_, _, make)| make)
}

/// Whether the folded text gives a window, or may give one.
pub(super) fn gives_window(folded: &str, lexicon: &Lexicon) -> bool {
    !windows(folded, lexicon).is_empty()
}

/// Whether "before" stands right at the part of the folded text, in that language.
pub(super) fn is_before(folded: &str, start: usize, end: usize, words: &Words) -> bool {
    let near = if words.counts_last {
        head(folded, end, BEFORE_REACH)
    } else {
        tail(folded, start, BEFORE_REACH)
    };
    // "before 23:59:59 on Friday, November 20, 2026"
    let at_time = || {
        let time = time_before(folded, start)?;
        (!words.counts_last).then(|| tail(folded, time, BEFORE_REACH))
    };
    has_word(near, words.before) || at_time().is_some_and(|near| has_word(near, words.before))
}

/// Where the time of day begins that stands before the date there.
fn time_before(folded: &str, date: usize) -> Option<usize> {
    let near = tail(folded, date, BEFORE_REACH + OFFSET_REACH);
    let start = date - near.len();
    let colon = near.find(':')?;
    let is_digit = |letter: char| letter.is_ascii_digit();
    let hour = near.get(..colon)?.trim_end_matches(is_digit).len();
    let has_minutes = near.get(colon + 1..)?.starts_with(is_digit);
    (hour < colon && has_minutes).then_some(start + hour)
}

/// The letters before `end`, at most so many.
fn tail(text: &str, end: usize, reach: usize) -> &str {
    let text = text.get(..end).unwrap_or_default();
    let from = text.char_indices().rev().nth(reach - 1);
    text.get(from.map_or(0, |(at, _)| at)..).unwrap_or_default()
}

/// So many letters from `start` on.
fn head(text: &str, start: usize, reach: usize) -> &str {
    let text = text.get(start..).unwrap_or_default();
    let to = text.char_indices().nth(reach);
    text.get(..to.map_or(text.len(), |(at, _)| at))
        .unwrap_or_default()
}

/// Whether a text is worth taking apart: digits, and a word of refund, of sending back or of a coupon in some language.
fn may_promise(text: &str, lexicon: &Lexicon) -> bool {
    if !text.chars().any(is_digit) {
        return false;
    }
    let folded = fold(text);
    lexicon.any(|words| {
        let stems = [words.refund, words.send_back, words.ordered, words.coupon];
        stems.into_iter().any(|stems| has(&folded, stems))
    }) && (!date::find(&folded, &lexicon.languages).is_empty()
        || !day_count::find(&folded, &lexicon.languages).is_empty()
        || refund_date(&folded, lexicon).is_some())
}

/// The texts of the innermost elements for which the test holds.
pub(super) fn deepest<N: PageNode>(node: &N, test: &dyn Fn(&str) -> bool, out: &mut Vec<String>) {
    let text = node.spaced_text();
    if !test(&text) {
        return;
    }
    let before = out.len();
    for child in node.children() {
        deepest(&child, test, out);
    }
    if out.len() == before {
        out.push(tidy(&text));
    }
}

/// Divides a text at the marks that end a sentence or an item. A dot ends one only where a capital follows and no day or month
/// comes before: "receipt.If" and "2026. If" are ends, "Sep. 4", "14. März" and "4 sept. 2026" are none.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let next = letters
            .iter()
            .skip(at + 1)
            .find(|letter| !letter.is_whitespace());
        let ends = match letter {
            '·' | '•' | '|' | '。' | '!' | '?' | ';' | '！' | '？' | '；' | '؟' | '؛' => {
                true
            }
            '.' => {
                let spaced = letters.get(at + 1) != next;
                let capital = next.is_some_and(|next| {
                    next.is_uppercase()
                        || matches!(next, '\u{ac00}'..='\u{d7a3}')
                        // Hebrew and Arabic have no capitals, but abbreviations with dots and no space behind them.
                        || (spaced && matches!(next, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'))
                });
                let before = letters.get(..at).unwrap_or_default().iter().rev();
                let digits = before.take_while(|before| is_digit(**before)).count();
                // "10 p.m. MSK", "4 сент. 2026 г. МСК": the zone is of the same sentence.
                let is_half = matches!(letters.get(..at), Some([.., '.', 'm' | 'M']));
                capital
                    && !(1..=2).contains(&digits)
                    && !is_half
                    && !is_zone(letters.get(at + 1..).unwrap_or_default())
            }
            _ => false,
        };
        if let Some(last) = out.last_mut() {
            last.push(*letter);
        }
        if ends {
            out.push(String::new());
        }
    }
    let separators = |letter: char| letter.is_whitespace() || matches!(letter, '·' | '•' | '|');
    let tidied = out
        .iter()
        .map(|sentence| sentence.trim_matches(separators).to_owned());
    tidied.filter(|sentence| !sentence.is_empty()).collect()
}

/// Whether the letters begin with a zone's code in capitals.
fn is_zone(letters: &[char]) -> bool {
    let letters = letters.iter().skip_while(|letter| letter.is_whitespace());
    let word: String = letters
        .take_while(|letter| letter.is_alphabetic())
        .collect();
    word.chars().all(char::is_uppercase) && date::is_zone(&fold(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Vec<Result<Fact, Trouble>> {
        let lexicon = Lexicon::stored(None, true);
        sentences(text)
            .iter()
            .flat_map(|sentence| in_sentence(sentence, &lexicon))
            .map(|promise| promise.fact)
            .collect()
    }

    #[test]
    fn the_refund_date_is_found_in_every_language() {
        for (text, day) in [
            ("Refund if no delivery before Sep 4, 2026", "2026-09-04"),
            (
                "Remboursement en cas de non-livraison avant le 4 sept. 2026",
                "2026-09-04",
            ),
            (
                "Возврат средств, если заказ не доставлен до 4 сентября 2026 г.",
                "2026-09-04",
            ),
            (
                "Возврат средств, если заказ не доставлен до Sep 4, 2026",
                "2026-09-04",
            ),
            (
                "Reembolso se não for entregue antes de 4 set, 2026",
                "2026-09-04",
            ),
            (
                "Reembolso si no se entrega antes del 4 sept. 2026",
                "2026-09-04",
            ),
            (
                "Rückerstattung, wenn nicht vor dem 4. Sep 2026 geliefert",
                "2026-09-04",
            ),
            ("2026년 9월 4일 이전에 배송되지 않으면 환불", "2026-09-04"),
            ("Refund if no delivery by Sep 4, 2026", "2026-09-04"),
        ] {
            assert_eq!(
                facts(text),
                [Ok(Fact::RefundIfNotDeliveredBefore(day.parse().unwrap()))],
                "{text}"
            );
        }
    }

    #[test]
    fn a_coupons_date_is_never_taken_for_the_refunds() {
        let text = "Apply for R$5,00 coupon code if delayed by Aug 3, 2026 · Refund if no delivery before Sep 4, 2026 · \
                    Refund if items damaged · Refund if package lost";
        let coupon = Ok(Fact::CouponIfDelayedBy("2026-08-03".parse().unwrap()));
        assert_eq!(
            facts(text),
            [
                coupon.clone(),
                Ok(Fact::RefundIfNotDeliveredBefore(
                    "2026-09-04".parse().unwrap()
                ))
            ]
        );
        let collected = "If delivered after Aug 3, 2026 you can collect a R$5 coupon after 48 hours of that date";
        assert_eq!(facts(collected), [coupon]);
        for other in [
            "Coupon valid until Aug 3, 2026",
            "R$5 coupon if delayed by Aug 3, 2026 or Aug 5, 2026",
            "R$5 coupon if delayed by Aug 3",
            "Refund or coupon if the delivery is delayed by Aug 3, 2026",
            "Estimated delivery date: Aug 3, 2026",
            "Refund if items damaged",
            "Delivered before Aug 3, 2026",
            "Refunded on Aug 3, 2026",
        ] {
            assert_eq!(facts(other), [], "{other}");
        }
    }

    #[test]
    fn an_unreadable_date_in_the_sentence_is_a_problem() {
        assert_eq!(
            facts("Refund if no delivery before 03/04/2026"),
            [Err(Trouble::Ambiguous)]
        );
        assert_eq!(
            facts("Refund if no delivery before Sep 4, 9999"),
            [Err(Trouble::Impossible)]
        );
        assert_eq!(
            facts("Refund if no delivery before Sep 4"),
            [Err(Trouble::Ambiguous)]
        );
    }

    #[test]
    fn both_windows_of_the_reminder_are_read() {
        let both = [
            Ok(Fact::ReturnWithinDaysOfReceipt(7)),
            Ok(Fact::DisputeWithinDaysOfOrder(90)),
        ];
        for text in [
            "Order complete.If there are any problems, you can apply for a return/refund within 7 days of confirming receipt.If \
             the item you received is defective or not as described, you can open a dispute within 90 days after order was placed.",
            "Commande terminée. En cas de problème, vous pouvez demander un retour/remboursement dans les 7 jours suivant la \
             confirmation de réception. Si l'article reçu est défectueux ou non conforme, vous pouvez ouvrir un litige dans les \
             90 jours suivant la commande.",
            "Заказ завершен. Если возникли проблемы, вы можете запросить возврат в течение 7 дней после подтверждения \
             получения. Если товар с дефектом, вы можете открыть спор в течение 90 дней после оформления заказа.",
            "Pedido concluído. Você pode solicitar devolução/reembolso em até 7 dias após a confirmação do recebimento. Se o item \
             tiver defeito, você pode abrir uma disputa em até 90 dias após a realização do pedido.",
            "Pedido completado. Puedes solicitar una devolución/reembolso dentro de los 7 días posteriores a la confirmación de \
             recepción. Si el artículo es defectuoso, puedes abrir una disputa dentro de los 90 días posteriores al pedido.",
            "Bestellung abgeschlossen. Sie können innerhalb von 7 Tagen nach Bestätigung des Empfangs eine Rückgabe/Erstattung \
             beantragen. Ist der Artikel defekt, können Sie innerhalb von 90 Tagen nach der Bestellung einen Streitfall eröffnen.",
            "주문이 완료되었습니다. 문제가 있으면 수령 확인 후 7일 이내에 반품/환불을 신청할 수 있습니다. 상품에 결함이 있으면 \
             주문 후 90일 이내에 분쟁을 제기할 수 있습니다.",
        ] {
            assert_eq!(facts(text), both, "{text}");
        }
    }

    #[test]
    fn a_free_return_counts_from_delivery() {
        for text in [
            "Not satisfied with your order? Send it back within 15 days after delivery.",
            "Renvoyez votre article dans les 15 jours suivant la livraison.",
            "Верните товар в течение 15 дней после доставки.",
            "Devolva em até 15 dias após a entrega.",
            "Senden Sie die Ware innerhalb von 15 Tagen nach der Lieferung zurück.",
            "배송 후 15일 이내에 반품하세요.",
        ] {
            assert_eq!(
                facts(text),
                [Ok(Fact::FreeReturnWithinDaysOfDelivery(15))],
                "{text}"
            );
        }
    }

    #[test]
    fn a_window_that_cannot_be_is_a_problem() {
        assert_eq!(
            facts("Send it back within 2147483648 days after delivery"),
            [Err(Trouble::Impossible)]
        );
        assert_eq!(
            facts("Return it within 0 days of confirming receipt"),
            [Err(Trouble::Impossible)]
        );
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            sentences("receipt.If Sep. 4, 2026 am 14. März · x"),
            ["receipt.", "If Sep. 4, 2026 am 14. März", "x"]
        );
        assert_eq!(
            sentences("at 10 p.m. MSK on Sep. 4, 2026. JST. Rate it. CETACEA"),
            [
                "at 10 p.m. MSK on Sep. 4, 2026. JST.",
                "Rate it.",
                "CETACEA"
            ]
        );
        assert_eq!(
            sentences("before Sep 4, 2026. Rate it"),
            ["before Sep 4, 2026.", "Rate it"]
        );
        assert_eq!(sentences("تم. إذا 5 ر.س؟ لا"), ["تم.", "إذا 5 ر.س؟", "لا"]);
    }
}
