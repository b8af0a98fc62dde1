//! The shop's controls that cannot be taken back: on the page of a dispute, and on the order's own. Their markup is not documented,
//! so they are known by their words alone, as a whole.

use crate::domain::warning::Control;
use crate::reading::text::{contains, fold, tidy};

use super::lexicon::Lexicon;
use super::node::PageNode;
use super::words::is_one_of;

const CONTROLS: &str = "button, a, [role=\"button\"]";
/// A control's words are shorter than this.
const LONGEST: usize = 80;
/// How far around a control it is looked whether it belongs to something else.
const AROUND: usize = 5;

/// Those that the page shows, in its order.
pub fn controls<N: PageNode>(root: &N, lexicon: &Lexicon) -> Vec<(Control, N)> {
    let mut found: Vec<(Control, N)> = Vec::new();
    for node in root.all(CONTROLS) {
        let text = fold(&tidy(&node.text()));
        if text.is_empty() || text.len() > LONGEST {
            continue;
        }
        let means = |control: &Control| {
            let list = [control.name(), "-control"].concat();
            lexicon.any(|words| is_one_of(&text, words.rare(&list)))
        };
        let Some(control) = Control::ALL.into_iter().find(means) else {
            continue;
        };
        // A link around a button, or a button around a link, is one control.
        let same = |(_, other): &(Control, N)| {
            other.first(CONTROLS).is_some_and(|inner| inner.same(&node))
        };
        if node.visible() && !is_about_cookies(&node) && !found.iter().any(same) {
            found.push((control, node));
        }
    }
    found
}

/// Whether it belongs to what asks about cookies, where "Accept" accepts something else.
fn is_about_cookies<N: PageNode>(node: &N) -> bool {
    let mut next = node.parent();
    for _ in 0..AROUND {
        let Some(parent) = next else { return false };
        let text = fold(&parent.text());
        if ["cookie", "куки"].iter().any(|word| contains(&text, word)) && text.len() < 2_000 {
            return true;
        }
        next = parent.parent();
    }
    false
}

/// The group of controls that it stands in: what follows the group can be put below it without moving any of them. `is_block` says of an
/// element whether what is put into it stands in a row of its own. `None` where there is no such place.
pub fn group<N: PageNode>(control: &N, is_block: &dyn Fn(&N) -> bool) -> Option<N> {
    let mut group = control.clone();
    for _ in 0..8 {
        let parent = group.parent()?;
        if parent.matches("body, html") {
            return None;
        }
        // A row of buttons says little beside their names. What comes before in it stays where it is.
        let own = group.all(CONTROLS);
        let is_own = |node: &N| node.same(&group) || own.iter().any(|own| own.same(node));
        let mut after = parent
            .all(CONTROLS)
            .into_iter()
            .skip_while(|node| !is_own(node));
        let followed = after.any(|node| !is_own(&node));
        let is_row = followed && parent.text().len() < 300;
        if !is_row && is_block(&parent) {
            return Some(group);
        }
        group = parent;
    }
    None
}
