//! Short names for what a module and its glue call of each other. The generator's are long and end in hashes, which do not
//! compress.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the loader calls by the generator's name.
const KEPT: [&str; 2] = ["memory", "__wbindgen_start"];

/// The module's exports in the glue.
const MODULE: &str = "wasm.";

/// Begins the names of what the glue asks the module for in the middle of a call: memory, and what was thrown. The other functions are
/// ways into the program, which the loader watches.
const ASIDE: &str = "$";

/// The name under which the module asks for its glue.
pub const GLUE: &str = "glue";

/// A module as text, and the glue beside it.
#[derive(Debug, PartialEq)]
pub struct Pair {
    pub module: String,
    pub glue: String,
}

/// Old names and new ones.
type Names = BTreeMap<String, String>;

impl Pair {
    /// Renames what each of the two takes from the other. What the module exports and the glue does not name, nobody needs:
    /// it is dropped.
    pub fn shortened(&self) -> Result<Self> {
        let mut numbers = 0..;
        let mut add = |names: &mut Names, old: &str, start: &str| {
            let new = || format!("{start}{}", short(numbers.next().unwrap_or_default()));
            names.entry(old.to_owned()).or_insert_with(new).clone()
        };
        let (mut from_glue, mut from_module) = (Names::new(), Names::new());
        for old in self.glue.split(MODULE).skip(1).map(identifier) {
            if !KEPT.contains(&old) {
                let is_aside = old.starts_with("__wbindgen_");
                add(&mut from_module, old, if is_aside { ASIDE } else { "" });
            }
        }
        let mut module = String::with_capacity(self.module.len());
        for line in self.module.lines() {
            let quoted: Vec<&str> = line.splitn(5, '"').collect();
            match quoted.as_slice() {
                [start, _, between, old, rest] if start.trim() == "(import" => {
                    let new = add(&mut from_glue, old, "");
                    writeln!(module, "{start}\"{GLUE}\"{between}\"{new}\"{rest}")?;
                }
                [start, old, rest @ ..] if start.trim() == "(export" && !KEPT.contains(old) => {
                    if let Some(new) = from_module.get(*old) {
                        writeln!(module, "{start}\"{new}\"{}", rest.join("\""))?;
                    }
                }
                _ => writeln!(module, "{line}")?,
            }
        }
        let glue = exporting(&calling(&self.glue, &from_module), &from_glue)?;
        Ok(Self { module, glue })
    }
}

/// One letter, or a letter and a digit: no name is a word of JavaScript's.
fn short(number: usize) -> String {
    let letters = ('a'..='z').chain('A'..='Z');
    let letter: String = letters.skip(number % 52).take(1).collect();
    match number / 52 {
        0 => letter,
        round => format!("{letter}{}", round - 1),
    }
}

/// The name with which the text begins.
fn identifier(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_$".contains(letter)));
    text.split_at(end.unwrap_or(text.len())).0
}

/// The glue, which calls the module's exports by their new names.
fn calling(glue: &str, names: &Names) -> String {
    let mut parts = glue.split(MODULE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (old, rest) = part.split_at(identifier(part).len());
        out.push_str(MODULE);
        out.push_str(names.get(old).map_or(old, String::as_str));
        out.push_str(rest);
    }
    out
}

/// The glue, which exports its functions under their new names.
fn exporting(glue: &str, names: &Names) -> Result<String> {
    let mut out = glue.to_owned();
    let mut list = Vec::new();
    for (old, new) in names {
        let written = format!("export function {old}(");
        ensure!(
            out.matches(&written).count() == 1,
            "wasm-bindgen writes its functions differently now: bring tools/build/src/names.rs in line with {old}"
        );
        out = out.replacen(&written, &format!("function {old}("), 1);
        list.push(format!("{old} as {new}"));
    }
    writeln!(out, "export {{ {} }};", list.join(", ")).context("writing the glue")?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_call_each_other_by_short_names() {
        let pair = Pair {
            module: "(module
 (import \"./a_bg.js\" \"__wbg_now_463ac581d2fc7ea3\" (func $now (result i32)))
 (import \"./a_bg.js\" \"__wbg_do_7e7b6b355f4979a4\" (func $\"a \\\"b\\\"\"))
 (data \"(import \" \"b\" \"c\")
 (export \"memory\" (memory $0))
 (export \"main\" (func $main))
 (export \"__wbindgen_free\" (func $free))
 (export \"read_page\" (func $read))
 (export \"__wbindgen_start\" (func $start))
)
"
            .to_owned(),
            glue: "export function __wbg_now_463ac581d2fc7ea3() { return Date.now(wasm.memory); }
export function __wbg_do_7e7b6b355f4979a4() { wasm.__wbindgen_free(1); wasm.read_page(); }
export function __wbg_set_wasm(val) { wasm = val; }
"
            .to_owned(),
        };
        let short = pair.shortened().unwrap();
        assert_eq!(
            short.module,
            "(module
 (import \"glue\" \"c\" (func $now (result i32)))
 (import \"glue\" \"d\" (func $\"a \\\"b\\\"\"))
 (data \"(import \" \"b\" \"c\")
 (export \"memory\" (memory $0))
 (export \"$a\" (func $free))
 (export \"b\" (func $read))
 (export \"__wbindgen_start\" (func $start))
)
"
        );
        assert_eq!(
            short.glue,
            "function __wbg_now_463ac581d2fc7ea3() { return Date.now(wasm.memory); }
function __wbg_do_7e7b6b355f4979a4() { wasm.$a(1); wasm.b(); }
export function __wbg_set_wasm(val) { wasm = val; }
export { __wbg_do_7e7b6b355f4979a4 as d, __wbg_now_463ac581d2fc7ea3 as c };
"
        );
    }

    #[test]
    fn a_function_that_the_glue_does_not_write_as_expected_fails_the_build() {
        let pair = Pair {
            module: "(module\n (import \"./a_bg.js\" \"f\" (func $f))\n)\n".to_owned(),
            glue: "export const f = () => {};\n".to_owned(),
        };
        assert!(pair.shortened().is_err());
    }

    #[test]
    fn names_are_short_and_differ() {
        let names: std::collections::BTreeSet<String> = (0..500).map(short).collect();
        assert_eq!(names.len(), 500);
        assert!(names.iter().all(|name| name.len() <= 2));
    }
}
