//! Text made comparable: one kind of space, one kind of digit, no invisible marks, no case, no accents.

/// Lower case, ASCII digits and punctuation where a page used full-width ones, single spaces, and letters without accents;
/// directional and zero-width marks are gone. For comparing and parsing only: what is shown to a user is the original.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        // Most are plain letters already.
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
            continue;
        }
        if is_invisible(letter) {
            continue;
        }
        let letter = plain(letter);
        if letter == ' ' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        let low = lower(letter);
        if !is_combining(low) {
            push_base(&mut out, low);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// A printed text as it is kept and quoted: single spaces, no invisible marks; case and accents as printed.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        if letter.is_whitespace() || letter.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(letter);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// The parts of the text between letters of that kind. The kind is a value: otherwise each would be compiled for itself.
pub fn parts(text: &str, divides: fn(char) -> bool) -> std::str::Split<'_, fn(char) -> bool> {
    text.split(divides)
}

/// Whether the part is somewhere in the text. The standard library's own search is made for long texts, and is two kilobytes in
/// every program that uses it.
#[must_use]
pub fn contains(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    part.is_empty() || text.as_bytes().windows(part.len()).any(|here| here == part)
}

/// Marks that change nothing but the direction or the joining of letters.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Accents, and the vowel points of Hebrew and Arabic with its lengthening stroke, which a text may leave out.
fn is_combining(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}')
}

/// Spaces, digits and full-width forms in their ASCII form.
fn plain(letter: char) -> char {
    let digit = |first: u32| char::from_digit(u32::from(letter) - first, 10).unwrap_or(letter);
    match letter {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{966}'..='\u{96f}' => digit(0x966),
        '\u{e50}'..='\u{e59}' => digit(0xe50),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        '、' | '،' => ',',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2012}' | '\u{2015}' | '\u{2043}' | '\u{fe58}' => '–',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '￡' => '£',
        '￥' => '¥',
        '￦' => '₩',
        '。' => '.',
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    }
}

/// Whether it is a digit, in any of the scripts whose digits are folded.
#[must_use]
pub fn is_digit(letter: char) -> bool {
    plain(letter).is_ascii_digit()
}

/// Whether it is a letter, of the scripts that any language here is written with, as Unicode has it. Of any other script
/// everything counts as one: what is not known to end a word goes on with it, and is then no word that is known.
#[must_use]
pub fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || !matches!(letter,
            '\0'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '×' | '÷'
            | '\u{300}'..='\u{36f}' | '\u{482}'..='\u{489}'
            | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5c6}' | '\u{5f3}' | '\u{5f4}'
            | '\u{600}'..='\u{60f}' | '\u{61b}'..='\u{61f}' | '\u{660}'..='\u{66d}' | '\u{6d4}' | '\u{6f0}'..='\u{6f9}'
            | '\u{964}'..='\u{96f}'
            | '\u{e3f}' | '\u{e47}'..='\u{e4c}' | '\u{e4e}'..='\u{e5b}'
            | '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20ff}' | '\u{2116}' | '\u{2122}' | '\u{2190}'..='\u{24b5}'
            | '\u{24ea}'..='\u{2bff}'
            | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3099}'..='\u{309c}' | '\u{30a0}' | '\u{30fb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
            | '\u{ff5b}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}')
}

/// The small letter, of the Latin, Greek and Cyrillic letters that any language here is written with: Unicode's own table of
/// all scripts is as large as a tenth of the program that reads the order list.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab => code + 32,
        // A capital I with a dot, whose small one has it too.
        0x130 => 0x69,
        0x178 => 0xff,
        0x139..=0x148 | 0x179..=0x17e | 0x1af => code + code % 2,
        0x100..=0x137
        | 0x14a..=0x177
        | 0x1a0
        | 0x218..=0x21b
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff => code | 1,
        0x1e9e => 0xdf,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 63,
        0x400..=0x40f => code + 80,
        0x410..=0x42f => code + 32,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => code | 1,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

/// The letter without its accent. Written as a table because taking Unicode's decompositions along would cost more than
/// all readers together.
fn push_base(out: &mut String, letter: char) {
    let base = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ĩ' | 'ı' | 'ỉ'..='ị' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' | 'ũ' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ÿ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' => 'ي',
        'ß' => {
            out.push_str("ss");
            return;
        }
        'œ' => {
            out.push_str("oe");
            return;
        }
        other => other,
    };
    out.push(base);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_compare_alike() {
        assert_eq!(fold("  12\u{a0}Févr.\u{200f} ２０２４ "), "12 fevr. 2024");
        assert_eq!(fold("fe\u{301}vrier"), fold("février"));
        assert_eq!(fold("Май"), fold("МАИ\u{306}"));
        assert_eq!(fold("٢٨ أكتوبر"), "28 اكتوبر");
        assert_eq!(fold("يومًا"), fold("يوما"));
        assert_eq!(fold("đến trước ngày"), "den truoc ngay");
        assert_eq!(fold("Ẹ Ữ Ợ"), fold("Ẹ\u{200b} U\u{31b}\u{303} Ơ\u{323}"));
        assert_eq!(fold("ΪЇ"), "ϊі");
        assert_eq!(fold("Delivered：Jul. 28"), "delivered:jul. 28");
        assert_eq!(fold("完了。次、３"), "完了.次,3");
    }

    #[test]
    fn small_letters_are_those_of_unicode() {
        let scripts = [
            '\0'..='\u{17f}',
            '\u{218}'..='\u{21b}',
            '\u{386}'..='\u{3ce}',
            '\u{400}'..='\u{4bf}',
        ];
        let more = [
            '\u{4d0}'..='\u{52f}',
            '\u{1e00}'..='\u{1e95}',
            '\u{1ea0}'..='\u{1eff}',
        ];
        let single = ['Ơ', 'Ư', 'ẞ', 'Я', '中', 'น', '한'];
        for letter in scripts.into_iter().chain(more).flatten().chain(single) {
            let expected: String = letter
                .to_lowercase()
                .filter(|low| !is_combining(*low))
                .collect();
            assert_eq!(lower(letter).to_string(), expected, "{letter}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        let letters = [
            '\0'..='\u{2af}',
            '\u{400}'..='\u{52f}',
            '\u{5be}'..='\u{5c7}',
            '\u{5d0}'..='\u{5ea}',
            '\u{600}'..='\u{657}',
            '\u{659}'..='\u{6dc}',
            '\u{6ee}'..='\u{6fc}',
            '\u{e01}'..='\u{e3a}',
            '\u{e3f}'..='\u{e5b}',
            '\u{1e00}'..='\u{1eff}',
            '\u{3000}'..='\u{3029}',
            '\u{3041}'..='\u{3096}',
            '\u{3099}'..='\u{30ff}',
            '\u{3400}'..='\u{4dbf}',
            '\u{4e00}'..='\u{9fff}',
            '\u{ac00}'..='\u{d7a3}',
        ];
        let signs = [
            '\u{2000}'..='\u{206f}',
            '\u{20a0}'..='\u{20ff}',
            '\u{2190}'..='\u{24b5}',
            '\u{2500}'..='\u{2bff}',
            '\u{e000}'..='\u{f8ff}',
            '\u{fe10}'..='\u{fe6f}',
            '\u{ff00}'..='\u{ffbe}',
            '\u{1f300}'..='\u{1faff}',
        ];
        for letter in letters.into_iter().chain(signs).flatten().chain(['№', '™']) {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter:?}");
        }
    }

    #[test]
    fn a_part_is_found_wherever_it_is() {
        for (text, part) in [
            ("", ""),
            ("abc", ""),
            ("abc", "abc"),
            ("aab", "ab"),
            ("день", "ень"),
        ] {
            assert!(contains(text, part), "{text} {part}");
        }
        for (text, part) in [("", "a"), ("ab", "abc"), ("abab", "aa"), ("день", "дена")] {
            assert!(!contains(text, part), "{text} {part}");
        }
    }

    #[test]
    fn digits_are_those_that_become_ascii() {
        assert!(
            ['0', '9', '٣', '۴', '५', '๙', '７']
                .into_iter()
                .all(is_digit)
        );
        assert!(!['a', '²', '½', '三', ' '].into_iter().any(is_digit));
    }

    #[test]
    fn a_quotation_keeps_its_letters() {
        assert_eq!(
            tidy(" Remboursé\n\tavant \u{202e}le 4 sept. "),
            "Remboursé avant le 4 sept."
        );
    }
}
