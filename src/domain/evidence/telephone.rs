//! Telephone numbers in a text, left out without touching the numbers of orders and parcels, prices and dates.
//!
//! A number is known as one by how it is written. With a plus it is international. Without, it begins as numbers are dialled within a
//! country (`0`, `8`, an area in brackets), or its groups are those in which some country writes its numbers and nobody writes anything
//! else. Digits in one piece are mostly those of a parcel: of these only such are taken that begin as they are dialled and have the length.

/// What stands in the place of a telephone number.
const LEFT_OUT: &str = "[…]";

/// The line without telephone numbers.
#[must_use]
pub fn without_telephones(line: &str) -> String {
    let mut line = line.to_owned();
    loop {
        // Of two numbers beside each other the first may be known only when the second is gone.
        let less = without_those_in_sight(&line);
        if less == line {
            return less;
        }
        line = less;
    }
}

fn without_those_in_sight(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let begins = matches!(letter, '+' | '(' | '*') || digit(letter).is_some();
        let end = rest
            .char_indices()
            .find(|(at, letter)| !(digit(*letter).is_some() || joins(*letter, *at)));
        let end = end.map_or(rest.len(), |(at, _)| at);
        let run = rest.get(..end).unwrap_or_default();
        let run = run.trim_end_matches(|letter| letter == '(' || (letter != ')' && is_gap(letter)));
        let run = if begins { run } else { "" };
        let Some(last) = run.chars().next_back() else {
            out.push(letter);
            before = Some(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            continue;
        };
        rest = rest.get(run.len()..).unwrap_or_default();
        let alone = !before.is_some_and(is_of_a_code) && !rest.starts_with(is_of_a_code);
        match telephone(run, alone) {
            Some(at) => {
                out.push_str(run.get(..at).unwrap_or_default());
                out.push_str(LEFT_OUT);
            }
            None => out.push_str(run),
        }
        before = Some(last);
    }
    out
}

/// The value of a digit, in the writings in which the shop's languages have their own.
fn digit(letter: char) -> Option<u32> {
    let zero = match letter {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '๐'..='๙' => '๐',
        '０'..='９' => '０',
        _ => return None,
    };
    u32::from(letter).checked_sub(u32::from(zero))
}

/// What can stand in a telephone number at that place of it, besides digits: a plus only as the first, or in the first bracket.
const fn joins(letter: char, at: usize) -> bool {
    (letter == '+' && at < 2) || letter == '*' || is_gap(letter)
}

const fn is_gap(letter: char) -> bool {
    is_space(letter) || matches!(letter, '-' | '‐' | '‑' | '.' | '/' | '(' | ')')
}

/// A space, or a mark of the direction of writing.
const fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Digits that touch one of these are part of a code: a parcel's, a product's.
const fn is_of_a_code(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '#' | '№' | '_' | '$' | '€' | '£' | '¥' | '₽')
}

/// Digits without anything between them.
struct Group {
    /// What stands before it, and where that begins.
    gap: String,
    from: usize,
    digits: String,
}

fn groups(run: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut gap = String::new();
    for (at, letter) in run.char_indices() {
        let Some(value) = digit(letter).and_then(|value| char::from_digit(value, 10)) else {
            gap.push(letter);
            continue;
        };
        match groups.last_mut().filter(|_| gap.is_empty()) {
            Some(group) => group.digits.push(value),
            None => groups.push(Group {
                from: at - gap.len(),
                gap: std::mem::take(&mut gap),
                digits: value.to_string(),
            }),
        }
    }
    groups
}

/// Where in the run a telephone number begins that goes to its end. `alone` says that no letter touches the run.
fn telephone(run: &str, alone: bool) -> Option<usize> {
    let groups = groups(run);
    // A day, or a number of one or two digits, may stand before it.
    let starts = [0, 1, 3].into_iter().filter_map(|count| {
        let (before, rest) = groups.split_at_checked(count)?;
        let first = rest.first()?;
        let few = matches!(before, [one] if one.digits.len() <= 2);
        match first.gap.rfind(is_space) {
            _ if count == 0 => Some((0, rest)),
            Some(at) if few || is_day(before) => {
                let gap = first.gap.get(at..).unwrap_or_default();
                let space = gap.chars().next().map_or(0, char::len_utf8);
                Some((first.from + at + space, rest))
            }
            _ => None,
        }
    });
    let mut starts: Vec<(usize, &[Group])> = starts.collect();
    let international = run.starts_with(['+', '(']) && run.contains('+');
    if run.contains('*') && !international {
        // Stars make a number of whatever stands before them.
        starts.reverse();
    }
    let found = starts.into_iter().find(|(at, groups)| {
        let digits: usize = groups.iter().map(|group| group.digits.len()).sum();
        let stars = run.get(*at..).unwrap_or_default().matches('*').count();
        if international || stars > 0 {
            return (international && (7..=15).contains(&digits)) || (stars >= 2 && digits >= 2);
        }
        alone && is_national(groups)
    });
    found.map(|(at, _)| at)
}

/// Whether the groups are a telephone number as it is written within a country.
fn is_national(groups: &[Group]) -> bool {
    let has_day = groups.windows(3).any(is_day);
    let Some(first) = groups.first().filter(|_| !has_day) else {
        return false;
    };
    let all: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let gap = |at: usize| groups.get(at).map_or("", |group| group.gap.as_str());
    let in_brackets = first.gap.ends_with('(') && gap(1).starts_with(')');
    // What is counted is written with points, and has no gap of any other kind.
    let written = |letters: &[char]| {
        groups
            .iter()
            .skip(1)
            .all(|group| group.gap.contains(letters))
    };
    let hyphens = ['-', '‐', '‑'];
    match lengths.as_slice() {
        // In one piece.
        [10 | 11] if all.starts_with('0') => !all.starts_with("00"),
        [11] => all.starts_with("89"),
        [_] => false,
        // An area in brackets.
        [2..=5, ..] if in_brackets => (8..=11).contains(&all.len()),
        // With the number of a country behind two zeros.
        _ if all.starts_with("00") => !all.starts_with("000") && (11..=15).contains(&all.len()),
        // Parcels of some carriers are written so as well.
        [4, 4, 4] => all.starts_with("08"),
        // Dialled within the country with a zero, which can stand for itself.
        [1, ..] if all.starts_with('0') => !gap(1).contains('.') && (10..=11).contains(&all.len()),
        _ if all.starts_with('0') => (9..=12).contains(&all.len()),
        [1, 3, ..] if all.starts_with('8') => all.len() == 11,
        [3, 4, 4] => {
            all.starts_with('1') && !all.starts_with("10") && written(&[' ', '-', '‑', '‐'])
        }
        [2, 4 | 5, 4] => gap(1).contains(is_space) && gap(2).contains(hyphens),
        [3, 3, 4] | [3, 2, 2, 2] | [3, 3, 2, 2] => true,
        [3, 3, 3] => written(&hyphens),
        _ => false,
    }
}

/// Whether the groups are a day: `4.09.2026`, `2026-09-04`.
fn is_day(groups: &[Group]) -> bool {
    let year = |group: &Group| {
        let digits = &group.digits;
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    let part = |group: &Group| {
        let number = group.digits.parse::<u32>();
        group.digits.len() <= 2 && number.is_ok_and(|number| (1..=31).contains(&number))
    };
    match groups {
        [one, two, three] => {
            part(two) && ((part(one) && year(three)) || (year(one) && part(three)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn telephone_numbers_are_left_out() {
        for number in [
            "+55 11 91234-5678",
            "(+7) 912 345-67-89",
            "+33612345678",
            "+86-138-1234-5678",
            "138****1234",
            "***-***-5678",
            "06 12 34 56 78",
            "06.12.34.56.78",
            "0612345678",
            "06-12345678",
            "8 (912) 345-67-89",
            "8 912 345 67 89",
            "8-912-345-67-89",
            "89123456789",
            "0171 1234567",
            "0171/1234567",
            "0171 12345678",
            "(030) 1234567",
            "00 49 171 1234567",
            "010-1234-5678",
            "090-1234-5678",
            "03-1234-5678",
            "(11) 91234-5678",
            "11 91234-5678",
            "(212) 555-1234",
            "212-555-1234",
            "212.555.1234",
            "333 123 4567",
            "612 34 56 78",
            "600-123-456",
            "138 1234 5678",
            "0532 123 45 67",
            "0 (532) 123 45 67",
            "067 123 45 67",
            "052-123-4567",
            "081-234-5678",
            "0912 345 678",
            "0812-3456-7890",
            "(11) 3456 7890",
            "06 12 11 10 09",
            "04 11 12 3456",
            "04 95 78 1987",
            "٠٥٠ ١٢٣ ٤٥٦٧",
            "๐๘๑-๒๓๔-๕๖๗๘",
            "۰۹۱۲ ۳۴۵ ۶۷۸۹",
            "０９０-１２３４-５６７８",
            "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78",
        ] {
            for (before, after) in [
                ("", ""),
                ("Call ", " before."),
                ("电话", "请打"),
                ("тел.: ", ", Анна"),
                ("Sep 4, 2026, ", ""),
                ("04.09.2026 18:39 ", ""),
            ] {
                let line = [before, number, after].concat();
                let kept = [before, LEFT_OUT, after].concat();
                assert_eq!(without_telephones(&line), kept, "{line}");
            }
        }
        assert_eq!(
            without_telephones("04.09.2026 0171 1234567"),
            "04.09.2026 […]"
        );
        assert_eq!(without_telephones("Piso 2 (11) 91234-5678"), "Piso 2 […]");
        assert_eq!(without_telephones("5 +49 30 1234567"), "5 […]");
        assert_eq!(without_telephones("00** **12"), "[…] […]");
    }

    #[test]
    fn other_numbers_stay() {
        for line in [
            "8212313961591322",
            "Order 8212 3139 6159 1322",
            "1102345678901234",
            "DM313961591BR",
            "LP00123456789012",
            "LP0123456789",
            "RB012345678CN",
            "1Z999AA10123456784",
            "00340434161094042557",
            "0034 0434 1610 9404 2557",
            "9400 1118 9922 0123 4567 89",
            "1234-5678-9012",
            "0123-4567-8901",
            "12 3456 7890",
            "1234567890",
            "12345678901",
            "01505012345678",
            "0123456789012",
            "#0123456789",
            "(1 234 567)",
            "(12 345 678 90)",
            "012345678",
            "0034043416109",
            "1 234 567 890",
            "7 912 3456 789",
            "234 5678 9012",
            "105 1234 5678",
            "2026-09-04",
            "2026-09-04 18:39",
            "04.09.2026 18:39",
            "04/09/2026 - 12/09/2026",
            "4. 9. 2026 10:05",
            "09-04-2026 - 10-04-2026",
            "2026.09.04 - 2026.10.15",
            "04.09.2026 12.09.2026 18",
            "٢٠٢٦/٠٩/٠٤",
            "Jul. 28 18:39",
            "1 234 567,89 ₽",
            "12.345.678 ₫",
            "Rp 123.456.789",
            "Rp1.234.567.890",
            "1,234.56",
            "0.99 - 1.20",
            "0.123456789",
            "US $0.99",
            "123 456 789 sold",
            "4.8 (1 234) · +20% · 5000+ sold",
            "12 * 30 cm",
            "10-15-20-25 cm",
            "100-240V 50/60Hz",
            "192.168.100.100",
            "★★★★ é + …",
        ] {
            assert_eq!(without_telephones(line), line);
        }
    }

    proptest! {
        #[test]
        fn what_is_left_out_leaves_the_rest_as_it_was(line in "[0-9 +()./*a-f٠-٣-]{0,40}") {
            let out = without_telephones(&line);
            let mut rest = line.as_str();
            for part in out.split(LEFT_OUT) {
                let at = rest.find(part);
                prop_assert!(at.is_some(), "{out}");
                rest = rest.get(at.unwrap() + part.len()..).unwrap();
            }
            prop_assert_eq!(&without_telephones(&out), &out, "once is enough");
        }
    }
}
