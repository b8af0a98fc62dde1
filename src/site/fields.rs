//! Fields that several pages show: the state, the store, amounts, the order's number in text.

use crate::domain::number;
use crate::domain::order::{OrderId, OrderLine};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Reading};
use crate::reading::money::read_money;
use crate::reading::text::{fold, parts, tidy};

use super::address;
use super::lexicon::Lexicon;
use super::node::PageNode;
use super::words::has;

/// Longest title or store name that is kept. A title of ten thousand letters is an attack or an accident.
const NAME_LIMIT: usize = 300;

/// Notes the state that a status text means.
pub fn state(reading: &mut Reading, text: Option<&str>, lexicon: &Lexicon) {
    let text = tidy(text.unwrap_or_default());
    match lexicon.state_of(&fold(&text)) {
        Some(state) => reading.saw(Fact::State(state), &text),
        None if text.is_empty() => {
            reading
                .problems
                .push(Problem::new(Field::State, Trouble::Missing, ""))
        }
        None => reading
            .problems
            .push(Problem::new(Field::State, Trouble::Unreadable, &text)),
    }
}

/// Notes the amount that a text names.
pub fn total(reading: &mut Reading, text: Option<&str>) {
    let text = tidy(text.unwrap_or_default());
    if text.is_empty() {
        reading
            .problems
            .push(Problem::new(Field::Total, Trouble::Missing, ""));
        return;
    }
    match read_money(&text) {
        Ok(money) => reading.saw(Fact::Total(money), &text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Total, trouble, &text)),
    }
}

/// The label, among those that match, by which what was bought can be sent back at no cost.
pub fn free_return<N: PageNode>(node: &N, tags: &str, lexicon: &Lexicon) -> Option<String> {
    let says = |text: &String| {
        let folded = fold(text);
        lexicon.any(|words| has(&folded, words.free_return))
    };
    let mut texts = node.all(tags).into_iter().map(|tag| tidy(&tag.text()));
    texts.find(says)
}

/// A name as it is kept: tidied and of a bearable length. `None` if nothing is left.
pub fn name(text: &str) -> Option<String> {
    let name: String = tidy(text).chars().take(NAME_LIMIT).collect();
    (!name.is_empty()).then_some(name)
}

/// The one order number that stands in the text: a run of digits as long as such numbers are.
pub fn order_number(text: &str) -> Option<OrderId> {
    let folded = fold(text);
    let mut numbers =
        parts(&folded, |letter| !letter.is_ascii_digit()).filter(|run| run.len() >= 14);
    let number = OrderId::new(numbers.next()?)?;
    numbers.next().is_none().then_some(number)
}

/// The one order that the links inside name. `None` also where they name several.
pub fn linked_order<N: PageNode>(node: &N) -> Option<OrderId> {
    let mut found = None;
    for link in node.all("a[href*=\"rderId=\"]") {
        let order = link.attr("href").and_then(|href| address::order_in(&href));
        match (&found, order) {
            (Some(found), Some(order)) if *found != order => return None,
            (None, Some(order)) => found = Some(order),
            _ => {}
        }
    }
    found
}

/// The number of the one order line that the links inside name. `None` also where they name several.
pub fn linked_line<N: PageNode>(node: &N) -> Option<u64> {
    let links = node.all("a[href*=\"rderLineId=\"]");
    let mut lines = links
        .iter()
        .filter_map(|link| address::line_in(&link.attr("href")?));
    let line = lines.next()?;
    lines.all(|other| other == line).then_some(line)
}

/// The largest element around one that matches which holds no other such.
pub fn around<N: PageNode>(node: &N, selector: &str) -> Option<N> {
    let mut own = None;
    let mut next = node.parent();
    while let Some(parent) = next.filter(|parent| parent.all(selector).len() == 1) {
        next = parent.parent();
        own = Some(parent);
    }
    own
}

/// One order line, from the elements of its title, its variant and its quantity.
pub fn line<N: PageNode>(title: Option<N>, variant: Option<N>, quantity: Option<N>) -> OrderLine {
    let title = title.map(|node| {
        let titled = node
            .first("[title]")
            .and_then(|node| node.attr("title"))
            .filter(|title| !title.trim().is_empty());
        titled.unwrap_or_else(|| node.text())
    });
    let quantity = quantity.and_then(|node| {
        let digits: String = fold(&node.text())
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        u32::try_from(number::read(&digits, 10)?).ok()
    });
    OrderLine {
        title: title.and_then(|title| name(&title)).unwrap_or_default(),
        variant: variant
            .and_then(|node| name(&node.text()))
            .unwrap_or_default(),
        quantity,
    }
}
