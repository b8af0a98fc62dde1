//! Orders that a page should never contain and one day does.

use chrono::{Days, NaiveDate};

use crate::orders::{DemoOrder, Quirk, Status};

/// One order per kind of trouble.
pub(crate) fn orders(today: NaiveDate) -> Vec<DemoOrder> {
    let plain = |n: u32| DemoOrder::plain(&format!("829900000000{n:04}"), today);
    let mut all = Vec::new();

    let mut markup = plain(1);
    markup.lines[0].title = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script><b>Lamp</b> &amp; \"cable\"".to_owned();
    markup.store.name = "</span><style>*{display:none}</style>Store".to_owned();
    all.push(markup);

    let mut bidi = plain(2);
    bidi.lines[0].title =
        "\u{202e}pmal\u{202c} \u{2066}lamp\u{2069} \u{200f}مصباح\u{200e} \u{202d}42\u{0}\u{feff}"
            .to_owned();
    bidi.lines[0].sku = "\u{202e}etihw".to_owned();
    all.push(bidi);

    let mut long = plain(3);
    long.lines[0].title = "Endless lamp ".chars().cycle().take(10_000).collect();
    all.push(long);

    let mut bare = plain(4);
    bare.quirk = Quirk::MissingNodes;
    all.push(bare);

    let mut nameless = plain(5);
    nameless.quirk = Quirk::NoId;
    all.push(nameless);

    let mut twice = plain(6);
    twice.quirk = Quirk::ShownTwice;
    all.push(twice);

    let mut ancient = plain(7);
    ancient.placed_text = Some("Jan 1, 0001".to_owned());
    ancient.deadline_text = Some("Jan 2, 0001".to_owned());
    all.push(ancient);

    let mut distant = plain(8);
    distant.deadline_text = Some("Dec 31, 9999".to_owned());
    all.push(distant);

    let mut ambiguous = plain(9);
    ambiguous.placed_text = Some("03/04/2026".to_owned());
    ambiguous.deadline_text = Some("03/04/2026".to_owned());
    all.push(ambiguous);

    let mut impossible = plain(10);
    impossible.placed_text = Some("Feb 30, 2026".to_owned());
    impossible.deadline_text = Some("soon".to_owned());
    all.push(impossible);

    let mut unknown = plain(11);
    unknown.status_text = Some("Awaiting the stars".to_owned());
    all.push(unknown);

    // As JavaScript numbers these two are one: 2^53 and 2^53 + 1.
    all.push(DemoOrder::plain("9007199254740992", today));
    all.push(DemoOrder::plain("9007199254740993", today));
    all.push(DemoOrder::plain("9223372036854775807", today));

    let mut empty = plain(12);
    empty.lines[0].title.clear();
    empty.store.name.clear();
    empty.lines[0].sku.clear();
    all.push(empty);

    let mut backwards = plain(13);
    backwards.status = Status::Completed;
    backwards.completed = Some(today - Days::new(400));
    all.push(backwards);

    all
}
