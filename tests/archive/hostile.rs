//! Whatever is not exactly a backup is refused, soon, and for the right reason.

use std::io::Write;
use std::time::{Duration, Instant};

use recourse::archive::backup::Backup;
use recourse::archive::manifest::Contents;
use recourse::archive::{Refused, manifest};

use super::{Bytes, NOTE, archive, backup, contents, items, memory, run, with_manifest};

/// In which whatever is opened is taken or refused.
pub const SOON: Duration = Duration::from_secs(2);
/// The most bytes that may be held for it at once.
pub const MOST: usize = 256 << 20;

/// Opened and checked, as before a restore.
fn taken(bytes: &[u8]) -> Result<Backup, Refused> {
    let source = Bytes(bytes.to_vec());
    let start = Instant::now();
    let (result, most) = memory::of(|| {
        run(async {
            let backup = Backup::open(&source).await?;
            backup.check(&source, |_| true).await?;
            Ok(backup)
        })
    });
    let took = start.elapsed();
    assert!(took < SOON, "it took {took:?}");
    assert!(most < MOST, "it took {} MiB", most >> 20);
    result
}

fn refused(bytes: &[u8]) -> Refused {
    taken(bytes).expect_err("it is taken")
}

/// A backup in which everything is right but its manifest.
fn refused_manifest(manifest: &str) -> Refused {
    refused(&with_manifest(manifest.as_bytes()))
}

/// The text in place of another of the same length, everywhere.
fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at + old.len() <= out.len() {
        if out[at..].starts_with(old.as_bytes()) {
            out[at..at + old.len()].copy_from_slice(new.as_bytes());
        }
        at += 1;
    }
    out
}

#[test]
fn a_part_of_a_backup_is_none() {
    let whole = backup();
    assert!(taken(&whole).is_ok());
    for length in 0..whole.len() {
        assert!(taken(&whole[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(refused(&whole[..whole.len() / 2]), Refused::Damaged);
    assert_eq!(
        refused(b"not an archive at all, but a text"),
        Refused::Foreign
    );
}

#[test]
fn a_byte_that_was_changed_is_noticed() {
    let whole = backup();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        match taken(&changed) {
            Err(_) => {}
            // The version of the program that made it is for people only.
            Ok(backup) => assert_eq!(backup.items, items(), "byte {at}"),
        }
    }
}

#[test]
fn nothing_leads_out_of_the_archive() {
    let whole = backup();
    for path in [
        "../../../etc/passwd0000000.txt",
        "/etc/passwd000000000000000.txt",
        "files\\8212313961591322\\box.jp",
        "C:/8212313961591322000/box.jpg",
        "files/8212313961591322/nul.jpg",
        "files/8212313961591322/bo\0.jpg",
        "files/8212313961591322/./x.jpg",
        "files//212313961591322/box.jpg",
    ] {
        let path = &format!("{path:0<30}")[..30];
        let changed = replaced(&whole, "files/8212313961591322/box.jpg", path);
        assert!(taken(&changed).is_err(), "{path}");
    }
}

#[test]
fn entries_stand_once_and_one_behind_the_other() {
    let twice = archive(&[("manifest.json", b"{}"), ("a.txt", b"1"), ("a.txt", b"1")]);
    assert_eq!(refused(&twice), Refused::Foreign);
    let nearly = archive(&[("manifest.json", b"{}"), ("a.txt", b"1"), ("A.TXT", b"1")]);
    assert_eq!(
        refused(&nearly),
        Refused::Foreign,
        "the same on many systems"
    );
    // Two entries of the directory over the same bytes: the way in which small archives become large.
    let whole = archive(&[
        ("manifest.json", b"{}"),
        ("a.txt", b"12345"),
        ("b.txt", b"12345"),
    ]);
    let directory = whole
        .windows(4)
        .position(|part| part == b"PK\x01\x02")
        .unwrap();
    let offsets: Vec<usize> = (directory..whole.len() - 4)
        .filter(|at| whole[*at..].starts_with(b"PK\x01\x02"))
        .map(|at| at + 42)
        .collect();
    let mut over = whole.clone();
    let first: [u8; 4] = whole[offsets[1]..offsets[1] + 4].try_into().unwrap();
    over[offsets[2]..offsets[2] + 4].copy_from_slice(&first);
    assert_eq!(refused(&over), Refused::Foreign);
    // Something before it, between, behind it.
    assert!(taken(&[b"MZ", &backup()[..]].concat()).is_err());
    assert!(taken(&[&backup()[..], b"more"].concat()).is_err());
}

#[test]
fn what_another_program_packed_is_not_taken() {
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let zeros = vec![0; 16 << 20];
    packed.start_file("manifest.json", options).unwrap();
    packed.write_all(&zeros).unwrap();
    let bomb = packed.finish().unwrap().into_inner();
    assert!(bomb.len() < 100_000, "16 MB in {} bytes", bomb.len());
    assert_eq!(refused(&bomb), Refused::Foreign);
    let nested = archive(&[("manifest.json", &bomb)]);
    assert_eq!(
        refused(&nested),
        Refused::Foreign,
        "a bomb within is only bytes"
    );
}

#[test]
fn what_is_said_of_a_file_must_be_so() {
    type Change = fn(&mut Contents);
    let changes: [(&str, Change); 4] = [
        ("another hash", |all| all.files[1].2 = all.files[0].2),
        ("one is not listed", |all| drop(all.files.pop())),
        ("another order", |all| all.files.reverse()),
        ("one piece twice", |all| {
            all.items.push(all.items[0].clone())
        }),
    ];
    for (what, change) in changes {
        let mut contents = contents();
        change(&mut contents);
        let text = manifest::text("0.1.0", &contents);
        assert_eq!(refused_manifest(&text), Refused::Damaged, "{what}");
    }
    let text = manifest::text("0.1.0", &contents());
    let without = archive(&[
        ("manifest.json", text.as_bytes()),
        ("notes/8212313961591322.txt", NOTE),
    ]);
    assert_eq!(refused(&without), Refused::Damaged, "the photo is missing");
}

#[test]
fn orders_and_claims_that_nobody_has_are_refused() {
    type Change = fn(&mut Contents);
    let changes: [(Change, Refused); 4] = [
        (|all| all.orders[0].1 = "2 0|x".into(), Refused::Damaged),
        (|all| all.orders[0].1 = "3 0;".into(), Refused::Newer),
        (
            |all| all.orders[0].1.push_str(&"|I - ".repeat(20_000)),
            Refused::TooLarge,
        ),
        (
            |all| all.papers = vec![all.papers[0].clone(); 20_001],
            Refused::TooLarge,
        ),
    ];
    for (change, why) in changes {
        let mut contents = contents();
        change(&mut contents);
        let text = manifest::text("0.1.0", &contents);
        assert_eq!(refused_manifest(&text), why);
    }
    let text = manifest::text("0.1.0", &contents());
    let unknown = text.replace("\"aftermath\"", "\"afterwards\"");
    assert_eq!(refused_manifest(&unknown), Refused::Damaged);
}

#[test]
fn a_later_version_says_so() {
    let text = manifest::text("9.0.0", &contents());
    let later = text.replace("\"format\": 2", "\"format\": 3");
    assert_eq!(refused_manifest(&later), Refused::Newer);
    let otherwise = "{\"format\": 7, \"all\": {\"is\": [\"different\"]}}";
    assert_eq!(refused_manifest(otherwise), Refused::Newer);
    let piece = text.replace("evidence 1\\n", "evidence 2\\n");
    assert_eq!(refused_manifest(&piece), Refused::Newer);
    let older = text.replace("\"format\": 2", "\"format\": 0");
    assert_eq!(refused_manifest(&older), Refused::Foreign);
}

/// Shapes of JSONTestSuite: what is no JSON, and JSON that is no manifest.
#[test]
fn what_is_no_manifest_is_refused() {
    let deep = "[".repeat(200_000);
    let objects = "{\"a\":".repeat(100_000);
    let long = format!("{{\"recourse\": \"{}\"}}", "x".repeat(2 << 20));
    let many = format!("{{\"format\": 1, \"files\": [{}0]}}", "0,".repeat(1 << 19));
    let texts: &[&[u8]] = &[
        b"",
        b" ",
        b"[]",
        b"{}",
        b"null",
        b"[1,]",
        b"{\"a\":1,}",
        b"{'format':1}",
        b"{\"format\":01}",
        b"{\"format\":1.0}",
        b"{\"format\":1e0}",
        b"{\"format\":+1}",
        b"{\"format\":-1}",
        b"{\"format\":1e99999}",
        b"{\"format\":99999999999999999999}",
        b"{\"format\":NaN}",
        b"{\"format\":1}{}",
        b"{\"format\":1,\"format\":1}",
        b"{\"format\":\"\\ud800\"}",
        b"{\"format\":\"\\x\"}",
        b"{\"format\":\"\xff\"}",
        b"{\"format\":\"a\nb\"}",
        b"{\"format\":1 /* comment */}",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
        deep.as_bytes(),
        objects.as_bytes(),
        long.as_bytes(),
        many.as_bytes(),
    ];
    for text in texts {
        let start = String::from_utf8_lossy(&text[..text.len().min(40)]).into_owned();
        assert!(
            matches!(
                refused(&with_manifest(text)),
                Refused::Foreign | Refused::Newer
            ),
            "{start}"
        );
    }
}

/// The bytes that a line of `no-json.txt` stands for.
fn unescaped(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'\\') => bytes.push(b'\\'),
            Some(b'x') => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
            }
            other => panic!("{line}: a backslash and {other:?}"),
        }
    }
    bytes
}

#[test]
fn what_is_no_json_is_refused_wherever_it_stands() {
    let lines = include_str!("no-json.txt").lines();
    let texts: Vec<&str> = lines.filter(|line| !line.starts_with("# ")).collect();
    assert!(texts.len() > 140, "{}", texts.len());
    for line in texts {
        let text = unescaped(line);
        let within = [
            b"{\"recourse\":\"0.1.0\",\"format\":1,\"made\":0,\"files\":[],\"evidence\":",
            &text[..],
            b"}",
        ]
        .concat();
        for manifest in [text, within] {
            assert_eq!(
                refused(&with_manifest(&manifest)),
                Refused::Foreign,
                "{line}"
            );
        }
    }
}
