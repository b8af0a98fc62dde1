//! Turns `src/domain/rules.toml`, what the stages of a dispute mean, the ways outside the shop and the
//! checklists for evidence into constants, and refuses what could mislead a buyer; checks the data of every language.

use std::{env, fs, path::Path, process};

#[path = "build/checklists.rs"]
mod checklists;
#[path = "build/provenance.rs"]
mod provenance;
#[path = "build/routes.rs"]
mod routes;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/stages.rs"]
mod stages;

/// Makes constants of a file, or says what is wrong with it.
type Code = fn(&str) -> Result<String, String>;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = env::var("OUT_DIR").unwrap_or_default();
    language_files(Path::new(&out));
    let rules: Code = rules::code;
    let data = [
        ("src/domain/rules.toml", "rules.rs", rules),
        (
            "src/domain/evidence/checklists.toml",
            "checklists.rs",
            checklists::code,
        ),
        ("src/domain/stages.toml", "stages.rs", stages::code),
        ("src/domain/routes.toml", "routes.rs", routes::code),
    ];
    for (source, name, code) in data {
        println!("cargo::rerun-if-changed={source}");
        let made = fs::read_to_string(source)
            .map_err(|error| error.to_string())
            .and_then(|text| code(&text))
            .and_then(|code| {
                fs::write(Path::new(&out).join(name), code).map_err(|error| error.to_string())
            });
        if let Err(error) = made {
            refuse(source, &error);
        }
    }
}

/// What a source came to; where it is wrong, the build says everything that is, and stops.
fn or_stop<T>(read: Result<T, Vec<String>>) -> T {
    read.unwrap_or_else(|wrong| {
        for error in wrong {
            println!("cargo::error={error}");
        }
        process::exit(1)
    })
}

/// The languages' files, as a table for the library: native tests read with all of them, and the programs learn which there
/// are.
fn language_files(out: &Path) {
    for folder in languages::FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=src/reading/text.rs");
    let files = or_stop(languages::files(Path::new(".")));
    let mut table = String::from("&[");
    let mut codes = table.clone();
    for file in files {
        table.push_str(&format!("({:?}, {:?}), ", file.tag, file.text));
        codes.push_str(&format!("{:?}, ", file.tag));
    }
    println!("cargo::rerun-if-changed={}", languages::FORMS);
    let forms = or_stop(languages::forms(Path::new(".")));
    let mut form_table = String::from("&[");
    for file in forms {
        form_table.push_str(&format!("({:?}, {:?}), ", file.tag, file.text));
    }
    for (name, mut code) in [
        ("languages.rs", table),
        ("language_codes.rs", codes),
        ("form_words.rs", form_table),
    ] {
        code.push(']');
        if let Err(error) = fs::write(out.join(name), code) {
            refuse(name, &error.to_string());
        }
    }
}

fn refuse(source: &str, error: &str) -> ! {
    println!("cargo::error={source}: {error}");
    process::exit(1);
}
