//! The reader of the manifest on texts in the shapes of JSONTestSuite: what is JSON, and says what a manifest says, is taken with the value
//! that it has; the rest is refused, whatever its size, soon and within memory. What is no JSON at all stands in `no-json.txt`.

use std::time::Instant;

use recourse::archive::Refused;
use recourse::archive::manifest::{self, Contents};

use super::hostile::{MOST, SOON};
use super::memory;

const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn read(text: &[u8]) -> Result<Contents, Refused> {
    manifest::read(text)
}

/// A manifest with that text in the place of a value.
fn with(field: &str, value: &[u8]) -> Vec<u8> {
    let file = [
        b"[{\"path\":\"a\",\"bytes\":1,\"sha256\":\"",
        HASH.as_bytes(),
        b"\"}]",
    ]
    .concat();
    let fields: [(&str, &[u8]); 5] = [
        ("recourse", b"\"0.1.0\""),
        ("format", b"1"),
        ("made", b"0"),
        ("files", &file),
        ("evidence", b"[]"),
    ];
    let fields = fields.map(|(name, usual)| {
        let value = if name == field { value } else { usual };
        [b"\"", name.as_bytes(), b"\":", value].concat()
    });
    [&b"{"[..], &fields.join(&b','), b"}"].concat()
}

fn path(literal: &[u8]) -> Result<String, Refused> {
    let file = [
        b"[{\"path\":",
        literal,
        b",\"bytes\":1,\"sha256\":\"",
        HASH.as_bytes(),
        b"\"}]",
    ]
    .concat();
    let mut contents = read(&with("files", &file))?;
    Ok(contents.files.remove(0).0)
}

#[test]
fn a_text_has_the_letters_that_it_stands_for() {
    let texts: [(&[u8], &str); 38] = [
        (br#""""#, ""),
        (br#"" ""#, " "),
        (br#""asd""#, "asd"),
        (br#""\u0060\u012a\u12AB""#, "`\u{12a}\u{12ab}"),
        (br#""\uD801\udc37""#, "\u{10437}"),
        (br#""\ud83d\ude39\ud83d\udc8d""#, "\u{1f639}\u{1f48d}"),
        (br#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (br#""\\u0000""#, "\\u0000"),
        (br#""\"""#, "\""),
        (br#""a/*b*/c/*d//e""#, "a/*b*/c/*d//e"),
        (br#""\\a""#, "\\a"),
        (br#""\\n""#, "\\n"),
        (br#""\u0012""#, "\u{12}"),
        (br#""\uFFFF""#, "\u{ffff}"),
        (br#""\uDBFF\uDFFF""#, "\u{10ffff}"),
        (br#""new\u00A0line""#, "new\u{a0}line"),
        (b"\"\xf4\x8f\xbf\xbf\"", "\u{10ffff}"),
        (b"\"\xef\xbf\xbf\"", "\u{ffff}"),
        (br#""\u0000""#, "\0"),
        (br#""\u002c""#, ","),
        (b"\"\xcf\x80\"", "\u{3c0}"),
        (b"\"\xf0\x9b\xbf\xbf\"", "\u{1bfff}"),
        (b"\"\x7f\"", "\u{7f}"),
        (b"\"a\x7fa\"", "a\u{7f}a"),
        (b"\"\xe2\x80\xa8\"", "\u{2028}"),
        (b"\"\xe2\x80\xa9\"", "\u{2029}"),
        (br#""\u0022""#, "\""),
        (br#""\u0061\u30af\u30EA\u30b9""#, "aクリス"),
        (br#""new\u000Aline""#, "new\nline"),
        (br#""\uA66D""#, "\u{a66d}"),
        (br#""\u005C""#, "\\"),
        (br#""\u200B""#, "\u{200b}"),
        (br#""\u2064""#, "\u{2064}"),
        (br#""\uFDD0""#, "\u{fdd0}"),
        (br#""\uFFFE""#, "\u{fffe}"),
        (br#""\uD83F\uDFFE""#, "\u{1fffe}"),
        (b"\"\xe2\x82\xac\xf0\x9d\x84\x9e\"", "€\u{1d11e}"),
        ("\"\u{feff}\"".as_bytes(), "\u{feff}"),
    ];
    for (literal, letters) in texts {
        let name = String::from_utf8_lossy(literal);
        assert_eq!(path(literal).as_deref(), Ok(letters), "{name}");
    }
}

#[test]
fn half_a_letter_and_broken_letters_are_no_text() {
    let texts: [&[u8]; 27] = [
        br#""\uDADA""#,
        br#""\uD888\u1234""#,
        br#""\uD800\n""#,
        br#""\uDd1ea""#,
        br#""\uD800\uD800\n""#,
        br#""\ud800""#,
        br#""\ud800abc""#,
        br#""\uDd1e\uD834""#,
        br#""\uDFAA""#,
        br#""\udfff\udbff""#,
        b"\"\xe6\x97\xa5\xd1\x88\xfa\"",
        b"\"\xff\"",
        b"\"\xe9\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xed\xbf\xbf\"",
        b"\"\xc0\xaf\"",
        b"\"\xf4\x90\x80\x80\"",
        b"\"\xf8\x88\x80\x80\x80\"",
        b"\"\xfc\x83\xbf\xbf\xbf\xbf\"",
        b"\"\xfc\x80\x80\x80\x80\x80\"",
        b"\"\xe0\x80\xaf\"",
        b"\"\xe0\xff\"",
        b"\"\x81\"",
        b"\"\xc2\"",
        b"\"\xe2\x82\"",
        b"\"\xf0\x9f\x98\"",
        b"\"a\x00b\"",
    ];
    for literal in texts {
        let name = literal.escape_ascii().to_string();
        assert_eq!(path(literal), Err(Refused::Foreign), "{name}");
    }
}

#[test]
fn a_time_is_a_whole_number_that_fits() {
    let numbers: [(&str, i64); 8] = [
        ("0", 0),
        ("1", 1),
        ("-1", -1),
        ("-123", -123),
        (" 4 ", 4),
        ("1795176000000", 1_795_176_000_000),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ];
    for (literal, number) in numbers {
        let made = read(&with("made", literal.as_bytes())).map(|contents| contents.made.0);
        assert_eq!(made, Ok(number), "{literal}");
    }
    for literal in [
        "-0",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999",
        "100000000000000000000",
        "-237462374673276894279832749832423479823246327846",
        "1.0",
        "0.0",
        "-0.0",
        "1e0",
        "1E22",
        "1e-2",
        "1E+2",
        "0e+1",
        "0e1",
        "20e1",
        "123.456e78",
        "123.456789",
        "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006",
        "-1e+9999",
        "1.5e+9999",
        "123123e100000",
        "-123123e100000",
        "123e-10000000",
        "123e45",
        "\"1\"",
        "true",
        "null",
        "[1]",
        "{\"made\":1}",
    ] {
        let read = read(&with("made", literal.as_bytes()));
        assert_eq!(read, Err(Refused::Foreign), "{literal}");
    }
}

#[test]
fn a_size_is_no_less_than_nothing() {
    for (literal, wanted) in [
        ("0", Ok(0)),
        ("18446744073709551615", Ok(u64::MAX)),
        ("18446744073709551616", Err(Refused::Foreign)),
        ("-1", Err(Refused::Foreign)),
        ("1.0", Err(Refused::Foreign)),
    ] {
        let file = format!("[{{\"path\":\"a\",\"bytes\":{literal},\"sha256\":\"{HASH}\"}}]");
        let size = read(&with("files", file.as_bytes())).map(|contents| contents.files[0].1);
        assert_eq!(size, wanted, "{literal}");
    }
}

#[test]
fn space_and_order_say_nothing() {
    let usual = read(&with("", b"")).unwrap();
    let spaced = String::from_utf8(with("", b"")).unwrap();
    let texts = [
        format!(" {spaced}"),
        format!("{spaced} "),
        format!("\r\n\t {spaced}\r\n\t "),
        spaced.replace(':', " :\n").replace(',', "\t,\r"),
        spaced.replace("\"made\"", "\"m\\u0061de\""),
        format!(
            "{{\"evidence\":[],\"files\":[{{\"sha256\":\"{HASH}\",\"bytes\":1,\"path\":\"a\"}}],\"made\":0,\"format\":1,\"recourse\":\"\"}}"
        ),
    ];
    for text in texts {
        assert_eq!(read(text.as_bytes()).as_ref(), Ok(&usual), "{text}");
    }
}

#[test]
fn what_is_said_twice_or_not_at_all_or_besides_is_refused() {
    let usual = String::from_utf8(with("", b"")).unwrap();
    let mut texts = Vec::new();
    for (name, value) in [
        ("recourse", "\"0.1.0\""),
        ("format", "1"),
        ("made", "0"),
        ("evidence", "[]"),
    ] {
        let said = format!("\"{name}\":{value}");
        assert!(usual.contains(&said), "{said}");
        texts.push(usual.replace(&said, &format!("{said},{said}")));
        texts.push(usual.replace(&said, &format!("\"{name}2\":{value}")));
        texts.push(usual.replace(&said, &format!("\"{name}\":null")));
        texts.push(usual.replace(&said, "\"\":0"));
        texts.push(usual.replace(&said, &format!("{said},\"__proto__\":{{}}")));
    }
    for (said, other) in [
        ("\"bytes\":1", "\"bytes\":1,\"bytes\":1"),
        ("\"bytes\":1", "\"bytes\":1,\"more\":1"),
        ("\"bytes\":1,", ""),
        ("\"path\":\"a\"", "\"path\":\"a\",\"p\\u0061th\":\"b\""),
        ("\"path\":\"a\"", "\"path\":[\"a\"]"),
        ("\"files\":[", "\"files\":[[],"),
        ("\"files\":[", "\"files\":[null,"),
        ("\"evidence\":[]", "\"evidence\":[[]]"),
        ("\"evidence\":[]", "\"evidence\":{}"),
        ("\"evidence\":[]", "\"evidence\":[{}]"),
        ("\"evidence\":[]", "\"evidence\":[1]"),
        ("\"evidence\":[]", "\"evidence\":\"\""),
    ] {
        assert!(usual.contains(said), "{said}");
        texts.push(usual.replace(said, other));
    }
    for text in texts {
        assert_eq!(read(text.as_bytes()), Err(Refused::Foreign), "{text}");
    }
    // A mark of byte order, and other ways to write letters.
    let marked = [b"\xef\xbb\xbf", usual.as_bytes()].concat();
    assert_eq!(read(&marked), Err(Refused::Foreign));
    let wide = |of: fn(u16) -> [u8; 2]| usual.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    assert_eq!(read(&wide(u16::to_le_bytes)), Err(Refused::Foreign));
    assert_eq!(read(&wide(u16::to_be_bytes)), Err(Refused::Foreign));
    let damaged = usual.replace(HASH, &HASH.replace('e', "g"));
    assert_eq!(read(damaged.as_bytes()), Err(Refused::Damaged));
}

/// An unoptimised build takes some thirty times as long; it is given as much less.
const PART: usize = if cfg!(debug_assertions) { 32 } else { 1 };

fn long(field: &str, bytes: usize, one: &str) -> Vec<u8> {
    let all = [one, ","].concat().repeat(bytes / (one.len() + 1));
    with(field, format!("[{all}{one}]").as_bytes())
}

#[test]
fn what_takes_long_to_read_is_refused_soon() {
    let room = usize::try_from(manifest::LONGEST).unwrap() / PART - 1_000;
    let letters = "\\u0041".repeat(room / 6);
    let number = "1".repeat(room);
    let texts = [
        ("numbers", long("evidence", room, "0")),
        ("no files", long("files", room, "{}")),
        (
            "lists in lists",
            with("evidence", "[".repeat(room).as_bytes()),
        ),
        (
            "objects in objects",
            with("evidence", "{\"a\":".repeat(room / 5).as_bytes()),
        ),
        (
            "one word",
            with("evidence", format!("[\"{letters}\"]").as_bytes()),
        ),
        ("one number", with("made", number.as_bytes())),
        (
            "one exponent",
            with("made", format!("1e{number}").as_bytes()),
        ),
        ("space", with("made", " ".repeat(room).as_bytes())),
        (
            "a key",
            format!("{{\"{}\":0}}", "k".repeat(room)).into_bytes(),
        ),
    ];
    for (name, text) in texts {
        let start = Instant::now();
        assert!(read(&text).is_err(), "{name} is taken");
        let took = start.elapsed();
        assert!(took < SOON, "{name}: {took:?}");
    }
}

/// Each as large as a manifest can be, and built to take many times its size.
#[test]
fn what_takes_much_room_is_refused_within_memory() {
    let room = usize::try_from(manifest::LONGEST).unwrap() - 1_000;
    let file = format!("{{\"path\":\"\",\"bytes\":0,\"sha256\":\"{HASH}\"}}");
    let head = "evidence 1\\nid 01010101010101010101010101010101\\norder 8212313961591322\\nmade 0\\nchanged 0\\n";
    let of_lines = |first: &str, line: &str| {
        let lines = line.repeat(room / line.len() - 1_000);
        with(
            "evidence",
            format!("[\"{head}{first}{lines}end\"]").as_bytes(),
        )
    };
    let texts = [
        ("words of nothing", long("evidence", room, "\"\"")),
        ("files of nothing", long("files", room, &file)),
        ("lines of nothing", of_lines("page listing \\n", "line \\n")),
        ("versions of nothing", of_lines("note \\n", "was 0 \\n")),
    ];
    for (name, text) in texts {
        let (result, most) = memory::of(|| read(&text));
        assert!(result.is_err(), "{name} is taken");
        // The text itself is held as well.
        let most = most + text.len();
        assert!(most < MOST, "{name}: {} MiB", most >> 20);
    }
}
