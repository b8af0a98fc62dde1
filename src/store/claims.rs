//! How claims are written as texts: each value in a line of its own, after its name.

use super::format::Stored;
use super::locker::Kept;
use crate::domain::claim::{
    Claim, ClaimFile, Draft, FileKind, Happened, Sentence, Solution, Template,
};
use crate::domain::money::{Currency, Money};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::settings::languages;
use crate::domain::sha256::Sha256;
use crate::domain::time::Moment;

/// `amount 1290 2 EUR`, `words It is broken.\nIn two.` A line that is not understood is left out.
impl Stored for Draft {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| add_line(&mut text, name, value);
        line("order", self.order.as_str());
        line("line", &number::text(self.line.into()));
        if let Some(happened) = self.happened {
            line("happened", happened.name());
        }
        if let Some(solution) = self.solution {
            line("solution", solution.name());
        }
        if let Some(amount) = &self.amount {
            line("amount", &money_text(amount));
        }
        if !self.words.is_empty() {
            line("words", &self.words);
        }
        for sentence in &self.without {
            line("without", sentence.name());
        }
        if self.language != Self::LANGUAGE {
            line("language", self.language);
        }
        if self.with_place {
            line("photos", "with-place");
        }
        line("edited", &number::text(self.edited.0));
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut order = None;
        let mut line = None;
        let mut draft = Self::new(OrderId::new("00000000")?, 1, Moment(0));
        for entry in text.lines() {
            match entry.split_once(' ') {
                Some(("order", id)) => order = OrderId::new(id),
                Some(("line", n)) => line = number::read(n, 10).and_then(|n| u8::try_from(n).ok()),
                Some(("happened", name)) => draft.happened = Happened::named(name),
                Some(("solution", name)) => draft.solution = Solution::named(name),
                Some(("amount", text)) => draft.amount = money_of(text),
                Some(("words", text)) => draft.words = several_lines(text),
                Some(("without", name)) => {
                    let all = Sentence::ALL.into_iter();
                    draft.without.extend(all.filter(|one| one.name() == name));
                }
                Some(("language", tag)) => {
                    let known = languages().find(|language| *language == tag);
                    draft.language = known.unwrap_or(Self::LANGUAGE);
                }
                Some(("photos", how)) => draft.with_place = how == "with-place",
                Some(("edited", at)) => draft.edited = Moment(number::read(at, 10)?),
                _ => {}
            }
        }
        draft.order = order?;
        draft.line = line.filter(|line| *line > 0)?;
        Some(draft)
    }
}

impl Kept for Draft {
    const KIND: &'static str = "claim";

    fn id(&self) -> String {
        [self.order.as_str(), "-", &number::text(self.line.into())].concat()
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.order)
    }
}

/// `happened damaged`, `made 1761…`, `words It is broken.\nIn two.`
impl Stored for Template {
    fn to_text(&self) -> String {
        let mut text = String::new();
        add_line(&mut text, "happened", self.happened.name());
        add_line(&mut text, "made", &number::text(self.made.0));
        add_line(&mut text, "words", &self.words);
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        };
        Some(Self {
            happened: Happened::named(value("happened")?)?,
            made: Moment(number::read(value("made")?, 10)?),
            words: several_lines(value("words")?),
        })
    }
}

impl Kept for Template {
    const KIND: &'static str = "template";

    fn id(&self) -> String {
        [self.happened.name(), "-", &number::text(self.made.0)].concat()
    }
}

/// `file <hash> picture 2000 cup.jpg` for each file, and `can-copy` instead of `file` for one of which a copy can be made.
impl Stored for Claim {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| add_line(&mut text, name, value);
        line("order", self.order.as_str());
        line("happened", self.happened.name());
        line("solution", self.solution.name());
        if let Some(amount) = &self.amount {
            line("amount", &money_text(amount));
        }
        line("description", &self.description);
        for file in &self.files {
            let kind = match file.kind {
                FileKind::Picture => "picture",
                FileKind::Video => "video",
            };
            let bytes = number::text(i64::try_from(file.bytes).unwrap_or(i64::MAX));
            let name = if file.copies { "can-copy" } else { "file" };
            line(
                name,
                &[&file.hash.to_string(), kind, &bytes, &file.name].join(" "),
            );
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        };
        let files = text.lines().filter_map(|line| match line.split_once(' ')? {
            ("file", file) => Some((file, false)),
            ("can-copy", file) => Some((file, true)),
            _ => None,
        });
        Some(Self {
            order: OrderId::new(value("order")?)?,
            happened: Happened::named(value("happened")?)?,
            solution: Solution::named(value("solution")?)?,
            amount: value("amount").and_then(money_of),
            description: several_lines(value("description")?),
            files: files.map(file_of).collect::<Option<_>>()?,
        })
    }
}

pub(super) fn add_line(text: &mut String, name: &str, value: &str) {
    text.push_str(name);
    text.push(' ');
    text.push_str(&one_line(value));
    text.push('\n');
}

fn file_of((text, copies): (&str, bool)) -> Option<ClaimFile> {
    let mut words = text.splitn(4, ' ');
    Some(ClaimFile {
        hash: Sha256::from_hex(words.next()?)?,
        kind: match words.next()? {
            "picture" => FileKind::Picture,
            "video" => FileKind::Video,
            _ => return None,
        },
        bytes: u64::try_from(number::read(words.next()?, 10)?).ok()?,
        copies,
        name: several_lines(words.next()?),
    })
}

fn money_text(money: &Money) -> String {
    // A sign that several currencies share is told from a code by its mark.
    let (mark, currency) = match &money.currency {
        Currency::Code(code) => ("", code),
        Currency::Sign(sign) => ("?", sign),
    };
    let (mantissa, scale) = (
        number::text(money.mantissa),
        number::text(money.scale.into()),
    );
    [&mantissa, " ", &scale, " ", mark, currency].concat()
}

fn money_of(text: &str) -> Option<Money> {
    let mut words = text.splitn(3, ' ');
    let mantissa = number::read(words.next()?, 10)?;
    let scale = u8::try_from(number::read(words.next()?, 10)?).ok()?;
    let currency = words.next()?;
    Some(Money {
        mantissa,
        scale,
        currency: match currency.strip_prefix('?') {
            Some(sign) => Currency::Sign(sign.to_owned()),
            None => Currency::Code(currency.to_owned()),
        },
    })
}

/// A text without line breaks and tabs, from which [`several_lines`] makes the same again.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out
}

#[must_use]
pub fn several_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(currency: Currency) -> Money {
        Money {
            mantissa: 1290,
            scale: 2,
            currency,
        }
    }

    #[test]
    fn a_draft_is_read_back_as_it_was_written() {
        let order = OrderId::new("8212313961591322").unwrap();
        let empty = Draft::new(order.clone(), 2, Moment(5));
        let full = Draft {
            happened: Some(Happened::WrongSize),
            solution: Some(Solution::ReturnAndRefund),
            amount: Some(money(Currency::Sign("kr ".into()))),
            words: "one\ntwo\\n\tthree\r".into(),
            without: vec![Sentence::Item, Sentence::Days],
            language: "de",
            with_place: true,
            ..empty.clone()
        };
        for draft in [empty, full] {
            assert_eq!(Draft::from_text(&draft.to_text()), Some(draft));
        }
        // One that this version does not speak.
        let told = Draft::from_text("order 8212313961591322\nline 1\nlanguage tlh\n");
        assert_eq!(told.map(|draft| draft.language), Some("en"));
        assert_eq!(Draft::from_text("order 1\nline 1\n"), None);
        assert_eq!(Draft::from_text("order 8212313961591322\nline 0\n"), None);
        assert_eq!(Draft::from_text(""), None);
    }

    #[test]
    fn a_template_is_read_back_as_it_was_written() {
        let template = Template {
            happened: Happened::PartsMissing,
            words: "Of ten,\nfour are \\missing.".into(),
            made: Moment(7),
        };
        assert_eq!(Template::from_text(&template.to_text()), Some(template));
        assert_eq!(
            Template::from_text("happened lost\nmade 7\nwords a\n"),
            None
        );
        assert_eq!(Template::from_text(""), None);
    }

    #[test]
    fn a_claim_is_read_back_as_it_was_written() {
        let file = |copies| ClaimFile {
            hash: Sha256::of(b"cup"),
            name: "my cup\n.jpg".into(),
            kind: FileKind::Picture,
            bytes: 2_000_000,
            copies,
        };
        let claim = Claim {
            order: OrderId::new("8212313961591322").unwrap(),
            happened: Happened::Damaged,
            solution: Solution::RefundOnly,
            amount: Some(money(Currency::Code("EUR".into()))),
            description: "1. It is broken.\n2. In two.".into(),
            files: vec![file(true), file(false)],
        };
        assert_eq!(Claim::from_text(&claim.to_text()), Some(claim));
        assert_eq!(Claim::from_text("order 8212313961591322\n"), None);
    }
}
