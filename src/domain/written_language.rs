//! Whether a text is plainly written in another language than it should be: by its letters, and where several languages share those, by
//! the words that every text is full of. What is not plain is let pass.

/// Fewer letters say nothing: a name, a size.
const ENOUGH_LETTERS: usize = 8;
/// As many of another language's commonest words are no chance.
const ENOUGH_WORDS: usize = 3;

/// Words that hardly any text of the language is without, and that few other languages have.
const COMMON: [(&str, &str); 12] = [
    (
        "cs",
        "je není na v jsem byl byla bylo ale že který která jen při aby už pro velmi",
    ),
    (
        "de",
        "der die das ist nicht und ein eine ich es mit auf aber war nur wurde sehr ohne für",
    ),
    (
        "en",
        "the is not and it was of to on with but there only does have has this are very which one",
    ),
    (
        "es",
        "el la los las es no está y un una que con pero del muy fue por sólo solo",
    ),
    (
        "fr",
        "le la les est pas et un une des je il mais avec que du très était sur dans ne",
    ),
    (
        "id",
        "yang tidak dan ini itu saya dengan ada sudah tetapi dari untuk hanya rusak di",
    ),
    (
        "it",
        "il lo gli è non e una un che con ma della sono molto solo per di stato",
    ),
    (
        "nl",
        "de het een is niet en ik met maar van er was dat alleen zeer op te zijn",
    ),
    (
        "pl",
        "jest nie i się na ale że z do był była tylko bardzo który od jak przy",
    ),
    (
        "pt",
        "o os as é não e um uma que com mas do da está foi muito só veio",
    ),
    (
        "tr",
        "bir ve bu değil çok ama için ile var yok sadece ne geldi olarak gibi",
    ),
    (
        "vi",
        "không và là có của tôi này được với nhưng chỉ rất bị cho một các đã",
    ),
];

/// The scripts that languages of the shop are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Thai,
    Hangul,
    Kana,
    Han,
}

const fn script_of(letter: char) -> Option<Script> {
    Some(match letter {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{77f}' => Script::Arabic,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        '\u{3400}'..='\u{9fff}' => Script::Han,
        _ => return None,
    })
}

fn scripts_in(language: &str) -> &'static [Script] {
    match language {
        "ar" => &[Script::Arabic],
        "he" => &[Script::Hebrew],
        "ja" => &[Script::Kana, Script::Han],
        "ko" => &[Script::Hangul],
        "ru" | "uk" => &[Script::Cyrillic],
        "th" => &[Script::Thai],
        "zh" => &[Script::Han],
        _ => &[Script::Latin],
    }
}

/// Whether the text is plainly not in the language.
#[must_use]
pub fn is_in_another(text: &str, language: &str) -> bool {
    let letters: Vec<Script> = text.chars().filter_map(script_of).collect();
    if letters.len() < ENOUGH_LETTERS {
        return false;
    }
    let count = |scripts: &[Script]| {
        let own = letters.iter().filter(|script| scripts.contains(script));
        own.count()
    };
    // A brand and a model may stand in letters of their own.
    if count(scripts_in(language)) * 3 < letters.len() {
        return true;
    }
    match language {
        // Nobody writes so much Japanese without its own letters, and no Chinese with them.
        "ja" => count(&[Script::Kana]) == 0,
        "zh" => count(&[Script::Kana]) * 4 > letters.len(),
        // Each has letters that the other has not.
        "ru" => text.contains(['і', 'ї', 'є', 'ґ']),
        "uk" => text.contains(['ы', 'э', 'ё', 'ъ']),
        _ => has_words_of_another(text, language),
    }
}

fn has_words_of_another(text: &str, language: &str) -> bool {
    let text = text.to_lowercase();
    let words = || text.split(|letter: char| !letter.is_alphabetic());
    let is_among = |common: &str, word: &str| common.split(' ').any(|known| known == word);
    // A word that both languages are full of speaks for neither.
    let said = |one: &str, other: &str| {
        let speaks = |word: &&str| is_among(one, word) && !is_among(other, word);
        words().filter(speaks).count()
    };
    let own = COMMON.iter().find(|(known, _)| *known == language);
    let own = own.map_or("", |(_, common)| common);
    COMMON.iter().any(|(known, other)| {
        let others = said(other, own);
        *known != language && others >= ENOUGH_WORDS && others > 2 * said(own, other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::languages;

    /// The same in every language of the shop, as a buyer might say it.
    const SAID: [(&str, &str); 20] = [
        (
            "en",
            "The lid is cracked on one side and there was no padding in the box.",
        ),
        (
            "ar",
            "الغطاء مكسور من جانب واحد ولم تكن هناك حشوة في العلبة.",
        ),
        (
            "cs",
            "Víčko je prasklé na jedné straně a v krabici nebyla žádná výplň, ale byl tam jen papír.",
        ),
        (
            "de",
            "Der Deckel ist auf einer Seite gesprungen und die Schachtel war nicht gepolstert.",
        ),
        (
            "es",
            "La tapa está rota por un lado y en la caja no había relleno.",
        ),
        (
            "fr",
            "Le couvercle est fendu sur un côté et il n’y avait pas de rembourrage dans la boîte.",
        ),
        ("he", "המכסה סדוק בצד אחד ולא היה ריפוד בקופסה."),
        (
            "id",
            "Tutupnya retak di satu sisi dan tidak ada bantalan yang cukup di dalam kotak ini.",
        ),
        (
            "it",
            "Il coperchio è crepato da un lato e non c’era imbottitura nella scatola.",
        ),
        (
            "ja",
            "ふたの片側が割れていて、箱に緩衝材がありませんでした。",
        ),
        ("ko", "뚜껑 한쪽이 깨져 있고 상자에 완충재가 없었습니다."),
        (
            "nl",
            "Het deksel is aan één kant gebarsten en er was niet genoeg vulling in de doos.",
        ),
        (
            "pl",
            "Pokrywka jest pęknięta z jednej strony i nie było wypełnienia.",
        ),
        (
            "pt",
            "A tampa está rachada de um lado e não havia enchimento na caixa, que foi aberta.",
        ),
        (
            "ru",
            "Крышка треснула с одной стороны, и в коробке не было прокладки.",
        ),
        ("th", "ฝาแตกด้านหนึ่งและไม่มีวัสดุกันกระแทกในกล่อง"),
        (
            "tr",
            "Kapağın bir tarafı çatlak ve kutuda dolgu yok, ama bu çok kötü.",
        ),
        (
            "uk",
            "Кришка тріснула з одного боку, і в коробці не було прокладки, це дуже погано.",
        ),
        ("vi", "Nắp bị nứt một bên và không có đệm trong hộp."),
        ("zh", "盖子一侧裂开了，盒子里没有填充物。"),
    ];

    #[test]
    fn a_text_is_told_from_one_of_every_other_language() {
        for (spoken, text) in SAID {
            for language in languages() {
                let differs = is_in_another(text, language);
                assert_eq!(differs, language != spoken, "{spoken} taken for {language}");
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_let_pass() {
        for (text, language) in [
            ("", "en"),
            ("XL", "ru"),
            ("Lid cracked.", "de"),
            ("Крышка Xiaomi Mi Band 8 Pro треснула посередине", "ru"),
            ("盖子裂开了 iPhone 15", "zh"),
            ("No power, no light, nothing.", "es"),
            // A third of the letters is Cyrillic.
            ("Мир Xiaomi", "ru"),
            // Two words are too few, and four are not enough beside two of its own.
            ("Deckel broken: the glass and lid", "de"),
            ("the lid is cracked and not, der Deckel ist", "de"),
            // A quarter of the letters is kana, which a name may have.
            ("商品の箱が破損、電源入らず返金希望", "zh"),
        ] {
            assert!(!is_in_another(text, language), "{text} in {language}");
        }
    }

    #[test]
    fn what_is_just_plain_is_noticed() {
        for (text, language) in [
            // Eight letters are enough.
            ("Крышка на", "en"),
            ("the lid is cracked, not der Deckel", "de"),
            ("商品の箱が破損、電源が入らず返金希望", "zh"),
        ] {
            assert!(is_in_another(text, language), "{text} in {language}");
        }
    }
}
