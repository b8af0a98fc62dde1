//! Walks a page once and lists its controls, each with what is written around it.

use std::collections::HashMap;
use std::ops::Range;

use crate::reading::text::{fold, tidy};

use super::control::{Accepts, Barrier, Choice, Clue, Control, Kind, Source, Takes, words_of_name};
use super::node::{FormNode, Inside, Interior};

/// What is asked of elements. It is asked once for all, because asking the browser is what takes the time.
const ATTRIBUTES: [&str; 35] = [
    "id",
    "class",
    "role",
    "type",
    "name",
    "for",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-pressed",
    "aria-haspopup",
    "aria-selected",
    "aria-controls",
    "aria-owns",
    "aria-disabled",
    "aria-readonly",
    "aria-placeholder",
    "placeholder",
    "data-placeholder",
    "title",
    "value",
    "maxlength",
    "accept",
    "multiple",
    "disabled",
    "readonly",
    "contenteditable",
    "inputmode",
    "autocomplete",
    "enterkeyhint",
    "data-testid",
    "data-name",
    "data-field",
    "form",
    "href",
];
/// How much of a text beside a control is looked at: a label is short, and the page decides how long its texts are.
const LONGEST_CLUE: usize = 300;
/// How many things that can be chosen are looked at in one control.
const MOST_CHOICES: usize = 400;
/// How many controls are looked at. A form has twenty; a page that has thousands is none, or means harm.
const MOST_CONTROLS: usize = 600;
/// How many elements and texts are looked at, and how deep they may lie.
const MOST_PIECES: usize = 60_000;
/// Within how many of them a label holds the control that it is for.
const PIECES_OF_LABEL: usize = 60;
const DEEPEST: usize = 400;

/// What was found on a page.
#[derive(Clone, Debug)]
pub struct Survey<N> {
    pub controls: Vec<Control<N>>,
    /// What can be pressed, with its folded words: never pressed, but its words say what the form is for.
    pub presses: Vec<Press>,
    /// The headings, folded.
    pub headings: Vec<Heading>,
    /// Frames that nobody but themselves can see into, and that are as large as a form and not at the edge of the page.
    pub closed: Vec<N>,
    /// Whether the user is asked for a password.
    pub asks_password: bool,
    /// Whether there was more than is looked at.
    pub cut: bool,
}

/// A button, and the region that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    pub text: String,
    pub region: usize,
}

/// A heading, and the region that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub text: String,
    pub region: usize,
}

/// An element or a text, in the order of the page.
struct Piece<N> {
    what: What<N>,
    /// The element around it.
    parent: usize,
    /// The first piece after everything inside.
    end: usize,
    /// Which world of ids it is in.
    scope: u32,
}

enum What<N> {
    Text(String),
    Element {
        node: N,
        tag: String,
        attributes: Vec<(&'static str, String)>,
    },
}

impl<N> Piece<N> {
    fn tag(&self) -> &str {
        match &self.what {
            What::Text(_) => "",
            What::Element { tag, .. } => tag,
        }
    }

    fn node(&self) -> Option<&N> {
        match &self.what {
            What::Text(_) => None,
            What::Element { node, .. } => Some(node),
        }
    }
}

/// A page laid out flat.
struct Flat<N> {
    pieces: Vec<Piece<N>>,
    ids: HashMap<(u32, String), usize>,
    /// The labels, by the id that each names.
    labels: HashMap<(u32, String), usize>,
    closed: Vec<N>,
    scopes: u32,
    cut: bool,
}

/// A control before its texts are known.
struct Found {
    kind: Kind,
    /// Where its parts stand: one, or every button of a group, or every input for a file of several.
    places: Vec<usize>,
    /// Where the choices of a sheet stand.
    sheet: Vec<usize>,
}

impl Found {
    fn at(kind: Kind, place: usize) -> Self {
        Self {
            kind,
            places: vec![place],
            sheet: Vec::new(),
        }
    }
}

/// A part of the page with choices that a button opens.
struct Sheet {
    opener: usize,
    /// From where to where it is.
    inside: Range<usize>,
    choices: Vec<usize>,
}

/// Lists the controls of the page inside `root`.
#[must_use]
pub fn survey<N: FormNode>(root: &N) -> Survey<N> {
    let mut flat = Flat {
        pieces: Vec::new(),
        ids: HashMap::new(),
        labels: HashMap::new(),
        closed: Vec::new(),
        scopes: 0,
        cut: false,
    };
    flat.lay(root.clone(), root.tag(), 0, 0, 0);
    let found = flat.find();
    // Of how many controls' parts stand before each piece: what an element holds is then a subtraction.
    let mut before = vec![0_u32; flat.pieces.len() + 1];
    for control in &found {
        for place in &control.places {
            if let Some(count) = before.get_mut(place + 1) {
                *count += 1;
            }
        }
    }
    let mut sum = 0;
    for count in &mut before {
        sum += *count;
        *count = sum;
    }
    let mut controls = Vec::new();
    for control in found {
        if controls.len() == MOST_CONTROLS {
            flat.cut = true;
            break;
        }
        if let Some(control) = flat.describe(&control, &before) {
            controls.push(control);
        }
    }
    Survey {
        controls,
        presses: flat.presses(),
        headings: flat.headings(),
        asks_password: flat.asks_password(),
        closed: flat.closed,
        cut: flat.cut,
    }
}

impl<N: FormNode> Flat<N> {
    fn lay(&mut self, node: N, tag: String, parent: usize, scope: u32, depth: usize) {
        if self.pieces.len() >= MOST_PIECES || depth > DEEPEST {
            self.cut = true;
            return;
        }
        // What is ours, what is never shown, and what is drawn rather than written.
        if tag.starts_with("recourse-")
            || matches!(
                tag.as_str(),
                "script" | "style" | "noscript" | "template" | "svg" | "head" | "datalist"
            )
        {
            return;
        }
        // What a list of the browser's own offers is read when it is described: it is no text of the page.
        let interior = if tag == "select" {
            Interior::empty()
        } else {
            node.interior(&tag)
        };
        let closed = interior.closed && node.has_room() && node.can_be_reached();
        let closed = closed.then(|| node.clone());
        let at = self.pieces.len();
        let attributes = node.attributes(&ATTRIBUTES);
        if let Some(id) = of_name(&attributes, "id").filter(|id| !id.is_empty()) {
            self.ids.entry((scope, id.to_owned())).or_insert(at);
        }
        if tag == "label"
            && let Some(id) = of_name(&attributes, "for")
        {
            self.labels.entry((scope, id.to_owned())).or_insert(at);
        }
        let scope_inside = if interior.own_ids {
            self.scopes += 1;
            self.scopes
        } else {
            scope
        };
        self.pieces.push(Piece {
            what: What::Element {
                node,
                tag,
                attributes,
            },
            parent,
            end: at + 1,
            scope,
        });
        // What a shop shows at the edges of all its pages is no part of a form.
        self.closed.extend(closed.filter(|_| !self.is_at_edge(at)));
        for inside in interior.parts {
            match inside {
                Inside::Element { node, tag } => {
                    self.lay(node, tag, at, scope_inside, depth + 1);
                }
                Inside::Text(text) => {
                    let text = tidy(&text);
                    if !text.is_empty() && self.pieces.len() < MOST_PIECES {
                        let place = self.pieces.len();
                        self.pieces.push(Piece {
                            what: What::Text(text),
                            parent: at,
                            end: place + 1,
                            scope: scope_inside,
                        });
                    }
                }
            }
        }
        let end = self.pieces.len();
        if let Some(piece) = self.pieces.get_mut(at) {
            piece.end = end;
        }
    }

    /// One of [`ATTRIBUTES`].
    fn attr(&self, at: usize, name: &str) -> Option<&str> {
        match &self.pieces.get(at)?.what {
            What::Element { attributes, .. } => of_name(attributes, name),
            What::Text(_) => None,
        }
    }

    fn tag(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", Piece::tag)
    }

    fn end(&self, at: usize) -> usize {
        self.pieces.get(at).map_or(at, |piece| piece.end)
    }

    fn role(&self, at: usize) -> &str {
        self.attr(at, "role").unwrap_or_default()
    }

    /// The elements around the piece, from the nearest.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = at;
        std::iter::from_fn(move || {
            let parent = self.pieces.get(at)?.parent;
            let up = (parent != at).then_some(parent);
            at = parent;
            up
        })
    }

    /// The controls, each once, in the order of the page.
    fn find(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let loose = self.loose();
        let sheets = self.sheets();
        // Where the group of a name, or of an element, is in the list.
        let mut named: HashMap<(u32, usize, String), usize> = HashMap::new();
        let mut covered = 0;
        for at in 0..self.pieces.len() {
            if at < covered
                || self
                    .pieces
                    .get(at)
                    .is_none_or(|piece| piece.node().is_none())
                || sheets.iter().any(|sheet| sheet.inside.contains(&at))
            {
                continue;
            }
            if let Some(sheet) = sheets.iter().find(|sheet| sheet.opener == at) {
                found.push(Found {
                    kind: Kind::Sheet,
                    places: vec![at],
                    sheet: sheet.choices.clone(),
                });
                continue;
            }
            let role = self.role(at);
            let kind = match (self.tag(at), role) {
                _ if self.stays_pressed(at, role) => Kind::Choice,
                ("input", _) => match self.input_kind(at) {
                    Some(kind) => kind,
                    None => continue,
                },
                ("textarea", _) => Kind::Area,
                ("select", _) => Kind::Select,
                (_, "radio") => Kind::Choice,
                (_, "combobox") => Kind::Combobox,
                (_, "textbox") => Kind::Rich,
                (tag, _) => {
                    let editable = self.attr(at, "contenteditable");
                    let opens = self.attr(at, "aria-haspopup");
                    if editable.is_some_and(|value| value != "false") {
                        Kind::Rich
                    } else if matches!(tag, "button" | "div" | "span" | "a")
                        && opens == Some("listbox")
                    {
                        Kind::Combobox
                    } else if self.is_drop_zone(at) {
                        Kind::DropZone
                    } else {
                        continue;
                    }
                }
            };
            if kind != Kind::Choice {
                // Inside of a control is no other, but in what only looks like one: an input in a combobox of the page's own.
                if matches!(kind, Kind::Rich | Kind::Combobox) {
                    covered = self.end(at);
                }
                // One input after another, each for one file of many.
                match found.last_mut() {
                    Some(last) if kind == Kind::File && self.is_next_of(last, at) => {
                        last.places.push(at);
                    }
                    _ => found.push(Found::at(kind, at)),
                }
                continue;
            }
            let key = self.group_of(at, &loose);
            match named.get(&key).and_then(|group| found.get_mut(*group)) {
                Some(group) => group.places.push(at),
                None => {
                    named.insert(key, found.len());
                    found.push(Found::at(kind, at));
                }
            }
        }
        // A button that stays pressed by itself switches something on: it is no choice among several.
        found.retain(|found| {
            let is_switch = |at: &usize| self.stays_pressed(*at, self.role(*at));
            found.places.len() > 1 || !found.places.iter().any(is_switch)
        });
        found
    }

    /// The buttons that open a part of the page in which one of several things is chosen, and nothing else is asked for.
    fn sheets(&self) -> Vec<Sheet> {
        let openers: Vec<usize> = (0..self.pieces.len())
            .filter(|at| self.opens_dialog(*at))
            .take(MOST_CONTROLS)
            .collect();
        let opened = openers.iter().filter_map(|opener| {
            let sheet = self.sheet_of(*opener, &openers)?;
            Some((*opener, sheet))
        });
        let opened: Vec<(usize, usize)> = opened.collect();
        // What two buttons open is known to be neither's.
        let is_own = |sheet: usize| opened.iter().filter(|(_, other)| *other == sheet).count() == 1;
        let own = opened.iter().filter(|(_, sheet)| is_own(*sheet));
        own.filter_map(|(opener, sheet)| {
            let inside = *sheet..self.end(*sheet);
            Some(Sheet {
                opener: *opener,
                choices: self.only_chooses(inside.clone())?,
                inside,
            })
        })
        .collect()
    }

    /// Whether it is a button that says that it opens a dialog.
    fn opens_dialog(&self, at: usize) -> bool {
        let is_button = self.tag(at) == "button" || self.role(at) == "button";
        is_button && self.attr(at, "aria-haspopup") == Some("dialog")
    }

    fn is_dialog(&self, at: usize) -> bool {
        self.tag(at) == "dialog" || matches!(self.role(at), "dialog" | "listbox")
    }

    /// The dialog that the button opens: the one that it names, or the only one beside it, where no other button opens one.
    fn sheet_of(&self, opener: usize, openers: &[usize]) -> Option<usize> {
        if let Some(named) = self.list_of(opener) {
            let is_around = (named..self.end(named)).contains(&opener);
            return (self.is_dialog(named) && !is_around).then_some(named);
        }
        for around in self.around(opener).take(3) {
            let inside = around + 1..self.end(around);
            let is_other = |at: &usize| *at != opener && inside.contains(at);
            if self.is_dialog(around) || openers.iter().any(is_other) {
                return None;
            }
            let mut dialogs = inside.filter(|at| self.is_dialog(*at));
            if let Some(only) = dialogs.next() {
                let end = self.end(only);
                return dialogs.all(|at| at < end).then_some(only);
            }
        }
        None
    }

    /// The choices in a part of the page, if they are of one kind and of one group, and there is nothing else to be filled in.
    fn only_chooses(&self, inside: Range<usize>) -> Option<Vec<usize>> {
        let mut choices: Vec<usize> = Vec::new();
        let sort = |at: usize| {
            (
                self.tag(at) == "input",
                self.role(at),
                self.attr(at, "name"),
            )
        };
        for at in inside {
            let role = self.role(at);
            let is_choice = match self.tag(at) {
                "input" => self.attr(at, "type") == Some("radio"),
                _ => matches!(role, "radio" | "option"),
            };
            if is_choice {
                choices.push(at);
            } else if matches!(
                self.tag(at),
                "input" | "textarea" | "select" | "iframe" | "frame" | "form"
            ) || matches!(
                role,
                "textbox" | "combobox" | "checkbox" | "switch" | "searchbox"
            ) || self.attr(at, "contenteditable").is_some()
                || self.attr(at, "aria-haspopup").is_some()
            {
                return None;
            }
        }
        let first = sort(*choices.first()?);
        let is_whole = (2..=MOST_CHOICES).contains(&choices.len())
            && choices.iter().all(|at| sort(*at) == first)
            // Without a name, native buttons are no group.
            && (!first.0 || first.2.is_some_and(|name| !name.is_empty()));
        is_whole.then_some(choices)
    }

    /// Whether the input for a file is the next of those before it: it takes one as they do, its name and its label differ from theirs in a
    /// number alone, and nothing else stands between.
    fn is_next_of(&self, before: &Found, at: usize) -> bool {
        let (Kind::File, Some(&last)) = (before.kind, before.places.last()) else {
            return false;
        };
        let takes_one = |at: usize| self.attr(at, "multiple").is_none() && !self.is_disabled(at);
        let named = |at: usize| {
            let mut names = ["name", "id"].into_iter();
            let name = names.find_map(|name| self.attr(at, name).filter(|name| !name.is_empty()));
            name.map(without_digits)
        };
        let scope = |at: usize| self.pieces.get(at).map(|piece| piece.scope);
        let name = named(at);
        if !takes_one(last)
            || !takes_one(at)
            || name.is_none_or(|name| !name.chars().any(char::is_alphabetic))
            || named(last) != named(at)
            || self.attr(last, "accept") != self.attr(at, "accept")
            || (scope(last), self.region(last)) != (scope(at), self.region(at))
        {
            return false;
        }
        let label = |at: usize| {
            let own = self.attr(at, "aria-label").map(str::to_owned);
            own.or_else(|| self.label_of(at)).unwrap_or_default()
        };
        let (one, other) = (label(last), label(at));
        // What says what it is for. A page writes the name of the file there once it has one.
        let same = without_digits(&one) == without_digits(&other)
            || is_name_of_file(&one)
            || is_name_of_file(&other);
        let is_of_label = |text: &str| one.contains(text) || other.contains(text);
        let mut between = self.pieces.get(last..at).unwrap_or_default().iter();
        let nothing_else = between.all(|piece| match &piece.what {
            What::Text(text) => !text.chars().any(char::is_alphabetic) || is_of_label(text),
            What::Element { .. } => true,
        });
        same && nothing_else
    }

    /// Whether it is a button of the page's own that stays pressed.
    fn stays_pressed(&self, at: usize, role: &str) -> bool {
        (self.tag(at) == "button" || role == "button") && self.attr(at, "aria-pressed").is_some()
    }

    /// Of how many buttons that name no group stand before each piece.
    fn loose(&self) -> Vec<u32> {
        let mut sum = 0;
        let mut before = vec![0];
        for at in 0..self.pieces.len() {
            let role = self.role(at);
            let is_one = role == "radio"
                || self.tag(at) == "input" && self.attr(at, "type") == Some("radio")
                || self.stays_pressed(at, role);
            sum += u32::from(is_one);
            before.push(sum);
        }
        before
    }

    fn input_kind(&self, at: usize) -> Option<Kind> {
        // Part of a list of the page's own that has this input as its face.
        let part = self
            .around(at)
            .take(3)
            .any(|around| self.role(around) == "combobox");
        if part {
            return None;
        }
        let kind = self.attr(at, "type").unwrap_or_default();
        let numeric = self
            .attr(at, "inputmode")
            .is_some_and(|mode| matches!(mode, "decimal" | "numeric"));
        match kind.to_ascii_lowercase().as_str() {
            "radio" => Some(Kind::Choice),
            "file" => Some(Kind::File),
            "number" => Some(Kind::Number),
            "hidden" | "submit" | "button" | "reset" | "image" | "password" | "checkbox"
            | "color" | "range" | "date" | "datetime-local" | "month" | "week" | "time" => None,
            _ if self.role(at) == "combobox" => Some(Kind::Combobox),
            _ if numeric => Some(Kind::Number),
            _ => Some(Kind::Line),
        }
    }

    fn is_drop_zone(&self, at: usize) -> bool {
        let Some(class) = self.attr(at, "class") else {
            return false;
        };
        let words = words_of_name(class);
        let named = ["dropzone", "drop zone", "uploader", "dragger"]
            .iter()
            .any(|name| words.contains(name));
        // One that holds a file input is reached through that.
        named
            && !(at..self.end(at)).any(|inside| {
                self.tag(inside) == "input" && self.attr(inside, "type") == Some("file")
            })
    }

    /// What all buttons have in common of which one can be chosen.
    fn group_of(&self, at: usize, loose: &[u32]) -> (u32, usize, String) {
        let scope = self.pieces.get(at).map_or(0, |piece| piece.scope);
        if self.tag(at) == "input"
            && let Some(name) = self.attr(at, "name").filter(|name| !name.is_empty())
        {
            let form = self.around(at).find(|around| self.tag(*around) == "form");
            return (scope, form.unwrap_or(0), name.to_owned());
        }
        let group = self
            .around(at)
            .find(|around| {
                matches!(self.tag(*around), "fieldset") || self.role(*around) == "radiogroup"
            })
            // Else the nearest element around it that holds another.
            .or_else(|| {
                let count = |at: usize| loose.get(at).copied().unwrap_or(0);
                self.around(at)
                    .find(|around| count(self.end(*around)) > count(*around) + 1)
            });
        (scope, group.unwrap_or(0), String::new())
    }

    fn describe(&self, found: &Found, before: &[u32]) -> Option<Control<N>> {
        let first = *found.places.first()?;
        let last = *found.places.last()?;
        let node = self.pieces.get(first)?.node()?.clone();
        let end = self.end(last);
        let parts = u32::try_from(found.places.len()).unwrap_or(u32::MAX);
        let count = |from: usize, to: usize| {
            let at = |place: usize| before.get(place).copied().unwrap_or(0);
            at(to).saturating_sub(at(from))
        };
        // The largest element around it that holds no other control.
        let own = self
            .around(first)
            .skip_while(|around| self.end(*around) < end)
            .take_while(|around| count(*around, self.end(*around)) <= parts)
            .last();
        let choices = self.choices(found);
        let mut clues = Vec::new();
        self.labels(found, &mut clues);
        self.groups(first, end, &mut clues);
        for name in [
            "placeholder",
            "data-placeholder",
            "aria-placeholder",
            "title",
        ] {
            add(&mut clues, Source::Hint, self.attr(first, name));
        }
        // What is written on it: what to drop there, what is chosen there now.
        if matches!(found.kind, Kind::DropZone | Kind::Combobox | Kind::Sheet) {
            add(&mut clues, Source::Hint, Some(&self.text_in(first)));
        }
        if let Some(ids) = self.attr(first, "aria-describedby") {
            add(&mut clues, Source::After, Some(&self.texts_of(first, ids)));
        }
        let mut limit = self
            .attr(first, "maxlength")
            .and_then(|limit| limit.trim().parse().ok())
            .filter(|limit| *limit > 0);
        if let Some(own) = own {
            let taken = |text: &str| choices.iter().any(|choice| choice.text == text);
            add(
                &mut clues,
                Source::Before,
                Some(&self.text_between(own, first, &taken)),
            );
            let after = self.text_between(end, self.end(own), &taken);
            limit = limit.or_else(|| counter(&after));
            add(&mut clues, Source::After, Some(&after));
        }
        add(
            &mut clues,
            Source::Heading,
            self.text_before(own.unwrap_or(first), before),
        );
        for place in found.places.iter().take(1).copied().chain(own) {
            for name in [
                "name",
                "id",
                "class",
                "data-testid",
                "data-name",
                "data-field",
            ] {
                let words = self.attr(place, name).map(words_of_name);
                add(&mut clues, Source::Name, words.as_deref());
            }
        }
        let accept = self.attr(first, "accept").unwrap_or_default();
        let own = own.and_then(|own| self.pieces.get(own)?.node().cloned());
        Some(Control {
            own: own.unwrap_or_else(|| node.clone()),
            barrier: self.barrier(found),
            purpose: self.purpose(first),
            region: self.region(first),
            accepts: accepts(accept),
            takes: match found.kind {
                Kind::File => {
                    let takes = takes(accept, self.attr(first, "multiple").is_some(), &clues);
                    let inputs = found.places.len();
                    let most = if inputs > 1 { Some(inputs) } else { takes.most };
                    Takes { most, ..takes }
                }
                // What is dropped is dropped at once.
                Kind::DropZone => takes("", true, &clues),
                _ => Takes::default(),
            },
            kind: found.kind,
            node,
            clues,
            choices,
            limit,
        })
    }

    fn labels(&self, found: &Found, clues: &mut Vec<Clue>) {
        let Some(&at) = found.places.first() else {
            return;
        };
        // The labels of one button of many are its own words.
        if found.kind != Kind::Choice {
            add(clues, Source::Label, self.attr(at, "aria-label"));
            if let Some(ids) = self.attr(at, "aria-labelledby") {
                add(clues, Source::Label, Some(&self.texts_of(at, ids)));
            }
            add(clues, Source::Label, self.label_of(at).as_deref());
        }
    }

    /// The text of the `label` that is the control's.
    fn label_of(&self, at: usize) -> Option<String> {
        if let Some(around) = self
            .around(at)
            .take(6)
            .find(|around| self.tag(*around) == "label")
        {
            let text = self.text_in(around);
            if !text.is_empty() {
                return Some(text);
            }
        }
        let label = self.label_for(at)?;
        Some(self.text_in(label))
    }

    /// The texts of the elements with those ids, which `aria-labelledby` and its kin name.
    fn texts_of(&self, at: usize, ids: &str) -> String {
        let scope = self.pieces.get(at).map_or(0, |piece| piece.scope);
        let mut out = String::new();
        for id in ids.split_whitespace().take(8) {
            if let Some(place) = self.ids.get(&(scope, id.to_owned())) {
                out.push_str(&self.text_in(*place));
                out.push(' ');
            }
        }
        out
    }

    /// The names of the groups around it.
    fn groups(&self, first: usize, end: usize, clues: &mut Vec<Clue>) {
        for around in self.around(first).take(12) {
            let role = self.role(around);
            let is_group = self.tag(around) == "fieldset" || matches!(role, "group" | "radiogroup");
            if !is_group || self.end(around) < end {
                continue;
            }
            add(clues, Source::Group, self.attr(around, "aria-label"));
            if let Some(ids) = self.attr(around, "aria-labelledby") {
                add(clues, Source::Group, Some(&self.texts_of(around, ids)));
            }
            let legend = (around..self.end(around)).find(|inside| self.tag(*inside) == "legend");
            add(
                clues,
                Source::Group,
                legend.map(|legend| self.text_in(legend)).as_deref(),
            );
            return;
        }
    }

    fn choices(&self, found: &Found) -> Vec<Choice<N>> {
        let choice = |node: &N, text: &str, disabled: bool, commits: bool| {
            let text = tidy(text);
            Choice {
                disabled,
                commits,
                folded: fold(&text),
                node: node.clone(),
                text,
            }
        };
        match found.kind {
            Kind::Select => {
                let Some(node) = found
                    .places
                    .first()
                    .and_then(|at| self.pieces.get(*at)?.node())
                else {
                    return Vec::new();
                };
                let options = node.all("option").into_iter().take(MOST_CHOICES);
                options
                    .map(|option| {
                        let text = option.attr("label").filter(|label| !label.is_empty());
                        let text = text.unwrap_or_else(|| option.text());
                        // What is selected is pressed by nobody.
                        choice(&option, &text, option.attr("disabled").is_some(), false)
                    })
                    .collect()
            }
            Kind::Choice | Kind::Sheet | Kind::File => {
                let parts = match found.kind {
                    Kind::Sheet => &found.sheet,
                    // One input is what it is.
                    Kind::File if found.places.len() < 2 => return Vec::new(),
                    _ => &found.places,
                };
                let places = parts.iter().enumerate().take(MOST_CHOICES);
                places
                    .filter_map(|(nth, at)| {
                        let node = self.pieces.get(*at)?.node()?;
                        let next = parts.get(nth + 1).copied();
                        let words = self.words_of_choice(*at, next);
                        Some(choice(
                            node,
                            &words,
                            self.is_disabled(*at),
                            self.commits(*at),
                        ))
                    })
                    .collect()
            }
            Kind::Combobox => {
                let list = found.places.first().and_then(|at| self.list_of(*at));
                let options = list.map(|list| self.options_of(list));
                options
                    .into_iter()
                    .flatten()
                    .filter_map(|option| {
                        let node = self.pieces.get(option)?.node()?;
                        let text = self.text_of_option(option);
                        Some(choice(
                            node,
                            &text,
                            self.is_disabled(option),
                            self.commits(option),
                        ))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The list that a combobox opens, if it is in the page already: wherever the page keeps it.
    fn list_of(&self, at: usize) -> Option<usize> {
        let scope = self.pieces.get(at)?.scope;
        let mut faces = std::iter::once(at).chain(at + 1..self.end(at));
        faces.find_map(|face| {
            let ids = ["aria-controls", "aria-owns"];
            let ids = ids.iter().filter_map(|name| self.attr(face, name));
            ids.filter_map(|id| self.ids.get(&(scope, id.to_owned())).copied())
                .next()
        })
    }

    /// What can be chosen in a list of the page's own. A page that draws only a part of a long list may keep for screen readers a second one
    /// that nobody sees and that does nothing when it is pressed: then the drawn one is meant, if it says the same.
    fn options_of(&self, list: usize) -> Vec<usize> {
        let inside = list..self.end(list);
        let told = inside.clone().filter(|at| self.role(*at) == "option");
        let told: Vec<usize> = told.take(MOST_CHOICES).collect();
        let node = self.pieces.get(list).and_then(Piece::node);
        if node.is_none_or(FormNode::can_be_reached) {
            return told;
        }
        for around in self.around(list).take(2) {
            let drawn = (around..self.end(around))
                .filter(|at| !inside.contains(at) && self.attr(*at, "aria-selected").is_some());
            let drawn: Vec<usize> = drawn.take(MOST_CHOICES).collect();
            let says = |text: &str| drawn.iter().any(|at| self.text_in(*at) == text);
            if !drawn.is_empty() && told.iter().all(|at| says(&self.text_of_option(*at))) {
                return drawn;
            }
        }
        told
    }

    fn text_of_option(&self, at: usize) -> String {
        let label = self.attr(at, "aria-label").filter(|text| !text.is_empty());
        label.map_or_else(|| self.text_in(at), str::to_owned)
    }

    /// What is written on, around or behind one button of many.
    fn words_of_choice(&self, at: usize, next: Option<usize>) -> String {
        if let Some(label) = self.attr(at, "aria-label") {
            return label.to_owned();
        }
        if let Some(ids) = self.attr(at, "aria-labelledby") {
            let text = self.texts_of(at, ids);
            if !text.trim().is_empty() {
                return text;
            }
        }
        let inside = self.text_in(at);
        if !inside.is_empty() {
            return inside;
        }
        if let Some(label) = self.label_of(at) {
            return label;
        }
        // The text that follows it in the same element, up to the next button.
        let parent = self.around(at).next().unwrap_or(at);
        let end = next.unwrap_or(usize::MAX).min(self.end(parent));
        let behind = self.text_between(self.end(at), end, &|_| false);
        if behind.is_empty() {
            self.attr(at, "value").unwrap_or_default().to_owned()
        } else {
            behind
        }
    }

    fn is_disabled(&self, at: usize) -> bool {
        self.attr(at, "disabled").is_some() || self.attr(at, "aria-disabled") == Some("true")
    }

    fn barrier(&self, found: &Found) -> Option<Barrier> {
        let first = *found.places.first()?;
        let disabled = match found.kind {
            Kind::Choice => found.places.iter().all(|at| self.is_disabled(*at)),
            _ => self.is_disabled(first),
        };
        let group_disabled = self.around(first).any(|around| {
            self.tag(around) == "fieldset" && self.attr(around, "disabled").is_some()
        });
        if disabled || group_disabled {
            return Some(Barrier::Disabled);
        }
        let commits = found.kind == Kind::Combobox && self.commits(first);
        let is_read_only = self.attr(first, "readonly").is_some()
            || self.attr(first, "aria-readonly") == Some("true");
        // Nobody types into the face of a list, and it is often read-only.
        if is_read_only && !commits {
            return Some(Barrier::ReadOnly);
        }
        // Pages hide file inputs behind a button, and buttons of a group behind their labels: there the labels must be seen.
        let seen = |at: usize| {
            let node = self.pieces.get(at).and_then(Piece::node);
            node.is_some_and(FormNode::can_be_reached)
        };
        let shown = match found.kind {
            Kind::Choice => found.places.iter().any(|at| {
                seen(*at)
                    || self
                        .around(*at)
                        .take(2)
                        .any(|around| self.tag(around) == "label" && seen(around))
                    || self.label_for(*at).is_some_and(seen)
            }),
            // The face of a list of the page's own is drawn around an input that cannot be seen.
            Kind::Combobox => seen(first) || self.around(first).take(4).any(seen),
            Kind::File => {
                seen(first)
                    || self.label_for(first).is_some_and(seen)
                    || self.around(first).take(3).any(seen)
            }
            _ => seen(first),
        };
        if shown {
            commits.then_some(Barrier::Commits)
        } else {
            Some(Barrier::OutOfSight)
        }
    }

    /// Whether a press on it may do more than choose: on a button that sends or empties a form, or a link that leads away, be it the element
    /// itself, one around it or one that a label around it stands for.
    fn commits(&self, at: usize) -> bool {
        std::iter::once(at).chain(self.around(at)).any(|at| {
            self.is_of_consequence(at)
                || self.tag(at) == "label"
                    && self
                        .labelled_by(at)
                        .is_some_and(|at| self.is_of_consequence(at))
        })
    }

    /// Whether it is a button that sends or empties a form, or a link that leads away.
    fn is_of_consequence(&self, at: usize) -> bool {
        let kind = self.attr(at, "type").unwrap_or_default();
        let is_kind = |known: &str| kind.trim().eq_ignore_ascii_case(known);
        match self.tag(at) {
            // A button that does not say what it does sends the form.
            "button" => !is_kind("button") && self.is_of_form(at),
            "input" => {
                (is_kind("submit") || is_kind("image") || is_kind("reset")) && self.is_of_form(at)
            }
            "a" => self.attr(at, "href").is_some_and(leads_away),
            _ => false,
        }
    }

    /// Whether it belongs to a form: to one that it names, or to one around it. What is put into a shadow root from outside stands there in
    /// another tree than it belongs to, which is not told apart: there any form around counts.
    fn is_of_form(&self, at: usize) -> bool {
        let scope = |at: usize| self.pieces.get(at).map(|piece| piece.scope);
        let mut put_in = false;
        self.attr(at, "form").is_some()
            || self.around(at).any(|around| {
                put_in |= self.tag(around) == "slot";
                self.tag(around) == "form" && (put_in || scope(around) == scope(at))
            })
    }

    /// The control that a label stands for, on which a press on the label comes out.
    fn labelled_by(&self, label: usize) -> Option<usize> {
        let scope = self.pieces.get(label)?.scope;
        if let Some(id) = self.attr(label, "for") {
            return self.ids.get(&(scope, id.to_owned())).copied();
        }
        let inside = label + 1..self.end(label);
        inside.take(PIECES_OF_LABEL).find(|at| {
            matches!(
                self.tag(*at),
                "button" | "input" | "select" | "textarea" | "meter" | "output" | "progress"
            )
        })
    }

    fn label_for(&self, at: usize) -> Option<usize> {
        let id = self.attr(at, "id").filter(|id| !id.is_empty())?;
        let scope = self.pieces.get(at)?.scope;
        self.labels.get(&(scope, id.to_owned())).copied()
    }

    fn purpose(&self, at: usize) -> String {
        let mut out = String::new();
        // One can search in a list to choose from, which does not make it a search.
        let is_list = self.role(at) == "combobox";
        for name in ["autocomplete", "type", "role", "enterkeyhint"] {
            if is_list && name == "type" {
                continue;
            }
            if let Some(value) = self.attr(at, name) {
                out.push_str(&value.to_ascii_lowercase());
                out.push(' ');
            }
        }
        if self
            .around(at)
            .any(|around| self.role(around) == "search" || self.tag(around) == "search")
        {
            out.push_str("search ");
        }
        if self.is_at_edge(at) {
            out.push_str("aside ");
        }
        out
    }

    /// Whether it stands at the edge of the page, and is none of its matter: nor is what is a form in its head, as a search is.
    fn is_at_edge(&self, at: usize) -> bool {
        let is_edge = |around: usize| {
            matches!(self.tag(around), "header" | "footer" | "nav")
                || matches!(self.role(around), "banner" | "navigation" | "contentinfo")
        };
        let region = self.region(at);
        self.tag(region) == "aside"
            || self.role(region) == "complementary"
            || self.around(at).any(is_edge)
    }

    /// The nearest part of the page that is a whole of its own.
    fn region(&self, at: usize) -> usize {
        self.around(at)
            .find(|around| {
                matches!(
                    self.tag(*around),
                    "form" | "dialog" | "aside" | "header" | "footer" | "nav"
                ) || matches!(
                    self.role(*around),
                    "form"
                        | "dialog"
                        | "search"
                        | "complementary"
                        | "banner"
                        | "navigation"
                        | "contentinfo"
                )
            })
            .unwrap_or(0)
    }

    fn text_in(&self, at: usize) -> String {
        self.text_between(at, self.end(at), &|_| false)
    }

    /// The texts from one piece up to another, but those that are taken.
    fn text_between(&self, from: usize, to: usize, taken: &dyn Fn(&str) -> bool) -> String {
        let mut out = String::new();
        for piece in self.pieces.get(from..to).unwrap_or_default() {
            if let What::Text(text) = &piece.what
                && !taken(text)
            {
                if out.len() + text.len() > LONGEST_CLUE {
                    break;
                }
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(text);
            }
        }
        out
    }

    /// The last text before the piece, as long as no control stands between.
    fn text_before(&self, at: usize, before: &[u32]) -> Option<&str> {
        let controls = |place: usize| before.get(place).copied().unwrap_or(0);
        let here = controls(at);
        let mut place = at;
        while place > 0 && at - place < 60 {
            place -= 1;
            if controls(place) != here {
                return None;
            }
            if let Some(What::Text(text)) = self.pieces.get(place).map(|piece| &piece.what)
                && text.chars().any(char::is_alphabetic)
            {
                return (text.len() <= LONGEST_CLUE).then_some(text.as_str());
            }
        }
        None
    }

    fn presses(&self) -> Vec<Press> {
        let is_press = |at: &usize| {
            self.tag(*at) == "button"
                || self.role(*at) == "button"
                || (self.tag(*at) == "input"
                    && matches!(self.attr(*at, "type"), Some("submit" | "button")))
        };
        let text = |at: usize| {
            let text = self.text_in(at);
            if text.is_empty() {
                self.attr(at, "value")
                    .or_else(|| self.attr(at, "aria-label"))
                    .unwrap_or_default()
                    .to_owned()
            } else {
                text
            }
        };
        (0..self.pieces.len())
            .filter(is_press)
            .take(MOST_CONTROLS)
            .map(|at| Press {
                text: fold(&text(at)),
                region: self.region(at),
            })
            .collect()
    }

    /// Whether there is a field for a password that one can see.
    fn asks_password(&self) -> bool {
        (0..self.pieces.len()).any(|at| {
            self.tag(at) == "input"
                && self.attr(at, "type") == Some("password")
                && self
                    .pieces
                    .get(at)
                    .and_then(Piece::node)
                    .is_some_and(FormNode::can_be_reached)
        })
    }

    fn headings(&self) -> Vec<Heading> {
        let is_heading = |at: &usize| {
            matches!(
                self.tag(*at),
                "h1" | "h2" | "h3" | "h4" | "legend" | "title"
            ) || self.role(*at) == "heading"
        };
        (0..self.pieces.len())
            .filter(is_heading)
            .take(MOST_CONTROLS)
            .map(|at| Heading {
                text: fold(&self.text_in(at)),
                region: self.region(at),
            })
            .collect()
    }
}

/// Whether an address leads away from the page, and not to a place on it or nowhere.
fn leads_away(address: &str) -> bool {
    let address = address.trim();
    let is_nowhere = |script: &str| {
        let script = script.trim_end_matches(';').replace(' ', "");
        matches!(script.as_str(), "" | "void(0)" | "void0")
    };
    let scheme = address
        .get(..11)
        .filter(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
    let script = scheme.and_then(|scheme| address.get(scheme.len()..));
    !address.starts_with('#') && !script.is_some_and(is_nowhere)
}

/// A name or a label without the number that it may have.
fn without_digits(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_ascii_digit());
    letters.collect()
}

/// Whether the text ends like the name of a file.
fn is_name_of_file(text: &str) -> bool {
    let ending = text.trim_end().rsplit_once('.');
    ending.is_some_and(|(name, ending)| {
        !name.is_empty()
            && (3..=4).contains(&ending.len())
            && ending.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}

fn of_name<'a>(attributes: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    let known = attributes.iter().find(|(known, _)| *known == name);
    known.map(|(_, value)| value.as_str())
}

fn add(clues: &mut Vec<Clue>, source: Source, text: Option<&str>) {
    if let Some(text) = text {
        let text = fold(text);
        if !text.is_empty() && text.len() <= 2 * LONGEST_CLUE {
            clues.push(Clue { source, text });
        }
    }
}

fn accepts(accept: &str) -> Accepts {
    let mut accepts = Accepts::default();
    for kind in accept.split(',') {
        let kind = kind.trim().to_ascii_lowercase();
        match kind.as_str() {
            ".jpg" | ".jpeg" | ".png" | ".gif" | ".bmp" | ".webp" | ".heic" => {
                accepts.pictures = true
            }
            ".mp4" | ".mov" | ".avi" | ".webm" | ".mpeg" | ".3gp" | ".mkv" => accepts.videos = true,
            "*/*" => {
                accepts.pictures = true;
                accepts.videos = true;
            }
            _ => {
                accepts.pictures |= kind.starts_with("image/");
                accepts.videos |= kind.starts_with("video/");
            }
        }
    }
    accepts
}

/// Which files a control takes, by its attributes and what is written beside it.
fn takes(accept: &str, several: bool, clues: &[Clue]) -> Takes {
    let mut takes = Takes::default();
    for kind in accept.split(',') {
        let kind = kind.trim().to_ascii_lowercase();
        if kind.ends_with("/*") {
            takes.endings.clear();
            break;
        }
        let ending = kind.trim_start_matches(['.', '*']);
        let ending = ending.rsplit('/').next().unwrap_or_default();
        let ending = match ending {
            "jpeg" => "jpg",
            "quicktime" => "mov",
            other => other,
        };
        if !ending.is_empty() {
            takes.endings.push(ending.to_owned());
        }
    }
    let texts = || {
        let beside = clues.iter().filter(|clue| clue.source != Source::Name);
        beside.map(|clue| clue.text.as_str())
    };
    takes.largest = texts().filter_map(megabytes).min();
    takes.most = if several {
        let most = texts().filter_map(after_stroke).min();
        most.and_then(|most| usize::try_from(most).ok())
            .filter(|most| *most > 0)
    } else {
        Some(1)
    };
    takes
}

/// "5 MB", "2Mo", "10 МБ": as bytes.
fn megabytes(folded: &str) -> Option<u64> {
    ["mb", "mo", "мб"].iter().find_map(|unit| {
        folded.match_indices(unit).find_map(|(at, _)| {
            let after = folded.get(at + unit.len()..)?.chars().next();
            let before = folded.get(..at)?.trim_end();
            let digits = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
            let number: u64 = before.get(digits.len()..)?.parse().ok()?;
            let whole = !after.is_some_and(char::is_alphabetic) && !digits.ends_with(['.', ',']);
            (whole && number > 0).then(|| number.saturating_mul(1_000_000))
        })
    })
}

/// The second number of "0/500", "12 / 1000": how much a field takes. One that is small is of something else.
fn counter(text: &str) -> Option<u32> {
    after_stroke(&fold(text)).filter(|limit| *limit >= 20)
}

fn after_stroke(folded: &str) -> Option<u32> {
    for (at, _) in folded.match_indices('/') {
        let before = folded.get(..at)?.trim_end();
        let after = folded.get(at + 1..)?.trim_start();
        if !before.ends_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(limit) = digits.parse() {
            return Some(limit);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_away_or_nowhere() {
        for address in [
            "#",
            " #reason",
            "javascript:",
            "javascript:;",
            "JavaScript:void(0)",
            "javascript: void 0;",
        ] {
            assert!(!leads_away(address), "{address}");
        }
        for address in [
            "",
            "/",
            "?step=2",
            "https://x.invalid/#a",
            "javascript:go()",
        ] {
            assert!(leads_away(address), "{address}");
        }
    }

    #[test]
    fn a_counter_tells_the_limit() {
        assert_eq!(counter("0/500"), Some(500));
        assert_eq!(counter("12 / 1000 characters"), Some(1000));
        assert_eq!(counter("٠/٥٠٠"), Some(500));
        // A number of photos, a date, half of something.
        assert_eq!(counter("0/5"), None);
        assert_eq!(counter("and/or"), None);
    }

    #[test]
    fn which_files_a_control_takes_is_read_from_what_it_says() {
        let clue = |text: &str| Clue {
            source: Source::After,
            text: fold(text),
        };
        let clues = [clue("Up to 3 photos, 5 MB each"), clue("0/3")];
        let some = takes(".JPG,image/png", true, &clues);
        assert_eq!(some.most, Some(3));
        assert!(some.takes("cup.jpeg", 5_000_000));
        assert!(!some.takes("cup.jpg", 5_000_001));
        assert!(!some.takes("cup.webp", 1));
        let any = takes("image/*", false, &[clue("1.5 MB, model 5mbit")]);
        assert_eq!((any.most, any.largest), (Some(1), None));
        assert!(any.takes("cup.webp", 50_000_000));
    }

    #[test]
    fn what_a_control_accepts_is_read_from_types_and_endings() {
        let of = |text| {
            let accepts = accepts(text);
            (accepts.pictures, accepts.videos)
        };
        assert_eq!(of("image/*"), (true, false));
        assert_eq!(of(".JPG, .png"), (true, false));
        assert_eq!(of("video/mp4,.mov"), (false, true));
        assert_eq!(of("image/png,video/*"), (true, true));
        assert_eq!(of(".pdf"), (false, false));
        assert_eq!(of(""), (false, false));
    }
}
